//! Commands: `ioctlsocket WSAIoctl`.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::{c_int, c_void};

use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::ffi::call::call;
use crate::ffi::overlapped::call::wish;
use crate::ffi::overlapped::extension;
use crate::ffi::shown::{self, ValueAt};
use crate::ffi::types::{DWORD, LONG, LPWSAOVERLAPPED_COMPLETION_ROUTINE, OVERLAPPED, SOCKET, ws2_u_long};
use crate::overlapped::{operations, ordinary};
use crate::socket::bytes::{self, Bytes};
use crate::socket::ioctl::{self, Output};
use crate::socket::options::numbers::FIONBIO;
use crate::socket::transfer::socket_first;
use crate::sys::process::sanitizer;
use crate::sys::user::memory;

const BAD: Failure = WsaError::WSAEFAULT.because("a buffer or the byte count cannot be used, or is NULL");

/// The longest input of any command: an address.
const LONGEST: usize = 128;

/// `int ioctlsocket(SOCKET s, long cmd, u_long *argp)`
///
/// `FIONBIO` makes the socket non-blocking (`*argp` not 0) or blocking; `FIONREAD` tells how many bytes can be
/// read, of a datagram socket the size of the first datagram; `SIOCATMARK` tells 1 while no out-of-band byte
/// waits. A `long` of Windows has 32 bits. Other commands of [`WSAIoctl`] work here too where four bytes are enough.
///
/// # Returns
/// 0, or `SOCKET_ERROR`.
///
/// # Errors
/// * `WSANOTINITIALISED`: no `WSAStartup` is in effect.
/// * `WSAENOTSOCK`: no socket.
/// * `WSAEFAULT`: `argp` cannot be read or written.
/// * `WSAEINVAL`: `FIONBIO` is to make the socket blocking while `WSAEventSelect` has events selected.
/// * `WSAEOPNOTSUPP`: no such command (where Windows' documentation says `WSAEINVAL`).
///
/// Source: rows IO1 to IO6, ES2.
///
/// # Safety
/// `argp` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ioctlsocket(s: SOCKET, cmd: LONG, argp: *mut ws2_u_long) -> c_int {
    call(
        |f| {
            let value = ValueAt { at: argp.expose_provenance(), len: 4 };
            write!(f, "ioctlsocket({s}, {}, {value})", shown::command(cmd), s = s.cast_signed())
        },
        |_| {
            if !memory::writable(argp.addr(), size_of::<u32>()) {
                return Err(socket_first(s, BAD));
            }
            // SAFETY: an out pointer, writable as just asked.
            let input = unsafe { argp.read_unaligned() }.to_ne_bytes();
            let beside = ordinary::beside(s);
            if cmd == FIONBIO && input == [0; 4] {
                ordinary::may_block(beside.as_ref())?;
            }
            let place = Output { at: argp.addr(), room: size_of::<u32>() };
            let output = ioctl::ioctl(s, cmd, Ok(&input), place).map_err(|refused| refused.failure)?;
            // SAFETY: likewise; the output is no longer than the room that was stated.
            unsafe { std::ptr::copy_nonoverlapping(output.as_ptr(), argp.cast(), output.len()) };
            sanitizer::hands_out(argp.addr(), output.len());
            Ok(0)
        },
    )
}

/// `int WSAIoctl(SOCKET s, DWORD dwIoControlCode, LPVOID lpvInBuffer, DWORD cbInBuffer, LPVOID lpvOutBuffer,
/// DWORD cbOutBuffer, LPDWORD lpcbBytesReturned, LPWSAOVERLAPPED lpOverlapped,
/// LPWSAOVERLAPPED_COMPLETION_ROUTINE lpCompletionRoutine)`
///
/// Runs a command: those of [`ioctlsocket`]; `SIO_UDP_CONNRESET` (whether "port unreachable" is reported);
/// `SIO_KEEPALIVE_VALS` (milliseconds, rounded up to seconds); `SIO_GET_INTERFACE_LIST` (IPv4);
/// `SIO_ROUTING_INTERFACE_QUERY`; `SIO_ADDRESS_LIST_QUERY` (the addresses of the socket's family, that of the loopback
/// only where there is no other); `SIO_ADDRESS_LIST_CHANGE` and `SIO_ROUTING_INTERFACE_CHANGE`, which wait until the list,
/// or the address from which a host is reached, has changed; `SIO_GET_BROADCAST_ADDRESS`; `SIO_BASE_HANDLE` and `SIO_BSP_HANDLE…` (the socket
/// itself); `SIO_MULTIPOINT_LOOPBACK` and `SIO_MULTICAST_SCOPE` (of groups, as `IP_MULTICAST_LOOP` and `IP_MULTICAST_TTL`);
/// `SIO_IDEAL_SEND_BACKLOG_QUERY` (65536 on a connection); `SIO_TCP_INFO` (a connection's numbers, as `TCP_INFO_v0` or
/// `TCP_INFO_v1`); `SIO_TCP_INITIAL_RTO` (how often the first packet is sent again, at least once); `SIO_AF_UNIX_GETPEERPID`
/// (the process that has the other end); `SIO_UDP_NETRESET`, `SIO_LOOPBACK_FAST_PATH` and
/// `SIO_ENABLE_CIRCULAR_QUEUEING`, which have no effect. `lpCompletionRoutine` is not used.
///
/// A command that fails sets `*lpcbBytesReturned` to 0; `SIO_ADDRESS_LIST_QUERY` and `SIO_ROUTING_INTERFACE_QUERY` with too
/// little room, to the number of bytes that they need. It is untouched where there is no socket, and where
/// `SIO_ROUTING_INTERFACE_QUERY` is given no address of a host.
///
/// # Returns
/// 0, or `SOCKET_ERROR`.
///
/// # Errors
/// * `WSANOTINITIALISED`: no `WSAStartup` is in effect.
/// * `WSAENOTSOCK`: no socket.
/// * `WSAEFAULT`: `lpcbBytesReturned` or a buffer cannot be used, or is too short.
/// * `WSAEOPNOTSUPP`: no such command, or not for this kind of socket; or one that waits for a change, with `lpOverlapped`.
/// * `WSAEINVAL`: `FIONBIO` is to make the socket blocking while `WSAEventSelect` has events selected;
///   `SIO_GET_EXTENSION_FUNCTION_POINTER` with a GUID that is not one of the extension functions;
///   `SIO_GET_INTERFACE_LIST` on a socket that is not of IPv4; an input of `SIO_ROUTING_INTERFACE_QUERY` that is NULL, not as
///   long as its family's addresses are, or 0.0.0.0; `SIO_ADDRESS_LIST_QUERY` with room for less than the count;
///   `SIO_TCP_INFO` with another version than 0 and 1.
/// * `WSAEWOULDBLOCK`: non-blocking, and the command waits for a change.
/// * `WSAENOTCONN`: `SIO_IDEAL_SEND_BACKLOG_QUERY` or `SIO_AF_UNIX_GETPEERPID` without a connection.
/// * `WSAEINTR`: another thread closed the socket while the command waited, or ended Winsock.
/// * `WSAEAFNOSUPPORT`, `WSAENETUNREACH`, `WSAEHOSTUNREACH`: `SIO_ROUTING_INTERFACE_QUERY` finds no way there.
///
/// Source: rows IO1 to IO6, R10, X5, X9, X10.
///
/// # Safety
/// `lpvInBuffer` is an in pointer to `cbInBuffer` bytes, `lpvOutBuffer` an out pointer to `cbOutBuffer` bytes,
/// `lpcbBytesReturned` an out pointer. The last two are not followed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WSAIoctl(
    s: SOCKET,
    dwIoControlCode: DWORD,
    lpvInBuffer: *mut c_void,
    cbInBuffer: DWORD,
    lpvOutBuffer: *mut c_void,
    cbOutBuffer: DWORD,
    lpcbBytesReturned: *mut DWORD,
    lpOverlapped: *mut OVERLAPPED,
    lpCompletionRoutine: LPWSAOVERLAPPED_COMPLETION_ROUTINE,
) -> c_int {
    call(
        |f| {
            let command = shown::command(dwIoControlCode.cast_signed());
            let len = c_int::try_from(cbInBuffer).unwrap_or(c_int::MAX);
            let value = ValueAt { at: lpvInBuffer.expose_provenance(), len };
            write!(f, "WSAIoctl({s}, {command}, {value}, {cbInBuffer} bytes)", s = s.cast_signed())
        },
        |_| {
            if !memory::writable(lpcbBytesReturned.addr(), size_of::<u32>()) {
                return Err(socket_first(s, BAD));
            }
            let run = || {
                // SAFETY: the caller's pointers, handed on; the last one was found writable.
                unsafe {
                    command(
                        s,
                        dwIoControlCode,
                        (lpvInBuffer, cbInBuffer),
                        (lpvOutBuffer, cbOutBuffer),
                        lpcbBytesReturned,
                    )
                }
            };
            if lpOverlapped.is_null() {
                return run();
            }
            if WAITING.contains(&dwIoControlCode) {
                let failure = WsaError::WSAEOPNOTSUPP.because("a command that waits, with an OVERLAPPED");
                return Err(socket_first(s, failure));
            }
            // SAFETY: an overlapped pointer.
            let wish = unsafe { wish((lpOverlapped, lpCompletionRoutine)) };
            operations::at_once(s, wish.map_err(|failure| socket_first(s, failure))?, "WSAIoctl", run)
        },
    )
}

/// `SIO_GET_EXTENSION_FUNCTION_POINTER`: the bytes of a function's address.
fn function(s: SOCKET, guid: Result<&[u8], Failure>, room: usize) -> Result<Bytes, Failure> {
    let no_room = WsaError::WSAEFAULT.because("the answer does not fit the room given");
    let found = guid.and_then(extension::function);
    let address = found.and_then(|at| if room < size_of::<usize>() { Err(no_room) } else { Ok(at) });
    if !crate::descriptor::facts::is_socket(crate::descriptor::of(s)?) {
        return Err(WsaError::WSAENOTSOCK.because("not a socket"));
    }
    bytes::of(&address?.to_ne_bytes())
}

/// The commands that wait for a change.
const WAITING: [u32; 2] = [0x2800_0017, 0x8800_0015];

/// Runs a command.
///
/// # Safety
/// As for [`WSAIoctl`]; `count` was found writable.
unsafe fn command(
    s: SOCKET,
    code: u32,
    (from, from_len): (*const c_void, u32),
    (to, to_len): (*mut c_void, u32),
    count: *mut u32,
) -> Result<c_int, Failure> {
    let room = usize::try_from(to_len).unwrap_or(0);
    // SAFETY: an in pointer to so many bytes.
    let input = unsafe { input(from, from_len) };
    let input = input.as_deref().map_err(|failure| *failure);
    let place = Output { at: to.addr(), room };
    let beside = ordinary::beside(s);
    if code.cast_signed() == FIONBIO
        && input.is_ok_and(|input| input.first_chunk() == Some(&[0_u8; 4]))
        && let Err(failure) = ordinary::may_block(beside.as_ref())
    {
        // SAFETY: writable, as asked above.
        unsafe { count.write_unaligned(0) };
        return Err(failure);
    }
    let output = if code == extension::COMMAND {
        function(s, input, room)?
    } else {
        ioctl::ioctl(s, code.cast_signed(), input, place).map_err(|refused| {
            if let Some(told) = refused.count.and_then(|told| u32::try_from(told).ok()) {
                // SAFETY: writable, as asked above.
                unsafe { count.write_unaligned(told) };
            }
            ordinary::asking(beside.as_ref(), code.cast_signed(), input.unwrap_or_default(), refused.failure)
        })?
    };
    let len = u32::try_from(output.len()).map_err(|_| BAD)?;
    if !memory::writable(to.addr(), output.len()) {
        return Err(BAD);
    }
    // SAFETY: both places are writable, as just asked.
    unsafe {
        std::ptr::copy_nonoverlapping(output.as_ptr(), to.cast(), output.len());
        sanitizer::hands_out(to.addr(), output.len());
        count.write_unaligned(len);
    }
    Ok(0)
}

/// The input of a command, as far as any command uses it.
///
/// # Safety
/// `from` is an in pointer to `len` bytes.
unsafe fn input(from: *const c_void, len: u32) -> Result<Bytes, Failure> {
    let len = usize::try_from(len).map_or(LONGEST, |len| len.min(LONGEST));
    if from.is_null() || !memory::readable(from.addr(), len) {
        return Err(BAD);
    }
    // SAFETY: readable, as just asked.
    bytes::of(unsafe { std::slice::from_raw_parts(from.cast::<u8>(), len) })
}
