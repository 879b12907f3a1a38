//! `ProcessSocketNotifications`: a socket's state, told as packets of a completion port (CP27, SN1 to SN9).
//!
//! A packet that waits at the port stands for its socket, and says what holds, or what has come, when a thread takes it; so
//! there is one at most. A registration for what *holds* (level) has a packet there as long as that holds; one for what
//! *comes* (edge) gets one when something begins to hold. That it has ceased to hold the kernel does not tell, but the calls of this
//! library do: one that finds nothing, and one after which nothing is left.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::arrived::{self, Arrived};
use super::reactor::{ERR as BROKEN, HUP, IN as READABLE, OUT as WRITABLE, PRI as URGENT};
use super::side::Side;
use super::table;
use crate::descriptor::{self, Waiting, deferred, facts};
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::kernel::code::Code;
use crate::kernel::port::{self, Added, Packet, Port};
use crate::socket::connect::{State, settle};
use crate::sys::Fd;
use crate::sys::shared::Arc;
use crate::windows::status;

/// Data, a datagram or a connection.
pub(super) const IN: u16 = 1;
/// Room to send.
pub(super) const OUT: u16 = 2;
/// The peer has ended the connection, or it was reset.
const HANGUP: u16 = 4;
/// A reset, or a `connect` that failed; told of whatever is asked for.
const ERR: u16 = 0x40;
/// The registration is gone.
const REMOVED: u32 = 0x80;

const ALL: u16 = IN | OUT | HANGUP;

/// What is to be done with the registration of a socket.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wish {
    /// The socket.
    pub(crate) socket: usize,
    /// By which packets name it.
    pub(crate) key: usize,
    /// Of what to tell.
    pub(crate) filter: u16,
    /// What to do.
    pub(crate) operation: u8,
    /// How to tell.
    pub(crate) triggers: u8,
}

/// A registration, under its side's lock.
pub(super) struct Notice {
    port: Arc<Port>,
    key: usize,
    /// By which its packets know it.
    serial: usize,
    filter: u16,
    level: bool,
    once: bool,
    enabled: bool,
    /// A packet waits at the port, in the room that is kept for it there.
    queued: bool,
    /// It was made before a fork: whether a packet waits is not known.
    inherited: bool,
    /// What held at the last look.
    held: u16,
    /// What has come and was not told of.
    recorded: u16,
}

/// A packet that is to be posted.
#[must_use = "the port learns nothing until this is done"]
pub(super) struct Post(Arc<Port>, Packet);

impl Post {
    /// Without the side's lock. A registration that ends before has nothing to tell by it.
    pub(super) fn finish(self) {
        let _ = self.0.post(self.1);
    }

    /// With it.
    fn add(self) -> Option<Added> {
        Port::add(&self.0, self.1)
    }
}

/// What becomes of a packet that a thread takes.
pub(super) struct Taken {
    /// The key, and what to tell; none where nothing holds.
    told: Option<(usize, u16)>,
    /// Another one, where it holds on.
    again: Option<Post>,
}

impl Notice {
    /// Whether the reactor has to tell of room to send.
    pub(super) fn wants_room(&self) -> bool {
        self.enabled && self.filter & OUT != 0
    }

    fn wanted(&self) -> u16 {
        self.filter | ERR
    }

    fn packet(&self, number: u64) -> Post {
        let key = usize::try_from(number).unwrap_or(0);
        let packet = Packet { key, overlapped: self.serial, status: port::TO_BE_RESOLVED, bytes: 0 };
        Post(Arc::clone(&self.port), packet)
    }

    /// The socket may have changed: `state` holds now; `ceased` did not hold for a moment.
    pub(super) fn changed(&mut self, state: u16, ceased: u16, number: u64) -> Option<Post> {
        if std::mem::take(&mut self.inherited) {
            // A thread of the parent's may have taken it, or been about to post it.
            self.queued = self.port.has_to_resolve(self.serial);
        }
        if !self.enabled {
            return None;
        }
        let due = if self.level {
            // What passes by itself is told of all the same.
            self.recorded |= state & self.wanted() & (HANGUP | ERR);
            self.recorded | state & self.wanted()
        } else {
            let held = std::mem::replace(&mut self.held, state) & !ceased;
            self.recorded |= state & !held & self.wanted();
            self.recorded
        };
        if due == 0 || std::mem::replace(&mut self.queued, true) {
            return None;
        }
        Some(self.packet(number))
    }

    /// A thread takes the packet.
    pub(super) fn taken(&mut self, state: u16, number: u64) -> Taken {
        self.queued = false;
        if !self.enabled {
            return Taken { told: None, again: None };
        }
        let holds = if self.level { state & self.wanted() } else { 0 };
        let events = holds | std::mem::take(&mut self.recorded);
        if events == 0 {
            return Taken { told: None, again: None };
        }
        self.enabled = !self.once;
        self.queued = self.enabled && holds != 0;
        Taken { told: Some((self.key, events)), again: self.queued.then(|| self.packet(number)) }
    }

    /// It ends. A packet that waits gives its room back when it is taken.
    pub(super) fn end(self) {
        if !self.queued {
            self.port.take_promise_back();
        }
    }

    /// In a child of `fork`.
    pub(super) fn is_inherited(&mut self) {
        self.inherited = true;
    }

    pub(super) fn is(&self, serial: usize) -> bool {
        self.serial == serial
    }
}

/// What holds of a socket.
pub(super) fn state(fd: Fd) -> u16 {
    let bits = arrived::readiness(fd);
    let flag = |holds: bool, event: u16| if holds { event } else { 0 };
    if !descriptor::is_stream(fd).unwrap_or(false) {
        return flag(bits & (READABLE | BROKEN) != 0, IN) | flag(bits & WRITABLE != 0, OUT);
    }
    match settle(fd) {
        Ok(State::Listening) => flag(bits & READABLE != 0 || deferred::exist(fd), IN),
        Ok(State::Failed) => ERR,
        Ok(State::Connected) => {
            let arrived = Arrived::at(fd);
            let end = arrived::connection_end(fd, bits, arrived.state);
            let is_broken = end.is_some_and(|code| code != 0);
            // What lies behind an urgent byte the kernel does not count, and asking for it would take an error away.
            let may_hide = bits & URGENT != 0 && bits & BROKEN == 0;
            let has_data = arrived.lie_here > 0 || may_hide && arrived::has_data(fd, 0);
            flag(has_data, IN)
                | flag(bits & WRITABLE != 0 && bits & (BROKEN | HUP) == 0, OUT)
                | flag(end.is_some(), HANGUP)
                | flag(is_broken, ERR)
        }
        Ok(State::Fresh | State::Pending) | Err(_) => 0,
    }
}

const ONE_SHOT: u8 = 1;
const PERSISTENT: u8 = 2;
const LEVEL: u8 = 4;
const EDGE: u8 = 8;

/// What the flags of a registration say: whether it is for what holds, and for one packet.
fn how(triggers: u8) -> Result<(bool, bool), Code> {
    let exclude = |one: u8, other: u8| triggers & one == 0 || triggers & other == 0;
    if triggers & !(ONE_SHOT | PERSISTENT | LEVEL | EDGE) != 0
        || triggers & (LEVEL | EDGE) == 0
        || !exclude(LEVEL, EDGE)
        || !exclude(ONE_SHOT, PERSISTENT)
    {
        return Err(Code::INVALID_PARAMETER);
    }
    Ok((triggers & LEVEL != 0, triggers & ONE_SHOT != 0))
}

/// Does with the registration of one socket what is wished.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`: no socket. `ERROR_INVALID_PARAMETER`: another operation, bits or flags; the socket belongs to another port.
/// `ERROR_NOT_FOUND`: it is not registered. `ERROR_NO_SYSTEM_RESOURCES`.
pub(crate) fn register(port: &Arc<Port>, wish: Wish) -> Result<(), Code> {
    const NOTHING: u8 = 0;
    const ENABLE: u8 = 1;
    const DISABLE: u8 = 2;
    const REMOVE: u8 = 4;
    match wish.operation {
        NOTHING => Ok(()),
        ENABLE => enable(port, wish),
        DISABLE => known_side(wish.socket)?.change_notice(None, |notice, _| {
            let notice = notice.as_mut().filter(|notice| Arc::ptr_eq(&notice.port, port));
            notice.ok_or(Code::NOT_FOUND)?.enabled = false;
            Ok(None)
        }),
        REMOVE => known_side(wish.socket)?.change_notice(None, |notice, _| {
            let known = notice.as_ref().filter(|notice| Arc::ptr_eq(&notice.port, port));
            let key = known.ok_or(Code::NOT_FOUND)?.key;
            let last = Packet { key, overlapped: 0, status: status::SUCCESS, bytes: REMOVED };
            // Under the side's lock, so that a later registration's packets come behind it. One of this registration that comes
            // behind it has nothing to tell.
            let added = Port::add(port, last).ok_or(Code::NO_SYSTEM_RESOURCES)?;
            if let Some(gone) = notice.take() {
                gone.end();
            }
            Ok(Some(added))
        }),
        _ => Err(Code::INVALID_PARAMETER),
    }
}

fn enable(port: &Arc<Port>, wish: Wish) -> Result<(), Code> {
    static NEXT: AtomicUsize = AtomicUsize::new(1);
    let (level, once) = how(wish.triggers)?;
    if wish.filter & !ALL != 0 {
        return Err(Code::INVALID_PARAMETER);
    }
    let fd = descriptor_of(wish.socket)?;
    let side = Side::make(&Waiting::hold(fd).map_err(code_of)?).map_err(code_of)?;
    if side.attached(|attached| attached.belongs_to_another(port)) {
        return Err(Code::INVALID_PARAMETER);
    }
    port::resolve_by(resolve);
    let number = side.number();
    side.change_notice(Some(wish.filter & OUT != 0), |notice, state| {
        let (key, serial, queued, inherited) = match notice {
            // The key stays what it was.
            Some(known) if Arc::ptr_eq(&known.port, port) => {
                (known.key, known.serial, known.queued, known.inherited)
            }
            Some(_) => return Err(Code::INVALID_PARAMETER),
            None if port.promise() => (wish.key, NEXT.fetch_add(1, Ordering::Relaxed), false, false),
            None => return Err(Code::NO_SYSTEM_RESOURCES),
        };
        let new = notice.insert(Notice {
            port: Arc::clone(port),
            key,
            serial,
            filter: wish.filter,
            level,
            once,
            enabled: true,
            queued,
            inherited,
            held: state,
            recorded: 0,
        });
        let post = if level { new.changed(state, 0, number) } else { None };
        Ok(post.and_then(Post::add))
    })
}

fn descriptor_of(socket: usize) -> Result<Fd, Code> {
    Fd::from_socket(socket).filter(|fd| facts::is_socket(*fd)).ok_or(Code::INVALID_HANDLE)
}

/// The side of a socket that is registered.
fn known_side(socket: usize) -> Result<Arc<Side>, Code> {
    Side::of(descriptor_of(socket)?).ok_or(Code::NOT_FOUND)
}

fn code_of(failure: Failure) -> Code {
    match failure.code {
        WsaError::WSAENOTSOCK => Code::INVALID_HANDLE,
        _ => Code::NO_SYSTEM_RESOURCES,
    }
}

/// What a packet says that a thread takes; nothing where that does not hold any more.
fn resolve(port: &Port, packet: Packet) -> Option<Packet> {
    let side = u64::try_from(packet.key).ok().and_then(table::find_by);
    let Some(Taken { told, again }) = side.and_then(|side| side.take_notice(packet.overlapped)) else {
        // The registration has ended, and left the room to this packet.
        port.take_promise_back();
        return None;
    };
    if let Some(again) = again {
        again.finish();
    }
    let (key, events) = told?;
    Some(Packet { key, overlapped: 0, status: status::SUCCESS, bytes: u32::from(events) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_of_a_registration() {
        let rows = [
            (0, None),
            (LEVEL, Some((true, false))),
            (LEVEL | PERSISTENT, Some((true, false))),
            (LEVEL | ONE_SHOT, Some((true, true))),
            (EDGE | ONE_SHOT, Some((false, true))),
            (EDGE, Some((false, false))),
            (PERSISTENT, None),
            (LEVEL | EDGE, None),
            (LEVEL | ONE_SHOT | PERSISTENT, None),
            (LEVEL | 0x10, None),
        ];
        for (triggers, expected) in rows {
            assert_eq!(how(triggers).ok(), expected, "{triggers:#x}");
        }
    }
}
