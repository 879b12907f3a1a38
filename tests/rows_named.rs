//! Every row of the semantics table that was verified on Windows has a test that names it, or stands here with the
//! reason why it has none.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The rows by section. A section that is named itself has a table without row numbers.
const VERIFIED: &[(&str, &str)] = &[
    ("1.1 to 1.3, versions and WSADATA", "§1.1 ST1 ST2 ST4 ST5 ST6 ST7 ST8"),
    ("1.4, WSACleanup", "CL1 CL4"),
    ("1.5, without WSAStartup", "§1.5"),
    ("1.6, Winsock 1.1", "L1 L2 L5"),
    ("2, last error", "LE1 LE2 LE3 LE4 LE5 LE7 LE8 §2.1"),
    ("3.1 and 3.2, send", "§3.1 §3.2"),
    ("3.3, states", "T1 T2 T3 T4 T5 T6 T7 T8 T9 T10 T12 T13 T21 T23 T24 T25 T26 T27"),
    ("3.4, blocking", "B1 B5 B8 B10 B11"),
    ("3.5, flags", "F1"),
    ("3.6, closing", "C1 C2 C3 C7"),
    ("5.1, select", "SE1 SE2 SE3 SE4 SE5 SE6 SE7 SE8 SE9 SE10 SE11 SE12 SE13 SE14 SE15 SE17"),
    ("5.2, WSAPoll", "PO1 PO2 PO4 PO5 PO6 PO7"),
    ("5.4, ioctlsocket", "IO1 IO2 IO3 IO4"),
    ("5.5, options", "O1 O2 O3 O4 O5 O6 O7 O8 O9 O10 O12 O13 O14"),
    ("5.6, names", "N1 N2 N3 N4 N5 N6 N7"),
    ("5.7, connect", "K1 K2 K3 K4 K5 K6 K7 K8"),
    ("5.8, recv", "R1 R2 R3 R4 R5 R6 R7 R8 R9 R11 R12 R13"),
    ("5.9, shutdown", "SH1 SH2 SH3 SH5"),
    ("5.10, address helpers", "A1 A2 A3 A4"),
    ("event objects", "EO5 EO8 EO10 EO11 EO12"),
    ("alertable waits", "AL1 AL2 AL5 AL8"),
    ("kernel objects", "KO1 KO3 KO4 KO5 KO6 KO7 KO14 KO18 KO19"),
];

/// Rows without a test, and why.
const EXCEPTIONS: &[(&str, &str)] = &[
    ("SE17", "there are no user APCs on Linux"),
    ("LE5", "there are no overlapped calls: they are refused"),
    ("R13", "WSASendMsg is not there"),
];

fn sources(directory: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path
            .extension()
            .is_some_and(|end| ["rs", "c", "cpp", "inc"].iter().any(|known| end == *known))
        {
            found.push(path);
        }
    }
}

/// The part of a file that is tests: all of it under `tests`, and what follows `cfg(test)` under `src`.
fn test_source(path: &Path, root: &Path) -> String {
    let text = std::fs::read_to_string(path).unwrap();
    if path.starts_with(root.join("tests")) || path.ends_with("tests.rs") {
        return text;
    }
    text.find("#[cfg(test)]\nmod tests {").map(|at| text[at..].to_owned()).unwrap_or_default()
}

/// The rows that a source names: as `N4` or `§1.5` anywhere, or as `n4` in the name of a function.
fn named(source: &str) -> BTreeSet<String> {
    let is_word = |letter: char| letter.is_alphanumeric() || "_§.".contains(letter);
    let mut rows = BTreeSet::new();
    for line in source.lines() {
        for word in line.split(|letter| !is_word(letter)) {
            rows.insert(word.trim_end_matches('.').to_owned());
        }
        if let Some((_, rest)) = line.split_once("fn ") {
            let name = rest.split('(').next().unwrap_or_default();
            rows.extend(name.split('_').map(str::to_uppercase));
        }
    }
    rows
}

#[test]
fn every_verified_row_has_a_test() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    sources(&root.join("tests"), &mut files);
    sources(&root.join("src"), &mut files);
    files.retain(|path| !path.ends_with("rows_named.rs"));
    let rows: BTreeSet<String> = files.iter().flat_map(|path| named(&test_source(path, root))).collect();
    let is_excepted = |row: &str| EXCEPTIONS.iter().any(|(name, _)| *name == row);
    let mut forgotten = String::new();
    for (section, list) in VERIFIED {
        for row in list.split(' ').filter(|row| !rows.contains(*row) && !is_excepted(row)) {
            forgotten.push_str(&format!("\n  {row} (section {section})"));
        }
    }
    assert!(
        forgotten.is_empty(),
        "no test names these rows; write one, or say in EXCEPTIONS why not:{forgotten}"
    );
    for (row, why) in EXCEPTIONS {
        assert!(
            VERIFIED.iter().any(|(_, list)| list.split(' ').any(|known| known == *row)),
            "{row} is no row"
        );
        assert!(!rows.contains(*row), "{row} has a test, though {why}: take it out of EXCEPTIONS");
    }
}

#[test]
fn rows_are_found_as_words() {
    let rows = named("/// N4, T10: see §1.5.\nfn k8_io6_there() {}\nlet t1 = O15x;");
    for row in ["N4", "T10", "§1.5", "K8", "IO6"] {
        assert!(rows.contains(row), "{row}");
    }
    for row in ["N", "T1", "O15", "§1"] {
        assert!(!rows.contains(row), "{row}");
    }
}
