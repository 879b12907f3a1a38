//! O1 to O15: the options of SOL_SOCKET.

use ws2_32::ffi::*;
use ws2_32::socket::options::numbers::*;

use crate::support::options::*;

/// O1: set and read; failed connects of both kinds; another connect, listen, and success.
#[test]
fn o1_so_error_is_kept() {
    let error = |s| get(s, SOL_SOCKET, SO_ERROR);
    let s = socket(AF_INET, STREAM);
    assert_eq!((set(s, SOL_SOCKET, SO_ERROR, 1234), error(s), error(s)), (0, Ok(1234), Ok(1234)));
    assert_eq!(get_bytes(s, SOL_SOCKET, SO_ERROR, 1).0, WSAEFAULT);
    // LE7: reading resets the thread's last error, not the socket's.
    WSASetLastError(77);
    assert_eq!((error(s), WSAGetLastError(), error(s)), (Ok(1234), 0, Ok(1234)));
    close(s);

    let (holder, refusing) = refusing_port();
    let s = socket(AF_INET, STREAM);
    assert_eq!(ioctl(s, FIONBIO, 1).0, 0);
    assert_eq!(connect(s, LOOPBACK, refusing), WSAEWOULDBLOCK);
    until("the connect fails", || error(s) != Ok(0));
    let refused = Ok(WSAECONNREFUSED.cast_unsigned());
    assert_eq!((error(s), error(s)), (refused, refused));
    // Another connect does not reset it, success does.
    let listener = listener();
    assert_eq!(connect(s, LOOPBACK, port(listener)), WSAEWOULDBLOCK);
    until("the connect succeeds", || error(s) == Ok(0));
    close(s);

    // Neither does listen.
    let s = socket(AF_INET, STREAM);
    assert_eq!(ioctl(s, FIONBIO, 1).0, 0);
    assert_eq!(connect(s, LOOPBACK, refusing), WSAEWOULDBLOCK);
    until("the connect fails", || error(s) != Ok(0));
    assert_eq!((listen(s), error(s)), (0, refused));
    close(s);

    let s = socket(AF_INET, STREAM);
    assert_eq!((connect(s, LOOPBACK, refusing), error(s)), (WSAECONNREFUSED, Ok(0)));
    for s in [s, holder, listener] {
        close(s);
    }
}

/// O1: after a reset it is 0, and asking does not take the reset from `recv`.
#[test]
fn o1_so_error_after_a_reset() {
    let (near, far) = pair();
    assert_eq!(set_bytes(far, SOL_SOCKET, SO_LINGER, &[1, 0, 0, 0]), 0);
    close(far);
    assert_eq!(recv(near, 1, 0), Err(10054));
    assert_eq!(get(near, SOL_SOCKET, SO_ERROR), Ok(0));
    assert_eq!(recv(near, 1, 0), Err(10054));
    close(near);
}

/// A connect that POSIX code began and that failed shows, too.
#[test]
fn so_error_of_a_socket_made_elsewhere() {
    let (holder, refusing) = refusing_port();
    let foreign = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).unwrap();
    foreign.set_nonblocking(true).unwrap();
    let to = std::net::SocketAddr::from((LOOPBACK, refusing));
    assert!(foreign.connect(&to.into()).is_err());
    let s = usize::try_from(std::os::fd::AsRawFd::as_raw_fd(&foreign)).unwrap();
    until("the connect fails", || get(s, SOL_SOCKET, SO_ERROR) == Ok(WSAECONNREFUSED.cast_unsigned()));
    for _ in 0..2 {
        assert_eq!(get(s, SOL_SOCKET, SO_ERROR), Ok(WSAECONNREFUSED.cast_unsigned()));
    }
    close(holder);
}

/// O2, B8, Q7: milliseconds, read back exactly; those of POSIX code show until others are set.
#[test]
fn o2_time_outs() {
    let s = socket(AF_INET, STREAM);
    for name in [SO_SNDTIMEO, SO_RCVTIMEO] {
        assert_eq!(get(s, SOL_SOCKET, name), Ok(0));
        for time in [1, 100, 499, 63_000, 997_000, u32::MAX, 0] {
            assert_eq!((set(s, SOL_SOCKET, name, time), get(s, SOL_SOCKET, name)), (0, Ok(time)));
        }
    }
    close(s);
    let foreign = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).unwrap();
    foreign.set_read_timeout(Some(std::time::Duration::from_millis(1500))).unwrap();
    let s = usize::try_from(std::os::fd::AsRawFd::as_raw_fd(&foreign)).unwrap();
    assert_eq!(get(s, SOL_SOCKET, SO_RCVTIMEO), Ok(1500));
    assert_eq!((set(s, SOL_SOCKET, SO_RCVTIMEO, 7), get(s, SOL_SOCKET, SO_RCVTIMEO)), (0, Ok(7)));
}

/// R11: the time-out is obeyed.
#[test]
fn r11_receive_time_out_ends_a_recv() {
    let (near, far) = pair();
    assert_eq!(set(near, SOL_SOCKET, SO_RCVTIMEO, 20), 0);
    assert_eq!(recv(near, 1, 0), Err(10060));
    close(near);
    close(far);
}

/// O3: sizes of buffers exactly, 0 too, and the kernel learns them.
#[test]
fn o3_buffers() {
    let s = socket(AF_INET, STREAM);
    for (name, linux) in [(SO_SNDBUF, libc::SO_SNDBUF), (SO_RCVBUF, libc::SO_RCVBUF)] {
        assert_eq!(get(s, SOL_SOCKET, name), Ok(kernel(s, libc::SOL_SOCKET, linux).cast_unsigned()));
        assert_eq!((set(s, SOL_SOCKET, name, 16384), get(s, SOL_SOCKET, name)), (0, Ok(16384)));
        assert_eq!(kernel(s, libc::SOL_SOCKET, linux), 32768);
        // 0 is no small buffer, but none on Windows: the kernel's stays.
        assert_eq!((set(s, SOL_SOCKET, name, 0), get(s, SOL_SOCKET, name)), (0, Ok(0)));
        assert_eq!(kernel(s, libc::SOL_SOCKET, linux), 32768);
        for size in [4096, 0, 1, 1 << 30, u32::MAX] {
            assert_eq!((set(s, SOL_SOCKET, name, size), get(s, SOL_SOCKET, name)), (0, Ok(size)));
        }
    }
    close(s);
}

/// O6, and the other options that can only be read.
#[test]
fn o6_read_only() {
    let s = socket(AF_INET, STREAM);
    assert_eq!(get(s, SOL_SOCKET, SO_ACCEPTCONN), Ok(0));
    assert_eq!(set(s, SOL_SOCKET, SO_TYPE, 1), WSAEINVAL, "X14");
    for name in [SO_ACCEPTCONN, SO_MAX_MSG_SIZE, SO_CONNECT_TIME, SO_PROTOCOL_INFOA] {
        assert_eq!(set(s, SOL_SOCKET, name, 1), WSAENOPROTOOPT, "{name:#x}");
    }
    assert_eq!(set(s, IPPROTO_TCP, TCP_MAXSEG, 500), WSAENOPROTOOPT);
    close(s);
    let s = listener();
    assert_eq!((get(s, SOL_SOCKET, SO_ACCEPTCONN), get(s, SOL_SOCKET, SO_TYPE)), (Ok(1), Ok(1)));
    close(s);
}

#[test]
fn o7_longest_message() {
    for (family, kind, expected) in
        [(AF_INET, DATAGRAM, 65507), (AF_INET6, DATAGRAM, 65527), (AF_INET, STREAM, u32::MAX)]
    {
        let s = socket(family, kind);
        assert_eq!(get(s, SOL_SOCKET, SO_MAX_MSG_SIZE), Ok(expected));
        close(s);
    }
}

#[test]
fn o8_no_such_option_for_datagrams_or_streams() {
    let udp = socket(AF_INET, DATAGRAM);
    for name in [SO_LINGER, SO_DONTLINGER, SO_OOBINLINE, SO_KEEPALIVE, SO_ACCEPTCONN] {
        assert_eq!(get(udp, SOL_SOCKET, name), Err(WSAENOPROTOOPT), "{name:#x}");
        assert_eq!(set(udp, SOL_SOCKET, name, 1), WSAENOPROTOOPT, "{name:#x}");
    }
    let tcp = socket(AF_INET, STREAM);
    assert_eq!(set(tcp, SOL_SOCKET, SO_BROADCAST, 1), WSAENOPROTOOPT);
    close(udp);
    close(tcp);
}

#[test]
fn o9_reuse_and_exclusive_exclude_each_other() {
    for (first, second) in [(SO_REUSEADDR, SO_EXCLUSIVEADDRUSE), (SO_EXCLUSIVEADDRUSE, SO_REUSEADDR)] {
        let s = socket(AF_INET, STREAM);
        assert_eq!((set(s, SOL_SOCKET, first, 1), set(s, SOL_SOCKET, second, 1)), (0, WSAEINVAL));
        assert_eq!((get(s, SOL_SOCKET, first), get(s, SOL_SOCKET, second)), (Ok(1), Ok(0)));
        assert_eq!((set(s, SOL_SOCKET, first, 0), set(s, SOL_SOCKET, second, 1)), (0, 0));
        close(s);
    }
    // What this library does with the kernel's option (O11) does not show.
    let s = listener();
    assert_eq!(get(s, SOL_SOCKET, SO_REUSEADDR), Ok(0));
    close(s);
}

#[test]
fn linger_and_dont_linger() {
    let s = socket(AF_INET, STREAM);
    for (on, time) in [(0_u16, 0_u16), (0, 73), (1, 0), (5, 189), (0x100, 65535)] {
        let mut value = on.to_ne_bytes().to_vec();
        value.extend(time.to_ne_bytes());
        assert_eq!(set_bytes(s, SOL_SOCKET, SO_LINGER, &value), 0);
        let (code, got, len) = get_bytes(s, SOL_SOCKET, SO_LINGER, 4);
        assert_eq!((code, len, &got[..2]), (0, 4, &on.to_ne_bytes()[..]));
        if on != 0 {
            assert_eq!(got[2..], time.to_ne_bytes());
        }
        assert_eq!(get(s, SOL_SOCKET, SO_DONTLINGER), Ok(u32::from(on == 0)));
    }
    assert_eq!(set(s, SOL_SOCKET, SO_DONTLINGER, 1), 0);
    assert_eq!(get_bytes(s, SOL_SOCKET, SO_LINGER, 4).1[0], 0);
    close(s);
}

/// O12, IO6: what an accepted socket has from its listener.
#[test]
fn o12_accepted_sockets_inherit() {
    let s = listener();
    let options = [
        (SOL_SOCKET, SO_REUSEADDR, 1),
        (SOL_SOCKET, SO_KEEPALIVE, 1),
        (SOL_SOCKET, SO_OOBINLINE, 1),
        (SOL_SOCKET, SO_SNDBUF, 7777),
        (SOL_SOCKET, SO_RCVBUF, 8888),
        (SOL_SOCKET, SO_SNDTIMEO, 123),
        (SOL_SOCKET, SO_RCVTIMEO, 456),
        (SOL_SOCKET, SO_DONTROUTE, 1),
        (IPPROTO_TCP, TCP_NODELAY, 1),
    ];
    for (level, name, value) in options {
        assert_eq!(set(s, level, name, value), 0, "{name:#x}");
    }
    assert_eq!(set_bytes(s, SOL_SOCKET, SO_LINGER, &[1, 0, 9, 0]), 0);
    let near = socket(AF_INET, STREAM);
    assert_eq!(connect(near, LOOPBACK, port(s)), 0);
    let far = accept(s);
    for (level, name, value) in options {
        assert_eq!(get(far, level, name), Ok(value), "{name:#x}");
    }
    assert_eq!(get_bytes(far, SOL_SOCKET, SO_LINGER, 4).1, [1, 0, 9, 0]);
    for s in [near, far, s] {
        close(s);
    }
}

#[test]
fn o13_connect_time() {
    let time = |s| get(s, SOL_SOCKET, SO_CONNECT_TIME);
    let (udp, tcp) = (socket(AF_INET, DATAGRAM), socket(AF_INET, STREAM));
    assert_eq!((time(udp), time(tcp)), (Ok(u32::MAX), Ok(u32::MAX)));
    assert_eq!((connect(udp, LOOPBACK, 9), time(udp)), (0, Ok(u32::MAX)));
    let (near, far) = pair();
    assert!(time(near).unwrap() < 60 && time(far).unwrap() < 60);
    for s in [udp, tcp, near, far] {
        close(s);
    }
}

#[test]
fn options_without_effect_are_remembered() {
    let s = socket(AF_INET, STREAM);
    for name in [
        SO_DEBUG,
        SO_DONTROUTE,
        SO_CONDITIONAL_ACCEPT,
        SO_RANDOMIZE_PORT,
        SO_PORT_SCALABILITY,
        SO_REUSE_UNICASTPORT,
    ] {
        assert_eq!(get(s, SOL_SOCKET, name), Ok(0), "{name:#x}");
        assert_eq!((set(s, SOL_SOCKET, name, 1), get(s, SOL_SOCKET, name)), (0, Ok(1)), "{name:#x}");
    }
    close(s);
}

/// Row "MSG_OOB": with SO_OOBINLINE the byte comes in the stream. The kernel has these three options itself.
#[test]
fn options_that_the_kernel_keeps() {
    let (tcp, udp) = (socket(AF_INET, STREAM), socket(AF_INET, DATAGRAM));
    for (s, name, linux) in [
        (tcp, SO_KEEPALIVE, libc::SO_KEEPALIVE),
        (tcp, SO_OOBINLINE, libc::SO_OOBINLINE),
        (udp, SO_BROADCAST, libc::SO_BROADCAST),
    ] {
        for on in [1, 0] {
            assert_eq!((set(s, SOL_SOCKET, name, on), get(s, SOL_SOCKET, name)), (0, Ok(on)), "{name:#x}");
            assert_eq!(kernel(s, libc::SOL_SOCKET, linux).cast_unsigned(), on, "{name:#x}");
        }
    }
    close(tcp);
    close(udp);
}

#[test]
fn protocol_info() {
    crate::support::calls::stay_started();
    for (family, kind, protocol) in
        [(AF_INET, STREAM, 6), (AF_INET, DATAGRAM, 17), (AF_INET6, STREAM, 6), (AF_INET6, DATAGRAM, 17)]
    {
        let s = ws2_socket(family, kind, 0);
        for (name, size) in [(SO_PROTOCOL_INFOA, 372), (SO_PROTOCOL_INFOW, 628)] {
            let (code, bytes, len) = get_bytes(s, SOL_SOCKET, name, size);
            assert_eq!((code, len), (0, i32::try_from(size).unwrap()));
            let field = |at: usize| i32::from_ne_bytes(bytes[at..at + 4].try_into().unwrap());
            assert_eq!((field(76), field(88), field(92)), (family, kind, protocol));
            // Too little room: told how much it takes. More: told as given.
            let (code, _, len) = get_bytes(s, SOL_SOCKET, name, size / 2);
            assert_eq!((code, len), (WSAEFAULT, i32::try_from(size).unwrap()));
            let (code, _, len) = get_bytes(s, SOL_SOCKET, name, size * 2);
            assert_eq!((code, len), (0, i32::try_from(size * 2).unwrap()));
        }
        close(s);
    }
}
