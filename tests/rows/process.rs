//! Tests that need a process of their own: for what belongs to the process as a whole, and to be root in a
//! user namespace.

use std::process::Command;

/// Set in a process that runs one test only.
const ALONE: &str = "WS2_TEST_ALONE";

/// Whether this process runs one test only.
pub(crate) fn is_alone() -> bool {
    std::env::var_os(ALONE).is_some()
}

/// Runs the test with this name in a process of its own, which gets past this point; `false` there.
pub(crate) fn done_elsewhere(test: &str) -> bool {
    if is_alone() {
        return false;
    }
    let program = std::env::current_exe().unwrap();
    run(Command::new(program), test);
    true
}

/// Runs the calling test as root of a user namespace; `false` where that cannot be.
pub(crate) fn done_as_root_of_a_namespace() -> bool {
    let thread = std::thread::current();
    // The test harness gives a test's thread the test's name; with one thread it does not.
    let Some(test) = thread.name().filter(|name| *name != "main") else { return false };
    let maps = || {
        let mut unshare = Command::new("unshare");
        unshare.arg("--map-root-user");
        unshare
    };
    if is_alone() || !maps().args(["--net", "true"]).output().is_ok_and(|done| done.status.success()) {
        return false;
    }
    let mut command = maps();
    command.arg(std::env::current_exe().unwrap());
    run(command, test);
    true
}

fn run(mut command: Command, test: &str) {
    let done = command.args([test, "--exact", "--nocapture"]).env(ALONE, "1").output().unwrap();
    let (said, complaint) = (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    assert!(done.status.success(), "{said}{complaint}");
    eprint!("{complaint}");
    assert!(said.contains("1 passed"), "no test has this name: {test}\n{said}");
}
