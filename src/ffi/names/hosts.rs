//! `gethostbyname` and the other functions of Winsock 1.1 that look something up. Their results belong to the
//! thread, one of each kind, until its next call of that kind.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::{CString, c_char, c_int};
use std::net::IpAddr;

use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::ffi::call::call;
use crate::ffi::names::netdb_image;
use crate::ffi::names::resolve::{Shown, name};
use crate::ffi::types::WCHAR;
use crate::ffi::types::netdb::{ws2_hostent, ws2_protoent, ws2_servent};
use crate::names;
use crate::sys::process::sanitizer;
use crate::sys::user::memory;

/// A name that must be there.
///
/// # Safety
/// `from` is an in pointer.
unsafe fn needed(from: *const c_char) -> Result<CString, Failure> {
    // SAFETY: passed on to the caller.
    unsafe { name(from) }?.ok_or(WsaError::WSAEFAULT.because("name is NULL"))
}

/// `struct hostent *gethostbyname(const char *name)`
///
/// The host of this name, with its IPv4 addresses. NULL, an empty name, `..localmachine` and the machine's own
/// name mean this machine, with the addresses of its interfaces: those of the one with the default route first,
/// the loopback address only if there is no other.
///
/// # Returns
/// The thread's `hostent`, valid until its next call of this function or of [`gethostbyaddr`](ws2_gethostbyaddr); or NULL.
///
/// # Errors
/// * `WSANOTINITIALISED`: no [`WSAStartup`](crate::ffi::WSAStartup) is in effect; before all else (NS1 to NS15).
/// * `WSAEFAULT`: `name` cannot be read.
/// * `WSAHOST_NOT_FOUND`: there is no such host.
/// * `WSATRY_AGAIN`: no name server could tell.
/// * `WSANO_RECOVERY`: the resolver failed for good.
/// * `WSANO_DATA`: the host has no IPv4 address.
///
/// Source: Windows documentation; this machine's addresses as measured by Wine's tests.
///
/// # Safety
/// `name` is an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_gethostbyname(name: *const c_char) -> *mut ws2_hostent {
    call(
        |f| write!(f, "gethostbyname({})", Shown(name)),
        |_| {
            // SAFETY: an in pointer.
            let name = unsafe { self::name(name) }?;
            netdb_image::host(&names::host_by_name(name.as_deref())?)
        },
    )
}

/// `struct hostent *gethostbyaddr(const char *addr, int len, int type)`
///
/// The host that has this address, given in network order.
///
/// # Returns
/// The thread's `hostent`, valid until its next call of this function or of [`gethostbyname`](ws2_gethostbyname); or NULL.
///
/// # Errors
/// * `WSANOTINITIALISED`: no [`WSAStartup`](crate::ffi::WSAStartup) is in effect; before all else.
/// * `WSAEAFNOSUPPORT`: `type` is neither `AF_INET` nor `AF_INET6`.
/// * `WSAEFAULT`: `addr` cannot be read, or `len` is less than 4 for `AF_INET`.
/// * `WSAEINVAL`: `len` is not 16 for `AF_INET6`.
/// * `WSAHOST_NOT_FOUND`, `WSATRY_AGAIN`, `WSANO_RECOVERY`, `WSANO_DATA`: as [`gethostbyname`](ws2_gethostbyname).
///
/// Source: Windows documentation.
///
/// # Safety
/// `addr` is an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_gethostbyaddr(
    addr: *const c_char,
    len: c_int,
    r#type: c_int,
) -> *mut ws2_hostent {
    call(
        |f| write!(f, "gethostbyaddr({addr:p}, {len}, {type})"),
        |_| {
            let bad = WsaError::WSAEFAULT.because("addr cannot be read");
            // SAFETY: an in pointer; any bytes are an address.
            let ip = unsafe {
                match names::address_len(r#type, len)? {
                    4 => IpAddr::from(memory::read(addr.cast::<[u8; 4]>()).ok_or(bad)?),
                    _ => IpAddr::from(memory::read(addr.cast::<[u8; 16]>()).ok_or(bad)?),
                }
            };
            netdb_image::host(&names::host_by_address(ip)?)
        },
    )
}

/// Writes the host's name, given with its end, if there is room for `len` units.
///
/// # Safety
/// `to` is an out pointer.
unsafe fn write_host_name<T: Copy>(to: *mut T, len: c_int, name: &[T]) -> Result<c_int, Failure> {
    if !usize::try_from(len).is_ok_and(|len| len >= name.len()) {
        return Err(WsaError::WSAEFAULT.because("namelen is too small for the name and its end"));
    }
    if !memory::writable(to as usize, size_of_val(name)) {
        return Err(WsaError::WSAEFAULT.because("name cannot be written"));
    }
    // SAFETY: writable, as just asked; the address may be unaligned.
    unsafe { to.cast::<u8>().copy_from(name.as_ptr().cast(), size_of_val(name)) };
    sanitizer::hands_out(to.addr(), size_of_val(name));
    Ok(0)
}

/// `int gethostname(char *name, int namelen)`
///
/// The machine's name, which [`gethostbyname`](ws2_gethostbyname) takes. After an error nothing is written.
///
/// # Returns
/// 0, or `SOCKET_ERROR`.
///
/// # Errors
/// * `WSANOTINITIALISED`: no [`WSAStartup`](crate::ffi::WSAStartup) is in effect.
/// * `WSAEFAULT`: `name` is NULL or cannot be written, or `namelen` is too small (A3).
///
/// Source: row A3, measured by Wine's tests.
///
/// # Safety
/// `name` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_gethostname(name: *mut c_char, namelen: c_int) -> c_int {
    call(
        |f| write!(f, "gethostname({name:p}, {namelen})"),
        // SAFETY: an out pointer.
        |_| unsafe { write_host_name(name.cast::<u8>(), namelen, names::host_name().to_bytes_with_nul()) },
    )
}

/// `int GetHostNameW(PWSTR name, int namelen)`
///
/// [`gethostname`](ws2_gethostname) in 16-bit characters, of which `namelen` is the count.
///
/// # Returns
/// 0, or `SOCKET_ERROR`.
///
/// # Errors
/// As [`gethostname`](ws2_gethostname).
///
/// Source: Windows documentation, Wine's tests.
///
/// # Safety
/// `name` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn GetHostNameW(name: *mut WCHAR, namelen: c_int) -> c_int {
    call(
        |f| write!(f, "GetHostNameW({name:p}, {namelen})"),
        // SAFETY: an out pointer.
        |_| unsafe {
            write_host_name(name, namelen, &crate::ffi::names::resolve::widened(&names::host_name())?)
        },
    )
}

/// `struct servent *getservbyname(const char *name, const char *proto)`
///
/// The service of this name or alias, in any letter case; without `proto` the first of that name. Known are the
/// entries of `/etc/services`.
///
/// # Returns
/// The thread's `servent`, valid until its next call of this function or of [`getservbyport`](ws2_getservbyport); or NULL.
///
/// # Errors
/// * `WSANOTINITIALISED`: no [`WSAStartup`](crate::ffi::WSAStartup) is in effect; before all else (NS1 to NS15).
/// * `WSAEFAULT`: `name` is NULL, or a text cannot be read.
/// * `WSANO_DATA`: there is none.
///
/// Source: Windows documentation.
///
/// # Safety
/// `name` and `proto` are in pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_getservbyname(name: *const c_char, proto: *const c_char) -> *mut ws2_servent {
    call(
        |f| write!(f, "getservbyname({}, {})", Shown(name), Shown(proto)),
        |_| {
            // SAFETY: in pointers.
            let (name, proto) = unsafe { (needed(name)?, self::name(proto)?) };
            netdb_image::service(&names::service_by_name(&name, proto.as_deref())?)
        },
    )
}

/// `struct servent *getservbyport(int port, const char *proto)`
///
/// The service at this port, given in network order in the lower 16 bits; without `proto` the first at it.
///
/// # Returns
/// The thread's `servent`, valid until its next call of this function or of [`getservbyname`](ws2_getservbyname); or NULL.
///
/// # Errors
/// * `WSANOTINITIALISED`: no [`WSAStartup`](crate::ffi::WSAStartup) is in effect; before all else (NS1 to NS15).
/// * `WSAEFAULT`: `proto` cannot be read.
/// * `WSANO_DATA`: there is none.
///
/// Source: Windows documentation.
///
/// # Safety
/// `proto` is an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_getservbyport(port: c_int, proto: *const c_char) -> *mut ws2_servent {
    call(
        |f| write!(f, "getservbyport({port}, {})", Shown(proto)),
        |_| {
            // SAFETY: an in pointer.
            let proto = unsafe { name(proto) }?;
            let [a, b, c, d] = port.to_ne_bytes();
            let low = if cfg!(target_endian = "little") { [a, b] } else { [c, d] };
            netdb_image::service(&names::service_by_port(
                u16::from_be(u16::from_ne_bytes(low)),
                proto.as_deref(),
            )?)
        },
    )
}

/// `struct protoent *getprotobyname(const char *name)`
///
/// The protocol of this name or alias, in any letter case. Known are the entries of `/etc/protocols`, and those
/// that Windows brings along.
///
/// # Returns
/// The thread's `protoent`, valid until its next call of this function or of [`getprotobynumber`](ws2_getprotobynumber); or NULL.
///
/// # Errors
/// * `WSANOTINITIALISED`: no [`WSAStartup`](crate::ffi::WSAStartup) is in effect.
/// * `WSAEFAULT`: `name` is NULL or cannot be read.
/// * `WSANO_DATA`: there is none.
///
/// Source: Windows documentation, Wine's tests.
///
/// # Safety
/// `name` is an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_getprotobyname(name: *const c_char) -> *mut ws2_protoent {
    call(
        |f| write!(f, "getprotobyname({})", Shown(name)),
        |_| {
            // SAFETY: an in pointer.
            let name = unsafe { needed(name) }?;
            netdb_image::protocol(&names::protocol_by_name(&name)?)
        },
    )
}

/// `struct protoent *getprotobynumber(int number)`
///
/// The protocol of this number.
///
/// # Returns
/// The thread's `protoent`, valid until its next call of this function or of [`getprotobyname`](ws2_getprotobyname); or NULL.
///
/// # Errors
/// * `WSANOTINITIALISED`: no [`WSAStartup`](crate::ffi::WSAStartup) is in effect.
/// * `WSANO_DATA`: there is none.
///
/// Source: Windows documentation, Wine's tests.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_getprotobynumber(number: c_int) -> *mut ws2_protoent {
    call(
        |f| write!(f, "getprotobynumber({number})"),
        |_| netdb_image::protocol(&names::protocol_by_number(number)?),
    )
}
