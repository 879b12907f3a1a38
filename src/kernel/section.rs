//! File mappings: a file's content or memory of their own as an object, of which views are mapped. Names are found within this
//! process, as those of other objects.

use super::code::Code;
use super::handle::{self, Target};
use super::names::{self, Created, Wish};
use super::object::{Kind, Object};
use super::state::State;
use crate::sys::platform::view::{self, Rights};
use crate::sys::shared::Arc;
use crate::sys::{Errno, Fd, file};

/// What a page of it allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Protection {
    /// Views may be written so that all see it.
    pub write: bool,
    /// Views may be run.
    pub execute: bool,
}

/// A descriptor of a mapping's own.
struct Memory(Fd);

impl Drop for Memory {
    fn drop(&mut self) {
        // Made for this object alone.
        let _ = file::close(self.0);
    }
}

/// A file mapping.
pub(crate) struct Section {
    object: Arc<Object>,
    memory: Memory,
    size: u64,
    protection: Protection,
    of_file: bool,
}

impl Section {
    pub(super) const fn object(&self) -> &Arc<Object> {
        &self.object
    }
}

const PAGE_READONLY: u32 = 2;
const PAGE_READWRITE: u32 = 4;
const PAGE_WRITECOPY: u32 = 8;
const PAGE_EXECUTE_READ: u32 = 0x20;
const PAGE_EXECUTE_READWRITE: u32 = 0x40;
const PAGE_EXECUTE_WRITECOPY: u32 = 0x80;

/// Reads `flProtect`, which has flags of sections above the rights of pages.
fn protection(protect: u32) -> Result<Protection, Code> {
    const SEC_IMAGE: u32 = 0x0100_0000;
    const SEC_LARGE_PAGES: u32 = 0x8000_0000;
    /// Commit, reserve, no cache, write combine, file: what Linux does anyway or does not have.
    const TAKEN: u32 = 0x0800_0000 | 0x0400_0000 | 0x1000_0000 | 0x4000_0000 | 0x0080_0000;
    if protect & (SEC_IMAGE | SEC_LARGE_PAGES) != 0 {
        return Err(Code::NOT_SUPPORTED);
    }
    let (write, execute) = match protect & !TAKEN {
        PAGE_READONLY | PAGE_WRITECOPY => (false, false),
        PAGE_READWRITE => (true, false),
        PAGE_EXECUTE_READ | PAGE_EXECUTE_WRITECOPY => (false, true),
        PAGE_EXECUTE_READWRITE => (true, true),
        _ => return Err(Code::INVALID_PARAMETER),
    };
    Ok(Protection { write, execute })
}

fn code_of(errno: Errno) -> Code {
    match errno.number() {
        libc::EBADF | libc::EINVAL | libc::ENODEV | libc::EISDIR => Code::INVALID_HANDLE,
        libc::EACCES | libc::EPERM => Code::ACCESS_DENIED,
        libc::EMFILE | libc::ENFILE => Code::NO_SYSTEM_RESOURCES,
        libc::ENOSPC | libc::EFBIG => Code::DISK_FULL,
        _ => Code::NOT_ENOUGH_MEMORY,
    }
}

/// The file or the memory of a new mapping, and its size.
fn memory(source: Option<Fd>, protection: Protection, maximum: u64) -> Result<(Memory, u64), Code> {
    let Some(source) = source else {
        if maximum == 0 {
            return Err(Code::INVALID_PARAMETER);
        }
        return Ok((Memory(view::anonymous(maximum).map_err(code_of)?), maximum));
    };
    let found = view::look(source).map_err(code_of)?;
    if !found.regular {
        return Err(Code::INVALID_HANDLE);
    }
    if !found.readable || protection.write && !found.writable {
        return Err(Code::ACCESS_DENIED);
    }
    let size = if maximum == 0 { found.size } else { maximum };
    if size == 0 {
        return Err(Code::FILE_INVALID);
    }
    if size > found.size {
        if !protection.write {
            return Err(Code::NOT_ENOUGH_MEMORY);
        }
        view::extend(source, size).map_err(code_of)?;
    }
    Ok((Memory(file::duplicate(source, false).map_err(code_of)?), size))
}

/// A new mapping of a file, or of memory of its own where there is none; or a handle to that of the name. `maximum` is in
/// bytes, 0 for all of the file, which grows to that size where it is smaller.
///
/// # Errors
/// `ERROR_INVALID_PARAMETER`: wrong rights; no file and no size. `ERROR_FILE_INVALID`: an empty file. `ERROR_ACCESS_DENIED`:
/// the file was not opened for that. `ERROR_NOT_SUPPORTED`: images and large pages. `ERROR_NOT_ENOUGH_MEMORY`,
/// `ERROR_DISK_FULL`, `ERROR_NO_SYSTEM_RESOURCES`; those of names.
pub fn create(
    source: Option<usize>,
    protect: u32,
    maximum: u64,
    name: Option<&[u16]>,
    wish: Wish,
) -> Result<Created, Code> {
    let protection = protection(protect)?;
    let source = match source {
        None => None,
        Some(handle) => Some(handle::descriptor(handle).ok_or(Code::INVALID_HANDLE)?),
    };
    names::create_by(name, wish, Kind::Section, || {
        let (memory, size) = memory(source, protection, maximum)?;
        let object = Arc::try_new(Object::new(State::Section))?;
        let of_file = source.is_some();
        Ok(Target::Section(Arc::try_new(Section { object, memory, size, protection, of_file })?))
    })
}

/// A handle to the mapping that has the name.
///
/// # Errors
/// `ERROR_INVALID_PARAMETER`: no name. `ERROR_FILE_NOT_FOUND`: none has it. Those of names.
pub fn open(name: Option<&[u16]>, wish: Wish) -> Result<usize, Code> {
    let access = match wish.access {
        FILE_MAP_COPY => SECTION_MAP_READ,
        access if access & FILE_MAP_EXECUTE != 0 => access | SECTION_MAP_EXECUTE,
        access => access,
    };
    names::open(Kind::Section, name, Wish { access, ..wish })
}

const FILE_MAP_COPY: u32 = 1;
const FILE_MAP_EXECUTE: u32 = 0x20;
const SECTION_MAP_WRITE: u32 = 2;
const SECTION_MAP_READ: u32 = 4;
const SECTION_MAP_EXECUTE: u32 = 8;

/// The right that a handle must have for a view.
const fn handle_right(access: u32) -> u32 {
    match (access & SECTION_MAP_WRITE != 0, access & FILE_MAP_EXECUTE != 0) {
        (true, false) => SECTION_MAP_WRITE,
        (true, true) => SECTION_MAP_WRITE | SECTION_MAP_EXECUTE,
        (false, true) => SECTION_MAP_EXECUTE,
        (false, false) => SECTION_MAP_READ,
    }
}

/// A view of a mapping.
#[derive(Clone, Copy, Debug)]
pub struct View {
    /// Where it begins.
    pub start: usize,
    /// Its length in bytes.
    pub len: usize,
    /// It is one of a file.
    pub of_file: bool,
    /// Windows' word for what it may do, `PAGE_…`.
    pub protect: u32,
}

/// Windows' word for what a view may do.
const fn protect(rights: Rights) -> u32 {
    match (rights.write, rights.execute) {
        (true, false) if rights.private => PAGE_WRITECOPY,
        (true, true) if rights.private => PAGE_EXECUTE_WRITECOPY,
        (true, false) => PAGE_READWRITE,
        (true, true) => PAGE_EXECUTE_READWRITE,
        (false, false) => PAGE_READONLY,
        (false, true) => PAGE_EXECUTE_READ,
    }
}

/// What a view may do, from `dwDesiredAccess`.
fn view_rights(access: u32, of: Protection) -> Result<Rights, Code> {
    const WRITE: u32 = 2;
    const READ: u32 = 4;
    let (write, execute) = (access & WRITE != 0, access & FILE_MAP_EXECUTE != 0);
    let copy = access & FILE_MAP_COPY != 0 && !write;
    if access & (FILE_MAP_COPY | WRITE | READ | FILE_MAP_EXECUTE) == 0 {
        return Err(Code::INVALID_PARAMETER);
    }
    if write && !of.write || execute && !of.execute {
        return Err(Code::ACCESS_DENIED);
    }
    Ok(Rights { write: write || copy, execute, private: copy })
}

/// Maps a view, of `len` bytes or all that is left.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`, `ERROR_INVALID_PARAMETER`: no right. `ERROR_ACCESS_DENIED`: a right that the mapping or the handle does
/// not give, or more than there is. `ERROR_MAPPED_ALIGNMENT`: the offset is no multiple of 64 KiB, or the address is none.
/// `ERROR_INVALID_ADDRESS`: something is at the address. `ERROR_NOT_ENOUGH_MEMORY`.
pub fn map(handle: usize, access: u32, offset: u64, len: usize, at: usize) -> Result<View, Code> {
    handle::with(handle, Some(Kind::Section), handle_right(access), |target| {
        let Target::Section(section) = target else { return Err(Code::INVALID_HANDLE) };
        let rights = view_rights(access, section.protection)?;
        if offset & 0xFFFF != 0 || at & 0xFFFF != 0 {
            return Err(Code::MAPPED_ALIGNMENT);
        }
        let left =
            section.size.checked_sub(offset).filter(|&left| left > 0).ok_or(Code::INVALID_PARAMETER)?;
        let left = usize::try_from(left).map_err(|_| Code::NOT_ENOUGH_MEMORY)?;
        let len = if len == 0 { left } else { len };
        if len > left {
            return Err(Code::ACCESS_DENIED);
        }
        let start =
            view::map(section.memory.0, offset, len, rights, at).map_err(|errno| match errno.number() {
                libc::EEXIST => Code::INVALID_ADDRESS,
                libc::EACCES | libc::EPERM => Code::ACCESS_DENIED,
                _ => Code::NOT_ENOUGH_MEMORY,
            })?;
        Ok(View { start, len, of_file: section.of_file, protect: protect(rights) })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rights_of_sections_and_views() {
        let plain = |write, execute| Ok(Protection { write, execute });
        for (protect, expected) in [
            (PAGE_READONLY, plain(false, false)),
            (PAGE_READWRITE | 0x0800_0000, plain(true, false)),
            (PAGE_EXECUTE_READWRITE, plain(true, true)),
            (PAGE_WRITECOPY, plain(false, false)),
            (1, Err(Code::INVALID_PARAMETER)),
            (PAGE_READONLY | PAGE_READWRITE, Err(Code::INVALID_PARAMETER)),
            (PAGE_READONLY | 0x0100_0000, Err(Code::NOT_SUPPORTED)),
        ] {
            assert_eq!(protection(protect), expected, "{protect:#x}");
        }
        let of = |write, execute| Protection { write, execute };
        let rights = |write, execute, private| Ok(Rights { write, execute, private });
        for (access, protection, expected) in [
            (4, of(false, false), rights(false, false, false)),
            (2, of(true, false), rights(true, false, false)),
            (2, of(false, false), Err(Code::ACCESS_DENIED)),
            (0xF_001F, of(true, false), rights(true, false, false)),
            (1, of(false, false), rights(true, false, true)),
            (0x24, of(false, true), rights(false, true, false)),
            (0x24, of(false, false), Err(Code::ACCESS_DENIED)),
            (0, of(true, true), Err(Code::INVALID_PARAMETER)),
        ] {
            assert_eq!(view_rights(access, protection), expected, "{access:#x}");
        }
    }
}
