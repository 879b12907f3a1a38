//! A device that a program has opened: the port that learns of its operations, how their ends are told, the signal that a wait for
//! its handle waits for, and which operations go on. What the operations do is another part of the library's.

use std::sync::{Mutex, OnceLock};

use super::code::Code;
use super::event::Kept;
use super::handle::{self, Target, inside};
use super::object::{Kind, Object};
use super::port::Port;
use super::rights;
use super::state::State;
use super::sync::{self, lock};
use crate::sys::Fd;
use crate::sys::room::Made;
use crate::sys::shared::Arc;

/// A device that is open.
pub(crate) struct Device {
    object: Arc<Object>,
    /// Calls end when their operations do.
    synchronous: bool,
    inner: Mutex<Inner>,
}

/// What the lock guards.
#[derive(Default)]
struct Inner {
    handles: usize,
    closed: bool,
    port: Option<(Arc<Port>, usize)>,
    modes: u8,
    going: GoingOn,
    /// Of which process the operations are: a fork leaves them behind.
    process: u64,
}

/// An operation that goes on, by what it is found by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Going {
    /// Its own number: a later one has a higher one.
    pub(crate) serial: u64,
    /// Where it tells its end, by which the program cancels it.
    pub(crate) block: usize,
    /// The thread that began it.
    pub(crate) thread: u64,
    /// The reactor's number of a socket that knows it.
    pub(crate) socket: u64,
}

/// Operations that go on: from their beginning until all of their end is told.
#[derive(Default)]
pub(crate) struct GoingOn(Vec<Going>);

impl GoingOn {
    /// One begins.
    ///
    /// # Errors
    /// No memory.
    pub(crate) fn add(&mut self, going: Going) -> Made<()> {
        crate::sys::room::push(&mut self.0, going)
    }

    /// Its end is told.
    pub(crate) fn remove(&mut self, serial: u64) {
        self.0.retain(|going| going.serial != serial);
    }

    /// Whether it goes on.
    pub(crate) fn has(&self, serial: u64) -> bool {
        self.0.iter().any(|going| going.serial == serial)
    }

    /// The first that is wanted behind the one of that number.
    pub(crate) fn next(&self, last: u64, wanted: impl Fn(&Going) -> bool) -> Option<Going> {
        let later = self.0.iter().filter(|going| going.serial > last && wanted(going));
        later.min_by_key(|going| going.serial).copied()
    }

    /// In a child of `fork`: they are the parent's.
    pub(crate) fn forget(&mut self) {
        self.0.clear();
    }
}

/// What a handle stands for, as far as operations are concerned.
pub(crate) enum Found {
    /// A device.
    Device(Arc<Device>),
    /// A socket or a file.
    Descriptor(Fd),
    /// Another object.
    Other,
}

/// Ends all operations of a device whose last handle was closed.
static END: OnceLock<fn(&Device)> = OnceLock::new();

/// Opens a device; `end` ends the operations that go on when the last handle is closed.
///
/// # Errors
/// `ERROR_NOT_ENOUGH_MEMORY`, `ERROR_NO_SYSTEM_RESOURCES`.
pub(crate) fn open(access: u32, inherited: bool, synchronous: bool, end: fn(&Device)) -> Result<usize, Code> {
    let _ = END.set(end);
    let object = Arc::try_new(Object::new(State::Device { set: false }))?;
    let inner = Mutex::new(Inner { handles: 1, process: sync::process(), ..Inner::default() });
    let device = Arc::try_new(Device { object, synchronous, inner })?;
    handle::insert_new(Target::Device(device), rights::granted(Kind::Device, access), inherited)
}

/// What stands behind a handle.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`.
pub(crate) fn find(handle: usize) -> Result<Found, Code> {
    if let Some(fd) = handle::descriptor(handle) {
        return Ok(Found::Descriptor(fd));
    }
    Ok(match handle::target(handle, 0)? {
        Target::Device(device) => Found::Device(device),
        _ => Found::Other,
    })
}

impl Device {
    pub(super) const fn object(&self) -> &Arc<Object> {
        &self.object
    }

    /// What a wait for its handle waits for.
    pub(crate) fn signal(&self) -> Kept {
        Kept::of_object(Arc::clone(&self.object))
    }

    /// Whether calls end when their operations do.
    pub(crate) const fn is_synchronous(&self) -> bool {
        self.synchronous
    }

    fn change<T>(&self, change: impl FnOnce(&mut Inner) -> T) -> T {
        let _inside = inside();
        let mut inner = lock(&self.inner);
        let process = sync::process();
        if inner.process != process {
            inner.process = process;
            inner.going.forget();
        }
        change(&mut inner)
    }

    /// One handle more; not after the last one was closed.
    pub(super) fn opened(&self) -> Result<(), Code> {
        self.change(|inner| {
            if inner.closed {
                return Err(Code::INVALID_HANDLE);
            }
            inner.handles = inner.handles.saturating_add(1);
            Ok(())
        })
    }

    /// One less; what goes on ends with the last one.
    pub(super) fn closed(&self) {
        let ends = self.change(|inner| {
            inner.handles = inner.handles.saturating_sub(1);
            inner.closed = inner.handles == 0;
            inner.closed
        });
        if let Some(end) = END.get().filter(|_| ends) {
            end(self);
        }
    }

    /// Associates it with a port, for its life.
    ///
    /// # Errors
    /// `ERROR_INVALID_PARAMETER`: it belongs to one already, or its calls wait.
    pub(crate) fn associate(&self, port: Arc<Port>, key: usize) -> Result<(), Code> {
        self.change(|inner| {
            if self.synchronous || inner.port.is_some() {
                return Err(Code::INVALID_PARAMETER);
            }
            inner.port = Some((port, key));
            Ok(())
        })
    }

    /// Adds to how ends are told.
    ///
    /// # Errors
    /// `ERROR_INVALID_PARAMETER`: its calls wait.
    pub(crate) fn add_modes(&self, modes: u8) -> Result<(), Code> {
        if self.synchronous {
            return Err(Code::INVALID_PARAMETER);
        }
        self.change(|inner| inner.modes |= modes);
        Ok(())
    }

    /// The port with the key by which its packets name the device, and how ends are told.
    pub(crate) fn told(&self) -> (Option<(Arc<Port>, usize)>, u8) {
        self.change(|inner| (inner.port.clone(), inner.modes))
    }

    /// An operation begins.
    ///
    /// # Errors
    /// `ERROR_INVALID_HANDLE`: the last handle was closed. `ERROR_NOT_ENOUGH_MEMORY`.
    pub(crate) fn begin(&self, going: Going) -> Result<(), Code> {
        self.change(|inner| {
            if inner.closed {
                return Err(Code::INVALID_HANDLE);
            }
            Ok(inner.going.add(going)?)
        })
    }

    /// Looks at the operations that go on, or changes the list.
    pub(crate) fn going<T>(&self, run: impl FnOnce(&mut GoingOn) -> T) -> T {
        self.change(|inner| run(&mut inner.going))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_are_found_in_their_order() {
        let mut list = GoingOn::default();
        for (serial, block) in [(3, 10), (1, 10), (2, 20)] {
            list.add(Going { serial, block, thread: 7, socket: 0 }).unwrap();
        }
        let next = |list: &GoingOn, last, block| {
            list.next(last, |going| block == 0 || going.block == block).map(|going| going.serial)
        };
        assert_eq!(next(&list, 0, 0), Some(1));
        assert_eq!(next(&list, 1, 10), Some(3));
        assert_eq!(next(&list, 3, 0), None);
        list.remove(3);
        assert_eq!(next(&list, 1, 10), None);
        assert!(list.has(2) && !list.has(3));
    }
}
