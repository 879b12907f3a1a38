//! Memory with an end that can be relied on.

use std::ptr::null_mut;

const PAGE: usize = 4096;

/// So many readable bytes, and after them a page that nobody may read.
pub(crate) struct Fenced {
    at: *mut u8,
    len: usize,
    mapped: usize,
}

impl Fenced {
    pub(crate) fn new(len: usize) -> Self {
        let readable = len.next_multiple_of(PAGE);
        let mapped = readable + PAGE;
        let (kind, access) = (libc::MAP_PRIVATE | libc::MAP_ANONYMOUS, libc::PROT_READ | libc::PROT_WRITE);
        // SAFETY: new memory, wherever the kernel likes.
        let at = unsafe { libc::mmap(null_mut(), mapped, access, kind, -1, 0) }.cast::<u8>();
        assert_ne!(at.cast(), libc::MAP_FAILED);
        // SAFETY: the last page of the memory just mapped.
        crate::support::network::must(unsafe {
            libc::mprotect(at.add(readable).cast(), PAGE, libc::PROT_NONE)
        });
        Self { at, len, mapped }
    }

    /// The first readable byte: `len` bytes before the fence.
    pub(crate) fn start(&self) -> *const u8 {
        self.fence().wrapping_sub(self.len)
    }

    /// The first byte that cannot be read.
    pub(crate) fn fence(&self) -> *const u8 {
        self.at.wrapping_add(self.mapped - PAGE)
    }
}

impl Drop for Fenced {
    fn drop(&mut self) {
        // SAFETY: mapped by `new`, and nobody keeps an address.
        unsafe { libc::munmap(self.at.cast(), self.mapped) };
    }
}
