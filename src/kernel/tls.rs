//! `TlsAlloc` and its like: one value for every thread under an index.
//!
//! An index has lives: it is odd while a program has it, and a value that was stored in an earlier life counts as 0.

use std::sync::atomic::{AtomicU32, Ordering};

use super::code::Code;
use super::thread;

/// As many as on Windows: 64, and 1024 more.
const INDEXES: usize = 1088;

static LIVES: [AtomicU32; INDEXES] = [const { AtomicU32::new(0) }; INDEXES];

fn life(index: u32) -> Result<(usize, &'static AtomicU32), Code> {
    let at = usize::try_from(index).map_err(|_| Code::INVALID_PARAMETER)?;
    LIVES.get(at).map(|life| (at, life)).ok_or(Code::INVALID_PARAMETER)
}

/// An index that nobody has.
///
/// # Errors
/// `ERROR_NOT_ENOUGH_MEMORY`: all 1088 are taken.
pub fn allocate() -> Result<u32, Code> {
    for (index, life) in (0..).zip(&LIVES) {
        let before = life.load(Ordering::Relaxed);
        if before % 2 == 0
            && life
                .compare_exchange(before, before.wrapping_add(1), Ordering::AcqRel, Ordering::Relaxed)
                .is_ok()
        {
            return Ok(index);
        }
    }
    Err(Code::NOT_ENOUGH_MEMORY)
}

/// Gives an index back; every thread's value is forgotten.
///
/// # Errors
/// `ERROR_INVALID_PARAMETER`: nobody has it.
pub fn free(index: u32) -> Result<(), Code> {
    let (_, life) = life(index)?;
    let before = life.load(Ordering::Relaxed);
    let freed = before % 2 == 1
        && life.compare_exchange(before, before.wrapping_add(1), Ordering::AcqRel, Ordering::Relaxed).is_ok();
    if freed { Ok(()) } else { Err(Code::INVALID_PARAMETER) }
}

/// The calling thread's value; 0 where none was stored.
///
/// # Errors
/// `ERROR_INVALID_PARAMETER`: no such index.
#[inline]
pub fn get(index: u32) -> Result<usize, Code> {
    let (at, life) = life(index)?;
    let now = life.load(Ordering::Acquire);
    let stored = thread::with_tls(|values| values.get(at).copied());
    Ok(stored.filter(|(life, _)| *life == now).map_or(0, |(_, value)| value))
}

/// Stores the calling thread's value.
///
/// # Errors
/// `ERROR_INVALID_PARAMETER`: nobody has the index. `ERROR_NOT_ENOUGH_MEMORY`.
pub fn set(index: u32, value: usize) -> Result<(), Code> {
    let (at, life) = life(index)?;
    let now = life.load(Ordering::Acquire);
    if now % 2 == 0 {
        return Err(Code::INVALID_PARAMETER);
    }
    let first = thread::with_tls(|values| {
        let first = values.is_empty();
        put(values, at, (now, value)).map(|()| first)
    })?;
    if first {
        thread::watch_end();
    }
    Ok(())
}

/// Stores something at a place of a list that may be shorter.
pub(super) fn put(values: &mut Vec<(u32, usize)>, at: usize, value: (u32, usize)) -> Result<(), Code> {
    if values.len() <= at {
        let more = at.saturating_add(1).saturating_sub(values.len());
        values.try_reserve(more).map_err(|_| Code::NOT_ENOUGH_MEMORY)?;
        values.resize(at.saturating_add(1), (0, 0));
    }
    if let Some(place) = values.get_mut(at) {
        *place = value;
    }
    Ok(())
}
