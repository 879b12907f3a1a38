//! The programs of `programs/` that call with arguments that make no sense: every family of functions with handles that are none, with
//! NULL, with sizes, counts, flags and names that cannot be, with rooms that are too small, and with addresses that lead nowhere.

use crate::programs::{good, with_terminal};

#[test]
fn handles_that_are_none() {
    good("bad_handles.c", "", &[]);
}

#[test]
fn objects_that_cannot_be() {
    good("bad_objects.c", "", &[]);
}

#[test]
fn threads_locks_and_pools() {
    good("bad_threads.c", "", &[]);
}

#[test]
fn waits_of_the_pool_and_queues_of_timers() {
    good("bad_pool.c", "", &[]);
}

#[test]
fn memory_that_is_not_there() {
    good("bad_memory.c", "", &[]);
}

#[test]
fn files_that_are_not_there() {
    good("bad_files.c", "", &[]);
}

#[test]
fn texts_without_room() {
    good("bad_texts.c", "", &[]);
}

#[test]
fn pipes_that_are_none() {
    good("bad_pipes.c", "", &[]);
}

#[test]
fn programs_that_cannot_be_started() {
    good("bad_starts.c", "", &[]);
}

/// Without a terminal, and what a terminal itself refuses.
#[test]
fn consoles_and_serial_lines() {
    good("bad_console.c", "", &[]);
    let Some((child, _line, _place)) = with_terminal("bad_console.c") else { return };
    let ended = child.wait_with_output().unwrap();
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stdout));
}

#[test]
fn windows_that_are_none() {
    good("bad_windows.c", "", &[]);
}

#[test]
fn tables_of_the_network_without_room() {
    good("bad_network.c", "", &[]);
}

#[test]
fn functions_of_ntdll() {
    good("bad_nt.c", "", &[]);
}

#[test]
fn ports_and_results() {
    good("bad_ports.c", "", &[]);
}
