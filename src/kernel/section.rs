//! File mappings: a file's content or memory of their own as an object, of which views are mapped. Names are found within this
//! process, as those of other objects.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, TryLockError};

use super::code::Code;
use super::fork::Patience;
use super::handle::{self, Target};
use super::names::{self, Created, Wish};
use super::object::{Kind, Object};
use super::rights;
use super::state::State;
use crate::sys::platform::view::{self, Rights};
use crate::sys::shared::{Arc, Weak};
use crate::sys::{Errno, Fd, file, room};

/// What a page of it allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Protection {
    /// Views may be written so that all see it.
    pub write: bool,
    /// Views may be run.
    pub execute: bool,
}

/// A file mapping.
pub(crate) struct Section {
    object: Arc<Object>,
    fd: Fd,
    size: u64,
    protection: Protection,
}

impl Section {
    pub(super) const fn object(&self) -> &Arc<Object> {
        &self.object
    }
}

impl Drop for Section {
    fn drop(&mut self) {
        // Made for this object alone.
        let _ = file::close(self.fd);
    }
}

/// Those that have a name, as long as they live. Taken before the locks of the table.
static NAMED: Mutex<Named> = Mutex::new(BTreeMap::new());

type Named = BTreeMap<Vec<u16>, Weak<Section>>;

/// The lock, where it could be had.
pub(super) type Held = Option<MutexGuard<'static, Named>>;

/// The lock, for `fork`.
pub(super) fn hold(patience: &mut Patience) -> Held {
    patience.wait_for(|| match NAMED.try_lock() {
        Ok(guard) => Some(guard),
        Err(TryLockError::Poisoned(poisoned)) => Some(poisoned.into_inner()),
        Err(TryLockError::WouldBlock) => None,
    })
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
fn memory(source: Option<Fd>, protection: Protection, maximum: u64) -> Result<(Fd, u64), Code> {
    let Some(source) = source else {
        if maximum == 0 {
            return Err(Code::INVALID_PARAMETER);
        }
        return Ok((view::anonymous(maximum).map_err(code_of)?, maximum));
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
    Ok((file::duplicate(source, false).map_err(code_of)?, size))
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
    let name = names::plain(name)?;
    // A name's place in the map cannot be refused later.
    room::probe(4 << 10)?;
    let mut named = super::sync::lock(&NAMED);
    let new = |section: Arc<Section>| {
        let access = rights::granted(Kind::Section, wish.access);
        handle::insert_new(Target::Section(section), access, wish.inherited)
    };
    if let Some(section) = name.as_ref().and_then(|name| named.get(name)).and_then(Weak::upgrade) {
        return Ok(Created { handle: new(section)?, existed: true });
    }
    let (fd, size) = memory(source, protection, maximum)?;
    let object = Arc::try_new(Object::new(State::Section))?;
    let section = Arc::try_new(Section { object, fd, size, protection })?;
    let weak = Arc::downgrade(&section);
    let handle = new(section)?;
    if let Some(name) = name {
        named.retain(|_, section| section.is_owned());
        named.insert(name, weak);
    }
    Ok(Created { handle, existed: false })
}

/// A handle to the mapping that has the name.
///
/// # Errors
/// `ERROR_INVALID_PARAMETER`: no name. `ERROR_FILE_NOT_FOUND`: none has it. Those of names.
pub fn open(name: Option<&[u16]>, wish: Wish) -> Result<usize, Code> {
    if name.is_none() {
        return Err(Code::INVALID_PARAMETER);
    }
    let name = names::plain(name)?.ok_or(Code::FILE_NOT_FOUND)?;
    let named = super::sync::lock(&NAMED);
    let section = named.get(&name).and_then(Weak::upgrade).ok_or(Code::FILE_NOT_FOUND)?;
    handle::insert_new(Target::Section(section), rights::granted(Kind::Section, wish.access), wish.inherited)
}

/// What a view may do, from `dwDesiredAccess`.
fn view_rights(access: u32, of: Protection) -> Result<Rights, Code> {
    const COPY: u32 = 1;
    const WRITE: u32 = 2;
    const READ: u32 = 4;
    const EXECUTE: u32 = 0x20;
    let (write, execute) = (access & WRITE != 0, access & EXECUTE != 0);
    let copy = access & COPY != 0 && !write;
    if access & (COPY | WRITE | READ | EXECUTE) == 0 {
        return Err(Code::INVALID_PARAMETER);
    }
    if write && !of.write || execute && !of.execute {
        return Err(Code::ACCESS_DENIED);
    }
    Ok(Rights { write: write || copy, execute, private: copy })
}

/// Maps a view: where it is and its length, which is `len` or all that is left.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`, `ERROR_INVALID_PARAMETER`: no right. `ERROR_ACCESS_DENIED`: a right that the mapping does not give,
/// or more than there is. `ERROR_MAPPED_ALIGNMENT`: the offset is no multiple of 64 KiB, or the address is none.
/// `ERROR_INVALID_ADDRESS`: something is at the address. `ERROR_NOT_ENOUGH_MEMORY`.
pub fn map(handle: usize, access: u32, offset: u64, len: usize, at: usize) -> Result<(usize, usize), Code> {
    handle::with(handle, Some(Kind::Section), 0, |target| {
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
        let start = view::map(section.fd, offset, len, rights, at).map_err(|errno| match errno.number() {
            libc::EEXIST => Code::INVALID_ADDRESS,
            libc::EACCES | libc::EPERM => Code::ACCESS_DENIED,
            _ => Code::NOT_ENOUGH_MEMORY,
        })?;
        Ok((start, len))
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
