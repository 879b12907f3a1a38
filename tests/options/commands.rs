//! IO1 to IO6, R10: `ioctlsocket` and `WSAIoctl`.

use crate::support::process::Blocked;
use std::ffi::c_int;
use std::net::UdpSocket;
use std::ptr::{null_mut, without_provenance_mut};

use ws2_32::ffi::*;
use ws2_32::socket::options::numbers::*;

use crate::support::options::*;

/// `WSAIoctl`: the code, and the output.
fn command(s: usize, code: i32, input: &[u8], room: usize) -> (c_int, Vec<u8>) {
    let mut input = input.to_vec();
    let mut output = vec![0; room];
    let mut len = 0;
    // SAFETY: pointers to vectors of those lengths and to a local.
    let result = unsafe {
        WSAIoctl(
            s,
            code.cast_unsigned(),
            if input.is_empty() { null_mut() } else { input.as_mut_ptr().cast() },
            u32::try_from(input.len()).unwrap(),
            output.as_mut_ptr().cast(),
            u32::try_from(room).unwrap(),
            &raw mut len,
            null_mut(),
            None,
        )
    };
    output.truncate(usize::try_from(len).unwrap());
    (outcome(result), output)
}

/// IO1: which error wins.
#[test]
fn io1_arguments() {
    let s = socket(AF_INET, STREAM);
    let wild = without_provenance_mut(8);
    for bad in [null_mut(), wild] {
        // SAFETY: pointers that can be used nowhere.
        unsafe {
            assert_eq!(outcome(ioctlsocket(s, FIONBIO, bad)), WSAEFAULT);
            assert_eq!(outcome(ioctlsocket(usize::MAX, FIONBIO, bad)), WSAENOTSOCK);
            // No byte count: before everything about the command.
            for code in [FIONBIO, FIONREAD, 0x5555_5555] {
                let code = code.cast_unsigned();
                let call = |s| WSAIoctl(s, code, null_mut(), 0, null_mut(), 0, bad, null_mut(), None);
                assert_eq!((outcome(call(s)), outcome(call(usize::MAX))), (WSAEFAULT, WSAENOTSOCK));
            }
        }
    }
    for unknown in [0, -1, 0x5555_5555, 0x4004_7301] {
        assert_eq!(ioctl(s, unknown, 1).0, WSAEOPNOTSUPP, "{unknown:#x}");
        assert_eq!(command(s, unknown, &[1, 0, 0, 0], 4).0, WSAEOPNOTSUPP, "{unknown:#x}");
    }
    assert_eq!(ioctl(usize::MAX, 0, 1).0, WSAENOTSOCK);
    // Input missing or short; output short.
    assert_eq!(command(s, FIONBIO, &[], 0).0, WSAEFAULT);
    assert_eq!(command(s, FIONBIO, &[1, 0, 0], 0).0, WSAEFAULT);
    assert_eq!(command(s, FIONREAD, &[], 3).0, WSAEFAULT);
    assert_eq!(command(s, FIONREAD, &[], 4), (0, vec![0; 4]));
    assert_eq!(command(s, SIO_GET_EXTENSION_FUNCTION_POINTER, &[0; 16], 8).0, WSAEINVAL);
    close(s);
}

/// Registered I/O and times of the adapter are refused, however they are asked for; the reasons are in COMPATIBILITY.md.
#[test]
fn what_is_left_out_is_refused() {
    const SIO_GET_MULTIPLE_EXTENSION_FUNCTION_POINTER: i32 = 0xc800_0024_u32.cast_signed();
    const SIO_TIMESTAMPING: i32 = 0x9800_00eb_u32.cast_signed();
    const MULTIPLE_RIO: [u8; 16] =
        [0x81, 0xe0, 0x09, 0x85, 0xdd, 0x96, 0x05, 0x40, 0xb1, 0x65, 0x9e, 0x2e, 0xe8, 0xc7, 0x9e, 0x3f];
    // TIMESTAMPING_CONFIG: received and sent datagrams, and room for the times of one.
    let times = [3, 0, 0, 0, 1, 0, 0, 0];
    for kind in [STREAM, DATAGRAM] {
        let s = socket(AF_INET, kind);
        let multiple = command(s, SIO_GET_MULTIPLE_EXTENSION_FUNCTION_POINTER, &MULTIPLE_RIO, 256);
        assert_eq!(multiple.0, WSAEOPNOTSUPP);
        assert_eq!(command(s, SIO_GET_EXTENSION_FUNCTION_POINTER, &MULTIPLE_RIO, 256).0, WSAEINVAL);
        assert_eq!(command(s, SIO_TIMESTAMPING, &times, 0).0, WSAEOPNOTSUPP);
        close(s);
    }
    // WSA_FLAG_OVERLAPPED | WSA_FLAG_REGISTERED_IO.
    // SAFETY: NULL is allowed.
    assert_eq!(unsafe { WSASocketA(AF_INET, STREAM, 0, null_mut(), 0, 0x101) }, usize::MAX);
    assert_eq!(WSAGetLastError(), WSAEINVAL);
    let text = std::fs::read_to_string(crate::support::files::root().join("COMPATIBILITY.md")).unwrap();
    for name in ["SIO_GET_MULTIPLE_EXTENSION_FUNCTION_POINTER", "WSA_FLAG_REGISTERED_IO", "SIO_TIMESTAMPING"]
    {
        assert!(text.contains(name), "{name} is not in COMPATIBILITY.md");
    }
}

#[test]
fn an_overlapped_that_cannot_be_written() {
    let s = socket(AF_INET, STREAM);
    let mut len = 0;
    // SAFETY: pointers to locals, and one that the call has to refuse.
    let result = unsafe {
        let overlapped = std::ptr::without_provenance_mut(16);
        WSAIoctl(s, FIONREAD.cast_unsigned(), null_mut(), 0, null_mut(), 0, &raw mut len, overlapped, None)
    };
    assert_eq!(outcome(result), WSAEFAULT);
    close(s);
}

/// IO6 and FIONBIO by both functions.
#[test]
fn io6_mode() {
    let s = listener();
    let is_nonblocking = |s: usize| {
        // SAFETY: numbers only.
        unsafe { libc::fcntl(i32::try_from(s).unwrap(), libc::F_GETFL) & libc::O_NONBLOCK != 0 }
    };
    // POSIX code sees a listener non-blocking in any mode.
    assert!(is_nonblocking(s));
    assert_eq!(ioctl(s, FIONBIO, 7), (0, 7));
    // SAFETY: NULL is allowed.
    assert_eq!(unsafe { ws2_accept(s, null_mut(), null_mut()) }, usize::MAX);
    assert_eq!(WSAGetLastError(), WSAEWOULDBLOCK);
    let near = socket(AF_INET, STREAM);
    assert_eq!(connect(near, LOOPBACK, port(s)), 0);
    let far = accept(s);
    assert!(is_nonblocking(far));
    assert_eq!((command(near, FIONBIO, &[1, 0, 0, 0], 0), is_nonblocking(near)), ((0, vec![]), true));
    assert_eq!((command(near, FIONBIO, &[0; 4], 0).0, is_nonblocking(near)), (0, false));
    for s in [near, far, s] {
        close(s);
    }
}

/// A mode that is set while another thread waits in `accept` is the mode afterwards.
#[test]
fn mode_set_while_a_call_waits() {
    let s = listener();
    let address = port(s);
    let waiting = Blocked::on(move || accept(s));
    for _ in 0..200 {
        assert_eq!(ioctl(s, FIONBIO, 1).0, 0);
        assert_eq!(ioctl(s, FIONBIO, 0).0, 0);
    }
    assert_eq!(ioctl(s, FIONBIO, 1).0, 0);
    let near = socket(AF_INET, STREAM);
    assert_eq!(connect(near, LOOPBACK, address), 0);
    let far = waiting.outcome();
    // SAFETY: NULL is allowed.
    assert_eq!(unsafe { ws2_accept(s, null_mut(), null_mut()) }, usize::MAX);
    assert_eq!(WSAGetLastError(), WSAEWOULDBLOCK);
    for s in [near, far, s] {
        close(s);
    }
}

/// IO2: nothing to read, and SIOCATMARK is TRUE.
#[test]
fn io2_fresh_bound_and_listening() {
    let bound = socket(AF_INET, STREAM);
    assert_eq!(bind(bound, LOOPBACK, 0), 0);
    let all = [socket(AF_INET, STREAM), bound, listener(), socket(AF_INET, DATAGRAM)];
    for s in all {
        assert_eq!((ioctl(s, FIONREAD, 99), ioctl(s, SIOCATMARK, 99)), ((0, 0), (0, 1)));
        close(s);
    }
}

/// IO3, IO4: an out-of-band byte is apart, until it is taken or SO_OOBINLINE puts it in line.
#[test]
fn io3_io4_out_of_band() {
    let (near, far) = pair();
    send(near, b"abc", 0);
    until("data arrives", || ioctl(far, FIONREAD, 0) == (0, 3));
    assert_eq!(ioctl(far, SIOCATMARK, 0), (0, 1));
    send(near, b"!", 1);
    until("urgent data arrives", || ioctl(far, SIOCATMARK, 1) == (0, 0));
    assert_eq!(ioctl(far, FIONREAD, 0), (0, 3));
    assert_eq!(recv(far, 8, 1), Ok(b"!".to_vec()));
    assert_eq!((ioctl(far, SIOCATMARK, 0), ioctl(far, FIONREAD, 0)), ((0, 1), (0, 3)));
    assert_eq!(recv(far, 8, 0), Ok(b"abc".to_vec()));

    send(near, b"?", 1);
    until("urgent data arrives", || ioctl(far, SIOCATMARK, 1) == (0, 0));
    assert_eq!(set(far, SOL_SOCKET, SO_OOBINLINE, 1), 0);
    assert_eq!((ioctl(far, SIOCATMARK, 0), ioctl(far, FIONREAD, 0)), ((0, 1), (0, 1)));
    assert_eq!(recv(far, 8, 0), Ok(b"?".to_vec()));
    // And one that arrives in line.
    send(near, b"#", 1);
    until("urgent data arrives", || ioctl(far, FIONREAD, 0) == (0, 1));
    assert_eq!((ioctl(far, SIOCATMARK, 0), recv(far, 8, 0)), ((0, 1), Ok(b"#".to_vec())));
    close(near);
    close(far);
}

/// IO5: the size of the first datagram.
#[test]
fn io5_datagrams() {
    let s = socket(AF_INET, DATAGRAM);
    assert_eq!(bind(s, LOOPBACK, 0), 0);
    let sender = UdpSocket::bind("127.0.0.1:0").unwrap();
    for len in [10, 20] {
        sender.send_to(&vec![1; len], ("127.0.0.1", port(s))).unwrap();
    }
    for len in [10_u32, 20] {
        until("the datagram arrives", || ioctl(s, FIONREAD, 0) == (0, len));
        assert_eq!(recv(s, 64, 0).map(|bytes| bytes.len()), Ok(usize::try_from(len).unwrap()));
    }
    close(s);
}

/// R10, Q4: "port unreachable" is reported, unless SIO_UDP_CONNRESET is FALSE.
#[test]
fn r10_udp_connreset() {
    for reports in [true, false] {
        let (holder, gone) = {
            let s = socket(AF_INET, DATAGRAM);
            assert_eq!(bind(s, LOOPBACK, 0), 0);
            (s, port(s))
        };
        close(holder);
        let s = socket(AF_INET, DATAGRAM);
        assert_eq!(connect(s, LOOPBACK, gone), 0);
        assert_eq!(command(s, SIO_UDP_CONNRESET, &u32::from(reports).to_ne_bytes(), 0), (0, vec![]));
        assert_eq!(ioctl(s, FIONBIO, 1).0, 0);
        send(s, b"x", 0);
        // On the loopback interface the answer is there before `send` returns.
        assert_eq!(recv(s, 1, 0), Err(if reports { 10054 } else { WSAEWOULDBLOCK }));
        close(s);
    }
    let tcp = socket(AF_INET, STREAM);
    assert_eq!(command(tcp, SIO_UDP_CONNRESET, &[0; 4], 0).0, WSAEOPNOTSUPP);
    close(tcp);
}

#[test]
fn keep_alive_values() {
    let s = socket(AF_INET, STREAM);
    let values = |on: u32, idle: u32, interval: u32| {
        [on, idle, interval].iter().flat_map(|number| number.to_ne_bytes()).collect::<Vec<u8>>()
    };
    assert_eq!(command(s, SIO_KEEPALIVE_VALS, &values(1, 10_500, 999), 0), (0, vec![]));
    assert_eq!(kernel(s, libc::SOL_SOCKET, libc::SO_KEEPALIVE), 1);
    assert_eq!(kernel(s, libc::IPPROTO_TCP, libc::TCP_KEEPIDLE), 11);
    assert_eq!(kernel(s, libc::IPPROTO_TCP, libc::TCP_KEEPINTVL), 1);
    for (on, idle, interval) in [(0, 0, 0), (1, 0, 0), (1, u32::MAX, u32::MAX), (0, 100, 100)] {
        assert_eq!(command(s, SIO_KEEPALIVE_VALS, &values(on, idle, interval), 0).0, 0);
        assert_eq!(kernel(s, libc::SOL_SOCKET, libc::SO_KEEPALIVE).cast_unsigned(), on);
    }
    assert_eq!(command(s, SIO_KEEPALIVE_VALS, &values(1, 1, 1)[..11], 0).0, WSAEFAULT);
    assert_eq!(command(s, SIO_KEEPALIVE_VALS, &[], 0).0, WSAEFAULT);
    close(s);
}

/// INTERFACE_INFO: 76 bytes each; the loopback interface is among them.
#[test]
fn interface_list() {
    for kind in [DATAGRAM, STREAM] {
        let s = socket(AF_INET, kind);
        let (code, list) = command(s, SIO_GET_INTERFACE_LIST, &[], 100 * 76);
        assert_eq!((code, list.len() % 76), (0, 0));
        let loopback = list.chunks(76).find(|info| info[4..12] == inet(LOOPBACK, 0)[..8]).unwrap();
        let flags = u32::from_ne_bytes(loopback[..4].try_into().unwrap());
        assert_eq!(flags & 0b101, 0b101, "up, loopback");
        assert_eq!(loopback[52..60], inet([255, 0, 0, 0], 0)[..8]);
        assert_eq!(command(s, SIO_GET_INTERFACE_LIST, &[], list.len() - 1).0, WSAEFAULT);
        close(s);
    }
}

#[test]
fn routing_interface() {
    let s = socket(AF_INET, STREAM);
    let to = inet([127, 1, 2, 3], 80);
    assert_eq!(command(s, SIO_ROUTING_INTERFACE_QUERY, &to, 16), (0, inet(LOOPBACK, 0).to_vec()));
    assert_eq!(command(s, SIO_ROUTING_INTERFACE_QUERY, &to, 15).0, WSAEFAULT);
    assert_eq!(command(s, SIO_ROUTING_INTERFACE_QUERY, &to[..15], 16).0, WSAEINVAL);
    let mut six = [0; 28];
    (six[0], six[23]) = (23, 1);
    assert_eq!(command(s, SIO_ROUTING_INTERFACE_QUERY, &six, 28), (0, six.to_vec()));
    close(s);
}

#[test]
fn small_answers() {
    let s = socket(AF_INET, DATAGRAM);
    assert_eq!(command(s, SIO_BASE_HANDLE, &[], 8), (0, s.to_ne_bytes().to_vec()));
    assert_eq!(command(s, SIO_GET_BROADCAST_ADDRESS, &[], 16), (0, inet([255; 4], 0).to_vec()));
    assert_eq!(command(s, SIO_UDP_NETRESET, &[0; 4], 0), (0, vec![]));
    close(s);
}
