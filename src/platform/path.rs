//! Names of files as Windows' functions take them, as Linux has them.

use std::ffi::CString;

use super::code::Code;

/// The Linux name: `\` separates as `/` does, and the names of devices that programs open are theirs. Behind `\\?\` and `\\.\` stands
/// such a device, or a name from the root on.
///
/// # Errors
/// `ERROR_PATH_NOT_FOUND` for an empty name, `ERROR_INVALID_NAME` for one with a zero inside, `ERROR_FILE_NOT_FOUND` for other devices.
pub fn linux(name: &[u8]) -> Result<CString, Code> {
    if name.is_empty() {
        return Err(Code::ERROR_PATH_NOT_FOUND);
    }
    let separated: Vec<u8> = name.iter().map(|&byte| if byte == b'\\' { b'/' } else { byte }).collect();
    let behind = separated.strip_prefix(b"//?/").or_else(|| separated.strip_prefix(b"//./"));
    let plain = behind.unwrap_or(&separated);
    let found = match device(plain) {
        Some(found) => found,
        None if behind.is_some() && !plain.starts_with(b"/") => return Err(Code::ERROR_FILE_NOT_FOUND),
        None => plain.to_vec(),
    };
    CString::new(found).map_err(|_| Code::ERROR_INVALID_NAME)
}

/// What Linux calls a device that has this name on Windows.
fn device(name: &[u8]) -> Option<Vec<u8>> {
    let name = name.to_ascii_uppercase();
    if let Some(digits) = name.strip_prefix(b"COM")
        && digits.iter().all(u8::is_ascii_digit)
    {
        let number = std::str::from_utf8(digits).ok()?.parse::<u16>().ok()?.checked_sub(1)?;
        return Some(format!("/dev/ttyS{number}").into_bytes());
    }
    match name.as_slice() {
        b"NUL" => Some(b"/dev/null".to_vec()),
        b"CON" | b"CONIN$" | b"CONOUT$" => Some(b"/dev/tty".to_vec()),
        _ => None,
    }
}

/// A name from the root on, without `.` and `..`. `directory` is where the process runs.
#[must_use]
pub fn absolute(name: &[u8], directory: &[u8]) -> Vec<u8> {
    let whole = if name.starts_with(b"/") { name.to_vec() } else { [directory, b"/", name].concat() };
    let mut parts: Vec<&[u8]> = Vec::new();
    for part in whole.split(|&byte| byte == b'/') {
        match part {
            b"" | b"." => {}
            b".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    let mut found = [b"/".as_slice(), &parts.join(&b'/')].concat();
    if whole.ends_with(b"/") && found.len() > 1 {
        found.push(b'/');
    }
    found
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
            assert_eq!(absolute(name.as_bytes(), b"/a/b"), expected.as_bytes(), "{name}");
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
            ("COM0", "COM0"),
            ("com+1", "com+1"),
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
