//! `select`: which of many sockets are ready.

use std::time::Duration;

use crate::descriptor::wait::Deadline;
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::readiness::Conditions;
use crate::readiness::last::with_question;
use crate::readiness::poll_set::{Entry, NOT_A_SOCKET, NOWHERE, Question};
use crate::sys::UserArray;

/// A set of sockets in the caller's memory.
#[derive(Debug)]
pub struct Set<'a> {
    /// The count of sockets: one element.
    pub count: UserArray<'a, u32>,
    /// As many sockets as it says.
    pub sockets: UserArray<'a, usize>,
}

/// What makes a socket of `readfds`, `writefds`, `exceptfds` ready.
const READY: [Conditions; 3] = [
    Conditions::RECEIVE.union(Conditions::ENDED).union(Conditions::RESET).union(Conditions::CLOSED),
    Conditions::SEND,
    Conditions::URGENT.union(Conditions::FAILED),
];

/// The answer to memory that cannot be read and written.
pub const BAD_SET: Failure = WsaError::WSAEFAULT.because("a set is not wholly in accessible memory");

/// A time-out of C's `struct timeval`.
///
/// Windows takes a number of microseconds beyond a second; so is it here.
///
/// # Errors
/// `WSAEINVAL` for a negative number.
pub fn time_out(seconds: i32, microseconds: i32) -> Result<Duration, Failure> {
    match (u64::try_from(seconds), u64::try_from(microseconds)) {
        (Ok(seconds), Ok(microseconds)) => {
            Ok(Duration::from_secs(seconds) + Duration::from_micros(microseconds))
        }
        _ => Err(WsaError::WSAEINVAL.because("the time-out is negative")),
    }
}

/// Waits until a socket of the sets is ready, or the time is over; without a limit for ever. The sets keep what is
/// ready, each socket once: the number of those, over all sets.
///
/// The cost is that of one system call, and grows with the number of sockets, whatever their numbers are. A set
/// that stands for several conditions (the same pointer given twice) keeps what is ready for any of them.
///
/// # Errors
/// See [`crate::ffi::ws2_select`], which lists every code. The sets are unchanged then, or empty if a socket was closed
/// while the call waited (X13).
pub fn select(sets: [Option<Set<'_>>; 3], limit: Option<Duration>) -> Result<usize, Failure> {
    if sets.iter().flatten().all(|set| set.sockets.is_empty()) {
        return Err(WsaError::WSAEINVAL.because("no set holds a socket"));
    }
    with_question(|question| {
        if !question.is_about_sets(&sets) {
            ask_about(question, &sets)?;
        }
        let asked = ask(question, limit);
        if asked.is_err_and(|failure| failure == CLOSED_MEANWHILE) {
            // X13.
            for set in sets.iter().flatten() {
                set.count.put(0, 0);
            }
        }
        asked?;
        keep_ready(&sets, question)
    })
}

fn ask_about(question: &mut Question, sets: &[Option<Set<'_>>; 3]) -> Result<(), Failure> {
    question.clear();
    let mut kept = true;
    for (number, (set, wanted)) in sets.iter().zip(READY).enumerate() {
        let Some(set) = set else { continue };
        for at in 0..set.sockets.len() {
            let Some(socket) = set.sockets.get(at) else { return Err(BAD_SET) };
            if !question.merge(socket, wanted, number, u32::try_from(at).unwrap_or(NOWHERE))? {
                return Err(NOT_A_SOCKET);
            }
            kept = kept && question.kept.add(socket);
        }
    }
    if kept {
        question.keep_sets(sets);
    }
    Ok(())
}

const CLOSED_MEANWHILE: Failure = WsaError::WSAENOTSOCK.because("another thread closed one of the sockets");

fn ask(question: &mut Question, limit: Option<Duration>) -> Result<(), Failure> {
    let found = question.look()?;
    if question.has_lost() {
        return Err(NOT_A_SOCKET);
    }
    if found > 0 || limit == Some(Duration::ZERO) {
        return Ok(());
    }
    let deadline = limit.map_or(Deadline::NEVER, Deadline::after);
    question.check();
    if question.has_lost() {
        return Err(NOT_A_SOCKET);
    }
    question.wait(deadline)?;
    // C3: a socket that was closed meanwhile is readable, if that was asked, and otherwise is none any more.
    let closed = |entry: &Entry| entry.seen.contains(Conditions::CLOSED);
    if question.ready().any(|entry| closed(entry) && !entry.wanted.contains(Conditions::CLOSED)) {
        return Err(CLOSED_MEANWHILE);
    }
    Ok(())
}

/// Reduces the sets to what is ready.
fn keep_ready(sets: &[Option<Set<'_>>; 3], question: &mut Question) -> Result<usize, Failure> {
    let mut total = 0;
    for (number, set) in sets.iter().enumerate() {
        let Some(set) = set else { continue };
        let here = |other: &Set<'_>| other.count.address() == set.count.address();
        if sets.iter().take(number).flatten().any(here) {
            continue;
        }
        let wanted = sets
            .iter()
            .zip(READY)
            .filter(|(other, _)| other.as_ref().is_some_and(here))
            .fold(Conditions::empty(), |all, (_, wanted)| all | wanted);
        total += reduce(set, question, wanted, number)?;
    }
    Ok(total)
}

/// Writes the sockets of which there is something that is wanted to the set's beginning, in the set's order, each once.
#[inline(always)]
fn reduce(
    set: &Set<'_>,
    question: &mut Question,
    wanted: Conditions,
    number: usize,
) -> Result<usize, Failure> {
    let place = |entry: &Entry| entry.places.get(number).copied().unwrap_or(NOWHERE);
    let here = |entry: &&Entry| entry.seen.intersects(wanted) && place(entry) != NOWHERE;
    let mut count = 0;
    let mut last = None;
    let mut in_order = true;
    for entry in question.ready().filter(here) {
        in_order &= last < Some(place(entry));
        last = Some(place(entry));
        put(set, count, entry)?;
        count += 1;
    }
    if !in_order {
        question.order(place);
        for (at, entry) in question.ready().filter(here).enumerate() {
            put(set, at, entry)?;
        }
    }
    set.count.put(0, u32::try_from(count).unwrap_or(u32::MAX));
    Ok(count)
}

fn put(set: &Set<'_>, at: usize, entry: &Entry) -> Result<(), Failure> {
    let put = entry.fd.is_some_and(|fd| set.sockets.put(at, fd.to_socket()));
    if put { Ok(()) } else { Err(BAD_SET) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_outs() {
        assert_eq!(time_out(0, 0), Ok(Duration::ZERO));
        assert_eq!(time_out(1, 500_000), Ok(Duration::from_millis(1500)));
        assert_eq!(time_out(0, 2_500_000), Ok(Duration::from_millis(2500)));
        assert_eq!(time_out(i32::MAX, i32::MAX).unwrap().as_secs(), 2_147_485_794);
        for (seconds, microseconds) in [(-1, 0), (0, -1), (5, -1), (i32::MIN, i32::MIN)] {
            assert_eq!(time_out(seconds, microseconds).unwrap_err().code, WsaError::WSAEINVAL);
        }
    }
}
