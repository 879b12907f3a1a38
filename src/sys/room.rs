//! Memory that may be refused. What the standard library makes ends the process where there is none; what is made here is an
//! error, which the call reports.

use std::ffi::CString;
use std::fmt::{self, Write as _};

use super::Errno;

/// There was no memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoMemory;

impl From<std::collections::TryReserveError> for NoMemory {
    fn from(_: std::collections::TryReserveError) -> Self {
        Self
    }
}

impl From<NoMemory> for Errno {
    fn from(_: NoMemory) -> Self {
        Self::new(libc::ENOMEM)
    }
}

/// What can be made, or not.
pub type Made<T> = Result<T, NoMemory>;

/// Puts something at the end.
///
/// # Errors
/// [`NoMemory`]: it is not there.
pub fn push<T>(list: &mut Vec<T>, value: T) -> Made<()> {
    list.try_reserve(1)?;
    list.push(value);
    Ok(())
}

/// A list of what comes.
///
/// # Errors
/// [`NoMemory`].
pub fn list<T>(from: impl IntoIterator<Item = T>) -> Made<Vec<T>> {
    let from = from.into_iter();
    let mut list = Vec::new();
    list.try_reserve(from.size_hint().0)?;
    for value in from {
        push(&mut list, value)?;
    }
    Ok(list)
}

/// A copy.
///
/// # Errors
/// [`NoMemory`].
pub fn copy<T: Copy>(from: &[T]) -> Made<Vec<T>> {
    let mut list = Vec::new();
    list.try_reserve_exact(from.len())?;
    list.extend_from_slice(from);
    Ok(list)
}

/// Puts a copy of these at the end.
///
/// # Errors
/// [`NoMemory`]: they are not there.
pub fn append<T: Copy>(list: &mut Vec<T>, more: &[T]) -> Made<()> {
    list.try_reserve(more.len())?;
    list.extend_from_slice(more);
    Ok(())
}

/// So many of them.
///
/// # Errors
/// [`NoMemory`].
pub fn filled<T: Clone>(value: T, count: usize) -> Made<Vec<T>> {
    let mut list = Vec::new();
    list.try_reserve_exact(count)?;
    list.resize(count, value);
    Ok(list)
}

/// A copy of a text, up to its first NUL.
///
/// # Errors
/// [`NoMemory`].
pub fn c_text(from: &[u8]) -> Made<CString> {
    let text = from.split(|byte| *byte == 0).next().unwrap_or_default();
    let mut bytes = Vec::new();
    // All that it will have, so that the text need not move.
    bytes.try_reserve_exact(text.len().checked_add(1).ok_or(NoMemory)?)?;
    bytes.extend_from_slice(text);
    bytes.push(0);
    CString::from_vec_with_nul(bytes).map_err(|_| NoMemory)
}

/// A copy of a text.
///
/// # Errors
/// [`NoMemory`].
pub fn text(from: &str) -> Made<String> {
    let mut text = String::new();
    text.try_reserve_exact(from.len())?;
    text.push_str(from);
    Ok(text)
}

/// A text that grows while something is written.
struct Growing(String);

impl fmt::Write for Growing {
    fn write_str(&mut self, part: &str) -> fmt::Result {
        self.0.try_reserve(part.len()).map_err(|_| fmt::Error)?;
        self.0.push_str(part);
        Ok(())
    }
}

/// What is shown, as a text.
///
/// # Errors
/// [`NoMemory`].
pub fn shown(what: &dyn fmt::Display) -> Made<String> {
    let mut text = Growing(String::new());
    write!(text, "{what}").map_err(|_| NoMemory)?;
    Ok(text.0)
}

/// A text in UTF-8; what is none is U+FFFD.
///
/// # Errors
/// [`NoMemory`].
pub fn lossy(from: &[u8]) -> Made<String> {
    let mut text = Growing(String::new());
    for chunk in from.utf8_chunks() {
        let replacement = if chunk.invalid().is_empty() { "" } else { "\u{fffd}" };
        text.write_str(chunk.valid()).and_then(|()| text.write_str(replacement)).map_err(|_| NoMemory)?;
    }
    Ok(text.0)
}

/// A text of 16-bit units in UTF-8; none where it is none.
///
/// # Errors
/// [`NoMemory`].
pub fn narrowed(units: &[u16]) -> Made<Option<String>> {
    let mut text = String::new();
    for c in char::decode_utf16(units.iter().copied()) {
        let Ok(c) = c else { return Ok(None) };
        text.try_reserve(c.len_utf8())?;
        text.push(c);
    }
    Ok(Some(text))
}

/// A text of UTF-8 in 16-bit units; what is none is U+FFFD.
pub fn wide_units(from: &[u8]) -> impl Iterator<Item = u16> {
    from.utf8_chunks().flat_map(|chunk| {
        let replacement = if chunk.invalid().is_empty() { "" } else { "\u{fffd}" };
        chunk.valid().encode_utf16().chain(replacement.encode_utf16())
    })
}

/// Likewise, with its NUL.
///
/// # Errors
/// [`NoMemory`].
pub fn widened(from: &[u8]) -> Made<Vec<u16>> {
    list(wide_units(from).chain([0]))
}

/// Room for one value on the heap, for who must not fail once the value is there.
#[derive(Debug)]
pub struct Place<T>(Vec<T>);

impl<T> Place<T> {
    /// Makes the room.
    ///
    /// # Errors
    /// [`NoMemory`].
    pub fn new() -> Made<Self> {
        let mut one = Vec::new();
        one.try_reserve_exact(1)?;
        Ok(Self(one))
    }

    /// Puts the value there.
    #[must_use]
    pub fn put(self, value: T) -> Box<T> {
        let Self(mut one) = self;
        one.push(value);
        // As long as its room: nothing is moved.
        let one: Box<[T]> = one.into_boxed_slice();
        // SAFETY: a box of one value has the layout of the value, and comes from the same allocator; the pointer is given up.
        unsafe { Box::from_raw(Box::into_raw(one).cast::<T>()) }
    }
}

/// One value on the heap.
///
/// # Errors
/// [`NoMemory`]: the value is dropped.
pub fn boxed<T>(value: T) -> Made<Box<T>> {
    Ok(Place::new()?.put(value))
}

/// Whether so many bytes can be had, for what others make that cannot fail.
///
/// # Errors
/// [`NoMemory`].
pub fn probe(bytes: usize) -> Made<()> {
    let mut probe = Vec::<u8>::new();
    probe.try_reserve_exact(bytes)?;
    // Not to be taken for something without effect.
    std::hint::black_box(&mut probe);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_lists() {
        assert_eq!(c_text(b"abc").as_deref(), Ok(c"abc"));
        assert_eq!(c_text(b"ab\0c").as_deref(), Ok(c"ab"));
        assert_eq!(c_text(b"").as_deref(), Ok(c""));
        assert_eq!(shown(&format_args!("{}-{}", 1, "x")).as_deref(), Ok("1-x"));
        assert_eq!(lossy(b"a\xffb").as_deref(), Ok("a\u{fffd}b"));
        assert_eq!(widened(b"a\xff").as_deref(), Ok(&[97, 0xfffd, 0][..]));
        assert_eq!(narrowed(&[97, 0xd83d, 0xde00]).map(|text| text.unwrap()).as_deref(), Ok("a\u{1f600}"));
        assert_eq!(narrowed(&[0xd83d]), Ok(None));
        assert_eq!(list((0..3).filter(|n| n % 2 == 0)).as_deref(), Ok(&[0, 2][..]));
        assert_eq!(copy(&[1, 2]).as_deref(), Ok(&[1, 2][..]));
        let mut list = vec![1];
        assert_eq!((append(&mut list, &[2, 3]), list), (Ok(()), vec![1, 2, 3]));
        assert_eq!(filled(7_u8, 2).as_deref(), Ok(&[7, 7][..]));
        assert_eq!(boxed(String::from("box")).map(|text| *text).as_deref(), Ok("box"));
        assert_eq!(boxed(()).map(|unit| *unit), Ok(()));
        assert_eq!(probe(usize::MAX / 2), Err(NoMemory));
        assert_eq!(probe(1), Ok(()));
    }
}
