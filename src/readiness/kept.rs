//! Whether a call asks what the thread's last call asked. Most programs that wait for many sockets ask about the same ones
//! again and again; then the kernel's array is there already, and only the answers have to be written.
//!
//! What is kept is a number of sockets by their descriptors, that each was a socket, and what was wanted of it. It holds
//! while nothing was closed and nothing that was known of any descriptor was lost ([`crate::descriptor::epoch`] is the
//! same), and the caller's memory says the same again, byte by byte. Whether a kept descriptor is *the same* socket is no
//! part of it: the kernel is asked about the descriptor, kept or not.

use super::poll_set::Question;
use super::select::Set;
use super::wsapoll::Asked;
use crate::sys::UserArray;

/// What the last question was made from.
#[derive(Debug)]
pub(super) struct Kept {
    /// The count of closings when it was made; none where it cannot be used again.
    since: Option<u64>,
    /// The sockets of the sets, one set after the other, and how many each of them has; of an array, where it has an
    /// answer.
    sockets: Vec<usize>,
    /// The sockets and events of an array.
    array: Vec<(usize, i16)>,
    sets: Option<[Option<usize>; 3]>,
}

impl Kept {
    pub(super) const fn new() -> Self {
        Self { since: None, sockets: Vec::new(), array: Vec::new(), sets: None }
    }

    pub(super) fn clear(&mut self) {
        self.forget();
        self.sockets.clear();
        self.array.clear();
    }

    pub(super) const fn forget(&mut self) {
        self.since = None;
    }

    /// Keeps a socket of a set; `false` where there is no memory, which is no reason to fail.
    #[inline(always)]
    pub(super) fn add(&mut self, socket: usize) -> bool {
        let room = self.sockets.len() < self.sockets.capacity() || self.sockets.try_reserve(1).is_ok();
        if room {
            self.sockets.push(socket);
        }
        room
    }
}

impl Kept {
    /// Keeps an entry of an array, likewise.
    #[inline(always)]
    pub(super) fn add_entry(&mut self, entry: &impl Asked) -> bool {
        let room = self.array.len() < self.array.capacity() || self.array.try_reserve(1).is_ok();
        if room {
            self.array.push((entry.socket(), entry.events()));
        }
        room
    }
}

fn lengths(sets: &[Option<Set<'_>>; 3]) -> [Option<usize>; 3] {
    sets.each_ref().map(|set| set.as_ref().map(|set| set.sockets.len()))
}

impl Question {
    /// Everything was asked about: the next question may be the same. What was not closed since the call began was not
    /// closed while it asked.
    pub(super) fn keep_sets(&mut self, sets: &[Option<Set<'_>>; 3]) {
        self.kept.sets = Some(lengths(sets));
        self.kept.since = Some(self.began);
    }

    /// The same for an array, of which each entry has become one of the question's, in order.
    pub(super) fn keep_array(&mut self) {
        self.kept.sets = None;
        self.kept.since = Some(self.began);
    }

    /// Whether the question is about these sets already.
    #[inline]
    pub(super) fn is_about_sets(&self, sets: &[Option<Set<'_>>; 3]) -> bool {
        if self.kept.since != Some(self.began) || self.kept.sets != Some(lengths(sets)) {
            return false;
        }
        let mut from = 0;
        sets.iter().flatten().all(|set| {
            let kept = self.kept.sockets.get(from..).and_then(|rest| rest.get(..set.sockets.len()));
            from += set.sockets.len();
            kept.is_some_and(|kept| set.sockets.is(kept) == Some(true))
        })
    }

    /// Whether the question is about the entries of this array already; where it is, what stands there as the last answer
    /// and has to be taken back.
    #[inline]
    pub(super) fn is_about_array<T: Asked>(&mut self, array: &UserArray<'_, T>) -> bool {
        let same = self.kept.since == Some(self.began)
            && self.kept.sets.is_none()
            && self.kept.array.len() == array.len();
        if !same {
            return false;
        }
        let Some(asked) = array.iter() else { return false };
        let Kept { sockets: answered, array: kept, .. } = &mut self.kept;
        answered.clear();
        for ((at, asked), (socket, events)) in asked.enumerate().zip(kept) {
            if *socket != asked.socket() || *events != asked.events() {
                return false;
            }
            if asked.happened() != 0 {
                if answered.try_reserve(1).is_err() {
                    return false;
                }
                answered.push(at);
            }
        }
        true
    }

    /// The places of an array where an answer stands from before.
    pub(super) fn answered_before(&self) -> &[usize] {
        &self.kept.sockets
    }
}
