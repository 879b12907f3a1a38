//! Names of files as Windows' functions take them, as Linux has them.

use std::ffi::CString;

use super::code::Code;

/// The Linux name: `\` separates as `/` does, and the names of devices that programs open are theirs.
///
/// # Errors
/// `ERROR_PATH_NOT_FOUND` for an empty name, `ERROR_INVALID_NAME` for one with a zero inside.
pub fn linux(name: &[u8]) -> Result<CString, Code> {
    if name.is_empty() {
        return Err(Code::ERROR_PATH_NOT_FOUND);
    }
    let plain = name.strip_prefix(br"\\.\").unwrap_or(name).to_ascii_uppercase();
    if let Some(number) =
        plain.strip_prefix(b"COM").and_then(|digits| std::str::from_utf8(digits).ok()?.parse::<u16>().ok())
        && number > 0
    {
        return CString::new(format!("/dev/ttyS{}", number - 1)).map_err(|_| Code::ERROR_INVALID_NAME);
    }
    let device: &[u8] = match plain.as_slice() {
        b"NUL" => b"/dev/null",
        b"CON" | b"CONIN$" | b"CONOUT$" => b"/dev/tty",
        _ => b"",
    };
    let bytes = if device.is_empty() {
        name.iter().map(|&byte| if byte == b'\\' { b'/' } else { byte }).collect()
    } else {
        device.to_vec()
    };
    CString::new(bytes).map_err(|_| Code::ERROR_INVALID_NAME)
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
            ("command", "command"),
            ("ä", "ä"),
        ] {
            assert_eq!(linux(name.as_bytes()).unwrap().to_str(), Ok(expected), "{name}");
        }
        assert_eq!(linux(b""), Err(Code::ERROR_PATH_NOT_FOUND));
        assert_eq!(linux(b"a\0b"), Err(Code::ERROR_INVALID_NAME));
    }
}
