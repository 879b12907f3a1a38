//! Heaps: which blocks belong to which. The blocks themselves are `sys::platform::blocks`.
//!
//! One lock, `Heaps`, which nothing is called under.

use std::collections::{BTreeMap, BTreeSet};

use super::code::Code;
use crate::runtime::lock::{Guard, Lock, Rank};
use crate::sys::process::fork::InChild;

/// The handle of the process's own heap. No handle of a file or an object has such a value: theirs are descriptors, or
/// multiples of four.
pub(crate) const PROCESS_HEAP: usize = 0x4000_0002;

/// The blocks of every heap that the program made, by its handle. The process heap is not in it.
pub(super) struct Heaps {
    blocks: BTreeMap<usize, BTreeSet<usize>>,
    last: usize,
}

static HEAPS: Lock<Heaps> = Lock::new(Rank::Heaps, Heaps { blocks: BTreeMap::new(), last: PROCESS_HEAP });

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
        HEAPS.renew(Heaps { blocks: BTreeMap::new(), last: PROCESS_HEAP }, child);
    }
}

/// A new heap's handle.
#[must_use]
pub fn create() -> usize {
    let mut heaps = heaps();
    heaps.last += 4;
    let handle = heaps.last;
    heaps.blocks.insert(handle, BTreeSet::new());
    handle
}

/// Ends a heap; its blocks, which are the caller's to free.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`: there is no such heap, or it is the process's.
pub fn destroy(heap: usize) -> Result<BTreeSet<usize>, Code> {
    heaps().blocks.remove(&heap).ok_or(Code::ERROR_INVALID_HANDLE)
}

/// Whether there is a heap of this handle.
#[must_use]
pub fn exists(heap: usize) -> bool {
    heap == PROCESS_HEAP || heaps().blocks.contains_key(&heap)
}

/// Notes a block of a heap; `false` if the heap has gone meanwhile.
#[must_use]
pub fn note(heap: usize, block: usize) -> bool {
    heap == PROCESS_HEAP || heaps().blocks.get_mut(&heap).is_some_and(|blocks| blocks.insert(block))
}

/// Forgets a block; `false` if it was none of that heap.
#[must_use]
pub fn forget(heap: usize, block: usize) -> bool {
    heap == PROCESS_HEAP || heaps().blocks.get_mut(&heap).is_some_and(|blocks| blocks.remove(&block))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heap_knows_its_blocks() {
        let (one, two) = (create(), create());
        assert_ne!(one, two);
        assert!(exists(one) && exists(PROCESS_HEAP) && !exists(0));
        assert!(note(one, 16) && note(two, 32));
        assert!(!forget(two, 16) && forget(one, 16) && !forget(one, 16));
        assert!(note(one, 48));
        assert_eq!(destroy(one), Ok([48].into()));
        assert_eq!(destroy(one), Err(Code::ERROR_INVALID_HANDLE));
        assert!(!exists(one) && !note(one, 64));
        destroy(two).unwrap();
        assert_eq!(destroy(PROCESS_HEAP), Err(Code::ERROR_INVALID_HANDLE));
    }
}
