//! This library's other calls that move data or ask for readiness, through the shared library, against libc's:
//! `recv`, `sendto`, `recvfrom`, `WSASend` against `sendmsg`, `select` against `poll` and `select`.
//!
//! `cargo bench --bench calls` prints the times as a table. See `common` for what is timed.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a benchmark may fail by panicking")]

mod common;

use std::ffi::c_char;
use std::mem::zeroed;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, UdpSocket};
use std::os::fd::{AsRawFd, OwnedFd};
use std::ptr::null_mut;

use common::{Name, Ours, Pair, at_once, in_turn, name_of, print_heading, repeat, with_one_and_two_threads};
use ws2_32::ffi::types::message::WSABUF;
use ws2_32::ffi::types::select::ws2_timeval;

type Recv = unsafe extern "C" fn(usize, *mut u8, i32, i32) -> i32;
type Sendto = unsafe extern "C" fn(usize, *const u8, i32, i32, *const Name, i32) -> i32;
type Recvfrom = unsafe extern "C" fn(usize, *mut u8, i32, i32, *mut Name, *mut i32) -> i32;
type WsaSend = unsafe extern "C" fn(usize, *mut WSABUF, u32, *mut u32, u32, *mut u8, *mut u8) -> i32;
type Select = unsafe extern "C" fn(i32, *mut Set, *mut Set, *mut Set, *const ws2_timeval) -> i32;

/// Calls in a batch that is timed as one, where they are short.
const BATCH: u64 = 512;

const SIZES: [usize; 2] = [64, 1400];

const HOSTS: [(&str, IpAddr); 2] =
    [("IPv4", IpAddr::V4(Ipv4Addr::LOCALHOST)), ("IPv6", IpAddr::V6(Ipv6Addr::LOCALHOST))];

/// `AF_INET6` as Windows has it.
const WINDOWS_AF_INET6: libc::sa_family_t = 23;

/// As many sockets as there are in the largest set measured.
const MOST: usize = 10_000;

/// An `fd_set` of Windows with room for [`MOST`] sockets.
#[repr(C)]
#[derive(Clone)]
struct Set {
    count: u32,
    sockets: [usize; MOST],
}

fn print(call: &str, what: &str, threads: &str, peer: &str, [libc, ws2]: [f64; 2]) {
    println!("| {call} | {what} | {threads} | {peer} | {libc:.0} | {ws2:.0} | {:.2} |", ws2 / libc);
}

fn nothing(_: u64) {}

fn recv(ours: &Ours, threads: &str) {
    // SAFETY: its type.
    let function = unsafe { ours.function::<Recv>("ws2_recv") };
    for kind in ["tcp", "udp"] {
        for size in SIZES {
            let pair = Pair::new(ours, kind);
            let (fd, part) = (pair.socket.as_raw_fd(), at_once(size));
            let socket = usize::try_from(fd).unwrap();
            let mut room = [0_u8; 1400];
            let (room, len) = (room.as_mut_ptr(), i32::try_from(size).unwrap());
            let fill = |count| pair.fill(size, count);
            // SAFETY: the kernel writes to a local that is long enough.
            let libc = || unsafe { libc::recv(fd, room.cast(), size, 0) };
            // SAFETY: likewise.
            let ws2 = || unsafe { function(socket, room, len, 0) };
            let times = in_turn(
                [&mut |count| repeat(count, part, size.cast_signed(), fill, libc, nothing), &mut |count| {
                    repeat(count, part, len, fill, ws2, nothing)
                }],
                BATCH,
            );
            print("`recv`", &format!("{kind}, {size} bytes"), threads, "`recv`", times);
        }
    }
}

/// The address as programs for Windows write it.
fn as_on_windows((mut name, len): Name) -> Name {
    if i32::from(name.ss_family) == libc::AF_INET6 {
        name.ss_family = WINDOWS_AF_INET6;
    }
    (name, len)
}

fn sendto(ours: &Ours, threads: &str) {
    // SAFETY: its type.
    let function = unsafe { ours.function::<Sendto>("ws2_sendto") };
    for (family, host) in HOSTS {
        for size in SIZES {
            let pair = Pair::unconnected(host);
            let (fd, part) = (pair.socket.as_raw_fd(), at_once(size));
            let socket = usize::try_from(fd).unwrap();
            let (data, len) = (vec![0_u8; size], i32::try_from(size).unwrap());
            let (name, name_len) = name_of(&pair.other);
            let windows = as_on_windows((name, name_len));
            let windows_len = i32::try_from(name_len).unwrap();
            let drain = |_| pair.drain();
            let libc = || {
                let to = (&raw const name).cast();
                // SAFETY: the kernel reads from locals of these lengths.
                unsafe { libc::sendto(fd, data.as_ptr().cast(), size, libc::MSG_NOSIGNAL, to, name_len) }
            };
            // SAFETY: likewise.
            let ws2 = || unsafe { function(socket, data.as_ptr(), len, 0, &raw const windows, windows_len) };
            let times = in_turn(
                [&mut |count| repeat(count, part, size.cast_signed(), nothing, libc, drain), &mut |count| {
                    repeat(count, part, len, nothing, ws2, drain)
                }],
                BATCH,
            );
            print("`sendto`", &format!("{family}, {size} bytes"), threads, "`sendto`", times);
        }
    }
}

fn recvfrom(ours: &Ours, threads: &str) {
    // SAFETY: its type.
    let function = unsafe { ours.function::<Recvfrom>("ws2_recvfrom") };
    for (family, host) in HOSTS {
        for size in SIZES {
            let pair = Pair::unconnected(host);
            let (fd, part) = (pair.socket.as_raw_fd(), at_once(size));
            let socket = usize::try_from(fd).unwrap();
            let mut room = [0_u8; 1400];
            let (room, len) = (room.as_mut_ptr(), i32::try_from(size).unwrap());
            let (mut name, name_len) = name_of(&pair.socket);
            let name: *mut libc::sockaddr_storage = &raw mut name;
            let fill = |count| pair.fill(size, count);
            let libc = || {
                let mut name_len = name_len;
                // SAFETY: the kernel writes to locals that are long enough.
                unsafe { libc::recvfrom(fd, room.cast(), size, 0, name.cast(), &raw mut name_len) }
            };
            let ws2 = || {
                let mut name_len = name_len.cast_signed();
                // SAFETY: likewise.
                unsafe { function(socket, room, len, 0, name.cast(), &raw mut name_len) }
            };
            let times = in_turn(
                [&mut |count| repeat(count, part, size.cast_signed(), fill, libc, nothing), &mut |count| {
                    repeat(count, part, len, fill, ws2, nothing)
                }],
                BATCH,
            );
            print("`recvfrom`", &format!("{family}, {size} bytes"), threads, "`recvfrom`", times);
        }
    }
}

fn wsa_send(ours: &Ours, threads: &str) {
    const SIZE: u32 = 64;
    // SAFETY: its type.
    let function = unsafe { ours.function::<WsaSend>("WSASend") };
    for count in [1, 4, 16] {
        let pair = Pair::new(ours, "tcp");
        let fd = pair.socket.as_raw_fd();
        let socket = usize::try_from(fd).unwrap();
        let mut data = [0_u8; SIZE as usize];
        let data = data.as_mut_ptr();
        let mut buffers = [(); 16].map(|()| WSABUF { len: SIZE, buf: data.cast::<c_char>() });
        let mut pieces = [libc::iovec { iov_base: data.cast(), iov_len: SIZE as usize }; 16];
        let all = SIZE * count;
        // SAFETY: zeros are a message.
        let mut message: libc::msghdr = unsafe { zeroed() };
        message.msg_iov = pieces.as_mut_ptr();
        message.msg_iovlen = count.try_into().unwrap();
        let buffers = buffers.as_mut_ptr();
        let drain = |_| pair.drain();
        // SAFETY: the kernel reads from locals.
        let libc = || unsafe { libc::sendmsg(fd, &raw const message, libc::MSG_NOSIGNAL) };
        let ws2 = || {
            let mut sent = 0;
            // SAFETY: likewise; the number goes to a local.
            let result =
                unsafe { function(socket, buffers, count, &raw mut sent, 0, null_mut(), null_mut()) };
            (result, sent)
        };
        let expected = isize::try_from(all).unwrap();
        let part = at_once(all as usize);
        let times = in_turn(
            [&mut |count| repeat(count, part, expected, nothing, libc, drain), &mut |count| {
                repeat(count, part, (0, all), nothing, ws2, drain)
            }],
            BATCH,
        );
        let plural = if count == 1 { "" } else { "s" };
        print("`WSASend`", &format!("tcp, {count} buffer{plural} of 64 bytes"), threads, "`sendmsg`", times);
    }
}

/// One of many sockets has something to receive, the others nothing; no waiting. Putting the sets right again is part
/// of the calls, as it is in programs.
fn select(ours: &Ours, threads: &str) {
    // SAFETY: its type.
    let function = unsafe { ours.function::<Select>("ws2_select") };
    for count in [1, 64, 1000, MOST] {
        let sockets: Vec<OwnedFd> =
            (0..count).map(|_| UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().into()).collect();
        let fds: Vec<i32> = sockets.iter().map(AsRawFd::as_raw_fd).collect();
        let (name, len) = name_of(&sockets[0]);
        // SAFETY: the kernel reads from a local.
        assert_eq!(unsafe { libc::sendto(fds[0], null_mut(), 0, 0, (&raw const name).cast(), len) }, 0);

        // On the stack, where programs have it mostly; and on the heap.
        let mut set = Set { count: 0, sockets: [0; MOST] };
        for (place, fd) in set.sockets.iter_mut().zip(&fds) {
            *place = usize::try_from(*fd).unwrap();
        }
        let mut on_heap = Box::new(set.clone());
        let (set, on_heap): (*mut Set, *mut Set) = (&raw mut set, &raw mut *on_heap);
        let (ours_count, first) = (u32::try_from(count).unwrap(), usize::try_from(fds[0]).unwrap());
        let now = ws2_timeval { tv_sec: 0, tv_usec: 0 };
        let ws2 = |set: *mut Set| {
            // SAFETY: the set lives until the calls are over, and nobody else uses it.
            unsafe {
                (*set).count = ours_count;
                (*set).sockets[0] = first;
                function(0, set, null_mut(), null_mut(), &raw const now)
            }
        };
        let mut polls: Vec<libc::pollfd> =
            fds.iter().map(|fd| libc::pollfd { fd: *fd, events: libc::POLLIN, revents: 0 }).collect();
        let mut poll = || {
            // SAFETY: a slice of that length.
            unsafe { libc::poll(polls.as_mut_ptr(), count as libc::nfds_t, 0) }
        };
        let batch = (BATCH / count as u64).max(4);
        let mut by_poll = |count| repeat(count, batch, 1, nothing, &mut poll, nothing);
        let mut by_ws2 = |count| repeat(count, batch, 1, nothing, || ws2(set), nothing);
        let mut by_heap = |count| repeat(count, batch, 1, nothing, || ws2(on_heap), nothing);
        let what = if count == 1 { "1 socket".to_owned() } else { format!("{count} sockets") };
        let highest = *fds.iter().max().unwrap();
        if usize::try_from(highest).unwrap() < libc::FD_SETSIZE {
            // SAFETY: zeros are an empty set.
            let mut whole: libc::fd_set = unsafe { zeroed() };
            for fd in &fds {
                // SAFETY: the number is less than FD_SETSIZE.
                unsafe { libc::FD_SET(*fd, &raw mut whole) };
            }
            let select = || {
                let mut set = whole;
                let mut now = libc::timeval { tv_sec: 0, tv_usec: 0 };
                // SAFETY: locals.
                unsafe { libc::select(highest + 1, &raw mut set, null_mut(), null_mut(), &raw mut now) }
            };
            let mut by_select = |count| repeat(count, batch, 1, nothing, select, nothing);
            let [poll, ws2, select] = in_turn([&mut by_poll, &mut by_ws2, &mut by_select], batch);
            print("`select`", &what, threads, "`poll`", [poll, ws2]);
            print("`select`", &what, threads, "`select`", [select, ws2]);
            let what = format!("{what}, set on the heap");
            print("`select`", &what, threads, "`select`", in_turn([&mut by_select, &mut by_heap], batch));
        } else {
            print("`select`", &what, threads, "`poll`", in_turn([&mut by_poll, &mut by_ws2], batch));
        }
    }
}

/// Lets this process have as many descriptors as it may.
fn raise_limit() {
    // SAFETY: locals.
    unsafe {
        let mut limit: libc::rlimit = zeroed();
        assert_eq!(libc::getrlimit(libc::RLIMIT_NOFILE, &raw mut limit), 0);
        limit.rlim_cur = limit.rlim_max;
        assert_eq!(libc::setrlimit(libc::RLIMIT_NOFILE, &raw const limit), 0);
        assert!(limit.rlim_max > MOST as u64 + 100, "the limit on descriptors (ulimit -Hn) is too low");
    }
}

fn main() {
    raise_limit();
    let ours = Ours::load();
    print_heading("| call | what | threads | libc's | libc, ns | ws2_32, ns | ws2_32 : libc |");
    with_one_and_two_threads(|threads| {
        recv(&ours, threads);
        sendto(&ours, threads);
        recvfrom(&ours, threads);
        wsa_send(&ours, threads);
        select(&ours, threads);
    });
}
