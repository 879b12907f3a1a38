//! When each kind of event is recorded, and when again: both columns of RE1 to RE7, and ES13's plain part.

use ws2_32::error::WsaError;

use crate::events::*;
use crate::support::calls::*;
use crate::support::pairs::{self, Maker, Speech};

#[test]
fn re1_read_again_with_every_arrival() {
    let (pair, event) = connected();
    for _ in 0..5 {
        pair.peer.write(b"12345678");
        gets_only(pair.s, &event, &[(READ, 0)]);
    }
}

#[test]
fn re1_read_again_where_data_is_left() {
    let (pair, event) = connected();
    pair.peer.write(b"12345678");
    gets_only(pair.s, &event, &[(READ, 0)]);
    for left in (0..8).rev() {
        assert_eq!(recv(pair.s, &mut [0], 0), Ok(1));
        assert_eq!(event.is_set(), left > 0, "{left} left");
        assert_eq!(told_with(pair.s, event.0).0, if left > 0 { READ } else { 0 }, "{left} left");
    }
    nothing(pair.s, &event);
    assert_eq!(recv(pair.s, &mut [0], 0), Err(WsaError::WSAEWOULDBLOCK));
    nothing(pair.s, &event);
    pair.peer.write(b"1");
    gets_only(pair.s, &event, &[(READ, 0)]);
}

#[test]
fn re1_ev5_not_after_a_failed_recv() {
    use ws2_32::ffi::ws2_recv;
    let (pair, event) = connected();
    pair.peer.write(b"12345678");
    gets_only(pair.s, &event, &[(READ, 0)]);
    let bad = call(|| unsafe { ws2_recv(pair.s, std::ptr::without_provenance_mut(16), 4, 0) });
    assert_eq!(bad, Err(WsaError::WSAEFAULT));
    nothing(pair.s, &event);
    assert_eq!(take_with(pair.s, MSG_PEEK).unwrap(), b"12345678");
    assert_eq!(told_with(pair.s, event.0).0, READ, "a look leaves all of it");
}

/// Each of the calls that receive.
#[test]
fn re1_es16_every_receiving_call_counts() {
    use std::ptr::null_mut;
    use ws2_32::ffi::types::message::WSABUF;
    use ws2_32::ffi::{WSARecv, WSARecvFrom, ws2_ReadFile, ws2_recvfrom};
    let (pair, event) = connected();
    let s = pair.s;
    let mut byte = [0_u8];
    let at = byte.as_mut_ptr();
    let mut buffer = WSABUF { len: 1, buf: at.cast() };
    let (mut count, mut flags) = (0, 0);
    let handle = std::ptr::without_provenance_mut(s);
    let mut calls: [(&str, &mut dyn FnMut() -> i32); 4] = [
        ("ReadFile", &mut || unsafe {
            let mut count = 0;
            ws2_ReadFile(handle, at.cast(), 1, &raw mut count, null_mut()) - 1
        }),
        ("recvfrom", &mut || unsafe { ws2_recvfrom(s, at.cast(), 1, 0, null_mut(), null_mut()) } - 1),
        ("WSARecv", &mut || unsafe {
            let (mut buffer, mut flags, mut count) = (WSABUF { len: 1, buf: at.cast() }, 0, 0);
            WSARecv(s, &raw mut buffer, 1, &raw mut count, &raw mut flags, null_mut(), None)
        }),
        ("WSARecvFrom", &mut || unsafe {
            let (count, flags) = (&raw mut count, &raw mut flags);
            let buffer = &raw mut buffer;
            WSARecvFrom(s, buffer, 1, count, flags, null_mut(), null_mut(), null_mut(), None)
        }),
    ];
    for (name, run) in &mut calls {
        pair.peer.write(b"ab");
        gets_only(s, &event, &[(READ, 0)]);
        assert_eq!(run(), 0, "{name}");
        assert_eq!(told_with(s, event.0).0, READ, "{name}: one is left");
        assert_eq!(run(), 0, "{name}");
        nothing(s, &event);
    }
}

#[test]
fn re2_ev7_the_end_is_no_data() {
    let (pair, event) = connected();
    pair.peer.write(b"12");
    pair.peer.shut(libc::SHUT_WR);
    gets_only(pair.s, &event, &[(READ, 0), (CLOSE, 0)]);
    assert_eq!(recv(pair.s, &mut [0], 0), Ok(1));
    assert_eq!(told_with(pair.s, event.0).0, READ, "one byte is left");
    assert_eq!(recv(pair.s, &mut [0], 0), Ok(1));
    assert_eq!(recv(pair.s, &mut [0], 0), Ok(0));
    nothing(pair.s, &event);
}

#[test]
fn re3_ev2_ev3_room_to_send() {
    start();
    let pair = pairs::ours();
    let event = Event::new();
    select(pair.s, &event, WRITE);
    send(pair.s, b"data", 0).unwrap();
    assert!(event.is_set(), "a send takes no record back");
    gets_only(pair.s, &event, &[(WRITE, 0)]);
    send(pair.s, b"data", 0).unwrap();
    nothing(pair.s, &event);
    let mut sent = 8;
    for _ in 0..2 {
        let chunk = [7; 65536];
        let end = until("nothing fits any more", || {
            send(pair.s, &chunk, 0).map(|count| sent += usize::try_from(count).unwrap()).err()
        });
        assert_eq!(end, WsaError::WSAEWOULDBLOCK);
        nothing(pair.s, &event);
        while sent > 0 {
            sent -= pair.peer.read().len();
        }
        gets_only(pair.s, &event, &[(WRITE, 0)]);
    }
}

#[test]
fn re3_a_connection_that_was_full_before_the_selection() {
    start();
    let pair = pairs::ours();
    set_mode(pair.s, true);
    let mut sent = 0;
    until("nothing fits any more", || {
        send(pair.s, &[7; 65536], 0).map(|count| sent += usize::try_from(count).unwrap()).err()
    });
    let event = Event::new();
    select(pair.s, &event, WRITE);
    nothing(pair.s, &event);
    while sent > 0 {
        sent -= pair.peer.read().len();
    }
    gets_only(pair.s, &event, &[(WRITE, 0)]);
}

#[test]
fn re3_ev6_connecting() {
    start();
    let ((l, name), event) = (listener(), Event::new());
    let s = socket(AF_INET, STREAM);
    select(s, &event, ALL);
    nothing(s, &event);
    assert_eq!(connect(s, &name), Err(WsaError::WSAEWOULDBLOCK));
    gets_only(s, &event, &[(CONNECT, 0), (WRITE, 0)]);
    // The selection comes after the call.
    let second = socket(AF_INET, STREAM);
    set_mode(second, true);
    assert_eq!(connect(second, &name), Err(WsaError::WSAEWOULDBLOCK));
    select(second, &event, ALL);
    gets_only(second, &event, &[(CONNECT, 0), (WRITE, 0)]);
    close_all([l, s, second]);
}

#[test]
fn re3_datagrams() {
    start();
    for family in [AF_INET, AF_INET6] {
        let event = Event::new();
        let bound_before = socket(family, DGRAM);
        let name = bound(bound_before, family);
        select(bound_before, &event, ALL);
        assert!(event.is_set());
        gets_only(bound_before, &event, &[(WRITE, 0)]);

        let bound_after = socket(family, DGRAM);
        select(bound_after, &event, ALL);
        nothing(bound_after, &event);
        bound(bound_after, family);
        gets_only(bound_after, &event, &[(WRITE, 0)]);

        let connected = socket(family, DGRAM);
        select(connected, &event, ALL);
        nothing(connected, &event);
        connect(connected, &name).unwrap();
        gets_only(connected, &event, &[(CONNECT, 0), (WRITE, 0)]);
        send(connected, b"data", 0).unwrap();
        gets_only(bound_before, &event, &[(READ, 0)]);
        nothing(connected, &event);
        close_all([bound_before, bound_after, connected]);
    }
}

#[test]
fn re1_datagrams() {
    pairs::each(&[Speech::Udp4, Speech::Udp6, Speech::UnixDatagram], |pair, what| {
        let event = Event::new();
        select(pair.s, &event, READ);
        nothing(pair.s, &event);
        for _ in 0..3 {
            pair.peer.write(b"one");
            gets_only(pair.s, &event, &[(READ, 0)]);
        }
        for left in (0..3).rev() {
            assert_eq!(take(pair.s).unwrap(), b"one", "{what}");
            assert_eq!(told_with(pair.s, event.0).0, if left > 0 { READ } else { 0 }, "{what}, {left} left");
        }
        // An empty one is one.
        pair.peer.write(b"");
        gets_only(pair.s, &event, &[(READ, 0)]);
        pair.peer.write(b"too long");
        gets_only(pair.s, &event, &[(READ, 0)]);
        assert_eq!(take(pair.s).unwrap(), b"", "{what}");
        assert_eq!(told_with(pair.s, event.0).0, READ, "{what}");
        assert_eq!(recv(pair.s, &mut [0], 0), Err(WsaError::WSAEMSGSIZE), "{what}");
        nothing(pair.s, &event);
    });
}

#[test]
fn re4_urgent_bytes() {
    let (pair, event) = connected();
    for _ in 0..3 {
        pair.peer.write_urgent(b"u");
        gets_only(pair.s, &event, &[(OOB, 0)]);
    }
    // Data beside it is no urgent byte.
    pair.peer.write(b"data");
    gets_only(pair.s, &event, &[(READ, 0)]);
    assert_eq!(take_with(pair.s, MSG_OOB).unwrap(), b"u");
    nothing(pair.s, &event);
    pair.peer.write_urgent(b"v");
    gets(pair.s, &event, &[(OOB, 0)]);
}

#[test]
fn re4_urgent_bytes_in_line_are_data() {
    start();
    let pair = pairs::ours();
    set_number(pair.s, 0xFFFF, 0x100, 1);
    let event = Event::new();
    select(pair.s, &event, READ | OOB);
    pair.peer.write_urgent(b"u");
    gets_only(pair.s, &event, &[(READ, 0)]);
}

#[test]
fn re5_connections() {
    start();
    let ((l, name), event) = (listener(), Event::new());
    select(l, &event, ALL);
    nothing(l, &event);
    let connecting = || {
        let s = socket(AF_INET, STREAM);
        connect(s, &name).unwrap();
        s
    };
    let mut all = vec![l];
    for _ in 0..3 {
        all.push(connecting());
        gets_only(l, &event, &[(ACCEPT, 0)]);
    }
    let own = Event::new();
    for left in (0..3).rev() {
        let far = accept(l).unwrap();
        select(far, &own, 0);
        // The new socket's own FD_WRITE has set the event.
        let expected = if left > 0 { ACCEPT } else { 0 };
        assert_eq!(told_with(l, event.0).0, expected, "{left} left");
        all.push(far);
    }
    nothing(l, &event);
    assert_eq!(accept(l), Err(WsaError::WSAEWOULDBLOCK));
    all.push(connecting());
    gets_only(l, &event, &[(ACCEPT, 0)]);
    close_all(all);
}

#[test]
fn re5_a_socket_that_begins_to_listen_later() {
    start();
    let (l, event) = (socket(AF_INET, STREAM), Event::new());
    let name = bound(l, AF_INET);
    select(l, &event, ALL);
    listen(l, 5).unwrap();
    nothing(l, &event);
    let s = socket(AF_INET, STREAM);
    connect(s, &name).unwrap();
    gets_only(l, &event, &[(ACCEPT, 0)]);
    close_all([l, s]);
}

#[test]
fn re6_an_accepted_socket_was_not_connected() {
    start();
    let pair = pairs::pair(Speech::Tcp4, Maker::OursAccepted).unwrap();
    let event = Event::new();
    select(pair.s, &event, ALL);
    gets_only(pair.s, &event, &[(WRITE, 0)]);
}

#[test]
fn re7_the_end_and_its_code() {
    type End = fn(&mut pairs::Peer);
    let ends: [(&str, End, i32); 3] = [
        ("shut down", |peer| peer.shut(libc::SHUT_WR), 0),
        ("closed", pairs::Peer::close, 0),
        ("reset", pairs::Peer::reset, 10053),
    ];
    for (what, end, code) in ends {
        for own_end in [None, Some(SD_SEND)] {
            let (mut pair, event) = connected();
            if let Some(how) = own_end {
                shutdown(pair.s, how).unwrap();
            }
            end(&mut pair.peer);
            gets_only(pair.s, &event, &[(CLOSE, code)]);
            let received = recv(pair.s, &mut [0], 0);
            if code == 0 {
                assert_eq!(received, Ok(0), "{what}");
            } else {
                assert_eq!(received, Err(WsaError::WSAECONNRESET), "{what}: recv still says its own");
            }
            nothing(pair.s, &event);
        }
    }
}

#[test]
fn re7_the_peers_end_of_receiving_is_none() {
    let (pair, event) = connected();
    pair.peer.shut(libc::SHUT_RD);
    nothing(pair.s, &event);
}

#[test]
fn re7_unix_sockets() {
    start();
    let mut pair = pairs::pair(Speech::UnixStream, Maker::Posix).unwrap();
    let event = Event::new();
    select(pair.s, &event, READ | CLOSE);
    shutdown(pair.s, SD_RECEIVE).unwrap();
    nothing(pair.s, &event);
    pair.peer.close();
    gets_only(pair.s, &event, &[(CLOSE, 0)]);
}

/// The order and amount of data stays whatever is told: an event-driven reader misses nothing.
#[test]
fn re1_a_reader_that_goes_by_events_gets_every_byte() {
    let (pair, event) = connected();
    let total = 3_000_000_usize;
    let (s, peer) = pair.leave();
    let writer = std::thread::spawn(move || {
        let mut left = total;
        while left > 0 {
            let len = left.min(1 + left % 7919);
            peer.write(&vec![1; len]);
            left -= len;
        }
        peer
    });
    let (mut got, mut room) = (0, [0; 1000]);
    while got < total {
        event.wait();
        if told_with(s, event.0).0 & READ != 0 {
            // One call for each time it is told, as a program may do it.
            got += recv(s, &mut room, 0).map_or(0, |len| usize::try_from(len).unwrap());
        }
    }
    assert_eq!(got, total);
    drop(writer.join().unwrap());
    gets(s, &event, &[(CLOSE, 0)]);
    close(s).unwrap();
}
