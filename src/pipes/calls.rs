//! What the functions of Windows ask of an end that is there, beside moving data.

use super::book::{self, Book};
use super::open;
use super::operation::What;
use super::pipe::{Inner, Pipe, State};
use super::rules::{NOWAIT, READ, READMODE_MESSAGE, TYPE_MESSAGE, UNLIMITED, WRITE};
use super::server::is_deserted;
use super::submit::{self, Ran, run};
use super::table;
use crate::kernel::code::Code;
use crate::sys::net::local;
use crate::sys::net::socket;
use crate::sys::platform::{named_pipe, pipe as sys};
use crate::sys::process::pause_for_a_moment;
use crate::sys::shared::Arc;
use crate::sys::{Fd, UserBufMut, file};

/// The end behind a handle.
///
/// # Errors
/// `ERROR_INVALID_FUNCTION`: something else. `ERROR_INVALID_HANDLE`: nothing.
pub(crate) fn of(handle: usize) -> Result<Arc<Pipe>, Code> {
    table::of(handle).ok_or_else(|| {
        let fd = table::number(handle);
        // An object's number fits no descriptor that is open.
        if fd.is_some_and(|fd| file::is_inherited(fd).is_ok()) && !table::is_closing(handle) {
            Code::INVALID_FUNCTION
        } else {
            Code::INVALID_HANDLE
        }
    })
}

/// The same for what is asked of, or said to, any file: there another kind of file is a wrong argument.
///
/// # Errors
/// `ERROR_INVALID_PARAMETER`: something else. `ERROR_INVALID_HANDLE`: nothing.
pub(crate) fn of_file(handle: usize) -> Result<Arc<Pipe>, Code> {
    of(handle).map_err(|code| if code == Code::INVALID_FUNCTION { Code::INVALID_PARAMETER } else { code })
}

/// `DisconnectNamedPipe`.
///
/// # Errors
/// See [`crate::ffi::ws2_DisconnectNamedPipe`].
pub(crate) fn disconnect(handle: usize) -> Result<(), Code> {
    let pipe = of(handle)?;
    let done = {
        let mut inner = pipe.lock();
        inner.settle().and_then(|()| inner.disconnect())
    };
    submit::tell(&pipe);
    done
}

/// Another handle for an end; none where the handle is something else.
pub(crate) fn duplicate(handle: usize, inherited: bool) -> Option<Result<usize, Code>> {
    Some(table::duplicate(&table::find(handle)?, inherited).map(Fd::to_socket))
}

/// `SetNamedPipeHandleState`: PIPE_NOWAIT and PIPE_READMODE_MESSAGE.
///
/// # Errors
/// `ERROR_INVALID_PARAMETER`: another bit; by messages, where there are none; no pipe. `ERROR_INVALID_HANDLE`.
pub(crate) fn set_mode(handle: usize, mode: u32) -> Result<(), Code> {
    let pipe = of_file(handle)?;
    if mode & !(NOWAIT | READMODE_MESSAGE) != 0 || mode & READMODE_MESSAGE != 0 && !pipe.rules.messages {
        return Err(Code::INVALID_PARAMETER);
    }
    let mut inner = pipe.lock();
    inner.by_message = mode & READMODE_MESSAGE != 0;
    inner.nowait = mode & NOWAIT != 0;
    Ok(())
}

/// What `GetNamedPipeHandleState` tells: the mode, and the number of instances where that is wanted.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`, `ERROR_INVALID_PARAMETER`.
pub(crate) fn mode(handle: usize, counts: bool) -> Result<(u32, u32), Code> {
    let pipe = of_file(handle)?;
    let inner = pipe.lock();
    let bit = |is: bool, bit: u32| if is { bit } else { 0 };
    let mode = bit(inner.by_message, READMODE_MESSAGE) | bit(inner.nowait, NOWAIT);
    let count = if counts { count(&inner)? } else { 0 };
    Ok((mode, u32::try_from(count).unwrap_or(u32::MAX)))
}

fn count(inner: &Inner) -> Result<usize, Code> {
    if let Some(instance) = &inner.instance {
        return instance.count();
    }
    let name = socket::peer_name(inner.fd()?).ok();
    let path = name.as_ref().and_then(local::path).and_then(book::of_socket);
    let book = path.map(Book::at).transpose()?.flatten();
    Ok(book.map(|book| book.instances()).transpose()?.map_or(0, |instances| instances.len()))
}

/// Whether a handle is the server's end.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`, `ERROR_INVALID_FUNCTION`.
pub(crate) fn is_server(handle: usize) -> Result<bool, Code> {
    Ok(of(handle)?.is_server)
}

/// What `GetNamedPipeInfo` tells: flags, both sizes, the most instances.
///
/// # Errors
/// `ERROR_INVALID_HANDLE`, `ERROR_INVALID_PARAMETER`.
pub(crate) fn information(handle: usize) -> Result<[u32; 4], Code> {
    const SERVER_END: u32 = 1;
    let pipe = of_file(handle)?;
    let rules = pipe.rules;
    let flags = if pipe.is_server { SERVER_END } else { 0 } | if rules.messages { TYPE_MESSAGE } else { 0 };
    let [out, input] = rules.sizes;
    Ok([flags, out, input, rules.most.min(UNLIMITED)])
}

/// The number of the process at the other end, or of this end's own.
///
/// # Errors
/// `ERROR_PIPE_LISTENING`, `ERROR_PIPE_NOT_CONNECTED`: there is none.
pub(crate) fn process(handle: usize, of_server: bool) -> Result<u32, Code> {
    let pipe = of(handle)?;
    let mut inner = pipe.lock();
    inner.settle()?;
    if pipe.is_server && of_server {
        return Ok(crate::sys::process::thread::process());
    }
    match (inner.state, pipe.is_server == of_server) {
        (State::Listening | State::Greeting, _) => Err(Code::PIPE_LISTENING),
        (State::Disconnected, _) => Err(Code::PIPE_NOT_CONNECTED),
        (State::Connected, true) => Ok(crate::sys::process::thread::process()),
        (State::Connected, false) => Ok(inner.peer()?.0),
    }
}

/// `ImpersonateNamedPipeClient`: the client's user is this process's own, whom only the directory lets in; or root.
///
/// # Errors
/// `ERROR_CANNOT_IMPERSONATE`: nothing was read from the client yet, or it is another user's. `ERROR_INVALID_FUNCTION`: the client's
/// end. `ERROR_PIPE_LISTENING`, `ERROR_PIPE_NOT_CONNECTED`: there is no client.
pub(crate) fn impersonate(handle: usize) -> Result<(), Code> {
    let pipe = of(handle)?;
    let mut inner = pipe.lock();
    inner.settle()?;
    match inner.state {
        _ if !pipe.is_server => Err(Code::INVALID_FUNCTION),
        State::Listening | State::Greeting => Err(Code::PIPE_LISTENING),
        State::Disconnected => Err(Code::PIPE_NOT_CONNECTED),
        State::Connected if inner.has_read && inner.peer()?.1 == named_pipe::user() => Ok(()),
        State::Connected => Err(Code::CANNOT_IMPERSONATE),
    }
}

/// What is in a pipe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Looked {
    /// Bytes that were copied.
    pub(crate) copied: usize,
    /// Bytes that are there.
    pub(crate) there: usize,
    /// Bytes of the first message that were not copied.
    pub(crate) left: usize,
}

/// `PeekNamedPipe`.
///
/// # Errors
/// `ERROR_BAD_PIPE`: nobody is connected. `ERROR_BROKEN_PIPE`: nothing is left, and nobody will write. `ERROR_ACCESS_DENIED`: an end
/// that only writes. `ERROR_NOACCESS`.
pub(crate) fn peek(pipe: &Pipe, room: &UserBufMut<'_>) -> Result<Looked, Code> {
    let mut inner = pipe.lock();
    inner.settle()?;
    if pipe.access & READ == 0 {
        return Err(Code::ACCESS_DENIED);
    }
    if inner.unconnected().is_some() {
        return Err(Code::BAD_PIPE);
    }
    let fd = inner.fd()?;
    let messages = pipe.rules.messages;
    for turn in 0.. {
        // Before the look: who writes and goes leaves something.
        let is_deserted = is_deserted(fd);
        let came = local::receive(fd, room, inner.read, true, messages);
        let there = local::arrived(fd).map_err(book::code_of)?.saturating_sub(inner.read);
        match came {
            Err(errno) if matches!(errno.number(), libc::EINTR | libc::ECONNRESET) && turn < 16 => {}
            Err(errno) if errno.number() == libc::EAGAIN && is_deserted => return Err(Code::BROKEN_PIPE),
            Err(errno) if errno.number() == libc::EAGAIN => {
                return Ok(Looked { copied: 0, there: 0, left: 0 });
            }
            Err(errno) => return Err(book::code_of(errno)),
            Ok(came) if messages && came.is_message => {
                let message = came.bytes.saturating_sub(inner.read);
                let copied = message.min(room.len());
                return Ok(Looked { copied, there, left: message - copied });
            }
            // Without room nothing comes, whatever is there.
            Ok(came) if !messages && (came.bytes > 0 || there > 0 || !is_deserted) => {
                return Ok(Looked { copied: came.bytes.min(room.len()), there, left: 0 });
            }
            Ok(_) => return Err(Code::BROKEN_PIPE),
        }
    }
    Err(Code::BROKEN_PIPE)
}

/// `FlushFileBuffers`: waits until the other end has read all.
///
/// # Errors
/// `ERROR_ACCESS_DENIED`: an end that only reads. `ERROR_BROKEN_PIPE`: the other end was closed before.
/// `ERROR_PIPE_NOT_CONNECTED`: the connection was cut off meanwhile.
pub(crate) fn flush(pipe: &Pipe) -> Result<(), Code> {
    if pipe.access & WRITE == 0 {
        return Err(Code::ACCESS_DENIED);
    }
    let mut has_waited = false;
    loop {
        {
            let mut inner = pipe.lock();
            inner.settle()?;
            match inner.state {
                State::Listening | State::Greeting => return Ok(()),
                State::Disconnected if has_waited => return Err(Code::PIPE_NOT_CONNECTED),
                State::Disconnected => return Ok(()),
                State::Connected => {}
            }
            let fd = inner.fd()?;
            // Asked for first: what nobody will read any more is lost with its reader.
            let is_gone = sys::is_broken(fd);
            if local::unreceived(fd).map_err(book::code_of)? == 0 {
                return if is_gone && has_waited { Err(Code::BROKEN_PIPE) } else { Ok(()) };
            }
            if is_gone {
                return Err(Code::BROKEN_PIPE);
            }
        }
        has_waited = true;
        pause_for_a_moment();
    }
}

/// `CallNamedPipe`: a client's end for one transaction. `time` is how long to wait for an instance; none: not at all.
///
/// # Errors
/// Those of [`open::open`], [`open::wait`] and of a transaction.
pub(crate) fn call(name: &super::name::Name, what: What, time: Option<open::Patience>) -> Result<Ran, Code> {
    const BOTH: u32 = 0xC000_0000;
    let handle = loop {
        match (open::open(name, BOTH, false, false), time) {
            (Err(Code::PIPE_BUSY), Some(patience)) => open::wait(name, patience)?,
            (other, _) => break other?,
        }
    };
    let done = set_mode(handle, READMODE_MESSAGE)
        .map_err(|_| Code::BAD_PIPE)
        .and_then(|()| run(&of(handle)?, what, None));
    let _ = table::close(handle);
    done
}
