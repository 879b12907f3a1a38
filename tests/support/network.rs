//! Network namespaces that a test makes for itself, and the devices, routes and parameters in them.
//!
//! A namespace is a thread that has left the machine's network for an empty one. It goes, with everything in it,
//! when the thread and the sockets made in it are gone, however the test ends; nothing has to be cleaned up.

use std::ffi::c_int;
use std::net::Ipv4Addr;
use std::process::Command;
use std::sync::mpsc::{Sender, channel};
use std::thread::JoinHandle;

pub(crate) use super::calls::must;
use super::waiting::until;

type Job = Box<dyn FnOnce() + Send>;

/// A network of its own.
pub(crate) struct Net {
    /// Kernel's number of the thread, by which `ip` finds the namespace.
    thread_id: i32,
    jobs: Option<Sender<Job>>,
    thread: Option<JoinHandle<()>>,
}

impl Net {
    /// An empty network with its loopback up.
    pub(crate) fn new() -> Self {
        let (jobs, queue) = channel::<Job>();
        let (say_id, id) = channel();
        let thread = std::thread::spawn(move || {
            // SAFETY: a system call without pointers; it moves this thread only.
            let moved = unsafe { libc::unshare(libc::CLONE_NEWNET) };
            assert_eq!(moved, 0, "unshare: {}", std::io::Error::last_os_error());
            // SAFETY: likewise.
            say_id.send(unsafe { libc::gettid() }).unwrap();
            queue.into_iter().for_each(|job| job());
        });
        let net = Self { thread_id: id.recv().unwrap(), jobs: Some(jobs), thread: Some(thread) };
        net.ip("link set lo up");
        net
    }

    /// The thread that is in the namespace, by which the kernel finds it.
    #[allow(dead_code, reason = "not every test needs it")]
    pub(crate) fn thread_id(&self) -> i32 {
        self.thread_id
    }

    /// Runs something inside: sockets made by it are the namespace's and may be used anywhere.
    pub(crate) fn run<T: Send + 'static>(&self, job: impl FnOnce() -> T + Send + 'static) -> T {
        let (answer, result) = channel();
        let job = Box::new(move || {
            let _ = answer.send(job());
        });
        self.jobs.as_ref().unwrap().send(job).unwrap();
        result.recv().expect("what ran in the namespace has failed")
    }

    /// Runs `ip`, which must succeed.
    pub(crate) fn ip(&self, arguments: &str) -> String {
        self.command("ip", arguments)
    }

    /// Runs `tc`, which must succeed.
    pub(crate) fn tc(&self, arguments: &str) -> String {
        self.command("tc", arguments)
    }

    fn command(&self, program: &'static str, arguments: &str) -> String {
        let words: Vec<String> = arguments.split_whitespace().map(str::to_owned).collect();
        self.run(move || {
            let done = Command::new(program).args(&words).output().unwrap();
            let complaint = String::from_utf8_lossy(&done.stderr).into_owned();
            assert!(done.status.success(), "{program} {words:?}: {complaint}");
            String::from_utf8_lossy(&done.stdout).into_owned()
        })
    }

    /// Sets a parameter below `/proc/sys/net/ipv4`.
    pub(crate) fn set(&self, parameter: &str, value: u32) {
        let path = format!("/proc/sys/net/ipv4/{parameter}");
        self.run(move || std::fs::write(&path, value.to_string()).unwrap_or_else(|e| panic!("{path}: {e}")));
    }

    /// Makes or changes a route: `unreachable`, `prohibit`, `blackhole`, `unicast`.
    pub(crate) fn route(&self, kind: &str, to: &str) {
        self.ip(&format!("route replace {kind} {to}"));
    }
}

impl Drop for Net {
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// This side's address of a [`Pair`].
pub(crate) const HERE: Ipv4Addr = Ipv4Addr::new(10, 77, 0, 1);
/// The other side's address.
pub(crate) const THERE: Ipv4Addr = Ipv4Addr::new(10, 77, 0, 2);
/// The other side's second address, which stays when [`Pair::vanish`] takes the first.
pub(crate) const ROUTER: Ipv4Addr = Ipv4Addr::new(10, 77, 0, 3);
/// The broadcast address of the net between the two.
pub(crate) const EVERYBODY: Ipv4Addr = Ipv4Addr::new(10, 77, 0, 255);

/// Two networks joined by a wire: device `here` in one and `there` in the other.
pub(crate) struct Pair {
    pub(crate) here: Net,
    pub(crate) there: Net,
}

impl Pair {
    pub(crate) fn new() -> Self {
        let (here, there) = (Net::new(), Net::new());
        here.ip(&format!("link add here type veth peer name there netns {}", there.thread_id));
        here.ip(&format!("addr add {HERE}/24 brd {EVERYBODY} dev here"));
        there.ip(&format!("addr add {ROUTER}/24 dev there"));
        there.ip(&format!("addr add {THERE}/24 dev there"));
        there.ip("link set there up");
        here.ip("link set here up");
        let pair = Self { here, there };
        pair.wait_for_the_wire();
        pair
    }

    /// Until both devices know that they are joined; what is sent before may be lost.
    pub(crate) fn wait_for_the_wire(&self) {
        let is_up = |net: &Net, device| net.ip(&format!("-o link show {device}")).contains("state UP");
        until("the wire is there", || {
            (is_up(&self.here, "here") && is_up(&self.there, "there")).then_some(())
        });
    }

    /// The host at [`THERE`] is gone without a word. Its link address stays known, so what is sent to it leaves.
    pub(crate) fn vanish(&self) {
        let link = self.there.ip("-o link show there");
        let address = link.split_whitespace().skip_while(|word| *word != "link/ether").nth(1).unwrap();
        self.here.ip(&format!("neigh replace {THERE} lladdr {address} nud permanent dev here"));
        self.there.ip(&format!("addr del {THERE}/24 dev there"));
    }

    /// The host is there again.
    pub(crate) fn come_back(&self) {
        self.there.ip(&format!("addr add {THERE}/24 dev there"));
    }

    /// The host is gone, and nobody answers for its address any more.
    pub(crate) fn vanish_from_link(&self) {
        // The kernel asks for an address three times, a second apart: here it asks faster.
        self.here.set("neigh/here/retrans_time_ms", 100);
        self.there.ip(&format!("addr del {THERE}/24 dev there"));
    }

    /// The kernel gives a connection up after this many unanswered retransmissions.
    pub(crate) fn give_up_after(&self, retransmissions: u32) {
        self.here.set("tcp_retries2", retransmissions);
    }
}

/// Whether this process may make networks.
fn may_make() -> bool {
    let allowed = std::thread::spawn(|| {
        // SAFETY: a system call without pointers; it moves this thread only.
        unsafe { libc::unshare(libc::CLONE_NEWNET) == 0 }
    });
    allowed.join().unwrap()
}

fn has_ip() -> bool {
    Command::new("ip").arg("-V").output().is_ok()
}

/// Whether this test may make networks here. If only root of a user namespace may, the test runs there, and is
/// done; if nobody may, it says so, which is not allowed in CI.
pub(crate) fn possible() -> bool {
    if !has_ip() {
        left_out("no ip (iproute2)");
        return false;
    }
    if may_make() {
        return true;
    }
    if !crate::support::process::done_as_root_of_a_namespace() {
        left_out("no right to make a network namespace");
    }
    false
}

/// Runs a test in a network of its own, where that can be: no port that another program of this machine has, or another
/// test, is in its way.
pub(crate) fn apart(test: impl FnOnce() + Send + 'static) {
    if has_ip() && may_make() { Net::new().run(test) } else { test() }
}

pub(crate) use crate::support::process::left_out;

/// Two networks, or the end of the test.
macro_rules! pair_or_return {
    () => {
        if crate::support::network::possible() { crate::support::network::Pair::new() } else { return }
    };
}
pub(crate) use pair_or_return;
