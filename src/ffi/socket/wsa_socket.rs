//! Winsock 2's forms of the calls around connections: `WSASocketA WSASocketW WSAConnect WSAAccept
//! WSASendDisconnect WSARecvDisconnect`.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::c_int;
use std::ptr::null_mut;

use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::ffi::call::call;
use crate::ffi::shown::{self, Peer};
use crate::ffi::socket::address::{address_in, room};
use crate::ffi::types::message::{GROUP, LPCONDITIONPROC, QOS, WSABUF};
use crate::ffi::types::{DWORD, SOCKET, WSAPROTOCOL_INFOA, WSAPROTOCOL_INFOW, ws2_sockaddr};
use crate::overlapped::ordinary;
use crate::socket::address::to_windows;
use crate::socket::connect;
use crate::socket::create;
use crate::socket::duplicate;
use crate::socket::listen;
use crate::socket::transfer::socket_first;
use crate::sys::Address;
use crate::sys::user::memory;
use crate::windows::abi::{SD_RECEIVE, SD_SEND};
use crate::windows::catalogue::{NARROW, WIDE};

/// Family, type and protocol of a catalogue entry; none for NULL.
type Entry = Option<[c_int; 3]>;

/// The family, type and protocol of an entry of the catalogue, if the caller gives one.
///
/// # Safety
/// `entry` is an in pointer, and any bits are a value of `T`.
unsafe fn entry_in<T: Copy>(
    entry: *const T,
    numbers: impl FnOnce(T) -> [c_int; 3],
) -> Result<Entry, Failure> {
    if entry.is_null() {
        return Ok(None);
    }
    // SAFETY: passed on to the caller.
    unsafe { memory::read(entry) }.map(|entry| Some(numbers(entry))).ok_or(BAD_ENTRY)
}

/// The call as the trace shows it.
fn show(
    name: &str,
    (af, kind, protocol): (c_int, c_int, c_int),
    flags: DWORD,
    f: &mut std::fmt::Formatter<'_>,
) -> std::fmt::Result {
    const NAMES: [(DWORD, &str); 3] = [
        (1, "WSA_FLAG_OVERLAPPED"),
        (0x40, "WSA_FLAG_ACCESS_SYSTEM_SECURITY"),
        (0x80, "WSA_FLAG_NO_HANDLE_INHERIT"),
    ];
    let (af, kind, protocol) = (shown::family(af), shown::kind(kind), shown::protocol(protocol));
    write!(f, "{name}({af}, {kind}, {protocol}, ")?;
    let mut rest = flags;
    let mut separator = "";
    for (bit, name) in NAMES {
        if rest & bit != 0 {
            write!(f, "{separator}{name}")?;
            separator = " | ";
            rest &= !bit;
        }
    }
    if rest != 0 || flags == 0 {
        write!(f, "{separator}{rest:#x}")?;
    }
    f.write_str(")")
}

fn open(numbers: [c_int; 3], entry: Result<Entry, Failure>, flags: DWORD) -> Result<SOCKET, Failure> {
    create::open(create::with_entry(numbers, entry?)?, flags)
}

/// The secret in an entry that `WSADuplicateSocket` has filled.
///
/// # Safety
/// `entry` is an in pointer.
unsafe fn duplicate_in<const SIZE: usize, T>(entry: *const T) -> Option<duplicate::Secret> {
    if entry.is_null() {
        return None;
    }
    // SAFETY: passed on to the caller; any bytes are a value.
    unsafe { memory::read(entry.cast::<[u8; SIZE]>()) }.and_then(|bytes| duplicate::secret_in(&bytes))
}

const BAD_ENTRY: Failure = WsaError::WSAEFAULT.because("lpProtocolInfo cannot be read");

/// `SOCKET WSASocketA(int af, int type, int protocol, LPWSAPROTOCOL_INFOA lpProtocolInfo, GROUP g, DWORD dwFlags)`
///
/// Makes a socket, as `socket` does. Each of `af`, `type` and `protocol` that is 0 or `FROM_PROTOCOL_INFO` (-1) is
/// taken from `lpProtocolInfo`, which may be NULL; where [`WSADuplicateSocketA`](crate::ffi::WSADuplicateSocketA) has filled that, the
/// duplicate is the new socket, once, and the other arguments are not looked at. `g` is ignored: there are no groups. Without
/// `WSA_FLAG_OVERLAPPED` a call with an OVERLAPPED ends before it returns, and the socket belongs to no completion port;
/// time-outs work all the same. `WSA_FLAG_NO_HANDLE_INHERIT` changes nothing: every socket is closed on exec.
///
/// # Returns
/// The socket, or `INVALID_SOCKET`.
///
/// # Errors
/// Those of [`ws2_socket`](crate::ffi::ws2_socket), and
/// * `WSAEFAULT`: `lpProtocolInfo` cannot be read.
/// * `WSAEAFNOSUPPORT`: also where the family is to come from an entry that has -1 there.
/// * `WSAEINVAL`: the duplicate was taken before, its socket's process has ended, or another process was named; or a flag that asks
///   for what there is not: roots of multipoint, leaves on a stream, system security, registered I/O.
///
/// Source: rows N1, X2, X14; Windows' documentation.
///
/// # Safety
/// `lpProtocolInfo` is an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WSASocketA(
    af: c_int,
    r#type: c_int,
    protocol: c_int,
    lpProtocolInfo: *mut WSAPROTOCOL_INFOA,
    g: GROUP,
    dwFlags: DWORD,
) -> SOCKET {
    let _ = g;
    call(
        |f| show("WSASocketA", (af, r#type, protocol), dwFlags, f),
        |_| {
            // SAFETY: an in pointer.
            if let Some(secret) = unsafe { duplicate_in::<NARROW, _>(lpProtocolInfo) } {
                return duplicate::take(secret);
            }
            // SAFETY: an in pointer; any bits are a value.
            let entry = unsafe {
                entry_in(lpProtocolInfo, |info| [info.iAddressFamily, info.iSocketType, info.iProtocol])
            };
            open([af, r#type, protocol], entry, dwFlags)
        },
    )
}

/// `SOCKET WSASocketW(int af, int type, int protocol, LPWSAPROTOCOL_INFOW lpProtocolInfo, GROUP g, DWORD dwFlags)`
///
/// Makes a socket, as [`WSASocketA`] does; the structure has its name in 16-bit characters.
///
/// # Returns
/// The socket, or `INVALID_SOCKET`.
///
/// # Errors
/// As [`WSASocketA`].
///
/// # Safety
/// `lpProtocolInfo` is an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WSASocketW(
    af: c_int,
    r#type: c_int,
    protocol: c_int,
    lpProtocolInfo: *mut WSAPROTOCOL_INFOW,
    g: GROUP,
    dwFlags: DWORD,
) -> SOCKET {
    let _ = g;
    call(
        |f| show("WSASocketW", (af, r#type, protocol), dwFlags, f),
        |_| {
            // SAFETY: an in pointer.
            if let Some(secret) = unsafe { duplicate_in::<WIDE, _>(lpProtocolInfo) } {
                return duplicate::take(secret);
            }
            // SAFETY: an in pointer; any bits are a value.
            let entry = unsafe {
                entry_in(lpProtocolInfo, |info| [info.iAddressFamily, info.iSocketType, info.iProtocol])
            };
            open([af, r#type, protocol], entry, dwFlags)
        },
    )
}

/// `int WSAConnect(SOCKET s, const struct sockaddr *name, int namelen, LPWSABUF lpCallerData,
/// LPWSABUF lpCalleeData, LPQOS lpSQOS, LPQOS lpGQOS)`
///
/// Connects, as `connect` does. No protocol here carries data with a connection: `lpCallerData` must be NULL or
/// empty, and `lpCalleeData`, if given, gets the length 0. `lpSQOS` and `lpGQOS` are ignored.
///
/// # Returns
/// 0, or `SOCKET_ERROR`.
///
/// # Errors
/// Those of [`ws2_connect`](crate::ffi::ws2_connect), and
/// * `WSAEPROTONOSUPPORT`: `lpCallerData` is not empty.
/// * `WSAEFAULT`: `lpCallerData` cannot be read, or `lpCalleeData` cannot be written.
///
/// Source: rows K1 to K10; Windows' documentation.
///
/// # Safety
/// `name` is an in pointer to `namelen` bytes, `lpCallerData` an in pointer, `lpCalleeData` an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WSAConnect(
    s: SOCKET,
    name: *const ws2_sockaddr,
    namelen: c_int,
    lpCallerData: *mut WSABUF,
    lpCalleeData: *mut WSABUF,
    lpSQOS: *mut QOS,
    lpGQOS: *mut QOS,
) -> c_int {
    let _ = (lpSQOS, lpGQOS);
    call(
        |f| write!(f, "WSAConnect({s}, {})", Peer::new(name, namelen), s = s.cast_signed()),
        |_| {
            // SAFETY: the caller's pointers, handed on.
            unsafe { no_data(lpCallerData, lpCalleeData) }.map_err(|failure| socket_first(s, failure))?;
            // SAFETY: likewise.
            let address = unsafe { address_in(name, namelen) };
            ordinary::connecting(s, || connect::connect(s, address)).map(|()| 0)
        },
    )
}

/// Checks that no data is to go with a connection, and says that none came.
///
/// # Safety
/// `caller` is an in pointer, `callee` an out pointer.
pub(super) unsafe fn no_data(caller: *const WSABUF, callee: *mut WSABUF) -> Result<(), Failure> {
    const BAD: Failure = WsaError::WSAEFAULT.because("a structure for data cannot be read or written");
    if !caller.is_null() {
        // SAFETY: an in pointer; any bits are a value.
        let data = unsafe { memory::read(caller) }.ok_or(BAD)?;
        if data.len > 0 {
            return Err(WsaError::WSAEPROTONOSUPPORT.because("no data goes with a connection"));
        }
    }
    // SAFETY: `len` is the first field of an out pointer's structure.
    if !callee.is_null() && !unsafe { memory::write(callee.cast::<DWORD>(), 0) } {
        return Err(BAD);
    }
    Ok(())
}

/// `SOCKET WSAAccept(SOCKET s, struct sockaddr *addr, LPINT addrlen, LPCONDITIONPROC lpfnCondition,
/// DWORD_PTR dwCallbackData)`
///
/// Takes the next connection, as `accept` does, if `lpfnCondition` agrees; NULL always agrees. The function gets
/// the addresses of both ends and NULL for everything that no protocol here has, with an empty buffer for the
/// callee's data. It runs on the calling thread.
///
/// Linux has completed the handshake by then, as Windows has unless `SO_CONDITIONAL_ACCEPT` is set: a rejected
/// peer sees its connection reset, and a deferred one is kept for the next `accept` or `WSAAccept` on this
/// socket, which does not make the socket readable for `select` and `WSAPoll`.
///
/// # Returns
/// The new socket, or `INVALID_SOCKET`.
///
/// # Errors
/// Those of [`ws2_accept`](crate::ffi::ws2_accept), and
/// * `WSAECONNREFUSED`: the function returned `CF_REJECT`.
/// * `WSATRY_AGAIN`: the function returned `CF_DEFER`.
/// * `WSAEINVAL`: the function returned something else; the connection is reset.
///
/// Source: row N4; Windows' documentation.
///
/// # Safety
/// `addr` and `addrlen` are out pointers, `addr` to as many bytes as `*addrlen` says; `lpfnCondition` is such a
/// function, or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WSAAccept(
    s: SOCKET,
    addr: *mut ws2_sockaddr,
    addrlen: *mut c_int,
    lpfnCondition: LPCONDITIONPROC,
    dwCallbackData: usize,
) -> SOCKET {
    call(
        |f| write!(f, "WSAAccept({s})", s = s.cast_signed()),
        |_| {
            let take = || match lpfnCondition {
                None => listen::accept(s),
                Some(_) => listen::accept_if(s, |peer, local| {
                    // SAFETY: the caller's function, called as its type says.
                    unsafe { ask(lpfnCondition, peer, local, dwCallbackData) }
                }),
            };
            let (new, peer) = ordinary::accepting(s, |(new, _)| *new, take)?;
            let number = new.fd().to_socket();
            if addr.is_null() || addrlen.is_null() {
                return Ok(number);
            }
            // SAFETY: `addr` and `addrlen` are out pointers.
            match unsafe { room(addr, addrlen) }.and_then(|room| room.put(&peer)) {
                Ok(()) => Ok(number),
                Err(failure) => new.close().and(Err(failure)),
            }
        },
    )
}

/// Asks the program whether it wants a connection.
///
/// # Safety
/// `condition` is such a function.
unsafe fn ask(condition: LPCONDITIONPROC, peer: &Address, local: &Address, data: usize) -> c_int {
    let Some(condition) = condition else { return 0 };
    let (mut peer, mut local) = (to_windows(peer), to_windows(local));
    let buffer = |address: &mut Address| WSABUF {
        len: DWORD::try_from(address.len()).unwrap_or(0),
        buf: address.bytes_mut().as_mut_ptr().cast(),
    };
    let (mut caller, mut callee) = (buffer(&mut peer), buffer(&mut local));
    let mut answer_data = WSABUF { len: 0, buf: null_mut() };
    let mut group: GROUP = 0;
    // SAFETY: the function's own rule; every pointer is to a local that outlives the call.
    unsafe {
        condition(
            &raw mut caller,
            null_mut(),
            null_mut(),
            null_mut(),
            &raw mut callee,
            &raw mut answer_data,
            &raw mut group,
            data,
        )
    }
}

/// `int WSASendDisconnect(SOCKET s, LPWSABUF lpOutboundDisconnectData)`
///
/// `shutdown(s, SD_SEND)`.
///
/// # Returns
/// 0, or `SOCKET_ERROR`.
///
/// # Errors
/// Those of [`ws2_shutdown`](crate::ffi::ws2_shutdown), and
/// * `WSAENOPROTOOPT`: `lpOutboundDisconnectData` is not NULL: no protocol here has such data. Nothing is done.
///
/// Source: Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn WSASendDisconnect(s: SOCKET, lpOutboundDisconnectData: *mut WSABUF) -> c_int {
    call(
        |f| write!(f, "WSASendDisconnect({s})", s = s.cast_signed()),
        |_| disconnect(s, lpOutboundDisconnectData, SD_SEND),
    )
}

/// `int WSARecvDisconnect(SOCKET s, LPWSABUF lpInboundDisconnectData)`
///
/// `shutdown(s, SD_RECEIVE)`.
///
/// # Returns
/// 0, or `SOCKET_ERROR`.
///
/// # Errors
/// Those of [`ws2_shutdown`](crate::ffi::ws2_shutdown), and
/// * `WSAENOPROTOOPT`: `lpInboundDisconnectData` is not NULL: no protocol here has such data. Nothing is done.
///
/// Source: Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn WSARecvDisconnect(s: SOCKET, lpInboundDisconnectData: *mut WSABUF) -> c_int {
    call(
        |f| write!(f, "WSARecvDisconnect({s})", s = s.cast_signed()),
        |_| disconnect(s, lpInboundDisconnectData, SD_RECEIVE),
    )
}

fn disconnect(s: SOCKET, data: *mut WSABUF, how: i32) -> Result<c_int, Failure> {
    if !data.is_null() {
        let failure = WsaError::WSAENOPROTOOPT.because("no protocol here has disconnect data");
        return Err(socket_first(s, failure));
    }
    ordinary::shutting(s, how).map(|()| 0)
}
