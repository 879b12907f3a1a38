//! Starting threads, and what one thread may do to another: resume it, end it, ask for its exit code.

use std::sync::atomic::Ordering;

use super::apc;
use super::code::Code;
use super::handle::{self, Target};
use super::object::{Kind, Signalled};
use super::rights;
use super::state::State;
use super::thread::{self, BEGUN, Thread};
use crate::sys::event::futex;
use crate::sys::process::thread as sys;
use crate::sys::shared::Arc;
use crate::sys::{Errno, room};

/// `STILL_ACTIVE`: the exit code of a thread that has not ended.
pub const STILL_ACTIVE: u32 = 259;
/// The exit code of a thread that a fork has left behind.
const NOT_HERE: u32 = 1;
/// Stacks are not smaller than this: functions of libc want that much.
const SMALLEST_STACK: usize = 256 << 10;
const LARGEST_STACK: usize = 1 << 46;

/// The main function of a thread, which is called with the two numbers and gives the exit code.
pub type Main = extern "C" fn(usize, usize) -> u32;

/// What a new thread is to be.
#[derive(Clone, Copy)]
pub struct Start {
    /// Its main function.
    pub main: Main,
    /// What that is called with.
    pub with: [usize; 2],
    /// The size of its stack in bytes; 0 for the system's usual one.
    pub stack: usize,
    /// It waits for `ResumeThread` before it begins.
    pub suspended: bool,
    /// Its handle is inherited: noted only.
    pub inherited: bool,
    /// It closes its handle at its end.
    pub closes_handle: bool,
    /// Its main function is called even where the thread is to end before.
    pub always_calls: bool,
}

/// A thread that was started.
pub struct Started {
    /// A handle to it with all rights.
    pub handle: usize,
    thread: Arc<Thread>,
}

impl Started {
    /// Its number; waits until it is known.
    #[must_use]
    pub fn number(&self) -> u32 {
        self.thread.number()
    }
}

struct Beginning {
    thread: Arc<Thread>,
    main: Main,
    with: [usize; 2],
    always_calls: bool,
}

/// Starts a thread.
///
/// # Errors
/// `ERROR_NOT_ENOUGH_MEMORY`: no memory, or no more threads. `ERROR_NO_SYSTEM_RESOURCES`: no more handles.
pub fn start(start: Start) -> Result<Started, Code> {
    let thread = Thread::new(Thread::new_id(), 0, true, u32::from(start.suspended))?;
    let target = Target::Thread(Arc::clone(&thread));
    let handle = handle::insert_new(target, rights::all(Kind::Thread), start.inherited)?;
    if start.closes_handle {
        thread.keep_handle(handle);
    }
    let begun = launch(&thread, start);
    if begun.is_err() {
        thread.keep_handle(0);
        let _ = super::names::close(handle);
    }
    begun.map(|()| Started { handle, thread })
}

fn launch(thread: &Arc<Thread>, start: Start) -> Result<(), Code> {
    // For the end of threads that are not started here. One that cannot be loaded now is waited for then.
    let _ = sys::load_unwinder();
    let stack = match start.stack {
        0 => None,
        size => Some(size.clamp(SMALLEST_STACK, LARGEST_STACK).next_multiple_of(65536)),
    };
    {
        let _inside = handle::inside();
        Thread::enter_list(thread)?;
    }
    let Start { main, with, always_calls, .. } = start;
    let beginning = Beginning { thread: Arc::clone(thread), main, with, always_calls };
    let beginning = room::boxed(beginning).map_err(|_| Errno::new(libc::ENOMEM));
    beginning.and_then(|beginning| sys::start(stack, beginning, begin)).map_err(|_| {
        let _inside = handle::inside();
        thread.leave_list();
        Code::NOT_ENOUGH_MEMORY
    })
}

/// The thread's own beginning and end. What lives here while `main` runs is never dropped where `ExitThread` leaves
/// `main`, but by `sys::run` returning: so that is left as usual.
#[allow(clippy::boxed_local, reason = "it comes in a box")]
fn begin(beginning: Box<Beginning>) {
    let Beginning { thread, main, with, always_calls } = *beginning;
    let noticed = thread::begin(&thread);
    loop {
        match thread.suspended.load(Ordering::Acquire) {
            0 => {
                if thread.suspended.compare_exchange(0, BEGUN, Ordering::AcqRel, Ordering::Acquire).is_ok() {
                    break;
                }
            }
            count => futex::wait(&thread.suspended, count, None),
        }
    }
    let ended = thread.stopped().or_else(|| {
        // Routines that were queued before it began run first (KO17). One of them may end the thread, too.
        let _ = sys::run(run_routines, [0; 2]);
        thread.exit_code()
    });
    let code = ended.filter(|_| !always_calls).unwrap_or_else(|| sys::run(main, with));
    thread.set_exit_code(code);
    if !noticed {
        thread::end();
    }
}

extern "C" fn run_routines(_: usize, _: usize) -> u32 {
    if let Some(thread) = thread::current_if_any() {
        apc::run_all(&thread);
    }
    0
}

/// The thread behind a handle.
fn thread_of(handle: usize, rights: u32) -> Result<Arc<Thread>, Code> {
    handle::with(handle, Some(Kind::Thread), rights, |target| target.thread().cloned())
}

fn ended(thread: &Thread) -> Option<u32> {
    thread.object().change(|state| match state {
        State::Thread { ended: Some(code), .. } => Some(*code),
        state => state.is_signalled(0).then_some(NOT_HERE),
    })
}

/// The exit code, [`STILL_ACTIVE`] before there is one.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`, `ERROR_ACCESS_DENIED`.
pub fn exit_code(handle: usize) -> Result<u32, Code> {
    let thread = thread_of(handle, rights::THREAD_QUERY_LIMITED_INFORMATION)?;
    let _inside = handle::inside();
    Ok(ended(&thread).unwrap_or(STILL_ACTIVE))
}

/// The thread's number.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`: also of a thread that was just being made when another one forked, in the child. `ERROR_ACCESS_DENIED`.
pub fn number_of(handle: usize) -> Result<u32, Code> {
    match thread_of(handle, rights::THREAD_QUERY_LIMITED_INFORMATION)?.number() {
        0 => Err(Code::INVALID_HANDLE),
        number => Ok(number),
    }
}

/// A handle to the thread of that number.
///
/// # Errors
/// `ERROR_INVALID_PARAMETER`: there is none, or it has not used this library.
pub fn open(number: u32, access: u32, inherited: bool) -> Result<usize, Code> {
    let thread = match thread::find(number) {
        Some(thread) => thread,
        None if number == thread::number() => thread::current()?,
        None => return Err(Code::INVALID_PARAMETER),
    };
    handle::insert_new(Target::Thread(thread), rights::granted(Kind::Thread, access), inherited)
}

/// One suspension less; how many there were. Without the last one a thread that has not begun begins.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`, `ERROR_ACCESS_DENIED`.
pub fn resume(handle: usize) -> Result<u32, Code> {
    let thread = thread_of(handle, rights::THREAD_SUSPEND_RESUME)?;
    let less = |count: u32| if count == BEGUN { None } else { count.checked_sub(1) };
    match thread.suspended.fetch_update(Ordering::AcqRel, Ordering::Acquire, less) {
        Ok(count) => {
            if count == 1 {
                futex::wake(&thread.suspended, 1);
            }
            Ok(count)
        }
        Err(_) => Ok(0),
    }
}

/// One suspension more, of a thread that has not begun; how many there were.
///
/// # Errors
/// `ERROR_CALL_NOT_IMPLEMENTED`: it has begun. `ERROR_ACCESS_DENIED`: it has ended. `ERROR_SIGNAL_REFUSED`: 127 times.
/// `ERROR_INVALID_HANDLE`.
pub fn suspend(handle: usize) -> Result<u32, Code> {
    const MOST: u32 = 127;
    let thread = thread_of(handle, rights::THREAD_SUSPEND_RESUME)?;
    {
        let _inside = handle::inside();
        if ended(&thread).is_some() {
            return Err(Code::ACCESS_DENIED);
        }
    }
    // 0 is a thread that is about to begin.
    let more = |count: u32| (1..MOST).contains(&count).then_some(count.saturating_add(1));
    match thread.suspended.fetch_update(Ordering::AcqRel, Ordering::Acquire, more) {
        Ok(count) => Ok(count),
        Err(MOST) => Err(Code::SIGNAL_REFUSED),
        Err(_) => Err(Code::CALL_NOT_IMPLEMENTED),
    }
}

/// Ends a thread that this library has started at its next wait in this library, or before it begins; the calling thread
/// at once.
///
/// # Errors
/// `ERROR_ACCESS_DENIED`: the handle has no right to it, or the thread was made in another way, or has ended.
/// `ERROR_INVALID_HANDLE`.
pub fn terminate(handle: usize, code: u32) -> Result<(), Code> {
    let thread = thread_of(handle, rights::THREAD_TERMINATE)?;
    if thread.id() == thread::local_id() {
        drop(thread);
        thread::exit(code);
    }
    {
        let _inside = handle::inside();
        if !thread.made_here || ended(&thread).is_some() {
            return Err(Code::ACCESS_DENIED);
        }
    }
    Signalled::wake(thread.stop(code));
    Ok(())
}

/// Whether a priority is one of Windows'.
fn is_priority(priority: i32) -> bool {
    matches!(priority, -15 | -2..=2 | 15)
}

/// Notes a priority, which changes nothing else.
///
/// # Errors
/// `ERROR_INVALID_PARAMETER`: not one of Windows'. `ERROR_INVALID_HANDLE`, `ERROR_ACCESS_DENIED`.
pub fn set_priority(handle: usize, priority: i32) -> Result<(), Code> {
    const BACKGROUND: [i32; 2] = [0x1_0000, 0x2_0000];
    let thread = thread_of(handle, rights::THREAD_SET_LIMITED_INFORMATION)?;
    if !is_priority(priority) && !BACKGROUND.contains(&priority) {
        return Err(Code::INVALID_PARAMETER);
    }
    if is_priority(priority) {
        thread.priority.store(priority, Ordering::Relaxed);
    }
    Ok(())
}

/// The priority that was noted; 0 for a new thread.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`, `ERROR_ACCESS_DENIED`.
pub fn priority(handle: usize) -> Result<i32, Code> {
    let thread = thread_of(handle, rights::THREAD_QUERY_LIMITED_INFORMATION)?;
    Ok(thread.priority.load(Ordering::Relaxed))
}

/// Names the thread, of which debuggers show the first 15 bytes if it is the calling one.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`, `ERROR_ACCESS_DENIED`.
pub fn describe(handle: usize, name: &[u16]) -> Result<(), Code> {
    let thread = thread_of(handle, rights::THREAD_SET_LIMITED_INFORMATION)?;
    if thread.id() == thread::local_id() {
        // As the kernel has it: 15 bytes and a NUL.
        let (mut short, mut len) = ([0; 16], 0);
        for c in char::decode_utf16(name.iter().copied()) {
            let c = c.ok().map_or(char::REPLACEMENT_CHARACTER, |c| if c == '\0' { ' ' } else { c });
            let Some(place) = short.get_mut(len..15).filter(|place| place.len() >= c.len_utf8()) else {
                break;
            };
            len += c.encode_utf8(place).len();
        }
        if let Ok(name) = std::ffi::CStr::from_bytes_until_nul(&short) {
            sys::name_this(name);
        }
    }
    Ok(())
}
