//! `getaddrinfo` and its wide kin through the C interface, with names that need no name server.

use std::ffi::{CStr, CString, c_int};
use std::ptr::{null, null_mut};

use crate::support::calls::stay_started as start;
use windows_sys::Win32::Networking::WinSock as windows;
use ws2_32::ffi::types::netdb::{ADDRINFOW, ws2_addrinfo};
use ws2_32::ffi::*;
use ws2_32::names::SocketAddress;

fn no_hints() -> ws2_addrinfo {
    // SAFETY: all zero is a valid value.
    unsafe { std::mem::zeroed() }
}

fn hints(flags: u32, family: u16, socket_type: i32, protocol: i32) -> ws2_addrinfo {
    ws2_addrinfo {
        ai_flags: i32::try_from(flags).unwrap(),
        ai_family: family.into(),
        ai_socktype: socket_type,
        ai_protocol: protocol,
        ..no_hints()
    }
}

#[derive(Debug, PartialEq, Eq)]
struct Got {
    ip: String,
    port: u16,
    kind: (c_int, c_int),
    name: Option<String>,
}

/// Calls `getaddrinfo`, checks what holds for every answer, and gives the list back.
fn resolve(
    node: Option<&str>,
    service: Option<&str>,
    hints: Option<ws2_addrinfo>,
) -> Result<Vec<Got>, c_int> {
    start();
    // X31: as far as these tests go, what has no letter but those of IPv6 is an address.
    let written_out = node.is_some_and(|node| {
        let digits = |letter: char| letter.is_ascii_hexdigit() || ".:x[]".contains(letter);
        !node.is_empty()
            && node.split('%').next().unwrap().chars().all(digits)
            && !node.ends_with(char::is_whitespace)
    });
    let node = node.map(|text| CString::new(text).unwrap());
    let service = service.map(|text| CString::new(text).unwrap());
    let pointer = |text: &Option<CString>| text.as_ref().map_or(null(), |text| text.as_ptr());
    let mut list: *mut ws2_addrinfo = std::ptr::dangling_mut();
    WSASetLastError(77);
    // SAFETY: texts and locals; the list is walked and given back once.
    unsafe {
        let hints = hints.as_ref().map_or(null(), std::ptr::from_ref);
        let code = ws2_getaddrinfo(pointer(&node), pointer(&service), hints, &raw mut list);
        assert_eq!(WSAGetLastError(), code, "the last error is what is returned");
        if code != 0 {
            assert!(list.is_null(), "NULL after an error");
            return Err(code);
        }
        assert!(!list.is_null());
        let mut all = Vec::new();
        let mut at = list;
        while let Some(entry) = at.as_ref() {
            let bytes = std::slice::from_raw_parts(entry.ai_addr.cast::<u8>(), entry.ai_addrlen);
            let address = SocketAddress::from_bytes(bytes).unwrap();
            assert_eq!(entry.ai_family, address.family());
            assert_eq!(i32::from((*entry.ai_addr).sa_family), entry.ai_family);
            assert_eq!(entry.ai_addrlen, if entry.ai_family == 2 { 16 } else { 28 });
            assert_eq!(entry.ai_flags, if written_out { 4 } else { 0 }, "X31");
            let name = (!entry.ai_canonname.is_null())
                .then(|| CStr::from_ptr(entry.ai_canonname).to_str().unwrap().to_owned());
            assert!(name.is_none() || all.is_empty(), "only the first entry has the name");
            let ip = address.address().ip.to_string();
            all.push(Got { ip, port: address.port(), kind: (entry.ai_socktype, entry.ai_protocol), name });
            at = entry.ai_next;
        }
        ws2_freeaddrinfo(list);
        Ok(all)
    }
}

fn one(ip: &str, port: u16, kind: (c_int, c_int), name: Option<&str>) -> Result<Vec<Got>, c_int> {
    Ok(vec![Got { ip: ip.to_owned(), port, kind, name: name.map(str::to_owned) }])
}

#[test]
fn without_hints_every_address_comes_once_with_socket_type_0() {
    assert_eq!(resolve(Some("127.0.0.1"), None, None), one("127.0.0.1", 0, (0, 0), None));
    assert_eq!(resolve(Some("127.0.0.1"), Some("80"), None), one("127.0.0.1", 80, (0, 0), None));
    assert_eq!(resolve(Some("::1"), Some("80"), None), one("::1", 80, (0, 0), None));
    assert_eq!(resolve(Some("LocalHost."), None, None), resolve(Some("localhost"), None, None));
    let all = resolve(Some("localhost"), Some("80"), None).unwrap();
    let mut ips: Vec<_> = all.iter().map(|got| got.ip.as_str()).collect();
    assert!(ips.contains(&"127.0.0.1"), "{ips:?}");
    assert!(all.iter().all(|got| got.kind == (0, 0) && got.port == 80));
    ips.sort_unstable();
    ips.dedup();
    assert_eq!(ips.len(), all.len(), "each once: {ips:?}");
}

/// The rows of Wine's tests of `getaddrinfo`, which real Windows passes.
#[test]
fn socket_type_and_protocol_of_the_hints_come_back_unchanged() {
    for family in [windows::AF_UNSPEC, windows::AF_INET] {
        for socket_type in [0, windows::SOCK_STREAM, windows::SOCK_DGRAM] {
            for protocol in [0, windows::IPPROTO_TCP, windows::IPPROTO_UDP, windows::IPPROTO_IPV6, 999] {
                let all = resolve(Some("localhost"), None, Some(hints(0, family, socket_type, protocol)));
                assert!(all.unwrap().iter().all(|got| got.kind == (socket_type, protocol)));
            }
        }
        for protocol in [windows::IPPROTO_TCP, windows::IPPROTO_UDP, windows::IPPROTO_IPV6] {
            let refused = resolve(Some("localhost"), None, Some(hints(0, family, 999, protocol)));
            assert_eq!(refused, Err(windows::WSAESOCKTNOSUPPORT));
        }
    }
}

#[test]
fn both_names_missing_is_host_not_found() {
    assert_eq!(resolve(None, None, None), Err(windows::WSAHOST_NOT_FOUND));
    // Before the hints are looked at.
    assert_eq!(resolve(None, None, Some(hints(0, 99, 99, 0))), Err(windows::WSAHOST_NOT_FOUND));
}

#[test]
fn bad_hints() {
    let code = |hints| resolve(Some("127.0.0.1"), Some("80"), Some(hints)).unwrap_err();
    assert_eq!(code(hints(0, 10, 0, 0)), windows::WSAEAFNOSUPPORT);
    assert_eq!(code(hints(0, windows::AF_UNIX, 0, 0)), windows::WSAEAFNOSUPPORT);
    for socket_type in [-1, windows::SOCK_RDM, windows::SOCK_SEQPACKET, 6] {
        assert_eq!(code(hints(0, 0, socket_type, 0)), windows::WSAESOCKTNOSUPPORT);
    }
    assert_eq!(code(hints(0x200, 0, 0, 0)), windows::WSAEINVAL);
    assert_eq!(code(ws2_addrinfo { ai_flags: i32::MIN, ..no_hints() }), windows::WSAEINVAL);
    assert_eq!(code(hints(windows::AI_CANONNAME | windows::AI_FQDN, 0, 0, 0)), windows::WSAEINVAL);
    assert_eq!(code(ws2_addrinfo { ai_addrlen: 1, ..no_hints() }), windows::WSANO_RECOVERY);
    for overfull in [
        ws2_addrinfo { ai_canonname: std::ptr::dangling_mut(), ..no_hints() },
        ws2_addrinfo { ai_addr: std::ptr::dangling_mut(), ..no_hints() },
        ws2_addrinfo { ai_next: std::ptr::dangling_mut(), ..no_hints() },
    ] {
        assert_eq!(code(overfull), windows::WSANO_RECOVERY);
    }
    for flag in [windows::AI_CANONNAME, windows::AI_FQDN] {
        assert_eq!(resolve(None, Some("80"), Some(hints(flag, 0, 0, 0))), Err(windows::WSAEINVAL));
    }
    // Two wrongs: the family is looked at before the socket type.
    assert_eq!(code(hints(0, 99, 99, 0)), windows::WSAEAFNOSUPPORT);
}

#[test]
fn bad_pointers_are_faults() {
    start();
    let mut list: *mut ws2_addrinfo = null_mut();
    let wild = 0x10_0000_0000_0000_usize;
    // SAFETY: bad pointers are what is asked about.
    unsafe {
        let name = c"127.0.0.1".as_ptr();
        assert_eq!(ws2_getaddrinfo(name, null(), null(), null_mut()), windows::WSAEFAULT);
        assert_eq!(ws2_getaddrinfo(name, null(), null(), wild as *mut _), windows::WSAEFAULT);
        assert_eq!(ws2_getaddrinfo(name, null(), wild as *const _, &raw mut list), windows::WSAEFAULT);
        assert_eq!(ws2_getaddrinfo(wild as *const _, null(), null(), &raw mut list), windows::WSAEFAULT);
        assert_eq!(ws2_getaddrinfo(name, wild as *const _, null(), &raw mut list), windows::WSAEFAULT);
        assert_eq!(
            GetAddrInfoW(wild as *const _, null(), null(), (&raw mut list).cast()),
            windows::WSAEFAULT
        );
        ws2_freeaddrinfo(null_mut());
        FreeAddrInfoW(null_mut());
    }
    assert!(list.is_null());
}

#[test]
fn no_host_means_loopback_or_any() {
    let v4 = |flags| resolve(None, Some("80"), Some(hints(flags, windows::AF_INET, 1, 6)));
    assert_eq!(v4(0), one("127.0.0.1", 80, (1, 6), None));
    assert_eq!(v4(windows::AI_PASSIVE), one("0.0.0.0", 80, (1, 6), None));
    let v6 = |flags| resolve(None, Some(""), Some(hints(flags, windows::AF_INET6, 0, 0)));
    assert_eq!(v6(0), one("::1", 0, (0, 0), None));
    assert_eq!(v6(windows::AI_PASSIVE), one("::", 0, (0, 0), None));
    assert_eq!(resolve(None, Some("0"), None), resolve(None, Some(""), None));
}

#[test]
fn services() {
    if super::no_services_database() {
        return;
    }
    let tcp = hints(0, windows::AF_INET, windows::SOCK_STREAM, 0);
    let udp = hints(0, windows::AF_INET, windows::SOCK_DGRAM, 0);
    let raw = hints(0, windows::AF_INET, windows::SOCK_RAW, 0);
    let port = |service, hints| resolve(Some("127.0.0.1"), Some(service), Some(hints)).map(|all| all[0].port);
    assert_eq!(port("http", tcp), Ok(80));
    assert_eq!(port("HTTP", tcp), Ok(80));
    assert_eq!(port("domain", udp), Ok(53));
    assert_eq!(port("tftp", tcp), Err(windows::WSATYPE_NOT_FOUND));
    assert_eq!(port("tftp", udp), Ok(69));
    assert_eq!(port("tftp", no_hints()), Ok(69));
    assert_eq!(port("http", raw), Err(windows::WSATYPE_NOT_FOUND));
    assert_eq!(port("80", raw), Ok(80));
    let numeric = hints(windows::AI_NUMERICSERV, 0, 0, 0);
    assert_eq!(port("http", numeric), Err(windows::WSAHOST_NOT_FOUND));
    assert_eq!(port("80", numeric), Ok(80));
    assert_eq!(resolve(None, Some("nonexistentservice"), Some(no_hints())), Err(windows::WSATYPE_NOT_FOUND));
}

/// X32: numbers by C's rules, the type of a service that only one protocol knows, and blanks behind an address.
#[test]
fn x32_ports_types_and_blanks() {
    let none = hints(0, windows::AF_INET, 0, 0);
    let asked = |node, service, hints| resolve(node, Some(service), Some(hints));
    for (service, port) in
        [(" 123", 123), ("65536", 0), ("65537", 1), ("4294967296", 65535), ("+5", 5), ("-1", 65535)]
    {
        for node in [None, Some("127.0.0.1")] {
            assert_eq!(asked(node, service, none), one("127.0.0.1", port, (0, 0), None), "{service:?}");
        }
    }
    for service in ["28 ", "28a", "0x1a", " "] {
        assert_eq!(asked(None, service, none), Err(windows::WSATYPE_NOT_FOUND), "{service:?}");
    }
    for node in ["0.0.0.0 ", "1.2.3.0x4 \t "] {
        let expected = if node.starts_with('0') { "0.0.0.0" } else { "1.2.3.4" };
        assert_eq!(asked(Some(node), "", none), one(expected, 0, (0, 0), None), "{node:?}");
        let numeric = hints(windows::AI_NUMERICHOST, 0, 0, 0);
        assert_eq!(asked(Some(node), "", numeric), Err(windows::WSAHOST_NOT_FOUND), "{node:?}");
        let v6 = hints(0, windows::AF_INET6, 0, 0);
        assert_eq!(asked(Some(node), "", v6), Err(windows::WSAHOST_NOT_FOUND), "{node:?}");
    }
    if super::no_services_database() {
        return;
    }
    let (stream, datagram) = (windows::SOCK_STREAM, windows::SOCK_DGRAM);
    let (tcp, udp) = (windows::IPPROTO_TCP, windows::IPPROTO_UDP);
    for (service, protocol, port, socket_type) in [
        ("smtp", 0, 25, stream),
        ("mail", 0, 25, stream),
        ("smtp", tcp, 25, stream),
        ("tftp", 0, 69, datagram),
        ("tftp", udp, 69, datagram),
        ("domain", 0, 53, 0),
        ("domain", tcp, 53, 0),
    ] {
        let hints = hints(0, windows::AF_INET, 0, protocol);
        let expected = one("127.0.0.1", port, (socket_type, protocol), None);
        assert_eq!(asked(None, service, hints), expected, "{service} {protocol}");
    }
    assert_eq!(asked(None, "smtp", hints(0, 0, 0, udp)), Err(windows::WSATYPE_NOT_FOUND));
}

#[test]
fn addresses_written_out() {
    let numeric = |node, family| {
        resolve(Some(node), None, Some(hints(windows::AI_NUMERICHOST, family, 0, 0)))
            .map(|all| all[0].ip.clone())
    };
    let ip = |text: &str| Ok(text.to_owned());
    let none = Err(windows::WSAHOST_NOT_FOUND);
    assert_eq!(numeric("192.168.1.253", 0), ip("192.168.1.253"));
    assert_eq!(numeric("127.1", 0), ip("127.0.0.1"));
    assert_eq!(numeric("[beef::cafe]", windows::AF_INET6), ip("beef::cafe"));
    assert_eq!(numeric("[beef::cafe]:10239", 0), ip("beef::cafe"));
    for (bad, family) in [
        ("localhost", 0),
        ("", 0),
        ("192.168.1.253:1024", 0),
        ("[beef::cafe", windows::AF_INET6),
        ("beef::cafe]", windows::AF_INET6),
        ("[beef::cafe]", windows::AF_INET),
        ("127.0.0.1", windows::AF_INET6),
        ("127.1", windows::AF_INET6),
    ] {
        assert_eq!(numeric(bad, family), none, "{bad}");
    }
    let mapped = hints(windows::AI_V4MAPPED, windows::AF_INET6, 0, 0);
    assert_eq!(resolve(Some("127.0.0.1"), None, Some(mapped)), one("::ffff:127.0.0.1", 0, (0, 0), None));
    let named = hints(windows::AI_CANONNAME, 0, 0, 0);
    assert_eq!(resolve(Some("::1"), None, Some(named)), one("::1", 0, (0, 0), Some("::1")));
    assert_eq!(
        resolve(None, Some("1"), Some(hints(windows::AI_NUMERICHOST, 0, 0, 0))),
        Err(windows::WSAHOST_NOT_FOUND)
    );
}

#[test]
fn this_machine_by_any_of_its_names() {
    let own = resolve(Some(""), None, None).unwrap();
    assert_eq!(resolve(Some(&host_name()), None, None).unwrap(), own);
    assert_eq!(resolve(Some("..localmachine"), None, None).unwrap(), own);
    let named = resolve(Some(""), None, Some(hints(windows::AI_CANONNAME, 0, 0, 0))).unwrap();
    assert_eq!(named[0].name.as_deref(), Some(host_name().as_str()));
}

fn host_name() -> String {
    start();
    let mut name = [0_u8; 256];
    // SAFETY: a local of 256 bytes.
    assert_eq!(unsafe { ws2_gethostname(name.as_mut_ptr().cast(), 256) }, 0);
    CStr::from_bytes_until_nul(&name).unwrap().to_str().unwrap().to_owned()
}

#[test]
fn wide_characters() {
    start();
    let wide = |text: &str| text.encode_utf16().chain([0]).collect::<Vec<u16>>();
    let mut wanted: ADDRINFOW = {
        // SAFETY: all zero is a valid value.
        unsafe { std::mem::zeroed() }
    };
    wanted.ai_flags = i32::try_from(windows::AI_CANONNAME).unwrap();
    let mut list: *mut ADDRINFOW = null_mut();
    // SAFETY: texts and locals; the list is given back once.
    unsafe {
        let code =
            GetAddrInfoW(wide("127.0.0.1").as_ptr(), wide("80").as_ptr(), &raw const wanted, &raw mut list);
        assert_eq!((code, WSAGetLastError()), (0, 0));
        let entry = &*list;
        assert_eq!((entry.ai_family, entry.ai_addrlen), (2, 16));
        let name: Vec<u16> = (0..10).map(|at| entry.ai_canonname.add(at).read()).collect();
        assert_eq!(name, wide("127.0.0.1"));
        let mut host = [0_u16; 32];
        let mut service = [0_u16; 3];
        let numeric = i32::try_from(windows::NI_NUMERICHOST | windows::NI_NUMERICSERV).unwrap();
        let len = c_int::try_from(entry.ai_addrlen).unwrap();
        let code = GetNameInfoW(entry.ai_addr, len, host.as_mut_ptr(), 32, service.as_mut_ptr(), 3, numeric);
        assert_eq!(code, 0);
        assert_eq!((&host[..10], &service), (&wide("127.0.0.1")[..], &[56, 48, 0]));
        FreeAddrInfoW(list);
        // Half a pair of UTF-16 is no name.
        let code = GetAddrInfoW([0xd800, 0].as_ptr(), null(), null(), &raw mut list);
        assert_eq!(code, windows::WSAHOST_NOT_FOUND);
        assert!(list.is_null());
    }
    let expected = wide(&host_name());
    let mut name = [0x77_u16; 256];
    let len = c_int::try_from(expected.len()).unwrap();
    // SAFETY: a local of 256 units.
    unsafe {
        assert_eq!(GetHostNameW(name.as_mut_ptr(), len - 1), -1);
        assert_eq!((WSAGetLastError(), name[0]), (windows::WSAEFAULT, 0x77));
        assert_eq!(GetHostNameW(null_mut(), 256), -1);
        assert_eq!(WSAGetLastError(), windows::WSAEFAULT);
        assert_eq!(GetHostNameW(name.as_mut_ptr(), len), 0);
    }
    assert_eq!(name[..expected.len()], expected);
}

#[test]
fn numbers_are_those_of_windows() {
    use ws2_32::windows::abi;
    macro_rules! numbers {
        ($($name:ident)+) => {
            $( assert_eq!(i64::from(abi::$name), i64::from(windows::$name), stringify!($name)); )+
        };
    }
    numbers!(AI_PASSIVE AI_CANONNAME AI_NUMERICHOST AI_NUMERICSERV AI_DNS_ONLY AI_FORCE_CLEAR_TEXT
        AI_BYPASS_DNS_CACHE AI_RETURN_TTL AI_ALL AI_ADDRCONFIG AI_V4MAPPED AI_NON_AUTHORITATIVE AI_SECURE
        AI_RETURN_PREFERRED_NAMES AI_FQDN AI_FILESERVER AI_DISABLE_IDN_ENCODING AI_SECURE_WITH_FALLBACK
        NI_NOFQDN NI_NUMERICHOST NI_NAMEREQD NI_NUMERICSERV NI_DGRAM IPPROTO_TCP IPPROTO_UDP);
}
