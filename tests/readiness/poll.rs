//! `WSAPoll`: PO1 to PO7. PO1 is in `bad`, PO7 in `closing`.

use crate::support::process::{alone, here};
use crate::support::sets::*;
use ws2_32::ffi::*;

const ERR: i16 = 1;
const HUP: i16 = 2;
const NVAL: i16 = 4;
const WRNORM: i16 = 0x10;
const RDNORM: i16 = 0x100;
const RDBAND: i16 = 0x200;

/// PO2: bit by bit, on a socket and on a number that is none beside one; but not on INVALID_SOCKET.
#[test]
fn po2_events_that_cannot_be_waited_for() {
    start();
    let socket = udp();
    for bit in (0..16).map(|bit| i16::from_ne_bytes((1_u16 << bit).to_ne_bytes())) {
        let fine = [WRNORM, RDNORM, RDBAND].contains(&bit);
        let expected = if fine { Ok(()) } else { Err(10022) };
        let ask = |fd| poll(&mut [entry(socket, 0), entry(fd, bit)], 0).map(|_| ());
        assert_eq!(ask(socket), expected, "{bit:#x}");
        assert_eq!(ask(0x7fff_fff0), expected, "{bit:#x}");
        assert_eq!(ask(usize::MAX), Ok(()), "{bit:#x}");
    }
    close(&[socket]);
}

/// PO3: POLLIN and POLLOUT are made of the others.
#[test]
fn po3_bits() {
    start();
    let (a, b) = pair();
    send(a, b"x", 0);
    becomes(RDNORM | WRNORM, || polled(b));
    for (events, expected) in [(0x300, RDNORM), (0x10, WRNORM), (0x310, RDNORM | WRNORM), (0x200, 0), (0, 0)]
    {
        let mut entries = [entry(b, events)];
        assert_eq!(poll(&mut entries, 0), Ok(i32::from(expected != 0)));
        assert_eq!(entries[0].revents, expected);
    }
    close(&[a, b]);
}

/// PO4.
#[test]
fn po4_entries_without_a_socket() {
    alone(here!("po4_entries_without_a_socket"), || {
        start();
        let (idle, peer) = pair();
        let file = std::fs::File::open("/proc/self/exe").unwrap();
        let file = usize::try_from(std::os::fd::AsRawFd::as_raw_fd(&file)).unwrap();
        for bad in [usize::MAX, 0x7fff_fff0, 1 << 40, file] {
            let mut entries = [entry(idle, RDNORM), entry(bad, RDNORM)];
            assert_eq!(poll(&mut entries, 20), Ok(0));
            assert_eq!(entries.map(|entry| entry.revents), [0, NVAL]);
            let mut entries = [entry(bad, WRNORM), entry(idle, WRNORM), entry(bad, 0)];
            assert_eq!(poll(&mut entries, -1), Ok(1));
            assert_eq!(entries.map(|entry| entry.revents), [NVAL, WRNORM, NVAL]);
            // All of them: before PO2.
            let mut entries = [entry(bad, 8), entry(usize::MAX, RDNORM)];
            assert_eq!(poll(&mut entries, -1), Err(10038));
            assert_eq!(entries.map(|entry| entry.revents), [NVAL, NVAL]);
        }
        close(&[idle, peer]);
        let mut entries = [entry(idle, RDNORM)];
        assert_eq!(poll(&mut entries, -1), Err(10038));
        assert_eq!(entries[0].revents, NVAL);
    });
}

/// PO5: closing by the peer, with and without data.
#[test]
fn po5_peer_has_closed() {
    start();
    let (client, server) = pair();
    assert_eq!(polled(client), WRNORM);
    assert_eq!(ws2_shutdown(server, 1), 0);
    becomes(WRNORM | HUP, || polled(client));
    assert_eq!(polled(server), WRNORM);
    // Unasked, and waited for.
    let mut entries = [entry(client, 0)];
    assert_eq!((poll(&mut entries, -1), entries[0].revents), (Ok(1), HUP));
    close(&[client]);
    becomes(WRNORM | HUP, || polled(server));
    close(&[server]);

    let (client, server) = pair();
    send(server, b"x", 0);
    close(&[server]);
    becomes(WRNORM | HUP | RDNORM, || polled(client));
    assert_eq!(recv(client), 1);
    assert_eq!(polled(client), WRNORM | HUP);
    assert_eq!(recv(client), 0);
    assert_eq!(polled(client), WRNORM | HUP);
    close(&[client]);
}

/// PO5: own shutdown.
#[test]
fn po5_own_shutdown() {
    start();
    let (client, server) = pair();
    assert_eq!(ws2_shutdown(client, 0), 0);
    assert_eq!((polled(client), polled(server)), (WRNORM, WRNORM));
    assert_eq!(ws2_shutdown(client, 1), 0);
    assert_eq!(polled(client), WRNORM);
    becomes(WRNORM | HUP, || polled(server));
    let mut entries = [entry(client, RDNORM)];
    assert_eq!((poll(&mut entries, 20), entries[0].revents), (Ok(0), 0));
    close(&[client, server]);
}

/// PO5: urgent data.
#[test]
fn po5_urgent_data() {
    start();
    let (client, server) = pair();
    send(client, b"u", 1);
    becomes(WRNORM | RDBAND, || polled(server));
    set_option(server, libc::SOL_SOCKET, libc::SO_OOBINLINE, 1_i32);
    assert_eq!(polled(server), WRNORM | RDNORM);
    close(&[client, server]);
}

/// PO5: reset, before and after it was reported.
#[test]
fn po5_reset() {
    start();
    let (client, server) = pair();
    reset(client);
    becomes(ERR | HUP | WRNORM, || polled(server));
    assert_eq!(recv(server), -1);
    assert_eq!(polled(server), ERR | HUP | WRNORM);
    close(&[server]);
}

/// PO5: listener, UDP; and what was never connected, as `select` sees it (SE8).
#[test]
fn po5_listener_udp_and_fresh() {
    start();
    let (listener, client, datagrams, fresh) = (listener(), tcp(), udp(), tcp());
    assert_eq!([listener, datagrams, fresh].map(polled), [0, WRNORM, 0]);
    assert_eq!(connect(client, port(listener)), 0);
    becomes(RDNORM, || polled(listener));
    close(&[listener, client, datagrams, fresh]);
}

/// PO6.
#[test]
fn po6_failed_connect() {
    start();
    let (keeper, port) = dead_port();
    let client = tcp();
    set_nonblocking(client);
    assert_eq!(connect(client, port), 10035);
    let mut entries = [entry(client, WRNORM)];
    assert_eq!((poll(&mut entries, LONG), entries[0].revents), (Ok(1), WRNORM | HUP | ERR));
    assert_eq!(polled(client), WRNORM | HUP | ERR);
    let blocking = tcp();
    assert_eq!(connect(blocking, port), 10061);
    assert_eq!(polled(blocking), WRNORM | HUP | ERR);
    close(&[client, blocking, keeper]);
}

/// One socket in several entries: each gets the answer to its own events.
#[test]
fn one_socket_several_times() {
    start();
    let (a, b) = pair();
    send(a, b"x", 0);
    becomes(RDNORM | WRNORM, || polled(b));
    let mut entries = [entry(b, 0), entry(b, RDNORM), entry(b, WRNORM), entry(a, RDNORM), entry(b, 0x310)];
    assert_eq!(poll(&mut entries, -1), Ok(3));
    assert_eq!(entries.map(|entry| entry.revents), [0, RDNORM, WRNORM, 0, RDNORM | WRNORM]);
    close(&[a, b]);
}
