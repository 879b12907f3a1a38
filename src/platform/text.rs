//! Between UTF-8, which is every narrow encoding here, and UTF-16.

use super::code::Code;
use crate::sys::room;

/// `MultiByteToWideChar`'s flag: what is no UTF-8 is an error.
pub(crate) const MB_ERR_INVALID_CHARS: u32 = 8;
/// `WideCharToMultiByte`'s flag: likewise for UTF-16.
pub(crate) const WC_ERR_INVALID_CHARS: u32 = 0x80;

/// The numbers of code pages that mean UTF-8 here: the machine's own (ANSI, OEM, the thread's), UTF-8, and ASCII, which is
/// a part of it.
///
/// # Errors
/// `ERROR_INVALID_PARAMETER`: another code page.
pub const fn code_page(number: u32) -> Result<(), Code> {
    match number {
        0 | 1 | 3 | 20127 | 65001 => Ok(()),
        _ => Err(Code::ERROR_INVALID_PARAMETER),
    }
}

/// Whether a conversion may have these flags: CP_UTF8 (65001) takes one alone; the others' concern what UTF-8 does not have.
///
/// # Errors
/// `ERROR_INVALID_FLAGS`.
pub const fn flags(page: u32, flags: u32, taken: u32) -> Result<(), Code> {
    if page == 65001 && flags & !taken != 0 { Err(Code::ERROR_INVALID_FLAGS) } else { Ok(()) }
}

/// UTF-16 of a text; each part that is no UTF-8 becomes U+FFFD, or is an error where the caller wants that.
///
/// # Errors
/// `ERROR_NO_UNICODE_TRANSLATION`, `ERROR_NOT_ENOUGH_MEMORY`.
pub fn widen(bytes: &[u8], strict: bool) -> Result<Vec<u16>, Code> {
    if strict && std::str::from_utf8(bytes).is_err() {
        return Err(Code::ERROR_NO_UNICODE_TRANSLATION);
    }
    let mut units = room::widened(bytes)?;
    // Its end.
    units.pop();
    Ok(units)
}

/// UTF-8 of a text; likewise for halves of pairs that stand alone.
///
/// # Errors
/// `ERROR_NO_UNICODE_TRANSLATION`, `ERROR_NOT_ENOUGH_MEMORY`.
pub fn narrow(units: &[u16], strict: bool) -> Result<Vec<u8>, Code> {
    let mut text = String::new();
    for c in char::decode_utf16(units.iter().copied()) {
        let c = match c {
            Err(_) if strict => return Err(Code::ERROR_NO_UNICODE_TRANSLATION),
            c => c.unwrap_or(char::REPLACEMENT_CHARACTER),
        };
        text.try_reserve(c.len_utf8()).map_err(|_| Code::ERROR_NOT_ENOUGH_MEMORY)?;
        text.push(c);
    }
    Ok(text.into_bytes())
}

/// How two texts stand to each other: −1, 0 or 1, letter by letter; without regard to case if asked.
#[must_use]
pub fn compare(a: &str, b: &str, fold: bool) -> i32 {
    let order = if fold {
        a.chars().flat_map(char::to_lowercase).cmp(b.chars().flat_map(char::to_lowercase))
    } else {
        a.cmp(b)
    };
    match order {
        std::cmp::Ordering::Less => -1,
        std::cmp::Ordering::Equal => 0,
        std::cmp::Ordering::Greater => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways() {
        for text in ["", "plain", "ä€😀", "\u{FFFD}"] {
            let units = widen(text.as_bytes(), true).unwrap();
            assert_eq!(narrow(&units, true).unwrap(), text.as_bytes());
        }
        assert_eq!(widen(b"a\xff", true), Err(Code::ERROR_NO_UNICODE_TRANSLATION));
        assert_eq!(widen(b"a\xff", false), Ok(vec![0x61, 0xFFFD]));
        assert_eq!(narrow(&[0xD800], true), Err(Code::ERROR_NO_UNICODE_TRANSLATION));
        assert_eq!(narrow(&[0xD800], false), Ok("\u{FFFD}".into()));
    }

    #[test]
    fn code_pages() {
        for page in [0, 1, 3, 65001, 20127] {
            code_page(page).unwrap();
        }
        for page in [2, 437, 932, 1252, 65000, u32::MAX] {
            code_page(page).unwrap_err();
        }
    }

    #[test]
    fn flags_of_conversions() {
        for (page, given, good) in [
            (65001, 0, true),
            (65001, 8, true),
            (65001, 1, false),
            (65001, 9, false),
            (65001, 1 << 31, false),
            (0, 1, true),
            (20127, u32::MAX, true),
        ] {
            assert_eq!(flags(page, given, MB_ERR_INVALID_CHARS).is_ok(), good, "{page} {given:#x}");
        }
    }

    #[test]
    fn comparing() {
        for (a, b, plain, folded) in
            [("a", "b", -1, -1), ("B", "a", -1, 1), ("ÄB", "äb", -1, 0), ("", "", 0, 0), ("a", "", 1, 1)]
        {
            assert_eq!((compare(a, b, false), compare(a, b, true)), (plain, folded), "{a} {b}");
        }
    }
}
