//! The compilers with the libraries that `make` makes.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::support::made;

/// A file of the repository.
pub(crate) fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// A directory with the libraries in it, and room for a test's files; removed with the value.
pub(crate) fn place() -> tempfile::TempDir {
    let place = crate::support::compile::scratch();
    made::link_into(place.path());
    std::os::unix::fs::symlink(made::library("a"), place.path().join("libws2_32.a")).unwrap();
    place
}

/// `ws2cc` or `ws2c++`, told where the libraries are, in that directory.
pub(crate) fn compiler(name: &str, place: &Path) -> Command {
    let mut command = Command::new(file("bin").join(name));
    command.current_dir(place).env("WS2_LIBDIR", place).env("LC_ALL", "C");
    for variable in ["WS2CC_CC", "WS2CC_CXX", "WS2_INCLUDE", "WS2_TRACE"] {
        command.env_remove(variable);
    }
    command
}

/// A command that loads the library that it was linked with, and not the one that cargo's search path leads to.
pub(crate) fn own_library(command: &mut Command) -> &mut Command {
    command.env_remove("LD_LIBRARY_PATH").env_remove("WS2_TRACE")
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Runs a command that must succeed and say nothing on standard error; its standard output.
pub(crate) fn quiet(command: &mut Command) -> String {
    let Output { status, stdout, stderr } = own_library(command).output().unwrap();
    let said = text(&stderr);
    assert!(status.success() && said.is_empty(), "{command:?}: {status}\n{}\n{said}", text(&stdout));
    text(&stdout)
}

/// Runs a command that must succeed; its standard output.
pub(crate) fn output(command: &mut Command) -> String {
    let Output { status, stdout, stderr } = own_library(command).output().unwrap();
    assert!(status.success(), "{command:?}: {status}\n{}\n{}", text(&stdout), text(&stderr));
    text(&stdout)
}
