//! `WSAStartup`, `WSACleanup`, the last error: VN, ST, CL, NS and LE of docs/semantics, each test in a process of its own.

use std::mem::offset_of;
use std::ptr::{null, null_mut};

use crate::support::calls::*;
use crate::support::pairs::*;
use crate::support::process::{alone, here};
use ws2_32::error::WsaError as E;
use ws2_32::ffi::types::WSADATA;
use ws2_32::ffi::*;

/// What a byte of WSADATA holds where nothing was written.
const UNTOUCHED: u8 = 0xA5;

/// Calls `WSAStartup` with memory full of a pattern: what it returned, and the memory.
fn startup(major: u8, minor: u8) -> (i32, Vec<u8>) {
    let mut data = vec![UNTOUCHED; size_of::<WSADATA>()];
    // SAFETY: memory of the right size; the function does not ask for alignment.
    let code = unsafe { WSAStartup(u16::from_le_bytes([major, minor]), data.as_mut_ptr().cast()) };
    (code, data)
}

fn word(data: &[u8], at: usize) -> u16 {
    u16::from_ne_bytes([data[at], data[at + 1]])
}

/// VN1 to VN11, ST6 to ST8: every row of the table, and which bytes are written.
#[test]
fn version_table() {
    alone(here!("version_table"), || {
        let unsupported = E::WSAVERNOTSUPPORTED.number();
        for (major, minor, code, version) in [
            (0, 0, unsupported, 0x0202),
            (0, 1, unsupported, 0x0202),
            (0, 255, unsupported, 0x0202),
            (1, 0, 0, 0x0001),
            (1, 1, 0, 0x0101),
            (1, 2, 0, 0x0101),
            (1, 255, 0, 0x0101),
            (2, 0, 0, 0x0002),
            (2, 1, 0, 0x0102),
            (2, 2, 0, 0x0202),
            (2, 3, 0, 0x0202),
            (2, 255, 0, 0x0202),
            (3, 0, 0, 0x0202),
            (15, 255, 0, 0x0202),
            (255, 255, 0, 0x0202),
        ] {
            let (got, data) = startup(major, minor);
            assert_eq!(got, code, "{major}.{minor}");
            assert_eq!(word(&data, 0), version, "{major}.{minor} wVersion");
            assert_eq!(word(&data, 2), 0x0202, "{major}.{minor} wHighVersion");
            let limits = (word(&data, 4), word(&data, 6));
            assert_eq!(limits, if major == 1 { (32767, 65467) } else { (0, 0) }, "{major}.{minor} ST7");
            let (description, status) =
                (offset_of!(WSADATA, szDescription), offset_of!(WSADATA, szSystemStatus));
            assert_eq!(data[8..description], [UNTOUCHED; 8], "ST8: lpVendorInfo");
            assert_eq!(&data[description..description + 12], b"WinSock 2.0\0", "ST6");
            assert_eq!(&data[status..status + 8], b"Running\0", "ST6");
            assert!(data[status + 8..].iter().all(|&byte| byte == UNTOUCHED));
            if code == 0 {
                assert_eq!(WSACleanup(), 0);
            }
            // ST3: a failure counts for nothing.
            assert_eq!(call(|| WSACleanup()), Err(E::WSANOTINITIALISED), "{major}.{minor}");
        }
    });
}

/// ST1, ST2: the code is the return value; the last error is left alone by a failure and 0 after a success.
#[test]
fn st1_st2_failures() {
    alone(here!("st1_st2_failures"), || {
        // SAFETY: NULL and an address that nothing is mapped at have to be refused.
        unsafe {
            WSASetLastError(77);
            assert_eq!(WSAStartup(0x0202, null_mut()), E::WSAEFAULT.number());
            assert_eq!(WSAStartup(0, null_mut()), E::WSAVERNOTSUPPORTED.number());
            assert_eq!(WSAStartup(0x0202, std::ptr::without_provenance_mut(4096)), E::WSAEFAULT.number());
            assert_eq!(
                WSAStartup(0x0202, std::ptr::without_provenance_mut(usize::MAX)),
                E::WSAEFAULT.number()
            );
        }
        assert_eq!(WSAGetLastError(), 77);
        assert_eq!(startup(2, 2).0, 0);
        assert_eq!(WSAGetLastError(), 0);
        assert_eq!(call(|| WSACleanup()), Ok(0), "CL2");
        assert_eq!(call(|| WSACleanup()), Err(E::WSANOTINITIALISED), "CL1");
    });
}

/// ST4, ST5, CL3: one count for all threads.
#[test]
fn st4_counting_across_threads() {
    alone(here!("st4_counting_across_threads"), || {
        std::thread::scope(|scope| {
            for minor in 0..8 {
                scope.spawn(move || {
                    for _ in 0..100 {
                        let (code, data) = startup(2, minor % 3);
                        assert_eq!((code, word(&data, 0)), (0, u16::from(minor % 3) << 8 | 2), "ST5");
                    }
                });
            }
        });
        let s = socket(AF_INET, DGRAM);
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| (0..99).for_each(|_| assert_eq!(WSACleanup(), 0)));
            }
        });
        for _ in 0..8 {
            assert_eq!(send(s, b"x", 0), Err(E::WSAENOTCONN), "still started");
            assert_eq!(WSACleanup(), 0);
        }
        assert_eq!(send(s, b"x", 0), Err(E::WSANOTINITIALISED));
        assert_eq!(call(|| WSACleanup()), Err(E::WSANOTINITIALISED));
    });
}

/// CL4: the last cleanup closes what this library made, and nothing else.
#[test]
fn cl4_cleanup_closes() {
    alone(here!("cl4_cleanup_closes"), || {
        start();
        let (ours, mut peer) = pair(Speech::Tcp4, Maker::Ours).unwrap().leave();
        let (accepted, _peer) = pair(Speech::UnixStream, Maker::OursAccepted).unwrap().leave();
        let (listening, _) = listener();
        let (posix, posix_peer) = pair(Speech::Tcp4, Maker::Posix).unwrap().leave();
        assert_eq!(send(ours, b"last", 0), Ok(4));
        assert_eq!(send(posix, b"one", 0), Ok(3));
        shutdown(posix, SD_RECEIVE).unwrap();
        // Started again, the count differs per pair; take all of them back.
        while WSACleanup() == 0 {}
        assert_eq!(peer.read_all(), b"last", "CL5: what was sent arrives, and then the end");
        peer.close();
        start();
        for s in [ours, accepted, listening] {
            assert_eq!(send(s, b"x", 0), Err(E::WSAENOTSOCK));
            assert_eq!(local_name(s), Err(E::WSAENOTSOCK));
            assert_eq!(close(s), Err(E::WSAENOTSOCK));
        }
        assert_eq!(send(posix, b"two", 0), Ok(3));
        assert_eq!(posix_peer.read_exactly(6), b"onetwo");
        assert_eq!(close(posix), Ok(0));
    });
}

/// NS1 to NS15: before any start, and after the last cleanup, every function says so before it looks at its arguments.
#[test]
fn before_startup() {
    alone(here!("before_startup"), || {
        for round in 0..2 {
            let file = std::fs::File::open("/proc/self/exe").unwrap();
            for s in [usize::MAX, 0, 1 << 40, of(&file)] {
                let not_started = Err(E::WSANOTINITIALISED);
                // SAFETY: NULL and bad lengths are not to be looked at.
                unsafe {
                    assert_eq!(call(|| ws2_send(s, null(), -1, -1)), not_started);
                    assert_eq!(call(|| ws2_recv(s, null_mut(), -1, -1)), not_started);
                    assert_eq!(call(|| ws2_bind(s, null(), -1)), not_started);
                    assert_eq!(call(|| ws2_connect(s, null(), -1)), not_started);
                    assert_eq!(call(|| ws2_getsockname(s, null_mut(), null_mut())), not_started);
                    assert_eq!(call(|| ws2_getpeername(s, null_mut(), null_mut())), not_started);
                    let accepted = call_for_socket(|| ws2_accept(s, null_mut(), null_mut()));
                    assert_eq!(accepted, Err(E::WSANOTINITIALISED));
                }
                assert_eq!(call(|| ws2_listen(s, -1)), not_started);
                assert_eq!(call(|| ws2_shutdown(s, 77)), not_started);
                assert_eq!(call(|| closesocket(s)), not_started);
            }
            assert_eq!(call_for_socket(|| ws2_socket(77, 77, 77)), Err(E::WSANOTINITIALISED));
            assert_eq!(call(|| WSACleanup()), Err(E::WSANOTINITIALISED));
            WSASetLastError(i32::MIN);
            assert_eq!(WSAGetLastError(), i32::MIN, "LE8, LE9");
            if round == 0 {
                start();
                assert_eq!(WSACleanup(), 0);
            }
        }
    });
}

/// LE1: every thread has its own, 0 at first.
#[test]
fn le1_per_thread() {
    alone(here!("le1_per_thread"), || {
        start();
        assert_eq!(send(usize::MAX, b"x", 0), Err(E::WSAENOTSOCK));
        std::thread::spawn(|| {
            assert_eq!(WSAGetLastError(), 0);
            WSASetLastError(5);
        })
        .join()
        .unwrap();
        assert_eq!(WSAGetLastError(), E::WSAENOTSOCK.number());
        assert_eq!(WSAGetLastError(), E::WSAENOTSOCK.number(), "asking changes nothing");
    });
}
