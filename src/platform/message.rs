//! `FormatMessage`: the texts of codes, and texts with places for arguments.

use super::code::Code;
use crate::error::WsaError;
use crate::sys::room::{self, Made};

pub(crate) const ALLOCATE_BUFFER: u32 = 0x100;
pub(crate) const IGNORE_INSERTS: u32 = 0x200;
pub(crate) const FROM_STRING: u32 = 0x400;
pub(crate) const FROM_HMODULE: u32 = 0x800;
pub(crate) const FROM_SYSTEM: u32 = 0x1000;
pub(crate) const ARGUMENT_ARRAY: u32 = 0x2000;
/// The lower byte: 0 keeps line breaks, 0xFF takes them out; other widths break lines at words on Windows, and here not.
pub(crate) const WIDTH_MASK: u32 = 0xFF;

/// Results that are no code of Windows' with an offset, and their texts.
static RESULTS: [(u32, &str); 13] = [
    (0x8000_000A, "What was asked for is not there yet"),
    (0x8000_000B, "The place is outside of what is there"),
    (0x8000_4001, "This is not implemented"),
    (0x8000_4002, "The object does not have that interface"),
    (0x8000_4003, "The pointer is not valid"),
    (0x8000_4004, "The operation was given up"),
    (0x8000_4005, "Something has failed that is not told more closely"),
    (0x8000_FFFF, "Something has failed that never should"),
    (0x8001_0106, "The thread has been set up in another way before"),
    (0x8004_0110, "The class does not let others contain it"),
    (0x8004_0111, "The library does not have that class"),
    (0x8004_0154, "The class is not registered"),
    (0x8004_01F0, "The thread has not called CoInitialize"),
];

/// The text of a code, of Winsock or of Windows, or of an `HRESULT`: 0x8007 stands before a code of either.
fn text_of(number: u32) -> Option<&'static str> {
    let of = |number: u32| {
        WsaError::from_number(number.cast_signed()).text().or_else(|| Code::from_number(number).text())
    };
    of(number)
        .or_else(|| if number >> 16 == 0x8007 { of(number & 0xFFFF) } else { None })
        .or_else(|| RESULTS.iter().find(|(result, _)| *result == number).map(|&(_, text)| text))
}

/// The text of a code, ended as Windows ends it: a full stop and a new line, or a space where the caller wants no line
/// breaks.
///
/// # Errors
/// `ERROR_MR_MID_NOT_FOUND`: it has none. `ERROR_NOT_ENOUGH_MEMORY`.
pub fn of_code(number: u32, flags: u32) -> Result<String, Code> {
    let text = text_of(number).ok_or(Code::ERROR_MR_MID_NOT_FOUND)?;
    let end = if flags & WIDTH_MASK == 0 { "\r\n" } else { " " };
    Ok(room::shown(&format_args!("{text}.{end}"))?)
}

/// An argument of a text, given by its address or value.
pub trait Arguments {
    /// The text that argument `number` (from 1) points to.
    ///
    /// # Errors
    /// [`NoMemory`](room::NoMemory).
    fn text(&self, number: usize, wide: bool) -> Made<Option<String>>;
    /// The value of argument `number`.
    fn value(&self, number: usize) -> Option<u64>;
}

/// No arguments at all.
#[derive(Debug)]
pub struct NoArguments;

impl Arguments for NoArguments {
    fn text(&self, _: usize, _: bool) -> Made<Option<String>> {
        Ok(None)
    }

    fn value(&self, _: usize) -> Option<u64> {
        None
    }
}

/// Puts the arguments of an array into a text: `%1` is the first as a text, `%1!d!` as a number by `printf`'s letter;
/// `%n` is a new line, `%0` ends the text without one, `%%`, `%.`, `%!` and `%space` stand for themselves.
///
/// # Errors
/// `ERROR_INVALID_PARAMETER`: an argument is missing or its form is not known. `ERROR_NOT_ENOUGH_MEMORY`.
pub fn inserted(
    text: &str,
    flags: u32,
    arguments: Option<&dyn Arguments>,
    wide: bool,
) -> Result<String, Code> {
    let mut out = Text(String::new());
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        if c != '%' {
            if flags & WIDTH_MASK == 0 {
                out.push(c)?;
            } else if c == '\n' {
                out.push(' ')?;
            } else if c != '\r' {
                out.push(c)?;
            }
            continue;
        }
        match rest.next() {
            Some('0') => return Ok(out.0),
            Some('n') => out.add("\r\n")?,
            Some('t') => out.push('\t')?,
            Some('r') => out.push('\r')?,
            Some('b') => out.push(' ')?,
            Some(digit @ '1'..='9') => {
                let Some(arguments) = arguments else {
                    out.push('%')?;
                    out.push(digit)?;
                    continue;
                };
                let mut number = digit.to_digit(10).unwrap_or(0);
                if let Some(second) = rest.as_str().chars().next().and_then(|c| c.to_digit(10)) {
                    number = number * 10 + second;
                    rest.next();
                }
                let mut form = "s";
                if let Some(after) = rest.as_str().strip_prefix('!') {
                    let (inside, behind) = after.split_once('!').ok_or(Code::ERROR_INVALID_PARAMETER)?;
                    form = inside;
                    rest = behind.chars();
                }
                let number = usize::try_from(number).map_err(|_| Code::ERROR_INVALID_PARAMETER)?;
                let shown = argument(form, number, arguments, wide)?;
                out.add(&shown.ok_or(Code::ERROR_INVALID_PARAMETER)?)?;
            }
            Some(other) => out.push(other)?,
            None => return Err(Code::ERROR_INVALID_PARAMETER),
        }
    }
    Ok(out.0)
}

/// A text that grows.
struct Text(String);

impl Text {
    fn add(&mut self, more: &str) -> Made<()> {
        self.0.try_reserve(more.len())?;
        self.0.push_str(more);
        Ok(())
    }

    fn push(&mut self, more: char) -> Made<()> {
        self.add(more.encode_utf8(&mut [0; 4]))
    }
}

/// One argument by `printf`'s letters: flags `-` and `0`, a width, a size, and `s d i u x X c`. None where that is no form, or there
/// is no such argument.
fn argument(form: &str, number: usize, arguments: &dyn Arguments, wide: bool) -> Made<Option<String>> {
    let Some((letter, form)) = form.chars().next_back().map(|letter| (letter, form)) else { return Ok(None) };
    let form = form.get(..form.len() - letter.len_utf8()).unwrap_or_default();
    let long = form.ends_with("ll") || form.ends_with("I64");
    let form = form.trim_end_matches("I64").trim_end_matches(['l', 'h', 'w']);
    let left = form.starts_with('-');
    let form = form.trim_start_matches('-');
    let zeros = form.starts_with('0') && !left;
    let width = if form.is_empty() { Some(0) } else { form.parse().ok().filter(|&width| width < 4096_usize) };
    let shown = match letter {
        's' => arguments.text(number, wide)?,
        'S' => arguments.text(number, !wide)?,
        _ => match arguments.value(number) {
            Some(value) => of_value(letter, long, value)?,
            None => None,
        },
    };
    let (Some(width), Some(shown)) = (width, shown) else { return Ok(None) };
    let padded = match (left, zeros) {
        (true, _) => room::shown(&format_args!("{shown:<width$}")),
        (false, true) => match shown.strip_prefix('-') {
            Some(digits) => {
                let width = width.saturating_sub(1);
                room::shown(&format_args!("-{digits:0>width$}"))
            }
            None => room::shown(&format_args!("{shown:0>width$}")),
        },
        (false, false) => room::shown(&format_args!("{shown:>width$}")),
    };
    padded.map(Some)
}

/// A number or a character.
fn of_value(letter: char, long: bool, value: u64) -> Made<Option<String>> {
    let low = u32::try_from(value & 0xFFFF_FFFF).unwrap_or(0);
    let number = if long { value } else { low.into() };
    let shown = match letter {
        'c' => return char::from_u32(low).map(|character| room::shown(&character)).transpose(),
        'd' | 'i' if long => room::shown(&value.cast_signed()),
        'd' | 'i' => room::shown(&low.cast_signed()),
        'u' => room::shown(&number),
        'x' => room::shown(&format_args!("{number:x}")),
        'X' => room::shown(&format_args!("{number:X}")),
        'p' => room::shown(&format_args!("{value:016X}")),
        _ => return Ok(None),
    };
    shown.map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Given;

    impl Arguments for Given {
        fn text(&self, number: usize, wide: bool) -> Made<Option<String>> {
            Ok((number == 1).then(|| if wide { "WIDE".into() } else { "text".into() }))
        }

        fn value(&self, number: usize) -> Option<u64> {
            match number {
                2 => Some(0xFFFF_FFFF_FFFF_FFFB),
                3 => Some(255),
                _ => None,
            }
        }
    }

    #[test]
    fn codes_of_both_kinds() {
        assert_eq!(of_code(10057, 0).unwrap(), "The socket is not connected.\r\n");
        assert_eq!(of_code(2, 0xFF).unwrap(), "There is no file of that name. ");
        for (result, code) in [(0x8007_0005, 5), (0x8007_2749, 10057), (0x8007_0057, 87), (0x8007_000E, 14)] {
            assert_eq!(of_code(result, 0), of_code(code, 0), "{result:#x}");
            of_code(code, 0).unwrap();
        }
        assert_eq!(of_code(0x8000_4001, 0).unwrap(), "This is not implemented.\r\n");
        for (result, text) in RESULTS {
            assert!(text.is_ascii() && !text.ends_with('.') && of_code(result, 0).is_ok(), "{result:#x}");
        }
        for none in [0x8006_0005, 0x0007_0005, 0x8007_FFFF, 0x8000_4000, 0xC007_0005] {
            assert_eq!(of_code(none, 0), Err(Code::ERROR_MR_MID_NOT_FOUND), "{none:#x}");
        }
        assert_eq!(of_code(0x1234_5678, 0), Err(Code::ERROR_MR_MID_NOT_FOUND));
    }

    #[test]
    fn places_for_arguments() {
        let put = |text| inserted(text, 0, Some(&Given), false);
        for (text, expected) in [
            ("plain", "plain"),
            ("%1 and %1!s!", "text and text"),
            ("%1!6s!|%1!-6s!|%1!S!", "  text|text  |WIDE"),
            ("%2!d! %2!u! %2!lld!", "-5 4294967291 -5"),
            ("%3!x! %3!04X! %3!I64x!", "ff 00FF ff"),
            ("%2!05d!", "-0005"),
            ("100%% sure%!%nnext%0 gone", "100% sure!\r\nnext"),
        ] {
            assert_eq!(put(text).as_deref(), Ok(expected), "{text}");
        }
        for bad in ["%4", "%1!q!", "%1!s", "%", "%3!99999d!"] {
            assert_eq!(put(bad), Err(Code::ERROR_INVALID_PARAMETER), "{bad}");
        }
        assert_eq!(inserted("%1\r\nx", 0xFF, None, false).as_deref(), Ok("%1 x"));
    }
}
