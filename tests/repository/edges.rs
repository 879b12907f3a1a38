//! Which folder of `src` may call which: the direction `ffi`, then what Winsock and Windows mean, then `sys`, and the
//! order among the folders between.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Each folder, and those that it may name. `fork.rs` and `lib.rs` stand above them.
const ALLOWED: &[(&str, &[&str])] = &[
    ("sys", &[]),
    ("windows", &[]),
    // `error` notes in the trace what nobody expected; the trace shows errors.
    ("error", &["runtime", "sys", "windows"]),
    ("runtime", &["error", "sys", "windows"]),
    ("descriptor", &["error", "runtime", "sys"]),
    ("socket", &["descriptor", "error", "runtime", "sys", "windows"]),
    ("readiness", &["descriptor", "error", "socket", "sys"]),
    ("names", &["error", "runtime", "sys", "windows"]),
    ("kernel", &["descriptor", "error", "fork", "runtime", "socket", "sys"]),
    ("messages", &["error", "fork", "kernel", "runtime", "sys"]),
    (
        "overlapped",
        &["descriptor", "error", "fork", "kernel", "messages", "runtime", "socket", "sys", "windows"],
    ),
    ("pipes", &["descriptor", "fork", "kernel", "overlapped", "runtime", "sys", "windows"]),
    ("platform", &["error", "fork", "runtime", "sys"]),
    (
        "ffi",
        &[
            "descriptor",
            "error",
            "fork",
            "kernel",
            "messages",
            "names",
            "overlapped",
            "pipes",
            "platform",
            "readiness",
            "runtime",
            "socket",
            "sys",
            "windows",
        ],
    ),
];

fn files(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The folders that a line of code names; comments do not count.
fn named(line: &str) -> Vec<String> {
    let code = line.split("//").next().unwrap_or_default();
    let word =
        |rest: &str| -> String { rest.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect() };
    let mut found = Vec::new();
    for rest in code.split("crate::").skip(1) {
        match rest.strip_prefix('{') {
            // `use crate::{a, b::c};`
            Some(list) => {
                let mut depth = 0;
                let mut at_start = true;
                for (at, c) in list.char_indices() {
                    match c {
                        '{' => depth += 1,
                        '}' => depth -= 1,
                        ',' if depth == 0 => at_start = true,
                        c if at_start && c.is_ascii_lowercase() => {
                            found.push(word(&list[at..]));
                            at_start = false;
                        }
                        _ => {}
                    }
                    if depth < 0 {
                        break;
                    }
                }
            }
            None => found.push(word(rest)),
        }
    }
    found
}

#[test]
fn lines_name_folders() {
    assert_eq!(named("use crate::sys::Fd;"), ["sys"]);
    assert_eq!(named("use crate::{descriptor, socket::{a, b}};"), ["descriptor", "socket"]);
    assert_eq!(named("x // crate::ffi::send"), Vec::<String>::new());
}

#[test]
fn calls_go_in_one_direction() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let known: BTreeSet<&str> = ALLOWED.iter().map(|(folder, _)| *folder).collect();
    let mut wrong = Vec::new();
    for entry in fs::read_dir(&root).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if !path.is_dir() {
            assert!(["fork.rs", "lib.rs"].contains(&name.as_str()), "src/{name} belongs into a folder");
            continue;
        }
        let Some((_, allowed)) = ALLOWED.iter().find(|(folder, _)| *folder == name) else {
            panic!("src/{name} has no line in this test: say what it may name");
        };
        let mut all = Vec::new();
        files(&path, &mut all);
        for file in all {
            for (number, line) in fs::read_to_string(&file).unwrap().lines().enumerate() {
                for other in named(line) {
                    let is_folder = known.contains(other.as_str()) || other == "fork";
                    if is_folder && other != name && !allowed.contains(&other.as_str()) {
                        let file = file.strip_prefix(&root).unwrap().display();
                        wrong.push(format!("src/{file}:{}: {name} may not name {other}", number + 1));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
