//! Threads that do the same at the same time: exactly one closes a socket; answers about a new socket are not its
//! predecessor's.

use std::sync::Barrier;

use crate::support::calls::*;
use crate::support::process::{alone, here};
use crate::support::sets::{self, Set};
use ws2_32::error::WsaError as E;

/// How often, or until when with WS2_STRESS_SECONDS.
fn rounds(few: usize) -> impl Iterator<Item = usize> {
    let seconds = std::env::var("WS2_STRESS_SECONDS").ok().and_then(|s| s.parse::<u64>().ok());
    if let Some(seconds) = seconds {
        crate::support::process::watch_for(std::time::Duration::from_secs(seconds + 120));
    }
    let end = seconds.map(|s| std::time::Instant::now() + std::time::Duration::from_secs(s));
    (0..).take_while(move |round| end.map_or(*round < few, |end| std::time::Instant::now() < end))
}

#[test]
fn one_of_many_closes() {
    alone(here!("one_of_many_closes"), || {
        start();
        for _ in rounds(200) {
            let (s, line) = (socket(AF_INET, STREAM), Barrier::new(8));
            let outcomes: Vec<_> = std::thread::scope(|scope| {
                let closers: Vec<_> = (0..8)
                    .map(|_| {
                        scope.spawn(|| {
                            line.wait();
                            close(s)
                        })
                    })
                    .collect();
                closers.into_iter().map(|closer| closer.join().unwrap()).collect()
            });
            assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{outcomes:?}");
            assert_eq!(outcomes.iter().filter(|o| **o == Err(E::WSAENOTSOCK)).count(), 7, "{outcomes:?}");
        }
    });
}

/// The same with `CloseHandle`, which closes files as well: what stands under the number while the socket is being closed is not the
/// program's.
#[test]
fn one_of_many_closes_the_handle() {
    alone(here!("one_of_many_closes_the_handle"), || {
        start();
        for round in rounds(200) {
            let (s, line) = (socket(AF_INET, STREAM), Barrier::new(8));
            let closed: usize = std::thread::scope(|scope| {
                let closers: Vec<_> = (0..8)
                    .map(|number| {
                        let line = &line;
                        scope.spawn(move || {
                            line.wait();
                            if (round + number) % 2 == 0 {
                                let handle = std::ptr::without_provenance_mut(s);
                                ws2_32::ffi::ws2_CloseHandle(handle) != 0
                            } else {
                                close(s).is_ok()
                            }
                        })
                    })
                    .collect();
                closers.into_iter().map(|closer| usize::from(closer.join().unwrap())).sum()
            });
            assert_eq!(closed, 1, "round {round}");
        }
    });
}

/// Nothing arrives on any of these sockets: nothing is ready, and none is no socket.
#[test]
fn answers_are_about_the_own_socket() {
    alone(here!("answers_are_about_the_own_socket"), || {
        start();
        std::thread::scope(|scope| {
            for number in 0..4 {
                scope.spawn(move || {
                    for round in rounds(500) {
                        let s = sets::udp();
                        sets::bind(s);
                        let wait = i32::from(round % 4 == 0);
                        if (number + round) % 2 == 0 {
                            let mut read = Set::of(&[s]);
                            assert_eq!(sets::select(Some(&mut read), None, None, wait), Ok(0));
                        } else {
                            assert_eq!(sets::poll(&mut [sets::entry(s, 0x100)], wait), Ok(0));
                        }
                        close(s).unwrap();
                    }
                });
            }
        });
    });
}

/// A rival closes the socket that has the address.
#[test]
fn bind_beside_a_rival_that_closes() {
    alone(here!("bind_beside_a_rival_that_closes"), || {
        start();
        for _ in rounds(200) {
            let rival = socket(AF_INET, STREAM);
            let name = bound(rival, AF_INET);
            let s = socket(AF_INET, STREAM);
            let outcome = std::thread::scope(|scope| {
                scope.spawn(|| close(rival).unwrap());
                bind(s, &name)
            });
            assert!([Ok(0), Err(E::WSAEADDRINUSE), Err(E::WSAEACCES)].contains(&outcome), "{outcome:?}");
            close(s).unwrap();
        }
    });
}

/// A close that lingers does not disturb the socket that is made meanwhile.
#[test]
fn a_lingering_close() {
    alone(here!("a_lingering_close"), || {
        start();
        let (s, far) = tcp_pair();
        set_mode(s, true);
        while send(s, &[0; 65536], 0).is_ok() {}
        let linger = libc::linger { l_onoff: 1, l_linger: 1 };
        set_option(fd(s), libc::SOL_SOCKET, libc::SO_LINGER, linger);
        set_mode(s, false);
        std::thread::scope(|scope| {
            let closer = scope.spawn(|| close(s).unwrap());
            while !closer.is_finished() {
                let new = sets::udp();
                sets::bind(new);
                assert_eq!(sets::poll(&mut [sets::entry(new, 0x100)], 0), Ok(0));
                assert_eq!(local_name(new).map(|name| name.family()), Ok(2));
                close(new).unwrap();
            }
        });
        close(far).unwrap();
    });
}

/// C3: select and WSAPoll in another thread end when the socket is closed.
#[test]
fn closesocket_ends_select() {
    use crate::support::process::Blocked;
    alone(here!("closesocket_ends_select"), || {
        start();
        let s = sets::udp();
        sets::bind(s);
        let waits = Blocked::on(move || sets::select(Some(&mut Set::of(&[s])), None, None, -1));
        let polls = Blocked::on(move || sets::poll(&mut [sets::entry(s, 0x100)], -1));
        close(s).unwrap();
        assert_eq!((waits.outcome(), polls.outcome()), (Ok(1), Ok(1)));
    });
}

/// What was known of a closed socket is not believed of what POSIX code puts under its number.
#[test]
fn facts_end_with_the_socket() {
    use crate::support::process::Blocked;
    use std::os::fd::AsRawFd;
    alone(here!("facts_end_with_the_socket"), || {
        start();
        let (s, _far) = tcp_pair();
        set_mode(s, true);
        nothing_there(s);
        set_mode(s, true);
        let (near, far) = std::os::unix::net::UnixStream::pair().unwrap();
        close(s).unwrap();
        // SAFETY: numbers only; the number is free.
        must(unsafe { libc::dup2(near.as_raw_fd(), fd(s)) });
        let receiver = Blocked::on(move || take(s));
        std::io::Write::write_all(&mut &far, b"x").unwrap();
        assert_eq!(receiver.outcome(), Ok(b"x".to_vec()));
    });
}
