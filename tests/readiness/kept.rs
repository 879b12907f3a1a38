//! A thread that asks about the same sockets again gets the answers that a thread which asks for the first time gets.

use std::os::fd::AsRawFd;

use crate::support::process::{alone, here};
use crate::support::sets::*;
use ws2_32::ffi::types::SOCKET;

const RDNORM: i16 = 0x100;
const NVAL: i16 = 4;

/// Numbers that look random, the same ones in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }
}

/// In a thread of its own.
fn elsewhere<T: Send + 'static>(ask: impl FnOnce() -> T + Send + 'static) -> T {
    std::thread::spawn(ask).join().unwrap()
}

/// What `select` says, and what is in its sets then; each set may be absent.
fn ask_select(mut sets: [Option<Set>; 3]) -> (Result<i32, i32>, Vec<Option<Vec<SOCKET>>>) {
    let [read, write, except] = &mut sets;
    let result = select(read.as_mut(), write.as_mut(), except.as_mut(), 0);
    (result, sets.into_iter().map(|set| set.map(|set| set.sockets().to_vec())).collect())
}

/// Random sets, the same ones again or changed a little, and sockets that something happens to meanwhile.
#[test]
fn what_was_kept_answers_like_a_first_call() {
    start();
    let numbers = &mut Numbers(2);
    let pairs: Vec<(SOCKET, SOCKET)> = (0..4).map(|_| pair()).collect();
    let (fresh, quiet) = (tcp(), udp());
    bind(quiet);
    let mut sockets: Vec<SOCKET> = pairs.iter().map(|(_, there)| *there).collect();
    sockets.extend([fresh, quiet]);
    let mut sets: [Option<Vec<SOCKET>>; 3] = [Some(sockets.clone()), None, None];
    let mut answers = 0;
    for round in 0..3000 {
        let (here, there) = pairs[numbers.below(pairs.len())];
        match numbers.below(8) {
            // One byte at a time, and waited for: nothing arrives between two answers.
            0 if !ready(there).contains('R') => {
                send(here, b"x", 0);
                assert_eq!(poll(&mut [entry(there, RDNORM)], -1), Ok(1));
            }
            1 if ready(there).contains('R') => assert!(recv(there) > 0),
            2 => sets[numbers.below(3)] = None,
            3 | 4 => {
                let set = sets[numbers.below(3)].get_or_insert_default();
                let socket = sockets[numbers.below(sockets.len())];
                match numbers.below(4) {
                    0 => set.push(socket),
                    1 => drop(set.pop()),
                    2 => set.reverse(),
                    _ => *set = sockets.clone(),
                }
                set.truncate(12);
            }
            _ => {}
        }
        let asked = || sets.clone().map(|set| set.map(|set| Set::of(&set)));
        let (again, first) = (asked(), asked());
        let told = ask_select(again);
        assert_eq!(told, elsewhere(|| ask_select(first)), "round {round}: {sets:?}");
        answers += usize::from(told.0.is_ok_and(|count| count > 0));

        let events = [RDNORM, 0x10, 0x310, 0][numbers.below(4)];
        let array: Vec<SOCKET> = sets.iter().flatten().flatten().copied().collect();
        let array = move || array.into_iter().map(|socket| entry(socket, events)).collect::<Vec<_>>();
        let (mut again, mut first) = (array.clone()(), array());
        for _ in 0..2 {
            // The second time with the answers of the first.
            let told = poll(&mut again, 0);
            let happened: Vec<i16> = again.iter().map(|entry| entry.revents).collect();
            let expected = elsewhere(|| {
                let told = poll(&mut first, 0);
                (told, first.iter().map(|entry| entry.revents).collect::<Vec<_>>(), first)
            });
            first = expected.2;
            assert_eq!((told, &happened), (expected.0, &expected.1), "round {round}, {events:#x}: {sets:?}");
        }
    }
    assert!(answers > 500, "{answers}");
    close(&[fresh, quiet]);
    pairs.into_iter().for_each(|(here, there)| close(&[here, there]));
}

/// The two ways to ask, each of which keeps its own question.
#[derive(Clone, Copy, Debug)]
enum Way {
    Select,
    Poll,
}

const WAYS: [Way; 2] = [Way::Select, Way::Poll];

/// How many of two sockets can be received from; an error where the first is none.
fn asked(way: Way, s: SOCKET, other: SOCKET) -> Result<i32, i32> {
    match way {
        Way::Select => select(Some(&mut Set::of(&[s, other])), None, None, 0),
        Way::Poll => {
            let mut entries = [entry(s, RDNORM), entry(other, RDNORM)];
            let told = poll(&mut entries, 0);
            if entries[0].revents & NVAL != 0 { Err(10038) } else { told }
        }
    }
}

/// Runs a test with a pipe, of which nothing is ready, under the number of a socket that was asked about before.
fn with_a_pipe_in_place(of_socket: impl Fn(SOCKET, i32)) {
    start();
    for way in WAYS {
        let (s, other) = (udp(), udp());
        [s, other].into_iter().for_each(bind);
        for _ in 0..2 {
            assert_eq!(asked(way, s, other), Ok(0), "{way:?}");
        }
        let (pipe, _writer) = std::io::pipe().unwrap();
        of_socket(s, pipe.as_raw_fd());
        assert_eq!(asked(way, s, other), Err(10038), "{way:?}");
        assert_eq!(asked(way, s, other), Err(10038), "{way:?}, again");
        // SAFETY: the number is the pipe's by now.
        unsafe { libc::close(fd(s)) };
        close(&[other]);
    }
}

/// The number of a closed socket is no socket, though what was put under it could be waited for.
#[test]
fn nothing_is_kept_beyond_a_closing() {
    alone(here!("nothing_is_kept_beyond_a_closing"), || {
        with_a_pipe_in_place(|s, pipe| {
            close(&[s]);
            // SAFETY: the number is free.
            assert_eq!(unsafe { libc::dup2(pipe, fd(s)) }, fd(s));
        });
    });
}

/// Nor where another call has found out that POSIX code closed the socket.
#[test]
fn nothing_is_kept_of_a_socket_that_is_known_to_be_gone() {
    alone(here!("nothing_is_kept_of_a_socket_that_is_known_to_be_gone"), || {
        with_a_pipe_in_place(|s, pipe| {
            // SAFETY: the socket is this test's.
            assert_eq!(unsafe { libc::dup2(pipe, fd(s)) }, fd(s));
            // A call that waits asks the kernel.
            elsewhere(move || assert_eq!(select(Some(&mut Set::of(&[s])), None, None, 1), Err(10038)));
        });
    });
}

/// The socket that gets a closed one's number is asked about, and not the closed one.
#[test]
fn the_next_socket_of_a_number() {
    alone(here!("the_next_socket_of_a_number"), || {
        start();
        for way in WAYS {
            let (s, other) = (udp(), udp());
            [s, other].into_iter().for_each(bind);
            for _ in 0..2 {
                assert_eq!(asked(way, s, other), Ok(0), "{way:?}");
            }
            close(&[s]);
            let next = udp();
            assert_eq!(next, s, "the lowest number is free");
            bind(next);
            assert_eq!(asked(way, next, other), Ok(0), "{way:?}");
            let name = crate::support::calls::local_name(next).unwrap();
            assert_eq!(crate::support::calls::connect(next, &name), Ok(0));
            send(next, b"x", 0);
            assert_eq!(asked(way, next, other), Ok(1), "{way:?}");
            close(&[next, other]);
        }
    });
}
