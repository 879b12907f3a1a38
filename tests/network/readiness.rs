//! X13: what `WSAPoll` and `select` leave behind when they fail.

use std::ptr::null_mut;
use std::time::Duration;

use ws2_32::ffi::types::select::*;
use ws2_32::ffi::*;

use crate::support::options::*;

const POLLERR: i16 = 1;
const POLLRDNORM: i16 = 0x100;

fn poll(entries: &mut [WSAPOLLFD]) -> i32 {
    let len = entries.len().try_into().unwrap();
    // SAFETY: a slice, and its length.
    outcome(unsafe { WSAPoll(entries.as_mut_ptr(), len, 0) })
}

#[test]
fn x13_wsapoll_clears_what_happened() {
    let (near, far) = pair();
    send(near, b"x", 0);
    until("it arrives", || ioctl(far, 0x4004_667f, 0).1 == 1);
    let entry = |fd, events| WSAPOLLFD { fd, events, revents: 77 };
    for bad in [POLLERR, 0x400, 8, 0x1000] {
        for (first, second) in
            [(entry(far, POLLRDNORM), entry(0x00ab_acab, bad)), (entry(far, bad), entry(near, 0))]
        {
            let mut entries = [first, second];
            assert_eq!(poll(&mut entries), WSAEINVAL, "{bad:#x}");
            assert_eq!(entries.map(|entry| entry.revents), [0, 0], "{bad:#x}");
        }
    }
    close(near);
    close(far);
}

/// A socket of the exception set is closed by another thread: the sets are empty afterwards, all of them.
#[test]
fn x13_select_empties_the_sets() {
    let (near, far) = pair();
    let other = socket(AF_INET, DATAGRAM);
    assert_eq!(bind(other, LOOPBACK, 0), 0);
    let set = |sockets: &[usize]| {
        let mut set = ws2_fd_set { fd_count: sockets.len().try_into().unwrap(), fd_array: [0; 64] };
        set.fd_array[..sockets.len()].copy_from_slice(sockets);
        set
    };
    let (mut read, mut except) = (set(&[other]), set(&[far, other]));
    std::thread::scope(|scope| {
        scope.spawn(move || {
            // Long enough for `select` to wait; earlier, it would find no socket and leave the sets alone.
            std::thread::sleep(Duration::from_millis(300));
            close(far);
        });
        // SAFETY: locals.
        let result = unsafe { ws2_select(0, &raw mut read, null_mut(), &raw mut except, null_mut()) };
        assert_eq!(outcome(result), WSAENOTSOCK);
    });
    assert_eq!((read.fd_count, except.fd_count), (0, 0));
    // A socket that is none from the beginning leaves them as they were (SE4).
    let mut except = set(&[far, other]);
    // SAFETY: locals.
    let result = unsafe { ws2_select(0, null_mut(), null_mut(), &raw mut except, null_mut()) };
    assert_eq!((outcome(result), except.fd_count), (WSAENOTSOCK, 2));
    close(near);
    close(other);
}
