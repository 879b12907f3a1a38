//! The source text of the `windows-sys` crate, which knows every name and number of Windows.

use std::path::PathBuf;
use std::process::Command;

/// The text of a module of `windows-sys`, given by its path below `src/Windows`, such as
/// `Win32/Networking/WinSock/mod.rs`.
pub(crate) fn source(module: &str) -> String {
    let path = root().join("src/Windows").join(module);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The directory of the `windows-sys` that this package depends on, as cargo tells it.
fn root() -> PathBuf {
    let version = output(Command::new("rustc").arg("-vV"));
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let metadata = output(Command::new(env!("CARGO")).current_dir(env!("CARGO_MANIFEST_DIR")).args([
        "metadata",
        "--offline",
        "--format-version=1",
        "--filter-platform",
        host,
    ]));
    // Of the JSON only one string is needed, and it holds no character that would be escaped there.
    metadata
        .split("\"manifest_path\":\"")
        .filter_map(|rest| rest.split('"').next())
        .map(PathBuf::from)
        .find(|path| {
            path.parent()
                .and_then(|dir| dir.file_name()?.to_str())
                .is_some_and(|name| name.starts_with("windows-sys-0.61."))
        })
        .and_then(|path| Some(path.parent()?.to_path_buf()))
        .unwrap_or_else(|| panic!("cargo metadata names no windows-sys 0.61; is it still a dev-dependency?"))
}

fn output(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}
