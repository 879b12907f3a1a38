//! Waiting for many sockets: `select __WSAFDIsSet WSAPoll`.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::{c_int, c_long};
use std::mem::offset_of;
use std::time::Duration;

use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::ffi::call::call;
use crate::ffi::types::select::{ULONG, WSAPOLLFD, ws2_fd_set, ws2_timeval, ws2_wide_timeval};
use crate::ffi::types::{INT, SOCKET};
use crate::readiness::select::{BAD_SET, Set, select, time_out};
use crate::readiness::wsapoll::{self, Asked};
use crate::sys::UserArray;
use crate::sys::user::memory;

/// A set of C.
///
/// # Errors
/// `WSAEFAULT`.
///
/// # Safety
/// `set` is an out pointer to a count and as many sockets.
unsafe fn set<'a>(set: *mut ws2_fd_set) -> Result<Option<Set<'a>>, Failure> {
    if set.is_null() {
        return Ok(None);
    }
    let address = set.expose_provenance();
    // SAFETY: numbers, in memory that is the caller's to hand out.
    unsafe {
        let count = UserArray::<u32>::new(address, 1);
        let len = count.get(0).and_then(|len| usize::try_from(len).ok()).ok_or(BAD_SET)?;
        let sockets = count.followed_by(offset_of!(ws2_fd_set, fd_array), len).ok_or(BAD_SET)?;
        Ok(Some(Set { count, sockets }))
    }
}

/// A count as C's `int`.
fn count(found: usize) -> c_int {
    c_int::try_from(found).unwrap_or(c_int::MAX)
}

/// `int select(int nfds, fd_set *readfds, fd_set *writefds, fd_set *exceptfds, const struct timeval *timeout)`
///
/// Waits until a socket is ready: in `readfds` to receive without waiting (data, a connection to accept, the
/// peer's closing, a reset), in `writefds` to send (also: a non-blocking `connect` has succeeded), in `exceptfds`
/// that a `connect` has failed or urgent data has arrived (without `SO_OOBINLINE`). The sets then hold the ready
/// sockets only, each once. A socket that was never connected, and does not listen, is not ready for anything.
///
/// Any number of sockets, whatever `FD_SETSIZE` is; `nfds` is ignored. A set may be NULL or given twice: then it
/// keeps what is ready for either. `timeout` NULL waits for ever, and 0 does not wait; it is not changed. A signal
/// does not end the call.
///
/// # Returns
/// The number of ready sockets over all sets, 0 when the time is over, or `SOCKET_ERROR`; the sets are unchanged
/// then.
///
/// # Errors
/// * `WSANOTINITIALISED`: no `WSAStartup` is in effect.
/// * `WSAEFAULT`: a set or `timeout` is not wholly in accessible memory.
/// * `WSAEINVAL`: no set holds a socket (so this is no way to sleep); `timeout` is negative.
/// * `WSAENOTSOCK`: one of the sockets is none; or another thread closed it during the call, and it is not in
///   `readfds`. (There it becomes readable.)
/// * `WSAEINTR`: the last `WSACleanup` came.
/// * `WSAENOBUFS`: the kernel has no memory.
///
/// A socket that is always ready to Linux, but not to Winsock (never connected, or shut down by this program) is
/// looked at from time to time: it may take up to 64 ms until a change is seen.
///
/// Source: rows SE1 to SE17, C3.
///
/// # Safety
/// `readfds`, `writefds` and `exceptfds` are out pointers, each to a count and as many sockets; `timeout` is an in
/// pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_select(
    nfds: c_int,
    readfds: *mut ws2_fd_set,
    writefds: *mut ws2_fd_set,
    exceptfds: *mut ws2_fd_set,
    timeout: *const ws2_timeval,
) -> c_int {
    call(
        |f| write!(f, "select({nfds}, {readfds:p}, {writefds:p}, {exceptfds:p}, {timeout:p})"),
        |_| {
            // SAFETY: out pointers, and an in pointer.
            let (sets, time) = unsafe {
                let sets = [set(readfds)?, set(writefds)?, set(exceptfds)?];
                (sets, if timeout.is_null() { None } else { Some(memory::read(timeout).ok_or(BAD_TIME)?) })
            };
            let limit = time.map(|time| time_out(time.tv_sec, time.tv_usec)).transpose()?;
            select(sets, limit).map(count)
        },
    )
}

/// `int ws2_select_wide(int nfds, fd_set *readfds, fd_set *writefds, fd_set *exceptfds, const struct timeval *timeout)`
///
/// [`ws2_select`] with a `struct timeval` of two 64-bit numbers, as libc has it: what `select` is in a file whose
/// program has asked for libc's `<sys/time.h>` before Winsock. Not a function of Windows.
///
/// # Returns
/// What `select` returns.
///
/// # Errors
/// Those of `select`.
///
/// Source: X29.
///
/// # Safety
/// That of [`ws2_select`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_select_wide(
    nfds: c_int,
    readfds: *mut ws2_fd_set,
    writefds: *mut ws2_fd_set,
    exceptfds: *mut ws2_fd_set,
    timeout: *const ws2_wide_timeval,
) -> c_int {
    call(
        |f| write!(f, "select({nfds}, {readfds:p}, {writefds:p}, {exceptfds:p}, {timeout:p})"),
        |_| {
            // SAFETY: out pointers, and an in pointer.
            let (sets, time) = unsafe {
                let sets = [set(readfds)?, set(writefds)?, set(exceptfds)?];
                (sets, if timeout.is_null() { None } else { Some(memory::read(timeout).ok_or(BAD_TIME)?) })
            };
            let limit = time.map(|time| time_out(narrow(time.tv_sec), narrow(time.tv_usec))).transpose()?;
            select(sets, limit).map(count)
        },
    )
}

/// The nearest number of 32 bits: what is more than 68 years is as good as for ever.
fn narrow(number: c_long) -> i32 {
    i32::try_from(number).unwrap_or(if number < 0 { i32::MIN } else { i32::MAX })
}

const BAD_TIME: Failure = WsaError::WSAEFAULT.because("the time-out cannot be read");

/// `int __WSAFDIsSet(SOCKET fd, fd_set *set)`
///
/// Whether a set holds a socket; what `FD_ISSET` calls. It needs no `WSAStartup` and leaves the last error alone.
///
/// Programs call it for every socket after each `select`, so it does not ask the kernel about the memory: of bad
/// pointers only NULL is noticed.
///
/// # Returns
/// 1 if the socket is in the set; 0 if not, or if `set` is NULL.
///
/// Source: row SE16.
///
/// # Safety
/// `set` is NULL or points to a count and as many sockets, which the caller may read.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn __WSAFDIsSet(fd: SOCKET, set: *mut ws2_fd_set) -> c_int {
    if set.is_null() {
        return 0;
    }
    // SAFETY: the caller may read the count, and as many sockets as it says.
    let found = unsafe {
        let count = (&raw const (*set).fd_count).read_unaligned();
        let sockets = (&raw const (*set).fd_array).cast::<SOCKET>();
        (0..count as usize).any(|at| sockets.add(at).read_unaligned() == fd)
    };
    c_int::from(found)
}

impl Asked for WSAPOLLFD {
    fn socket(self) -> usize {
        self.fd
    }

    fn events(self) -> i16 {
        self.events
    }

    fn happened(self) -> i16 {
        self.revents
    }

    fn answered(self, happened: i16) -> Self {
        Self { revents: happened, ..self }
    }
}

/// `int WSAPoll(WSAPOLLFD *fdArray, ULONG fds, INT timeout)`
///
/// Waits at most `timeout` milliseconds (negative: for ever) until something happens to one of `fds` sockets, and
/// says in `revents` what: of the `events` `POLLRDNORM` (data, or a connection to accept), `POLLRDBAND` (urgent
/// data) and `POLLWRNORM` (room to send, or connected), and unasked `POLLHUP` (the peer has closed, or the
/// connection is dead), `POLLERR` (reset, or a `connect` has failed), `POLLNVAL` (no socket). `POLLIN` is
/// `POLLRDNORM` and `POLLRDBAND`; `POLLOUT` is `POLLWRNORM`. A signal does not end the call.
///
/// An entry whose `fd` is no socket, negative ones included, gets `POLLNVAL` and does not count (Windows'
/// documentation says that negative ones are passed over). One that another thread closes during the call gets
/// `POLLNVAL`, too, and counts.
///
/// # Returns
/// The number of entries to which something happened, 0 when the time is over, or `SOCKET_ERROR`.
///
/// # Errors
/// * `WSANOTINITIALISED`: no `WSAStartup` is in effect.
/// * `WSAEINVAL`: `fds` is 0; an entry asks for something else than the three events.
/// * `WSAEFAULT`: `fdArray` is NULL, or not wholly in accessible memory.
/// * `WSAENOTSOCK`: none of the entries is a socket; their `revents` are filled all the same.
/// * `WSAEINTR`: the last `WSACleanup` came.
/// * `WSAENOBUFS`: the kernel has no memory.
///
/// Source: rows PO1 to PO7.
///
/// # Safety
/// `fdArray` is an out pointer to `fds` entries.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WSAPoll(fdArray: *mut WSAPOLLFD, fds: ULONG, timeout: INT) -> c_int {
    call(
        |f| write!(f, "WSAPoll({fdArray:p}, {fds}, {timeout})"),
        |_| {
            if fds == 0 {
                return Err(WsaError::WSAEINVAL.because("no entries"));
            }
            let len = usize::try_from(fds).unwrap_or(usize::MAX);
            // SAFETY: numbers, in memory that is the caller's to hand out.
            let array = unsafe { UserArray::<WSAPOLLFD>::new(fdArray.expose_provenance(), len) };
            let limit = u64::try_from(timeout).ok().map(Duration::from_millis);
            wsapoll::poll(&array, limit).map(count)
        },
    )
}
