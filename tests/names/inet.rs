//! Addresses as text and byte order, through the exported functions: what is stored, what is returned, and which
//! error wins.

use std::ffi::{CStr, CString, c_char, c_void};
use std::os::fd::AsRawFd;
use std::ptr::{null, null_mut};

use crate::support::calls::stay_started as start;
use ws2_32::error::WsaError;
use ws2_32::ffi::types::*;
use ws2_32::ffi::*;

const AF_INET: i32 = 2;
const AF_INET6: i32 = 23;
/// A last error that no function sets.
const MARK: i32 = 0x1234_5678;
/// A length for texts that is always enough.
const LONGEST: usize = 70;

/// Winsock is started for the test and stays so.
/// An address that nothing is mapped at.
fn wild<T>() -> *mut T {
    std::ptr::without_provenance_mut(0x10_0000_0000_0000)
}

fn wide(text: &str) -> Vec<u16> {
    text.encode_utf16().chain([0]).collect()
}

/// Runs a call with [`MARK`] as the last error; gives its result and the last error.
fn after<T>(call: impl FnOnce() -> T) -> (T, i32) {
    WSASetLastError(MARK);
    let result = call();
    (result, WSAGetLastError())
}

fn code(error: WsaError) -> i32 {
    error.number()
}

/// A1, LE4: the cases of the table are in `src/names/inet/tests.rs`.
#[test]
fn inet_addr_and_the_last_error() {
    let call = |text: *const c_char| {
        // SAFETY: NULL, wild or a text of this test.
        after(|| unsafe { ws2_inet_addr(text) })
    };
    assert_eq!(call(c"1.2.3.4".as_ptr()), (u32::from_ne_bytes([1, 2, 3, 4]), MARK));
    assert_eq!(call(c" ".as_ptr()), (0, MARK));
    assert_eq!(call(c"255.255.255.255".as_ptr()), (u32::MAX, MARK));
    assert_eq!(call(c"nonsense".as_ptr()), (u32::MAX, MARK));
    assert_eq!(call(c"".as_ptr()), (u32::MAX, MARK));
    assert_eq!(call(null()), (u32::MAX, code(WsaError::WSAEFAULT)));
    assert_eq!(call(wild()), (u32::MAX, code(WsaError::WSAEFAULT)));
    let endless = CString::new(vec![b'0'; 100_000]).unwrap();
    assert_eq!(call(endless.as_ptr()), (0, MARK));
}

/// One text per thread.
#[test]
fn inet_ntoa_keeps_a_text_per_thread() {
    let show = |octets| ws2_inet_ntoa(ws2_in_addr { s_addr: u32::from_ne_bytes(octets) });
    // SAFETY: the text of the thread.
    let read = |text| unsafe { CStr::from_ptr(text) }.to_str().unwrap().to_owned();
    WSASetLastError(MARK);
    let mine = show([255; 4]);
    let theirs = std::thread::spawn(move || read(show([4, 3, 2, 1]))).join().unwrap();
    assert_eq!((read(mine).as_str(), theirs.as_str()), ("255.255.255.255", "4.3.2.1"));
    assert_eq!(show([0; 4]), mine, "the same place again");
    assert_eq!(read(mine), "0.0.0.0");
    assert_eq!(WSAGetLastError(), MARK);
}

/// A2, LE4.
#[test]
fn inet_pton_results_and_errors() {
    let narrow = |family, text: *const c_char, to: *mut c_void| {
        // SAFETY: NULL, wild or memory of this test.
        after(|| unsafe { ws2_inet_pton(family, text, to) })
    };
    let mut place = [0xab_u8; 16];
    let to = place.as_mut_ptr().cast();
    assert_eq!(narrow(AF_INET, c"1.2.3.4".as_ptr(), to), (1, MARK));
    assert_eq!(place, [1, 2, 3, 4, 171, 171, 171, 171, 171, 171, 171, 171, 171, 171, 171, 171]);
    for (family, text) in
        [(AF_INET, c"1.2.3"), (AF_INET, c"::1"), (AF_INET6, c"1.2.3.4"), (AF_INET6, c"::1:")]
    {
        assert_eq!(narrow(family, text.as_ptr(), to), (0, MARK), "{text:?}");
    }
    assert_eq!(&place[..5], [1, 2, 3, 4, 171], "left alone");
    // X15: what was read before the end is stored.
    assert_eq!(narrow(AF_INET, c"3.4.5.6 ".as_ptr(), to), (0, MARK));
    assert_eq!(&place[..5], [3, 4, 5, 6, 171]);
    assert_eq!(narrow(AF_INET6, c"::7%1".as_ptr(), to), (0, MARK));
    assert_eq!(u128::from_be_bytes(place), 7);
    assert_eq!(narrow(AF_INET6, c"::1".as_ptr(), to), (1, MARK));
    assert_eq!(u128::from_be_bytes(place), 1);

    let (fault, family) = ((-1, code(WsaError::WSAEFAULT)), (-1, code(WsaError::WSAEAFNOSUPPORT)));
    for other in [0, 1, 10, -1, 99] {
        assert_eq!(narrow(other, c"1.2.3.4".as_ptr(), to), family, "family {other}");
        assert_eq!(narrow(other, null(), to), fault, "family {other}");
        assert_eq!(narrow(other, c"1.2.3.4".as_ptr(), null_mut()), fault, "family {other}");
    }
    assert_eq!(narrow(AF_INET, wild(), to), fault);
    assert_eq!(narrow(AF_INET, c"1.2.3.4".as_ptr(), null_mut()), fault);
    assert_eq!(narrow(AF_INET6, c"::".as_ptr(), wild()), fault);
}

/// LE4: only here a text that is no address sets the last error.
#[test]
fn inet_pton_w_results_and_errors() {
    let call = |family, text: *const u16, to: *mut c_void| {
        // SAFETY: NULL, wild or memory of this test.
        after(|| unsafe { InetPtonW(family, text, to) })
    };
    let mut place = [0_u8; 16];
    let to = place.as_mut_ptr().cast();
    assert_eq!(call(AF_INET, wide("1.2.3.4").as_ptr(), to), (1, MARK));
    assert_eq!(&place[..4], [1, 2, 3, 4]);
    assert_eq!(call(AF_INET6, wide("fe80::1").as_ptr(), to), (1, MARK));
    assert_eq!((place[0], place[1], place[15]), (0xfe, 0x80, 1));
    for text in ["", "1.2.3", "１.2.3.4", "1.2.3.4 ", "::1"] {
        assert_eq!(call(AF_INET, wide(text).as_ptr(), to), (0, code(WsaError::WSAEINVAL)), "{text:?}");
    }
    let fault = (-1, code(WsaError::WSAEFAULT));
    assert_eq!(call(AF_INET, null(), to), fault);
    assert_eq!(call(0, null(), to), fault);
    assert_eq!(call(AF_INET, wild(), to), fault);
    assert_eq!(call(AF_INET, wide("1.2.3.4").as_ptr(), wild()), fault);
    assert_eq!(call(0, wide("1.2.3.4").as_ptr(), to), (-1, code(WsaError::WSAEAFNOSUPPORT)));
}

#[test]
fn inet_ntop_lengths_and_errors() {
    let mut text = [0x55_u8; LONGEST];
    let place: *mut c_char = text.as_mut_ptr().cast();
    let call = |family, address: *const c_void, to: *mut c_char, size| {
        // SAFETY: NULL, wild or memory of this test.
        after(|| unsafe { ws2_inet_ntop(family, address, to, size) })
    };
    let v4 = [21_u8, 16, 32, 32];
    let v6 = std::net::Ipv6Addr::new(0xffff, 0xffff, 0xffff, 0xffff, 0xffff, 0xffff, 0xffff, 0xffff).octets();
    let (v4, v6) = (v4.as_ptr().cast(), v6.as_ptr().cast());
    // "21.16.32.32" is 11 characters, the other 39.
    let invalid = (null(), code(WsaError::from_number(0xc000_000d_u32.cast_signed())));
    for size in [0, 1, 6, 11] {
        assert_eq!(call(AF_INET, v4, place, size), invalid, "{size}");
    }
    assert_eq!(call(AF_INET6, v6, place, 39), invalid);
    // SAFETY: the call wrote a text or the memory still holds the test's bytes.
    assert_eq!(unsafe { *place }, 0x55, "left alone");
    for size in [12, 16, 17, usize::MAX] {
        assert_eq!(call(AF_INET, v4, place, size), (place.cast_const(), MARK), "{size}");
        // SAFETY: as just written.
        assert_eq!(unsafe { CStr::from_ptr(place) }, c"21.16.32.32");
    }
    assert_eq!(call(AF_INET6, v6, place, 40), (place.cast_const(), MARK));
    // SAFETY: as just written.
    assert_eq!(unsafe { CStr::from_ptr(place) }, c"ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff");

    assert_eq!(call(AF_INET, null(), place, LONGEST), invalid);
    assert_eq!(call(AF_INET, v4, null_mut(), LONGEST), invalid);
    assert_eq!(call(0, v4, null_mut(), LONGEST), invalid, "before the family");
    for other in [0, 1, 10, -1] {
        assert_eq!(call(other, v4, place, LONGEST), (null(), code(WsaError::WSAEAFNOSUPPORT)), "{other}");
    }
    let fault = (null(), code(WsaError::WSAEFAULT));
    assert_eq!(call(AF_INET, wild::<c_void>(), place, LONGEST), fault);
    assert_eq!(call(AF_INET6, v6, wild(), LONGEST), fault);
}

#[test]
fn inet_ntop_w_lengths_and_errors() {
    let mut text = [0x55_u16; LONGEST];
    let place = text.as_mut_ptr();
    let call = |family, address: *const c_void, to: *mut u16, size| {
        // SAFETY: NULL, wild or memory of this test.
        after(|| unsafe { InetNtopW(family, address, to, size) })
    };
    let mapped = std::net::Ipv4Addr::new(1, 2, 3, 4).to_ipv6_mapped().octets();
    let mapped = mapped.as_ptr().cast();
    assert_eq!(
        call(AF_INET6, mapped, place, 14),
        (null(), code(WsaError::from_number(0xc000_000d_u32.cast_signed())))
    );
    assert_eq!(call(AF_INET6, mapped, place, 15), (place.cast_const(), MARK));
    assert_eq!(
        call(AF_INET6, mapped, null_mut(), 15),
        (null(), code(WsaError::from_number(0xc000_000d_u32.cast_signed())))
    );
    assert_eq!(call(7, mapped, place, 15), (null(), code(WsaError::WSAEAFNOSUPPORT)));
    assert_eq!(call(AF_INET6, mapped, wild(), 15), (null(), code(WsaError::WSAEFAULT)));
    assert_eq!(text[..15], wide("::ffff:1.2.3.4"));
    assert_eq!(text[15], 0x55);
}

/// A `sockaddr_storage` full of rubbish, as `WSAStringToAddress` finds it.
fn read_address(text: &str, family: i32, room: i32, in_wide: bool) -> (i32, i32, [u8; 32], i32) {
    let mut place = [0xab_u8; 32];
    let mut len = room;
    let to: *mut ws2_sockaddr = place.as_mut_ptr().cast();
    let mut narrow = CString::new(text).unwrap().into_bytes_with_nul();
    let mut wide = wide(text);
    // SAFETY: memory of this test.
    let (result, error) = after(|| unsafe {
        if in_wide {
            WSAStringToAddressW(wide.as_mut_ptr(), family, null_mut(), to, &raw mut len)
        } else {
            WSAStringToAddressA(narrow.as_mut_ptr().cast(), family, null_mut(), to, &raw mut len)
        }
    });
    (result, error, place, len)
}

#[test]
fn string_to_address() {
    start();
    let (fault, invalid) = (code(WsaError::WSAEFAULT), code(WsaError::WSAEINVAL));
    for in_wide in [false, true] {
        let (result, error, place, len) = read_address("1.2.3.4:80", AF_INET, 26, in_wide);
        assert_eq!((result, error, len), (0, 0, 16));
        assert_eq!(place[..16], [2, 0, 0, 80, 1, 2, 3, 4, 0, 0, 0, 0, 0, 0, 0, 0]);
        assert_eq!(place[16..], [0xab; 16]);

        let (result, error, place, len) = read_address("[fe80::1%3]:80", AF_INET6, 28, in_wide);
        assert_eq!((result, error, len), (0, 0, 28));
        assert_eq!(place[..8], [23, 0, 0, 80, 0, 0, 0, 0]);
        assert_eq!((place[8], place[9], place[23]), (0xfe, 0x80, 1));
        assert_eq!(place[24..28], 3_u32.to_ne_bytes());
        assert_eq!(place[28..], [0xab; 4]);

        // Too little room: the length that is needed, and before the text is looked at.
        for (family, needed) in [(AF_INET, 16), (AF_INET6, 28)] {
            for room in [0, needed - 1, -1, i32::MIN] {
                let (result, error, place, len) = read_address("nonsense", family, room, in_wide);
                assert_eq!((result, error, len), (-1, fault, needed), "family {family}, {room}");
                assert_eq!(place, [0xab; 32]);
            }
        }
        // No address: zeros, and the length as it was.
        for (text, family) in [("", AF_INET), ("1.2.3.x", AF_INET), ("::1", AF_INET), ("1.2.3.4", AF_INET6)] {
            let (result, error, place, len) = read_address(text, family, 30, in_wide);
            assert_eq!((result, error, len), (-1, invalid, 30), "{text:?}");
            assert_eq!(place[..16], [0; 16], "{text:?}");
        }
        // X15: the host was read before the port turned out to be none.
        for (text, family, at) in [("1.2.3.4:65537", AF_INET, 4..8), ("[::9]:65537", AF_INET6, 8..24)] {
            let (result, error, place, len) = read_address(text, family, 30, in_wide);
            assert_eq!((result, error, len), (-1, invalid, 30), "{text:?}");
            let expected: &[u8] = if family == AF_INET { &[1, 2, 3, 4] } else { &9_u128.to_be_bytes() };
            assert_eq!(&place[at], expected, "{text:?}");
        }
        for family in [0, 1, 10, 17, -1] {
            let (result, error, place, len) = read_address("1.2.3.4", family, 30, in_wide);
            assert_eq!((result, error, len, place), (-1, invalid, 30, [0xab; 32]), "family {family}");
        }
    }
}

#[test]
fn string_to_address_with_bad_pointers() {
    start();
    let text = c"1.2.3.4".as_ptr().cast_mut();
    let call = |text: *mut c_char, to: *mut ws2_sockaddr, len: *mut i32| {
        // SAFETY: NULL, wild or memory of this test.
        after(|| unsafe { WSAStringToAddressA(text, AF_INET, null_mut(), to, len) })
    };
    let (mut place, mut len) = ([0_u8; 16], 16);
    let to: *mut ws2_sockaddr = place.as_mut_ptr().cast();
    let (fault, invalid) = ((-1, code(WsaError::WSAEFAULT)), (-1, code(WsaError::WSAEINVAL)));
    assert_eq!(call(null_mut(), to, &raw mut len), invalid);
    assert_eq!(call(wild(), to, &raw mut len), fault);
    assert_eq!(call(text, null_mut(), &raw mut len), fault);
    assert_eq!(call(text, wild(), &raw mut len), fault);
    assert_eq!(call(text, to, null_mut()), fault);
    assert_eq!(call(text, to, wild()), fault);
    assert_eq!(len, 16);
    // SAFETY: likewise.
    let mut wide =
        |text| after(|| unsafe { WSAStringToAddressW(text, AF_INET, null_mut(), to, &raw mut len) });
    assert_eq!(wide(null_mut()), invalid);
    assert_eq!(wide(wild()), fault);
}

/// The call in both widths: result, last error, length, text.
fn show_address(address: &[u8], given: u32, room: u32, in_wide: bool) -> (i32, i32, u32, String) {
    let mut address = address.to_vec();
    let from: *mut ws2_sockaddr = address.as_mut_ptr().cast();
    let mut len = room;
    let mut units = [0_u16; LONGEST];
    let mut bytes = [0_u8; LONGEST];
    // SAFETY: memory of this test.
    let (result, error) = after(|| unsafe {
        if in_wide {
            WSAAddressToStringW(from, given, null_mut(), units.as_mut_ptr(), &raw mut len)
        } else {
            WSAAddressToStringA(from, given, null_mut(), bytes.as_mut_ptr().cast(), &raw mut len)
        }
    });
    let units = if in_wide { units.to_vec() } else { bytes.iter().map(|byte| u16::from(*byte)).collect() };
    let text = units.into_iter().take_while(|unit| *unit != 0).collect::<Vec<_>>();
    (result, error, len, String::from_utf16(&text).unwrap())
}

#[test]
fn address_to_string() {
    start();
    let (fault, invalid) = (code(WsaError::WSAEFAULT), code(WsaError::WSAEINVAL));
    let v4 = [2, 0, 0, 80, 1, 2, 3, 4, 0, 0, 0, 0, 0, 0, 0, 0];
    let mut v6 = [0_u8; 28];
    (v6[0], v6[3], v6[23], v6[24]) = (23, 80, 1, if cfg!(target_endian = "little") { 3 } else { 0 });
    for in_wide in [false, true] {
        let good = |text: &str| (0, 0, u32::try_from(text.len()).unwrap() + 1, text.to_owned());
        assert_eq!(show_address(&v4, 16, 70, in_wide), good("1.2.3.4:80"));
        assert_eq!(show_address(&v4, 16, 11, in_wide), good("1.2.3.4:80"));
        assert_eq!(show_address(&v4, 128, 11, in_wide), good("1.2.3.4:80"));
        assert_eq!(show_address(&v6, 28, 70, in_wide), good("[::1%3]:80"));
        let mut unspecified = [0; 16];
        unspecified[0] = 2;
        assert_eq!(show_address(&unspecified, 16, 70, in_wide), good("0.0.0.0"));

        let bad = |error, len| (-1, error, len, String::new());
        assert_eq!(show_address(&v4, 16, 10, in_wide), bad(fault, 11));
        assert_eq!(show_address(&v4, 16, 0, in_wide), bad(fault, 11));
        for given in [0, 1, 2, 15] {
            assert_eq!(show_address(&v4, given, 70, in_wide), bad(invalid, 70), "{given}");
        }
        assert_eq!(show_address(&v6, 27, 70, in_wide), bad(invalid, 70));
        for family in [0, 1, 10, 255] {
            let mut other = v6;
            other[0] = family;
            assert_eq!(show_address(&other, 28, 70, in_wide), bad(invalid, 70), "family {family}");
        }
    }
}

#[test]
fn address_to_string_with_bad_pointers() {
    start();
    let mut v4 = [2, 0, 0, 80, 1, 2, 3, 4, 0, 0, 0, 0, 0, 0, 0, 0_u8];
    let from: *mut ws2_sockaddr = v4.as_mut_ptr().cast();
    let mut text = [0_u8; LONGEST];
    let to: *mut c_char = text.as_mut_ptr().cast();
    let call = |from: *mut ws2_sockaddr, to: *mut c_char, len: *mut u32| {
        // SAFETY: NULL, wild or memory of this test.
        after(|| unsafe { WSAAddressToStringA(from, 16, null_mut(), to, len) })
    };
    let (fault, invalid) = ((-1, code(WsaError::WSAEFAULT)), (-1, code(WsaError::WSAEINVAL)));
    let mut len = 70;
    assert_eq!(call(null_mut(), to, &raw mut len), invalid);
    assert_eq!(call(wild(), to, &raw mut len), fault);
    assert_eq!(call(from, to, null_mut()), invalid);
    assert_eq!(call(from, to, wild()), fault);
    assert_eq!(len, 70);
    assert_eq!(call(from, null_mut(), &raw mut len), fault);
    assert_eq!(call(from, wild(), &raw mut len), fault);
    // Asking for the length with no place for the text.
    len = 0;
    // SAFETY: memory of this test.
    let asked = after(|| unsafe { WSAAddressToStringW(from, 16, null_mut(), null_mut(), &raw mut len) });
    assert_eq!((asked, len), (fault, 11));
}

#[test]
fn byte_order_of_a_socket() {
    start();
    let socket = std::net::UdpSocket::bind("127.0.0.1:0").unwrap();
    let file = std::fs::File::open("/dev/null").unwrap();
    let s = usize::try_from(socket.as_raw_fd()).unwrap();
    let no_socket = usize::try_from(file.as_raw_fd()).unwrap();
    let (mut long, mut short) = (0_u32, 0_u16);
    // SAFETY: NULL, wild or memory of this test.
    unsafe {
        assert_eq!(after(|| WSAHtonl(s, 0x0102_0304, &raw mut long)), (0, 0));
        assert_eq!(long.to_ne_bytes(), [1, 2, 3, 4]);
        assert_eq!(after(|| WSANtohl(s, long, &raw mut long)), (0, 0));
        assert_eq!(long, 0x0102_0304);
        assert_eq!(after(|| WSAHtons(s, 0x0102, &raw mut short)), (0, 0));
        assert_eq!(short.to_ne_bytes(), [1, 2]);
        assert_eq!(after(|| WSANtohs(s, short, &raw mut short)), (0, 0));
        assert_eq!(short, 0x0102);

        let none = (-1, code(WsaError::WSAENOTSOCK));
        for s in [no_socket, usize::MAX, 1 << 32, 1 << 31, 1_000_000] {
            assert_eq!(after(|| WSAHtonl(s, 1, &raw mut long)), none, "{s}");
            assert_eq!(after(|| WSANtohl(s, 1, null_mut())), none, "{s}: before the pointer");
            assert_eq!(after(|| WSAHtons(s, 1, &raw mut short)), none, "{s}");
            assert_eq!(after(|| WSANtohs(s, 1, wild())), none, "{s}: before the pointer");
        }
        let fault = (-1, code(WsaError::WSAEFAULT));
        assert_eq!(after(|| WSAHtonl(s, 1, null_mut())), fault);
        assert_eq!(after(|| WSANtohl(s, 1, wild())), fault);
        assert_eq!(after(|| WSAHtons(s, 1, wild())), fault);
        assert_eq!(after(|| WSANtohs(s, 1, null_mut())), fault);
    }
    assert_eq!((long, short), (0x0102_0304, 0x0102), "left alone");
}
