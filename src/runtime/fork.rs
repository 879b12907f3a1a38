//! `fork`: both sides go on with tables that are whole, and without each other's waiting threads.

use std::cell::RefCell;
use std::sync::{MutexGuard, Once};

use crate::socket::sharing;

use crate::descriptor;

use crate::runtime::startup;

use crate::sys;

use crate::descriptor::waker;

/// Every lock of the library, held by the thread that forks, in the order in which they are taken elsewhere.
struct Held {
    records: descriptor::Held,
    spare: waker::Held,
    _starts: MutexGuard<'static, u32>,
    _sharing: MutexGuard<'static, ()>,
}

thread_local! {
    static HELD: RefCell<Option<Held>> = const { RefCell::new(None) };
}

/// Asks to be told of every `fork`, the first time.
pub(crate) fn prepare_once() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| sys::process::fork::at_fork(before, in_parent, in_child));
}

fn keep(held: Option<Held>) -> Option<Held> {
    HELD.try_with(|place| {
        place.try_borrow_mut().ok().and_then(|mut place| std::mem::replace(&mut *place, held))
    })
    .unwrap_or_default()
}

extern "C" fn before() {
    let starts = startup::starts();
    let sharing = sharing::hold();
    let records = descriptor::hold();
    let spare = waker::hold();
    keep(Some(Held { records, spare, _starts: starts, _sharing: sharing }));
}

extern "C" fn in_parent() {
    keep(None);
}

extern "C" fn in_child() {
    if let Some(mut held) = keep(None) {
        held.records.forget_waiters();
        held.spare.clear();
    }
}
