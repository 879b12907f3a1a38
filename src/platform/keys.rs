//! What is typed at a terminal, as Windows' key events, and those that were read and not taken yet.

use std::collections::VecDeque;

use smallvec::SmallVec;

use crate::runtime::lock::{Guard, Lock, Rank};
use crate::sys::process::fork::InChild;
use crate::sys::room;
use crate::sys::room::{Made, NoMemory};

/// A key that went down or up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Key {
    /// Down, or up again.
    pub down: bool,
    /// `VK_…`.
    pub code: u16,
    /// The character, in 16 bits; 0 for a key that has none.
    pub unit: u16,
    /// Shift, Ctrl and the like.
    pub state: u32,
}

const LEFT_ALT: u32 = 0x2;
const LEFT_CTRL: u32 = 0x8;
const SHIFT: u32 = 0x10;
const ENHANCED: u32 = 0x100;
/// A character that comes from no key.
const VK_PACKET: u16 = 0xE7;

/// Whether these bytes, of which a terminal has sent more, are the beginning of a key only.
#[must_use]
pub fn goes_on(bytes: &[u8]) -> bool {
    match bytes {
        [0x1B] | [0x1B, b'[' | b'O'] => true,
        [0x1B, b'[', .., last] => !(0x40..=0x7E).contains(last),
        [first @ 0xC2..=0xF4, rest @ ..] => {
            rest.len()
                < if *first < 0xE0 {
                    1
                } else if *first < 0xF0 {
                    2
                } else {
                    3
                }
        }
        _ => false,
    }
}

/// Keys of the American keyboard: with and without Shift.
const SIGNS: [(u8, u8, u16); 21] = [
    (b'1', b'!', 0x31),
    (b'2', b'@', 0x32),
    (b'3', b'#', 0x33),
    (b'4', b'$', 0x34),
    (b'5', b'%', 0x35),
    (b'6', b'^', 0x36),
    (b'7', b'&', 0x37),
    (b'8', b'*', 0x38),
    (b'9', b'(', 0x39),
    (b'0', b')', 0x30),
    (b';', b':', 0xBA),
    (b'=', b'+', 0xBB),
    (b',', b'<', 0xBC),
    (b'-', b'_', 0xBD),
    (b'.', b'>', 0xBE),
    (b'/', b'?', 0xBF),
    (b'`', b'~', 0xC0),
    (b'[', b'{', 0xDB),
    (b'\\', b'|', 0xDC),
    (b']', b'}', 0xDD),
    (b'\'', b'"', 0xDE),
];

/// The key of a character of ASCII.
fn ascii(byte: u8) -> (u16, u8, u32) {
    match byte {
        b'\r' | b'\n' => (0x0D, b'\r', 0),
        b'\t' => (0x09, byte, 0),
        0x08 | 0x7F => (0x08, 0x08, 0),
        0x1B => (0x1B, byte, 0),
        b' ' => (0x20, byte, 0),
        1..=26 => (u16::from(byte) + 0x40, byte, LEFT_CTRL),
        b'a'..=b'z' => (u16::from(byte.to_ascii_uppercase()), byte, 0),
        b'A'..=b'Z' => (u16::from(byte), byte, SHIFT),
        _ => SIGNS
            .iter()
            .find(|(plain, shifted, _)| *plain == byte || *shifted == byte)
            .map_or((VK_PACKET, byte, 0), |&(plain, _, code)| {
                (code, byte, if plain == byte { 0 } else { SHIFT })
            }),
    }
}

/// The key of a control sequence: its last byte and its numbers.
fn sequence(last: u8, numbers: &[u8]) -> Option<(u16, u32)> {
    let mut parts = numbers.split(|&byte| byte == b';').map(|part| {
        part.iter().fold(0_u32, |number, digit| {
            number.wrapping_mul(10).wrapping_add(u32::from(digit.wrapping_sub(b'0')))
        })
    });
    let (first, modifier) = (parts.next().unwrap_or(0), parts.next().unwrap_or(0));
    let bits = modifier.saturating_sub(1);
    let held = [(1, SHIFT), (2, LEFT_ALT), (4, LEFT_CTRL)];
    let state = held.iter().filter(|(bit, _)| bits & bit != 0).fold(0, |state, (_, held)| state | held);
    let (code, enhanced) = match (last, first) {
        (b'A', _) => (0x26, ENHANCED),
        (b'B', _) => (0x28, ENHANCED),
        (b'C', _) => (0x27, ENHANCED),
        (b'D', _) => (0x25, ENHANCED),
        (b'H', _) | (b'~', 1 | 7) => (0x24, ENHANCED),
        (b'F', _) | (b'~', 4 | 8) => (0x23, ENHANCED),
        (b'~', 2) => (0x2D, ENHANCED),
        (b'~', 3) => (0x2E, ENHANCED),
        (b'~', 5) => (0x21, ENHANCED),
        (b'~', 6) => (0x22, ENHANCED),
        (b'P'..=b'S', _) => (0x70 + u16::from(last - b'P'), 0),
        (b'~', 11..=15) => (0x70 + u16::try_from(first - 11).ok()?, 0),
        (b'~', 17..=21) => (0x75 + u16::try_from(first - 17).ok()?, 0),
        (b'~', 23 | 24) => (0x7A + u16::try_from(first - 23).ok()?, 0),
        (b'Z', _) => return Some((0x09, SHIFT)),
        _ => return None,
    };
    Some((code, state | enhanced))
}

/// The most bytes that are one key.
pub const LONGEST: usize = 16;
/// The most events that they are.
const MOST: usize = 2 * LONGEST;

/// The events of one key, which take no memory of their own.
pub type Events = SmallVec<[Key; MOST]>;

/// The events of one key: down and up.
#[must_use]
pub fn events(bytes: &[u8]) -> Events {
    let mut found = Events::new();
    let mut press = |code, unit, state| {
        for down in [true, false] {
            if found.len() < MOST {
                found.push(Key { down, code, unit, state });
            }
        }
    };
    match bytes {
        [0x1B, b'[' | b'O', numbers @ .., last] => {
            if let Some((code, state)) = sequence(*last, numbers) {
                press(code, if code == 0x09 { 9 } else { 0 }, state);
                return found;
            }
            // Unknown: what it consists of.
            for &byte in bytes {
                let (code, unit, state) = ascii(byte);
                press(code, unit.into(), state);
            }
        }
        [0x1B, byte @ 0..=0x7F] => {
            let (code, unit, state) = ascii(*byte);
            press(code, unit.into(), state | LEFT_ALT);
        }
        [byte @ 0..=0x7F] => {
            let (code, unit, state) = ascii(*byte);
            press(code, unit.into(), state);
        }
        _ => room::wide_units(bytes).for_each(|unit| press(VK_PACKET, unit, 0)),
    }
    found
}

/// What was read and not taken.
#[derive(Debug)]
pub(super) struct Keys {
    list: VecDeque<Key>,
    /// For how many events more there is room, which was promised to those who read them now.
    promised: usize,
}

const NONE: Keys = Keys { list: VecDeque::new(), promised: 0 };

static KEYS: Lock<Keys> = Lock::new(Rank::Keys, NONE);

/// Room for one key more, which is made before it is read: what was typed is not lost for lack of memory.
#[derive(Debug)]
pub struct Place(());

impl Place {
    /// Makes the room.
    ///
    /// # Errors
    /// [`NoMemory`].
    pub fn new() -> Made<Self> {
        let mut keys = KEYS.take();
        let wanted = keys.promised.saturating_add(MOST);
        keys.list.try_reserve(wanted).map_err(|_| NoMemory)?;
        keys.promised = wanted;
        Ok(Self(()))
    }

    /// Adds what was typed.
    pub fn fill(self, events: Events) {
        KEYS.take().list.extend(events);
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut keys = KEYS.take();
        keys.promised = keys.promised.saturating_sub(MOST);
    }
}

/// How many there are.
#[must_use]
pub fn waiting() -> usize {
    KEYS.take().list.len()
}

/// The first of them, at most so many, as `show` makes them; `take` takes them away.
///
/// # Errors
/// [`NoMemory`]: none is taken.
pub fn first<T>(most: usize, take: bool, show: impl Fn(Key) -> T) -> Made<Vec<T>> {
    let mut keys = KEYS.take();
    let most = most.min(keys.list.len());
    let mut shown = Vec::new();
    shown.try_reserve_exact(most)?;
    if take {
        shown.extend(keys.list.drain(..most).map(show));
    } else {
        shown.extend(keys.list.iter().take(most).copied().map(show));
    }
    Ok(shown)
}

/// Throws them away.
pub fn forget() {
    KEYS.take().list.clear();
}

/// Takes the characters of keys that went down, up to the end of a line, as UTF-8.
///
/// # Errors
/// [`NoMemory`]: none is taken.
pub fn characters(to: &mut Vec<u8>, most: usize) -> Made<()> {
    /// A character needs at most three bytes for each of its units.
    const EACH: usize = 3;
    let mut keys = KEYS.take();
    let (mut count, mut units) = (0, 0_usize);
    for key in &keys.list {
        let is_character = key.down && key.unit != 0;
        if is_character && (units + 1) * EACH > most.max(EACH) {
            break;
        }
        count += 1;
        if is_character {
            units += 1;
            if key.unit == 0x0D {
                break;
            }
        }
    }
    to.try_reserve(units * EACH)?;
    let taken = keys.list.drain(..count).filter(|key| key.down && key.unit != 0);
    let units = taken.map(|key| if key.unit == 0x0D { 0x0A } else { key.unit });
    for character in char::decode_utf16(units) {
        let character = character.unwrap_or(char::REPLACEMENT_CHARACTER);
        to.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
    }
    Ok(())
}

/// For `fork`.
pub(super) fn hold() -> Option<Guard<Keys>> {
    KEYS.take_for_fork()
}

pub(super) fn in_child(held: Option<Guard<Keys>>, child: InChild) {
    if held.is_none() {
        KEYS.renew(NONE, child);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_terminals_send() {
        type Case = (&'static [u8], &'static [(u16, u16, u32)]);
        let cases: &[Case] = &[
            (b"a", &[(0x41, 0x61, 0)]),
            (b"A", &[(0x41, 0x41, SHIFT)]),
            (b"7", &[(0x37, 0x37, 0)]),
            (b"&", &[(0x37, 0x26, SHIFT)]),
            (b"?", &[(0xBF, 0x3F, SHIFT)]),
            (b"\r", &[(0x0D, 0x0D, 0)]),
            (b"\n", &[(0x0D, 0x0D, 0)]),
            (b"\x7F", &[(0x08, 0x08, 0)]),
            (b"\t", &[(0x09, 0x09, 0)]),
            (b"\x03", &[(0x43, 3, LEFT_CTRL)]),
            (b"\x1B", &[(0x1B, 0x1B, 0)]),
            (b"\x1Bx", &[(0x58, 0x78, LEFT_ALT)]),
            (b"\x1B[A", &[(0x26, 0, ENHANCED)]),
            (b"\x1BOD", &[(0x25, 0, ENHANCED)]),
            (b"\x1B[3~", &[(0x2E, 0, ENHANCED)]),
            (b"\x1B[1;5C", &[(0x27, 0, ENHANCED | LEFT_CTRL)]),
            (b"\x1BOP", &[(0x70, 0, 0)]),
            (b"\x1B[24~", &[(0x7B, 0, 0)]),
            (b"\x1B[Z", &[(0x09, 9, SHIFT)]),
            ("\u{e9}".as_bytes(), &[(VK_PACKET, 0xE9, 0)]),
            ("\u{1f600}".as_bytes(), &[(VK_PACKET, 0xD83D, 0), (VK_PACKET, 0xDE00, 0)]),
            (b"\xFF", &[(VK_PACKET, 0xFFFD, 0)]),
            (b"\x1B[9x", &[(0x1B, 0x1B, 0), (0xDB, 0x5B, 0), (0x39, 0x39, 0), (0x58, 0x78, 0)]),
        ];
        for (bytes, expected) in cases {
            let found = events(bytes);
            let downs: Vec<_> =
                found.iter().filter(|key| key.down).map(|key| (key.code, key.unit, key.state)).collect();
            assert_eq!(downs, *expected, "{bytes:?}");
            assert_eq!(found.len(), 2 * expected.len());
        }
    }

    #[test]
    fn where_a_key_ends() {
        for bytes in ["\x1B", "\x1B[", "\x1BO", "\x1B[1", "\x1B[1;"] {
            assert!(goes_on(bytes.as_bytes()), "{bytes:?}");
        }
        assert!(goes_on(b"\xE2\x82") && goes_on(b"\xC3"));
        for bytes in ["a", "\x1B[A", "\x1BOP", "\x1B[3~", "\x1Bx", "\u{e9}"] {
            assert!(!goes_on(bytes.as_bytes()), "{bytes:?}");
        }
    }

    #[test]
    fn characters_up_to_the_end_of_a_line() {
        forget();
        let add = |key: &str| Place::new().unwrap().fill(events(key.as_bytes()));
        ["x", "\x1B[A", "\u{e9}", "\r", "y"].into_iter().for_each(add);
        assert_eq!(waiting(), 10);
        let first = |most, take| first(most, take, |key| key).unwrap();
        assert_eq!(first(1, false), first(1, false));
        let characters = |most| {
            let mut found = Vec::new();
            characters(&mut found, most).unwrap();
            found
        };
        assert_eq!(characters(64), "x\u{e9}\n".as_bytes());
        // Enter goes up, and `y` goes down and up.
        assert_eq!(first(8, true).len(), 3);
        assert_eq!((waiting(), characters(9).len()), (0, 0));
        let unused = Place::new().unwrap();
        assert_eq!(KEYS.take().promised, MOST);
        drop(unused);
        assert_eq!(KEYS.take().promised, 0);
    }
}
