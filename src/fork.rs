//! `fork`: both sides go on with tables that are whole, and without each other's waiting threads.
//!
//! `fork` waits for the locks only for a while: one of them may belong to the very thread that forks, from a signal
//! handler. The child begins anew what could not be held.
//!
//! This file stands above the folders, since it holds locks of several of them, and each of them may be the first to
//! need it.

use std::cell::RefCell;
use std::mem::ManuallyDrop;
use std::sync::Once;

use crate::names::lookup::Searches;
use crate::names::pending::Running;
use crate::runtime::lock::Guard;
use crate::runtime::startup;
use crate::socket::duplicate::Pending;
use crate::sys::process::fork as sys;
use crate::sys::process::fork::InChild;
use crate::{descriptor, kernel, messages, names, overlapped, pipes, platform, socket};

/// Every lock of the library, in the order in which they are taken elsewhere.
struct Held {
    descriptors: descriptor::Held,
    kernel: kernel::fork::Held,
    starts: Option<Guard<u32>>,
    pipes: pipes::fork::Held,
    sharing: Option<Guard<()>>,
    lending: Vec<Option<Guard<()>>>,
    duplicates: Option<Guard<Pending>>,
    lookups: Option<Guard<Running>>,
    searches: Option<Guard<Searches>>,
    messages: Option<Guard<messages::Desk>>,
    overlapped: overlapped::fork::Held,
    platform: platform::fork::Held,
}

thread_local! {
    /// Without a destructor: a fork has always ended when its thread does, and the note of one needs memory, which may end.
    static HELD: ManuallyDrop<RefCell<Option<Held>>> = const { ManuallyDrop::new(RefCell::new(None)) };
}

/// Asks to be told of every `fork`, the first time.
pub(crate) fn prepare_once() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| sys::at_fork(before, in_parent, in_child));
}

fn keep(held: Option<Held>) -> Option<Held> {
    HELD.with(|place| place.try_borrow_mut().ok().and_then(|mut place| std::mem::replace(&mut *place, held)))
}

extern "C" fn before() {
    let starts = startup::hold();
    let pipes = pipes::fork::hold();
    let sides = overlapped::fork::hold_table();
    let sharing = socket::sharing::hold_for_fork();
    let lending = socket::lending::hold_for_fork();
    let descriptors = descriptor::hold();
    let overlapped = overlapped::fork::Held::new(sides);
    let duplicates = socket::duplicate::hold_for_fork();
    let lookups = names::pending::hold_for_fork();
    let searches = names::lookup::hold_for_fork();
    let messages = messages::hold_for_fork();
    let platform = platform::fork::hold();
    let kernel = kernel::fork::hold();
    keep(Some(Held {
        descriptors,
        kernel,
        starts,
        pipes,
        sharing,
        lending,
        duplicates,
        lookups,
        searches,
        messages,
        overlapped,
        platform,
    }));
}

extern "C" fn in_parent() {
    keep(None);
}

extern "C" fn in_child() {
    let child = InChild::after_fork();
    let Some(mut held) = keep(None) else { return };
    held.kernel.forget_waiters();
    held.overlapped.in_child(child);
    held.platform.in_child(child);
    held.pipes.in_child(child);
    held.descriptors.in_child(child);
    socket::lending::in_child(held.lending, child);
    socket::sharing::in_child(held.sharing, child);
    startup::in_child(held.starts, child);
    socket::duplicate::in_child(held.duplicates, child);
    names::pending::in_child(held.lookups, child);
    names::lookup::in_child(held.searches, child);
    messages::in_child(held.messages, child);
}
