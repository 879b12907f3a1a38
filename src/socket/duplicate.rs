//! A second socket for the same connection, in this process or in another one: `WSADuplicateSocket` (DS1 to DS3).
//!
//! The structure that the program hands over carries 128 bits that nobody can guess. In this process they name the second
//! descriptor, which is made at once. For another process they are the name of an abstract Unix socket, which a thread
//! of this library serves: it gives the descriptor to the process that was named, once, and to nobody else, and goes
//! when it is done or when that process has ended. Neither process needs to be one that the other could debug.

use crate::descriptor;
use crate::descriptor::Connection;
use crate::descriptor::facts::{self, Facts};
use crate::descriptor::family::Family;
use crate::descriptor::record::Record;
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::runtime::lock::{Guard, Lock, Rank};
use crate::socket::companion;
use crate::socket::create::after_cleanup;
use crate::socket::transfer::socket_first;
use crate::sys::event::poll::{PollFd, poll};
use crate::sys::net::socket as sys;
use crate::sys::net::{option, passing};
use crate::sys::process::fork::InChild;
use crate::sys::process::{other, thread};
use crate::sys::{Errno, Fd, file, room};
use crate::windows::abi::{AF_INET, AF_INET6, AF_UNIX, SOCK_RAW};
use crate::windows::catalogue::{Entry, NARROW, RESERVED, Row, WIDE};

/// What names one duplicate.
pub type Secret = [u8; 16];

/// Behind the name of the protocol the structure ends with this, and with the secret.
const MARK: [u8; 8] = *b"\0ws2dup\0";

/// The duplicates that nobody has taken yet.
pub(crate) type Pending = Vec<One>;

/// One of them.
pub(crate) enum One {
    /// For this process: its socket, which is in the table as every other one, and the kernel's number for it.
    Here(Secret, Fd, u64),
    /// For another process: the second descriptor, and the Unix socket.
    Elsewhere(Fd, Fd),
}

static PENDING: Lock<Pending> = Lock::new(Rank::Duplicates, Vec::new());

pub(crate) fn hold_for_fork() -> Option<Guard<Pending>> {
    PENDING.take_for_fork()
}

/// In a child: what its parent offers to others is not the child's to keep open.
pub(crate) fn in_child(held: Option<Guard<Pending>>, child: InChild) {
    let Some(mut pending) = held else { return PENDING.renew(Vec::new(), child) };
    pending.retain(|pending| match pending {
        One::Here(..) => true,
        One::Elsewhere(fd, listener) => {
            sys::close(*fd);
            sys::close(*listener);
            false
        }
    });
}

/// Makes a duplicate for a process, and gives what [`take`] wants, as a `WSAPROTOCOL_INFOA` or `…W`.
///
/// # Errors
/// * `WSAENOTSOCK`: no socket.
/// * `WSAEINVAL`: there is no such process.
/// * `WSAEACCES`: it is one that this process could send no signal to.
/// * `WSAEMFILE`, `WSAENOBUFS`.
pub fn offer(socket: usize, process: u32, wide: bool) -> Result<Entry, Failure> {
    let fd = descriptor::of(socket)?;
    let row = row(fd)?;
    if process == 0 || i32::try_from(process).is_err() {
        return Err(WsaError::WSAEINVAL.because("no process has that number"));
    }
    let secret = other::secret()?;
    if process == thread::process() { offer_here(fd, secret) } else { offer_elsewhere(fd, process, secret) }?;
    let mut bytes = row.bytes(wide);
    let len = if wide { WIDE } else { NARROW };
    put(&mut bytes, RESERVED, &secret[..4]);
    put(&mut bytes, len - 24, &MARK);
    put(&mut bytes, len - 16, &secret);
    Ok(bytes)
}

fn put(bytes: &mut [u8], at: usize, part: &[u8]) {
    bytes.iter_mut().skip(at).zip(part).for_each(|(to, from)| *to = *from);
}

/// The entry of the catalogue that the socket belongs to.
fn row(fd: Fd) -> Result<Row, Failure> {
    let kind = option::socket_type(fd)?;
    let family = match option::get_int(fd, libc::SOL_SOCKET, libc::SO_DOMAIN)? {
        libc::AF_INET => AF_INET,
        libc::AF_INET6 => AF_INET6,
        _ => AF_UNIX,
    };
    let protocol =
        if kind == SOCK_RAW { 0 } else { option::get_int(fd, libc::SOL_SOCKET, libc::SO_PROTOCOL)? };
    Ok(Row { family, kind, protocol })
}

/// The secret in a structure of the program's; none where it is a plain entry of the catalogue.
#[must_use]
pub fn secret_in(bytes: &[u8]) -> Option<Secret> {
    let reserved = bytes.get(RESERVED..)?.first_chunk::<4>()?;
    let (rest, secret) = bytes.split_last_chunk::<16>()?;
    let mark = rest.last_chunk::<8>()?;
    (*mark == MARK && *reserved == secret[..4]).then_some(*secret)
}

fn no_room(_: std::collections::TryReserveError) -> Failure {
    WsaError::WSAENOBUFS.because("no memory for one more duplicate")
}

/// What is known of the first socket holds for the second one, but for what belongs to a descriptor.
fn offer_here(fd: Fd, secret: Secret) -> Result<(), Failure> {
    let before = facts::seen(fd);
    let record = descriptor::read(fd).unwrap_or_default();
    let cookie = option::cookie(fd)?;
    let own = Facts::CLOSING | Facts::DEFERRED | Facts::NO_DUPLICATE;
    let known = if before.has(Facts::SOCKET) { before.facts() } else { facts::learn(fd)? };
    let new = file::duplicate(fd, false)?;
    let copied = |to: &mut Record| *to = Record { cookie, ours: true, ..record };
    // As POSIX code may have set it on a socket of its own.
    let lingers = if before.has(Facts::OURS) { Facts::empty() } else { Facts::LINGERS };
    let second = descriptor::insert(new, known.difference(own) | lingers, copied).map_err(|errno| {
        sys::close(new);
        after_cleanup(errno)
    })?;
    facts::unnote(fd, before, Facts::NO_DUPLICATE);
    // Of what the socket hears by companions the second one needs some of its own; without them it is a duplicate still.
    let _ = companion::refresh(new);
    let mut pending = PENDING.take();
    let room = pending.try_reserve(1).map_err(no_room);
    if room.is_err() {
        drop(pending);
        let _ = second.close();
        return room;
    }
    pending.push(One::Here(secret, new, cookie));
    Ok(())
}

/// What a thread gives to another process.
struct Offer {
    process: u32,
    user: Option<u32>,
    watch: Fd,
    listener: Fd,
    fd: Fd,
    word: u8,
}

/// The bit of the word that says that the program has made the socket non-blocking.
const NONBLOCKING: u8 = 1;

/// `ws2_32-duplicate-` and the secret in hexadecimal digits.
fn name(secret: Secret) -> [u8; 49] {
    let digit = |nibble: u8| if nibble < 10 { b'0' + nibble } else { b'a' - 10 + nibble };
    let digits = secret.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]);
    let mut name = [0; 49];
    name.iter_mut().zip(b"ws2_32-duplicate-".iter().copied().chain(digits)).for_each(|(to, from)| *to = from);
    name
}

fn unreachable(errno: Errno) -> Failure {
    match errno.number() {
        libc::ESRCH | libc::EINVAL => WsaError::WSAEINVAL.because("there is no such process"),
        libc::EPERM => WsaError::WSAEACCES.because("a process that this one may do nothing to"),
        libc::ENOSYS => WsaError::WSAEOPNOTSUPP.because("Linux before 5.3 cannot watch another process"),
        _ => errno.into(),
    }
}

fn offer_elsewhere(fd: Fd, process: u32, secret: Secret) -> Result<(), Failure> {
    other::may_reach(process).map_err(unreachable)?;
    let word = if descriptor::nonblocking(fd)? { NONBLOCKING } else { 0 };
    let watch = other::watch(process).map_err(unreachable)?;
    let mut opened = [Some(watch), None];
    let result = (|| {
        let user = other::user_of(process).map_err(Errno::from)?;
        let listener = sys::socket(libc::AF_UNIX, libc::SOCK_STREAM, 0)?;
        opened = [Some(watch), Some(listener)];
        sys::bind(listener, &passing::abstract_address(&name(secret))?)?;
        sys::listen(listener, 8)?;
        let mut pending = PENDING.take();
        pending.try_reserve(1).map_err(no_room)?;
        let second = file::duplicate(fd, false)?;
        pending.push(One::Elsewhere(second, listener));
        drop(pending);
        let offer = room::boxed(Offer { process, user, watch, listener, fd: second, word });
        let offer = offer.map_err(|_| Errno::new(libc::ENOMEM));
        let started = offer.and_then(|offer| thread::start(Some(256 << 10), offer, serve));
        started.map_err(|errno| {
            let mut pending = PENDING.take();
            pending.retain(|one| !matches!(one, One::Elsewhere(_, served) if *served == listener));
            sys::close(second);
            Failure::from(errno)
        })
    })();
    if result.is_err() {
        opened.into_iter().flatten().for_each(sys::close);
    }
    result
}

/// Waits for the process that was named, and gives it the descriptor.
#[allow(clippy::boxed_local, reason = "it comes in a box")]
fn serve(offer: Box<Offer>) {
    thread::keep_signals_off();
    thread::name_this(c"ws2-duplicate");
    let mut done = false;
    while !done {
        let mut fds = [PollFd::new(offer.listener, libc::POLLIN), PollFd::new(offer.watch, libc::POLLIN)];
        let polled = poll(&mut fds, None);
        let [listener, watch] = fds;
        if watch.happened() != 0 || polled.is_err_and(|errno| errno.number() != libc::EINTR) {
            break;
        }
        if listener.happened() == 0 {
            continue;
        }
        let Ok((connection, _)) = sys::accept(offer.listener, true) else { break };
        let is_named = passing::peer_credentials(connection).is_ok_and(|(process, user)| {
            process == offer.process && offer.user.is_none_or(|expected| expected == user)
        });
        done = is_named && passing::send_descriptor(connection, offer.fd, offer.word).is_ok();
        sys::close(connection);
    }
    sys::close(offer.watch);
    // Under the lock, so that no child of a fork keeps them open without knowing it.
    let mut pending = PENDING.take();
    pending.retain(|one| !matches!(one, One::Elsewhere(_, listener) if *listener == offer.listener));
    sys::close(offer.listener);
    sys::close(offer.fd);
}

/// The duplicate that a secret names, once.
///
/// # Errors
/// * `WSAEINVAL`: it was taken before, the socket's process has ended or has named another process than this one, or the
///   socket was closed.
/// * `WSAEMFILE`, `WSAENOBUFS`.
pub fn take(secret: Secret) -> Result<usize, Failure> {
    let mut pending = PENDING.take();
    let here = |one: &One| matches!(one, One::Here(known, ..) if *known == secret);
    let found = pending.iter().position(here).map(|at| pending.swap_remove(at));
    drop(pending);
    match found {
        Some(One::Here(_, fd, cookie)) if option::cookie(fd).is_ok_and(|now| now == cookie) => {
            Ok(fd.to_socket())
        }
        Some(_) => Err(WsaError::WSAEINVAL.because("the duplicate was closed before it was taken")),
        None => take_from_elsewhere(secret),
    }
}

const NOBODY: Failure = WsaError::WSAEINVAL.because("nobody offers this duplicate, or not to this process");

fn take_from_elsewhere(secret: Secret) -> Result<usize, Failure> {
    const PATIENCE: libc::timeval = libc::timeval { tv_sec: 30, tv_usec: 0 };
    let over = sys::socket(libc::AF_UNIX, libc::SOCK_STREAM, 0)?;
    let received = (|| {
        sys::connect(over, &passing::abstract_address(&name(secret))?).map_err(|_| NOBODY)?;
        option::set(over, libc::SOL_SOCKET, libc::SO_RCVTIMEO, PATIENCE)?;
        match passing::receive_descriptor(over) {
            Ok(Some(received)) => Ok(received),
            Err(errno) if errno.number() == libc::EMFILE => Err(Failure::from(errno)),
            Ok(None) | Err(_) => Err(NOBODY),
        }
    })();
    sys::close(over);
    let (fd, word) = received?;
    let inserted = adopt(fd, word);
    if inserted.is_err() {
        sys::close(fd);
    }
    inserted.map(|()| fd.to_socket())
}

/// Takes a socket of another process into the table, with what the kernel tells of it.
fn adopt(fd: Fd, word: u8) -> Result<(), Failure> {
    let kind = option::socket_type(fd)?;
    let family = option::get_int(fd, libc::SOL_SOCKET, libc::SO_DOMAIN)?;
    let listens = option::get_int(fd, libc::SOL_SOCKET, libc::SO_ACCEPTCONN).unwrap_or(0) != 0;
    let local = sys::local_name(fd).ok();
    let peer = sys::peer_name(fd).ok();
    // As the other process may have set it.
    let mut known = facts::of(kind, Family::from_linux(family)) | Facts::LINGERS;
    if word & NONBLOCKING != 0 {
        known |= Facts::NONBLOCKING;
    }
    if listens && sys::nonblocking(fd)? {
        known |= Facts::LISTENER;
    }
    descriptor::insert(fd, known, |record| {
        record.bound = local.is_some_and(|local| local.port().is_some_and(|port| port != 0));
        record.listening = listens;
        if peer.is_some() {
            record.connection = Connection::Established;
            record.peer = peer.into();
        }
    })
    .map_err(after_cleanup)?;
    Ok(())
}

/// The failure of a call that has a bad argument: that it is no socket comes first (DS1).
#[must_use]
pub fn bad(socket: usize, process: u32, failure: Failure) -> Failure {
    let no_process = WsaError::WSAEINVAL.because("no process has that number");
    socket_first(socket, if process == 0 { no_process } else { failure })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ds2_the_secret_is_in_the_structure() {
        for wide in [false, true] {
            let mut bytes = Row { family: AF_INET, kind: 1, protocol: 6 }.bytes(wide);
            assert_eq!(secret_in(&bytes), None);
            let secret: Secret = std::array::from_fn(|at| u8::try_from(at + 1).unwrap());
            let len = bytes.len();
            put(&mut bytes, RESERVED, &secret[..4]);
            put(&mut bytes, len - 24, &MARK);
            put(&mut bytes, len - 16, &secret);
            assert_eq!(bytes.len(), len);
            assert_eq!(secret_in(&bytes), Some(secret));
            bytes[RESERVED] ^= 1;
            assert_eq!(secret_in(&bytes), None);
        }
        assert_eq!(secret_in(&[0; 100]), None);
    }
}
