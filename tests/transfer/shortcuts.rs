//! What is done in fewer steps because of what is known of a socket: that the short way is taken, and that it is not
//! taken where it would be wrong.

use crate::support::calls::*;
use crate::support::pairs::*;
use crate::support::process::{alone, here};
use crate::support::supervised::{Verdict, supervised};
use ws2_32::error::WsaError as E;
use ws2_32::ffi::types::SOCKET;
use ws2_32::ffi::ws2_recvfrom;

fn recv_from(s: SOCKET, room: &mut [u8]) -> Outcome {
    let (mut from, mut len) = ([0_u8; 128], 128);
    let room_len = i32::try_from(room.len()).unwrap();
    // SAFETY: locals of these lengths.
    call(|| unsafe {
        ws2_recvfrom(s, room.as_mut_ptr().cast(), room_len, 0, from.as_mut_ptr().cast(), &raw mut len)
    })
}

/// The system calls of a call that succeeds, and its arguments for flags.
fn made(job: impl FnOnce() -> Outcome + Send + 'static) -> Option<Vec<(i64, u64)>> {
    let mut made = Vec::new();
    let outcome = supervised(job, |asked| {
        made.push((asked.number, asked.arguments[3]));
        Verdict::Goes
    })?;
    outcome.unwrap();
    // What the allocator does for a new thread.
    let allocator =
        [libc::SYS_brk, libc::SYS_mmap, libc::SYS_mprotect, libc::SYS_munmap, libc::SYS_sched_getaffinity];
    made.retain(|(number, _)| !allocator.contains(number));
    Some(made)
}

/// Received with MSG_OOB and MSG_TRUNC, of which the kernel must take no notice, and tell the length by: so the tests
/// of datagrams that are too long are tests of this way.
#[test]
fn udp_is_received_by_one_recvfrom() {
    const FLAGS: i32 = libc::MSG_DONTWAIT | libc::MSG_TRUNC | libc::MSG_OOB;
    alone(here!("udp_is_received_by_one_recvfrom"), || {
        start();
        for speech in [Speech::Udp4, Speech::Udp6] {
            let Some(pair) = pair(speech, Maker::Ours) else { continue };
            let s = pair.s;
            for addressed in [false, true] {
                pair.peer.write(b"datagram");
                wait_for(s, libc::POLLIN);
                let mut room = [0; 9];
                let made =
                    made(move || if addressed { recv_from(s, &mut room) } else { recv(s, &mut room, 0) });
                if let Some(made) = made {
                    let flags = u64::try_from(FLAGS).unwrap();
                    assert_eq!(made, [(libc::SYS_recvfrom, flags)], "{speech:?}");
                }
            }
        }
    });
}

/// A socket that POSIX code puts under the number of a UDP socket, whatever it is, is received from as what it is.
#[test]
fn other_sockets_under_the_number_of_a_udp_socket() {
    start();
    for speech in [Speech::Tcp4, Speech::Tcp6, Speech::UnixStream, Speech::UnixDatagram, Speech::Udp6] {
        for addressed in [false, true] {
            let Some(udp) = pair(Speech::Udp4, Maker::Ours) else { continue };
            let Some(other) = pair(speech, Maker::Posix) else { continue };
            udp.peer.write(b"x");
            assert_eq!(take(udp.s).unwrap(), b"x");
            // SAFETY: both are this test's.
            assert_eq!(unsafe { libc::dup2(fd(other.s), fd(udp.s)) }, fd(udp.s));
            other.peer.write(b"0123456789");
            wait_for(udp.s, libc::POLLIN);
            let mut four = [0; 4];
            let got = if addressed { recv_from(udp.s, &mut four) } else { recv(udp.s, &mut four, 0) };
            let is_stream = STREAMS.contains(&speech);
            let expected = if is_stream { Ok(4) } else { Err(E::WSAEMSGSIZE) };
            assert_eq!((got, &four), (expected, b"0123"), "{speech:?}");
            if is_stream {
                assert_eq!(take(udp.s).unwrap(), b"456789", "{speech:?}");
            }
            other.peer.write(b"more");
            wait_for(udp.s, libc::POLLIN);
            assert_eq!(take(udp.s).unwrap(), b"more", "{speech:?}");
        }
    }
}

/// Nothing there: over at once where the program has made the socket non-blocking and receiving is possible, and for no
/// other socket.
#[test]
fn nothing_there_ends_only_what_may_not_wait() {
    start();
    for speech in [Speech::Tcp4, Speech::Udp4, Speech::Tcp6, Speech::Udp6] {
        for maker in [Maker::Ours, Maker::OursAccepted] {
            let Some(pair) = pair(speech, maker) else { continue };
            let s = pair.s;
            set_mode(s, true);
            for _ in 0..2 {
                assert_eq!(take(s), Err(E::WSAEWOULDBLOCK));
                assert_eq!(recv_from(s, &mut [0; 4]), Err(E::WSAEWOULDBLOCK));
            }
            let empty =
                if speech == Speech::Tcp4 || speech == Speech::Tcp6 { Ok(0) } else { Err(E::WSAEWOULDBLOCK) };
            assert_eq!(recv(s, &mut [], 0), empty, "{speech:?}: no bytes are asked for");
            set_mode(s, false);
            set_number(s, 0xffff, 0x1006, 20);
            assert_eq!(take(s), Err(E::WSAETIMEDOUT), "{speech:?}: blocking again");
            set_mode(s, true);
            shutdown(s, 0).unwrap();
            assert_eq!(take(s), Err(E::WSAESHUTDOWN));
            assert_eq!(recv_from(s, &mut [0; 4]), Err(E::WSAESHUTDOWN));
        }
    }
    let fresh = socket(AF_INET, STREAM);
    set_mode(fresh, true);
    assert_eq!(take(fresh), Err(E::WSAENOTCONN));
    close(fresh).unwrap();
    let unbound = socket(AF_INET, DGRAM);
    set_mode(unbound, true);
    assert_eq!(take(unbound), Err(E::WSAEINVAL));
    close(unbound).unwrap();
}
