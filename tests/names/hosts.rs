//! `gethostbyname`, `getservbyname` and the other lookups of Winsock 1.1 through the C interface, with names
//! that need no name server.

use std::ffi::{CStr, CString, c_char};
use std::ptr::{null, null_mut};

use crate::support::calls::stay_started as start;
use windows_sys::Win32::Networking::WinSock as windows;
use ws2_32::ffi::types::netdb::{ws2_hostent, ws2_protoent, ws2_servent};
use ws2_32::ffi::*;

const WILD: usize = 0x10_0000_0000_0000;

/// A list that ends with NULL, each element read by `read`.
///
/// # Safety
/// `list` is such a list.
unsafe fn all<T>(list: *mut *mut c_char, read: impl Fn(*mut c_char) -> T) -> Vec<T> {
    // SAFETY: passed on to the caller.
    unsafe {
        (0..).map(|at| list.add(at).read()).take_while(|element| !element.is_null()).map(read).collect()
    }
}

/// # Safety
/// `from` is a C string.
unsafe fn text(from: *const c_char) -> String {
    // SAFETY: passed on to the caller.
    unsafe { CStr::from_ptr(from) }.to_str().unwrap().to_owned()
}

#[derive(Debug, PartialEq, Eq)]
struct Host {
    name: String,
    family: i16,
    addresses: Vec<Vec<u8>>,
}

fn host(found: *mut ws2_hostent) -> Result<Host, i32> {
    if found.is_null() {
        return Err(WSAGetLastError());
    }
    assert_eq!(WSAGetLastError(), 0);
    // SAFETY: a result of the library, which the thread has not replaced yet.
    unsafe {
        let found = &*found;
        let len = usize::try_from(found.h_length).unwrap();
        assert_eq!(len, if found.h_addrtype == 2 { 4 } else { 16 });
        let addresses =
            all(found.h_addr_list, |at| std::slice::from_raw_parts(at.cast::<u8>(), len).to_vec());
        let _ = all(found.h_aliases, |at| text(at));
        Ok(Host { name: text(found.h_name), family: found.h_addrtype, addresses })
    }
}

fn by_name(name: &str) -> Result<Host, i32> {
    start();
    let name = CString::new(name).unwrap();
    // SAFETY: a text.
    host(unsafe { ws2_gethostbyname(name.as_ptr()) })
}

fn own_name() -> String {
    start();
    let mut name = [0_u8; 256];
    // SAFETY: a local of 256 bytes.
    assert_eq!(unsafe { ws2_gethostname(name.as_mut_ptr().cast(), 256) }, 0);
    CStr::from_bytes_until_nul(&name).unwrap().to_str().unwrap().to_owned()
}

#[test]
fn hosts_by_name() {
    let quad = by_name("192.0.2.17").unwrap();
    assert_eq!((quad.name.as_str(), quad.family), ("192.0.2.17", 2));
    assert_eq!(quad.addresses, [[192, 0, 2, 17]]);
    assert!(by_name("localhost").unwrap().addresses.contains(&vec![127, 0, 0, 1]));
    // glibc refuses what is an IPv6 address without asking anybody.
    assert!(matches!(by_name("::1"), Err(windows::WSAHOST_NOT_FOUND | windows::WSANO_DATA)));
    // SAFETY: bad pointers are what is asked about.
    assert_eq!(host(unsafe { ws2_gethostbyname(WILD as *const _) }), Err(windows::WSAEFAULT));
}

#[test]
fn this_machine_by_any_of_its_names() {
    let own = by_name("").unwrap();
    assert_eq!(own.name, own_name());
    assert!(!own.addresses.is_empty());
    // Loopback only if there is nothing else.
    assert!(own.addresses == [[127, 0, 0, 1]] || own.addresses.iter().all(|address| address[0] != 127));
    assert_eq!(by_name(&own_name()).unwrap(), own);
    assert_eq!(by_name("..LocalMachine").unwrap(), own);
    // SAFETY: NULL is allowed.
    assert_eq!(host(unsafe { ws2_gethostbyname(null()) }).unwrap(), own);
}

/// The order in memory that programs copying a `hostent` by hand rely on (measured by Wine's tests).
#[test]
fn hostent_is_laid_out_as_on_windows() {
    start();
    // SAFETY: a text; the result is the thread's.
    unsafe {
        let found = ws2_gethostbyname(c"localhost".as_ptr());
        let host = &*found;
        let aliases = all(host.h_aliases, |at| at).len();
        let addresses = all(host.h_addr_list, |at| at).len();
        assert_eq!(host.h_aliases.cast::<u8>(), found.add(1).cast());
        assert_eq!(host.h_addr_list, host.h_aliases.add(aliases + 1));
        assert_eq!(host.h_addr_list.read().cast(), host.h_addr_list.add(addresses + 1));
    }
}

#[test]
fn hosts_by_address() {
    start();
    let by = |bytes: &[u8], len, family| {
        // SAFETY: at least as many bytes as the family needs, where the length is right.
        host(unsafe { ws2_gethostbyaddr(bytes.as_ptr().cast(), len, family) })
    };
    let found = by(&[127, 0, 0, 1], 4, 2).unwrap();
    assert_eq!(found, Host { name: "localhost".into(), family: 2, addresses: vec![vec![127, 0, 0, 1]] });
    assert_eq!(by(&[127, 0, 0, 1], 3, 2), Err(windows::WSAEFAULT));
    assert_eq!(by(&[127, 0, 0, 1], -1, 2), Err(windows::WSAEFAULT));
    assert_eq!(by(&[0; 16], 4, 23), Err(windows::WSAEINVAL));
    assert_eq!(by(&[0; 16], 17, 23), Err(windows::WSAEINVAL));
    assert_eq!(by(&[0; 16], 16, 10), Err(windows::WSAEAFNOSUPPORT));
    assert_eq!(by(&[0; 16], 4, 0), Err(windows::WSAEAFNOSUPPORT));
    // SAFETY: bad pointers are what is asked about.
    unsafe {
        assert_eq!(host(ws2_gethostbyaddr(null(), 4, 2)), Err(windows::WSAEFAULT));
        assert_eq!(host(ws2_gethostbyaddr(WILD as *const _, 16, 23)), Err(windows::WSAEFAULT));
        // Two wrongs: the family is looked at first.
        assert_eq!(host(ws2_gethostbyaddr(null(), 0, 99)), Err(windows::WSAEAFNOSUPPORT));
    }
}

/// A3.
#[test]
fn a3_gethostname_into_a_short_or_null_buffer() {
    let own = own_name();
    let len = i32::try_from(own.len()).unwrap();
    let mut name = [0x77_u8; 256];
    // SAFETY: a local of 256 bytes; bad pointers are what is asked about.
    unsafe {
        for short in [len, 1, 0, -1, i32::MIN] {
            assert_eq!(ws2_gethostname(name.as_mut_ptr().cast(), short), -1);
            assert_eq!((WSAGetLastError(), name[0]), (windows::WSAEFAULT, 0x77));
        }
        for bad in [null_mut(), WILD as *mut c_char] {
            assert_eq!(ws2_gethostname(bad, 256), -1);
            assert_eq!(WSAGetLastError(), windows::WSAEFAULT);
        }
        assert_eq!(ws2_gethostname(name.as_mut_ptr().cast(), len + 1), 0);
    }
    assert_eq!(CStr::from_bytes_until_nul(&name).unwrap().to_str(), Ok(own.as_str()));
}

fn service(found: *mut ws2_servent) -> Result<(String, String, u16), i32> {
    if found.is_null() {
        return Err(WSAGetLastError());
    }
    assert_eq!(WSAGetLastError(), 0);
    // SAFETY: a result of the library, which the thread has not replaced yet.
    unsafe {
        let found = &*found;
        let _ = all(found.s_aliases, |at| text(at));
        let port = u16::from_be_bytes(found.s_port.to_ne_bytes());
        Ok((text(found.s_name), text(found.s_proto), port))
    }
}

#[test]
fn services() {
    if crate::no_services_database() {
        return;
    }
    start();
    let is = |name: &str, proto: &str, port| Ok((name.to_owned(), proto.to_owned(), port));
    let to_port = |port: u16| i32::from(port.to_be());
    // SAFETY: texts, or bad pointers, which are what is asked about.
    unsafe {
        assert_eq!(service(ws2_getservbyname(c"http".as_ptr(), c"tcp".as_ptr())), is("http", "tcp", 80));
        assert_eq!(service(ws2_getservbyname(c"HTTP".as_ptr(), c"TCP".as_ptr())), is("http", "tcp", 80));
        assert_eq!(service(ws2_getservbyname(c"telnet".as_ptr(), null())), is("telnet", "tcp", 23));
        assert_eq!(service(ws2_getservbyname(c"tftp".as_ptr(), c"udp".as_ptr())), is("tftp", "udp", 69));
        assert_eq!(service(ws2_getservbyname(c"tftp".as_ptr(), c"tcp".as_ptr())), Err(windows::WSANO_DATA));
        assert_eq!(service(ws2_getservbyname(c"nosuch".as_ptr(), null())), Err(windows::WSANO_DATA));
        assert_eq!(service(ws2_getservbyname(c"".as_ptr(), null())), Err(windows::WSANO_DATA));
        assert_eq!(service(ws2_getservbyname(null(), null())), Err(windows::WSAEFAULT));
        assert_eq!(service(ws2_getservbyname(WILD as *const _, null())), Err(windows::WSAEFAULT));
        assert_eq!(service(ws2_getservbyname(c"http".as_ptr(), WILD as *const _)), Err(windows::WSAEFAULT));
        assert_eq!(service(ws2_getservbyport(to_port(80), c"tcp".as_ptr())), is("http", "tcp", 80));
        assert_eq!(service(ws2_getservbyport(to_port(23), null())), is("telnet", "tcp", 23));
        // A port that a program put through a signed short.
        assert_eq!(service(ws2_getservbyport(to_port(80) | !0xffff, c"tcp".as_ptr())), is("http", "tcp", 80));
        assert_eq!(service(ws2_getservbyport(to_port(4), c"tcp".as_ptr())), Err(windows::WSANO_DATA));
        assert_eq!(service(ws2_getservbyport(to_port(80), WILD as *const _)), Err(windows::WSAEFAULT));
    }
}

fn protocol(found: *mut ws2_protoent) -> Result<(String, i16), i32> {
    if found.is_null() {
        return Err(WSAGetLastError());
    }
    // SAFETY: a result of the library, which the thread has not replaced yet.
    unsafe {
        let found = &*found;
        let aliases = all(found.p_aliases, |at| text(at));
        assert!(aliases.iter().any(|alias| *alias != text(found.p_name)), "{aliases:?}");
        Ok((text(found.p_name), found.p_proto))
    }
}

#[test]
fn protocols() {
    start();
    // SAFETY: texts, or bad pointers, which are what is asked about.
    unsafe {
        for name in [c"tcp", c"TCP", c"Tcp"] {
            assert_eq!(protocol(ws2_getprotobyname(name.as_ptr())), Ok(("tcp".to_owned(), 6)));
        }
        assert_eq!(protocol(ws2_getprotobyname(c"nosuch".as_ptr())), Err(windows::WSANO_DATA));
        assert_eq!(protocol(ws2_getprotobyname(null())), Err(windows::WSAEFAULT));
        assert_eq!(protocol(ws2_getprotobyname(WILD as *const _)), Err(windows::WSAEFAULT));
    }
    assert_eq!(protocol(ws2_getprotobynumber(17)), Ok(("udp".to_owned(), 17)));
    for number in [-1, 255, 70_000, i32::MAX] {
        assert_eq!(protocol(ws2_getprotobynumber(number)), Err(windows::WSANO_DATA));
    }
}

#[test]
fn results_belong_to_the_thread_and_stay_where_they_are() {
    if crate::no_services_database() {
        return;
    }
    start();
    // SAFETY: texts; the thread's results.
    let http = || unsafe { ws2_getservbyname(c"http".as_ptr(), c"tcp".as_ptr()) };
    let mine = http();
    let other = std::thread::spawn(move || {
        // SAFETY: as above.
        let theirs = unsafe { ws2_getservbyname(c"telnet".as_ptr(), null()) };
        assert_eq!(service(theirs).unwrap().2, 23);
        theirs as usize
    });
    assert_ne!(mine as usize, other.join().unwrap());
    assert_eq!(service(mine).unwrap().2, 80);
    assert_eq!(http(), mine, "the same memory again");
    // A result of another kind leaves it alone.
    assert_eq!(protocol(ws2_getprotobynumber(6)).unwrap().1, 6);
    assert_eq!(service(mine).unwrap().2, 80);
}

#[test]
fn errno_is_the_callers_or_the_code() {
    start();
    // SAFETY: the thread's own errno.
    let errno = || unsafe { &mut *libc::__errno_location() };
    *errno() = 1234;
    let _ = by_name("192.0.2.17");
    let _ = by_name("");
    // SAFETY: texts.
    unsafe {
        ws2_gethostbyaddr([127_i8, 0, 0, 1].as_ptr().cast(), 4, 2);
        assert_eq!(*errno(), 1234);
        // A failure leaves its code there, too (Q23), and nothing of what libc met on the way.
        ws2_getservbyname(c"nosuch".as_ptr(), null());
        assert_eq!(*errno(), WSAGetLastError());
        ws2_getprotobyname(c"nosuch".as_ptr());
        assert_eq!(*errno(), WSAGetLastError());
    }
}
