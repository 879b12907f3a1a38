//! Pointers and numbers that make no sense.

use std::ptr::{null, null_mut};

use crate::support::sets::*;
use ws2_32::ffi::types::select::*;
use ws2_32::ffi::*;

/// An address that nothing is mapped at.
fn wild<T>() -> *mut T {
    std::ptr::without_provenance_mut(0x10_0000_0000_0000)
}

/// Two pages of which only the first is there; where the first one ends.
fn end_of_memory() -> *mut u8 {
    // SAFETY: new memory, which the test keeps.
    unsafe {
        let (read_write, private) =
            (libc::PROT_READ | libc::PROT_WRITE, libc::MAP_PRIVATE | libc::MAP_ANONYMOUS);
        let start = libc::mmap(null_mut(), 131_072, read_write, private, -1, 0);
        assert_ne!(start, libc::MAP_FAILED);
        let end = start.byte_add(65_536);
        assert_eq!(libc::mprotect(end, 65_536, libc::PROT_NONE), 0);
        end.cast()
    }
}

#[test]
fn wild_sets() {
    start();
    let socket = udp();
    for bad in [wild(), std::ptr::without_provenance_mut(1), std::ptr::without_provenance_mut(usize::MAX - 3)]
    {
        let mut good = Set::of(&[socket]);
        assert_eq!(raw_select(bad, null_mut(), null_mut(), 0), Err(10014));
        assert_eq!(raw_select(null_mut(), bad, null_mut(), 0), Err(10014));
        assert_eq!(raw_select(null_mut(), good.at(), bad, -1), Err(10014));
        assert_eq!(good, Set::of(&[socket]));
    }
    close(&[socket]);
}

#[test]
fn wild_time_out() {
    start();
    let socket = udp();
    let mut write = Set::of(&[socket]);
    // SAFETY: the call has to refuse the pointer.
    assert_eq!(unsafe { ws2_select(0, null_mut(), write.at(), null_mut(), wild()) }, -1);
    assert_eq!(WSAGetLastError(), 10014);
    for (tv_sec, tv_usec) in [(-1, 0), (0, -1), (i32::MIN, i32::MIN)] {
        let time = ws2_timeval { tv_sec, tv_usec };
        // SAFETY: memory of this test.
        assert_eq!(unsafe { ws2_select(0, null_mut(), write.at(), null_mut(), &raw const time) }, -1);
        assert_eq!(WSAGetLastError(), 10022);
    }
    assert_eq!(write, Set::of(&[socket]));
    close(&[socket]);
}

/// A count that the memory does not hold: the sockets that are there are good, and then the memory ends.
#[test]
fn count_beyond_the_memory() {
    start();
    let socket = udp();
    for count in [9, 64, 10_000, 0x7fff_ffff, u32::MAX] {
        // SAFETY: within the first page of the two.
        let at = unsafe {
            let at = end_of_memory().sub(72);
            at.cast::<u32>().write(count);
            (0..8).for_each(|place| at.add(8).cast::<usize>().add(place).write(socket));
            at.cast::<ws2_fd_set>()
        };
        assert_eq!(raw_select(null_mut(), at, null_mut(), -1), Err(10014), "{count}");
        // SAFETY: as above.
        assert_eq!(unsafe { at.cast::<u32>().read() }, count);
        let entries = at.cast::<WSAPOLLFD>();
        // SAFETY: the call has to notice the end of the memory.
        unsafe {
            (0..4).for_each(|place| entries.add(place).write(entry(socket, 0x10)));
            assert_eq!(WSAPoll(entries, count, -1), -1, "{count}");
        }
        assert_eq!(WSAGetLastError(), 10014, "{count}");
    }
    close(&[socket]);
}

/// A set that ends exactly where the memory ends.
#[test]
fn set_at_the_end_of_the_memory() {
    start();
    let socket = udp();
    // SAFETY: within the first page of the two.
    let at = unsafe {
        let at = end_of_memory().sub(16);
        at.cast::<u32>().write(1);
        at.add(8).cast::<usize>().write(socket);
        at.cast::<ws2_fd_set>()
    };
    assert_eq!(raw_select(null_mut(), at, null_mut(), LONG), Ok(1));
    close(&[socket]);
}

/// Memory that can be read only cannot take the answer.
#[test]
fn constant_set() {
    start();
    static CONSTANT: [usize; 2] = [1, 5];
    assert_eq!(raw_select(CONSTANT.as_ptr().cast_mut().cast(), null_mut(), null_mut(), 0), Err(10014));
}

/// PO1.
#[test]
fn po1_no_array() {
    start();
    let socket = udp();
    let mut entries = [entry(socket, 0x10)];
    let call = |at: *mut WSAPOLLFD, count, time| {
        // SAFETY: memory of this test, or pointers that the call has to refuse.
        assert_eq!(unsafe { WSAPoll(at, count, time) }, -1);
        WSAGetLastError()
    };
    assert_eq!(call(null_mut(), 0, -1), 10022);
    assert_eq!(call(null_mut(), 1, -1), 10014);
    assert_eq!(call(null_mut(), u32::MAX, 0), 10014);
    assert_eq!(call(entries.as_mut_ptr(), 0, -1), 10022);
    assert_eq!(call(wild(), 1, 0), 10014);
    assert_eq!(entries[0].revents, 0x5a5a);
    close(&[socket]);
}

#[test]
fn null_is_no_time_limit_and_the_caller_keeps_errno() {
    start();
    let socket = udp();
    // SAFETY: the thread's own errno; memory of this test.
    unsafe {
        *libc::__errno_location() = 12_345;
        assert_eq!(ws2_select(0, null_mut(), Set::of(&[socket]).at(), null_mut(), null()), 1);
        assert_eq!(ws2_select(0, null_mut(), wild(), null_mut(), null()), -1);
        // Q23: a failure leaves its code.
        assert_eq!(*libc::__errno_location(), WSAGetLastError());
        *libc::__errno_location() = 12_345;
        let mut on_the_stack = ws2_fd_set { fd_count: 1, fd_array: [socket; 64] };
        assert_eq!(ws2_select(0, null_mut(), &raw mut on_the_stack, null_mut(), null()), 1);
        assert_eq!(*libc::__errno_location(), 12_345);
    }
    close(&[socket]);
}
