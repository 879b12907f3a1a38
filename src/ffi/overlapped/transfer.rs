//! `WSASend WSASendTo WSARecv WSARecvFrom` with an OVERLAPPED.

use std::ffi::c_int;

use super::call::{End, PENDING, wish};
use crate::error::failure::Failure;
use crate::ffi::transfer::pieces::{BAD_NUMBER, count_of, listed};
use crate::ffi::types::message::WSABUF;
use crate::ffi::types::{DWORD, SOCKET};
use crate::overlapped::operations::{Started, receive as receiving, send as sending};
use crate::socket::transfer::recv;
use crate::socket::transfer::sendto;
use crate::sys::user::memory;
use crate::sys::{Pieces, UserAddress, UserName};
use crate::windows::abi::{MSG_OOB, MSG_PARTIAL};
use crate::windows::status;

/// A place for a number, which may be NULL (OV7).
fn good(place: *mut DWORD) -> bool {
    place.is_null() || memory::writable(place.addr(), size_of::<DWORD>())
}

/// Sends what is listed.
///
/// # Safety
/// `list` is an in pointer to so many buffers, `sent` an out pointer; an overlapped pointer.
pub(in crate::ffi) unsafe fn send(
    s: SOCKET,
    (list, count): (*const WSABUF, DWORD),
    sent: *mut DWORD,
    flags: c_int,
    to: UserAddress<'_>,
    end: End,
) -> Result<c_int, Failure> {
    let mut pieces = Pieces::default();
    // SAFETY: by this function's own rule.
    let checked = unsafe { listed(list, count, &mut pieces).and_then(|()| wish(end)) };
    let wish = match checked {
        Ok(wish) if good(sent) => wish,
        Ok(_) => return sendto::refuse(s, flags, to, BAD_NUMBER).map(|_| 0),
        Err(failure) => return sendto::refuse(s, flags, to, failure).map(|_| 0),
    };
    match sending::begin(s, pieces, flags, to, Vec::new(), wish)? {
        Started::Pending => Err(PENDING),
        Started::Done(_, bytes) => {
            if !sent.is_null() {
                // SAFETY: writable, as just asked.
                unsafe { sent.write_unaligned(bytes) };
            }
            Ok(0)
        }
    }
}

/// Receives into what is listed.
///
/// # Safety
/// As for [`send`]; the buffers are the caller's to hand out until the operation has ended; the places are out pointers.
pub(in crate::ffi) unsafe fn receive(
    s: SOCKET,
    (list, count): (*const WSABUF, DWORD),
    (received, flags_at): (*mut DWORD, *mut DWORD),
    name: UserName<'static>,
    end: End,
) -> Result<c_int, Failure> {
    let mut pieces = Pieces::default();
    // SAFETY: by this function's own rule.
    let checked = unsafe { listed(list, count, &mut pieces).and_then(|()| wish(end)) };
    let wish = match checked {
        Ok(wish) if good(received) && !flags_at.is_null() && good(flags_at) => wish,
        Ok(_) => return recv::refuse(s, 0, BAD_NUMBER).map(|_| 0),
        Err(failure) => return recv::refuse(s, 0, failure).map(|_| 0),
    };
    // SAFETY: writable, as just asked, so readable.
    let flags = unsafe { flags_at.read_unaligned() }.cast_signed();
    let Started::Done(status, bytes) = receiving::begin(s, pieces, flags & !MSG_PARTIAL, name, wish)? else {
        return Err(PENDING);
    };
    let cut = status == status::STATUS_BUFFER_OVERFLOW;
    // SAFETY: both writable, as just asked.
    unsafe {
        if !received.is_null() {
            received.write_unaligned(count_of(usize::try_from(bytes).unwrap_or(usize::MAX)));
        }
        flags_at.write_unaligned(if cut { MSG_PARTIAL } else { flags & MSG_OOB }.cast_unsigned());
    }
    if cut { Err(recv::TOO_LONG) } else { Ok(0) }
}
