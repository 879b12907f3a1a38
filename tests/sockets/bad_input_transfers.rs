//! Arguments that make no sense, for what moves data: the documented code, never a crash.

use std::ffi::c_char;
use std::ptr::{null, null_mut, without_provenance_mut as at};

use crate::support::bad::*;
use crate::support::calls::*;
use crate::support::pairs::*;
use ws2_32::error::WsaError as E;
use ws2_32::ffi::types::message::WSABUF;
use ws2_32::ffi::*;

/// Lengths and counts; those above `i32::MAX` are negative to C's `int`.
const LENGTHS: [i32; 7] = [i32::MIN, -1, 0, 1, 16, 4096, i32::MAX];

/// A connected socket, and pointers that cannot be used: nothing is sent, nothing is lost, nothing is changed.
#[test]
fn wild_pointers_for_transfers() {
    let kinds = [Speech::Tcp4, Speech::Tcp6, Speech::UnixStream, Speech::Udp4, Speech::Udp6];
    each(&kinds, |pair, what| {
        let s = pair.s;
        let fault = Err(E::WSAEFAULT);
        let (mut done, mut flags, mut byte) = (77_u32, 0_u32, 0_u8);
        let (done_at, flags_at): (*mut u32, *mut u32) = (&raw mut done, &raw mut flags);
        pair.peer.write(b"kept");
        wait_for(s, libc::POLLIN);
        for wild in WILD {
            let data = at::<c_char>(wild);
            let mut good = WSABUF { len: 1, buf: (&raw mut byte).cast() };
            let good: *mut WSABUF = &raw mut good;
            let mut bad = WSABUF { len: 1, buf: data };
            let bad: *mut WSABUF = &raw mut bad;
            // SAFETY: what cannot be used has to be noticed.
            unsafe {
                for len in [i32::MIN, -1, 1, 100] {
                    assert_eq!(call(|| ws2_sendto(s, data, len, 0, null(), 0)), fault, "{what} {wild:#x}");
                    if len < 0 {
                        let got = call(|| ws2_recvfrom(s, data, len, 0, null_mut(), null_mut()));
                        assert_eq!(got, fault, "{what} {wild:#x}");
                    }
                }
                // OV8: no list at all is no buffer.
                let no_list = if wild == 0 { Err(E::WSAEINVAL) } else { fault };
                assert_eq!(call(|| WSASend(s, at(wild), 1, done_at, 0, null_mut(), None)), no_list, "{what}");
                assert_eq!(call(|| WSASend(s, bad, 1, done_at, 0, null_mut(), None)), fault, "{what}");
                assert_eq!(call(|| WSASend(s, good, 1, at(wild), 0, null_mut(), None)), fault, "{what}");
                let list =
                    |list, number| call(|| WSASendTo(s, list, 1, number, 0, null(), 0, null_mut(), None));
                assert_eq!(list(at(wild), done_at), no_list, "{what}");
                assert_eq!(list(bad, done_at), fault, "{what}");
                assert_eq!(list(good, at(wild)), fault, "{what}");
                for (list, number, bits, fault) in [
                    (at(wild), done_at, flags_at, no_list),
                    (good, at(wild), flags_at, fault),
                    (good, done_at, at(wild), fault),
                ] {
                    let got = call(|| WSARecv(s, list, 1, number, bits, null_mut(), None));
                    assert_eq!(got, fault, "{what} {wild:#x}");
                    let got = call(|| {
                        WSARecvFrom(s, list, 1, number, bits, null_mut(), null_mut(), null_mut(), None)
                    });
                    assert_eq!(got, fault, "{what} {wild:#x}");
                }
                // A structure that cannot be written starts nothing.
                if wild != 0 {
                    assert_eq!(call(|| WSASend(s, good, 1, done_at, 0, at(wild), None)), fault, "{what}");
                    assert_eq!(call(|| WSARecv(s, good, 1, done_at, flags_at, at(wild), None)), fault);
                    let result = call(|| {
                        i32::from(WSAGetOverlappedResult(s, at(wild), done_at, 0, flags_at) != 0) - 1
                    });
                    assert_eq!(result, fault, "{what}");
                }
                let message = call(|| WSASendMsg(s, at(wild), 0, done_at, null_mut(), None));
                assert!(
                    matches!(message, Err(E::WSAEFAULT | E::WSAEINVAL | E::WSAEOPNOTSUPP)),
                    "{what}: {message:?}"
                );
                // As many buffers as there cannot be.
                for count in [0, 1 << 20, u32::MAX] {
                    let expected = if count == 0 { Err(E::WSAEINVAL) } else { fault };
                    let list = at(page_of_zeros());
                    let got = call(|| WSASend(s, list, count, done_at, 0, null_mut(), None));
                    assert_eq!(got, expected, "{what} {count}");
                    let got = call(|| WSARecv(s, list, count, done_at, flags_at, null_mut(), None));
                    assert_eq!(got, expected, "{what} {count}");
                }
            }
        }
        assert_eq!((done, flags), (77, 0), "{what}: nothing is told");
        assert!(pair.peer.has_nothing(), "{what}");
        assert_eq!(take(s), Ok(b"kept".to_vec()), "{what}");
    });
}

/// A page of zeros before one that cannot be touched; the same one each time.
fn page_of_zeros() -> usize {
    static PAGE: std::sync::OnceLock<usize> = std::sync::OnceLock::new();
    *PAGE.get_or_init(|| {
        let (page, len) = one_good_page();
        // SAFETY: memory of this test.
        unsafe { at::<u8>(page).write_bytes(0, len) };
        page
    })
}

/// Addresses of datagrams: pointers, lengths and families. A socket with a peer does not send there instead.
#[test]
fn bad_addresses_of_datagrams() {
    start();
    for connected in [false, true] {
        bad_addresses_of_a_socket(connected);
    }
}

fn bad_addresses_of_a_socket(connected: bool) {
    let (page, good) = one_good_page();
    let (s, far) = (socket(AF_INET, DGRAM), std::net::UdpSocket::bind("127.0.0.1:0").unwrap());
    far.set_nonblocking(true).unwrap();
    let name = Name::of(far.local_addr().unwrap());
    if connected {
        connect(s, &name).unwrap();
    }
    let send_to = |to: usize, len: i32| {
        let (mut sent, mut list) = (0_u32, WSABUF { len: 1, buf: c"x".as_ptr().cast_mut() });
        // SAFETY: what cannot be used has to be noticed.
        unsafe {
            let one = call(|| ws2_sendto(s, c"x".as_ptr(), 1, 0, at(to), len));
            let (list, sent) = (&raw mut list, &raw mut sent);
            let other = call(|| WSASendTo(s, list, 1, sent, 0, at(to), len, null_mut(), None));
            assert_eq!(one.is_ok(), other.is_ok());
            assert_eq!(one.err(), other.err(), "{to:#x} {len}");
            one
        }
    };
    for wild in WILD.into_iter().skip(1).chain([page + good - 8]) {
        for len in LENGTHS {
            assert_eq!(send_to(wild, len), Err(E::WSAEFAULT), "{wild:#x} {len}");
        }
    }
    let place = name.bytes.as_ptr().addr();
    for len in [i32::MIN, -1, 0, 1, 2, 15] {
        assert_eq!(send_to(place, len), Err(E::WSAEFAULT), "{len}");
    }
    for family in [1_u16, 3, 10, 23, 0xffff] {
        let mut other = name;
        other.bytes[..2].copy_from_slice(&family.to_ne_bytes());
        assert_eq!(send_to(other.bytes.as_ptr().addr(), 128), Err(E::WSAEAFNOSUPPORT), "{family}");
    }
    assert!(far.recv(&mut [0; 4]).is_err(), "nothing has arrived");
    close(s).unwrap();
}
