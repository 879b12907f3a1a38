//! Options: `setsockopt getsockopt`.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::{c_char, c_int};

use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::ffi::call::call;
use crate::ffi::shown::{self, Value, ValueAt};
use crate::ffi::types::SOCKET;
use crate::overlapped::ordinary;
use crate::runtime::trace;
use crate::socket::bytes::{self, Bytes};
use crate::socket::options::{self, Answer};
use crate::sys::process::sanitizer;
use crate::sys::user::memory;

const CANNOT_READ: Failure =
    WsaError::WSAEFAULT.because("the value cannot be read, or its length is negative");
const CANNOT_WRITE: Failure =
    WsaError::WSAEFAULT.because("the value or its length cannot be written, or the length is too short");

const NO_MEMORY: Failure = WsaError::WSAENOBUFS.because("the length is negative: no memory for so much");

/// The longest value of any option: `struct group_source_req`.
const LONGEST: usize = 264;

/// Reads the bytes of a value: all that any option uses, or if that cannot be read, the first four, since the
/// length may say more than there is.
///
/// # Errors
/// `WSAEFAULT`.
///
/// # Safety
/// `from` is an in pointer to `len` bytes.
pub(in crate::ffi) unsafe fn value_in(from: *const c_char, len: c_int) -> Result<Bytes, Failure> {
    let len = usize::try_from(len).map_err(|_| CANNOT_READ)?;
    if len == 0 && !from.is_null() {
        return Ok(Bytes::new());
    }
    let readable = |len: &usize| *len > 0 && memory::readable(from.addr(), *len);
    let len = [len.min(LONGEST), len.min(4)].into_iter().find(readable).ok_or(CANNOT_READ)?;
    // SAFETY: readable, as just asked.
    bytes::of(unsafe { std::slice::from_raw_parts(from.cast::<u8>(), len) })
}

/// `int setsockopt(SOCKET s, int level, int optname, const char *optval, int optlen)`
///
/// Sets an option. `COMPATIBILITY.md` lists every option, and what is different from Windows. A flag or a number
/// up to 255 may be given in fewer than four bytes; of `TCP_NODELAY`, `SO_KEEPALIVE`, `SO_DONTROUTE` and
/// `IPV6_V6ONLY` only the first byte counts.
///
/// # Returns
/// 0, or `SOCKET_ERROR`.
///
/// # Errors
/// In this order:
/// * `WSANOTINITIALISED`: no `WSAStartup` is in effect.
/// * `WSAENOTSOCK`: no socket, unless the option is `SO_OPENTYPE`.
/// * `WSAEINVAL`: no such level. Also: an option of raw sockets on another one; a value that the option does not
///   take; `SO_REUSEADDR` and `SO_EXCLUSIVEADDRUSE` together; a group that is joined already, or an address of another
///   family than the level's for `MCAST_JOIN_GROUP` and its family; an option of groups or of packet information on a
///   stream; `IPV6_V6ONLY` on an IPv4 socket after `bind`; `SO_TYPE`.
/// * `WSAENOPROTOOPT`: no such option, or not for this kind of socket, or it can only be read.
/// * `WSAEFAULT`: `optval` cannot be read, or `optlen` is too short. A flag of `SOL_SOCKET` that Winsock keeps takes a
///   length of zero for FALSE.
/// * `WSAENOBUFS`: `optlen` is negative. An option of `SOL_SOCKET` that Winsock itself keeps, which are all but
///   `SO_KEEPALIVE` and `SO_DONTROUTE`, takes it for four bytes.
/// * `WSAEADDRNOTAVAIL`: no such interface, or a group that is not joined.
/// * `WSAENOBUFS`: more groups than the kernel allows.
///
/// Source: rows O1 to O15, Q7, X4, X11, X12, X14; lengths measured on Windows. For a negative length older versions of
/// Windows say `WSAEFAULT`.
///
/// # Safety
/// `optval` is an in pointer to `optlen` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_setsockopt(
    s: SOCKET,
    level: c_int,
    optname: c_int,
    optval: *const c_char,
    optlen: c_int,
) -> c_int {
    call(
        |f| {
            let value = ValueAt { at: optval.expose_provenance(), len: optlen };
            let (which, option) = (shown::level(level), shown::option(level, optname));
            write!(f, "setsockopt({s}, {which}, {option}, {value}, {optlen} bytes)", s = s.cast_signed())
        },
        |_| {
            let value = match optlen {
                // SAFETY: likewise, for four bytes.
                ..0 if options::takes_negative(level, optname) => unsafe { value_in(optval, 4) },
                ..0 if !optval.is_null() => Err(NO_MEMORY),
                // SAFETY: likewise.
                _ => unsafe { value_in(optval, optlen) },
            };
            let value = value.as_deref().map_err(|failure| *failure);
            let set = || options::set(s, level, optname, value);
            if options::says_whose(level, optname) {
                ordinary::inheriting(s, value.unwrap_or_default(), set)?;
            } else {
                set()?;
            }
            Ok(0)
        },
    )
}

/// `int getsockopt(SOCKET s, int level, int optname, char *optval, int *optlen)`
///
/// Reads an option, as it was set: sizes of buffers and time-outs exactly. `SO_ERROR` tells why the last
/// non-blocking `connect` failed; reading it does not clear it. `*optlen` becomes the number of bytes: 1 for the
/// options of which only the first byte counts (`SO_KEEPALIVE`, `SO_DONTROUTE`, `TCP_NODELAY`, `IPV6_V6ONLY`), of which
/// only one is written whatever room there was; and 1 for a flag with room for less than four bytes. `SO_BSP_STATE` gives a
/// `CSADDR_INFO` with the addresses behind it, of which those that the socket does not have yet are NULL.
///
/// # Returns
/// 0, or `SOCKET_ERROR`.
///
/// # Errors
/// In this order:
/// * `WSANOTINITIALISED`: no `WSAStartup` is in effect.
/// * `WSAENOTSOCK`: no socket, unless the option is `SO_OPENTYPE`.
/// * `WSAEINVAL`: no such level, or an option of raw sockets on another one.
/// * `WSAENOPROTOOPT`: no such option, or not for this kind of socket, or it can only be set.
/// * `WSAEFAULT`: `optval` or `optlen` cannot be written; `*optlen` is too short, zero or negative. What there is of room
///   for a number or a structure of `SOL_SOCKET` is cleared then.
/// * `WSAENOTCONN`: `IP_MTU` and `IPV6_MTU` need a peer.
///
/// Source: rows O1 to O15; lengths measured on Windows.
///
/// # Safety
/// `optlen` is an out pointer, and `optval` one to as many bytes as `*optlen` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_getsockopt(
    s: SOCKET,
    level: c_int,
    optname: c_int,
    optval: *mut c_char,
    optlen: *mut c_int,
) -> c_int {
    call(
        |f| {
            let (which, option) = (shown::level(level), shown::option(level, optname));
            write!(f, "getsockopt({s}, {which}, {option})", s = s.cast_signed())
        },
        |_| {
            // SAFETY: an in pointer, as every out pointer is.
            let room = unsafe { memory::read(optlen) }.and_then(|room| match usize::try_from(room) {
                // Windows compares the length without its sign here (X12).
                Err(_) if options::is_of_no_socket(level, optname) => Some(4),
                room => room.ok(),
            });
            let place = optval.expose_provenance();
            let answer = options::get(s, level, optname, room.ok_or(CANNOT_WRITE), place)?;
            // SAFETY: `optval` and `optlen` are out pointers.
            unsafe { answer_out(&answer, optval, optlen) }.map(|()| {
                trace::tells(&Value(&answer.bytes));
                0
            })
        },
    )
}

/// Writes an answer; where the room was too short, the length and zeros at most.
///
/// # Safety
/// `optlen` is an out pointer, and `optval` one to as many bytes as the answer has.
unsafe fn answer_out(answer: &Answer, optval: *mut c_char, optlen: *mut c_int) -> Result<(), Failure> {
    let len = c_int::try_from(answer.len).map_err(|_| CANNOT_WRITE)?;
    if !memory::writable(optval.addr(), answer.bytes.len()) {
        return Err(CANNOT_WRITE);
    }
    // SAFETY: `optlen` is an out pointer; `optval` is writable for the bytes, of which there are none if it was
    // not asked.
    unsafe {
        if !memory::write(optlen, len) {
            return Err(CANNOT_WRITE);
        }
        std::ptr::copy_nonoverlapping(answer.bytes.as_ptr(), optval.cast(), answer.bytes.len());
    }
    sanitizer::hands_out(optval.addr(), answer.bytes.len());
    if answer.fits { Ok(()) } else { Err(CANNOT_WRITE) }
}
