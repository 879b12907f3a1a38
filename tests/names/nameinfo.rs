//! `getnameinfo` and `gai_strerror` through the C interface, with addresses that need no name server.

use std::ffi::{CStr, c_char, c_int};
use std::net::IpAddr;
use std::ptr::{null, null_mut};

use crate::support::calls::stay_started as start;
use windows_sys::Win32::Networking::WinSock as windows;
use ws2_32::ffi::types::ws2_sockaddr;
use ws2_32::ffi::*;
use ws2_32::names::SocketAddress;

fn names(address: &[u8], sizes: (u32, u32), flags: u32) -> Result<(String, String), c_int> {
    start();
    let mut host = [0x77_u8; 64];
    let mut service = [0x77_u8; 64];
    let place = |buffer: &mut [u8; 64], size| if size == u32::MAX { null_mut() } else { buffer.as_mut_ptr() };
    // SAFETY: locals of 64 bytes.
    let code = unsafe {
        ws2_getnameinfo(
            address.as_ptr().cast::<ws2_sockaddr>(),
            c_int::try_from(address.len()).unwrap(),
            place(&mut host, sizes.0).cast::<c_char>(),
            sizes.0,
            place(&mut service, sizes.1).cast::<c_char>(),
            sizes.1,
            c_int::try_from(flags).unwrap(),
        )
    };
    assert_eq!(WSAGetLastError(), code);
    if code != 0 {
        assert!(host.iter().chain(&service).all(|&byte| byte == 0x77), "nothing is written after an error");
        return Err(code);
    }
    let text = |buffer: &[u8; 64]| {
        CStr::from_bytes_until_nul(buffer).map_or(String::new(), |text| text.to_str().unwrap().to_owned())
    };
    Ok((text(&host), text(&service)))
}

#[test]
fn names_of_addresses() {
    if super::no_services_database() {
        return;
    }
    const NOT: u32 = u32::MAX;
    let address = |ip: &str, port| SocketAddress::new(ip.parse::<IpAddr>().unwrap().into(), port);
    let http = address("127.0.0.1", 80);
    let numeric = windows::NI_NUMERICHOST;
    let both = |host: &str, service: &str| Ok((host.to_owned(), service.to_owned()));
    assert_eq!(names(http.bytes(), (64, 64), numeric), both("127.0.0.1", "http"));
    assert_eq!(names(http.bytes(), (64, 64), numeric | windows::NI_NUMERICSERV), both("127.0.0.1", "80"));
    assert_eq!(names(http.bytes(), (64, 64), 0), both("localhost", "http"));
    assert_eq!(names(http.bytes(), (NOT, 64), windows::NI_NUMERICSERV), both("", "80"));
    assert_eq!(names(http.bytes(), (64, NOT), numeric), both("127.0.0.1", ""));
    let tftp = address("::1", 69);
    assert_eq!(names(tftp.bytes(), (64, 64), numeric), both("::1", "69"));
    assert_eq!(names(tftp.bytes(), (64, 64), numeric | windows::NI_DGRAM), both("::1", "tftp"));
    let longer = [http.bytes(), &[0; 100]].concat();
    assert_eq!(names(&longer, (64, 64), numeric), both("127.0.0.1", "http"));
}

#[test]
fn names_that_cannot_be_had() {
    const NOT: u32 = u32::MAX;
    let address = SocketAddress::new(IpAddr::from([127, 0, 0, 1]).into(), 80);
    let bytes = address.bytes();
    let numeric = windows::NI_NUMERICHOST;
    assert_eq!(names(bytes, (NOT, NOT), numeric), Err(windows::WSAHOST_NOT_FOUND));
    assert_eq!(names(bytes, (0, 64), numeric), Err(windows::WSAEINVAL));
    assert_eq!(names(bytes, (64, 0), numeric), Err(windows::WSAEINVAL));
    assert_eq!(names(bytes, (64, 64), 0x20), Err(windows::WSAEINVAL));
    assert_eq!(names(bytes, (64, 64), numeric | windows::NI_NAMEREQD), Err(windows::WSAEINVAL));
    assert_eq!(names(bytes, (9, 64), numeric), Err(windows::WSA_NOT_ENOUGH_MEMORY));
    assert_eq!(names(bytes, (10, 2), numeric | windows::NI_NUMERICSERV), Err(windows::WSA_NOT_ENOUGH_MEMORY));
    assert!(names(bytes, (10, 3), numeric | windows::NI_NUMERICSERV).is_ok());
    for len in [0, 1, 2, 15] {
        assert_eq!(names(&bytes[..len], (64, 64), numeric), Err(windows::WSAEFAULT), "{len}");
    }
    let v6 = SocketAddress::new("::1".parse::<IpAddr>().unwrap().into(), 80);
    assert_eq!(names(&v6.bytes()[..27], (64, 64), numeric), Err(windows::WSAEFAULT));
    assert_eq!(names(&[10; 28], (64, 64), numeric), Err(windows::WSAEAFNOSUPPORT));
    let mut host = [0_u8; 64];
    // SAFETY: bad pointers are what is asked about; the rest are locals.
    unsafe {
        let host = host.as_mut_ptr().cast();
        assert_eq!(ws2_getnameinfo(null(), 16, host, 64, null_mut(), 0, 0), windows::WSAEFAULT);
        let good = bytes.as_ptr().cast();
        assert_eq!(ws2_getnameinfo(good, -1, host, 64, null_mut(), 0, 2), windows::WSAEFAULT);
        let wild = 0x10_0000_0000_0000_usize as *mut c_char;
        assert_eq!(ws2_getnameinfo(good, 16, wild, 64, null_mut(), 0, 2), windows::WSAEFAULT);
    }
}

#[test]
fn texts_of_codes() {
    // SAFETY: the thread's text, read at once.
    let text = |code| unsafe { CStr::from_ptr(gai_strerrorA(code)) }.to_str().unwrap().to_owned();
    let codes = [
        windows::WSAHOST_NOT_FOUND,
        windows::WSATRY_AGAIN,
        windows::WSANO_RECOVERY,
        windows::WSANO_DATA,
        windows::WSAEAFNOSUPPORT,
        windows::WSAEINVAL,
        windows::WSATYPE_NOT_FOUND,
        windows::WSAESOCKTNOSUPPORT,
        windows::WSA_NOT_ENOUGH_MEMORY,
    ];
    for code in codes {
        assert!(text(code).len() > 10 && !text(code).starts_with("Unknown"), "{code}: {}", text(code));
        let wide: Vec<u16> = text(code).encode_utf16().chain([0]).collect();
        // SAFETY: as long as the other text, with its end.
        let same = unsafe { std::slice::from_raw_parts(gai_strerrorW(code), wide.len()) };
        assert_eq!(same, wide);
    }
    assert_eq!(text(-5), "Unknown error code -5");
}
