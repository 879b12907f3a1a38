//! Classes of services: the well-known ones, of the services in the machine's database.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::{CStr, c_char, c_int};
use std::mem::offset_of;

use super::name_spaces::answer;
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::ffi::call::call;
use crate::ffi::names::image::Image;
use crate::ffi::types::lookup::{WSANSCLASSINFOA, WSASERVICECLASSINFOA, WSASERVICECLASSINFOW};
use crate::ffi::types::{DWORD, GUID, WCHAR};
use crate::names::spaces::{Class, NS_ALL, SPACES};
use crate::sys::user::memory;

const BAD: Failure = WsaError::WSAEFAULT.because("a GUID cannot be read");

/// # Safety
/// `id` is an in pointer.
unsafe fn class(id: *const GUID) -> Result<Class, Failure> {
    // SAFETY: passed on to the caller; any bytes are a value.
    let guid = unsafe { memory::read(id.cast::<[u8; 16]>()) }.ok_or(BAD)?;
    Class::of(&guid).ok_or(WsaError::WSATYPE_NOT_FOUND.because("no such class of services"))
}

fn text(image: &mut Image, at: usize, text: &CStr, wide: bool) {
    let to = if wide {
        let to = image.room(0);
        image.wide(text);
        to
    } else {
        image.append(text.to_bytes_with_nul())
    };
    image.pointer(at, to);
}

/// Writes a class with the one thing that is known of it: the port.
///
/// # Safety
/// `provider` and `id` are in pointers, the others are out pointers.
unsafe fn info<T>(
    provider: *const GUID,
    id: *const GUID,
    length: *mut DWORD,
    to: *mut T,
    wide: bool,
) -> Result<c_int, Failure> {
    const REG_DWORD: u32 = 4;
    // SAFETY: passed on to the caller; any bytes are a value.
    let provider = unsafe { memory::read(provider.cast::<[u8; 16]>()) }.ok_or(BAD)?;
    if !SPACES.iter().any(|space| space.provider == provider) {
        return Err(WsaError::WSAEINVAL.because("no such provider of a name space"));
    }
    // SAFETY: passed on to the caller.
    let class = unsafe { class(id) }?;
    let (name, port) = class.service()?;
    // SAFETY: passed on to the caller; read above.
    let guid = unsafe { memory::read(id.cast::<[u8; 16]>()) }.ok_or(BAD)?;
    let mut image = Image::of::<WSASERVICECLASSINFOA>();
    let guid_at = image.append(&guid);
    image.pointer(offset_of!(WSASERVICECLASSINFOA, lpServiceClassId), guid_at);
    image.long(offset_of!(WSASERVICECLASSINFOA, dwCount), 1);
    let at = image.room(size_of::<WSANSCLASSINFOA>());
    image.pointer(offset_of!(WSASERVICECLASSINFOA, lpClassInfos), at);
    image.long(at + offset_of!(WSANSCLASSINFOA, dwNameSpace), NS_ALL);
    image.long(at + offset_of!(WSANSCLASSINFOA, dwValueType), REG_DWORD);
    image.long(at + offset_of!(WSANSCLASSINFOA, dwValueSize), 4);
    let value = image.append(&u32::from(port).to_ne_bytes());
    image.pointer(at + offset_of!(WSANSCLASSINFOA, lpValue), value);
    text(&mut image, offset_of!(WSASERVICECLASSINFOA, lpszServiceClassName), &name, wide);
    let kind = if matches!(class, Class::Udp(_)) { c"UdpPort" } else { c"TcpPort" };
    text(&mut image, at + offset_of!(WSANSCLASSINFOA, lpszName), kind, wide);
    // SAFETY: passed on to the caller.
    unsafe { answer(image, to, length) }.map(|()| 0)
}

/// Writes a class's name.
///
/// # Safety
/// `id` is an in pointer, the others are out pointers.
unsafe fn name<T>(id: *const GUID, to: *mut T, length: *mut DWORD, wide: bool) -> Result<c_int, Failure> {
    // SAFETY: passed on to the caller.
    let (name, _) = unsafe { class(id) }?.service()?;
    let mut image = Image::of::<()>();
    if wide {
        image.wide(&name);
    } else {
        image.append(name.as_bytes_with_nul());
    }
    // SAFETY: passed on to the caller.
    unsafe { answer(image, to, length) }.map(|()| 0)
}

/// `INT WSAGetServiceClassInfoA(LPGUID lpProviderId, LPGUID lpServiceClassId, LPDWORD lpdwBufSize,
/// LPWSASERVICECLASSINFOA lpServiceClassInfo)`
///
/// What is known of a class of services: of `SVCID_TCP(port)` and `SVCID_UDP(port)`, where the machine's database has a
/// service at that port, its name and the port.
///
/// # Returns
/// 0, or `SOCKET_ERROR`.
///
/// # Errors
/// * `WSANOTINITIALISED`: no [`WSAStartup`](crate::ffi::WSAStartup) is in effect.
/// * `WSAEINVAL`: no provider of a name space has that GUID.
/// * `WSATYPE_NOT_FOUND`: no such class.
/// * `WSAEFAULT`: `*lpdwBufSize` bytes are too few, and it is now how many it takes; or a pointer cannot be used.
///
/// Source: Windows' documentation.
///
/// # Safety
/// The GUIDs are in pointers, the others are out pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WSAGetServiceClassInfoA(
    lpProviderId: *mut GUID,
    lpServiceClassId: *mut GUID,
    lpdwBufSize: *mut DWORD,
    lpServiceClassInfo: *mut WSASERVICECLASSINFOA,
) -> c_int {
    // SAFETY: in and out pointers, as this function asks for.
    let act = |_| unsafe { info(lpProviderId, lpServiceClassId, lpdwBufSize, lpServiceClassInfo, false) };
    call(|f| write!(f, "WSAGetServiceClassInfoA({lpServiceClassInfo:p})"), act)
}

/// `INT WSAGetServiceClassInfoW(LPGUID lpProviderId, LPGUID lpServiceClassId, LPDWORD lpdwBufSize,
/// LPWSASERVICECLASSINFOW lpServiceClassInfo)`
///
/// [`WSAGetServiceClassInfoA`] with 16-bit characters.
///
/// # Returns
/// 0, or `SOCKET_ERROR`.
///
/// # Errors
/// As [`WSAGetServiceClassInfoA`].
///
/// Source: Windows' documentation.
///
/// # Safety
/// As [`WSAGetServiceClassInfoA`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WSAGetServiceClassInfoW(
    lpProviderId: *mut GUID,
    lpServiceClassId: *mut GUID,
    lpdwBufSize: *mut DWORD,
    lpServiceClassInfo: *mut WSASERVICECLASSINFOW,
) -> c_int {
    // SAFETY: in and out pointers, as this function asks for.
    let act = |_| unsafe { info(lpProviderId, lpServiceClassId, lpdwBufSize, lpServiceClassInfo, true) };
    call(|f| write!(f, "WSAGetServiceClassInfoW({lpServiceClassInfo:p})"), act)
}

/// `INT WSAGetServiceClassNameByClassIdA(LPGUID lpServiceClassId, LPSTR lpszServiceClassName, LPDWORD lpdwBufferLength)`
///
/// The name of a class of services. `*lpdwBufferLength` counts bytes.
///
/// # Returns
/// 0, or `SOCKET_ERROR`.
///
/// # Errors
/// * `WSANOTINITIALISED`: no [`WSAStartup`](crate::ffi::WSAStartup) is in effect.
/// * `WSATYPE_NOT_FOUND`: no such class.
/// * `WSAEFAULT`: the buffer is too small, and `*lpdwBufferLength` is now how many bytes it takes; or a pointer cannot be used.
///
/// Source: Windows' documentation.
///
/// # Safety
/// `lpServiceClassId` is an in pointer, the others are out pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WSAGetServiceClassNameByClassIdA(
    lpServiceClassId: *mut GUID,
    lpszServiceClassName: *mut c_char,
    lpdwBufferLength: *mut DWORD,
) -> c_int {
    // SAFETY: in and out pointers, as this function asks for.
    let act = |_| unsafe { name(lpServiceClassId, lpszServiceClassName, lpdwBufferLength, false) };
    call(|f| write!(f, "WSAGetServiceClassNameByClassIdA({lpServiceClassId:p})"), act)
}

/// `INT WSAGetServiceClassNameByClassIdW(LPGUID lpServiceClassId, LPWSTR lpszServiceClassName, LPDWORD lpdwBufferLength)`
///
/// [`WSAGetServiceClassNameByClassIdA`] with 16-bit characters.
///
/// # Returns
/// 0, or `SOCKET_ERROR`.
///
/// # Errors
/// As [`WSAGetServiceClassNameByClassIdA`].
///
/// Source: Windows' documentation.
///
/// # Safety
/// As [`WSAGetServiceClassNameByClassIdA`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WSAGetServiceClassNameByClassIdW(
    lpServiceClassId: *mut GUID,
    lpszServiceClassName: *mut WCHAR,
    lpdwBufferLength: *mut DWORD,
) -> c_int {
    // SAFETY: in and out pointers, as this function asks for.
    let act = |_| unsafe { name(lpServiceClassId, lpszServiceClassName, lpdwBufferLength, true) };
    call(|f| write!(f, "WSAGetServiceClassNameByClassIdW({lpServiceClassId:p})"), act)
}
