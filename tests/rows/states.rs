//! Rows whose cause is the state of a connection, over loopback: not connected, shut down, no room, reset,
//! aborted, and calls that end while they wait.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener};
use std::thread;

use windows_sys::Win32::Networking::WinSock::{SO_SNDTIMEO, SOL_SOCKET};
use ws2_32::error::WsaError as E;
use ws2_32::ffi::{WSACleanup, closesocket};

use crate::connections::{LOOPBACK, nobody, tcp, tcp_with, udp, v4};
use crate::support::process::done_elsewhere;
use crate::support::socket::Socket;
use crate::support::waiting::until;

const SD_SEND: i32 = 1;
const SD_BOTH: i32 = 2;

/// OC6, SR9, SR16, T1, T2, T3, T5, T6, T21.
#[test]
fn not_connected() {
    let bound = Socket::tcp();
    bound.bind(LOOPBACK).unwrap();
    let listening = Socket::tcp();
    listening.bind(LOOPBACK).unwrap();
    listening.listen().unwrap();
    let refused = Socket::tcp();
    assert_eq!(refused.connect(nobody()), Err(E::WSAECONNREFUSED));
    let refused_later = Socket::tcp().nonblocking();
    assert_eq!(refused_later.connect(nobody()), Err(E::WSAEWOULDBLOCK));
    refused_later.wait_for_error();
    let bound_udp = Socket::udp();
    bound_udp.bind(LOOPBACK).unwrap();
    for socket in [Socket::tcp(), bound, listening, refused, refused_later, Socket::udp(), bound_udp] {
        socket.sends_fail_with(E::WSAENOTCONN);
    }
}

/// T6: asking does not spoil the next attempt.
#[test]
fn not_connected_and_then_connected() {
    let socket = Socket::tcp().nonblocking();
    assert_eq!(socket.connect(nobody()), Err(E::WSAEWOULDBLOCK));
    socket.wait_for_error();
    socket.sends_fail_with(E::WSAENOTCONN);
    let listener = TcpListener::bind((LOOPBACK, 0)).unwrap();
    assert_eq!(socket.connect(v4(listener.local_addr().unwrap())), Err(E::WSAEWOULDBLOCK));
    socket.wait_for(libc::POLLOUT);
    assert_eq!(socket.send(b"now", 0), Ok(3));
}

/// SR12, T12, T24.
#[test]
fn shut_down() {
    for how in [SD_SEND, SD_BOTH] {
        let (stream, mut peer) = tcp();
        assert_eq!(stream.shutdown(how), Ok(0));
        stream.sends_fail_with(E::WSAESHUTDOWN);
        assert_eq!(peer.read(&mut [0; 8]).unwrap(), 0);
        drop(peer);
        stream.wait_for(libc::POLLRDHUP);
        stream.sends_fail_with(E::WSAESHUTDOWN);
        let (datagram, _peer) = udp();
        let unconnected = Socket::udp();
        for socket in [datagram, unconnected] {
            assert_eq!(socket.shutdown(how), Ok(0));
            socket.sends_fail_with(E::WSAESHUTDOWN);
        }
    }
    let (stream, _peer) = tcp();
    assert_eq!(stream.shutdown(0), Ok(0));
    assert_eq!(stream.send(b"T13", 0), Ok(3));
}

/// Q12: this program's own shutdown came first.
#[test]
fn shut_down_and_then_reset() {
    let (socket, peer) = tcp();
    assert_eq!(socket.shutdown(SD_SEND), Ok(0));
    reset(peer);
    socket.wait_for_error();
    socket.sends_fail_with(E::WSAESHUTDOWN);
    assert_eq!(socket.recv(&mut [0; 8]), Err(E::WSAECONNRESET));
    socket.sends_fail_with(E::WSAESHUTDOWN);
}

/// OC10, SR13, Q5: between 1 byte and all; WSAEWOULDBLOCK when nothing fits, and sending again when something does.
#[test]
fn would_block() {
    let (socket, mut peer) = tcp();
    let socket = socket.nonblocking();
    socket.fill_with(&[7; 65536]);
    assert_eq!(socket.send(b"", 0), Ok(0), "T7");
    let mut room = vec![0; 1 << 16];
    let sent = until("what the test made happen", || {
        assert_ne!(peer.read(&mut room).unwrap(), 0);
        socket.send(b"more", 0).ok()
    });
    assert!((1..=4).contains(&sent));
}

/// SR20, Q8: the peer's "hard" close.
#[test]
fn connection_reset() {
    let (socket, peer) = tcp();
    reset(peer);
    socket.wait_for_error();
    socket.is_dead(E::WSAECONNRESET);
}

/// T11.
#[test]
fn connection_reset_by_a_peer_with_unread_data() {
    let (socket, peer) = tcp();
    assert_eq!(socket.send(b"not read", 0), Ok(8));
    peer.peek(&mut [0; 8]).unwrap();
    drop(peer);
    socket.wait_for(0);
    socket.is_dead(E::WSAECONNRESET);
}

/// Q8, whoever meets it first; Q19: what arrived before is delivered.
#[test]
fn connection_reset_learnt_by_recv() {
    let (socket, mut peer) = tcp();
    peer.write_all(b"last words").unwrap();
    socket.wait_for(libc::POLLIN);
    reset(peer);
    socket.wait_for_error();
    let mut room = [0; 32];
    assert_eq!(socket.recv(&mut room), Ok(10));
    assert_eq!(socket.recv(&mut room), Err(E::WSAECONNRESET));
    socket.is_dead(E::WSAECONNRESET);
}

/// Q6, B6: no count of what went out before.
#[test]
fn connection_reset_while_sending() {
    let (socket, mut peer) = tcp();
    let sender = thread::spawn(move || (socket.send(&vec![1; 64 << 20], 0), socket));
    peer.read_exact(&mut [0; 1000]).unwrap();
    reset(peer);
    let (result, socket) = sender.join().unwrap();
    assert_eq!(result, Err(E::WSAECONNRESET));
    socket.is_dead(E::WSAECONNRESET);
}

/// SR19, Q9: the peer had closed, and then refused what was sent to it.
#[test]
fn connection_aborted() {
    for recv_first in [false, true] {
        let (socket, peer) = tcp();
        drop(peer);
        socket.wait_for(libc::POLLRDHUP);
        assert_eq!(socket.send(b"too late", 0), Ok(8), "T8");
        until("what the test made happen", || (socket.wait_for(0) & libc::POLLERR != 0).then_some(()));
        if recv_first {
            assert_eq!(socket.recv(&mut [0; 8]), Err(E::WSAECONNABORTED), "R7");
        }
        socket.is_dead(E::WSAECONNABORTED);
    }
}

/// SR21, Q4: once for each datagram that met a closed port, by the call that comes next.
#[test]
fn connection_reset_by_port_unreachable() {
    let (socket, peer) = udp();
    drop(peer);
    for _ in 0..2 {
        assert_eq!(socket.send(b"to a closed port", 0), Ok(16));
        socket.wait_for_error();
        assert_eq!(socket.send(b"not sent", 0), Err(E::WSAECONNRESET));
    }
    assert_eq!(socket.send(b"to a closed port", 0), Ok(16), "reported once");
    socket.wait_for_error();
    assert_eq!(socket.recv(&mut [0; 8]), Err(E::WSAECONNRESET), "or by recv");
    assert_eq!(socket.send(b"to a closed port", 0), Ok(16), "reported once");
}

/// Q4: SIO_UDP_CONNRESET is off: every send sends.
#[test]
fn port_unreachable_is_not_reported() {
    let (socket, peer) = udp();
    let address = peer.local_addr().unwrap();
    socket.report_port_unreachable(0);
    drop(peer);
    for _ in 0..3 {
        assert_eq!(socket.send(b"to a closed port", 0), Ok(16));
        socket.wait_for_error();
    }
    let peer = std::net::UdpSocket::bind(address).unwrap();
    assert_eq!(socket.send(b"sent", 0), Ok(4));
    assert_eq!(peer.recv(&mut [0; 8]).unwrap(), 4);
}

/// Q16, for a socket that another thread closes.
#[test]
fn interrupted_by_closesocket() {
    let (socket, _peer) = tcp();
    let number = socket.0;
    let sender = blocked_sender(socket);
    assert_eq!(closesocket(number), 0);
    assert_eq!(sender.join().unwrap(), Err(E::WSAEINTR));
}

/// Q16, for the last WSACleanup.
#[test]
fn interrupted_by_the_last_cleanup() {
    if done_elsewhere("states::interrupted_by_the_last_cleanup") {
        return;
    }
    let (socket, _peer) = tcp();
    let sender = blocked_sender(socket);
    assert_eq!(WSACleanup(), 0);
    assert_eq!(sender.join().unwrap(), Err(E::WSAEINTR));
}

/// A thread in a `send` that never ends by itself; returns when it waits.
fn blocked_sender(socket: Socket) -> thread::JoinHandle<Result<i32, E>> {
    let (say, id) = std::sync::mpsc::channel();
    let sender = thread::spawn(move || {
        // SAFETY: no pointers.
        say.send(unsafe { libc::gettid() }).unwrap();
        let result = socket.send(&vec![1; 64 << 20], 0);
        std::mem::forget(socket);
        result
    });
    let waits = format!("/proc/self/task/{}/syscall", id.recv().unwrap());
    let polls = [libc::SYS_ppoll.to_string(), "7".to_owned()];
    until("what the test made happen", || {
        let now = std::fs::read_to_string(&waits).unwrap_or_default();
        polls.iter().any(|poll| now.split(' ').next() == Some(poll)).then_some(())
    });
    sender
}

/// Q6, Q7: one deadline for the whole call, and no count.
#[test]
fn timed_out_by_the_option() {
    let (socket, _peer) = tcp();
    socket.set(SOL_SOCKET, SO_SNDTIMEO, 50);
    assert_eq!(socket.send(&vec![1; 64 << 20], 0), Err(E::WSAETIMEDOUT));
    assert_eq!(socket.send(&vec![1; 64 << 20], 0), Err(E::WSAETIMEDOUT), "again");
    let (socket, _peer) = tcp();
    let limit = libc::timeval { tv_sec: 0, tv_usec: 50_000 };
    socket.set_kernel(libc::SOL_SOCKET, libc::SO_SNDTIMEO, limit);
    assert_eq!(socket.send(&vec![1; 64 << 20], 0), Err(E::WSAETIMEDOUT), "as POSIX code set it");
}

/// A signal ends no call, with or without SA_RESTART: the time-out does.
#[test]
fn signals_do_not_interrupt() {
    extern "C" fn nothing(_: i32) {}
    let (socket, _peer) = tcp_with(Socket::tcp());
    socket.set(SOL_SOCKET, SO_SNDTIMEO, 300);
    // SAFETY: zero is a value of the structure; the handler does nothing.
    unsafe {
        let mut action: libc::sigaction = std::mem::zeroed();
        action.sa_sigaction = nothing as *const () as usize;
        assert_eq!(libc::sigaction(libc::SIGUSR2, &raw const action, std::ptr::null_mut()), 0);
    }
    // SAFETY: no pointers.
    let (process, this) = unsafe { (libc::getpid(), libc::gettid()) };
    let (over, is_over) = std::sync::mpsc::channel::<()>();
    let rain = thread::spawn(move || {
        while is_over.try_recv() == Err(std::sync::mpsc::TryRecvError::Empty) {
            // SAFETY: no pointers; the thread waits for this one to end.
            unsafe { libc::syscall(libc::SYS_tgkill, process, this, libc::SIGUSR2) };
            thread::yield_now();
        }
    });
    assert_eq!(socket.send(&vec![1; 64 << 20], 0), Err(E::WSAETIMEDOUT));
    over.send(()).unwrap();
    rain.join().unwrap();
}

/// Closes the peer's end with a reset.
fn reset(peer: std::net::TcpStream) {
    socket2::SockRef::from(&peer).set_linger(Some(std::time::Duration::ZERO)).unwrap();
    let _ = peer.shutdown(Shutdown::Read);
    drop(peer);
}
