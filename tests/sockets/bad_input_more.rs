//! Arguments that make no sense, for the functions that `bad_input` leaves out: the documented code, never a crash.
//! Which function wants what in detail is in the tests of its subject; here every pointer is wild once.

use std::ffi::c_char;
use std::ptr::{null, null_mut, without_provenance_mut as at};

use crate::bad_input_lookups::none;
use crate::support::bad::*;
use crate::support::calls::*;
use crate::support::files::{files, root};
use crate::support::pairs::*;
use crate::support::process::{self, here};
use ws2_32::error::WsaError as E;
use ws2_32::ffi::types::*;
use ws2_32::ffi::*;

/// Lengths and counts; those above `i32::MAX` are negative to C's `int`.
const LENGTHS: [i32; 7] = [i32::MIN, -1, 0, 1, 16, 4096, i32::MAX];

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
            let process =
                |count, ms| ProcessSocketNotifications(at(wild), count, at(wild), ms, 0, at(wild), at(wild));
            let expected = if wild == 0 { [10014, 10022, 6] } else { [10022; 3] };
            let got = [process(1, 0), process(1, 5), process(0, 0)];
            assert_eq!(got, expected, "{wild:#x}");
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
        include_str!("bad_input_exports.rs"),
        include_str!("bad_input_lookups.rs"),
        include_str!("bad_input_names.rs"),
        include_str!("bad_input_providers.rs"),
        include_str!("bad_input_transfers.rs")
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
