//! One listener in several hands, `fork` in a handler, and a destructor that runs when a thread has almost ended.

use std::sync::atomic::{AtomicI32, AtomicU32, AtomicUsize, Ordering};

use crate::support::calls::*;
use crate::support::process::{Blocked, alone, fork, here, succeeded};
use ws2_32::error::WsaError as E;
use ws2_32::ffi::closesocket;
use ws2_32::ffi::types::SOCKET;

/// Takes connections until one says "q"; each accepted socket is blocking, and none is told that it would have to wait.
fn serve(l: SOCKET) -> bool {
    loop {
        let s = match accept(l) {
            Ok(s) => s,
            Err(code) => panic!("{code:?}"),
        };
        assert!(!is_nonblocking(s));
        let said = take(s).unwrap();
        close(s).unwrap();
        if said == b"q" {
            return true;
        }
    }
}

fn ask(port: u16, what: &[u8]) {
    let mut client = std::net::TcpStream::connect(("127.0.0.1", port)).unwrap();
    std::io::Write::write_all(&mut client, what).unwrap();
    // Until the server has closed it.
    let _ = std::io::Read::read(&mut client, &mut [0]);
}

#[test]
fn a_blocking_listener_in_three_processes() {
    alone(here!("a_blocking_listener_in_three_processes"), || {
        start();
        let (l, name) = listener();
        let children: Vec<_> = (0..3).map(|_| fork(|| serve(l))).collect();
        for _ in 0..200 {
            ask(name.port(), b"x");
        }
        for _ in 0..3 {
            ask(name.port(), b"q");
        }
        assert!(children.into_iter().all(succeeded));
    });
}

#[test]
fn a_blocking_listener_and_its_duplicate() {
    alone(here!("a_blocking_listener_and_its_duplicate"), || {
        start();
        let (l, name) = listener();
        // SAFETY: numbers only.
        let twin = SOCKET::try_from(must(unsafe { libc::dup(fd(l)) })).unwrap();
        let servers: Vec<_> = [l, twin, l, twin].map(|l| Blocked::on(move || serve(l))).into_iter().collect();
        for _ in 0..200 {
            ask(name.port(), b"x");
        }
        for _ in 0..4 {
            ask(name.port(), b"q");
        }
        assert!(servers.into_iter().all(Blocked::outcome));
    });
}

/// Another thread changes the mode all the time; an accepted socket works in either.
#[test]
fn the_mode_changes_during_accept() {
    alone(here!("the_mode_changes_during_accept"), || {
        start();
        let (l, name) = listener();
        let over = std::sync::Arc::new(AtomicU32::new(0));
        let told = std::sync::Arc::clone(&over);
        let changer = Blocked::started(move || {
            while told.load(Ordering::Acquire) == 0 {
                set_mode(l, true);
                set_mode(l, false);
            }
        });
        let server = Blocked::started(move || {
            let mut taken = 0;
            while taken < 200 {
                match accept(l) {
                    Ok(s) => close(s).map(|_| taken += 1).unwrap(),
                    Err(code) => assert_eq!(code, E::WSAEWOULDBLOCK),
                }
            }
        });
        for _ in 0..200 {
            drop(std::net::TcpStream::connect(("127.0.0.1", name.port())).unwrap());
        }
        server.outcome();
        over.store(1, Ordering::Release);
        changer.outcome();
        let last = Blocked::on(move || accept(l).map(|_| 0));
        close(l).unwrap();
        assert_eq!(last.outcome(), Err(E::WSAEINTR));
    });
}

/// IO6: an accepted socket is in the mode that the listener has when the connection is taken, not when the wait began.
#[test]
fn the_mode_changes_while_accept_waits() {
    alone(here!("the_mode_changes_while_accept_waits"), || {
        start();
        let (l, name) = listener();
        for non_blocking in [true, false] {
            set_mode(l, false);
            let waits = Blocked::on(move || accept(l));
            set_mode(l, non_blocking);
            let _client = std::net::TcpStream::connect(("127.0.0.1", name.port())).unwrap();
            let s = waits.outcome().unwrap();
            // SAFETY: a number.
            let flags = must(unsafe { libc::fcntl(fd(s), libc::F_GETFL) });
            assert_eq!(flags & libc::O_NONBLOCK != 0, non_blocking);
            if non_blocking {
                nothing_there(s);
            }
            close(s).unwrap();
        }
    });
}

static KEY: AtomicU32 = AtomicU32::new(0);
static ROUND: AtomicU32 = AtomicU32::new(0);
static LATE: AtomicUsize = AtomicUsize::new(0);
static GAVE: AtomicI32 = AtomicI32::new(99);

extern "C" fn late(value: *mut libc::c_void) {
    if ROUND.fetch_add(1, Ordering::Relaxed) < 2 {
        // SAFETY: the key lives as long as the process; the destructor runs once more.
        unsafe { libc::pthread_setspecific(KEY.load(Ordering::Relaxed), value) };
    } else {
        GAVE.store(closesocket(LATE.load(Ordering::Relaxed)), Ordering::Release);
    }
}

/// In the third round the library's own values of the thread are gone.
#[test]
fn a_destructor_in_a_late_round() {
    alone(here!("a_destructor_in_a_late_round"), || {
        start();
        let s = socket(AF_INET, DGRAM);
        LATE.store(s, Ordering::Relaxed);
        let mut key = 0;
        // SAFETY: a local, and a function of this test.
        assert_eq!(unsafe { libc::pthread_key_create(&raw mut key, Some(late)) }, 0);
        KEY.store(key, Ordering::Relaxed);
        std::thread::spawn(move || {
            // SAFETY: a key that was made.
            assert_eq!(unsafe { libc::pthread_setspecific(key, std::ptr::dangling()) }, 0);
            close(socket(AF_INET, DGRAM)).unwrap();
        })
        .join()
        .unwrap();
        wait_until("the destructor has run", || GAVE.load(Ordering::Acquire) == 0);
        assert_eq!(close(s), Err(E::WSAENOTSOCK));
    });
}

static CHILDREN: AtomicU32 = AtomicU32::new(0);
static IS_CHILD: AtomicU32 = AtomicU32::new(0);

/// The child returns from the handler, too, to where its parent's thread was.
extern "C" fn forks(_: i32) {
    // SAFETY: the child ends after a few calls of the interface.
    let child = unsafe { libc::fork() };
    if child == 0 {
        IS_CHILD.store(1, Ordering::Release);
    } else if succeeded(child) {
        CHILDREN.fetch_add(1, Ordering::Relaxed);
    }
}

/// How often, or as WS2_FORKS says.
pub(crate) fn how_many(few: u32) -> u32 {
    std::env::var("WS2_FORKS").ok().and_then(|count| count.parse().ok()).unwrap_or(few)
}

fn works() -> bool {
    closesocket(ws2_32::ffi::ws2_socket(AF_INET, DGRAM, 0)) == 0
}

/// The handler's thread may hold a lock of the library at that moment.
#[test]
fn fork_in_a_handler() {
    alone(here!("fork_in_a_handler"), || {
        start();
        // SAFETY: all zeros are a value; a handler of this test.
        unsafe {
            let mut action: libc::sigaction = std::mem::zeroed();
            action.sa_sigaction = forks as *const () as usize;
            must(libc::sigaction(libc::SIGUSR1, &raw const action, std::ptr::null_mut()));
        }
        crate::support::process::watch_for(std::time::Duration::from_secs(600));
        let count = how_many(50);
        let over = std::sync::Arc::new(AtomicU32::new(0));
        let told = std::sync::Arc::clone(&over);
        let busy = Blocked::started(move || {
            while told.load(Ordering::Acquire) == 0 {
                let well = works();
                if IS_CHILD.load(Ordering::Acquire) == 1 {
                    // SAFETY: ends the child without running anybody's destructors.
                    unsafe {
                        libc::alarm(60);
                        libc::_exit(i32::from(!(well && works() && works())));
                    }
                }
                assert!(well);
            }
        });
        for number in 1..=count {
            // SAFETY: the thread runs until it is told, and is joined below.
            unsafe { libc::pthread_kill(busy.pthread() as _, libc::SIGUSR1) };
            wait_until("the child has ended well", || CHILDREN.load(Ordering::Relaxed) == number);
        }
        over.store(1, Ordering::Release);
        busy.outcome();
    });
}
