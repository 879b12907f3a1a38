//! `FlsAlloc` and its like: as [`super::tls`], and a function of the program gets every value that is not 0 when its
//! thread ends or the index is given back. There are no fibers here: what is a fiber's on Windows is a thread's.

use std::sync::Mutex;

use super::code::Code;
use super::handle;
use super::sync::lock;
use super::thread::{self, Call, Thread};
use super::tls::put;
use crate::sys::shared::Arc;

/// As many as on Windows.
const MOST: usize = 4080;

/// An index: its lives, as in [`super::tls`], and the function.
#[derive(Clone, Copy)]
struct Index {
    life: u32,
    last: Option<(Call, usize)>,
}

static INDEXES: Mutex<Vec<Index>> = Mutex::new(Vec::new());

/// An index that nobody has. `last` makes the call of the function, which is its first argument; the value is the second.
///
/// # Errors
/// `ERROR_NO_SYSTEM_RESOURCES`: all are taken. `ERROR_NOT_ENOUGH_MEMORY`.
pub fn allocate(last: Option<(Call, usize)>) -> Result<u32, Code> {
    let _inside = handle::inside();
    let mut indexes = lock(&INDEXES);
    let free = indexes.iter().position(|index| index.life % 2 == 0);
    let at = match free {
        Some(at) => at,
        None if indexes.len() < MOST => {
            indexes.try_reserve(1).map_err(|_| Code::NOT_ENOUGH_MEMORY)?;
            indexes.push(Index { life: 0, last: None });
            indexes.len() - 1
        }
        None => return Err(Code::NO_SYSTEM_RESOURCES),
    };
    if let Some(index) = indexes.get_mut(at) {
        *index = Index { life: index.life.wrapping_add(1), last };
    }
    u32::try_from(at).map_err(|_| Code::NO_SYSTEM_RESOURCES)
}

/// The present life of an index that somebody has.
fn living(at: u32) -> Result<(usize, Index), Code> {
    let at = usize::try_from(at).map_err(|_| Code::INVALID_PARAMETER)?;
    let index = lock(&INDEXES).get(at).copied().filter(|index| index.life % 2 == 1);
    Ok((at, index.ok_or(Code::INVALID_PARAMETER)?))
}

/// Gives an index back. Its function gets the values of all threads, in the calling one.
///
/// # Errors
/// `ERROR_INVALID_PARAMETER`: nobody has it.
pub fn free(index: u32) -> Result<(), Code> {
    let index = {
        let _inside = handle::inside();
        let (at, index) = living(index)?;
        if let Some(place) = lock(&INDEXES).get_mut(at) {
            *place = Index { life: index.life.wrapping_add(1), last: None };
        }
        (at, index)
    };
    let (at, Index { life, last }) = index;
    let mut values = Vec::new();
    thread::each(|thread| {
        let mut stored = lock(&thread.fls);
        if let Some(place) = stored.get_mut(at).filter(|place| place.0 == life && place.1 != 0) {
            if values.try_reserve(1).is_ok() {
                values.push(place.1);
            }
            *place = (0, 0);
        }
    });
    if let Some((call, function)) = last {
        for value in values {
            call([function, value, 0, 0]);
        }
    }
    Ok(())
}

/// The calling thread's value; 0 where none was stored.
///
/// # Errors
/// `ERROR_INVALID_PARAMETER`: nobody has the index.
pub fn get(index: u32) -> Result<usize, Code> {
    let thread = thread::current_if_any();
    let _inside = handle::inside();
    let (at, index) = living(index)?;
    let Some(thread) = thread else { return Ok(0) };
    let stored = lock(&thread.fls).get(at).copied();
    Ok(stored.filter(|(life, _)| *life == index.life).map_or(0, |(_, value)| value))
}

/// Stores the calling thread's value.
///
/// # Errors
/// `ERROR_INVALID_PARAMETER`: nobody has the index. `ERROR_NOT_ENOUGH_MEMORY`.
pub fn set(index: u32, value: usize) -> Result<(), Code> {
    let thread = thread::current()?;
    let _inside = handle::inside();
    let (at, index) = living(index)?;
    put(&mut lock(&thread.fls), at, (index.life, value))
}

/// The thread's end: the functions get its values. They may store new ones, which are not looked at again for ever.
pub(super) fn end(thread: &Arc<Thread>) {
    const ROUNDS: usize = 4;
    for _ in 0..ROUNDS {
        let mut any = false;
        while let Some((call, function, value)) = next(thread) {
            any = true;
            call([function, value, 0, 0]);
        }
        if !any {
            return;
        }
    }
}

fn next(thread: &Thread) -> Option<(Call, usize, usize)> {
    let _inside = handle::inside();
    let mut values = lock(&thread.fls);
    let indexes = lock(&INDEXES);
    for (index, place) in indexes.iter().zip(values.iter_mut()) {
        let (life, value) = std::mem::take(place);
        if let Some((call, function)) = index.last
            && life == index.life
            && value != 0
        {
            return Some((call, function, value));
        }
    }
    None
}
