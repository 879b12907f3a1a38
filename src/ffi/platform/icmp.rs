//! Echo requests: `IcmpCreateFile IcmpSendEcho IcmpSendEcho2 IcmpSendEcho2Ex IcmpParseReplies IcmpCloseHandle`.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::c_void;
use std::net::Ipv4Addr;
use std::time::Duration;

use super::adapter_types::{ICMP_ECHO_REPLY, IP_OPTION_INFORMATION};
use super::answer::{Answer, give, put, put_all, set, truth};
use super::file::descriptor;
use super::types::{HANDLE, ULONG};
use crate::ffi::types::{BOOL, DWORD, WORD};
use crate::platform::code::Code;
use crate::sys::net::echo::{self, Answer as Heard, Request};
use crate::sys::net::{option, socket};
use crate::sys::user::memory;
use crate::sys::{Errno, room};

const IP_SUCCESS: DWORD = 0;
const IP_BUF_TOO_SMALL: Code = Code::from_number(11_001);
const IP_DEST_NET_UNREACHABLE: DWORD = 11_002;
const IP_DEST_HOST_UNREACHABLE: DWORD = 11_003;
const IP_DEST_PROT_UNREACHABLE: DWORD = 11_004;
const IP_DEST_PORT_UNREACHABLE: DWORD = 11_005;
const IP_PACKET_TOO_BIG: DWORD = 11_009;
const IP_REQ_TIMED_OUT: Code = Code::from_number(11_010);
const IP_BAD_ROUTE: DWORD = 11_012;
const IP_TTL_EXPIRED_TRANSIT: DWORD = 11_013;
const IP_TTL_EXPIRED_REASSEM: DWORD = 11_014;
const IP_PARAM_PROBLEM: DWORD = 11_015;
const IP_SOURCE_QUENCH: DWORD = 11_016;
const IP_GENERAL_FAILURE: DWORD = 11_050;
const ERROR_NETWORK_UNREACHABLE: Code = Code::from_number(1231);
/// The flag of `IP_OPTION_INFORMATION`: the packet must not be divided.
const IP_FLAG_DF: u8 = 2;

/// The status for a message of ICMP by its type and code.
const fn status(kind: u8, code: u8) -> DWORD {
    match (kind, code) {
        (3, 0 | 6 | 9 | 11) => IP_DEST_NET_UNREACHABLE,
        (3, 2) => IP_DEST_PROT_UNREACHABLE,
        (3, 3) => IP_DEST_PORT_UNREACHABLE,
        (3, 4) => IP_PACKET_TOO_BIG,
        (3, 5) => IP_BAD_ROUTE,
        (3, _) => IP_DEST_HOST_UNREACHABLE,
        (4, _) => IP_SOURCE_QUENCH,
        (11, 0) => IP_TTL_EXPIRED_TRANSIT,
        (11, _) => IP_TTL_EXPIRED_REASSEM,
        (12, _) => IP_PARAM_PROBLEM,
        _ => IP_GENERAL_FAILURE,
    }
}

/// `HANDLE IcmpCreateFile(void)`
///
/// A handle with which echo requests are sent. Linux lets who may make raw sockets, or is in a group that
/// `net.ipv4.ping_group_range` names.
///
/// # Returns
/// A handle, which `IcmpCloseHandle` closes, or INVALID_HANDLE_VALUE.
///
/// # Errors
/// * `ERROR_ACCESS_DENIED`: the system does not let this user.
/// * `ERROR_TOO_MANY_OPEN_FILES`, `ERROR_NOT_ENOUGH_MEMORY`.
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_IcmpCreateFile() -> HANDLE {
    give(echo::token().map(|fd| fd.to_socket()).map_err(Code::from), usize::MAX) as HANDLE
}

/// A handle of `IcmpCreateFile`.
fn check(handle: HANDLE) -> Answer<()> {
    let fd = descriptor(handle)?;
    let protocol = option::get_int(fd, libc::SOL_SOCKET, libc::SO_PROTOCOL);
    if protocol == Ok(libc::IPPROTO_ICMP) { Ok(()) } else { Err(Code::ERROR_INVALID_HANDLE) }
}

/// `BOOL IcmpCloseHandle(HANDLE IcmpHandle)`
///
/// Closes a handle of `IcmpCreateFile`.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`: none of that kind.
///
/// Source: Windows documentation.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_IcmpCloseHandle(IcmpHandle: HANDLE) -> BOOL {
    truth(check(IcmpHandle).and_then(|()| descriptor(IcmpHandle)).map(socket::close))
}

/// What all three ways of asking are given.
struct Given {
    handle: HANDLE,
    from: ULONG,
    to: ULONG,
    data: *const c_void,
    len: WORD,
    options: *const IP_OPTION_INFORMATION,
    buffer: *mut c_void,
    room: DWORD,
    limit: DWORD,
}

/// What is told of the answer.
struct Told {
    from: Ipv4Addr,
    status: DWORD,
    ttl: u8,
    tos: u8,
    data: Vec<u8>,
}

/// What the kernel says at once, in the words in which Windows reports it: as a reply from here, or as a failure.
fn refused(errno: Errno, here: Ipv4Addr) -> Answer<(Told, Duration)> {
    let told = |status| Ok((Told { from: here, status, ttl: 0, tos: 0, data: Vec::new() }, Duration::ZERO));
    match errno.number() {
        libc::EHOSTUNREACH => told(IP_DEST_HOST_UNREACHABLE),
        libc::EMSGSIZE => told(IP_PACKET_TOO_BIG),
        libc::ENETUNREACH => Err(ERROR_NETWORK_UNREACHABLE),
        libc::EADDRNOTAVAIL => Err(Code::ERROR_INVALID_PARAMETER),
        _ => Err(errno.into()),
    }
}

/// # Safety
/// `data` and `options` are in pointers, `buffer` a buffer.
unsafe fn ask(given: &Given) -> Answer<DWORD> {
    let head = size_of::<ICMP_ECHO_REPLY>();
    check(given.handle)?;
    let room = given.room as usize;
    if given.buffer.is_null() || room < head {
        return Err(if given.buffer.is_null() {
            Code::ERROR_INVALID_PARAMETER
        } else {
            Code::ERROR_INSUFFICIENT_BUFFER
        });
    }
    let mut data = room::filled(0_u8, usize::from(given.len))?;
    for (at, byte) in data.iter_mut().enumerate() {
        // SAFETY: passed on to the caller.
        *byte =
            unsafe { memory::read(given.data.cast::<u8>().wrapping_add(at)) }.ok_or(Code::ERROR_NOACCESS)?;
    }
    let options = if given.options.is_null() {
        None
    } else {
        // SAFETY: passed on to the caller; any bytes are numbers and an address.
        Some(unsafe { memory::read(given.options) }.ok_or(Code::ERROR_NOACCESS)?)
    };
    if options.is_some_and(|options| options.OptionsSize > 0) {
        return Err(Code::ERROR_NOT_SUPPORTED);
    }
    let address = |number: ULONG| Ipv4Addr::from(number.to_ne_bytes());
    let to = address(given.to);
    if to.is_unspecified() {
        return Err(Code::from_number(11_018)); // IP_BAD_DESTINATION
    }
    let request = Request {
        to,
        from: (given.from != 0).then(|| address(given.from)),
        ttl: options.map_or(128, |options| options.Ttl.max(1)),
        tos: options.map_or(0, |options| options.Tos),
        whole: options.is_some_and(|options| options.Flags & IP_FLAG_DF != 0),
        data: &data,
    };
    let (told, took) = match echo::ask(&request, Duration::from_millis(given.limit.into())) {
        Ok(None) => return Err(IP_REQ_TIMED_OUT),
        Ok(Some((Heard::Reply { from, ttl, tos, data }, took))) => {
            (Told { from, status: IP_SUCCESS, ttl, tos, data }, took)
        }
        Ok(Some((Heard::Message { from, kind, code }, took))) => {
            (Told { from, status: status(kind, code), ttl: 0, tos: 0, data: Vec::new() }, took)
        }
        Err(errno) => refused(errno, request.from.unwrap_or(Ipv4Addr::LOCALHOST))?,
    };
    if head + told.data.len() > room {
        return Err(IP_BUF_TOO_SMALL);
    }
    let behind = given.buffer.cast::<u8>().wrapping_add(head);
    let reply = ICMP_ECHO_REPLY {
        Address: ULONG::from_ne_bytes(told.from.octets()),
        Status: told.status,
        RoundTripTime: DWORD::try_from(took.as_millis()).unwrap_or(DWORD::MAX),
        DataSize: WORD::try_from(told.data.len()).unwrap_or(WORD::MAX),
        Reserved: 1,
        Data: behind.cast(),
        Options: IP_OPTION_INFORMATION {
            Ttl: told.ttl,
            Tos: told.tos,
            Flags: 0,
            OptionsSize: 0,
            OptionsData: std::ptr::null_mut(),
        },
    };
    // SAFETY: a buffer with room for both.
    unsafe {
        put(given.buffer.cast(), reply)?;
        put_all(behind, &told.data)?;
    }
    Ok(1)
}

/// `DWORD IcmpSendEcho(HANDLE IcmpHandle, IPAddr DestinationAddress, LPVOID RequestData, WORD RequestSize, PIP_OPTION_INFORMATION RequestOptions, LPVOID ReplyBuffer, DWORD ReplySize, DWORD Timeout)`
///
/// Sends an echo request to an address of IPv4, in network order, and waits for the reply, `Timeout` milliseconds at most. The
/// buffer gets an `ICMP_ECHO_REPLY` and behind it the data that came back. Other machines' messages about the request, as that
/// the host cannot be reached, are replies with another `Status` than 0. Of the options TTL, type of service and IP_FLAG_DF are
/// taken.
///
/// # Returns
/// How many replies there are in the buffer: 1, or 0.
///
/// # Errors
/// * `IP_REQ_TIMED_OUT` (11010): nothing came.
/// * `ERROR_INVALID_HANDLE`: not of `IcmpCreateFile`.
/// * `ERROR_INVALID_PARAMETER`: no buffer.
/// * `ERROR_INSUFFICIENT_BUFFER`, `IP_BUF_TOO_SMALL` (11001): no room for the structure; none for the data behind it.
/// * `IP_BAD_DESTINATION` (11018): the address 0.
/// * `ERROR_NETWORK_UNREACHABLE` (1231): no route leads there.
/// * `ERROR_NOT_SUPPORTED`: options of IP, such as a route to take.
/// * `ERROR_ACCESS_DENIED`: the system does not let this user, or a broadcast address.
/// * `ERROR_NOACCESS`: a pointer is bad.
///
/// Source: Windows documentation.
///
/// # Safety
/// `RequestData` and `RequestOptions` are in pointers, `ReplyBuffer` is a buffer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_IcmpSendEcho(
    IcmpHandle: HANDLE,
    DestinationAddress: ULONG,
    RequestData: *mut c_void,
    RequestSize: WORD,
    RequestOptions: *mut IP_OPTION_INFORMATION,
    ReplyBuffer: *mut c_void,
    ReplySize: DWORD,
    Timeout: DWORD,
) -> DWORD {
    let given = Given {
        handle: IcmpHandle,
        from: 0,
        to: DestinationAddress,
        data: RequestData,
        len: RequestSize,
        options: RequestOptions,
        buffer: ReplyBuffer,
        room: ReplySize,
        limit: Timeout,
    };
    // SAFETY: in pointers and a buffer.
    give(unsafe { ask(&given) }, 0)
}

/// `DWORD IcmpSendEcho2(HANDLE IcmpHandle, HANDLE Event, void *ApcRoutine, void *ApcContext, IPAddr DestinationAddress, LPVOID RequestData, WORD RequestSize, PIP_OPTION_INFORMATION RequestOptions, LPVOID ReplyBuffer, DWORD ReplySize, DWORD Timeout)`
///
/// [`IcmpSendEcho`](ws2_IcmpSendEcho), where neither an event nor a routine is given.
///
/// # Returns
/// As there.
///
/// # Errors
/// As there, and `ERROR_NOT_SUPPORTED` for an event or a routine.
///
/// Source: Windows documentation.
///
/// # Safety
/// `RequestData` and `RequestOptions` are in pointers, `ReplyBuffer` is a buffer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_IcmpSendEcho2(
    IcmpHandle: HANDLE,
    Event: HANDLE,
    ApcRoutine: *mut c_void,
    ApcContext: *mut c_void,
    DestinationAddress: ULONG,
    RequestData: *mut c_void,
    RequestSize: WORD,
    RequestOptions: *mut IP_OPTION_INFORMATION,
    ReplyBuffer: *mut c_void,
    ReplySize: DWORD,
    Timeout: DWORD,
) -> DWORD {
    // SAFETY: in pointers and a buffer.
    unsafe {
        ws2_IcmpSendEcho2Ex(
            IcmpHandle,
            Event,
            ApcRoutine,
            ApcContext,
            0,
            DestinationAddress,
            RequestData,
            RequestSize,
            RequestOptions,
            ReplyBuffer,
            ReplySize,
            Timeout,
        )
    }
}

/// `DWORD IcmpSendEcho2Ex(HANDLE IcmpHandle, HANDLE Event, void *ApcRoutine, void *ApcContext, IPAddr SourceAddress, IPAddr DestinationAddress, LPVOID RequestData, WORD RequestSize, PIP_OPTION_INFORMATION RequestOptions, LPVOID ReplyBuffer, DWORD ReplySize, DWORD Timeout)`
///
/// [`IcmpSendEcho2`](ws2_IcmpSendEcho2) from an address of this machine; 0 lets the system choose.
///
/// # Returns
/// As there.
///
/// # Errors
/// As there, and `ERROR_INVALID_PARAMETER` for an address that this machine does not have.
///
/// Source: Windows documentation.
///
/// # Safety
/// `RequestData` and `RequestOptions` are in pointers, `ReplyBuffer` is a buffer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_IcmpSendEcho2Ex(
    IcmpHandle: HANDLE,
    Event: HANDLE,
    ApcRoutine: *mut c_void,
    ApcContext: *mut c_void,
    SourceAddress: ULONG,
    DestinationAddress: ULONG,
    RequestData: *mut c_void,
    RequestSize: WORD,
    RequestOptions: *mut IP_OPTION_INFORMATION,
    ReplyBuffer: *mut c_void,
    ReplySize: DWORD,
    Timeout: DWORD,
) -> DWORD {
    let _ = ApcContext;
    if !Event.is_null() || !ApcRoutine.is_null() {
        set(Code::ERROR_NOT_SUPPORTED);
        return 0;
    }
    let given = Given {
        handle: IcmpHandle,
        from: SourceAddress,
        to: DestinationAddress,
        data: RequestData,
        len: RequestSize,
        options: RequestOptions,
        buffer: ReplyBuffer,
        room: ReplySize,
        limit: Timeout,
    };
    // SAFETY: in pointers and a buffer.
    give(unsafe { ask(&given) }, 0)
}

/// `DWORD IcmpParseReplies(LPVOID ReplyBuffer, DWORD ReplySize)`
///
/// How many replies a buffer of `IcmpSendEcho2` has.
///
/// # Returns
/// 1, or 0.
///
/// # Errors
/// * `ERROR_INSUFFICIENT_BUFFER`: no room for a reply.
/// * `ERROR_NOACCESS`: the buffer cannot be read.
/// * `ERROR_GEN_FAILURE`: no reply is in it.
///
/// Source: Windows documentation.
///
/// # Safety
/// `ReplyBuffer` is an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_IcmpParseReplies(ReplyBuffer: *mut c_void, ReplySize: DWORD) -> DWORD {
    if (ReplySize as usize) < size_of::<ICMP_ECHO_REPLY>() {
        set(Code::ERROR_INSUFFICIENT_BUFFER);
        return 0;
    }
    // SAFETY: an in pointer; any bytes are numbers and addresses.
    let reply = unsafe { memory::read(ReplyBuffer.cast::<ICMP_ECHO_REPLY>().cast_const()) };
    give(
        reply.ok_or(Code::ERROR_NOACCESS).and_then(|reply| match reply.Reserved {
            1 => Ok(1),
            _ => Err(Code::ERROR_GEN_FAILURE),
        }),
        0,
    )
}
