//! What the name servers say, in Winsock's codes: a network namespace of the test's own, with nothing in it but
//! loopback, and a small name server there. No query leaves the machine.

use std::ffi::{CStr, CString, c_int};
use std::net::{IpAddr, UdpSocket};
use std::ptr::{null, null_mut};

use crate::support::calls::start;
use crate::support::process::{done_elsewhere, here, left_out};
use windows_sys::Win32::Networking::WinSock as windows;
use ws2_32::ffi::types::netdb::ws2_addrinfo;
use ws2_32::ffi::*;
use ws2_32::names::SocketAddress;

const A: u16 = 1;
const CNAME: u16 = 5;
const PTR: u16 = 12;
const AAAA: u16 = 28;

fn encoded(name: &str) -> Vec<u8> {
    let labels = name.split('.').filter(|label| !label.is_empty());
    let mut bytes: Vec<u8> =
        labels.flat_map(|label| [&[u8::try_from(label.len()).unwrap()], label.as_bytes()].concat()).collect();
    bytes.push(0);
    bytes
}

fn record(name: &str, kind: u16, data: &[u8]) -> Vec<u8> {
    let mut bytes = encoded(name);
    bytes.extend(kind.to_be_bytes());
    bytes.extend([0, 1, 0, 0, 0, 1]);
    bytes.extend(u16::try_from(data.len()).unwrap().to_be_bytes());
    bytes.extend(data);
    bytes
}

/// The response code and the records for a question.
fn answer(name: &str, kind: u16) -> (u8, Vec<Vec<u8>>) {
    let v6 = "2001:db8::7".parse::<std::net::Ipv6Addr>().unwrap().octets();
    match (name, kind) {
        ("both.test" | "four.test", A) => (0, vec![record(name, A, &[192, 0, 2, 7])]),
        ("both.test" | "six.test", AAAA) => (0, vec![record(name, AAAA, &v6)]),
        ("alias.test", A) => {
            (0, vec![record(name, CNAME, &encoded("four.test")), record("four.test", A, &[192, 0, 2, 7])])
        }
        ("xn--bcher-kva.test", A) => (0, vec![record(name, A, &[192, 0, 2, 8])]),
        ("7.2.0.192.in-addr.arpa", PTR) => (0, vec![record(name, PTR, &encoded("four.test"))]),
        ("both.test" | "four.test" | "six.test" | "alias.test" | "empty.test", _) => (0, vec![]),
        ("broken.test", _) => (2, vec![]),
        ("refused.test", _) => (5, vec![]),
        _ => (3, vec![]),
    }
}

fn serve(socket: &UdpSocket) {
    let mut query = [0; 512];
    while let Ok((len, from)) = socket.recv_from(&mut query) {
        let question = &query[12..len];
        let mut name = String::new();
        let mut at = 0;
        while question[at] != 0 {
            let next = at + 1 + usize::from(question[at]);
            name = format!("{name}.{}", std::str::from_utf8(&question[at + 1..next]).unwrap());
            at = next;
        }
        let kind = u16::from_be_bytes([question[at + 1], question[at + 2]]);
        let (code, records) = answer(name.trim_start_matches('.'), kind);
        let mut reply = query[..2].to_vec();
        reply.extend([0x85, 0x80 | code, 0, 1, 0, u8::try_from(records.len()).unwrap(), 0, 0, 0, 0]);
        reply.extend(&question[..at + 5]);
        reply.extend(records.concat());
        let _ = socket.send_to(&reply, from);
    }
}

/// Puts this thread into a network and a mount namespace of its own, with loopback up and `/etc/resolv.conf`
/// naming 127.0.0.1. `false` where that is not permitted.
fn isolate() -> bool {
    #[repr(C)]
    struct Flags {
        name: [u8; 16],
        flags: i16,
        rest: [u8; 22],
    }
    let configuration = std::env::temp_dir().join(format!("ws2_32-resolv-{}", std::process::id()));
    let source = CString::new(configuration.to_str().unwrap()).unwrap();
    // SAFETY: texts, and a structure as the request wants it.
    unsafe {
        if libc::unshare(libc::CLONE_NEWNET | libc::CLONE_NEWNS) != 0 {
            return false;
        }
        let private = libc::MS_REC | libc::MS_PRIVATE;
        // Else what is mounted here would be seen outside. A container, or a chroot, may refuse it.
        if libc::mount(c"none".as_ptr(), c"/".as_ptr(), null(), private, null()) != 0 {
            return false;
        }
        std::fs::write(&configuration, "nameserver 127.0.0.1\noptions timeout:1 attempts:1\n").unwrap();
        let to = c"/etc/resolv.conf".as_ptr();
        let bound = libc::mount(source.as_ptr(), to, null(), libc::MS_BIND, null());
        std::fs::remove_file(&configuration).unwrap();
        if bound != 0 {
            return false;
        }
        let socket = libc::socket(libc::AF_INET, libc::SOCK_DGRAM, 0);
        let mut up = Flags { name: [0; 16], flags: i16::try_from(libc::IFF_UP).unwrap(), rest: [0; 22] };
        up.name[..2].copy_from_slice(b"lo");
        assert_eq!(libc::ioctl(socket, libc::SIOCSIFFLAGS as _, &raw mut up), 0);
        libc::close(socket);
    }
    true
}

/// The addresses of a name, and its canonical name.
fn resolve(node: &str, family: u16) -> Result<(Vec<String>, String), c_int> {
    let node = CString::new(node).unwrap();
    // SAFETY: all zero is a valid value.
    let mut hints: ws2_addrinfo = unsafe { std::mem::zeroed() };
    hints.ai_family = family.into();
    hints.ai_flags = i32::try_from(windows::AI_CANONNAME).unwrap();
    let mut list: *mut ws2_addrinfo = null_mut();
    // SAFETY: a text and locals; the list is walked and given back once.
    unsafe {
        match ws2_getaddrinfo(node.as_ptr(), null(), &raw const hints, &raw mut list) {
            0 => {}
            code => return Err(code),
        }
        let name = CStr::from_ptr((*list).ai_canonname).to_str().unwrap().to_owned();
        let mut ips = Vec::new();
        let mut at = list;
        while let Some(entry) = at.as_ref() {
            let bytes = std::slice::from_raw_parts(entry.ai_addr.cast::<u8>(), entry.ai_addrlen);
            ips.push(SocketAddress::from_bytes(bytes).unwrap().address().ip.to_string());
            at = entry.ai_next;
        }
        ws2_freeaddrinfo(list);
        ips.sort_unstable();
        Ok((ips, name))
    }
}

fn by_name(name: &CStr) -> Result<String, c_int> {
    // SAFETY: a text; the thread's result, of which the first address has four bytes.
    unsafe {
        let Some(host) = ws2_gethostbyname(name.as_ptr()).as_ref() else { return Err(WSAGetLastError()) };
        let first = host.h_addr_list.read().cast::<[u8; 4]>().read();
        let name = CStr::from_ptr(host.h_name).to_str().unwrap();
        Ok(format!("{name} {}", IpAddr::from(first)))
    }
}

fn by_address(ip: [u8; 4]) -> Result<String, c_int> {
    // SAFETY: four bytes; the thread's result.
    unsafe {
        let Some(host) = ws2_gethostbyaddr(ip.as_ptr().cast(), 4, 2).as_ref() else {
            return Err(WSAGetLastError());
        };
        Ok(CStr::from_ptr(host.h_name).to_str().unwrap().to_owned())
    }
}

fn name_of(ip: [u8; 4], flags: u32) -> Result<String, c_int> {
    let address = SocketAddress::new(IpAddr::from(ip).into(), 0);
    let mut name = [0_u8; 64];
    // SAFETY: an address and a local of 64 bytes.
    let code = unsafe {
        let flags = c_int::try_from(flags).unwrap();
        ws2_getnameinfo(
            address.bytes().as_ptr().cast(),
            16,
            name.as_mut_ptr().cast(),
            64,
            null_mut(),
            0,
            flags,
        )
    };
    if code == 0 {
        Ok(CStr::from_bytes_until_nul(&name).unwrap().to_str().unwrap().to_owned())
    } else {
        Err(code)
    }
}

fn check() {
    let both = |ips: &[&str], name: &str| {
        Ok((ips.iter().map(|&ip| ip.to_owned()).collect::<Vec<_>>(), name.to_owned()))
    };
    assert_eq!(resolve("both.test", 0), both(&["192.0.2.7", "2001:db8::7"], "both.test"));
    assert_eq!(resolve("both.test", windows::AF_INET), both(&["192.0.2.7"], "both.test"));
    assert_eq!(resolve("both.test", windows::AF_INET6), both(&["2001:db8::7"], "both.test"));
    assert_eq!(resolve("alias.test", windows::AF_INET), both(&["192.0.2.7"], "four.test"));
    assert_eq!(by_name(c"four.test"), Ok("four.test 192.0.2.7".to_owned()));
    assert_eq!(by_address([192, 0, 2, 7]), Ok("four.test".to_owned()));
    assert_eq!(name_of([192, 0, 2, 7], windows::NI_NAMEREQD), Ok("four.test".to_owned()));

    // X17: the name server is asked for the name in ASCII, unless the program says otherwise.
    for name in ["b\u{fc}cher.test", "B\u{dc}CHER.test", "bu\u{308}cher.test"] {
        assert_eq!(
            resolve(name, windows::AF_INET).map(|(ips, _)| ips),
            Ok(vec!["192.0.2.8".to_owned()]),
            "{name}"
        );
    }
    for (name, code) in [
        ("nosuch.test", windows::WSAHOST_NOT_FOUND),
        ("broken.test", windows::WSATRY_AGAIN),
        ("empty.test", windows::WSANO_DATA),
    ] {
        assert_eq!(resolve(name, 0), Err(code), "{name}");
        assert_eq!(by_name(&CString::new(name).unwrap()), Err(code), "{name}");
    }
    assert_eq!(resolve("four.test", windows::AF_INET6), Err(windows::WSANO_DATA));
    assert_eq!(by_name(c"six.test"), Err(windows::WSANO_DATA));
    assert_eq!(resolve("refused.test", 0), Err(windows::WSATRY_AGAIN));
    // No label of a name is longer than 63 characters.
    assert_eq!(resolve(&format!("{}.test", "x".repeat(64)), 0), Err(windows::WSAHOST_NOT_FOUND));
    assert_eq!(by_address([192, 0, 2, 8]), Err(windows::WSAHOST_NOT_FOUND));
    assert_eq!(name_of([192, 0, 2, 8], windows::NI_NAMEREQD), Err(windows::WSAHOST_NOT_FOUND));
    assert_eq!(name_of([192, 0, 2, 8], 0), Ok("192.0.2.8".to_owned()));
}

#[test]
fn what_name_servers_say() {
    if done_elsewhere(here!("what_name_servers_say")) {
        return;
    }
    start();
    // A thread, since the namespaces are the thread's.
    let isolated = std::thread::spawn(|| {
        if !isolate() {
            return false;
        }
        let socket = UdpSocket::bind("127.0.0.1:53").unwrap();
        std::thread::spawn(move || serve(&socket));
        check();
        true
    });
    match isolated.join() {
        Ok(true) => {}
        Ok(false) => left_out("what name servers say: no right to make namespaces and mount in them"),
        Err(panic) => std::panic::resume_unwind(panic),
    }
}
