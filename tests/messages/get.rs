//! AS11: look-ups whose end is told by a message.

use std::ffi::{CStr, c_char};
use std::ptr::null_mut;

use ws2_32::error::WsaError;
use ws2_32::ffi::types::netdb::{ws2_hostent, ws2_protoent};
use ws2_32::ffi::*;

use crate::support::calls::{call, stay_started};
use crate::{get, window};

#[test]
fn as11_the_buffer_is_filled_before_the_message() {
    stay_started();
    let one = window();
    let mut buffer = [0_u64; 128];
    let at = buffer.as_mut_ptr().cast::<c_char>();
    // SAFETY: memory of this test, which stays until the message.
    let task = unsafe { WSAAsyncGetProtoByName(one, 0x400, c"tcp".as_ptr(), at, 1024) };
    assert!(!task.is_null());
    let (window, message, wparam, lparam) = get();
    assert_eq!((window, message, wparam), (one, 0x400, task.addr()));
    assert_eq!(lparam >> 16, 0);
    assert!(lparam & 0xFFFF >= 24);
    // SAFETY: what the library has written.
    unsafe {
        let found = &*buffer.as_ptr().cast::<ws2_protoent>();
        assert_eq!((CStr::from_ptr(found.p_name), found.p_proto), (c"tcp", 6));
    }
    // SAFETY: likewise.
    let task = unsafe { WSAAsyncGetHostByName(one, 0x401, c"127.0.0.1".as_ptr(), at, 1024) };
    let (_, message, wparam, lparam) = get();
    assert_eq!((message, wparam, lparam >> 16), (0x401, task.addr(), 0));
    // SAFETY: what the library has written.
    unsafe {
        let found = &*buffer.as_ptr().cast::<ws2_hostent>();
        assert_eq!((*found.h_addr_list).cast::<[u8; 4]>().read(), [127, 0, 0, 1]);
    }
    // Too small: how many bytes it takes.
    // SAFETY: likewise.
    unsafe { WSAAsyncGetProtoByNumber(one, 0x402, 6, at, 8) };
    let (_, _, _, lparam) = get();
    assert_eq!(lparam >> 16, 10055);
    let needed = (lparam & 0xFFFF) as i32;
    // SAFETY: likewise.
    unsafe { WSAAsyncGetProtoByNumber(one, 0x402, 6, at, needed) };
    assert_eq!(get().3, needed as isize);
    // What is not there.
    // SAFETY: likewise.
    unsafe {
        WSAAsyncGetProtoByNumber(one, 0x403, 250, at, 1024);
        assert_eq!(get().3 >> 16, 11004);
        WSAAsyncGetServByName(one, 0x403, c"nosuchservice".as_ptr(), std::ptr::null(), at, 1024);
        assert_eq!(get().3 >> 16, 11004);
        WSAAsyncGetServByPort(one, 0x403, 0, c"tcp".as_ptr(), at, 1024);
        assert_eq!(get().3 >> 16, 11004);
    }
    ws2_DestroyWindow(one);
}

#[test]
fn as11_what_is_refused_at_once() {
    stay_started();
    let one = window();
    let mut room = [0_i8; 16];
    let at = room.as_mut_ptr().cast();
    let name = c"tcp".as_ptr();
    let failed = |task: *mut std::ffi::c_void| {
        assert!(task.is_null());
        WsaError::from_number(WSAGetLastError())
    };
    // SAFETY: memory of this test, NULL, and lengths that are none.
    unsafe {
        assert_eq!(
            failed(WSAAsyncGetProtoByName(null_mut(), 0x400, name, at, 16)),
            WsaError::WSAEINVAL,
            "no such window"
        );
        assert_eq!(failed(WSAAsyncGetProtoByName(one, 0x400, std::ptr::null(), at, 16)), WsaError::WSAEFAULT);
        assert_eq!(failed(WSAAsyncGetProtoByName(one, 0x400, name, null_mut(), 16)), WsaError::WSAEFAULT);
        assert_eq!(failed(WSAAsyncGetProtoByName(one, 0x400, name, at, -1)), WsaError::WSAEFAULT);
        assert_eq!(failed(WSAAsyncGetHostByAddr(one, 0x400, name, 4, 99, at, 16)), WsaError::WSAEAFNOSUPPORT);
    }
    for task in [null_mut(), std::ptr::without_provenance_mut(usize::MAX)] {
        assert_eq!(call(|| WSACancelAsyncRequest(task)), Err(WsaError::WSAEINVAL));
    }
    ws2_DestroyWindow(one);
}
