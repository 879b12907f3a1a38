//! The libraries, and the tools that look at them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::exports::{self, Export};

/// The lines of `src/ffi/exports.txt`.
pub(crate) fn listed() -> Vec<Export> {
    exports::parse(include_str!("../../src/ffi/exports.txt")).unwrap()
}

/// Names that POSIX has too.
pub(crate) fn posix_names() -> BTreeSet<String> {
    listed().into_iter().filter(|export| export.posix).map(|export| export.name).collect()
}

/// A library: the C libraries as `make` makes them, the Rust library as it was built for this test.
pub(crate) fn library(extension: &str) -> PathBuf {
    if extension != "rlib" {
        return crate::support::made::library(extension);
    }
    let program = std::env::current_exe().unwrap();
    let library = program.with_file_name("libws2_32").with_extension(extension);
    assert!(library.exists(), "{} was not built", library.display());
    library
}

/// Runs a command that must succeed; its output.
pub(crate) fn run(command: &mut Command) -> String {
    let done = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    let complaint = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{command:?}: {}\n{said}{complaint}", done.status);
    said
}

/// The names of a library's global symbols.
#[derive(Default)]
pub(crate) struct Symbols {
    /// Those that it defines, with their versions: `send@@WINSOCK_2.2`.
    pub(crate) defined: BTreeSet<String>,
    /// Those that it expects from others.
    pub(crate) undefined: BTreeSet<String>,
}

/// Reads them as readelf prints them: number, value, size, type, binding, visibility, section, name. (nm would do
/// for the shared library; where its plugin for link-time optimisation finds bitcode beside the code, as in the
/// archives of a release build, it shows nothing.)
pub(crate) fn symbols(table: &str, library: &Path) -> Symbols {
    let mut symbols = Symbols::default();
    for line in run(Command::new("readelf").args([table, "-W"]).arg(library)).lines() {
        let words: Vec<_> = line.split_whitespace().collect();
        match words[..] {
            [_, _, _, _, "GLOBAL" | "WEAK", _, "UND", name, ..] => symbols.undefined.insert(name.to_owned()),
            // The name of a version is a symbol without a section.
            [_, _, _, _, "GLOBAL" | "WEAK", _, "ABS", _] => continue,
            [_, _, _, _, "GLOBAL" | "WEAK", _, _, name] => symbols.defined.insert(name.to_owned()),
            _ => continue,
        };
    }
    assert!(!symbols.defined.is_empty(), "readelf {table} {} shows no symbol", library.display());
    symbols
}
