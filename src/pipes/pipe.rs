//! One end of a pipe, as long as a handle to it is open: what it is, in what state, and what goes on at it.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};

use super::operation::{Kind, Operation, Outcome};
use super::rules::Rules;
use super::server::{self, Instance};
use super::{engine, table};
use crate::kernel::code::Code;
use crate::kernel::event::Kept;
use crate::overlapped::attached::Destination;
use crate::overlapped::ending::Manner;
use crate::runtime::lock::{Lock, Rank, Within};
use crate::sys::net::{local, option, passing, socket};
use crate::sys::platform::named_pipe::{self as sys, Own};
use crate::sys::process::fork::InChild;
use crate::sys::shared::Arc;
use crate::sys::{Fd, file};
use crate::windows::status;

/// What an end is connected to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// A server's end, to which a client may come.
    Listening,
    /// A client has come, and has not said yet by what it learns that it was cut off.
    Greeting,
    /// The other end is there, or was closed.
    Connected,
    /// The server has cut the connection off.
    Disconnected,
}

/// An end. Several handles may stand for it.
pub(crate) struct Pipe {
    /// Never used twice.
    id: u64,
    pub(super) is_server: bool,
    /// Operations may end later.
    pub(super) overlapped: bool,
    /// [`super::READ`], [`super::WRITE`].
    pub(super) access: u32,
    pub(super) rules: Rules,
    inner: Lock<Inner>,
}

/// What the lock guards.
pub(super) struct Inner {
    /// The handles; the first is what attempts are made on.
    pub(super) numbers: Vec<Fd>,
    /// The kernel's number for the socket behind them.
    pub(super) cookie: u64,
    pub(super) state: State,
    /// Of a server's end.
    pub(super) instance: Option<Instance>,
    /// By what the server tells, or the client learns, that the connection is cut off.
    pub(super) sign: Option<Own>,
    /// Messages are read one by one.
    pub(super) by_message: bool,
    /// Calls end at once.
    pub(super) nowait: bool,
    /// How much of the first message was read.
    pub(super) read: usize,
    /// Something was read from this client.
    pub(super) has_read: bool,
    /// With which epoll the first number is registered; 0: with none.
    pub(super) registered: u64,
    queues: [VecDeque<Operation>; 3],
    /// Operations that have ended and are to be told of, in order.
    pub(super) ended: VecDeque<(Operation, Outcome)>,
    /// Somebody is telling.
    pub(super) is_telling: bool,
    pub(super) destination: Option<Destination>,
    pub(super) modes: u8,
    signal: Option<Kept>,
    /// No handle is left.
    pub(super) is_closed: bool,
}

/// What a new end begins with.
pub(super) struct New {
    pub(super) fd: Fd,
    pub(super) state: State,
    pub(super) instance: Option<Instance>,
    pub(super) sign: Option<Own>,
    pub(super) access: u32,
    pub(super) rules: Rules,
    pub(super) overlapped: bool,
    /// NOWAIT, READMODE_MESSAGE.
    pub(super) mode: u32,
}

impl Pipe {
    pub(super) fn new(new: New) -> Result<Arc<Self>, Code> {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let mut numbers = Vec::new();
        crate::sys::room::push(&mut numbers, new.fd)?;
        let inner = Inner {
            numbers,
            cookie: option::cookie(new.fd).map_err(super::book::code_of)?,
            state: new.state,
            sign: new.sign,
            by_message: new.mode & super::rules::READMODE_MESSAGE != 0,
            nowait: new.mode & super::rules::NOWAIT != 0,
            read: 0,
            has_read: false,
            registered: 0,
            queues: Default::default(),
            ended: VecDeque::new(),
            is_telling: false,
            destination: None,
            modes: 0,
            signal: None,
            is_closed: false,
            instance: None,
        };
        let is_server = new.instance.is_some();
        let pipe = Arc::try_new(Self {
            id: NEXT.fetch_add(1, Ordering::Relaxed),
            is_server,
            overlapped: new.overlapped,
            access: new.access,
            rules: new.rules,
            inner: Lock::new(Rank::Pipe, inner),
        })?;
        pipe.lock().instance = new.instance;
        Ok(pipe)
    }

    pub(super) const fn id(&self) -> u64 {
        self.id
    }

    /// Whether its operations may end later.
    pub(crate) const fn ends_later(&self) -> bool {
        self.overlapped
    }

    pub(super) fn lock(&self) -> Within<'_, Inner> {
        self.inner.take_within()
    }

    /// The event that stands for the handle in a wait.
    pub(super) fn signal(&self) -> Result<Kept, Code> {
        if let Some(signal) = &self.lock().signal {
            return Ok(signal.clone());
        }
        let new = Kept::new(true, false)?;
        Ok(self.lock().signal.get_or_insert(new).clone())
    }

    /// Whom the ends of operations are told.
    pub(super) fn manner(inner: &Inner) -> Manner {
        Manner { destination: inner.destination.clone(), modes: inner.modes }
    }

    /// In a child of `fork`: the operations are the parent's. `false`: a thread that is not there was about to change it, or to close
    /// this handle.
    pub(super) fn in_child(&self, fd: Fd, child: InChild) -> bool {
        let Some(mut inner) = self.inner.take_if_free(child) else { return false };
        inner.registered = 0;
        inner.is_telling = false;
        std::mem::forget(std::mem::take(&mut inner.queues));
        std::mem::forget(std::mem::take(&mut inner.ended));
        inner.numbers.contains(&fd)
    }
}

impl Inner {
    pub(super) fn queue(&mut self, kind: Kind) -> &mut VecDeque<Operation> {
        let [connect, read, write] = &mut self.queues;
        match kind {
            Kind::Connect => connect,
            Kind::Read => read,
            Kind::Write => write,
        }
    }

    /// The number that attempts are made on.
    ///
    /// # Errors
    /// `ERROR_INVALID_HANDLE`: the program has closed it behind the library's back.
    pub(super) fn fd(&self) -> Result<Fd, Code> {
        let is_it = |fd: &Fd| option::cookie(*fd) == Ok(self.cookie);
        self.numbers.first().copied().filter(|fd| !self.is_closed && is_it(fd)).ok_or(Code::INVALID_HANDLE)
    }

    /// Puts another socket under the handles.
    pub(super) fn replace(&mut self, new: Fd) -> Result<(), Code> {
        self.listen_no_more();
        let before = self.cookie;
        let cookie = option::cookie(new).map_err(super::book::code_of);
        let mut replaced = cookie.map(|cookie| self.cookie = cookie);
        for fd in &self.numbers {
            // What the program has closed itself may be something else by now.
            if option::cookie(*fd) != Ok(before) || replaced.is_err() {
                continue;
            }
            let is_inherited = file::is_inherited(*fd).unwrap_or(false);
            replaced = file::replace(new, *fd)
                .and_then(|()| if is_inherited { file::set_inherited(*fd, true) } else { Ok(()) })
                .map_err(super::book::code_of);
        }
        socket::close(new);
        self.read = 0;
        replaced
    }

    /// Takes the first number out of the epoll.
    pub(super) fn listen_no_more(&mut self) {
        if std::mem::take(&mut self.registered) != 0
            && let Ok(fd) = self.fd()
        {
            engine::forget(fd);
        }
    }

    /// Sees who has come, and whether the server has cut the connection off.
    ///
    /// # Errors
    /// `ERROR_INVALID_HANDLE`: as [`Self::fd`]. `ERROR_TOO_MANY_OPEN_FILES`, `ERROR_NOT_ENOUGH_MEMORY`: a client has come, and goes on
    /// waiting.
    pub(super) fn settle(&mut self) -> Result<(), Code> {
        let fd = self.fd()?;
        if self.state == State::Listening {
            match socket::accept(fd, false) {
                Ok((new, _)) => {
                    self.replace(new)?;
                    self.state = State::Greeting;
                }
                // Without a descriptor to give out Linux does not look whether somebody is there.
                Err(errno) if errno.number() != libc::EAGAIN && server::has_come(fd) => {
                    return Err(super::book::code_of(errno));
                }
                Err(_) => {}
            }
        }
        if self.state == State::Greeting {
            match sys::take_sign(self.fd()?) {
                Err(errno) if errno.number() == libc::EAGAIN => {}
                // Whoever says nothing is not cut off, but sees the end.
                other => {
                    self.sign = other.ok().flatten();
                    self.state = State::Connected;
                    // Not before: it would come with the sign, too.
                    let fd = self.fd()?;
                    if local::keeps_messages(fd).unwrap_or(false) {
                        local::mark_messages(fd).map_err(super::book::code_of)?;
                    }
                }
            }
        }
        if self.instance.is_none()
            && self.state == State::Connected
            && self.sign.as_ref().is_some_and(sys::is_raised)
        {
            self.state = State::Disconnected;
        }
        Ok(())
    }

    /// The process at the other end.
    pub(super) fn peer(&self) -> Result<(u32, u32), Code> {
        passing::peer_credentials(self.fd()?).map_err(super::book::code_of)
    }

    /// Ends every operation of a kind: they are told of by who calls [`super::submit::tell`] next.
    pub(super) fn end_all(&mut self, kinds: &[Kind], status: u32) {
        for kind in kinds {
            while let Some(operation) = self.queue(*kind).pop_front() {
                self.push_ended(operation, Outcome::of(status));
            }
        }
    }

    /// Notes the end of an operation.
    pub(super) fn push_ended(&mut self, operation: Operation, outcome: Outcome) {
        // There is room since the operation began.
        self.ended.push_back((operation, outcome));
    }

    /// The last handle was closed: nothing is attempted any more.
    pub(super) fn close(&mut self) {
        self.listen_no_more();
        self.is_closed = true;
        self.end_all(&[Kind::Connect, Kind::Read, Kind::Write], status::STATUS_PIPE_BROKEN);
        self.sign = None;
        if let Some(instance) = self.instance.take() {
            instance.end();
        }
    }
}

impl Drop for Pipe {
    fn drop(&mut self) {
        table::gone(self.id);
    }
}
