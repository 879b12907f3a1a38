//! The parsers of addresses as text: no text crashes, the narrow and the wide form agree, and so does a second
//! opinion: the standard library on what both take, and what we write ourselves can be read back.
#![no_main]

use std::ffi::{CString, c_void};
use std::net::{Ipv4Addr, Ipv6Addr};

use libfuzzer_sys::fuzz_target;
use ws2_32::ffi::*;

const AF_INET: i32 = 2;
const AF_INET6: i32 = 23;
const INVALID: i32 = 10022;
const MARK: i32 = 77;

fuzz_target!(|bytes: &[u8]| {
    let text: Vec<u8> = bytes.iter().copied().take_while(|&byte| byte != 0).collect();
    let narrow = CString::new(text.clone()).expect("no NUL");
    let wide: Vec<u16> = text.iter().map(|&byte| u16::from(byte)).chain([0]).collect();
    ipv4(&narrow, &wide, &text);
    ipv6(&narrow, &wide, &text);
    numbers(&narrow, &text);
    for family in [AF_INET, AF_INET6] {
        socket_address(family, &narrow, &wide);
    }
    // Characters that are no bytes.
    let odd: Vec<u16> =
        bytes.chunks_exact(2).map(|pair| u16::from_ne_bytes([pair[0], pair[1]])).chain([0]).collect();
    let mut room = [0_u8; 16];
    for family in [AF_INET, AF_INET6] {
        // SAFETY: a text that ends with NUL, and room for any address.
        unsafe { InetPtonW(family, odd.as_ptr(), room.as_mut_ptr().cast()) };
    }
});

/// `inet_pton` and `InetPtonW` of one text: the address, if it is one.
fn parse<const N: usize>(family: i32, narrow: &CString, wide: &[u16]) -> Option<[u8; N]> {
    let mut a = [0xaa_u8; N];
    let mut b = [0xbb_u8; N];
    WSASetLastError(MARK);
    // SAFETY: texts that end with NUL, and room for an address.
    let from_narrow = unsafe { ws2_inet_pton(family, narrow.as_ptr(), a.as_mut_ptr().cast::<c_void>()) };
    assert_eq!(WSAGetLastError(), MARK, "LE4");
    // SAFETY: likewise.
    let from_wide = unsafe { InetPtonW(family, wide.as_ptr(), b.as_mut_ptr().cast::<c_void>()) };
    assert_eq!(from_narrow, from_wide, "{narrow:?}");
    assert!([0, 1].contains(&from_narrow));
    if from_narrow == 1 {
        assert_eq!(a, b, "{narrow:?}");
        return Some(a);
    }
    assert_eq!(WSAGetLastError(), INVALID, "LE4");
    // X15: what was read before the fault is left there, by both forms alike; the rest is untouched.
    let alike = a.iter().zip(&b).all(|(a, b)| (*a, *b) == (0xaa, 0xbb) || a == b);
    assert!(alike, "{narrow:?}: {a:x?} and {b:x?}");
    None
}

fn ipv4(narrow: &CString, wide: &[u16], text: &[u8]) {
    let ours = parse::<4>(AF_INET, narrow, wide).map(Ipv4Addr::from);
    let second = std::str::from_utf8(text).ok().and_then(|text| text.parse::<Ipv4Addr>().ok());
    if let Some(second) = second {
        assert_eq!(ours, Some(second), "{narrow:?}");
    }
    if let Some(address) = ours {
        let written = CString::new(write(AF_INET, &address.octets())).expect("no NUL");
        assert_eq!(written.to_str(), Ok(address.to_string().as_str()));
        // SAFETY: a text that ends with NUL.
        assert_eq!(unsafe { ws2_inet_addr(written.as_ptr()) }, u32::from_ne_bytes(address.octets()));
    }
}

fn ipv6(narrow: &CString, wide: &[u16], text: &[u8]) {
    let ours = parse::<16>(AF_INET6, narrow, wide).map(Ipv6Addr::from);
    let second = std::str::from_utf8(text).ok().and_then(|text| text.parse::<Ipv6Addr>().ok());
    if let Some(second) = second {
        assert_eq!(ours, Some(second), "{narrow:?}");
    }
    if let Some(address) = ours {
        let written = CString::new(write(AF_INET6, &address.octets())).expect("no NUL");
        let again: Vec<u16> = written.to_bytes_with_nul().iter().map(|&byte| u16::from(byte)).collect();
        assert_eq!(parse::<16>(AF_INET6, &written, &again), Some(address.octets()), "{written:?}");
    }
}

/// `inet_addr`: what glibc's reader takes without blanks and leading signs, ours takes as the same number.
fn numbers(narrow: &CString, text: &[u8]) {
    WSASetLastError(MARK);
    // SAFETY: a text that ends with NUL.
    let ours = unsafe { ws2_inet_addr(narrow.as_ptr()) };
    assert_eq!(WSAGetLastError(), MARK, "LE4");
    let plain = text.iter().all(|byte| byte.is_ascii_digit() || *byte == b'.');
    if plain && !text.is_empty() {
        let mut theirs = libc::in_addr { s_addr: 0 };
        // SAFETY: a text that ends with NUL, and room for an address.
        let taken = unsafe { inet_aton(narrow.as_ptr(), &raw mut theirs) };
        let theirs = if taken == 0 { u32::MAX } else { theirs.s_addr };
        assert_eq!(ours, theirs, "{narrow:?}");
    }
}

unsafe extern "C" {
    fn inet_aton(text: *const std::ffi::c_char, address: *mut libc::in_addr) -> i32;
}

/// `WSAStringToAddressA` and `W` of one text.
fn socket_address(family: i32, narrow: &CString, wide: &[u16]) {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        let mut data = std::mem::MaybeUninit::<types::WSADATA>::zeroed();
        // SAFETY: memory of this program.
        assert_eq!(unsafe { WSAStartup(0x0202, data.as_mut_ptr()) }, 0);
    });
    let mut wide = wide.to_vec();
    let (mut a, mut b) = ([0_u8; 28], [0_u8; 28]);
    let (mut len_a, mut len_b) = (28, 28);
    let no_info = std::ptr::null_mut();
    // SAFETY: texts that end with NUL, and room for an address.
    let (one, two) = unsafe {
        let one = WSAStringToAddressA(
            narrow.as_ptr().cast_mut(),
            family,
            no_info,
            a.as_mut_ptr().cast(),
            &raw mut len_a,
        );
        let code = WSAGetLastError();
        let no_info = std::ptr::null_mut();
        let to = b.as_mut_ptr().cast();
        let two = WSAStringToAddressW(wide.as_mut_ptr(), family, no_info, to, &raw mut len_b);
        assert_eq!(code, WSAGetLastError(), "{narrow:?}");
        (one, two)
    };
    assert_eq!((one, a, len_a), (two, b, len_b), "{narrow:?}");
    if one != 0 {
        assert_eq!((one, WSAGetLastError()), (-1, INVALID), "{narrow:?}");
        return;
    }
    // What is written can be read back as the same.
    let mut room = [0_i8; 128];
    let mut room_len = 128;
    let mut again = [0_u8; 28];
    let mut len_again = 28;
    // SAFETY: an address of that length, and room for the text and the address.
    unsafe {
        let len = u32::try_from(len_a).expect("positive");
        let no_info = std::ptr::null_mut();
        let text = room.as_mut_ptr();
        assert_eq!(WSAAddressToStringA(a.as_mut_ptr().cast(), len, no_info, text, &raw mut room_len), 0);
        let no_info = std::ptr::null_mut();
        let to = again.as_mut_ptr().cast();
        assert_eq!(WSAStringToAddressA(text, family, no_info, to, &raw mut len_again), 0, "{narrow:?}");
    }
    assert_eq!((a, len_a), (again, len_again), "{narrow:?}");
}

fn write(family: i32, octets: &[u8]) -> Vec<u8> {
    let mut room = [0_i8; 64];
    // SAFETY: an address of the family, and room for any text of it.
    let text = unsafe { ws2_inet_ntop(family, octets.as_ptr().cast(), room.as_mut_ptr(), 64) };
    assert!(!text.is_null());
    room.iter().map(|&byte| byte.cast_unsigned()).take_while(|&byte| byte != 0).collect()
}
