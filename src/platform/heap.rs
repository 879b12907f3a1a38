//! Heaps: which blocks belong to which. The blocks themselves are `sys::platform::blocks`.
//!
//! One lock, `Heaps`, which nothing is called under.

use std::collections::HashSet;
use std::hash::{BuildHasherDefault, DefaultHasher};

use super::code::Code;
use crate::runtime::lock::{Guard, Lock, Rank};
use crate::sys::process::fork::InChild;
use crate::sys::room::Made;
use crate::sys::sorted::Sorted;

/// The handle of the process's own heap. No handle of a file or an object has such a value: theirs are descriptors, or
/// multiples of four.
pub(crate) const PROCESS_HEAP: usize = 0x4000_0002;

/// The blocks of a heap, in no order.
pub type Blocks = HashSet<usize, BuildHasherDefault<DefaultHasher>>;

/// A heap that the program made.
struct Heap {
    blocks: Blocks,
    /// Blocks that are about to get another size and come back; there is room for them.
    away: usize,
}

/// Every heap that the program made, by its handle. The process heap is not in it.
pub(super) struct Heaps {
    all: Sorted<usize, Heap>,
    last: usize,
}

static HEAPS: Lock<Heaps> = Lock::new(Rank::Heaps, Heaps { all: Sorted::new(), last: PROCESS_HEAP });

fn heaps() -> Guard<Heaps> {
    crate::fork::prepare_once();
    HEAPS.take()
}

/// For `fork`.
pub(super) fn hold() -> Option<Guard<Heaps>> {
    HEAPS.take_for_fork()
}

pub(super) fn in_child(held: Option<Guard<Heaps>>, child: InChild) {
    if held.is_none() {
        HEAPS.renew(Heaps { all: Sorted::new(), last: PROCESS_HEAP }, child);
    }
}

/// A new heap's handle.
///
/// # Errors
/// [`NoMemory`](crate::sys::room::NoMemory).
pub fn create() -> Made<usize> {
    let mut heaps = heaps();
    heaps.last += 4;
    let handle = heaps.last;
    heaps.all.insert(handle, Heap { blocks: Blocks::default(), away: 0 })?;
    Ok(handle)
}

/// Ends a heap; its blocks, which are the caller's to free.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`: there is no such heap, or it is the process's.
pub fn destroy(heap: usize) -> Result<Blocks, Code> {
    heaps().all.remove(&heap).map(|heap| heap.blocks).ok_or(Code::ERROR_INVALID_HANDLE)
}

/// Whether there is a heap of this handle.
#[must_use]
pub fn exists(heap: usize) -> bool {
    heap == PROCESS_HEAP || heaps().all.contains_key(&heap)
}

impl Heap {
    /// Makes room for so many more, beside those that come back.
    fn reserve(&mut self, more: usize) -> Result<(), Code> {
        let wanted = self.away.saturating_add(more);
        self.blocks.try_reserve(wanted).map_err(|_| Code::ERROR_NOT_ENOUGH_MEMORY)
    }
}

/// Notes a block of a heap.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`: the heap has gone meanwhile. `ERROR_NOT_ENOUGH_MEMORY`.
pub fn note(heap: usize, block: usize) -> Result<(), Code> {
    if heap == PROCESS_HEAP {
        return Ok(());
    }
    let mut heaps = heaps();
    let heap = heaps.all.get_mut(&heap).ok_or(Code::ERROR_INVALID_HANDLE)?;
    heap.reserve(1)?;
    heap.blocks.insert(block);
    Ok(())
}

/// Forgets a block; `false` if it was none of that heap.
#[must_use]
pub fn forget(heap: usize, block: usize) -> bool {
    heap == PROCESS_HEAP || heaps().all.get_mut(&heap).is_some_and(|heap| heap.blocks.remove(&block))
}

/// Takes a block out that is about to get another size, so that no end of the heap frees it meanwhile.
///
/// # Errors
/// `ERROR_INVALID_PARAMETER`: it was none of that heap. `ERROR_NOT_ENOUGH_MEMORY`: it is where it was.
pub fn lend(heap: usize, block: usize) -> Result<(), Code> {
    if heap == PROCESS_HEAP {
        return Ok(());
    }
    let mut heaps = heaps();
    let heap = heaps.all.get_mut(&heap).ok_or(Code::ERROR_INVALID_PARAMETER)?;
    heap.reserve(1)?;
    if !heap.blocks.remove(&block) {
        return Err(Code::ERROR_INVALID_PARAMETER);
    }
    heap.away += 1;
    Ok(())
}

/// Takes it back, where it is now, for which [`lend`] has kept room.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`: the heap has gone meanwhile.
pub fn take_back(heap: usize, block: usize) -> Result<(), Code> {
    if heap == PROCESS_HEAP {
        return Ok(());
    }
    let mut heaps = heaps();
    let heap = heaps.all.get_mut(&heap).ok_or(Code::ERROR_INVALID_HANDLE)?;
    heap.away = heap.away.saturating_sub(1);
    heap.blocks.insert(block);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heap_knows_its_blocks() {
        let (one, two) = (create().unwrap(), create().unwrap());
        assert_ne!(one, two);
        assert!(exists(one) && exists(PROCESS_HEAP) && !exists(0));
        assert_eq!((note(one, 16), note(two, 32)), (Ok(()), Ok(())));
        assert!(!forget(two, 16) && forget(one, 16) && !forget(one, 16));
        assert_eq!(note(one, 48), Ok(()));
        assert_eq!((lend(one, 16), lend(one, 48)), (Err(Code::ERROR_INVALID_PARAMETER), Ok(())));
        assert!(!forget(one, 48));
        assert_eq!(take_back(one, 80), Ok(()));
        assert_eq!(destroy(one).map(Vec::from_iter), Ok(vec![80]));
        assert_eq!(destroy(one), Err(Code::ERROR_INVALID_HANDLE));
        assert!(!exists(one));
        assert_eq!(
            (note(one, 64), take_back(one, 64)),
            (Err(Code::ERROR_INVALID_HANDLE), Err(Code::ERROR_INVALID_HANDLE))
        );
        destroy(two).unwrap();
        assert_eq!(destroy(PROCESS_HEAP), Err(Code::ERROR_INVALID_HANDLE));
    }
}
