//! The C libraries as `make` makes them, and what a program is linked with.

use std::fs::File;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// What a program must be linked with when it takes the static library, as README.md has it.
pub const NATIVE: &[&str] = &["-Wl,--gc-sections", "-lutil", "-lrt", "-lpthread", "-lm", "-ldl"];

/// Where `make` puts the libraries. Makes them first, where that has not been done or the sources have changed since; of
/// test programs that run at once one does so, and the others wait.
fn made() -> &'static Path {
    static MADE: OnceLock<PathBuf> = OnceLock::new();
    MADE.get_or_init(|| {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
        let lock = File::create(target.join("made.lock")).unwrap();
        lock.lock().unwrap();
        let mut make = Command::new("make");
        make.arg("--quiet").arg("libraries").current_dir(env!("CARGO_MANIFEST_DIR"));
        // What a `make` that runs the tests, or a tool that cargo runs in, wants of its children is not meant here.
        make.env_remove("MAKEFLAGS").env_remove("CARGO_MAKEFLAGS").env_remove("LD_LIBRARY_PATH");
        let done = make.env("CARGO_TARGET_DIR", target).output();
        let done = done.unwrap_or_else(|error| panic!("the libraries are made by make: {error}"));
        assert!(done.status.success(), "{make:?}: {}", String::from_utf8_lossy(&done.stderr));
        target.join("made")
    })
}

/// The shared library (`so`) or the static one (`a`).
pub fn library(extension: &str) -> PathBuf {
    made().join("libws2_32").with_extension(extension)
}

/// Puts the shared library's names into a directory, as they are installed.
pub fn link_into(directory: &Path) {
    for name in ["libws2_32.so", "libws2_32.so.2"] {
        symlink(library("so"), directory.join(name)).unwrap();
    }
}
