//! Serial lines in Windows' words: the device control block, and the times that a read may take.

use std::time::Duration;

use super::code::Code;
use crate::runtime::lock::{Guard, Lock, Rank};
use crate::sys::platform::serial::{Limits, Line};
use crate::sys::process::fork::InChild;
use crate::sys::sorted::Sorted;

/// What a device control block says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are those of its fields")]
pub struct Block {
    pub speed: u32,
    pub flags: u32,
    pub bits: u8,
    /// None, odd, even, mark, space.
    pub parity: u8,
    /// 1, 1.5 or 2 bits.
    pub stop: u8,
    pub start_stop: [u8; 2],
}

const BINARY: u32 = 1;
const PARITY: u32 = 1 << 1;
const OUT_CTS: u32 = 1 << 2;
const DTR_ENABLE: u32 = 1 << 4;
const OUT_X: u32 = 1 << 8;
const IN_X: u32 = 1 << 9;
const RTS: u32 = 3 << 12;
const RTS_ENABLE: u32 = 1 << 12;
const RTS_HANDSHAKE: u32 = 2 << 12;
/// Mark and space.
const CMSPAR: u32 = 0o10_000_000_000;

/// The block for a line as it is.
#[must_use]
pub fn block(line: Line) -> Block {
    let has = |bits: u32| line.control & bits != 0;
    let input = |bits: u32| line.input & bits != 0;
    let parity = match (has(libc::PARENB), has(CMSPAR), has(libc::PARODD)) {
        (false, ..) => 0,
        (_, false, true) => 1,
        (_, false, false) => 2,
        (_, true, true) => 3,
        (_, true, false) => 4,
    };
    let mut flags = BINARY | DTR_ENABLE;
    for (is, flag) in [
        (input(libc::INPCK), PARITY),
        (has(libc::CRTSCTS), OUT_CTS | RTS_HANDSHAKE),
        (!has(libc::CRTSCTS), RTS_ENABLE),
        (input(libc::IXON), OUT_X),
        (input(libc::IXOFF), IN_X),
    ] {
        flags |= if is { flag } else { 0 };
    }
    Block {
        speed: line.speed,
        flags,
        bits: match line.control & libc::CSIZE {
            libc::CS5 => 5,
            libc::CS6 => 6,
            libc::CS7 => 7,
            _ => 8,
        },
        parity,
        stop: if has(libc::CSTOPB) { 2 } else { 0 },
        start_stop: line.start_stop,
    }
}

/// How a line is to be set.
///
/// # Errors
/// `ERROR_INVALID_PARAMETER`: a speed of 0; other bits than 5 to 8; a parity or a number of stop bits that does not exist.
pub fn line(block: Block) -> Result<Line, Code> {
    let size = match block.bits {
        5 => libc::CS5,
        6 => libc::CS6,
        7 => libc::CS7,
        8 => libc::CS8,
        _ => return Err(Code::ERROR_INVALID_PARAMETER),
    };
    let parity = match block.parity {
        0 => 0,
        1 => libc::PARENB | libc::PARODD,
        2 => libc::PARENB,
        3 => libc::PARENB | CMSPAR | libc::PARODD,
        4 => libc::PARENB | CMSPAR,
        _ => return Err(Code::ERROR_INVALID_PARAMETER),
    };
    let stop = match (block.stop, block.bits) {
        (0, _) => 0,
        // One and a half, which five bits have.
        (1, 5) | (2, 6..) => libc::CSTOPB,
        _ => return Err(Code::ERROR_INVALID_PARAMETER),
    };
    if block.speed == 0 {
        return Err(Code::ERROR_INVALID_PARAMETER);
    }
    let has = |bits: u32| block.flags & bits != 0;
    let hand = if has(OUT_CTS) || block.flags & RTS == RTS_HANDSHAKE { libc::CRTSCTS } else { 0 };
    let bit = |is: bool, bit: u32| if is { bit } else { 0 };
    Ok(Line {
        speed: block.speed,
        control: size | parity | stop | hand | libc::CREAD | libc::CLOCAL,
        input: bit(has(OUT_X), libc::IXON) | bit(has(IN_X), libc::IXOFF) | bit(has(PARITY), libc::INPCK),
        start_stop: block.start_stop,
    })
}

/// `COMMTIMEOUTS`, of a read and of a write, in milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are those of its fields")]
pub struct Timeouts {
    pub interval: u32,
    pub read: [u32; 2],
    pub write: [u32; 2],
}

/// What a text for `mode` names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub struct Settings {
    pub speed: Option<u32>,
    pub bits: Option<u8>,
    pub parity: Option<u8>,
    pub stop: Option<u8>,
}

fn parity(letter: &str) -> Option<u8> {
    let at = ["n", "o", "e", "m", "s"].iter().position(|known| letter.eq_ignore_ascii_case(known))?;
    u8::try_from(at).ok()
}

fn stop(text: &str) -> Option<u8> {
    match text {
        "1" => Some(0),
        "1.5" => Some(1),
        "2" => Some(2),
        _ => None,
    }
}

/// Reads such a text: words with `=`, or speed, parity, bits and stop bits with commas between; `COM1` may stand in front.
///
/// # Errors
/// `ERROR_INVALID_PARAMETER`.
pub fn settings(text: &str) -> Result<Settings, Code> {
    let mut found = Settings::default();
    let mut text = text.trim();
    if text.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("com")) {
        text = text.trim_start_matches(|c: char| c.is_ascii_alphanumeric()).trim_start_matches(':').trim();
    }
    let mut set = |key: &str, value: &str| -> Option<()> {
        // The others are the driver's: time-outs and wires.
        const KEYS: [&str; 11] =
            ["baud", "data", "parity", "stop", "to", "xon", "odsr", "octs", "dtr", "rts", "idsr"];
        match KEYS.iter().position(|known| key.eq_ignore_ascii_case(known))? {
            0 => found.speed = Some(value.parse().ok()?),
            1 => found.bits = Some(value.parse().ok()?),
            2 => found.parity = Some(parity(value)?),
            3 => found.stop = Some(stop(value)?),
            _ => {}
        }
        Some(())
    };
    let read = if text.contains('=') {
        text.split_ascii_whitespace()
            .try_for_each(|word| word.split_once('=').and_then(|(key, value)| set(key, value)))
    } else {
        let keys = ["baud", "parity", "data", "stop"];
        keys.into_iter()
            .zip(text.split(',').map(str::trim))
            .try_for_each(|(key, value)| if value.is_empty() { Some(()) } else { set(key, value) })
    };
    read.map(|()| found).ok_or(Code::ERROR_INVALID_PARAMETER)
}

pub(super) type Lines = Sorted<(u64, u64), Timeouts>;

/// By device: it keeps them until they are set anew.
static LINES: Lock<Lines> = Lock::new(Rank::Lines, Sorted::new());

/// For `fork`.
pub(super) fn hold() -> Option<Guard<Lines>> {
    LINES.take_for_fork()
}

pub(super) fn in_child(held: Option<Guard<Lines>>, child: InChild) {
    if held.is_none() {
        LINES.renew(Sorted::new(), child);
    }
}

/// Notes the times of a device.
///
/// # Errors
/// `ERROR_NOT_ENOUGH_MEMORY`.
pub fn set_timeouts(device: (u64, u64), times: Timeouts) -> Result<(), Code> {
    crate::fork::prepare_once();
    LINES.take().insert(device, times)?;
    Ok(())
}

/// Those that were set for a device.
#[must_use]
pub fn timeouts(device: (u64, u64)) -> Option<Timeouts> {
    LINES.take().get(&device).copied()
}

/// How long a read of so many bytes may take.
#[must_use]
pub fn limits(times: Timeouts, len: usize) -> Limits {
    const ALL: u32 = u32::MAX;
    let milliseconds = |count: u64| Some(Duration::from_millis(count));
    match (times.interval, times.read) {
        (ALL, [0, 0]) => Limits { whole: milliseconds(0), between: None, first: true },
        (ALL, [ALL, constant]) if constant > 0 => {
            Limits { whole: milliseconds(constant.into()), between: None, first: true }
        }
        (interval, [multiplier, constant]) => {
            let count = u64::try_from(len).unwrap_or(u64::MAX);
            let total = u64::from(multiplier).saturating_mul(count).saturating_add(constant.into());
            Limits {
                whole: if multiplier == 0 && constant == 0 { None } else { milliseconds(total) },
                between: if interval == 0 || interval == ALL { None } else { milliseconds(interval.into()) },
                first: false,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_there_and_back() {
        let usual = Block {
            speed: 9600,
            flags: BINARY | DTR_ENABLE | RTS_ENABLE,
            bits: 8,
            parity: 0,
            stop: 0,
            start_stop: [17, 19],
        };
        for block_given in [
            usual,
            Block { bits: 7, parity: 2, stop: 2, flags: usual.flags | PARITY, ..usual },
            Block { bits: 5, parity: 1, ..usual },
            Block { parity: 3, speed: 250_000, ..usual },
            Block { parity: 4, flags: usual.flags | OUT_X | IN_X, ..usual },
            Block { flags: BINARY | DTR_ENABLE | OUT_CTS | RTS_HANDSHAKE, ..usual },
        ] {
            assert_eq!(line(block_given).map(block), Ok(block_given));
        }
        for wrong in [
            Block { bits: 9, ..usual },
            Block { bits: 4, ..usual },
            Block { parity: 5, ..usual },
            Block { stop: 3, ..usual },
            Block { stop: 1, ..usual },
            Block { stop: 2, bits: 5, ..usual },
            Block { speed: 0, ..usual },
        ] {
            assert_eq!(line(wrong), Err(Code::ERROR_INVALID_PARAMETER), "{wrong:?}");
        }
    }

    #[test]
    fn texts_for_mode() {
        let whole = Settings { speed: Some(9600), bits: Some(8), parity: Some(0), stop: Some(0) };
        for (text, expected) in [
            ("baud=9600 parity=N data=8 stop=1", Ok(whole)),
            ("COM1: 9600,n,8,1", Ok(whole)),
            ("9600,n,8,1", Ok(whole)),
            ("stop=1.5 dtr=on", Ok(Settings { stop: Some(1), ..Settings::default() })),
            ("19200", Ok(Settings { speed: Some(19_200), ..Settings::default() })),
            ("baud=fast", Err(Code::ERROR_INVALID_PARAMETER)),
            ("parity=q", Err(Code::ERROR_INVALID_PARAMETER)),
            ("a=1", Err(Code::ERROR_INVALID_PARAMETER)),
        ] {
            assert_eq!(settings(text), expected, "{text}");
        }
    }

    #[test]
    fn times() {
        let ms = Duration::from_millis;
        let limits = |interval, read| limits(Timeouts { interval, read, write: [0; 2] }, 10);
        assert_eq!(limits(u32::MAX, [0, 0]), Limits { whole: Some(ms(0)), between: None, first: true });
        assert_eq!(
            limits(u32::MAX, [u32::MAX, 50]),
            Limits { whole: Some(ms(50)), between: None, first: true }
        );
        assert_eq!(limits(0, [0, 0]), Limits { whole: None, between: None, first: false });
        assert_eq!(limits(5, [2, 30]), Limits { whole: Some(ms(50)), between: Some(ms(5)), first: false });
    }
}
