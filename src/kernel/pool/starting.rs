//! How a thread that is started finds its pool.

use std::sync::Mutex;

use super::next_number;
use super::workers::Pool;
use crate::kernel::code::Code;
use crate::kernel::handle::inside;
use crate::kernel::sync::lock;
use crate::sys::shared::Arc;

/// Pools whose threads are about to begin, by the number that the thread is started with: each has the stack that its pool
/// has said, and its end is noted there.
static STARTING: Mutex<Vec<(usize, Arc<Pool>)>> = Mutex::new(Vec::new());

/// Leaves the pool for a thread that is about to be started: by which number it finds it.
pub(super) fn hand_over(pool: &Arc<Pool>) -> Result<usize, Code> {
    let number = next_number();
    let _inside = inside();
    let mut starting = lock(&STARTING);
    starting.try_reserve(1).map_err(|_| Code::NOT_ENOUGH_MEMORY)?;
    starting.push((number, Arc::clone(pool)));
    Ok(number)
}

/// The pool that was left under a number.
pub(super) fn handed_over(number: usize) -> Option<Arc<Pool>> {
    let _inside = inside();
    let mut starting = lock(&STARTING);
    let at = starting.iter().position(|(of, _)| *of == number)?;
    Some(starting.swap_remove(at).1)
}
