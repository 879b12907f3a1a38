//! Signals as console control events: a signal handler counts them, and a thread of its own takes them to the program's
//! handlers, which may call whatever they like, as on Windows.

use std::cell::UnsafeCell;
use std::mem::MaybeUninit;
use std::sync::atomic::{AtomicI32, AtomicU32, Ordering};
use std::sync::{Mutex, Once, PoisonError};

use syscalls::Sysno;

use crate::sys::process::kernel_file;
use crate::sys::process::libc_call::KeptErrno;
use crate::sys::process::thread;
use crate::sys::{Errno, call, room};

/// Events that have come and were not taken, by their numbers.
static PENDING: [AtomicU32; 8] = [const { AtomicU32::new(0) }; 8];
/// The process whose thread takes them: a child of `fork` has none until it asks for one.
static PROCESS: AtomicI32 = AtomicI32::new(0);
/// The event of each signal that is watched, plus one.
static EVENTS: [AtomicU32; 32] = [const { AtomicU32::new(0) }; 32];

/// Raised once per event. A semaphore of POSIX may be posted by a signal handler.
struct Semaphore(UnsafeCell<MaybeUninit<libc::sem_t>>);

// SAFETY: a semaphore is made for many threads.
unsafe impl Sync for Semaphore {}

static COME: Semaphore = Semaphore(UnsafeCell::new(MaybeUninit::uninit()));

fn process() -> i32 {
    // SAFETY: asks for a number.
    unsafe { libc::getpid() }
}

extern "C" fn on_signal(signal: i32) {
    let _kept = KeptErrno::new();
    let index = usize::try_from(signal).unwrap_or(0);
    let event = EVENTS.get(index).map_or(0, |event| event.load(Ordering::Relaxed));
    if PROCESS.load(Ordering::Relaxed) != process() {
        // A child of fork: nobody takes events here, so the signal does what it does by itself.
        default(signal);
        // SAFETY: sends a signal to this process.
        unsafe { libc::raise(signal) };
        return;
    }
    let Some(pending) = usize::try_from(event).ok().and_then(|event| PENDING.get(event.checked_sub(1)?))
    else {
        return;
    };
    pending.fetch_add(1, Ordering::Release);
    // SAFETY: made before the first signal was watched.
    unsafe { libc::sem_post(COME.0.get().cast()) };
}

fn default(signal: i32) {
    // SAFETY: the system's own action.
    unsafe { libc::signal(signal, libc::SIG_DFL) };
}

/// Begins to take events to `take`, on threads of their own, the first time in a process; and watches a signal as an event. A signal
/// that the process ignores, as of a program under `nohup`, stays ignored.
///
/// # Errors
/// `EAGAIN`: no thread could be made; the next call tries again. `ENOMEM`.
pub fn watch(signals: &[(i32, u32)], take: fn(u32)) -> Result<(), Errno> {
    static MADE: Once = Once::new();
    static STARTING: Mutex<()> = Mutex::new(());
    let _kept = KeptErrno::new();
    // SAFETY: made before it is used; again only where none of this process's threads waits for it.
    let make = || unsafe {
        libc::sem_init(COME.0.get().cast(), 0, 0);
    };
    MADE.call_once(make);
    {
        let _alone = STARTING.lock().unwrap_or_else(PoisonError::into_inner);
        let before = PROCESS.load(Ordering::Relaxed);
        if before != process() {
            if before != 0 {
                // A child of fork: what had come to the parent is not the child's, and nobody waits here.
                PENDING.iter().for_each(|pending| pending.store(0, Ordering::Relaxed));
                make();
            }
            thread::start(None, room::boxed(take)?, deliver)?;
            PROCESS.store(process(), Ordering::Relaxed);
        }
    }
    for &(signal, event) in signals {
        let Some(place) = usize::try_from(signal).ok().and_then(|signal| EVENTS.get(signal)) else {
            continue;
        };
        if place.swap(event + 1, Ordering::Relaxed) != 0 {
            continue;
        }
        // SAFETY: the structures are locals, and the handler only does what a signal handler may.
        unsafe {
            let mut before = std::mem::zeroed::<libc::sigaction>();
            libc::sigaction(signal, std::ptr::null(), &raw mut before);
            if before.sa_sigaction == libc::SIG_IGN {
                continue;
            }
            let mut action = std::mem::zeroed::<libc::sigaction>();
            action.sa_sigaction = on_signal as extern "C" fn(i32) as usize;
            action.sa_flags = libc::SA_RESTART;
            libc::sigaction(signal, &raw const action, std::ptr::null_mut());
        }
    }
    Ok(())
}

/// The thread that waits for events. Each gets a thread of its own, so that a handler that does not return holds up no
/// other.
#[allow(clippy::boxed_local, reason = "a thread is given its value so")]
fn deliver(take: Box<fn(u32)>) {
    let take = *take;
    thread::name_this(c"ws2 control");
    // SAFETY: a local set of signals, blocked for this thread: they are to come to the program's own.
    unsafe {
        let mut all = std::mem::zeroed::<libc::sigset_t>();
        libc::sigfillset(&raw mut all);
        libc::pthread_sigmask(libc::SIG_BLOCK, &raw const all, std::ptr::null_mut());
    }
    loop {
        // SAFETY: made before this thread.
        if unsafe { libc::sem_wait(COME.0.get().cast()) } != 0 {
            continue;
        }
        for (event, pending) in (0..).zip(&PENDING) {
            let came =
                pending.fetch_update(Ordering::Acquire, Ordering::Relaxed, |count| count.checked_sub(1));
            if came.is_ok() {
                let job = room::boxed((take, event)).map_err(Errno::from);
                if job.and_then(|job| thread::start(None, job, one)).is_err() {
                    take(event);
                }
                break;
            }
        }
    }
}

/// The thread of one event.
#[allow(clippy::boxed_local, reason = "a thread is given its value so")]
fn one(job: Box<(fn(u32), u32)>) {
    let (take, event) = *job;
    thread::name_this(c"ws2 event");
    take(event);
}

/// Sends a signal to a process, or with a negative number to a group; 0 means the caller's group.
///
/// # Errors
/// The kernel's.
pub fn send(process: i32, signal: i32) -> Result<(), Errno> {
    let process = isize::try_from(process).unwrap_or(0).cast_unsigned();
    // SAFETY: numbers only.
    unsafe { call(Sysno::kill, [process, signal.unsigned_abs() as usize, 0, 0, 0, 0]) }.map(drop)
}

/// The number of the caller's group.
#[must_use]
pub fn own_group() -> i32 {
    // SAFETY: asks for a number.
    unsafe { libc::getpgrp() }
}

/// Ends the process at once, as `ExitProcess` after the C run-time's own end: buffers of `stdio` are written and `atexit`
/// functions run.
pub fn exit(status: u32) -> ! {
    // SAFETY: ends the process.
    unsafe { libc::exit(i32::try_from(status & 0x7FFF_FFFF).unwrap_or(255)) }
}

/// Ends the process without any of that.
pub fn terminate(status: u32) -> ! {
    // SAFETY: ends the process.
    unsafe { libc::_exit(i32::try_from(status & 0x7FFF_FFFF).unwrap_or(255)) }
}

/// Stops for a debugger, or ends the process where there is none.
pub fn trap() {
    // SAFETY: sends a signal to this process.
    unsafe { libc::raise(libc::SIGTRAP) };
}

/// Whether a debugger watches the process.
#[must_use]
pub fn is_debugged() -> bool {
    kernel_file::read("/proc/self/status").is_ok_and(|status| {
        let status = std::str::from_utf8(&status).unwrap_or_default();
        let tracer = status.lines().find_map(|line| line.strip_prefix("TracerPid:"));
        tracer.is_some_and(|number| number.trim() != "0")
    })
}
