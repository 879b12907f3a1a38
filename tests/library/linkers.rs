//! `make` links the shared library with the system's compiler: whichever linker that takes, the interface is the same.

use std::path::Path;
use std::process::Command;

use crate::build::{library, listed, run, symbols};
use crate::support::process::left_out;

/// Links the library with that linker; `None` where the machine does not have it.
fn linked(linker: &str, directory: &Path) -> Option<std::process::Output> {
    let source = directory.join("trial.c");
    std::fs::write(&source, "int ws2_trial(void) { return 0; }\n").unwrap();
    let mut gcc = Command::new("gcc");
    gcc.args(["-shared", "-fPIC", linker, "-o"]).arg(directory.join("trial.so")).arg(source);
    if !gcc.output().unwrap().status.success() {
        left_out(&format!("gcc takes no {linker}"));
        return None;
    }
    let mut link = Command::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("tools/ws2-link"));
    link.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ffi/exports.txt"));
    link.arg(library("a")).arg(directory.join("libws2_32.so.2"));
    Some(link.env("CC", "gcc").env("LDFLAGS", linker).output().unwrap())
}

#[test]
fn every_linker_makes_the_same_interface() {
    let expected = symbols("--dyn-syms", &library("so")).defined;
    for linker in ["-fuse-ld=bfd", "-fuse-ld=gold", "-fuse-ld=lld", "-fuse-ld=mold"] {
        let directory = tempfile::tempdir().unwrap();
        let Some(done) = linked(linker, directory.path()) else { continue };
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success() && said.is_empty(), "{linker}: {said}");
        let made = directory.path().join("libws2_32.so.2");
        assert_eq!(symbols("--dyn-syms", &made).defined, expected, "{linker}");
        let dynamic = run(Command::new("readelf").arg("-dW").arg(&made));
        assert!(dynamic.contains("[libws2_32.so.2]") && dynamic.contains("NODELETE"), "{linker}: {dynamic}");
        // A program's start loads nothing beside it, and glibc 2.34 is enough (docs/RELEASES.md).
        let needed = dynamic.lines().filter(|line| line.contains("(NEEDED)"));
        for line in needed {
            assert!(line.contains("[libc.so.6]") || line.contains("[ld-linux-"), "{linker}: {line}");
        }
        let versions = run(Command::new("readelf").arg("-VW").arg(&made));
        for version in versions.split("GLIBC_").skip(1).filter_map(|rest| rest.split_whitespace().next()) {
            let number = |part: Option<&str>| part.and_then(|part| part.parse::<u32>().ok());
            let mut parts = version.split('.');
            let version = (number(parts.next()), number(parts.next()));
            assert!(version <= (Some(2), Some(34)), "{linker}: {version:?}");
        }
        // SAFETY: the library's initialisers touch nothing of this process; a function without a side effect is called.
        unsafe {
            let loaded = libloading::Library::new(&made).unwrap_or_else(|error| panic!("{linker}: {error}"));
            let address = |name: &str| {
                loaded.get::<unsafe extern "C" fn()>(name.as_bytes()).map(|found| *found as usize)
            };
            for export in listed().iter().filter(|export| export.posix) {
                assert_eq!(
                    address(&export.name).unwrap(),
                    address(&export.symbol()).unwrap(),
                    "{linker}: {}",
                    export.name
                );
            }
            let htons = loaded.get::<unsafe extern "C" fn(u16) -> u16>(b"htons").unwrap();
            assert_eq!(htons(0x1234), 0x1234u16.to_be(), "{linker}");
        }
    }
}

#[test]
fn library_of_another_interface_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    let list = directory.path().join("exports.txt");
    let mut text = include_str!("../../src/ffi/exports.txt").to_owned();
    text.push_str("zzz | winsock | complete |\n");
    std::fs::write(&list, text).unwrap();
    let mut link = Command::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("tools/ws2-link"));
    let made = directory.path().join("libws2_32.so.2");
    let done = link.arg(list).arg(library("a")).arg(&made).output().unwrap();
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(!done.status.success() && said.contains("zzz") && !made.exists(), "{said}");
}
