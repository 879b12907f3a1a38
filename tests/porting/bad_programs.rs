//! The programs of `programs/` that call with arguments that make no sense: every family of functions with handles that are none, with
//! NULL, with sizes, counts, flags and names that cannot be, with rooms that are too small, and with addresses that lead nowhere.

use crate::programs::good;

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
