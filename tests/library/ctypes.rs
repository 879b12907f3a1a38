//! Another language: Python binds the shared library by plain names, with Windows' numbers, and its own sockets stay
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
