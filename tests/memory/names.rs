//! Names, addresses and services. Nothing is asked of another machine: what goes to the C library's resolver is a number.

use std::ffi::{CStr, c_char};
use std::ptr::{null, null_mut};

use ws2_32::ffi::types::netdb::ws2_addrinfo;
use ws2_32::ffi::types::{OVERLAPPED, ws2_sockaddr};
use ws2_32::ffi::*;

use crate::support::calls::Name;
use crate::support::process::{alone, here};
use crate::walk::{NO_MEMORY, start_with_databases, walk};

/// What the C library may make of a lack of memory: its look-up failed, now or for ever.
const LOOKED_UP: [i32; 5] = [NO_MEMORY, 11001, 11002, 11003, 11004];

fn wide(text: &CStr) -> Vec<u16> {
    text.to_str().unwrap().encode_utf16().chain([0]).collect()
}

fn pointer<T>(value: *mut T) -> Result<(), i32> {
    if value.is_null() { Err(WSAGetLastError()) } else { Ok(()) }
}

fn zero(value: i32) -> Result<(), i32> {
    if value == 0 { Ok(()) } else { Err(WSAGetLastError()) }
}

fn wishes(flags: i32) -> ws2_addrinfo {
    ws2_addrinfo {
        ai_flags: flags,
        ai_family: 0,
        ai_socktype: 1,
        ai_protocol: 0,
        ai_addrlen: 0,
        ai_canonname: null_mut(),
        ai_addr: null_mut(),
        ai_next: null_mut(),
    }
}

#[test]
fn hosts() {
    alone(here!("hosts"), || {
        start_with_databases();
        const CANONICAL: i32 = 2;
        const NUMBER: i32 = 4;
        for (node, service, flags, codes) in [
            (Some(c"127.0.0.1"), Some(c"80"), CANONICAL, &[NO_MEMORY][..]),
            (Some(c"localhost"), Some(c"http"), CANONICAL, &[NO_MEMORY, 10109]),
            (Some(c""), None, CANONICAL, &[NO_MEMORY]),
            (None, Some(c"80"), 1, &[NO_MEMORY]),
            (Some(c"127.1"), None, NUMBER, &LOOKED_UP),
        ] {
            let hints = wishes(flags);
            let (wide_node, wide_service) = (node.map(wide), service.map(wide));
            let at = |text: Option<&CStr>| text.map_or(null(), CStr::as_ptr);
            let wide_at = |text: &Option<Vec<u16>>| text.as_ref().map_or(null(), |text| text.as_ptr());
            let narrow = || {
                let mut found = null_mut();
                let code =
                    unsafe { ws2_getaddrinfo(at(node), at(service), &raw const hints, &raw mut found) };
                if code == 0 { Ok(found) } else { Err(code) }
            };
            walk("getaddrinfo", codes, narrow, |list| unsafe { ws2_freeaddrinfo(list) });
            let both = || {
                let mut found = null_mut();
                let (node, service) = (wide_at(&wide_node), wide_at(&wide_service));
                let hints = (&raw const hints).cast();
                let code = unsafe { GetAddrInfoW(node, service, hints, &raw mut found) };
                if code == 0 { Ok(found) } else { Err(code) }
            };
            walk("GetAddrInfoW", codes, both, |list| unsafe { FreeAddrInfoW(list) });
            let extended = || {
                let (mut found, none) = (null_mut(), null_mut::<std::ffi::c_void>());
                let (node, service) = (wide_at(&wide_node), wide_at(&wide_service));
                let code = unsafe {
                    GetAddrInfoExW(
                        node,
                        service,
                        0,
                        none.cast(),
                        null(),
                        &raw mut found,
                        none.cast(),
                        none.cast(),
                        None,
                        none.cast(),
                    )
                };
                if code == 0 { Ok(found) } else { Err(code) }
            };
            if flags != NUMBER {
                walk("GetAddrInfoExW", codes, extended, |list| unsafe { FreeAddrInfoExW(list) });
            }
        }
        walk("gethostbyname", &[NO_MEMORY], || pointer(unsafe { ws2_gethostbyname(null()) }), |()| {});
        let mut room = [0_u16; 256];
        walk("GetHostNameW", &[NO_MEMORY], || zero(unsafe { GetHostNameW(room.as_mut_ptr(), 256) }), |()| {});
        let mut room = [0_i8; 256];
        let to = room.as_mut_ptr().cast::<c_char>();
        walk("gethostname", &[NO_MEMORY], || zero(unsafe { ws2_gethostname(to, 256) }), |()| {});
    });
}

/// The look-up that ends later: what has begun ends, and tells so.
#[test]
fn hosts_meanwhile() {
    alone(here!("hosts_meanwhile"), || {
        start_with_databases();
        let node = wide(c"127.0.0.1");
        let event = WSACreateEvent();
        let mut over = OVERLAPPED { Internal: 0, InternalHigh: 0, Offset: 0, OffsetHigh: 0, hEvent: event };
        let mut found = null_mut();
        let (at, to) = (&raw mut over, &raw mut found);
        let mut handle = null_mut();
        let name = &raw mut handle;
        let begin = || {
            let none = null_mut::<std::ffi::c_void>();
            let code = unsafe {
                GetAddrInfoExW(node.as_ptr(), null(), 0, none.cast(), null(), to, none.cast(), at, None, name)
            };
            if code == 997 { Ok(()) } else { Err(code) }
        };
        walk("GetAddrInfoExW", &[NO_MEMORY], begin, |()| {
            assert_eq!(unsafe { WSAWaitForMultipleEvents(1, &raw const event, 1, 60_000, 0) }, 0);
            assert_eq!(unsafe { GetAddrInfoExOverlappedResult(at) }, 0);
            unsafe { FreeAddrInfoExW(*to) };
        });
    });
}

#[test]
fn services_and_names_of_addresses() {
    alone(here!("services_and_names_of_addresses"), || {
        start_with_databases();
        let codes = [NO_MEMORY, 11004];
        let by_name = || pointer(unsafe { ws2_getservbyname(c"HTTP".as_ptr(), c"TCP".as_ptr()) });
        walk("getservbyname", &codes, by_name, |()| {});
        let by_port = || pointer(unsafe { ws2_getservbyport(i32::from(80_u16.to_be()), c"tcp".as_ptr()) });
        walk("getservbyport", &codes, by_port, |()| {});
        let by_name = || pointer(unsafe { ws2_getprotobyname(c"tcp".as_ptr()) });
        walk("getprotobyname", &[NO_MEMORY], by_name, |()| {});
        walk("getprotobynumber", &[NO_MEMORY], || pointer(ws2_getprotobynumber(17)), |()| {});
        // Without memory there is no text, and no code.
        for code in [11001, 77_777] {
            walk(
                "gai_strerror",
                &[0],
                || if gai_strerrorA(code).is_null() { Err(0) } else { Ok(()) },
                |()| {},
            );
            walk(
                "gai_strerror",
                &[0],
                || if gai_strerrorW(code).is_null() { Err(0) } else { Ok(()) },
                |()| {},
            );
        }
        let name = Name::v4([127, 0, 0, 1], 80);
        const NUMBERS: i32 = 2 | 8;
        for flags in [NUMBERS, 2] {
            let (mut host, mut service) = ([0_i8; 64], [0_i8; 64]);
            let (host, service) = (host.as_mut_ptr().cast(), service.as_mut_ptr().cast());
            let ask = || {
                let code = unsafe { ws2_getnameinfo(name.ptr(), name.len, host, 64, service, 64, flags) };
                if code == 0 { Ok(()) } else { Err(code) }
            };
            walk("getnameinfo", &[NO_MEMORY], ask, |()| {});
            let (mut host, mut service) = ([0_u16; 64], [0_u16; 64]);
            let (host, service) = (host.as_mut_ptr(), service.as_mut_ptr());
            let ask = || {
                let code = unsafe { GetNameInfoW(name.ptr(), name.len, host, 64, service, 64, flags) };
                if code == 0 { Ok(()) } else { Err(code) }
            };
            walk("GetNameInfoW", &[NO_MEMORY], ask, |()| {});
        }
    });
}

#[test]
fn addresses_as_text() {
    alone(here!("addresses_as_text"), || {
        start_with_databases();
        let mut place = [0_u64; 4];
        let to = place.as_mut_ptr().cast::<ws2_sockaddr>();
        for (text, family) in [(c"1.2.3.4:80", 2), (c"[::1]:80", 23)] {
            let mut len = 32;
            let units = wide(text);
            let at = &raw mut len;
            let read = || {
                unsafe { *at = 32 };
                let from = text.as_ptr().cast_mut();
                zero(unsafe { WSAStringToAddressA(from, family, null_mut(), to, at) })
            };
            walk("WSAStringToAddressA", &[NO_MEMORY], read, |()| {});
            let read = || {
                unsafe { *at = 32 };
                let from = units.as_ptr().cast_mut();
                zero(unsafe { WSAStringToAddressW(from, family, null_mut(), to, at) })
            };
            walk("WSAStringToAddressW", &[NO_MEMORY], read, |()| {});
            let (mut narrow, mut wide, mut room) = ([0_i8; 80], [0_u16; 80], 80);
            let at = &raw mut room;
            let size = if family == 2 { 16 } else { 28 };
            let show = || {
                unsafe { *at = 80 };
                let text = narrow.as_mut_ptr().cast();
                zero(unsafe { WSAAddressToStringA(to, size, null_mut(), text, at) })
            };
            walk("WSAAddressToStringA", &[NO_MEMORY], show, |()| {});
            let show = || {
                unsafe { *at = 80 };
                zero(unsafe { WSAAddressToStringW(to, size, null_mut(), wide.as_mut_ptr(), at) })
            };
            walk("WSAAddressToStringW", &[NO_MEMORY], show, |()| {});
        }
        let octets = [127_u8, 0, 0, 1];
        let mut room = [0_u16; 80];
        let to = room.as_mut_ptr();
        let from = octets.as_ptr().cast();
        let show = || pointer(unsafe { InetNtopW(2, from, to, 80) }.cast_mut());
        walk("InetNtopW", &[NO_MEMORY], show, |()| {});
        let show = || pointer(unsafe { ws2_inet_ntop(2, from, to.cast(), 80) }.cast_mut());
        walk("inet_ntop", &[NO_MEMORY], show, |()| {});
        let text = wide(c"127.0.0.1");
        let mut address = [0_u8; 4];
        let to = address.as_mut_ptr().cast();
        let read = || match unsafe { InetPtonW(2, text.as_ptr(), to) } {
            1 => Ok(()),
            _ => Err(WSAGetLastError()),
        };
        walk("InetPtonW", &[NO_MEMORY], read, |()| {});
        let show = || pointer(ws2_inet_ntoa(types::ws2_in_addr { s_addr: 1 }));
        walk("inet_ntoa", &[], show, |()| {});
    });
}
