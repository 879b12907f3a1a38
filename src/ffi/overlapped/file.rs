//! `ReadFile` and `WriteFile` on a socket, with an OVERLAPPED (KO16): the calls of Winsock, with codes of Windows itself.

use super::call::wish;
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::ffi::kernel::call::truth;
use crate::ffi::types::{BOOL, DWORD, OVERLAPPED, SOCKET};
use crate::kernel::code::Code;
use crate::overlapped::operations::{Started, receive, send};
use crate::overlapped::request::Wish;
use crate::runtime::startup;
use crate::sys::user::memory;
use crate::sys::{Pieces, UserAddress, UserName};
use crate::windows::status;

/// A code of Winsock in Windows' own words.
fn code_of(failure: Failure) -> Code {
    match failure.code {
        WsaError::WSAENOTSOCK | WsaError::WSA_INVALID_HANDLE => Code::INVALID_HANDLE,
        code => Code::from_number(status::to_windows(status::from_winsock(code.number()))),
    }
}

/// What both have in common: the piece, the wish, and the answer.
///
/// # Safety
/// As for [`read`].
unsafe fn begin(
    (address, len): (usize, DWORD),
    moved: *mut DWORD,
    overlapped: *mut OVERLAPPED,
    run: impl FnOnce(Pieces<'static>, Wish) -> Result<Started, Failure>,
) -> Result<(), Code> {
    startup::admit(startup::mode()).map_err(code_of)?;
    if !moved.is_null() && !memory::writable(moved.addr(), size_of::<DWORD>()) {
        return Err(Code::NOACCESS);
    }
    // SAFETY: an overlapped pointer.
    let wish = unsafe { wish((overlapped, None)).map_err(|_| Code::NOACCESS)? };
    // SAFETY: by this function's own rule.
    unsafe { begin_by((address, len), moved, wish, run) }
}

/// The same for a wish that is there.
///
/// # Safety
/// As for [`read`].
unsafe fn begin_by(
    (address, len): (usize, DWORD),
    moved: *mut DWORD,
    wish: Wish,
    run: impl FnOnce(Pieces<'static>, Wish) -> Result<Started, Failure>,
) -> Result<(), Code> {
    let mut pieces = Pieces::default();
    // SAFETY: for reading, the caller hands the buffer out until the operation has ended.
    let _ = unsafe { pieces.push(address, len) };
    match run(pieces, wish).map_err(code_of)? {
        Started::Pending => Err(Code::IO_PENDING),
        Started::Done(status, bytes) => {
            if !moved.is_null() {
                // SAFETY: writable, as just asked.
                unsafe { moved.write_unaligned(bytes) };
            }
            match status::to_windows(status) {
                0 => Ok(()),
                code => Err(Code::from_number(code)),
            }
        }
    }
}

/// Reads.
///
/// # Safety
/// A buffer that the caller hands out until the end, an out pointer, an overlapped pointer.
pub(in crate::ffi) unsafe fn read(
    s: SOCKET,
    room: (usize, DWORD),
    moved: *mut DWORD,
    overlapped: *mut OVERLAPPED,
) -> BOOL {
    let begin = |pieces, wish| receive::begin(s, pieces, 0, UserName::NOWHERE, wish);
    truth(
        |f| write!(f, "ReadFile({s}, {} bytes, {overlapped:p})", room.1),
        // SAFETY: by this function's own rule.
        unsafe { self::begin(room, moved, overlapped, begin) },
    )
}

/// Writes.
///
/// # Safety
/// As for [`read`].
pub(in crate::ffi) unsafe fn write(
    s: SOCKET,
    bytes: (usize, DWORD),
    moved: *mut DWORD,
    overlapped: *mut OVERLAPPED,
) -> BOOL {
    let begin = |pieces, wish| send::begin(s, pieces, 0, UserAddress::ABSENT, Vec::new(), wish);
    truth(
        |f| write!(f, "WriteFile({s}, {} bytes, {overlapped:p})", bytes.1),
        // SAFETY: by this function's own rule.
        unsafe { self::begin(bytes, moved, overlapped, begin) },
    )
}

/// Reads, as is wished.
///
/// # Errors
/// `ERROR_IO_PENDING`: it has begun. Windows' codes for those of Winsock.
///
/// # Safety
/// A buffer that the caller hands out until the end.
pub(in crate::ffi) unsafe fn read_by(s: SOCKET, room: (usize, DWORD), wish: Wish) -> Result<(), Code> {
    startup::admit(startup::mode()).map_err(code_of)?;
    let begin = |pieces, wish| receive::begin(s, pieces, 0, UserName::NOWHERE, wish);
    // SAFETY: by this function's own rule.
    unsafe { begin_by(room, std::ptr::null_mut(), wish, begin) }
}

/// Writes, as is wished.
///
/// # Errors
/// As [`read_by`].
///
/// # Safety
/// As for [`read_by`].
pub(in crate::ffi) unsafe fn write_by(s: SOCKET, bytes: (usize, DWORD), wish: Wish) -> Result<(), Code> {
    startup::admit(startup::mode()).map_err(code_of)?;
    let begin = |pieces, wish| send::begin(s, pieces, 0, UserAddress::ABSENT, Vec::new(), wish);
    // SAFETY: by this function's own rule.
    unsafe { begin_by(bytes, std::ptr::null_mut(), wish, begin) }
}
