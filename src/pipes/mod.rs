//! Pipes with a name: `CreateNamedPipe` and what programs do with its handles.
//!
//! | what | where |
//! |---|---|
//! | names, and what `CreateNamedPipe` may say | `name`, `rules` |
//! | where processes find each other's pipes | `book` |
//! | one end, and in what state it is | `pipe`, with `server` for what only that end has |
//! | moving data: one attempt | `attempt` |
//! | an operation, and how its end is told | `operation` |
//! | beginning, ending and cancelling operations | `submit` |
//! | who learns that an end is ready | `engine` |
//! | which descriptor is an end of a pipe | `table` |
//! | making and opening, waiting for a server | [`open`] |
//! | what the functions of Windows ask | [`calls`] |
//!
//! A handle is a descriptor as those of files are, of a socket of `AF_UNIX`: programs that are started can get it. What the
//! socket stands for changes with the server's clients; the number stays. Nothing is done on it but under the pipe's lock,
//! attempts to move data included, which never wait: a call that has to wait is an operation like those with an OVERLAPPED.
//! So no attempt meets another file that got the number.

mod attempt;
mod book;
pub(crate) mod calls;
mod engine;
pub(crate) mod fork;
pub(crate) mod name;
pub(crate) mod open;
mod operation;
mod pipe;
pub(crate) mod rules;
mod server;
mod submit;
mod table;

pub(crate) use operation::{Outcome, What};
pub(crate) use pipe::Pipe;
pub(crate) use submit::{Ran, run};
pub(crate) use table::{at, close, find, is_closing, was_closed};
