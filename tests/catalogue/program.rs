//! The C program of this subject, in the standards of C and C++, with mingw, and run.

use std::process::Command;

use crate::support::{compile, made};

const SOURCE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/c/catalogue.c");

#[test]
fn a_program_in_c() {
    let directory = compile::scratch();
    made::link_into(directory.path());
    let program = directory.path().join("catalogue");
    let done = Command::new("gcc")
        .args(["-std=gnu89", "-Wall", "-Wextra", "-Werror", "-I"])
        .arg(compile::include())
        .arg(SOURCE)
        .arg("-o")
        .arg(&program)
        .arg("-L")
        .arg(directory.path())
        .arg("-lws2_32")
        .arg(format!("-Wl,-rpath,{}", directory.path().display()))
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", compile::complaints(&done));
    // The test harness itself has a path of libraries set.
    let done = Command::new(&program).env("LD_LIBRARY_PATH", directory.path()).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    assert_eq!(done.stdout, b"done\n");
}

#[test]
fn the_same_program_for_windows() {
    const MINGW: &str = "x86_64-w64-mingw32-gcc";
    if !compile::available(MINGW) {
        return compile::left_out(&format!("no {MINGW}"));
    }
    let directory = compile::scratch();
    for source in [SOURCE, concat!(env!("CARGO_MANIFEST_DIR"), "/examples/window_server.c")] {
        let done = Command::new(MINGW)
            .args(["-D_WIN32_WINNT=0x0602", "-Wall", "-Wextra", "-Werror"])
            .arg(source)
            .arg("-o")
            .arg(directory.path().join("program.exe"))
            .arg("-lws2_32")
            .output()
            .unwrap();
        assert!(done.status.success(), "{source}: {}", compile::complaints(&done));
    }
}
