//! Processes and threads of a test: a process of its own for what changes the whole process, threads that are
//! known to wait, and an end for tests that hang.

use std::process::Command;
use std::sync::Once;
use std::sync::mpsc::{Receiver, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use super::{SOON, wait_until};

const ALONE: &str = "WS2_TEST_ALONE";

/// Runs `body` in a process of its own, which runs nothing but this test. `name` is the test's.
pub fn alone(name: &str, body: impl FnOnce()) {
    if std::env::var(ALONE).as_deref() == Ok(name) {
        watch();
        return body();
    }
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", name, "--nocapture", "--test-threads=1"])
        .env(ALONE, name)
        .output()
        .unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    assert!(output.status.success(), "{name}: {}\n{out}\n{err}", output.status);
    assert!(out.contains("1 passed"), "{name} is not the test's name\n{out}");
}

/// Ends the process if it is still there after minutes: a call that never returns has no other way to fail.
pub fn watch() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        std::thread::spawn(|| {
            std::thread::sleep(Duration::from_secs(120));
            eprintln!("a test of this binary has hung");
            std::process::abort();
        });
    });
}

/// A thread that runs one call which is expected to wait.
pub struct Blocked<T> {
    tid: i32,
    thread: JoinHandle<T>,
    done: Receiver<()>,
}

impl<T: Send + 'static> Blocked<T> {
    /// Starts the thread, and returns when it waits inside the library.
    pub fn on(body: impl FnOnce() -> T + Send + 'static) -> Self {
        let blocked = Self::started(body);
        blocked.wait_until_it_waits();
        blocked
    }

    /// Starts the thread.
    pub fn started(body: impl FnOnce() -> T + Send + 'static) -> Self {
        let (tell_tid, tid) = channel();
        let (tell_done, done) = channel();
        let thread = std::thread::spawn(move || {
            // SAFETY: no arguments.
            tell_tid.send(unsafe { libc::gettid() }).unwrap();
            let result = body();
            let _ = tell_done.send(());
            result
        });
        Self { tid: tid.recv().unwrap(), thread, done }
    }

    pub fn wait_until_it_waits(&self) {
        wait_until("the thread waits in poll", || waits(self.tid));
    }

    /// The thread's handle for `pthread_kill`.
    pub fn pthread(&self) -> libc::pthread_t {
        use std::os::unix::thread::JoinHandleExt;
        self.thread.as_pthread_t()
    }

    pub fn is_waiting(&self) -> bool {
        waits(self.tid)
    }

    pub fn has_returned(&self) -> bool {
        self.thread.is_finished()
    }

    /// What the call returned; it must do so soon.
    pub fn outcome(self) -> T {
        assert!(
            self.done.recv_timeout(SOON) != Err(std::sync::mpsc::RecvTimeoutError::Timeout),
            "still waits"
        );
        self.thread.join().unwrap()
    }
}

/// Whether a thread of this process is in the kernel's ppoll, where every wait of the library is.
fn waits(tid: i32) -> bool {
    std::fs::read_to_string(format!("/proc/self/task/{tid}/syscall"))
        .is_ok_and(|line| line.split(' ').next() == Some(&libc::SYS_ppoll.to_string()))
}

/// The process' open descriptors.
pub fn descriptors() -> Vec<String> {
    let mut open: Vec<String> = std::fs::read_dir("/proc/self/fd")
        .unwrap()
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let to = std::fs::read_link(entry.path()).ok()?;
            Some(format!("{} {}", entry.file_name().to_string_lossy(), to.display()))
        })
        .collect();
    open.retain(|line| !line.contains("/proc/"));
    open.sort();
    open
}

/// Forks; the child runs `body` and ends with its answer as its exit code, 0 for true. Gives the child's number.
pub fn fork(body: impl FnOnce() -> bool) -> libc::pid_t {
    // SAFETY: the child calls the interface and ends.
    let child = unsafe { libc::fork() };
    assert!(child >= 0);
    if child == 0 {
        // SAFETY: a limit on the child's life; ends the child without running anybody's destructors.
        unsafe {
            libc::alarm(60);
            libc::_exit(i32::from(!body()))
        };
    }
    child
}

/// Waits for a child; whether it ended with exit code 0.
pub fn succeeded(child: libc::pid_t) -> bool {
    let mut status = 0;
    // SAFETY: a local.
    assert_eq!(unsafe { libc::waitpid(child, &raw mut status, 0) }, child);
    libc::WIFEXITED(status) && libc::WEXITSTATUS(status) == 0
}
