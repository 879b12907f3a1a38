//! Error numbers of Linux that mean one thing to one call and another thing to the next. A row stands here where the
//! general table of `error/errno.rs` would tell a program something untrue; what a failed transfer means is decided
//! in `error/diagnosis.rs`, which knows the socket's state.

use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::sys::Errno;

/// The call that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Call {
    /// `socket`.
    Socket,
    /// `bind`, also the one that another call implies.
    Bind,
    /// `connect` to an address of IPv4 or IPv6.
    Connect,
    /// `connect` to the path of a Unix socket.
    ConnectUnix,
    /// `setsockopt` and `getsockopt`.
    Option,
    /// `setsockopt`, to join or leave a group.
    Group,
}

use Call::{Bind, Connect, ConnectUnix, Group, Option, Socket};
use WsaError as E;

type Row = (Call, i32, WsaError, &'static str);

#[rustfmt::skip]
static ROWS: &[Row] = &[
    (Socket, libc::EINVAL, E::WSAEPROTONOSUPPORT, "EINVAL: no such type or protocol in the kernel"),
    (Socket, libc::ENOENT, E::WSAEPROTONOSUPPORT, "ENOENT: the protocol's module is not there"),
    (Socket, libc::ENOMEM, E::WSAENOBUFS, "ENOMEM: no memory for a socket"),

    // Of a datagram socket that gets its port with its first peer or message.
    (Bind, libc::EAGAIN, E::WSAEADDRINUSE, "EAGAIN: no local port is left"),
    (Bind, libc::ENOTDIR, E::WSAENETDOWN, "ENOTDIR: no such directory for the socket's path"),
    (Bind, libc::EROFS, E::WSAEACCES, "EROFS: the socket's path cannot be made there"),

    (Connect, libc::EAGAIN, E::WSAEADDRINUSE, "EAGAIN: no local port is left"),
    (Connect, libc::EADDRNOTAVAIL, E::WSAEADDRINUSE, "EADDRNOTAVAIL: no local port is left, or the pair of addresses is taken"),
    (Connect, libc::ENOPROTOOPT, E::WSAENETUNREACH, "ENOPROTOOPT: ICMP's \"protocol unreachable\""),
    (Connect, libc::ENODEV, E::WSAENETUNREACH, "ENODEV: the network interface is gone"),
    (Connect, libc::ENXIO, E::WSAENETUNREACH, "ENXIO: the network interface is gone"),

    // Nothing can be waited for there, so "would block" would be waited for in vain.
    (ConnectUnix, libc::EAGAIN, E::WSAECONNREFUSED, "EAGAIN: the listener's queue is full"),
    (ConnectUnix, libc::ENOTDIR, E::WSAENETDOWN, "ENOTDIR: no such path"),

    (Option, libc::ENOPROTOOPT, E::WSAENOPROTOOPT, "the kernel has no such option for this kind of socket"),
    (Option, libc::EOPNOTSUPP, E::WSAENOPROTOOPT, "the kernel has no such option for this kind of socket"),
    (Option, libc::EDOM, E::WSAEINVAL, "the kernel takes no such value"),
    (Option, libc::ERANGE, E::WSAEINVAL, "the kernel takes no such value"),
    (Option, libc::EBUSY, E::WSAEINVAL, "EBUSY: not in the socket's present state"),
    (Option, libc::EAGAIN, E::WSAENOBUFS, "EAGAIN: the kernel has no room for it"),

    (Group, libc::EADDRINUSE, E::WSAEINVAL, "EADDRINUSE: joined already"),
    (Group, libc::ENODEV, E::WSAEADDRNOTAVAIL, "ENODEV: no such interface"),
    (Group, libc::ENXIO, E::WSAEADDRNOTAVAIL, "ENXIO: no such interface"),
    (Group, libc::EADDRNOTAVAIL, E::WSAEADDRNOTAVAIL, "EADDRNOTAVAIL: not joined"),
    (Group, libc::ENOENT, E::WSAEADDRNOTAVAIL, "ENOENT: not joined"),
    (Group, libc::ENOMEM, E::WSAENOBUFS, "ENOMEM: no memory for the group"),
];

/// The failure of a call; what no row speaks of is told by the number alone.
#[must_use]
pub fn failure(call: Call, errno: Errno) -> Failure {
    let row = |call: Call| ROWS.iter().find(|row| (row.0, row.1) == (call, errno.number()));
    // Joining is setting an option.
    let found = row(call).or_else(|| if call == Group { row(Option) } else { None });
    found.map_or_else(|| errno.into(), |(_, _, code, why)| code.because(why))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_number_once_for_a_call() {
        for (at, row) in ROWS.iter().enumerate() {
            let same = ROWS.iter().filter(|other| (other.0, other.1) == (row.0, row.1)).count();
            assert_eq!(same, 1, "row {at}: {row:?}");
        }
    }

    /// X21: every error number that stands for different things, beside what each call says of it.
    #[test]
    fn x21_two_meanings_of_one_number() {
        use libc as l;
        let rows = [
            (
                l::EAGAIN,
                [(Bind, E::WSAEADDRINUSE), (Connect, E::WSAEADDRINUSE), (ConnectUnix, E::WSAECONNREFUSED)],
            ),
            (l::EAGAIN, [(Option, E::WSAENOBUFS), (Group, E::WSAENOBUFS), (Socket, E::WSAEWOULDBLOCK)]),
            (
                l::EADDRNOTAVAIL,
                [(Bind, E::WSAEADDRNOTAVAIL), (Connect, E::WSAEADDRINUSE), (Group, E::WSAEADDRNOTAVAIL)],
            ),
            (l::EADDRINUSE, [(Bind, E::WSAEADDRINUSE), (Connect, E::WSAEADDRINUSE), (Group, E::WSAEINVAL)]),
            (l::EINVAL, [(Bind, E::WSAEINVAL), (Socket, E::WSAEPROTONOSUPPORT), (Option, E::WSAEINVAL)]),
            (
                l::ENOENT,
                [(Bind, E::WSAENETDOWN), (ConnectUnix, E::WSAENETDOWN), (Group, E::WSAEADDRNOTAVAIL)],
            ),
            (
                l::ENOTDIR,
                [(Bind, E::WSAENETDOWN), (ConnectUnix, E::WSAENETDOWN), (Socket, E::WSASYSCALLFAILURE)],
            ),
            (
                l::ENODEV,
                [(Bind, E::WSAEADDRNOTAVAIL), (Connect, E::WSAENETUNREACH), (Group, E::WSAEADDRNOTAVAIL)],
            ),
            (
                l::ENOPROTOOPT,
                [(Connect, E::WSAENETUNREACH), (Option, E::WSAENOPROTOOPT), (Group, E::WSAENOPROTOOPT)],
            ),
            (l::EACCES, [(Bind, E::WSAEACCES), (Connect, E::WSAEACCES), (Socket, E::WSAEACCES)]),
            (l::EPERM, [(Option, E::WSAEACCES), (Connect, E::WSAEACCES), (Socket, E::WSAEACCES)]),
            (
                l::EINPROGRESS,
                [(Connect, E::WSAEWOULDBLOCK), (Bind, E::WSAEWOULDBLOCK), (Group, E::WSAEWOULDBLOCK)],
            ),
            (
                l::EOPNOTSUPP,
                [(Option, E::WSAENOPROTOOPT), (Group, E::WSAENOPROTOOPT), (Connect, E::WSAEOPNOTSUPP)],
            ),
            (l::ENOMEM, [(Socket, E::WSAENOBUFS), (Group, E::WSAENOBUFS), (Option, E::WSAENOBUFS)]),
        ];
        for (errno, answers) in rows {
            let errno = Errno::new(errno);
            for (call, expected) in answers {
                assert_eq!(failure(call, errno).code, expected, "{errno:?} of {call:?}");
            }
        }
    }
}
