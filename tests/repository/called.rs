//! Every function that the library exports is called by a test.

use std::collections::BTreeSet;
use std::path::Path;

/// The words before a bracket in all sources below a folder.
fn called(folder: &Path, words: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            called(&path, words);
            continue;
        }
        let source = path
            .extension()
            .is_some_and(|kind| ["rs", "c", "cpp", "h", "inc"].iter().any(|known| kind == *known));
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        if !source {
            continue;
        }
        for (at, _) in text.match_indices('(') {
            let before = text.get(..at).unwrap();
            let start = before
                .rfind(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_')
                .map_or(0, |at| at + 1);
            words.extend(before.get(start..).map(str::to_owned));
        }
    }
}

#[test]
fn every_export_is_called() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut words = BTreeSet::new();
    called(&root.join("tests"), &mut words);
    called(&root.join("examples"), &mut words);
    let exports = include_str!("../../src/ffi/exports.txt");
    let mut forgotten = Vec::new();
    for line in exports.lines().filter(|line| !line.starts_with('#')) {
        let Some((name, _)) = line.split_once('|') else { continue };
        let name = name.trim();
        let plain = name.trim_start_matches("ws2_");
        // A program without UNICODE calls the narrow form without its letter.
        let short = plain.strip_suffix('A').unwrap_or(plain);
        if ![name, plain, &format!("ws2_{plain}"), short].iter().any(|form| words.contains(*form)) {
            forgotten.push(plain);
        }
    }
    assert!(words.len() > 1000 && forgotten.is_empty(), "no test calls these: {forgotten:?}");
}
