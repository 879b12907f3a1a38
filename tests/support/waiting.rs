//! Waiting for what is sure to come. A test that needs all the time there is has failed.

use std::time::{Duration, Instant};

/// How long such a thing may take.
pub const SOON: Duration = Duration::from_secs(60);

/// Asks again and again, as fast as it goes, until there is an answer.
pub fn until<T>(what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let late = Instant::now() + SOON;
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        assert!(Instant::now() < late, "waited in vain: {what}");
        std::thread::yield_now();
    }
}

/// Looks again and again until it is so.
pub fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) {
    until(what, || {
        let so = is_so();
        if !so {
            std::thread::sleep(Duration::from_millis(1));
        }
        so.then_some(())
    });
}

/// Looks again and again until a value is the expected one.
pub fn becomes<T: PartialEq + std::fmt::Debug>(expected: T, look: impl Fn() -> T) {
    let late = Instant::now() + SOON;
    loop {
        let value = look();
        if value == expected {
            return;
        }
        assert!(Instant::now() < late, "still {value:?}, not {expected:?}");
        std::thread::sleep(Duration::from_millis(1));
    }
}

/// Whether a thread of this process sleeps where a wait of the library is: in the kernel's ppoll, on a futex while
/// another thread polls the same socket, in the epoll to which a thread at a completion port listens, or in one of the short attempts
/// of a connect to a full Unix listener.
pub fn waits(thread: i32) -> bool {
    let of = |what: &str| std::fs::read_to_string(format!("/proc/self/task/{thread}/{what}"));
    let calls = [libc::SYS_ppoll, libc::SYS_futex, libc::SYS_epoll_pwait, libc::SYS_connect]
        .map(|number| number.to_string());
    of("syscall").is_ok_and(|line| calls.iter().any(|call| line.split(' ').next() == Some(call)))
        && of("stat").is_ok_and(|line| line.contains(") S "))
}

/// The kernel's number of the calling thread.
pub fn thread_number() -> i32 {
    // SAFETY: no arguments.
    unsafe { libc::gettid() }
}

/// Waits until a thread of this process sleeps in a wait of the library.
pub fn sleeps(thread: i32) {
    wait_until("the thread waits in poll", || waits(thread));
}
