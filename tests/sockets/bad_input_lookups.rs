//! Arguments that make no sense, for hosts, services and addresses as text: the documented code, never a crash.

use std::ffi::{c_char, c_int, c_void};
use std::ptr::{null, null_mut, without_provenance_mut as at};

use crate::support::bad::*;
use crate::support::calls::*;
use ws2_32::error::WsaError as E;
use ws2_32::ffi::types::*;
use ws2_32::ffi::*;

/// Lengths and counts; those above `i32::MAX` are negative to C's `int`.
const LENGTHS: [i32; 7] = [i32::MIN, -1, 0, 1, 16, 4096, i32::MAX];

/// "1" in 16-bit characters.
static WIDE_ONE: [u16; 2] = [0x31, 0];

/// The last error of a lookup that gave no structure.
pub(crate) fn none<T>(lookup: impl FnOnce() -> *mut T) -> E {
    let mut found = null_mut();
    let code = call(|| {
        found = lookup();
        if found.is_null() { -1 } else { 0 }
    });
    code.err().unwrap_or_else(|| panic!("found something"))
}

/// `gethostbyname` and its family.
#[test]
fn lookups() {
    start();
    for wild in WILD.into_iter().skip(1) {
        let text = at::<c_char>(wild).cast_const();
        // SAFETY: what cannot be used has to be noticed.
        unsafe {
            assert_eq!(none(|| ws2_gethostbyname(text)), E::WSAEFAULT, "{wild:#x}");
            assert_eq!(none(|| ws2_gethostbyaddr(text, 4, AF_INET)), E::WSAEFAULT, "{wild:#x}");
            assert_eq!(none(|| ws2_gethostbyaddr(text, 16, AF_INET6)), E::WSAEFAULT, "{wild:#x}");
            assert_eq!(none(|| ws2_getservbyname(text, null())), E::WSAEFAULT, "{wild:#x}");
            assert_eq!(none(|| ws2_getservbyname(c"http".as_ptr(), text)), E::WSAEFAULT, "{wild:#x}");
            assert_eq!(none(|| ws2_getservbyport(0x5000, text)), E::WSAEFAULT, "{wild:#x}");
            assert_eq!(none(|| ws2_getprotobyname(text)), E::WSAEFAULT, "{wild:#x}");
            for len in LENGTHS {
                assert_eq!(call(|| ws2_gethostname(at(wild), len)), Err(E::WSAEFAULT), "{wild:#x} {len}");
                assert_eq!(call(|| GetHostNameW(at(wild), len)), Err(E::WSAEFAULT), "{wild:#x} {len}");
            }
        }
    }
    let address = loopback(0).bytes;
    let address = address[4..8].as_ptr().cast::<c_char>();
    // SAFETY: lengths and families are checked before the four bytes are read.
    unsafe {
        for len in [i32::MIN, -1, 0, 3] {
            assert_eq!(none(|| ws2_gethostbyaddr(address, len, AF_INET)), E::WSAEFAULT, "{len}");
        }
        for len in [i32::MIN, -1, 0, 4, 15, 17, i32::MAX] {
            assert_eq!(none(|| ws2_gethostbyaddr(address, len, AF_INET6)), E::WSAEINVAL, "{len}");
        }
        for family in [i32::MIN, -1, 0, 1, 10, i32::MAX] {
            assert_eq!(none(|| ws2_gethostbyaddr(address, 4, family)), E::WSAEAFNOSUPPORT, "{family}");
        }
        assert_eq!(none(|| ws2_getservbyname(null(), null())), E::WSAEFAULT);
        assert_eq!(none(|| ws2_getprotobyname(null())), E::WSAEFAULT);
        for name in [c"", c" ", c"no such thing"] {
            assert_eq!(none(|| ws2_getservbyname(name.as_ptr(), null())), E::WSANO_DATA, "{name:?}");
            assert_eq!(none(|| ws2_getprotobyname(name.as_ptr())), E::WSANO_DATA, "{name:?}");
        }
        assert_eq!(call(|| ws2_gethostname(null_mut(), 256)), Err(E::WSAEFAULT));
        assert_eq!(call(|| GetHostNameW(null_mut(), 256)), Err(E::WSAEFAULT));
    }
    for number in [i32::MIN, -1, 254, 256, i32::MAX] {
        assert_eq!(none(|| ws2_getprotobynumber(number)), E::WSANO_DATA, "{number}");
    }
}

/// `getaddrinfo`, `getnameinfo` and their wide forms.
#[test]
fn names_and_addresses() {
    start();
    let fault = E::WSAEFAULT.number();
    let mut list = null_mut();
    let mut wide_list = null_mut();
    let name = loopback(80);
    let mut room = [0_u16; 64];
    for wild in WILD.into_iter().skip(1) {
        let (text, wide) = (at::<c_char>(wild).cast_const(), at::<u16>(wild).cast_const());
        let one = c"1.2.3.4".as_ptr();
        let wide_one = WIDE_ONE.as_ptr();
        // SAFETY: what cannot be used has to be noticed.
        unsafe {
            assert_eq!(ws2_getaddrinfo(text, null(), null(), &raw mut list), fault, "{wild:#x}");
            assert_eq!(ws2_getaddrinfo(one, text, null(), &raw mut list), fault, "{wild:#x}");
            assert_eq!(ws2_getaddrinfo(one, null(), at(wild), &raw mut list), fault, "{wild:#x}");
            assert_eq!(ws2_getaddrinfo(one, null(), null(), at(wild)), fault, "{wild:#x}");
            assert_eq!(GetAddrInfoW(wide, null(), null(), &raw mut wide_list), fault, "{wild:#x}");
            assert_eq!(GetAddrInfoW(wide_one, wide, null(), &raw mut wide_list), fault, "{wild:#x}");
            assert_eq!(GetAddrInfoW(wide_one, null(), at(wild), &raw mut wide_list), fault, "{wild:#x}");
            assert_eq!(GetAddrInfoW(wide_one, null(), null(), at(wild)), fault, "{wild:#x}");
            assert!(list.is_null() && wide_list.is_null());
            for len in LENGTHS {
                let (bytes, words) = (room.as_mut_ptr().cast(), room.as_mut_ptr());
                let got = ws2_getnameinfo(at(wild), len, bytes, 64, null_mut(), 0, 2);
                assert_eq!(got, fault, "{wild:#x} {len}");
                assert_eq!(GetNameInfoW(at(wild), len, words, 64, null_mut(), 0, 2), fault, "{len}");
            }
            let from = name.bytes.as_ptr().cast::<ws2_sockaddr>();
            assert_eq!(ws2_getnameinfo(from, 16, at(wild), 64, null_mut(), 0, 2), fault, "{wild:#x}");
            assert_eq!(ws2_getnameinfo(from, 16, null_mut(), 0, at(wild), 64, 8), fault, "{wild:#x}");
            assert_eq!(GetNameInfoW(from, 16, at(wild), 64, null_mut(), 0, 2), fault, "{wild:#x}");
            assert_eq!(GetNameInfoW(from, 16, null_mut(), 0, at(wild), 64, 8), fault, "{wild:#x}");
        }
    }
    // SAFETY: NULL is no list.
    unsafe {
        assert_eq!(ws2_getaddrinfo(c"1.2.3.4".as_ptr(), null(), null(), null_mut()), fault);
        ws2_freeaddrinfo(null_mut());
        FreeAddrInfoW(null_mut());
    }
}

/// Addresses as text, in both widths.
#[test]
fn texts_of_addresses() {
    start();
    let (mut bytes, mut words) = ([0_u8; 64], [0_u16; 64]);
    let (text, wide): (*mut c_char, *mut u16) = (bytes.as_mut_ptr().cast(), words.as_mut_ptr());
    let name = loopback(80);
    let from = name.bytes.as_ptr().cast::<ws2_sockaddr>().cast_mut();
    for wild in WILD.into_iter().skip(1) {
        let place = at::<c_void>(wild);
        let pointer = |result: *const c_char| if result.is_null() { -1 } else { 0 };
        let fault = Err(E::WSAEFAULT);
        // SAFETY: what cannot be used has to be noticed.
        unsafe {
            WSASetLastError(0);
            assert_eq!((ws2_inet_addr(at(wild)), WSAGetLastError()), (u32::MAX, 10014), "{wild:#x}");
            let mut len = 128;
            let (len, room): (*mut c_int, *mut u32) = (&raw mut len, &raw mut *Box::leak(Box::new(64)));
            for family in [AF_INET, AF_INET6] {
                let one = c"1.2.3.4".as_ptr();
                assert_eq!(call(|| ws2_inet_pton(family, at(wild), place)), fault, "{wild:#x}");
                assert_eq!(call(|| InetPtonW(family, at(wild), place)), fault, "{wild:#x}");
                assert_eq!(call(|| pointer(ws2_inet_ntop(family, place, text, 64))), fault, "{wild:#x}");
                assert_eq!(call(|| pointer(InetNtopW(family, place, wide, 64).cast())), fault, "{wild:#x}");
                let to = at::<c_char>(wild);
                let source = name.bytes.as_ptr().cast();
                assert_eq!(call(|| pointer(ws2_inet_ntop(family, source, to, 64))), fault, "{wild:#x}");
                assert_eq!(call(|| pointer(InetNtopW(family, source, to.cast(), 64).cast())), fault);
                let read = |text, to, len| call(|| WSAStringToAddressA(text, family, at(wild), to, len));
                assert_eq!(read(at(wild), from, len), fault, "{wild:#x}");
                assert_eq!(read(one.cast_mut(), at(wild), len), fault, "{wild:#x}");
                assert_eq!(read(one.cast_mut(), from, at(wild)), fault, "{wild:#x}");
                let got = call(|| WSAStringToAddressW(at(wild), family, at(wild), from, len));
                assert_eq!(got, fault, "{wild:#x}");
            }
            let show = |from, to, room| call(|| WSAAddressToStringA(from, 16, at(wild), to, room));
            assert_eq!(show(at(wild), text, room), fault, "{wild:#x}");
            assert_eq!(show(from, at(wild), room), fault, "{wild:#x}");
            assert_eq!(show(from, text, at(wild)), fault, "{wild:#x}");
            let show = |from, to, room| call(|| WSAAddressToStringW(from, 16, at(wild), to, room));
            assert_eq!(show(at(wild), wide, room), fault, "{wild:#x}");
            assert_eq!(show(from, at(wild), room), fault, "{wild:#x}");
            assert_eq!(show(from, wide, at(wild)), fault, "{wild:#x}");
        }
    }
    for number in [i32::MIN, -1, 0, 1, 10004, 11001, i32::MAX] {
        assert!(!gai_strerrorA(number).is_null() && !gai_strerrorW(number).is_null());
    }
}
