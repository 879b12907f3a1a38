//! More sockets than `FD_SETSIZE`, and more than a bitmap of 1,024.

use crate::support::process::{alone, here, left_out};
use crate::support::sets::*;
use ws2_32::ffi::types::SOCKET;
use ws2_32::ffi::*;

/// Lets the process have as many descriptors as it may; how many.
fn raise_limit() -> u64 {
    let mut limit = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
    // SAFETY: memory of this test.
    unsafe {
        assert_eq!(libc::getrlimit(libc::RLIMIT_NOFILE, &raw mut limit), 0);
        limit.rlim_cur = limit.rlim_max;
        assert_eq!(libc::setrlimit(libc::RLIMIT_NOFILE, &raw const limit), 0);
    }
    limit.rlim_cur
}

/// As many different descriptors, of UDP sockets that nothing arrives at.
fn idle(count: usize) -> Vec<SOCKET> {
    (0..count)
        .map(|_| {
            let socket = udp();
            bind(socket);
            socket
        })
        .collect()
}

/// SE1: 200 sockets.
#[test]
fn se1_two_hundred() {
    start();
    raise_limit();
    let sockets = idle(200);
    assert_eq!(connect(sockets[137], port(sockets[137])), 0);
    send(sockets[137], b"x", 0);
    let (mut read, mut write) = (Set::of(&sockets), Set::of(&sockets));
    becomes("RW".into(), || ready(sockets[137]));
    assert_eq!(select(Some(&mut read), Some(&mut write), None, LONG), Ok(201));
    assert_eq!(read.sockets(), [sockets[137]]);
    assert_eq!(write.sockets(), sockets);
    close(&sockets);
}

/// SE1, SE5: 10,000 sockets, or as many as the system lets a process have, in any order and several times.
#[test]
fn se1_ten_thousand() {
    alone(here!("se1_ten_thousand"), || {
        start();
        let count = usize::try_from(raise_limit()).unwrap().saturating_sub(600).min(10_000);
        if count < 10_000 {
            left_out(&format!("10,000 sockets; the limit of descriptors allows {count}"));
        }
        let sockets = idle(count);
        let (last, first) = (sockets[count - 1], sockets[0]);
        assert_eq!(select(Some(&mut Set::of(&sockets)), None, None, 0), Ok(0));
        for socket in [last, first] {
            assert_eq!(connect(socket, port(socket)), 0);
            send(socket, b"x", 0);
            becomes("RW".into(), || ready(socket));
        }
        let mut backwards: Vec<SOCKET> = sockets.iter().rev().copied().collect();
        backwards.extend(&sockets);
        let mut read = Set::of(&backwards);
        assert_eq!(select(Some(&mut read), None, None, -1), Ok(2));
        assert_eq!(read.sockets(), [last, first]);

        let mut entries: Vec<_> = sockets.iter().map(|&socket| entry(socket, 0x100)).collect();
        assert_eq!(poll(&mut entries, -1), Ok(2));
        assert_eq!((entries[0].revents, entries[1].revents, entries[count - 1].revents), (0x100, 0, 0x100));

        // The one that is closed is found among all, and the last dead one spoils the set.
        assert_eq!(closesocket(last), 0);
        let mut read = Set::of(&sockets);
        assert_eq!(select(Some(&mut read), None, None, -1), Err(10038));
        assert_eq!(read, Set::of(&sockets));
        close(&sockets[..count - 1]);
    });
}

/// SE5: one socket 100,000 times, more than the system lets a process have at once.
#[test]
fn se5_one_socket_again_and_again() {
    start();
    let socket = udp();
    let mut write = Set::of(&vec![socket; 100_000]);
    assert_eq!(select(None, Some(&mut write), None, -1), Ok(1));
    assert_eq!(write.sockets(), [socket]);
    let mut read = Set::of(&vec![socket; 100_000]);
    assert_eq!(select(Some(&mut read), None, None, 5), Ok(0));
    let mut entries = vec![entry(socket, 0x10); 100_000];
    assert_eq!(poll(&mut entries, -1), Ok(100_000));
    close(&[socket]);
}
