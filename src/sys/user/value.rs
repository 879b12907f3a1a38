//! A number in the program's memory that other threads change.

use std::sync::atomic::{AtomicU8, AtomicU16, AtomicU32, AtomicU64, Ordering};

use super::memory;
use crate::sys::event::futex;

/// A number of 1, 2, 4 or 8 bytes at any address.
#[derive(Clone, Copy, Debug)]
pub struct Value {
    address: usize,
    size: usize,
}

/// A value that lies within one aligned word of 32 bits, which was found readable.
#[derive(Clone, Copy, Debug)]
pub struct Within {
    word: usize,
    shift: u32,
    mask: u32,
}

impl Value {
    /// The value there; `None` for another size.
    #[must_use]
    pub fn new(address: usize, size: usize) -> Option<Self> {
        matches!(size, 1 | 2 | 4 | 8).then_some(Self { address, size })
    }

    /// Its bits; `None` where it cannot be read. Read at once where it is aligned.
    #[must_use]
    pub fn read(&self) -> Option<u64> {
        if !memory::readable(self.address, self.size) {
            return None;
        }
        if !self.address.is_multiple_of(self.size) {
            let mut bytes = [0_u8; 8];
            for (at, byte) in bytes.iter_mut().take(self.size).enumerate() {
                // SAFETY: readable, as just asked; others may change it meanwhile, so the read is atomic.
                *byte = unsafe { AtomicU8::from_ptr((self.address + at) as *mut u8) }.load(Ordering::Acquire);
            }
            return Some(u64::from_le_bytes(bytes));
        }
        // SAFETY: readable and aligned, as just asked; others may change it meanwhile, so the read is atomic.
        Some(unsafe {
            match self.size {
                1 => AtomicU8::from_ptr(self.address as *mut u8).load(Ordering::SeqCst).into(),
                2 => AtomicU16::from_ptr(self.address as *mut u16).load(Ordering::SeqCst).into(),
                4 => AtomicU32::from_ptr(self.address as *mut u32).load(Ordering::SeqCst).into(),
                _ => AtomicU64::from_ptr(self.address as *mut u64).load(Ordering::SeqCst),
            }
        })
    }

    /// The word around it, if there is one and it can be read.
    #[must_use]
    pub fn within_word(&self) -> Option<Within> {
        let word = self.address & !3;
        let offset = self.address & 3;
        if !cfg!(target_endian = "little") || offset + self.size > 4 || !memory::readable(word, 4) {
            return None;
        }
        let mask = match self.size {
            1 => 0xFF,
            2 => 0xFFFF,
            _ => u32::MAX,
        };
        Some(Within { word, shift: 8 * u32::try_from(offset).ok()?, mask })
    }
}

impl Within {
    /// The word as it is now.
    #[must_use]
    pub fn whole(&self) -> u32 {
        // SAFETY: found readable; the caller of the library keeps it so while it waits.
        unsafe { AtomicU32::from_ptr(self.word as *mut u32) }.load(Ordering::SeqCst)
    }

    /// The value in a word.
    #[must_use]
    pub fn part(&self, word: u32) -> u64 {
        (word >> self.shift & self.mask).into()
    }

    /// Sleeps while the word is `seen`, until a wake-up for the value's own address.
    pub fn wait(&self, seen: u32, deadline: Option<u64>) {
        // SAFETY: as in `whole`.
        let word = unsafe { AtomicU32::from_ptr(self.word as *mut u32) };
        futex::wait_for(word, seen, deadline, 1 << (self.shift / 8));
    }
}
