//! Windows that are never shown, and the queues of messages that their threads read: enough for a program that has a window
//! only to be told something, as by `WSAAsyncSelect`.
//!
//! | what | where |
//! |---|---|
//! | classes of windows, windows | `window` |
//! | how the library itself posts | `poster` |
//! | a thread's queue | `queue`, with its timers `timer`, and what other threads have sent `sent` |
//!
//! One lock guards it all (`Desk`); nothing of the program's runs under it, and a queue's signal is set without it.
//! A window's procedure is a number here: who calls it is the C interface.

mod poster;
mod queue;
mod sent;
mod timer;
mod window;

pub use poster::{Call, can_notify, notify, set_routine};
pub use queue::{
    Filter, Given, INPUT, Message, WM_TIMER, look, number_of_thread, post, post_quit, post_to_thread, sleep,
    wait,
};
pub use sent::{Sent, answer, expected, send_elsewhere};
pub use timer::{kill_timer, set_timer};
pub use window::{
    Called, Class, MESSAGE_ONLY, Making, Word, create, destroy, find_window, forget_window, is_window,
    procedure, register, registered_message, thread_of, unregister, word,
};

use crate::kernel::code::Code;
use crate::runtime::lock::{Guard, Lock, Rank};
use crate::sys::process::fork::InChild;
use crate::sys::sorted::Sorted;
use queue::Queue;
use window::Window;

/// The handle of a window: from 0x1_0000 on, and never given twice.
pub type Handle = u32;

/// Everything that there is of windows.
#[derive(Default)]
pub(crate) struct Desk {
    /// By atom.
    classes: Sorted<u16, Class>,
    windows: Sorted<Handle, Window>,
    /// By the number of the thread.
    queues: Sorted<u32, Queue>,
    /// The names of registered messages, in order.
    messages: Vec<Vec<u16>>,
    last_window: Handle,
}

static DESK: Lock<Desk> = Lock::new(Rank::Messages, Desk::new());

impl Desk {
    const fn new() -> Self {
        Self {
            classes: Sorted::new(),
            windows: Sorted::new(),
            queues: Sorted::new(),
            messages: Vec::new(),
            last_window: 0x1_0000,
        }
    }

    fn window(&self, handle: Handle) -> Result<&Window, Code> {
        self.windows.get(&handle).ok_or(Code::INVALID_WINDOW_HANDLE)
    }
}

fn desk() -> Guard<Desk> {
    crate::fork::prepare_once();
    DESK.take()
}

pub(crate) fn hold_for_fork() -> Option<Guard<Desk>> {
    DESK.take_for_fork()
}

/// In a child the windows and the queue of the thread that forked are there, under its new number, and no others.
pub(crate) fn in_child(held: Option<Guard<Desk>>, child: InChild) {
    match held {
        Some(mut desk) => queue::keep_one(&mut desk),
        None => DESK.renew(Desk::new(), child),
    }
}
