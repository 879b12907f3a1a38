//! `WSALookupServiceBeginA` and its kin: looking into name spaces, answer by answer.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::{CString, c_int, c_void};
use std::mem::offset_of;

use super::image::Image;
use super::netdb_image;
use super::resolve::{name, wide_name};
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::ffi::call::call;
use crate::ffi::kernel::types::HANDLE;
use crate::ffi::types::DWORD;
use crate::ffi::types::lookup::{
    AFPROTOCOLS, BLOB, CSADDR_INFO, SOCKET_ADDRESS, WSACOMPLETION, WSAQUERYSETA, WSAQUERYSETW,
};
use crate::names::lookup::{self, Found, Question};
use crate::names::spaces::SPACES;
use crate::sys::room;
use crate::sys::user::memory;

const RETURN_NAME: u32 = 0x10;
const RETURN_TYPE: u32 = 0x20;
const RETURN_ADDR: u32 = 0x100;
const RETURN_BLOB: u32 = 0x200;
const FLUSH_PREVIOUS: u32 = 0x2000;
/// `RESULT_IS_ALIAS`.
const IS_ALIAS: u32 = 1;
/// `SIO_NSP_NOTIFY_CHANGE`.
const NOTIFY_CHANGE: u32 = 0x8800_0019;
/// `NSP_NOTIFY_IMMEDIATELY`.
const IMMEDIATELY: u32 = 0;

const BAD: Failure = WsaError::WSAEFAULT.because("the query or the handle's place cannot be used");

/// Begins a search for the query, whose two kinds differ in their texts only.
///
/// # Safety
/// `query` and what it points to are in pointers, `handle` is an out pointer.
unsafe fn begin(
    query: *const WSAQUERYSETA,
    flags: DWORD,
    handle: *mut HANDLE,
    text: impl FnOnce(&WSAQUERYSETA) -> Result<Option<CString>, Failure>,
) -> Result<c_int, Failure> {
    // SAFETY: passed on to the caller; any bits are a value.
    let given = unsafe { memory::read(query) }.ok_or(BAD)?;
    if usize::try_from(given.dwSize).is_ok_and(|size| size < size_of::<WSAQUERYSETA>()) {
        return Err(WsaError::WSAEINVAL.because("dwSize is too small"));
    }
    if !memory::writable(handle.addr(), size_of::<HANDLE>()) {
        return Err(BAD);
    }
    let class = if given.lpServiceClassId.is_null() {
        None
    } else {
        // SAFETY: passed on to the caller; any bytes are a value.
        Some(unsafe { memory::read(given.lpServiceClassId.cast::<[u8; 16]>()) }.ok_or(BAD)?)
    };
    let family = if given.dwNumberOfProtocols > 0 {
        // SAFETY: passed on to the caller; any bits are a value.
        let first: AFPROTOCOLS = unsafe { memory::read(given.lpafpProtocols) }.ok_or(BAD)?;
        first.iAddressFamily
    } else {
        0
    };
    let name = text(&given)?;
    let number = lookup::begin(Question { space: given.dwNameSpace, class, name, family, flags })?;
    // SAFETY: passed on to the caller; found writable.
    if unsafe { memory::write(handle, std::ptr::without_provenance_mut(number)) } { Ok(0) } else { Err(BAD) }
}

fn text(image: &mut Image, at: usize, text: &std::ffi::CStr, wide: bool) {
    let to = if wide {
        let to = image.room(0);
        image.wide(text);
        to
    } else {
        image.append(text.to_bytes_with_nul())
    };
    image.pointer(at, to);
}

/// The answer as the structure of both kinds, with all that it points to.
fn image(question: &Question, found: &Found, flags: u32, wide: bool) -> Result<Image, Failure> {
    let mut image = Image::of::<WSAQUERYSETA>();
    let size = DWORD::try_from(size_of::<WSAQUERYSETA>()).unwrap_or(0);
    image.long(offset_of!(WSAQUERYSETA, dwSize), size);
    let space = SPACES.iter().find(|space| space.number == question.space).or(SPACES.first());
    if let Some(space) = space {
        image.long(offset_of!(WSAQUERYSETA, dwNameSpace), space.number);
        let at = image.append(&space.provider);
        image.pointer(offset_of!(WSAQUERYSETA, lpNSProviderId), at);
    }
    if let Some(class) = question.class.filter(|_| flags & RETURN_TYPE != 0) {
        let at = image.append(&class);
        image.pointer(offset_of!(WSAQUERYSETA, lpServiceClassId), at);
    }
    image.long(offset_of!(WSAQUERYSETA, dwOutputFlags), if found.is_alias { IS_ALIAS } else { 0 });
    if flags & RETURN_NAME != 0 {
        text(&mut image, offset_of!(WSAQUERYSETA, lpszServiceInstanceName), &found.name, wide);
    }
    if flags & RETURN_ADDR != 0 && !found.addresses.is_empty() {
        put_addresses(&mut image, found);
    }
    if flags & RETURN_BLOB != 0 {
        put_blob(&mut image, found)?;
    }
    image.complete()?;
    Ok(image)
}

fn put_addresses(image: &mut Image, found: &Found) {
    const SIZE: usize = size_of::<CSADDR_INFO>();
    const REMOTE: usize = offset_of!(CSADDR_INFO, RemoteAddr);
    let count = found.addresses.len();
    image.long(offset_of!(WSAQUERYSETA, dwNumberOfCsAddrs), DWORD::try_from(count).unwrap_or(0));
    let table = image.room(SIZE * count);
    image.pointer(offset_of!(WSAQUERYSETA, lpcsaBuffer), table);
    for (nth, (address, kind, protocol)) in found.addresses.iter().enumerate() {
        let at = table + nth * SIZE;
        let bytes = address.bytes();
        let len = DWORD::try_from(bytes.len()).unwrap_or(0);
        let remote = image.room(bytes.len());
        image.put(remote, bytes);
        // The local end: the family's wildcard.
        let local = image.room(bytes.len());
        image.put(local, bytes.get(..2).unwrap_or_default());
        for (place, to) in [(at, local), (at + REMOTE, remote)] {
            image.pointer(place + offset_of!(SOCKET_ADDRESS, lpSockaddr), to);
            image.long(place + offset_of!(SOCKET_ADDRESS, iSockaddrLength), len);
        }
        image.long(at + offset_of!(CSADDR_INFO, iSocketType), kind.cast_unsigned());
        image.long(at + offset_of!(CSADDR_INFO, iProtocol), protocol.cast_unsigned());
    }
}

/// A `hostent` whose pointers count from its own beginning, or what is known of a network: nothing but that it is there.
fn put_blob(image: &mut Image, found: &Found) -> Result<(), Failure> {
    /// `NLA_CONNECTIVITY`, the size, no other blob; `NLA_NETWORK_UNKNOWN`, `NLA_INTERNET_UNKNOWN`.
    const CONNECTIVITY: [u32; 5] = [3, 20, 0, 3, 0];
    let bytes = match &found.host {
        Some(host) => netdb_image::host_image(host).at(0)?,
        None if found.is_network => room::list(CONNECTIVITY.iter().flat_map(|number| number.to_ne_bytes()))?,
        None => return Ok(()),
    };
    let blob = image.room(size_of::<BLOB>());
    image.pointer(offset_of!(WSAQUERYSETA, lpBlob), blob);
    image.long(blob + offset_of!(BLOB, cbSize), DWORD::try_from(bytes.len()).unwrap_or(0));
    let at = image.room(bytes.len());
    image.put(at, &bytes);
    image.pointer(blob + offset_of!(BLOB, pBlobData), at);
    Ok(())
}

/// Writes the next answer.
///
/// # Safety
/// `length` and `to` are out pointers.
unsafe fn next<T>(
    handle: HANDLE,
    flags: DWORD,
    length: *mut DWORD,
    to: *mut T,
    wide: bool,
) -> Result<c_int, Failure> {
    const SMALL: Failure = WsaError::WSAEFAULT.because("the buffer is too small for the answer");
    // SAFETY: passed on to the caller.
    let room = unsafe { memory::read(length) }.ok_or(BAD)?;
    lookup::next(handle.addr(), flags & FLUSH_PREVIOUS != 0, |question, found| {
        let image = image(question, found, question.flags | flags, wide)?;
        let needed = DWORD::try_from(image.len()).unwrap_or(DWORD::MAX);
        // SAFETY: passed on to the caller.
        unsafe {
            if to.is_null() || room < needed {
                return Err(if memory::write(length, needed) { SMALL } else { BAD });
            }
            image.write(to)
        }
    })
    .map(|()| 0)
}

/// `INT WSALookupServiceBeginA(LPWSAQUERYSETA lpqsRestrictions, DWORD dwControlFlags, LPHANDLE lphLookup)`
///
/// Begins a search in a name space, of which [`WSALookupServiceNextA`] gives the answers. In `NS_DNS` (and `NS_ALL`) the class says
/// what is looked up: `SVCID_INET_HOSTADDRBYNAME` and `SVCID_HOSTNAME` a host by its name, the machine itself without one;
/// `SVCID_INET_HOSTADDRBYINETSTRING` a host by an address that is written out; `SVCID_INET_SERVICEBYNAME` a service, as
/// `http/tcp`; `SVCID_TCP(port)` and `SVCID_UDP(port)` a host, with that port. The family of the first of `lpafpProtocols` is that
/// of the addresses; IPv4 without one. `NS_NLA` has one network, which never changes.
///
/// # Returns
/// 0, or `SOCKET_ERROR`.
///
/// # Errors
/// * `WSANOTINITIALISED`: no [`WSAStartup`](crate::ffi::WSAStartup) is in effect.
/// * `WSAEFAULT`: a pointer cannot be used.
/// * `WSAEINVAL`: `dwSize` is too small, or no class is given.
/// * `WSASERVICE_NOT_FOUND`: no such name space, or no such class in it.
/// * `WSA_NOT_ENOUGH_MEMORY`.
///
/// Source: Windows' documentation.
///
/// # Safety
/// `lpqsRestrictions` and what it points to are in pointers, `lphLookup` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WSALookupServiceBeginA(
    lpqsRestrictions: *mut WSAQUERYSETA,
    dwControlFlags: DWORD,
    lphLookup: *mut HANDLE,
) -> c_int {
    call(
        |f| write!(f, "WSALookupServiceBeginA({lpqsRestrictions:p}, {dwControlFlags:#x})"),
        // SAFETY: in and out pointers, as this function asks for.
        |_| unsafe {
            let text = |given: &WSAQUERYSETA| name(given.lpszServiceInstanceName);
            begin(lpqsRestrictions, dwControlFlags, lphLookup, text)
        },
    )
}

/// `INT WSALookupServiceBeginW(LPWSAQUERYSETW lpqsRestrictions, DWORD dwControlFlags, LPHANDLE lphLookup)`
///
/// [`WSALookupServiceBeginA`] with 16-bit characters.
///
/// # Returns
/// 0, or `SOCKET_ERROR`.
///
/// # Errors
/// As [`WSALookupServiceBeginA`].
///
/// Source: Windows' documentation.
///
/// # Safety
/// As [`WSALookupServiceBeginA`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WSALookupServiceBeginW(
    lpqsRestrictions: *mut WSAQUERYSETW,
    dwControlFlags: DWORD,
    lphLookup: *mut HANDLE,
) -> c_int {
    call(
        |f| write!(f, "WSALookupServiceBeginW({lpqsRestrictions:p}, {dwControlFlags:#x})"),
        // SAFETY: in and out pointers, as this function asks for; both kinds have one layout.
        |_| unsafe {
            let text = |given: &WSAQUERYSETA| wide_name(given.lpszServiceInstanceName.cast());
            begin(lpqsRestrictions.cast(), dwControlFlags, lphLookup, text)
        },
    )
}

/// `INT WSALookupServiceNextA(HANDLE hLookup, DWORD dwControlFlags, LPDWORD lpdwBufferLength, LPWSAQUERYSETA lpqsResults)`
///
/// The next answer of a search: what `LUP_RETURN_…` ask for, here or at the beginning, with all texts and addresses behind the structure in
/// the buffer. With `LUP_RETURN_BLOB` a host's blob is a `hostent` whose pointers count from its own beginning. With
/// `LUP_RETURN_ALIASES` other names are answers of their own. `LUP_FLUSHPREVIOUS` passes over an answer.
///
/// # Returns
/// 0, or `SOCKET_ERROR`.
///
/// # Errors
/// * `WSANOTINITIALISED`: no [`WSAStartup`](crate::ffi::WSAStartup) is in effect.
/// * `WSA_INVALID_HANDLE`: no such search.
/// * `WSA_E_NO_MORE`: there are no more answers.
/// * `WSAEFAULT`: `*lpdwBufferLength` bytes are too few, and it is now how many it takes: the answer is kept; or a pointer cannot be used.
/// * `WSASERVICE_NOT_FOUND`, `WSAHOST_NOT_FOUND`, `WSATRY_AGAIN`, `WSANO_RECOVERY`, `WSANO_DATA`: nothing was found.
/// * `WSAEINVAL`: the class needs a name, or an address for one. `WSAEAFNOSUPPORT`: no such family of addresses.
///
/// Source: Windows' documentation.
///
/// # Safety
/// `lpdwBufferLength` and `lpqsResults` are out pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WSALookupServiceNextA(
    hLookup: HANDLE,
    dwControlFlags: DWORD,
    lpdwBufferLength: *mut DWORD,
    lpqsResults: *mut WSAQUERYSETA,
) -> c_int {
    call(
        |f| write!(f, "WSALookupServiceNextA({hLookup:p}, {dwControlFlags:#x})"),
        // SAFETY: out pointers, as this function asks for.
        |_| unsafe { next(hLookup, dwControlFlags, lpdwBufferLength, lpqsResults, false) },
    )
}

/// `INT WSALookupServiceNextW(HANDLE hLookup, DWORD dwControlFlags, LPDWORD lpdwBufferLength, LPWSAQUERYSETW lpqsResults)`
///
/// [`WSALookupServiceNextA`] with 16-bit characters.
///
/// # Returns
/// 0, or `SOCKET_ERROR`.
///
/// # Errors
/// As [`WSALookupServiceNextA`].
///
/// Source: Windows' documentation.
///
/// # Safety
/// As [`WSALookupServiceNextA`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WSALookupServiceNextW(
    hLookup: HANDLE,
    dwControlFlags: DWORD,
    lpdwBufferLength: *mut DWORD,
    lpqsResults: *mut WSAQUERYSETW,
) -> c_int {
    call(
        |f| write!(f, "WSALookupServiceNextW({hLookup:p}, {dwControlFlags:#x})"),
        // SAFETY: out pointers, as this function asks for.
        |_| unsafe { next(hLookup, dwControlFlags, lpdwBufferLength, lpqsResults, true) },
    )
}

/// `INT WSALookupServiceEnd(HANDLE hLookup)`
///
/// Ends a search; a [`WSANSPIoctl`] that waits on it ends, too.
///
/// # Returns
/// 0, or `SOCKET_ERROR`.
///
/// # Errors
/// * `WSANOTINITIALISED`: no [`WSAStartup`](crate::ffi::WSAStartup) is in effect.
/// * `WSA_INVALID_HANDLE`: no such search.
///
/// Source: Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn WSALookupServiceEnd(hLookup: HANDLE) -> c_int {
    call(|f| write!(f, "WSALookupServiceEnd({hLookup:p})"), |_| lookup::end(hLookup.addr()).map(|()| 0))
}

/// `INT WSANSPIoctl(HANDLE hLookup, DWORD dwControlCode, LPVOID lpvInBuffer, DWORD cbInBuffer, LPVOID lpvOutBuffer,
/// DWORD cbOutBuffer, LPDWORD lpcbBytesReturned, LPWSACOMPLETION lpCompletion)`
///
/// `SIO_NSP_NOTIFY_CHANGE` on a search in `NS_NLA` waits until the networks change, which they do not: until
/// [`WSALookupServiceEnd`] on another thread. With `NSP_NOTIFY_IMMEDIATELY` in `lpCompletion` it only looks. There are no other
/// commands, and no other ways of being told.
///
/// # Returns
/// `SOCKET_ERROR`.
///
/// # Errors
/// * `WSANOTINITIALISED`: no [`WSAStartup`](crate::ffi::WSAStartup) is in effect.
/// * `WSA_INVALID_HANDLE`: no such search.
/// * `WSAEOPNOTSUPP`: another command, another name space, or another way of being told.
/// * `WSAEFAULT`: `lpCompletion` cannot be read.
/// * `WSAEWOULDBLOCK`: `NSP_NOTIFY_IMMEDIATELY`, and nothing has changed.
/// * `WSA_E_CANCELLED`: the search has ended meanwhile.
///
/// Source: Windows' documentation.
///
/// # Safety
/// `lpCompletion` is an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WSANSPIoctl(
    hLookup: HANDLE,
    dwControlCode: DWORD,
    lpvInBuffer: *mut c_void,
    cbInBuffer: DWORD,
    lpvOutBuffer: *mut c_void,
    cbOutBuffer: DWORD,
    lpcbBytesReturned: *mut DWORD,
    lpCompletion: *mut WSACOMPLETION,
) -> c_int {
    const NOT_HERE: Failure =
        WsaError::WSAEOPNOTSUPP.because("no such command, or no such way of being told");
    let _ = (lpvInBuffer, cbInBuffer, lpvOutBuffer, cbOutBuffer, lpcbBytesReturned);
    call(
        |f| write!(f, "WSANSPIoctl({hLookup:p}, {dwControlCode:#x})"),
        |_| {
            let waits = if lpCompletion.is_null() {
                true
            } else {
                // SAFETY: an in pointer; the kind is the first field.
                match unsafe { memory::read(lpCompletion.cast::<DWORD>()) } {
                    None => return Err(WsaError::WSAEFAULT.because("lpCompletion cannot be read")),
                    Some(IMMEDIATELY) => false,
                    Some(_) => return Err(NOT_HERE),
                }
            };
            if dwControlCode != NOTIFY_CHANGE {
                return Err(NOT_HERE);
            }
            lookup::wait_for_change(hLookup.addr(), waits).map(|()| 0)
        },
    )
}
