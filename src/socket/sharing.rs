//! Who may share an address with whom (O10): SO_REUSEADDR, SO_EXCLUSIVEADDRUSE, and a wildcard address
//! beside a particular one.
//!
//! The kernel's own rules are stricter, so a bind that it refuses is looked at here. If Windows would allow it
//! beside every socket of this process that is in the way, it is tried again while the kernel is told that they
//! share: SO_REUSEPORT for streams, SO_REUSEADDR for datagrams, set on both sides for that moment. Sockets of
//! other processes stay in the way, unless both sides have set SO_REUSEADDR.

use std::cmp::Ordering;
use std::net::IpAddr;

use crate::descriptor::{self, Record, Waiting};
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::runtime::lock::{Guard, Lock, Rank};
use crate::sys::net::option;
use crate::sys::net::socket as sys;
use crate::sys::process::fork::InChild;
use crate::sys::{Address, Errno, Fd, room};

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

/// How much a local address takes in, the narrower first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Width {
    /// A particular address.
    One,
    /// 0.0.0.0, or :: of a socket that takes IPv6 only.
    Family,
    /// :: of a socket that takes both.
    Both,
}

/// A socket's address, as far as it matters beside another one of the same port that it has something in common with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Claim {
    wish: Wish,
    width: Width,
}

/// Whether a socket may have an address that another one has already, or one that covers it or is covered by it.
fn allowed(first: Claim, second: Claim) -> Result<(), WsaError> {
    match first.width.cmp(&second.width) {
        Ordering::Greater if first.wish == Wish::Exclusive => Err(WsaError::WSAEACCES),
        Ordering::Less if second.wish == Wish::Exclusive => Err(WsaError::WSAEADDRINUSE),
        Ordering::Greater | Ordering::Less => Ok(()),
        Ordering::Equal => match (first.wish, second.wish) {
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
    let began = descriptor::epoch();
    let _alone = SHARING.take();
    let wish = Wish::of(&descriptor::read(fd).unwrap_or_default());
    let taken = match wish {
        Wish::Reuse => WsaError::WSAEACCES.because("taken, and SO_REUSEADDR is not set on both sockets"),
        _ => WsaError::WSAEADDRINUSE.because("another socket has the address"),
    };
    let Some(own) = place(fd, address) else { return Err(taken) };
    let rivals = rivals(fd, own)?;
    let own = Claim { wish, width: own.width };
    for (_, rival) in &rivals {
        let denied = |code: WsaError| code.because("another socket of this program has the address");
        allowed(*rival, own).map_err(denied)?;
    }
    if rivals.is_empty() {
        return Err(taken);
    }
    // Held, so that what is set here and put back is theirs; one that was closed meanwhile is in nobody's way.
    let mut held = Vec::new();
    for (rival, _) in &rivals {
        match Waiting::register(*rival, began) {
            Ok(rival) => room::push(&mut held, rival).map_err(Errno::from)?,
            Err(failure) if failure.code == WsaError::WSAENOBUFS => return Err(failure),
            Err(_) => {}
        }
    }
    let sharing = sharing_option(fd)?;
    // O11: what is left in TIME_WAIT of connections on another address of the machine is in the way of a wildcard, too.
    let over_time_wait = (sharing == libc::SO_REUSEPORT).then_some((fd, libc::SO_REUSEADDR));
    let all = std::iter::once((fd, sharing))
        .chain(held.iter().map(|rival| (rival.fd(), sharing)))
        .chain(over_time_wait)
        .filter_map(|(fd, name)| Some((fd, name, option::get_int(fd, libc::SOL_SOCKET, name).ok()?)));
    let all = room::list(all).map_err(Errno::from)?;
    let shared = all.iter().try_for_each(|(fd, name, _)| option::set(*fd, libc::SOL_SOCKET, *name, 1_i32));
    let result = shared.and_then(|()| attempt());
    // All of it is put back, also where the kernel refused some of it.
    let mut put_back = Ok(());
    for (fd, name, before) in all {
        put_back = put_back.and(option::set(fd, libc::SOL_SOCKET, name, before));
    }
    match result {
        Err(errno) if errno.number() == libc::EADDRINUSE => Err(taken),
        result => Ok(result.and(put_back)?),
    }
}

/// A local address: what it takes in, its host in the form of the family that it is of at heart, and its port.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    width: Width,
    host: IpAddr,
    port: u16,
}

fn place(fd: Fd, address: &Address) -> Option<Place> {
    let (host, port) = (address.host()?, address.port()?);
    let both = || option::get_int(fd, libc::IPPROTO_IPV6, libc::IPV6_V6ONLY).is_ok_and(|value| value == 0);
    let width = match host {
        IpAddr::V6(ip) if ip.is_unspecified() && both() => Width::Both,
        ip if ip.is_unspecified() => Width::Family,
        _ => Width::One,
    };
    Some(Place { width, host, port })
}

impl Place {
    /// Whether there is a packet that could be for either.
    fn meets(self, other: Self) -> bool {
        if self.port != other.port {
            return false;
        }
        let (wider, narrower) = if self.width >= other.width { (self, other) } else { (other, self) };
        match wider.width {
            Width::Both => true,
            Width::Family => wider.host.is_ipv4() == narrower.host.is_ipv4(),
            Width::One => wider.host == narrower.host,
        }
    }
}

/// The sockets of this process that stand in the way of an address, as far as it is known from their records.
fn rivals(fd: Fd, own: Place) -> Result<Vec<(Fd, Claim)>, Errno> {
    let kind = option::socket_type(fd)?;
    let network = option::network(fd);
    let mut found = Vec::new();
    for (other, record) in descriptor::bound()? {
        if other == fd || option::socket_type(other) != Ok(kind) || option::network(other) != network {
            continue;
        }
        let Some(its) = sys::local_name(other).ok().and_then(|name| place(other, &name)) else { continue };
        // A connection has its peer beside its address, and no rule of Windows keeps others off that address; but it
        // stands in the kernel's way beside a wildcard as any other socket does (X26).
        if its.meets(own) && (its.width != own.width || sys::peer_name(other).is_err()) {
            room::push(&mut found, (other, Claim { wish: Wish::of(&record), width: its.width }))?;
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
        let any = |wish| Claim { wish, width: Width::Family };
        let loopback = |wish| Claim { wish, width: Width::One };
        let both = |wish| Claim { wish, width: Width::Both };
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
            // X7
            (both(Nothing), any(Nothing), Ok(())),
            (both(Nothing), any(Exclusive), Ok(())),
            (both(Exclusive), any(Nothing), ACCESS),
            (both(Exclusive), loopback(Nothing), ACCESS),
            (both(Nothing), loopback(Exclusive), Ok(())),
            (any(Nothing), both(Nothing), Ok(())),
            (any(Nothing), both(Exclusive), IN_USE),
            (any(Exclusive), both(Nothing), Ok(())),
            (both(Reuse), both(Reuse), Ok(())),
            (both(Nothing), both(Nothing), IN_USE),
        ];
        for (first, second, expected) in rows {
            assert_eq!(allowed(first, second), expected, "{first:?}, then {second:?}");
        }
    }

    /// Which addresses have a packet in common.
    #[test]
    fn places_that_meet() {
        let place = |text: &str, both: bool| {
            let host: IpAddr = text.parse().unwrap();
            let width = match (host.is_unspecified(), both) {
                (true, true) => Width::Both,
                (true, false) => Width::Family,
                _ => Width::One,
            };
            Place { width, host, port: 1 }
        };
        let rows = [
            (("0.0.0.0", false), ("127.0.0.1", false), true),
            (("0.0.0.0", false), ("::1", false), false),
            (("0.0.0.0", false), ("::", false), false),
            (("0.0.0.0", false), ("::", true), true),
            (("::", true), ("127.0.0.1", false), true),
            (("::", true), ("::1", false), true),
            (("::", false), ("::1", false), true),
            (("::", false), ("127.0.0.1", false), false),
            (("::1", false), ("::1", false), true),
            (("127.0.0.1", false), ("127.0.0.2", false), false),
        ];
        for (one, two, expected) in rows {
            let (one, two) = (place(one.0, one.1), place(two.0, two.1));
            assert_eq!((one.meets(two), two.meets(one)), (expected, expected), "{one:?} {two:?}");
            assert!(!one.meets(Place { port: 2, ..two }));
        }
    }
}
