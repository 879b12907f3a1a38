//! The man pages and the documents as HTML: one page per exported function, and no link that leads nowhere.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::build::{listed, run};

fn pages() -> tempfile::TempDir {
    let directory = tempfile::tempdir().unwrap();
    run(Command::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("tools/ws2-pages")).arg(directory.path()));
    directory
}

#[test]
fn every_function_has_its_pages() {
    let directory = pages();
    for export in listed() {
        let symbol = export.symbol();
        let page =
            fs::read_to_string(directory.path().join(format!("man/man3/{symbol}.3"))).unwrap_or_default();
        for part in [".SH NAME", ".SH SYNOPSIS", ".SH DESCRIPTION", &export.name] {
            assert!(page.contains(part), "man 3 {symbol} has no {part}");
        }
        assert!(
            directory.path().join(format!("html/functions/{symbol}.html")).exists(),
            "{symbol}.html is missing"
        );
    }
    let send = fs::read_to_string(directory.path().join("man/man3/ws2_send.3")).unwrap();
    assert!(send.contains("WSAESHUTDOWN") && send.contains("int send(SOCKET s, const char *buf"), "{send}");
}

/// The values of an attribute in a page.
fn values(text: &str, attribute: &str) -> Vec<String> {
    let begin = format!("{attribute}=\"");
    text.split(&begin).skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

fn html_files(directory: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            html_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "html") {
            found.push(path);
        }
    }
}

#[test]
fn no_link_leads_nowhere() {
    let directory = pages();
    let mut files = Vec::new();
    html_files(&directory.path().join("html"), &mut files);
    let texts: BTreeMap<_, _> =
        files.into_iter().map(|file| (file.clone(), fs::read_to_string(file).unwrap())).collect();
    let marks: BTreeMap<_, BTreeSet<_>> =
        texts.iter().map(|(file, text)| (file.clone(), values(text, "id").into_iter().collect())).collect();
    let mut dead = Vec::new();
    for (file, text) in &texts {
        for link in values(text, "href").into_iter().filter(|link| !link.starts_with("http")) {
            let (path, mark) = link.split_once('#').unwrap_or((&link, ""));
            let target = if path.is_empty() { file.clone() } else { file.parent().unwrap().join(path) };
            let target = target.canonicalize().unwrap_or(target);
            if !target.exists()
                || (!mark.is_empty() && !marks.get(&target).is_some_and(|marks| marks.contains(mark)))
            {
                dead.push(format!("{}: {link}", file.strip_prefix(directory.path()).unwrap().display()));
            }
        }
    }
    assert!(dead.is_empty(), "these links lead nowhere: {dead:#?}");
    assert!(texts.len() > 300, "{} pages", texts.len());
}
