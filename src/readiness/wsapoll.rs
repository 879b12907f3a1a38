//! `WSAPoll`: what each of several sockets is ready for.

use std::time::Duration;

use crate::descriptor::wait::Deadline;
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::readiness::Conditions;
use crate::readiness::last::with_question;
use crate::readiness::poll_set::{NOT_A_SOCKET, NOWHERE, Question};
use crate::sys::UserArray;

/// An entry of the caller's array.
pub trait Asked: Copy {
    /// The socket.
    fn socket(self) -> usize;
    /// Windows' `POLL…` bits to wait for.
    fn events(self) -> i16;
    /// The answer that stands there.
    fn happened(self) -> i16;
    /// The same entry with the answer.
    #[must_use]
    fn answered(self, happened: i16) -> Self;
}

/// Windows' numbers, all other than Linux's.
const POLLERR: i16 = 1;
const POLLHUP: i16 = 2;
const POLLNVAL: i16 = 4;
const POLLWRNORM: i16 = 0x10;
const POLLRDNORM: i16 = 0x100;
const POLLRDBAND: i16 = 0x200;

/// What can be waited for (PO2).
const KNOWN: i16 = POLLWRNORM | POLLRDNORM | POLLRDBAND;

/// The conditions that an entry wants to know of, for its events or unasked.
fn wanted(events: i16) -> Conditions {
    let mut wanted = Conditions::ENDED | Conditions::RESET | Conditions::FAILED | Conditions::APART;
    wanted.set(Conditions::RECEIVE, events & POLLRDNORM != 0);
    wanted.set(Conditions::URGENT, events & POLLRDBAND != 0);
    wanted.set(Conditions::SEND, events & POLLWRNORM != 0);
    wanted
}

/// The answer to an entry with these events.
fn answer(seen: Conditions, events: i16) -> i16 {
    const BITS: [(Conditions, i16); 7] = [
        (Conditions::RECEIVE, POLLRDNORM),
        (Conditions::URGENT, POLLRDBAND),
        (Conditions::SEND, POLLWRNORM),
        (Conditions::ENDED, POLLHUP),
        (Conditions::RESET, POLLERR | POLLHUP),
        (Conditions::FAILED, POLLERR | POLLHUP | POLLWRNORM),
        (Conditions::CLOSED, POLLNVAL),
    ];
    let all = BITS.iter().filter(|(one, _)| seen.contains(*one)).fold(0, |all, (_, bits)| all | bits);
    all & (events | POLLERR | POLLHUP | POLLNVAL)
}

const BAD_ARRAY: Failure = WsaError::WSAEFAULT.because("the array is not wholly in accessible memory");

/// Waits until something happens to a socket of the array, or the time is over; without a limit for ever. The
/// number of entries to which something happened; those without a socket do not count.
///
/// # Errors
/// See [`crate::ffi::WSAPoll`], which lists every code.
pub fn poll<T: Asked>(array: &UserArray<'_, T>, limit: Option<Duration>) -> Result<usize, Failure> {
    with_question(|question| {
        let kept = question.is_about_array(array);
        let unknown = if kept { false } else { ask_about(question, array)? };
        let found = question.look()?;
        // PO4 before PO2.
        if question.alive() > 0 {
            if unknown {
                // X13.
                for at in 0..array.len() {
                    let entry = array.get(at).ok_or(BAD_ARRAY)?;
                    array.put(at, entry.answered(0));
                }
                return Err(WsaError::WSAEINVAL.because("an event that cannot be waited for"));
            }
            if found == 0 && limit != Some(Duration::ZERO) {
                let deadline = limit.map_or(Deadline::NEVER, Deadline::after);
                question.check();
                if question.alive() > 0 {
                    question.wait(deadline)?;
                }
            }
        }
        let count = if kept && !question.has_lost() {
            write_new_answers(array, question)?
        } else {
            write_answers(array, question)?
        };
        if question.alive() == 0 { Err(NOT_A_SOCKET) } else { Ok(count) }
    })
}

/// Whether some entry has an event that cannot be waited for.
fn ask_about<T: Asked>(question: &mut Question, array: &UserArray<'_, T>) -> Result<bool, Failure> {
    question.clear();
    let (mut unknown, mut all_sockets, mut all_kept) = (false, true, true);
    for at in 0..array.len() {
        let entry = array.get(at).ok_or(BAD_ARRAY)?;
        unknown |= entry.socket() != usize::MAX && entry.events() & !KNOWN != 0;
        let place = u32::try_from(at).unwrap_or(NOWHERE);
        // One that is no socket is found missing when the answer is written.
        all_sockets &= question.merge(entry.socket(), wanted(entry.events()), 0, place)?;
        all_kept &= question.kept.add_entry(&entry);
    }
    // None of them twice.
    if all_sockets && all_kept && !unknown && question.entries.len() == array.len() {
        question.keep_array();
    }
    Ok(unknown)
}

/// The same answers as [`write_answers`] writes, where the question is that of the last call.
fn write_new_answers<T: Asked>(array: &UserArray<'_, T>, question: &Question) -> Result<usize, Failure> {
    for at in question.answered_before() {
        let entry = array.get(*at).ok_or(BAD_ARRAY)?;
        array.put(*at, entry.answered(0));
    }
    let mut count = 0;
    for ready in question.ready() {
        let [place, ..] = ready.places;
        let at = usize::try_from(place).unwrap_or(usize::MAX);
        let entry = array.get(at).ok_or(BAD_ARRAY)?;
        let happened = answer(ready.seen, entry.events());
        array.put(at, entry.answered(happened));
        count += usize::from(happened != 0);
    }
    Ok(count)
}

fn write_answers<T: Asked>(array: &UserArray<'_, T>, question: &mut Question) -> Result<usize, Failure> {
    let mut count = 0;
    for at in 0..array.len() {
        let entry = array.get(at).ok_or(BAD_ARRAY)?;
        let happened = match question.entry(entry.socket()) {
            Some(socket) => {
                let happened = answer(socket.seen, entry.events());
                count += usize::from(happened != 0);
                happened
            }
            None => POLLNVAL,
        };
        array.put(at, entry.answered(happened));
    }
    Ok(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// PO5, PO6, PO7: bit by bit.
    #[test]
    fn answers() {
        let all = KNOWN;
        let rows = [
            (Conditions::empty(), all, 0),
            (Conditions::RECEIVE, all, 0x100),
            (Conditions::URGENT, all, 0x200),
            (Conditions::SEND, all, 0x10),
            (Conditions::ENDED | Conditions::SEND, all, 0x12),
            (Conditions::RESET | Conditions::SEND, all, 0x13),
            (Conditions::FAILED, all, 0x13),
            (Conditions::FAILED, 0, 3),
            (Conditions::CLOSED, 0, 4),
            (Conditions::RECEIVE | Conditions::SEND | Conditions::URGENT, 0x10, 0x10),
        ];
        for (seen, events, expected) in rows {
            assert_eq!(answer(seen, events), expected, "{seen:?} for {events:#x}");
        }
    }

    #[test]
    fn only_what_is_asked_for_is_waited_for() {
        assert!(!wanted(0).intersects(Conditions::RECEIVE | Conditions::SEND | Conditions::URGENT));
        assert!(wanted(0x300).contains(Conditions::RECEIVE | Conditions::URGENT));
        assert!(!wanted(0x300).contains(Conditions::SEND));
        assert!(wanted(0x10).contains(Conditions::SEND));
    }
}
