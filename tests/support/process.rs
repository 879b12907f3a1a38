//! Processes and threads of a test: a process of its own for what changes the whole process, threads that are
//! known to wait, and an end for tests that hang.

use std::io::Write;
use std::os::unix::thread::{JoinHandleExt, RawPthread};
use std::process::Command;
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Mutex, Once};
use std::thread::{JoinHandle, ThreadId};
use std::time::{Duration, Instant};

use super::waiting::{SOON, sleeps, thread_number, waits};

/// Set in a process that runs one test only: the test's name.
const ALONE: &str = "WS2_TEST_ALONE";

/// The path of a test of the calling module, as the test harness has it.
macro_rules! here {
    ($test:literal) => {
        concat!(module_path!(), "::", $test).split_once("::").unwrap().1
    };
}
pub(crate) use here;

/// Runs `body` in a process of its own, which runs nothing but this test. `name` is the test's: `here!("test")`.
pub fn alone(name: &str, body: impl FnOnce()) {
    if !done_elsewhere(name) {
        watch();
        body();
    }
}

/// Whether this process runs one test only.
pub fn is_alone() -> bool {
    std::env::var_os(ALONE).is_some()
}

/// Runs the test with this name in a process of its own, which gets past this point; `false` there.
pub fn done_elsewhere(name: &str) -> bool {
    if is_alone() {
        return false;
    }
    run(Command::new(std::env::current_exe().unwrap()), name);
    true
}

/// Runs the calling test as root of a user namespace; `false` where that cannot be.
pub fn done_as_root_of_a_namespace() -> bool {
    let thread = std::thread::current();
    // The test harness gives a test's thread the test's name; with one thread it does not.
    let Some(test) = thread.name().filter(|name| *name != "main") else { return false };
    let maps = || {
        let mut unshare = Command::new("unshare");
        unshare.arg("--map-root-user");
        unshare
    };
    if is_alone() || !maps().args(["--net", "true"]).output().is_ok_and(|done| done.status.success()) {
        return false;
    }
    let mut command = maps();
    command.arg(std::env::current_exe().unwrap());
    run(command, test);
    true
}

/// Runs one test with this command, which must succeed.
fn run(mut command: Command, test: &str) {
    command.args([test, "--exact", "--nocapture", "--test-threads=1"]).env(ALONE, test);
    let done = command.output().unwrap();
    let (said, complaint) = (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    assert!(done.status.success(), "{test}: {}\n{said}\n{complaint}", done.status);
    assert!(said.contains("1 passed"), "no test has this name: {test}\n{said}");
    for line in complaint.lines().filter_map(|line| line.strip_prefix(LEFT_OUT)) {
        note_left_out(line);
    }
}

const LEFT_OUT: &str = "LEFT OUT: ";

/// Says that a test, or a part of it, was left out; not allowed in CI.
pub fn left_out(why: &str) {
    assert!(std::env::var_os("CI").is_none(), "left out: {why}");
    note_left_out(why);
}

/// What was left out, said again when the test program ends, where it stands under the results.
static ALL_LEFT_OUT: Mutex<Vec<String>> = Mutex::new(Vec::new());

fn note_left_out(why: &str) {
    say(&format!("{LEFT_OUT}{why}"));
    let mut all = ALL_LEFT_OUT.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if all.is_empty() && !is_alone() {
        // SAFETY: the function may be called at any time.
        unsafe { libc::atexit(sum_up) };
    }
    all.push(why.to_owned());
}

extern "C" fn sum_up() {
    let all = ALL_LEFT_OUT.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    say(&format!("{} left out, so the results above do not tell of:", all.len()));
    all.iter().for_each(|why| say(&format!("  {why}")));
}

/// Prints a line that is seen although the test passes: the test harness keeps back only what the macros print.
fn say(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// How long a test may take: two minutes, or the seconds of `WS2_TEST_PATIENCE`.
fn patience() -> Duration {
    let seconds = std::env::var("WS2_TEST_PATIENCE").ok().and_then(|seconds| seconds.parse().ok());
    Duration::from_secs(seconds.unwrap_or(120))
}

/// The threads that run tests, and when they must have ended.
static WATCHED: Mutex<Vec<(ThreadId, Instant)>> = Mutex::new(Vec::new());

/// Takes the thread off the list when it ends.
struct Watched;

impl Drop for Watched {
    fn drop(&mut self) {
        let this = std::thread::current().id();
        WATCHED.lock().unwrap().retain(|(thread, _)| *thread != this);
    }
}

/// Ends the process if this thread's test is still there after minutes: a call that never returns has no other way to
/// fail.
pub fn watch() {
    watch_for(patience());
}

/// The same for a test that takes so long.
pub fn watch_for(patience: Duration) {
    static ONCE: Once = Once::new();
    thread_local!(static WATCHED_HERE: Watched = const { Watched });
    ONCE.call_once(|| {
        std::thread::spawn(|| {
            loop {
                std::thread::sleep(Duration::from_secs(1));
                if WATCHED.lock().unwrap().iter().any(|(_, end)| *end < Instant::now()) {
                    say("a test of this binary has hung");
                    std::process::abort();
                }
            }
        });
    });
    WATCHED_HERE.with(|_| ());
    let (this, end) = (std::thread::current().id(), Instant::now() + patience);
    let mut watched = WATCHED.lock().unwrap();
    watched.retain(|(thread, old)| *thread != this || *old > end);
    if !watched.iter().any(|(thread, _)| *thread == this) {
        watched.push((this, end));
    }
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
            tell_tid.send(thread_number()).unwrap();
            let result = body();
            let _ = tell_done.send(());
            result
        });
        Self { tid: tid.recv().unwrap(), thread, done }
    }

    pub fn wait_until_it_waits(&self) {
        sleeps(self.tid);
    }

    /// The thread's handle for `pthread_kill`, as a number; to some C libraries it is a pointer.
    pub fn pthread(&self) -> RawPthread {
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
