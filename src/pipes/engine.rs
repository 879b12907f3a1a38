//! Who learns that an end is ready for an operation that waits: one epoll for all of them, and the thread that listens to it.
//!
//! The thread begins with the first operation that waits and ends with the last pipe. It runs no function of the program's.
//! An end is told of once each time that it is asked for.

use super::operation::Kind;
use super::pipe::{Inner, State};
use super::{submit, table};
use crate::kernel::code::Code;
use crate::runtime::lock::{Guard, Lock, Rank};
use crate::sys::event::epoll::{Epoll, Event, WOKEN};
use crate::sys::process::fork::InChild;
use crate::sys::process::thread;
use crate::sys::{Fd, room};

/// What the lock guards.
pub(crate) struct Desk {
    epoll: Option<Epoll>,
    /// Which epoll it is, and the thread that listens to it; others end.
    turn: u64,
}

const AT_REST: Desk = Desk { epoll: None, turn: 0 };

static DESK: Lock<Desk> = Lock::new(Rank::PipeEngine, AT_REST);

impl Desk {
    /// The epoll, whole and listened to.
    fn epoll(&mut self) -> Result<Epoll, Code> {
        if let Some(epoll) = self.epoll {
            if epoll.is_whole() {
                return Ok(epoll);
            }
            epoll.close();
            self.epoll = None;
        }
        let epoll = Epoll::new().map_err(super::book::code_of)?;
        let turn = self.turn.wrapping_add(1).max(1);
        let started = room::boxed(Listener(turn)).map_err(Code::from).and_then(|listener| {
            thread::without_signals(|| thread::start(None, listener, listen))
                .map_err(|_| Code::NO_SYSTEM_RESOURCES)
        });
        if let Err(code) = started {
            epoll.close();
            return Err(code);
        }
        (self.epoll, self.turn) = (Some(epoll), turn);
        Ok(epoll)
    }
}

/// Which thread it is.
struct Listener(u64);

#[allow(clippy::boxed_local, reason = "a thread is started with a box")]
fn listen(turn: Box<Listener>) {
    thread::name_this(c"ws2-pipes");
    // What was registered with another epoll.
    table::each(|pipe| submit::look(pipe, false));
    while drive(turn.0) {}
}

fn drive(turn: u64) -> bool {
    let epoll = {
        let mut desk = DESK.take();
        match desk.epoll {
            Some(epoll) if desk.turn == turn => {
                if !epoll.is_whole() {
                    // The program has closed a descriptor that it does not know: another thread takes this one's place.
                    let _ = desk.epoll();
                    return false;
                }
                if !table::has_any() {
                    desk.epoll = None;
                    epoll.close();
                    return false;
                }
                epoll
            }
            _ => return false,
        }
    };
    let mut events = [Event::default(); 64];
    let count = epoll.wait(&mut events, -1).unwrap_or(0);
    for event in events.iter().take(count) {
        let Event { number, .. } = *event;
        if number == WOKEN {
            epoll.woken();
        } else if let Some(pipe) = table::by_id(number) {
            submit::look(&pipe, true);
        }
    }
    true
}

/// Has an end told of when one of its operations can go on.
pub(super) fn listen_for(inner: &mut Inner, id: u64) -> Result<(), Code> {
    const ONCE: u32 = libc::EPOLLONESHOT.cast_unsigned();
    let mut bits = 0;
    if !inner.queue(Kind::Read).is_empty() || !inner.queue(Kind::Connect).is_empty() {
        bits |= libc::EPOLLIN.cast_unsigned();
    }
    if !inner.queue(Kind::Write).is_empty() && inner.state == State::Connected {
        bits |= libc::EPOLLOUT.cast_unsigned();
    }
    if bits == 0 {
        return Ok(());
    }
    let fd = inner.fd()?;
    let mut desk = DESK.take();
    let epoll = desk.epoll()?;
    let told = if inner.registered == desk.turn {
        epoll.change(fd, bits | ONCE, id)
    } else {
        epoll.add(fd, bits | ONCE, id)
    };
    inner.registered = desk.turn;
    told.map_err(super::book::code_of)
}

/// Listens to a descriptor no more.
pub(super) fn forget(fd: Fd) {
    if let Some(epoll) = DESK.take().epoll {
        epoll.remove(fd);
    }
}

/// The last pipe has gone: the thread ends.
pub(super) fn rest() {
    if let Some(epoll) = DESK.take().epoll {
        epoll.wake();
    }
}

/// The lock, for `fork`.
pub(super) fn hold() -> Option<Guard<Desk>> {
    DESK.take_for_fork()
}

/// In a child: nobody listens, and the epoll is the parent's.
pub(super) fn in_child(held: Option<Guard<Desk>>, child: InChild) {
    match held {
        Some(mut desk) => {
            if let Some(epoll) = desk.epoll.take() {
                epoll.close();
            }
        }
        None => DESK.renew(AT_REST, child),
    }
}
