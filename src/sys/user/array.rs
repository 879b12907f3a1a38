//! An array in the caller's memory, element by element.

use std::cell::Cell;
use std::marker::PhantomData;

use crate::sys::user::memory;

/// How far ahead of the element asked for the memory is checked, in bytes.
const AHEAD: usize = 65536;

/// An array of the caller, which may change while it is looked at, overlap others and lie at an odd address.
///
/// What is read is checked before, a piece at a time: an array whose length is nonsense is not touched beyond
/// the first elements that make no sense.
#[derive(Debug)]
pub struct UserArray<'a, T> {
    address: usize,
    len: usize,
    /// Bytes from the beginning that were found writable; may go beyond the end.
    checked: Cell<usize>,
    memory: PhantomData<&'a Cell<T>>,
}

impl<T: Copy> UserArray<'_, T> {
    /// The array of `len` elements at `address`, any address and any length.
    ///
    /// # Safety
    /// Any bytes must be a value of `T`. Memory that is there must be the caller's to hand out, and nobody may
    /// unmap it while this lives.
    #[must_use]
    pub const unsafe fn new(address: usize, len: usize) -> Self {
        Self { address, len, checked: Cell::new(0), memory: PhantomData }
    }

    /// The array of `len` elements that begins `offset` bytes after the beginning of this one. What was found out
    /// about the memory holds for whole pages, so a short array is mostly known to be accessible by now.
    ///
    /// # Safety
    /// As for [`Self::new`].
    #[must_use]
    pub unsafe fn followed_by<'b, U: Copy>(&self, offset: usize, len: usize) -> Option<UserArray<'b, U>> {
        let address = self.address.checked_add(offset)?;
        // SAFETY: passed on to the caller.
        let array = unsafe { UserArray::new(address, len) };
        if self.checked.get() > 0 {
            let known_to = self
                .address
                .checked_add(self.checked.get())?
                .checked_next_multiple_of(memory::SMALLEST_PAGE)?;
            array.checked.set(known_to.saturating_sub(address));
        }
        Some(array)
    }

    /// The number of elements, as the caller says.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Where it begins.
    #[must_use]
    pub const fn address(&self) -> usize {
        self.address
    }

    /// An element; `None` beyond the end, and where the memory cannot be read and written.
    #[must_use]
    #[inline(always)]
    pub fn get(&self, at: usize) -> Option<T> {
        let place = self.place(at)?;
        // SAFETY: within memory that was found accessible.
        Some(unsafe { place.read_unaligned() })
    }

    /// All elements, one after the other; `None` where the memory cannot be read and written.
    #[inline(always)]
    pub fn iter(&self) -> Option<impl Iterator<Item = T>> {
        let all = self.len.checked_mul(size_of::<T>())?;
        if all > self.checked.get() && !self.check(all) {
            return None;
        }
        let first = std::ptr::with_exposed_provenance::<T>(self.address);
        // SAFETY: within memory that was found accessible.
        Some((0..self.len).map(move |at| unsafe { first.wrapping_add(at).read_unaligned() }))
    }

    /// Changes an element; `false` beyond the end, and where the memory cannot be written.
    #[inline(always)]
    pub fn put(&self, at: usize, value: T) -> bool {
        let Some(place) = self.place(at) else { return false };
        // SAFETY: within memory that was found accessible, and the caller hands it out.
        unsafe { place.write_unaligned(value) };
        true
    }

    #[inline(always)]
    fn place(&self, at: usize) -> Option<*mut T> {
        if at >= self.len {
            return None;
        }
        let start = at.checked_mul(size_of::<T>())?;
        let end = start.checked_add(size_of::<T>())?;
        if end > self.checked.get() && !self.check(end) {
            return None;
        }
        Some(std::ptr::with_exposed_provenance_mut(self.address.wrapping_add(start)))
    }

    #[cold]
    fn check(&self, end: usize) -> bool {
        let checked = self.checked.get();
        let all = self.len.checked_mul(size_of::<T>()).unwrap_or(end);
        for up_to in [end.saturating_add(AHEAD).min(all), end] {
            let Some(from) = self.address.checked_add(checked) else { return false };
            if memory::holds_values(from, up_to - checked) {
                self.checked.set(up_to);
                return true;
            }
        }
        false
    }
}

impl UserArray<'_, usize> {
    /// Whether the elements are these; `None` where the memory cannot be read and written.
    #[must_use]
    #[inline(always)]
    pub fn is(&self, others: &[usize]) -> Option<bool> {
        if self.len != others.len() {
            return Some(false);
        }
        let bytes = size_of_val(others);
        if bytes > self.checked.get() && !self.check(bytes) {
            return None;
        }
        let own = std::ptr::with_exposed_provenance::<std::ffi::c_void>(self.address);
        // SAFETY: both have so many bytes, the caller's in memory that was found accessible.
        Some(bytes == 0 || unsafe { libc::memcmp(own, others.as_ptr().cast(), bytes) } == 0)
    }
}
