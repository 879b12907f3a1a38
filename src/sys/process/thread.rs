//! Threads: starting one, ending the one that runs, and being told of a thread's end.

use std::cell::Cell;
use std::ffi::{CStr, c_char, c_void};
use std::sync::atomic::{AtomicPtr, AtomicUsize, Ordering};

use syscalls::Sysno;

use crate::sys::{Errno, call, errno_kept, room};

mod escape;
mod unwinder;

pub use unwinder::load as load_unwinder;

/// The calling thread's number, as the kernel counts threads.
#[must_use]
pub fn number() -> u32 {
    // SAFETY: asks for a number.
    unsafe { call(Sysno::gettid, [0; 6]) }.ok().and_then(|tid| u32::try_from(tid).ok()).unwrap_or(0)
}

/// This process's number.
#[must_use]
pub fn process() -> u32 {
    // SAFETY: asks for a number.
    unsafe { call(Sysno::getpid, [0; 6]) }.ok().and_then(|pid| u32::try_from(pid).ok()).unwrap_or(0)
}

/// Lets another thread run.
pub fn give_way() {
    // SAFETY: takes nothing.
    let _ = unsafe { call(Sysno::sched_yield, [0; 6]) };
}

/// Gives the calling thread a name of at most 15 bytes, which debuggers and `ps` show.
pub fn name_this(name: &CStr) {
    const SET_NAME: usize = libc::PR_SET_NAME.unsigned_abs() as usize;
    // SAFETY: the kernel reads a text that ends.
    let _ = unsafe { call(Sysno::prctl, [SET_NAME, name.as_ptr() as usize, 0, 0, 0, 0]) };
}

/// Keeps every signal off the calling thread: a thread of this library is no place for the program's handlers.
pub fn keep_signals_off() {
    const SET: usize = libc::SIG_SETMASK.unsigned_abs() as usize;
    let all = u64::MAX;
    // SAFETY: the kernel reads a local of the size that is told.
    let _ = unsafe { call(Sysno::rt_sigprocmask, [SET, (&raw const all) as usize, 0, 8, 0, 0]) };
}

/// A number that no other living thread of this process has. A forked child's thread keeps it.
#[must_use]
pub fn current() -> usize {
    // SAFETY: asks for a number.
    let thread = unsafe { libc::pthread_self() };
    // A number with glibc, a pointer with musl.
    #[cfg(target_env = "musl")]
    return thread.addr();
    #[cfg(not(target_env = "musl"))]
    usize::try_from(thread).unwrap_or(0)
}

/// Where libc says whether the process has never had a second thread; null where it does not say.
static IS_SINGLE: AtomicPtr<c_char> = AtomicPtr::new(std::ptr::null_mut());

/// Finds out where libc says that: once, and not in a signal handler.
pub fn look_for_single() {
    // SAFETY: a constant name. glibc before 2.32 and static programs have no such variable to find.
    let found = unsafe { libc::dlsym(libc::RTLD_DEFAULT, c"__libc_single_threaded".as_ptr()) };
    IS_SINGLE.store(found.cast(), Ordering::Release);
}

/// Whether the calling thread is the only one that this process has ever had, as far as is known.
#[must_use]
pub fn is_single() -> bool {
    let is_single = IS_SINGLE.load(Ordering::Acquire);
    // SAFETY: libc's variable, one byte, which is there for as long as the process; only the thread that makes the second one
    // changes it, and while it is set that is this thread.
    !is_single.is_null() && unsafe { is_single.read_volatile() } != 0
}

/// Keeps `pthread_cancel` from ending the calling thread; what was set before.
#[must_use]
pub fn disable_cancellation() -> i32 {
    let mut before = 0;
    // SAFETY: writes to a local.
    unsafe { pthread_setcancelstate(1, &raw mut before) };
    before
}

/// Puts back what [`disable_cancellation`] found. A request that has come meanwhile is met at the thread's next
/// cancellation point.
pub fn restore_cancellation(before: i32) {
    let mut now = 0;
    // SAFETY: writes to a local.
    unsafe { pthread_setcancelstate(before, &raw mut now) };
}

unsafe extern "C" {
    /// Of libc; the crate `libc` does not declare it for Linux.
    fn pthread_setcancelstate(state: i32, before: *mut i32) -> i32;
}

/// Starts a thread that runs `run(value)`; nobody has to join it. `stack` is in bytes, `None` the system's default.
///
/// # Errors
/// `EAGAIN`: no more threads or no memory; `EINVAL`: a stack size that cannot be.
pub fn start<T: Send + 'static>(stack: Option<usize>, value: Box<T>, run: fn(Box<T>)) -> Result<(), Errno> {
    let started = Started { value, run };
    let started = room::boxed(started).map_err(|_| Errno::new(libc::EAGAIN))?;
    let started = Box::into_raw(started);
    let status = errno_kept(|| create(stack, begin::<T>, started.cast()));
    if status == 0 {
        return Ok(());
    }
    // SAFETY: made above, and no thread has got it.
    drop(unsafe { Box::from_raw(started) });
    Err(Errno::new(status))
}

/// Runs something while the calling thread has all signals blocked; threads that it starts inherit that.
pub fn without_signals<T>(run: impl FnOnce() -> T) -> T {
    let mut all = std::mem::MaybeUninit::<libc::sigset_t>::uninit();
    let mut before = std::mem::MaybeUninit::<libc::sigset_t>::uninit();
    // SAFETY: the sets are written before they are read; `before` only where the call says that it has been.
    unsafe {
        libc::sigfillset(all.as_mut_ptr());
        let blocked = libc::pthread_sigmask(libc::SIG_SETMASK, all.as_ptr(), before.as_mut_ptr()) == 0;
        let result = run();
        if blocked {
            libc::pthread_sigmask(libc::SIG_SETMASK, before.as_ptr(), std::ptr::null_mut());
        }
        result
    }
}

struct Started<T> {
    value: Box<T>,
    run: fn(Box<T>),
}

extern "C" fn begin<T>(started: *mut c_void) -> *mut c_void {
    // SAFETY: what `start` made, given to this thread alone.
    let started = unsafe { Box::from_raw(started.cast::<Started<T>>()) };
    (started.run)(started.value);
    std::ptr::null_mut()
}

fn create(stack: Option<usize>, begin: extern "C" fn(*mut c_void) -> *mut c_void, with: *mut c_void) -> i32 {
    let mut attributes = std::mem::MaybeUninit::<libc::pthread_attr_t>::uninit();
    let mut thread = std::mem::MaybeUninit::<libc::pthread_t>::uninit();
    // SAFETY: the attributes are initialised before they are used, and destroyed afterwards; the function takes what
    // it is given.
    unsafe {
        let status = libc::pthread_attr_init(attributes.as_mut_ptr());
        if status != 0 {
            return status;
        }
        let mut status =
            stack.map_or(0, |size| libc::pthread_attr_setstacksize(attributes.as_mut_ptr(), size));
        if status == 0 {
            libc::pthread_attr_setdetachstate(attributes.as_mut_ptr(), libc::PTHREAD_CREATE_DETACHED);
            status = libc::pthread_create(thread.as_mut_ptr(), attributes.as_ptr(), begin, with);
        }
        libc::pthread_attr_destroy(attributes.as_mut_ptr());
        status
    }
}

thread_local! {
    /// Where [`run`] was called on this thread's stack; 0 outside of it.
    static PLACE: Cell<usize> = const { Cell::new(0) };
}

/// Runs the main function of a thread that [`start`] made: its result, or what [`end`] was given meanwhile.
#[must_use]
pub fn run(main: extern "C" fn(usize, usize) -> u32, with: [usize; 2]) -> u32 {
    let code = PLACE.with(|place| escape::enter(main, with, place));
    PLACE.set(0);
    code
}

/// Whether [`end`] goes back to [`run`].
#[must_use]
pub fn is_in_run() -> bool {
    escape::POSSIBLE && PLACE.get() != 0
}

/// Ends the calling thread. Where it is in [`run`], that returns `code`; elsewhere it is `pthread_exit`. What stands on the
/// stack is dropped without a word, C++ objects and ours alike: whoever calls holds no lock and no borrow.
pub fn end(code: u32) -> ! {
    if is_in_run() {
        // SAFETY: `run` is still on this thread's stack.
        unsafe { escape::leave(PLACE.get(), code) }
    }
    unwinder::load_for_sure();
    escape::end_by_libc()
}

/// The key whose destructor is told of a thread's end, plus one; 0 before there is one.
static KEY: AtomicUsize = AtomicUsize::new(0);
/// What is run then.
static HOOK: AtomicUsize = AtomicUsize::new(0);

/// Has `hook` run when the calling thread ends, in the last round of destructors: after those of C++ and of Rust, and
/// after all other keys' that do not ask for a last round, too. There is one hook for all threads. `false` where
/// there is no key left.
pub fn at_end(hook: fn()) -> bool {
    HOOK.store(hook as usize, Ordering::Release);
    let Some(key) = key() else { return false };
    // SAFETY: a key that was made; the value is a number.
    errno_kept(|| unsafe { libc::pthread_setspecific(key, std::ptr::without_provenance(1)) }) == 0
}

fn key() -> Option<libc::pthread_key_t> {
    let known = |value: usize| libc::pthread_key_t::try_from(value.checked_sub(1)?).ok();
    if let Some(key) = known(KEY.load(Ordering::Acquire)) {
        return Some(key);
    }
    let mut key: libc::pthread_key_t = 0;
    // SAFETY: writes to a local.
    if unsafe { libc::pthread_key_create(&raw mut key, Some(ending)) } != 0 {
        return None;
    }
    let value = usize::try_from(key).ok()?.checked_add(1)?;
    match KEY.compare_exchange(0, value, Ordering::AcqRel, Ordering::Acquire) {
        Ok(_) => Some(key),
        Err(others) => {
            // SAFETY: made above, and no thread has used it.
            unsafe { libc::pthread_key_delete(key) };
            known(others)
        }
    }
}

/// libc runs destructors of keys as long as there are values, four rounds at most.
unsafe extern "C" fn ending(value: *mut c_void) {
    const ROUNDS: usize = 4;
    let round = value.addr();
    if round < ROUNDS
        && let Some(key) = key()
        // SAFETY: as in `at_end`.
        && unsafe { libc::pthread_setspecific(key, std::ptr::without_provenance(round + 1)) } == 0
    {
        return;
    }
    let hook = HOOK.load(Ordering::Acquire);
    if hook != 0 {
        // SAFETY: `at_end` stored it, a `fn()`.
        let hook = unsafe { std::mem::transmute::<usize, fn()>(hook) };
        hook();
    }
}
