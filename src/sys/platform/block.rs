//! Blocks of memory that know their size and owner, from the C library's heap.

use std::ffi::c_void;

use crate::sys::process::libc_call::KeptErrno;
use crate::sys::user::memory;

/// What stands before every block.
#[repr(C, align(16))]
#[derive(Clone, Copy, Debug)]
pub struct Head {
    /// Made of the block's own address, so that no copy of it counts.
    mark: usize,
    /// The bytes that were asked for.
    pub size: usize,
    /// Whose it is: a heap's handle, or [`SINGLE`].
    pub owner: usize,
    /// How often it is locked.
    pub locks: u32,
    /// What it was made with.
    pub flags: u32,
}

const _: () = assert!(size_of::<Head>() == 32);

/// The owner of what `LocalAlloc` and `GlobalAlloc` give.
pub const SINGLE: usize = 1;

const MARK: usize = 0x5773_325f_626c_6f63;

fn head_of(block: usize) -> *mut Head {
    (block as *mut c_void).wrapping_byte_sub(size_of::<Head>()).cast()
}

/// A new block, aligned to 16 bytes; its address. `None` where there is no memory.
#[must_use]
pub fn allocate(size: usize, zero: bool, owner: usize, flags: u32) -> Option<usize> {
    let _kept = KeptErrno::new();
    let whole = size.checked_add(size_of::<Head>())?;
    // SAFETY: the C library's functions take every size; the memory is new and holds the head.
    unsafe {
        let memory = if zero { libc::calloc(1, whole) } else { libc::malloc(whole) };
        if memory.is_null() {
            return None;
        }
        let block = memory as usize + size_of::<Head>();
        memory.cast::<Head>().write(Head { mark: MARK ^ block, size, owner, locks: 0, flags });
        Some(block)
    }
}

/// What is known of a block; `None` where the address is not that of one.
#[must_use]
pub fn look(block: usize) -> Option<Head> {
    if block < size_of::<Head>() || !block.is_multiple_of(16) {
        return None;
    }
    // SAFETY: any bytes are numbers; the memory is asked for before it is read.
    let head = unsafe { memory::read(head_of(block).cast_const()) }?;
    (head.mark == MARK ^ block).then_some(head)
}

/// Changes what is known of a block.
///
/// # Safety
/// [`look`] has just found the block, and no other thread frees it.
pub unsafe fn note(block: usize, locks: u32, flags: u32) {
    // SAFETY: the head of a block that is there, as the caller says.
    unsafe {
        (*head_of(block)).locks = locks;
        (*head_of(block)).flags = flags;
    }
}

/// Gives a block another size; its address, which is another one unless `in_place`. New bytes are zero if asked.
///
/// # Safety
/// [`look`] has just found the block, and no other thread uses it.
#[must_use]
pub unsafe fn resize(block: usize, size: usize, zero: bool, in_place: bool) -> Option<usize> {
    let _kept = KeptErrno::new();
    let whole = size.checked_add(size_of::<Head>())?;
    let head = look(block)?;
    let old = head_of(block);
    // SAFETY: the C library's own memory, as the mark says; the head fits before `size` bytes.
    unsafe {
        let memory = if in_place {
            if libc::malloc_usable_size(old.cast()) < whole {
                return None;
            }
            old.cast()
        } else {
            // The mark goes first: an address that is given back must not look like a block.
            (*old).mark = 0;
            let memory = libc::realloc(old.cast(), whole);
            if memory.is_null() {
                (*old).mark = head.mark;
                return None;
            }
            memory
        };
        let block = memory as usize + size_of::<Head>();
        memory.cast::<Head>().write(Head { mark: MARK ^ block, size, ..head });
        if zero && size > head.size {
            (block as *mut u8).add(head.size).write_bytes(0, size - head.size);
        }
        Some(block)
    }
}

/// Gives a block back.
///
/// # Safety
/// [`look`] has just found the block, and nobody uses it.
pub unsafe fn free(block: usize) {
    let _kept = KeptErrno::new();
    // SAFETY: the C library's own memory, as the caller says.
    unsafe {
        (*head_of(block)).mark = 0;
        libc::free(head_of(block).cast());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_is_known_until_it_is_freed() {
        let block = allocate(100, true, 7, 3).unwrap();
        assert!(block.is_multiple_of(16));
        let head = look(block).unwrap();
        assert_eq!((head.size, head.owner, head.flags, head.locks), (100, 7, 3, 0));
        // SAFETY: a block of this test.
        unsafe {
            (block as *mut u8).write_bytes(b'x', 100);
            let block = resize(block, 5000, true, false).unwrap();
            assert_eq!(*((block + 99) as *const u8), b'x');
            assert_eq!(*((block + 100) as *const u8), 0);
            assert_eq!(look(block).unwrap().size, 5000);
            assert_eq!(resize(block, usize::MAX, false, false), None);
            assert_eq!(resize(block, 1 << 46, false, false), None);
            assert!(look(block).is_some());
            assert_eq!(resize(block, 10, false, true), Some(block));
            assert_eq!(resize(block, 1 << 20, false, true), None);
            free(block);
        }
        for none in [0, 8, 16, 32, block + 1, 0x10_0000_0000_0000, usize::MAX & !15] {
            assert!(look(none).is_none(), "{none:#x}");
        }
        assert_eq!(allocate(usize::MAX, false, 0, 0), None);
    }
}
