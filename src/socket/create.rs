//! `socket` and `closesocket`.

use crate::descriptor;
use crate::descriptor::facts::{self, Facts};
use crate::descriptor::family::Family;
use crate::error::WsaError;
use crate::error::by_call::{self, Call};
use crate::error::failure::Failure;
use crate::runtime::put_off::{self, Job};
use crate::runtime::{lock, startup};
use crate::sys::net::socket as sys;
use crate::sys::net::{filter, option, transfer};
use crate::sys::{Errno, Fd};
use crate::windows::abi;

/// What a socket is to be, in Linux's numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// `AF_…`
    pub domain: i32,
    /// `SOCK_…`
    pub kind: i32,
    /// `IPPROTO_…`, the same on both systems; 0 for the usual one.
    pub protocol: i32,
}

/// What the three numbers of `socket` stand for, in Windows' order of checks (N1, X14).
///
/// # Errors
/// * `WSAESOCKTNOSUPPORT`: the type has no meaning, or none for the family.
/// * `WSAEAFNOSUPPORT`: the family is not supported.
/// * `WSAEPROTONOSUPPORT`: the protocol is not supported, or not for the type.
/// * `WSAEINVAL`: neither family nor protocol is given.
pub fn choose(family: i32, kind: i32, protocol: i32) -> Result<Wanted, Failure> {
    const NO_TYPE: Failure =
        WsaError::WSAESOCKTNOSUPPORT.because("no such type of socket, or not in this family");
    const NO_PROTOCOL: Failure =
        WsaError::WSAEPROTONOSUPPORT.because("no such protocol, or not for this type");
    if family == abi::AF_UNSPEC && protocol == 0 {
        return Err(WsaError::WSAEINVAL.because("neither a family nor a protocol is given"));
    }
    if !(0..=abi::SOCK_SEQPACKET).contains(&kind) {
        return Err(NO_TYPE);
    }
    let domain = match family {
        abi::AF_UNSPEC => libc::AF_INET,
        abi::AF_INET | abi::AF_INET6 | abi::AF_UNIX => {
            crate::socket::address::family_to_linux(family).unwrap_or(family)
        }
        _ => return Err(WsaError::WSAEAFNOSUPPORT.because("the address family is not supported")),
    };
    if domain == libc::AF_UNIX {
        return match (kind, protocol) {
            (0 | abi::SOCK_STREAM, 0) => Ok(Wanted { domain, kind: libc::SOCK_STREAM, protocol }),
            (0 | abi::SOCK_STREAM, _) => Err(NO_PROTOCOL),
            _ => Err(NO_TYPE),
        };
    }
    let known = |protocol| {
        const RAW_ALONE: [i32; 3] = [libc::IPPROTO_ICMP, libc::IPPROTO_ICMPV6, libc::IPPROTO_RAW];
        RAW_ALONE.contains(&protocol)
    };
    match (kind, protocol) {
        (abi::SOCK_RAW, 0..=255) => Ok(Wanted { domain, kind: libc::SOCK_RAW, protocol }),
        (abi::SOCK_RDM | abi::SOCK_SEQPACKET, _) => Err(NO_TYPE),
        (0 | abi::SOCK_STREAM, 0 | libc::IPPROTO_TCP) => {
            Ok(Wanted { domain, kind: libc::SOCK_STREAM, protocol: libc::IPPROTO_TCP })
        }
        (abi::SOCK_DGRAM, 0) | (0 | abi::SOCK_DGRAM, libc::IPPROTO_UDP) => {
            Ok(Wanted { domain, kind: libc::SOCK_DGRAM, protocol: libc::IPPROTO_UDP })
        }
        (0, protocol) if known(protocol) => Ok(Wanted { domain, kind: libc::SOCK_RAW, protocol }),
        _ => Err(NO_PROTOCOL),
    }
}

/// Makes a socket.
///
/// As on Windows, an IPv6 socket takes IPv6 only until `IPV6_V6ONLY` is cleared. The descriptor is closed on exec.
///
/// # Errors
/// Those of [`choose`]; `WSAEMFILE`, `WSAENOBUFS`, `WSAEACCES` (a raw socket without the right to it).
pub fn socket(family: i32, kind: i32, protocol: i32) -> Result<usize, Failure> {
    let wanted = choose(family, kind, protocol)?;
    let fd = sys::socket(wanted.domain, wanted.kind, wanted.protocol)
        .map_err(|errno| by_call::failure(Call::Socket, errno))?;
    let prepared = prepare(fd, wanted);
    if prepared.is_err() {
        sys::close(fd);
    }
    prepared.map(|()| fd.to_socket())
}

fn prepare(fd: Fd, wanted: Wanted) -> Result<(), Failure> {
    let Wanted { domain, kind, protocol } = wanted;
    match (domain, kind) {
        (libc::AF_INET | libc::AF_INET6, libc::SOCK_RAW) => {
            own_requests_do_not_come_back(fd, domain, protocol)
        }
        (libc::AF_INET, libc::SOCK_DGRAM) => others_groups_stay_away(fd, domain),
        (libc::AF_INET6, _) => {
            option::set(fd, libc::IPPROTO_IPV6, libc::IPV6_V6ONLY, 1_i32)?;
            if kind == libc::SOCK_DGRAM {
                others_groups_stay_away(fd, domain);
            }
        }
        _ => {}
    }
    if kind == libc::SOCK_DGRAM {
        transfer::find_out_about_datagrams(fd, domain == libc::AF_INET6);
    }
    let known = facts::of(wanted.kind, Family::from_linux(wanted.domain));
    descriptor::insert(fd, known, |_| ()).map_err(after_cleanup)?;
    Ok(())
}

/// The failure of a socket's making that the last `WSACleanup` has met.
pub(crate) fn after_cleanup(errno: Errno) -> Failure {
    if errno.number() == libc::ESHUTDOWN { startup::NOT_STARTED } else { errno.into() }
}

/// Q26: a socket gets what is sent to the groups that it joined itself. Linux would give it, on its port, what is
/// sent to any group that some program of the machine joined. A kernel older than the option keeps to that. A socket of IPv6
/// that takes IPv4, too, hears of IPv4's groups only those that it joined itself.
fn others_groups_stay_away(fd: Fd, domain: i32) {
    let _ = match domain {
        libc::AF_INET6 => option::set(fd, libc::IPPROTO_IPV6, libc::IPV6_MULTICAST_ALL, 0_i32),
        _ => option::set(fd, libc::IPPROTO_IP, libc::IP_MULTICAST_ALL, 0_i32),
    };
}

/// X16: a program that pings an address of its own machine gets the answers on its raw socket, and not the requests.
/// Requests of other machines, which come by another interface, it gets. Where the kernel takes no filter, the
/// requests come back, too.
fn own_requests_do_not_come_back(fd: Fd, domain: i32, protocol: i32) {
    let _ = match (domain, protocol) {
        (libc::AF_INET, libc::IPPROTO_ICMP) => filter::attach(fd, &filter::NO_LOOPED_ECHO_REQUEST),
        (libc::AF_INET6, libc::IPPROTO_ICMPV6) => filter::attach(fd, &filter::NO_LOOPED_ECHO_REQUEST_OF_IPV6),
        _ => Ok(()),
    };
}

/// `WSASocket`: the numbers, each taken from a catalogue entry where it is 0 or `FROM_PROTOCOL_INFO` (X2).
///
/// # Errors
/// `WSAEAFNOSUPPORT`: the entry names no family; it is looked at before the type.
pub fn with_entry(numbers: [i32; 3], entry: Option<[i32; 3]>) -> Result<[i32; 3], Failure> {
    let [family, kind, protocol] = numbers;
    let Some([entry_family, entry_kind, entry_protocol]) = entry else { return Ok(numbers) };
    let choose = |number, from_entry| match number {
        0 | abi::FROM_PROTOCOL_INFO => from_entry,
        own => own,
    };
    let family = choose(family, entry_family);
    if family == abi::FROM_PROTOCOL_INFO {
        return Err(WsaError::WSAEAFNOSUPPORT.because("the catalogue entry names no family"));
    }
    Ok([family, choose(kind, entry_kind), choose(protocol, entry_protocol)])
}

/// `WSASocket`: makes a socket with flags. Without WSA_FLAG_OVERLAPPED a call with an OVERLAPPED ends before it returns.
///
/// # Errors
/// Those of [`socket`]; `WSAEINVAL` for a flag that asks for what there is not.
pub fn open([family, kind, protocol]: [i32; 3], flags: u32) -> Result<usize, Failure> {
    let wanted = choose(family, kind, protocol)?;
    // Every datagram socket can be a leaf of a group: `WSAJoinLeaf`.
    let leaf = if wanted.kind == libc::SOCK_DGRAM { abi::WSA_FLAG_MULTIPOINT_LEAF } else { 0 };
    if flags & !(abi::WSA_FLAG_OVERLAPPED | abi::WSA_FLAG_NO_HANDLE_INHERIT | leaf) != 0 {
        return Err(WsaError::WSAEINVAL.because("a flag that asks for what there is not"));
    }
    let new = socket(family, kind, protocol)?;
    if flags & abi::WSA_FLAG_OVERLAPPED == 0 {
        let socket = descriptor::identify(descriptor::of(new)?)?;
        if let Err(errno) = socket.update(|record| record.not_overlapped = true) {
            let _ = socket.close();
            return Err(errno.into());
        }
    }
    Ok(new)
}

/// Closes a socket, any socket. Calls of other threads that wait on it end with `WSAEINTR` before the
/// descriptor is let go.
///
/// # Errors
/// * `WSAENOTSOCK`: no socket, or one that another thread is closing.
/// * `WSAEWOULDBLOCK`: non-blocking, SO_LINGER has a time, and there is unsent data; the socket stays open.
pub fn closesocket(socket: usize) -> Result<(), Failure> {
    close_since(descriptor::of(socket)?, descriptor::epoch())
}

/// The same for a call that began at `began`, see [`descriptor::epoch`].
///
/// # Errors
/// Those of [`closesocket`].
pub fn close_since(fd: Fd, began: u64) -> Result<(), Failure> {
    if lock::holds_any() {
        // A signal handler has interrupted this very thread where it must not be disturbed.
        option::cookie(fd)?;
        let why = "too many sockets are closed by signal handlers at once";
        return if put_off::add(Job::Close(fd.to_socket(), began)) {
            Ok(())
        } else {
            Err(WsaError::WSAENOBUFS.because(why))
        };
    }
    if would_linger(fd) {
        let why = "non-blocking, and SO_LINGER says to wait for unsent data";
        return Err(WsaError::WSAEWOULDBLOCK.because(why));
    }
    descriptor::close(fd, began)
}

/// C5: Linux would wait on a non-blocking socket, too.
fn would_linger(fd: Fd) -> bool {
    let seen = facts::seen(fd);
    if seen.has(Facts::OURS) && !seen.has(Facts::LINGERS) {
        return false;
    }
    let lingers = option::get_value::<libc::linger>(fd, libc::SOL_SOCKET, libc::SO_LINGER)
        .is_ok_and(|linger| linger.l_onoff != 0 && linger.l_linger > 0);
    lingers
        && descriptor::nonblocking(fd).unwrap_or(false)
        && option::ioctl_int(fd, libc::TIOCOUTQ).is_ok_and(|unsent| unsent > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const STREAM: (i32, i32) = (libc::SOCK_STREAM, libc::IPPROTO_TCP);
    const DGRAM: (i32, i32) = (libc::SOCK_DGRAM, libc::IPPROTO_UDP);

    #[test]
    fn numbers_from_a_catalogue_entry() {
        let entry = Some([23, 2, 17]);
        let empty = Some([-1, -1, -1]);
        let rows = [
            ([2, 1, 6], None, Some([2, 1, 6])),
            ([-1, -1, -1], None, Some([-1, -1, -1])),
            ([-1, -1, -1], entry, Some([23, 2, 17])),
            ([2, -1, 0], entry, Some([2, 2, 17])),
            ([0, 0, -1], entry, Some([23, 2, 17])),
            ([0, 0, 0], entry, Some([23, 2, 17])),
            ([2, 1, 6], entry, Some([2, 1, 6])),
            ([0, 0, 17], empty, None),
            ([2, 0, 0], empty, Some([2, -1, -1])),
        ];
        for (numbers, entry, expected) in rows {
            let got = with_entry(numbers, entry);
            assert_eq!(got.map_err(|f| f.code), expected.ok_or(WsaError::WSAEAFNOSUPPORT), "{numbers:?}");
        }
    }

    /// N1, and which check wins when two fail.
    #[test]
    fn n1_what_the_numbers_stand_for() {
        use WsaError as E;
        let rows = [
            ((2, 1, 0), Ok((libc::AF_INET, STREAM))),
            ((2, 1, 6), Ok((libc::AF_INET, STREAM))),
            ((2, 2, 0), Ok((libc::AF_INET, DGRAM))),
            ((2, 2, 17), Ok((libc::AF_INET, DGRAM))),
            ((23, 1, 0), Ok((libc::AF_INET6, STREAM))),
            ((23, 2, 17), Ok((libc::AF_INET6, DGRAM))),
            ((2, 0, 0), Ok((libc::AF_INET, STREAM))),
            ((2, 0, 6), Ok((libc::AF_INET, STREAM))),
            ((2, 0, 17), Ok((libc::AF_INET, DGRAM))),
            ((0, 0, 6), Ok((libc::AF_INET, STREAM))),
            ((0, 1, 6), Ok((libc::AF_INET, STREAM))),
            ((0, 2, 17), Ok((libc::AF_INET, DGRAM))),
            ((1, 1, 0), Ok((libc::AF_UNIX, (libc::SOCK_STREAM, 0)))),
            ((2, 3, 1), Ok((libc::AF_INET, (libc::SOCK_RAW, 1)))),
            ((2, 1, 17), Err(E::WSAEPROTONOSUPPORT)),
            ((2, 2, 6), Err(E::WSAEPROTONOSUPPORT)),
            ((2, 1, 0xdead), Err(E::WSAEPROTONOSUPPORT)),
            ((2, 2, 0xdead), Err(E::WSAEPROTONOSUPPORT)),
            ((2, 0, 0xdead), Err(E::WSAEPROTONOSUPPORT)),
            ((2, 3, 256), Err(E::WSAEPROTONOSUPPORT)),
            ((2, 0xdead, 6), Err(E::WSAESOCKTNOSUPPORT)),
            ((2, -1, 6), Err(E::WSAESOCKTNOSUPPORT)),
            ((2, 5, 0), Err(E::WSAESOCKTNOSUPPORT)),
            ((1, 2, 0), Err(E::WSAESOCKTNOSUPPORT)),
            ((1, 1, 6), Err(E::WSAEPROTONOSUPPORT)),
            ((0xdead, 1, 6), Err(E::WSAEAFNOSUPPORT)),
            ((10, 1, 6), Err(E::WSAEAFNOSUPPORT)),
            ((-1, 1, 0xdead), Err(E::WSAEAFNOSUPPORT)),
            ((0xdead, 0xdead, 0xdead), Err(E::WSAESOCKTNOSUPPORT)),
            ((0, 0, 0), Err(E::WSAEINVAL)),
            ((0, 1, 0), Err(E::WSAEINVAL)),
            ((0, 0xdead, 0), Err(E::WSAEINVAL)),
            ((0, 0xdead, 6), Err(E::WSAESOCKTNOSUPPORT)),
            ((0, 0, 255), Ok((libc::AF_INET, (libc::SOCK_RAW, 255)))),
            ((23, 0, 255), Ok((libc::AF_INET6, (libc::SOCK_RAW, 255)))),
            ((23, 3, 58), Ok((libc::AF_INET6, (libc::SOCK_RAW, 58)))),
            ((0, 1, 0xdead), Err(E::WSAEPROTONOSUPPORT)),
        ];
        for ((family, kind, protocol), expected) in rows {
            let got =
                choose(family, kind, protocol).map(|w| (w.domain, (w.kind, w.protocol))).map_err(|f| f.code);
            assert_eq!(got, expected, "socket({family}, {kind}, {protocol})");
        }
    }
}
