//! Network events: what has happened to a socket, what of it the program wants to be told of, and what it was told.
//!
//! A kind of event is *idle*, *recorded* or *reported*. What happens records it, whether the program wants to be told or
//! not; `WSAEnumNetworkEvents` reports what is recorded and wanted. Data that stays when a call has received some is an
//! event again, and so is a connection that stays after `accept`; what is no longer there makes the kind idle.
//!
//! The kernel tells of every arrival, and sometimes of none: when a socket is registered or registered otherwise it tells
//! what holds (*echo*), and where it tells of room to send, it says also that data lies here. How many bytes have come on
//! a connection of TCP the kernel counts, so that an arrival can be told from that (RG4). In doubt an event is recorded: a
//! program must expect one too many, and would wait for ever for one that is missing.

mod first;

use super::arrived::{Arrived, connection_end, has_data, is_in_line, readiness};
use super::operation::Direction;
use super::reactor::{ERR, HUP, IN, OUT, PRI, RDHUP};
use super::target::{Target, Told};
use crate::descriptor::{self, deferred};
use crate::socket::connect::{State, settle};
use crate::sys::Fd;
use crate::windows::abi::{FD_ACCEPT, FD_CLOSE, FD_CONNECT, FD_MAX_EVENTS, FD_OOB, FD_READ, FD_WRITE};
use crate::windows::abi::{FD_ADDRESS_LIST_CHANGE, FD_ROUTING_INTERFACE_CHANGE};

/// How far a socket has come, as far as its events are concerned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Stage {
    /// A stream that does nothing. The kernel says of it that it has ended, and means nothing by that (ED1).
    #[default]
    Fresh,
    /// Datagrams.
    Datagrams,
    /// A listener.
    Listens,
    /// A `connect` is under way.
    Connecting,
    /// A stream that is connected, or was.
    Connected,
}

/// The events of one socket, under its side's lock.
#[derive(Default)]
pub(super) struct Selection {
    /// There was a selection: what happens is recorded from then on, whatever is selected (ES6).
    pub(super) records: bool,
    /// Whom to tell.
    pub(super) target: Option<Target>,
    /// What the program wants to be told of.
    pub(super) mask: u32,
    recorded: u32,
    /// Recorded or reported.
    seen: u32,
    /// A window was told, and no call has asked for more since (AS5).
    posted: u32,
    codes: [i32; FD_MAX_EVENTS],
    stage: Stage,
    /// A `send` found no room.
    write_blocked: bool,
    /// An urgent byte was recorded, and lies here.
    urgent: bool,
    /// How many bytes had come.
    noted: u64,
    /// How many of them lay here, before an urgent one.
    lay_here: u32,
    /// The kernel's next word about data is no arrival: it was asked what holds.
    echo: bool,
    /// Something was recorded that the program wants to be told of.
    tell: bool,
}

/// What `WSAEnumNetworkEvents` tells: the bits, and for each a code.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Report {
    pub(crate) events: u32,
    pub(crate) codes: [i32; FD_MAX_EVENTS],
}

/// What of a socket's state decides what the reactor has to tell of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Needs {
    blocked: bool,
    stage: Stage,
}

impl Needs {
    /// The bits to register for. Where datagrams come and go the kernel would tell of room with every one that is sent.
    pub(super) fn bits(self, registered: u32, sends_wait: bool) -> u32 {
        if self.blocked || self.stage == Stage::Connecting {
            registered | OUT
        } else if self.stage == Stage::Datagrams && !sends_wait {
            registered & !OUT
        } else {
            registered
        }
    }

    /// Whether the kernel has to be asked again what holds: what was told before this was so, went unheard.
    pub(super) fn are_new(self, before: Self) -> bool {
        let waits = matches!(self.stage, Stage::Connecting | Stage::Listens);
        self.blocked && !before.blocked || waits && self.stage != before.stage
    }
}

/// The code of an event that brings none.
const WELL: i32 = 0;

impl Selection {
    fn record(&mut self, event: u32, code: i32) {
        self.recorded |= event;
        self.seen |= event;
        let at = usize::try_from(event.trailing_zeros()).unwrap_or(usize::MAX);
        if let Some(place) = self.codes.get_mut(at) {
            *place = code;
        }
        self.tell |= self.mask & event != 0;
    }

    fn record_once(&mut self, event: u32, code: i32) {
        if self.seen & event == 0 {
            self.record(event, code);
        }
    }

    fn make_idle(&mut self, events: u32) {
        self.recorded &= !events;
        self.seen &= !events;
        self.posted &= !events;
    }

    /// Tells whom it concerns, if there is something to tell: an event is set, messages are to be posted. The rest is done
    /// without the side's lock.
    pub(super) fn told(&mut self, fd: Fd) -> Option<Told> {
        if !std::mem::take(&mut self.tell) {
            return None;
        }
        match self.target.as_ref()? {
            Target::Event(event) => Some(Told::Event(event.set())),
            Target::Window(window) => {
                let window = *window;
                let due = self.recorded & self.mask & !self.posted;
                self.recorded &= !due;
                // What is asked for anew each time is told of each time.
                self.posted |= due & !(FD_ADDRESS_LIST_CHANGE | FD_ROUTING_INTERFACE_CHANGE);
                Some(Told::Messages { window, socket: fd.to_socket(), due, codes: self.codes })
            }
        }
    }

    /// Replaces the selection. What is recorded stays (ES5). The target before is to be dropped without the lock.
    pub(super) fn select(&mut self, fd: Fd, target: Option<Target>, mask: u32) -> Option<Target> {
        self.mask = mask;
        if matches!(target, Some(Target::Window(_))) {
            self.hold_again(fd);
        }
        self.tell = self.recorded & mask != 0;
        std::mem::replace(&mut self.target, target)
    }

    /// Reports what is recorded and wanted (EN1).
    pub(super) fn report(&mut self) -> Report {
        let events = self.recorded & self.mask;
        self.recorded &= !events;
        Report { events, codes: self.codes }
    }

    /// What the reactor has to tell of.
    pub(super) fn needs(&self) -> Needs {
        Needs { blocked: self.write_blocked, stage: self.stage }
    }

    /// The registration was made or changed: the kernel tells what holds.
    pub(super) fn asked(&mut self, fd: Fd) {
        self.echo = self.records && readiness(fd) & (IN | PRI) != 0;
    }

    /// The first selection could not be listened to.
    pub(super) fn give_up(&mut self, first: bool) {
        if first {
            *self = Self::default();
        }
    }

    /// A `connect` of this program's begins: what the last one has led to counts no more.
    pub(super) fn connect_begins(&mut self) {
        if self.stage == Stage::Fresh {
            self.make_idle(FD_CONNECT);
        }
    }

    /// A `connect` has ended, well; or goes on.
    pub(super) fn connect_returns(&mut self, fd: Fd, goes_on: bool) {
        match (self.stage, goes_on) {
            (Stage::Fresh, true) => self.stage = Stage::Connecting,
            (Stage::Datagrams, false) if matches!(self.target, Some(Target::Window(_))) => {
                // AS6.
                self.make_idle(FD_WRITE);
                self.record(FD_WRITE, WELL);
            }
            (Stage::Datagrams, false) => {
                self.record(FD_CONNECT, WELL);
                self.record_once(FD_WRITE, WELL);
            }
            (Stage::Fresh | Stage::Connecting, false) => self.connected(fd),
            _ => {}
        }
    }

    fn connected(&mut self, fd: Fd) {
        self.stage = Stage::Connected;
        self.record_once(FD_CONNECT, WELL);
        self.record(FD_WRITE, WELL);
        self.noted = 0;
        self.lay_here = 0;
        self.look(fd, readiness(fd));
    }

    fn connect_failed(&mut self, fd: Fd) {
        self.stage = Stage::Fresh;
        let code = descriptor::read(fd).map_or(0, |record| record.error);
        if code != 0 {
            self.record_once(FD_CONNECT, code);
        }
    }

    /// The socket has begun to listen.
    pub(super) fn listens(&mut self, fd: Fd) {
        if self.stage != Stage::Listens {
            self.stage = Stage::Listens;
            if readiness(fd) & IN != 0 {
                self.record(FD_ACCEPT, WELL);
            }
        }
    }

    /// A datagram socket has got an address.
    pub(super) fn is_bound(&mut self) {
        if self.stage == Stage::Datagrams {
            self.record_once(FD_WRITE, WELL);
        }
    }

    /// A `send` found no room: the next one that is there is an event.
    pub(super) fn is_write_blocked(&mut self) {
        self.write_blocked = true;
        self.make_idle(FD_WRITE);
    }

    /// A receiving call has taken something, or found nothing.
    pub(super) fn received(&mut self, fd: Fd, urgent: bool) {
        if urgent {
            self.urgent = readiness(fd) & PRI != 0 && !is_in_line(fd);
            self.make_idle(FD_OOB);
            if self.urgent {
                self.record(FD_OOB, WELL);
            }
            return;
        }
        let more = if self.stage == Stage::Datagrams {
            readiness(fd) & IN != 0
        } else {
            // Counted before it is looked: what comes in between is told of once too often, not never.
            let arrived = Arrived::at(fd);
            (self.noted, self.lay_here) = (arrived.count, arrived.lie_here);
            readiness(fd) & IN != 0 && has_data(fd, arrived.lie_here)
        };
        self.make_idle(FD_READ);
        if more {
            self.record(FD_READ, WELL);
        }
    }

    /// An operation has taken what it waited for.
    pub(super) fn taken(&mut self, fd: Fd, direction: Direction) {
        match (direction, self.stage) {
            (Direction::Receive | Direction::Urgent, Stage::Datagrams | Stage::Connected) => {
                self.received(fd, direction == Direction::Urgent);
            }
            (Direction::Accept, Stage::Listens) => self.accepted(fd),
            _ => {}
        }
    }

    /// A change has come that was asked for: of the list of addresses, or of a way.
    pub(super) fn changed(&mut self, at: usize) {
        self.record(if at == 0 { FD_ADDRESS_LIST_CHANGE } else { FD_ROUTING_INTERFACE_CHANGE }, WELL);
    }

    /// A connection was taken, or there was none.
    pub(super) fn accepted(&mut self, fd: Fd) {
        self.make_idle(FD_ACCEPT);
        if readiness(fd) & IN != 0 || deferred::exist(fd) {
            self.record(FD_ACCEPT, WELL);
        }
    }

    /// The kernel has told something.
    pub(super) fn happened(&mut self, fd: Fd, bits: u32) {
        match self.stage {
            Stage::Fresh => {}
            Stage::Datagrams => {
                if bits & ERR != 0 || bits & IN != 0 && !self.is_echo(FD_READ) {
                    self.record(FD_READ, WELL);
                }
                self.has_room(bits);
            }
            Stage::Listens => {
                if bits & IN != 0 && !self.is_echo(FD_ACCEPT) {
                    self.record(FD_ACCEPT, WELL);
                }
            }
            Stage::Connecting => match settle(fd) {
                Ok(State::Connected) => self.connected(fd),
                Ok(State::Failed) => self.connect_failed(fd),
                _ => {}
            },
            Stage::Connected => self.look(fd, bits),
        }
    }

    /// Whether the kernel tells what it was asked, of which the program was told before. What came while it was asked was not.
    fn is_echo(&mut self, event: u32) -> bool {
        std::mem::take(&mut self.echo) && self.seen & event != 0
    }

    fn has_room(&mut self, bits: u32) {
        if bits & OUT != 0 && std::mem::take(&mut self.write_blocked) {
            self.record(FD_WRITE, WELL);
        }
    }

    /// What a connected stream has.
    fn look(&mut self, fd: Fd, bits: u32) {
        let mut now = Arrived::at(fd);
        if bits & (IN | PRI) == 0 {
            // What has come meanwhile is told of next, or is that of an operation which waits: it does not count yet.
            now.count = if now.state == 0 { 0 } else { self.noted };
            now.lie_here = 0;
        }
        let before = std::mem::replace(&mut self.noted, now.count);
        let lay_here = std::mem::replace(&mut self.lay_here, now.lie_here);
        let echo = bits & (IN | PRI) != 0 && std::mem::take(&mut self.echo);
        let arrived = if now.state == 0 {
            let by_itself = bits & (OUT | RDHUP | HUP | ERR) == 0 && !echo;
            now.count != before || bits & IN != 0 && by_itself
        } else {
            now.count > before
        };
        let mut only_urgent = false;
        if bits & PRI != 0 && !is_in_line(fd) {
            // A later urgent byte makes the one before it data, or drops it where nothing lies before that.
            let is_next = arrived && (now.lie_here > lay_here || now.lie_here == 0 && !has_data(fd, 0));
            if is_next || !self.urgent {
                self.record(FD_OOB, WELL);
                only_urgent = now.count == before + 1;
            }
            self.urgent = true;
        }
        if arrived && !only_urgent && bits & IN != 0 && has_data(fd, now.lie_here) {
            self.record(FD_READ, WELL);
        }
        if let Some(code) = self.end(fd, bits, now.state) {
            self.record_once(FD_CLOSE, code);
        }
        if self.codes_of(FD_CLOSE) == WELL {
            self.has_room(bits);
        }
    }

    fn codes_of(&self, event: u32) -> i32 {
        if self.seen & event == 0 {
            return WELL;
        }
        usize::try_from(event.trailing_zeros())
            .ok()
            .and_then(|at| self.codes.get(at))
            .copied()
            .unwrap_or(WELL)
    }

    /// The code of the connection's end, if the peer has ended it and that was not recorded yet (ED10, ED11).
    fn end(&self, fd: Fd, bits: u32, state: u8) -> Option<i32> {
        if self.seen & FD_CLOSE != 0 { None } else { connection_end(fd, bits, state) }
    }
}
