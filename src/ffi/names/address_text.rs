//! Socket addresses as text: `WSAStringToAddressA`, `WSAStringToAddressW`, `WSAAddressToStringA`,
//! `WSAAddressToStringW`.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::{CStr, c_char};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddrV4, SocketAddrV6};

use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::ffi::call::call;
use crate::ffi::names::inet::Quoted;
use crate::ffi::types::{
    DWORD, INT, WCHAR, WSAPROTOCOL_INFOA, WSAPROTOCOL_INFOW, ws2_in_addr, ws2_in6_addr, ws2_sockaddr,
    ws2_sockaddr_in, ws2_sockaddr_in6, ws2_u_short,
};
use crate::names::inet::{Endpoint, ShowV4, ShowV6, narrow, parse_endpoint_v4, parse_endpoint_v6};
use crate::sys::room::{self, Made};
use crate::sys::user::memory;
use crate::windows::abi::{AF_INET, AF_INET6};

/// `int WSAStringToAddressA(char *AddressString, int AddressFamily, WSAPROTOCOL_INFOA *lpProtocolInfo,
/// struct sockaddr *lpAddress, int *lpAddressLength)`
///
/// Reads a socket address: `1.2.3.4:80` for `AF_INET`, where the address may also have the forms of `inet_addr`, and
/// `[::1%3]:80` for `AF_INET6`; port, scope and, without a port, the brackets may be missing. The port is decimal,
/// octal or hexadecimal.
///
/// # Returns
/// 0 and the length of the address in `lpAddressLength`, or `SOCKET_ERROR`.
///
/// # Errors
/// * `WSANOTINITIALISED`: no `WSAStartup` is in effect.
/// * `WSAEINVAL`: the text is NULL or no address of that family, and then `lpAddress` is filled with zeros; or
///   another family. A port of 0 after an IPv4 address is none.
/// * `WSAEFAULT`: `lpAddressLength` is less than the address needs, which is stored there; or a pointer is bad.
///
/// Source: Windows documentation; measured on Windows by Wine's tests.
///
/// # Safety
/// `AddressString` is an in pointer to a text that ends with NUL, `lpAddress` and `lpAddressLength` are out pointers;
/// `lpProtocolInfo` is not looked at.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WSAStringToAddressA(
    AddressString: *mut c_char,
    AddressFamily: INT,
    lpProtocolInfo: *mut WSAPROTOCOL_INFOA,
    lpAddress: *mut ws2_sockaddr,
    lpAddressLength: *mut INT,
) -> INT {
    let _ = lpProtocolInfo;
    // SAFETY: `AddressString` is an in pointer.
    let text = unsafe { memory::text(AddressString) };
    call(
        |f| write!(f, "WSAStringToAddressA({}, {AddressFamily})", Quoted(text)),
        |_| {
            let text = given(AddressString.is_null(), text.map(CStr::to_bytes));
            // SAFETY: `lpAddress` and `lpAddressLength` are out pointers.
            unsafe { read(text, AddressFamily, lpAddress, lpAddressLength) }
        },
    )
}

/// `int WSAStringToAddressW(WCHAR *AddressString, int AddressFamily, WSAPROTOCOL_INFOW *lpProtocolInfo,
/// struct sockaddr *lpAddress, int *lpAddressLength)`
///
/// As [`WSAStringToAddressA`], from 16-bit characters.
///
/// # Returns
/// 0 and the length of the address in `lpAddressLength`, or `SOCKET_ERROR`.
///
/// # Errors
/// As [`WSAStringToAddressA`].
///
/// Source: Windows documentation; measured on Windows by Wine's tests.
///
/// # Safety
/// `AddressString` is an in pointer to a text that ends with NUL, `lpAddress` and `lpAddressLength` are out pointers;
/// `lpProtocolInfo` is not looked at.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WSAStringToAddressW(
    AddressString: *mut WCHAR,
    AddressFamily: INT,
    lpProtocolInfo: *mut WSAPROTOCOL_INFOW,
    lpAddress: *mut ws2_sockaddr,
    lpAddressLength: *mut INT,
) -> INT {
    let _ = lpProtocolInfo;
    call(
        |f| write!(f, "WSAStringToAddressW({AddressString:p}, {AddressFamily})"),
        |_| {
            // SAFETY: `AddressString` is an in pointer.
            let text = unsafe { memory::wide_text(AddressString) }?.map(|text| narrow(&text)).transpose()?;
            let text = given(AddressString.is_null(), text.as_deref());
            // SAFETY: `lpAddress` and `lpAddressLength` are out pointers.
            unsafe { read(text, AddressFamily, lpAddress, lpAddressLength) }
        },
    )
}

/// The text that was given, or what is wrong with it.
fn given(null: bool, text: Option<&[u8]>) -> Result<&[u8], Failure> {
    let failure = if null { WsaError::WSAEINVAL } else { WsaError::WSAEFAULT };
    text.ok_or(failure.because("AddressString is NULL or cannot be read"))
}

/// Reads a socket address into the caller's memory.
///
/// # Safety
/// `to` and `len` are out pointers.
unsafe fn read(
    text: Result<&[u8], Failure>,
    family: INT,
    to: *mut ws2_sockaddr,
    len: *mut INT,
) -> Result<INT, Failure> {
    // SAFETY: `len` is an out pointer, and any number is a length.
    let room = unsafe { memory::read(len) }.ok_or(BAD_LENGTH)?;
    let text = text?;
    match family {
        AF_INET => {
            let (address, otherwise) = match parse_endpoint_v4(text) {
                Some(Endpoint::Whole(address)) => (Some(from_v4(address)), ws2_sockaddr_in::EMPTY),
                Some(Endpoint::Host(ip)) => (None, host_v4(ip)),
                None => (None, ws2_sockaddr_in::EMPTY),
            };
            // SAFETY: passed on; all zeros are an address.
            unsafe { store(address, otherwise, to.cast(), room, len) }
        }
        AF_INET6 => {
            let (address, otherwise) = match parse_endpoint_v6(text) {
                Some(Endpoint::Whole(address)) => (Some(from_v6(address)), ws2_sockaddr_in6::EMPTY),
                Some(Endpoint::Host(ip)) => (None, host_v6(ip)),
                None => (None, ws2_sockaddr_in6::EMPTY),
            };
            // SAFETY: likewise.
            unsafe { store(address, otherwise, to.cast(), room, len) }
        }
        _ => Err(WsaError::WSAEINVAL.because("the family is neither AF_INET 2 nor AF_INET6 23")),
    }
}

/// Stores an address, or what there is otherwise, and its length.
///
/// # Safety
/// `to` and `len` are out pointers.
unsafe fn store<T: Copy>(
    address: Option<T>,
    otherwise: T,
    to: *mut T,
    room: INT,
    len: *mut INT,
) -> Result<INT, Failure> {
    let needed = INT::try_from(size_of::<T>()).unwrap_or(INT::MAX);
    if room < needed {
        // SAFETY: `len` is an out pointer; if it cannot be written, the code is the same.
        let _ = unsafe { memory::write(len, needed) };
        return Err(WsaError::WSAEFAULT.because("lpAddressLength is less than the address needs"));
    }
    // SAFETY: `to` is an out pointer.
    if !unsafe { memory::write(to, address.unwrap_or(otherwise)) } {
        return Err(WsaError::WSAEFAULT.because("lpAddress cannot be written"));
    }
    if address.is_none() {
        return Err(WsaError::WSAEINVAL.because("the text is no address of the family"));
    }
    // SAFETY: `len` is an out pointer.
    if unsafe { memory::write(len, needed) } { Ok(0) } else { Err(BAD_LENGTH) }
}

/// `int WSAAddressToStringA(struct sockaddr *lpsaAddress, DWORD dwAddressLength, WSAPROTOCOL_INFOA *lpProtocolInfo,
/// char *lpszAddressString, DWORD *lpdwAddressStringLength)`
///
/// Writes a socket address: `1.2.3.4:80`, `[::1%3]:80`; a port or scope of 0 is left out, and the brackets with the
/// port.
///
/// # Returns
/// 0 and the number of characters with the NUL in `lpdwAddressStringLength`, or `SOCKET_ERROR`.
///
/// # Errors
/// * `WSANOTINITIALISED`: no `WSAStartup` is in effect.
/// * `WSAEINVAL`: `lpsaAddress` or `lpdwAddressStringLength` is NULL, `dwAddressLength` is less than the family needs,
///   or the family is neither `AF_INET` nor `AF_INET6`.
/// * `WSAEFAULT`: `lpdwAddressStringLength` is less than the text needs, which is stored there; or a pointer is bad.
///
/// Source: Windows documentation; measured on Windows by Wine's tests.
///
/// # Safety
/// `lpsaAddress` is an in pointer, `lpszAddressString` and `lpdwAddressStringLength` are out pointers;
/// `lpProtocolInfo` is not looked at.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WSAAddressToStringA(
    lpsaAddress: *mut ws2_sockaddr,
    dwAddressLength: DWORD,
    lpProtocolInfo: *mut WSAPROTOCOL_INFOA,
    lpszAddressString: *mut c_char,
    lpdwAddressStringLength: *mut DWORD,
) -> INT {
    let _ = lpProtocolInfo;
    call(
        |f| write!(f, "WSAAddressToStringA({lpsaAddress:p}, {dwAddressLength} bytes)"),
        |_| {
            // SAFETY: `lpsaAddress` is an in pointer.
            let text = || unsafe { show(lpsaAddress, dwAddressLength) };
            let units = |text: String| room::list(text.bytes().chain([0]));
            // SAFETY: `lpszAddressString` and `lpdwAddressStringLength` are out pointers.
            unsafe { put(text, units, lpszAddressString.cast(), lpdwAddressStringLength) }
        },
    )
}

/// `int WSAAddressToStringW(struct sockaddr *lpsaAddress, DWORD dwAddressLength, WSAPROTOCOL_INFOW *lpProtocolInfo,
/// WCHAR *lpszAddressString, DWORD *lpdwAddressStringLength)`
///
/// As [`WSAAddressToStringA`], in 16-bit characters.
///
/// # Returns
/// 0 and the number of characters with the NUL in `lpdwAddressStringLength`, or `SOCKET_ERROR`.
///
/// # Errors
/// As [`WSAAddressToStringA`].
///
/// Source: Windows documentation; measured on Windows by Wine's tests.
///
/// # Safety
/// `lpsaAddress` is an in pointer, `lpszAddressString` and `lpdwAddressStringLength` are out pointers;
/// `lpProtocolInfo` is not looked at.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WSAAddressToStringW(
    lpsaAddress: *mut ws2_sockaddr,
    dwAddressLength: DWORD,
    lpProtocolInfo: *mut WSAPROTOCOL_INFOW,
    lpszAddressString: *mut WCHAR,
    lpdwAddressStringLength: *mut DWORD,
) -> INT {
    let _ = lpProtocolInfo;
    call(
        |f| write!(f, "WSAAddressToStringW({lpsaAddress:p}, {dwAddressLength} bytes)"),
        |_| {
            // SAFETY: `lpsaAddress` is an in pointer.
            let text = || unsafe { show(lpsaAddress, dwAddressLength) };
            let units = |text: String| room::list(text.encode_utf16().chain([0]));
            // SAFETY: `lpszAddressString` and `lpdwAddressStringLength` are out pointers.
            unsafe { put(text, units, lpszAddressString, lpdwAddressStringLength) }
        },
    )
}

/// The text of a socket address in the caller's memory.
///
/// # Safety
/// `address` is an in pointer.
unsafe fn show(address: *mut ws2_sockaddr, len: DWORD) -> Result<String, Failure> {
    let unreadable = WsaError::WSAEFAULT.because("lpsaAddress cannot be read");
    let short = WsaError::WSAEINVAL.because("dwAddressLength is less than the family needs");
    let len = usize::try_from(len).unwrap_or(usize::MAX);
    if address.is_null() || len < size_of::<ws2_u_short>() {
        return Err(WsaError::WSAEINVAL.because("no address is given"));
    }
    // SAFETY: `address` is an in pointer, and any bytes are what is read from there, here and below.
    let family = unsafe { memory::read(address.cast::<ws2_u_short>()) }.ok_or(unreadable)?;
    match INT::from(family) {
        AF_INET if len < size_of::<ws2_sockaddr_in>() => Err(short),
        AF_INET6 if len < size_of::<ws2_sockaddr_in6>() => Err(short),
        AF_INET => {
            // SAFETY: see above.
            let address: ws2_sockaddr_in = unsafe { memory::read(address.cast()) }.ok_or(unreadable)?;
            Ok(room::shown(&ShowV4(to_v4(address)))?)
        }
        AF_INET6 => {
            // SAFETY: see above.
            let address: ws2_sockaddr_in6 = unsafe { memory::read(address.cast()) }.ok_or(unreadable)?;
            Ok(room::shown(&ShowV6(to_v6(address)))?)
        }
        _ => Err(WsaError::WSAEINVAL.because("the family is neither AF_INET 2 nor AF_INET6 23")),
    }
}

/// Puts a text with its NUL into the caller's memory, and its length.
///
/// # Safety
/// `to` and `len` are out pointers.
unsafe fn put<T: Copy>(
    text: impl FnOnce() -> Result<String, Failure>,
    units: impl FnOnce(String) -> Made<Vec<T>>,
    to: *mut T,
    len: *mut DWORD,
) -> Result<INT, Failure> {
    if len.is_null() {
        return Err(WsaError::WSAEINVAL.because("lpdwAddressStringLength is NULL"));
    }
    // SAFETY: `len` is an out pointer, and any number is a length.
    let room = unsafe { memory::read(len) }.ok_or(BAD_LENGTH)?;
    let text = units(text()?)?;
    let needed = DWORD::try_from(text.len()).unwrap_or(DWORD::MAX);
    // SAFETY: `to` is an out pointer.
    let stored = room >= needed && unsafe { memory::write_all(to, &text) };
    // SAFETY: `len` is an out pointer.
    let told = unsafe { memory::write(len, needed) };
    match (stored, told) {
        (true, true) => Ok(0),
        (_, false) => Err(BAD_LENGTH),
        (false, true) => {
            Err(WsaError::WSAEFAULT.because("the text is too long for its place, or that cannot be written"))
        }
    }
}

const BAD_LENGTH: Failure = WsaError::WSAEFAULT.because("the length cannot be read or written");

impl ws2_sockaddr_in {
    const EMPTY: Self =
        Self { sin_family: 0, sin_port: 0, sin_addr: ws2_in_addr { s_addr: 0 }, sin_zero: [0; 8] };
}

impl ws2_sockaddr_in6 {
    const EMPTY: Self = Self {
        sin6_family: 0,
        sin6_port: 0,
        sin6_flowinfo: 0,
        sin6_addr: ws2_in6_addr { Byte: [0; 16] },
        sin6_scope_id: 0,
    };
}

/// X15: zeros but for the host, which was read before the text turned out to be no address.
fn host_v4(ip: Ipv4Addr) -> ws2_sockaddr_in {
    let sin_addr = ws2_in_addr { s_addr: u32::from_ne_bytes(ip.octets()) };
    ws2_sockaddr_in { sin_addr, ..ws2_sockaddr_in::EMPTY }
}

fn host_v6(ip: Ipv6Addr) -> ws2_sockaddr_in6 {
    ws2_sockaddr_in6 { sin6_addr: ws2_in6_addr { Byte: ip.octets() }, ..ws2_sockaddr_in6::EMPTY }
}

fn from_v4(address: SocketAddrV4) -> ws2_sockaddr_in {
    ws2_sockaddr_in {
        sin_family: ws2_u_short::try_from(AF_INET).unwrap_or_default(),
        sin_port: address.port().to_be(),
        sin_addr: ws2_in_addr { s_addr: u32::from_ne_bytes(address.ip().octets()) },
        ..ws2_sockaddr_in::EMPTY
    }
}

fn from_v6(address: SocketAddrV6) -> ws2_sockaddr_in6 {
    ws2_sockaddr_in6 {
        sin6_family: ws2_u_short::try_from(AF_INET6).unwrap_or_default(),
        sin6_port: address.port().to_be(),
        sin6_addr: ws2_in6_addr { Byte: address.ip().octets() },
        sin6_scope_id: address.scope_id(),
        ..ws2_sockaddr_in6::EMPTY
    }
}

fn to_v4(address: ws2_sockaddr_in) -> SocketAddrV4 {
    SocketAddrV4::new(Ipv4Addr::from(address.sin_addr.s_addr.to_ne_bytes()), u16::from_be(address.sin_port))
}

fn to_v6(address: ws2_sockaddr_in6) -> SocketAddrV6 {
    SocketAddrV6::new(
        Ipv6Addr::from(address.sin6_addr.Byte),
        u16::from_be(address.sin6_port),
        address.sin6_flowinfo,
        address.sin6_scope_id,
    )
}
