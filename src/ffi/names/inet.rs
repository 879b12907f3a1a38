//! Addresses as text: `inet_addr`, `inet_ntoa`, `inet_pton`, `inet_ntop`, `InetPtonW`, `InetNtopW`.

#![allow(non_snake_case, reason = "Windows' names")]

use std::cell::Cell;
use std::ffi::{CStr, c_char, c_void};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddrV6};

use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::error::last_error;
use crate::ffi::call::pure_call;
use crate::ffi::types::{INT, WCHAR, ws2_in_addr, ws2_u_long};
use crate::names::inet::{INADDR_NONE, ShowV6, begins_v4, begins_v6, narrow, parse_classic};
use crate::sys::room;
use crate::sys::user::memory;
use crate::windows::abi::{AF_INET, AF_INET6};

/// `unsigned long inet_addr(const char *cp)`
///
/// Reads an IPv4 address: one to four numbers, decimal, octal or hexadecimal, of which the last fills the bytes
/// that are left. A blank after a number ends the address; one single space is 0.0.0.0. Works without
/// [`WSAStartup`](crate::ffi::WSAStartup).
///
/// # Returns
/// The address in network order, or `INADDR_NONE` for a text that is no address, and for 255.255.255.255. The last
/// error is left alone in both cases.
///
/// # Errors
/// * `WSAEFAULT`: `cp` is NULL or cannot be read.
///
/// Source: rows A1, LE4, measured on Windows by Wine's tests.
///
/// # Safety
/// `cp` is an in pointer to a text that ends with NUL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_inet_addr(cp: *const c_char) -> ws2_u_long {
    // SAFETY: `cp` is an in pointer.
    let text = unsafe { memory::text(cp) };
    pure_call(
        |f| write!(f, "inet_addr({})", Quoted(text)),
        || {
            let text = text.ok_or(UNREADABLE)?;
            Ok(parse_classic(text.to_bytes())
                .map_or(INADDR_NONE, |address| u32::from_ne_bytes(address.octets())))
        },
    )
}

thread_local! {
    /// What `inet_ntoa` has given to this thread: `255.255.255.255` and a NUL fit.
    static TEXT: Cell<[u8; 16]> = const { Cell::new([0; 16]) };
}

/// `char *inet_ntoa(struct in_addr in)`
///
/// Writes an IPv4 address in the form `1.2.3.4`. Works without [`WSAStartup`](crate::ffi::WSAStartup) and leaves the last
/// error alone.
///
/// # Returns
/// A text that the thread's next `inet_ntoa` overwrites and that ends with the thread.
///
/// Source: Windows documentation; NS1 to NS15.
#[unsafe(no_mangle)]
pub extern "C" fn ws2_inet_ntoa(r#in: ws2_in_addr) -> *mut c_char {
    let address = Ipv4Addr::from(r#in.s_addr.to_ne_bytes());
    let mut bytes = [0; 16];
    // It fits, and takes no memory.
    let _ = std::io::Write::write_fmt(&mut &mut bytes[..], format_args!("{address}"));
    TEXT.with(|buffer| {
        buffer.set(bytes);
        buffer.as_ptr().cast()
    })
}

/// `int inet_pton(int Family, const char *pszAddrString, void *pAddrBuf)`
///
/// Reads an address of `AF_INET`, four decimal numbers, or of `AF_INET6` (23), without scope, brackets and port.
/// Works without [`WSAStartup`](crate::ffi::WSAStartup).
///
/// # Returns
/// 1 and the address in network order in `pAddrBuf`, 4 or 16 bytes; 0 for a text that is no address; −1 for an
/// error. The last error is left alone where the result is not −1, and `pAddrBuf` where it is not 1 (Windows may
/// write a part of the address there).
///
/// # Errors
/// * `WSAEFAULT`: `pszAddrString` or `pAddrBuf` is NULL, cannot be read, cannot be written.
/// * `WSAEAFNOSUPPORT`: another family. Pointers that are NULL come first.
///
/// Source: rows A2, LE4, measured on Windows by Wine's tests; Windows documentation.
///
/// # Safety
/// `pszAddrString` is an in pointer to a text that ends with NUL; `pAddrBuf` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_inet_pton(
    Family: INT,
    pszAddrString: *const c_char,
    pAddrBuf: *mut c_void,
) -> INT {
    // SAFETY: `pszAddrString` is an in pointer.
    let text = unsafe { memory::text(pszAddrString) };
    pure_call(
        |f| write!(f, "inet_pton({Family}, {})", Quoted(text)),
        // SAFETY: `pAddrBuf` is an out pointer.
        || unsafe { read(Family, text.map(CStr::to_bytes), pAddrBuf) },
    )
}

/// `int InetPtonW(int Family, const WCHAR *pszAddrString, void *pAddrBuf)`
///
/// As [`inet_pton`](ws2_inet_pton), from 16-bit characters; and a text that is no address is an error here.
///
/// # Returns
/// 1 and the address in network order in `pAddrBuf`, 4 or 16 bytes; 0 with the last error `WSAEINVAL` for a text
/// that is no address; −1 for an error. The last error is left alone where the result is 1.
///
/// # Errors
/// * `WSAEINVAL`, with the result 0: the text is no address.
/// * `WSAEFAULT`: `pszAddrString` or `pAddrBuf` is NULL, cannot be read, cannot be written.
/// * `WSAEAFNOSUPPORT`: another family. Pointers that are NULL come first.
///
/// Source: row LE4, measured on Windows by Wine's tests; Windows documentation.
///
/// # Safety
/// `pszAddrString` is an in pointer to a text that ends with NUL; `pAddrBuf` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn InetPtonW(Family: INT, pszAddrString: *const WCHAR, pAddrBuf: *mut c_void) -> INT {
    // SAFETY: `pszAddrString` is an in pointer.
    let text = unsafe { memory::wide_text(pszAddrString) }
        .and_then(|text| text.map(|text| narrow(&text)).transpose());
    pure_call(
        |f| write!(f, "InetPtonW({Family}, {pszAddrString:p})"),
        || {
            // SAFETY: `pAddrBuf` is an out pointer.
            let result = unsafe { read(Family, text?.as_deref(), pAddrBuf)? };
            if result == 0 {
                last_error::set(WsaError::WSAEINVAL.number());
            }
            Ok(result)
        },
    )
}

/// Reads an address into the caller's memory: 1, or 0 for a text that is none.
///
/// # Safety
/// `to` is an out pointer.
unsafe fn read(family: INT, text: Option<&[u8]>, to: *mut c_void) -> Result<INT, Failure> {
    let text = text.ok_or(UNREADABLE)?;
    if to.is_null() {
        return Err(UNWRITABLE);
    }
    // X15: what stands before something that is no part of an address is stored, and the result is 0 all the same.
    let (written, whole) = match family {
        AF_INET => match begins_v4(text) {
            // SAFETY: `to` is an out pointer.
            Some((address, whole)) => (unsafe { memory::write(to.cast(), address.octets()) }, whole),
            None => (true, false),
        },
        AF_INET6 => match begins_v6(text) {
            // SAFETY: likewise.
            Some((address, whole)) => (unsafe { memory::write(to.cast(), address.octets()) }, whole),
            None => (true, false),
        },
        _ => return Err(FAMILY),
    };
    if written { Ok(whole.into()) } else { Err(UNWRITABLE) }
}

/// `const char *inet_ntop(int Family, const void *pAddr, char *pStringBuf, size_t StringBufSize)`
///
/// Writes an address of `AF_INET`, 4 bytes, or of `AF_INET6` (23), 16 bytes, as text. Addresses of IPv6 that hold
/// one of IPv4 end in its form: `::ffff:1.2.3.4`. Works without [`WSAStartup`](crate::ffi::WSAStartup).
///
/// # Returns
/// `pStringBuf`, and the last error is left alone; or NULL.
///
/// # Errors
/// * 0xC000000D (`STATUS_INVALID_PARAMETER`): `pAddr` or `pStringBuf` is NULL, or `StringBufSize`, which counts characters
///   with the NUL, is too small; 16 and 46 are always enough. Windows' documentation says `ERROR_INVALID_PARAMETER`, and
///   Windows 7 reports `WSAEINVAL`.
/// * `WSAEAFNOSUPPORT`: another family. A `pStringBuf` that is NULL comes first.
/// * `WSAEFAULT`: `pAddr` cannot be read or `pStringBuf` cannot be written.
///
/// Source: Windows documentation; Wine's tests.
///
/// # Safety
/// `pAddr` is an in pointer, `pStringBuf` an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_inet_ntop(
    Family: INT,
    pAddr: *const c_void,
    pStringBuf: *mut c_char,
    StringBufSize: usize,
) -> *const c_char {
    pure_call(
        |f| write!(f, "inet_ntop({Family}, {pAddr:p}, {StringBufSize} characters)"),
        || {
            // SAFETY: `pAddr` is an in pointer.
            let text = unsafe { written(Family, pAddr, pStringBuf.is_null())? };
            // SAFETY: `pStringBuf` is an out pointer.
            unsafe { put(text.bytes(), pStringBuf.cast(), StringBufSize)? };
            Ok(pStringBuf.cast_const())
        },
    )
}

/// `const WCHAR *InetNtopW(int Family, const void *pAddr, WCHAR *pStringBuf, size_t StringBufSize)`
///
/// As [`inet_ntop`](ws2_inet_ntop), in 16-bit characters.
///
/// # Returns
/// `pStringBuf`, and the last error is left alone; or NULL.
///
/// # Errors
/// * 0xC000000D (`STATUS_INVALID_PARAMETER`): `pAddr` or `pStringBuf` is NULL, or `StringBufSize`, which counts characters
///   with the NUL, is too small; 16 and 46 are always enough.
/// * `WSAEAFNOSUPPORT`: another family. A `pStringBuf` that is NULL comes first.
/// * `WSAEFAULT`: `pAddr` cannot be read or `pStringBuf` cannot be written.
///
/// Source: Windows documentation.
///
/// # Safety
/// `pAddr` is an in pointer, `pStringBuf` an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn InetNtopW(
    Family: INT,
    pAddr: *const c_void,
    pStringBuf: *mut WCHAR,
    StringBufSize: usize,
) -> *const WCHAR {
    pure_call(
        |f| write!(f, "InetNtopW({Family}, {pAddr:p}, {StringBufSize} characters)"),
        || {
            // SAFETY: `pAddr` is an in pointer.
            let text = unsafe { written(Family, pAddr, pStringBuf.is_null())? };
            // SAFETY: `pStringBuf` is an out pointer.
            unsafe { put(text.encode_utf16(), pStringBuf, StringBufSize)? };
            Ok(pStringBuf.cast_const())
        },
    )
}

/// The text of an address in the caller's memory, after the checks in Windows' order.
///
/// # Safety
/// `address` is an in pointer.
unsafe fn written(family: INT, address: *const c_void, nowhere: bool) -> Result<String, Failure> {
    let invalid = |why| STATUS_INVALID_PARAMETER.because(why);
    if nowhere {
        return Err(invalid("pStringBuf is NULL"));
    }
    if !matches!(family, AF_INET | AF_INET6) {
        return Err(FAMILY);
    }
    if address.is_null() {
        return Err(invalid("pAddr is NULL"));
    }
    let text = if family == AF_INET {
        // SAFETY: `address` is an in pointer, and any four bytes are an address.
        let octets = unsafe { memory::read::<[u8; 4]>(address.cast()) };
        octets.map(|octets| room::shown(&Ipv4Addr::from(octets)))
    } else {
        // SAFETY: likewise, with sixteen bytes.
        let octets = unsafe { memory::read::<[u8; 16]>(address.cast()) };
        octets.map(|octets| room::shown(&ShowV6(SocketAddrV6::new(Ipv6Addr::from(octets), 0, 0, 0))))
    };
    Ok(text.ok_or(WsaError::WSAEFAULT.because("the address cannot be read"))??)
}

/// Puts a text and its NUL into the caller's memory of `room` characters.
///
/// # Safety
/// `to` is an out pointer.
unsafe fn put<T: Copy + Default>(
    text: impl Iterator<Item = T>,
    to: *mut T,
    room: usize,
) -> Result<(), Failure> {
    let text = room::list(text.chain([T::default()]))?;
    if text.len() > room {
        return Err(STATUS_INVALID_PARAMETER.because("the text needs more characters"));
    }
    // SAFETY: `to` is an out pointer.
    if unsafe { memory::write_all(to, &text) } { Ok(()) } else { Err(UNWRITABLE) }
}

/// What Windows leaves as the last error here: the status of its kernel, not translated (X15).
const STATUS_INVALID_PARAMETER: WsaError = WsaError::from_number(0xc000_000d_u32.cast_signed());

const UNREADABLE: Failure = WsaError::WSAEFAULT.because("the text cannot be read");
const UNWRITABLE: Failure = WsaError::WSAEFAULT.because("the result cannot be written");
const FAMILY: Failure = WsaError::WSAEAFNOSUPPORT.because("the family is neither AF_INET 2 nor AF_INET6 23");

/// A text of the caller as the trace shows it.
pub(in crate::ffi) struct Quoted<'a>(pub(in crate::ffi) Option<&'a CStr>);

impl std::fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            Some(text) => write!(f, "{text:?}"),
            None => f.write_str("NULL or unreadable"),
        }
    }
}
