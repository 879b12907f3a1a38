//! Every function that Windows has for sockets is exported, an inline function of a header, or on the list of what is left
//! out, with the reason; and nothing on that list is there. No name that stands for a wide and a narrow function leads to
//! one that is not there.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::support::files::root;
use crate::support::oracle;

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap()
}

/// The lines of a list, without comments, in their parts.
fn lines(text: &str) -> impl Iterator<Item = Vec<&str>> {
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| line.split('|').map(str::trim).collect())
}

/// The functions that the library exports.
fn exported() -> BTreeSet<String> {
    lines(&read("src/ffi/exports.txt")).map(|line| line[0].to_owned()).collect()
}

/// The functions that a header defines: `static __inline__ … name(`.
fn inline() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for entry in std::fs::read_dir(root().join("include")).unwrap() {
        let path = entry.unwrap().path();
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        for line in text.lines() {
            // A macro with arguments, as Windows has some of them.
            if let Some(rest) = line.trim_start_matches(['#', ' ']).strip_prefix("define ") {
                let name = rest.split(' ').next().unwrap();
                found.extend(name.split_once('(').map(|(name, _)| name.to_owned()));
            }
            if !line.starts_with("static __inline__") {
                continue;
            }
            let before = line.split('(').next().unwrap();
            let name = before.rsplit([' ', '*']).next().unwrap();
            found.insert(name.to_owned());
        }
    }
    found
}

/// What is left out, and why.
fn left_out() -> BTreeMap<String, String> {
    let text = read("build/left_out.txt");
    let mut found = BTreeMap::new();
    for line in lines(&text) {
        assert_eq!(line.len(), 3, "not `library | names | why`: {line:?}");
        assert!(!line[2].is_empty(), "no reason: {line:?}");
        for name in line[1].split_whitespace() {
            assert!(found.insert(name.to_owned(), line[2].to_owned()).is_none(), "{name} is there twice");
        }
    }
    found
}

/// Every function of Windows': those of the import libraries, and those of windows-sys.
fn of_windows() -> BTreeMap<String, String> {
    let text = read("tests/repository/windows.txt");
    let mut found: BTreeMap<String, String> =
        lines(&text).map(|line| (line[1].to_owned(), line[0].to_owned())).collect();
    let source = oracle::source("Win32/Networking/WinSock/mod.rs");
    let before = found.len();
    for line in source.lines() {
        let Some((_, rest)) = line.split_once("link!(\"") else { continue };
        let Some((library, rest)) = rest.split_once(".dll\"") else { continue };
        let Some((_, rest)) = rest.split_once(" fn ") else { continue };
        let name = rest.split('(').next().unwrap().trim();
        found.entry(name.to_owned()).or_insert_with(|| library.to_owned());
    }
    assert!(before > 280 && found.len() > before, "has the form of the sources changed?");
    found
}

#[test]
fn every_function_of_windows_is_here_or_left_out() {
    let (exported, inline, left_out) = (exported(), inline(), left_out());
    let mut wrong = String::new();
    for (name, library) in of_windows() {
        let is_here = exported.contains(&name) || inline.contains(&name);
        match (is_here, left_out.contains_key(&name)) {
            (false, false) => writeln!(wrong, "{library}: {name} is nowhere: build/left_out.txt").unwrap(),
            (true, true) => writeln!(wrong, "{name} is there: take it off build/left_out.txt").unwrap(),
            _ => {}
        }
    }
    let known = of_windows();
    for name in left_out.keys().filter(|name| !known.contains_key(*name)) {
        writeln!(wrong, "{name} of build/left_out.txt is no function of Windows").unwrap();
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// `#define WSASocket WS2_WIDTH(WSASocket)` needs a WSASocketA and a WSASocketW.
#[test]
fn names_for_both_kinds_lead_somewhere() {
    let (exported, inline) = (exported(), inline());
    let mut macros = BTreeSet::new();
    let mut pairs = Vec::new();
    for entry in std::fs::read_dir(root().join("include")).unwrap() {
        let path = entry.unwrap().path();
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        for line in text.lines() {
            let line = line.trim_start_matches(['#', ' ']);
            let Some(rest) = line.strip_prefix("define ") else { continue };
            let name = rest.split([' ', '(']).next().unwrap().to_owned();
            let value = rest.get(name.len()..).unwrap_or_default().trim().to_owned();
            if value == format!("{name}A") || value == format!("{name}W") {
                pairs.push((path.clone(), name.clone(), value));
            } else if value == format!("WS2_WIDTH({name})") {
                pairs.push((path.clone(), name.clone(), format!("{name}A")));
                pairs.push((path.clone(), name.clone(), format!("{name}W")));
            }
            macros.insert(name);
        }
    }
    assert!(pairs.len() > 100, "only {} pairs found", pairs.len());
    let texts: String = std::fs::read_dir(root().join("include"))
        .unwrap()
        .filter_map(|entry| std::fs::read_to_string(entry.unwrap().path()).ok())
        .collect();
    let mut wrong = String::new();
    for (path, name, value) in pairs {
        if exported.contains(&value) || inline.contains(&value) || macros.contains(&value) {
            continue;
        }
        // A structure, `} NAME, *PNAME;`, or a pointer to a function, `(*NAME)(`.
        let is_type = [" ", "*"].iter().any(|before| {
            [";", ",", ")("].iter().any(|after| texts.contains(&format!("{before}{value}{after}")))
        });
        if !is_type {
            writeln!(wrong, "{}: {name} leads to {value}, which is not there", path.display()).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
