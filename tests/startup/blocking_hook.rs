//! Winsock 1.1's control of blocking: L1 to L8, Q16's sibling, and the description's rows WSAEINTR and
//! WSAEINPROGRESS, made by a real hook while a real call waits.
//!
//! One test: what was negotiated holds for the whole process.

use std::ffi::{c_char, c_int};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::support::calls::{loopback, start_version as start, tcp_pair as pair};
use crate::support::process::{done_elsewhere, here};
use ws2_32::ffi::types::SOCKET;
use ws2_32::ffi::*;

const WSAEINTR: c_int = 10004;
const WSAEFAULT: c_int = 10014;
const WSAEINVAL: c_int = 10022;
const WSAEINPROGRESS: c_int = 10036;
const WSAEOPNOTSUPP: c_int = 10045;
const WSAECONNABORTED: c_int = 10053;
const WSANOTINITIALISED: c_int = 10093;

fn send(s: SOCKET, bytes: &[u8]) -> c_int {
    // SAFETY: a buffer of that length.
    unsafe { ws2_send(s, bytes.as_ptr().cast::<c_char>(), c_int::try_from(bytes.len()).unwrap(), 0) }
}

fn recv(s: SOCKET, room: &mut [u8]) -> c_int {
    // SAFETY: a buffer of that length.
    unsafe { ws2_recv(s, room.as_mut_ptr().cast::<c_char>(), c_int::try_from(room.len()).unwrap(), 0) }
}

static RUNS: AtomicU32 = AtomicU32::new(0);
static SEEN: Mutex<Vec<(&str, c_int, c_int)>> = Mutex::new(Vec::new());

fn note(what: &'static str, result: c_int) {
    SEEN.lock().unwrap().push((what, result, WSAGetLastError()));
}

/// Looks at everything a hook may see, then cancels.
extern "C" fn cancelling_hook() -> isize {
    note("is blocking", WSAIsBlocking());
    note("send", send(3, b"x"));
    note("closesocket", closesocket(3));
    note("WSACleanup", WSACleanup());
    note("WSAStartup", start(0x0101));
    note("cancel", WSACancelBlockingCall());
    0
}

/// Asks to be called again at once a few times, and then lets the call wait.
extern "C" fn counting_hook() -> isize {
    let runs = RUNS.fetch_add(1, Ordering::SeqCst) + 1;
    if runs == 20 {
        let far = *FAR.lock().unwrap();
        // Another thread, since a call from the hook itself is refused.
        std::thread::spawn(move || assert_eq!(send(far, b"late"), 4)).join().unwrap();
    }
    isize::from(!runs.is_multiple_of(4))
}

static FAR: Mutex<SOCKET> = Mutex::new(0);

fn set_hook(hook: extern "C" fn() -> isize) -> ws2_32::ffi::types::FARPROC {
    // SAFETY: a function without arguments whose result fits an `int`.
    unsafe { WSASetBlockingHook(Some(hook)) }
}

#[test]
fn blocking_control() {
    if done_elsewhere(here!("blocking_control")) {
        return;
    }
    // L1, L3, L4: not started.
    assert_eq!((WSACancelBlockingCall(), WSAGetLastError()), (-1, WSANOTINITIALISED));
    assert_eq!((WSAUnhookBlockingHook(), WSAGetLastError()), (-1, WSANOTINITIALISED));
    assert!(set_hook(counting_hook).is_none());
    assert_eq!((WSAIsBlocking(), WSAGetLastError()), (0, WSANOTINITIALISED));

    // L1, L3, L5: only 2.x.
    assert_eq!(start(0x0202), 0);
    assert_eq!((WSACancelBlockingCall(), WSAGetLastError()), (-1, WSAEOPNOTSUPP));
    assert_eq!((WSAUnhookBlockingHook(), WSAGetLastError()), (-1, WSAEOPNOTSUPP));
    assert!(set_hook(counting_hook).is_none());
    assert_eq!(WSAGetLastError(), WSAEOPNOTSUPP);
    assert_eq!(WSAIsBlocking(), 0);

    // L2: 1.x after 2.2 enables them, for the process.
    assert_eq!(start(0x0101), 0);
    assert_eq!((WSACancelBlockingCall(), WSAGetLastError()), (-1, WSAEINVAL));
    // SAFETY: no hook.
    assert!(unsafe { WSASetBlockingHook(None) }.is_none());
    assert_eq!(WSAGetLastError(), WSAEFAULT);

    let (near, far) = pair();
    let mut room = [0; 16];

    // The hook runs while the call waits, and the call goes on to its end.
    let default = set_hook(counting_hook);
    assert!(default.is_some());
    *FAR.lock().unwrap() = far;
    assert_eq!(recv(near, &mut room), 4);
    assert!(RUNS.load(Ordering::SeqCst) >= 20);

    // The hook of another thread does not run for this one.
    let before = RUNS.load(Ordering::SeqCst);
    std::thread::spawn(move || {
        let mut room = [0; 16];
        let feeder = std::thread::spawn(move || send(near, b"x"));
        assert_eq!(recv(far, &mut room), 1);
        assert_eq!(feeder.join().unwrap(), 1);
    })
    .join()
    .unwrap();
    assert_eq!(RUNS.load(Ordering::SeqCst), before);

    // L6, L7: calls from the hook, and cancelling a recv, which loses nothing.
    assert_eq!(
        set_hook(cancelling_hook).map(|hook| hook as usize),
        Some(counting_hook as *const () as usize)
    );
    assert_eq!((recv(near, &mut room), WSAGetLastError()), (-1, WSAEINTR));
    let seen = std::mem::take(&mut *SEEN.lock().unwrap());
    assert_eq!(
        seen,
        [
            ("is blocking", 1, 0),
            ("send", -1, WSAEINPROGRESS),
            ("closesocket", -1, WSAEINPROGRESS),
            ("WSACleanup", -1, WSAEINPROGRESS),
            ("WSAStartup", WSAEINPROGRESS, WSAEINPROGRESS),
            ("cancel", 0, 0),
        ]
    );
    assert_eq!(send(far, b"kept"), 4);
    assert_eq!(recv(near, &mut room), 4);
    assert_eq!(WSAIsBlocking(), 0);

    // L7: a send cancelled midway leaves a stream of unknown integrity.
    assert_eq!((send(near, &vec![7; 64 << 20]), WSAGetLastError()), (-1, WSAEINTR));
    assert_eq!((send(near, b"x"), WSAGetLastError()), (-1, WSAECONNABORTED));

    // accept and connect are cancelled, too.
    let listener = ws2_socket(2, 1, 0);
    let mut address = loopback(0);
    let at = address.mut_ptr();
    let mut len = 16;
    // SAFETY: pointers to locals.
    unsafe {
        assert_eq!(ws2_bind(listener, at, 16), 0);
        assert_eq!(ws2_listen(listener, 0), 0);
        assert_eq!(ws2_getsockname(listener, at, &raw mut len), 0);
        assert_eq!(ws2_accept(listener, at, &raw mut len), usize::MAX);
        assert_eq!(WSAGetLastError(), WSAEINTR);
        // The queue of one fills, then the next handshake cannot be completed.
        let mut cancelled = false;
        for _ in 0..8 {
            let s = ws2_socket(2, 1, 0);
            let result = ws2_connect(s, at, 16);
            if result == -1 {
                assert_eq!(WSAGetLastError(), WSAEINTR);
                cancelled = true;
                break;
            }
        }
        assert!(cancelled, "no connect had to wait");
    }

    // L3: the default hook again; then nothing runs.
    assert_eq!(WSAUnhookBlockingHook(), 0);
    SEEN.lock().unwrap().clear();
    let (near, far) = pair();
    let waiter = std::thread::spawn(move || recv(near, &mut [0; 1]));
    assert_eq!(send(far, b"x"), 1);
    assert_eq!(waiter.join().unwrap(), 1);
    assert!(SEEN.lock().unwrap().is_empty());

    // The last WSACleanup ends the legacy mode.
    assert_eq!(WSACleanup(), 0);
    assert_eq!(WSACleanup(), 0);
    assert_eq!(start(0x0202), 0);
    assert_eq!((WSACancelBlockingCall(), WSAGetLastError()), (-1, WSAEOPNOTSUPP));
    assert_eq!(WSACleanup(), 0);
}
