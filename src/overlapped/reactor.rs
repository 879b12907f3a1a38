//! The reactor: one epoll for all sockets that do something asynchronous, and the thread that listens to it.
//!
//! The thread starts with the first such socket and ends with the last `WSACleanup`. It runs no function of the program,
//! and no signal handler runs on it. Its work is [`drive`], which any thread could do in its place.
//!
//! Each socket is registered once, edge-triggered: the kernel tells of changes. Of room to send it tells only where
//! somebody has waited for that, since it would say so with every datagram that is sent.
//!
//! The descriptors are looked at before they are used: a program may have closed them, as daemons close whatever they do
//! not know. Then all is made anew, and a thread that still listens to the old one ends when it wakes up.

use std::sync::atomic::{AtomicU32, Ordering};

use super::news;
use super::operation::Direction;
use super::side::Side;
use super::table;
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::runtime::lock::{Guard, Lock, Rank};
use crate::runtime::startup;
use crate::sys::Fd;
use crate::sys::event::epoll::{Epoll, Event, WOKEN};
use crate::sys::event::futex;
use crate::sys::process::fork::InChild;
use crate::sys::process::thread;
use crate::sys::room;
use crate::sys::shared::Arc;

/// Data, a connection.
pub(super) const IN: u32 = libc::EPOLLIN.cast_unsigned();
/// Room to send, the end of a handshake.
pub(super) const OUT: u32 = libc::EPOLLOUT.cast_unsigned();
/// An urgent byte.
pub(super) const PRI: u32 = libc::EPOLLPRI.cast_unsigned();
/// The peer sends no more, or this program receives no more.
pub(super) const RDHUP: u32 = libc::EPOLLRDHUP.cast_unsigned();
/// Nothing moves any more; or a socket of TCP that was never connected.
pub(super) const HUP: u32 = libc::EPOLLHUP.cast_unsigned();
/// An error waits.
pub(super) const ERR: u32 = libc::EPOLLERR.cast_unsigned();

/// What every socket is registered for.
pub(super) const ALWAYS: u32 = IN | PRI | RDHUP | libc::EPOLLET.cast_unsigned();

/// Whether operations of a direction are to be attempted after this has happened.
pub(super) const fn concern(bits: u32, direction: Direction) -> bool {
    let for_it = match direction {
        Direction::Receive | Direction::Accept => IN | RDHUP,
        Direction::Urgent => PRI | RDHUP,
        Direction::Connect | Direction::Send => OUT,
        Direction::Disconnect => OUT | IN | RDHUP,
    };
    bits & (for_it | HUP | ERR) != 0
}

/// Everything under the reactor's lock.
pub(crate) struct State {
    epoll: Option<Epoll>,
    /// How many sockets have a side.
    uses: usize,
    /// The number of the thread that is to listen; who has another one ends.
    listener: u32,
    /// Sides of sockets that are gone, to be closed by the thread.
    gone: Vec<Arc<Side>>,
}

const AT_REST: State = State { epoll: None, uses: 0, listener: 0, gone: Vec::new() };

static STATE: Lock<State> = Lock::new(Rank::Reactor, AT_REST);

/// How many threads listen; who waits for their end sleeps here.
static LISTENERS: AtomicU32 = AtomicU32::new(0);

const NO_MEANS: Failure =
    WsaError::WSAENOBUFS.because("no descriptor or no thread to listen to asynchronous sockets with");

/// The number of the thread that is to listen, which is that of the epoll, too: sockets are registered with it.
static ERA: AtomicU32 = AtomicU32::new(0);

/// Which epoll there is.
pub(super) fn era() -> u32 {
    ERA.load(Ordering::Acquire)
}

impl State {
    fn next_listener(&mut self) {
        // Never 0, which stands for none.
        self.listener = self.listener.wrapping_add(1).max(1);
        ERA.store(self.listener, Ordering::Release);
    }

    /// The epoll, whole and listened to.
    fn epoll(&mut self) -> Result<Epoll, Failure> {
        if let Some(epoll) = self.epoll {
            if epoll.is_whole() {
                return Ok(epoll);
            }
            epoll.close();
            self.epoll = None;
        }
        let epoll = Epoll::new().map_err(Failure::from)?;
        self.next_listener();
        // Counted first: who waits for the end of all of them must not miss one.
        LISTENERS.fetch_add(1, Ordering::AcqRel);
        let listener = room::boxed(Listener(self.listener)).ok();
        let start = |listener| thread::without_signals(|| thread::start(None, listener, listen)).ok();
        if listener.and_then(start).is_none() {
            leave();
            epoll.close();
            return Err(NO_MEANS);
        }
        self.epoll = Some(epoll);
        Ok(epoll)
    }
}

fn leave() {
    LISTENERS.fetch_sub(1, Ordering::AcqRel);
    futex::wake(&LISTENERS, u32::MAX);
}

/// The number of a thread that listens.
struct Listener(u32);

/// The thread.
#[allow(clippy::boxed_local, reason = "a thread is started with a box")]
fn listen(number: Box<Listener>) {
    thread::name_this(c"ws2-io");
    // What was registered with another epoll.
    table::each(|side| side.listen_again());
    while drive(number.0) {}
    leave();
}

/// Waits until something happens to sockets, and does what follows from it; `false` where another thread has taken the
/// caller's place.
fn drive(number: u32) -> bool {
    let epoll = {
        let mut state = STATE.take();
        match state.epoll {
            Some(epoll) if state.listener == number => {
                if epoll.is_whole() {
                    epoll
                } else {
                    // Another thread takes the place of this one.
                    let _ = state.epoll();
                    return false;
                }
            }
            _ => return false,
        }
    };
    let mut events = [Event::default(); 64];
    let count = epoll.wait(&mut events, -1).unwrap_or(0);
    for event in events.iter().take(count) {
        let Event { bits, number } = *event;
        if number == WOKEN {
            epoll.woken();
            let gone = std::mem::take(&mut STATE.take().gone);
            for side in gone {
                side.close(true);
                end_use();
            }
            continue;
        }
        let (number, news) = news::parts(number);
        match (table::find_by(number), news) {
            (Some(side), None) => Side::happened(&side, bits),
            (Some(side), Some(at)) => side.has_news(at),
            (None, _) => {}
        }
    }
    true
}

/// A program begins to wait: in a child of `fork` the parent's thread is not there.
#[inline]
pub(crate) fn resume() {
    if startup::mode().is_asynchronous() && LISTENERS.load(Ordering::Relaxed) == 0 {
        // Where there is nothing to listen with now, the next wait tries again.
        let _ = STATE.take().epoll();
    }
}

/// One more socket does something asynchronous.
///
/// # Errors
/// `WSAEMFILE`, `WSAENOBUFS`: there is nothing to listen with.
pub(super) fn begin_use() -> Result<(), Failure> {
    super::fork::prepare_once();
    let mut state = STATE.take();
    state.epoll()?;
    state.uses += 1;
    startup::set_asynchronous(true);
    Ok(())
}

/// One less.
pub(super) fn end_use() {
    let mut state = STATE.take();
    state.uses = state.uses.saturating_sub(1);
    if state.uses == 0 {
        startup::set_asynchronous(false);
    }
}

/// Listens to a socket for these bits; `era` tells with which epoll it is registered already, 0 for none. The epoll that it
/// is registered with now.
///
/// # Errors
/// `WSAENOBUFS`, `WSAEMFILE`, `WSAENOTSOCK`.
pub(super) fn register(fd: Fd, bits: u32, number: u64, era: u32) -> Result<u32, Failure> {
    let mut state = STATE.take();
    let epoll = state.epoll()?;
    if state.listener == era {
        epoll.change(fd, bits, number)?;
    } else {
        epoll.add(fd, bits, number)?;
    }
    Ok(state.listener)
}

/// Listens to a descriptor that hears for a socket, if it does not yet.
pub(super) fn hear(fd: Fd, number: u64) {
    if let Ok(epoll) = STATE.take().epoll() {
        let _ = epoll.add(fd, IN | libc::EPOLLET.cast_unsigned(), number);
    }
}

/// Has the thread close the side of a socket that is gone.
pub(super) fn close_later(side: Arc<Side>) {
    let mut state = STATE.take();
    if state.gone.try_reserve(1).is_ok() {
        state.gone.push(side);
    }
    if let Some(epoll) = state.epoll {
        epoll.wake();
    }
}

/// Listens to a descriptor no more.
pub(super) fn forget(fd: Fd) {
    if let Some(epoll) = STATE.take().epoll {
        epoll.remove(fd);
    }
}

/// The library comes to rest: the thread ends.
pub(super) fn rest() {
    let (epoll, gone) = {
        let mut state = STATE.take();
        state.next_listener();
        state.uses = 0;
        (state.epoll.take(), std::mem::take(&mut state.gone))
    };
    gone.iter().for_each(|side| side.close(true));
    let Some(epoll) = epoll else { return };
    if !epoll.is_whole() {
        // Whoever listens to what is left of it cannot be woken.
        epoll.close();
        return;
    }
    epoll.wake();
    loop {
        let listeners = LISTENERS.load(Ordering::Acquire);
        if listeners == 0 {
            break;
        }
        futex::wait(&LISTENERS, listeners, None);
    }
    epoll.close();
}

/// The lock, for `fork`.
pub(super) fn hold() -> Option<Guard<State>> {
    STATE.take_for_fork()
}

/// In a child, where so many sides are left: nobody listens, and the epoll is the parent's.
pub(super) fn in_child(held: Option<Guard<State>>, uses: usize, child: InChild) {
    LISTENERS.store(0, Ordering::Relaxed);
    match held {
        Some(mut state) => {
            if let Some(epoll) = state.epoll.take() {
                epoll.close();
            }
            state.uses = uses;
        }
        None => STATE.renew(State { uses, ..AT_REST }, child),
    }
}
