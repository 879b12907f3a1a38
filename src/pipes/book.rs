//! Where the processes of a user find each other's pipes: one file per name, the *book* of the pipe, in a directory that only
//! the user may enter. It says what holds for all instances, and of each in what state it is; beside it lies a socket for
//! each instance that waits for a client.
//!
//! Whoever looks at a book or changes it has it locked, by the first byte. Each instance has a byte of its own locked for as
//! long as it is there, so that those of processes that have died are known: the kernel lets go of their locks. A book that
//! nobody stands in any more is removed, by who leaves it last or, after a crash, by the next process that makes a pipe.
//!
//! A directory and not the abstract name space: there everybody could take a name before its owner does, and it would be another
//! one in each network namespace. `/tmp` and not XDG_RUNTIME_DIR: that is not the same for all processes of a user (services,
//! `su`, sessions that have ended).

use std::ffi::CString;

use super::name::Name;
use super::rules::Rules;
use crate::kernel::code::Code;
use crate::sys::net::{local, option, socket};
use crate::sys::platform::file as files;
use crate::sys::platform::named_pipe::{self as sys, Own};
use crate::sys::{Errno, Fd, file, room};

/// The state of an instance, as it stands in the book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub(super) enum State {
    /// None is there.
    Free = 0,
    /// A client may come.
    Listening = 1,
    /// One has come.
    Taken = 2,
    /// None may come.
    Closed = 3,
}

/// How a book begins.
const MAGIC: u32 = 0x3150_5357;
/// Where its name begins, and how long that may be.
const NAME: u64 = 64;
const LONGEST: usize = 2048;
/// Where the states begin.
const STATES: u64 = 4096;
/// The most instances.
const MOST: usize = 1 << 16;
/// The byte that is locked for a look or a change.
const WHOLE: u64 = 0;
/// For the user only; and by the sticky bit what clears away files that were not used for days leaves it, as under XDG_RUNTIME_DIR.
const MODE: u32 = 0o1600;
/// The first of the bytes that instances lock.
const ALIVE: u64 = 1 << 32;

/// A failure of Linux where the directory and its files are used.
pub(super) fn code_of(errno: Errno) -> Code {
    match errno.number() {
        libc::EMFILE | libc::ENFILE => Code::TOO_MANY_OPEN_FILES,
        libc::ENOMEM | libc::ENOBUFS => Code::NOT_ENOUGH_MEMORY,
        libc::ENOSPC | libc::EDQUOT => Code::DISK_FULL,
        libc::EFAULT => Code::NOACCESS,
        libc::EBADF => Code::INVALID_HANDLE,
        libc::EACCES | libc::EPERM | libc::EROFS => Code::ACCESS_DENIED,
        _ => Code::GEN_FAILURE,
    }
}

/// A text without a zero.
fn text(what: &dyn std::fmt::Display) -> Result<CString, Code> {
    Ok(room::c_text(room::shown(what)?.as_bytes())?)
}

/// The directory's name.
fn directory() -> Result<CString, Code> {
    text(&format_args!("/tmp/.ws2-pipes-{}", sys::user()))
}

/// The directory, which is there and the user's own.
fn own_directory() -> Result<CString, Code> {
    let name = directory()?;
    if sys::own_directory(&name).map_err(code_of)? { Ok(name) } else { Err(Code::ACCESS_DENIED) }
}

/// Which book is meant by the address of a socket beside it; none where the socket is no pipe's.
pub(super) fn of_socket(path: &[u8]) -> Option<CString> {
    let directory = directory().ok()?;
    let name = path.strip_prefix(directory.to_bytes())?.strip_prefix(b"/")?;
    let dot = name.iter().rposition(|byte| *byte == b'.')?;
    let len = path.len() - name.len() + dot;
    room::c_text(path.get(..len)?).ok()
}

/// The descriptor of a book, which is locked by this call, or was about to be.
#[derive(Debug)]
struct Locked(Fd);

impl Drop for Locked {
    fn drop(&mut self) {
        // Not by the closing alone: a thread may have forked meanwhile, and the child's copy would keep the book locked.
        sys::unlock(self.0, WHOLE);
        let _ = file::close(self.0);
    }
}

/// A book that is open and locked by this call.
#[derive(Debug)]
pub(super) struct Book {
    file: Locked,
    path: CString,
    rules: Option<Rules>,
}

fn word(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..).and_then(|rest| rest.first_chunk()).map_or(0, |word| u32::from_ne_bytes(*word))
}

impl Book {
    /// Opens and locks the file of that path; none where it is not there, or where somebody has it locked and the call does not wait.
    fn open(path: CString, make: bool, waits: bool) -> Result<Option<Self>, Code> {
        let flags = libc::O_RDWR | libc::O_CLOEXEC | libc::O_NOFOLLOW | if make { libc::O_CREAT } else { 0 };
        loop {
            let file = match files::open(&path, flags, MODE) {
                Ok(file) => Locked(file),
                Err(errno) if errno.number() == libc::ENOENT && !make => return Ok(None),
                Err(errno) => return Err(code_of(errno)),
            };
            if !sys::lock(file.0, WHOLE, waits).map_err(code_of)? {
                return Ok(None);
            }
            let opened = files::look(file.0).map_err(code_of)?.identity;
            // Whoever had it locked before may have removed it.
            if files::look_at(&path).is_ok_and(|facts| facts.identity == opened) {
                return Ok(Some(Self { file, path, rules: None }));
            }
        }
    }

    /// The book of a pipe; none where there is none and none is made.
    pub(super) fn of(name: &Name, make: bool) -> Result<Option<Self>, Code> {
        /// Names that have the same number: hardly ever two.
        const SAME: u32 = 16;
        let directory = own_directory()?;
        let [first, second] = name.number();
        for turn in 0..SAME {
            let path = format_args!("{}/{first:016x}{second:016x}-{turn}", directory.to_string_lossy())
                .to_string_of()?;
            let Some(mut book) = Self::open(path, make, true)? else { return Ok(None) };
            let known = book.read()?;
            if known.is_none() && !make {
                // Left behind before it was written.
                return Ok(None);
            }
            if known.is_none_or(|known| known == name.bytes()) {
                return Ok(Some(book));
            }
        }
        Err(Code::NO_SYSTEM_RESOURCES)
    }

    /// The book that a socket lies beside.
    pub(super) fn at(path: CString) -> Result<Option<Self>, Code> {
        let Some(mut book) = Self::open(path, false, true)? else { return Ok(None) };
        let known = book.read()?;
        Ok(known.map(|_| book))
    }

    /// Reads what holds for all instances; the pipe's name, none where the book is empty.
    fn read(&mut self) -> Result<Option<Vec<u8>>, Code> {
        let mut head = room::filled(0_u8, LONGEST + 64)?;
        let got = file::read_at(self.file.0, &mut head, 0).map_err(code_of)?;
        if got < 64 || word(&head, 0) != MAGIC {
            return Ok(None);
        }
        self.rules = Some(Rules {
            access: word(&head, 4),
            messages: word(&head, 8) != 0,
            most: word(&head, 12),
            time: word(&head, 16),
            sizes: [word(&head, 20), word(&head, 24)],
        });
        let len = usize::try_from(word(&head, 28)).unwrap_or(0).min(LONGEST);
        Ok(Some(room::copy(head.get(64..64 + len).unwrap_or_default())?))
    }

    /// What holds for all instances.
    pub(super) const fn rules(&self) -> Option<Rules> {
        self.rules
    }

    /// Where it is.
    pub(super) fn path(&self) -> Result<CString, Code> {
        Ok(room::c_text(self.path.to_bytes())?)
    }

    /// Lays down what holds for all instances, of which none is there.
    pub(super) fn write(&mut self, name: &Name, rules: Rules) -> Result<(), Code> {
        let len = u32::try_from(name.bytes().len()).unwrap_or(u32::MAX);
        let [out, input] = rules.sizes;
        let words = [MAGIC, rules.access, rules.messages.into(), rules.most, rules.time, out, input, len];
        let mut head = [0_u8; 64];
        for (to, from) in head.chunks_exact_mut(4).zip(words) {
            to.copy_from_slice(&from.to_ne_bytes());
        }
        sys::write_at(self.file.0, name.bytes(), NAME).map_err(code_of)?;
        sys::write_at(self.file.0, &head, 0).map_err(code_of)?;
        self.rules = Some(rules);
        Ok(())
    }

    /// How many places for instances it has.
    fn places(&self) -> Result<usize, Code> {
        let size = files::look(self.file.0).map_err(code_of)?.size;
        Ok(usize::try_from(size.saturating_sub(STATES) / 4).unwrap_or(MOST).min(MOST))
    }

    /// The states that stand in it.
    fn states(&self) -> Result<Vec<u32>, Code> {
        let mut bytes = room::filled(0_u8, self.places()? * 4)?;
        let got = file::read_at(self.file.0, &mut bytes, STATES).map_err(code_of)?;
        let read = bytes.get(..got).unwrap_or_default();
        Ok(room::list(read.chunks_exact(4).map(|word| self::word(word, 0)))?)
    }

    fn is_alive(&self, place: usize) -> Result<bool, Code> {
        sys::is_locked(self.file.0, ALIVE + place as u64).map_err(code_of)
    }

    /// Says in what state an instance is.
    pub(super) fn set(&self, place: usize, state: State) -> Result<(), Code> {
        let at = STATES + place as u64 * 4;
        sys::write_at(self.file.0, &(state as u32).to_ne_bytes(), at).map_err(code_of)
    }

    fn socket_of(&self, place: usize) -> Result<CString, Code> {
        format_args!("{}.{place}", self.path.to_string_lossy()).to_string_of()
    }

    /// The instances that are there, by place and state; those of processes that have died are forgotten.
    pub(super) fn instances(&self) -> Result<Vec<(usize, u32)>, Code> {
        let mut found = Vec::new();
        for (place, state) in self.states()?.into_iter().enumerate() {
            if state == State::Free as u32 {
                continue;
            }
            if self.is_alive(place)? {
                room::push(&mut found, (place, state))?;
            } else {
                self.leave(place)?;
            }
        }
        Ok(found)
    }

    /// An instance is gone.
    pub(super) fn leave(&self, place: usize) -> Result<(), Code> {
        let _ = files::remove(&self.socket_of(place)?);
        self.set(place, State::Free)
    }

    /// Nobody stands in it: it goes.
    pub(super) fn remove(self) {
        let _ = files::remove(&self.path);
    }

    /// A place for a new instance, which it keeps as long as it keeps the descriptor.
    pub(super) fn enter(&self) -> Result<(usize, Own), Code> {
        let states = self.states()?;
        let free = states.iter().position(|state| *state == State::Free as u32).unwrap_or(states.len());
        if free >= MOST {
            return Err(Code::NO_SYSTEM_RESOURCES);
        }
        let flags = libc::O_RDWR | libc::O_CLOEXEC | libc::O_NOFOLLOW;
        let own = Own::new(files::open(&self.path, flags, 0).map_err(code_of)?).map_err(code_of)?;
        let fd = own.fd().ok_or(Code::INVALID_HANDLE)?;
        // Where the child of a fork has kept the lock of an instance that its parent has closed, the place is passed over.
        for place in free..MOST {
            let is_free = states.get(place).is_none_or(|state| *state == State::Free as u32);
            if is_free && sys::lock(fd, ALIVE + place as u64, false).map_err(code_of)? {
                return Ok((place, own));
            }
        }
        Err(Code::NO_SYSTEM_RESOURCES)
    }

    /// A socket to which the next client of an instance comes.
    pub(super) fn listen(&self, place: usize, messages: bool) -> Result<Fd, Code> {
        let path = self.socket_of(place)?;
        let _ = files::remove(&path);
        let fd = local::make(messages, false).map_err(code_of)?;
        let listens = local::address(path.to_bytes())
            .and_then(|address| socket::bind(fd, &address))
            .and_then(|()| socket::listen(fd, 1));
        match listens {
            Ok(()) => Ok(fd),
            Err(errno) => {
                socket::close(fd);
                Err(code_of(errno))
            }
        }
    }

    /// Connects to an instance that waits; none where none does.
    pub(super) fn connect(&self) -> Result<Option<(Fd, Own)>, Code> {
        let messages = self.rules.is_some_and(|rules| rules.messages);
        for (place, state) in self.instances()? {
            if state != State::Listening as u32 {
                continue;
            }
            let path = self.socket_of(place)?;
            // Before the connection: the server sees that, whatever fails later.
            let (sign, raise) = sys::make_sign().map_err(code_of)?;
            let fd = local::make(messages, false).map_err(code_of)?;
            let connected = local::address(path.to_bytes())
                .and_then(|address| socket::connect(fd, &address))
                .and_then(|()| if messages { local::mark_messages(fd) } else { Ok(()) })
                .and_then(|()| option::set_nonblocking(fd, false))
                .and_then(|()| sys::give_sign(fd, &raise));
            let refused = match connected.map_err(|errno| (errno, code_of(errno))) {
                Ok(()) => match self.set(place, State::Taken) {
                    Ok(()) => return Ok(Some((fd, sign))),
                    Err(code) => Some(code),
                },
                // Its process is about to end, or the program has closed the descriptor by itself.
                Err((errno, _))
                    if matches!(errno.number(), libc::ECONNREFUSED | libc::ENOENT | libc::EAGAIN) =>
                {
                    None
                }
                Err((_, code)) => Some(code),
            };
            socket::close(fd);
            if let Some(code) = refused {
                return Err(code);
            }
        }
        Ok(None)
    }
}

/// A text that is made without `format!`.
trait Shown {
    fn to_string_of(self) -> Result<CString, Code>;
}

impl Shown for std::fmt::Arguments<'_> {
    fn to_string_of(self) -> Result<CString, Code> {
        text(&self)
    }
}

/// Removes what pipes of processes have left that have died; once in a process.
pub(super) fn sweep() -> Result<(), Code> {
    static ONCE: std::sync::atomic::AtomicBool = std::sync::atomic::AtomicBool::new(false);
    if ONCE.swap(true, std::sync::atomic::Ordering::Relaxed) {
        return Ok(());
    }
    let directory = own_directory()?;
    let names = sys::names(&directory)?;
    let path = |name: &str| format_args!("{}/{name}", directory.to_string_lossy()).to_string_of();
    // Sockets lie beside books only; what is no text is nothing of this library's.
    let books = names.iter().filter(|name| !name.contains(&b'.'));
    for name in books.filter_map(|name| std::str::from_utf8(name).ok()) {
        // One that is in use just now is no ruin.
        if let Ok(Some(book)) = Book::open(path(name)?, false, false)
            && book.instances().is_ok_and(|found| found.is_empty())
        {
            book.remove();
        }
    }
    Ok(())
}
