//! Keyed events: a thread that waits with a key meets one that releases with the same key; whoever comes first waits for the other
//! (KY1 to KY5). Nothing is remembered: each release lets one wait pass, and each wait one release.

use std::sync::Mutex;

use super::code::Code;
use super::handle::{self, Target};
use super::limit::Limit;
use super::names::{self, Created, Wish};
use super::object::{Kind, NoMemory, Object};
use super::rights;
use super::state::State;
use super::sync::{self, lock};
use super::wait;
use super::waiter::Waiter;
use crate::sys::room::Made;
use crate::sys::shared::Arc;

/// A keyed event.
pub(crate) struct Keyed {
    object: Arc<Object>,
    waiting: Mutex<Vec<Place>>,
}

/// What a thread does with one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It waits to be released.
    Wait,
    /// It releases one that waits.
    Release,
}

/// A thread that waits for its counterpart.
struct Place {
    key: usize,
    role: Role,
    waiter: Arc<Waiter>,
}

/// The word of a wait that has met its counterpart.
const MET: u32 = 0;

impl Keyed {
    fn new() -> Made<Arc<Self>> {
        let object = Arc::try_new(Object::new(State::Keyed))?;
        Arc::try_new(Self { object, waiting: Mutex::new(Vec::new()) })
    }

    pub(super) const fn object(&self) -> &Arc<Object> {
        &self.object
    }
}

/// A thread's wait for its counterpart.
pub(super) struct Meeting {
    keyed: Arc<Keyed>,
    key: usize,
    role: Role,
}

impl Meeting {
    /// The first of the counterparts that wait, out of the list and to be woken without the lock.
    fn partner(&self, waiting: &mut Vec<Place>) -> Option<Arc<Waiter>> {
        let mut at = 0;
        while let Some(place) = waiting.get(at) {
            if place.key != self.key || place.role == self.role {
                at += 1;
                continue;
            }
            let waiter = waiting.remove(at).waiter;
            // One of another process' threads was left behind by a fork; one whose wait has ended otherwise goes, too.
            if sync::is_of_this_process(waiter.thread()) && waiter.claim(MET) {
                return Some(waiter);
            }
        }
        None
    }

    /// Meets a counterpart that waits.
    pub(super) fn take(&self) -> Option<u32> {
        let partner = self.partner(&mut lock(&self.keyed.waiting))?;
        partner.wake();
        Some(MET)
    }

    pub(super) fn enlist(&self, waiter: &Arc<Waiter>) -> Result<(), NoMemory> {
        let mut waiting = lock(&self.keyed.waiting);
        waiting.try_reserve(1).map_err(|_| NoMemory)?;
        // It may have come meanwhile. Who has ended this wait otherwise leaves the counterpart alone.
        if waiter.outcome().is_none()
            && let Some(partner) = self.partner(&mut waiting)
        {
            // Nobody else knows of this wait but who stops the thread, and that is looked at again before the next wait.
            waiter.claim(MET);
            drop(waiting);
            partner.wake();
            return Ok(());
        }
        waiting.push(Place { key: self.key, role: self.role, waiter: Arc::clone(waiter) });
        Ok(())
    }

    pub(super) fn leave(&self, waiter: &Arc<Waiter>) {
        lock(&self.keyed.waiting).retain(|place| !Arc::ptr_eq(&place.waiter, waiter));
    }
}

/// `NtCreateKeyedEvent`.
///
/// # Errors
/// Those of names; `ERROR_NOT_ENOUGH_MEMORY`, `ERROR_NO_SYSTEM_RESOURCES`.
pub fn create(name: Option<&[u16]>, wish: Wish) -> Result<Created, Code> {
    names::create_by(name, wish, Kind::Keyed, || Ok(Target::Keyed(Keyed::new()?)))
}

/// The keyed event behind a handle; for 0 the process' own.
fn of(handle: usize, role: Role) -> Result<Arc<Keyed>, Code> {
    if handle == 0 {
        return own();
    }
    let right = match role {
        Role::Wait => rights::KEYED_WAIT,
        Role::Release => rights::KEYED_WAKE,
    };
    handle::with(handle, Some(Kind::Keyed), right, |target| match target {
        Target::Keyed(keyed) => Ok(Arc::clone(keyed)),
        _ => Err(Code::INVALID_HANDLE),
    })
}

/// That of who gives no handle.
fn own() -> Result<Arc<Keyed>, Code> {
    static OWN: Mutex<Option<Arc<Keyed>>> = Mutex::new(None);
    let _inside = handle::inside();
    let mut own = lock(&OWN);
    if let Some(keyed) = &*own {
        return Ok(Arc::clone(keyed));
    }
    Ok(Arc::clone(own.insert(Keyed::new()?)))
}

/// `NtWaitForKeyedEvent`, `NtReleaseKeyedEvent`: meets the counterpart, for which it waits until that time (of
/// [`wait::single_until`]). How the wait has ended: 0, or as a wait for an object does.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`, `ERROR_ACCESS_DENIED`, `ERROR_NOT_ENOUGH_MEMORY`.
pub fn meet(handle: usize, key: usize, role: Role, due: Option<i64>, alertable: bool) -> Result<u32, Code> {
    let outcome = {
        let meeting = Meeting { keyed: of(handle, role)?, key, role };
        wait::for_meeting(&meeting, Limit::due(due), alertable)?
    };
    Ok(wait::obey(outcome))
}
