//! Who may share an address with whom (O10): SO_REUSEADDR, SO_EXCLUSIVEADDRUSE, and a wildcard address
//! beside a particular one.
//!
//! The kernel's own rules are stricter, so a bind that it refuses is looked at here. If Windows would allow it
//! beside every socket of this process that is in the way, it is tried again while the kernel is told that they
//! share: SO_REUSEPORT for streams, SO_REUSEADDR for datagrams, set on both sides for that moment. Sockets of
//! other processes stay in the way, unless both sides have set SO_REUSEADDR.

use crate::descriptor::{self, Record};
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::runtime::lock::{Guard, Lock, Rank};
use crate::sys::net::option;
use crate::sys::net::socket as sys;
use crate::sys::process::fork::InChild;
use crate::sys::{Address, Errno, Fd};

/// What a socket has asked for before it was bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wish {
    Nothing,
    Reuse,
    Exclusive,
}

impl Wish {
    fn of(record: &Record) -> Self {
        match record {
            Record { reuse_address: true, .. } => Self::Reuse,
            Record { exclusive_address: true, .. } => Self::Exclusive,
            _ => Self::Nothing,
        }
    }
}

/// A socket's address, as far as it matters beside another one of the same family and port.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Claim {
    wish: Wish,
    wildcard: bool,
}

/// Whether a socket may have an address that another one has already, or one that covers it or is covered by it.
fn allowed(first: Claim, second: Claim) -> Result<(), WsaError> {
    match (first.wildcard, second.wildcard) {
        (true, false) if first.wish == Wish::Exclusive => Err(WsaError::WSAEACCES),
        (false, true) if second.wish == Wish::Exclusive => Err(WsaError::WSAEADDRINUSE),
        (true, false) | (false, true) => Ok(()),
        _ => match (first.wish, second.wish) {
            (Wish::Reuse, Wish::Reuse) => Ok(()),
            (_, Wish::Reuse) => Err(WsaError::WSAEACCES),
            _ => Err(WsaError::WSAEADDRINUSE),
        },
    }
}

/// The kernel's option that lets two sockets share, by kind of socket.
fn sharing_option(fd: Fd) -> Result<i32, Errno> {
    let stream = option::socket_type(fd)? == libc::SOCK_STREAM;
    Ok(if stream { libc::SO_REUSEPORT } else { libc::SO_REUSEADDR })
}

/// Tells the kernel about a change of SO_REUSEADDR. Families without ports have nothing to share.
///
/// # Errors
/// The kernel's error.
pub fn tell_kernel(fd: Fd, reuse: bool) -> Result<(), Errno> {
    if sys::local_name(fd)?.port().is_none() {
        return Ok(());
    }
    option::set(fd, libc::SOL_SOCKET, sharing_option(fd)?, i32::from(reuse))
}

/// Taken while the kernel is told for a moment what does not hold for good; and by `fork`.
static SHARING: Lock<()> = Lock::new(Rank::Sharing, ());

pub(crate) fn hold_for_fork() -> Option<Guard<()>> {
    SHARING.take_for_fork()
}

pub(crate) fn in_child(held: Option<Guard<()>>, child: InChild) {
    if held.is_none() {
        SHARING.renew((), child);
    }
}

/// After the kernel has refused an address as taken: tries again if Windows' rules allow it.
///
/// # Errors
/// `WSAEADDRINUSE`; `WSAEACCES` where only this socket has set SO_REUSEADDR, or another one is exclusive; and the
/// failures of the attempt.
pub fn share(fd: Fd, address: &Address, attempt: impl FnOnce() -> Result<(), Errno>) -> Result<(), Failure> {
    let _alone = SHARING.take();
    let wish = Wish::of(&descriptor::read(fd).unwrap_or_default());
    let taken = match wish {
        Wish::Reuse => WsaError::WSAEACCES.because("taken, and SO_REUSEADDR is not set on both sockets"),
        _ => WsaError::WSAEADDRINUSE.because("another socket has the address"),
    };
    let Some(own) = claim(address, wish) else { return Err(taken) };
    let rivals = rivals(fd, address)?;
    for (_, rival) in &rivals {
        let denied = |code: WsaError| code.because("another socket of this program has the address");
        allowed(*rival, own).map_err(denied)?;
    }
    if rivals.is_empty() {
        return Err(taken);
    }
    let sharing = sharing_option(fd)?;
    let all: Vec<(Fd, i32)> = std::iter::once(fd)
        .chain(rivals.iter().map(|(fd, _)| *fd))
        .filter_map(|fd| Some((fd, option::get_int(fd, libc::SOL_SOCKET, sharing).ok()?)))
        .collect();
    for (fd, _) in &all {
        option::set(*fd, libc::SOL_SOCKET, sharing, 1_i32)?;
    }
    let result = attempt();
    for (fd, before) in all {
        option::set(fd, libc::SOL_SOCKET, sharing, before)?;
    }
    match result {
        Err(errno) if errno.number() == libc::EADDRINUSE => Err(taken),
        result => Ok(result?),
    }
}

fn claim(address: &Address, wish: Wish) -> Option<Claim> {
    Some(Claim { wish, wildcard: address.ip()?.is_unspecified() })
}

/// The sockets of this process that stand in the way of an address, as far as it is known from their records:
/// the same kind, family and port, and the same host or a wildcard on either side.
fn rivals(fd: Fd, address: &Address) -> Result<Vec<(Fd, Claim)>, Errno> {
    let kind = option::socket_type(fd)?;
    let mut found = Vec::new();
    for (other, record) in descriptor::bound() {
        let Ok(name) = sys::local_name(other) else { continue };
        let same_place = name.family() == address.family() && name.port() == address.port();
        if other == fd || !same_place || option::socket_type(other) != Ok(kind) {
            continue;
        }
        let Some(claim) = claim(&name, Wish::of(&record)) else { continue };
        let wildcard = claim.wildcard || address.ip().is_some_and(|ip| ip.is_unspecified());
        // A connection has its peer beside its address; no rule of Windows keeps others off it.
        if (wildcard || name.ip() == address.ip()) && sys::peer_name(other).is_err() {
            found.push((other, claim));
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// O10, every row: first socket, second socket, what the second is told.
    #[test]
    fn o10_rows() {
        use Wish::{Exclusive, Nothing, Reuse};
        const IN_USE: Result<(), WsaError> = Err(WsaError::WSAEADDRINUSE);
        const ACCESS: Result<(), WsaError> = Err(WsaError::WSAEACCES);
        let any = |wish| Claim { wish, wildcard: true };
        let loopback = |wish| Claim { wish, wildcard: false };
        let rows = [
            (any(Reuse), any(Reuse), Ok(())),
            (loopback(Reuse), loopback(Reuse), Ok(())),
            (any(Nothing), any(Reuse), ACCESS),
            (any(Exclusive), any(Reuse), ACCESS),
            (any(Reuse), any(Nothing), IN_USE),
            (any(Reuse), any(Exclusive), IN_USE),
            (any(Nothing), any(Nothing), IN_USE),
            (loopback(Nothing), loopback(Nothing), IN_USE),
            (any(Nothing), loopback(Nothing), Ok(())),
            (loopback(Nothing), any(Nothing), Ok(())),
            (any(Exclusive), loopback(Nothing), ACCESS),
            (loopback(Nothing), any(Exclusive), IN_USE),
            (loopback(Exclusive), any(Nothing), Ok(())),
            (any(Nothing), loopback(Exclusive), Ok(())),
        ];
        for (first, second, expected) in rows {
            assert_eq!(allowed(first, second), expected, "{first:?}, then {second:?}");
        }
    }
}
