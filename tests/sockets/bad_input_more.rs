//! Arguments that make no sense, for the functions that `bad_input` leaves out: the documented code, never a crash.
//! Which function wants what in detail is in the tests of its subject; here every pointer is wild once.

use std::ffi::{c_char, c_int, c_void};
use std::ptr::{null, null_mut, without_provenance_mut as at};

use crate::support::bad::*;
use crate::support::calls::*;
use crate::support::files::{files, root};
use crate::support::pairs::*;
use crate::support::process::{self, here};
use ws2_32::error::WsaError as E;
use ws2_32::ffi::types::message::WSABUF;
use ws2_32::ffi::types::*;
use ws2_32::ffi::*;

/// Lengths and counts; those above `i32::MAX` are negative to C's `int`.
const LENGTHS: [i32; 7] = [i32::MIN, -1, 0, 1, 16, 4096, i32::MAX];

/// "1" in 16-bit characters.
static WIDE_ONE: [u16; 2] = [0x31, 0];

#[test]
fn no_socket_comes_first() {
    start();
    let (sockets, _owners) = no_sockets();
    for s in sockets {
        for wild in WILD {
            for len in LENGTHS {
                for flags in [0, 1, 2, 8, 0x40, -1] {
                    assert_transfers_refuse(E::WSAENOTSOCK, s, wild, len, flags);
                }
                assert_others_refuse(E::WSAENOTSOCK, s, wild, len);
            }
        }
    }
}

fn assert_transfers_refuse(code: E, s: SOCKET, wild: usize, len: i32, flags: i32) {
    let (count, bits) = (len.cast_unsigned(), flags.cast_unsigned());
    let data = at::<c_char>(wild);
    // SAFETY: the functions refuse the socket before they follow the pointers.
    let codes = unsafe {
        [
            call(|| ws2_sendto(s, data, len, flags, at(wild), len)),
            call(|| ws2_recvfrom(s, data, len, flags, at(wild), at(wild))),
            call(|| WSASend(s, at(wild), count, at(wild), bits, at(wild), None)),
            call(|| WSASendTo(s, at(wild), count, at(wild), bits, at(wild), len, at(wild), None)),
            call(|| WSARecv(s, at(wild), count, at(wild), at(wild), at(wild), None)),
            call(|| WSARecvFrom(s, at(wild), count, at(wild), at(wild), at(wild), at(wild), at(wild), None)),
        ]
    };
    assert_eq!(codes, [Err(code); 6], "{s} {wild:#x} {len} {flags:#x}");
}

fn assert_others_refuse(code: E, s: SOCKET, wild: usize, len: i32) {
    let (count, data) = (len.cast_unsigned(), at::<c_char>(wild));
    // SAFETY: as above.
    let codes = unsafe {
        [
            call(|| ws2_setsockopt(s, 0xffff, 4, data, len)),
            call(|| ws2_setsockopt(s, len, len, data, len)),
            call(|| ws2_getsockopt(s, 0xffff, 4, data, at(wild))),
            call(|| ws2_getsockopt(s, len, len, data, at(wild))),
            call(|| ioctlsocket(s, len, at(wild))),
            call(|| WSAIoctl(s, count, at(wild), count, at(wild), count, at(wild), at(wild), None)),
            call(|| WSAHtonl(s, 1, at(wild))),
            call(|| WSAHtons(s, 1, at(wild))),
            call(|| WSANtohl(s, 1, at(wild))),
            call(|| WSANtohs(s, 1, at(wild))),
            call(|| WSAConnect(s, at(wild), len, at(wild), at(wild), at(wild), at(wild))),
            call(|| WSASendDisconnect(s, at(wild))),
            call(|| WSARecvDisconnect(s, at(wild))),
            call_for_socket(|| WSAAccept(s, at(wild), at(wild), None, wild)).map(|_| 0),
        ]
    };
    assert_eq!(codes, [Err(code); 14], "{s} {wild:#x} {len}");
}

/// NS1 to NS15: without `WSAStartup` nothing is looked at, neither the socket nor the pointers.
#[test]
fn not_started_comes_before_everything() {
    process::alone(here!("not_started_comes_before_everything"), || {
        let code = E::WSANOTINITIALISED;
        let (sockets, _owners) = no_sockets();
        for &s in &sockets {
            for wild in WILD {
                assert_transfers_refuse(code, s, wild, -1, -1);
                assert_others_refuse(code, s, wild, 0);
            }
        }
        for wild in WILD {
            let text = at::<c_char>(wild);
            // SAFETY: the pointers are not to be followed.
            unsafe {
                for count in [0, 1, u32::MAX] {
                    assert_eq!(call(|| WSAPoll(at(wild), count, -1)), Err(code));
                }
                assert_eq!(call(|| ws2_select(0, at(wild), null_mut(), at(wild), at(wild))), Err(code));
                assert_eq!(call(|| ws2_select_wide(0, at(wild), null_mut(), at(wild), at(wild))), Err(code));
                assert_eq!(call(|| ws2_gethostname(text, -1)), Err(code));
                assert_eq!(call(|| GetHostNameW(at(wild), -1)), Err(code));
                assert_eq!(none(|| ws2_gethostbyname(text)), code);
                assert_eq!(none(|| ws2_gethostbyaddr(text, -1, -1)), code);
                assert_eq!(none(|| ws2_getservbyname(text, text)), code);
                assert_eq!(none(|| ws2_getservbyport(-1, text)), code);
                assert_eq!(none(|| ws2_getprotobyname(text)), code);
                assert_eq!(none(|| ws2_getprotobynumber(-1)), code);
                let family = -1;
                assert_eq!(
                    call(|| WSAStringToAddressA(text, family, at(wild), at(wild), at(wild))),
                    Err(code)
                );
                assert_eq!(
                    call(|| WSAStringToAddressW(at(wild), family, at(wild), at(wild), at(wild))),
                    Err(code)
                );
                assert_eq!(call(|| WSAAddressToStringA(at(wild), 0, at(wild), text, at(wild))), Err(code));
                assert_eq!(
                    call(|| WSAAddressToStringW(at(wild), 0, at(wild), at(wild), at(wild))),
                    Err(code)
                );
                assert_eq!(call_for_socket(|| WSASocketA(-1, -1, -1, at(wild), 0, 0)), Err(code));
                assert_eq!(call_for_socket(|| WSASocketW(-1, -1, -1, at(wild), 0, 0)), Err(code));
                assert_eq!(ws2_getaddrinfo(text, text, at(wild), at(wild)), code.number());
                assert_eq!(GetAddrInfoW(at(wild), at(wild), at(wild), at(wild)), code.number());
                let named = ws2_getnameinfo(at(wild), -1, text, 9, text, 9, -1);
                assert_eq!(named, code.number());
                assert_eq!(GetNameInfoW(at(wild), -1, at(wild), 9, at(wild), 9, -1), code.number());
                ws2_freeaddrinfo(null_mut());
            }
        }
    });
}

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

/// Options and commands with good sockets and bad places; a whole sweep of numbers does no harm.
#[test]
fn options_and_commands() {
    start();
    let (s, mut value) = (socket(AF_INET, STREAM), 0_u32);
    let mut len = 4;
    for wild in WILD {
        // SAFETY: what cannot be used has to be noticed.
        unsafe {
            let fault = Err(E::WSAEFAULT);
            for (level, name) in [(0xffff, 4), (0xffff, 0x1005), (0xffff, 0x80), (6, 1), (0, 4)] {
                assert_eq!(call(|| ws2_setsockopt(s, level, name, at(wild), 4)), fault);
                assert_eq!(call(|| ws2_getsockopt(s, level, name, at(wild), &raw mut len)), fault);
                let to = (&raw mut value).cast();
                assert_eq!(call(|| ws2_getsockopt(s, level, name, to, at(wild))), fault);
            }
            assert_eq!(call(|| ioctlsocket(s, 0x4004_667f, at(wild))), fault);
            for command in [0x4004_667f_u32, 0x4004_7307, 0x4800_0005] {
                let run = |done| {
                    call(|| WSAIoctl(s, command, null_mut(), 0, at(wild), 4096, done, null_mut(), None))
                };
                assert_eq!((run(at(wild)), run(&raw mut value)), (fault, fault), "{command:#x}");
            }
        }
    }
    let mut room = [0_u32; 64];
    let levels = [i32::MIN, -1, 0, 1, 6, 17, 41, 0xffff, 0x1_ffff, i32::MAX];
    for level in levels {
        for name in (-20..300).chain([0x1000, 0x1001, 0x1008, 0x2004, 0x7010, i32::MIN, i32::MAX]) {
            for mut room_len in [0, 1, 4, 7, 8, 256] {
                // SAFETY: memory of this test, of at least that length.
                unsafe {
                    let to = room.as_mut_ptr().cast();
                    let _ = call(|| ws2_getsockopt(s, level, name, to, &raw mut room_len));
                }
            }
        }
    }
    assert_eq!(send(s, b"x", 0), Err(E::WSAENOTCONN), "the socket is as it was");
    close(s).unwrap();
}

/// `WSAConnect`, `WSAAccept`, `WSASocketA`, `WSASocketW` and the two that disconnect.
#[test]
fn connections() {
    start();
    let (l, name) = listener();
    let pair = ours();
    for wild in WILD.into_iter().skip(1) {
        let s = socket(AF_INET, STREAM);
        let (to, len) = (name.bytes.as_ptr().cast::<ws2_sockaddr>(), 16);
        let fault = Err(E::WSAEFAULT);
        // SAFETY: what cannot be used has to be noticed; the qualities of service are not followed.
        unsafe {
            let connect =
                |to, len, caller, callee| call(|| WSAConnect(s, to, len, caller, callee, at(wild), at(wild)));
            for bad_len in LENGTHS {
                let got = connect(at::<ws2_sockaddr>(wild).cast_const(), bad_len, null_mut(), null_mut());
                assert_eq!(got, fault, "{wild:#x} {bad_len}");
            }
            assert_eq!(connect(null(), 16, null_mut(), null_mut()), fault);
            assert_eq!(connect(to, len, at(wild), null_mut()), fault);
            assert_eq!(connect(to, len, null_mut(), at(wild)), fault);
            for entry in [0, 1, 2, 23, -1] {
                let made = call_for_socket(|| WSASocketA(-1, entry, -1, at(wild), 0, 0));
                assert_eq!(made, Err(E::WSAEFAULT), "{wild:#x}");
                let made = call_for_socket(|| WSASocketW(-1, entry, -1, at(wild), 0, 0));
                assert_eq!(made, Err(E::WSAEFAULT), "{wild:#x}");
            }
            assert_eq!(call(|| WSASendDisconnect(pair.s, at(wild))), Err(E::WSAENOPROTOOPT));
            assert_eq!(call(|| WSARecvDisconnect(pair.s, at(wild))), Err(E::WSAENOPROTOOPT));
            let client = std::net::TcpStream::connect(("127.0.0.1", name.port())).unwrap();
            let mut room = 128;
            let accepted = call_for_socket(|| WSAAccept(l, at(wild), &raw mut room, None, wild));
            assert_eq!(accepted, Err(E::WSAEFAULT), "{wild:#x}");
            drop(client);
        }
        close(s).unwrap();
    }
    for numbers in [[i32::MIN; 3], [i32::MAX; 3], [-1; 3], [2, 1, -1], [10, 1, 6], [2, 0x801, 0]] {
        let [family, kind, protocol] = numbers;
        for flags in [0, 1, 2, 0x40, 0x80, 0x100, u32::MAX] {
            // SAFETY: no entry.
            unsafe {
                let made = call_for_socket(|| WSASocketA(family, kind, protocol, null_mut(), 1, flags));
                assert!(made.is_err(), "{numbers:?} {flags:#x}");
                let wide = call_for_socket(|| WSASocketW(family, kind, protocol, null_mut(), 1, flags));
                assert_eq!(made, wide);
            }
        }
    }
    close(l).unwrap();
}

/// Sets and entries; more of both is in `tests/readiness`.
#[test]
fn waiting() {
    start();
    let now = select::ws2_timeval { tv_sec: 0, tv_usec: 0 };
    let s = socket(AF_INET, STREAM);
    for wild in WILD.into_iter().skip(1) {
        // SAFETY: what cannot be used has to be noticed.
        unsafe {
            let sets = [[at(wild), null_mut(), null_mut()], [at(wild); 3]];
            for [read, write, except] in sets {
                let got = call(|| ws2_select(0, read, write, except, &raw const now));
                assert_eq!(got, Err(E::WSAEFAULT), "{wild:#x}");
            }
            assert_eq!(WSAWaitForMultipleEvents(1, at(wild), 0, 0, 0), u32::MAX, "{wild:#x}");
            assert_eq!(
                call(|| WSAEnumNetworkEvents(s, null_mut(), at(wild))),
                Err(E::WSAEFAULT),
                "{wild:#x}"
            );
            assert_eq!(call(|| WSAEventSelect(s, at(wild), 1)), Err(E::WSAEINVAL), "{wild:#x}");
            for count in [1, 1000, u32::MAX] {
                assert_eq!(call(|| WSAPoll(at(wild), count, 0)), Err(E::WSAEFAULT), "{wild:#x} {count}");
            }
            assert_eq!(call(|| WSAPoll(at(wild), 0, 0)), Err(E::WSAEINVAL));
        }
    }
    close(s).unwrap();
    // SAFETY: NULL is no set.
    assert_eq!(unsafe { __WSAFDIsSet(usize::MAX, null_mut()) }, 0);
}

/// The last error of a lookup that gave no structure.
fn none<T>(lookup: impl FnOnce() -> *mut T) -> E {
    let mut found = null_mut();
    let code = call(|| {
        found = lookup();
        if found.is_null() { -1 } else { 0 }
    });
    code.err().unwrap_or_else(|| panic!("found something"))
}

/// `gethostbyname` and its family.
#[test]
fn lookups() {
    start();
    for wild in WILD.into_iter().skip(1) {
        let text = at::<c_char>(wild).cast_const();
        // SAFETY: what cannot be used has to be noticed.
        unsafe {
            assert_eq!(none(|| ws2_gethostbyname(text)), E::WSAEFAULT, "{wild:#x}");
            assert_eq!(none(|| ws2_gethostbyaddr(text, 4, AF_INET)), E::WSAEFAULT, "{wild:#x}");
            assert_eq!(none(|| ws2_gethostbyaddr(text, 16, AF_INET6)), E::WSAEFAULT, "{wild:#x}");
            assert_eq!(none(|| ws2_getservbyname(text, null())), E::WSAEFAULT, "{wild:#x}");
            assert_eq!(none(|| ws2_getservbyname(c"http".as_ptr(), text)), E::WSAEFAULT, "{wild:#x}");
            assert_eq!(none(|| ws2_getservbyport(0x5000, text)), E::WSAEFAULT, "{wild:#x}");
            assert_eq!(none(|| ws2_getprotobyname(text)), E::WSAEFAULT, "{wild:#x}");
            for len in LENGTHS {
                assert_eq!(call(|| ws2_gethostname(at(wild), len)), Err(E::WSAEFAULT), "{wild:#x} {len}");
                assert_eq!(call(|| GetHostNameW(at(wild), len)), Err(E::WSAEFAULT), "{wild:#x} {len}");
            }
        }
    }
    let address = loopback(0).bytes;
    let address = address[4..8].as_ptr().cast::<c_char>();
    // SAFETY: lengths and families are checked before the four bytes are read.
    unsafe {
        for len in [i32::MIN, -1, 0, 3] {
            assert_eq!(none(|| ws2_gethostbyaddr(address, len, AF_INET)), E::WSAEFAULT, "{len}");
        }
        for len in [i32::MIN, -1, 0, 4, 15, 17, i32::MAX] {
            assert_eq!(none(|| ws2_gethostbyaddr(address, len, AF_INET6)), E::WSAEINVAL, "{len}");
        }
        for family in [i32::MIN, -1, 0, 1, 10, i32::MAX] {
            assert_eq!(none(|| ws2_gethostbyaddr(address, 4, family)), E::WSAEAFNOSUPPORT, "{family}");
        }
        assert_eq!(none(|| ws2_getservbyname(null(), null())), E::WSAEFAULT);
        assert_eq!(none(|| ws2_getprotobyname(null())), E::WSAEFAULT);
        for name in [c"", c" ", c"no such thing"] {
            assert_eq!(none(|| ws2_getservbyname(name.as_ptr(), null())), E::WSANO_DATA, "{name:?}");
            assert_eq!(none(|| ws2_getprotobyname(name.as_ptr())), E::WSANO_DATA, "{name:?}");
        }
        assert_eq!(call(|| ws2_gethostname(null_mut(), 256)), Err(E::WSAEFAULT));
        assert_eq!(call(|| GetHostNameW(null_mut(), 256)), Err(E::WSAEFAULT));
    }
    for number in [i32::MIN, -1, 254, 256, i32::MAX] {
        assert_eq!(none(|| ws2_getprotobynumber(number)), E::WSANO_DATA, "{number}");
    }
}

/// `getaddrinfo`, `getnameinfo` and their wide forms.
#[test]
fn names_and_addresses() {
    start();
    let fault = E::WSAEFAULT.number();
    let mut list = null_mut();
    let mut wide_list = null_mut();
    let name = loopback(80);
    let mut room = [0_u16; 64];
    for wild in WILD.into_iter().skip(1) {
        let (text, wide) = (at::<c_char>(wild).cast_const(), at::<u16>(wild).cast_const());
        let one = c"1.2.3.4".as_ptr();
        let wide_one = WIDE_ONE.as_ptr();
        // SAFETY: what cannot be used has to be noticed.
        unsafe {
            assert_eq!(ws2_getaddrinfo(text, null(), null(), &raw mut list), fault, "{wild:#x}");
            assert_eq!(ws2_getaddrinfo(one, text, null(), &raw mut list), fault, "{wild:#x}");
            assert_eq!(ws2_getaddrinfo(one, null(), at(wild), &raw mut list), fault, "{wild:#x}");
            assert_eq!(ws2_getaddrinfo(one, null(), null(), at(wild)), fault, "{wild:#x}");
            assert_eq!(GetAddrInfoW(wide, null(), null(), &raw mut wide_list), fault, "{wild:#x}");
            assert_eq!(GetAddrInfoW(wide_one, wide, null(), &raw mut wide_list), fault, "{wild:#x}");
            assert_eq!(GetAddrInfoW(wide_one, null(), at(wild), &raw mut wide_list), fault, "{wild:#x}");
            assert_eq!(GetAddrInfoW(wide_one, null(), null(), at(wild)), fault, "{wild:#x}");
            assert!(list.is_null() && wide_list.is_null());
            for len in LENGTHS {
                let (bytes, words) = (room.as_mut_ptr().cast(), room.as_mut_ptr());
                let got = ws2_getnameinfo(at(wild), len, bytes, 64, null_mut(), 0, 2);
                assert_eq!(got, fault, "{wild:#x} {len}");
                assert_eq!(GetNameInfoW(at(wild), len, words, 64, null_mut(), 0, 2), fault, "{len}");
            }
            let from = name.bytes.as_ptr().cast::<ws2_sockaddr>();
            assert_eq!(ws2_getnameinfo(from, 16, at(wild), 64, null_mut(), 0, 2), fault, "{wild:#x}");
            assert_eq!(ws2_getnameinfo(from, 16, null_mut(), 0, at(wild), 64, 8), fault, "{wild:#x}");
            assert_eq!(GetNameInfoW(from, 16, at(wild), 64, null_mut(), 0, 2), fault, "{wild:#x}");
            assert_eq!(GetNameInfoW(from, 16, null_mut(), 0, at(wild), 64, 8), fault, "{wild:#x}");
        }
    }
    // SAFETY: NULL is no list.
    unsafe {
        assert_eq!(ws2_getaddrinfo(c"1.2.3.4".as_ptr(), null(), null(), null_mut()), fault);
        ws2_freeaddrinfo(null_mut());
        FreeAddrInfoW(null_mut());
    }
}

/// Addresses as text, in both widths.
#[test]
fn texts_of_addresses() {
    start();
    let (mut bytes, mut words) = ([0_u8; 64], [0_u16; 64]);
    let (text, wide): (*mut c_char, *mut u16) = (bytes.as_mut_ptr().cast(), words.as_mut_ptr());
    let name = loopback(80);
    let from = name.bytes.as_ptr().cast::<ws2_sockaddr>().cast_mut();
    for wild in WILD.into_iter().skip(1) {
        let place = at::<c_void>(wild);
        let pointer = |result: *const c_char| if result.is_null() { -1 } else { 0 };
        let fault = Err(E::WSAEFAULT);
        // SAFETY: what cannot be used has to be noticed.
        unsafe {
            WSASetLastError(0);
            assert_eq!((ws2_inet_addr(at(wild)), WSAGetLastError()), (u32::MAX, 10014), "{wild:#x}");
            let mut len = 128;
            let (len, room): (*mut c_int, *mut u32) = (&raw mut len, &raw mut *Box::leak(Box::new(64)));
            for family in [AF_INET, AF_INET6] {
                let one = c"1.2.3.4".as_ptr();
                assert_eq!(call(|| ws2_inet_pton(family, at(wild), place)), fault, "{wild:#x}");
                assert_eq!(call(|| InetPtonW(family, at(wild), place)), fault, "{wild:#x}");
                assert_eq!(call(|| pointer(ws2_inet_ntop(family, place, text, 64))), fault, "{wild:#x}");
                assert_eq!(call(|| pointer(InetNtopW(family, place, wide, 64).cast())), fault, "{wild:#x}");
                let to = at::<c_char>(wild);
                let source = name.bytes.as_ptr().cast();
                assert_eq!(call(|| pointer(ws2_inet_ntop(family, source, to, 64))), fault, "{wild:#x}");
                assert_eq!(call(|| pointer(InetNtopW(family, source, to.cast(), 64).cast())), fault);
                let read = |text, to, len| call(|| WSAStringToAddressA(text, family, at(wild), to, len));
                assert_eq!(read(at(wild), from, len), fault, "{wild:#x}");
                assert_eq!(read(one.cast_mut(), at(wild), len), fault, "{wild:#x}");
                assert_eq!(read(one.cast_mut(), from, at(wild)), fault, "{wild:#x}");
                let got = call(|| WSAStringToAddressW(at(wild), family, at(wild), from, len));
                assert_eq!(got, fault, "{wild:#x}");
            }
            let show = |from, to, room| call(|| WSAAddressToStringA(from, 16, at(wild), to, room));
            assert_eq!(show(at(wild), text, room), fault, "{wild:#x}");
            assert_eq!(show(from, at(wild), room), fault, "{wild:#x}");
            assert_eq!(show(from, text, at(wild)), fault, "{wild:#x}");
            let show = |from, to, room| call(|| WSAAddressToStringW(from, 16, at(wild), to, room));
            assert_eq!(show(at(wild), wide, room), fault, "{wild:#x}");
            assert_eq!(show(from, at(wild), room), fault, "{wild:#x}");
            assert_eq!(show(from, wide, at(wild)), fault, "{wild:#x}");
        }
    }
    for number in [i32::MIN, -1, 0, 1, 10004, 11001, i32::MAX] {
        assert!(!gai_strerrorA(number).is_null() && !gai_strerrorW(number).is_null());
    }
}

/// Byte order for a real socket, and the hook that is none.
#[test]
fn byte_order_and_hook() {
    start();
    let s = socket(AF_INET, STREAM);
    for wild in WILD {
        // SAFETY: what cannot be used has to be noticed.
        let codes = unsafe {
            [
                call(|| WSAHtonl(s, 1, at(wild))),
                call(|| WSAHtons(s, 1, at(wild))),
                call(|| WSANtohl(s, 1, at(wild))),
                call(|| WSANtohs(s, 1, at(wild))),
            ]
        };
        assert_eq!(codes, [Err(E::WSAEFAULT); 4], "{wild:#x}");
    }
    // SAFETY: NULL is no function.
    assert!(unsafe { WSASetBlockingHook(None) }.is_none());
    assert_eq!(WSAGetLastError(), E::WSAEOPNOTSUPP.number(), "only 2.x is in use");
    close(s).unwrap();
}

/// `WSAStartup` is the only one that works without having been called.
#[test]
fn startup() {
    for wild in WILD {
        // SAFETY: what cannot be used has to be noticed.
        assert_eq!(unsafe { WSAStartup(0x0202, at(wild)) }, E::WSAEFAULT.number(), "{wild:#x}");
    }
}

/// What overlapped calls are asked with: no socket, no memory.
#[test]
fn overlapped_calls() {
    use std::ptr::null_mut;
    start();
    let s = socket(AF_INET, DGRAM);
    for (socket, code) in [(usize::MAX, 10038), (s, 10014)] {
        // SAFETY: NULL is refused.
        let failed = unsafe {
            [
                WSAGetOverlappedResult(socket, null_mut(), null_mut(), 0, null_mut()) - 1,
                WSASendMsg(socket, null_mut(), 0, null_mut(), null_mut(), None),
            ]
        };
        assert_eq!((failed, WSAGetLastError()), ([-1, -1], code));
    }
    close(s).unwrap();
}

/// Every export that takes a pointer, a function or a socket is called with bad ones here or in `bad_input`.
#[test]
fn no_export_is_forgotten() {
    let prototypes: String =
        files(&root().join("src/ffi")).iter().map(|path| std::fs::read_to_string(path).unwrap()).collect();
    let tests = concat!(
        include_str!("bad_input.rs"),
        include_str!("bad_input_more.rs"),
        include_str!("bad_input_exports.rs")
    );
    let calls = |name: &str| {
        tests.match_indices(&format!("{name}(")).any(|(at, _)| {
            at == 0 || !tests.as_bytes()[at - 1].is_ascii_alphanumeric() && tests.as_bytes()[at - 1] != b'_'
        })
    };
    let mut forgotten = Vec::new();
    for line in include_str!("../../src/ffi/exports.txt").lines().filter(|line| !line.starts_with('#')) {
        let mut columns = line.split('|').map(str::trim);
        let (name, kind) = (columns.next().unwrap(), columns.next().unwrap());
        // Functions of other libraries are the affair of tests/porting.
        if kind != "posix" && kind != "winsock" {
            continue;
        }
        let symbol = if kind == "posix" { format!("ws2_{name}") } else { name.to_owned() };
        let start = format!("extern \"C\" fn {symbol}(");
        let (_, rest) = prototypes.split_once(&start).unwrap_or_else(|| panic!("no prototype of {symbol}"));
        let arguments = rest.split(')').next().unwrap();
        let takes = ["*mut", "*const", "SOCKET", "PROC"].iter().any(|kind| arguments.contains(kind));
        if takes && !calls(&symbol) {
            forgotten.push(symbol);
        }
    }
    assert!(forgotten.is_empty(), "never called with bad arguments: {forgotten:?}");
}
