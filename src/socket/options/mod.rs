//! `setsockopt` and `getsockopt`: which option, in what form, and who keeps it: the kernel or the record.
//!
//! What is refused, and what is taken without effect, is listed for users in `build/compatibility_options.md`.

mod bsp_state;
mod form;
mod hearing;
mod icmp_error;
mod ip_options;
mod multicast;
pub mod numbers;
mod open_type;
mod protocol;
mod protocol_info;
mod socket_level;
mod v6_only;

pub use form::Answer;

use crate::descriptor::facts::{self, Facts};
use crate::descriptor::{self, Waiting};
use crate::error::WsaError;
use crate::error::by_call::{self, Call};
use crate::error::failure::Failure;
use crate::socket::address::family_to_windows;
use crate::socket::place;
use crate::sys::net::socket as sys;
use crate::sys::{Errno, Fd};
use numbers::{IPPROTO_IP, IPPROTO_IPV6, IPPROTO_TCP, IPPROTO_UDP, SO_OPENTYPE, SOL_SOCKET};

/// Whether `setsockopt` takes a negative length for four bytes or more, as Windows does where it compares the length
/// without its sign; elsewhere it finds no memory for so much (X12).
#[must_use]
pub fn takes_negative(level: i32, name: i32) -> bool {
    level == SOL_SOCKET && socket_level::takes_negative(name)
}

/// Whether an option belongs to no socket (O14).
#[must_use]
pub fn is_of_no_socket(level: i32, name: i32) -> bool {
    (level, name) == (SOL_SOCKET, SO_OPENTYPE)
}

/// Sets an option from the bytes that the caller gave; what was wrong with them is reported only after what is
/// wrong with the socket, the level and the name.
///
/// # Errors
/// See [`crate::ffi::ws2_setsockopt`], which lists every code.
pub fn set(socket: usize, level: i32, name: i32, value: Result<&[u8], Failure>) -> Result<(), Failure> {
    if (level, name) == (SOL_SOCKET, SO_OPENTYPE) {
        return open_type::set(value?);
    }
    let fd = descriptor::of(socket)?;
    let seen = facts::seen(fd);
    let is_known =
        seen.has(Facts::SOCKET.union(Facts::OURS)) && seen.has_any(Facts::STREAM.union(Facts::DATAGRAM));
    let is_sure = is_known && is_one_step(level, name);
    let held = if is_sure { None } else { Some(Waiting::hold(fd)?) };
    let target = Target::of(socket, held.is_some())?;
    match level {
        SOL_SOCKET if name == numbers::SO_UPDATE_ACCEPT_CONTEXT && target.is_stream() => {
            place::update_accepted(target.fd, value)
        }
        SOL_SOCKET if name == numbers::SO_UPDATE_CONNECT_CONTEXT && target.is_stream() => {
            place::update_connected(target.fd)
        }
        SOL_SOCKET => socket_level::set(target, name, value),
        IPPROTO_IP | IPPROTO_IPV6 if multicast::is_one(level, name) => {
            multicast::set(target, level, name, value)
        }
        IPPROTO_IP | IPPROTO_IPV6 if hearing::is_one(level, name) => hearing::set(target, name, value),
        IPPROTO_IP if name == numbers::IP_OPTIONS => ip_options::set(target, value),
        IPPROTO_IPV6 if name == numbers::IPV6_V6ONLY => v6_only::set(target, value),
        IPPROTO_IP | IPPROTO_IPV6 | IPPROTO_TCP | IPPROTO_UDP => protocol::set(target, level, name, value),
        _ => Err(NO_LEVEL),
    }
}

/// Whether an option tells an accepted socket its listener.
#[must_use]
pub fn says_whose(level: i32, name: i32) -> bool {
    (level, name) == (SOL_SOCKET, numbers::SO_UPDATE_ACCEPT_CONTEXT)
}

/// Options that are set by one question to the kernel, or in the record alone, which is found by the kernel's number for
/// the socket: there is no second step that could meet another socket.
const fn is_one_step(level: i32, name: i32) -> bool {
    matches!(
        (level, name),
        (SOL_SOCKET, numbers::SO_KEEPALIVE | numbers::SO_SNDTIMEO | numbers::SO_RCVTIMEO)
            | (IPPROTO_TCP, numbers::TCP_NODELAY)
    )
}

/// Reads an option, for so much room at a place, which an answer that points into itself needs to know.
///
/// # Errors
/// See [`crate::ffi::ws2_getsockopt`], which lists every code.
pub fn get(
    socket: usize,
    level: i32,
    name: i32,
    room: Result<usize, Failure>,
    at: usize,
) -> Result<Answer, Failure> {
    if (level, name) == (SOL_SOCKET, SO_OPENTYPE) {
        return Ok(open_type::get(room?));
    }
    let fd = descriptor::of(socket)?;
    // What is taken away by being read, or noted then, is this socket's.
    let takes = match (level, name) {
        // Of one that is known to be connected nothing is left to be taken.
        (SOL_SOCKET, numbers::SO_ERROR) => !facts::seen(fd).has(Facts::READY_TO_RECEIVE),
        (SOL_SOCKET, numbers::SO_CONNECT_TIME) | (IPPROTO_TCP, numbers::TCP_ICMP_ERROR_INFO) => true,
        _ => false,
    };
    let held = if takes { Some(Waiting::hold(fd)?) } else { None };
    descriptor::of_one(fd, || {
        let target = Target::of(socket, held.is_some())?;
        match (level, name) {
            (SOL_SOCKET, numbers::SO_BSP_STATE) => bsp_state::get(target, at, room?),
            _ => read(target, level, name, room),
        }
    })
}

fn read(target: Target, level: i32, name: i32, room: Result<usize, Failure>) -> Result<Answer, Failure> {
    match level {
        SOL_SOCKET => socket_level::get(target, name, room),
        IPPROTO_IP | IPPROTO_IPV6 if multicast::is_one(level, name) => {
            multicast::get(target, level, name, room)
        }
        IPPROTO_IP | IPPROTO_IPV6 if hearing::is_one(level, name) => hearing::get(target, name, room),
        IPPROTO_IP if name == numbers::IP_OPTIONS => ip_options::get(target, room),
        IPPROTO_IPV6 if name == numbers::IPV6_V6ONLY => v6_only::get(target, room),
        IPPROTO_TCP if name == numbers::TCP_ICMP_ERROR_INFO => icmp_error::get(target, room),
        IPPROTO_IP | IPPROTO_IPV6 | IPPROTO_TCP | IPPROTO_UDP => protocol::get(target, level, name, room),
        _ => Err(NO_LEVEL),
    }
}

const NO_LEVEL: Failure = WsaError::WSAEINVAL.because("no such level");

/// The socket has no such option.
const NO_OPTION: Failure = WsaError::WSAENOPROTOOPT.because("no such option, or not for this kind of socket");

/// The socket that an option belongs to.
#[derive(Clone, Copy, Debug)]
struct Target {
    fd: Fd,
    /// `SOCK_…`, the same on both systems.
    kind: i32,
    /// Whether it is kept from being closed meanwhile, so that what is taken from it is its own.
    held: bool,
}

impl Target {
    fn of(socket: usize, held: bool) -> Result<Self, Failure> {
        let fd = descriptor::of(socket)?;
        // What is refused for a descriptor that POSIX code closed is found out by the kernel's answer.
        Ok(Self { fd, kind: descriptor::kind(fd)?, held })
    }

    fn is_stream(self) -> bool {
        self.kind == libc::SOCK_STREAM
    }

    /// Windows' number of the family.
    fn family(self) -> Result<i32, Errno> {
        Ok(family_to_windows(sys::local_name(self.fd)?.family()))
    }
}

/// The failure of the kernel's `setsockopt` and `getsockopt`.
fn refused(errno: Errno) -> Failure {
    by_call::failure(Call::Option, errno)
}
