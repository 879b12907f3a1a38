//! The options of IPPROTO_TCP, IPPROTO_UDP, IPPROTO_IP and IPPROTO_IPV6 that the kernel keeps as a number: one
//! table from Windows' to Linux's.

use super::form::{Answer, Form};
use super::numbers::{self as n, IPPROTO_IP, IPPROTO_IPV6, IPPROTO_TCP, IPPROTO_UDP};
use super::{NO_OPTION, Target, refused};
use crate::descriptor;
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::socket::companion;
use crate::sys::net::option;

/// Which sockets have an option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum For {
    Any,
    Stream,
    /// A stream is told `WSAEINVAL` of options of IP, `WSAENOPROTOOPT` of those of UDP.
    Datagram,
    /// Others are told `WSAEINVAL`, not `WSAENOPROTOOPT` (measured on Windows for IP_HDRINCL).
    Raw,
}

/// How the kernel's number differs from Windows'.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meaning {
    /// It is the same.
    Same,
    /// The same, and it can only be read.
    ReadOnly,
    /// Seconds, where the kernel counts milliseconds; all ones is "never".
    Seconds,
    /// Milliseconds; all ones is "never".
    Milliseconds,
    /// On or off, where the kernel wants the length of a queue.
    Queue,
    /// On or off, where the kernel wants a kind of path MTU discovery.
    DontFragment,
    /// A kind of path MTU discovery.
    Discovery,
    /// An interface's number, in network order for the kernel.
    NetworkOrder,
    /// The kernel has nothing like it: what was set is read back, at first this number.
    Kept(u32),
    /// The same for a wish that Linux cannot follow, by the numbers up to this one.
    Wish(u32),
    /// On in the kernel as long as one of these options of the same level is on, of which this is one.
    Shared(&'static [i32]),
    /// Linux has it at this number for every socket, and at no other.
    Always(u32),
    /// The longest packet, or all ones where none is too long.
    Longest,
}

use For::{Any, Datagram, Raw, Stream};
use Form::{Byte, Flag, Small, Whole, WholeFlag};
use Meaning::{
    Always, Discovery, DontFragment, Kept, Longest, Milliseconds, NetworkOrder, Queue, ReadOnly, Same,
    Seconds, Shared, Wish,
};

/// An option: Windows' level and name, form, sockets, Linux's level and name, and how the number differs.
type Row = (i32, i32, Form, For, (i32, i32), Meaning);

const TCP: i32 = libc::IPPROTO_TCP;
const IP: i32 = libc::IPPROTO_IP;
const IPV6: i32 = libc::IPPROTO_IPV6;
const NOTHING: (i32, i32) = (0, 0);

/// What is told of a packet's way by one message of the kernel's, and of its class by another one.
const WAY: &[i32] = &[n::IP_PKTINFO, n::IP_RECVIF, n::IP_RECVDSTADDR];
const CLASS: &[i32] = &[n::IP_RECVTOS, n::IP_ECN];

#[rustfmt::skip]
const TABLE: &[Row] = &[
    (IPPROTO_TCP, n::TCP_NODELAY, Byte, Stream, (TCP, libc::TCP_NODELAY), Same),
    (IPPROTO_TCP, n::TCP_KEEPIDLE, Whole, Stream, (TCP, libc::TCP_KEEPIDLE), Same),
    (IPPROTO_TCP, n::TCP_KEEPCNT, Whole, Stream, (TCP, libc::TCP_KEEPCNT), Same),
    (IPPROTO_TCP, n::TCP_KEEPINTVL, Whole, Stream, (TCP, libc::TCP_KEEPINTVL), Same),
    (IPPROTO_TCP, n::TCP_MAXSEG, Whole, Stream, (TCP, libc::TCP_MAXSEG), ReadOnly),
    (IPPROTO_TCP, n::TCP_MAXRT, Whole, Stream, (TCP, libc::TCP_USER_TIMEOUT), Seconds),
    (IPPROTO_TCP, n::TCP_MAXRTMS, Whole, Stream, (TCP, libc::TCP_USER_TIMEOUT), Milliseconds),
    (IPPROTO_TCP, n::TCP_FASTOPEN, Flag, Stream, (TCP, libc::TCP_FASTOPEN), Queue),
    (IPPROTO_TCP, n::TCP_FAIL_CONNECT_ON_ICMP_ERROR, Flag, Stream, NOTHING, Kept(0)),
    (IPPROTO_TCP, n::TCP_EXPEDITED_1122, WholeFlag, Stream, NOTHING, Always(0)),
    (IPPROTO_TCP, n::TCP_OFFLOAD_PREFERENCE, Whole, Stream, NOTHING, Wish(2)),
    (IPPROTO_TCP, n::TCP_ICMP_ERROR_INFO, Whole, Stream, NOTHING, ReadOnly),

    (IPPROTO_UDP, n::UDP_NOCHECKSUM, Flag, Datagram, (libc::SOL_SOCKET, libc::SO_NO_CHECK), Same),
    (IPPROTO_UDP, n::UDP_SEND_MSG_SIZE, Whole, Datagram, (libc::IPPROTO_UDP, libc::UDP_SEGMENT), Same),
    (IPPROTO_UDP, n::UDP_RECV_MAX_COALESCED_SIZE, Whole, Datagram, NOTHING, Kept(0)),

    (IPPROTO_IP, n::IP_HDRINCL, Flag, Raw, (IP, libc::IP_HDRINCL), Same),
    (IPPROTO_IP, n::IP_TOS, Small, Any, (IP, libc::IP_TOS), Same),
    (IPPROTO_IP, n::IP_TTL, Small, Any, (IP, libc::IP_TTL), Same),
    (IPPROTO_IP, n::IP_MULTICAST_TTL, Small, Datagram, (IP, libc::IP_MULTICAST_TTL), Same),
    (IPPROTO_IP, n::IP_MULTICAST_LOOP, Flag, Datagram, (IP, libc::IP_MULTICAST_LOOP), Same),
    (IPPROTO_IP, n::IP_DONTFRAGMENT, Flag, Any, (IP, libc::IP_MTU_DISCOVER), DontFragment),
    (IPPROTO_IP, n::IP_PKTINFO, WholeFlag, Datagram, (IP, libc::IP_PKTINFO), Shared(WAY)),
    (IPPROTO_IP, n::IP_RECVIF, WholeFlag, Datagram, (IP, libc::IP_PKTINFO), Shared(WAY)),
    (IPPROTO_IP, n::IP_RECVDSTADDR, WholeFlag, Datagram, (IP, libc::IP_PKTINFO), Shared(WAY)),
    (IPPROTO_IP, n::IP_RECVTTL, WholeFlag, Datagram, (IP, libc::IP_RECVTTL), Same),
    (IPPROTO_IP, n::IP_RECVTOS, WholeFlag, Datagram, (IP, libc::IP_RECVTOS), Shared(CLASS)),
    (IPPROTO_IP, n::IP_ECN, WholeFlag, Datagram, (IP, libc::IP_RECVTOS), Shared(CLASS)),
    (IPPROTO_IP, n::IP_UNICAST_IF, Whole, Any, (IP, libc::IP_UNICAST_IF), Same),
    (IPPROTO_IP, n::IP_MTU_DISCOVER, Whole, Any, (IP, libc::IP_MTU_DISCOVER), Discovery),
    (IPPROTO_IP, n::IP_MTU, Whole, Any, (IP, libc::IP_MTU), ReadOnly),
    (IPPROTO_IP, n::IP_PROTECTION_LEVEL, Whole, Any, NOTHING, Kept(0)),
    (IPPROTO_IP, n::IP_USER_MTU, Whole, Any, NOTHING, Kept(u32::MAX)),

    (IPPROTO_IPV6, n::IPV6_HDRINCL, Flag, Raw, (IPV6, libc::IPV6_HDRINCL), Same),
    (IPPROTO_IPV6, n::IPV6_UNICAST_HOPS, Small, Any, (IPV6, libc::IPV6_UNICAST_HOPS), Same),
    (IPPROTO_IPV6, n::IPV6_MULTICAST_IF, Whole, Datagram, (IPV6, libc::IPV6_MULTICAST_IF), Same),
    (IPPROTO_IPV6, n::IPV6_MULTICAST_HOPS, Small, Datagram, (IPV6, libc::IPV6_MULTICAST_HOPS), Same),
    (IPPROTO_IPV6, n::IPV6_MULTICAST_LOOP, Flag, Datagram, (IPV6, libc::IPV6_MULTICAST_LOOP), Same),
    (IPPROTO_IPV6, n::IPV6_DONTFRAG, Flag, Any, (IPV6, libc::IPV6_DONTFRAG), Same),
    (IPPROTO_IPV6, n::IPV6_PKTINFO, WholeFlag, Datagram, (IPV6, libc::IPV6_RECVPKTINFO), Shared(WAY)),
    (IPPROTO_IPV6, n::IPV6_RECVIF, WholeFlag, Datagram, (IPV6, libc::IPV6_RECVPKTINFO), Shared(WAY)),
    (IPPROTO_IPV6, n::IPV6_RECVDSTADDR, WholeFlag, Datagram, (IPV6, libc::IPV6_RECVPKTINFO), Shared(WAY)),
    (IPPROTO_IPV6, n::IPV6_HOPLIMIT, WholeFlag, Datagram, (IPV6, libc::IPV6_RECVHOPLIMIT), Same),
    (IPPROTO_IPV6, n::IPV6_RECVTCLASS, WholeFlag, Datagram, (IPV6, libc::IPV6_RECVTCLASS), Shared(CLASS)),
    (IPPROTO_IPV6, n::IPV6_ECN, WholeFlag, Datagram, (IPV6, libc::IPV6_RECVTCLASS), Shared(CLASS)),
    (IPPROTO_IPV6, n::IPV6_TCLASS, Small, Any, (IPV6, libc::IPV6_TCLASS), Same),
    (IPPROTO_IPV6, n::IPV6_CHECKSUM, Whole, Raw, (IPV6, libc::IPV6_CHECKSUM), Same),
    (IPPROTO_IPV6, n::IPV6_UNICAST_IF, Whole, Any, (IPV6, IPV6_UNICAST_IF), NetworkOrder),
    (IPPROTO_IPV6, n::IPV6_MTU_DISCOVER, Whole, Any, (IPV6, libc::IPV6_MTU_DISCOVER), Discovery),
    (IPPROTO_IPV6, n::IPV6_MTU, Whole, Any, (IPV6, libc::IPV6_MTU), ReadOnly),
    (IPPROTO_IPV6, n::IPV6_PROTECTION_LEVEL, Whole, Any, NOTHING, Kept(0)),
    (IPPROTO_IPV6, n::IPV6_USER_MTU, Whole, Any, (IPV6, libc::IPV6_MTU), Longest),
];

/// Linux's `IPV6_UNICAST_IF`, which `libc` does not name.
const IPV6_UNICAST_IF: i32 = 76;

fn row(target: Target, level: i32, name: i32) -> Result<&'static Row, Failure> {
    let row = TABLE.iter().find(|row| (row.0, row.1) == (level, name)).ok_or(NO_OPTION)?;
    match (row.3, target.kind) {
        (Any, _)
        | (Stream, libc::SOCK_STREAM)
        | (Datagram, libc::SOCK_DGRAM | libc::SOCK_RAW)
        | (Raw, libc::SOCK_RAW) => Ok(row),
        (Raw, _) => Err(WsaError::WSAEINVAL.because("an option of raw sockets")),
        // X11.
        (Datagram, libc::SOCK_STREAM) if level != IPPROTO_UDP => {
            Err(WsaError::WSAEINVAL.because("an option of datagram and raw sockets"))
        }
        _ => Err(NO_OPTION),
    }
}

/// Sets an option.
pub(super) fn set(
    target: Target,
    level: i32,
    name: i32,
    value: Result<&[u8], Failure>,
) -> Result<(), Failure> {
    let &(_, _, form, _, (to_level, to_name), meaning) = row(target, level, name)?;
    let number = form.parse(value?)?;
    let remember = || {
        descriptor::change(target.fd, |record| record.remember(level, name, number)).map_err(Failure::from)
    };
    let in_kernel = match meaning {
        ReadOnly => return Err(WsaError::WSAENOPROTOOPT.because("the option can only be read")),
        Kept(_) => {
            if (level, name, number) == (IPPROTO_TCP, n::TCP_FAIL_CONNECT_ON_ICMP_ERROR, 1) {
                // IPv6 keeps messages of ICMP only for those who ask for them; a socket of IPv4 has no such option.
                let _ = option::set(target.fd, libc::IPPROTO_IPV6, libc::IPV6_RECVERR, 1_i32);
            }
            return remember();
        }
        Wish(most) if number > most => return Err(BEYOND),
        Wish(_) => return remember(),
        Always(always) if number != always => {
            return Err(WsaError::WSAEINVAL.because("Linux has the option as it is, for every socket"));
        }
        Always(_) => return Ok(()),
        Shared(all) => {
            let record = descriptor::read(target.fd).unwrap_or_default();
            let other = |other: &&i32| **other != name && record.remembered(level, **other) != 0;
            i32::from(number != 0 || all.iter().any(|one| other(&one)))
        }
        _ => to_linux(meaning, number, target.is_stream())?,
    };
    option::set(target.fd, to_level, to_name, in_kernel).map_err(refused)?;
    companion::set_on_all(target.fd, to_level, to_name, in_kernel);
    if matches!(meaning, Shared(_) | Longest) {
        remember()?;
    }
    Ok(())
}

/// Reads an option.
pub(super) fn get(
    target: Target,
    level: i32,
    name: i32,
    room: Result<usize, Failure>,
) -> Result<Answer, Failure> {
    let &(_, _, form, _, (from_level, from_name), meaning) = row(target, level, name)?;
    let room = room?;
    let own = || descriptor::read(target.fd).and_then(|record| record.recalled(level, name));
    let at_first = match meaning {
        Kept(number) => Some(number),
        Always(always) => Some(always),
        Wish(_) => Some(0),
        Longest => Some(u32::MAX),
        Shared(_) => Some(0),
        _ => None,
    };
    let number = match at_first {
        Some(at_first) => own().unwrap_or(at_first),
        None => {
            let number = option::get_int(target.fd, from_level, from_name).map_err(refused)?;
            to_windows(meaning, number, target.is_stream())
        }
    };
    Ok(form.print(number, room))
}

const BEYOND: Failure = WsaError::WSAEINVAL.because("the value is none of the option's");

/// A number of Windows as the kernel wants it.
fn to_linux(meaning: Meaning, number: u32, stream: bool) -> Result<i32, Failure> {
    match meaning {
        Same | ReadOnly | Kept(_) | Wish(_) | Always(_) | Shared(_) => Ok(number.cast_signed()),
        Longest if number == u32::MAX => Ok(0),
        Longest => i32::try_from(number).map_err(|_| BEYOND),
        Seconds if number == u32::MAX => Ok(i32::MAX),
        Seconds => number.checked_mul(1000).and_then(|ms| i32::try_from(ms).ok()).ok_or(BEYOND),
        Milliseconds if number == u32::MAX => Ok(i32::MAX),
        Milliseconds => i32::try_from(number).map_err(|_| BEYOND),
        Queue => Ok(if number == 0 { 0 } else { 128 }),
        DontFragment if number == 0 => Ok(libc::IP_PMTUDISC_DONT),
        // TCP finds out the path's MTU by itself, and its packets are never to be fragmented.
        DontFragment if stream => Ok(libc::IP_PMTUDISC_WANT),
        DontFragment => Ok(libc::IP_PMTUDISC_DO),
        // X11: 0, "not set", is what a new socket reads, and cannot be set.
        Discovery => match number {
            1 => Ok(libc::IP_PMTUDISC_DO),
            2 => Ok(libc::IP_PMTUDISC_DONT),
            3 => Ok(libc::IP_PMTUDISC_PROBE),
            _ => Err(BEYOND),
        },
        NetworkOrder => Ok(number.to_be().cast_signed()),
    }
}

/// A number of the kernel as Windows has it.
fn to_windows(meaning: Meaning, number: i32, stream: bool) -> u32 {
    let bits = number.cast_unsigned();
    match meaning {
        Same | ReadOnly | Kept(_) | Wish(_) | Always(_) | Shared(_) | Longest => bits,
        Seconds | Milliseconds if number == i32::MAX => u32::MAX,
        Seconds => bits / 1000,
        Milliseconds => bits,
        Queue => u32::from(number != 0),
        DontFragment => match number {
            libc::IP_PMTUDISC_DO | libc::IP_PMTUDISC_PROBE => 1,
            libc::IP_PMTUDISC_WANT => stream.into(),
            _ => 0,
        },
        Discovery => match number {
            libc::IP_PMTUDISC_DO => 1,
            libc::IP_PMTUDISC_DONT => 2,
            libc::IP_PMTUDISC_PROBE => 3,
            _ => 0,
        },
        NetworkOrder => u32::from_be(bits),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_option_once() {
        for (at, row) in TABLE.iter().enumerate() {
            let same = |other: &&Row| (other.0, other.1) == (row.0, row.1);
            assert_eq!(TABLE.iter().filter(same).count(), 1, "row {at}: {row:?}");
        }
    }

    /// Windows' number, whether a stream, the kernel's number, and what is read back.
    #[test]
    fn there_and_back() {
        const INVALID: Result<i32, WsaError> = Err(WsaError::WSAEINVAL);
        let rows = [
            (Same, 7, false, Ok(7), 7),
            (Seconds, 30, true, Ok(30_000), 30),
            (Seconds, u32::MAX, true, Ok(i32::MAX), u32::MAX),
            (Seconds, 3_000_000, true, INVALID, 0),
            (Milliseconds, 1500, true, Ok(1500), 1500),
            (Milliseconds, 1 << 31, true, INVALID, 0),
            (Milliseconds, u32::MAX, true, Ok(i32::MAX), u32::MAX),
            (Queue, 0, true, Ok(0), 0),
            (Queue, 1, true, Ok(128), 1),
            (DontFragment, 0, false, Ok(libc::IP_PMTUDISC_DONT), 0),
            (DontFragment, 0, true, Ok(libc::IP_PMTUDISC_DONT), 0),
            (DontFragment, 1, false, Ok(libc::IP_PMTUDISC_DO), 1),
            (DontFragment, 1, true, Ok(libc::IP_PMTUDISC_WANT), 1),
            (Longest, 1300, false, Ok(1300), 1300),
            (Longest, u32::MAX, false, Ok(0), 0),
            (Discovery, 0, false, INVALID, 0),
            (Discovery, 1, false, Ok(libc::IP_PMTUDISC_DO), 1),
            (Discovery, 2, false, Ok(libc::IP_PMTUDISC_DONT), 2),
            (Discovery, 3, false, Ok(libc::IP_PMTUDISC_PROBE), 3),
            (Discovery, 4, false, INVALID, 0),
            (NetworkOrder, 1, false, Ok(1_i32.to_be()), 1),
        ];
        for (meaning, windows, stream, linux, back) in rows {
            let got = to_linux(meaning, windows, stream);
            assert_eq!(got.map_err(|f| f.code), linux, "{meaning:?} {windows}");
            if let Ok(linux) = got {
                assert_eq!(to_windows(meaning, linux, stream), back, "{meaning:?} {windows}");
            }
        }
    }
}
