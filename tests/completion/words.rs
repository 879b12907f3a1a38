//! Small words for these tests.

use std::ptr::{null, null_mut, without_provenance_mut};

use ws2_32::error::WsaError;
use ws2_32::ffi::kernel::types::HANDLE;
use ws2_32::ffi::types::message::WSABUF;
use ws2_32::ffi::types::*;
use ws2_32::ffi::*;

pub(crate) use crate::support::calls::*;
pub(crate) use crate::support::pairs::{self, Pair};
pub(crate) use ws2_32::error::WsaError as E;

pub(crate) const INFINITE: u32 = u32::MAX;
pub(crate) const TIMED_OUT: u32 = 0x102;
pub(crate) const PENDING: usize = 0x103;
pub(crate) const INVALID_HANDLE: usize = usize::MAX;
pub(crate) const CANCELLED: usize = 0xC000_0120;
/// For what must come, and what would hang without a limit.
pub(crate) const LONG: u32 = 60_000;
/// Long enough for a thread to be asleep, where nothing but the test's strength depends on it.
pub(crate) const A_MOMENT: u32 = 20;

/// A last error that no call sets.
pub(crate) const UNTOUCHED: u32 = 0xBEEF;

/// What a call returns, and the last error after it.
pub(crate) fn with_error<T>(call: impl FnOnce() -> T) -> (T, u32) {
    ws2_SetLastError(UNTOUCHED);
    let value = call();
    (value, ws2_GetLastError())
}

pub(crate) fn handle(value: usize) -> HANDLE {
    without_provenance_mut(value)
}

pub(crate) fn event(manual: bool, set: bool) -> HANDLE {
    let handle = unsafe { ws2_CreateEventA(null_mut(), manual.into(), set.into(), null()) };
    assert!(!handle.is_null());
    handle
}

pub(crate) fn is_set(handle: HANDLE) -> bool {
    match ws2_WaitForSingleObject(handle, 0) {
        0 => true,
        TIMED_OUT => false,
        other => panic!("{other:#x}"),
    }
}

pub(crate) fn wait_for(handle: HANDLE) {
    assert_eq!(ws2_WaitForSingleObject(handle, LONG), 0);
}

pub(crate) fn close_handle(handle: HANDLE) {
    assert_eq!(ws2_CloseHandle(handle), 1);
}

/// An OVERLAPPED that stays where it is.
pub(crate) struct Over(Box<OVERLAPPED>);

impl Over {
    pub(crate) fn new() -> Self {
        Self::with(null_mut())
    }

    pub(crate) fn with(event: HANDLE) -> Self {
        Self(Box::new(OVERLAPPED {
            Internal: 0xDEAD,
            InternalHigh: 0xBEEF,
            Offset: 5,
            OffsetHigh: 6,
            hEvent: event,
        }))
    }

    /// For the next operation.
    pub(crate) fn set_event(&mut self, event: HANDLE) {
        self.0.hEvent = event;
    }

    pub(crate) fn ptr(&self) -> *mut OVERLAPPED {
        (&raw const *self.0).cast_mut()
    }

    /// Status and number of bytes.
    pub(crate) fn state(&self) -> (usize, usize) {
        unsafe { (self.ptr().read_volatile().Internal, self.ptr().read_volatile().InternalHigh) }
    }

    pub(crate) fn is_pending(&self) -> bool {
        self.state().0 == PENDING
    }

    /// Waits until it is not pending.
    pub(crate) fn ends(&self) -> (usize, usize) {
        wait_until("the operation ends", || !self.is_pending());
        assert_eq!((self.0.Offset, self.0.OffsetHigh), (5, 6), "OE1: left alone");
        self.state()
    }
}

pub(crate) fn buf(bytes: &[u8]) -> WSABUF {
    WSABUF { len: bytes.len() as u32, buf: bytes.as_ptr().cast_mut().cast() }
}

pub(crate) fn room(bytes: &mut [u8]) -> WSABUF {
    WSABUF { len: bytes.len() as u32, buf: bytes.as_mut_ptr().cast() }
}

/// The result of an overlapped call, and the count that it wrote.
pub(crate) type Begun = (Result<i32, WsaError>, u32);

pub(crate) const COUNT: u32 = 77;
pub(crate) const IO_PENDING: Begun = (Err(E::WSA_IO_PENDING), COUNT);

pub(crate) fn send_over(s: SOCKET, bytes: &[u8], over: &Over) -> Begun {
    send_with(s, &mut [buf(bytes)], 0, over.ptr(), None)
}

pub(crate) fn send_with(
    s: SOCKET,
    bufs: &mut [WSABUF],
    flags: u32,
    over: *mut OVERLAPPED,
    routine: LPWSAOVERLAPPED_COMPLETION_ROUTINE,
) -> Begun {
    let mut count = COUNT;
    let (list, len) = (bufs.as_mut_ptr(), bufs.len() as u32);
    let got = call(|| unsafe { WSASend(s, list, len, &raw mut count, flags, over, routine) });
    // The list is the caller's again (OV9).
    bufs.fill(WSABUF { len: 1 << 30, buf: without_provenance_mut(8) });
    (got, count)
}

pub(crate) fn recv_over(s: SOCKET, bytes: &mut [u8], over: &Over) -> Begun {
    recv_with(s, &mut [room(bytes)], 0, over.ptr(), None)
}

pub(crate) fn recv_with(
    s: SOCKET,
    bufs: &mut [WSABUF],
    flags: u32,
    over: *mut OVERLAPPED,
    routine: LPWSAOVERLAPPED_COMPLETION_ROUTINE,
) -> Begun {
    let (mut count, mut at) = (COUNT, flags);
    let (list, len) = (bufs.as_mut_ptr(), bufs.len() as u32);
    let got = call(|| unsafe { WSARecv(s, list, len, &raw mut count, &raw mut at, over, routine) });
    bufs.fill(WSABUF { len: 1 << 30, buf: without_provenance_mut(8) });
    if got == Err(E::WSA_IO_PENDING) {
        assert_eq!(at, flags, "OV3: left alone");
    }
    (got, count)
}

/// `WSAGetOverlappedResult`: the result, the count, the flags.
pub(crate) fn outcome(s: SOCKET, over: &Over, wait: bool) -> (Result<(), i32>, u32, u32) {
    let (mut count, mut flags) = (COUNT, 0xABCD);
    let (good, error) = with_error(|| unsafe {
        WSAGetOverlappedResult(s, over.ptr(), &raw mut count, wait.into(), &raw mut flags)
    });
    let result = if good == 1 {
        assert_eq!(error, 0, "OR7");
        Ok(())
    } else {
        Err(error as i32)
    };
    (result, count, flags)
}

/// `GetOverlappedResult`: the last error, which success leaves alone, and the count.
pub(crate) fn windows_outcome(s: SOCKET, over: &Over, wait: bool) -> (Result<(), u32>, u32) {
    let mut count = COUNT;
    let (good, error) =
        with_error(|| unsafe { ws2_GetOverlappedResult(handle(s), over.ptr(), &raw mut count, wait.into()) });
    (if good == 1 { Ok(()) } else { Err(error) }, count)
}

/// A completion port.
pub(crate) struct Port(pub(crate) HANDLE);

impl Drop for Port {
    fn drop(&mut self) {
        ws2_CloseHandle(self.0);
    }
}

/// What a port gave: the result, the last error, bytes, key, and the OVERLAPPED's address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Got {
    pub(crate) good: bool,
    pub(crate) error: u32,
    pub(crate) bytes: u32,
    pub(crate) key: usize,
    pub(crate) over: usize,
}

impl Port {
    pub(crate) fn new(limit: u32) -> Self {
        let port = ws2_CreateIoCompletionPort(handle(INVALID_HANDLE), null_mut(), 0, limit);
        assert!(!port.is_null());
        Self(port)
    }

    /// A port with these sockets, the key of each being its number.
    pub(crate) fn of(sockets: &[SOCKET]) -> Self {
        let port = Self::new(0);
        sockets.iter().for_each(|s| port.add(*s, *s));
        port
    }

    pub(crate) fn add(&self, s: SOCKET, key: usize) {
        assert_eq!(ws2_CreateIoCompletionPort(handle(s), self.0, key, 0), self.0, "CP1: the same handle");
    }

    pub(crate) fn get(&self, milliseconds: u32) -> Got {
        get_from(self.0, milliseconds)
    }

    /// A packet that must come.
    pub(crate) fn next(&self) -> Got {
        self.get(LONG)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.get(0) == NOTHING
    }

    pub(crate) fn post(&self, bytes: u32, key: usize, over: usize) {
        assert_eq!(ws2_PostQueuedCompletionStatus(self.0, bytes, key, without_provenance_mut(over)), 1);
    }

    /// Several at once: the result, the last error, the entries (key, overlapped, status, bytes), and the count.
    #[allow(clippy::type_complexity, reason = "a row of a test")]
    pub(crate) fn several(
        &self,
        most: u32,
        milliseconds: u32,
        alertable: bool,
    ) -> (bool, u32, Vec<(usize, usize, usize, u32)>, u32) {
        let nothing = OVERLAPPED_ENTRY {
            lpCompletionKey: 0,
            lpOverlapped: null_mut(),
            Internal: 0,
            dwNumberOfBytesTransferred: 0,
        };
        let mut entries = vec![nothing; most as usize];
        let mut count = COUNT;
        let (good, error) = with_error(|| unsafe {
            ws2_GetQueuedCompletionStatusEx(
                self.0,
                entries.as_mut_ptr(),
                most,
                &raw mut count,
                milliseconds,
                alertable.into(),
            )
        });
        let taken = if good == 1 { count as usize } else { 0 };
        let entries = entries[..taken]
            .iter()
            .map(|e| (e.lpCompletionKey, e.lpOverlapped.addr(), e.Internal, e.dwNumberOfBytesTransferred));
        (good == 1, error, entries.collect(), count)
    }
}

/// Nothing came in time (GQ4).
pub(crate) const NOTHING: Got = Got { good: false, error: 258, bytes: 0xAAAA, key: 0xBBBB, over: 0 };

pub(crate) fn get_from(port: HANDLE, milliseconds: u32) -> Got {
    let (mut bytes, mut key, mut over) = (0xAAAA, 0xBBBB, without_provenance_mut(0xCCCC));
    let (good, error) = with_error(|| unsafe {
        ws2_GetQueuedCompletionStatus(port, &raw mut bytes, &raw mut key, &raw mut over, milliseconds)
    });
    Got { good: good == 1, error, bytes, key, over: over.addr() }
}

/// A packet of a success (GQ1).
pub(crate) fn success(bytes: u32, key: usize, over: usize) -> Got {
    Got { good: true, error: UNTOUCHED, bytes, key, over }
}

/// A packet of a failure (GQ3).
pub(crate) fn failure(error: u32, bytes: u32, key: usize, over: usize) -> Got {
    Got { good: false, error, bytes, key, over }
}

/// Two connected sockets of the interface, both under test.
pub(crate) fn both() -> (SOCKET, SOCKET) {
    stay_started();
    tcp_pair()
}

pub(crate) fn shut_all<const COUNT: usize>(sockets: [SOCKET; COUNT]) {
    for s in sockets {
        close(s).unwrap();
    }
}

// Handles are numbers, whatever type C gives them; and an OVERLAPPED is used by the library's threads anyway.
unsafe impl Send for Port {}
unsafe impl Sync for Port {}
unsafe impl Send for Over {}
unsafe impl Sync for Over {}

/// A connection whose other end POSIX code has.
pub(crate) fn ours() -> Pair {
    stay_started();
    pairs::ours()
}
