//! What `select` does with its arguments.

use std::ptr::{null, null_mut};

use crate::support::process::{alone, here};
use crate::support::sets::*;
use ws2_32::ffi::types::select::*;
use ws2_32::ffi::*;

/// SE2.
#[test]
fn se2_nfds_is_ignored() {
    start();
    let socket = udp();
    for nfds in [i32::MIN, -1, 0, 1, i32::MAX] {
        let mut write = Set::of(&[socket]);
        // SAFETY: memory of this test.
        let count = unsafe { ws2_select(nfds, null_mut(), write.at(), null_mut(), null()) };
        assert_eq!((count, write), (1, Set::of(&[socket])));
    }
    close(&[socket]);
}

/// SE3.
#[test]
fn se3_no_socket_at_all() {
    start();
    assert_eq!(select(None, None, None, 0), Err(10022));
    assert_eq!(select(None, None, None, -1), Err(10022));
    assert_eq!(
        select(Some(&mut Set::of(&[])), Some(&mut Set::of(&[])), Some(&mut Set::of(&[])), 0),
        Err(10022)
    );
    assert_eq!(select(None, Some(&mut Set::of(&[])), None, -1), Err(10022));
}

/// SE4: closed, never there, a file, a pipe, nonsense; among good ones, ready ones, in any set.
#[test]
fn se4_no_socket_among_others() {
    start();
    let (good, closed) = (udp(), udp());
    close(&[closed]);
    let file = std::fs::File::open("/proc/self/exe").unwrap();
    let (pipe, _writer) = std::io::pipe().unwrap();
    let number = |fd: i32| usize::try_from(fd).unwrap();
    let file = number(std::os::fd::AsRawFd::as_raw_fd(&file));
    let pipe = number(std::os::fd::AsRawFd::as_raw_fd(&pipe));
    for bad in [closed, file, pipe, usize::MAX, 0x7fff_ffff, 0x8000_0000, 1 << 32, 1 << 63] {
        for sockets in [vec![bad], vec![good, bad], vec![bad, good], vec![good, bad, good, bad]] {
            for milliseconds in [0, 10, -1] {
                let (mut read, mut write, mut except) =
                    (Set::of(&[good]), Set::of(&sockets), Set::of(&[good]));
                let result = select(Some(&mut read), Some(&mut write), Some(&mut except), milliseconds);
                assert_eq!(result, Err(10038), "{bad:#x}");
                assert_eq!((read, write, except), (Set::of(&[good]), Set::of(&sockets), Set::of(&[good])));
                let mut alone = Set::of(&sockets);
                assert_eq!(select(None, None, Some(&mut alone), milliseconds), Err(10038), "{bad:#x}");
                assert_eq!(alone, Set::of(&sockets));
            }
        }
    }
    close(&[good]);
}

/// SE4 where POSIX code closes a socket that was known, and something else gets its number.
#[test]
fn se4_a_file_under_the_number_of_a_socket() {
    alone(here!("se4_a_file_under_the_number_of_a_socket"), || {
        start();
        let (socket, _other) = pair();
        assert_eq!(ready(socket), "W");
        let (pipe, _writer) = std::io::pipe().unwrap();
        // SAFETY: the socket is this test's.
        unsafe { libc::dup2(std::os::fd::AsRawFd::as_raw_fd(&pipe), fd(socket)) };
        assert_eq!(select(Some(&mut Set::of(&[socket])), None, None, -1), Err(10038));
        // SAFETY: as above.
        unsafe { libc::close(fd(socket)) };
        assert_eq!(select(Some(&mut Set::of(&[socket])), None, None, -1), Err(10038));
    });
}

/// SE5.
#[test]
fn se5_sets_keep_what_is_ready() {
    start();
    let (a, b) = pair();
    let (c, d) = pair();
    send(a, b"x", 0);
    send(c, b"x", 0);
    becomes("RW".into(), || ready(b));
    becomes("RW".into(), || ready(d));
    let mut read = Set::of(&[a, d, c, d, b, a, b, d]);
    let mut write = Set::of(&[a, a]);
    let mut except = Set::of(&[a, b, c, d]);
    assert_eq!(select(Some(&mut read), Some(&mut write), Some(&mut except), LONG), Ok(3));
    assert_eq!(read.sockets(), [d, b]);
    assert_eq!(write.sockets(), [a]);
    assert_eq!(except.sockets(), []);
    // A passed time-out empties them.
    let mut read = Set::of(&[a, c]);
    assert_eq!(select(Some(&mut read), None, None, 10), Ok(0));
    assert_eq!(read.sockets(), []);
    close(&[a, b, c, d]);
}

/// SE6.
#[test]
fn se6_time_out_is_left_alone() {
    start();
    let socket = tcp();
    for time in [(0, 0), (0, 20_000), (0, 1_000_001)] {
        let time = ws2_timeval { tv_sec: time.0, tv_usec: time.1 };
        let copy = time;
        let mut read = Set::of(&[socket]);
        // SAFETY: memory of this test.
        assert_eq!(unsafe { ws2_select(0, read.at(), null_mut(), null_mut(), &raw const time) }, 0);
        assert_eq!((time.tv_sec, time.tv_usec), (copy.tv_sec, copy.tv_usec));
    }
    close(&[socket]);
}

/// SE7: one set for two and three arguments.
#[test]
fn se7_one_set_for_several_arguments() {
    start();
    let (listener, client) = (listener(), tcp());
    assert_eq!(connect(client, port(listener)), 0);
    let idle = tcp();
    let mut set = Set::of(&[idle, listener, client, listener]);
    let at = set.at();
    assert_eq!(raw_select(at, at, null_mut(), LONG), Ok(2));
    assert_eq!(set.sockets(), [listener, client]);
    let at = set.at();
    assert_eq!(raw_select(null_mut(), at, at, LONG), Ok(1));
    assert_eq!(set.sockets(), [client]);
    let at = set.at();
    assert_eq!(raw_select(at, at, at, LONG), Ok(1));
    close(&[listener, client, idle]);
}

/// SE16.
#[test]
fn se16_is_set() {
    let mut set = Set::of(&[5, 7, usize::MAX, 5]);
    let mut is_set = |socket| {
        // SAFETY: memory of this test.
        unsafe { __WSAFDIsSet(socket, set.at()) }
    };
    assert_eq!([5, 7, usize::MAX].map(&mut is_set), [1, 1, 1]);
    assert_eq!([0, 6, 4].map(&mut is_set), [0, 0, 0]);
    // SAFETY: NULL is refused, and an empty set has no sockets.
    unsafe {
        assert_eq!(__WSAFDIsSet(0, Set::of(&[]).at()), 0);
        assert_eq!(__WSAFDIsSet(5, null_mut()), 0);
    }
}

/// The count is 32 bits wide; what stands beside it is nobody's.
#[test]
fn padding_of_the_count_is_ignored_and_kept() {
    start();
    let socket = udp();
    let mut write = Set(vec![0xdead_beef_0000_0001, socket]);
    assert_eq!(select(None, Some(&mut write), None, LONG), Ok(1));
    assert_eq!(write.0, [0xdead_beef_0000_0001, socket]);
    close(&[socket]);
}

/// A set at an odd address works as any other.
#[test]
fn set_at_an_odd_address() {
    start();
    let socket = udp();
    let mut bytes = [0_u8; 40];
    bytes[1..5].copy_from_slice(&2_u32.to_ne_bytes());
    bytes[9..17].copy_from_slice(&socket.to_ne_bytes());
    bytes[17..25].copy_from_slice(&socket.to_ne_bytes());
    let at = bytes[1..].as_mut_ptr().cast::<ws2_fd_set>();
    assert_eq!(raw_select(null_mut(), at, null_mut(), LONG), Ok(1));
    assert_eq!(bytes[1..5], 1_u32.to_ne_bytes());
    // SAFETY: memory of this test.
    assert_eq!(unsafe { __WSAFDIsSet(socket, at) }, 1);
    close(&[socket]);
}
