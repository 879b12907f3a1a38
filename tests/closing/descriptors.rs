//! Waiting with few descriptors, with none left, and after the program has closed those of the library.

use std::io::{Read, Seek, Write};
use std::os::fd::AsRawFd;

use crate::support::calls::*;
use crate::support::process::{Blocked, alone, here};
use crate::support::sets::{self, Set};
use ws2_32::error::WsaError as E;
use ws2_32::ffi::WSACleanup;
use ws2_32::ffi::types::SOCKET;

fn limit(most: u64) {
    let limit = libc::rlimit { rlim_cur: most, rlim_max: most };
    // SAFETY: a local.
    must(unsafe { libc::setrlimit(libc::RLIMIT_NOFILE, &raw const limit) });
}

fn udp() -> SOCKET {
    let s = socket(AF_INET, DGRAM);
    bound(s, AF_INET);
    s
}

fn waits_in_recv(s: SOCKET) -> Blocked<Outcome> {
    Blocked::on(move || recv(s, &mut [0; 4], 0))
}

/// A wait needs no descriptor of its own.
#[test]
fn many_wait_with_few_descriptors() {
    alone(here!("many_wait_with_few_descriptors"), || {
        start();
        // What reads /proc while waiting needs one, too.
        limit(256);
        let waiting: Vec<_> = (0..240).map(|_| udp()).map(|s| (s, waits_in_recv(s))).collect();
        for (s, receiver) in waiting {
            close(s).unwrap();
            assert_eq!(receiver.outcome(), Err(E::WSAEINTR));
        }
    });
}

/// Where the process has no descriptor left for the alarm, which needs two, closesocket still ends a wait.
#[test]
fn none_left() {
    alone(here!("none_left"), || {
        start();
        let s = udp();
        let other = udp();
        let mut files = Vec::new();
        limit(64);
        while let Ok(file) = std::fs::File::open("/dev/null") {
            files.push(file);
        }
        // For what reads /proc while waiting.
        files.pop();
        let selects = Blocked::on(move || sets::select(Some(&mut Set::of(&[other])), None, None, -1));
        let receiver = waits_in_recv(s);
        assert_eq!(close(s), Ok(0));
        assert_eq!(receiver.outcome(), Err(E::WSAEINTR));
        assert_eq!(close(other), Ok(0));
        assert_eq!(selects.outcome(), Ok(1));
    });
}

fn switches(thread: i32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/self/task/{thread}/status")).unwrap();
    let count = |line: &str| line.split_whitespace().next_back().and_then(|last| last.parse::<u64>().ok());
    status.lines().filter(|line| line.contains("ctxt_switches")).filter_map(count).sum()
}

/// As daemons do: the program closes what it does not know, and a file gets the numbers.
#[test]
fn the_library_s_own_descriptors_closed_by_the_program() {
    alone(here!("the_library_s_own_descriptors_closed_by_the_program"), || {
        start();
        let first = udp();
        let receiver = waits_in_recv(first);
        close(first).unwrap();
        assert_eq!(receiver.outcome(), Err(E::WSAEINTR));
        for number in 3..64 {
            // SAFETY: the library's own, and the test harness' pipes, of which nothing is needed any more.
            unsafe { libc::close(number) };
        }
        let mut files: Vec<_> = (0..6).map(|_| tempfile::tempfile().unwrap()).collect();
        for file in &mut files {
            file.write_all(b"0123456789ABCDEF").unwrap();
            file.rewind().unwrap();
        }
        let s = udp();
        let (tell, tid) = std::sync::mpsc::channel();
        let receiver = Blocked::on(move || {
            tell.send(crate::support::waiting::thread_number()).unwrap();
            recv(s, &mut [0; 4], 0)
        });
        let tid = tid.recv().unwrap();
        let before = switches(tid);
        std::thread::sleep(std::time::Duration::from_millis(300));
        assert!(switches(tid) - before < 20, "a busy loop");
        close(s).unwrap();
        assert_eq!(receiver.outcome(), Err(E::WSAEINTR));
        assert_eq!(WSACleanup(), 0);
        for file in &mut files {
            let mut content = String::new();
            // SAFETY: numbers only.
            assert!(unsafe { libc::fcntl(file.as_raw_fd(), libc::F_GETFD) } >= 0, "a file was closed");
            file.read_to_string(&mut content).unwrap();
            assert_eq!(content, "0123456789ABCDEF");
        }
    });
}

/// What is remembered of closed sockets is given back.
#[test]
fn closed_sockets_leave_nothing() {
    alone(here!("closed_sockets_leave_nothing"), || {
        start();
        let pages = || -> u64 {
            let line = std::fs::read_to_string("/proc/self/statm").unwrap();
            line.split(' ').nth(1).unwrap().parse().unwrap()
        };
        let open_and_close = |count| {
            for _ in 0..count {
                close(socket(AF_INET, STREAM)).unwrap();
            }
        };
        open_and_close(1000);
        let before = pages();
        open_and_close(20_000);
        assert!(pages() < before + 256, "{} pages more", pages() - before);
    });
}
