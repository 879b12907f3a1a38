//! Names of objects, and `RtlInitUnicodeString`.

#![allow(non_snake_case, reason = "Windows' names")]

use super::types::{OBJECT_ATTRIBUTES, UNICODE_STRING};
use crate::ffi::types::WCHAR;
use crate::kernel::device;
use crate::sys::room;
use crate::sys::user::memory;
use crate::windows::{dos_error, status};

/// Programs that are started get the handle.
pub(super) const OBJ_INHERIT: u32 = 2;
/// An object that is there is opened.
pub(super) const OBJ_OPENIF: u32 = 0x80;
const OBJ_VALID: u32 = 0x1FF2;

/// What is wanted.
pub(super) struct Wanted {
    /// The name, with the backslash that it begins with, or with that of a directory before it.
    pub(super) name: Option<Vec<u16>>,
    /// `OBJ_…`.
    pub(super) attributes: u32,
    /// It begins in a directory that a handle stands for.
    pub(super) is_relative: bool,
}

/// Reads what is wanted; without attributes nothing in particular.
///
/// # Errors
/// `STATUS_ACCESS_VIOLATION`; `STATUS_INVALID_PARAMETER`: a size or a flag that does not exist. `STATUS_OBJECT_NAME_INVALID`: half a
/// character. `STATUS_OBJECT_PATH_SYNTAX_BAD`: the name begins with no backslash. `STATUS_INVALID_HANDLE`: the directory is none.
/// `STATUS_NO_MEMORY`.
///
/// # Safety
/// An in pointer, and so are those in it.
pub(super) unsafe fn wanted(attributes: *const OBJECT_ATTRIBUTES) -> Result<Wanted, u32> {
    const BAD: u32 = status::STATUS_ACCESS_VIOLATION;
    if attributes.is_null() {
        return Ok(Wanted { name: None, attributes: 0, is_relative: false });
    }
    // SAFETY: an in pointer; any bits are a value of these numbers.
    let found = unsafe { memory::read(attributes) }.ok_or(BAD)?;
    if usize::try_from(found.Length) != Ok(size_of::<OBJECT_ATTRIBUTES>())
        || found.Attributes & !OBJ_VALID != 0
    {
        return Err(status::STATUS_INVALID_PARAMETER);
    }
    let is_relative = !found.RootDirectory.is_null();
    if is_relative {
        device::find(found.RootDirectory.addr()).map_err(|_| status::STATUS_INVALID_HANDLE)?;
    }
    let mut name = None;
    if !found.ObjectName.is_null() {
        // SAFETY: an in pointer.
        let text = unsafe { memory::read(found.ObjectName) }.ok_or(BAD)?;
        // SAFETY: an in pointer.
        name = unsafe { units(text) }?;
    }
    let begins_well = name.as_ref().is_none_or(|name| is_relative || name.first() == Some(&u16::from(b'\\')));
    if !begins_well {
        return Err(dos_error::STATUS_OBJECT_PATH_SYNTAX_BAD);
    }
    Ok(Wanted { name, attributes: found.Attributes, is_relative })
}

/// The characters; none of an empty text.
///
/// # Safety
/// An in pointer in it.
unsafe fn units(text: UNICODE_STRING) -> Result<Option<Vec<u16>>, u32> {
    let len = usize::from(text.Length);
    if len % 2 != 0 {
        return Err(dos_error::STATUS_OBJECT_NAME_INVALID);
    }
    if len == 0 {
        return Ok(None);
    }
    let address = text.Buffer.addr();
    if text.Buffer.is_null() || !memory::readable(address, len) {
        return Err(status::STATUS_ACCESS_VIOLATION);
    }
    let mut units = room::filled(0_u16, len / 2).map_err(|_| status::STATUS_NO_MEMORY)?;
    // SAFETY: so many bytes are readable, as just asked, and there is room for them; the address need not be even.
    unsafe {
        std::ptr::copy_nonoverlapping(text.Buffer.cast::<u8>(), units.as_mut_ptr().cast::<u8>(), len);
    }
    Ok(Some(units))
}

/// The rest of a name behind a beginning, whatever the letters' case.
pub(super) fn behind<'a>(name: &'a [u16], beginning: &str) -> Option<&'a [u16]> {
    let (first, rest) = name.split_at_checked(beginning.len())?;
    let same =
        |(unit, byte): (&u16, u8)| u8::try_from(*unit).is_ok_and(|unit| unit.eq_ignore_ascii_case(&byte));
    first.iter().zip(beginning.bytes()).all(same).then_some(rest)
}

/// `VOID RtlInitUnicodeString(PUNICODE_STRING DestinationString, PCWSTR SourceString)`
///
/// Makes a UNICODE_STRING of a text that ends with a NUL: its length in bytes without that, the room with it, and its address. A text
/// of more than 32766 characters counts that many. NULL, and a text that cannot be read, is the empty one.
///
/// Source: NT9.
///
/// # Safety
/// `DestinationString` is an out pointer, `SourceString` an in pointer to a text.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ws2_RtlInitUnicodeString(
    DestinationString: *mut UNICODE_STRING,
    SourceString: *const WCHAR,
) {
    const MOST: usize = 0xFFFC;
    let text = if SourceString.is_null() {
        None
    } else {
        // SAFETY: an in pointer.
        unsafe { memory::wide_text(SourceString) }.ok().flatten()
    };
    let made = match text {
        None => UNICODE_STRING { Length: 0, MaximumLength: 0, Buffer: std::ptr::null_mut() },
        Some(text) => {
            let bytes = u16::try_from(text.len().saturating_mul(2).min(MOST)).unwrap_or(0);
            UNICODE_STRING {
                Length: bytes,
                MaximumLength: bytes.saturating_add(2),
                Buffer: SourceString.cast_mut(),
            }
        }
    };
    // SAFETY: an out pointer.
    let _ = unsafe { memory::write(DestinationString, made) };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beginnings_of_names() {
        let units = |text: &str| text.encode_utf16().collect::<Vec<_>>();
        for (name, expected) in [
            ("\\Device\\Afd", Some("")),
            ("\\DEVICE\\afd\\x", Some("\\x")),
            ("\\Device\\Af", None),
            ("\\Device\\Tcp", None),
            ("", None),
        ] {
            let found = behind(&units(name), "\\Device\\Afd").map(<[u16]>::to_vec);
            assert_eq!(found, expected.map(units), "{name}");
        }
    }
}
