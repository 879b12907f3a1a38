//! Programs that this one starts: their beginning, their end, and signals to them.

use std::ffi::{CString, c_char};

use syscalls::Sysno;

use super::thread;
use crate::sys::platform::{file, pipe};
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

/// Pointers to texts, with NULL behind the last.
fn pointers(texts: &[CString]) -> Vec<*const c_char> {
    texts.iter().map(|text| text.as_ptr()).chain([std::ptr::null()]).collect()
}

unsafe extern "C" {
    /// Of libc: this program's environment.
    static environ: *const *const c_char;
}

/// What the new process needs before it becomes the program: all made beforehand, since it may allocate nothing.
struct Ready {
    program: *const c_char,
    arguments: *const *const c_char,
    environment: *const *const c_char,
    directory: *const c_char,
    standard: [Option<Fd>; 3],
    inherit: bool,
    group: bool,
    session: bool,
}

/// The rest of the new process' life as this program: system calls only. Comes back with what has failed.
fn become_program(ready: &Ready) -> Errno {
    let act = || -> Result<(), Errno> {
        // SAFETY: numbers, and texts that the parent has made and this process has a copy of.
        unsafe {
            for (number, fd) in ready.standard.iter().enumerate() {
                if let Some(fd) = fd {
                    call(Sysno::dup3, [fd.raw(), number, 0, 0, 0, 0])?;
                }
            }
            if ready.session {
                let _ = call(Sysno::setsid, [0; 6]);
            } else if ready.group {
                let _ = call(Sysno::setpgid, [0; 6]);
            }
            if !ready.directory.is_null() {
                call(Sysno::chdir, [ready.directory as usize, 0, 0, 0, 0, 0])?;
            }
            if !ready.inherit {
                close_the_others();
            }
            // What is ignored stays so in a program: it is to find SIGPIPE as programs do, and no signal blocked.
            libc::signal(libc::SIGPIPE, libc::SIG_DFL);
            let mut none = std::mem::MaybeUninit::<libc::sigset_t>::uninit();
            libc::sigemptyset(none.as_mut_ptr());
            libc::pthread_sigmask(libc::SIG_SETMASK, none.as_ptr(), std::ptr::null_mut());
            let texts =
                [ready.program as usize, ready.arguments as usize, ready.environment as usize, 0, 0, 0];
            call(Sysno::execve, texts).map(drop)
        }
    };
    act().err().unwrap_or(Errno::new(libc::EINVAL))
}

/// Ends the new process, which did not become the program, after it has told why.
fn give_up(tell: Fd, why: Errno) -> ! {
    let number = why.number().to_ne_bytes();
    // SAFETY: the kernel reads a local.
    let _ = unsafe { call(Sysno::write, [tell.raw(), number.as_ptr() as usize, number.len(), 0, 0, 0]) };
    // SAFETY: ends the process, without what the program wants done at its end.
    unsafe { libc::_exit(127) }
}

/// Starts a program: its number. Its signals are as at the beginning of a program.
///
/// # Errors
/// Those of `execve`, `fork`, `chdir`; `EMFILE`.
pub fn start(plan: &Plan) -> Result<u32, Errno> {
    let arguments = pointers(&plan.arguments);
    let environment = plan.environment.as_deref().map(pointers);
    let mut standard = [None; 3];
    let closed = |copies: [Option<Fd>; 3]| copies.into_iter().flatten().for_each(file::close);
    for (copy, fd) in standard.iter_mut().zip(plan.standard) {
        // Copies above the standard numbers, so that none is overwritten before it is used.
        match fd.map(|fd| file::duplicate(fd, true)).transpose() {
            Ok(made) => *copy = made,
            Err(errno) => {
                closed(standard);
                return Err(errno);
            }
        }
    }
    let [hear, tell] = pipe::make(false).inspect_err(|_| closed(standard))?;
    let ready = Ready {
        program: plan.program.as_ptr(),
        arguments: arguments.as_ptr(),
        // SAFETY: read once; who changes the environment meanwhile does so without any lock that there could be.
        environment: environment.as_ref().map_or(unsafe { environ }, Vec::as_ptr),
        directory: plan.directory.as_ref().map_or(std::ptr::null(), |directory| directory.as_ptr()),
        standard,
        inherit: plan.inherit,
        group: plan.group,
        session: plan.session,
    };
    let forked = errno_kept(|| {
        thread::without_signals(|| {
            // SAFETY: the new process makes system calls only, until it is another program or ends.
            match unsafe { libc::fork() } {
                0 => give_up(tell, become_program(&ready)),
                -1 => Err(Errno::new(std::io::Error::last_os_error().raw_os_error().unwrap_or(libc::EAGAIN))),
                number => Ok(number.unsigned_abs()),
            }
        })
    });
    closed(standard);
    file::close(tell);
    let told = forked.and_then(|number| {
        heard(hear).map_or(Ok(number), |why| {
            let _ = wait(number);
            reap(number);
            Err(why)
        })
    });
    file::close(hear);
    told
}

/// Why the new process did not become the program; nothing, where it did: its end of the pipe is closed then.
fn heard(from: Fd) -> Option<Errno> {
    let mut number = [0_u8; 4];
    loop {
        // SAFETY: the kernel writes to a local of that length.
        match unsafe { call(Sysno::read, [from.raw(), number.as_mut_ptr() as usize, number.len(), 0, 0, 0]) }
        {
            Err(errno) if errno.number() == libc::EINTR => {}
            Ok(4) => return Some(Errno::new(i32::from_ne_bytes(number))),
            Ok(_) | Err(_) => return None,
        }
    }
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
