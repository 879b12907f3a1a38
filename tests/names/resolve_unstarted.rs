//! NS1 to NS15: the lookups without `WSAStartup`, where it wins over every other error. A process of its
//! own, since the library is started for the whole process.

use std::ptr::{dangling_mut, null, null_mut};

use crate::support::process::{done_elsewhere, here};
use windows_sys::Win32::Networking::WinSock::WSANOTINITIALISED;
use ws2_32::ffi::*;

#[test]
fn lookups_without_startup() {
    if done_elsewhere(here!("lookups_without_startup")) {
        return;
    }
    let refused = |what: &str, failed: bool| {
        assert!(failed, "{what}");
        assert_eq!(WSAGetLastError(), WSANOTINITIALISED, "{what}");
        WSASetLastError(77);
    };
    // SAFETY: texts, locals and NULL.
    unsafe {
        refused("gethostbyname", ws2_gethostbyname(c"localhost".as_ptr()).is_null());
        refused("gethostbyname(NULL)", ws2_gethostbyname(null()).is_null());
        refused("gethostbyaddr", ws2_gethostbyaddr(null(), 0, 0).is_null());
        refused("getservbyname", ws2_getservbyname(null(), null()).is_null());
        refused("getservbyport", ws2_getservbyport(0, null()).is_null());
        refused("getprotobyname", ws2_getprotobyname(null()).is_null());
        refused("getprotobynumber", ws2_getprotobynumber(6).is_null());
        refused("gethostname", ws2_gethostname(null_mut(), 0) == -1);
        refused("GetHostNameW", GetHostNameW(null_mut(), 0) == -1);
        let mut list = dangling_mut();
        let code = ws2_getaddrinfo(c"127.0.0.1".as_ptr(), null(), null(), &raw mut list);
        refused("getaddrinfo", code == WSANOTINITIALISED);
        refused(
            "getaddrinfo(NULL)",
            ws2_getaddrinfo(null(), null(), null(), null_mut()) == WSANOTINITIALISED,
        );
        refused("GetAddrInfoW", GetAddrInfoW(null(), null(), null(), null_mut()) == WSANOTINITIALISED);
        let code = ws2_getnameinfo(null(), 0, null_mut(), 0, null_mut(), 0, 0);
        refused("getnameinfo", code == WSANOTINITIALISED);
        let code = GetNameInfoW(null(), 0, null_mut(), 0, null_mut(), 0, 0);
        refused("GetNameInfoW", code == WSANOTINITIALISED);
        // These need no start and leave the last error alone.
        ws2_freeaddrinfo(null_mut());
        FreeAddrInfoW(null_mut());
        assert!(!gai_strerrorA(WSANOTINITIALISED).is_null());
        assert!(!gai_strerrorW(WSANOTINITIALISED).is_null());
    }
    assert_eq!(WSAGetLastError(), 77);
}
