//! `WSAStartup`, `WSACleanup`, `WSAGetLastError`, `WSASetLastError`.

#![allow(non_snake_case, reason = "Windows' names")]

mod blocking;
mod version;

pub use blocking::*;
pub use version::*;

use std::ffi::{c_char, c_int};
use std::mem::offset_of;

use crate::descriptor;
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::error::last_error;
use crate::ffi::call::{Show, call, traced};
use crate::ffi::types::{WORD, WSADATA};
use crate::runtime::lock;
use crate::runtime::put_off::{self, Job};
use crate::runtime::startup::{self, Negotiated};
use crate::runtime::trace;
use crate::socket::create;
use crate::sys;

/// `int WSAStartup(WORD wVersionRequested, WSADATA *lpWSAData)`
///
/// Starts Winsock for this process, or counts one more start. Every success needs its own [`WSACleanup`].
/// `wVersionRequested` is `MAKEWORD(major, minor)`; what is given is told in `wVersion`, and it is the caller's
/// to compare. `lpVendorInfo` is left as it was.
///
/// # Returns
/// 0, or the error code itself. The thread's last error is 0 after success and left alone after a failure.
///
/// # Errors
/// * `WSAVERNOTSUPPORTED`: the major version is 0. `lpWSAData` is filled all the same, if it is given.
/// * `WSAEFAULT`: `lpWSAData` is NULL or cannot be written.
/// * `WSAEPROCLIM`: 2³² − 1 starts are open.
/// * `WSAEINPROGRESS`: called from Winsock 1.1's blocking hook.
///
/// Source: rows VN1 to VN11, ST1 to ST9, WD1 to WD7, measured on Windows by the ReactOS and Wine tests.
///
/// # Safety
/// `lpWSAData` is an out pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WSAStartup(wVersionRequested: WORD, lpWSAData: *mut WSADATA) -> c_int {
    let negotiated = startup::negotiate(wVersionRequested);
    // SAFETY: `lpWSAData` is an out pointer.
    let filled = unsafe { fill(lpWSAData, negotiated) };
    let result = if !negotiated.supported {
        Err(WsaError::WSAVERNOTSUPPORTED.because("the major version asked for is 0"))
    } else if !filled {
        Err(WsaError::WSAEFAULT.because("lpWSAData cannot be written"))
    } else {
        crate::fork::prepare_once();
        descriptor::at_first_start();
        put_off::do_by(do_late);
        crate::overlapped::request::prepare_waits();
        startup::start(negotiated)
    };
    let code = result.map_or_else(|failure| failure.code.number(), |()| 0);
    if result.is_ok() {
        last_error::set(0);
    }
    if trace::wanted() {
        let [major, minor] = wVersionRequested.to_le_bytes();
        traced(
            &Show(|f: &mut std::fmt::Formatter<'_>| write!(f, "WSAStartup({major}.{minor})")),
            code,
            result.err(),
        );
    }
    code
}

/// Fills in what Windows fills in; `false` where the memory cannot be written.
///
/// # Safety
/// `data` is an out pointer.
unsafe fn fill(data: *mut WSADATA, negotiated: Negotiated) -> bool {
    if !sys::user::memory::writable(data as usize, size_of::<WSADATA>()) {
        return false;
    }
    // SAFETY: writable, as just asked; written field by field, since the address may be unaligned and
    // `lpVendorInfo` is not ours.
    unsafe {
        let base = data.cast::<u8>();
        let put = |offset: usize, value: u16| base.add(offset).cast::<u16>().write_unaligned(value);
        put(offset_of!(WSADATA, wVersion), negotiated.version);
        put(offset_of!(WSADATA, wHighVersion), crate::windows::abi::HIGHEST_VERSION);
        put(offset_of!(WSADATA, iMaxSockets), negotiated.max_sockets);
        put(offset_of!(WSADATA, iMaxUdpDg), negotiated.max_datagram);
        let text = |offset: usize, text: &std::ffi::CStr| {
            let to: *mut c_char = base.add(offset).cast();
            std::ptr::copy_nonoverlapping(text.as_ptr(), to, text.count_bytes() + 1);
        };
        text(offset_of!(WSADATA, szDescription), c"WinSock 2.0");
        text(offset_of!(WSADATA, szSystemStatus), c"Running");
    }
    true
}

/// `int WSACleanup(void)`
///
/// Takes one [`WSAStartup`] back. The last one ends blocked calls of other threads with `WSAEINTR` and closes
/// every socket that this library made and that is still open.
///
/// # Returns
/// 0, or `SOCKET_ERROR`.
///
/// # Errors
/// * `WSANOTINITIALISED`: no start is left.
///
/// Source: rows CL1 to CL7.
#[unsafe(no_mangle)]
pub extern "C" fn WSACleanup() -> c_int {
    call(|f| f.write_str("WSACleanup()"), |_| clean_up().map(|()| 0))
}

/// Does what a signal handler's call had to put off.
fn do_late(job: Job) {
    // Nobody is left to be told of a failure.
    let _ = match job {
        Job::Close(socket, began) => descriptor::of(socket).and_then(|fd| create::close_since(fd, began)),
        Job::Cleanup => startup::cleanup(descriptor::close_all),
    };
}

/// In a signal handler that interrupted this very thread inside of the library the cleanup is put off until the
/// thread has left the library's locks.
fn clean_up() -> Result<(), Failure> {
    if !lock::holds_any() {
        return startup::cleanup(descriptor::close_all);
    }
    let why = "too much is put off by signal handlers at once";
    if put_off::add(Job::Cleanup) { Ok(()) } else { Err(WsaError::WSAENOBUFS.because(why)) }
}

/// `int WSAGetLastError(void)`
///
/// The calling thread's last error: the code of its last failed call, 0 after a successful one. Works without
/// [`WSAStartup`].
///
/// Source: rows LE1 to LE9, Q23.
#[unsafe(no_mangle)]
pub extern "C" fn WSAGetLastError() -> c_int {
    last_error::get()
}

/// `void WSASetLastError(int iError)`
///
/// Sets the calling thread's last error; any number is kept unchanged. Works without [`WSAStartup`].
///
/// Source: rows LE1 to LE9, Q23.
#[unsafe(no_mangle)]
pub extern "C" fn WSASetLastError(iError: c_int) {
    last_error::set(iError);
}
