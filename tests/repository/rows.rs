//! Every row of `docs/semantics` that was verified on Windows has a test that names it, or stands here with the reason
//! why it has none.

use std::collections::BTreeSet;
use std::path::Path;

use crate::specification::{Specification, named};
use crate::support::files::{files, root};

/// The files whose rows must be tested: those about what the library has.
const TESTED: &[&str] = &[
    "events.md",
    "found.md",
    "objects.md",
    "overlapped.md",
    "ports.md",
    "mswsock.md",
    "startup.md",
    "errors.md",
    "send.md",
    "close.md",
    "select.md",
    "options.md",
    "sockets.md",
    "names.md",
];

/// Rows without a test, and why.
const EXCEPTIONS: &[(&str, &str)] = &[("OE12", "a duplicate of a socket is a socket of its own here")];

/// The part of a file that is tests: all of it under `tests`, and what follows `cfg(test)` under `src`.
fn test_source(path: &Path, root: &Path) -> String {
    let text = std::fs::read_to_string(path).unwrap();
    if path.starts_with(root.join("tests")) || path.ends_with("tests.rs") {
        return text;
    }
    text.find("#[cfg(test)]\nmod tests {").map(|at| text[at..].to_owned()).unwrap_or_default()
}

#[test]
fn every_verified_row_has_a_test() {
    let mut sources = files(&root().join("tests"));
    sources.extend(files(&root().join("src")));
    sources.retain(|path| {
        let known = ["rs", "c", "cpp", "inc"];
        let is_source = path.extension().is_some_and(|end| known.iter().any(|known| end == *known));
        is_source && !path.starts_with(root().join("tests/repository"))
    });
    let rows: BTreeSet<String> = sources.iter().flat_map(|path| named(&test_source(path, root()))).collect();
    let is_excepted = |row: &str| EXCEPTIONS.iter().any(|(name, _)| *name == row);
    let specification = Specification::read();
    let mut forgotten = String::new();
    for file in TESTED {
        for row in &specification.verified[*file] {
            if !rows.contains(row) && !is_excepted(row) {
                forgotten.push_str(&format!("\n  {row} of {file}"));
            }
        }
    }
    assert!(
        forgotten.is_empty(),
        "no test names these rows; write one, or say in EXCEPTIONS why not:{forgotten}"
    );
    for (row, why) in EXCEPTIONS {
        assert!(specification.labels.contains_key(*row), "{row} is no row");
        assert!(!rows.contains(*row), "{row} has a test, though {why}: take it out of EXCEPTIONS");
    }
}
