//! A name without a letter is the form for wide characters where `UNICODE` is defined, and the other form elsewhere.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::process::Command;

use crate::support::compile;

/// Every header of ours that a program includes, in an order that works.
const HEADERS: &[&str] = &[
    "winsock2.h",
    "ws2tcpip.h",
    "mswsock.h",
    "ws2spi.h",
    "windows.h",
    "iphlpapi.h",
    "rpc.h",
    "shellapi.h",
    "shlobj.h",
    "winsvc.h",
    "wincrypt.h",
    "strsafe.h",
    "mmsystem.h",
];

/// Pairs whose plain name is no macro: Windows has a function or a structure of that name, or none.
const OTHERS: &[&str] = &["FreeAddrInfoEx", "SERVICE_TYPE_VALUE_IPXPORT"];

fn preprocess(arguments: &[&str], text: &str) -> String {
    let directory = compile::scratch();
    let file = directory.path().join("names.c");
    std::fs::write(&file, text).unwrap();
    let output = Command::new("gcc")
        .arg("-I")
        .arg(compile::include())
        .args(["-E", "-P"])
        .args(arguments)
        .arg(&file)
        .output();
    let output = output.unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn words(text: &str) -> BTreeSet<&str> {
    text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').collect()
}

/// The functions and macros that have both forms: a word before a bracket, or one that is defined.
fn pairs(includes: &str) -> Vec<String> {
    let declared = preprocess(&[], includes);
    let macros = preprocess(&["-dM"], includes);
    let mut names: BTreeSet<&str> = macros.lines().filter_map(|line| line.split([' ', '(']).nth(1)).collect();
    for (at, _) in declared.match_indices('(') {
        let before = declared.get(..at).unwrap();
        names.extend(words(before.rsplit([' ', '*', '\n', ';']).next().unwrap()));
    }
    let plain = |name: &&str| {
        name.strip_suffix('A').filter(|plain| names.contains(format!("{plain}W").as_str())).map(str::to_owned)
    };
    let ours = |plain: &String| {
        !plain.starts_with("ws2_") && !plain.starts_with("_") && !OTHERS.contains(&plain.as_str())
    };
    names.iter().filter_map(plain).filter(ours).collect()
}

#[test]
fn a_name_without_a_letter_is_the_form_of_the_programs_width() {
    let includes = HEADERS.iter().fold(String::new(), |mut text, name| {
        writeln!(text, "#include <{name}>").unwrap();
        text
    });
    let pairs = pairs(&includes);
    assert!(pairs.len() > 120 && pairs.iter().any(|name| name == "WSASocket"), "{pairs:?}");
    for (arguments, letter) in [(&[][..], 'A'), (&["-DUNICODE"], 'W')] {
        let mut program = includes.clone();
        for name in &pairs {
            writeln!(program, "expands {name} | {name}{letter}").unwrap();
        }
        // Both are what they stand for now.
        let text = preprocess(arguments, &program);
        let lines: Vec<_> =
            text.lines().filter_map(|line| line.trim().strip_prefix("expands ")?.split_once(" | ")).collect();
        assert_eq!(lines.len(), pairs.len());
        let wrong: Vec<_> = lines.iter().filter(|(plain, form)| plain != form).collect();
        assert!(wrong.is_empty(), "{arguments:?}: {wrong:?}");
    }
}
