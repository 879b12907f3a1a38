//! The reactor: one epoll for all sockets that do something asynchronous, and the thread that listens to it.
//!
//! The thread, the *stand-in*, starts with the first such socket and ends with the last `WSACleanup`. It runs no function of
//! the program, and no signal handler runs on it. A thread that waits for packets of a completion port does its work while
//! it waits ([`role`](super::role)): what comes for the thread itself needs no other thread then.
//!
//! Each socket is registered once, edge-triggered: the kernel tells of changes. Of room to send it tells only where
//! somebody has waited for that, since it would say so with every datagram that is sent.
//!
//! The descriptors are looked at before they are used: a program may have closed them, as daemons close whatever they do
//! not know. Then all is made anew, and a thread that still listens to the old one ends when it wakes up.

use std::sync::atomic::{AtomicU32, Ordering};

use super::news;
use super::operation::Direction;
use super::order::Bell;
use super::role::Role;
use super::side::{Concerned, Side};
use super::stand_in::{Listener, listen};
use super::table;
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::kernel::driver::{self, Driver};
use crate::runtime::lock::{Guard, Lock, Rank};
use crate::runtime::startup;
use crate::sys::Fd;
use crate::sys::event::epoll::{Epoll, Event, WOKEN};
use crate::sys::event::{clock, futex};
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

/// Who listens.
pub(super) static ROLE: Role = Role::new(Bell::new(), Bell::new());

/// The epoll once more, to end a wait of the thread that listens. The lock stands behind all others.
static WAKE: Lock<Option<Epoll>> = Lock::new(Rank::Wake, None);

/// The longest that a waiting thread listens before it looks whether the epoll is still there, in milliseconds.
const LONGEST: u64 = 1000;

/// How many stand-ins there are; who waits for their end sleeps here.
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
            *WAKE.take() = None;
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
        *WAKE.take() = Some(epoll);
        // Whoever listens to another one is not heard of before it wakes up.
        ROLE.renew();
        Ok(epoll)
    }
}

pub(super) fn leave() {
    LISTENERS.fetch_sub(1, Ordering::AcqRel);
    futex::wake(&LISTENERS, u32::MAX);
}

/// Whether the stand-in of that number is to go on.
pub(super) fn is_listener(number: u32) -> bool {
    STATE.take().listener == number
}

/// The stand-in takes the role, if nobody has it; with the lock, since another one may have its place by now.
pub(super) fn takes(number: u32) -> bool {
    let state = STATE.take();
    state.listener == number && ROLE.stand_in_takes()
}

/// It gives the role up.
pub(super) fn gives_up(number: u32) {
    let state = STATE.take();
    if state.listener == number {
        ROLE.stand_in_gives_up();
    }
}

/// Another thread has taken the caller's place.
pub(super) struct Replaced;

/// Waits until something happens to sockets, and does what follows from it; for whom, if there was anything.
///
/// # Errors
/// [`Replaced`].
pub(super) fn drive(number: u32, milliseconds: i32) -> Result<Option<Concerned>, Replaced> {
    let epoll = {
        let mut state = STATE.take();
        match state.epoll {
            Some(epoll) if state.listener == number => {
                if !epoll.can_wait() {
                    // Another thread takes the place of this one.
                    let _ = state.epoll();
                    return Err(Replaced);
                }
                epoll
            }
            _ => return Err(Replaced),
        }
    };
    Ok(round(epoll, milliseconds))
}

thread_local! {
    /// The calling thread is in [`drive_waiting`]: a signal handler has interrupted it.
    static LISTENS: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
}

/// Likewise for a thread that waits for packets, whose turn this is.
fn drive_waiting(number: u64, deadline: Option<u64>) -> bool {
    let epoll = {
        let mut state = STATE.take();
        if !ROLE.is(number) {
            return false;
        }
        match state.epoll {
            Some(epoll) if epoll.can_wait() => epoll,
            Some(_) => {
                let _ = state.epoll();
                return false;
            }
            None => return false,
        }
    };
    let left = deadline.map_or(u64::MAX, |deadline| deadline.saturating_sub(clock::monotonic()));
    let milliseconds = left.div_ceil(1_000_000).min(LONGEST);
    LISTENS.set(true);
    round(epoll, i32::try_from(milliseconds).unwrap_or(0));
    LISTENS.set(false);
    true
}

/// Whom it was for that something happened; none where nothing did.
fn round(epoll: Epoll, milliseconds: i32) -> Option<Concerned> {
    let mut events = [Event::default(); 64];
    let count = epoll.wait(&mut events, milliseconds).unwrap_or(0);
    let mut concerned = None;
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
        let whom = match (table::find_by(number), news) {
            (Some(side), None) => Side::happened(&side, bits),
            (Some(side), Some(at)) => {
                side.has_news(at);
                Concerned::Others
            }
            (None, _) => Concerned::Nobody,
        };
        concerned = concerned.max(Some(whom));
    }
    concerned
}

/// Ends the wait of whoever listens.
fn wake() {
    if let Some(epoll) = *WAKE.take() {
        epoll.wake();
    }
}

/// Has threads that wait for packets listen meanwhile.
pub(super) fn prepare_waits() {
    driver::set(Driver {
        wanted: || startup::mode().is_asynchronous(),
        take: || ROLE.take(),
        round: drive_waiting,
        give_up: |number| ROLE.give_up(number),
        woke: || ROLE.woke(),
        wake,
    });
}

/// From here on only the stand-in listens: what follows from an event may be a call of the program's.
pub(super) fn keep_from_waiters() {
    if !LISTENS.get() {
        ROLE.reserve(wake);
        ROLE.wake_stand_in();
    }
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
        *WAKE.take() = None;
        (state.epoll.take(), std::mem::take(&mut state.gone))
    };
    ROLE.wake_stand_in();
    gone.iter().for_each(|side| side.close(true));
    let Some(epoll) = epoll else { return };
    if !epoll.is_whole() {
        // Whoever listens to what is left of it cannot be woken.
        epoll.close();
        return;
    }
    if LISTENS.get() {
        // This thread cannot wait for itself. It looks when it is back.
        epoll.wake();
    } else {
        ROLE.reserve(|| epoll.wake());
        ROLE.open();
    }
    loop {
        let listeners = LISTENERS.load(Ordering::Acquire);
        if listeners == 0 {
            break;
        }
        futex::wait(&LISTENERS, listeners, None);
    }
    epoll.close();
}

/// The locks, for `fork`.
pub(crate) struct Held {
    state: Option<Guard<State>>,
    wake: Option<Guard<Option<Epoll>>>,
}

/// Takes them.
pub(super) fn hold() -> Held {
    Held { state: STATE.take_for_fork(), wake: WAKE.take_for_fork() }
}

/// In a child, where so many sides are left: nobody listens, and the epoll is the parent's.
pub(super) fn in_child(held: Held, uses: usize, child: InChild) {
    LISTENERS.store(0, Ordering::Relaxed);
    ROLE.forked();
    match held.wake {
        Some(mut wake) => *wake = None,
        None => WAKE.renew(None, child),
    }
    match held.state {
        Some(mut state) => {
            if let Some(epoll) = state.epoll.take() {
                epoll.close();
            }
            state.uses = uses;
        }
        None => STATE.renew(State { uses, ..AT_REST }, child),
    }
}
