//! Threads that open, send, receive, shut down and close in random order, on descriptors that are used again at
//! once. Every connection carries a tag in every byte; a byte with another tag has gone to the wrong socket.

use std::os::fd::IntoRawFd;
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::support::calls::*;
use crate::support::process::{self, alone, here};
use ws2_32::error::WsaError as E;
use ws2_32::ffi::WSACleanup;
use ws2_32::ffi::types::SOCKET;

/// A generator of numbers without order (xorshift).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }
}

/// What a call may say of a socket that another thread closes or shuts down meanwhile.
fn allowed(code: E) -> bool {
    [E::WSAEINTR, E::WSAENOTSOCK, E::WSAESHUTDOWN, E::WSAECONNABORTED, E::WSAECONNRESET].contains(&code)
}

/// One round: a connection with one tag; a thread is blocked sending, one receiving, and this one ends it.
fn round(dice: &mut Dice, tag: u8) {
    let (s, peer) = UnixStream::pair().unwrap();
    let s: SOCKET = s.into_raw_fd().try_into().unwrap();
    let mut waiting = Vec::new();
    if dice.roll(3) > 0 {
        waiting.push(process::Blocked::on(move || send(s, &vec![tag; 1 << 20], 0)));
    }
    if dice.roll(3) > 0 {
        waiting.push(process::Blocked::on(move || {
            let mut bytes = [0; 64];
            let len = recv(s, &mut bytes, 0)?;
            assert!(bytes[..usize::try_from(len).unwrap()].iter().all(|&b| b == tag), "a stranger's byte");
            Ok(len)
        }));
    }
    match dice.roll(4) {
        0 => drop(shutdown(s, SD_BOTH)),
        1 => std::io::Write::write_all(&mut &peer, &[tag; 16]).unwrap(),
        _ => {}
    }
    close(s).unwrap();
    for blocked in waiting {
        match blocked.outcome() {
            Ok(_) => {}
            Err(code) => assert!(allowed(code), "{code:?}"),
        }
    }
    let mut arrived = Vec::new();
    let _ = std::io::Read::read_to_end(&mut &peer, &mut arrived);
    assert!(arrived.iter().all(|&byte| byte == tag), "a stranger's byte");
}

/// Seconds of it; `WS2_STRESS_SECONDS` says how many.
#[test]
fn no_byte_reaches_another_socket() {
    alone(here!("no_byte_reaches_another_socket"), || {
        start();
        let seconds = std::env::var("WS2_STRESS_SECONDS").ok().and_then(|s| s.parse().ok()).unwrap_or(5);
        process::watch_for(Duration::from_secs(seconds + 120));
        let end = Instant::now() + Duration::from_secs(seconds);
        let rounds = AtomicU64::new(0);
        std::thread::scope(|scope| {
            for tag in 1..=6_u8 {
                let rounds = &rounds;
                scope.spawn(move || {
                    let mut dice = Dice(0x9e37_79b9_7f4a_7c15 ^ u64::from(tag));
                    while Instant::now() < end {
                        round(&mut dice, tag);
                        rounds.fetch_add(1, Ordering::Relaxed);
                    }
                });
            }
        });
        eprintln!("{} rounds", rounds.load(Ordering::Relaxed));
        assert!(rounds.load(Ordering::Relaxed) > 0);
        assert_eq!(WSACleanup(), 0);
    });
}

/// Two threads on one blocking listener, and clients: neither thread is told that it would have to wait.
#[test]
fn accepting_threads_do_not_see_each_others_mode() {
    alone(here!("accepting_threads_do_not_see_each_others_mode"), || {
        start();
        let (s, name) = listener();
        let accepters: Vec<_> = (0..4)
            .map(|_| {
                process::Blocked::started(move || {
                    loop {
                        match accept(s) {
                            Ok(new) => drop(close(new)),
                            Err(code) => return code,
                        }
                    }
                })
            })
            .collect();
        for _ in 0..1000 {
            drop(std::net::TcpStream::connect(("127.0.0.1", name.port())).unwrap());
        }
        close(s).unwrap();
        for accepter in accepters {
            assert!([E::WSAEINTR, E::WSAENOTSOCK].contains(&accepter.outcome()));
        }
    });
}
