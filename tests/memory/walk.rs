//! One call, with one allocation after the other refused.

use std::ptr::{null, null_mut};

use ws2_32::ffi::*;

use crate::refusing::{Refusing, refusing};
use crate::support::calls::start;
use crate::support::process::descriptors;

/// More allocations than any call makes.
const MOST: u32 = 2000;

/// Walks through a call that gives a value or a code, and `undo`es what has succeeded. The codes are those that it may fail
/// with; it may do without what was refused, too.
pub(crate) fn walk<T>(what: &str, codes: &[i32], call: impl FnMut() -> Result<T, i32>, undo: impl FnMut(T)) {
    walk_prepared(what, codes, || {}, call, undo);
}

/// The same, with what is to be there before each call.
pub(crate) fn walk_prepared<T>(
    what: &str,
    codes: &[i32],
    mut prepare: impl FnMut(),
    mut call: impl FnMut() -> Result<T, i32>,
    mut undo: impl FnMut(T),
) {
    // Cold first: what the library and the C library make once is refused, too.
    for round in 0..2 {
        let before = descriptors();
        for kind in [Refusing::One, Refusing::From] {
            for count in 0.. {
                assert!(count < MOST, "{what}: without an end");
                prepare();
                let (outcome, refused) = refusing(kind(count), &mut call);
                match outcome {
                    Ok(value) => undo(value),
                    Err(code) => {
                        assert!(codes.contains(&code), "{what}: {code} with {:?}", kind(count));
                        assert_ne!(refused, 0, "{what}: {code} though nothing was refused");
                    }
                }
                if refused == 0 {
                    break;
                }
            }
        }
        prepare();
        match call() {
            Ok(value) => undo(value),
            Err(code) => panic!("{what}: {code} with memory"),
        }
        if round > 0 {
            assert_eq!(descriptors().len(), before.len(), "{what}: descriptors were left open");
        }
    }
}

/// Starts Winsock, and has the C library open its databases: where that fails for lack of memory, some releases of it end the
/// process, whoever has called.
pub(crate) fn start_with_databases() {
    start();
    unsafe {
        ws2_getservbyname(c"http".as_ptr(), null());
        ws2_getservbyport(i32::from(80_u16.to_be()), null());
        ws2_gethostbyaddr([127, 0, 0, 1].as_ptr().cast(), 4, 2);
        let mut list = null_mut();
        let number = c"127.1".as_ptr();
        if ws2_getaddrinfo(number, null(), null(), &raw mut list) == 0 {
            ws2_freeaddrinfo(list);
        }
    }
}

/// Codes of the calls of Winsock.
pub(crate) const NO_BUFFERS: i32 = 10055;
/// `WSA_NOT_ENOUGH_MEMORY`, `EAI_MEMORY`, `ERROR_NOT_ENOUGH_MEMORY`.
pub(crate) const NO_MEMORY: i32 = 8;
