//! Order and amounts: rows OD1 to OD13.

use crate::words::*;
use ws2_32::ffi::types::*;
use ws2_32::ffi::*;

/// OD1, OD2: buffers are filled in the order of the calls; one byte is enough for the first.
#[test]
fn od1_receives_in_order() {
    let (near, far) = both();
    let port = Port::of(&[near]);
    let overs: Vec<_> = (0..3).map(|_| Over::new()).collect();
    let mut rooms = [[0_u8; 16]; 3];
    for (over, room) in overs.iter().zip(&mut rooms) {
        assert_eq!(recv_over(near, room, over), IO_PENDING);
    }
    assert_eq!(send(far, b"01234", 0), Ok(5));
    assert_eq!(port.next(), success(5, near, overs[0].ptr().addr()));
    assert!(overs[1].is_pending() && overs[2].is_pending(), "OD2: only the first");
    assert_eq!(send(far, &[7; 32], 0), Ok(32));
    assert_eq!(port.next(), success(16, near, overs[1].ptr().addr()));
    assert_eq!(port.next(), success(16, near, overs[2].ptr().addr()));
    assert_eq!((&rooms[0][..5], rooms[1], rooms[2]), (&b"01234"[..], [7; 16], [7; 16]));
    shut_all([near, far]);
}

/// OD3, OD4, OD5: sends go out in the order of the calls, each wholly, however long it has to wait.
#[test]
fn od4_sends_are_whole() {
    const EACH: usize = 8 << 20;
    let (near, peer) = ours().leave();
    let port = Port::of(&[near]);
    let load: Vec<Vec<u8>> = (1..=4_u8).map(|byte| vec![byte; EACH]).collect();
    let overs: Vec<_> = (0..4).map(|_| Over::new()).collect();
    let begun: Vec<_> = load.iter().zip(&overs).map(|(load, over)| send_over(near, load, over)).collect();
    let waits = begun.iter().position(|begun| *begun == IO_PENDING).unwrap_or(9);
    let in_order = begun.iter().skip(waits).all(|begun| *begun == IO_PENDING);
    let got = peer.read_exactly(4 * EACH);
    assert!(load.concat() == got, "in order");
    assert!(waits < 4 && in_order, "{begun:?}");
    for over in &overs {
        assert_eq!(port.next(), success(EACH as u32, near, over.ptr().addr()));
    }
    assert!(port.is_empty());
    close(near).unwrap();
}

/// OD7: a receive without room waits for data, and takes none.
#[test]
fn od7_no_room_on_a_stream() {
    let (near, far) = both();
    let (first, second, third) = (Over::new(), Over::new(), Over::new());
    assert_eq!(recv_over(near, &mut [], &first), IO_PENDING);
    assert_eq!(send(far, b"abc", 0), Ok(3));
    assert_eq!(first.ends(), (0, 0));
    assert_eq!(recv_over(near, &mut [], &second), (Ok(0), 0), "it is there");
    let mut bytes = [0; 8];
    assert_eq!(recv_over(near, &mut bytes, &third), (Ok(0), 3));
    shut_all([near, far]);
}

/// OD8: on a datagram socket it takes the datagram.
#[test]
fn od8_no_room_for_a_datagram() {
    stay_started();
    let (to, from) = (socket(AF_INET, DGRAM), socket(AF_INET, DGRAM));
    connect(from, &bound(to, AF_INET)).unwrap();
    let (first, second) = (Over::new(), Over::new());
    assert_eq!(recv_over(to, &mut [], &first), IO_PENDING);
    assert_eq!(send(from, b"abc", 0), Ok(3));
    assert_eq!(first.ends(), (0x8000_0005, 0));
    let mut bytes = [0; 8];
    assert_eq!(recv_over(to, &mut bytes, &second), IO_PENDING, "it is gone");
    assert_eq!(send(from, b"", 0), Ok(0));
    assert_eq!(second.ends(), (0, 0), "an empty one");
    shut_all([to, from]);
}

/// OD9: the end of the stream is success with 0 bytes.
#[test]
fn od9_the_end() {
    let (near, far) = both();
    let (first, second) = (Over::new(), Over::new());
    let mut bytes = [0; 8];
    assert_eq!(recv_over(near, &mut bytes, &first), IO_PENDING);
    assert_eq!(call(|| ws2_shutdown(far, SD_SEND)), Ok(0));
    assert_eq!(first.ends(), (0, 0));
    assert_eq!(recv_over(near, &mut bytes, &second), (Ok(0), 0));
    shut_all([near, far]);
}

/// OD10: MSG_WAITALL ends when the buffers are full, or the stream has ended.
#[test]
fn od10_wait_all() {
    let (near, far) = both();
    let port = Port::of(&[near]);
    let (first, second) = (Over::new(), Over::new());
    let (mut six, mut rest) = ([0; 6], [0; 6]);
    assert_eq!(recv_with(near, &mut [room(&mut six)], 8, first.ptr(), None), IO_PENDING);
    assert_eq!(send(far, b"0123", 0), Ok(4));
    assert_eq!(port.get(A_MOMENT), NOTHING);
    assert_eq!(send(far, b"45", 0), Ok(2));
    assert_eq!(port.next(), success(6, near, first.ptr().addr()));
    assert_eq!(&six, b"012345");
    assert_eq!(recv_with(near, &mut [room(&mut rest)], 8, second.ptr(), None), IO_PENDING);
    assert_eq!(send(far, b"67", 0), Ok(2));
    assert_eq!(call(|| ws2_shutdown(far, SD_SEND)), Ok(0));
    assert_eq!(port.next(), success(2, near, second.ptr().addr()));
    for flags in [8 | 1, 8 | 2, 8 | 0x8000 | 2] {
        let got = recv_with(near, &mut [room(&mut rest)], flags, second.ptr(), None);
        assert_eq!(got, (Err(E::WSAEOPNOTSUPP), COUNT), "{flags:#x}");
    }
    let udp = socket(AF_INET, DGRAM);
    bound(udp, AF_INET);
    let got = recv_with(udp, &mut [room(&mut rest)], 8, second.ptr(), None);
    assert_eq!(got, (Err(E::WSAEOPNOTSUPP), COUNT));
    shut_all([near, far, udp]);
}

/// OD13: data is for the operation that waits; an ordinary receive behind it finds nothing.
#[test]
fn od13_operations_first() {
    let (near, far) = both();
    set_nonblocking(near, true);
    let (over, mut bytes) = (Over::new(), [0; 4]);
    assert_eq!(recv_over(near, &mut bytes, &over), IO_PENDING);
    assert_eq!(recv(near, &mut [0; 4], 0), Err(E::WSAEWOULDBLOCK));
    assert_eq!(send(far, b"abcdef", 0), Ok(6));
    assert_eq!(over.ends(), (0, 4));
    assert_eq!((&bytes, take(near).unwrap()), (b"abcd", b"ef".to_vec()));
    shut_all([near, far]);
}

/// OD12: an urgent byte that is there is taken; else it is waited for. Sending one: only the last byte is urgent.
#[test]
fn od12_urgent() {
    let (near, far) = both();
    let (first, sent) = (Over::new(), Over::new());
    let mut byte = [0; 1];
    assert_eq!(recv_with(near, &mut [room(&mut byte)], 1, first.ptr(), None), IO_PENDING);
    assert_eq!(send_with(far, &mut [buf(b"ab"), buf(b"c")], 1, sent.ptr(), None), (Ok(0), 3));
    assert_eq!(first.ends(), (0, 1));
    assert_eq!(byte, *b"c");
    assert_eq!(take(near).unwrap(), b"ab");
    shut_all([near, far]);
}

/// Several buffers, and a sender's address that is written at the end.
#[test]
fn pieces_and_addresses() {
    stay_started();
    for family in [AF_INET, AF_INET6] {
        let (to, from) = (socket(family, DGRAM), socket(family, DGRAM));
        let (name, sender) = (bound(to, family), bound(from, family));
        let (mut a, mut b) = ([0; 3], [0; 8]);
        let (over, sent) = (Over::new(), Over::new());
        let (mut place, mut len, mut flags) = ([0_u8; 64], 64, 0);
        let mut bufs = [room(&mut a), room(&mut b)];
        let at = place.as_mut_ptr().cast();
        let begun = call(|| unsafe {
            WSARecvFrom(
                to,
                bufs.as_mut_ptr(),
                2,
                std::ptr::null_mut(),
                &raw mut flags,
                at,
                &raw mut len,
                over.ptr(),
                None,
            )
        });
        assert_eq!(begun, Err(E::WSA_IO_PENDING));
        let mut count = COUNT;
        let mut load = [buf(b"01234"), buf(b"567")];
        let begun = call(|| unsafe {
            WSASendTo(from, load.as_mut_ptr(), 2, &raw mut count, 0, name.ptr(), name.len, sent.ptr(), None)
        });
        assert_eq!((begun, count, sent.state()), (Ok(0), 8, (0, 8)));
        assert_eq!(over.ends(), (0, 8));
        assert_eq!((&a, &b[..5]), (b"012", &b"34567"[..]));
        assert_eq!(i32::from(u16::from_ne_bytes([place[0], place[1]])), family);
        assert_eq!((u16::from_be_bytes([place[2], place[3]]), len), (sender.port(), sender.len));
        shut_all([to, from]);
    }
}

/// WSASendTo says what is wrong with an address, as sendto does.
#[test]
fn addresses_that_make_no_sense() {
    stay_started();
    let s = socket(AF_INET, DGRAM);
    let over = Over::new();
    let six = Name::loopback(AF_INET6, 9);
    let four = Name::loopback(AF_INET, 9);
    let rows: [(*const ws2_sockaddr, i32, E); 4] = [
        (six.ptr(), six.len, E::WSAEAFNOSUPPORT),
        (four.ptr(), 5, E::WSAEFAULT),
        (std::ptr::without_provenance(8), 16, E::WSAEFAULT),
        (std::ptr::null(), 0, E::WSAENOTCONN),
    ];
    for (to, len, code) in rows {
        let mut load = [buf(b"x")];
        let got = call(|| unsafe {
            WSASendTo(s, load.as_mut_ptr(), 1, std::ptr::null_mut(), 0, to, len, over.ptr(), None)
        });
        assert_eq!(got, Err(code), "{len}");
    }
    close(s).unwrap();
}
