//! `listen` and `accept`.

use crate::descriptor::facts::{self, Facts};
use crate::descriptor::family::Family;
use crate::descriptor::wait::{self, Deadline};
use crate::descriptor::{self, Closing, Connection, Identity, On, Once, Record, Steady, Waiting, deferred};
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::socket::connect::{self, State, settle};
use crate::socket::create::after_cleanup;
use crate::socket::transfer::is_no_socket;
use crate::socket::{lending, sharing};
use crate::sys::event::poll::{self, PollFd};
use crate::sys::net::socket as sys;
use crate::sys::net::{filter, option};
use crate::sys::{Address, Errno, Fd};
use crate::windows::abi;

/// Makes a socket listen, or changes its backlog. The kernel cuts the backlog to what the system allows; a
/// negative one, as SOMAXCONN_HINT makes it, counts without its sign.
///
/// # Errors
/// * `WSAENOTSOCK`: no socket.
/// * `WSAEOPNOTSUPP`: not a stream socket.
/// * `WSAEINVAL`: the socket has no address.
/// * `WSAEISCONN`: the socket is connected.
/// * `WSAEADDRINUSE`: another socket listens on the address.
pub fn listen(socket: usize, backlog: i32) -> Result<(), Failure> {
    let held = Waiting::hold(descriptor::of(socket)?)?;
    let fd = held.fd();
    if option::socket_type(fd)? != libc::SOCK_STREAM {
        return Err(WsaError::WSAEOPNOTSUPP.because("only a stream socket listens"));
    }
    match settle(fd)? {
        State::Connected => return Err(WsaError::WSAEISCONN.because("the socket is connected")),
        State::Pending => return Err(WsaError::WSAEISCONN.because("a connect is under way")),
        State::Failed => {
            // Linux lets a socket listen only after the failed connection is dissolved.
            connect::dissolve(fd);
            descriptor::note_failed_listener();
        }
        State::Fresh | State::Listening => {
            crate::socket::naming::getsockname(fd)?;
        }
    }
    let backlog = i32::try_from(backlog.unsigned_abs()).unwrap_or(i32::MAX);
    match listen_over_time_wait(fd, backlog) {
        Err(errno) if errno.number() == libc::EADDRINUSE => {
            sharing::share(fd, &sys::local_name(fd)?, || listen_over_time_wait(fd, backlog))?;
        }
        result => result?,
    }
    let (ours, shares) = descriptor::update(fd, |record| {
        record.listening = true;
        (record.ours, record.reuse_address)
    })?;
    if shares {
        // Q27: of the listeners that share an address, the first gets every connection. Where a kernel has no such
        // filter, it gives them to either.
        let _ = filter::first_gets_all(fd);
    }
    let seen = facts::seen(fd);
    if ours && !seen.has(Facts::LISTENER) {
        // From now on the kernel never waits in `accept`: the mode that the program wants is a fact of ours.
        let mode = if sys::nonblocking(fd)? { Facts::NONBLOCKING } else { Facts::empty() };
        facts::note(fd, seen, Facts::LISTENER | mode);
        option::set_nonblocking(fd, true)?;
    }
    Ok(())
}

/// On a listener SO_REUSEADDR lets nobody else in, and the sockets it accepts inherit it: their TIME_WAIT then
/// does not keep the next server off the port, as on Windows (O11).
fn listen_over_time_wait(fd: Fd, backlog: i32) -> Result<(), Errno> {
    let before = option::get_int(fd, libc::SOL_SOCKET, libc::SO_REUSEADDR)?;
    option::set(fd, libc::SOL_SOCKET, libc::SO_REUSEADDR, 1_i32)?;
    let result = sys::listen(fd, backlog);
    if result.is_err() {
        option::set(fd, libc::SOL_SOCKET, libc::SO_REUSEADDR, before)?;
    }
    result
}

/// Takes the next connection: the new socket, and its peer. It is in the listener's mode, blocking or not, and
/// has its time-outs and options (IO6, O12). SO_RCVTIMEO does not limit the wait (Q7).
///
/// # Errors
/// * `WSAENOTSOCK`: no socket.
/// * `WSAEOPNOTSUPP`: not a stream socket.
/// * `WSAEINVAL`: the socket does not listen.
/// * `WSAEWOULDBLOCK`: non-blocking, and no connection waits.
/// * `WSAECONNRESET`: the connection that waited was reset.
/// * `WSAEMFILE`, `WSAENOBUFS`.
/// * `WSAEINTR`: another thread closed the listener.
pub fn accept(socket: usize) -> Result<(Identity, Address), Failure> {
    let fd = descriptor::of(socket)?;
    let began = descriptor::epoch();
    match deferred::take(fd) {
        Some((new, peer)) => adopt_deferred(fd, began, new, peer),
        None => accept_new(fd, began),
    }
}

/// A connection that was put off gets the mode that the listener has now, and its record.
fn adopt_deferred(fd: Fd, began: u64, new: Fd, peer: Address) -> Result<(Identity, Address), Failure> {
    let mode = descriptor::nonblocking(fd).and_then(|mode| {
        option::set_nonblocking(new, mode)?;
        Ok(mode)
    });
    match mode {
        Ok(mode) => adopt(fd, began, new, peer, mode),
        Err(errno) => {
            option::reset_at_close(new);
            sys::close(new);
            Err(errno.into())
        }
    }
}

/// Takes the next connection for `AcceptEx`, without waiting and without a record: put-off ones first (AX8). None where there
/// is none.
///
/// # Errors
/// `WSAEINVAL`: the socket does not listen. `WSAEMFILE`, `WSAENOBUFS`.
pub fn take_now(held: &impl Steady) -> Result<Option<(Fd, Address)>, Failure> {
    let fd = held.fd();
    if let Some(connection) = deferred::take(fd) {
        return Ok(Some(connection));
    }
    // A listener that POSIX code made may be blocking.
    if !facts::seen(fd).has(Facts::LISTENER) && !sys::nonblocking(fd)? {
        let mut look = [PollFd::new(fd, libc::POLLIN)];
        if poll::poll(&mut look, Some(std::time::Duration::ZERO))? == 0 {
            return Ok(None);
        }
    }
    loop {
        match sys::accept(fd, false) {
            Ok(connection) => return Ok(Some(connection)),
            Err(errno) => match errno.number() {
                libc::EAGAIN => return Ok(None),
                libc::EINTR
                | libc::ECONNABORTED
                | libc::EPROTO
                | libc::ENETDOWN
                | libc::ENOPROTOOPT
                | libc::EHOSTDOWN
                | libc::ENONET
                | libc::EHOSTUNREACH
                | libc::ENETUNREACH => {}
                libc::EINVAL => return Err(WsaError::WSAEINVAL.because("the socket does not listen")),
                _ => return Err(errno.into()),
            },
        }
    }
}

/// Puts a connection off that was taken and is not wanted, and has no record: the next one who accepts gets it.
///
/// # Errors
/// `WSAENOTSOCK`: the listener is gone. `WSAENOBUFS`. The connection is reset then.
pub fn put_off(listener: Identity, (new, peer): (Fd, Address)) -> Result<(), Failure> {
    deferred::put(listener, (new, peer)).map_err(|errno| {
        option::reset_at_close(new);
        sys::close(new);
        after_cleanup(errno)
    })?;
    // An `AcceptEx` that was begun meanwhile has found nothing.
    descriptor::put_back(listener);
    Ok(())
}

/// Takes the next connection if `ask` agrees, which gets its peer's address and its own and answers with a
/// `CF_…` number.
///
/// # Errors
/// Those of [`accept`]; `WSAECONNREFUSED` for CF_REJECT, `WSATRY_AGAIN` for CF_DEFER, `WSAEINVAL` for no answer
/// that there is.
pub fn accept_if(
    socket: usize,
    ask: impl FnOnce(&Address, &Address) -> i32,
) -> Result<(Identity, Address), Failure> {
    let held = Waiting::hold(descriptor::of(socket)?)?;
    let listener = descriptor::identify(held.fd())?;
    let (new, peer) = accept(socket)?;
    // The program may close the listener before it answers.
    drop(held);
    // A connection that died while it waited is the program's to find out about.
    let local = sys::local_name(new.fd()).unwrap_or(Address::unspecified());
    match ask(&peer, &local) {
        abi::CF_ACCEPT => Ok((new, peer)),
        abi::CF_DEFER => {
            // The last WSACleanup closes what has a record.
            descriptor::release(new).map_err(after_cleanup)?;
            put_off(listener, (new.fd(), peer))?;
            Err(WsaError::WSATRY_AGAIN.because("the condition function returned CF_DEFER"))
        }
        answer => {
            if let Ok(closing) = Closing::begin_of(new) {
                closing.finish_with_reset();
            }
            Err(if answer == abi::CF_REJECT {
                WsaError::WSAECONNREFUSED.because("the condition function returned CF_REJECT")
            } else {
                WsaError::WSAEINVAL.because("the condition function's answer is none of the three")
            })
        }
    }
}

fn accept_new(fd: Fd, began: u64) -> Result<(Identity, Address), Failure> {
    let once = Once::begin(fd);
    let seen = facts::seen(fd);
    let is_own = seen.has(Facts::LISTENER);
    // Of what is not known to be a listener of this library's the kernel is asked first.
    let mut waiting = if is_own { None } else { Some(Waiting::register(fd, began)?) };
    if !seen.facts().intersects(Facts::LISTENER | Facts::NO_DUPLICATE) {
        descriptor::look_for_listener(fd)?;
    }
    // A listener that POSIX code made, and that would wait in the kernel.
    let waits = !is_own && !facts::seen(fd).has(Facts::LISTENER) && !sys::nonblocking(fd)?;
    let mut mode = if is_own { seen.has(Facts::NONBLOCKING) } else { descriptor::nonblocking(fd)? };
    let mut outcome = match &waiting {
        None => once.spend(|once| sys::accept(once.fd(), mode)),
        Some(held) => attempt(held, waits, mode),
    };
    loop {
        let errno = match outcome {
            Ok((new, peer)) => return adopt(fd, began, new, peer, mode),
            Err(errno) if is_no_socket(errno) => return Err(errno.into()),
            Err(errno) => errno,
        };
        let held = match waiting {
            Some(held) => held,
            None => Waiting::register(fd, began)?,
        };
        go_on(&held, errno)?;
        mode = descriptor::nonblocking(fd)?;
        outcome = attempt(&held, waits, mode);
        waiting = Some(held);
    }
}

/// A further attempt. The mode of each connection is the listener's when it is taken.
fn attempt(waiting: &Waiting, waits: bool, nonblocking: bool) -> Result<(Fd, Address), Errno> {
    let fd = waiting.fd();
    if waits {
        return lending::with_least_time_out(waiting, libc::SO_RCVTIMEO, || sys::accept(fd, nonblocking));
    }
    sys::accept(fd, nonblocking)
}

/// After an attempt that gave no connection: waits until another one is worth it.
fn go_on(waiting: &Waiting, errno: Errno) -> Result<(), Failure> {
    match errno.number() {
        libc::EAGAIN if descriptor::nonblocking(waiting.fd())? => {
            Err(WsaError::WSAEWOULDBLOCK.because("EAGAIN: non-blocking, and no connection waits"))
        }
        libc::EAGAIN => wait::ready(waiting, libc::POLLIN, Deadline::NEVER).map(|_| ()),
        libc::EINTR => Ok(()),
        // The connection failed before it was taken; on a blocking socket the next one counts.
        libc::ECONNABORTED if descriptor::nonblocking(waiting.fd())? => {
            Err(WsaError::WSAECONNRESET.because("ECONNABORTED: the connection that waited was reset"))
        }
        libc::ECONNABORTED
        | libc::EPROTO
        | libc::ENETDOWN
        | libc::ENOPROTOOPT
        | libc::EHOSTDOWN
        | libc::ENONET
        | libc::EHOSTUNREACH
        | libc::ENETUNREACH => Ok(()),
        libc::EINVAL => Err(WsaError::WSAEINVAL.because("the socket does not listen")),
        _ => Err(errno.into()),
    }
}

/// Begins the record of a new connection, which has the listener's options, and the mode that it was taken in.
fn adopt(
    listener: Fd,
    began: u64,
    new: Fd,
    peer: Address,
    nonblocking: bool,
) -> Result<(Identity, Address), Failure> {
    let seen = facts::seen(listener);
    let mut inherited = descriptor::passed_on(listener);
    let mut passed_on = seen.facts() & (Facts::LINGERS | Facts::TIMED);
    if facts::seen(listener).closing() > began {
        // What stands under the number now may be another socket.
        (inherited, passed_on) = (Record::default(), Facts::LINGERS);
    } else if !seen.has(Facts::OURS) {
        // As POSIX code may have set it on the listener.
        passed_on |= Facts::LINGERS;
    }
    passed_on.set(Facts::NONBLOCKING, nonblocking);
    let family = Family::from_linux(peer.family());
    let known = facts::of(libc::SOCK_STREAM, family) | Facts::READY_TO_RECEIVE | passed_on;
    let begun = descriptor::insert(new, known, |record| {
        *record = Record {
            cookie: record.cookie,
            ours: true,
            connection: Connection::Established,
            accepted: true,
            peer: peer.into(),
            bound: true,
            ..inherited
        };
        record.note_connected();
    });
    match begun {
        Ok(new) => Ok((new, peer)),
        Err(errno) => {
            keep_for_later(listener, began, (new, peer));
            Err(after_cleanup(errno))
        }
    }
}

/// A connection for which there is no record waits for the next call, if there is memory for that at least, and the listener is
/// still the one that it came from; else it is reset.
fn keep_for_later(listener: Fd, began: u64, connection: (Fd, Address)) {
    let same = |_: &Identity| facts::seen(listener).closing() <= began;
    match descriptor::identify(listener).ok().filter(same) {
        Some(listener) => drop(put_off(listener, connection)),
        None => {
            option::reset_at_close(connection.0);
            sys::close(connection.0);
        }
    }
}
