//! The table of handles, in shards with a lock each.
//!
//! A handle's value is `0x4000_0000 | generation << 22 | index << 2`: below 0x8000_0000, so that it survives a cast to a
//! 32-bit number; the two low bits are the program's, as on Windows; descriptors are smaller numbers. The generation
//! goes up when a place is given free, so that a closed handle is not another object's for a long time. It is never 0: those
//! values are left to handles of other kinds (standard input, a search for files). −1 is the
//! current process and −2 the current thread.
//!
//! Every function of this module's neighbours holds one shard's lock for reading while it holds any other lock of
//! objects and threads ([`inside`]), and no more than one. `fork` takes all of them for writing: so no lock that these
//! functions hold for a moment is held by a thread that a child does not have. It tries for a bounded time only: a signal
//! handler that forks may have interrupted its own thread inside.

use std::collections::VecDeque;
use std::ops::{Deref, DerefMut};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{OnceLock, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard, TryLockError};

use super::code::Code;
use super::device::Device;
use super::event::Kept;
use super::fork::Patience;
use super::keyed::Keyed;
use super::names::Named;
use super::object::{Kind, Object};
use super::port::Port;
use super::rights;
use super::section::Section;
use super::state::State;
use super::thread::{self, Thread};
use crate::runtime::lock::{self, Note, Rank};
use crate::sys::shared::Arc;
use crate::sys::{Fd, errno_kept};

const OBJECTS: usize = 0x4000_0000;
/// What stands for descriptor 0, since a handle that is 0 would be NULL.
pub(crate) const STANDARD_INPUT: usize = 0x4000_0001;
const SHARDS: usize = 64;
/// Places of a shard: 20 bits of index in all.
const PLACES: usize = (1 << 20) / SHARDS;
/// Free places that a shard collects before it uses one again.
const RESTING: usize = 16;

/// What stands behind a handle.
#[derive(Clone)]
pub(super) enum Target {
    Object(Arc<Object>),
    Thread(Arc<Thread>),
    Port(Arc<Port>),
    Section(Arc<Section>),
    Device(Arc<Device>),
    Keyed(Arc<Keyed>),
}

impl Target {
    pub(super) fn object(&self) -> &Arc<Object> {
        match self {
            Self::Object(object) => object,
            Self::Thread(thread) => thread.object(),
            Self::Port(port) => port.object(),
            Self::Section(section) => section.object(),
            Self::Device(device) => device.object(),
            Self::Keyed(keyed) => keyed.object(),
        }
    }

    /// One handle more, which is counted where something ends with the last one.
    ///
    /// # Errors
    /// `ERROR_INVALID_HANDLE`: the last one was closed.
    pub(super) fn opened(&self) -> Result<(), Code> {
        match self {
            Self::Port(port) => port.opened(),
            Self::Device(device) => device.opened(),
            _ => Ok(()),
        }
    }

    /// One less. No lock is held.
    pub(super) fn closed(&self) {
        match self {
            Self::Port(port) => port.closed(),
            Self::Device(device) => device.closed(),
            _ => {}
        }
    }

    pub(super) fn thread(&self) -> Result<&Arc<Thread>, Code> {
        match self {
            Self::Thread(thread) => Ok(thread),
            _ => Err(Code::INVALID_HANDLE),
        }
    }
}

fn is_of(target: &Target, kind: Option<Kind>) -> Result<(), Code> {
    if kind.is_none_or(|kind| kind == target.object().kind()) { Ok(()) } else { Err(Code::INVALID_HANDLE) }
}

/// A handle: what it stands for, and what its holder may do.
#[derive(Clone)]
pub(super) struct Entry {
    pub(super) target: Target,
    pub(super) access: u32,
    pub(super) inherited: bool,
    pub(super) protected: bool,
    pub(super) name: Option<Arc<Named>>,
}

impl Entry {
    /// Whether it is a handle to that kind of object, and has these rights. The kind comes first, as on Windows.
    fn allows(&self, kind: Option<Kind>, rights: u32) -> Result<&Self, Code> {
        is_of(&self.target, kind)?;
        Some(self).filter(|entry| entry.access & rights == rights).ok_or(Code::ACCESS_DENIED)
    }
}

struct Place {
    generation: u8,
    entry: Option<Entry>,
}

struct Shard {
    places: Vec<Place>,
    /// The longest free first.
    free: VecDeque<usize>,
}

static TABLE: [RwLock<Shard>; SHARDS] =
    [const { RwLock::new(Shard { places: Vec::new(), free: VecDeque::new() }) }; SHARDS];

fn shard(number: usize) -> &'static RwLock<Shard> {
    let [first, ..] = &TABLE;
    TABLE.get(number % SHARDS).unwrap_or(first)
}

/// A shard that is locked, and the note that says so.
struct Noted<G> {
    // Dropped in this order.
    guard: G,
    _note: Note,
}

impl<G: Deref> Deref for Noted<G> {
    type Target = G::Target;

    fn deref(&self) -> &G::Target {
        &self.guard
    }
}

impl<G: DerefMut> DerefMut for Noted<G> {
    fn deref_mut(&mut self) -> &mut G::Target {
        &mut self.guard
    }
}

fn read(number: usize) -> Noted<RwLockReadGuard<'static, Shard>> {
    let note = lock::note(Rank::Objects);
    // Twice would wait for ever where another thread waits to write meanwhile.
    debug_assert!(note.is_first(), "a thread is inside of the table of handles twice");
    let guard = match shard(number).try_read() {
        Ok(guard) => guard,
        Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
        Err(TryLockError::WouldBlock) => {
            errno_kept(|| shard(number).read().unwrap_or_else(PoisonError::into_inner))
        }
    };
    Noted { guard, _note: note }
}

fn write(number: usize) -> Noted<RwLockWriteGuard<'static, Shard>> {
    let note = lock::note(Rank::Objects);
    let guard = errno_kept(|| shard(number).write().unwrap_or_else(PoisonError::into_inner));
    Noted { guard, _note: note }
}

/// Being among these locks; see the head of this file.
pub(super) struct Inside {
    _shard: Noted<RwLockReadGuard<'static, Shard>>,
}

/// Until the value goes no `fork` happens. Not twice at a time, and without calling another function of this file.
pub(super) fn inside() -> Inside {
    Inside { _shard: read(thread::local_number()) }
}

/// Every shard, for `fork`.
pub(super) struct Held {
    _shards: [Option<RwLockWriteGuard<'static, Shard>>; SHARDS],
}

/// Waits until nobody is inside, or the patience has ended.
pub(super) fn hold(patience: &mut Patience) -> Held {
    Held {
        _shards: std::array::from_fn(|number| {
            patience.wait_for(|| match shard(number).try_write() {
                Ok(guard) => Some(guard),
                Err(TryLockError::Poisoned(poisoned)) => Some(poisoned.into_inner()),
                Err(TryLockError::WouldBlock) => None,
            })
        }),
    }
}

/// The value of a handle by its parts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Value {
    Descriptor(Fd),
    Place { shard: usize, at: usize, generation: u8 },
    ThisThread,
    ThisProcess,
    Nothing,
}

impl Value {
    fn new(handle: usize) -> Self {
        const THIS_PROCESS: usize = usize::MAX;
        const THIS_THREAD: usize = usize::MAX - 1;
        match handle {
            0 => Self::Nothing,
            THIS_PROCESS => Self::ThisProcess,
            THIS_THREAD => Self::ThisThread,
            1..OBJECTS => Fd::from_socket(handle).map_or(Self::Nothing, Self::Descriptor),
            STANDARD_INPUT => Fd::from_socket(0).map_or(Self::Nothing, Self::Descriptor),
            OBJECTS..0x8000_0000 => {
                let index = handle >> 2 & 0xF_FFFF;
                let [generation, ..] = (handle >> 22).to_le_bytes();
                Self::Place { shard: index % SHARDS, at: index / SHARDS, generation }
            }
            _ => Self::Nothing,
        }
    }
}

impl Shard {
    fn entry(&self, at: usize, generation: u8) -> Result<&Entry, Code> {
        let place = self.places.get(at).filter(|place| place.generation == generation);
        place.and_then(|place| place.entry.as_ref()).ok_or(Code::INVALID_HANDLE)
    }

    fn entry_mut(&mut self, at: usize, generation: u8) -> Result<&mut Option<Entry>, Code> {
        let place = self.places.get_mut(at).filter(|place| place.generation == generation);
        place.map(|place| &mut place.entry).filter(|entry| entry.is_some()).ok_or(Code::INVALID_HANDLE)
    }

    /// Where the next entry goes.
    fn place(&mut self) -> Result<usize, Code> {
        if self.free.len() <= RESTING && self.places.len() < PLACES {
            self.places.try_reserve(1).map_err(|_| Code::NOT_ENOUGH_MEMORY)?;
            self.places.push(Place { entry: None, generation: 1 });
            return Ok(self.places.len() - 1);
        }
        self.free.pop_front().ok_or(Code::NO_SYSTEM_RESOURCES)
    }
}

/// A new handle.
pub(super) fn insert(entry: Entry) -> Result<usize, Code> {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    crate::fork::prepare_once();
    let mut last = Code::NO_SYSTEM_RESOURCES;
    for _ in 0..SHARDS {
        let number = NEXT.fetch_add(1, Ordering::Relaxed) % SHARDS;
        let mut shard = write(number);
        match shard.place() {
            Err(code) => last = code,
            Ok(at) => {
                let Some(place) = shard.places.get_mut(at) else { continue };
                place.entry = Some(entry);
                let index = at * SHARDS + number;
                return Ok(OBJECTS | usize::from(place.generation) << 22 | index << 2);
            }
        }
    }
    Err(last)
}

/// A new handle for a new object without a name.
pub(super) fn insert_new(target: Target, access: u32, inherited: bool) -> Result<usize, Code> {
    insert(Entry { target, access, inherited, protected: false, name: None })
}

/// Runs something with what stands behind a handle, which is to be of that kind and to have these rights, inside. What it gives back is to be woken or dropped outside.
pub(super) fn with<T>(
    handle: usize,
    kind: Option<Kind>,
    rights: u32,
    run: impl FnOnce(&Target) -> Result<T, Code>,
) -> Result<T, Code> {
    match Value::new(handle) {
        Value::Place { shard, at, generation } => {
            run(&read(shard).entry(at, generation)?.allows(kind, rights)?.target)
        }
        Value::ThisThread => {
            let thread = thread::current()?;
            let _inside = inside();
            let target = Target::Thread(thread);
            is_of(&target, kind)?;
            run(&target)
        }
        Value::ThisProcess => {
            let target = Target::Object(Arc::try_new(Object::new(State::Process))?);
            is_of(&target, kind)?;
            run(&target)
        }
        // A socket's signal is waited for, and nothing else is done with it.
        Value::Descriptor(fd) if kind.is_none() => {
            let signal = SIGNALS.get().and_then(|of| of(fd)).ok_or(Code::INVALID_HANDLE)?;
            let _inside = inside();
            run(&Target::Object(Arc::clone(signal.object())))
        }
        Value::Descriptor(_) | Value::Nothing => Err(Code::INVALID_HANDLE),
    }
}

/// What stands for a socket in a wait.
static SIGNALS: OnceLock<fn(Fd) -> Option<Kept>> = OnceLock::new();

/// Says how to find it: that is another part of the library's.
pub(super) fn find_signals_by(of: fn(Fd) -> Option<Kept>) {
    let _ = SIGNALS.set(of);
}

/// What stands behind a handle.
pub(super) fn target(handle: usize, rights: u32) -> Result<Target, Code> {
    with(handle, None, rights, |target| Ok(target.clone()))
}

/// Whether it stands for itself only in a wait for one: `GetCurrentThread()`, `GetCurrentProcess()` (EO12).
pub(super) fn is_pseudo(handle: usize) -> bool {
    matches!(Value::new(handle), Value::ThisThread | Value::ThisProcess)
}

/// The descriptor, where the handle is one.
pub(super) fn descriptor(handle: usize) -> Option<Fd> {
    match Value::new(handle) {
        Value::Descriptor(fd) => Some(fd),
        _ => None,
    }
}

/// The entry of a handle. That of a pseudo handle has all rights.
pub(super) fn entry(handle: usize) -> Result<Entry, Code> {
    match Value::new(handle) {
        Value::Place { shard, at, generation } => read(shard).entry(at, generation).cloned(),
        _ => {
            let target = target(handle, 0)?;
            let access = rights::all(target.object().kind());
            Ok(Entry { target, access, inherited: false, protected: false, name: None })
        }
    }
}

/// Takes a handle out of the table; what it stood for is to be dropped outside.
pub(super) fn remove(handle: usize) -> Result<Entry, Code> {
    let Value::Place { shard, at, generation } = Value::new(handle) else { return Err(Code::INVALID_HANDLE) };
    let mut shard = write(shard);
    let entry = shard.entry_mut(at, generation)?;
    if entry.as_ref().is_some_and(|entry| entry.protected) {
        return Err(Code::INVALID_HANDLE);
    }
    let removed = entry.take().ok_or(Code::INVALID_HANDLE)?;
    if let Some(place) = shard.places.get_mut(at) {
        place.generation = place.generation.wrapping_add(1).max(1);
    }
    // Without memory for the note the place stays unused.
    if shard.free.try_reserve(1).is_ok() {
        shard.free.push_back(at);
    }
    Ok(removed)
}

/// Changes the entry of a handle.
pub(super) fn change<T>(handle: usize, change: impl FnOnce(&mut Entry) -> T) -> Result<T, Code> {
    let Value::Place { shard, at, generation } = Value::new(handle) else { return Err(Code::INVALID_HANDLE) };
    let mut shard = write(shard);
    shard.entry_mut(at, generation)?.as_mut().map(change).ok_or(Code::INVALID_HANDLE)
}
