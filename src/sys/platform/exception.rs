//! Faults of the program's own code, which the kernel tells by signals: what a filter of the program's is asked about.

use std::cell::UnsafeCell;
use std::mem::MaybeUninit;
use std::sync::Once;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fault {
    /// Linux' number of the signal.
    pub signal: i32,
    /// The kernel's number of the reason.
    pub reason: i32,
    /// The instruction; 0 where the machine does not tell.
    pub at: usize,
    /// The address that was touched.
    pub touched: usize,
    /// It was to be written.
    pub writes: bool,
}

/// The registers, as the kernel has saved them and takes them back.
#[cfg(target_arch = "x86_64")]
pub type Registers = [i64; 23];
/// On this machine they are not told.
#[cfg(not(target_arch = "x86_64"))]
pub type Registers = [i64; 0];

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// The instruction again, with the registers as they are now.
    GoOn,
    /// What the signal does without all this.
    Signal,
}

/// The signals of faults.
pub const SIGNALS: [i32; 5] = [libc::SIGSEGV, libc::SIGBUS, libc::SIGFPE, libc::SIGILL, libc::SIGTRAP];

struct Actions(UnsafeCell<[MaybeUninit<libc::sigaction>; SIGNALS.len()]>);

// SAFETY: written once, before a handler can read it.
unsafe impl Sync for Actions {}

static BEFORE: Actions = Actions(UnsafeCell::new([const { MaybeUninit::uninit() }; SIGNALS.len()]));
/// The function that decides.
static DECIDE: AtomicUsize = AtomicUsize::new(0);
static WATCHED: Once = Once::new();

/// Whoever decides: it may change the registers.
pub type Decide = fn(Fault, &mut Registers) -> Decision;

/// Asks a function about faults from now on; none: the signals do what they did before.
pub fn ask(decide: Option<Decide>) {
    DECIDE.store(decide.map_or(0, |decide| decide as usize), Ordering::Release);
    if decide.is_some() {
        WATCHED.call_once(watch);
    }
}

fn watch() {
    for (at, signal) in SIGNALS.into_iter().enumerate() {
        // SAFETY: all zero is a value; the handler has the three arguments that SA_SIGINFO says; the place is this signal's, and nobody
        // reads it before its handler is there.
        unsafe {
            let mut action = std::mem::zeroed::<libc::sigaction>();
            action.sa_sigaction = on_fault as *const () as usize;
            action.sa_flags = libc::SA_SIGINFO | libc::SA_ONSTACK | libc::SA_NODEFER;
            let place = BEFORE.0.get().cast::<libc::sigaction>().wrapping_add(at);
            libc::sigaction(signal, &raw const action, place);
        }
    }
}

/// Gives the signal back what it did before, and lets the instruction fail again, or sends it again where no instruction has failed.
fn as_before(signal: i32, sent: bool) {
    let Some(at) = SIGNALS.iter().position(|one| *one == signal) else { return };
    // SAFETY: filled in by `watch`; numbers else.
    unsafe {
        libc::sigaction(
            signal,
            BEFORE.0.get().cast::<libc::sigaction>().wrapping_add(at),
            std::ptr::null_mut(),
        );
        if sent {
            libc::raise(signal);
        }
    }
}

extern "C" fn on_fault(signal: i32, info: *mut libc::siginfo_t, context: *mut libc::c_void) {
    let decide = DECIDE.load(Ordering::Acquire);
    // SAFETY: the kernel's structures, which it hands to a handler with SA_SIGINFO.
    let (reason, touched) = unsafe { ((*info).si_code, (*info).si_addr() as usize) };
    // Sent by a program, and not by a fault; a breakpoint stands before the instruction that goes on.
    let sent = reason <= 0 || signal == libc::SIGTRAP;
    if decide == 0 {
        return as_before(signal, sent);
    }
    // SAFETY: only `ask` stores, and such a function.
    let decide = unsafe { std::mem::transmute::<usize, Decide>(decide) };
    #[cfg(target_arch = "x86_64")]
    // SAFETY: the kernel's structure, which is this handler's until it returns.
    let (registers, writes, at) = unsafe {
        let registers = &mut (*context.cast::<libc::ucontext_t>()).uc_mcontext.gregs;
        let has = |register: i32| usize::try_from(register).ok();
        let error = has(libc::REG_ERR).and_then(|at| registers.get(at)).copied().unwrap_or(0);
        let at = has(libc::REG_RIP).and_then(|at| registers.get(at)).copied().unwrap_or(0);
        (registers, error & 2 != 0, at.cast_unsigned())
    };
    #[cfg(not(target_arch = "x86_64"))]
    let (registers, writes, at) = {
        let _ = context;
        (&mut [], false, 0_u64)
    };
    let fault = Fault { signal, reason, at: usize::try_from(at).unwrap_or(0), touched, writes };
    if decide(fault, registers) == Decision::Signal {
        as_before(signal, sent);
    }
}
