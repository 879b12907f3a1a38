//! `ioctlsocket` and `WSAIoctl`: the mode, what waits to be read, keep-alive times, interfaces.

mod addresses;
mod tcp_info;

pub use addresses::Change;

use std::net::Ipv4Addr;

use crate::descriptor::companions;
use crate::descriptor::family::{self, Family};
use crate::descriptor::{self, Waiting};
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::socket::address::{from_windows, to_windows};
use crate::socket::bytes::{self, Bytes};
use crate::socket::companion;
use crate::socket::connect::{State, settle};
use crate::socket::options::{self, numbers as n};
use crate::socket::transfer::socket_first;
use crate::sys::event::poll::{self, PollFd};
use crate::sys::net::interfaces::{self, Interface};
use crate::sys::net::option;
use crate::sys::net::socket as sys;
use crate::sys::process::thread;
use crate::sys::{Address, Errno, Fd};

/// Where the caller wants the answer.
#[derive(Clone, Copy, Debug)]
pub struct Output {
    /// The place's address, for an answer that points into itself; 0 for NULL.
    pub at: usize,
    /// How many bytes the caller can take.
    pub room: usize,
}

/// A command that failed, and what becomes of the caller's count of bytes (X5).
#[derive(Clone, Copy, Debug)]
pub struct Refused {
    /// Why.
    pub failure: Failure,
    /// The new count; none where it stays as it is.
    pub count: Option<usize>,
}

impl Refused {
    const fn untouched(failure: Failure) -> Self {
        Self { failure, count: None }
    }

    const fn wants(count: usize) -> Self {
        let failure = WsaError::WSAEFAULT.because("the answer does not fit the room given");
        Self { failure, count: Some(count) }
    }
}

impl From<Failure> for Refused {
    fn from(failure: Failure) -> Self {
        Self { failure, count: Some(0) }
    }
}

impl From<Errno> for Refused {
    fn from(errno: Errno) -> Self {
        Failure::from(errno).into()
    }
}

/// Runs a command: the bytes that it reports. One that reports more than there is room for is refused before it does
/// anything.
///
/// # Errors
/// See [`crate::ffi::WSAIoctl`], which lists every code.
pub fn ioctl(
    socket: usize,
    command: i32,
    input: Result<&[u8], Failure>,
    output: Output,
) -> Result<Bytes, Refused> {
    let fd = descriptor::of(socket).map_err(Refused::untouched)?;
    if command == n::FIONBIO {
        // Looks for itself whether there is a socket.
        return Ok(set_mode(fd, input)?);
    }
    // What is asked and what is changed is one socket; the two that only look find out at their end.
    let _held = match command {
        n::FIONREAD | n::SIOCATMARK => None,
        _ => Some(Waiting::hold(fd).map_err(Refused::untouched)?),
    };
    let kind = descriptor::kind(fd).map_err(|errno| Refused::untouched(errno.into()))?;
    let stream = kind == libc::SOCK_STREAM;
    match command {
        n::FIONREAD | n::SIOCATMARK => {
            Ok(descriptor::of_one(fd, || simple(fd, command, stream, input, output.room))?)
        }
        n::SIO_ROUTING_INTERFACE_QUERY => routing_query(input, output),
        n::SIO_ADDRESS_LIST_QUERY => addresses::list(fd, output),
        n::SIO_ADDRESS_LIST_CHANGE => Ok(addresses::wait_for_change(fd)?),
        n::SIO_ROUTING_INTERFACE_CHANGE => Ok(addresses::wait_for_another_way(fd, &destination(input?)?)?),
        n::SIO_GET_INTERFACE_LIST if family::learn(fd)? != Family::V4 => {
            Err(WsaError::WSAEINVAL.because("the command is for sockets of IPv4").into())
        }
        _ => Ok(simple(fd, command, stream, input, output.room)?),
    }
}

/// The commands whose answer needs no place, and whose failure sets the count to 0.
fn simple(
    fd: Fd,
    command: i32,
    stream: bool,
    input: Result<&[u8], Failure>,
    room: usize,
) -> Result<Bytes, Failure> {
    match command {
        n::FIONREAD => answer(&readable_bytes(fd)?.to_ne_bytes(), room),
        n::SIOCATMARK => answer(&u32::from(!has_urgent(fd)?).to_ne_bytes(), room),
        n::SIO_UDP_CONNRESET if !stream => set_reports_unreachable(fd, input?),
        n::SIO_UDP_NETRESET if !stream => flag(input?).map(|_| Bytes::new()),
        n::SIO_LOOPBACK_FAST_PATH if stream => flag(input?).map(|_| Bytes::new()),
        n::SIO_KEEPALIVE_VALS if stream => set_keep_alive(fd, input?),
        n::SIO_GET_INTERFACE_LIST => {
            let mut list = Bytes::new();
            for interface in interfaces_of_ipv4()? {
                bytes::add(&mut list, &interface_info(&interface))?;
            }
            answer(&list, room)
        }
        n::SIO_GET_BROADCAST_ADDRESS => answer(&sockaddr_in(Ipv4Addr::BROADCAST.octets()), room),
        // There are no layers: each of them is the socket itself.
        n::SIO_BASE_HANDLE | n::SIO_BSP_HANDLE | n::SIO_BSP_HANDLE_SELECT | n::SIO_BSP_HANDLE_POLL => {
            answer(&fd.to_socket().to_ne_bytes(), room)
        }
        n::SIO_MULTIPOINT_LOOPBACK if !stream => multicast(fd, n::IP_MULTICAST_LOOP, input?),
        n::SIO_MULTICAST_SCOPE if !stream => multicast(fd, n::IP_MULTICAST_TTL, input?),
        n::SIO_ENABLE_CIRCULAR_QUEUEING => Ok(Bytes::new()),
        n::SIO_TCP_INFO if stream => tcp_info::get(fd, number(input?, 0)?, room),
        n::SIO_TCP_INITIAL_RTO if stream => set_first_retransmissions(fd, input?),
        n::SIO_AF_UNIX_GETPEERPID => answer(&peer_process(fd)?.to_ne_bytes(), room),
        n::SIO_IDEAL_SEND_BACKLOG_QUERY if stream => answer(&ideal_backlog(fd)?.to_ne_bytes(), room),
        n::SIO_GET_EXTENSION_FUNCTION_POINTER => {
            Err(WsaError::WSAEINVAL.because("no such extension function"))
        }
        _ => Err(WsaError::WSAEOPNOTSUPP.because("no such command, or not for this kind of socket")),
    }
}

const TOO_SHORT: Failure = WsaError::WSAEFAULT.because("the input is too short for the command");

fn answer(bytes: &[u8], room: usize) -> Result<Bytes, Failure> {
    if room < bytes.len() {
        return Err(WsaError::WSAEFAULT.because("the answer does not fit the room given"));
    }
    bytes::of(bytes)
}

/// A 32-bit number at an offset.
fn number(input: &[u8], at: usize) -> Result<u32, Failure> {
    let bytes = input.get(at..).and_then(|rest| rest.first_chunk()).ok_or(TOO_SHORT)?;
    Ok(u32::from_ne_bytes(*bytes))
}

fn flag(input: &[u8]) -> Result<bool, Failure> {
    Ok(number(input, 0)? != 0)
}

#[inline]
fn set_mode(fd: Fd, input: Result<&[u8], Failure>) -> Result<Bytes, Failure> {
    let on = input.and_then(flag).map_err(|failure| socket_first(fd.to_socket(), failure))?;
    // What closes a socket of a process's only thread is a signal handler, which leaves nothing under the number whose mode would be
    // changed instead.
    let _held = if thread::is_single() { None } else { Some(Waiting::hold(fd)?) };
    descriptor::set_nonblocking(fd, on)?;
    Ok(Bytes::new())
}

/// IO2, IO4, IO5: 0 where nothing can arrive; without the out-of-band byte; of a datagram socket the first
/// datagram.
fn readable_bytes(fd: Fd) -> Result<u32, Failure> {
    match option::ioctl_int(fd, libc::FIONREAD) {
        Ok(0) if companions::exist() => Ok(companion::readable_bytes(fd)),
        Ok(bytes) => Ok(bytes.cast_unsigned()),
        Err(errno) if errno.number() == libc::EINVAL => Ok(0),
        Err(errno) => Err(errno.into()),
    }
}

/// IO3: an out-of-band byte waits, apart from the stream.
fn has_urgent(fd: Fd) -> Result<bool, Failure> {
    if option::get_int(fd, libc::SOL_SOCKET, libc::SO_OOBINLINE)? != 0 {
        return Ok(false);
    }
    let mut look = [PollFd::new(fd, libc::POLLPRI)];
    poll::poll(&mut look, Some(std::time::Duration::ZERO))?;
    Ok(look[0].happened() & libc::POLLPRI != 0)
}

fn set_reports_unreachable(fd: Fd, input: &[u8]) -> Result<Bytes, Failure> {
    let reports = flag(input)?;
    descriptor::update(fd, |record| record.ignores_port_unreachable = !reports)?;
    Ok(Bytes::new())
}

/// Milliseconds in seconds, which is what the kernel counts in: rounded up, and no less or more than it takes.
fn seconds(milliseconds: u32) -> i32 {
    const LONGEST: i32 = 32767;
    i32::try_from(milliseconds.div_ceil(1000)).map_or(LONGEST, |seconds| seconds.clamp(1, LONGEST))
}

/// `struct tcp_keepalive`: on or off, idle time, interval.
fn set_keep_alive(fd: Fd, input: &[u8]) -> Result<Bytes, Failure> {
    let (on, idle, interval) = (number(input, 0)? != 0, number(input, 4)?, number(input, 8)?);
    if on {
        option::set(fd, libc::IPPROTO_TCP, libc::TCP_KEEPIDLE, seconds(idle))?;
        option::set(fd, libc::IPPROTO_TCP, libc::TCP_KEEPINTVL, seconds(interval))?;
    }
    option::set(fd, libc::SOL_SOCKET, libc::SO_KEEPALIVE, i32::from(on))?;
    Ok(Bytes::new())
}

/// `TCP_INITIAL_RTO_PARAMETERS`: how often the first packet of a connection is sent again; the time between, which comes
/// first, is Linux's own.
fn set_first_retransmissions(fd: Fd, input: &[u8]) -> Result<Bytes, Failure> {
    const MOST: u8 = 127;
    const NONE: u8 = 254;
    option::tcp_counters(fd).map_err(|_| NOT_TCP)?;
    let times = match *input {
        // The system's number, and one that is left as it is.
        [_, _, 0 | u8::MAX, ..] => return Ok(Bytes::new()),
        // Linux sends it again once at least.
        [_, _, NONE, ..] => 1,
        [_, _, times, ..] => times.min(MOST),
        _ => return Err(TOO_SHORT),
    };
    option::set(fd, libc::IPPROTO_TCP, libc::TCP_SYNCNT, i32::from(times))?;
    Ok(Bytes::new())
}

const NOT_TCP: Failure = WsaError::WSAEOPNOTSUPP.because("the command is for sockets of TCP");

/// The process at the other end of a connection of AF_UNIX: the one that connected, or that listened.
fn peer_process(fd: Fd) -> Result<u32, Failure> {
    if family::learn(fd)? != Family::Other {
        return Err(WsaError::WSAEOPNOTSUPP.because("the command is for sockets of AF_UNIX"));
    }
    match option::peer_process(fd)? {
        0 => Err(WsaError::WSAENOTCONN.because("the socket has no peer")),
        process => Ok(process.cast_unsigned()),
    }
}

/// The addresses of IPv4, asked through a socket of our own, since only one of IPv4 is told.
fn interfaces_of_ipv4() -> Result<Vec<Interface>, Failure> {
    let probe = sys::socket(libc::AF_INET, libc::SOCK_DGRAM, libc::IPPROTO_UDP)?;
    let list = interfaces::list(probe);
    sys::close(probe);
    Ok(list?)
}

/// Winsock 2's own way to set what IP_MULTICAST_LOOP, IP_MULTICAST_TTL and their twins of IPv6 set, whose names have
/// the same numbers.
fn multicast(fd: Fd, name: i32, input: &[u8]) -> Result<Bytes, Failure> {
    let value = number(input, 0)?.to_ne_bytes();
    let level = if family::learn(fd)? == Family::V6 { n::IPPROTO_IPV6 } else { n::IPPROTO_IP };
    options::set(fd.to_socket(), level, name, Ok(&value)).map(|()| Bytes::new())
}

/// X9: how much to send ahead. Linux finds that out by itself; Windows begins with this much.
fn ideal_backlog(fd: Fd) -> Result<u32, Failure> {
    const AT_FIRST: u32 = 0x1_0000;
    if settle(fd)? == State::Connected {
        return Ok(AT_FIRST);
    }
    Err(WsaError::WSAENOTCONN.because("nothing is sent before the socket is connected"))
}

/// X10.
fn routing_query(input: Result<&[u8], Failure>, output: Output) -> Result<Bytes, Refused> {
    let to = destination(input.unwrap_or_default()).map_err(Refused::untouched)?;
    if output.room < to.len() {
        return Err(Refused::wants(to.len()));
    }
    Ok(bytes::of(to_windows(&route(to)?).bytes())?)
}

/// A destination as these commands take it: exactly as long as its family's addresses are, and a host.
fn destination(input: &[u8]) -> Result<Address, Failure> {
    const NONE: Failure = WsaError::WSAEINVAL.because("not the address of a host");
    let to = from_windows(input).map_err(|failure| match failure.code {
        WsaError::WSAEFAULT => NONE,
        _ => failure,
    })?;
    match to.ip() {
        None => Err(WsaError::WSAEAFNOSUPPORT.because("only IPv4 and IPv6 have routes")),
        Some(ip) if ip.is_unspecified() || input.len() != to.len() => Err(NONE),
        Some(_) => Ok(to),
    }
}

/// The local address from which a destination is reached: asked of a socket of our own. Nothing is sent.
fn route(mut to: Address) -> Result<Address, Failure> {
    to.set_port(9);
    let probe = sys::socket(to.family(), libc::SOCK_DGRAM, libc::IPPROTO_UDP)?;
    let found = option::set(probe, libc::SOL_SOCKET, libc::SO_BROADCAST, 1_i32)
        .and_then(|()| sys::connect(probe, &to))
        .and_then(|()| sys::local_name(probe));
    sys::close(probe);
    let mut address = found?;
    address.set_port(0);
    Ok(address)
}

/// `struct sockaddr_in`, port 0.
fn sockaddr_in(host: [u8; 4]) -> [u8; 16] {
    let [f, g] = 2_u16.to_ne_bytes();
    let [a, b, c, d] = host;
    [f, g, 0, 0, a, b, c, d, 0, 0, 0, 0, 0, 0, 0, 0]
}

/// `INTERFACE_INFO`: the flags, and address, broadcast address and mask with 24 bytes for each. Without a broadcast
/// address there are zeros in its place, the family too (X9).
fn interface_info(interface: &Interface) -> [u8; 76] {
    let Interface { address, mask, flags } = *interface;
    let host = u32::from_ne_bytes(address);
    let broadcast = if flags & linux_flag(libc::IFF_BROADCAST) == 0 {
        [0; 16]
    } else {
        sockaddr_in((host | !u32::from_ne_bytes(mask)).to_ne_bytes())
    };
    let addresses = [sockaddr_in(address), broadcast, sockaddr_in(mask)];
    let addresses = addresses.into_iter().flat_map(|address| address.into_iter().chain([0; 8]));
    let mut bytes = [0; 76];
    for (to, from) in bytes.iter_mut().zip(interface_flags(flags).to_ne_bytes().into_iter().chain(addresses))
    {
        *to = from;
    }
    bytes
}

/// Linux's flags of an interface as Windows'.
fn interface_flags(linux: u32) -> u32 {
    const PAIRS: [(i32, u32); 5] = [
        (libc::IFF_UP, 1),
        (libc::IFF_BROADCAST, 2),
        (libc::IFF_LOOPBACK, 4),
        (libc::IFF_POINTOPOINT, 8),
        (libc::IFF_MULTICAST, 16),
    ];
    PAIRS.iter().filter(|(flag, _)| linux & linux_flag(*flag) != 0).map(|(_, windows)| windows).sum()
}

const fn linux_flag(flag: i32) -> u32 {
    flag.cast_unsigned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keep_alive_times_are_rounded_up() {
        let rows =
            [(0, 1), (1, 1), (1000, 1), (1001, 2), (7_200_000, 7200), (32_767_001, 32767), (u32::MAX, 32767)];
        for (milliseconds, expected) in rows {
            assert_eq!(seconds(milliseconds), expected, "{milliseconds}");
        }
    }

    #[test]
    fn interfaces_in_windows_layout() {
        let flags = linux_flag(libc::IFF_UP | libc::IFF_BROADCAST | libc::IFF_MULTICAST | libc::IFF_RUNNING);
        let interface = Interface { address: [192, 0, 2, 5], mask: [255, 255, 255, 0], flags };
        let bytes = interface_info(&interface);
        assert_eq!(bytes.len(), 76);
        assert_eq!(bytes[..4], 19_u32.to_ne_bytes());
        assert_eq!(bytes[4..12], [2, 0, 0, 0, 192, 0, 2, 5]);
        assert_eq!(bytes[32..36], [192, 0, 2, 255]);
        assert_eq!(bytes[56..60], [255, 255, 255, 0]);
        let lone = Interface { flags: linux_flag(libc::IFF_POINTOPOINT), ..interface };
        let bytes = interface_info(&lone);
        assert_eq!((&bytes[..4], &bytes[28..44]), (&8_u32.to_ne_bytes()[..], &[0; 16][..]));
    }
}
