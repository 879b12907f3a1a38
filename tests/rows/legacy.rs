//! Rows of Winsock 1.1: a blocking hook, what it may not do, and the cancelling of the call that waits.

use std::sync::Mutex;

use ws2_32::error::WsaError as E;
use ws2_32::ffi::{WSACancelBlockingCall, WSASetBlockingHook};

use crate::connections::tcp;
use crate::support::calls::start_version;
use crate::support::process::done_elsewhere;
use crate::support::socket::{Outcome, raw_send};

/// What the hook's own `send` gave.
static SENT: Mutex<Option<Outcome>> = Mutex::new(None);

extern "C" fn hook() -> isize {
    *SENT.lock().unwrap() = Some(raw_send(usize::MAX, b"x".as_ptr(), 1, 0));
    assert_eq!(WSACancelBlockingCall(), 0);
    0
}

/// L6, L7.
#[test]
fn in_progress_and_interrupted() {
    if done_elsewhere("legacy::in_progress_and_interrupted") {
        return;
    }
    assert_eq!(start_version(0x0101), 0);
    let (socket, _peer) = tcp();
    // SAFETY: a function without arguments.
    assert!(unsafe { WSASetBlockingHook(Some(hook)) }.is_some(), "the default one was there");
    assert_eq!(socket.send(&vec![1; 64 << 20], 0), Err(E::WSAEINTR));
    assert_eq!(*SENT.lock().unwrap(), Some(Err(E::WSAEINPROGRESS)));
    socket.sends_fail_with(E::WSAECONNABORTED);
}
