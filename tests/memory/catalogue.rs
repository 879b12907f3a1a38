//! Lists of protocols and name spaces, searches, duplicates, connecting by name.

use std::ffi::CStr;
use std::ptr::{null, null_mut};

use ws2_32::ffi::types::lookup::WSAQUERYSETA;
use ws2_32::ffi::types::{GUID, WSAPROTOCOL_INFOA};
use ws2_32::ffi::*;

use crate::support::calls::{self, accept, listener, tcp_pair};
use crate::support::process::{alone, here};
use crate::walk::{NO_BUFFERS, NO_MEMORY, start_with_databases, walk};

fn zero(value: i32) -> Result<(), i32> {
    if value == 0 { Ok(()) } else { Err(WSAGetLastError()) }
}

fn count(value: i32) -> Result<(), i32> {
    if value >= 0 { Ok(()) } else { Err(WSAGetLastError()) }
}

/// `SVCID_…` by its first number.
fn class(data1: u32) -> GUID {
    let mut bytes = [0_u8; 16];
    bytes[..4].copy_from_slice(&data1.to_ne_bytes());
    bytes[8..].copy_from_slice(&[0xC0, 0, 0, 0, 0, 0, 0, 0x46]);
    unsafe { std::mem::transmute(bytes) }
}

#[test]
fn lists() {
    alone(here!("lists"), || {
        start_with_databases();
        let mut room = vec![0_u64; 1024];
        let to = room.as_mut_ptr();
        let mut len = 0_u32;
        let at = &raw mut len;
        let full = || unsafe { at.write(8192) };
        let mut protocols = [6, 17, 0];
        for list in [null_mut(), protocols.as_mut_ptr()] {
            let ask = || {
                full();
                count(unsafe { WSAEnumProtocolsA(list, to.cast(), at) })
            };
            walk("WSAEnumProtocolsA", &[NO_BUFFERS], ask, |()| {});
            let ask = || {
                full();
                count(unsafe { WSAEnumProtocolsW(list, to.cast(), at) })
            };
            walk("WSAEnumProtocolsW", &[NO_BUFFERS], ask, |()| {});
        }
        let ask = || {
            full();
            count(unsafe { WSAEnumNameSpaceProvidersA(at, to.cast()) })
        };
        walk("WSAEnumNameSpaceProvidersA", &[NO_MEMORY], ask, |()| {});
        let ask = || {
            full();
            count(unsafe { WSAEnumNameSpaceProvidersW(at, to.cast()) })
        };
        walk("WSAEnumNameSpaceProvidersW", &[NO_MEMORY], ask, |()| {});
        let mut http = class(0x0009_0050);
        let id = &raw mut http;
        let ask = || {
            full();
            zero(unsafe { WSAGetServiceClassNameByClassIdW(id, to.cast(), at) })
        };
        walk("WSAGetServiceClassNameByClassIdW", &[NO_MEMORY, 10109], ask, |()| {});
    });
}

#[test]
fn searches() {
    alone(here!("searches"), || {
        start_with_databases();
        const EVERYTHING: u32 = 0xFF0;
        let mut room = vec![0_u64; 1024];
        let to = room.as_mut_ptr();
        for (space, name, data1) in [
            (15, None, 0),
            (12, Some(c"127.0.0.1"), 0x0002_A803),
            (12, Some(c"http/tcp"), 0x0002_A802),
            (12, None, 0x0002_A800),
        ] {
            let mut class = class(data1);
            let mut query: WSAQUERYSETA = unsafe { std::mem::zeroed() };
            query.dwSize = size_of::<WSAQUERYSETA>() as u32;
            query.dwNameSpace = space;
            query.lpszServiceInstanceName = name.map_or(null_mut(), |name: &CStr| name.as_ptr().cast_mut());
            query.lpServiceClassId = if data1 == 0 { null_mut() } else { &raw mut class };
            let query = &raw mut query;
            let begin = || {
                let mut handle = null_mut();
                zero(unsafe { WSALookupServiceBeginA(query, EVERYTHING, &raw mut handle) }).map(|()| handle)
            };
            walk("WSALookupServiceBeginA", &[NO_MEMORY], begin, |handle| {
                assert_eq!(WSALookupServiceEnd(handle), 0);
            });
            let handle = begin().unwrap();
            let next = || {
                let mut len = 8192;
                match zero(unsafe { WSALookupServiceNextA(handle, 0, &raw mut len, to.cast()) }) {
                    // An answer is used up by the first walk.
                    Err(10110) => Ok(()),
                    other => other,
                }
            };
            let codes = [NO_MEMORY, 10108, 11001, 11002, 11003, 11004];
            walk("WSALookupServiceNextA", &codes, next, |()| {});
            assert_eq!(WSALookupServiceEnd(handle), 0);
        }
    });
}

#[test]
fn duplicates() {
    alone(here!("duplicates"), || {
        start_with_databases();
        let (near, _far) = tcp_pair();
        let mut info: WSAPROTOCOL_INFOA = unsafe { std::mem::zeroed() };
        let at = &raw mut info;
        let own = std::process::id();
        let socket = || match unsafe { WSASocketA(0, 0, 0, at, 0, 1) } {
            usize::MAX => Err(WSAGetLastError()),
            s => Ok(s),
        };
        let offer = || zero(unsafe { WSADuplicateSocketA(near, own, at) });
        walk("WSADuplicateSocketA", &[NO_BUFFERS], offer, |()| calls::close_all([socket().unwrap()]));
    });
}

#[test]
fn connecting_by_name() {
    alone(here!("connecting_by_name"), || {
        start_with_databases();
        let (listening, name) = listener();
        let port = u16::from_be_bytes([name.bytes[2], name.bytes[3]]);
        let port = std::ffi::CString::new(port.to_string()).unwrap();
        let host = c"127.0.0.1".as_ptr();
        let connect = || {
            let s = new_socket()?;
            let none = null_mut;
            let made = unsafe {
                WSAConnectByNameA(
                    s,
                    host,
                    port.as_ptr(),
                    none(),
                    null_mut(),
                    none(),
                    null_mut(),
                    null(),
                    none().cast(),
                )
            };
            if made == 1 {
                return Ok(s);
            }
            let code = WSAGetLastError();
            // Without memory, too, a socket is closed.
            assert_eq!(closesocket(s), 0);
            Err(code)
        };
        walk("WSAConnectByNameA", &[NO_MEMORY, NO_BUFFERS], connect, |s| {
            calls::close_all([s, accept(listening).unwrap()]);
        });
    });
}

fn new_socket() -> Result<usize, i32> {
    match ws2_socket(2, 1, 6) {
        usize::MAX => Err(WSAGetLastError()),
        s => Ok(s),
    }
}
