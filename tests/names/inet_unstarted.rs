//! What the address functions do before `WSAStartup`, which this process never calls (NS1 to NS15).

use std::ffi::CStr;
use std::ptr::null_mut;

use crate::support::process::{done_elsewhere, here};
use ws2_32::error::WsaError;
use ws2_32::ffi::types::{ws2_in_addr, ws2_sockaddr};
use ws2_32::ffi::*;

#[test]
fn pure_functions_work() {
    if done_elsewhere(here!("pure_functions_work")) {
        return;
    }
    WSASetLastError(1234);
    assert_eq!(ws2_htonl(0x0102_0304), u32::from_ne_bytes([1, 2, 3, 4]));
    assert_eq!(ws2_htons(0x0102), u16::from_ne_bytes([1, 2]));
    assert_eq!(ws2_ntohl(u32::from_ne_bytes([1, 2, 3, 4])), 0x0102_0304);
    assert_eq!(ws2_ntohs(u16::from_ne_bytes([1, 2])), 0x0102);
    let mut four = [0_u8; 4];
    let mut text = [0_u8; 46];
    // SAFETY: texts and memory of this test.
    unsafe {
        assert_eq!(ws2_inet_addr(c"127.0.0.1".as_ptr()), u32::from_ne_bytes([127, 0, 0, 1]));
        let shown = ws2_inet_ntoa(ws2_in_addr { s_addr: u32::from_ne_bytes([10, 20, 30, 40]) });
        assert_eq!(CStr::from_ptr(shown), c"10.20.30.40");
        assert_eq!(ws2_inet_pton(2, c"1.2.3.4".as_ptr(), four.as_mut_ptr().cast()), 1);
        let shown = ws2_inet_ntop(2, four.as_ptr().cast(), text.as_mut_ptr().cast(), text.len());
        assert_eq!(CStr::from_ptr(shown), c"1.2.3.4");
        let wide: Vec<u16> = "5.6.7.8\0".encode_utf16().collect();
        assert_eq!(InetPtonW(2, wide.as_ptr(), four.as_mut_ptr().cast()), 1);
    }
    assert_eq!(four, [5, 6, 7, 8]);
    assert_eq!(WSAGetLastError(), 1234, "LE4");
}

/// `WSANOTINITIALISED` comes before anything is said about the arguments.
#[test]
fn the_others_ask_for_a_start_first() {
    if done_elsewhere(here!("the_others_ask_for_a_start_first")) {
        return;
    }
    let code = WsaError::WSANOTINITIALISED.number();
    let mut calls = 0;
    let mut refused = |result: i32| {
        assert_eq!((result, WSAGetLastError()), (-1, code));
        WSASetLastError(0);
        calls += 1;
    };
    let (socket, no_address) = (usize::MAX, null_mut::<ws2_sockaddr>());
    // SAFETY: NULL is what the functions have to expect.
    unsafe {
        refused(WSAHtonl(socket, 1, null_mut()));
        refused(WSAHtons(socket, 1, null_mut()));
        refused(WSANtohl(socket, 1, null_mut()));
        refused(WSANtohs(socket, 1, null_mut()));
        refused(WSAStringToAddressA(null_mut(), 2, null_mut(), no_address, null_mut()));
        refused(WSAStringToAddressW(null_mut(), 2, null_mut(), no_address, null_mut()));
        refused(WSAAddressToStringA(no_address, 0, null_mut(), null_mut(), null_mut()));
        refused(WSAAddressToStringW(no_address, 0, null_mut(), null_mut(), null_mut()));
    }
    assert_eq!(calls, 8);
}
