//! The compilers of C and C++, for tests of the headers.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The directory of the headers.
pub(crate) fn include() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("include")
}

/// A directory for a test's own files, removed with it.
pub(crate) fn scratch() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

pub(crate) use super::process::left_out;

/// Whether a program can be started.
pub(crate) fn available(program: &str) -> bool {
    Command::new(program).arg("--version").output().is_ok_and(|output| output.status.success())
}

/// A compiler's complaints, empty if there were none.
pub(crate) fn complaints(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    if output.status.success() { said } else { format!("{}\n{said}", output.status) }
}

/// Compiles a C program against the headers and runs it; what it prints, or what the compiler says.
pub(crate) fn output_of(source: &str) -> Result<String, String> {
    let directory = scratch();
    let (file, program) = (directory.path().join("program.c"), directory.path().join("program"));
    std::fs::write(&file, source).unwrap();
    super::made::link_into(directory.path());
    let compiled = Command::new("gcc")
        .args(["-std=gnu11", "-fno-diagnostics-show-caret", "-fmax-errors=0", "-I"])
        .arg(include())
        .arg(&file)
        .arg("-o")
        .arg(&program)
        .arg("-L")
        .arg(directory.path())
        .arg("-lws2_32")
        .arg(format!("-Wl,-rpath,{}", directory.path().display()))
        .output()
        .unwrap();
    if !compiled.status.success() {
        return Err(complaints(&compiled));
    }
    // cargo puts its own folders first.
    let ran = Command::new(&program).env_remove("LD_LIBRARY_PATH").output().unwrap();
    assert!(ran.status.success(), "{}", ran.status);
    Ok(String::from_utf8(ran.stdout).unwrap())
}
