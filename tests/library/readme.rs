//! What README.md shows works as it stands there.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::support::made::{library, link_into};

const README: &str = include_str!("../../README.md");

/// The code block that begins with that line.
fn block(opening: &str) -> &'static str {
    let (_, rest) = README.split_once(&format!("\n{opening}\n")).unwrap_or_else(|| panic!("no {opening}"));
    rest.split_once("\n```").unwrap().0
}

fn run(command: &mut Command) -> String {
    let done = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let complaint = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success() && complaint.is_empty(), "{command:?}: {}\n{complaint}", done.status);
    String::from_utf8(done.stdout).unwrap()
}

/// Compiles the example with these libraries behind it, and gives the program ready to run.
fn compile(directory: &Path, libraries: &[&str]) -> Command {
    let (source, program) = (directory.join("example.c"), directory.join("example"));
    fs::write(&source, block("```c example")).unwrap();
    let mut gcc = Command::new("gcc");
    gcc.args(["-Wall", "-Wextra", "-Wpedantic", "-Werror", "-I"]);
    gcc.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("include"));
    run(gcc.arg("-o").arg(&program).arg(source).args(libraries));
    let mut program = Command::new(program);
    program.env("LD_LIBRARY_PATH", directory).env_remove("WS2_TRACE");
    program
}

/// [`compile`], with the shared library in that directory.
fn compile_shared(directory: &Path) -> Command {
    link_into(directory);
    compile(directory, &[&format!("-L{}", directory.display()), "-lws2_32"])
}

#[test]
fn example_with_the_shared_library() {
    let directory = tempfile::tempdir().unwrap();
    assert_eq!(run(&mut compile_shared(directory.path())), "error 10057\n");
}

#[test]
fn example_with_the_static_library() {
    let (_, native) = README.split_once("client.c target/made/libws2_32.a ").unwrap();
    let native: Vec<_> = native.split('`').next().unwrap().split(' ').collect();
    let archive = library("a");
    let mut libraries = vec![archive.to_str().unwrap()];
    libraries.extend(native);
    let directory = tempfile::tempdir().unwrap();
    assert_eq!(run(&mut compile(directory.path(), &libraries)), "error 10057\n");
}

#[test]
fn trace_is_as_shown() {
    let shown = README.lines().find(|line| line.starts_with("send(3")).unwrap();
    let directory = tempfile::tempdir().unwrap();
    let done = compile_shared(directory.path()).env("WS2_TRACE", "1").output().unwrap();
    let trace = String::from_utf8(done.stderr).unwrap();
    assert!(trace.lines().any(|line| line == shown), "README has {shown:?}, printed was\n{trace}");
}
