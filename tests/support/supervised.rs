//! A thread each of whose system calls is told to the test before it is made: to count them, and to let something
//! happen at exactly one place between two of them. Linux' seccomp tells a supervisor, who may also make the call in
//! the thread's place, since memory and descriptors are the same.

use std::sync::Arc;
use std::sync::atomic::{AtomicI32, Ordering};

use super::process::left_out;

/// A system call that the thread is about to make.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    pub number: i64,
    pub arguments: [u64; 6],
}

/// What happens with it.
#[derive(Clone, Copy, Debug)]
pub enum Verdict {
    /// The thread makes it.
    Goes,
    /// It was made already, or is not to be: its result, or an error number below 0.
    Gave(i64),
}

impl Asked {
    /// Makes the call in the thread's place.
    pub fn make(&self) -> Verdict {
        let [a, b, c, d, e, f] = self.arguments;
        // SAFETY: the arguments of a call that a thread of this process was about to make, and waits for.
        let result = unsafe { libc::syscall(self.number, a, b, c, d, e, f) };
        // SAFETY: the thread's own errno.
        Verdict::Gave(if result == -1 { -i64::from(unsafe { *libc::__errno_location() }) } else { result })
    }
}

/// The call with which the thread says where what counts begins and ends; nothing here makes it otherwise.
const MARK: i64 = libc::SYS_getppid;

/// Runs `job` in a thread of its own and asks `supervise` about each system call that it makes; what `job` returned.
/// None where the kernel allows no such thing.
pub fn supervised<T: Send + 'static>(
    job: impl FnOnce() -> T + Send + 'static,
    mut supervise: impl FnMut(&Asked) -> Verdict,
) -> Option<T> {
    let place = Arc::new(AtomicI32::new(0));
    let told = Arc::clone(&place);
    let thread = std::thread::spawn(move || {
        let listener = listen_to_this_thread();
        told.store(listener, Ordering::Release);
        if listener < 0 {
            return None;
        }
        // SAFETY: no arguments.
        unsafe { libc::syscall(MARK) };
        let result = job();
        // SAFETY: no arguments.
        unsafe { libc::syscall(MARK) };
        Some(result)
    });
    let listener =
        super::waiting::until("the filter", || Some(place.load(Ordering::Acquire)).filter(|fd| *fd != 0));
    if listener < 0 {
        left_out("system calls cannot be supervised here");
        return None;
    }
    let mut inside = false;
    while let Some((id, asked)) = next(listener) {
        let verdict = if asked.number == MARK {
            inside = !inside;
            Verdict::Gave(1)
        } else if inside {
            supervise(&asked)
        } else {
            Verdict::Goes
        };
        let (val, error, flags) = match verdict {
            Verdict::Goes => (0, 0, u32::try_from(libc::SECCOMP_USER_NOTIF_FLAG_CONTINUE).unwrap()),
            Verdict::Gave(value) if value < 0 => (0, i32::try_from(value).unwrap(), 0),
            Verdict::Gave(value) => (value, 0, 0),
        };
        let mut answer = libc::seccomp_notif_resp { id, val, error, flags };
        // SAFETY: a local. A thread that a signal has interrupted asks again.
        unsafe { libc::ioctl(listener, libc::SECCOMP_IOCTL_NOTIF_SEND, &raw mut answer) };
    }
    // SAFETY: this function's own.
    unsafe { libc::close(listener) };
    thread.join().unwrap()
}

/// The next call of the thread; none when the thread has ended.
fn next(listener: i32) -> Option<(u64, Asked)> {
    loop {
        let mut entry = libc::pollfd { fd: listener, events: libc::POLLIN, revents: 0 };
        // SAFETY: a local.
        unsafe { libc::poll(&raw mut entry, 1, -1) };
        if entry.revents & libc::POLLIN != 0 {
            // SAFETY: all zeros are a value, and asked for.
            let mut told: libc::seccomp_notif = unsafe { std::mem::zeroed() };
            // SAFETY: a local.
            if unsafe { libc::ioctl(listener, libc::SECCOMP_IOCTL_NOTIF_RECV, &raw mut told) } == 0 {
                let asked = Asked { number: told.data.nr.into(), arguments: told.data.args };
                return Some((told.id, asked));
            }
        } else if entry.revents != 0 {
            return None;
        }
    }
}

/// From here on each system call of this thread is told to who has the descriptor, which is put far from those that
/// are given out next; an error number below 0.
fn listen_to_this_thread() -> i32 {
    let give =
        |k| libc::sock_filter { code: u16::try_from(libc::BPF_RET | libc::BPF_K).unwrap(), jt: 0, jf: 0, k };
    let mut steps = [give(libc::SECCOMP_RET_USER_NOTIF)];
    let filter = libc::sock_fprog { len: 1, filter: steps.as_mut_ptr() };
    // SAFETY: numbers; the filter is as long as it says, and the kernel copies it.
    unsafe {
        libc::prctl(libc::PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
        let (operation, flags) = (libc::SECCOMP_SET_MODE_FILTER, libc::SECCOMP_FILTER_FLAG_NEW_LISTENER);
        let made = libc::syscall(libc::SYS_seccomp, operation, flags, &raw const filter);
        i32::try_from(made).unwrap()
    }
}

/// A filter of this thread, and of those that it starts, under which a call with this number, and this value as its
/// argument `at` where one is given, fails with an error number.
pub fn let_fail(number: i64, argument: Option<(u32, u32)>, errno: i32) {
    let load = libc::BPF_LD | libc::BPF_W | libc::BPF_ABS;
    let jump_if_equal = libc::BPF_JMP | libc::BPF_JEQ | libc::BPF_K;
    let give = libc::BPF_RET | libc::BPF_K;
    let step = |code: u32, if_not: u8, k: u32| libc::sock_filter {
        code: u16::try_from(code).unwrap(),
        jt: 0,
        jf: if_not,
        k,
    };
    let number = u32::try_from(number).unwrap();
    let mut steps = match argument {
        Some((at, value)) => vec![
            step(load, 0, 0),
            step(jump_if_equal, 3, number),
            step(load, 0, 16 + 8 * at),
            step(jump_if_equal, 1, value),
        ],
        None => vec![step(load, 0, 0), step(jump_if_equal, 1, number)],
    };
    steps.push(step(give, 0, libc::SECCOMP_RET_ERRNO | errno.cast_unsigned()));
    steps.push(step(give, 0, libc::SECCOMP_RET_ALLOW));
    let filter = libc::sock_fprog { len: steps.len().try_into().unwrap(), filter: steps.as_mut_ptr() };
    // SAFETY: numbers; the filter is as long as it says, and the kernel copies it.
    unsafe {
        assert_eq!(libc::prctl(libc::PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), 0);
        assert_eq!(libc::prctl(libc::PR_SET_SECCOMP, libc::SECCOMP_MODE_FILTER, &raw const filter), 0);
    }
}
