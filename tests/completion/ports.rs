//! Completion ports: packets, waiting threads, closing, associations.

use std::ptr::null_mut;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};
use std::thread;

use crate::support::process::Blocked;
use crate::words::*;
use ws2_32::ffi::types::*;
use ws2_32::ffi::*;

/// CP1, CP2, CP3, CP4: what makes a port, what associates, and what is refused.
#[test]
fn making_and_associating() {
    let (a, b) = both();
    let make = |file: usize, port: usize| {
        with_error(|| ws2_CreateIoCompletionPort(handle(file), handle(port), 9, 0))
    };
    let (port, error) = make(INVALID_HANDLE, 0);
    assert!(!port.is_null() && error == UNTOUCHED);
    let (made, _) = make(a, 0);
    assert!(!made.is_null(), "makes one and associates");
    assert_eq!(make(b, made.addr()), (made, UNTOUCHED), "the same handle");
    let file = std::fs::File::open("/dev/null").unwrap();
    let file = std::os::fd::AsRawFd::as_raw_fd(&file) as usize;
    let event = event(true, true);
    for (what, file, port, code) in [
        ("CP2: no socket", INVALID_HANDLE, port.addr(), 87),
        ("CP3: again, the same port", a, made.addr(), 87),
        ("CP3: again, another port", a, port.addr(), 87),
        ("CP3: again, a new port", a, 0, 87),
        ("a port that is none", b, 0x4FFF_FFF0, 6),
        ("a port that is an event", b, event.addr(), 6),
        ("a port that is a socket", b, b, 6),
        ("a socket that is none", 0x3FFF_FFF0, port.addr(), 6),
        ("a socket that is an event", event.addr(), port.addr(), 6),
        ("a file", file, port.addr(), 87),
    ] {
        assert_eq!(make(file, port), (null_mut(), code), "{what}");
    }
    let blocking = unsafe { WSASocketA(AF_INET, STREAM, 0, null_mut(), 0, 0) };
    assert_eq!(make(blocking, port.addr()), (null_mut(), 87), "CP4");
    let unmade = ws2_SetFileCompletionNotificationModes(handle(blocking), 1);
    assert_eq!((unmade, ws2_GetLastError()), (0, 87), "CP23");
    [port, made, event].into_iter().for_each(close_handle);
    shut_all([a, b, blocking]);
}

/// CP16, GQ1, GQ2, GQ4, CP21: packets as they were posted, first in, first out.
#[test]
fn posted_packets() {
    let port = Port::new(1);
    assert_eq!(port.get(0), NOTHING);
    assert_eq!(port.get(5), NOTHING);
    for (bytes, key, over) in [(0, 0, 0), (5, usize::MAX, 1), (u32::MAX, 7, usize::MAX), (1, 2, 3)] {
        port.post(bytes, key, over);
    }
    for (bytes, key, over) in [(0, 0, 0), (5, usize::MAX, 1), (u32::MAX, 7, usize::MAX), (1, 2, 3)] {
        assert_eq!(port.get(0), success(bytes, key, over));
    }
    assert!(port.is_empty());
}

/// CP12, CP13, CP15: several at once.
#[test]
fn several_packets() {
    let port = Port::new(0);
    assert_eq!(port.several(4, 0, false), (false, 258, vec![], 1), "CP13");
    (1..=5).for_each(|n| port.post(n, n as usize, 10 * n as usize));
    let entry = |n: u32| (n as usize, 10 * n as usize, 0, n);
    assert_eq!(port.several(2, 0, false), (true, UNTOUCHED, vec![entry(1), entry(2)], 2));
    assert_eq!(port.several(16, INFINITE, false), (true, UNTOUCHED, (3..=5).map(entry).collect(), 3));
    assert_eq!(port.several(16, 1, true), (false, 258, vec![], 1));
    let (good, code) = with_error(|| unsafe {
        ws2_GetQueuedCompletionStatusEx(
            port.0,
            Box::leak(Box::new([0_u64; 8])).as_mut_ptr().cast(),
            0,
            &mut 0,
            0,
            0,
        )
    });
    assert_eq!((good, code), (0, 87), "CP15");
}

static RAN: AtomicU32 = AtomicU32::new(0);

unsafe extern "C" fn count(_: usize) {
    RAN.fetch_add(1, Ordering::Relaxed);
}

fn queue_one() {
    assert_eq!(unsafe { ws2_QueueUserAPC(Some(count), ws2_GetCurrentThread(), 0) }, 1);
}

/// CP14, AL4: a routine runs where there is no packet, and only in an alertable wait.
#[test]
fn routines_and_packets() {
    let port = Port::new(0);
    queue_one();
    assert_eq!(port.several(4, 0, false).1, 258, "not alertable");
    port.post(1, 2, 3);
    assert_eq!(port.several(4, 0, true), (true, UNTOUCHED, vec![(2, 3, 0, 1)], 1), "the packet first");
    assert_eq!(RAN.load(Ordering::Relaxed), 0);
    assert_eq!(port.several(4, INFINITE, true), (false, 192, vec![], 1));
    assert_eq!(RAN.load(Ordering::Relaxed), 1);
}

/// CP11 and bad pointers: the documented code, and no packet is lost.
#[test]
fn bad_input() {
    let port = Port::new(0);
    let closed = Port::new(0);
    let stale = closed.0;
    drop(closed);
    let event = event(true, true);
    for bad in [
        null_mut(),
        stale,
        event,
        handle(7),
        handle(INVALID_HANDLE),
        handle(0x4FFF_FFFC),
        ws2_GetCurrentThread(),
    ] {
        let got = get_from(bad, 0);
        assert_eq!(got, Got { good: false, error: 6, bytes: 0xAAAA, key: 0xBBBB, over: 0 }, "{bad:p}");
        let posted = with_error(|| ws2_PostQueuedCompletionStatus(bad, 1, 2, null_mut()));
        assert_eq!(posted, (0, 6), "{bad:p}");
    }
    port.post(1, 2, 3);
    let (mut bytes, mut key, mut over) = (0_u32, 0_usize, null_mut::<OVERLAPPED>());
    let wild: [usize; 3] = [0, 8, 0x10_0000_0000_0000];
    for bad in wild {
        for which in 0..3 {
            let place = |at: usize, good: *mut u8| if which == at { handle(bad).cast() } else { good };
            let got = with_error(|| unsafe {
                ws2_GetQueuedCompletionStatus(
                    port.0,
                    place(0, (&raw mut bytes).cast()).cast(),
                    place(1, (&raw mut key).cast()).cast(),
                    place(2, (&raw mut over).cast()).cast(),
                    0,
                )
            });
            assert_eq!(got, (0, 998), "{bad:#x} {which}");
        }
        let got = with_error(|| unsafe {
            ws2_GetQueuedCompletionStatusEx(port.0, handle(bad).cast(), 1, &raw mut bytes, 0, 0)
        });
        assert_eq!(got, (0, 998), "{bad:#x}");
    }
    assert_eq!(port.get(0), success(1, 2, 3));
    close_handle(event);
}

/// CP7: of the threads that wait the last one gets the next packet.
#[test]
fn the_last_thread_is_the_first() {
    let port = Arc::new(Port::new(100));
    let (sender, receiver) = channel();
    let workers: Vec<_> = (0..5)
        .map(|number| {
            let (port, sender) = (Arc::clone(&port), sender.clone());
            let worker = Blocked::started(move || {
                let got = port.get(LONG);
                sender.send((number, got.key)).unwrap();
            });
            worker.wait_until_it_waits();
            worker
        })
        .collect();
    for key in 0..5 {
        port.post(0, key, 0);
        assert_eq!(receiver.recv().unwrap(), (4 - key, key));
    }
    workers.into_iter().for_each(|worker| worker.outcome());
}

/// CP6, CP28: no more threads are woken than may run; one that asks gets a packet all the same; and one that waits for
/// something else in this library lets another one run.
#[test]
fn the_limit_holds_for_waking() {
    let port = Arc::new(Port::new(1));
    let go_on = event(false, false);
    let (sender, receiver) = channel();
    let busy = {
        let (port, sender, go_on) = (Arc::clone(&port), sender.clone(), go_on.addr());
        Blocked::started(move || {
            let first = port.next();
            sender.send(("busy has", first.key)).unwrap();
            // It runs no more while it waits: the other one is woken.
            wait_for(handle(go_on));
            sender.send(("busy ends", 0)).unwrap();
        })
    };
    busy.wait_until_it_waits();
    port.post(0, 1, 0);
    assert_eq!(receiver.recv().unwrap(), ("busy has", 1));
    let other = {
        let (port, sender) = (Arc::clone(&port), sender.clone());
        Blocked::started(move || {
            let got = port.next();
            sender.send(("other has", got.key)).unwrap();
        })
    };
    port.post(0, 2, 0);
    assert_eq!(receiver.recv().unwrap(), ("other has", 2));
    assert_eq!(ws2_SetEvent(go_on), 1);
    assert_eq!(receiver.recv().unwrap(), ("busy ends", 0));
    busy.outcome();
    other.outcome();
    close_handle(go_on);
}

/// A packet that the limit holds back is not held back for ever, though the thread that runs never comes back.
#[test]
fn nothing_is_held_back_for_ever() {
    let port = Arc::new(Port::new(1));
    let gate = Arc::new(Mutex::new(()));
    let held = gate.lock().unwrap();
    let (sender, receiver) = channel();
    let workers: Vec<_> = (0..3)
        .map(|_| {
            let (port, sender, gate) = (Arc::clone(&port), sender.clone(), Arc::clone(&gate));
            let worker = Blocked::started(move || {
                sender.send(port.next().key).unwrap();
                // Asleep in libc, which the library cannot see.
                drop(gate.lock().unwrap());
            });
            worker.wait_until_it_waits();
            worker
        })
        .collect();
    (1..=3).for_each(|key| port.post(0, key, 0));
    let mut keys: Vec<_> = (0..3).map(|_| receiver.recv().unwrap()).collect();
    keys.sort_unstable();
    assert_eq!(keys, [1, 2, 3]);
    drop(held);
    workers.into_iter().for_each(|worker| worker.outcome());
}

/// The same where the thread that keeps watch over it is handed another packet, and does not come back either.
#[test]
fn nothing_is_held_back_for_ever_when_the_watcher_has_something_to_do() {
    for _ in 0..50 {
        let port = Arc::new(Port::new(1));
        let gate = Arc::new(Mutex::new(()));
        let held = gate.lock().unwrap();
        let (sender, receiver) = channel();
        port.post(0, 9, 0);
        assert_eq!(port.next().key, 9, "this thread runs from here on");
        let workers: Vec<_> = (0..2)
            .map(|_| {
                let (port, sender, gate) = (Arc::clone(&port), sender.clone(), Arc::clone(&gate));
                let worker = Blocked::started(move || {
                    sender.send(port.next().key).unwrap();
                    // Asleep in libc, which the library cannot see.
                    drop(gate.lock().unwrap());
                });
                worker.wait_until_it_waits();
                worker
            })
            .collect();
        (1..=3).for_each(|key| port.post(0, key, 0));
        workers.iter().for_each(Blocked::wait_until_it_waits);
        let own = port.next().key;
        let mut keys: Vec<_> = std::iter::once(own).chain((0..2).map(|_| receiver.recv().unwrap())).collect();
        keys.sort_unstable();
        assert_eq!(keys, [1, 2, 3]);
        drop(held);
        workers.into_iter().for_each(|worker| worker.outcome());
    }
}

/// CP8: the port is signalled while it has packets that no thread takes; a wait takes none.
#[test]
fn a_port_can_be_waited_for() {
    let port = Port::new(0);
    assert!(!is_set(port.0));
    port.post(1, 2, 3);
    assert!(is_set(port.0) && is_set(port.0));
    port.post(4, 5, 6);
    assert_eq!(port.get(0), success(1, 2, 3));
    assert!(is_set(port.0));
    assert_eq!(port.several(8, 0, false).2.len(), 1);
    assert!(!is_set(port.0));
    let address = port.0.addr();
    let waiter = Blocked::started(move || wait_for(handle(address)));
    waiter.wait_until_it_waits();
    port.post(7, 8, 9);
    waiter.outcome();
    assert_eq!(port.get(0), success(7, 8, 9));
}

/// CP9, GQ5: closing the last handle ends what waits: for packets with 735, for the port with success.
#[test]
fn closing_ends_waits() {
    let port = Port::new(0);
    let mut second = null_mut();
    let this = ws2_GetCurrentProcess();
    assert_eq!(unsafe { ws2_DuplicateHandle(this, port.0, this, &raw mut second, 0, 0, 2) }, 1);
    assert_eq!(ws2_CompareObjectHandles(port.0, second), 1);
    let address = second.addr();
    let takers: Vec<_> = (0..3)
        .map(|_| {
            let taker = Blocked::started(move || {
                let got = get_from(handle(address), INFINITE);
                assert_eq!(got, Got { good: false, error: 735, bytes: 0xAAAA, key: 0xBBBB, over: 0 });
            });
            taker.wait_until_it_waits();
            taker
        })
        .collect();
    let waiter = Blocked::started(move || wait_for(handle(address)));
    waiter.wait_until_it_waits();
    close_handle(port.0);
    std::mem::forget(port);
    takers.iter().for_each(|taker| taker.wait_until_it_waits());
    close_handle(second);
    takers.into_iter().for_each(|taker| taker.outcome());
    waiter.outcome();
}

/// CP10: with the port closed, ends of operations go nowhere; the association stays.
#[test]
fn a_closed_port_takes_what_comes() {
    let (a, b) = both();
    let port = Port::of(&[a]);
    let mut bytes = [0; 8];
    let over = Over::new();
    assert_eq!(recv_over(a, &mut bytes, &over), IO_PENDING);
    drop(port);
    assert_eq!(send(b, b"abc", 0), Ok(3));
    assert_eq!(over.ends(), (0, 3));
    let other = Port::new(0);
    let made = with_error(|| ws2_CreateIoCompletionPort(handle(a), other.0, 0, 0));
    assert_eq!(made, (null_mut(), 87), "for life");
    shut_all([a, b]);
}

/// Many threads, many packets: each comes once.
#[test]
fn each_packet_comes_once() {
    const PACKETS: usize = 20_000;
    let port = Arc::new(Port::new(2));
    let seen: Arc<Vec<AtomicU32>> = Arc::new((0..PACKETS).map(|_| AtomicU32::new(0)).collect());
    let takers: Vec<_> = (0..6)
        .map(|number| {
            let (port, seen) = (Arc::clone(&port), Arc::clone(&seen));
            thread::spawn(move || {
                loop {
                    let keys: Vec<usize> = if number % 2 == 0 {
                        vec![port.next().key]
                    } else {
                        port.several(7, LONG, false).2.iter().map(|entry| entry.0).collect()
                    };
                    assert!(!keys.is_empty());
                    for key in keys {
                        if key == usize::MAX {
                            // For the others.
                            port.post(0, usize::MAX, 0);
                            return;
                        }
                        seen[key].fetch_add(1, Ordering::Relaxed);
                    }
                }
            })
        })
        .collect();
    let posters: Vec<_> = (0..4)
        .map(|number| {
            let port = Arc::clone(&port);
            thread::spawn(move || (0..PACKETS / 4).for_each(|at| port.post(0, at * 4 + number, 0)))
        })
        .collect();
    posters.into_iter().for_each(|poster| poster.join().unwrap());
    port.post(0, usize::MAX, 0);
    takers.into_iter().for_each(|taker| taker.join().unwrap());
    assert!(seen.iter().all(|count| count.load(Ordering::Relaxed) == 1));
}
