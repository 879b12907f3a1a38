//! How `CreateFile` opens or makes a file that is planned.

use std::ffi::CStr;

use super::answer::{Answer, of_name};
use crate::platform::code::Code;
use crate::platform::open::Plan;
use crate::sys::platform::file;
use crate::sys::{Errno, Fd};

/// Others may make and remove a file while it is opened, again and again; so often it is tried. A link that leads nowhere looks
/// like that, too.
const ATTEMPTS: usize = 100;

/// A file where a directory should be is on the way here.
fn missing(name: &CStr, errno: Errno) -> Code {
    match of_name(name, errno) {
        Code::ERROR_DIRECTORY => Code::ERROR_PATH_NOT_FOUND,
        code => code,
    }
}

fn is_directory(name: &CStr) -> bool {
    file::look_at(name).is_ok_and(|facts| facts.kind == libc::S_IFDIR)
}

/// Opens what is there. The right to write to a directory is one to its names, and Linux has no descriptor for that.
fn open_existing(name: &CStr, plan: &Plan) -> Result<Fd, Errno> {
    match file::open(name, plan.flags, 0) {
        Err(errno) if errno.number() == libc::EISDIR && plan.directory && !plan.truncate => {
            file::open(name, plan.flags & !libc::O_ACCMODE | libc::O_DIRECTORY, 0)
        }
        other => other,
    }
}

/// Opens or makes it; and whether it was there. None where it came and went meanwhile.
fn attempt(name: &CStr, plan: &Plan) -> Result<Option<(Fd, bool)>, Errno> {
    if !plan.create {
        return open_existing(name, plan).map(|fd| Some((fd, true)));
    }
    let refused = match file::open(name, plan.flags | libc::O_CREAT | libc::O_EXCL, plan.mode) {
        Ok(fd) => return Ok(Some((fd, false))),
        Err(errno) => errno,
    };
    // With a `/` at the end Linux says EISDIR, whatever is there.
    let may_be_there = refused.number() == libc::EEXIST || refused.number() == libc::EISDIR && plan.directory;
    if !may_be_there || !plan.existing {
        return Err(refused);
    }
    match open_existing(name, plan) {
        Ok(fd) => Ok(Some((fd, true))),
        Err(errno) if errno.number() == libc::ENOENT => Ok(None),
        Err(errno) => Err(errno),
    }
}

/// What comes after opening; whether the name is still that of the file, where that counts.
fn finish(name: &CStr, plan: &Plan, fd: Fd, existed: bool) -> Answer<bool> {
    let facts = file::look(fd)?;
    if facts.kind == libc::S_IFDIR && !plan.directory {
        return Err(Code::ERROR_ACCESS_DENIED);
    }
    if existed && plan.truncate && facts.kind == libc::S_IFREG {
        if plan.flags & libc::O_ACCMODE != libc::O_RDONLY {
            file::set_size(fd, 0)?;
        } else if !file::empty(name, facts.identity)? {
            return Ok(false);
        }
    }
    if plan.unlink {
        file::remove(name)?;
    }
    Ok(true)
}

/// Opens or makes it; and whether it was there.
pub(super) fn open(name: &CStr, plan: &Plan) -> Answer<(Fd, bool)> {
    if name.to_bytes().ends_with(b"/") && !plan.directory && is_directory(name) {
        return Err(Code::ERROR_PATH_NOT_FOUND);
    }
    for _ in 0..ATTEMPTS {
        let (fd, existed) = match attempt(name, plan) {
            Ok(Some(opened)) => opened,
            Ok(None) => continue,
            Err(errno) if errno.number() == libc::EEXIST && !plan.directory && is_directory(name) => {
                return Err(Code::ERROR_ACCESS_DENIED);
            }
            Err(errno) => return Err(missing(name, errno)),
        };
        match finish(name, plan, fd, existed) {
            Ok(true) => return Ok((fd, existed)),
            // Nothing of it is left under this name.
            Ok(false) | Err(Code::ERROR_FILE_NOT_FOUND) if plan.create && plan.existing => file::close(fd),
            Ok(false) => {
                file::close(fd);
                return Err(Code::ERROR_FILE_NOT_FOUND);
            }
            Err(code) => {
                file::close(fd);
                return Err(code);
            }
        }
    }
    Err(missing(name, Errno::new(libc::ENOENT)))
}
