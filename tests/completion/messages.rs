//! `WSASendMsg` and `WSARecvMsg`: rows MX1 to MX6, R13.

use std::ptr::{null_mut, without_provenance_mut};

use crate::connections::extension;
use crate::words::*;
use ws2_32::ffi::types::message::WSABUF;
use ws2_32::ffi::types::*;
use ws2_32::ffi::*;

type ReceiveMessage = unsafe extern "C" fn(
    SOCKET,
    *mut WSAMSG,
    *mut u32,
    *mut OVERLAPPED,
    LPWSAOVERLAPPED_COMPLETION_ROUTINE,
) -> i32;

const RECEIVE_MESSAGE: [u8; 16] =
    [0xc8, 0xd7, 0x89, 0xf6, 0x1f, 0x6f, 0x6b, 0x43, 0x8a, 0x53, 0xe5, 0x4f, 0xe3, 0x51, 0xc3, 0x22];

struct Letter {
    message: Box<WSAMSG>,
    _bufs: Box<[WSABUF; 1]>,
    data: Box<[u8; 16]>,
    name: Box<[u8; 64]>,
    control: Vec<u64>,
}

fn letter(control: usize) -> Letter {
    let mut data = Box::new([0; 16]);
    let mut name = Box::new([0; 64]);
    let mut room = vec![0_u64; control.div_ceil(8)];
    let mut bufs = Box::new([WSABUF { len: 16, buf: data.as_mut_ptr().cast() }]);
    let at = if control == 0 { null_mut() } else { room.as_mut_ptr().cast() };
    let message = Box::new(WSAMSG {
        name: name.as_mut_ptr().cast(),
        namelen: 64,
        lpBuffers: bufs.as_mut_ptr(),
        dwBufferCount: 1,
        Control: WSABUF { len: control as u32, buf: at },
        dwFlags: 0,
    });
    Letter { message, _bufs: bufs, data, name, control: room }
}

impl Letter {
    fn receive(&mut self, s: SOCKET, over: *mut OVERLAPPED) -> Begun {
        let any = socket(AF_INET, DGRAM);
        let (_, _, at) = extension(any, RECEIVE_MESSAGE, null_mut());
        close(any).unwrap();
        let receive = unsafe { std::mem::transmute::<usize, ReceiveMessage>(at) };
        let mut count = COUNT;
        (call(|| unsafe { receive(s, &raw mut *self.message, &raw mut count, over, None) }), count)
    }

    fn control(&self) -> Vec<u8> {
        let len = self.message.Control.len as usize;
        self.control.iter().flat_map(|word| word.to_ne_bytes()).take(len).collect()
    }
}

fn udp_pair() -> (SOCKET, SOCKET) {
    stay_started();
    let (to, from) = (socket(AF_INET, DGRAM), socket(AF_INET, DGRAM));
    connect(from, &bound(to, AF_INET)).unwrap();
    (to, from)
}

fn packet_info(s: SOCKET) {
    let on = 1_u32;
    assert_eq!(call(|| unsafe { ws2_setsockopt(s, 0, 19, (&raw const on).cast(), 4) }), Ok(0));
}

fn info_of_loopback() -> Vec<u8> {
    let index = unsafe { libc::if_nametoindex(c"lo".as_ptr()) };
    let mut bytes = 24_u64.to_ne_bytes().to_vec();
    bytes.extend([0_i32.to_ne_bytes(), 19_i32.to_ne_bytes(), [127, 0, 0, 1], index.to_ne_bytes()].concat());
    bytes
}

/// MX1: what is refused.
#[test]
fn mx1_checks() {
    let (to, from) = udp_pair();
    let (near, far) = both();
    let (_, _, at) = extension(to, RECEIVE_MESSAGE, null_mut());
    let receive = unsafe { std::mem::transmute::<usize, ReceiveMessage>(at) };
    let mut count = 0;
    for bad in [null_mut(), without_provenance_mut(8)] {
        assert_eq!(call(|| unsafe { receive(to, bad, &raw mut count, null_mut(), None) }), Err(E::WSAEFAULT));
        assert_eq!(
            call(|| unsafe { WSASendMsg(from, bad, 0, &raw mut count, null_mut(), None) }),
            Err(E::WSAEFAULT),
            "MX5"
        );
    }
    let mut one = letter(0);
    assert_eq!(one.receive(near, null_mut()).0, Err(E::WSAEINVAL), "a stream");
    let message = &raw mut *one.message;
    assert_eq!(
        call(|| unsafe { WSASendMsg(near, message, 0, &raw mut count, null_mut(), None) }),
        Err(E::WSAEINVAL),
        "MX5"
    );
    assert_eq!(
        call(|| unsafe { WSASendMsg(from, message, 0, null_mut(), null_mut(), None) }),
        Err(E::WSAEFAULT),
        "MX5"
    );
    assert_eq!(one.receive(1 << 20, null_mut()).0, Err(E::WSAENOTSOCK));
    shut_all([to, from, near, far]);
}

/// MX2, MX3: with and without room for control data, at once and later.
#[test]
fn mx2_control_data() {
    for later in [false, true] {
        let (to, from) = udp_pair();
        let sender = local_name(from).unwrap().port();
        let exchange = |letter: &mut Letter| -> (Result<(), E>, u32) {
            if !later {
                assert_eq!(send(from, b"hello", 0), Ok(5));
                wait_until("it comes", || recv(to, &mut [0; 16], MSG_PEEK) == Ok(5));
                let (result, count) = letter.receive(to, null_mut());
                return (result.map(|_| ()), count);
            }
            let over = Over::new();
            assert_eq!(letter.receive(to, over.ptr()), IO_PENDING);
            assert_eq!(send(from, b"hello", 0), Ok(5));
            over.ends();
            let (result, count, _) = outcome(to, &over, true);
            (result.map_err(E::from_number), count)
        };
        let mut none = letter(0);
        assert_eq!(exchange(&mut none), (Ok(()), 5), "MX2: nothing is wanted");
        assert_eq!((none.message.dwFlags, none.message.Control.len, &none.data[..5]), (0, 0, &b"hello"[..]));
        assert_eq!((none.message.namelen, u16::from_be_bytes([none.name[2], none.name[3]])), (16, sender));
        packet_info(to);
        let mut enough = letter(64);
        assert_eq!(exchange(&mut enough), (Ok(()), 5), "MX3");
        assert_eq!(enough.message.dwFlags, 0);
        assert_eq!(enough.control(), info_of_loopback());
        for short in [0, 8, 16] {
            let mut little = letter(short);
            assert_eq!(exchange(&mut little), (Err(E::WSAEMSGSIZE), 5), "MX2: {short}");
            assert_eq!((little.message.dwFlags, &little.data[..5]), (0x200, &b"hello"[..]));
        }
        shut_all([to, from]);
    }
}

/// MX3: the way of a packet in the form that is asked for: address, interface, or both, at once and later, of both families.
#[test]
fn mx3_the_way_of_a_packet() {
    const PKTINFO: i32 = 19;
    const RECVIF: i32 = 24;
    const RECVDSTADDR: i32 = 25;
    let index = unsafe { libc::if_nametoindex(c"lo".as_ptr()) }.to_ne_bytes();
    stay_started();
    for (family, level, host) in
        [(AF_INET, 0, vec![127, 0, 0, 1]), (AF_INET6, 41, [&[0; 15][..], &[1]].concat())]
    {
        let (to, from) = (socket(family, DGRAM), socket(family, DGRAM));
        connect(from, &bound(to, family)).unwrap();
        let message = |kind: i32, data: &[u8]| {
            let mut bytes = (16 + data.len() as u64).to_ne_bytes().to_vec();
            bytes.extend([i32::to_ne_bytes(level), kind.to_ne_bytes()].concat());
            bytes.extend(data);
            bytes.resize(bytes.len().next_multiple_of(8), 0);
            bytes
        };
        let both = message(PKTINFO, &[&host[..], &index].concat());
        let (interface, address) = (message(RECVIF, &index), message(RECVDSTADDR, &host));
        for (name, on, expected) in [
            (RECVIF, 1_u32, interface.clone()),
            (RECVDSTADDR, 1, [&interface[..], &address].concat()),
            (PKTINFO, 1, [&both[..], &interface, &address].concat()),
            (RECVIF, 0, [&both[..], &address].concat()),
            (PKTINFO, 0, address),
            (RECVDSTADDR, 0, vec![]),
        ] {
            let set = || unsafe { ws2_setsockopt(to, level, name, (&raw const on).cast(), 4) };
            assert_eq!(call(set), Ok(0));
            let mut later = letter(256);
            let over = Over::new();
            assert_eq!(later.receive(to, over.ptr()), IO_PENDING);
            assert_eq!(send(from, b"hello", 0), Ok(5));
            over.ends();
            assert_eq!(later.control(), expected, "later: {family} {name} {on}");
            assert_eq!(send(from, b"hello", 0), Ok(5));
            wait_until("it comes", || recv(to, &mut [0; 16], MSG_PEEK) == Ok(5));
            let mut now = letter(256);
            assert_eq!(now.receive(to, null_mut()).0, Ok(0));
            assert_eq!(now.control(), expected, "at once: {family} {name} {on}");
        }
        shut_all([to, from]);
    }
}

/// MX4: with a routine, what is cut at once is pending, and the routine tells.
#[test]
fn mx4_routine() {
    thread_local!(static TOLD: std::cell::Cell<(u32, u32)> = const { std::cell::Cell::new((0, 0)) });
    unsafe extern "C" fn routine(error: DWORD, bytes: DWORD, _: *mut OVERLAPPED, _: DWORD) {
        TOLD.set((error, bytes));
    }
    let (to, from) = udp_pair();
    packet_info(to);
    assert_eq!(send(from, b"hello", 0), Ok(5));
    wait_until("it comes", || recv(to, &mut [0; 16], MSG_PEEK) == Ok(5));
    let (_, _, at) = extension(to, RECEIVE_MESSAGE, null_mut());
    let receive = unsafe { std::mem::transmute::<usize, ReceiveMessage>(at) };
    let (mut one, over) = (letter(0), Over::new());
    let message = &raw mut *one.message;
    let got = call(|| unsafe { receive(to, message, null_mut(), over.ptr(), Some(routine)) });
    assert_eq!(got, Err(E::WSA_IO_PENDING));
    assert_eq!(ws2_SleepEx(INFINITE, 1), 0xC0);
    assert_eq!((TOLD.get(), one.message.dwFlags), ((10040, 5), 0x200));
    shut_all([to, from]);
}

/// MX5, MX6, R13: sent with control data, which reaches the kernel: the peer sees the TTL.
#[test]
fn mx6_sent() {
    let (to, from) = udp_pair();
    let on = 1_u32;
    assert_eq!(call(|| unsafe { ws2_setsockopt(to, 0, 21, (&raw const on).cast(), 4) }), Ok(0));
    let mut one = letter(24);
    *one.data = *b"0123456789abcdef";
    let words = [20_u64, u64::from(4_u32) << 32, 9];
    one.control.copy_from_slice(&words);
    one.message.name = null_mut();
    one.message.namelen = 0;
    let over = Over::new();
    for over in [null_mut(), over.ptr()] {
        let mut count = COUNT;
        let message = &raw mut *one.message;
        let sent = call(|| unsafe { WSASendMsg(from, message, 0, &raw mut count, over, None) });
        assert_eq!((sent, count), (Ok(0), 16));
        wait_until("it comes", || recv(to, &mut [0; 16], MSG_PEEK) == Ok(16));
        let mut got = letter(64);
        assert_eq!(got.receive(to, null_mut()), (Ok(0), 16));
        assert_eq!(
            got.control()[..20],
            one.control.iter().flat_map(|word| word.to_ne_bytes()).collect::<Vec<_>>()[..20]
        );
    }
    one.control[1] = u64::from(99_u32) << 32;
    let message = &raw mut *one.message;
    let bad = call(|| unsafe { WSASendMsg(from, message, 0, &mut 0, null_mut(), None) });
    assert_eq!(bad, Err(E::WSAEINVAL), "no such control message");
    shut_all([to, from]);
}
