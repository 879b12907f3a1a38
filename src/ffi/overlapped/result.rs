//! How an operation has ended: `WSAGetOverlappedResult GetOverlappedResult GetOverlappedResultEx`.

#![allow(non_snake_case, reason = "Windows' names")]

use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::error::last_error;
use crate::ffi::call::{Show, failed, traced};
use crate::ffi::kernel::call::{Out, truth};
use crate::ffi::kernel::types::HANDLE;
use crate::ffi::types::{BOOL, DWORD, OVERLAPPED, SOCKET};
use crate::kernel::code::Code;
use crate::kernel::wait;
use crate::overlapped::result::{self, Outcome};
use crate::runtime::{startup, trace};
use crate::sys::UserOverlapped;
use crate::sys::user::memory;
use crate::windows::status;

/// `BOOL WSAGetOverlappedResult(SOCKET s, LPWSAOVERLAPPED lpOverlapped, LPDWORD lpcbTransfer, BOOL fWait, LPDWORD lpdwFlags)`
///
/// How an operation has ended. With `fWait` it waits for the end: for the event in `hEvent`, or for the socket's own signal
/// where that is NULL.
///
/// # Returns
/// TRUE after success: the number of bytes and the flags are written, and the last error is 0. Else FALSE; the number of
/// bytes is written where the operation has ended, mostly 0.
///
/// # Errors
/// * `WSANOTINITIALISED`: no `WSAStartup` is in effect.
/// * `WSAENOTSOCK`: no socket.
/// * `WSAEFAULT`: `lpOverlapped` or `lpcbTransfer` is NULL or cannot be read and written.
/// * `WSA_IO_INCOMPLETE`: it has not ended.
/// * `WSA_INVALID_HANDLE`: `hEvent` is not an event.
/// * The code of the operation's end: `WSA_OPERATION_ABORTED`, `WSAECONNRESET`, `WSAECONNABORTED`, `WSAEMSGSIZE` and others.
///
/// Source: OR1 to OR7, SM1 to SM24.
///
/// # Safety
/// An overlapped pointer; the other two are out pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WSAGetOverlappedResult(
    s: SOCKET,
    lpOverlapped: *mut OVERLAPPED,
    lpcbTransfer: *mut DWORD,
    fWait: BOOL,
    lpdwFlags: *mut DWORD,
) -> BOOL {
    const BAD: Failure = WsaError::WSAEFAULT.because("lpOverlapped or a place for a result cannot be used");
    let describe = Show(|f: &mut std::fmt::Formatter<'_>| {
        write!(f, "WSAGetOverlappedResult({}, {lpOverlapped:p}, {fWait})", s.cast_signed())
    });
    let asked = || -> Result<(), Failure> {
        startup::admit(startup::mode())?;
        let good = |place: *mut DWORD| memory::writable(place.addr(), size_of::<DWORD>());
        // SAFETY: an overlapped pointer.
        let overlapped = unsafe { UserOverlapped::new(lpOverlapped.expose_provenance()) };
        let socket_first = |failure| crate::socket::transfer::socket_first(s, failure);
        let overlapped = overlapped.filter(|_| good(lpcbTransfer)).ok_or_else(|| socket_first(BAD))?;
        if !lpdwFlags.is_null() && !good(lpdwFlags) {
            return Err(socket_first(BAD));
        }
        let Outcome { status, bytes } = result::on_socket(s, overlapped, fWait != 0)?;
        // SAFETY: writable, as just asked, as is the other.
        unsafe { lpcbTransfer.write_unaligned(bytes) };
        match status::to_winsock(status) {
            0 => {
                if !lpdwFlags.is_null() {
                    // SAFETY: writable, as asked above.
                    unsafe { lpdwFlags.write_unaligned(0) };
                }
                Ok(())
            }
            code => Err(WsaError::from_number(code).because("that is how the operation has ended")),
        }
    };
    match asked() {
        Ok(()) => {
            last_error::set(0);
            if trace::wanted() {
                traced(&describe, 1, None);
            }
            1
        }
        Err(failure) => {
            failed::<i32>(&describe, failure);
            0
        }
    }
}

/// `BOOL GetOverlappedResult(HANDLE hFile, LPOVERLAPPED lpOverlapped, LPDWORD lpNumberOfBytesTransferred, BOOL bWait)`
///
/// [`WSAGetOverlappedResult`] with codes of Windows itself, for sockets and files.
///
/// # Returns
/// TRUE after success, else FALSE. The number of bytes is written where the operation has ended.
///
/// # Errors
/// * `ERROR_IO_INCOMPLETE`: it has not ended.
/// * `ERROR_NOACCESS`: a pointer that cannot be used.
/// * `ERROR_INVALID_HANDLE`: neither `hEvent` nor `hFile` can be waited for.
/// * The code of the operation's end: `ERROR_OPERATION_ABORTED`, `ERROR_NETNAME_DELETED` and others.
///
/// Source: OR6, OR8, SC1 to SC19.
///
/// # Safety
/// An overlapped pointer; the count's place is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetOverlappedResult(
    hFile: HANDLE,
    lpOverlapped: *mut OVERLAPPED,
    lpNumberOfBytesTransferred: *mut DWORD,
    bWait: BOOL,
) -> BOOL {
    let milliseconds = if bWait == 0 { 0 } else { wait::INFINITE };
    truth(
        |f| write!(f, "GetOverlappedResult({hFile:p}, {lpOverlapped:p}, {bWait})"),
        // SAFETY: the caller's pointers, handed on.
        unsafe { ask(hFile, lpOverlapped, lpNumberOfBytesTransferred, milliseconds, false) },
    )
}

/// `BOOL GetOverlappedResultEx(HANDLE hFile, LPOVERLAPPED lpOverlapped, LPDWORD lpNumberOfBytesTransferred, DWORD dwMilliseconds, BOOL bAlertable)`
///
/// [`ws2_GetOverlappedResult`], which waits so many milliseconds, and with `bAlertable` runs the routines that are queued to
/// the thread instead.
///
/// # Returns
/// As [`ws2_GetOverlappedResult`].
///
/// # Errors
/// Those of [`ws2_GetOverlappedResult`], and
/// * `WAIT_TIMEOUT` (258): it has not ended in time.
/// * `WAIT_IO_COMPLETION` (192): routines have run.
///
/// Source: OR8.
///
/// # Safety
/// An overlapped pointer; the count's place is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_GetOverlappedResultEx(
    hFile: HANDLE,
    lpOverlapped: *mut OVERLAPPED,
    lpNumberOfBytesTransferred: *mut DWORD,
    dwMilliseconds: DWORD,
    bAlertable: BOOL,
) -> BOOL {
    truth(
        |f| write!(f, "GetOverlappedResultEx({hFile:p}, {lpOverlapped:p}, {dwMilliseconds}, {bAlertable})"),
        // SAFETY: the caller's pointers, handed on.
        unsafe { ask(hFile, lpOverlapped, lpNumberOfBytesTransferred, dwMilliseconds, bAlertable != 0) },
    )
}

/// # Safety
/// As for [`ws2_GetOverlappedResult`].
unsafe fn ask(
    handle: HANDLE,
    overlapped: *mut OVERLAPPED,
    bytes: *mut DWORD,
    milliseconds: u32,
    alertable: bool,
) -> Result<(), Code> {
    let place = Out::needed(bytes)?;
    // SAFETY: an overlapped pointer.
    let overlapped = unsafe { UserOverlapped::new(overlapped.expose_provenance()) }.ok_or(Code::NOACCESS)?;
    let outcome = result::of(handle.expose_provenance(), overlapped, milliseconds, alertable)?;
    // SAFETY: an out pointer.
    unsafe { place.put(outcome.bytes)? };
    match status::to_windows(outcome.status) {
        0 => Ok(()),
        code => Err(Code::from_number(code)),
    }
}
