//! How many system calls one call makes. Each of them is told to the test, which counts.

use crate::support::calls::*;
use crate::support::pairs::*;
use crate::support::process::{alone, here};
use crate::support::supervised::{Asked, Verdict, supervised};
use ws2_32::ffi::types::SOCKET;

/// The system calls of one call, by number; `at_wait` runs when it is about to wait in `ppoll`.
fn calls_of<T: Send + 'static>(
    job: impl FnOnce() -> T + Send + 'static,
    mut at_wait: impl FnMut(),
) -> Option<Vec<i64>> {
    let mut made = Vec::new();
    supervised(job, |asked: &Asked| {
        made.push(asked.number);
        if asked.number == libc::SYS_ppoll {
            at_wait();
        }
        Verdict::Goes
    })?;
    // What the allocator does for a new thread is not the call's: memory, and the number of processors.
    let allocator =
        [libc::SYS_brk, libc::SYS_mmap, libc::SYS_mprotect, libc::SYS_munmap, libc::SYS_sched_getaffinity];
    made.retain(|number| !allocator.contains(number));
    Some(made)
}

fn at_most(what: &str, most: usize, made: Option<Vec<i64>>, wrong: &mut Vec<String>) {
    if let Some(made) = made
        && made.len() > most
    {
        wrong.push(format!("{what}: {} instead of {most}: {made:?}", made.len()));
    }
}

fn option(s: SOCKET, level: i32, name: i32) -> i32 {
    let (mut value, mut len) = (0_i32, 4);
    let (at, len_at) = ((&raw mut value).cast(), &raw mut len);
    // SAFETY: locals, and their size.
    call(|| unsafe { ws2_32::ffi::ws2_getsockopt(s, level, name, at, len_at) }).unwrap();
    value
}

#[test]
fn system_calls_of_one_call() {
    alone(here!("system_calls_of_one_call"), || {
        start();
        let wrong = &mut Vec::new();
        // What is made once and for all is made here.
        let (s, peer) = pair(Speech::Tcp4, Maker::Ours).unwrap().leave();
        let warm = crate::support::process::Blocked::on(move || take(s));
        peer.write(b"x");
        warm.outcome().unwrap();
        for family in [AF_INET, AF_INET6] {
            close(socket(family, DGRAM)).unwrap();
        }

        // With the time-out that POSIX code may have set: a wait that ends by itself, to ask then, takes longer than the question.
        at_most("recv that waits", 5, calls_of(move || take(s), || peer.write(b"x")), wrong);
        set_mode(s, true);
        at_most("recv with nothing there", 1, calls_of(move || take(s), || ()), wrong);
        at_most("FIONBIO", 1, calls_of(move || set_mode(s, false), || ()), wrong);
        at_most("SO_ERROR", 1, calls_of(move || option(s, 0xffff, 0x1007), || ()), wrong);
        at_most("SO_RCVTIMEO", 1, calls_of(move || set_number(s, 0xffff, 0x1006, 1000), || ()), wrong);
        at_most("SO_LINGER", 1, calls_of(move || set_number(s, 0xffff, 0x80, 1), || ()), wrong);
        at_most("TCP_NODELAY", 1, calls_of(move || set_number(s, 6, 1, 1), || ()), wrong);
        at_most("closesocket", 4, calls_of(move || close(s), || ()), wrong);

        let (l, name) = listener();
        let client = socket(AF_INET, STREAM);
        at_most("blocking connect", 5, calls_of(move || connect(client, &name), || ()), wrong);
        at_most("accept of a connection that waits", 2, calls_of(move || accept(l), || ()), wrong);
        let mut others = Vec::new();
        let connects = || others.push(std::net::TcpStream::connect(("127.0.0.1", name.port())).unwrap());
        at_most("blocking accept that waits", 6, calls_of(move || accept(l), connects), wrong);

        at_most("an IPv4 stream socket", 2, calls_of(|| socket(AF_INET, STREAM), || ()), wrong);
        at_most("an IPv6 stream socket", 3, calls_of(|| socket(AF_INET6, STREAM), || ()), wrong);
        at_most("an IPv4 datagram socket", 3, calls_of(|| socket(AF_INET, DGRAM), || ()), wrong);
        at_most("an IPv6 datagram socket", 4, calls_of(|| socket(AF_INET6, DGRAM), || ()), wrong);
        assert!(wrong.is_empty(), "{wrong:#?}");
    });
}

/// A blocking `send` that gets rid of a little each time waits for room on the socket each time: only waits that lead to
/// nothing make it wait without looking. The kernel's part is played: no room at first, and then some, twenty times.
#[test]
fn progress_is_no_futile_wait() {
    const PART: usize = 1000;
    const PARTS: usize = 20;
    alone(here!("progress_is_no_futile_wait"), || {
        start();
        let (s, peer) = pair(Speech::Tcp4, Maker::Ours).unwrap().leave();
        let (mut sends, mut waits, mut blind) = (0, 0, 0);
        let done = supervised(
            move || send(s, &[b'a'; PART * PARTS], 0),
            |asked: &Asked| {
                let [first, from, ..] = asked.arguments.map(|argument| usize::try_from(argument).unwrap());
                match asked.number {
                    libc::SYS_sendto => {
                        sends += 1;
                        if sends % 2 == 1 {
                            return Verdict::Gave(-i64::from(libc::EAGAIN));
                        }
                        let from = std::ptr::with_exposed_provenance::<libc::c_void>(from);
                        // SAFETY: the bytes of a call that a thread of this process is about to make; there are as many.
                        let sent = unsafe { libc::send(fd(s), from, PART, libc::MSG_NOSIGNAL) };
                        Verdict::Gave(i64::try_from(sent).unwrap())
                    }
                    libc::SYS_ppoll => {
                        let entries = std::ptr::with_exposed_provenance::<libc::pollfd>(first);
                        // SAFETY: likewise.
                        let looks = unsafe { (*entries).fd == fd(s) };
                        waits += 1;
                        blind += i32::from(!looks);
                        Verdict::Goes
                    }
                    _ => Verdict::Goes,
                }
            },
        );
        let Some(done) = done else { return };
        assert_eq!(done, Ok(i32::try_from(PART * PARTS).unwrap()));
        assert_eq!(peer.read_exactly(PART * PARTS).len(), PART * PARTS);
        assert_eq!((waits, blind), (PARTS, 0));
    });
}
