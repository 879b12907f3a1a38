//! `WSAAsyncGetHostByName` and its like: look-ups whose end is told by a message (AS11).

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::{c_char, c_int};
use std::net::IpAddr;

use super::call::handle;
use super::types::{HWND, UINT};
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::ffi::call::call;
use crate::ffi::kernel::types::HANDLE;
use crate::ffi::names::image::Image;
use crate::ffi::names::{netdb_image, resolve};
use crate::messages::{self, Handle};
use crate::names::{self, pending};
use crate::sys::user::memory;

const NO_NAME: Failure = WsaError::WSAEFAULT.because("name is NULL");

/// Where the answer goes, and who is told.
#[derive(Clone, Copy)]
struct Task {
    window: Handle,
    message: UINT,
    buffer: usize,
    len: usize,
}

impl Task {
    fn new(window: HWND, message: UINT, buffer: *mut c_char, len: c_int) -> Result<Self, Failure> {
        const NO_WINDOW: Failure = WsaError::WSAEINVAL.because("no such window, and no routine to post by");
        const BAD: Failure = WsaError::WSAEFAULT.because("the buffer cannot be written");
        let window = handle(window).ok().filter(|window| messages::can_notify(*window)).ok_or(NO_WINDOW)?;
        let len = usize::try_from(len).map_err(|_| BAD)?;
        if !memory::writable(buffer.addr(), len) {
            return Err(BAD);
        }
        Ok(Self { window, message, buffer: buffer.expose_provenance(), len })
    }

    /// Has a thread look it up: the number of the task.
    fn begin(self, ask: impl FnOnce() -> Result<Image, Failure> + Send + 'static) -> Result<HANDLE, Failure> {
        let number = pending::number();
        pending::begin(number, None, ask, move |answer| self.end(number, answer))?;
        Ok(std::ptr::without_provenance_mut(number))
    }

    /// The answer goes into the buffer, and the message is posted; not for one that was called off.
    fn end(self, number: usize, answer: Result<Image, Failure>) {
        const TOO_SMALL: WsaError = WsaError::WSAENOBUFS;
        let (len, code) = match answer {
            Err(failure) if failure.code == WsaError::WSA_E_CANCELLED => return,
            Err(failure) => (0, failure.code.number()),
            Ok(image) if image.len() > self.len => (image.len(), TOO_SMALL.number()),
            Ok(image) => {
                let len = image.len();
                let to = std::ptr::with_exposed_provenance_mut::<u8>(self.buffer);
                // SAFETY: the caller of the function leaves the buffer to the library until the message comes.
                (len, unsafe { image.write(to) }.map_or_else(|failure| failure.code.number(), |()| 0))
            }
        };
        let [low, high] = [u32::try_from(len).unwrap_or(u32::MAX), code.cast_unsigned()].map(|n| n & 0xFFFF);
        let lparam = isize::try_from(high << 16 | low).unwrap_or(0);
        let _ = messages::notify(self.window, self.message, number, lparam);
    }
}

/// `HANDLE WSAAsyncGetHostByAddr(HWND hWnd, u_int wMsg, const char *addr, int len, int type, char *buf, int
/// buflen)`
///
/// The host that has an address, as [`gethostbyaddr`](crate::ffi::ws2_gethostbyaddr). The call comes back at once;
/// at the end `buf` has the structure with all that it points to, and the message `wMsg` is posted: `wParam` is the
/// value that this call gave, `lParam` has the number of bytes (`WSAGETASYNCBUFLEN`) and an error code
/// (`WSAGETASYNCERROR`), `WSAENOBUFS` where `buflen` is too small for that number.
///
/// # Returns
/// The number of the task, or NULL.
///
/// # Errors
/// As [`WSAAsyncGetHostByName`]; `WSAEAFNOSUPPORT`, `WSAEINVAL`: no address of that kind.
///
/// Source: row AS11; Windows' documentation.
///
/// # Safety
/// The names and addresses are in pointers; `buf` is an out pointer that stays until the message.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WSAAsyncGetHostByAddr(
    hWnd: HWND,
    wMsg: UINT,
    addr: *const c_char,
    len: c_int,
    r#type: c_int,
    buf: *mut c_char,
    buflen: c_int,
) -> HANDLE {
    call(
        |f| write!(f, "WSAAsyncGetHostByAddr({hWnd:p}, {wMsg:#x})"),
        |_| {
            let task = Task::new(hWnd, wMsg, buf, buflen)?;
            let bad = WsaError::WSAEFAULT.because("addr cannot be read");
            // SAFETY: an in pointer; any bytes are an address.
            let ip = unsafe {
                match names::address_len(r#type, len)? {
                    4 => IpAddr::from(memory::read(addr.cast::<[u8; 4]>()).ok_or(bad)?),
                    _ => IpAddr::from(memory::read(addr.cast::<[u8; 16]>()).ok_or(bad)?),
                }
            };
            task.begin(move || Ok(netdb_image::host_image(&names::host_by_address(ip)?)))
        },
    )
}

/// `HANDLE WSAAsyncGetHostByName(HWND hWnd, u_int wMsg, const char *name, char *buf, int buflen)`
///
/// The host of a name, as [`gethostbyname`](crate::ffi::ws2_gethostbyname). The call comes back at once; at the end
/// `buf` has the structure with all that it points to, and the message `wMsg` is posted: `wParam` is the value that
/// this call gave, `lParam` has the number of bytes (`WSAGETASYNCBUFLEN`) and an error code (`WSAGETASYNCERROR`),
/// `WSAENOBUFS` where `buflen` is too small for that number.
///
/// # Returns
/// The number of the task, or NULL.
///
/// # Errors
/// At once:
/// * `WSANOTINITIALISED`: no [`WSAStartup`](crate::ffi::WSAStartup) is in effect.
/// * `WSAEINVAL`: no such window, and no routine of [`WSApSetPostRoutine`](crate::ffi::WSApSetPostRoutine).
/// * `WSAEFAULT`: `buf` cannot be written, `buflen` is negative, or an argument cannot be read.
/// * `WSA_NOT_ENOUGH_MEMORY`: no memory, or no thread.
///
/// With the message: those of the function that does the same at once, and `WSAENOBUFS`.
///
/// Source: row AS11; Windows' documentation.
///
/// # Safety
/// The names and addresses are in pointers; `buf` is an out pointer that stays until the message.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WSAAsyncGetHostByName(
    hWnd: HWND,
    wMsg: UINT,
    name: *const c_char,
    buf: *mut c_char,
    buflen: c_int,
) -> HANDLE {
    call(
        |f| write!(f, "WSAAsyncGetHostByName({hWnd:p}, {wMsg:#x})"),
        |_| {
            let task = Task::new(hWnd, wMsg, buf, buflen)?;
            // SAFETY: an in pointer.
            let name = unsafe { resolve::name(name) }?;
            task.begin(move || Ok(netdb_image::host_image(&names::host_by_name(name.as_deref())?)))
        },
    )
}

/// `HANDLE WSAAsyncGetProtoByName(HWND hWnd, u_int wMsg, const char *name, char *buf, int buflen)`
///
/// The protocol of a name, as [`getprotobyname`](crate::ffi::ws2_getprotobyname). The call comes back at once; at
/// the end `buf` has the structure with all that it points to, and the message `wMsg` is posted: `wParam` is the
/// value that this call gave, `lParam` has the number of bytes (`WSAGETASYNCBUFLEN`) and an error code
/// (`WSAGETASYNCERROR`), `WSAENOBUFS` where `buflen` is too small for that number.
///
/// # Returns
/// The number of the task, or NULL.
///
/// # Errors
/// As [`WSAAsyncGetHostByName`].
///
/// Source: row AS11; Windows' documentation.
///
/// # Safety
/// The names and addresses are in pointers; `buf` is an out pointer that stays until the message.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WSAAsyncGetProtoByName(
    hWnd: HWND,
    wMsg: UINT,
    name: *const c_char,
    buf: *mut c_char,
    buflen: c_int,
) -> HANDLE {
    call(
        |f| write!(f, "WSAAsyncGetProtoByName({hWnd:p}, {wMsg:#x})"),
        |_| {
            let task = Task::new(hWnd, wMsg, buf, buflen)?;
            // SAFETY: an in pointer.
            let name = unsafe { resolve::name(name) }?.ok_or(NO_NAME)?;
            task.begin(move || Ok(netdb_image::protocol_image(&names::protocol_by_name(&name)?)))
        },
    )
}

/// `HANDLE WSAAsyncGetProtoByNumber(HWND hWnd, u_int wMsg, int number, char *buf, int buflen)`
///
/// The protocol of a number, as [`getprotobynumber`](crate::ffi::ws2_getprotobynumber). The call comes back at
/// once; at the end `buf` has the structure with all that it points to, and the message `wMsg` is posted: `wParam`
/// is the value that this call gave, `lParam` has the number of bytes (`WSAGETASYNCBUFLEN`) and an error code
/// (`WSAGETASYNCERROR`), `WSAENOBUFS` where `buflen` is too small for that number.
///
/// # Returns
/// The number of the task, or NULL.
///
/// # Errors
/// As [`WSAAsyncGetHostByName`].
///
/// Source: row AS11; Windows' documentation.
///
/// # Safety
/// The names and addresses are in pointers; `buf` is an out pointer that stays until the message.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WSAAsyncGetProtoByNumber(
    hWnd: HWND,
    wMsg: UINT,
    number: c_int,
    buf: *mut c_char,
    buflen: c_int,
) -> HANDLE {
    call(
        |f| write!(f, "WSAAsyncGetProtoByNumber({hWnd:p}, {wMsg:#x})"),
        |_| {
            let task = Task::new(hWnd, wMsg, buf, buflen)?;
            task.begin(move || Ok(netdb_image::protocol_image(&names::protocol_by_number(number)?)))
        },
    )
}

/// `HANDLE WSAAsyncGetServByName(HWND hWnd, u_int wMsg, const char *name, const char *proto, char *buf, int
/// buflen)`
///
/// The service of a name, as [`getservbyname`](crate::ffi::ws2_getservbyname). The call comes back at once; at the
/// end `buf` has the structure with all that it points to, and the message `wMsg` is posted: `wParam` is the value
/// that this call gave, `lParam` has the number of bytes (`WSAGETASYNCBUFLEN`) and an error code
/// (`WSAGETASYNCERROR`), `WSAENOBUFS` where `buflen` is too small for that number.
///
/// # Returns
/// The number of the task, or NULL.
///
/// # Errors
/// As [`WSAAsyncGetHostByName`].
///
/// Source: row AS11; Windows' documentation.
///
/// # Safety
/// The names and addresses are in pointers; `buf` is an out pointer that stays until the message.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WSAAsyncGetServByName(
    hWnd: HWND,
    wMsg: UINT,
    name: *const c_char,
    proto: *const c_char,
    buf: *mut c_char,
    buflen: c_int,
) -> HANDLE {
    call(
        |f| write!(f, "WSAAsyncGetServByName({hWnd:p}, {wMsg:#x})"),
        |_| {
            let task = Task::new(hWnd, wMsg, buf, buflen)?;
            // SAFETY: in pointers.
            let (name, proto) = unsafe { (resolve::name(name)?.ok_or(NO_NAME)?, resolve::name(proto)?) };
            task.begin(move || {
                Ok(netdb_image::service_image(&names::service_by_name(&name, proto.as_deref())?))
            })
        },
    )
}

/// `HANDLE WSAAsyncGetServByPort(HWND hWnd, u_int wMsg, int port, const char *proto, char *buf, int buflen)`
///
/// The service at a port in network order, as [`getservbyport`](crate::ffi::ws2_getservbyport). The call comes back
/// at once; at the end `buf` has the structure with all that it points to, and the message `wMsg` is posted:
/// `wParam` is the value that this call gave, `lParam` has the number of bytes (`WSAGETASYNCBUFLEN`) and an error
/// code (`WSAGETASYNCERROR`), `WSAENOBUFS` where `buflen` is too small for that number.
///
/// # Returns
/// The number of the task, or NULL.
///
/// # Errors
/// As [`WSAAsyncGetHostByName`].
///
/// Source: row AS11; Windows' documentation.
///
/// # Safety
/// The names and addresses are in pointers; `buf` is an out pointer that stays until the message.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WSAAsyncGetServByPort(
    hWnd: HWND,
    wMsg: UINT,
    port: c_int,
    proto: *const c_char,
    buf: *mut c_char,
    buflen: c_int,
) -> HANDLE {
    call(
        |f| write!(f, "WSAAsyncGetServByPort({hWnd:p}, {wMsg:#x})"),
        |_| {
            let task = Task::new(hWnd, wMsg, buf, buflen)?;
            // SAFETY: an in pointer.
            let proto = unsafe { resolve::name(proto) }?;
            // As getservbyport: the lower half, in network order.
            let port = u16::from_be(u16::try_from(port & 0xFFFF).unwrap_or(0));
            task.begin(move || {
                Ok(netdb_image::service_image(&names::service_by_port(port, proto.as_deref())?))
            })
        },
    )
}

/// `int WSACancelAsyncRequest(HANDLE hAsyncTaskHandle)`
///
/// Calls a look-up off: no message comes for it.
///
/// # Returns
/// 0, or `SOCKET_ERROR`.
///
/// # Errors
/// * `WSANOTINITIALISED`: no [`WSAStartup`](crate::ffi::WSAStartup) is in effect.
/// * `WSAEINVAL`: there was never such a task.
/// * `WSAEALREADY`: it has ended.
///
/// Source: row AS11; Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn WSACancelAsyncRequest(hAsyncTaskHandle: HANDLE) -> c_int {
    call(
        |f| write!(f, "WSACancelAsyncRequest({hAsyncTaskHandle:p})"),
        |_| {
            let task = hAsyncTaskHandle.addr();
            if pending::cancel(task) {
                Ok(0)
            } else if pending::was_given(task) {
                Err(WsaError::WSAEALREADY.because("it has ended"))
            } else {
                Err(WsaError::WSAEINVAL.because("no such task"))
            }
        },
    )
}
