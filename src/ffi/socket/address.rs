//! Socket addresses in and out of C's memory.

use std::ffi::c_int;

use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::ffi::call::Show;
use crate::ffi::shown::show_address;
use crate::ffi::types::ws2_sockaddr;
use crate::runtime::trace;
use crate::socket::address::to_windows;
use crate::sys::process::sanitizer;
use crate::sys::user::memory;
use crate::sys::{Address, UserAddress};

/// The longest address that can be: a `SOCKADDR_STORAGE`.
const LONGEST: usize = 128;

/// An address that C gives.
///
/// # Safety
/// `name` is an in pointer to `namelen` bytes, as long as the answer is used.
pub(in crate::ffi) unsafe fn address_in<'a>(name: *const ws2_sockaddr, namelen: c_int) -> UserAddress<'a> {
    // SAFETY: an in pointer, which no other thread unmaps.
    unsafe { UserAddress::new(name.expose_provenance(), namelen) }
}

/// Room for an address in C's memory, checked: where, and the length that the caller offers.
pub(in crate::ffi) struct Room {
    name: *mut ws2_sockaddr,
    namelen: *mut c_int,
    offered: c_int,
}

/// Checks the place where an address is to go.
///
/// # Errors
/// `WSAEFAULT` where either cannot be written.
///
/// # Safety
/// `name` and `namelen` are out pointers, `name` to as many bytes as `*namelen` says.
pub(in crate::ffi) unsafe fn room(name: *mut ws2_sockaddr, namelen: *mut c_int) -> Result<Room, Failure> {
    const BAD: Failure = WsaError::WSAEFAULT.because("the place for the address cannot be written");
    if !memory::writable(namelen.addr(), size_of::<c_int>()) {
        return Err(BAD);
    }
    // SAFETY: an out pointer, writable as just asked.
    let offered = unsafe { namelen.read_unaligned() };
    let len = usize::try_from(offered).map_err(|_| BAD)?;
    if !memory::writable(name.addr(), len.min(LONGEST)) {
        return Err(BAD);
    }
    Ok(Room { name, namelen, offered })
}

impl Room {
    /// Writes the address and its length.
    ///
    /// # Errors
    /// `WSAEFAULT`, and nothing is written, where it does not fit.
    pub(in crate::ffi) fn put(self, address: &Address) -> Result<(), Failure> {
        const NO_ROOM: Failure = WsaError::WSAEFAULT.because("the address does not fit the length given");
        let address = to_windows(address);
        let bytes = address.bytes();
        let len = c_int::try_from(bytes.len()).map_err(|_| NO_ROOM)?;
        if len > self.offered {
            return Err(NO_ROOM);
        }
        // SAFETY: both were found writable, `name` for at least `len` bytes.
        unsafe {
            std::ptr::copy_nonoverlapping(bytes.as_ptr(), self.name.cast(), bytes.len());
            self.namelen.write_unaligned(len);
        }
        sanitizer::hands_out(self.name.addr(), bytes.len());
        trace::tells(&Show(|f: &mut std::fmt::Formatter<'_>| show_address(bytes, f)));
        Ok(())
    }
}
