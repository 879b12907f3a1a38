//! What only the server's end of a pipe has: its place in the pipe's book, the next client, and cutting one off.

use std::ffi::CString;

use super::book::{self, Book, State as Written};
use super::operation::Kind;
use super::pipe::{Inner, State};
use crate::kernel::code::Code;
use crate::sys::net::{local, socket};
use crate::sys::platform::named_pipe::{self as sys, Own};
use crate::sys::{Fd, room};
use crate::windows::status;

/// An instance's place in the book.
pub(crate) struct Instance {
    path: CString,
    place: usize,
    messages: bool,
    /// Which process has made it: a child of `fork` leaves the book alone.
    process: u32,
    /// Has the place as long as it is there.
    _alive: Own,
}

impl Instance {
    /// Takes a place in the book: the socket to which the first client comes.
    pub(super) fn new(book: &Book, messages: bool) -> Result<(Self, Fd), Code> {
        let (place, alive) = book.enter()?;
        book.set(place, Written::Closed)?;
        let made = book.listen(place, messages).and_then(|fd| {
            book.set(place, Written::Listening).map(|()| fd).inspect_err(|_| socket::close(fd))
        });
        let fd = made.inspect_err(|_| _ = book.leave(place))?;
        let process = crate::sys::process::thread::process();
        let path = book.path().inspect_err(|_| socket::close(fd))?;
        Ok((Self { path, place, messages, process, _alive: alive }, fd))
    }

    fn book(&self) -> Result<Book, Code> {
        Book::at(room::c_text(self.path.to_bytes())?)?.ok_or(Code::FILE_NOT_FOUND)
    }

    /// How many instances there are.
    pub(super) fn count(&self) -> Result<usize, Code> {
        Ok(self.book()?.instances()?.len())
    }

    /// It is no more.
    pub(super) fn end(self) {
        if self.process != crate::sys::process::thread::process() {
            return;
        }
        if let Ok(book) = self.book() {
            let _ = book.leave(self.place);
            // Its own lock is still there.
            if book.instances().is_ok_and(|others| others.is_empty()) {
                book.remove();
            }
        }
    }
}

/// Whether the client's end is closed: all that is left is what it has written.
pub(super) fn is_deserted(fd: Fd) -> bool {
    crate::sys::platform::pipe::is_broken(fd)
}

/// Whether a client waits to be let in.
pub(super) fn has_come(fd: Fd) -> bool {
    crate::sys::platform::pipe::is_readable(fd)
}

impl Inner {
    fn instance(&self) -> Result<&Instance, Code> {
        self.instance.as_ref().ok_or(Code::INVALID_FUNCTION)
    }

    /// `ConnectNamedPipe` begins: `true` where it has to wait for a client, `false` where it ends at once, without waiting for one.
    ///
    /// # Errors
    /// `ERROR_PIPE_CONNECTED`, `ERROR_NO_DATA`, `ERROR_PIPE_LISTENING`; `ERROR_INVALID_FUNCTION`: the client's end.
    pub(super) fn begin_connect(&mut self) -> Result<bool, Code> {
        self.instance()?;
        match self.state {
            State::Listening | State::Greeting if self.nowait => Err(Code::PIPE_LISTENING),
            State::Listening | State::Greeting => Ok(true),
            State::Connected if is_deserted(self.fd()?) => Err(Code::NO_DATA),
            State::Connected => Err(Code::PIPE_CONNECTED),
            State::Disconnected => {
                self.listen()?;
                Ok(!self.nowait)
            }
        }
    }

    /// The next client may come.
    fn listen(&mut self) -> Result<(), Code> {
        let instance = self.instance()?;
        let book = instance.book()?;
        let (place, new) = (instance.place, book.listen(instance.place, instance.messages)?);
        self.replace(new)?;
        self.state = State::Listening;
        book.set(place, Written::Listening)
    }

    /// `DisconnectNamedPipe`.
    ///
    /// # Errors
    /// `ERROR_PIPE_NOT_CONNECTED`: it is so already. `ERROR_INVALID_FUNCTION`: the client's end.
    pub(super) fn disconnect(&mut self) -> Result<(), Code> {
        let instance = self.instance()?;
        if self.state == State::Disconnected {
            return Err(Code::PIPE_NOT_CONNECTED);
        }
        // All that can fail comes first.
        let nobody = local::make(instance.messages, true).map_err(book::code_of)?;
        let closed = instance.book().and_then(|book| book.set(instance.place, Written::Closed));
        closed.inspect_err(|_| socket::close(nobody))?;
        // Whoever has come until now is cut off, too. One that cannot be let in finds nobody.
        let _ = self.settle();
        if let Some(sign) = self.sign.take() {
            sys::raise(&sign);
        }
        if let Ok(fd) = self.fd() {
            // Other processes may have it, too.
            let _ = socket::shutdown(fd, libc::SHUT_RDWR);
        }
        self.replace(nobody)?;
        self.state = State::Disconnected;
        self.has_read = false;
        self.end_all(&[Kind::Connect, Kind::Read, Kind::Write], status::STATUS_PIPE_DISCONNECTED);
        Ok(())
    }
}
