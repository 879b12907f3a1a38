//! Every label that is used anywhere in the repository, such as `KO5`, is the anchor of a row of `docs/semantics`, and
//! every link between the documents leads somewhere.

use std::path::Path;

use crate::specification::{Specification, parts, words};
use crate::support::files::{files, root};

/// Where labels are looked for.
const PLACES: &[&str] = &[
    ".ci",
    "benches",
    "build",
    "build.rs",
    "docs",
    "examples",
    "fuzz",
    "include",
    "src",
    "tests",
    "CHANGELOG.md",
    "COMPATIBILITY.md",
    "CONTRIBUTING.md",
    "Makefile",
    "README.md",
    "SECURITY.md",
    "bin",
    "packaging",
    "share",
    "tools",
];

/// Words that look like labels and are none: editions of C, the flag -O0, and registers.
const NO_LABELS: &[&str] = &["C89", "C99", "C11", "C17", "C23", "R14", "R15"];

/// How documents must not be referred to: these names and paragraphs do not exist for a reader.
const NO_REFERENCES: &[&str] = &["SEMANTICS", "DESIGN", "§"];

/// The text files of the repository, by their path in it.
fn texts() -> Vec<(String, String)> {
    let mut texts = Vec::new();
    for path in PLACES.iter().flat_map(|place| files(&root().join(place))) {
        // What is no text, such as the seeds of the fuzz targets, names no labels.
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        let name = path.strip_prefix(root()).unwrap().display().to_string();
        if !name.starts_with("tests/repository/") && !name.starts_with("fuzz/seeds/") {
            texts.push((name, text));
        }
    }
    texts
}

#[test]
fn every_label_is_a_row() {
    let specification = Specification::read();
    assert!(specification.twice.is_empty(), "anchored twice: {:?}", specification.twice);
    let families = specification.families();
    let mut dangling = String::new();
    for (name, text) in texts() {
        for (number, line) in text.lines().enumerate() {
            let mut complain = |what: &str| dangling.push_str(&format!("\n  {name}:{}: {what}", number + 1));
            for (at, word) in words(line) {
                let Some((letters, _)) = parts(word) else { continue };
                let is_flag = line[..at].ends_with('-');
                if families.contains(letters)
                    && !is_flag
                    && !NO_LABELS.contains(&word)
                    && !specification.labels.contains_key(word)
                {
                    complain(word);
                }
            }
            // FILE_FLAG_BACKUP_SEMANTICS is Windows' word for something else.
            let refers =
                |reference: &str| line.match_indices(reference).any(|(at, _)| !line[..at].ends_with('_'));
            for reference in NO_REFERENCES.iter().filter(|reference| refers(reference)) {
                complain(reference);
            }
            // `ASYNC 3.4` is a reference, `#define SIO_..._ASYNC ...` is not.
            let numbered = |rest: &str| rest.trim_start().starts_with(|letter: char| letter.is_ascii_digit());
            if words(line).any(|(at, word)| word == "ASYNC" && numbered(&line[at + 5..])) {
                complain("ASYNC");
            }
        }
    }
    assert!(
        dangling.is_empty(),
        "these labels are no rows of docs/semantics, or refer to a document that is not here:{dangling}"
    );
}

/// Where a link in a document leads, relative to that document: `[text](here)`.
fn links(text: &str) -> impl Iterator<Item = &str> {
    text.split("](").skip(1).filter_map(|rest| rest.split(')').next())
}

/// The anchors of a document: those of its rows, and those of its headings as GitHub makes them.
fn has_anchor(document: &str, anchor: &str) -> bool {
    let heading = |line: &str| {
        let text = line.trim_start_matches('#').trim().to_lowercase().replace(' ', "-");
        text.chars().filter(|letter| letter.is_alphanumeric() || "-_".contains(*letter)).collect::<String>()
    };
    document.contains(&format!("<a id=\"{anchor}\">"))
        || document.lines().filter(|line| line.starts_with('#')).any(|line| heading(line) == anchor)
}

#[test]
fn links_between_documents_lead_somewhere() {
    let mut broken = String::new();
    for (name, text) in texts().into_iter().filter(|(name, _)| name.ends_with(".md")) {
        for link in links(&text).filter(|link| !link.contains("://")) {
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            let directory = root().join(&name).parent().map(Path::to_owned).unwrap();
            let path = if file.is_empty() { root().join(&name) } else { directory.join(file) };
            let is_there = match std::fs::read_to_string(&path) {
                Ok(document) => anchor.is_empty() || has_anchor(&document, anchor),
                Err(_) => path.is_dir() && anchor.is_empty(),
            };
            if !is_there {
                broken.push_str(&format!("\n  {name}: {link}"));
            }
        }
    }
    assert!(broken.is_empty(), "links that lead nowhere:{broken}");
}

/// The README of the specification names every family of labels, in the line of its file.
#[test]
fn every_family_is_listed() {
    let specification = Specification::read();
    let readme = std::fs::read_to_string(root().join("docs/semantics/README.md")).unwrap();
    for (label, file) in &specification.labels {
        let Some((letters, _)) = parts(label) else { panic!("{label} in {file} is no label") };
        let line = readme.lines().find(|line| line.starts_with(&format!("| [{file}]")));
        let line = line.unwrap_or_else(|| panic!("docs/semantics/README.md has no line for {file}"));
        let rest = line.split_once(") |").unwrap().1;
        assert!(
            words(rest).any(|(_, word)| word == letters),
            "docs/semantics/README.md does not name {letters} in the line of {file}"
        );
    }
}

/// CONTRIBUTING.md tells of every folder of tests.
#[test]
fn every_folder_of_tests_is_described() {
    let described = std::fs::read_to_string(root().join("CONTRIBUTING.md")).unwrap();
    for entry in std::fs::read_dir(root().join("tests")).unwrap() {
        let folder = entry.unwrap().path();
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let is_described = described.contains(&format!("\n| `{name}` | "));
        assert!(is_described || !folder.join("main.rs").exists(), "tests/{name} is not described");
    }
}
