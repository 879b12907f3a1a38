//! `ioctlsocket` and `WSAIoctl`: the mode, what waits to be read, keep-alive times, interfaces.

use std::net::Ipv4Addr;

use crate::descriptor;
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::socket::address::{from_windows, to_windows};
use crate::socket::options::numbers as n;
use crate::sys::event::poll::{self, PollFd};
use crate::sys::net::interfaces::{self, Interface};
use crate::sys::net::option;
use crate::sys::net::socket as sys;
use crate::sys::{Address, Fd};

/// Runs a command: the bytes that it reports. `room` is how many the caller can take; a command that reports more
/// is refused before it does anything.
///
/// # Errors
/// See [`crate::ffi::WSAIoctl`], which lists every code.
pub fn ioctl(
    socket: usize,
    command: i32,
    input: Result<&[u8], Failure>,
    room: usize,
) -> Result<Vec<u8>, Failure> {
    let fd = descriptor::of(socket)?;
    let stream = option::socket_type(fd)? == libc::SOCK_STREAM;
    match command {
        n::FIONBIO => set_mode(fd, input?),
        n::FIONREAD => answer(&readable_bytes(fd)?.to_ne_bytes(), room),
        n::SIOCATMARK => answer(&u32::from(!has_urgent(fd)?).to_ne_bytes(), room),
        n::SIO_UDP_CONNRESET if !stream => set_reports_unreachable(fd, input?),
        n::SIO_UDP_NETRESET if !stream => flag(input?).map(|_| Vec::new()),
        n::SIO_LOOPBACK_FAST_PATH if stream => flag(input?).map(|_| Vec::new()),
        n::SIO_KEEPALIVE_VALS if stream => set_keep_alive(fd, input?),
        n::SIO_GET_INTERFACE_LIST => {
            let list: Vec<u8> = addresses()?.iter().flat_map(interface_info).collect();
            answer(&list, room)
        }
        n::SIO_ROUTING_INTERFACE_QUERY => answer(to_windows(&route(input?)?).bytes(), room),
        n::SIO_GET_BROADCAST_ADDRESS => answer(&sockaddr_in(Ipv4Addr::BROADCAST.octets()), room),
        n::SIO_BASE_HANDLE => answer(&socket.to_ne_bytes(), room),
        n::SIO_GET_EXTENSION_FUNCTION_POINTER => {
            Err(WsaError::WSAEINVAL.because("no extension function is offered"))
        }
        _ => Err(WsaError::WSAEOPNOTSUPP.because("no such command, or not for this kind of socket")),
    }
}

const TOO_SHORT: Failure = WsaError::WSAEFAULT.because("the input is too short for the command");

fn answer(bytes: &[u8], room: usize) -> Result<Vec<u8>, Failure> {
    if room < bytes.len() {
        return Err(WsaError::WSAEFAULT.because("the answer does not fit the room given"));
    }
    Ok(bytes.to_vec())
}

/// A 32-bit number at an offset.
fn number(input: &[u8], at: usize) -> Result<u32, Failure> {
    let bytes = input.get(at..).and_then(|rest| rest.first_chunk()).ok_or(TOO_SHORT)?;
    Ok(u32::from_ne_bytes(*bytes))
}

fn flag(input: &[u8]) -> Result<bool, Failure> {
    Ok(number(input, 0)? != 0)
}

fn set_mode(fd: Fd, input: &[u8]) -> Result<Vec<u8>, Failure> {
    descriptor::set_nonblocking(fd, flag(input)?)?;
    Ok(Vec::new())
}

/// IO2, IO4, IO5: 0 where nothing can arrive; without the out-of-band byte; of a datagram socket the first
/// datagram.
fn readable_bytes(fd: Fd) -> Result<u32, Failure> {
    match option::ioctl_int(fd, libc::FIONREAD) {
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

fn set_reports_unreachable(fd: Fd, input: &[u8]) -> Result<Vec<u8>, Failure> {
    let reports = flag(input)?;
    descriptor::update(fd, |record| record.ignores_port_unreachable = !reports)?;
    Ok(Vec::new())
}

/// Milliseconds in seconds, which is what the kernel counts in: rounded up, and no less or more than it takes.
fn seconds(milliseconds: u32) -> i32 {
    const LONGEST: i32 = 32767;
    i32::try_from(milliseconds.div_ceil(1000)).map_or(LONGEST, |seconds| seconds.clamp(1, LONGEST))
}

/// `struct tcp_keepalive`: on or off, idle time, interval.
fn set_keep_alive(fd: Fd, input: &[u8]) -> Result<Vec<u8>, Failure> {
    let (on, idle, interval) = (number(input, 0)? != 0, number(input, 4)?, number(input, 8)?);
    if on {
        option::set(fd, libc::IPPROTO_TCP, libc::TCP_KEEPIDLE, seconds(idle))?;
        option::set(fd, libc::IPPROTO_TCP, libc::TCP_KEEPINTVL, seconds(interval))?;
    }
    option::set(fd, libc::SOL_SOCKET, libc::SO_KEEPALIVE, i32::from(on))?;
    Ok(Vec::new())
}

/// The addresses of IPv4, asked through a socket of our own, since only one of IPv4 is told.
fn addresses() -> Result<Vec<Interface>, Failure> {
    let probe = sys::socket(libc::AF_INET, libc::SOCK_DGRAM, libc::IPPROTO_UDP)?;
    let list = interfaces::list(probe);
    sys::close(probe);
    Ok(list?)
}

/// The local address from which a destination is reached: asked of a socket of our own. Nothing is sent.
fn route(input: &[u8]) -> Result<Address, Failure> {
    let mut to = from_windows(input)?;
    if to.ip().is_none() {
        return Err(WsaError::WSAEAFNOSUPPORT.because("only IPv4 and IPv6 have routes"));
    }
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

/// `INTERFACE_INFO`: the flags, and address, broadcast address and mask with 24 bytes for each.
fn interface_info(interface: &Interface) -> Vec<u8> {
    let Interface { address, mask, flags } = *interface;
    let host = u32::from_ne_bytes(address);
    let broadcast = if flags & linux_flag(libc::IFF_BROADCAST) == 0 {
        [0; 4]
    } else {
        (host | !u32::from_ne_bytes(mask)).to_ne_bytes()
    };
    let mut bytes = interface_flags(flags).to_ne_bytes().to_vec();
    for address in [address, broadcast, mask] {
        bytes.extend_from_slice(&sockaddr_in(address));
        bytes.extend_from_slice(&[0; 8]);
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
        assert_eq!((&bytes[..4], &bytes[32..36]), (&8_u32.to_ne_bytes()[..], &[0; 4][..]));
    }
}
