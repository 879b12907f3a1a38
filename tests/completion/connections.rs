//! mswsock's functions: rows EX1, EX2, AX1 to AX11, CX1 to CX7, DX1 to DX4, CP18, OE11.

use std::ffi::c_void;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::ptr::null_mut;

use crate::words::*;
use ws2_32::ffi::types::message::{GROUP, QOS, WSABUF};
use ws2_32::ffi::types::*;
use ws2_32::ffi::*;

/// An IPv4 address and what it needs beside.
const ROOM: u32 = 16 + 16;

type ConnectEx = unsafe extern "C" fn(
    SOCKET,
    *const ws2_sockaddr,
    i32,
    *mut c_void,
    u32,
    *mut u32,
    *mut OVERLAPPED,
) -> BOOL;
type DisconnectEx = unsafe extern "C" fn(SOCKET, *mut OVERLAPPED, u32, u32) -> BOOL;

const CONNECT_EX: [u8; 16] =
    [0xb9, 0x07, 0xa2, 0x25, 0xf3, 0xdd, 0x60, 0x46, 0x8e, 0xe9, 0x76, 0xe5, 0x8c, 0x74, 0x06, 0x3e];
const DISCONNECT_EX: [u8; 16] =
    [0x11, 0x2e, 0xda, 0x7f, 0x30, 0x86, 0x6f, 0x43, 0xa0, 0x31, 0xf5, 0x36, 0xa6, 0xee, 0xc1, 0x57];
const ACCEPT_EX: [u8; 16] =
    [0xf1, 0x7d, 0x36, 0xb5, 0xac, 0xcb, 0xcf, 0x11, 0x95, 0xca, 0x00, 0x80, 0x5f, 0x48, 0xa1, 0x92];

/// `SIO_GET_EXTENSION_FUNCTION_POINTER`.
pub(crate) fn extension(s: SOCKET, guid: [u8; 16], over: *mut OVERLAPPED) -> (Outcome, u32, usize) {
    let (mut count, mut found) = (COUNT, 0_usize);
    let got = call(|| unsafe {
        WSAIoctl(
            s,
            0xC800_0006,
            guid.as_ptr().cast_mut().cast(),
            16,
            (&raw mut found).cast(),
            8,
            &raw mut count,
            over,
            None,
        )
    });
    (got, count, found)
}

fn connect_ex(s: SOCKET, name: &Name, load: &[u8], over: &Over) -> (bool, i32) {
    let (_, _, at) = extension(s, CONNECT_EX, null_mut());
    let (good, error) = with_error(|| unsafe {
        let connect = std::mem::transmute::<usize, ConnectEx>(at);
        connect(
            s,
            name.ptr(),
            name.len,
            load.as_ptr().cast_mut().cast(),
            load.len() as u32,
            null_mut(),
            over.ptr(),
        )
    });
    (good == 1, error as i32)
}

fn disconnect_ex(s: SOCKET, over: *mut OVERLAPPED, flags: u32, reserved: u32) -> (bool, i32) {
    let any = socket(AF_INET, STREAM);
    let (_, _, at) = extension(any, DISCONNECT_EX, null_mut());
    close(any).unwrap();
    let (good, error) =
        with_error(|| unsafe { std::mem::transmute::<usize, DisconnectEx>(at)(s, over, flags, reserved) });
    (good == 1, error as i32)
}

pub(crate) fn accept_ex(
    listener: SOCKET,
    accept: SOCKET,
    buffer: &mut [u8],
    parts: [u32; 3],
    over: &Over,
) -> (bool, i32) {
    let [data, local, remote] = parts;
    let at = if buffer.is_empty() { null_mut() } else { buffer.as_mut_ptr().cast() };
    let (good, error) = with_error(|| unsafe {
        ws2_AcceptEx(listener, accept, at, data, local, remote, null_mut(), over.ptr())
    });
    (good == 1, error as i32)
}

pub(crate) const BEGUN: (bool, i32) = (false, 997);
/// No handle.
const BAD_EVENT: usize = 0x4FFF_FFF0;

fn connected(s: SOCKET) -> bool {
    let (mut seconds, mut len) = (0_u32, 4);
    let got = call(|| unsafe { ws2_getsockopt(s, 0xFFFF, 0x700C, (&raw mut seconds).cast(), &raw mut len) });
    assert_eq!(got, Ok(0));
    seconds != u32::MAX
}

/// EX1, EX2: on any socket; an unknown GUID; a packet all the same.
#[test]
fn ex1_functions_by_guid() {
    stay_started();
    let (tcp, udp) = (socket(AF_INET, STREAM), socket(AF_INET, DGRAM));
    let port = Port::of(&[tcp]);
    for s in [tcp, udp] {
        for guid in [ACCEPT_EX, CONNECT_EX, DISCONNECT_EX] {
            let (got, count, found) = extension(s, guid, null_mut());
            assert_eq!((got, count), (Ok(0), 8));
            assert_ne!(found, 0);
        }
    }
    assert_eq!(extension(tcp, ACCEPT_EX, null_mut()).2, ws2_AcceptEx as *const () as usize);
    let over = Over::new();
    assert_eq!(extension(tcp, [7; 16], over.ptr()), (Err(E::WSAEINVAL), COUNT, 0));
    assert_eq!(over.state(), (0xDEAD, 0xBEEF), "OV6");
    assert!(port.is_empty());
    assert_eq!(extension(tcp, ACCEPT_EX, over.ptr()).1, 8);
    assert_eq!(over.state(), (0, 0));
    assert_eq!(port.get(0), success(0, tcp, over.ptr().addr()), "EX2");
    let none = call(|| unsafe {
        WSAIoctl(tcp, 0xC800_0006, null_mut(), 0, null_mut(), 0, null_mut(), over.ptr(), None)
    });
    assert_eq!(none, Err(E::WSAEFAULT), "OV7");
    assert_eq!(extension(INVALID_SOCKET, ACCEPT_EX, null_mut()).0, Err(E::WSAENOTSOCK));
    shut_all([tcp, udp]);
}

/// AX1, AX2: what is refused, in which order; Internal says pending before that.
#[test]
fn ax1_checks() {
    stay_started();
    let (listening, _) = listener();
    let (fresh, udp) = (socket(AF_INET, STREAM), socket(AF_INET, DGRAM));
    let (bound_one, six) = (socket(AF_INET, STREAM), socket(AF_INET6, STREAM));
    bound(bound_one, AF_INET);
    let (near, far) = both();
    let mut buffer = [0; 256];
    let good = [0, ROOM, ROOM];
    let none =
        with_error(|| unsafe { ws2_AcceptEx(1 << 20, 1 << 20, null_mut(), 0, 0, 0, null_mut(), null_mut()) });
    assert_eq!(none, (0, 87));
    for (what, listener, accept, room, parts, code) in [
        ("no listener", 1 << 20, fresh, 256, good, 10038),
        ("no accept socket", listening, 1 << 20, 256, good, 10038),
        ("no buffer", listening, fresh, 0, good, 10014),
        ("no room for the remote address", listening, fresh, 256, [0, ROOM, 0], 10014),
        ("does not listen", fresh, bound_one, 256, good, 10022),
        ("UDP", listening, udp, 256, good, 10022),
        ("bound", listening, bound_one, 256, good, 10022),
        ("connected", listening, near, 256, good, 10022),
        ("another family", listening, six, 256, good, 10022),
        ("the listener itself", listening, listening, 256, good, 10022),
    ] {
        let over = Over::new();
        assert_eq!(accept_ex(listener, accept, &mut buffer[..room], parts, &over), (false, code), "{what}");
        assert_eq!(over.state(), (PENDING, 0xBEEF), "AX2 {what}");
    }
    let over = Over::new();
    assert_eq!(accept_ex(listening, fresh, &mut buffer, good, &over), BEGUN);
    assert_eq!(accept_ex(listening, fresh, &mut buffer, good, &Over::new()), (false, 10022), "in use");
    assert_eq!(connect(fresh, &local_name(listening).unwrap()), Err(E::WSAEINVAL), "AX6");
    assert_eq!(connect_ex(fresh, &local_name(listening).unwrap(), b"", &Over::new()), (false, 10022), "AX6");
    assert_eq!(ws2_CancelIo(handle(fresh)), 1);
    assert!(over.is_pending(), "OE13: it belongs to the listener");
    assert_eq!(ws2_CancelIo(handle(listening)), 1);
    assert_eq!(over.ends(), (CANCELLED, 0));
    assert_eq!(accept_ex(listening, fresh, &mut buffer, good, &over), BEGUN, "free again");
    close(fresh).unwrap();
    assert_eq!(over.ends(), (CANCELLED, 0), "OE11: the accept socket is closed");
    let other = socket(AF_INET, STREAM);
    assert_eq!(accept_ex(listening, other, &mut buffer, good, &over), BEGUN);
    close(listening).unwrap();
    assert_eq!(over.ends(), (CANCELLED, 0), "OE11: the listener is closed");
    shut_all([udp, bound_one, six, near, far, other]);
}

fn addresses(buffer: &mut [u8], parts: [u32; 3]) -> [Option<(i32, u16)>; 2] {
    let [data, local, remote] = parts;
    let (mut here, mut there) = (null_mut(), null_mut());
    let (mut here_len, mut there_len) = (-1, -1);
    unsafe {
        ws2_GetAcceptExSockaddrs(
            buffer.as_mut_ptr().cast(),
            data,
            local,
            remote,
            &raw mut here,
            &raw mut here_len,
            &raw mut there,
            &raw mut there_len,
        );
    }
    let port = |at: *mut ws2_sockaddr, len: i32| {
        (!at.is_null()).then(|| {
            let bytes: [u8; 4] = unsafe { at.cast::<[u8; 4]>().read_unaligned() };
            (len, u16::from_be_bytes([bytes[2], bytes[3]]))
        })
    };
    [port(here, here_len), port(there, there_len)]
}

/// AX5, AX7, AX9, AX10, AX11, CP18: with and without first data, over both families; what the accept socket is afterwards.
#[test]
fn ax5_accepting() {
    stay_started();
    for (family, len) in [(AF_INET, 16), (AF_INET6, 28)] {
        for (data, local) in [(0, true), (2, true), (2, false)] {
            let listening = socket(family, STREAM);
            let name = bound(listening, family);
            call(|| ws2_listen(listening, 8)).unwrap();
            let accept = socket(family, STREAM);
            set_nonblocking(accept, true);
            let port = Port::of(&[listening, accept]);
            let over = Over::new();
            let mut buffer = [0; 256];
            let parts = [data, if local { len + 16 } else { 0 }, len + 16];
            assert_eq!(accept_ex(listening, accept, &mut buffer, parts, &over), BEGUN);
            assert!(!connected(accept));
            let client = socket(family, STREAM);
            connect(client, &name).unwrap();
            if data > 0 {
                wait_until("it is connected", || connected(accept));
                assert!(port.is_empty(), "AX5: waits for data");
                assert_eq!(send(client, b"x", 0), Ok(1));
            }
            let bytes = u32::from(data > 0);
            assert_eq!(port.next(), success(bytes, listening, over.ptr().addr()), "CP18: the listener's key");
            assert_eq!(over.state(), (0, bytes as usize));
            assert_eq!(&buffer[..1], if data > 0 { b"x" } else { &buffer[..1] });
            let there = local_name(client).unwrap().port();
            let here = local.then_some((len as i32, name.port()));
            assert_eq!(addresses(&mut buffer, parts), [here, Some((len as i32, there))]);
            assert_eq!(peer_name(accept).unwrap().port(), there, "AX9");
            let mut bytes = [0; 4];
            assert_eq!(recv(accept, &mut bytes, 0), Err(E::WSAEWOULDBLOCK), "its own mode");
            let update = |value: &[u8]| {
                let (at, len) = (value.as_ptr().cast(), value.len() as i32);
                number(call(|| unsafe { ws2_setsockopt(accept, 0xFFFF, 0x700B, at, len) }))
            };
            assert_eq!(update(&listening.to_ne_bytes()), 0, "AX10");
            assert_eq!(update(&[0; 4]), 10014);
            assert_eq!(update(&(1_usize << 20).to_ne_bytes()), 10038);
            assert_eq!(update(&client.to_ne_bytes()), 10022);
            let again = Over::new();
            assert_eq!(recv_over(accept, &mut bytes, &again), IO_PENDING);
            assert_eq!(send(client, b"abc", 0), Ok(3));
            assert_eq!(port.next(), success(3, accept, again.ptr().addr()), "AX11: its own key");
            shut_all([listening, accept, client]);
        }
    }
}

/// AX5: the peer's end before any data is success with 0 bytes.
#[test]
fn ax5_the_peer_ends_first() {
    stay_started();
    let (listening, name) = listener();
    let accept = socket(AF_INET, STREAM);
    let over = Over::new();
    let mut buffer = [0; 128];
    assert_eq!(accept_ex(listening, accept, &mut buffer, [8, ROOM, ROOM], &over), BEGUN);
    drop(TcpStream::connect(("127.0.0.1", name.port())).unwrap());
    assert_eq!(over.ends(), (0, 0));
    shut_all([listening, accept]);
}

/// AX3: where an address does not fit the operation fails, and the connection stays for `accept`.
#[test]
fn ax3_no_room_for_an_address() {
    stay_started();
    for parts in [[0, 3, ROOM], [0, 16 + 4, ROOM], [0, ROOM, 1]] {
        let (listening, name) = listener();
        let accept_socket = socket(AF_INET, STREAM);
        let over = Over::new();
        let mut buffer = [0; 128];
        assert_eq!(accept_ex(listening, accept_socket, &mut buffer, parts, &over), BEGUN);
        let mut client = TcpStream::connect(("127.0.0.1", name.port())).unwrap();
        assert_eq!(over.ends(), (0xC000_0023, 0));
        assert_eq!(windows_outcome(listening, &over, false), (Err(122), 0));
        assert_eq!(outcome(listening, &over, false).0, Err(10014));
        let accepted = accept(listening).unwrap();
        client.write_all(b"abc").unwrap();
        wait_until("it comes", || take(accepted).is_ok_and(|bytes| bytes == b"abc"));
        assert_eq!(
            accept_ex(listening, accept_socket, &mut buffer, [0, ROOM, ROOM], &over),
            BEGUN,
            "still fresh"
        );
        shut_all([listening, accept_socket, accepted]);
    }
}

/// An `AcceptEx` that fails leaves nothing at its socket: another one with the same OVERLAPPED goes on when that is closed.
#[test]
fn ax_one_that_failed_belongs_to_no_socket() {
    stay_started();
    let (listening, name) = listener();
    let (first, second) = (socket(AF_INET, STREAM), socket(AF_INET, STREAM));
    let (mut over, mut buffer) = (Over::with(handle(BAD_EVENT)), [0; 128]);
    assert_eq!(accept_ex(listening, first, &mut buffer, [0, ROOM, ROOM], &over), (false, 6));
    over.set_event(null_mut());
    assert_eq!(accept_ex(listening, second, &mut buffer, [0, ROOM, ROOM], &over), BEGUN);
    close(first).unwrap();
    assert!(over.is_pending());
    drop(TcpStream::connect(("127.0.0.1", name.port())).unwrap());
    assert_eq!(over.ends(), (0, 0));
    shut_all([listening, second]);
}

/// What a condition function does before it puts the connection off.
struct Meanwhile {
    listening: SOCKET,
    accept: SOCKET,
    buffer: [u8; 128],
    over: Over,
}

unsafe extern "C" fn accepts_and_puts_off(
    _: *mut WSABUF,
    _: *mut WSABUF,
    _: *mut QOS,
    _: *mut QOS,
    _: *mut WSABUF,
    _: *mut WSABUF,
    _: *mut GROUP,
    meanwhile: usize,
) -> i32 {
    const CF_DEFER: i32 = 2;
    let meanwhile = unsafe { &mut *std::ptr::with_exposed_provenance_mut::<Meanwhile>(meanwhile) };
    let Meanwhile { listening, accept, buffer, over } = meanwhile;
    assert_eq!(accept_ex(*listening, *accept, buffer, [0, ROOM, ROOM], over), BEGUN);
    assert!(over.is_pending(), "nothing is there now");
    CF_DEFER
}

/// AX8: an `AcceptEx` that begins while the connection is away gets it when it is put off.
#[test]
fn ax8_what_is_put_off_is_for_who_waits() {
    stay_started();
    let (listening, name) = listener();
    let _client = TcpStream::connect(("127.0.0.1", name.port())).unwrap();
    let (accept, over) = (socket(AF_INET, STREAM), Over::new());
    let mut meanwhile = Meanwhile { listening, accept, buffer: [0; 128], over };
    let at = (&raw mut meanwhile).expose_provenance();
    let taken = call_for_socket(|| unsafe {
        WSAAccept(listening, null_mut(), null_mut(), Some(accepts_and_puts_off), at)
    });
    assert_eq!(taken, Err(E::WSATRY_AGAIN));
    assert_eq!(meanwhile.over.ends(), (0, 0));
    shut_all([listening, accept]);
}

/// AX8: in order, and before accept; a connection that is there already is taken at once.
#[test]
fn ax8_in_order() {
    stay_started();
    let (listening, name) = listener();
    let port = Port::of(&[listening]);
    let first = TcpStream::connect(("127.0.0.1", name.port())).unwrap();
    let sockets: Vec<_> = (0..3).map(|_| socket(AF_INET, STREAM)).collect();
    let overs: Vec<_> = (0..3).map(|_| Over::new()).collect();
    let mut buffers = [[0; 64]; 3];
    for ((s, over), buffer) in sockets.iter().zip(&overs).zip(&mut buffers) {
        assert_eq!(accept_ex(listening, *s, buffer, [0, ROOM, ROOM], over), BEGUN);
    }
    assert_eq!(port.next(), success(0, listening, overs[0].ptr().addr()));
    let others: Vec<_> = (0..2).map(|_| TcpStream::connect(("127.0.0.1", name.port())).unwrap()).collect();
    for over in &overs[1..] {
        assert_eq!(port.next(), success(0, listening, over.ptr().addr()));
    }
    for (client, s) in std::iter::once(&first).chain(&others).zip(&sockets) {
        assert_eq!(peer_name(*s).unwrap().port(), client.local_addr().unwrap().port());
    }
    sockets.into_iter().for_each(|s| assert!(close(s).is_ok()));
    close(listening).unwrap();
}

/// AX4: a remote address with less room than is documented begins all the same.
#[test]
fn ax4_less_room() {
    stay_started();
    let (listening, _) = listener();
    let accept = socket(AF_INET, STREAM);
    let over = Over::new();
    assert_eq!(accept_ex(listening, accept, &mut [0; 64], [0, ROOM, ROOM - 1], &over), BEGUN);
    assert_eq!(ws2_CancelIo(handle(listening)), 1);
    assert_eq!(over.ends(), (CANCELLED, 0));
    shut_all([listening, accept]);
}

/// CX6: while the connection is being made: a listener that takes no more lets it wait.
#[test]
fn cx6_while_it_waits() {
    stay_started();
    let full = socket(AF_INET, STREAM);
    let name = bound(full, AF_INET);
    assert_eq!(call(|| ws2_listen(full, 0)), Ok(0));
    let mut sockets = Vec::new();
    let pending = (0..64).find_map(|_| {
        let s = socket(AF_INET, STREAM);
        bound(s, AF_INET);
        sockets.push(s);
        let over = Over::new();
        assert_eq!(connect_ex(s, &name, b"", &over), BEGUN);
        (0..100).for_each(|_| {
            if over.is_pending() {
                std::thread::sleep(std::time::Duration::from_millis(1))
            }
        });
        over.is_pending().then_some((s, over))
    });
    let (s, over) = pending.expect("a listener of length 0 takes them all");
    assert_eq!(connect(s, &name), Err(E::WSAEINVAL));
    assert_eq!(connect_ex(s, &name, b"", &Over::new()), (false, 10022));
    set_nonblocking(s, true);
    assert_eq!(send(s, b"x", 0), Err(E::WSAENOTCONN));
    assert_eq!(recv(s, &mut [0; 4], 0), Err(E::WSAENOTCONN));
    assert_eq!(recv_over(s, &mut [0; 4], &Over::new()).0, Err(E::WSAENOTCONN));
    assert!(local_name(s).is_ok());
    assert!(over.is_pending());
    sockets.into_iter().for_each(|s| assert!(close(s).is_ok()));
    assert_eq!(over.ends(), (0xC000_0241, 0));
    close(full).unwrap();
}

/// What the OVERLAPPED refuses is refused before anything is done.
#[test]
fn cx_no_event_no_connection() {
    stay_started();
    let (listening, name) = listener();
    let s = socket(AF_INET, STREAM);
    bound(s, AF_INET);
    assert_eq!(connect_ex(s, &name, b"", &Over::with(handle(BAD_EVENT))), (false, 6));
    set_mode(listening, true);
    assert_eq!(accept(listening), Err(E::WSAEWOULDBLOCK));
    let over = Over::new();
    assert_eq!(connect_ex(s, &name, b"", &over), BEGUN, "as fresh as before");
    assert_eq!(over.ends(), (0, 0));
    let other = socket(AF_INET, DGRAM);
    let over = Over::with(handle(BAD_EVENT));
    let (mut on, mut count) = (1_u32, 0);
    let refused = call(|| unsafe {
        let on = (&raw mut on).cast();
        WSAIoctl(other, 0x8004_667E, on, 4, null_mut(), 0, &raw mut count, over.ptr(), None)
    });
    assert_eq!(refused, Err(E::WSA_INVALID_HANDLE));
    assert!(!is_nonblocking(other));
    shut_all([listening, s, other]);
}

/// CX1: what is refused.
#[test]
fn cx1_checks() {
    stay_started();
    let (listening, name) = listener();
    let (unbound, udp) = (socket(AF_INET, STREAM), socket(AF_INET, DGRAM));
    bound(udp, AF_INET);
    let (near, far) = both();
    let over = Over::new();
    for (what, s, code) in [
        ("unbound", unbound, 10022),
        ("a listener", listening, 10022),
        ("UDP", udp, 10022),
        ("connected", near, 10056),
        ("accepted", far, 10056),
    ] {
        assert_eq!(connect_ex(s, &name, b"", &over), (false, code), "{what}");
    }
    let (_, _, at) = extension(unbound, CONNECT_EX, null_mut());
    let connect = unsafe { std::mem::transmute::<usize, ConnectEx>(at) };
    let call = |s: SOCKET, name: *const ws2_sockaddr, len: i32, over: *mut OVERLAPPED| {
        with_error(|| unsafe { connect(s, name, len, null_mut(), 0, null_mut(), over) })
    };
    bound(unbound, AF_INET);
    assert_eq!(call(unbound, name.ptr(), name.len, null_mut()), (0, 87));
    assert_eq!(call(1 << 20, name.ptr(), name.len, over.ptr()), (0, 10038));
    assert_eq!(call(unbound, name.ptr(), 5, over.ptr()), (0, 10014));
    assert_eq!(call(unbound, std::ptr::without_provenance(8), 16, over.ptr()), (0, 10014));
    assert_eq!(over.state(), (PENDING, 0xBEEF), "OV6");
    shut_all([listening, unbound, udp, near, far]);
}

/// CX2, CX3, CX5, CX7: with and without first data, of which a copy is sent.
#[test]
fn cx2_connecting() {
    stay_started();
    for load in [&b""[..], b"hello"] {
        let (listening, name) = listener();
        let s = socket(AF_INET, STREAM);
        bound(s, AF_INET);
        let port = Port::of(&[s]);
        assert_eq!(ws2_SetFileCompletionNotificationModes(handle(s), 1), 1);
        let over = Over::new();
        let mut copy = load.to_vec();
        assert_eq!(connect_ex(s, &name, &copy, &over), BEGUN, "CX2: always");
        copy.fill(0);
        assert_eq!(port.next(), success(load.len() as u32, s, over.ptr().addr()));
        assert!(connected(s));
        let accepted = accept(listening).unwrap();
        if !load.is_empty() {
            wait_until("it comes", || take(accepted).is_ok_and(|bytes| bytes == load));
        }
        assert_eq!(connect(s, &name), Err(E::WSAEINVAL), "CX5");
        let update = call(|| unsafe { ws2_setsockopt(s, 0xFFFF, 0x7010, std::ptr::null(), 0) });
        assert_eq!(update, Ok(0));
        assert_eq!(connect(s, &name), Err(E::WSAEISCONN), "CX5");
        shut_all([listening, s, accepted]);
    }
}

/// CX4: refused; the socket can be connected afterwards.
#[test]
fn cx4_refused() {
    stay_started();
    let (gone, nowhere) = listener();
    close(gone).unwrap();
    let s = socket(AF_INET, STREAM);
    bound(s, AF_INET);
    let port = Port::of(&[s]);
    let over = Over::new();
    assert_eq!(connect_ex(s, &nowhere, b"x", &over), BEGUN);
    assert_eq!(port.next(), failure(1225, 0, s, over.ptr().addr()));
    assert_eq!(outcome(s, &over, false), (Err(10061), 0, 0xABCD));
    let (listening, name) = listener();
    assert_eq!(connect_ex(s, &name, b"", &over), BEGUN);
    assert_eq!(port.next(), success(0, s, over.ptr().addr()));
    shut_all([listening, s]);
}

/// DX1, DX2, DX3: checks; the end of sending; what works afterwards.
#[test]
fn dx1_disconnecting() {
    let (near, far) = both();
    let fresh = socket(AF_INET, STREAM);
    let over = Over::new();
    assert_eq!(disconnect_ex(1 << 20, over.ptr(), 0, 0), (false, 10038));
    assert_eq!(disconnect_ex(fresh, over.ptr(), 0, 0), (false, 10057));
    assert_eq!(disconnect_ex(near, over.ptr(), 1, 0), (false, 10022));
    assert_eq!(disconnect_ex(near, over.ptr(), 0, 1), (false, 10022));
    let port = Port::of(&[near]);
    assert_eq!(disconnect_ex(near, over.ptr(), 0, 0), BEGUN);
    assert_eq!(port.next(), success(0, near, over.ptr().addr()));
    assert_eq!(send(near, b"x", 0), Err(E::WSAESHUTDOWN));
    assert_eq!(send(far, b"abc", 0), Ok(3));
    wait_until("it comes", || take(near).is_ok_and(|bytes| bytes == b"abc"));
    assert!(peer_name(near).is_ok());
    assert_eq!(disconnect_ex(near, null_mut(), 0, 0), (true, 0), "DX2");
    assert_eq!(disconnect_ex(near, null_mut(), 0, 0), (true, 0), "DX2: again");
    assert!(port.is_empty(), "CP17");
    shut_all([near, far, fresh]);
}

/// DX2: the end goes out behind the sends that wait.
#[test]
fn dx2_behind_sends() {
    let (near, peer) = ours().leave();
    let port = Port::of(&[near]);
    let load = vec![7; 16 << 20];
    let (sent, ended) = (Over::new(), Over::new());
    assert_eq!(send_over(near, &load, &sent), IO_PENDING);
    assert_eq!(disconnect_ex(near, ended.ptr(), 0, 0), BEGUN);
    assert!(ended.is_pending());
    assert!(peer.read_all() == load);
    assert_eq!(port.next(), success(load.len() as u32, near, sent.ptr().addr()));
    assert_eq!(port.next(), success(0, near, ended.ptr().addr()));
    close(near).unwrap();
}

/// DX4: TF_REUSE_SOCKET leaves a fresh socket under the number, with its port.
#[test]
fn dx4_reuse() {
    stay_started();
    let (listening, name) = listener();
    let accept = socket(AF_INET, STREAM);
    let port = Port::of(&[listening, accept]);
    let mut buffer = [0; 64];
    for round in 0..3 {
        let over = Over::new();
        assert_eq!(accept_ex(listening, accept, &mut buffer, [0, ROOM, ROOM], &over), BEGUN, "{round}");
        let mut client = TcpStream::connect(("127.0.0.1", name.port())).unwrap();
        assert_eq!(port.next(), success(0, listening, over.ptr().addr()));
        assert_eq!(send(accept, b"bye", 0), Ok(3));
        assert_eq!(disconnect_ex(accept, over.ptr(), 2, 0), BEGUN);
        let mut bytes = Vec::new();
        client.read_to_end(&mut bytes).unwrap();
        assert_eq!(bytes, b"bye");
        assert!(over.is_pending(), "waits for the peer");
        drop(client);
        assert_eq!(port.next(), success(0, accept, over.ptr().addr()));
        assert!(!connected(accept));
    }
    shut_all([listening, accept]);
}
