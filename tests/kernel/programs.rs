//! C programs as Windows' documentation has them, compiled strictly and run; with mingw they compile unchanged.

use std::path::{Path, PathBuf};
use std::process::Command;

const PROGRAMS: &[(&str, &str)] = &[
    ("producer_consumer.c", "consumed 1000 items, sum 499500\n"),
    ("ten_threads.c", "all 10 threads have ended, sum of codes 45\n"),
    ("timer.c", "due once, then 3 times, then the routine\n"),
    ("interlocked.c", "interlocked: good\n"),
    ("pool.c", "pool 1, functions 1, connection 1\n"),
];

fn source(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/c/kernel").join(name)
}

#[test]
fn documented_programs() {
    for (name, output) in PROGRAMS {
        for (compiler, standard) in [("gcc", "-std=c99"), ("g++", "-std=c++98")] {
            let directory = tempfile::tempdir().unwrap();
            let program = directory.path().join("program");
            let library = std::env::current_exe().unwrap().with_file_name("libws2_32.so");
            std::os::unix::fs::symlink(&library, directory.path().join("libws2_32.so.2")).unwrap();
            let mut command = Command::new(compiler);
            command.args([standard, "-Wall", "-Wextra", "-Werror", "-x"]);
            command.arg(if compiler == "gcc" { "c" } else { "c++" });
            command
                .arg("-I")
                .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("include"))
                .arg(source(name))
                .args(["-x", "none"])
                .arg(&library);
            let compiled = command.arg("-o").arg(&program).output().unwrap();
            assert_eq!(String::from_utf8_lossy(&compiled.stderr), "", "{name} {standard}");
            let mut run = Command::new(&program);
            let ran = run.env("LD_LIBRARY_PATH", directory.path()).env_remove("WS2_TRACE").output().unwrap();
            let said = String::from_utf8_lossy(&ran.stdout);
            assert!(ran.status.success() && said == *output, "{name} {standard}: {} {said}", ran.status);
        }
    }
}

#[test]
fn documented_programs_with_mingw() {
    let mingw = "x86_64-w64-mingw32-gcc";
    if Command::new(mingw).arg("--version").output().is_err() {
        crate::support::process::left_out("no mingw");
        return;
    }
    for (name, _) in PROGRAMS {
        let directory = tempfile::tempdir().unwrap();
        let mut command = Command::new(mingw);
        command.args(["-Wall", "-Wextra", "-Werror", "-D_WIN32_WINNT=0x0602"]).arg(source(name));
        let program = directory.path().join("program.exe");
        let compiled = command.arg("-lws2_32").arg("-o").arg(program).output().unwrap();
        assert_eq!(String::from_utf8_lossy(&compiled.stderr), "", "{name}");
    }
}
