//! `AcceptEx`: takes a connection for a socket that the program has, and, where that is wanted, its first data.
//!
//! The first part waits on the listener; its end puts the connection under the number of the accept socket. The second part
//! waits there for data. Both are one operation of the listener's: its port's key is in the packet (CP18).

use super::{Attempt, Next, Started, count, hold, launch_later};
use crate::descriptor::{self, Identity};
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::overlapped::attached::Attached;
use crate::overlapped::operation::{Completion, Direction, Held};
use crate::overlapped::request::Wish;
use crate::overlapped::side::Side;
use crate::socket::address::to_windows;
use crate::socket::transfer::flags;
use crate::socket::transfer::recvfrom::{self, Step};
use crate::socket::{listen, place};
use crate::sys::net::option;
use crate::sys::net::socket as sys;
use crate::sys::shared::Arc;
use crate::sys::{Address, Fd, Pieces, UserArea, UserName};
use crate::windows::status;

/// The parts of the buffer: room for data, for the local and for the remote address.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parts {
    /// The first bytes.
    pub(crate) data: usize,
    /// The bytes behind them; 0: no local address is wanted.
    pub(crate) local: usize,
    /// The bytes behind those.
    pub(crate) remote: usize,
}

/// What an address needs beside itself (AX3).
const BESIDE: usize = 16;
/// Where it begins in its part, behind its length.
const AT: usize = 8;

impl Parts {
    /// The bytes of all.
    pub(crate) const fn total(self) -> usize {
        self.data.saturating_add(self.local).saturating_add(self.remote)
    }

    /// Where the local and the remote address begin, and how much room there is.
    const fn places(self) -> [(usize, usize); 2] {
        [(self.data, self.local), (self.data.saturating_add(self.local), self.remote)]
    }
}

/// Finds an address that [`Accept`] has left in a part of the buffer, of which these are the bytes: where it begins, and its
/// length.
pub(crate) fn address_in(part: &[u8]) -> Option<(usize, usize)> {
    let len = usize::try_from(u32::from_ne_bytes(*part.first_chunk()?)).ok()?;
    (len > 0 && AT.checked_add(len)? <= part.len()).then_some((AT, len))
}

struct Accept {
    accept: Fd,
    socket: Identity,
    area: UserArea,
    parts: Parts,
    taken: Option<(Fd, Address)>,
}

impl Attempt for Accept {
    const NAME: &'static str = "AcceptEx";

    fn attempt(&mut self, held: &Held<'_>) -> Result<Option<Completion>, Failure> {
        self.taken = listen::take_now(held)?;
        Ok(self.taken.map(|_| Completion { status: status::SUCCESS, bytes: 0 }))
    }

    fn after(mut self, completion: Completion, listener: &Arc<Side>) -> Next {
        let end = |status| Next::Tell(Completion { status, bytes: 0 }, 0);
        let Some((new, peer)) = self.taken.take() else {
            self.give_up();
            return Next::Tell(completion, 0);
        };
        let fits = |(_, room): (usize, usize)| {
            room == 0 || room >= to_windows(&peer).bytes().len().saturating_add(BESIDE)
        };
        if !self.parts.places().into_iter().all(fits) {
            // AX3: the connection stays for who accepts next.
            put_off(listener, (new, peer));
            self.give_up();
            return end(status::STATUS_BUFFER_TOO_SMALL);
        }
        match self.install(listener, new, peer) {
            Ok(side) if self.parts.data > 0 => {
                let pieces = self.area.first(self.parts.data);
                let stage = FirstData { pieces, from: 0, socket: side.cookie() };
                Next::then(side, Direction::Receive, stage)
            }
            Ok(_) => end(status::SUCCESS),
            Err(failure) => end(status::from_winsock(failure.code.number())),
        }
    }
}

impl Accept {
    /// The accept socket is as it was.
    fn give_up(&self) {
        // In this order: from the second on another `AcceptEx` may begin.
        if let Some(side) = Side::of(self.accept).filter(|side| side.cookie() == self.socket.cookie()) {
            side.attached(|attached| attached.accepts = None);
        }
        let _ = place::reserve(self.socket, false);
    }

    /// Puts the connection under the accept socket's number; what was attached to that stays.
    fn install(&self, listener: &Side, new: Fd, peer: Address) -> Result<Arc<Side>, Failure> {
        const GONE: Failure = WsaError::WSA_OPERATION_ABORTED.because("the accept socket was closed");
        let Ok(held) = self.socket.hold() else {
            put_off(listener, (new, peer));
            return Err(GONE);
        };
        let local = sys::local_name(new).unwrap_or(peer);
        for ((at, room), address) in self.parts.places().into_iter().zip([local, peer]) {
            let address = to_windows(&address);
            let bytes = address.bytes();
            if room > 0 {
                let len = count(bytes.len()).to_ne_bytes();
                let _ = self.area.put(at, &len) && self.area.put(at.saturating_add(AT), bytes);
            }
        }
        let before = Side::of(self.accept);
        let kept = before.map(|side| side.attached(Attached::pass_on)).unwrap_or_default();
        place::connection(&held, new, peer)?;
        let side = Side::make(&held)?;
        side.attached(|attached| {
            *attached = kept;
            attached.accepts = None;
        });
        Ok(side)
    }
}

/// The connection stays for who accepts next; it ends where the listener is gone.
fn put_off(listener: &Side, connection: (Fd, Address)) {
    let _ = listen::put_off(listener.identity(), connection);
}

/// The second part: waits for the connection's first data, or its end (AX5).
struct FirstData {
    pieces: Pieces<'static>,
    from: usize,
    /// The kernel's number of the connection.
    socket: u64,
}

impl Attempt for FirstData {
    const NAME: &'static str = "AcceptEx";

    fn elsewhere(&self) -> Option<u64> {
        Some(self.socket)
    }

    fn attempt(&mut self, held: &Held<'_>) -> Result<Option<Completion>, Failure> {
        let plain = flags::Receive::default();
        match recvfrom::step(held, &mut self.pieces, &mut self.from, UserName::NOWHERE, plain)? {
            Step::Done(bytes) => Ok(Some(Completion { status: status::SUCCESS, bytes: count(bytes) })),
            Step::Cut => Ok(Some(Completion { status: status::SUCCESS, bytes: count(self.pieces.total()) })),
            Step::WouldBlock => Ok(None),
        }
    }
}

/// Begins to accept on `listener` for `accept`.
///
/// # Errors
/// See [`crate::ffi::ws2_AcceptEx`], which lists every code.
pub(crate) fn begin(
    listener: usize,
    accept: usize,
    area: Option<UserArea>,
    parts: Parts,
    wish: Wish,
) -> Result<Started, Failure> {
    const NOT_FRESH: Failure = WsaError::WSAEINVAL.because("the accept socket is bound, connected or in use");
    wish.overlapped.begin(status::PENDING);
    let held_listener = hold(listener)?;
    let listener = held_listener.fd();
    let held = hold(accept)?;
    let accept = held.fd();
    let kind = option::socket_type(accept)?;
    let bad = WsaError::WSAEFAULT.because("no buffer, or no room for the remote address");
    let area = area.filter(|_| parts.remote > 0).ok_or(bad)?;
    if option::get_int(listener, libc::SOL_SOCKET, libc::SO_ACCEPTCONN)? == 0 {
        return Err(WsaError::WSAEINVAL.because("the socket does not listen"));
    }
    let name = sys::local_name(accept)?;
    let socket = descriptor::identify(accept)?;
    let fresh = socket.read().is_none_or(|record| !record.bound)
        && name.port().is_none_or(|port| port == 0)
        && sys::peer_name(accept).is_err();
    let same_family = sys::local_name(listener)?.family() == name.family();
    if kind != libc::SOCK_STREAM || !fresh || !same_family || !place::reserve(socket, true)? {
        return Err(NOT_FRESH);
    }
    let what = Accept { accept, socket, area, parts, taken: None };
    let sides = Side::make(&held_listener).and_then(|side| Ok((side, Side::make(&held)?)));
    let (side, accept) = sides.inspect_err(|_| {
        let _ = place::reserve(socket, false);
    })?;
    let own = Some((listener, side.cookie(), wish.overlapped.address()));
    accept.attached(|attached| attached.accepts = own);
    launch_later((held_listener, held), &side, Direction::Accept, wish, what).inspect_err(|_| {
        // Where it had begun the socket is as it was already, and may be another one's.
        let is_own = accept.attached(|attached| {
            let is_own = attached.accepts == own;
            if is_own {
                attached.accepts = None;
            }
            is_own
        });
        if is_own {
            let _ = place::reserve(socket, false);
        }
    })
}
