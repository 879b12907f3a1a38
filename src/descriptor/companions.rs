//! Companions: second descriptors of a datagram socket that is bound to one address of this machine, which hear what
//! Linux does not give that socket: groups and broadcasts. What they are and who makes them is told in
//! `socket/companion.rs`; here stands which socket has which.
//!
//! Another thread may take a companion from its socket at any time, by leaving a group. So it is used only under the lock of
//! the list that it is taken out of before it is closed ([`with`]): nothing is received from a descriptor that has got its
//! number. Only a call that waits polls it without the lock; what the number stands for then ends a wait in vain at most. A
//! socket without companions is never looked for here while no socket has any.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use super::{On, alarm};
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::runtime::lock::{Guard, Lock, Rank};
use crate::sys::event::poll::{self, PollFd};
use crate::sys::net::{option, socket};
use crate::sys::process::fork::InChild;
use crate::sys::process::pause_for_a_moment;
use crate::sys::{Address, Fd};

/// A companion: its descriptor, and what it is bound to. It is not copied: it exists in the list, or where it is made or closed.
#[derive(Debug)]
pub struct Companion {
    fd: Fd,
    /// A group's address, or one of a broadcast, with the port.
    pub address: Address,
}

impl Companion {
    /// A descriptor that was made to be one.
    #[must_use]
    pub const fn new(fd: Fd, address: Address) -> Self {
        Self { fd, address }
    }

    fn close(self) {
        socket::close(self.fd);
    }
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

/// What a use of the companions of a socket gives. They stay its companions meanwhile. The use does not wait.
#[cold]
pub fn with<T>(fd: Fd, using: impl FnOnce(&[Companion]) -> T) -> T {
    let list = LIST.take();
    let owner = list.iter().find(|owner| owner.fd == Some(fd));
    // POSIX code may have closed the socket and made another one.
    let owner = owner.filter(|owner| option::cookie(fd) == Ok(owner.cookie));
    using(owner.map(|owner| owner.companions.as_slice()).unwrap_or_default())
}

/// Adds what a wait for data on the socket polls beside it.
///
/// # Errors
/// `WSAENOBUFS`.
pub fn add_polls(fd: Fd, polls: &mut Vec<PollFd>) -> Result<(), Failure> {
    with(fd, |all| {
        polls.try_reserve(all.len()).map_err(|_| NO_MEMORY)?;
        polls.extend(all.iter().map(|one| PollFd::new(one.fd, libc::POLLIN)));
        Ok(())
    })
}

const NO_MEMORY: Failure =
    WsaError::WSAENOBUFS.because("no memory for what a socket hears beside its own address");

/// Gives a socket a companion, unless it has one for that address. Calls that wait for data on the socket begin to hear it.
///
/// # Errors
/// `WSAENOBUFS`; the companion is closed then.
pub fn add(fd: Fd, cookie: u64, companion: Companion) -> Result<(), Failure> {
    let mut companion = Some(companion);
    let added = enter(fd, cookie, &mut companion);
    match companion {
        None => poll_again(),
        Some(refused) => refused.close(),
    }
    added
}

/// Takes the companion into the list.
fn enter(fd: Fd, cookie: u64, companion: &mut Option<Companion>) -> Result<(), Failure> {
    {
        let mut list = LIST.take();
        list.retain(|owner| owner.fd.is_some());
        if list.iter().any(|owner| owner.fd == Some(fd) && owner.cookie != cookie) {
            close_all_of(&mut list, fd);
            list.retain(|owner| owner.fd.is_some());
        }
        let at = match list.iter().position(|owner| owner.fd == Some(fd)) {
            Some(at) => at,
            None => {
                list.try_reserve(1).map_err(|_| NO_MEMORY)?;
                list.push(Owner { fd: Some(fd), cookie, companions: Vec::new() });
                list.len() - 1
            }
        };
        // Another thread may have made the same one meanwhile.
        let is_new = |owner: &&mut Owner| {
            let address = companion.as_ref().map(|companion| companion.address);
            !owner.companions.iter().any(|one| Some(one.address) == address)
        };
        if let Some(owner) = list.get_mut(at).filter(is_new) {
            owner.companions.try_reserve(1).map_err(|_| NO_MEMORY)?;
            owner.companions.extend(companion.take());
            COUNT.fetch_add(1, Ordering::Relaxed);
        }
    }
    Ok(())
}

/// Takes those companions from a socket that `unwanted` names. What they have received is lost.
pub fn remove(fd: Fd, mut unwanted: impl FnMut(&Companion) -> bool) {
    let mut gone = Vec::new();
    {
        let mut list = LIST.take();
        for owner in list.iter_mut().filter(|owner| owner.fd == Some(fd)) {
            while let Some(at) = owner.companions.iter().position(&mut unwanted) {
                let companion = owner.companions.swap_remove(at);
                COUNT.fetch_sub(1, Ordering::Relaxed);
                // Without memory for those that wait to be closed, this one does not wait.
                match gone.try_reserve(1) {
                    Ok(()) => gone.push(companion),
                    Err(_) => companion.close(),
                }
            }
        }
    }
    if gone.is_empty() {
        return;
    }
    poll_again();
    gone.into_iter().for_each(Companion::close);
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
    let has =
        |one: &Companion| poll::poll(&mut [PollFd::new(one.fd, libc::POLLIN)], Some(Duration::ZERO)) == Ok(1);
    with(fd, |all| all.iter().any(has))
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
