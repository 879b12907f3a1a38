//! Arguments that make no sense, for duplicates, events, messages and connecting by name: refused, never a crash.

use std::ptr::{without_provenance as from, without_provenance_mut as at};

use crate::support::bad::WILD;
use crate::support::calls::{INVALID_SOCKET, start};
use ws2_32::ffi::*;

/// Every function is called with wild pointers, numbers that are none, and no socket.
#[test]
fn nothing_is_followed() {
    start();
    let s = INVALID_SOCKET;
    for wild in WILD {
        for number in [i32::MIN, -1, 0, 1, 4096, i32::MAX] {
            // SAFETY: the functions look at pointers before they follow them; NULL is nothing to give back.
            unsafe {
                assert_ne!(WSAAsyncSelect(s, at(wild), number.cast_unsigned(), number), 0);
                assert_eq!(
                    WSAConnectByList(
                        s,
                        at(wild),
                        at(wild),
                        at(wild),
                        at(wild),
                        at(wild),
                        from(wild),
                        at(wild)
                    ),
                    0
                );
                assert_eq!(
                    WSAConnectByNameA(
                        s,
                        from(wild),
                        from(wild),
                        at(wild),
                        at(wild),
                        at(wild),
                        at(wild),
                        from(wild),
                        at(wild)
                    ),
                    0
                );
                assert_eq!(
                    WSAConnectByNameW(
                        s,
                        from(wild),
                        from(wild),
                        at(wild),
                        at(wild),
                        at(wild),
                        at(wild),
                        from(wild),
                        at(wild)
                    ),
                    0
                );
                assert_ne!(WSADuplicateSocketA(s, number.cast_unsigned(), at(wild)), 0);
                assert_ne!(WSADuplicateSocketW(s, number.cast_unsigned(), at(wild)), 0);
                assert_eq!(
                    WSAJoinLeaf(
                        s,
                        from(wild),
                        number,
                        at(wild),
                        at(wild),
                        at(wild),
                        at(wild),
                        number.cast_unsigned()
                    ),
                    INVALID_SOCKET
                );
                assert_eq!(
                    ws2_WSAConnectByList_timeval(
                        s,
                        at(wild),
                        at(wild),
                        at(wild),
                        at(wild),
                        at(wild),
                        from(wild),
                        at(wild)
                    ),
                    0
                );
                assert_eq!(
                    ws2_WSAConnectByNameA_timeval(
                        s,
                        from(wild),
                        from(wild),
                        at(wild),
                        at(wild),
                        at(wild),
                        at(wild),
                        from(wild),
                        at(wild)
                    ),
                    0
                );
                assert_eq!(
                    ws2_WSAConnectByNameW_timeval(
                        s,
                        from(wild),
                        from(wild),
                        at(wild),
                        at(wild),
                        at(wild),
                        at(wild),
                        from(wild),
                        at(wild)
                    ),
                    0
                );
            }
        }
    }
}
