//! How a number travels through `setsockopt` and `getsockopt`: which lengths are taken, which bytes count, and
//! which bytes and what length come back (O4; measured on Windows, option by option).

use smallvec::smallvec;

use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::socket::bytes::{self, Bytes};

/// The length is too short for the option.
pub(super) const TOO_SHORT: Failure =
    WsaError::WSAEFAULT.because("the length is too short for the option's value");

/// The form of an option's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A BOOL of SOL_SOCKET: any length, also none, which is FALSE. Comes back as 0 or 1.
    SocketFlag,
    /// A BOOL of a protocol, likewise.
    Flag,
    /// A BOOL of a protocol that needs all four bytes.
    WholeFlag,
    /// A BOOLEAN: any length, but only the first byte counts, and one byte comes back.
    Byte,
    /// A number up to 255, of any length.
    Small,
    /// A number of four bytes, of SOL_SOCKET.
    SocketWhole,
    /// A number of four bytes, of a protocol; too little room is reported as length 0.
    Whole,
}

/// What `getsockopt` hands out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The bytes for `optval`.
    pub bytes: Bytes,
    /// What `*optlen` becomes.
    pub len: usize,
    /// The room was enough. If not, the bytes are zeros or none, and the call fails with `WSAEFAULT`.
    pub fits: bool,
}

impl Answer {
    /// All of a value, for room that is at least as long; shorter room is cleared.
    ///
    /// # Errors
    /// `WSAENOBUFS`.
    pub(super) fn whole(value: &[u8], room: usize) -> Result<Self, Failure> {
        if room < value.len() {
            return Ok(Self { bytes: bytes::zeros(room)?, len: room, fits: false });
        }
        Ok(Self { bytes: bytes::of(value)?, len: value.len(), fits: true })
    }
}

impl Form {
    /// The number in the bytes that `setsockopt` was given.
    ///
    /// # Errors
    /// * `WSAEFAULT`: too short.
    /// * `WSAEINVAL`: beyond 255 where that is the most.
    pub(super) fn parse(self, bytes: &[u8]) -> Result<u32, Failure> {
        let needed = match self {
            Self::SocketWhole | Self::Whole | Self::WholeFlag => 4,
            Self::SocketFlag => 0,
            Self::Flag | Self::Byte | Self::Small => 1,
        };
        if bytes.len() < needed {
            return Err(TOO_SHORT);
        }
        let number = little_end_first(bytes);
        match self {
            Self::SocketFlag | Self::Flag | Self::WholeFlag => Ok(u32::from(number != 0)),
            Self::Byte => Ok(u32::from(number & 0xff != 0)),
            Self::Small if number > 255 => Err(WsaError::WSAEINVAL.because("the value is beyond 255")),
            Self::Small | Self::SocketWhole | Self::Whole => Ok(number),
        }
    }

    /// The answer of `getsockopt` for so much room.
    pub(super) fn print(self, number: u32, room: usize) -> Answer {
        let bytes = number.to_ne_bytes();
        let [low, ..] = number.to_le_bytes();
        match (self, room) {
            (_, 0) => Answer { bytes: Bytes::new(), len: 0, fits: false },
            (Self::SocketWhole, ..4) => Answer { bytes: smallvec![0; room], len: room, fits: false },
            (Self::Whole | Self::WholeFlag, ..4) => Answer { bytes: Bytes::new(), len: 0, fits: false },
            // X12: of a BOOLEAN one byte is written, whatever the room.
            (Self::Flag | Self::Small, ..4) | (Self::Byte, _) | (Self::SocketFlag, 1) => {
                Answer { bytes: smallvec![low], len: 1, fits: true }
            }
            // One byte is reported, and yet the room is cleared.
            (Self::SocketFlag, ..4) => {
                let mut bytes: Bytes = smallvec![0; room.min(4)];
                if let Some(first) = bytes.first_mut() {
                    *first = low;
                }
                Answer { bytes, len: 1, fits: true }
            }
            _ => Answer { bytes: Bytes::from(bytes.as_slice()), len: 4, fits: true },
        }
    }
}

/// Up to four bytes as a number; missing ones are 0.
fn little_end_first(bytes: &[u8]) -> u32 {
    let mut padded = [0; 4];
    for (to, from) in padded.iter_mut().zip(bytes) {
        *to = *from;
    }
    u32::from_le_bytes(padded)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Form::{Byte, Flag, Small, SocketFlag, SocketWhole, Whole, WholeFlag};

    /// O4: which lengths are taken, and which bytes count.
    #[test]
    fn o4_parse() {
        const FAULT: Result<u32, WsaError> = Err(WsaError::WSAEFAULT);
        let one = [1, 0, 0, 0, 0xff, 0xff];
        let high = [0, 1, 0, 0];
        let rows = [
            (SocketFlag, &one[..1], Ok(1)),
            (SocketFlag, &one[..2], Ok(1)),
            (SocketFlag, &one[..], Ok(1)),
            (SocketFlag, &high[..1], Ok(0)),
            (SocketFlag, &high[..], Ok(1)),
            (SocketFlag, &[], Ok(0)),
            (Flag, &high[..], Ok(1)),
            (Flag, &[], FAULT),
            (WholeFlag, &one[..3], FAULT),
            (WholeFlag, &high[..], Ok(1)),
            (Byte, &one[..1], Ok(1)),
            (Byte, &one[..], Ok(1)),
            (Byte, &high[..], Ok(0)),
            (Byte, &[], FAULT),
            (Small, &[0x0a], Ok(10)),
            (Small, &[0x0b, 0], Ok(11)),
            (Small, &[0x0c, 0, 0], Ok(12)),
            (Small, &one[..], Ok(1)),
            (Small, &high[..], Err(WsaError::WSAEINVAL)),
            (SocketWhole, &one[..3], FAULT),
            (SocketWhole, &high[..], Ok(256)),
            (Whole, &one[..3], FAULT),
            (Whole, &one[..], Ok(1)),
            (Whole, &high[..], Ok(256)),
            (Whole, &[0xff; 4], Ok(u32::MAX)),
        ];
        for (form, bytes, expected) in rows {
            assert_eq!(form.parse(bytes).map_err(|f| f.code), expected, "{form:?} {bytes:?}");
        }
    }

    /// O4: what comes back for 1, 2, 4 and 8 bytes of room.
    #[test]
    fn o4_print() {
        let answer = |bytes: &[u8], len| Answer { bytes: Bytes::from(bytes), len, fits: true };
        let short = |len| Answer { bytes: Bytes::new(), len, fits: false };
        let zeroed = |len| Answer { bytes: smallvec![0; len], len, fits: false };
        let (one, four) = (answer(&[1], 1), answer(&[1, 0, 0, 0], 4));
        let rows = [
            (SocketFlag, [one.clone(), answer(&[1, 0], 1), four.clone(), four.clone()]),
            (Flag, [one.clone(), one.clone(), four.clone(), four.clone()]),
            (Small, [one.clone(), one.clone(), four.clone(), four.clone()]),
            (Byte, [one.clone(), one.clone(), one.clone(), one.clone()]),
            (SocketWhole, [zeroed(1), zeroed(2), four.clone(), four.clone()]),
            (Whole, [short(0), short(0), four.clone(), four.clone()]),
            (WholeFlag, [short(0), short(0), four.clone(), four.clone()]),
        ];
        for (form, expected) in rows {
            assert_eq!([1, 2, 4, 8].map(|room| form.print(1, room)), expected, "{form:?}");
            assert_eq!(form.print(1, 0), short(0), "{form:?}");
        }
    }
}
