//! Names of pipes: `\\.\pipe\NAME`.

use crate::kernel::code::Code;
use crate::sys::room;

/// What a name of a file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Named {
    /// A pipe on this machine.
    Pipe(Name),
    /// A pipe on another one.
    Elsewhere,
    /// No pipe.
    Other,
}

/// The part behind `pipe\`, in the letter case in which names are compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Name(Vec<u8>);

/// The longest name, with all that stands in front, in characters.
const LONGEST: usize = 256;

/// Whether a byte separates. Behind `\\?\` a `/` is a letter like others.
const fn separates(byte: u8, exact: bool) -> bool {
    byte == b'\\' || !exact && byte == b'/'
}

/// The text behind a part of a name and its separator.
fn behind<'a>(text: &'a [u8], part: &[u8], exact: bool) -> Option<&'a [u8]> {
    let (first, rest) = text.split_at_checked(part.len())?;
    let (separator, rest) = rest.split_first()?;
    (first.eq_ignore_ascii_case(part) && separates(*separator, exact)).then_some(rest)
}

/// Reads a name, in UTF-8.
///
/// # Errors
/// `ERROR_INVALID_NAME`: nothing behind `pipe\`, or more than 256 characters in all. `ERROR_NOT_ENOUGH_MEMORY`.
pub(crate) fn read(text: &[u8]) -> Result<Named, Code> {
    let [first, second, rest @ ..] = text else { return Ok(Named::Other) };
    if !separates(*first, false) || !separates(*second, false) {
        return Ok(Named::Other);
    }
    let exact = text.starts_with(br"\\?\");
    let local = behind(rest, b".", exact).or_else(|| behind(rest, b"?", exact));
    let Some(local) = local else {
        let mut parts = rest.splitn(3, |byte| separates(*byte, false));
        let (host, share, name) = (parts.next(), parts.next(), parts.next());
        let is_pipe = share.is_some_and(|share| share.eq_ignore_ascii_case(b"pipe"));
        let is_elsewhere = is_pipe && name.is_some() && host.is_some_and(|host| !host.is_empty());
        return Ok(if is_elsewhere { Named::Elsewhere } else { Named::Other });
    };
    let Some(name) = behind(local, b"pipe", exact) else { return Ok(Named::Other) };
    let characters = text.iter().filter(|byte| **byte & 0xC0 != 0x80).count();
    if name.is_empty() || characters > LONGEST {
        return Err(Code::INVALID_NAME);
    }
    let mut lower = Vec::new();
    for chunk in name.utf8_chunks() {
        for letter in chunk.valid().chars() {
            let letter = if letter == '/' && !exact { '\\' } else { letter };
            for letter in letter.to_lowercase() {
                let mut bytes = [0; 4];
                for byte in letter.encode_utf8(&mut bytes).bytes() {
                    room::push(&mut lower, byte)?;
                }
            }
        }
        for byte in chunk.invalid() {
            room::push(&mut lower, *byte)?;
        }
    }
    Ok(Named::Pipe(Name(lower)))
}

impl Name {
    /// The bytes.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// A number of 128 bits that hardly any other name has.
    pub(super) fn number(&self) -> [u64; 2] {
        const BEGINNINGS: [u64; 2] = [0xCBF2_9CE4_8422_2325, 0x9E37_79B9_7F4A_7C15];
        const FACTORS: [u64; 2] = [0x0000_0100_0000_01B3, 0xD6E8_FEB8_6659_FD93];
        let [first, second] = BEGINNINGS;
        let [one, other] = FACTORS;
        self.0.iter().fold([first, second], |[first, second], byte| {
            let byte = u64::from(*byte);
            [(first ^ byte).wrapping_mul(one), (second ^ byte).wrapping_mul(other).rotate_left(29)]
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pipe(name: &str) -> Result<Named, Code> {
        Ok(Named::Pipe(Name(name.as_bytes().to_vec())))
    }

    #[test]
    fn names() {
        for (text, expected) in [
            (r"\\.\pipe\x", pipe("x")),
            (r"\\.\PIPE\Ab c", pipe("ab c")),
            (r"\\?\pipe\x", pipe("x")),
            ("//./pipe/x", pipe("x")),
            (r"\\.\pipe/a/b", pipe(r"a\b")),
            (r"\\?\pipe\a/b", pipe("a/b")),
            (r"\\.\pipe\Ä€", pipe("ä€")),
            (r"\\.\pipe\LOCAL\x", pipe(r"local\x")),
            (r"\\.\pipe\", Err(Code::INVALID_NAME)),
            (r"\\.\pipe", Ok(Named::Other)),
            (r"\\.\pipes\x", Ok(Named::Other)),
            (r"\\.\COM1", Ok(Named::Other)),
            (r"\\host\pipe\x", Ok(Named::Elsewhere)),
            (r"\\host\share\x", Ok(Named::Other)),
            (r"\\\pipe\x", Ok(Named::Other)),
            (r"\.\pipe\x", Ok(Named::Other)),
            ("/tmp/pipe/x", Ok(Named::Other)),
            ("x", Ok(Named::Other)),
            ("", Ok(Named::Other)),
        ] {
            assert_eq!(read(text.as_bytes()), expected, "{text}");
        }
        for (letters, is_good) in [(247, true), (248, false)] {
            let text = format!(r"\\.\pipe\{}", "ä".repeat(letters));
            assert_eq!(read(text.as_bytes()).is_ok(), is_good, "{letters} letters");
        }
    }

    #[test]
    fn numbers_differ() {
        let mut numbers: Vec<_> =
            (0..10_000).map(|number| Name(format!("pipe{number}").into_bytes()).number()).collect();
        numbers.sort_unstable();
        numbers.dedup();
        assert_eq!(numbers.len(), 10_000);
    }
}
