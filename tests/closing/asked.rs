//! Calls that ask the kernel about a socket before they try it, stopped after each of their system calls, the first one
//! included, while another thread closes the socket and the number is given to a stranger: the stranger keeps its bytes and gets
//! none, stays in its mode and open both ways.

use std::ptr::null_mut;

use super::delayed::{MOST, stop_after, stranger, untouched};
use crate::support::calls::*;
use crate::support::pairs::*;
use crate::support::process::{alone, here};
use crate::support::sets;
use crate::support::stops::{Place, disturbed};
use ws2_32::error::WsaError as E;
use ws2_32::ffi::types::message::WSABUF;
use ws2_32::ffi::types::{OVERLAPPED, SOCKET};
use ws2_32::ffi::{WSAIoctl, WSARecv, WSASend, ws2_recvfrom, ws2_sendto};

/// Stops `job` on sockets that `make` makes after the first system call with number `first` and after each that follows.
fn at_each(
    what: &str,
    make: impl Fn() -> (SOCKET, Option<Peer>),
    first: i64,
    job: impl Fn(SOCKET) -> Outcome + Send + Sync + Clone + 'static,
    allowed: &[Outcome],
) {
    let mut stops = 0;
    for place in Place::first(MOST) {
        let (s, _peer) = make();
        let (next, far) = stranger();
        far.write(b"a stranger's");
        far.write_urgent(b"!");
        wait_until("the urgent byte is there", || events(next, libc::POLLPRI) != 0);
        let job = job.clone();
        let Some(round) = stop_after(first, place, s, next, move || job(s)) else { return };
        assert!(allowed.contains(&round.answer), "{what}, {place:?}: {:?}", round.answer);
        assert!(far.has_nothing(), "{what}, {place:?}: a byte went to another socket");
        let mut left = [0; 12];
        // SAFETY: a local.
        let read = unsafe { libc::recv(next, left.as_mut_ptr().cast(), 12, libc::MSG_DONTWAIT) };
        assert_eq!((read, &left), (12, b"a stranger's"), "{what}, {place:?}: bytes were taken");
        // SAFETY: a local.
        let read =
            unsafe { libc::recv(next, left.as_mut_ptr().cast(), 1, libc::MSG_OOB | libc::MSG_DONTWAIT) };
        assert_eq!((read, left[0]), (1, b'!'), "{what}, {place:?}: the urgent byte was taken");
        untouched(next, &far, &format!("{what}, {place:?}"));
        // SAFETY: the test's own.
        unsafe { (libc::close(fd(s)), libc::close(next)) };
        stops += usize::from(round.stopped);
        if !round.stopped {
            break;
        }
    }
    assert!(stops > 0, "{what}: the call was never stopped");
}

fn made(speech: Speech, maker: Maker) -> impl Fn() -> (SOCKET, Option<Peer>) {
    move || {
        let (s, peer) = pair(speech, maker).unwrap().leave();
        (s, Some(peer))
    }
}

/// The socket was closed: before the call began to wait, or while it did.
const CLOSED: [Outcome; 2] = [Err(E::WSAEINTR), Err(E::WSAENOTSOCK)];

#[test]
fn urgent_bytes() {
    alone(here!("urgent_bytes"), || {
        start();
        let take = |s| recv(s, &mut [0; 4], MSG_OOB);
        let none_there = [CLOSED.as_slice(), &[Err(E::WSAEINVAL)]].concat();
        at_each("recv", made(Speech::Tcp4, Maker::Ours), libc::SYS_getsockopt, take, &none_there);
        let give = |s| send(s, b"x", MSG_OOB);
        let sent = [CLOSED.as_slice(), &[Ok(1)]].concat();
        at_each("send", made(Speech::Tcp4, Maker::Ours), libc::SYS_getsockopt, give, &sent);
    });
}

/// Of a socket of POSIX code's nothing is known, so that the kernel is asked first.
#[test]
fn addresses_of_unknown_sockets() {
    alone(here!("addresses_of_unknown_sockets"), || {
        start();
        let receive = |s| {
            set_mode_of_the_kernel(s);
            let (mut bytes, mut name, mut len) = ([0_u8; 4], [0_u64; 16], 128);
            // SAFETY: locals.
            call(|| unsafe {
                ws2_recvfrom(s, bytes.as_mut_ptr().cast(), 4, 0, name.as_mut_ptr().cast(), &raw mut len)
            })
        };
        let nothing = [CLOSED.as_slice(), &[Err(E::WSAEWOULDBLOCK)]].concat();
        at_each("recvfrom", made(Speech::Udp4, Maker::Posix), libc::SYS_getsockopt, receive, &nothing);
        let give = |s| {
            let mut name = [0_u16; 14];
            name[0] = 23;
            // SAFETY: locals; an address of another family is refused.
            call(|| unsafe { ws2_sendto(s, b"x".as_ptr().cast(), 1, 0, name.as_ptr().cast(), 28) })
        };
        let refused =
            [CLOSED.as_slice(), &[Err(E::WSAEAFNOSUPPORT), Err(E::WSAEADDRNOTAVAIL), Ok(1)]].concat();
        at_each("sendto", made(Speech::Udp4, Maker::Posix), libc::SYS_getsockopt, give, &refused);
    });
}

/// POSIX' way, without a call of the interface.
fn set_mode_of_the_kernel(s: SOCKET) {
    let on = 1_i32;
    // SAFETY: a local.
    unsafe { libc::ioctl(fd(s), libc::FIONBIO, &raw const on) };
}

/// WSAPoll looks whether it is a socket, and then at the socket.
#[test]
fn wsapoll_of_an_unknown_socket() {
    alone(here!("wsapoll_of_an_unknown_socket"), || {
        start();
        let look = |s| {
            let mut entries = [sets::entry(s, 0x100)];
            let count = sets::poll(&mut entries, 0).map_err(E::from_number);
            // Readable as the stranger is: a wrong answer.
            if entries[0].revents == 0x100 { Ok(77) } else { count }
        };
        let closed = [Ok(0), Ok(1), Err(E::WSAENOTSOCK)];
        at_each("WSAPoll", made(Speech::Tcp4, Maker::Posix), libc::SYS_getsockopt, look, &closed);
    });
}

#[test]
fn keep_alive_values() {
    alone(here!("keep_alive_values"), || {
        start();
        let set = |s| {
            let (values, mut len) = ([1_u32, 9000, 9000], 0);
            let from = values.as_ptr().cast_mut().cast();
            // SAFETY: locals.
            call(|| unsafe {
                WSAIoctl(s, 0x9800_0004, from, 12, null_mut(), 0, &raw mut len, null_mut(), None)
            })
        };
        let done = [CLOSED.as_slice(), &[Ok(0)]].concat();
        at_each("SIO_KEEPALIVE_VALS", made(Speech::Tcp4, Maker::Ours), libc::SYS_setsockopt, set, &done);
    });
}

fn leaked() -> (*mut OVERLAPPED, WSABUF) {
    // SAFETY: numbers. Both stay for ever: an operation may end at any time.
    let overlapped = Box::leak(Box::new(unsafe { std::mem::zeroed::<OVERLAPPED>() }));
    (overlapped, WSABUF { len: 12, buf: Box::leak(Box::new([0_u8; 12])).as_mut_ptr().cast() })
}

fn receive(s: SOCKET) -> Outcome {
    let (overlapped, mut buf) = leaked();
    let mut flags = 0;
    // SAFETY: see `leaked`.
    call(|| unsafe { WSARecv(s, &raw mut buf, 1, null_mut(), &raw mut flags, overlapped, None) })
}

/// An operation begins on the socket that was looked at, or not at all.
#[test]
fn overlapped_calls() {
    alone(here!("overlapped_calls"), || {
        start();
        // Its thread is started here, and not supervised.
        let (first, _peer) = made(Speech::Tcp4, Maker::Ours)();
        assert_eq!(receive(first), Err(E::WSA_IO_PENDING));
        let begun = [CLOSED.as_slice(), &[Err(E::WSA_IO_PENDING)]].concat();
        for maker in [Maker::Ours, Maker::Posix] {
            at_each("WSARecv", made(Speech::Tcp4, maker), libc::SYS_getsockopt, receive, &begun);
        }
        let send = |s| {
            let (overlapped, mut buf) = leaked();
            // SAFETY: see `leaked`.
            call(|| unsafe { WSASend(s, &raw mut buf, 1, null_mut(), 0, overlapped, None) })
        };
        let sent = [begun.as_slice(), &[Ok(0)]].concat();
        at_each("WSASend", made(Speech::Tcp4, Maker::Posix), libc::SYS_getsockopt, send, &sent);
    });
}

/// An ordinary call waits for the operation before it, and then tries the same socket.
#[test]
fn beside_an_operation() {
    alone(here!("beside_an_operation"), || {
        start();
        let with_one = || {
            let (s, peer) = pair(Speech::Tcp4, Maker::Ours).unwrap().leave();
            assert_eq!(receive(s), Err(E::WSA_IO_PENDING));
            (s, Some(peer))
        };
        at_each("recv", with_one, libc::SYS_getsockopt, |s| recv(s, &mut [0; 12], 0), &CLOSED);
        let sent = [CLOSED.as_slice(), &[Ok(4)]].concat();
        at_each("send", with_one, libc::SYS_getsockopt, |s| send(s, b"data", 0), &sent);
        let ended = [CLOSED.as_slice(), &[Ok(0)]].concat();
        at_each("shutdown", with_one, libc::SYS_getsockopt, |s| shutdown(s, SD_BOTH), &ended);
    });
}

/// The end of sending that comes when the socket is being closed, behind a send that waits: it is said that there is none.
#[test]
fn a_shutdown_behind_a_send() {
    alone(here!("a_shutdown_behind_a_send"), || {
        start();
        let (s, _peer) = pair(Speech::Tcp4, Maker::Ours).unwrap().leave();
        let load = vec![0_u8; 64 << 20].leak();
        let (overlapped, _) = leaked();
        let buf = Box::leak(Box::new(WSABUF { len: 64 << 20, buf: load.as_mut_ptr().cast() }));
        // SAFETY: leaked.
        let begun = call(|| unsafe { WSASend(s, buf, 1, null_mut(), 0, overlapped, None) });
        assert_eq!(begun, Err(E::WSA_IO_PENDING));
        let worst = move || {
            let _ = close(s);
        };
        let round = disturbed(libc::SYS_shutdown, Place::After(0), worst, move || shutdown(s, SD_BOTH));
        let Some(round) = round else { return };
        assert!(round.stopped && round.disturbed);
        assert_eq!(round.answer, Err(E::WSAENOTSOCK));
    });
}
