//! Routines, and `CancelSynchronousIo`, in calls that wait: rows AL6, SE17, KO28, CP6.

use std::ptr::null_mut;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::channel;
use std::thread;

use crate::support::process::Blocked;
use crate::support::sets;
use crate::words::*;
use ws2_32::ffi::*;

static RAN: AtomicU32 = AtomicU32::new(0);

unsafe extern "C" fn count(_: usize) {
    RAN.fetch_add(1, Ordering::SeqCst);
}

static SELECTED: AtomicU32 = AtomicU32::new(0);

unsafe extern "C" fn count_selected(_: usize) {
    SELECTED.fetch_add(1, Ordering::SeqCst);
}

/// A handle to the calling thread that others can use.
fn this_thread() -> usize {
    let mut thread = null_mut();
    let process = ws2_GetCurrentProcess();
    let made =
        unsafe { ws2_DuplicateHandle(process, ws2_GetCurrentThread(), process, &raw mut thread, 0, 0, 2) };
    assert_eq!(made, 1);
    thread.addr()
}

fn unread(s: ws2_32::ffi::types::SOCKET) -> u32 {
    let mut left = 0;
    unsafe { ioctlsocket(s, 0x4004_667F, &raw mut left) };
    left
}

/// AL6: a blocking call runs a routine and goes on waiting; where data is there already none runs.
#[test]
fn al6_routines_in_blocking_calls() {
    let (near, far) = both();
    let (sender, receiver) = channel();
    let blocked = Blocked::started(move || {
        sender.send(this_thread()).unwrap();
        let mut bytes = [0; 8];
        let got = recv(near, &mut bytes, 0);
        // With data there: the routine stays where it is.
        wait_until("more has come", || unread(near) == 2);
        let before = RAN.load(Ordering::SeqCst);
        assert_eq!(unsafe { ws2_QueueUserAPC(Some(count), ws2_GetCurrentThread(), 0) }, 1);
        assert_eq!(recv(near, &mut bytes, 0), Ok(2));
        let none = RAN.load(Ordering::SeqCst) == before;
        assert_eq!(ws2_SleepEx(0, 1), 0xC0);
        (got, none)
    });
    let thread = handle(receiver.recv().unwrap());
    blocked.wait_until_it_waits();
    for number in 1..=3 {
        assert_eq!(unsafe { ws2_QueueUserAPC(Some(count), thread, 0) }, 1);
        wait_until("the routine has run", || RAN.load(Ordering::SeqCst) == number);
    }
    blocked.wait_until_it_waits();
    assert_eq!(send(far, b"abc", 0), Ok(3));
    wait_until("it is taken", || unread(near) == 0);
    assert_eq!(send(far, b"de", 0), Ok(2));
    assert_eq!(blocked.outcome(), (Ok(3), true));
    close_handle(thread);
    shut_all([near, far]);
}

/// SE17: select and WSAPoll run a routine only if they really wait, and go on waiting; a routine that comes does not shorten
/// the time.
#[test]
fn se17_routines_in_select() {
    let (near, far) = both();
    let (sender, receiver) = channel();
    let blocked = Blocked::started(move || {
        sender.send(this_thread()).unwrap();
        let selected = sets::select(Some(&mut sets::Set::of(&[near])), None, None, -1);
        let queue =
            || assert_eq!(unsafe { ws2_QueueUserAPC(Some(count_selected), ws2_GetCurrentThread(), 0) }, 1);
        let before = SELECTED.load(Ordering::SeqCst);
        queue();
        // Something is ready, or nothing is waited for.
        assert_eq!(sets::select(Some(&mut sets::Set::of(&[near])), None, None, -1), Ok(1));
        assert_eq!(sets::select(None, None, Some(&mut sets::Set::of(&[near])), 0), Ok(0));
        assert_eq!(sets::poll(&mut [sets::entry(near, 0x100)], -1), Ok(1));
        assert_eq!(SELECTED.load(Ordering::SeqCst), before, "none of them waited");
        // Nothing is: the routine runs, and the time runs out all the same.
        assert_eq!(sets::select(None, None, Some(&mut sets::Set::of(&[near])), 1), Ok(0));
        assert_eq!(SELECTED.load(Ordering::SeqCst), before + 1, "it waited");
        assert_eq!(recv(near, &mut [0; 4], 0), Ok(1));
        sender.send(this_thread()).unwrap();
        (selected, sets::poll(&mut [sets::entry(near, 0x100)], -1))
    });
    for number in [3, 7] {
        let thread = handle(receiver.recv().unwrap());
        blocked.wait_until_it_waits();
        for number in number - 2..=number {
            assert_eq!(unsafe { ws2_QueueUserAPC(Some(count_selected), thread, 0) }, 1);
            wait_until("the routine has run", || SELECTED.load(Ordering::SeqCst) == number);
        }
        blocked.wait_until_it_waits();
        assert_eq!(send(far, b"x", 0), Ok(1));
        close_handle(thread);
    }
    assert_eq!(blocked.outcome(), (Ok(1), Ok(1)));
    shut_all([near, far]);
}

/// KO28: CancelSynchronousIo ends a call that waits with WSA_OPERATION_ABORTED; a thread that does not wait is not found.
#[test]
fn ko28_cancelling_calls() {
    let (near, far) = both();
    let (listening, _) = listener();
    assert_eq!(with_error(|| ws2_CancelSynchronousIo(ws2_GetCurrentThread())), (0, 1168));
    assert_eq!(with_error(|| ws2_CancelSynchronousIo(handle(near))), (0, 6));
    type Blocking = Box<dyn FnOnce() -> Result<(), E> + Send>;
    let calls: [(&str, Blocking); 2] = [
        ("recv", Box::new(move || recv(near, &mut [0; 4], 0).map(|_| ()))),
        ("accept", Box::new(move || accept(listening).map(|_| ()))),
    ];
    for (what, blocking) in calls {
        let (sender, receiver) = channel();
        let blocked = Blocked::started(move || {
            sender.send(this_thread()).unwrap();
            blocking()
        });
        let thread = handle(receiver.recv().unwrap());
        wait_until("it waits", || ws2_CancelSynchronousIo(thread) == 1);
        assert_eq!(blocked.outcome(), Err(E::WSA_OPERATION_ABORTED), "{what}");
        close_handle(thread);
    }
    assert_eq!(send(far, b"abc", 0), Ok(3), "the socket is as it was");
    wait_until("it comes", || take(near).is_ok_and(|bytes| bytes == b"abc"));
    shut_all([near, far, listening]);
}

/// CP6: a thread that waits in a call of Winsock does not count as one that runs for its port.
#[test]
fn cp6_waiting_in_a_call() {
    let (near, far) = both();
    let port = std::sync::Arc::new(Port::new(1));
    let (sender, receiver) = channel();
    let workers: Vec<_> = (0..2)
        .map(|_| {
            let (port, sender) = (std::sync::Arc::clone(&port), sender.clone());
            thread::spawn(move || {
                let key = port.next().key;
                sender.send(key).unwrap();
                if key == 1 {
                    assert_eq!(recv(near, &mut [0; 4], 0), Ok(1));
                }
            })
        })
        .collect();
    port.post(0, 1, 0);
    assert_eq!(receiver.recv().unwrap(), 1);
    port.post(0, 2, 0);
    assert_eq!(receiver.recv().unwrap(), 2, "the first waits in recv");
    assert_eq!(send(far, b"x", 0), Ok(1));
    workers.into_iter().for_each(|worker| worker.join().unwrap());
    shut_all([near, far]);
}
