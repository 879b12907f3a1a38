//! `send` in every state that loopback can produce: OC1 to OC10, OM1 to OM15 and T1 to T28, row by row, on
//! sockets made here and by POSIX code. What is reported once must be reported again, by `recv` too.

use std::net::{TcpListener, UdpSocket};

use crate::support::calls::*;
use crate::support::pairs::*;
use ws2_32::error::WsaError as E;
use ws2_32::ffi::types::SOCKET;
use ws2_32::ffi::{closesocket, ws2_send, ws2_socket};

/// `send` with NULL for its buffer.
fn send_null(s: SOCKET, len: i32, flags: i32) -> Outcome {
    // SAFETY: the kernel checks the buffer.
    call(|| unsafe { ws2_send(s, std::ptr::null(), len, flags) })
}

/// However it is asked, the answer is the same, again and again.
fn always(s: SOCKET, code: E, what: &str) {
    for _ in 0..3 {
        assert_eq!(send(s, b"data", 0), Err(code), "{what}");
        assert_eq!(send(s, b"", 0), Err(code), "{what}, nothing");
        assert_eq!(send_null(s, 0, 0), Err(code), "{what}, NULL and 0");
        assert_eq!(send_null(s, 4, 0), Err(code), "{what}, NULL");
        assert_eq!(send_null(s, -1, 0), Err(code), "{what}, negative length (Q15)");
        assert_eq!(send(s, b"data", MSG_DONTROUTE), Err(code), "{what}, MSG_DONTROUTE");
        assert_eq!(send(s, b"data", 0x40), Err(code), "{what}, an unknown flag");
    }
}

/// And so is urgent data's, on a stream.
fn always_on_stream(s: SOCKET, code: E, what: &str) {
    always(s, code, what);
    assert_eq!(send(s, b"data", MSG_OOB), Err(code), "{what}, MSG_OOB");
    assert_eq!(send(s, b"1", MSG_OOB), Err(code), "{what}, one byte MSG_OOB");
}

fn posix_socket(family: i32, kind: i32) -> SOCKET {
    // SAFETY: numbers only.
    let fd = unsafe { libc::socket(family, kind | libc::SOCK_CLOEXEC, 0) };
    assert!(fd >= 0);
    fd.try_into().unwrap()
}

fn posix_bind(s: SOCKET) {
    // SAFETY: zeros with a family are an address: any host, any port.
    let done = unsafe {
        let mut address: libc::sockaddr_in = std::mem::zeroed();
        address.sin_family = 2;
        libc::bind(fd(s), (&raw const address).cast(), 16)
    };
    assert_eq!(done, 0);
}

#[test]
fn t1_fresh_streams() {
    start();
    for (family, posix) in [(AF_INET, libc::AF_INET), (AF_INET6, libc::AF_INET6), (1, libc::AF_UNIX)] {
        for s in [socket(family, STREAM), posix_socket(posix, libc::SOCK_STREAM)] {
            always_on_stream(s, E::WSAENOTCONN, "fresh");
            assert_eq!(take(s), Err(E::WSAENOTCONN));
            close(s).unwrap();
        }
    }
}

#[test]
fn t2_bound_and_t3_listening() {
    start();
    let bound = socket(AF_INET, STREAM);
    bind(bound, &loopback(0)).unwrap();
    let posix = posix_socket(libc::AF_INET, libc::SOCK_STREAM);
    posix_bind(posix);
    let (listening, _) = listener();
    let posix_listener = TcpListener::bind("127.0.0.1:0").unwrap();
    for s in [bound, posix, listening, of(&posix_listener)] {
        always_on_stream(s, E::WSAENOTCONN, "bound or listening");
        assert_eq!(take(s), Err(E::WSAENOTCONN));
    }
    for s in [bound, posix, listening] {
        close(s).unwrap();
    }
}

/// T5: a blocking connect failed. T6: a non-blocking one did.
#[test]
fn t5_t6_failed_connect() {
    start();
    let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    for nonblocking in [false, true] {
        for s in [socket(AF_INET, STREAM), posix_socket(libc::AF_INET, libc::SOCK_STREAM)] {
            set_nonblocking(s, nonblocking);
            let expected = if nonblocking { E::WSAEWOULDBLOCK } else { E::WSAECONNREFUSED };
            assert_eq!(connect(s, &Name::of(gone)), Err(expected));
            if nonblocking {
                wait_for(s, libc::POLLERR | libc::POLLHUP);
            }
            always_on_stream(s, E::WSAENOTCONN, "failed connect");
            assert_eq!(take(s), Err(E::WSAENOTCONN));
            close(s).unwrap();
        }
    }
}

/// The same where POSIX code connected, so that nothing at all is known.
#[test]
fn t6_failed_connect_of_posix_code() {
    start();
    let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let s = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).unwrap();
    s.set_nonblocking(true).unwrap();
    let _ = s.connect(&gone.into());
    wait_for(of(&s), libc::POLLERR | libc::POLLHUP);
    assert_eq!(take(of(&s)), Err(E::WSAENOTCONN));
    always_on_stream(of(&s), E::WSAENOTCONN, "failed connect");
}

/// T8: the peer's FIN does not keep us from sending. T9: what it answers with a reset does.
#[test]
fn t8_t9_peer_closed() {
    each(&STREAMS, |mut pair, what| {
        pair.peer.close();
        wait_for(pair.s, libc::POLLIN);
        assert_eq!(take(pair.s), Ok(vec![]), "{what}: the end");
        if !what.starts_with("Unix") {
            assert_eq!(send(pair.s, b"data", 0), Ok(4), "{what} T8");
            wait_for(pair.s, libc::POLLERR);
        }
        always_on_stream(pair.s, E::WSAECONNABORTED, &format!("{what} T9"));
        for _ in 0..3 {
            assert_eq!(take(pair.s), Err(E::WSAECONNABORTED), "{what} T9 recv");
        }
        always(pair.s, E::WSAECONNABORTED, what);
    });
}

/// T8 with only one direction closed: everything still arrives.
#[test]
fn t8_peer_only_sent_its_end() {
    each(&STREAMS, |pair, what| {
        pair.peer.shut(libc::SHUT_WR);
        wait_for(pair.s, libc::POLLIN);
        for _ in 0..3 {
            assert_eq!(take(pair.s), Ok(vec![]), "{what}");
            assert_eq!(send(pair.s, b"data", 0), Ok(4), "{what}");
            assert_eq!(pair.peer.read_exactly(4), b"data", "{what}");
        }
    });
}

/// T10, Q8: a reset is reported for ever, whoever asks first.
#[test]
fn t10_reset() {
    for first in ["send", "recv", "empty send"] {
        each(&TCP, |mut pair, what| {
            pair.peer.reset();
            wait_for(pair.s, libc::POLLERR);
            let result = match first {
                "send" => send(pair.s, b"data", 0),
                "recv" => recv(pair.s, &mut [0; 9], 0),
                _ => send(pair.s, b"", 0),
            };
            assert_eq!(result, Err(E::WSAECONNRESET), "{what}, {first}");
            for _ in 0..3 {
                always_on_stream(pair.s, E::WSAECONNRESET, what);
                assert_eq!(take(pair.s), Err(E::WSAECONNRESET), "{what}");
                assert_eq!(take_with(pair.s, MSG_PEEK), Err(E::WSAECONNRESET), "{what}");
            }
        });
    }
}

/// T11: the peer closes with unread data; also between Unix sockets, whichever of `send` and `recv` asks first.
#[test]
fn t11_peer_closed_with_unread_data() {
    for send_first in [true, false] {
        each(&STREAMS, |mut pair, what| {
            assert_eq!(send(pair.s, b"unread", 0), Ok(6));
            wait_until("the data has arrived", || !pair.peer.has_nothing());
            pair.peer.close();
            wait_for(pair.s, libc::POLLERR);
            if !send_first {
                assert_eq!(take(pair.s), Err(E::WSAECONNRESET), "{what}");
            }
            always_on_stream(pair.s, E::WSAECONNRESET, what);
            for _ in 0..3 {
                assert_eq!(take(pair.s), Err(E::WSAECONNRESET), "{what}");
            }
        });
    }
}

/// Q19: what arrived before the reset is delivered, then the reset is reported.
#[test]
fn q19_data_before_a_reset() {
    each(&TCP, |mut pair, what| {
        pair.peer.write(b"last words");
        wait_for(pair.s, libc::POLLIN);
        pair.peer.reset();
        wait_for(pair.s, libc::POLLERR);
        assert_eq!(send(pair.s, b"data", 0), Err(E::WSAECONNRESET), "{what}");
        assert_eq!(take(pair.s), Ok(b"last words".to_vec()), "{what}");
        for _ in 0..3 {
            assert_eq!(take(pair.s), Err(E::WSAECONNRESET), "{what}");
            assert_eq!(send(pair.s, b"data", 0), Err(E::WSAECONNRESET), "{what}");
        }
    });
}

#[test]
fn t12_own_shutdown() {
    for how in [SD_SEND, SD_BOTH] {
        each(&STREAMS, |mut pair, what| {
            shutdown(pair.s, how).unwrap();
            always_on_stream(pair.s, E::WSAESHUTDOWN, what);
            assert!(peer_name(pair.s).is_ok(), "{what}");
            if !what.starts_with("Unix") {
                let family = if what.starts_with("Tcp6") { 23 } else { 2 };
                assert_eq!(connect(pair.s, &Name::loopback(family, 1)), Err(E::WSAEISCONN), "{what}");
            }
            pair.peer.close();
            wait_for(pair.s, libc::POLLHUP);
            always_on_stream(pair.s, E::WSAESHUTDOWN, what);
            assert!(what.contains("Posix") || peer_name(pair.s).is_ok(), "{what}: both ends closed");
        });
    }
}

#[test]
fn t13_own_shutdown_for_receiving() {
    each(&STREAMS, |pair, what| {
        shutdown(pair.s, SD_RECEIVE).unwrap();
        assert_eq!(send(pair.s, b"data", 0), Ok(4), "{what}");
        assert_eq!(pair.peer.read(), b"data", "{what}");
    });
}

/// T14, Q12: our shutdown first, then the reset.
#[test]
fn t14_own_shutdown_then_reset() {
    each(&TCP, |mut pair, what| {
        shutdown(pair.s, SD_SEND).unwrap();
        wait_until("the end has arrived", || !pair.peer.has_nothing());
        pair.peer.reset();
        wait_for(pair.s, libc::POLLERR);
        always_on_stream(pair.s, E::WSAESHUTDOWN, what);
        for _ in 0..3 {
            assert_eq!(take(pair.s), Err(E::WSAECONNRESET), "{what}");
        }
        always(pair.s, E::WSAESHUTDOWN, what);
    });
}

/// T15: the reset first, then our shutdown.
#[test]
fn t15_reset_then_own_shutdown() {
    each(&TCP, |mut pair, what| {
        pair.peer.reset();
        wait_for(pair.s, libc::POLLERR);
        assert_eq!(shutdown(pair.s, SD_SEND), Err(E::WSAECONNRESET), "{what}");
        always_on_stream(pair.s, E::WSAECONNRESET, what);
        assert_eq!(take(pair.s), Err(E::WSAECONNRESET), "{what}");
    });
}

#[test]
fn t21_unconnected_datagrams() {
    start();
    let bound = socket(AF_INET, DGRAM);
    bind(bound, &loopback(0)).unwrap();
    let posix = posix_socket(libc::AF_INET, libc::SOCK_DGRAM);
    let unix = posix_socket(libc::AF_UNIX, libc::SOCK_DGRAM);
    for s in [socket(AF_INET, DGRAM), socket(AF_INET6, DGRAM), bound, posix, unix] {
        always(s, E::WSAENOTCONN, "unconnected");
        assert_eq!(send(s, &vec![0; 70_000], 0), Err(E::WSAENOTCONN), "too long, and unconnected");
        assert_eq!(send(s, b"x", MSG_OOB), Err(E::WSAEOPNOTSUPP), "MSG_OOB on unconnected datagrams");
        close(s).unwrap();
    }
}

#[test]
fn t22_peer_taken_away() {
    start();
    let peer = UdpSocket::bind("127.0.0.1:0").unwrap();
    let unspecified = Name::zeros(16);
    for away in [unspecified, Name::v4([0; 4], 0)] {
        let s = socket(AF_INET, DGRAM);
        connect(s, &Name::of(peer.local_addr().unwrap())).unwrap();
        assert_eq!(send(s, b"x", 0), Ok(1));
        connect(s, &away).unwrap();
        always(s, E::WSAENOTCONN, "peer taken away");
        close(s).unwrap();
    }
}

/// T23 under Q4: "port unreachable" is reported once, and the datagram of that call is not sent.
#[test]
fn t23_closed_port() {
    each(&[Speech::Udp4, Speech::Udp6], |mut pair, what| {
        pair.peer.close();
        for _ in 0..3 {
            assert_eq!(send(pair.s, b"data", 0), Ok(4), "{what}");
            wait_for(pair.s, libc::POLLERR);
            assert_eq!(send(pair.s, b"data", 0), Err(E::WSAECONNRESET), "{what}");
            assert_eq!(send(pair.s, b"data", 0), Ok(4), "{what}");
            wait_for(pair.s, libc::POLLERR);
            assert_eq!(take(pair.s), Err(E::WSAECONNRESET), "{what}");
        }
    });
}

#[test]
fn t24_datagrams_shut_down() {
    for how in [SD_SEND, SD_BOTH] {
        each(&DATAGRAMS, |pair, what| {
            shutdown(pair.s, how).unwrap();
            always(pair.s, E::WSAESHUTDOWN, what);
            assert_eq!(send(pair.s, &vec![0; 300_000], 0), Err(E::WSAESHUTDOWN), "{what}, too long");
            assert!(pair.peer.has_nothing(), "{what}");
        });
    }
    let unconnected = socket(AF_INET, DGRAM);
    shutdown(unconnected, SD_SEND).unwrap();
    always(unconnected, E::WSAESHUTDOWN, "unconnected");
    close(unconnected).unwrap();
}

/// The peer of a Unix datagram socket has gone: refused once, then there is none.
#[test]
fn unix_datagrams_without_their_peer() {
    each(&[Speech::UnixDatagram], |mut pair, what| {
        pair.peer.close();
        assert_eq!(send(pair.s, b"x", 0), Err(E::WSAECONNRESET), "{what}");
        always(pair.s, E::WSAENOTCONN, what);
    });
}

#[test]
fn t27_closed_and_others() {
    start();
    let s = ws2_socket(AF_INET, STREAM, 0);
    assert_eq!(closesocket(s), 0);
    let file = std::fs::File::open("/proc/self/exe").unwrap();
    for s in [of(&file), usize::MAX, 1 << 31, (1 << 32) + s] {
        always_on_stream(s, E::WSAENOTSOCK, "no socket");
    }
}

/// Two threads may find two reasons; the first that is kept is repeated.
#[test]
fn the_first_fatal_code_stays() {
    use ws2_32::error::diagnosis::Remember;
    use ws2_32::socket::transfer::keep;
    start();
    let (s, far) = tcp_pair();
    let number = ws2_32::sys::Fd::from_socket(s).unwrap();
    keep(number, Remember::Fatal(E::WSAECONNRESET));
    keep(number, Remember::Fatal(E::WSAECONNABORTED));
    assert_eq!(ws2_32::descriptor::read(number).unwrap().fatal, Some(E::WSAECONNRESET));
    for s in [s, far] {
        close(s).unwrap();
    }
}
