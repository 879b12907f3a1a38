//! Every name of mingw's headers is in our header of the same name, or on the list of those that are left out, with the
//! reason; and what is a number or has a size has the same one.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use crate::c_names::Names;
use crate::support::compile;

/// The headers that are compared, as far as they are here, with what a program includes before them.
const HEADERS: &[(&str, &str)] = &[
    ("winsock.h", ""),
    ("winsock2.h", ""),
    ("ws2tcpip.h", ""),
    ("mswsock.h", ""),
    ("ws2ipdef.h", "winsock2.h"),
    ("mstcpip.h", "winsock2.h"),
    ("ws2def.h", "winsock2.h"),
    ("ws2spi.h", "winsock2.h"),
    ("qos.h", "winsock2.h"),
    ("inaddr.h", "winsock2.h"),
    ("in6addr.h", "winsock2.h"),
    ("afunix.h", "winsock2.h"),
    ("guiddef.h", "windows.h"),
    ("iphlpapi.h", "winsock2.h"),
    ("ipexport.h", "winsock2.h"),
    ("iptypes.h", "winsock2.h"),
    ("process.h", ""),
    ("conio.h", ""),
    ("strsafe.h", "windows.h"),
];

/// Parts of mingw's headers that are files of their own there.
const PARTS: &[&str] = &[
    "_bsd_types.h",
    "_fd_types.h",
    "_ip_mreq1.h",
    "_ip_types.h",
    "_socket_types.h",
    "_timeval.h",
    "_wsa_errnos.h",
    "_wsadata.h",
    "_xmitfile.h",
];

/// The headers whose parts those are.
const WITH_PARTS: &[&str] = &["winsock.h", "winsock2.h", "ws2tcpip.h", "mswsock.h"];

/// Names left out: header, name, reason.
const MISSING: &str = include_str!("missing.txt");

const MINGW: &str = "x86_64-w64-mingw32-gcc";

/// Headers of Windows' time, so that none of their names is left out.
const NEWEST: &str = "-D_WIN32_WINNT=0x0A00";

fn is_ours(header: &str) -> bool {
    compile::include().join(header).is_file()
}

fn program(header: &str, before: &str) -> String {
    let mut text = String::new();
    for name in [before, header].iter().filter(|name| !name.is_empty()) {
        writeln!(text, "#include <{name}>").unwrap();
    }
    text
}

/// The text after the preprocessor, with its definitions and the marks of the files.
fn preprocessed(compiler: &str, text: &str) -> String {
    let directory = compile::scratch();
    let file = directory.path().join("names.c");
    std::fs::write(&file, text).unwrap();
    let mut command = Command::new(compiler);
    if compiler != MINGW {
        command.arg("-I").arg(compile::include());
    }
    let output = command.args(["-std=gnu11", NEWEST, "-E", "-dD"]).arg(&file).output().unwrap();
    assert!(output.status.success(), "{compiler}: {text}{}", compile::complaints(&output));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// What mingw's file itself has.
fn theirs(header: &str, before: &str) -> Names {
    Names::of(&preprocessed(MINGW, &program(header, before)), |path| {
        let file = Path::new(path).file_name().map_or("", |name| name.to_str().unwrap());
        file == header || (WITH_PARTS.contains(&header) && PARTS.contains(&file))
    })
}

fn ready() -> bool {
    let ready = compile::available(MINGW);
    if !ready {
        compile::left_out(&format!("no {MINGW}, so the headers were not compared with its"));
    }
    ready
}

/// The list of names left out: header and name, and whether a reason is given.
fn listed() -> BTreeSet<(&'static str, &'static str)> {
    let lines = MISSING.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let parts: Vec<&str> = line.splitn(3, '|').map(str::trim).collect();
            let [header, name, reason] = parts[..] else { panic!("not `header | name | reason`: {line}") };
            assert!(!reason.is_empty(), "no reason: {line}");
            (header, name)
        })
        .collect()
}

#[test]
fn every_name_of_mingws_headers_is_here_or_listed() {
    if !ready() {
        return;
    }
    let listed = listed();
    let mut missing = String::new();
    let mut present = String::new();
    for (header, before) in HEADERS.iter().filter(|(header, _)| is_ours(header)) {
        let ours = Names::of(&preprocessed("gcc", &program(header, before)), |_| true).all();
        let theirs = theirs(header, before).all();
        assert!(theirs.len() > 3, "{header}: only {} names found in mingw's", theirs.len());
        for name in &theirs {
            match (ours.contains(name), listed.contains(&(*header, name.as_str()))) {
                (false, false) => writeln!(missing, "{header} | {name}").unwrap(),
                (true, true) => writeln!(present, "{header} | {name}").unwrap(),
                _ => {}
            }
        }
        for (_, name) in listed.iter().filter(|(of, name)| of == header && !theirs.contains(*name)) {
            writeln!(present, "{header} | {name} (mingw has no such name)").unwrap();
        }
    }
    assert!(
        missing.is_empty() && present.is_empty(),
        "missing in include/, and not in tests/headers/missing.txt:\n{missing}\nto be taken off that list:\n{present}"
    );
}

/// The numbers of a list of C variables, by name, as the compiler's assembly has them, and the lines that it refuses.
fn numbers(compiler: &str, head: &str, lines: &[(String, String)]) -> BTreeMap<String, i64> {
    let mut refused = BTreeSet::new();
    loop {
        let directory = compile::scratch();
        let file = directory.path().join("numbers.c");
        let mut text = format!("{head}#line 1\n");
        for (number, (name, value)) in lines.iter().enumerate() {
            match refused.contains(&(number + 1)) {
                true => text.push('\n'),
                false => writeln!(text, "long long v_{name} = (long long)({value});").unwrap(),
            }
        }
        std::fs::write(&file, text).unwrap();
        let mut command = Command::new(compiler);
        if compiler != MINGW {
            command.arg("-I").arg(compile::include());
        }
        let output = command
            .args([
                "-std=gnu11",
                NEWEST,
                "-w",
                "-fno-zero-initialized-in-bss",
                "-fmax-errors=0",
                "-S",
                "-o",
                "-",
            ])
            .arg(&file)
            .output()
            .unwrap();
        if output.status.success() {
            return assembly(&String::from_utf8_lossy(&output.stdout));
        }
        let said = String::from_utf8_lossy(&output.stderr);
        let before = refused.len();
        for line in said.lines().filter(|line| line.contains("error:") || line.contains("note:")) {
            let number = line.split("numbers.c:").nth(1).and_then(|rest| rest.split(':').next());
            refused.extend(number.and_then(|number| number.parse::<usize>().ok()));
        }
        assert!(refused.len() > before, "{compiler}: {said}");
    }
}

/// `v_NAME:` and the `.quad` behind it.
fn assembly(text: &str) -> BTreeMap<String, i64> {
    let mut found = BTreeMap::new();
    let mut name = None;
    for line in text.lines() {
        if let Some(label) = line.strip_suffix(':').and_then(|label| label.strip_prefix("v_")) {
            name = Some(label.to_owned());
        } else if let Some(value) = line.trim().strip_prefix(".quad") {
            if let (Some(name), Ok(value)) = (name.take(), value.trim().parse::<i128>()) {
                found.insert(name, value as i64);
            }
        }
    }
    found
}

/// Names whose number differs on purpose, and why.
const DIFFERENT: &[(&str, &str)] = &[
    ("AF_MAX", "every release of Windows has another; windows-sys' is taken"),
    ("PF_MAX", "every release of Windows has another; windows-sys' is taken"),
    (
        "IP_ADD_MEMBERSHIP",
        "Winsock 1.1's numbers, which wsock32.dll translates; this library has one set of numbers",
    ),
    ("IP_DONTFRAGMENT", "as IP_ADD_MEMBERSHIP"),
    ("IP_DROP_MEMBERSHIP", "as IP_ADD_MEMBERSHIP"),
    ("IP_MULTICAST_IF", "as IP_ADD_MEMBERSHIP"),
    ("IP_MULTICAST_LOOP", "as IP_ADD_MEMBERSHIP"),
    ("IP_MULTICAST_TTL", "as IP_ADD_MEMBERSHIP"),
    ("IP_TOS", "as IP_ADD_MEMBERSHIP"),
    ("IP_TTL", "as IP_ADD_MEMBERSHIP"),
    ("EAI_NODATA", "Windows has WSAHOST_NOT_FOUND, and mingw what Windows 2000 had"),
    ("PROTECTION_LEVEL_DEFAULT", "windows-sys' is taken"),
    ("TCP_INITIAL_RTO_NO_SYN_RETRANSMISSIONS", "windows-sys' is taken"),
    ("TCP_INITIAL_RTO_UNSPECIFIED_MAX_SYN_RETRANSMISSIONS", "windows-sys' is taken"),
    ("IPV6_ADDRESS_EX", "Windows packs it, and mingw forgets to"),
    ("ICMP_ECHO_REPLY32", "holds a pointer of a 32-bit program, for which mingw has one of 64 bits"),
    ("icmp_echo_reply32", "as ICMP_ECHO_REPLY32"),
    ("IP_OPTION_INFORMATION32", "as ICMP_ECHO_REPLY32"),
    ("ip_option_information32", "as ICMP_ECHO_REPLY32"),
];

#[test]
fn numbers_and_layouts_are_those_of_mingw() {
    if !ready() {
        return;
    }
    let mut wrong = String::new();
    let mut compared = 0;
    for (header, before) in HEADERS.iter().filter(|(header, _)| is_ours(header)) {
        let names = theirs(header, before);
        let mut lines: Vec<(String, String)> =
            names.macros.iter().map(|name| (name.clone(), name.clone())).collect();
        lines.extend(names.constants.iter().map(|name| (name.clone(), name.clone())));
        lines.extend(names.types.iter().map(|name| (format!("size_of_{name}"), format!("sizeof({name})"))));
        lines.extend(
            names
                .tags
                .iter()
                .map(|(kind, tag)| (format!("size_of_{kind}_{tag}"), format!("sizeof({kind} {tag})"))),
        );
        lines.extend(names.fields.iter().map(|(kind, field)| {
            (format!("at_{}_{field}", kind.replace(' ', "_")), format!("__builtin_offsetof({kind}, {field})"))
        }));
        let head = program(header, before);
        let theirs = numbers(MINGW, &head, &lines);
        let ours = numbers("gcc", &head, &lines);
        for (name, value) in &theirs {
            compared += 1;
            // Up to 32 bits C does not say whether a number is signed.
            let same = ours.get(name).is_none_or(|ours| {
                ours == value
                    || (*ours as u32 == *value as u32 && (ours ^ value) >> 32 & 0xffff_ffff == 0xffff_ffff)
            });
            if !same
                && !DIFFERENT.iter().any(|(different, _)| {
                    name == different
                        || (name.contains("at_") || name.contains("size_of_")) && name.contains(different)
                })
            {
                writeln!(wrong, "{header}: {name} is {}, mingw's {value}", ours[name]).unwrap();
            }
        }
    }
    assert!(compared > 1000, "only {compared} numbers found");
    assert!(wrong.is_empty(), "other numbers than mingw's:\n{wrong}");
}
