//! Programs that this one starts: their beginning, their end, and signals to them.

use std::ffi::{CStr, CString, OsStr};
use std::os::fd::{FromRawFd, OwnedFd};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};

use syscalls::Sysno;

use crate::sys::platform::file;
use crate::sys::{Errno, Fd, call, errno_kept};

/// What is started, and how.
#[derive(Debug)]
pub struct Plan {
    /// The file of the program.
    pub program: CString,
    /// Its arguments, its own name first.
    pub arguments: Vec<CString>,
    /// `NAME=value`; `None` for this program's own.
    pub environment: Option<Vec<CString>>,
    /// Where it runs; `None` where this program does.
    pub directory: Option<CString>,
    /// Its input, output and error output; `None` for this program's own.
    pub standard: [Option<Fd>; 3],
    /// It gets every descriptor that is not closed on exec.
    pub inherit: bool,
    /// It begins a process group of its own.
    pub group: bool,
    /// It begins a session of its own, without a terminal.
    pub session: bool,
}

/// How a process has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// By itself, with this status.
    Exit(u32),
    /// By a signal.
    Signal(i32),
}

fn os(text: &CStr) -> &OsStr {
    OsStr::from_bytes(text.to_bytes())
}

/// A descriptor of the child's own.
fn handed(fd: Fd) -> Result<Stdio, Errno> {
    let copy = file::duplicate(fd, true)?;
    let number = i32::try_from(copy.number()).map_err(|_| Errno::new(libc::EBADF))?;
    // SAFETY: just made, and nobody else knows it.
    Ok(Stdio::from(unsafe { OwnedFd::from_raw_fd(number) }))
}

/// Starts a program: its number. Its signals are as at the beginning of a program.
///
/// # Errors
/// Those of `execve`, `fork`, `chdir`; `EMFILE`.
pub fn start(plan: &Plan) -> Result<u32, Errno> {
    errno_kept(|| {
        let mut command = Command::new(os(&plan.program));
        let mut arguments = plan.arguments.iter();
        if let Some(first) = arguments.next() {
            command.arg0(os(first));
        }
        command.args(arguments.map(|argument| os(argument)));
        if let Some(environment) = &plan.environment {
            command.env_clear();
            for setting in environment {
                let bytes = setting.to_bytes();
                // The name may begin with `=`, as Windows' hidden ones do.
                let at = bytes.iter().skip(1).position(|&byte| byte == b'=').map(|at| at + 1);
                if let Some((name, value)) = at.and_then(|at| bytes.split_at_checked(at)) {
                    command.env(OsStr::from_bytes(name), OsStr::from_bytes(value.get(1..).unwrap_or_default()));
                }
            }
        }
        if let Some(directory) = &plan.directory {
            command.current_dir(os(directory));
        }
        let [input, output, errors] = plan.standard;
        if let Some(fd) = input {
            command.stdin(handed(fd)?);
        }
        if let Some(fd) = output {
            command.stdout(handed(fd)?);
        }
        if let Some(fd) = errors {
            command.stderr(handed(fd)?);
        }
        let (inherit, group, session) = (plan.inherit, plan.group, plan.session);
        let before = move || {
            if session {
                // SAFETY: no arguments.
                let _ = unsafe { call(Sysno::setsid, [0; 6]) };
            } else if group {
                // SAFETY: numbers only.
                let _ = unsafe { call(Sysno::setpgid, [0; 6]) };
            }
            if !inherit {
                close_the_others();
            }
            Ok(())
        };
        // SAFETY: between fork and exec it makes system calls only.
        unsafe { command.pre_exec(before) };
        let child = command.spawn().map_err(|error| Errno::new(error.raw_os_error().unwrap_or(libc::EINVAL)))?;
        // Dropping it waits for nothing.
        Ok(child.id())
    })
}

/// Has every descriptor but the standard ones closed on exec.
fn close_the_others() {
    const CLOSE_RANGE_CLOEXEC: usize = 4;
    // SAFETY: numbers only.
    let closed = unsafe { call(Sysno::close_range, [3, u32::MAX as usize, CLOSE_RANGE_CLOEXEC, 0, 0, 0]) };
    if closed.is_ok() {
        return;
    }
    // Before Linux 5.11.
    let command = usize::try_from(libc::F_SETFD).unwrap_or(0);
    let flag = usize::try_from(libc::FD_CLOEXEC).unwrap_or(0);
    for fd in 3..65_536 {
        // SAFETY: numbers only.
        let _ = unsafe { call(Sysno::fcntl, [fd, command, flag, 0, 0, 0]) };
    }
}

/// Waits until a child has ended; it is not reaped, so that its number stays its own. `None`: it is no child, or was reaped
/// by others.
#[must_use]
pub fn wait(process: u32) -> Option<End> {
    const P_PID: usize = 1;
    let mut told = std::mem::MaybeUninit::<libc::siginfo_t>::zeroed();
    let flags = usize::try_from(libc::WEXITED | libc::WNOWAIT).unwrap_or(0);
    loop {
        let at = told.as_mut_ptr() as usize;
        // SAFETY: the kernel writes to a local of its layout.
        match unsafe { call(Sysno::waitid, [P_PID, process as usize, at, flags, 0, 0]) } {
            Ok(_) => break,
            Err(errno) if errno.number() == libc::EINTR => {}
            Err(_) => return None,
        }
    }
    // SAFETY: all zero is a value, and the kernel has written what a child's end says.
    let (how, status) = unsafe {
        let told = told.assume_init();
        (told.si_code, told.si_status())
    };
    Some(if how == libc::CLD_EXITED { End::Exit(status.cast_unsigned()) } else { End::Signal(status) })
}

/// Reaps a child that has ended.
pub fn reap(process: u32) {
    let flags = usize::try_from(libc::WNOHANG).unwrap_or(0);
    // SAFETY: numbers only; the status is not wanted.
    let _ = unsafe { call(Sysno::wait4, [process as usize, 0, flags, 0, 0, 0]) };
}

/// Sends a process the signal that it cannot refuse.
///
/// # Errors
/// `ESRCH`, `EPERM`.
pub fn kill(process: u32) -> Result<(), Errno> {
    let signal = usize::try_from(libc::SIGKILL).unwrap_or(0);
    // SAFETY: numbers only.
    unsafe { call(Sysno::kill, [process as usize, signal, 0, 0, 0, 0]) }.map(drop)
}
