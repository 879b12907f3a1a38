//! The caller's data buffers: an address and a length that travel to the kernel unseen.
//!
//! Nothing here is ever dereferenced. A slice made from a bad pointer would be undefined behaviour; the kernel
//! says `EFAULT`.

use std::marker::PhantomData;

use crate::sys::process::sanitizer;
use crate::sys::room::Made;

/// Bytes to be sent: any address, readable or not.
#[derive(Clone, Copy, Debug)]
pub struct UserBuf<'a> {
    address: usize,
    len: usize,
    bytes: PhantomData<&'a [u8]>,
}

impl UserBuf<'_> {
    /// A buffer at any address. The kernel only reads from it, so a wrong address does no harm.
    #[must_use]
    #[inline(always)]
    pub const fn new(address: usize, len: usize) -> Self {
        Self { address, len, bytes: PhantomData }
    }

    /// The number of bytes.
    #[must_use]
    #[inline(always)]
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Whether there is nothing to send.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// A copy; `None` where it cannot be read.
    ///
    /// # Errors
    /// [`NoMemory`](crate::sys::room::NoMemory).
    pub fn copy(&self) -> Made<Option<Vec<u8>>> {
        let mut copy = Vec::new();
        if self.len == 0 {
            return Ok(Some(copy));
        }
        if !crate::sys::user::memory::readable(self.address, self.len) {
            return Ok(None);
        }
        copy.try_reserve_exact(self.len)?;
        // SAFETY: readable, as just asked; there is room for so many bytes, which are numbers.
        unsafe {
            let from = std::ptr::with_exposed_provenance::<u8>(self.address);
            std::ptr::copy_nonoverlapping(from, copy.as_mut_ptr(), self.len);
            copy.set_len(self.len);
        }
        Ok(Some(copy))
    }

    /// Tells a sanitizer that it is going to be sent.
    pub fn tell_sent(&self) {
        sanitizer::sends(self.address, self.len);
    }

    /// Whether its first byte can be read, if it has one.
    #[must_use]
    pub fn begins_readable(&self) -> bool {
        crate::sys::user::memory::readable(self.address, self.len.min(1))
    }

    /// The bytes after the first `count`.
    #[must_use]
    pub const fn skip(self, count: usize) -> Self {
        Self::new(self.address.wrapping_add(count), self.len.saturating_sub(count))
    }

    /// At most the first `count` bytes.
    #[must_use]
    pub const fn first(self, count: usize) -> Self {
        Self::new(self.address, if count < self.len { count } else { self.len })
    }

    /// The address, for the system call.
    #[inline(always)]
    pub(in crate::sys) const fn address(&self) -> usize {
        self.address
    }
}

/// Memory of the program's that an operation fills in parts, at its end.
#[derive(Clone, Copy, Debug)]
pub struct UserArea {
    address: usize,
    len: usize,
}

impl UserArea {
    /// So many bytes; `None` where they cannot be written.
    ///
    /// # Safety
    /// What is there must be the caller's to hand out, until the operation has ended.
    #[must_use]
    pub unsafe fn new(address: usize, len: usize) -> Option<Self> {
        crate::sys::user::memory::writable(address, len).then_some(Self { address, len })
    }

    /// Writes bytes at an offset; `false` where they do not fit.
    #[must_use]
    pub fn put(&self, at: usize, bytes: &[u8]) -> bool {
        if at.checked_add(bytes.len()).is_none_or(|end| end > self.len) {
            return false;
        }
        // SAFETY: within the memory that was found writable, and lent, by `new`.
        unsafe {
            let to = std::ptr::with_exposed_provenance_mut::<u8>(self.address + at);
            std::ptr::copy_nonoverlapping(bytes.as_ptr(), to, bytes.len());
        }
        sanitizer::hands_out(self.address + at, bytes.len());
        true
    }

    /// The first so many bytes as a piece to receive into.
    #[must_use]
    pub fn first(&self, len: usize) -> super::Pieces<'static> {
        let mut pieces = super::Pieces::default();
        let len = u32::try_from(len.min(self.len)).unwrap_or(u32::MAX);
        // SAFETY: lent to the operation by `new`. There is room for one piece in place.
        let _ = unsafe { pieces.push(self.address, len) };
        pieces
    }
}

impl<'a> From<&'a [u8]> for UserBuf<'a> {
    fn from(bytes: &'a [u8]) -> Self {
        Self { address: bytes.as_ptr() as usize, len: bytes.len(), bytes: PhantomData }
    }
}

/// Room for bytes to be received: any address, writable or not.
#[derive(Debug)]
pub struct UserBufMut<'a> {
    address: usize,
    len: usize,
    bytes: PhantomData<&'a mut [u8]>,
}

impl UserBufMut<'_> {
    /// Room at any address.
    ///
    /// # Safety
    /// What is writable there must be the caller's to hand out: the kernel writes up to `len` bytes.
    #[must_use]
    #[inline(always)]
    pub const unsafe fn new(address: usize, len: usize) -> Self {
        Self { address, len, bytes: PhantomData }
    }

    /// The number of bytes there is room for.
    #[must_use]
    #[inline(always)]
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Whether there is no room.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The same room, for one attempt.
    #[must_use]
    #[inline(always)]
    pub const fn again(&mut self) -> UserBufMut<'_> {
        UserBufMut { address: self.address, len: self.len, bytes: PhantomData }
    }

    /// The room after the first `count` bytes.
    #[must_use]
    pub const fn skip(self, count: usize) -> Self {
        Self {
            address: self.address.wrapping_add(count),
            len: self.len.saturating_sub(count),
            bytes: PhantomData,
        }
    }

    /// The same, for one attempt.
    #[must_use]
    pub const fn again_from(&mut self, count: usize) -> UserBufMut<'_> {
        self.again().skip(count)
    }

    /// The address, for the system call.
    #[inline(always)]
    pub(in crate::sys) const fn address(&self) -> usize {
        self.address
    }
}

impl<'a> From<&'a mut [u8]> for UserBufMut<'a> {
    fn from(bytes: &'a mut [u8]) -> Self {
        Self { address: bytes.as_mut_ptr() as usize, len: bytes.len(), bytes: PhantomData }
    }
}
