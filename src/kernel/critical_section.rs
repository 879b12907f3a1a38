//! `CRITICAL_SECTION`: a lock in the program's memory that its owner may take again.
//!
//! | `lock` | means |
//! |---|---|
//! | −1 | free |
//! | 0 | taken |
//! | 1 | taken, and others may be asleep |

use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};

use super::code::Code;
use super::thread;
use crate::sys::event::futex;
use crate::sys::process::sanitizer;

const FREE: u32 = u32::MAX;
const TAKEN: u32 = 0;
const CONTENDED: u32 = 1;

/// The words of Windows' structure.
#[repr(C)]
pub struct CriticalSection {
    debug: AtomicUsize,
    lock: AtomicU32,
    recursion: AtomicU32,
    /// The owner's thread number, 0 for none. Only the owner finds its own there.
    owner: AtomicUsize,
    semaphore: AtomicUsize,
    spin: AtomicUsize,
}

const _: () = {
    use std::mem::offset_of;
    assert!(size_of::<CriticalSection>() == 40);
    assert!(offset_of!(CriticalSection, lock) == 8 && offset_of!(CriticalSection, recursion) == 12);
    assert!(offset_of!(CriticalSection, owner) == 16 && offset_of!(CriticalSection, spin) == 32);
};

/// Bits of the count that count.
const SPINS: u32 = 0x00FF_FFFF;
/// Looking more often than this never pays.
const MOST_SPINS: usize = 4000;

/// Flags that Windows keeps for itself. The others are about debug information and spinning, or nothing: none changes anything.
const RESERVED: u32 = 0xE000_0000;

impl CriticalSection {
    /// Makes it free, whatever it was.
    ///
    /// # Errors
    /// `ERROR_INVALID_PARAMETER`: a reserved flag.
    pub fn initialize(&self, spins: u32, flags: u32) -> Result<(), Code> {
        if flags & RESERVED != 0 {
            return Err(Code::INVALID_PARAMETER);
        }
        self.debug.store(usize::MAX, Ordering::Relaxed);
        self.recursion.store(0, Ordering::Relaxed);
        self.owner.store(0, Ordering::Relaxed);
        self.semaphore.store(0, Ordering::Relaxed);
        self.set_spins(spins);
        self.lock.store(FREE, Ordering::Release);
        Ok(())
    }

    /// How often to look before sleeping; what it was before.
    pub fn set_spins(&self, spins: u32) -> u32 {
        let before = self.spin.swap((spins & SPINS) as usize, Ordering::Relaxed);
        u32::try_from(before).unwrap_or(0)
    }

    /// Forgets everything.
    pub fn delete(&self) {
        self.debug.store(0, Ordering::Relaxed);
        self.recursion.store(0, Ordering::Relaxed);
        self.owner.store(0, Ordering::Relaxed);
        self.spin.store(0, Ordering::Relaxed);
        self.lock.store(FREE, Ordering::Relaxed);
    }

    /// Takes it, again if the calling thread has it.
    #[inline]
    pub fn enter(&self) {
        let me = thread::owner();
        if self.take(FREE, TAKEN) {
            self.own(me);
        } else if self.owner.load(Ordering::Relaxed) == me {
            self.again();
        } else {
            self.wait();
            self.own(me);
        }
    }

    /// Takes it if it can be had at once.
    #[inline]
    pub fn try_enter(&self) -> bool {
        let me = thread::owner();
        if self.take(FREE, TAKEN) {
            self.own(me);
            return true;
        }
        let mine = self.owner.load(Ordering::Relaxed) == me;
        if mine {
            self.again();
        }
        mine
    }

    /// Gives it up once. Of a thread that does not have it this changes nothing.
    #[inline]
    pub fn leave(&self) {
        if self.owner.load(Ordering::Relaxed) != thread::owner() {
            return;
        }
        let left = self.recursion.load(Ordering::Relaxed).wrapping_sub(1);
        self.recursion.store(left, Ordering::Relaxed);
        if left != 0 {
            return;
        }
        self.owner.store(0, Ordering::Relaxed);
        sanitizer::unlocks(self);
        if self.lock.swap(FREE, Ordering::Release) == CONTENDED {
            // Another thread may have taken and freed it by now: the word is not looked at.
            futex::wake(&self.lock, 1);
        }
    }

    /// Whether the calling thread has it, exactly once.
    pub(super) fn is_mine_once(&self) -> bool {
        self.owner.load(Ordering::Relaxed) == thread::owner() && self.recursion.load(Ordering::Relaxed) == 1
    }

    fn take(&self, from: u32, to: u32) -> bool {
        self.lock.compare_exchange(from, to, Ordering::Acquire, Ordering::Relaxed).is_ok()
    }

    fn own(&self, me: usize) {
        self.owner.store(me, Ordering::Relaxed);
        self.recursion.store(1, Ordering::Relaxed);
        sanitizer::locks(self);
    }

    fn again(&self) {
        self.recursion.store(self.recursion.load(Ordering::Relaxed).wrapping_add(1), Ordering::Relaxed);
    }

    #[cold]
    fn wait(&self) {
        for _ in 0..self.spin.load(Ordering::Relaxed).min(MOST_SPINS) {
            if self.take(FREE, TAKEN) {
                return;
            }
            std::hint::spin_loop();
        }
        while self.lock.swap(CONTENDED, Ordering::Acquire) != FREE {
            futex::wait(&self.lock, CONTENDED, None);
        }
    }
}
