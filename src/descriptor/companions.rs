//! Companions: second descriptors of a datagram socket that is bound to one address of this machine, which hear what
//! Linux does not give that socket: groups and broadcasts. What they are and who makes them is told in
//! `socket/companion.rs`; here stands which socket has which.
//!
//! A companion is read only while a [`Waiting`](super::Waiting) or a [`Watching`](super::Watching) holds its socket, so
//! it is not closed meanwhile. A socket without companions is never looked for here while no socket has any.

use std::sync::atomic::{AtomicU32, Ordering};

use super::{On, alarm};
use crate::runtime::lock::{Guard, Lock, Rank};
use crate::sys::event::poll::{self, PollFd};
use crate::sys::net::{option, socket};
use crate::sys::process::fork::InChild;
use crate::sys::process::pause_for_a_moment;
use crate::sys::{Address, Fd};

/// A companion: its descriptor, and what it is bound to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Companion {
    /// The descriptor.
    pub fd: Fd,
    /// A group's address, or one of a broadcast, with the port.
    pub address: Address,
}

impl On for Companion {
    #[inline(always)]
    fn fd(&self) -> Fd {
        self.fd
    }
}

/// A socket with its companions; without a socket, what a closing has left behind.
#[derive(Debug)]
pub(crate) struct Owner {
    fd: Option<Fd>,
    cookie: u64,
    companions: Vec<Companion>,
}

static LIST: Lock<Vec<Owner>> = Lock::new(Rank::Companions, Vec::new());

/// How many companions there are.
static COUNT: AtomicU32 = AtomicU32::new(0);

/// Whether any socket has companions.
#[must_use]
#[inline(always)]
pub fn exist() -> bool {
    COUNT.load(Ordering::Relaxed) > 0
}

/// The companions of a socket.
#[must_use]
#[cold]
pub fn of(fd: Fd) -> Vec<Companion> {
    let list = LIST.take();
    let Some(owner) = list.iter().find(|owner| owner.fd == Some(fd)) else { return Vec::new() };
    // POSIX code may have closed the socket and made another one.
    if option::cookie(fd) == Ok(owner.cookie) { owner.companions.clone() } else { Vec::new() }
}

/// Gives a socket a companion. Calls that wait for data on the socket begin to hear it.
pub fn add(fd: Fd, cookie: u64, companion: Companion) {
    {
        let mut list = LIST.take();
        list.retain(|owner| owner.fd.is_some());
        if list.iter().any(|owner| owner.fd == Some(fd) && owner.cookie != cookie) {
            close_all_of(&mut list, fd);
            list.retain(|owner| owner.fd.is_some());
        }
        match list.iter_mut().find(|owner| owner.fd == Some(fd)) {
            Some(owner) => owner.companions.push(companion),
            None => list.push(Owner { fd: Some(fd), cookie, companions: vec![companion] }),
        }
        COUNT.fetch_add(1, Ordering::Relaxed);
    }
    poll_again();
}

/// Takes those companions from a socket that `unwanted` names. What they have received is lost.
pub fn remove(fd: Fd, mut unwanted: impl FnMut(&Companion) -> bool) {
    let mut gone = Vec::new();
    {
        let mut list = LIST.take();
        for owner in list.iter_mut().filter(|owner| owner.fd == Some(fd)) {
            owner.companions.retain(|companion| {
                let unwanted = unwanted(companion);
                if unwanted {
                    gone.push(*companion);
                }
                !unwanted
            });
        }
    }
    if gone.is_empty() {
        return;
    }
    poll_again();
    for companion in gone {
        socket::close(companion.fd);
        COUNT.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Lets the calls that wait go round once: they find out what there is to poll now. Who sleeps in the kernel at this
/// moment has a while to notice.
fn poll_again() {
    alarm::raise();
    (0..20).for_each(|_| pause_for_a_moment());
    alarm::lower();
}

/// The socket is closed: its companions go with it. No call is using them any more. Frees no memory, since a signal
/// handler may close.
pub(super) fn forget(fd: Fd) {
    if exist() {
        close_all_of(&mut LIST.take(), fd);
    }
}

fn close_all_of(list: &mut [Owner], fd: Fd) {
    for owner in list.iter_mut().filter(|owner| owner.fd == Some(fd)) {
        owner.fd = None;
        for companion in &owner.companions {
            socket::close(companion.fd);
            COUNT.fetch_sub(1, Ordering::Relaxed);
        }
    }
}

/// Whether a companion of the socket has received something.
#[must_use]
#[cold]
pub fn have_data(fd: Fd) -> bool {
    let mut polls: Vec<PollFd> = of(fd).iter().map(|one| PollFd::new(one.fd, libc::POLLIN)).collect();
    !polls.is_empty() && poll::poll(&mut polls, Some(std::time::Duration::ZERO)).is_ok_and(|count| count > 0)
}

/// The lock, for `fork`.
pub(super) fn hold() -> Option<Guard<Vec<Owner>>> {
    LIST.take_for_fork()
}

/// In the child, which shares the companions with its parent as it shares the sockets.
pub(super) fn in_child(held: Option<Guard<Vec<Owner>>>, child: InChild) {
    if held.is_none() {
        LIST.renew(Vec::new(), child);
        COUNT.store(0, Ordering::Relaxed);
    }
}
