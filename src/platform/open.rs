//! `CreateFile`'s arguments, in Linux' words.

use super::code::Code;

pub(crate) const GENERIC_READ: u32 = 0x8000_0000;
pub(crate) const GENERIC_WRITE: u32 = 0x4000_0000;
pub(crate) const GENERIC_ALL: u32 = 0x1000_0000;
pub(crate) const FILE_READ_DATA: u32 = 1;
pub(crate) const FILE_WRITE_DATA: u32 = 2;
pub(crate) const FILE_APPEND_DATA: u32 = 4;

pub(crate) const CREATE_NEW: u32 = 1;
pub(crate) const CREATE_ALWAYS: u32 = 2;
pub(crate) const OPEN_EXISTING: u32 = 3;
pub(crate) const OPEN_ALWAYS: u32 = 4;
pub(crate) const TRUNCATE_EXISTING: u32 = 5;

pub(crate) const FILE_ATTRIBUTE_READONLY: u32 = 1;
pub(crate) const FILE_FLAG_WRITE_THROUGH: u32 = 0x8000_0000;
pub(crate) const FILE_FLAG_DELETE_ON_CLOSE: u32 = 0x0400_0000;
pub(crate) const FILE_FLAG_BACKUP_SEMANTICS: u32 = 0x0200_0000;

/// What is to be done with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// `O_…` bits that hold in any case.
    pub flags: i32,
    /// The file is made if it is not there.
    pub create: bool,
    /// A file that is there is not an error.
    pub existing: bool,
    /// A file that is there loses its content.
    pub truncate: bool,
    /// The rights of a new file.
    pub mode: u32,
    /// A directory may be opened.
    pub directory: bool,
    /// The name goes at once.
    pub unlink: bool,
}

/// Reads the arguments.
///
/// # Errors
/// `ERROR_INVALID_PARAMETER`: no such disposition, or truncating without the right to write.
pub fn plan(access: u32, disposition: u32, attributes: u32, inherited: bool) -> Result<Plan, Code> {
    let any = |bits: u32| access & bits != 0;
    let read = any(GENERIC_READ | GENERIC_ALL | FILE_READ_DATA);
    let append = any(FILE_APPEND_DATA) && !any(GENERIC_WRITE | GENERIC_ALL | FILE_WRITE_DATA);
    let write = append || any(GENERIC_WRITE | GENERIC_ALL | FILE_WRITE_DATA);
    let mut flags = match (read, write) {
        (true, true) => libc::O_RDWR,
        (false, true) => libc::O_WRONLY,
        (_, false) => libc::O_RDONLY,
    } | libc::O_NOCTTY;
    if append {
        flags |= libc::O_APPEND;
    }
    if !inherited {
        flags |= libc::O_CLOEXEC;
    }
    if attributes & FILE_FLAG_WRITE_THROUGH != 0 {
        flags |= libc::O_SYNC;
    }
    let (create, existing, truncate) = match disposition {
        CREATE_NEW => (true, false, false),
        CREATE_ALWAYS => (true, true, true),
        OPEN_EXISTING => (false, true, false),
        OPEN_ALWAYS => (true, true, false),
        TRUNCATE_EXISTING if any(GENERIC_WRITE | GENERIC_ALL) => (false, true, true),
        _ => return Err(Code::ERROR_INVALID_PARAMETER),
    };
    Ok(Plan {
        flags,
        create,
        existing,
        truncate,
        mode: if attributes & FILE_ATTRIBUTE_READONLY != 0 { 0o444 } else { 0o666 },
        directory: attributes & FILE_FLAG_BACKUP_SEMANTICS != 0,
        unlink: attributes & FILE_FLAG_DELETE_ON_CLOSE != 0,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rights_become_modes() {
        let cases = [
            (GENERIC_READ, libc::O_RDONLY),
            (GENERIC_WRITE, libc::O_WRONLY),
            (GENERIC_READ | GENERIC_WRITE, libc::O_RDWR),
            (GENERIC_ALL, libc::O_RDWR),
            (FILE_APPEND_DATA, libc::O_WRONLY | libc::O_APPEND),
            (FILE_APPEND_DATA | GENERIC_WRITE, libc::O_WRONLY),
            (0, libc::O_RDONLY),
        ];
        for (access, expected) in cases {
            let plan = plan(access, OPEN_EXISTING, 0, true).unwrap();
            assert_eq!(plan.flags, expected | libc::O_NOCTTY, "{access:#x}");
        }
    }

    #[test]
    fn dispositions() {
        for (disposition, expected) in [
            (CREATE_NEW, Some((true, false, false))),
            (CREATE_ALWAYS, Some((true, true, true))),
            (OPEN_EXISTING, Some((false, true, false))),
            (OPEN_ALWAYS, Some((true, true, false))),
            (TRUNCATE_EXISTING, Some((false, true, true))),
            (0, None),
            (6, None),
        ] {
            let plan = plan(GENERIC_WRITE, disposition, 0, false);
            assert_eq!(plan.ok().map(|plan| (plan.create, plan.existing, plan.truncate)), expected);
        }
        assert_eq!(plan(GENERIC_READ, TRUNCATE_EXISTING, 0, false), Err(Code::ERROR_INVALID_PARAMETER));
    }
}
