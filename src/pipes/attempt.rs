//! One attempt at an operation, under the pipe's lock: it never waits.

use super::operation::{Outcome, What};
use super::pipe::{Inner, State};
use crate::kernel::code::Code;
use crate::sys::net::local::{self, Came};
use crate::sys::{Errno, Fd, UserBuf, UserBufMut};
use crate::windows::status;

/// What an attempt has led to.
#[derive(Debug)]
pub(super) enum Progress {
    /// It is over.
    Done(Outcome),
    /// The end was not ready; after so many bytes written.
    Waits(usize),
    /// The message is written, and the answer is to be read.
    Goes,
}

/// The status of a failure of Linux'.
fn status_of(errno: Errno) -> u32 {
    match errno.number() {
        libc::EPIPE => status::STATUS_PIPE_CLOSING,
        libc::EFAULT => status::STATUS_ACCESS_VIOLATION,
        libc::EBADF | libc::ENOTSOCK => status::STATUS_INVALID_HANDLE,
        // A message that is longer than the system lets one be.
        _ => status::STATUS_INSUFFICIENT_RESOURCES,
    }
}

/// Repeats what a signal has interrupted; and what tells of a reset, which tells once that the other end was closed before it had
/// read all.
fn again<T>(mut ask: impl FnMut() -> Result<T, Errno>) -> Result<T, Errno> {
    let mut resets = 0;
    loop {
        match ask() {
            Err(errno) if errno.number() == libc::EINTR => {}
            Err(errno) if errno.number() == libc::ECONNRESET && resets < 2 => resets += 1,
            other => return other,
        }
    }
}

const BROKEN: Progress = Progress::Done(Outcome::of(status::STATUS_PIPE_BROKEN));
const WAITS: Progress = Progress::Waits(0);

impl Inner {
    /// The status with which an operation ends at once, whatever is there to be read: nobody is connected.
    pub(super) const fn unconnected(&self) -> Option<u32> {
        match self.state {
            State::Listening | State::Greeting => Some(status::STATUS_PIPE_LISTENING),
            State::Disconnected => Some(status::STATUS_PIPE_DISCONNECTED),
            State::Connected => None,
        }
    }

    /// Attempts it.
    pub(super) fn attempt(&mut self, what: &mut What, messages: bool) -> Progress {
        let gone = |code| {
            let status = match code {
                Code::INVALID_HANDLE => status::STATUS_INVALID_HANDLE,
                // A client has come, and there is no descriptor for it.
                _ => status::STATUS_INSUFFICIENT_RESOURCES,
            };
            Progress::Done(Outcome::of(status))
        };
        if let Err(code) = self.settle() {
            return gone(code);
        }
        let fd = match self.fd() {
            Ok(fd) => fd,
            Err(code) => return gone(code),
        };
        match (what, self.unconnected()) {
            (What::Connect, None) => Progress::Done(Outcome::moved(0)),
            (What::Connect, Some(_)) => WAITS,
            (_, Some(status)) => Progress::Done(Outcome::of(status)),
            (What::Read(room), None) => self.read(fd, room, messages),
            (What::Write(bytes, from), None) => write(fd, *bytes, from, messages),
            (What::Transact(bytes, _), None) => match write(fd, *bytes, &mut 0, true) {
                Progress::Done(outcome) if !outcome.is_failure() => Progress::Goes,
                other => other,
            },
        }
    }

    fn read(&mut self, fd: Fd, room: &mut UserBufMut<'static>, messages: bool) -> Progress {
        let progress = match (messages, self.by_message) {
            (false, _) => read_bytes(fd, room),
            (true, true) => self.read_message(fd, room),
            (true, false) => self.read_across(fd, room),
        };
        if matches!(progress, Progress::Done(outcome) if !outcome.is_failure()) {
            self.has_read = true;
        }
        progress
    }

    /// The first message, or what is left of it. It stays in the kernel until all of it is read: so the writer's
    /// `FlushFileBuffers` waits for that, and another process can go on with it.
    fn read_message(&mut self, fd: Fd, room: &mut UserBufMut<'static>) -> Progress {
        let Came { bytes, is_message } = match again(|| local::receive(fd, room, self.read, true, true)) {
            Ok(came) => came,
            Err(errno) if errno.number() == libc::EAGAIN => return WAITS,
            Err(errno) => return Progress::Done(Outcome::of(status_of(errno))),
        };
        if !is_message {
            return BROKEN;
        }
        let left = bytes.saturating_sub(self.read);
        if left <= room.len() {
            self.pass(fd);
            return Progress::Done(Outcome::moved(left));
        }
        self.read = self.read.saturating_add(room.len());
        let moved = Outcome::moved(room.len());
        Progress::Done(Outcome { status: status::STATUS_BUFFER_OVERFLOW, ..moved })
    }

    /// Takes the first message out.
    fn pass(&mut self, fd: Fd) {
        self.read = 0;
        let mut nothing = [0_u8; 0];
        let _ = again(|| local::receive(fd, &(&mut nothing[..]).into(), 0, false, true));
    }

    /// Bytes of as many messages as there are.
    fn read_across(&mut self, fd: Fd, room: &mut UserBufMut<'static>) -> Progress {
        let mut got = 0;
        loop {
            let rest = room.again_from(got);
            let Came { bytes, is_message } = match again(|| local::receive(fd, &rest, self.read, true, true))
            {
                Ok(came) => came,
                Err(errno) if errno.number() == libc::EAGAIN => {
                    return if got > 0 { Progress::Done(Outcome::moved(got)) } else { WAITS };
                }
                Err(_) if got > 0 => return Progress::Done(Outcome::moved(got)),
                Err(errno) => return Progress::Done(Outcome::of(status_of(errno))),
            };
            if !is_message {
                return if got > 0 { Progress::Done(Outcome::moved(got)) } else { BROKEN };
            }
            let left = bytes.saturating_sub(self.read);
            let taken = left.min(rest.len());
            got += taken;
            if taken == left {
                self.pass(fd);
            } else {
                self.read = self.read.saturating_add(taken);
            }
            if got == room.len() && (got > 0 || left > 0) {
                return Progress::Done(Outcome::moved(got));
            }
        }
    }
}

fn read_bytes(fd: Fd, room: &UserBufMut<'static>) -> Progress {
    let mut one = [0_u8];
    // Without room it waits until something could be read.
    let came = if room.is_empty() {
        again(|| local::receive(fd, &(&mut one[..]).into(), 0, true, false))
    } else {
        again(|| local::receive(fd, room, 0, false, false))
    };
    match came {
        Ok(Came { bytes: 0, .. }) => BROKEN,
        Ok(Came { bytes, .. }) => Progress::Done(Outcome::moved(bytes.min(room.len()))),
        Err(errno) if errno.number() == libc::EAGAIN => WAITS,
        Err(errno) => Progress::Done(Outcome::of(status_of(errno))),
    }
}

fn write(fd: Fd, bytes: UserBuf<'static>, from: &mut usize, messages: bool) -> Progress {
    if bytes.is_empty() && !messages {
        return Progress::Done(Outcome::moved(0));
    }
    let mut is_first = true;
    loop {
        match again(|| local::send(fd, &bytes.skip(*from))) {
            Ok(sent) => {
                *from = from.saturating_add(sent);
                if messages || *from >= bytes.len() {
                    return Progress::Done(Outcome::moved(*from));
                }
            }
            Err(errno) if errno.number() == libc::EAGAIN => return Progress::Waits(*from),
            Err(errno) if errno.number() == libc::EMSGSIZE && is_first => {
                is_first = false;
                local::make_room(fd, bytes.len().saturating_add(1 << 12));
            }
            Err(errno) => {
                let outcome = Outcome::moved(*from);
                return Progress::Done(Outcome { status: status_of(errno), ..outcome });
            }
        }
    }
}
