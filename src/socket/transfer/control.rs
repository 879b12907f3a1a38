//! Control data of messages: between Windows' numbers and Linux's (MX6). The headers have one layout on both: 8 bytes of
//! length, level, type, and then data, each beginning at a multiple of 8.

use smallvec::SmallVec;

use crate::error::WsaError;
use crate::error::failure::Failure;
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
/// Windows' form is never longer than Linux's.
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

/// What a socket has received, in Windows' form, and the flags that follow from it. What Windows has no number for is left out.
#[must_use]
pub fn to_windows(control: &[u8]) -> (Received, u32) {
    let (mut to, mut flags) = (Received::new(), 0);
    for (level, kind, data) in each(control) {
        match (level, kind, data) {
            (libc::IPPROTO_IP, libc::IP_PKTINFO, &[a, b, c, d, _, _, _, _, e, f, g, h]) => {
                if e & 0xF0 == 0xE0 {
                    flags |= MSG_MCAST;
                } else if [e, f, g, h] == [255; 4] {
                    flags |= MSG_BCAST;
                }
                to.extend(whole(libc::IPPROTO_IP, 19, &[e, f, g, h, a, b, c, d]));
            }
            (libc::IPPROTO_IPV6, libc::IPV6_PKTINFO, data) if data.len() == 20 => {
                if data.first() == Some(&0xFF) {
                    flags |= MSG_MCAST;
                }
                to.extend(whole(libc::IPPROTO_IPV6, 19, data));
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
            let (found, told) = to_windows(&one(level, kind, data));
            assert_eq!((found.as_slice(), told), (expected.as_slice(), flags), "{level} {kind}");
        }
        let two = [one(0, 2, &1_i32.to_ne_bytes()), one(0, 1, &[5])].concat();
        let expected = [one(0, 4, &1_i32.to_ne_bytes()), one(0, 3, &5_i32.to_ne_bytes())].concat();
        let (found, told) = to_windows(&two);
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
