//! Sockets that another thread closes while a call waits for them; signals.

use std::os::unix::thread::{JoinHandleExt, RawPthread};
use std::sync::mpsc;
use std::thread;

use crate::support::process::{alone, here};
use crate::support::sets::*;
use ws2_32::ffi::types::SOCKET;
use ws2_32::ffi::types::select::*;

/// Runs `call` in a thread, and `act` once that thread waits in the kernel; gives the result of the call.
fn meanwhile<T: Send + 'static>(
    call: impl FnOnce() -> T + Send + 'static,
    act: impl FnOnce(RawPthread),
) -> T {
    let (tell, told) = mpsc::channel();
    let waiting = thread::spawn(move || {
        tell.send(thread_number()).unwrap();
        call()
    });
    sleeps(told.recv().unwrap());
    act(waiting.as_pthread_t());
    waiting.join().unwrap()
}

/// `select` for ever; the results, and what the sets hold afterwards.
fn wait_for(sets: [&[SOCKET]; 3]) -> impl FnOnce() -> (Result<i32, i32>, [Vec<SOCKET>; 3]) + Send + 'static {
    let mut sets = sets.map(Set::of);
    move || {
        let [read, write, except] = &mut sets;
        let result = select(Some(read), Some(write), Some(except), -1);
        (result, sets.map(|set| set.sockets().to_vec()))
    }
}

/// C3: in readfds.
#[test]
fn c3_closed_while_in_readfds() {
    start();
    let (a, b) = pair();
    let (c, d) = pair();
    let result = meanwhile(wait_for([&[c, a], &[], &[a, c]]), |_| close(&[a]));
    assert_eq!(result, (Ok(1), [vec![a], vec![], vec![]]));
    close(&[b, c, d]);
}

/// C3: only in exceptfds; the sets are empty then (X13).
#[test]
fn c3_closed_while_in_exceptfds_only() {
    alone(here!("c3_closed_while_in_exceptfds_only"), || {
        start();
        let (a, b) = pair();
        let (c, d) = pair();
        let result = meanwhile(wait_for([&[c], &[], &[c, a]]), |_| close(&[a]));
        assert_eq!(result, (Err(10038), [vec![], vec![], vec![]]));
        close(&[b, c, d]);
    });
}

/// C3 for a socket that the kernel is not asked about, since it always calls it ready.
#[test]
fn c3_closed_while_never_connected() {
    start();
    let fresh = tcp();
    let result = meanwhile(wait_for([&[fresh], &[fresh], &[]]), |_| close(&[fresh]));
    assert_eq!(result, (Ok(1), [vec![fresh], vec![], vec![]]));
}

/// PO7.
#[test]
fn po7_closed_while_polled() {
    start();
    let (a, b) = pair();
    let (c, d) = pair();
    let call = move || {
        let mut entries = [entry(c, 0x100), entry(usize::MAX, 0), entry(a, 0x100), entry(a, 0)];
        (poll(&mut entries, -1), entries.map(|entry| entry.revents))
    };
    assert_eq!(meanwhile(call, |_| close(&[a])), (Ok(2), [0, 4, 4, 4]));
    close(&[b, c, d]);
}

/// C3 for many threads that wait for the same socket, and for others at the same time.
#[test]
fn c3_closed_under_several_threads() {
    start();
    let (a, b) = pair();
    let (c, d) = pair();
    let (tell, told) = mpsc::channel();
    let waiting: Vec<_> = (0..8)
        .map(|number| {
            let tell = tell.clone();
            thread::spawn(move || {
                tell.send(thread_number()).unwrap();
                let sockets: &[_] = if number % 2 == 0 { &[c, a] } else { &[a] };
                wait_for([sockets, &[], &[]])()
            })
        })
        .collect();
    told.iter().take(8).for_each(sleeps);
    close(&[a]);
    for thread in waiting {
        assert_eq!(thread.join().unwrap(), (Ok(1), [vec![a], vec![], vec![]]));
    }
    close(&[b, c, d]);
}

/// Closings at any moment around the beginning of a wait: none is missed, whatever the kernel gives the number to.
#[test]
fn no_closing_is_missed() {
    alone(here!("no_closing_is_missed"), || {
        start();
        let (keep, other) = pair();
        for _ in 0..300 {
            let (a, b) = pair();
            let waiting = thread::spawn(move || select(Some(&mut Set::of(&[keep, a])), None, None, LONG));
            close(&[a]);
            let result = waiting.join().unwrap();
            assert!(matches!(result, Ok(1) | Err(10038)), "{result:?}");
            close(&[b]);
        }
        close(&[keep, other]);
    });
}

/// A signal does not end a wait.
#[test]
fn signals_do_not_end_a_wait() {
    extern "C" fn nothing(_: i32) {}
    start();
    let (a, b) = pair();
    // SAFETY: a handler that does nothing, without SA_RESTART.
    unsafe {
        let mut action: libc::sigaction = std::mem::zeroed();
        action.sa_sigaction = nothing as extern "C" fn(i32) as libc::sighandler_t;
        assert_eq!(libc::sigaction(libc::SIGUSR1, &raw const action, std::ptr::null_mut()), 0);
    }
    let result = meanwhile(wait_for([&[a], &[], &[]]), |thread| {
        for _ in 0..20 {
            // SAFETY: a thread that waits until this function lets it go.
            assert_eq!(unsafe { libc::pthread_kill(thread as _, libc::SIGUSR1) }, 0);
            thread::yield_now();
        }
        send(b, b"x", 0);
    });
    assert_eq!(result, (Ok(1), [vec![a], vec![], vec![]]));
    close(&[a, b]);
}

/// A call that nothing happens to waits until something does, and is told by the kernel.
#[test]
fn data_ends_a_wait() {
    start();
    let (a, b) = pair();
    let result = meanwhile(wait_for([&[a], &[], &[a]]), |_| send(b, b"x", 0));
    assert_eq!(result, (Ok(1), [vec![a], vec![], vec![]]));
    let call = move || {
        let mut entries: [WSAPOLLFD; 1] = [entry(b, 0x100)];
        (poll(&mut entries, -1), entries[0].revents)
    };
    assert_eq!(meanwhile(call, |_| send(a, b"x", 0)), (Ok(1), 0x100));
    close(&[a, b]);
}
