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
    let device: &[u8] = match name.strip_prefix(br"\\.\").unwrap_or(name).to_ascii_uppercase().as_slice() {
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

#[cfg(test)]
mod tests {
    use super::*;

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
            ("ä", "ä"),
        ] {
            assert_eq!(linux(name.as_bytes()).unwrap().to_str(), Ok(expected), "{name}");
        }
        assert_eq!(linux(b""), Err(Code::ERROR_PATH_NOT_FOUND));
        assert_eq!(linux(b"a\0b"), Err(Code::ERROR_INVALID_NAME));
    }
}
