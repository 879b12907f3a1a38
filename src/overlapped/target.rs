//! Whom a socket's network events are told: an event object, or a window.

use crate::kernel::event::{Kept, Woken};
use crate::messages::{self, Handle};
use crate::windows::abi::{
    FD_ACCEPT, FD_ADDRESS_LIST_CHANGE, FD_CLOSE, FD_CONNECT, FD_MAX_EVENTS, FD_OOB, FD_READ,
    FD_ROUTING_INTERFACE_CHANGE, FD_WRITE,
};

/// A window, and the message that it gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Window {
    pub(crate) handle: Handle,
    pub(crate) message: u32,
}

/// Who is told.
#[derive(Clone)]
pub(crate) enum Target {
    /// An event is set.
    Event(Kept),
    /// A message is posted for each kind of event.
    Window(Window),
}

/// The order in which messages are posted that are due at one moment (AS2).
const ORDER: [u32; 8] = [
    FD_CONNECT,
    FD_ACCEPT,
    FD_OOB,
    FD_READ,
    FD_WRITE,
    FD_CLOSE,
    FD_ADDRESS_LIST_CHANGE,
    FD_ROUTING_INTERFACE_CHANGE,
];

/// What is left to be done without the side's lock.
#[must_use = "nobody is told until this is done"]
pub(super) enum Told {
    /// Threads are to be woken.
    Event(Woken),
    /// Messages are to be posted.
    Messages { window: Window, socket: usize, due: u32, codes: [i32; FD_MAX_EVENTS] },
}

impl Told {
    /// Does it. No lock is held.
    pub(super) fn finish(self) {
        match self {
            Self::Event(woken) => woken.wake(),
            Self::Messages { window, socket, due, codes } => {
                for event in ORDER.into_iter().filter(|event| due & event != 0) {
                    let at = usize::try_from(event.trailing_zeros()).unwrap_or(usize::MAX);
                    let code = codes.get(at).copied().unwrap_or(0);
                    // A window that is gone, or whose queue is full, is not told.
                    let _ = messages::notify(window.handle, window.message, socket, reply(event, code));
                }
            }
        }
    }
}

/// `WSAMAKESELECTREPLY`: the event below, the code above (AS1).
fn reply(event: u32, code: i32) -> isize {
    let number = (code.cast_unsigned() & 0xFFFF) << 16 | event & 0xFFFF;
    isize::try_from(number).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as1_the_words_of_a_message() {
        assert_eq!(reply(FD_READ, 0), 1);
        assert_eq!(reply(FD_CLOSE, 10053), 10053 << 16 | 32);
    }
}
