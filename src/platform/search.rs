//! Searches for files: patterns, and those that the program has begun.
//!
//! One lock, `SEARCHES`, which nothing is called under.

use std::collections::BTreeMap;
use std::ffi::CString;

use super::code::Code;
use crate::runtime::lock::{Guard, Lock, Rank};
use crate::sys::process::fork::InChild;

/// Whether a name fits a pattern: `*` is any number of letters, `?` one; letter case does not count. `*.*` is every name.
#[must_use]
pub fn fits(pattern: &[u8], name: &[u8]) -> bool {
    if pattern == b"*.*" || pattern == b"*" {
        return true;
    }
    let Some((first, rest)) = pattern.split_first() else { return name.is_empty() };
    match first {
        b'*' => (0..=name.len()).any(|skip| name.get(skip..).is_some_and(|name| fits(rest, name))),
        b'?' => name.split_first().is_some_and(|(_, name)| fits(rest, name)),
        letter => name
            .split_first()
            .is_some_and(|(found, name)| found.eq_ignore_ascii_case(letter) && fits(rest, name)),
    }
}

/// A search that goes on.
#[derive(Debug)]
pub struct Search {
    /// Where it looks, with a `/` at its end, or nothing for the working directory.
    pub directory: Vec<u8>,
    /// The names that are left, the next one last.
    pub names: Vec<Vec<u8>>,
}

impl Search {
    /// The next name, and that of the file for the system.
    pub fn take_next(&mut self) -> Option<(Vec<u8>, CString)> {
        let name = self.names.pop()?;
        let whole = [self.directory.as_slice(), &name].concat();
        CString::new(whole).ok().map(|whole| (name, whole))
    }
}

/// Searches by handle. No handle of a file or an object has such a value.
static SEARCHES: Lock<(usize, BTreeMap<usize, Search>)> =
    Lock::new(Rank::Searches, (0x4000_0003, BTreeMap::new()));

fn searches() -> Guard<(usize, BTreeMap<usize, Search>)> {
    crate::fork::prepare_once();
    SEARCHES.take()
}

/// For `fork`.
pub(super) fn hold() -> Option<Guard<(usize, BTreeMap<usize, Search>)>> {
    SEARCHES.take_for_fork()
}

pub(super) fn in_child(held: Option<Guard<(usize, BTreeMap<usize, Search>)>>, child: InChild) {
    if held.is_none() {
        SEARCHES.renew((0x4000_0003, BTreeMap::new()), child);
    }
}

/// Keeps a search; its handle.
#[must_use]
pub fn keep(search: Search) -> usize {
    let mut searches = searches();
    searches.0 += 4;
    let handle = searches.0;
    searches.1.insert(handle, search);
    handle
}

/// The next name of a search.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`: there is no such search. `ERROR_NO_MORE_FILES`.
pub fn next(handle: usize) -> Result<(Vec<u8>, CString), Code> {
    let mut searches = searches();
    let search = searches.1.get_mut(&handle).ok_or(Code::ERROR_INVALID_HANDLE)?;
    search.take_next().ok_or(Code::ERROR_NO_MORE_FILES)
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
    fn patterns() {
        for (pattern, name, expected) in [
            ("*", "a", true),
            ("*.*", "noext", true),
            ("*.txt", "A.TXT", true),
            ("*.txt", "a.txt.bak", false),
            ("a?c", "abc", true),
            ("a?c", "ac", false),
            ("a*b*c", "a--b--c", true),
            ("a*b*c", "a--c--b", false),
            ("", "", true),
            ("x", "", false),
            ("file", "File", true),
        ] {
            assert_eq!(fits(pattern.as_bytes(), name.as_bytes()), expected, "{pattern} {name}");
        }
    }

    #[test]
    fn a_search_ends_once() {
        let search = Search { directory: b"d/".to_vec(), names: vec![b"two".to_vec(), b"one".to_vec()] };
        let handle = keep(search);
        assert_eq!(next(handle).unwrap(), (b"one".to_vec(), c"d/one".to_owned()));
        assert_eq!(next(handle).unwrap().0, b"two");
        assert_eq!(next(handle), Err(Code::ERROR_NO_MORE_FILES));
        assert_eq!((end(handle), end(handle)), (Ok(()), Err(Code::ERROR_INVALID_HANDLE)));
        assert_eq!(next(handle), Err(Code::ERROR_INVALID_HANDLE));
    }
}
