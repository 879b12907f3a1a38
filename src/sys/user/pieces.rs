//! A message in several pieces: the caller's buffers as one system call takes them.

use std::marker::PhantomData;

use crate::sys::process::sanitizer;
use crate::sys::{UserBuf, UserBufMut};

/// One piece: any address, any length; layout of the kernel's `struct iovec`.
#[repr(transparent)]
#[derive(Clone, Copy, Debug)]
pub struct Piece<'a>(libc::iovec, PhantomData<&'a mut [u8]>);

// SAFETY: a number and a length. What is there is accessed by the kernel, on whatever thread asks it to.
unsafe impl Send for Piece<'_> {}

impl Piece<'_> {
    const EMPTY: Self = Self(libc::iovec { iov_base: std::ptr::null_mut(), iov_len: 0 }, PhantomData);

    #[inline(always)]
    fn at(address: usize, len: usize) -> Self {
        Self(
            libc::iovec { iov_base: std::ptr::with_exposed_provenance_mut(address), iov_len: len },
            PhantomData,
        )
    }

    pub(in crate::sys) const fn len(&self) -> usize {
        self.0.iov_len
    }

    pub(in crate::sys) fn address(&self) -> usize {
        self.0.iov_base.addr()
    }
}

impl From<&mut UserBufMut<'_>> for Piece<'_> {
    #[inline(always)]
    fn from(buf: &mut UserBufMut<'_>) -> Self {
        Self::at(buf.address(), buf.len())
    }
}

impl From<UserBuf<'_>> for Piece<'_> {
    #[inline(always)]
    fn from(buf: UserBuf<'_>) -> Self {
        Self::at(buf.address(), buf.len())
    }
}

/// As many pieces as need no memory of their own.
const FEW: usize = 16;

/// The most pieces that one system call takes.
pub(in crate::sys) const MOST: usize = 1024;

/// Pieces, up to 16 of them in place.
#[derive(Debug)]
pub struct Pieces<'a> {
    few: [Piece<'a>; FEW],
    count: usize,
    many: Vec<Piece<'a>>,
    total: usize,
}

impl Default for Pieces<'_> {
    #[inline(always)]
    fn default() -> Self {
        Self { few: [Piece::EMPTY; FEW], count: 0, many: Vec::new(), total: 0 }
    }
}

impl<'a> Pieces<'a> {
    /// Adds a piece; an empty one adds nothing. Whether there was memory for it.
    ///
    /// # Safety
    /// For receiving, what is writable there must be the caller's to hand out. Sending only reads.
    #[inline(always)]
    #[must_use]
    pub unsafe fn push(&mut self, address: usize, len: u32) -> bool {
        let len = len as usize;
        len == 0 || self.add(Piece::at(address, len))
    }

    /// Bytes of the library's own, to be sent.
    #[must_use]
    pub fn of_bytes(bytes: &'a [u8]) -> Self {
        let mut pieces = Self::default();
        if !bytes.is_empty() {
            pieces.add(Piece::at(bytes.as_ptr().expose_provenance(), bytes.len()));
        }
        pieces
    }

    #[inline(always)]
    fn add(&mut self, piece: Piece<'a>) -> bool {
        let added = match self.few.get_mut(self.count) {
            Some(place) => {
                *place = piece;
                self.count += 1;
                true
            }
            None => self.add_to_many(piece),
        };
        if added {
            self.total = self.total.saturating_add(piece.len());
        }
        added
    }

    #[cold]
    fn add_to_many(&mut self, piece: Piece<'a>) -> bool {
        if self.many.try_reserve(self.few.len() + 1).is_err() {
            return false;
        }
        if self.many.is_empty() {
            self.many.extend_from_slice(&self.few);
        }
        self.many.push(piece);
        true
    }

    /// The bytes from `from` up to `to` of all of them together; fewer where there is no memory to list them.
    #[must_use]
    pub fn part(&self, from: usize, to: usize) -> Self {
        let mut part = Self::default();
        let mut at = 0_usize;
        for piece in self.all() {
            let end = at.saturating_add(piece.len());
            let (first, last) = (from.max(at), to.min(end));
            if first < last && !part.add(Piece::at(piece.address().wrapping_add(first - at), last - first)) {
                break;
            }
            at = end;
        }
        part
    }

    /// All pieces.
    #[must_use]
    #[inline(always)]
    pub fn all(&self) -> &[Piece<'a>] {
        if self.many.is_empty() { self.few.get(..self.count).unwrap_or(&self.few) } else { &self.many }
    }

    /// All pieces, to receive into.
    #[inline(always)]
    pub fn all_mut(&mut self) -> &mut [Piece<'a>] {
        let Self { few, many, count, .. } = self;
        if !many.is_empty() {
            return many;
        }
        few.get_mut(..*count).unwrap_or_default()
    }

    /// Tells a sanitizer that they are going to be sent.
    pub fn tell_sent(&self) {
        if sanitizer::is_there() {
            self.all().iter().for_each(|piece| sanitizer::sends(piece.address(), piece.len()));
        }
    }

    /// Tells a sanitizer that they are going to be received into.
    pub fn tell_lent(&self) {
        if sanitizer::is_there() {
            self.all().iter().for_each(|piece| sanitizer::lends(piece.address(), piece.len()));
        }
    }

    /// Tells a sanitizer that so many bytes have been received.
    pub fn tell_received(&self, bytes: usize) {
        if sanitizer::is_there() {
            let part = self.part(0, bytes);
            part.all().iter().for_each(|piece| sanitizer::received(piece.address(), piece.len()));
            sanitizer::received(0, 0);
        }
    }

    /// The only piece, if there is one only.
    #[must_use]
    #[inline(always)]
    pub fn only(&mut self) -> Option<UserBufMut<'_>> {
        match self.all_mut() {
            // SAFETY: what is writable there is the caller's to hand out, by `push`.
            [one] => Some(unsafe { UserBufMut::new(one.address(), one.len()) }),
            _ => None,
        }
    }

    /// The number of bytes in all of them.
    #[must_use]
    #[inline(always)]
    pub const fn total(&self) -> usize {
        self.total
    }

    /// Whether the first byte can be read, if there is one.
    #[must_use]
    pub fn begin_readable(&self) -> bool {
        self.all().first().is_none_or(|piece| crate::sys::user::memory::readable(piece.address(), 1))
    }

    /// Whether there are more than one system call takes.
    #[must_use]
    #[inline(always)]
    pub fn are_too_many(&self) -> bool {
        self.many.len() > MOST
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(list: &[(usize, u32)]) -> Pieces<'static> {
        let mut pieces = Pieces::default();
        for &(address, len) in list {
            // SAFETY: nothing is received.
            assert!(unsafe { pieces.push(address, len) });
        }
        pieces
    }

    fn list(pieces: &Pieces<'_>) -> Vec<(usize, usize)> {
        pieces.all().iter().map(|piece| (piece.address(), piece.len())).collect()
    }

    #[test]
    fn parts_of_a_few() {
        let all = pieces(&[(1000, 3), (5, 0), (2000, 4), (3000, 1)]);
        assert_eq!(all.total(), 8);
        let rows = [
            (0, 8, vec![(1000, 3), (2000, 4), (3000, 1)]),
            (1, 8, vec![(1001, 2), (2000, 4), (3000, 1)]),
            (3, 7, vec![(2000, 4)]),
            (4, 6, vec![(2001, 2)]),
            (7, 8, vec![(3000, 1)]),
            (8, 8, vec![]),
        ];
        for (from, to, expected) in rows {
            assert_eq!(list(&all.part(from, to)), expected, "{from} to {to}");
        }
    }

    #[test]
    fn any_number() {
        for count in [0, 1, 15, 16, 17, 1024, 1025, 3000] {
            let all = pieces(&(0..count).map(|i| (i * 100 + 100, 2)).collect::<Vec<_>>());
            assert_eq!((all.all().len(), all.total()), (count, 2 * count));
            assert_eq!(all.are_too_many(), count > 1024);
            assert_eq!(list(&all.part(0, all.total())), list(&all), "{count}");
            if count > 1 {
                assert_eq!(list(&all.part(1, all.total()))[0], (101, 1));
            }
        }
    }
}
