//! The caller's IO_STATUS_BLOCK: 16 bytes in which an operation tells how it has ended. Checked when the operation starts; from then
//! until it has ended the memory is lent. Until the end nothing is written there, as on Windows.

use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering, fence};

use super::memory;
use crate::sys::process::sanitizer;

const INFORMATION: usize = 8;
const SIZE: usize = 16;

/// An IO_STATUS_BLOCK that was found writable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UserStatusBlock(usize);

impl UserStatusBlock {
    /// That at an address; `None` where it cannot be written.
    ///
    /// # Safety
    /// Memory that is there must be the caller's to hand out, until the operation has ended that it is for.
    #[must_use]
    pub unsafe fn new(address: usize) -> Option<Self> {
        memory::writable(address, SIZE).then_some(Self(address))
    }

    /// Where it is.
    #[must_use]
    pub const fn address(self) -> usize {
        self.0
    }

    /// Tells that the operation has ended. The status comes last: who sees it sees the rest. From then on the memory is the
    /// program's again.
    pub fn end(self, status: u32, information: usize) {
        let first = std::ptr::with_exposed_provenance_mut::<u32>(self.0);
        let second = std::ptr::with_exposed_provenance_mut::<usize>(self.0 + INFORMATION);
        sanitizer::hands_out(self.0, SIZE);
        if self.0.is_multiple_of(align_of::<usize>()) {
            // SAFETY: found writable and aligned; other threads may read it meanwhile, so the access is atomic.
            unsafe {
                AtomicUsize::from_ptr(second).store(information, Ordering::Relaxed);
                AtomicU32::from_ptr(first).store(status, Ordering::Release);
            }
            return;
        }
        // SAFETY: found writable. Who gives an odd address to several threads gets what the machine makes of it.
        unsafe { second.write_unaligned(information) };
        fence(Ordering::Release);
        // SAFETY: likewise.
        unsafe { first.write_unaligned(status) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_where_windows_has_them() {
        for shift in [0, 1] {
            let mut memory = [0_u64; 3];
            let address = memory.as_mut_ptr().expose_provenance() + shift;
            // SAFETY: 17 bytes of this function's.
            let block = unsafe { UserStatusBlock::new(address) }.unwrap();
            block.end(0xC000_0120, 0x0102);
            // SAFETY: within those bytes.
            let bytes = unsafe { std::slice::from_raw_parts(address as *const u8, SIZE) };
            assert_eq!(bytes, [0x20, 1, 0, 0xC0, 0, 0, 0, 0, 2, 1, 0, 0, 0, 0, 0, 0]);
        }
        // SAFETY: nothing is mapped there.
        assert_eq!(unsafe { UserStatusBlock::new(0) }, None);
    }
}
