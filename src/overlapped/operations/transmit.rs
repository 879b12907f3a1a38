//! `TransmitFile` and `TransmitPackets`: memory and parts of files, one after the other; and maybe the connection's end.
//!
//! A file is read in parts and sent like memory: `sendfile` would raise SIGPIPE in the calling thread.

use super::disconnect::Disconnect;
use super::{Attempt, Next, Started, hold, launch_later};
use crate::descriptor;
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::overlapped::operation::{Completion, Direction, Held};
use crate::overlapped::request::Wish;
use crate::overlapped::side::Side;
use crate::socket::connect::{State, settle};
use crate::socket::transfer::sendto;
use crate::sys::net::option;
use crate::sys::net::socket as sys;
use crate::sys::net::transfer::Ask;
use crate::sys::platform::file as files;
use crate::sys::shared::Arc;
use crate::sys::{Fd, Pieces, UserAddress, file};
use crate::windows::status;

/// A file that is read while the operation goes on: a descriptor of the library's own.
#[derive(Debug)]
pub(crate) struct Source(Fd);

impl Drop for Source {
    fn drop(&mut self) {
        let _ = file::close(self.0);
    }
}

impl Source {
    /// For the file under a descriptor.
    ///
    /// # Errors
    /// `WSAENOTSOCK` stands for a handle that is none, as the status of that does; `WSAEMFILE`.
    pub(crate) fn of(fd: Fd) -> Result<Self, Failure> {
        Ok(Self(file::duplicate(fd, false)?))
    }

    /// Its size.
    ///
    /// # Errors
    /// `WSAEINVAL`: it has none.
    fn size(&self) -> Result<u64, Failure> {
        let facts = files::look(self.0)?;
        if facts.kind == libc::S_IFREG { Ok(facts.size) } else { Err(NO_FILE) }
    }
}

const NO_FILE: Failure = WsaError::WSAEINVAL.because("hFile is not a file that can be sent");

/// Something to send.
#[derive(Debug)]
#[allow(clippy::large_enum_variant, reason = "there are few of them at a time")]
pub(crate) enum Element {
    /// The program's memory.
    Memory(Pieces<'static>),
    /// A part of a file.
    File {
        /// The file.
        source: Source,
        /// Where the part begins.
        from: u64,
        /// The number of bytes; 0: to the end.
        len: u64,
    },
}

/// The longest sum of all.
const LONGEST: u64 = 2_147_483_646;

/// How much of a file is read at a time.
const CHUNK: usize = 1 << 16;

struct Transmit {
    rest: std::collections::VecDeque<Element>,
    /// How much of the first is sent.
    done: usize,
    /// What was read of a file and not sent yet.
    chunk: Vec<u8>,
    chunk_done: usize,
    sent: u64,
    end: Option<bool>,
}

impl Transmit {
    fn send(held: &Held<'_>, pieces: &Pieces<'_>, done: &mut usize) -> Result<bool, Failure> {
        let end = pieces.total();
        Ok(end == 0 || sendto::step(held, pieces, done, end, UserAddress::ABSENT, &[], Ask::PLAIN)?)
    }

    /// Whether the first element is sent.
    fn go_on(&mut self, held: &Held<'_>) -> Result<bool, Failure> {
        let Some(first) = self.rest.front_mut() else { return Ok(true) };
        match first {
            Element::Memory(pieces) => {
                let before = self.done;
                let all = Self::send(held, pieces, &mut self.done);
                self.sent = self.sent.saturating_add((self.done - before) as u64);
                all
            }
            Element::File { source, from, len } => loop {
                if self.chunk_done < self.chunk.len() {
                    let before = self.chunk_done;
                    let all = Self::send(held, &Pieces::of_bytes(&self.chunk), &mut self.chunk_done);
                    self.sent = self.sent.saturating_add((self.chunk_done - before) as u64);
                    if !all? {
                        return Ok(false);
                    }
                }
                if *len == 0 {
                    return Ok(true);
                }
                let wanted = usize::try_from(*len).unwrap_or(CHUNK).min(CHUNK);
                if self.chunk.try_reserve_exact(wanted.saturating_sub(self.chunk.len())).is_err() {
                    return Err(super::NO_MEMORY);
                }
                self.chunk.resize(wanted, 0);
                self.chunk_done = 0;
                let got = file::read_at(source.0, &mut self.chunk, *from).map_err(|_| NO_FILE)?;
                self.chunk.truncate(got);
                if got == 0 {
                    // It has become shorter meanwhile.
                    return Ok(true);
                }
                *from = from.saturating_add(got as u64);
                *len = len.saturating_sub(got as u64);
            },
        }
    }
}

impl Attempt for Transmit {
    const NAME: &'static str = "TransmitFile";

    fn attempt(&mut self, held: &Held<'_>) -> Result<Option<Completion>, Failure> {
        while !self.rest.is_empty() {
            if !self.go_on(held)? {
                return Ok(None);
            }
            self.rest.pop_front();
            self.done = 0;
            self.chunk.clear();
            self.chunk_done = 0;
        }
        Ok(Some(Completion { status: status::SUCCESS, bytes: self.moved() }))
    }

    fn moved(&self) -> u32 {
        u32::try_from(self.sent).unwrap_or(u32::MAX)
    }

    fn after(self, completion: Completion, side: &Arc<Side>) -> Next {
        match self.end {
            Some(reuse) if completion.status == status::SUCCESS => {
                let part = Disconnect { reuse, bytes: completion.bytes };
                Next::then(Arc::clone(side), Direction::Send, part)
            }
            _ => Next::Tell(completion, 0),
        }
    }
}

/// How the connection is to end afterwards, by TF_DISCONNECT and TF_REUSE_SOCKET: whether with a fresh socket.
///
/// # Errors
/// `WSAEINVAL`: a flag that does not exist, or the second one alone (TX5).
fn ending(flags: u32) -> Result<Option<bool>, Failure> {
    const KNOWN: u32 = 0x37;
    match flags & 3 {
        _ if flags & !KNOWN != 0 => Err(BAD_FLAGS),
        2 => Err(BAD_FLAGS),
        0 => Ok(None),
        ending => Ok(Some(ending == 3)),
    }
}

const BAD_FLAGS: Failure =
    WsaError::WSAEINVAL.because("a flag that does not exist, or TF_REUSE_SOCKET alone");

/// What forbids it whatever is to be sent (TX1).
///
/// # Errors
/// `WSAENOTSOCK`, `WSAENOTCONN`, `WSAESHUTDOWN`, those of the flags.
pub(crate) fn check(socket: usize, flags: u32, datagrams: bool) -> Result<(), Failure> {
    let fd = descriptor::of(socket)?;
    let stream = option::socket_type(fd)? == libc::SOCK_STREAM;
    let connected =
        if stream { settle(fd)? == State::Connected } else { datagrams && sys::peer_name(fd).is_ok() };
    if !connected {
        return Err(WsaError::WSAENOTCONN.because("the socket is not connected"));
    }
    sendto::ask_of(fd, UserAddress::ABSENT, 0)?;
    ending(flags).map(|_| ())
}

/// Begins to send the elements.
///
/// # Errors
/// See [`crate::ffi::ws2_TransmitFile`], which lists every code.
pub(crate) fn begin(
    socket: usize,
    mut elements: std::collections::VecDeque<Element>,
    flags: u32,
    wish: Wish,
) -> Result<Started, Failure> {
    let held = hold(socket)?;
    check(socket, flags, false)?;
    let mut total = 0_u64;
    for element in &mut elements {
        total = total.saturating_add(match element {
            Element::Memory(pieces) => pieces.total() as u64,
            Element::File { source, from, len } => {
                let size = source.size()?;
                if *from > size {
                    return Err(WsaError::WSAEINVAL.because("the offset is behind the end of the file"));
                }
                let left = size.saturating_sub(*from);
                *len = if *len == 0 { left } else { (*len).min(left) };
                *len
            }
        });
    }
    if total > LONGEST {
        return Err(WsaError::WSAEINVAL.because("more than 2,147,483,646 bytes"));
    }
    let side = Side::make(&held)?;
    let what =
        Transmit { rest: elements, done: 0, chunk: Vec::new(), chunk_done: 0, sent: 0, end: ending(flags)? };
    launch_later(held, &side, Direction::Send, wish, what)
}
