//! The last `WSACleanup` ends `select` and `WSAPoll`, also where they wait for sockets that POSIX code made. A
//! process of its own, since nothing else may have Winsock started.

use std::os::fd::AsRawFd;
use std::os::unix::net::UnixStream;
use std::ptr::{null, null_mut};
use std::sync::mpsc;
use std::thread;

use crate::support::process::{done_elsewhere, here};
use crate::support::sets::{sleeps, start, thread_number};
use ws2_32::ffi::types::select::*;
use ws2_32::ffi::types::*;
use ws2_32::ffi::*;

fn call_select(socket: SOCKET) -> (i32, i32) {
    let mut set = [1, socket];
    // SAFETY: memory of this test.
    (unsafe { ws2_select(0, set.as_mut_ptr().cast(), null_mut(), null_mut(), null()) }, WSAGetLastError())
}

fn call_poll(socket: SOCKET) -> (i32, i32) {
    let mut entry = WSAPOLLFD { fd: socket, events: 0x100, revents: 0 };
    // SAFETY: memory of this test.
    (unsafe { WSAPoll(&raw mut entry, 1, -1) }, WSAGetLastError())
}

#[test]
fn cleanup_ends_waits() {
    if done_elsewhere(here!("cleanup_ends_waits")) {
        return;
    }
    let (posix, _peer) = UnixStream::pair().unwrap();
    let posix = usize::try_from(posix.as_raw_fd()).unwrap();
    assert_eq!(call_select(posix), (-1, 10093), "before WSAStartup");
    assert_eq!(call_poll(posix), (-1, 10093), "before WSAStartup");
    for call in [call_select, call_poll] {
        start();
        let ours = ws2_socket(2, 1, 0);
        let (tell, told) = mpsc::channel();
        let waiting = [posix, ours].map(|socket| {
            let tell = tell.clone();
            thread::spawn(move || {
                tell.send(thread_number()).unwrap();
                call(socket)
            })
        });
        told.iter().take(2).for_each(sleeps);
        assert_eq!(WSACleanup(), 0);
        for thread in waiting {
            assert_eq!(thread.join().unwrap(), (-1, 10004));
        }
    }
}
