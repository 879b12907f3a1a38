//! The list of exports against the sources, and its rules.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::build::listed;
use crate::exports;

/// The names of the `pub extern "C"` functions in the Rust files of a directory.
fn functions(directory: &Path, names: &mut BTreeSet<String>) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            functions(&path, names);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let source = fs::read_to_string(&path).unwrap();
            let mut attributes = String::new();
            for line in source.lines().map(str::trim) {
                if line.starts_with("#[") {
                    attributes.push_str(line);
                } else if let Some((before, after)) = line.split_once("extern \"C\" fn ")
                    && before.starts_with("pub ")
                {
                    let name = after.split(['(', '<']).next().unwrap().to_owned();
                    assert!(
                        attributes.contains("#[unsafe(no_mangle)]"),
                        "{}: {name} lacks #[unsafe(no_mangle)]",
                        path.display()
                    );
                    assert!(names.insert(name.clone()), "{name} is there twice");
                }
                if !line.starts_with("#[") {
                    attributes.clear();
                }
            }
        }
    }
}

#[test]
fn list_and_sources_name_the_same_functions() {
    let mut written = BTreeSet::new();
    functions(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ffi"), &mut written);
    let listed: BTreeSet<_> = listed().iter().map(exports::Export::symbol).collect();
    let forgotten: Vec<_> = written.difference(&listed).collect();
    let gone: Vec<_> = listed.difference(&written).collect();
    assert!(
        forgotten.is_empty(),
        "exported by src/ffi, but not listed in src/ffi/exports.txt: {forgotten:?}"
    );
    assert!(gone.is_empty(), "listed in src/ffi/exports.txt, but not exported by src/ffi: {gone:?}");
}

/// Programs that were linked with the last release find the same symbols.
#[test]
fn no_released_function_has_gone() {
    let released = exports::parse(include_str!("../../packaging/exports-released.txt")).unwrap();
    let gone = gone(&released, &listed());
    assert!(gone.is_empty(), "the last release had {gone:?}: without them the library needs another soname");
}

/// What the shared library exports: the symbols, and the plain names beside those of POSIX.
fn symbols(exports: &[exports::Export]) -> BTreeSet<String> {
    let plain = exports.iter().filter(|export| export.posix).map(|export| export.name.clone());
    exports.iter().map(exports::Export::symbol).chain(plain).collect()
}

fn gone(before: &[exports::Export], now: &[exports::Export]) -> Vec<String> {
    symbols(before).difference(&symbols(now)).cloned().collect()
}

#[test]
fn a_function_that_goes_is_noticed() {
    let list = |text| exports::parse(text).unwrap();
    let before = list("WSASend | winsock | complete |\nsend | posix | complete |");
    for (now, expected) in [
        ("WSASend | winsock | complete |\nrecv | posix | complete |\nsend | posix | complete |", &[][..]),
        ("send | posix | complete |", &["WSASend"]),
        ("WSASend | winsock | complete |", &["send", "ws2_send"]),
        // The same name, and another symbol.
        ("WSASend | winsock | complete |\nsend | winsock | complete |", &["ws2_send"]),
        ("WSASend | mswsock | complete |\nsend | posix | complete |", &["WSASend"]),
    ] {
        assert_eq!(gone(&before, &list(now)), expected, "{now}");
    }
}

#[test]
fn partial_support_is_explained() {
    for export in listed() {
        assert!(export.complete || !export.notes.is_empty(), "{}: what is refused?", export.name);
    }
}

#[test]
fn faults_in_the_list_are_named() {
    for (text, complaint) in [
        ("send | posix | complete |\nrecv | posix | complete |", "line 2: recv stands after send"),
        ("send | posix | complete |\nsend | posix | complete |", "line 2: send stands after send"),
        ("# comment\n\nsend | posix | complete", "line 3: expected"),
        ("send() | posix | complete |", "`send()` is no name"),
        ("send | both | complete |", "not `both`"),
        ("send | library | complete |", "not `library`"),
        ("send | posix | nearly |", "not `nearly`"),
        ("send | posix | partial |", "`partial` needs notes"),
    ] {
        let error = exports::parse(text).unwrap_err();
        assert!(error.contains(complaint), "{text:?} gives {error:?}");
    }
}

/// The version that the headers have is that of the library, and the crate's.
#[test]
fn versions_agree() {
    let program = r#"
#include <winsock2.h>
#include <stdio.h>
int main(void)
{
    printf("%s %s %d\n", WS2_VERSION, ws2_version(), WS2_VERSION_NUMBER);
    return 0;
}
"#;
    let numbers = env!("CARGO_PKG_VERSION").split(['.', '-', '+']).take(3);
    let number = numbers.fold(0, |number, part| number * 100 + part.parse::<u32>().unwrap());
    let expected = format!("{0} {0} {number}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(crate::support::compile::output_of(program), Ok(expected));
}
