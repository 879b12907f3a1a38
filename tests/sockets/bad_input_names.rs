//! Arguments that make no sense, for what looks names up: refused, never a crash.

use std::ptr::{null_mut, without_provenance as from, without_provenance_mut as at};

use crate::support::bad::WILD;
use crate::support::calls::start;
use ws2_32::ffi::*;

/// Every function is called with wild pointers, numbers that are none, and no socket.
#[test]
fn no_name_is_followed() {
    start();
    for wild in WILD {
        for number in [i32::MIN, -1, 0, 1, 4096, i32::MAX] {
            // SAFETY: the functions look at pointers before they follow them; NULL is nothing to give back.
            unsafe {
                FreeAddrInfoEx(null_mut());
                FreeAddrInfoExW(null_mut());
                assert_ne!(
                    GetAddrInfoExA(
                        from(wild),
                        from(wild),
                        number.cast_unsigned(),
                        at(wild),
                        from(wild),
                        at(wild),
                        at(wild),
                        at(wild),
                        None,
                        at(wild)
                    ),
                    0
                );
                assert_ne!(GetAddrInfoExCancel(at(wild)), 0);
                assert_ne!(GetAddrInfoExOverlappedResult(at(wild)), 0);
                assert_ne!(
                    GetAddrInfoExW(
                        from(wild),
                        from(wild),
                        number.cast_unsigned(),
                        at(wild),
                        from(wild),
                        at(wild),
                        at(wild),
                        at(wild),
                        None,
                        at(wild)
                    ),
                    0
                );
                assert_ne!(
                    SetAddrInfoExA(
                        from(wild),
                        from(wild),
                        at(wild),
                        number.cast_unsigned(),
                        at(wild),
                        number.cast_unsigned(),
                        number.cast_unsigned(),
                        at(wild),
                        at(wild),
                        at(wild),
                        None,
                        at(wild)
                    ),
                    0
                );
                assert_ne!(
                    SetAddrInfoExW(
                        from(wild),
                        from(wild),
                        at(wild),
                        number.cast_unsigned(),
                        at(wild),
                        number.cast_unsigned(),
                        number.cast_unsigned(),
                        at(wild),
                        at(wild),
                        at(wild),
                        None,
                        at(wild)
                    ),
                    0
                );
                assert!(
                    WSAAsyncGetHostByAddr(
                        at(wild),
                        number.cast_unsigned(),
                        from(wild),
                        number,
                        number,
                        at(wild),
                        number
                    )
                    .is_null()
                );
                assert!(
                    WSAAsyncGetHostByName(at(wild), number.cast_unsigned(), from(wild), at(wild), number)
                        .is_null()
                );
                assert!(
                    WSAAsyncGetProtoByName(at(wild), number.cast_unsigned(), from(wild), at(wild), number)
                        .is_null()
                );
                assert!(
                    WSAAsyncGetProtoByNumber(at(wild), number.cast_unsigned(), number, at(wild), number)
                        .is_null()
                );
                assert!(
                    WSAAsyncGetServByName(
                        at(wild),
                        number.cast_unsigned(),
                        from(wild),
                        from(wild),
                        at(wild),
                        number
                    )
                    .is_null()
                );
                assert!(
                    WSAAsyncGetServByPort(
                        at(wild),
                        number.cast_unsigned(),
                        number,
                        from(wild),
                        at(wild),
                        number
                    )
                    .is_null()
                );
                assert_ne!(WSALookupServiceBeginA(at(wild), number.cast_unsigned(), at(wild)), 0);
                assert_ne!(WSALookupServiceBeginW(at(wild), number.cast_unsigned(), at(wild)), 0);
                assert_ne!(WSALookupServiceNextA(at(wild), number.cast_unsigned(), at(wild), at(wild)), 0);
                assert_ne!(WSALookupServiceNextW(at(wild), number.cast_unsigned(), at(wild), at(wild)), 0);
                assert_ne!(
                    WSANSPIoctl(
                        at(wild),
                        number.cast_unsigned(),
                        at(wild),
                        number.cast_unsigned(),
                        at(wild),
                        number.cast_unsigned(),
                        at(wild),
                        at(wild)
                    ),
                    0
                );
                assert_ne!(
                    ws2_GetAddrInfoExA_timeval(
                        from(wild),
                        from(wild),
                        number.cast_unsigned(),
                        at(wild),
                        from(wild),
                        at(wild),
                        from(wild),
                        at(wild),
                        None,
                        at(wild)
                    ),
                    0
                );
                assert_ne!(
                    ws2_GetAddrInfoExW_timeval(
                        from(wild),
                        from(wild),
                        number.cast_unsigned(),
                        at(wild),
                        from(wild),
                        at(wild),
                        from(wild),
                        at(wild),
                        None,
                        at(wild)
                    ),
                    0
                );
            }
        }
    }
}
