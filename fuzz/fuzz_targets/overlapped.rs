//! The arguments of overlapped calls: OVERLAPPED structures, messages with control data, buffers of `AcceptEx`. No input crashes; what
//! begins ends once, and what is refused is told to nobody.
#![no_main]

use std::ptr::{null_mut, without_provenance_mut};

use libfuzzer_sys::fuzz_target;
use ws2_32::ffi::types::message::WSABUF;
use ws2_32::ffi::types::*;
use ws2_32::ffi::*;

fuzz_target!(|bytes: &[u8]| {
    let [kind, rest @ ..] = bytes else { return };
    match kind % 3 {
        0 => structure(rest),
        1 => message(rest),
        _ => accept(rest),
    }
});

fn take<const N: usize>(bytes: &mut &[u8]) -> [u8; N] {
    let mut out = [0; N];
    let count = N.min(bytes.len());
    out[..count].copy_from_slice(&bytes[..count]);
    *bytes = &bytes[count..];
    out
}

fn socket(kind: i32) -> usize {
    start();
    let s = ws2_socket(2, kind, 0);
    let name = [2_u8, 0, 0, 0, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0];
    // SAFETY: a local of that length.
    assert_eq!(unsafe { ws2_bind(s, name.as_ptr().cast(), 16) }, 0);
    s
}

fn own_name(s: usize) -> [u8; 16] {
    let (mut name, mut len) = ([0; 16], 16);
    // SAFETY: locals of that length.
    assert_eq!(unsafe { ws2_getsockname(s, name.as_mut_ptr().cast(), &raw mut len) }, 0);
    name
}

/// A receive with an OVERLAPPED of any content at any address, on a socket to which a datagram comes.
fn structure(mut bytes: &[u8]) {
    let s = socket(2);
    let name = own_name(s);
    let [shift, wild, ..]: [u8; 2] = take(&mut bytes);
    let mut memory = [0_u8; 48];
    let content: [u8; 32] = take(&mut bytes);
    let shift = usize::from(shift % 16);
    memory[shift..shift + 32].copy_from_slice(&content);
    let over: *mut OVERLAPPED = if wild & 1 == 1 {
        without_provenance_mut(usize::from_ne_bytes(take(&mut bytes)) | 1 << 63)
    } else {
        memory[shift..].as_mut_ptr().cast()
    };
    let mut room = [0_u8; 64];
    let mut list = [WSABUF { len: u32::from(wild >> 1 & 63), buf: room.as_mut_ptr().cast() }];
    let flags = u32::from_ne_bytes(take(&mut bytes));
    let mut at = flags & if wild & 0x80 == 0 { 0 } else { u32::MAX };
    // SAFETY: the OVERLAPPED is this function's, or at an address where nothing is; all of it lives until the socket is closed.
    let begun = unsafe { WSARecv(s, list.as_mut_ptr(), 1, null_mut(), &raw mut at, over, None) };
    let code = WSAGetLastError();
    if wild & 1 == 1 {
        assert!(begun == -1 && code != 997, "{code}");
    }
    // SAFETY: locals.
    unsafe { ws2_sendto(s, b"datagram".as_ptr().cast(), 8, 0, name.as_ptr().cast(), 16) };
    if begun == -1 && code == 997 {
        // SAFETY: the status is written by the library until it is not pending.
        let status = || unsafe { memory.as_ptr().add(shift).cast::<usize>().read_volatile_anywhere() };
        let end = std::time::Instant::now() + std::time::Duration::from_secs(10);
        while status() == 0x103 && flags & 1 == 0 {
            assert!(std::time::Instant::now() < end, "it does not end");
            std::thread::yield_now();
        }
    }
    assert_eq!(closesocket(s), 0);
}

trait Anywhere {
    /// # Safety
    /// As for `read_unaligned`.
    unsafe fn read_volatile_anywhere(self) -> usize;
}

impl Anywhere for *const usize {
    unsafe fn read_volatile_anywhere(self) -> usize {
        std::hint::black_box(self);
        // SAFETY: passed on to the caller.
        unsafe { self.read_unaligned() }
    }
}

/// WSASendMsg with any control data, and WSARecvMsg with any room for it.
fn message(mut bytes: &[u8]) {
    let s = socket(2);
    let mut name = own_name(s);
    let [room, flags, namelen, data]: [u8; 4] = take(&mut bytes);
    let mut control = bytes.to_vec();
    let mut text = *b"some data";
    let mut list = [WSABUF { len: u32::from(data % 10), buf: text.as_mut_ptr().cast() }];
    let mut sent = WSAMSG {
        name: name.as_mut_ptr().cast(),
        namelen: i32::from(namelen % 24),
        lpBuffers: list.as_mut_ptr(),
        dwBufferCount: 1,
        Control: WSABUF { len: u32::try_from(control.len()).unwrap_or(0), buf: control.as_mut_ptr().cast() },
        dwFlags: 0,
    };
    sent.namelen = sent.namelen.min(16);
    let mut count = 0;
    // SAFETY: a message of this function's, whole.
    let went =
        unsafe { WSASendMsg(s, &raw mut sent, u32::from(flags & 4), &raw mut count, null_mut(), None) };
    if went != 0 {
        // SAFETY: locals.
        unsafe { ws2_sendto(s, b"x".as_ptr().cast(), 1, 0, name.as_ptr().cast(), 16) };
    }
    let mut place = vec![0_u8; usize::from(room)];
    let mut from = [0_u8; 32];
    let mut got = WSAMSG {
        name: from.as_mut_ptr().cast(),
        namelen: 32,
        lpBuffers: list.as_mut_ptr(),
        dwBufferCount: 1,
        Control: WSABUF { len: u32::from(room), buf: place.as_mut_ptr().cast() },
        dwFlags: u32::from(flags & 2),
    };
    if let Some(receive) = receive_message(s) {
        for (option, on) in [(19, 1_u32), (21, 1), (40, 1)] {
            // SAFETY: a local of four bytes.
            unsafe { ws2_setsockopt(s, 0, option, (&raw const on).cast(), 4) };
        }
        let mut nonblocking = 1;
        // SAFETY: a local.
        assert_eq!(unsafe { ioctlsocket(s, 0x8004_667E_u32.cast_signed(), &raw mut nonblocking) }, 0);
        // SAFETY: a message of this function's, whole.
        unsafe { receive(s, &raw mut got, &raw mut count, null_mut(), None) };
        assert!(got.Control.len <= u32::from(room) || got.dwFlags & 0x200 != 0);
    }
    assert_eq!(closesocket(s), 0);
}

type Receive = unsafe extern "C" fn(
    usize,
    *mut WSAMSG,
    *mut u32,
    *mut OVERLAPPED,
    LPWSAOVERLAPPED_COMPLETION_ROUTINE,
) -> i32;

fn receive_message(s: usize) -> Option<Receive> {
    const GUID: [u8; 16] =
        [0xC8, 0xD7, 0x89, 0xF6, 0x1F, 0x6F, 0x6B, 0x43, 0x8A, 0x53, 0xE5, 0x4F, 0xE3, 0x51, 0xC3, 0x22];
    let (mut function, mut count): (Option<Receive>, u32) = (None, 0);
    // SAFETY: locals of these lengths; the command gives a function of this type.
    let got = unsafe {
        WSAIoctl(
            s,
            0xC800_0006,
            GUID.as_ptr().cast_mut().cast(),
            16,
            (&raw mut function).cast(),
            8,
            &raw mut count,
            null_mut(),
            None,
        )
    };
    assert_eq!(got, 0);
    function
}

/// `AcceptEx` with any lengths and any place of its buffer, a client with first data, and `GetAcceptExSockaddrs` on what came.
fn accept(mut bytes: &[u8]) {
    let listener = socket(1);
    assert_eq!(ws2_listen(listener, 4), 0);
    let name = own_name(listener);
    let (accept, client) = (ws2_socket(2, 1, 0), ws2_socket(2, 1, 0));
    let [data, local, remote, shift, huge]: [u8; 5] = take(&mut bytes);
    let mut memory = vec![0_u8; 800];
    let place = memory[usize::from(shift % 16)..].as_mut_ptr();
    let mut parts = [u32::from(data), u32::from(local), u32::from(remote)];
    if huge & 3 == 3 {
        parts[usize::from(huge >> 2) % 3] = u32::from_ne_bytes(take(&mut bytes)) | 1 << 31;
    }
    let [data, local, remote] = parts;
    let mut over = OVERLAPPED { Internal: 0, InternalHigh: 0, Offset: 0, OffsetHigh: 0, hEvent: null_mut() };
    let over = &raw mut over;
    // SAFETY: a buffer of as much as the lengths say, or of a length that memory does not have; it lives until the sockets are closed.
    let begun =
        unsafe { ws2_AcceptEx(listener, accept, place.cast(), data, local, remote, null_mut(), over) };
    let pends = begun == 0 && WSAGetLastError() == 997;
    // SAFETY: a local of that length.
    assert_eq!(unsafe { ws2_connect(client, name.as_ptr().cast(), 16) }, 0);
    // SAFETY: a constant.
    assert_eq!(unsafe { ws2_send(client, b"first".as_ptr().cast(), 5, 0) }, 5);
    if pends {
        let mut count = 0;
        // SAFETY: an OVERLAPPED of this function's, and a local.
        let good =
            unsafe { ws2_GetOverlappedResult(without_provenance_mut(listener), over, &raw mut count, 1) };
        assert!(good == 0 || count == data.min(5));
        let (mut at, mut lens) = ([null_mut(); 2], [0; 2]);
        let [first, second] = &mut at;
        let [one, two] = &mut lens;
        // SAFETY: the buffer of that call, with its lengths.
        unsafe { ws2_GetAcceptExSockaddrs(place.cast(), data, local, remote, first, one, second, two) };
        let (begin, end) = (place.addr(), memory.as_ptr().addr() + memory.len());
        for (at, len) in at.into_iter().zip(lens).filter(|(at, _)| !at.is_null()) {
            assert!(at.addr() >= begin && at.addr() + usize::try_from(len).unwrap() <= end);
        }
    }
    for s in [client, accept, listener] {
        assert_eq!(closesocket(s), 0);
    }
}

fn start() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        let mut data = std::mem::MaybeUninit::<types::WSADATA>::zeroed();
        // SAFETY: memory of this program.
        assert_eq!(unsafe { WSAStartup(0x0202, data.as_mut_ptr()) }, 0);
    });
}
