//! The caller's OVERLAPPED: 32 bytes in which an operation tells how it goes. Checked when the operation starts; from then
//! until it has ended the memory is lent, and a program that takes it back before is one that overwrites its own memory,
//! as on Windows.

use std::sync::atomic::{AtomicUsize, Ordering, fence};

use super::memory;

const INTERNAL: usize = 0;
const INTERNAL_HIGH: usize = 8;
const OFFSET: usize = 16;
const OFFSET_HIGH: usize = 20;
const EVENT: usize = 24;
const SIZE: usize = 32;

/// An OVERLAPPED that was found readable and writable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UserOverlapped(usize);

impl UserOverlapped {
    /// The OVERLAPPED at an address; `None` where it cannot be read and written.
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

    fn word(self, at: usize) -> *mut usize {
        std::ptr::with_exposed_provenance_mut(self.0 + at)
    }

    fn is_aligned(self) -> bool {
        self.0.is_multiple_of(align_of::<usize>())
    }

    fn load(self, at: usize) -> usize {
        let word = self.word(at);
        if self.is_aligned() {
            // SAFETY: found accessible and aligned; other threads may change it meanwhile, so the access is atomic.
            return unsafe { AtomicUsize::from_ptr(word) }.load(Ordering::Acquire);
        }
        // SAFETY: found accessible. Who gives an odd address to several threads gets what the machine makes of it.
        let value = unsafe { word.read_volatile_unaligned() };
        fence(Ordering::Acquire);
        value
    }

    fn store(self, at: usize, value: usize) {
        let word = self.word(at);
        if self.is_aligned() {
            // SAFETY: as in `load`.
            return unsafe { AtomicUsize::from_ptr(word) }.store(value, Ordering::Release);
        }
        fence(Ordering::Release);
        // SAFETY: as in `load`.
        unsafe { word.write_unaligned(value) };
    }

    /// The status: how the operation has ended, or that it has not.
    #[must_use]
    pub fn status(self) -> u32 {
        let [a, b, c, d, ..] = self.load(INTERNAL).to_le_bytes();
        u32::from_le_bytes([a, b, c, d])
    }

    /// The number of bytes that it has moved.
    #[must_use]
    pub fn bytes(self) -> usize {
        self.load(INTERNAL_HIGH)
    }

    /// The handle of the event, with the low bits in which a program says how it wants to be told.
    #[must_use]
    pub fn event(self) -> usize {
        self.load(EVENT)
    }

    /// Where in a file the operation is.
    #[must_use]
    pub fn offset(self) -> u64 {
        let part = |at: usize| -> u32 {
            // SAFETY: found accessible; only the program changes it, and not during the call.
            unsafe { std::ptr::with_exposed_provenance::<u32>(self.0 + at).read_unaligned() }
        };
        u64::from(part(OFFSET_HIGH)) << 32 | u64::from(part(OFFSET))
    }

    /// Writes the status alone: the operation has begun.
    pub fn begin(self, status: u32) {
        self.store(INTERNAL, status as usize);
    }

    /// Tells that the operation has ended. The number of bytes comes first: who sees the status sees the number, and the
    /// data. From then on the memory is the program's again.
    pub fn end(self, status: u32, bytes: u32) {
        self.store(INTERNAL_HIGH, bytes as usize);
        self.store(INTERNAL, status as usize);
    }
}

/// The standard library has no volatile access to odd addresses.
trait ReadUnaligned {
    /// # Safety
    /// As for `read_unaligned`.
    unsafe fn read_volatile_unaligned(self) -> usize;
}

impl ReadUnaligned for *mut usize {
    unsafe fn read_volatile_unaligned(self) -> usize {
        let mut bytes = [0_u8; size_of::<usize>()];
        for (at, byte) in bytes.iter_mut().enumerate() {
            // SAFETY: passed on to the caller.
            *byte = unsafe { self.cast::<u8>().add(at).read_volatile() };
        }
        usize::from_ne_bytes(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_where_windows_has_them() {
        for shift in [0, 1] {
            let mut memory = [0_u64; 5];
            let address = memory.as_mut_ptr().expose_provenance() + shift;
            // SAFETY: 33 bytes of this function's.
            let overlapped = unsafe { UserOverlapped::new(address) }.unwrap();
            overlapped.begin(0x103);
            assert_eq!((overlapped.status(), overlapped.bytes()), (0x103, 0));
            overlapped.end(0xC000_0120, 7);
            assert_eq!((overlapped.status(), overlapped.bytes()), (0xC000_0120, 7));
            assert_eq!((overlapped.event(), overlapped.offset()), (0, 0));
            // SAFETY: within those bytes.
            let bytes = unsafe { std::slice::from_raw_parts(address as *const u8, SIZE) };
            assert_eq!(bytes[..9], [0x20, 1, 0, 0xC0, 0, 0, 0, 0, 7]);
        }
    }

    #[test]
    fn wild_addresses_are_none() {
        for address in [0, 8, usize::MAX - 7, 0x10_0000_0000_0000] {
            // SAFETY: nothing is mapped there.
            assert_eq!(unsafe { UserOverlapped::new(address) }, None, "{address:#x}");
        }
    }
}
