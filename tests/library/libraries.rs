//! The three libraries as readelf sees them.

use std::collections::BTreeSet;
use std::process::Command;

use crate::build::{library, listed, posix_names, run, symbols};

/// A name without `@version`.
fn unversioned(name: &str) -> &str {
    name.split('@').next().unwrap()
}

#[test]
fn shared_library_exports_the_list_and_nothing_else() {
    let mut expected = BTreeSet::new();
    for export in listed() {
        expected.insert(format!("{}@@WINSOCK_2.2", export.symbol()));
        if export.posix {
            expected.insert(format!("{}@@WINSOCK_2.2", export.name));
        }
    }
    let found = symbols("--dyn-syms", &library("so")).defined;
    let missing: Vec<_> = expected.difference(&found).collect();
    let extra: Vec<_> = found.difference(&expected).collect();
    assert!(missing.is_empty(), "listed in src/ffi/exports.txt, but not exported: {missing:?}");
    assert!(extra.is_empty(), "exported, but not listed in src/ffi/exports.txt: {extra:?}");
}

#[test]
fn shared_library_has_its_soname() {
    let dynamic = run(Command::new("readelf").arg("-dW").arg(library("so")));
    assert!(dynamic.contains("[libws2_32.so.2]"), "{dynamic}");
}

#[test]
fn static_and_rust_library_define_no_plain_name() {
    let posix = posix_names();
    for extension in ["a", "rlib"] {
        let defined = symbols("--syms", &library(extension)).defined;
        let plain: Vec<_> = defined.intersection(&posix).collect();
        assert!(plain.is_empty(), "the .{extension} defines {plain:?}: these names are libc's");
        for export in listed() {
            assert!(
                defined.contains(&export.symbol()),
                "the .{extension} does not define {}",
                export.symbol()
            );
        }
    }
}

#[test]
fn nothing_inside_calls_a_plain_name() {
    let posix = posix_names();
    for (table, extension) in [("--dyn-syms", "so"), ("--syms", "rlib")] {
        let called = symbols(table, &library(extension)).undefined;
        let plain: Vec<_> = called.iter().filter(|name| posix.contains(unversioned(name))).collect();
        assert!(
            plain.is_empty(),
            "the .{extension} calls {plain:?}, which inside the .so are its own functions"
        );
    }
    // A call of a name that the .so defines as well is no undefined symbol, but it is a relocation.
    let relocations = run(Command::new("readelf").arg("-rW").arg(library("so")));
    assert!(relocations.contains("_GLOB_DAT"), "readelf shows no relocation:\n{relocations}");
    for line in relocations.lines() {
        let plain = line.split_whitespace().find(|word| posix.contains(unversioned(word)));
        assert!(plain.is_none(), "the .so reaches a plain name through the dynamic linker: {line}");
    }
}
