//! CN1: connecting by name and by list; WSAJoinLeaf; mswsock's WSARecvEx and networks.

use std::ffi::CStr;
use std::ptr::null_mut;

use ws2_32::error::WsaError;
use ws2_32::ffi::types::SOCKET;
use ws2_32::ffi::types::lookup::SOCKET_ADDRESS;
use ws2_32::ffi::types::select::ws2_timeval;
use ws2_32::ffi::*;

use crate::support::calls::{
    AF_INET, AF_INET6, DGRAM, INVALID_SOCKET, Name, STREAM, accept, bind, bound, call, call_for_socket,
    close, close_all, connect, is_nonblocking, listen, listener, local_name, loopback, peer_name,
    refusing_port, send, set_mode, socket, stay_started, tcp_pair,
};

/// A call that gives TRUE or FALSE.
fn truth(function: impl FnOnce() -> i32) -> Result<(), WsaError> {
    call(|| if function() == 1 { 0 } else { -1 }).map(|_| ())
}

fn by_name(s: SOCKET, node: Option<&CStr>, service: Option<&CStr>) -> Result<(Name, Name), WsaError> {
    let (mut local, mut remote) = (Name::room(), Name::room());
    let (mut local_len, mut remote_len) = (128, 128);
    let text = |text: Option<&CStr>| text.map_or(std::ptr::null(), CStr::as_ptr);
    let time = ws2_timeval { tv_sec: 60, tv_usec: 0 };
    // SAFETY: memory of this test.
    truth(|| unsafe {
        WSAConnectByNameA(
            s,
            text(node),
            text(service),
            &raw mut local_len,
            local.mut_ptr(),
            &raw mut remote_len,
            remote.mut_ptr(),
            &raw const time,
            null_mut(),
        )
    })?;
    local.len = local_len.cast_signed();
    remote.len = remote_len.cast_signed();
    Ok((local, remote))
}

fn port(name: &Name) -> u16 {
    u16::from_be_bytes([name.bytes[2], name.bytes[3]])
}

fn bytes(name: &Name) -> &[u8] {
    &name.bytes[..usize::try_from(name.len).unwrap()]
}

#[test]
fn cn1_by_name() {
    stay_started();
    let (listening, name) = listener();
    let service = std::ffi::CString::new(port(&name).to_string()).unwrap();
    for nonblocking in [false, true] {
        let s = socket(AF_INET, STREAM);
        set_mode(s, nonblocking);
        let (local, remote) = by_name(s, Some(c"127.0.0.1"), Some(&service)).unwrap();
        assert_eq!(bytes(&remote), bytes(&name));
        assert_eq!(bytes(&local), bytes(&local_name(s).unwrap()));
        assert_eq!(bytes(&peer_name(s).unwrap()), bytes(&name));
        assert_eq!(is_nonblocking(s), nonblocking, "the mode stays");
        assert_eq!(by_name(s, Some(c"127.0.0.1"), Some(&service)).unwrap_err(), WsaError::WSAEISCONN);
        close_all([s, accept(listening).unwrap()]);
    }
    let s = socket(AF_INET, STREAM);
    let (_, remote) = by_name(s, Some(c"localhost"), Some(&service)).unwrap();
    assert_eq!(port(&remote), port(&name));
    close_all([s, accept(listening).unwrap(), listening]);
}

/// A socket of IPv6 gets to IPv4 once IPV6_V6ONLY is off.
#[test]
fn cn1_both_families() {
    stay_started();
    let (listening, name) = listener();
    let service = std::ffi::CString::new(port(&name).to_string()).unwrap();
    let s = socket(AF_INET6, STREAM);
    let refused = by_name(s, Some(c"127.0.0.1"), Some(&service)).unwrap_err();
    assert_eq!(refused, WsaError::WSAHOST_NOT_FOUND, "no address of IPv6");
    crate::support::calls::set_number(s, 41, 27, 0);
    let (local, remote) = by_name(s, Some(c"127.0.0.1"), Some(&service)).unwrap();
    assert_eq!((local.len, remote.len), (28, 28));
    assert_eq!(remote.bytes[8..24], [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 127, 0, 0, 1]);
    close_all([s, accept(listening).unwrap(), listening]);
}

#[test]
fn cn1_what_is_refused() {
    stay_started();
    let (fresh, datagrams, taken) =
        (socket(AF_INET, STREAM), socket(AF_INET, DGRAM), socket(AF_INET, STREAM));
    bind(taken, &loopback(0)).unwrap();
    let (keeper, name) = refusing_port();
    let service = std::ffi::CString::new(port(&name).to_string()).unwrap();
    for (s, node, service, expected) in [
        (INVALID_SOCKET, None, None, WsaError::WSAENOTSOCK),
        (INVALID_SOCKET, Some(c"127.0.0.1"), Some(c"1"), WsaError::WSAENOTSOCK),
        (fresh, None, Some(c"1"), WsaError::WSAEINVAL),
        (fresh, Some(c"127.0.0.1"), None, WsaError::WSAEINVAL),
        (datagrams, Some(c"127.0.0.1"), Some(c"1"), WsaError::WSAEINVAL),
        (taken, Some(c"127.0.0.1"), Some(c"1"), WsaError::WSAEINVAL),
        (fresh, Some(c"127.0.0.1"), Some(c"nosuchservice"), WsaError::WSATYPE_NOT_FOUND),
        (fresh, Some(c"127.0.0.1"), Some(service.as_c_str()), WsaError::WSAECONNREFUSED),
    ] {
        assert_eq!(by_name(s, node, service).unwrap_err(), expected, "{node:?} {service:?}");
    }
    // A reserved argument, a time that is none, and too little room.
    let late = ws2_timeval { tv_sec: -1, tv_usec: 0 };
    let mut overlapped = [0_u8; 32];
    let mut short = 15;
    let mut room = Name::room();
    let (node, one) = (c"127.0.0.1".as_ptr(), service.as_ptr());
    // SAFETY: memory of this test.
    unsafe {
        let none = null_mut;
        for (result, expected) in [
            (
                truth(|| {
                    WSAConnectByNameA(
                        fresh,
                        node,
                        one,
                        none(),
                        null_mut(),
                        none(),
                        null_mut(),
                        &raw const late,
                        null_mut(),
                    )
                }),
                WsaError::WSAEINVAL,
            ),
            (
                truth(|| {
                    let reserved = overlapped.as_mut_ptr().cast();
                    WSAConnectByNameA(
                        fresh,
                        node,
                        one,
                        none(),
                        null_mut(),
                        none(),
                        null_mut(),
                        null_mut(),
                        reserved,
                    )
                }),
                WsaError::WSAEINVAL,
            ),
            (
                truth(|| {
                    let to = room.mut_ptr();
                    WSAConnectByNameA(
                        fresh,
                        node,
                        one,
                        &raw mut short,
                        to,
                        none(),
                        null_mut(),
                        null_mut(),
                        null_mut(),
                    )
                }),
                WsaError::WSAEFAULT,
            ),
        ] {
            assert_eq!(result, Err(expected));
        }
    }
    close_all([fresh, datagrams, taken, keeper]);
}

fn by_list(s: SOCKET, names: &mut [Name], time: *const ws2_timeval) -> Result<Name, WsaError> {
    let mut list = vec![0_u64; 1];
    for name in names.iter_mut() {
        let entry = SOCKET_ADDRESS { lpSockaddr: name.mut_ptr(), iSockaddrLength: name.len };
        list.push(entry.lpSockaddr.expose_provenance() as u64);
        list.push(entry.iSockaddrLength.unsigned_abs().into());
    }
    list[0] = names.len() as u64;
    let mut remote = Name::room();
    let mut remote_len = 128;
    // SAFETY: memory of this test.
    truth(|| unsafe {
        WSAConnectByList(
            s,
            list.as_mut_ptr().cast(),
            null_mut(),
            null_mut(),
            &raw mut remote_len,
            remote.mut_ptr(),
            time,
            null_mut(),
        )
    })?;
    remote.len = remote_len.cast_signed();
    Ok(remote)
}

#[test]
fn cn1_by_list() {
    stay_started();
    let (listening, name) = listener();
    let (keeper, refusing) = refusing_port();
    let s = socket(AF_INET, STREAM);
    assert_eq!(by_list(s, &mut [], null_mut()).unwrap_err(), WsaError::WSAEINVAL);
    assert_eq!(by_list(s, &mut [refusing], null_mut()).unwrap_err(), WsaError::WSAECONNREFUSED);
    // In order, until one answers.
    let six = Name::loopback(AF_INET6, 1);
    let remote = by_list(s, &mut [six, refusing, name], null_mut()).unwrap();
    assert_eq!(bytes(&remote), bytes(&name));
    close_all([s, accept(listening).unwrap(), keeper]);
    // The time is over: nobody takes the connections of a full listener.
    let full = socket(AF_INET, STREAM);
    let at = bound(full, AF_INET);
    listen(full, 1).unwrap();
    let mut waiting = Vec::new();
    for _ in 0..8 {
        let client = socket(AF_INET, STREAM);
        set_mode(client, true);
        let _ = connect(client, &at);
        waiting.push(client);
    }
    let s = socket(AF_INET, STREAM);
    let soon = ws2_timeval { tv_sec: 0, tv_usec: 1000 };
    assert_eq!(by_list(s, &mut [at], &raw const soon).unwrap_err(), WsaError::WSAETIMEDOUT);
    // Another try on the same socket is possible.
    let remote = by_list(s, &mut [name], null_mut()).unwrap();
    assert_eq!(bytes(&remote), bytes(&name));
    close_all(waiting);
    close_all([s, accept(listening).unwrap(), full, listening]);
}

#[test]
fn a_leaf_joins_a_group() {
    stay_started();
    // WSA_FLAG_OVERLAPPED | WSA_FLAG_MULTIPOINT_C_LEAF | WSA_FLAG_MULTIPOINT_D_LEAF.
    // SAFETY: NULL is allowed.
    let s = call_for_socket(|| unsafe { WSASocketA(2, 2, 17, null_mut(), 0, 0x15) }).unwrap();
    // SAFETY: likewise.
    let stream = call_for_socket(|| unsafe { WSASocketA(2, 1, 6, null_mut(), 0, 0x15) });
    assert_eq!(stream, Err(WsaError::WSAEINVAL));
    let stream = socket(AF_INET, STREAM);
    let join = |s, name: &Name, flags| {
        // SAFETY: memory of this test, and NULL.
        call_for_socket(|| unsafe {
            WSAJoinLeaf(s, name.ptr(), name.len, null_mut(), null_mut(), null_mut(), null_mut(), flags)
        })
    };
    let group = Name::v4([239, 255, 77, 7], 0);
    assert_eq!(join(INVALID_SOCKET, &group, 4), Err(WsaError::WSAENOTSOCK));
    assert_eq!(join(stream, &group, 4), Err(WsaError::WSAEOPNOTSUPP));
    assert_eq!(join(s, &group, 3), Err(WsaError::WSAEINVAL));
    assert_eq!(join(s, &loopback(0), 4), Err(WsaError::WSAEINVAL));
    assert_eq!(join(s, &group, 1), Ok(s), "who only sends joins nothing");
    close_all([s, stream]);
}

#[test]
fn a_datagram_in_part() {
    stay_started();
    let (near, far) = (socket(AF_INET, DGRAM), socket(AF_INET, DGRAM));
    let (near_name, far_name) = (bound(near, AF_INET), bound(far, AF_INET));
    connect(near, &far_name).unwrap();
    connect(far, &near_name).unwrap();
    send(near, b"long", 0).unwrap();
    send(near, b"ok", 0).unwrap();
    let mut buffer = [0_u8; 3];
    let mut flags = 0;
    let mut receive = |flags: &mut i32| {
        // SAFETY: memory of this test.
        call(|| unsafe { ws2_WSARecvEx(far, buffer.as_mut_ptr().cast(), 3, flags) })
    };
    assert_eq!((receive(&mut flags), flags), (Ok(3), 0x8000), "MSG_PARTIAL");
    flags = 2;
    assert_eq!((receive(&mut flags), flags), (Ok(2), 0), "MSG_PEEK");
    assert_eq!((receive(&mut flags), flags), (Ok(2), 0));
    flags = 0x40;
    assert_eq!(receive(&mut flags), Err(WsaError::WSAEINVAL));
    // SAFETY: NULL is refused.
    let refused = call(|| unsafe { ws2_WSARecvEx(far, buffer.as_mut_ptr().cast(), 3, null_mut()) });
    assert_eq!(refused, Err(WsaError::WSAEFAULT));
    close_all([near, far]);
    let (near, far) = tcp_pair();
    close(near).unwrap();
    let mut flags = 0;
    // SAFETY: memory of this test.
    let end = call(|| unsafe { ws2_WSARecvEx(far, buffer.as_mut_ptr().cast(), 3, &raw mut flags) });
    assert_eq!(end, Ok(0));
    close(far).unwrap();
}

#[test]
fn names_of_networks() {
    stay_started();
    // SAFETY: a text, and NULL.
    unsafe {
        assert_eq!(ws2_inet_network(c"127.1".as_ptr()), 0x7F01);
        assert_eq!(ws2_inet_network(null_mut()), u32::MAX);
        assert!(ws2_getnetbyname(c"nosuchnetwork".as_ptr()).is_null());
    }
    assert_eq!(WSAGetLastError(), 11004);
    if std::fs::read_to_string("/etc/networks").is_ok_and(|text| text.contains("loopback")) {
        // SAFETY: the thread's structure.
        unsafe {
            let found = ws2_getnetbyname(c"LOOPBACK".as_ptr());
            assert_eq!(((*found).n_addrtype, (*found).n_net), (2, 0x7F00_0000));
        }
    }
}
