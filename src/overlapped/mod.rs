//! What sockets do while no call waits: operations that end later, and events that tell what has happened.
//!
//! | what | where |
//! |---|---|
//! | an operation that may have to wait | `operation` |
//! | what one socket does asynchronously | `side`, with the `queues` of its operations (`queue`), its `selection` of events and the `target` that is told, and what else is `attached` |
//! | which socket has a side | `table` |
//! | who learns that a socket is ready | `reactor`; which thread that is, `role` (made of `order`) |
//! | how the end of an operation is told | [`ending`]; what operations on sockets have in common beside, `request` |
//! | the operations | [`operations`] |
//! | completion ports of sockets | `association`; functions of the thread pool in a port's place: [`callbacks`] |
//! | cancelling | [`cancel`] |
//! | polls of Windows' own driver for sockets | [`polls`] |
//! | changes of the machine's addresses | `news` |
//! | `WSAEventSelect`, `WSAEnumNetworkEvents` | `events` |
//! | `ProcessSocketNotifications` | `notices` |
//! | what ordinary calls have to do with it | `ordinary` |
//! | what else has operations: pipes | [`others`] |
//!
//! A socket that never does anything asynchronous has no side, and its calls do not look for one before some socket of
//! the process has (`Mode::is_asynchronous`).

mod arrived;
pub(crate) mod association;
pub(crate) mod attached;
pub(crate) mod callbacks;
pub(crate) mod cancel;
pub(crate) mod ending;
pub(crate) mod events;
pub(crate) mod fork;
mod news;
pub(crate) mod notices;
pub(crate) mod operation;
pub(crate) mod operations;
mod order;
pub(crate) mod ordinary;
pub(crate) mod others;
pub(crate) mod polls;
mod queue;
mod queues;
pub(crate) mod reactor;
pub(crate) mod request;
pub(crate) mod result;
mod role;
mod selection;
pub(crate) mod side;
mod stand_in;
mod table;
pub(crate) mod target;
