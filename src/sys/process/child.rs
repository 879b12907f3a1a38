//! Programs that this one starts.

use std::ffi::{CString, c_char};

use syscalls::Sysno;

use super::{pidfd, thread};
use crate::sys::event::pipe::high;
use crate::sys::platform::{file, pipe};
use crate::sys::{Errno, Fd, call, errno_kept, room};

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
fn pointers(texts: &[CString]) -> Result<Vec<*const c_char>, Errno> {
    let pointers = texts.iter().map(|text| text.as_ptr()).chain([std::ptr::null()]);
    room::list(pointers).map_err(|_| Errno::new(libc::ENOMEM))
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

/// A program that was started.
#[derive(Clone, Copy, Debug)]
pub struct Running {
    /// Its number.
    pub number: u32,
    /// What stands for it, whoever gets its number later; closed on exec.
    pub fd: Fd,
}

/// Splits the calling process in two: nothing in the new one, and in this one what the other is. Functions of `pthread_atfork`
/// are not called: the new process is only to become a program.
///
/// # Errors
/// `EAGAIN`, `ENOMEM`, `EMFILE`.
///
/// # Safety
/// All signals are blocked, and the new process makes system calls only, until it is another program or ends.
unsafe fn split() -> Result<Option<Running>, Errno> {
    let flags = usize::try_from(libc::CLONE_PIDFD | libc::SIGCHLD).unwrap_or(0);
    let mut fd = -1_i32;
    // SAFETY: no memory is shared, so the new process goes on with a copy of this stack; the kernel writes to a local of this one.
    match unsafe { call(Sysno::clone, [flags, 0, (&raw mut fd) as usize, 0, 0, 0]) }? {
        0 => Ok(None),
        number => {
            let number = u32::try_from(number).unwrap_or(0);
            match usize::try_from(fd).map(Fd::from_kernel) {
                Ok(fd) => Ok(Some(Running { number, fd: high(fd?) })),
                Err(_) => Err(Errno::new(libc::ENOSYS)),
            }
        }
    }
}

/// Starts a program. Its signals are as at the beginning of a program.
///
/// # Errors
/// Those of `execve`, `clone`, `chdir`; `EMFILE`, `ENOMEM`; `ENOSYS` before Linux 5.4. It does not run then.
pub fn start(plan: &Plan) -> Result<Running, Errno> {
    if !pidfd::are_there() {
        return Err(Errno::new(libc::ENOSYS));
    }
    let arguments = pointers(&plan.arguments)?;
    let environment = plan.environment.as_deref().map(pointers).transpose()?;
    let mut standard = [None; 3];
    let closed = |copies: [Option<Fd>; 3]| copies.into_iter().flatten().for_each(file::close);
    for (copy, fd) in standard.iter_mut().zip(plan.standard) {
        // Copies above the standard numbers, so that none is overwritten before it is used.
        match fd.map(|fd| crate::sys::file::duplicate(fd, false)).transpose() {
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
            // SAFETY: signals are blocked, and `become_program` makes system calls only.
            match unsafe { split() } {
                Ok(None) => give_up(tell, become_program(&ready)),
                Ok(Some(running)) => Ok(running),
                Err(errno) => Err(errno),
            }
        })
    });
    closed(standard);
    file::close(tell);
    let told = forked.and_then(|running| {
        heard(hear).map_or(Ok(running), |why| {
            pidfd::wait(running.fd);
            pidfd::close(running.fd);
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
