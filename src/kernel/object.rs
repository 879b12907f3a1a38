//! An object that can be waited for: its state and the list of those who wait, under one lock.
//!
//! Who changes the state so that the object becomes signalled hands the signal out, under the lock, to those who wait,
//! in the order in which they came; then, without it, wakes them. A wait for all of several objects is looked at after
//! that, by whoever signals one of them, with the locks of all.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};

use super::state::State;
use super::sync::{self, Arc, Mutex, MutexGuard, lock};
use super::waiter::{ABANDONED, AGAIN, Waiter};

/// What an object is, which never changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Kind {
    Event,
    Mutex,
    Semaphore,
    Timer,
    Thread,
    Process,
    Port,
    Section,
    Device,
    Keyed,
}

/// One object.
pub(crate) struct Object {
    kind: Kind,
    inner: Mutex<Inner>,
}

/// The most objects of one wait: `MAXIMUM_WAIT_OBJECTS`.
pub(crate) const MOST: usize = 64;

/// What the lock guards.
struct Inner {
    state: State,
    waiting: VecDeque<Node>,
}

/// A place in the list.
enum Node {
    /// A wait for any of several; the object's place in its list of them.
    Any(Arc<Waiter>, u32),
    /// A wait for all of several.
    All(Arc<Together>),
}

/// A wait for all of several objects, [`MOST`] of them at most, of which none is there twice.
pub(crate) struct Together {
    waiter: Arc<Waiter>,
    objects: Vec<Arc<Object>>,
    /// It goes on; under the lock of all. Who has signalled an object comes to it late, when the thread may wait with the same
    /// waiter for something else.
    goes_on: AtomicBool,
}

/// There is no memory to note that a thread waits.
#[derive(Debug)]
pub(crate) struct NoMemory;

/// Those whose waits a signal has ended, to be woken without a lock, and those that are to be looked at.
#[must_use]
#[derive(Default)]
pub(crate) struct Signalled {
    first: Option<Arc<Waiter>>,
    others: Vec<Arc<Waiter>>,
    together: Vec<Arc<Together>>,
    /// Objects of the thread pool: the first and the last of a chain, which takes no memory.
    pool: Option<[Arc<Waiter>; 2]>,
}

impl Signalled {
    fn add(&mut self, waiter: Arc<Waiter>) {
        if waiter.is_of_pool() {
            self.pool = Some(match self.pool.take() {
                None => [Arc::clone(&waiter), waiter],
                Some([first, last]) => {
                    last.set_next(Arc::clone(&waiter));
                    [first, waiter]
                }
            });
        } else if self.first.is_none() {
            self.first = Some(waiter);
        } else if self.others.try_reserve(1).is_ok() {
            self.others.push(waiter);
        } else {
            waiter.wake();
        }
    }

    /// Gives those who wait for all of several objects what they can have now. No lock of an object is held.
    pub(crate) fn settle(mut self) -> Self {
        for wait in std::mem::take(&mut self.together) {
            if wait.try_take() {
                self.add(Arc::clone(&wait.waiter));
            }
        }
        self
    }

    /// Wakes them. No lock is held, and the thread is not among those of the table of handles.
    pub(crate) fn wake(self) {
        for waiter in self.first.iter().chain(&self.others) {
            waiter.wake();
        }
        let mut next = self.pool.map(|[first, _]| first);
        while let Some(waiter) = next {
            next = waiter.take_next();
            waiter.wake();
        }
    }
}

impl Object {
    pub(crate) fn new(state: State) -> Self {
        let kind = match state {
            State::Event { .. } => Kind::Event,
            State::Mutex { .. } => Kind::Mutex,
            State::Semaphore { .. } => Kind::Semaphore,
            State::Timer(_) => Kind::Timer,
            State::Thread { .. } => Kind::Thread,
            State::Process | State::Other { .. } => Kind::Process,
            State::Section => Kind::Section,
            State::Device { .. } => Kind::Device,
            State::Keyed => Kind::Keyed,
            State::Port { .. } => Kind::Port,
        };
        Self { kind, inner: Mutex::new(Inner { state, waiting: VecDeque::new() }) }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        lock(&self.inner)
    }

    pub(crate) const fn kind(&self) -> Kind {
        self.kind
    }

    /// Whether it stands for the process that asks.
    pub(crate) fn is_this_process(&self) -> bool {
        self.kind == Kind::Process && self.change(|state| *state == State::Process)
    }

    /// Changes the state in a way that signals nobody.
    pub(crate) fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        change(&mut self.lock().state)
    }

    /// Changes the state in a way that may signal the object, and hands the signal out.
    pub(crate) fn signal<T>(&self, change: impl FnOnce(&mut State) -> T) -> (T, Signalled) {
        sync::hands_over();
        let mut inner = self.lock();
        let result = change(&mut inner.state);
        let signalled = inner.hand_out();
        (result, signalled)
    }

    /// Changes the state in a way that those who wait have to know, and signals nobody.
    pub(crate) fn change_and_tell(&self, change: impl FnOnce(&mut State)) -> Signalled {
        let mut inner = self.lock();
        change(&mut inner.state);
        let mut told = Signalled::default();
        for node in &inner.waiting {
            if node.waiter().claim(AGAIN) {
                told.add(Arc::clone(node.waiter()));
            }
        }
        told
    }

    /// Takes the object if it is signalled: 0, or [`ABANDONED`].
    pub(crate) fn take(&self, by: u64) -> Option<u32> {
        self.lock().take(by)
    }
}

impl Inner {
    fn take(&mut self, by: u64) -> Option<u32> {
        if !self.state.is_signalled(by) {
            return None;
        }
        let how = if self.state.is_abandoned() { ABANDONED } else { 0 };
        self.state.take(by);
        sync::takes_over();
        Some(how)
    }

    /// Claims those who wait, from the first on, for as long as there is a signal for the next one.
    fn hand_out(&mut self) -> Signalled {
        let mut signalled = Signalled::default();
        let mut at = 0;
        while let Some(node) = self.waiting.get(at) {
            let by = node.waiter().thread();
            if !self.state.is_signalled(by) {
                break;
            }
            match node {
                Node::All(wait) => {
                    if signalled.together.try_reserve(1).is_ok() {
                        signalled.together.push(Arc::clone(wait));
                    } else if wait.waiter.claim(AGAIN) {
                        // It looks for itself.
                        signalled.add(Arc::clone(&wait.waiter));
                    }
                    at += 1;
                }
                Node::Any(waiter, index) => {
                    let abandoned = if self.state.is_abandoned() { ABANDONED } else { 0 };
                    // Of a thread that a fork has left behind nobody takes it.
                    if sync::is_of_this_process(by) && waiter.claim(index | abandoned) {
                        signalled.add(Arc::clone(waiter));
                        self.state.take(by);
                    }
                    // Claimed now or before, it waits no more.
                    self.waiting.remove(at);
                }
            }
        }
        signalled
    }
}

impl Node {
    fn waiter(&self) -> &Arc<Waiter> {
        match self {
            Self::Any(waiter, _) => waiter,
            Self::All(wait) => &wait.waiter,
        }
    }
}

/// Looks at the objects in their order and takes the first that is signalled: the outcome.
pub(crate) fn take_any(objects: &[Arc<Object>], by: u64) -> Option<u32> {
    let mut index = 0;
    objects.iter().find_map(|object| {
        let taken = object.take(by).map(|how| index | how);
        index += 1;
        taken
    })
}

/// Puts a waiter that was armed into the lists of the objects; an object that is signalled meanwhile claims it.
/// [`leave`] is to follow in any case.
pub(crate) fn enlist_any(objects: &[Arc<Object>], waiter: &Arc<Waiter>) -> Result<(), NoMemory> {
    for (index, object) in (0..).zip(objects) {
        let mut inner = object.lock();
        if inner.state.is_signalled(waiter.thread()) {
            let abandoned = if inner.state.is_abandoned() { ABANDONED } else { 0 };
            if waiter.claim(index | abandoned) {
                inner.state.take(waiter.thread());
            }
            return Ok(());
        }
        inner.waiting.try_reserve(1).map_err(|_| NoMemory)?;
        inner.waiting.push_back(Node::Any(Arc::clone(waiter), index));
    }
    Ok(())
}

impl Together {
    /// A wait for all of these.
    pub(crate) fn new(waiter: Arc<Waiter>, objects: Vec<Arc<Object>>) -> Result<Arc<Self>, NoMemory> {
        sync::shared(Self { waiter, objects, goes_on: AtomicBool::new(false) }).ok_or(NoMemory)
    }

    pub(crate) fn objects(&self) -> &[Arc<Object>] {
        &self.objects
    }

    /// Puts the waiter, which was armed, into the lists of the objects, and takes them if all are signalled.
    /// [`Self::leave`] is to follow in any case.
    pub(crate) fn enlist(this: &Arc<Self>) -> Result<(), NoMemory> {
        this.set_goes_on(true);
        for object in &this.objects {
            let mut inner = object.lock();
            inner.waiting.try_reserve(1).map_err(|_| NoMemory)?;
            inner.waiting.push_back(Node::All(Arc::clone(this)));
        }
        this.try_take();
        Ok(())
    }

    /// The wait is over: from here on nobody claims the waiter for it.
    pub(crate) fn leave(&self) {
        self.set_goes_on(false);
        leave(&self.objects, &self.waiter);
    }

    fn set_goes_on(&self, goes_on: bool) {
        let _all = sync::lock_all();
        self.goes_on.store(goes_on, Ordering::Relaxed);
    }

    /// Takes all objects at once, if all are signalled: the outcome. The wait does not go on.
    pub(crate) fn take(&self) -> Option<u32> {
        let _all = sync::lock_all();
        let outcome = self.take_if(|_| true)?;
        sync::takes_over();
        Some(outcome)
    }

    /// Claims the waiter and takes all objects at once, if all are signalled and nobody has ended the wait.
    fn try_take(&self) -> bool {
        if self.waiter.outcome().is_some() || !sync::is_of_this_process(self.waiter.thread()) {
            return false;
        }
        let _all = sync::lock_all();
        self.goes_on.load(Ordering::Relaxed) && self.take_if(|outcome| self.waiter.claim(outcome)).is_some()
    }

    /// Takes all objects at once, if all are signalled and `may` says so of the outcome. The caller has the lock of all.
    fn take_if(&self, may: impl FnOnce(u32) -> bool) -> Option<u32> {
        let by = self.waiter.thread();
        let mut inners = [const { None }; MOST];
        let mut abandoned = false;
        for (object, place) in self.objects.iter().zip(&mut inners) {
            let mut inner = object.lock();
            if !inner.state.is_signalled(by) {
                return None;
            }
            abandoned |= inner.state.is_abandoned();
            *place = Some(inner);
        }
        let outcome = if abandoned { ABANDONED } else { 0 };
        if !may(outcome) {
            return None;
        }
        for inner in inners.iter_mut().flatten() {
            inner.state.take(by);
        }
        Some(outcome)
    }
}

/// Takes the waiter out of the objects' lists.
pub(crate) fn leave(objects: &[Arc<Object>], waiter: &Arc<Waiter>) {
    for object in objects {
        let mut inner = object.lock();
        // Those of threads that a fork has left behind go, too.
        inner.waiting.retain(|node| {
            !Arc::ptr_eq(node.waiter(), waiter) && sync::is_of_this_process(node.waiter().thread())
        });
    }
}
