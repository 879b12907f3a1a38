//! The operations, one file each: what an attempt does, and what its end means.

pub(crate) mod accept;
pub(crate) mod connect;
pub(crate) mod disconnect;
pub(crate) mod message;
pub(crate) mod receive;
pub(crate) mod send;
pub(crate) mod transmit;

use super::association;
use super::operation::{Completion, Direction, Held, Pending, Progress};
use super::request::{DriverEnd, Request, Wish};
use super::side::{BEING_CLOSED, Side, Submitted, Which};
use crate::descriptor::{self, Waiting};
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::kernel::event::Kept;
use crate::kernel::wait::{self, Ended};
use crate::sys::process::pause_for_a_moment;
use crate::sys::room::{self, NoMemory, Place};
use crate::sys::shared::Arc;
use crate::windows::status;

/// What became of an operation in the call that began it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Started {
    /// It has ended well, or with a warning: status and number of bytes.
    Done(u32, u32),
    /// It ends later.
    Pending,
}

/// What is particular to a kind of operation.
trait Attempt: Send + 'static {
    /// The call that begins it.
    const NAME: &'static str;

    /// One attempt, which does not wait; none where the socket is not ready.
    ///
    /// # Errors
    /// The failure with which the operation ends.
    fn attempt(&mut self, held: &Held<'_>) -> Result<Option<Completion>, Failure>;

    /// The status of a failure.
    fn status(&self, failure: Failure) -> u32 {
        status::from_winsock(failure.code.number())
    }

    /// Whether the call that begins it does not tell of a failure, and its end does.
    fn is_told_at_end(&self, _: Failure) -> bool {
        false
    }

    /// How many bytes were moved before it was ended from outside.
    fn moved(&self) -> u32 {
        0
    }

    /// The kernel's number of the socket that it waits on, where that is not the one that it was begun on.
    fn elsewhere(&self) -> Option<u64> {
        None
    }

    /// It has ended: what follows, which is about the side's socket and no other that got its number. No lock is held.
    fn after(self, completion: Completion, _: &Arc<Side>) -> Next
    where
        Self: Sized,
    {
        Next::Tell(completion, 0)
    }
}

/// What follows the end of a part of an operation.
enum Next {
    /// The whole has ended like this, with these flags for a routine.
    Tell(Completion, u32),
    /// Another part, on the side of this socket.
    Then(Arc<Side>, Direction, Box<dyn Part>),
}

impl Next {
    /// Another part, if there is memory for it.
    fn then(side: Arc<Side>, direction: Direction, part: impl Part + 'static) -> Self {
        match room::boxed(part) {
            Ok(part) => Self::Then(side, direction, part),
            Err(NoMemory) => Self::Tell(Completion::NO_RESOURCES, 0),
        }
    }
}

/// A further part of an operation.
trait Part: Send {
    /// The part for the operation; the request again where there is no memory.
    fn begin(self: Box<Self>, request: Request) -> Result<Box<dyn Pending>, Request>;
}

impl<A: Attempt> Part for A {
    fn begin(self: Box<Self>, request: Request) -> Result<Box<dyn Pending>, Request> {
        match Place::new() {
            Ok(place) => Ok(place.put(Operation { request, what: *self, failure: None })),
            Err(NoMemory) => Err(request),
        }
    }
}

const NO_MEMORY: Failure = WsaError::WSAENOBUFS.because("no memory for the operation");

struct Operation<A> {
    request: Request,
    what: A,
    failure: Option<Failure>,
}

impl<A: Attempt> Operation<A> {
    fn tell(self, completion: Completion, at_once: bool) {
        let Self { request, what, .. } = self;
        request.side().ends_at(what.elsewhere());
        let owner = Arc::clone(request.side());
        // What it holds is gone before anybody learns that it is over.
        match what.after(completion, request.side()) {
            Next::Tell(completion, flags) => request.tell(completion, at_once, flags),
            Next::Then(side, direction, part) => {
                let goes_on = request.side().goes_on_at(&side);
                match (part.begin(request), goes_on) {
                    (Ok(operation), Ok(true)) => {
                        go_on(&side, direction, operation);
                        // A closing that came before it was in the other queue has not found it there.
                        owner.end_if_closed();
                    }
                    // OE11: the socket that it was begun on is gone.
                    (Ok(operation), Ok(false)) => operation.finish(Completion::CANCELLED),
                    (Ok(operation), Err(NoMemory)) => operation.finish(Completion::NO_RESOURCES),
                    (Err(request), _) => {
                        owner.ends_at(Some(side.cookie()));
                        request.tell(Completion::NO_RESOURCES, at_once, 0);
                    }
                }
            }
        }
    }
}

impl<A: Attempt> Pending for Operation<A> {
    fn attempt(&mut self, held: &Held<'_>) -> Progress {
        match self.what.attempt(held) {
            Ok(None) => Progress::WouldBlock,
            Ok(Some(completion)) => Progress::Done(completion),
            Err(failure) => {
                self.failure = Some(failure);
                Progress::Done(Completion { status: self.what.status(failure), bytes: self.what.moved() })
            }
        }
    }

    fn finish(self: Box<Self>, completion: Completion) {
        (*self).tell(completion, false);
    }

    fn finish_at_once(self: Box<Self>, completion: Completion) {
        (*self).tell(completion, true);
    }

    fn fail_at_once(self: Box<Self>) -> Option<Failure> {
        let Self { request, failure, .. } = *self;
        request.drop_untold();
        failure
    }

    fn is_told_at_end(&self) -> bool {
        self.failure.is_some_and(|failure| self.what.is_told_at_end(failure))
    }

    fn overlapped(&self) -> usize {
        self.request.overlapped()
    }

    fn thread(&self) -> u64 {
        self.request.thread()
    }

    fn owner(&self) -> Option<u64> {
        Some(self.request.side().cookie())
    }

    fn is_bare(&self) -> bool {
        self.request.is_bare()
    }
}

/// The socket of a call with an OVERLAPPED, from its beginning until its operation is in a queue: what the call looks at, and
/// what it begins on, is one socket.
fn hold(socket: usize) -> Result<Waiting, Failure> {
    Waiting::hold(descriptor::of(socket)?)
}

/// Begins an operation on the socket that is held, until it is in a queue. One that ends well at once is told of as any other
/// (OV2); one that fails at once is not (OV4).
fn launch<A: Attempt>(
    held: impl Sized,
    side: &Arc<Side>,
    direction: Direction,
    wish: Wish,
    what: A,
) -> Result<Started, Failure> {
    if association::is_for_blocking_calls(side.identity()) {
        return Prepared::blocking(side, wish)?.begin(held, side, direction, what);
    }
    let place = Place::new().map_err(|_| NO_MEMORY)?;
    let request = Request::begin(side, wish, A::NAME)?;
    submit(side, direction, place.put(Operation { request, what, failure: None }))
}

/// The same for what Windows' driver is asked for.
fn launch_for_driver<A: Attempt>(
    _held: impl Sized,
    side: &Arc<Side>,
    direction: Direction,
    ends: DriverEnd,
    what: A,
) -> Result<Started, Failure> {
    const BLOCKING: Failure =
        WsaError::WSAEOPNOTSUPP.because("the driver is asked by a socket made without WSA_FLAG_OVERLAPPED");
    if association::is_for_blocking_calls(side.identity()) {
        return Err(BLOCKING);
    }
    let place = Place::new().map_err(|_| NO_MEMORY)?;
    let request = Request::begin_for_driver(side, ends, A::NAME)?;
    submit(side, direction, place.put(Operation { request, what, failure: None }))
}

/// Everything that an operation of whose end is told later needs to begin: nothing refuses it any more.
struct Prepared<A> {
    place: Place<Operation<A>>,
    request: Request,
    wish: Wish,
    /// By which the call waits for the end.
    event: Option<Kept>,
}

impl<A: Attempt> Prepared<A> {
    /// # Errors
    /// Those of [`Request::begin`].
    fn new(side: &Arc<Side>, wish: Wish) -> Result<Self, Failure> {
        if wish.waits || association::is_for_blocking_calls(side.identity()) {
            return Self::blocking(side, wish);
        }
        let place = Place::new().map_err(|_| NO_MEMORY)?;
        Ok(Self { place, request: Request::begin(side, wish, A::NAME)?, wish, event: None })
    }

    /// The same where the call is to wait for the end.
    fn blocking(side: &Arc<Side>, wish: Wish) -> Result<Self, Failure> {
        let place = Place::new().map_err(|_| NO_MEMORY)?;
        let (request, event) = Request::begin_blocking(side, wish, A::NAME)?;
        Ok(Self { place, request, wish, event: Some(event) })
    }

    /// It does not begin after all: nobody is told.
    fn drop_untold(self) {
        self.request.drop_untold();
    }

    /// Begins.
    fn begin(
        self,
        held: impl Sized,
        side: &Arc<Side>,
        direction: Direction,
        what: A,
    ) -> Result<Started, Failure> {
        let Self { place, request, wish, event } = self;
        go_on(side, direction, place.put(Operation { request, what, failure: None }));
        match event {
            None => Ok(Started::Pending),
            Some(event) => {
                drop(held);
                wait_for_end(side, wish, &event)
            }
        }
    }
}

/// OV11: on a socket without WSA_FLAG_OVERLAPPED the call ends when the operation does, whatever the socket's mode. And no sooner:
/// the OVERLAPPED may be the call's own. The socket is not held meanwhile: a thread that is ended in the wait leaves nothing
/// that a closing would wait for.
fn wait_for_end(side: &Side, wish: Wish, event: &Kept) -> Result<Started, Failure> {
    let ended = wait::for_event(event);
    if ended != Ended::Set {
        while wish.overlapped.status() == status::PENDING {
            side.cancel(Which::Overlapped(wish.overlapped.address()));
            pause_for_a_moment();
        }
    }
    match ended {
        Ended::Set => {}
        Ended::Stopped => wait::end_thread(),
        Ended::NoMemory => return Err(WsaError::WSAENOBUFS.because("no memory to wait with")),
    }
    let status = wish.overlapped.status();
    if is_failure(status) {
        return Err(WsaError::from_number(status::to_winsock(status)).because("the operation has failed"));
    }
    Ok(Started::Done(status, count(wish.overlapped.bytes())))
}

/// Tells of a call that has ended before it returns, as of an operation that ends at once (EX2).
///
/// # Errors
/// Those of `run`, of which nobody else is told; those of [`Request::begin`].
pub(crate) fn at_once<T>(
    socket: usize,
    wish: Wish,
    name: &'static str,
    run: impl FnOnce() -> Result<T, Failure>,
) -> Result<T, Failure> {
    let held = hold(socket)?;
    let side = Side::make(&held)?;
    // What refuses the OVERLAPPED does so before anything is done.
    let request = Request::begin_at_once(&side, wish, name)?;
    let result = match run() {
        Ok(result) => result,
        Err(failure) => {
            request.drop_untold();
            return Err(failure);
        }
    };
    request.tell(Completion { status: status::SUCCESS, bytes: 0 }, true, 0);
    Ok(result)
}

/// Begins an operation that is always told of as one that ends later (CX2, DX2).
fn launch_later<A: Attempt>(
    held: impl Sized,
    side: &Arc<Side>,
    direction: Direction,
    wish: Wish,
    what: A,
) -> Result<Started, Failure> {
    Prepared::new(side, wish)?.begin(held, side, direction, what)
}

/// Submits an operation, or a further part of one, of whose end its OVERLAPPED tells in any case.
fn go_on(side: &Arc<Side>, direction: Direction, operation: Box<dyn Pending>) {
    match side.submit(direction, operation) {
        Submitted::Pending => {}
        Submitted::AtOnce(operation, completion) => operation.finish(completion),
        Submitted::Closed(operation) => operation.finish(Completion::CANCELLED),
        Submitted::NoMemory(operation) => operation.finish(Completion::NO_RESOURCES),
    }
}

fn submit<A: Attempt>(
    side: &Arc<Side>,
    direction: Direction,
    operation: Box<Operation<A>>,
) -> Result<Started, Failure> {
    match side.submit(direction, operation) {
        Submitted::Pending => Ok(Started::Pending),
        Submitted::AtOnce(operation, completion) if operation.is_told_at_end() => {
            operation.finish(completion);
            Ok(Started::Pending)
        }
        Submitted::AtOnce(operation, completion) if is_failure(completion.status) => {
            let why = operation.fail_at_once();
            let code = WsaError::from_number(status::to_winsock(completion.status));
            Err(why.unwrap_or(code.because("the operation failed at once")))
        }
        Submitted::AtOnce(operation, completion) => {
            operation.finish_at_once(completion);
            Ok(Started::Done(completion.status, completion.bytes))
        }
        Submitted::Closed(operation) => {
            operation.fail_at_once();
            Err(BEING_CLOSED)
        }
        Submitted::NoMemory(operation) => {
            operation.fail_at_once();
            Err(NO_MEMORY)
        }
    }
}

/// Whether a status is that of a failure; STATUS_BUFFER_OVERFLOW is a warning (OV5).
const fn is_failure(status: u32) -> bool {
    status >= 0xC000_0000
}

fn count(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}
