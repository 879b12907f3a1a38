//! Searches for files that the program has begun.
//!
//! One lock, `SEARCHES`, which nothing is called under.

use std::ffi::CString;

use super::code::Code;
use crate::runtime::lock::{Guard, Lock, Rank};
use crate::sys::process::fork::InChild;
use crate::sys::room::{self, Made};
use crate::sys::sorted::Sorted;

/// A search that goes on.
#[derive(Debug)]
pub struct Search {
    /// Where it looks, from the root on, with a `/` at its end: the program may go elsewhere meanwhile.
    pub directory: Vec<u8>,
    /// The names that are left, the next one last.
    pub names: Vec<Vec<u8>>,
}

impl Search {
    /// The next name, and that of the file for the system; none where no more are left.
    ///
    /// # Errors
    /// [`NoMemory`](room::NoMemory): no name is taken.
    pub fn take_next(&mut self) -> Made<Option<(Vec<u8>, CString)>> {
        let Some(name) = self.names.last() else { return Ok(None) };
        let mut whole = room::copy(&self.directory)?;
        room::append(&mut whole, name)?;
        let whole = room::c_text(&whole)?;
        Ok(self.names.pop().map(|name| (name, whole)))
    }
}

/// Searches by handle. No handle of a file or an object has such a value.
static SEARCHES: Lock<(usize, Sorted<usize, Search>)> =
    Lock::new(Rank::Searches, (0x4000_0003, Sorted::new()));

fn searches() -> Guard<(usize, Sorted<usize, Search>)> {
    crate::fork::prepare_once();
    SEARCHES.take()
}

/// For `fork`.
pub(super) fn hold() -> Option<Guard<(usize, Sorted<usize, Search>)>> {
    SEARCHES.take_for_fork()
}

pub(super) fn in_child(held: Option<Guard<(usize, Sorted<usize, Search>)>>, child: InChild) {
    if held.is_none() {
        SEARCHES.renew((0x4000_0003, Sorted::new()), child);
    }
}

/// Keeps a search; its handle.
///
/// # Errors
/// [`NoMemory`](room::NoMemory).
pub fn keep(search: Search) -> Made<usize> {
    let mut searches = searches();
    searches.0 += 4;
    let handle = searches.0;
    searches.1.insert(handle, search)?;
    Ok(handle)
}

/// The next name of a search.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`: there is no such search. `ERROR_NO_MORE_FILES`. `ERROR_NOT_ENOUGH_MEMORY`: no name is taken.
pub fn next(handle: usize) -> Result<(Vec<u8>, CString), Code> {
    let mut searches = searches();
    let search = searches.1.get_mut(&handle).ok_or(Code::ERROR_INVALID_HANDLE)?;
    search.take_next()?.ok_or(Code::ERROR_NO_MORE_FILES)
}

/// Ends a search.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`: there is no such search.
pub fn end(handle: usize) -> Result<(), Code> {
    searches().1.remove(&handle).map(drop).ok_or(Code::ERROR_INVALID_HANDLE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_ends_once() {
        let search = Search { directory: b"d/".to_vec(), names: vec![b"two".to_vec(), b"one".to_vec()] };
        let handle = keep(search).unwrap();
        assert_eq!(next(handle).unwrap(), (b"one".to_vec(), c"d/one".to_owned()));
        assert_eq!(next(handle).unwrap().0, b"two");
        assert_eq!(next(handle), Err(Code::ERROR_NO_MORE_FILES));
        assert_eq!((end(handle), end(handle)), (Ok(()), Err(Code::ERROR_INVALID_HANDLE)));
        assert_eq!(next(handle), Err(Code::ERROR_INVALID_HANDLE));
    }
}
