//! `getaddrinfo`, `getnameinfo` and their kin: between names and socket addresses.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::{CStr, CString, c_char, c_int};
use std::fmt;

use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::ffi::call::call_for_code;
use crate::ffi::names::inet::Quoted;
use crate::ffi::names::netdb_image;
use crate::ffi::types::netdb::{ADDRINFOW, ws2_addrinfo};
use crate::ffi::types::{DWORD, WCHAR, ws2_sockaddr};
use crate::names::{self, Hints, SocketAddress, Wanted};
use crate::sys::process::sanitizer;
use crate::sys::room::{self, Made};
use crate::sys::user::memory;

const BAD_NAME: Failure = WsaError::WSAEFAULT.because("a name cannot be read");
const NO_TEXT: Failure = WsaError::WSAHOST_NOT_FOUND.because("a name is no text in UTF-16");

/// A text of the caller as the trace shows it.
pub(in crate::ffi) struct Shown(pub(in crate::ffi) *const c_char);

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // SAFETY: an in pointer of the call that is traced.
        write!(f, "{}", Quoted(unsafe { memory::text(self.0) }))
    }
}

/// The same in 16-bit characters.
pub(in crate::ffi) struct ShownWide(pub(in crate::ffi) *const WCHAR);

impl fmt::Display for ShownWide {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // SAFETY: an in pointer of the call that is traced.
        let text = unsafe { memory::wide_text(self.0) };
        // For the trace only, which wants memory anyway.
        let text = text.ok().flatten().map(|text| String::from_utf16_lossy(&text));
        write!(f, "{}", Quoted(text.and_then(|text| std::ffi::CString::new(text).ok()).as_deref()))
    }
}

/// A name that may be missing.
///
/// # Safety
/// `from` is an in pointer.
pub(in crate::ffi) unsafe fn name(from: *const c_char) -> Result<Option<CString>, Failure> {
    if from.is_null() {
        return Ok(None);
    }
    // SAFETY: passed on to the caller.
    let text = unsafe { memory::text(from) }.ok_or(BAD_NAME)?;
    Ok(Some(room::c_text(text.to_bytes())?))
}

/// The same in 16-bit characters; inside, names are UTF-8.
///
/// # Safety
/// `from` is an in pointer.
pub(in crate::ffi) unsafe fn wide_name(from: *const WCHAR) -> Result<Option<CString>, Failure> {
    if from.is_null() {
        return Ok(None);
    }
    // SAFETY: passed on to the caller.
    let units = unsafe { memory::wide_text(from) }?.ok_or(BAD_NAME)?;
    let text = room::narrowed(&units)?.ok_or(NO_TEXT)?;
    Ok(Some(room::c_text(text.as_bytes())?))
}

/// A text in 16-bit characters with its end.
pub(in crate::ffi) fn widened(text: &CStr) -> Made<Vec<u16>> {
    room::widened(text.to_bytes())
}

pub(in crate::ffi) fn bytes_of(units: &[u16]) -> Made<Vec<u8>> {
    room::list(units.iter().flat_map(|unit| unit.to_ne_bytes()))
}

/// A name in bytes, with its NUL: in 16-bit units where it is wide.
pub(in crate::ffi) fn encoded(name: &CStr, wide: bool) -> Made<Vec<u8>> {
    if wide { bytes_of(&widened(name)?) } else { room::copy(name.to_bytes_with_nul()) }
}

/// # Safety
/// `from` is an in pointer; the two kinds of `addrinfo` have one layout.
unsafe fn hints(from: *const ws2_addrinfo) -> Result<Hints, Failure> {
    if from.is_null() {
        return Ok(Hints::default());
    }
    // SAFETY: passed on to the caller; any bits are a value of the structure.
    let given = unsafe { memory::read(from) }.ok_or(WsaError::WSAEFAULT.because("pHints cannot be read"))?;
    Ok(Hints {
        flags: given.ai_flags,
        family: given.ai_family,
        socket_type: given.ai_socktype,
        protocol: given.ai_protocol,
        overfull: given.ai_addrlen != 0
            || !given.ai_canonname.is_null()
            || !given.ai_addr.is_null()
            || !given.ai_next.is_null(),
    })
}

const UNWRITABLE: Failure = WsaError::WSAEFAULT.because("ppResult cannot be written");

/// A host that is an address written out, with a port that is a number, or without one: answered without copies of the
/// names. Whether that is what was asked for; otherwise nothing is written.
///
/// # Safety
/// `node`, `service` and `given` are in pointers, `result` an out pointer.
unsafe fn resolve_number(
    node: *const c_char,
    service: *const c_char,
    given: *const ws2_addrinfo,
    result: *mut *mut ws2_addrinfo,
) -> Result<bool, Failure> {
    // SAFETY: passed on to the caller.
    unsafe {
        let service = if service.is_null() { Some(c"") } else { memory::text(service) };
        let (Ok(hints), Some(service), Some(node)) = (hints(given), service, memory::text(node)) else {
            return Ok(false);
        };
        let Some(address) = names::written_out_address(node, service, hints) else { return Ok(false) };
        let list = netdb_image::list_of_one(&address, hints)?;
        if !memory::write(result, list) {
            netdb_image::free(list);
            return Err(UNWRITABLE);
        }
    }
    Ok(true)
}

/// What both kinds of `getaddrinfo` do: `result` is NULL first, and the list in the end.
///
/// # Safety
/// `given` is an in pointer, `result` an out pointer.
unsafe fn resolve_into(
    names: impl FnOnce() -> Result<(Option<CString>, Option<CString>), Failure>,
    given: *const ws2_addrinfo,
    result: *mut *mut ws2_addrinfo,
    encode: impl FnOnce(&CStr) -> Made<Vec<u8>>,
) -> Result<(), Failure> {
    // SAFETY: passed on to the caller.
    unsafe {
        if !memory::write(result, std::ptr::null_mut()) {
            return Err(UNWRITABLE);
        }
        let hints = hints(given)?;
        let (node, service) = names()?;
        let answer = names::addresses(node.as_deref(), service.as_deref(), hints)?;
        let canonical = answer.canonical_name.as_deref().map(encode).transpose()?.unwrap_or_default();
        let list = netdb_image::list(&answer, hints, &canonical)?;
        if !memory::write(result, list) {
            netdb_image::free(list);
            return Err(UNWRITABLE);
        }
    }
    Ok(())
}

/// `int getaddrinfo(PCSTR pNodeName, PCSTR pServiceName, const ADDRINFOA *pHints, PADDRINFOA *ppResult)`
///
/// The addresses of a host with the port of a service, as a list for [`freeaddrinfo`](ws2_freeaddrinfo). Every address comes
/// once, with the socket type and the protocol of the hints, 0 without hints. Where the hints leave the type open, and only
/// TCP or only UDP knows the service that is named, it is `SOCK_STREAM` or `SOCK_DGRAM`. A service that is a number is read
/// as C's `strtoul` reads it, and its last 16 bits are the port: `"65537"` is port 1. An empty `pNodeName`, the
/// machine's own name and `..localmachine` mean this machine's addresses, `localhost` its loopback addresses;
/// none at all means the loopback addresses, or with `AI_PASSIVE` those to listen on. Names are resolved as the
/// machine's C library does. A name that is not ASCII, in UTF-8, is looked up as IDNA has it (`xn--…`), unless
/// `AI_DISABLE_IDN_ENCODING` is set.
///
/// # Returns
/// 0, or the error code itself. The last error is the same number.
///
/// # Errors
/// * `WSANOTINITIALISED`: no [`WSAStartup`](crate::ffi::WSAStartup) is in effect.
/// * `WSAEFAULT`: `ppResult` cannot be written, or `pHints` or a name cannot be read.
/// * `WSAHOST_NOT_FOUND` (`EAI_NONAME`): both names are NULL; there is no such host; `AI_NUMERICHOST` with
///   anything but a number, or `AI_NUMERICSERV` with a service's name; a number of another family.
/// * `WSANO_RECOVERY` (`EAI_FAIL`): a field of the hints is set that must be 0; or the resolver failed for good.
/// * `WSAEINVAL` (`EAI_BADFLAGS`): unknown flags; `AI_CANONNAME` with `AI_FQDN`, or either without `pNodeName`.
/// * `WSAEAFNOSUPPORT` (`EAI_FAMILY`): `ai_family` is none of 0, 2 and 23.
/// * `WSAESOCKTNOSUPPORT` (`EAI_SOCKTYPE`): `ai_socktype` is none of 0, `SOCK_STREAM`, `SOCK_DGRAM`, `SOCK_RAW`.
/// * `WSATYPE_NOT_FOUND` (`EAI_SERVICE`): no such service for the socket type.
/// * `WSATRY_AGAIN` (`EAI_AGAIN`): no name server could tell.
/// * `WSANO_DATA`: the host has no address of the family.
/// * `WSA_NOT_ENOUGH_MEMORY` (`EAI_MEMORY`).
///
/// Source: Windows documentation, and Windows as measured by Wine's tests: the list's fields, the order of the
/// first checks, brackets around IPv6. `WSAEINVAL` for a canonical name of no host follows `wspiapi.h`; the page
/// says `WSANO_RECOVERY` in one place and `EAI_BADFLAGS` in another. Rows X31 and X32.
///
/// # Safety
/// `pNodeName`, `pServiceName` and `pHints` are in pointers, `ppResult` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_getaddrinfo(
    pNodeName: *const c_char,
    pServiceName: *const c_char,
    pHints: *const ws2_addrinfo,
    ppResult: *mut *mut ws2_addrinfo,
) -> c_int {
    call_for_code(
        |f| write!(f, "getaddrinfo({}, {})", Shown(pNodeName), Shown(pServiceName)),
        // SAFETY: in and out pointers, as this function asks for.
        |_| unsafe {
            if resolve_number(pNodeName, pServiceName, pHints, ppResult)? {
                return Ok(());
            }
            let names = || Ok((name(pNodeName)?, name(pServiceName)?));
            resolve_into(names, pHints, ppResult, |name| encoded(name, false))
        },
    )
}

/// `INT GetAddrInfoW(PCWSTR pNodeName, PCWSTR pServiceName, const ADDRINFOW *pHints, PADDRINFOW *ppResult)`
///
/// [`getaddrinfo`](ws2_getaddrinfo) with 16-bit characters; the list is for [`FreeAddrInfoW`].
///
/// # Returns
/// 0, or the error code itself. The last error is the same number.
///
/// # Errors
/// As [`getaddrinfo`](ws2_getaddrinfo); also `WSAHOST_NOT_FOUND` for a name that is no text in UTF-16.
///
/// Source: Windows documentation, Wine's tests.
///
/// # Safety
/// `pNodeName`, `pServiceName` and `pHints` are in pointers, `ppResult` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn GetAddrInfoW(
    pNodeName: *const WCHAR,
    pServiceName: *const WCHAR,
    pHints: *const ADDRINFOW,
    ppResult: *mut *mut ADDRINFOW,
) -> c_int {
    call_for_code(
        |f| write!(f, "GetAddrInfoW({}, {})", ShownWide(pNodeName), ShownWide(pServiceName)),
        // SAFETY: in and out pointers, as this function asks for; both kinds of `addrinfo` have one layout, and
        // the canonical name is written in 16-bit units.
        |_| unsafe {
            let names = || Ok((wide_name(pNodeName)?, wide_name(pServiceName)?));
            resolve_into(names, pHints.cast(), ppResult.cast(), |name| encoded(name, true))
        },
    )
}

/// `void freeaddrinfo(PADDRINFOA pAddrInfo)`
///
/// Gives a list of [`getaddrinfo`](ws2_getaddrinfo) back, from the given entry to its end. NULL is nothing to do. Works
/// without [`WSAStartup`](crate::ffi::WSAStartup) and leaves the last error alone.
///
/// Source: Windows documentation.
///
/// # Safety
/// `pAddrInfo` is NULL or an entry of such a list, of which nothing is used any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_freeaddrinfo(pAddrInfo: *mut ws2_addrinfo) {
    // SAFETY: passed on to the caller.
    unsafe { netdb_image::free(pAddrInfo) };
}

/// `void FreeAddrInfoW(PADDRINFOW pAddrInfo)`
///
/// [`freeaddrinfo`](ws2_freeaddrinfo) for a list of [`GetAddrInfoW`].
///
/// Source: Windows documentation.
///
/// # Safety
/// `pAddrInfo` is NULL or an entry of such a list, of which nothing is used any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn FreeAddrInfoW(pAddrInfo: *mut ADDRINFOW) {
    // SAFETY: passed on to the caller; both kinds of `addrinfo` have one layout.
    unsafe { netdb_image::free(pAddrInfo.cast()) };
}

/// Where a name goes: a buffer of so many characters.
#[derive(Clone, Copy)]
struct Room<T> {
    to: *mut T,
    len: DWORD,
}

impl<T: Copy> Room<T> {
    fn is_wanted(self) -> Result<bool, Failure> {
        match (self.to.is_null(), self.len) {
            (false, 0) => Err(WsaError::WSAEINVAL.because("a name is asked for, into a buffer of no length")),
            (null, _) => Ok(!null),
        }
    }

    /// Checks that the text, given with its end, can be written.
    fn check(self, text: &[T]) -> Result<(), Failure> {
        if usize::try_from(self.len).is_ok_and(|len| len < text.len()) {
            return Err(WsaError::WSA_NOT_ENOUGH_MEMORY.because("the buffer is too short for the name"));
        }
        if !memory::writable(self.to as usize, size_of_val(text)) {
            return Err(WsaError::WSAEFAULT.because("the buffer for a name cannot be written"));
        }
        Ok(())
    }
}

/// What both kinds of `getnameinfo` do: both names are written, or nothing is.
///
/// # Safety
/// `address` is an in pointer, the rooms are out pointers.
unsafe fn names_into<T: Copy>(
    address: *const ws2_sockaddr,
    len: c_int,
    host: Room<T>,
    service: Room<T>,
    flags: c_int,
    encode: impl Fn(&CStr) -> Made<Vec<T>>,
) -> Result<(), Failure> {
    // SAFETY: passed on to the caller.
    let address = unsafe { socket_address(address, len) }?;
    let wanted = Wanted { host: host.is_wanted()?, service: service.is_wanted()? };
    let (host_name, service_name) = names::names(&address, wanted, flags)?;
    let text = |name: Option<CString>| name.map(|name| encode(&name)).transpose();
    let texts =
        [(host, text(host_name)?.unwrap_or_default()), (service, text(service_name)?.unwrap_or_default())];
    for (room, text) in &texts {
        room.check(text)?;
    }
    for (room, text) in &texts {
        // SAFETY: writable for so many characters, as just asked; the address may be unaligned.
        unsafe { room.to.cast::<u8>().copy_from(text.as_ptr().cast(), size_of_val(text.as_slice())) };
        sanitizer::hands_out(room.to.addr(), size_of_val(text.as_slice()));
    }
    Ok(())
}

/// # Safety
/// `from` is an in pointer.
unsafe fn socket_address(from: *const ws2_sockaddr, len: c_int) -> Result<SocketAddress, Failure> {
    let bad = WsaError::WSAEFAULT.because("the address cannot be read");
    // SAFETY: passed on to the caller; any bytes are values.
    unsafe {
        match len {
            28.. => SocketAddress::from_bytes(&memory::read(from.cast::<[u8; 28]>()).ok_or(bad)?),
            16.. => SocketAddress::from_bytes(&memory::read(from.cast::<[u8; 16]>()).ok_or(bad)?),
            2.. => SocketAddress::from_bytes(&memory::read(from.cast::<[u8; 2]>()).ok_or(bad)?),
            _ => SocketAddress::from_bytes(&[]),
        }
    }
}

/// `INT getnameinfo(const SOCKADDR *pSockaddr, socklen_t SockaddrLength, PCHAR pNodeBuffer, DWORD NodeBufferSize,
/// PCHAR pServiceBuffer, DWORD ServiceBufferSize, INT Flags)`
///
/// The names of the host and of the service behind an address; a buffer that is NULL is not asked for. Where
/// there is no name the number is written, unless `NI_NAMEREQD` forbids it. The scope of a link-local address
/// follows `%` as a number.
///
/// # Returns
/// 0, or the error code itself. The last error is the same number. After an error nothing is written.
///
/// # Errors
/// * `WSANOTINITIALISED`: no [`WSAStartup`](crate::ffi::WSAStartup) is in effect.
/// * `WSAEFAULT`: the address cannot be read or is too short for its family, or a buffer cannot be written.
/// * `WSAEAFNOSUPPORT` (`EAI_FAMILY`): the address is of neither `AF_INET` nor `AF_INET6`.
/// * `WSAHOST_NOT_FOUND` (`EAI_NONAME`): both buffers are NULL; or `NI_NAMEREQD`, and the address has no name.
/// * `WSAEINVAL` (`EAI_BADFLAGS`): a buffer without length; unknown flags; `NI_NAMEREQD` with `NI_NUMERICHOST`.
/// * `WSA_NOT_ENOUGH_MEMORY` (`EAI_MEMORY`): a buffer is too short.
/// * `WSATRY_AGAIN`, `WSANO_RECOVERY`: with `NI_NAMEREQD`, what the name service says.
///
/// Source: Windows documentation; for too short a buffer and for flags that exclude each other, of which the
/// page says nothing, the `getnameinfo` in Microsoft's `wspiapi.h`.
///
/// # Safety
/// `pSockaddr` is an in pointer, `pNodeBuffer` and `pServiceBuffer` are out pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_getnameinfo(
    pSockaddr: *const ws2_sockaddr,
    SockaddrLength: c_int,
    pNodeBuffer: *mut c_char,
    NodeBufferSize: DWORD,
    pServiceBuffer: *mut c_char,
    ServiceBufferSize: DWORD,
    Flags: c_int,
) -> c_int {
    let host = Room { to: pNodeBuffer.cast::<u8>(), len: NodeBufferSize };
    let service = Room { to: pServiceBuffer.cast::<u8>(), len: ServiceBufferSize };
    call_for_code(
        |f| write!(f, "getnameinfo({pSockaddr:p}, {SockaddrLength}, {Flags:#x})"),
        // SAFETY: in and out pointers, as this function asks for.
        |_| unsafe {
            let encode = |name: &CStr| room::copy(name.to_bytes_with_nul());
            names_into(pSockaddr, SockaddrLength, host, service, Flags, encode)
        },
    )
}

/// `INT GetNameInfoW(const SOCKADDR *pSockaddr, socklen_t SockaddrLength, PWCHAR pNodeBuffer,
/// DWORD NodeBufferSize, PWCHAR pServiceBuffer, DWORD ServiceBufferSize, INT Flags)`
///
/// [`getnameinfo`](ws2_getnameinfo) with 16-bit characters, of which the sizes are the counts.
///
/// # Returns
/// 0, or the error code itself. The last error is the same number. After an error nothing is written.
///
/// # Errors
/// As [`getnameinfo`](ws2_getnameinfo).
///
/// Source: Windows documentation.
///
/// # Safety
/// `pSockaddr` is an in pointer, `pNodeBuffer` and `pServiceBuffer` are out pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn GetNameInfoW(
    pSockaddr: *const ws2_sockaddr,
    SockaddrLength: c_int,
    pNodeBuffer: *mut WCHAR,
    NodeBufferSize: DWORD,
    pServiceBuffer: *mut WCHAR,
    ServiceBufferSize: DWORD,
    Flags: c_int,
) -> c_int {
    let host = Room { to: pNodeBuffer, len: NodeBufferSize };
    let service = Room { to: pServiceBuffer, len: ServiceBufferSize };
    call_for_code(
        |f| write!(f, "GetNameInfoW({pSockaddr:p}, {SockaddrLength}, {Flags:#x})"),
        // SAFETY: in and out pointers, as this function asks for.
        |_| unsafe { names_into(pSockaddr, SockaddrLength, host, service, Flags, widened) },
    )
}
