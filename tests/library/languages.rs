//! Other languages, by the examples; and Python binds the shared library by plain names, with Windows' numbers, and its own sockets stay
//! what they were.

use std::path::Path;
use std::process::Command;

#[test]
fn python_binds_winsock_by_name() {
    if !crate::support::compile::available("python3") {
        return crate::support::compile::left_out("python3 is missing");
    }
    let library = crate::support::made::library("so");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/python/winsock.py");
    let mut python = Command::new("python3");
    // -I: no settings and modules of the user's; -B: nothing is written beside the script.
    python.args(["-I", "-B"]).arg(script).arg(library).env_remove("WS2_TRACE");
    let done = python.output().unwrap();
    let (said, complaint) = (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    assert!(done.status.success() && said == "all of it\n", "{}\n{said}{complaint}", done.status);
}

/// What each example of examples/languages prints.
const EXPECTED: &str = "received hello\nerror 10057\n";

/// A program with the library in its search path, whose working directory is empty.
fn with_the_library(program: &str, directory: &Path) -> Command {
    let mut command = Command::new(program);
    let made = crate::support::made::library("so").with_file_name("");
    command.env("LD_LIBRARY_PATH", made).env_remove("WS2_TRACE").current_dir(directory);
    command
}

fn run(command: &mut Command) -> String {
    let done = command.output().unwrap();
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(
        done.status.success(),
        "{command:?}: {}\n{said}{}",
        done.status,
        String::from_utf8_lossy(&done.stderr)
    );
    said
}

fn available(tool: &str) -> bool {
    let there =
        Command::new("sh").args(["-c", &format!("command -v {tool}")]).output().unwrap().status.success();
    if !there {
        crate::support::compile::left_out(&format!("{tool} is missing"));
    }
    there
}

#[test]
fn examples_in_other_languages() {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/languages");
    let directory = tempfile::tempdir().unwrap();
    let here = directory.path();
    for (tool, source) in [("python3", "winsock.py"), ("luajit", "winsock.lua")] {
        if available(tool) {
            assert_eq!(run(with_the_library(tool, here).arg(sources.join(source))), EXPECTED, "{source}");
        }
    }
    if available("mcs") && available("mono") {
        run(Command::new("mcs").arg("-out:Winsock.exe").arg(sources.join("Winsock.cs")).current_dir(here));
        assert_eq!(run(with_the_library("mono", here).arg("Winsock.exe")), EXPECTED, "Winsock.cs");
    }
    if available("fpc") {
        let made = crate::support::made::library("so").with_file_name("");
        let mut fpc = Command::new("fpc");
        fpc.arg("-v0").arg(format!("-FE{}", here.display())).arg(format!("-Fl{}", made.display()));
        run(fpc.arg(sources.join("winsock.pas")).current_dir(here));
        assert_eq!(run(&mut with_the_library("./winsock", here)), EXPECTED, "winsock.pas");
    }
    // From the npm registry, where somebody has installed it: NODE_PATH names the place.
    if available("node") && std::env::var_os("NODE_PATH").is_some() {
        assert_eq!(
            run(with_the_library("node", here).arg(sources.join("winsock.js"))),
            EXPECTED,
            "winsock.js"
        );
    }
}
