//! The list that `GetAddrInfoEx` gives, in memory.

use std::alloc::{Layout, alloc, dealloc};

use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::ffi::types::lookup::ADDRINFOEXA;
use crate::ffi::types::ws2_sockaddr;
use crate::names::{Answer, Hints, SocketAddress};
use crate::sys::process::sanitizer;

/// An entry: one allocation, with a canonical name behind it.
#[repr(C)]
struct Entry {
    info: ADDRINFOEXA,
    /// Of the whole allocation.
    size: usize,
    address: [u64; 4],
}

fn layout(size: usize) -> Option<Layout> {
    Layout::from_size_align(size, align_of::<Entry>()).ok()
}

/// The list of an answer, `name` being the canonical name in the caller's characters with its end.
pub(super) fn list(answer: &Answer, hints: Hints, name: &[u8]) -> Result<*mut ADDRINFOEXA, Failure> {
    let mut next: *mut ADDRINFOEXA = std::ptr::null_mut();
    let hints = Hints { socket_type: answer.socket_type, ..hints };
    for (nth, address) in answer.addresses.iter().enumerate().rev() {
        let name = if nth == 0 { name } else { &[] };
        match entry(address, hints, name, next) {
            Some(entry) => next = entry,
            None => {
                // SAFETY: what this function has made so far.
                unsafe { free(next) };
                return Err(WsaError::WSA_NOT_ENOUGH_MEMORY.into());
            }
        }
    }
    Ok(next)
}

fn entry(
    address: &SocketAddress,
    hints: Hints,
    name: &[u8],
    next: *mut ADDRINFOEXA,
) -> Option<*mut ADDRINFOEXA> {
    let size = size_of::<Entry>() + name.len();
    // SAFETY: the size is not 0; all that is written lies within it, and an address is at most 28 bytes long.
    unsafe {
        let entry = alloc(layout(size)?).cast::<Entry>();
        if entry.is_null() {
            return None;
        }
        let room = (&raw mut (*entry).address).cast::<u8>();
        let bytes = address.bytes();
        room.write_bytes(0, size_of::<[u64; 4]>());
        room.copy_from_nonoverlapping(bytes.as_ptr(), bytes.len());
        let behind = entry.add(1).cast::<u8>();
        behind.copy_from_nonoverlapping(name.as_ptr(), name.len());
        (&raw mut (*entry).size).write(size);
        let info = &raw mut (*entry).info;
        info.write(ADDRINFOEXA {
            ai_flags: 0,
            ai_family: address.family(),
            ai_socktype: hints.socket_type,
            ai_protocol: hints.protocol,
            ai_addrlen: bytes.len(),
            ai_canonname: if name.is_empty() { std::ptr::null_mut() } else { behind.cast() },
            ai_addr: room.cast::<ws2_sockaddr>(),
            ai_blob: std::ptr::null_mut(),
            ai_bloblen: 0,
            ai_provider: std::ptr::null_mut(),
            ai_next: next,
        });
        sanitizer::hands_out(entry.expose_provenance(), size);
        Some(info)
    }
}

/// Gives a list back, entry by entry.
///
/// # Safety
/// NULL, or entries of [`list`] that nobody uses any more, each at the place where it was made.
pub(super) unsafe fn free(list: *mut ADDRINFOEXA) {
    let mut at = list;
    while !at.is_null() {
        // SAFETY: passed on to the caller; each entry tells its own size.
        unsafe {
            let entry = at.cast::<Entry>();
            at = (*entry).info.ai_next;
            let size = (*entry).size;
            if let Some(layout) = layout(size) {
                dealloc(entry.cast(), layout);
            }
        }
    }
}
