//! A structure of the C interface with everything that it points to, in one piece of memory: made with offsets first, and
//! given its pointers where it ends up, in memory of the thread or in a buffer of the caller's.

use std::ffi::{CStr, CString};

use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::sys::user::memory;

/// A structure with all it points to, its pointers still counted from its own beginning.
pub(in crate::ffi) struct Image {
    bytes: Vec<u8>,
    pointers: Vec<usize>,
}

/// A pointer's size.
pub(in crate::ffi) const WORD: usize = size_of::<u64>();

impl Image {
    /// Room for the structure itself, zeroed.
    pub(in crate::ffi) fn of<T>() -> Self {
        Self { bytes: vec![0; size_of::<T>()], pointers: Vec::new() }
    }

    pub(in crate::ffi) fn put(&mut self, at: usize, part: &[u8]) {
        if let Some(place) = self.bytes.get_mut(at..at + part.len()) {
            place.copy_from_slice(part);
        }
    }

    pub(in crate::ffi) fn short(&mut self, at: usize, value: i16) {
        self.put(at, &value.to_ne_bytes());
    }

    pub(in crate::ffi) fn pointer(&mut self, at: usize, to: usize) {
        self.put(at, &to.to_ne_bytes());
        self.pointers.push(at);
    }

    /// Adds bytes at the end and says where they are.
    pub(in crate::ffi) fn append(&mut self, part: &[u8]) -> usize {
        let at = self.bytes.len();
        self.bytes.extend_from_slice(part);
        at
    }

    pub(in crate::ffi) fn text(&mut self, at: usize, text: &CStr) {
        let to = self.append(text.to_bytes_with_nul());
        self.pointer(at, to);
    }

    /// Adds a table of so many pointers and a NULL at the end, and points to it.
    pub(in crate::ffi) fn table(&mut self, at: usize, count: usize) -> usize {
        let padding = self.bytes.len().next_multiple_of(WORD) - self.bytes.len();
        self.append(&vec![0; padding]);
        let to = self.append(&vec![0; (count + 1) * WORD]);
        self.pointer(at, to);
        to
    }

    pub(in crate::ffi) fn texts(&mut self, table: usize, texts: &[CString]) {
        for (nth, text) in texts.iter().enumerate() {
            self.text(table + nth * WORD, text);
        }
    }

    /// A number of 32 bits.
    pub(in crate::ffi) fn long(&mut self, at: usize, value: u32) {
        self.put(at, &value.to_ne_bytes());
    }

    /// Adds so many bytes of zero at the end, at an address that a pointer can have, and says where they are.
    pub(in crate::ffi) fn room(&mut self, len: usize) -> usize {
        let at = self.bytes.len().next_multiple_of(WORD);
        self.bytes.resize(at + len, 0);
        at
    }

    /// How many bytes it has.
    pub(in crate::ffi) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// The bytes, with the pointers of an image that lies at this address.
    pub(in crate::ffi) fn at(mut self, base: usize) -> Vec<u8> {
        for at in std::mem::take(&mut self.pointers) {
            let target = self.bytes.get(at..).and_then(|rest| rest.first_chunk()).copied();
            let address = base.wrapping_add(target.map_or(0, usize::from_ne_bytes));
            self.put(at, &address.to_ne_bytes());
        }
        self.bytes
    }

    /// Writes it into a buffer of the caller's, which has room for it.
    ///
    /// # Errors
    /// `WSAEFAULT`: the buffer cannot be written.
    ///
    /// # Safety
    /// `to` is an out pointer.
    pub(in crate::ffi) unsafe fn write<T>(self, to: *mut T) -> Result<(), Failure> {
        let bytes = self.at(to.expose_provenance());
        // SAFETY: passed on to the caller.
        if unsafe { memory::write_all(to.cast::<u8>(), &bytes) } {
            Ok(())
        } else {
            Err(WsaError::WSAEFAULT.because("the buffer cannot be written"))
        }
    }
}
