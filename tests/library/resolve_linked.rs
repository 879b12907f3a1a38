//! `getaddrinfo` of the shared library asks the C library's, whose name it bears itself: in every way in which
//! the library can get into a process.

use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use crate::support::made::{NATIVE, library, link_into};

fn directory() -> TempDir {
    let directory = tempfile::tempdir().unwrap();
    link_into(directory.path());
    directory
}

/// Compiles `tests/c/resolve.c`; says why where that fails.
fn compile(directory: &TempDir, arguments: &[&str]) -> Result<(), String> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/c/resolve.c");
    let mut gcc = Command::new("gcc");
    gcc.args(["-Wall", "-Wextra", "-Werror", "-o"]).arg(directory.path().join("program")).arg(source);
    let done = gcc.arg("-L").arg(directory.path()).args(arguments).output().unwrap();
    if done.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&done.stderr).into_owned()) }
}

fn run(directory: &TempDir, arguments: &[&str]) {
    let mut program = Command::new(directory.path().join("program"));
    let done = program.env("LD_LIBRARY_PATH", directory.path()).args(arguments).output().unwrap();
    assert!(done.status.success(), "{}: {}", done.status, String::from_utf8_lossy(&done.stdout));
}

#[test]
fn linked_before_and_after_the_c_library() {
    for order in [&["-lws2_32"][..], &["-Wl,--no-as-needed", "-lc", "-lws2_32"]] {
        let directory = directory();
        compile(&directory, order).unwrap();
        run(&directory, &[]);
    }
}

#[test]
fn opened_by_a_program_that_was_not_linked_with_it() {
    let directory = directory();
    compile(&directory, &["-DOPENED", "-ldl"]).unwrap();
    let path = directory.path().join("libws2_32.so.2");
    run(&directory, &[path.to_str().unwrap(), "no"]);
    run(&directory, &[path.to_str().unwrap(), "yes"]);
}

#[test]
fn in_the_static_library() {
    let directory = directory();
    let archive = library("a");
    compile(&directory, &[&[archive.to_str().unwrap()], NATIVE].concat()).unwrap();
    run(&directory, &[]);
}

/// Where there is no dynamic linker to ask.
#[test]
fn in_a_fully_static_program() {
    let directory = directory();
    let archive = library("a");
    let arguments = ["-static", archive.to_str().unwrap(), "-lgcc_eh", "-lpthread", "-lm", "-ldl"];
    match compile(&directory, &arguments) {
        Ok(()) => run(&directory, &[]),
        Err(why) => {
            crate::support::process::left_out(&format!("no fully static program could be linked: {why}"))
        }
    }
}
