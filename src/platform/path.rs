//! Names of files as Windows' functions take them, as Linux has them.

use std::ffi::CString;

use super::code::Code;
use super::command;
use crate::sys::room::{self, Made, NoMemory};

/// The number of a serial line: `COM1` to `COM9`; others with `\\.\` in front. A colon may follow.
fn serial_line(name: &[u8], device: bool) -> Option<u32> {
    let (word, digits) = name.strip_suffix(b":").unwrap_or(name).split_at_checked(3)?;
    let plain = match digits {
        [b'1'..=b'9'] => true,
        [b'1'..=b'9', rest @ ..] => device && rest.len() < 4 && rest.iter().all(u8::is_ascii_digit),
        _ => false,
    };
    let number = || digits.iter().fold(0, |number, digit| number * 10 + u32::from(digit.wrapping_sub(b'0')));
    (word.eq_ignore_ascii_case(b"COM") && plain).then(number)
}

/// Whether it is the name of the console's screen, as opposed to the keyboard.
#[must_use]
pub fn is_screen(name: &[u8]) -> bool {
    let plain = match name {
        [b'\\' | b'/', b'\\' | b'/', b'?' | b'.', b'\\' | b'/', plain @ ..] => plain,
        plain => plain,
    };
    plain.eq_ignore_ascii_case(b"CONOUT$")
}

/// The Linux name: `\` separates as `/` does, and the names of devices that programs open are theirs. Behind `\\?\` and `\\.\` stands
/// such a device, or a name from the root on.
///
/// # Errors
/// `ERROR_PATH_NOT_FOUND` for an empty name, `ERROR_INVALID_NAME` for one with a zero inside, `ERROR_FILE_NOT_FOUND` for other devices,
/// `ERROR_NOT_ENOUGH_MEMORY`.
pub fn linux(name: &[u8]) -> Result<CString, Code> {
    if name.is_empty() {
        return Err(Code::ERROR_PATH_NOT_FOUND);
    }
    if name.contains(&0) {
        return Err(Code::ERROR_INVALID_NAME);
    }
    let separated = command::slashes(name)?;
    let behind = separated.strip_prefix(b"//?/").or_else(|| separated.strip_prefix(b"//./"));
    let plain = behind.unwrap_or(&separated);
    if let Some(number) = serial_line(plain, behind.is_some()) {
        let name = room::shown(&format_args!("/dev/ttyS{}", number - 1))?;
        return Ok(room::c_text(name.as_bytes())?);
    }
    let is = |names: &[&str]| names.iter().any(|known| plain.eq_ignore_ascii_case(known.as_bytes()));
    let found = if is(&["NUL"]) {
        b"/dev/null"
    } else if is(&["CON", "CONIN$", "CONOUT$"]) {
        b"/dev/tty"
    } else if behind.is_some() && !plain.starts_with(b"/") {
        return Err(Code::ERROR_FILE_NOT_FOUND);
    } else {
        plain
    };
    Ok(room::c_text(found)?)
}

/// A name from the root on, without `.` and `..`. `directory` is where the process runs.
///
/// # Errors
/// [`NoMemory`].
pub fn absolute(name: &[u8], directory: &[u8]) -> Made<Vec<u8>> {
    let from = if name.starts_with(b"/") { b"".as_slice() } else { directory };
    // Both, and a slash before each.
    let mut found = Vec::new();
    found.try_reserve(from.len().saturating_add(name.len()).saturating_add(2)).map_err(|_| NoMemory)?;
    for part in [from, name].into_iter().flat_map(|whole| whole.split(|&byte| byte == b'/')) {
        match part {
            b"" | b"." => {}
            b".." => found.truncate(found.iter().rposition(|&byte| byte == b'/').unwrap_or(0)),
            part => {
                found.push(b'/');
                found.extend_from_slice(part);
            }
        }
    }
    if found.is_empty() || name.ends_with(b"/") {
        found.push(b'/');
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_names() {
        for (name, expected) in [
            ("x", "/a/b/x"),
            ("/x//y/", "/x/y/"),
            ("../c/./d", "/a/c/d"),
            ("../../../..", "/"),
            ("/", "/"),
            (".", "/a/b"),
        ] {
            assert_eq!(absolute(name.as_bytes(), b"/a/b").unwrap(), expected.as_bytes(), "{name}");
        }
    }

    #[test]
    fn the_screen() {
        for (name, expected) in [
            ("CONOUT$", true),
            (r"\\.\conout$", true),
            ("//?/CONOUT$", true),
            ("CONIN$", false),
            ("CON", false),
            (r"x\CONOUT$", false),
            (r"\\.\", false),
        ] {
            assert_eq!(is_screen(name.as_bytes()), expected, "{name}");
        }
    }

    #[test]
    fn names() {
        for (name, expected) in [
            ("file.txt", "file.txt"),
            (r"a\b/c", "a/b/c"),
            (r".\x", "./x"),
            ("nul", "/dev/null"),
            (r"\\.\NUL", "/dev/null"),
            ("CONIN$", "/dev/tty"),
            ("Conout$", "/dev/tty"),
            ("nul.txt", "nul.txt"),
            ("COM1", "/dev/ttyS0"),
            (r"\\.\com10", "/dev/ttyS9"),
            (r"\\.\COM1", "/dev/ttyS0"),
            ("//./COM256", "/dev/ttyS255"),
            ("com9:", "/dev/ttyS8"),
            ("COM10", "COM10"),
            ("COM0", "COM0"),
            ("COM01", "COM01"),
            ("com+1", "com+1"),
            ("COM", "COM"),
            (r"\\?\com3", "/dev/ttyS2"),
            ("//./nul", "/dev/null"),
            (r"\\?\/a/b", "/a/b"),
            (r"\\?\\a\b", "/a/b"),
            (r"\\.\/dev/pts/0", "/dev/pts/0"),
            ("command", "command"),
            ("ä", "ä"),
        ] {
            assert_eq!(linux(name.as_bytes()).unwrap().to_str(), Ok(expected), "{name}");
        }
        assert_eq!(linux(b""), Err(Code::ERROR_PATH_NOT_FOUND));
        assert_eq!(linux(b"a\0b"), Err(Code::ERROR_INVALID_NAME));
        for name in [r"\\.\pipe\x", r"\\.\PhysicalDrive0", r"\\?\C:\x", r"\\?\x", r"\\.\COM0", r"\\?\"] {
            assert_eq!(linux(name.as_bytes()), Err(Code::ERROR_FILE_NOT_FOUND), "{name}");
        }
    }
}
