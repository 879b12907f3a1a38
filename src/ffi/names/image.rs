//! A structure of the C interface with everything that it points to, in one piece of memory: made with offsets first, and
//! given its pointers where it ends up, in memory of the thread or in a buffer of the caller's.

use std::ffi::{CStr, CString};

use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::sys::room::{self, NoMemory};
use crate::sys::user::memory;

/// A structure with all it points to, its pointers still counted from its own beginning.
pub(in crate::ffi) struct Image {
    bytes: Vec<u8>,
    /// There was no memory for a part of it.
    incomplete: bool,
    pointers: Vec<usize>,
}

/// A pointer's size.
pub(in crate::ffi) const WORD: usize = size_of::<u64>();

impl Image {
    /// Room for the structure itself, zeroed.
    pub(in crate::ffi) fn of<T>() -> Self {
        let mut image = Self { bytes: Vec::new(), incomplete: false, pointers: Vec::new() };
        image.grow(size_of::<T>());
        image
    }

    /// Adds so many zeros; where there is no memory for them, the image stays as it is, and is never given.
    fn grow(&mut self, more: usize) {
        match self.bytes.try_reserve(more) {
            Ok(()) => self.bytes.resize(self.bytes.len() + more, 0),
            Err(_) => self.incomplete = true,
        }
    }

    /// Whether all of it is there.
    ///
    /// # Errors
    /// `WSA_NOT_ENOUGH_MEMORY`.
    pub(in crate::ffi) fn complete(&self) -> Result<(), Failure> {
        if self.incomplete { Err(NoMemory.into()) } else { Ok(()) }
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
        self.incomplete |= room::push(&mut self.pointers, at).is_err();
    }

    /// Adds bytes at the end and says where they are.
    pub(in crate::ffi) fn append(&mut self, part: &[u8]) -> usize {
        let at = self.bytes.len();
        self.grow(part.len());
        self.put(at, part);
        at
    }

    /// Appends a text in 16-bit units, with its NUL.
    pub(in crate::ffi) fn wide(&mut self, text: &CStr) {
        match room::widened(text.to_bytes()) {
            Ok(units) => units.iter().for_each(|unit| {
                self.append(&unit.to_ne_bytes());
            }),
            Err(NoMemory) => self.incomplete = true,
        }
    }

    pub(in crate::ffi) fn text(&mut self, at: usize, text: &CStr) {
        let to = self.append(text.to_bytes_with_nul());
        self.pointer(at, to);
    }

    /// Adds a table of so many pointers and a NULL at the end, and points to it.
    pub(in crate::ffi) fn table(&mut self, at: usize, count: usize) -> usize {
        let padding = self.bytes.len().next_multiple_of(WORD) - self.bytes.len();
        self.grow(padding);
        let to = self.bytes.len();
        self.grow((count + 1) * WORD);
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
        self.grow((at + len).saturating_sub(self.bytes.len()));
        at
    }

    /// How many bytes it has.
    /// Makes it at least so long.
    pub(in crate::ffi) fn room_to(&mut self, len: usize) {
        self.grow(len.saturating_sub(self.bytes.len()));
    }

    pub(in crate::ffi) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// The bytes, with the pointers of an image that lies at this address.
    ///
    /// # Errors
    /// `WSA_NOT_ENOUGH_MEMORY`: there was none for a part of it.
    pub(in crate::ffi) fn at(mut self, base: usize) -> Result<Vec<u8>, Failure> {
        for at in std::mem::take(&mut self.pointers) {
            let target = self.bytes.get(at..).and_then(|rest| rest.first_chunk()).copied();
            let address = base.wrapping_add(target.map_or(0, usize::from_ne_bytes));
            self.put(at, &address.to_ne_bytes());
        }
        self.complete()?;
        Ok(self.bytes)
    }

    /// Writes it into a buffer of the caller's, which has room for it.
    ///
    /// # Errors
    /// `WSAEFAULT`: the buffer cannot be written.
    ///
    /// # Safety
    /// `to` is an out pointer.
    pub(in crate::ffi) unsafe fn write<T>(self, to: *mut T) -> Result<(), Failure> {
        let bytes = self.at(to.expose_provenance())?;
        // SAFETY: passed on to the caller.
        if unsafe { memory::write_all(to.cast::<u8>(), &bytes) } {
            Ok(())
        } else {
            Err(WsaError::WSAEFAULT.because("the buffer cannot be written"))
        }
    }
}
