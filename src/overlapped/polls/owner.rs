//! The handle that a poll is begun on: that of the device, or a socket; it need not be one of those that are polled.

use super::Which;
use crate::descriptor::{Waiting, facts};
use crate::kernel::code::Code;
use crate::kernel::device::{self, Device, Found, Going, GoingOn};
use crate::kernel::event::Kept;
use crate::overlapped::association;
use crate::overlapped::attached::Destination;
use crate::overlapped::ending::Manner;
use crate::overlapped::request;
use crate::overlapped::side::Side;
use crate::sys::shared::Arc;
use crate::sys::{Fd, file};
use crate::windows::status;

/// What it stands for.
#[derive(Clone)]
pub(crate) enum Owner {
    /// The device, opened by its name.
    Device(Arc<Device>),
    /// A socket.
    Socket(Arc<Side>),
    /// A file, which has no such commands.
    File,
}

impl Owner {
    /// What stands behind a handle.
    ///
    /// # Errors
    /// `STATUS_INVALID_HANDLE`; `STATUS_OBJECT_TYPE_MISMATCH`: another object. `STATUS_INSUFFICIENT_RESOURCES`.
    pub(crate) fn of(handle: usize) -> Result<Self, u32> {
        match device::find(handle).map_err(super::status_of)? {
            Found::Device(device) => Ok(Self::Device(device)),
            Found::Other => Err(status::STATUS_OBJECT_TYPE_MISMATCH),
            Found::Descriptor(fd) if facts::is_socket(fd) => Ok(Self::Socket(side(fd)?)),
            Found::Descriptor(fd) if file::is_inherited(fd).is_ok() => Ok(Self::File),
            Found::Descriptor(_) => Err(status::STATUS_INVALID_HANDLE),
        }
    }

    /// Whether calls end when their operations do.
    pub(super) fn is_synchronous(&self) -> bool {
        match self {
            Self::Device(device) => device.is_synchronous(),
            Self::Socket(side) => association::is_for_blocking_calls(side.identity()),
            Self::File => true,
        }
    }

    /// Who is told of ends, beside what each poll says itself, and how.
    pub(super) fn manner(&self) -> Manner {
        let (destination, modes) = match self {
            Self::Device(device) => {
                let (port, modes) = device.told();
                (port.map(|(port, key)| Destination::Port(port, key)), modes)
            }
            Self::Socket(side) => side.attached(|attached| (attached.destination.clone(), attached.modes)),
            Self::File => (None, 0),
        };
        Manner { destination, modes }
    }

    /// Whether the ends of its operations are packets.
    pub(super) fn has_port(&self) -> bool {
        self.manner().destination.is_some()
    }

    /// What a wait for the handle waits for.
    ///
    /// # Errors
    /// `STATUS_NO_MEMORY`.
    pub(super) fn signal(&self) -> Result<Kept, u32> {
        match self {
            Self::Device(device) => Ok(device.signal()),
            Self::Socket(side) => request::signal_of(side).map_err(|_| status::STATUS_NO_MEMORY),
            Self::File => Err(status::STATUS_INVALID_HANDLE),
        }
    }

    /// A poll begins.
    ///
    /// # Errors
    /// `STATUS_INVALID_HANDLE`: it was closed meanwhile. `STATUS_NO_MEMORY`.
    pub(super) fn begin(&self, going: Going) -> Result<(), u32> {
        match self {
            Self::Device(device) => device.begin(going).map_err(super::status_of),
            Self::Socket(side) => side.going(|list| list.add(going)).map_err(|_| status::STATUS_NO_MEMORY),
            Self::File => Err(status::STATUS_INVALID_HANDLE),
        }
    }

    fn going<T: Default>(&self, run: impl FnOnce(&mut GoingOn) -> T) -> T {
        match self {
            Self::Device(device) => device.going(run),
            Self::Socket(side) => side.going(run),
            Self::File => T::default(),
        }
    }

    /// A poll's end is told.
    pub(super) fn ends(&self, serial: u64) {
        self.going(|list| list.remove(serial));
    }

    /// The next poll behind that number that is wanted.
    pub(super) fn next(&self, last: u64, which: Which) -> Option<Going> {
        let wanted = |going: &Going| match which {
            Which::All => true,
            Which::Thread(thread) | Which::Bound(thread) => going.thread == thread,
            Which::Overlapped(block) => going.block == block,
        };
        self.going(|list| list.next(last, wanted))
    }

    /// Whether a poll goes on, or is being told of.
    pub(super) fn has(&self, serial: u64) -> bool {
        self.going(|list| list.has(serial))
    }
}

/// The side of a socket that is polled, or that a poll is begun on.
///
/// # Errors
/// `STATUS_INVALID_HANDLE`: it is being closed. `STATUS_INSUFFICIENT_RESOURCES`.
pub(super) fn side(fd: Fd) -> Result<Arc<Side>, u32> {
    let held = Waiting::hold(fd).map_err(|_| status::STATUS_INVALID_HANDLE)?;
    Side::make(&held).map_err(|failure| super::status_of(association::code_of(failure)))
}

/// The side of a socket in a poll's list.
///
/// # Errors
/// `STATUS_INVALID_HANDLE`: no socket. `STATUS_OBJECT_TYPE_MISMATCH`: another object. `STATUS_INSUFFICIENT_RESOURCES`.
pub(super) fn polled(handle: usize) -> Result<Arc<Side>, u32> {
    match device::find(handle).map_err(super::status_of)? {
        Found::Descriptor(fd) if facts::is_socket(fd) => side(fd),
        Found::Descriptor(_) | Found::Device(_) => Err(status::STATUS_INVALID_HANDLE),
        Found::Other => Err(status::STATUS_OBJECT_TYPE_MISMATCH),
    }
}

/// The status of a code.
pub(crate) const fn status_of(code: Code) -> u32 {
    match code {
        Code::INVALID_HANDLE => status::STATUS_INVALID_HANDLE,
        Code::ACCESS_DENIED => status::STATUS_ACCESS_DENIED,
        Code::NOACCESS => status::STATUS_ACCESS_VIOLATION,
        Code::NOT_ENOUGH_MEMORY => status::STATUS_NO_MEMORY,
        Code::NO_SYSTEM_RESOURCES => status::STATUS_INSUFFICIENT_RESOURCES,
        _ => status::STATUS_INVALID_PARAMETER,
    }
}
