//! `docs/semantics` as data: the labels that are anchored there, and the rows of its tables.

use std::collections::{BTreeMap, BTreeSet};

use crate::support::files::{files, root};

/// A label as its letters and its number: `KO5` is ("KO", 5).
pub(crate) fn parts(label: &str) -> Option<(&str, u32)> {
    let digits = label.find(|letter: char| letter.is_ascii_digit())?;
    let (letters, number) = label.split_at(digits);
    let is_label = (1..=2).contains(&letters.len())
        && letters.bytes().all(|letter| letter.is_ascii_uppercase())
        && (1..=2).contains(&number.len())
        && !number.starts_with('0');
    number.parse().ok().filter(|_| is_label).map(|number| (letters, number))
}

/// The words of a line: letters, digits and `_`, each with where it begins.
pub(crate) fn words(line: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    line.split(move |letter| !is_word(letter))
        .filter(|word| !word.is_empty())
        .map(move |word| (word.as_ptr().addr() - line.as_ptr().addr(), word))
}

/// The specification.
pub(crate) struct Specification {
    /// Every anchor, with the file that has it.
    pub(crate) labels: BTreeMap<String, String>,
    /// Anchors that are there twice.
    pub(crate) twice: Vec<String>,
    /// The labels whose row is marked as verified on Windows, by file.
    pub(crate) verified: BTreeMap<String, Vec<String>>,
}

impl Specification {
    pub(crate) fn read() -> Self {
        let mut read = Self { labels: BTreeMap::new(), twice: Vec::new(), verified: BTreeMap::new() };
        for path in files(&root().join("docs/semantics")) {
            let file = path.file_name().unwrap().to_string_lossy().into_owned();
            read.add(&file, &std::fs::read_to_string(&path).unwrap());
        }
        read
    }

    fn add(&mut self, file: &str, text: &str) {
        let mut mark_column = None;
        for line in text.lines() {
            let cells: Vec<_> =
                line.replace("\\|", "/").split('|').map(|cell| cell.trim().to_owned()).collect();
            if !line.starts_with('|') {
                mark_column = None;
            } else if let Some(column) = cells.iter().position(|cell| cell.starts_with("Mark")) {
                mark_column = Some(column);
            }
            let Some(label) = line.strip_prefix("| <a id=\"").and_then(|rest| rest.split('"').next()) else {
                continue;
            };
            if self.labels.insert(label.to_owned(), file.to_owned()).is_some() {
                self.twice.push(format!("{label} in {file}"));
            }
            let mark = mark_column.and_then(|column| cells.get(column)).cloned().unwrap_or_default();
            // Every row of found.md was seen on Windows. "I from V" is inferred.
            if file == "found.md" || words(&mark.replace("from V", "")).any(|(_, word)| word == "V") {
                self.verified.entry(file.to_owned()).or_default().push(label.to_owned());
            }
        }
    }

    /// The letters that labels begin with.
    pub(crate) fn families(&self) -> BTreeSet<&str> {
        self.labels.keys().filter_map(|label| parts(label)).map(|(letters, _)| letters).collect()
    }
}

/// The labels that a text names: `N4` anywhere, `n4` in the name of a function, and `K1 to K10` as all of them in the
/// documentation of a function, but not in that of a file, which says what the file is about.
pub(crate) fn named(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for line in text.lines() {
        let words: Vec<_> = words(line).map(|(_, word)| word).collect();
        for (at, word) in words.iter().enumerate() {
            let Some((letters, number)) = parts(word) else { continue };
            let begins = words.get(at + 1) == Some(&"to");
            let ends = at > 0 && words.get(at - 1) == Some(&"to");
            if line.starts_with("//!") && (begins || ends) {
                continue;
            }
            let last = words.get(at + 2).filter(|_| begins).and_then(|last| parts(last));
            let last = last.filter(|(others, _)| *others == letters).map_or(number, |(_, last)| last);
            found.extend((number..=last).map(|number| format!("{letters}{number}")));
        }
        if let Some((_, rest)) = line.split_once("fn ") {
            let name = rest.split('(').next().unwrap_or_default();
            found.extend(name.split('_').map(str::to_uppercase).filter(|word| parts(word).is_some()));
        }
    }
    found
}

#[test]
fn labels_are_found() {
    let found =
        named("//! A1 to A4\n/// N4, T10: see K2 to K4.\nfn k8_io6_there() {}\nlet t1 = O15x; MSG_0 R123 C0");
    assert_eq!(found.into_iter().collect::<Vec<_>>(), ["IO6", "K2", "K3", "K4", "K8", "N4", "T10"]);
}
