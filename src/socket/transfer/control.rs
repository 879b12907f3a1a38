//! Control data of messages: between Windows' numbers and Linux's (MX6). The headers have one layout on both: 8 bytes of
//! length, level, type, and then data, each beginning at a multiple of 8.

use smallvec::SmallVec;

use crate::descriptor::{self, Record, facts};
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::socket::options::numbers::{IP_PKTINFO, IP_RECVDSTADDR, IP_RECVIF};
use crate::sys::Fd;
use crate::sys::room::Made;

const HEADER: usize = 16;

/// Flags of a message on Windows.
pub const MSG_TRUNC: u32 = 0x100;
/// The control data did not fit.
pub const MSG_CTRUNC: u32 = 0x200;
/// It was sent as a broadcast.
pub const MSG_BCAST: u32 = 0x400;
/// It was sent to a group.
pub const MSG_MCAST: u32 = 0x800;

const fn aligned(len: usize) -> usize {
    len.next_multiple_of(8)
}

/// The messages of control data: level, type, data. Ends where the bytes make no sense.
fn each(bytes: &[u8]) -> impl Iterator<Item = (i32, i32, &[u8])> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        let len = usize::try_from(u64::from_ne_bytes(*rest.first_chunk()?)).ok()?;
        let level = i32::from_ne_bytes(*rest.get(8..)?.first_chunk()?);
        let kind = i32::from_ne_bytes(*rest.get(12..)?.first_chunk()?);
        let data = rest.get(HEADER..len)?;
        rest = rest.get(aligned(len)..).unwrap_or(&[]);
        Some((level, kind, data))
    })
}

/// Control data of a message that has come: as much as the kernel was given room for, which takes no memory of its own.
/// Windows' form is longer than Linux's by two short messages for each family at most, and all that there can be has room.
pub type Received = SmallVec<[u8; 1024]>;

/// The bytes of one message.
fn whole(level: i32, kind: i32, data: &[u8]) -> impl Iterator<Item = u8> {
    let len = (HEADER + data.len()) as u64;
    let head = len.to_ne_bytes().into_iter().chain(level.to_ne_bytes()).chain(kind.to_ne_bytes());
    let zeros = aligned(data.len()) - data.len();
    head.chain(data.iter().copied()).chain(std::iter::repeat_n(0, zeros))
}

fn add(to: &mut Vec<u8>, level: i32, kind: i32, data: &[u8]) -> Made<()> {
    to.try_reserve(HEADER + aligned(data.len()))?;
    to.extend(whole(level, kind, data));
    Ok(())
}

fn number(data: &[u8]) -> Option<i32> {
    match data {
        [byte] => Some(i32::from(*byte)),
        _ => Some(i32::from_ne_bytes(*data.first_chunk()?)),
    }
}

/// Which of the messages the program has asked for that Windows makes of one message of Linux's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Way {
    /// `IP_PKTINFO`: the address that the packet was sent to, and the interface that it came by.
    pub both: bool,
    /// `IP_RECVIF`: the interface.
    pub interface: bool,
    /// `IP_RECVDSTADDR`: the address.
    pub address: bool,
}

impl Way {
    /// Linux's message alone.
    const AS_LINUX: Self = Self { both: true, interface: false, address: false };

    /// By what was set on the socket; Linux's message where nothing was, since then POSIX code has asked for it.
    #[must_use]
    pub fn of(fd: Fd, level: i32) -> Self {
        let on = |record: &Record| {
            [IP_PKTINFO, IP_RECVIF, IP_RECVDSTADDR].map(|name| record.remembered(level, name) != 0)
        };
        match descriptor::glance(fd, on) {
            None | Some([_, false, false]) => Self::AS_LINUX,
            Some([both, interface, address]) => Self { both, interface, address },
        }
    }

    /// The same for a call that began at `began` and holds the socket no more: where it was closed since, the number may be another
    /// one's.
    #[must_use]
    pub fn of_call(fd: Fd, began: u64, level: i32) -> Self {
        let way = Self::of(fd, level);
        if facts::seen(fd).closing() > began { Self::AS_LINUX } else { way }
    }

    fn add(self, to: &mut Received, level: i32, address: &[u8], interface: [u8; 4]) {
        if self.both {
            let len = (HEADER + address.len() + interface.len()) as u64;
            to.extend(
                len.to_ne_bytes().into_iter().chain(level.to_ne_bytes()).chain(IP_PKTINFO.to_ne_bytes()),
            );
            to.extend(address.iter().copied().chain(interface));
            to.resize(to.len().next_multiple_of(8), 0);
        }
        if self.interface {
            to.extend(whole(level, IP_RECVIF, &interface));
        }
        if self.address {
            to.extend(whole(level, IP_RECVDSTADDR, address));
        }
    }
}

/// What a socket has received, in Windows' form, and the flags that follow from it. What Windows has no number for is left out.
#[must_use]
pub fn to_windows(control: &[u8], way: impl Fn(i32) -> Way) -> (Received, u32) {
    let (mut to, mut flags) = (Received::new(), 0);
    for (level, kind, data) in each(control) {
        match (level, kind, data) {
            (libc::IPPROTO_IP, libc::IP_PKTINFO, &[a, b, c, d, _, _, _, _, e, f, g, h]) => {
                if e & 0xF0 == 0xE0 {
                    flags |= MSG_MCAST;
                } else if [e, f, g, h] == [255; 4] {
                    flags |= MSG_BCAST;
                }
                way(level).add(&mut to, level, &[e, f, g, h], [a, b, c, d]);
            }
            (libc::IPPROTO_IPV6, libc::IPV6_PKTINFO, &[ref address @ .., a, b, c, d])
                if address.len() == 16 =>
            {
                if address.first() == Some(&0xFF) {
                    flags |= MSG_MCAST;
                }
                way(level).add(&mut to, level, address, [a, b, c, d]);
            }
            (libc::SOL_UDP, UDP_GRO, data) => as_number(&mut to, libc::SOL_UDP, 3, data),
            (libc::IPPROTO_IP, libc::IP_TTL, data) => as_number(&mut to, libc::IPPROTO_IP, 4, data),
            (libc::IPPROTO_IP, libc::IP_TOS, data) => as_number(&mut to, libc::IPPROTO_IP, 3, data),
            (libc::IPPROTO_IPV6, libc::IPV6_HOPLIMIT, data) => {
                as_number(&mut to, libc::IPPROTO_IPV6, 21, data)
            }
            (libc::IPPROTO_IPV6, libc::IPV6_TCLASS, data) => as_number(&mut to, libc::IPPROTO_IPV6, 39, data),
            _ => {}
        }
    }
    (to, flags)
}

const UDP_SEGMENT: i32 = 103;
const UDP_GRO: i32 = 104;

fn as_number(to: &mut Received, level: i32, kind: i32, data: &[u8]) {
    if let Some(number) = number(data) {
        to.extend(whole(level, kind, &number.to_ne_bytes()));
    }
}

/// What a program gives for sending, in Linux's form.
///
/// # Errors
/// `WSAEINVAL`: a message that is not for sending, or not as long as it should be. `WSAENOBUFS`.
pub fn to_linux(control: &[u8]) -> Result<Vec<u8>, Failure> {
    const BAD: Failure = WsaError::WSAEINVAL.because("control data that is not for sending");
    const NO_MEMORY: Failure = WsaError::WSAENOBUFS.because("no memory for control data");
    let mut to = Vec::new();
    let mut used = 0;
    for (level, kind, data) in each(control) {
        used += aligned(HEADER + data.len());
        let word = number(data).ok_or(BAD)?;
        let added = match (level, kind) {
            (libc::IPPROTO_IP, 19) => {
                let [a, b, c, d, e, f, g, h] = *data.first_chunk().ok_or(BAD)?;
                let info = [e, f, g, h, a, b, c, d, 0, 0, 0, 0];
                add(&mut to, libc::IPPROTO_IP, libc::IP_PKTINFO, &info)
            }
            (libc::IPPROTO_IPV6, 19) => {
                let info: &[u8; 20] = data.first_chunk().ok_or(BAD)?;
                add(&mut to, libc::IPPROTO_IPV6, libc::IPV6_PKTINFO, info)
            }
            (libc::IPPROTO_IP, 4 | 21) => add(&mut to, libc::IPPROTO_IP, libc::IP_TTL, &word.to_ne_bytes()),
            (libc::IPPROTO_IP, 3 | 50) => add(&mut to, libc::IPPROTO_IP, libc::IP_TOS, &word.to_ne_bytes()),
            (libc::IPPROTO_IPV6, 21) => {
                add(&mut to, libc::IPPROTO_IPV6, libc::IPV6_HOPLIMIT, &word.to_ne_bytes())
            }
            (libc::IPPROTO_IPV6, 39 | 50) => {
                add(&mut to, libc::IPPROTO_IPV6, libc::IPV6_TCLASS, &word.to_ne_bytes())
            }
            (libc::SOL_UDP, 2) => {
                let size = u16::try_from(word).map_err(|_| BAD)?;
                add(&mut to, libc::SOL_UDP, UDP_SEGMENT, &size.to_ne_bytes())
            }
            _ => return Err(BAD),
        };
        added.map_err(|_| NO_MEMORY)?;
    }
    // What is left over has no header, or one that makes no sense.
    if control.len().saturating_sub(used) >= HEADER { Err(BAD) } else { Ok(to) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(level: i32, kind: i32, data: &[u8]) -> Vec<u8> {
        whole(level, kind, data).collect()
    }

    /// MX6: one message of Linux's is up to three of Windows'.
    #[test]
    fn the_way_of_a_packet() {
        let info = one(0, 8, &[2, 0, 0, 0, 127, 0, 0, 9, 239, 0, 0, 1]);
        let info6 = one(41, 50, &[[7; 16].as_slice(), &[2, 0, 0, 0]].concat());
        for (both, interface, address) in [(true, true, true), (false, true, true), (false, true, false)] {
            let way = |_| Way { both, interface, address };
            let told =
                |which: bool, level, kind, data: &[u8]| if which { one(level, kind, data) } else { vec![] };
            let expected = [
                told(both, 0, 19, &[239, 0, 0, 1, 2, 0, 0, 0]),
                told(interface, 0, 24, &[2, 0, 0, 0]),
                told(address, 0, 25, &[239, 0, 0, 1]),
            ];
            let (found, flags) = to_windows(&info, way);
            assert_eq!(
                (found.to_vec(), flags),
                (expected.concat(), MSG_MCAST),
                "{both} {interface} {address}"
            );
            let expected = [
                told(both, 41, 19, &[[7; 16].as_slice(), &[2, 0, 0, 0]].concat()),
                told(interface, 41, 24, &[2, 0, 0, 0]),
                told(address, 41, 25, &[7; 16]),
            ];
            let (found, flags) = to_windows(&info6, way);
            assert_eq!((found.to_vec(), flags), (expected.concat(), 0), "{both} {interface} {address}");
        }
    }

    /// MX6, received: Linux's level, type and data; Windows'.
    #[test]
    fn received() {
        let info = [2, 0, 0, 0, 127, 0, 0, 9, 127, 0, 0, 1];
        let group = [2, 0, 0, 0, 127, 0, 0, 9, 239, 1, 2, 3];
        for (level, kind, data, expected, flags) in [
            (0, 8, &info[..], one(0, 19, &[127, 0, 0, 1, 2, 0, 0, 0]), 0),
            (0, 8, &group[..], one(0, 19, &[239, 1, 2, 3, 2, 0, 0, 0]), MSG_MCAST),
            (0, 2, &64_i32.to_ne_bytes()[..], one(0, 4, &64_i32.to_ne_bytes()), 0),
            (0, 1, &[0x2E][..], one(0, 3, &0x2E_i32.to_ne_bytes()), 0),
            (41, 52, &7_i32.to_ne_bytes()[..], one(41, 21, &7_i32.to_ne_bytes()), 0),
            (41, 67, &9_i32.to_ne_bytes()[..], one(41, 39, &9_i32.to_ne_bytes()), 0),
            (41, 50, &[1; 20][..], one(41, 19, &[1; 20]), 0),
            (1, 29, &[0; 16][..], vec![], 0),
        ] {
            let (found, told) = to_windows(&one(level, kind, data), |_| Way::AS_LINUX);
            assert_eq!((found.as_slice(), told), (expected.as_slice(), flags), "{level} {kind}");
        }
        let two = [one(0, 2, &1_i32.to_ne_bytes()), one(0, 1, &[5])].concat();
        let expected = [one(0, 4, &1_i32.to_ne_bytes()), one(0, 3, &5_i32.to_ne_bytes())].concat();
        let (found, told) = to_windows(&two, |_| Way::AS_LINUX);
        assert_eq!((found.as_slice(), told), (expected.as_slice(), 0));
        assert_eq!(one(0, 19, &[0; 8]).len(), 24, "as long as Windows has it");
    }

    /// MX6, sent: Windows' level, type and data; Linux's.
    #[test]
    fn sent() {
        for (level, kind, data, expected) in [
            (
                0,
                19,
                &[127, 0, 0, 1, 2, 0, 0, 0][..],
                Some(one(0, 8, &[2, 0, 0, 0, 127, 0, 0, 1, 0, 0, 0, 0])),
            ),
            (41, 19, &[1; 20][..], Some(one(41, 50, &[1; 20]))),
            (0, 4, &9_i32.to_ne_bytes()[..], Some(one(0, 2, &9_i32.to_ne_bytes()))),
            (0, 50, &1_i32.to_ne_bytes()[..], Some(one(0, 1, &1_i32.to_ne_bytes()))),
            (17, 2, &1000_i32.to_ne_bytes()[..], Some(one(17, 103, &1000_u16.to_ne_bytes()))),
            (0, 99, &1_i32.to_ne_bytes()[..], None),
            (0, 19, &[0; 4][..], None),
            (17, 2, &(-1_i32).to_ne_bytes()[..], None),
        ] {
            assert_eq!(to_linux(&one(level, kind, data)).ok(), expected, "{level} {kind}");
        }
        assert_eq!(to_linux(&[]).unwrap(), [] as [u8; 0]);
        let mut long = one(0, 4, &[1; 4]);
        long[..8].copy_from_slice(&u64::MAX.to_ne_bytes());
        assert!(to_linux(&long).is_err());
    }
}
