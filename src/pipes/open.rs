//! Making a server's end, opening a client's, and waiting until one can be opened.

use super::book::{self, Book, State as Written};
use super::name::Name;
use super::pipe::{New, Pipe, State};
use super::rules::{self, READ, Rules, UNLIMITED, WRITE, Wanted};
use super::server::Instance;
use super::table;
use crate::descriptor::facts::{self, Facts};
use crate::kernel::code::Code;
use crate::sys::event::clock;
use crate::sys::net::{local, socket};
use crate::sys::process::pause_for_a_moment;
use crate::sys::{Fd, file};

/// `CreateNamedPipe`: a new instance, the handle of its server's end.
///
/// # Errors
/// `ERROR_ACCESS_DENIED`: it is not the first, and was to be; others go another way or keep messages apart where it does not; the
/// directory is another user's. `ERROR_PIPE_BUSY`: there are as many as may be. Those of the system.
pub(crate) fn create(name: &Name, wanted: Wanted, inherited: bool) -> Result<usize, Code> {
    crate::fork::prepare_once();
    book::sweep()?;
    let mut book = Book::of(name, true)?.ok_or(Code::FILE_NOT_FOUND)?;
    let count = book.instances()?.len();
    let made = match book.rules().filter(|_| count > 0) {
        Some(_) if wanted.first => Err(Code::ACCESS_DENIED),
        Some(known) if known.most != UNLIMITED && count >= known.most as usize => Err(Code::PIPE_BUSY),
        Some(known) if (known.access, known.messages) != (wanted.rules.access, wanted.rules.messages) => {
            Err(Code::ACCESS_DENIED)
        }
        // What the first has said about their number holds for all.
        Some(known) => Ok(Rules { most: known.most, ..wanted.rules }),
        None => book.write(name, wanted.rules).map(|()| wanted.rules),
    };
    let made = made.and_then(|rules| Instance::new(&book, rules.messages).map(|new| (rules, new)));
    let (rules, (instance, fd)) = match made {
        Ok(made) => made,
        Err(code) => {
            if count == 0 {
                book.remove();
            }
            return Err(code);
        }
    };
    drop(book);
    let new = New {
        fd,
        state: State::Listening,
        instance: Some(instance),
        sign: None,
        access: rules.access,
        rules,
        overlapped: wanted.overlapped,
        mode: wanted.mode,
    };
    enter(new, inherited)
}

/// Makes a handle of a new end.
fn enter(new: New, inherited: bool) -> Result<usize, Code> {
    let fd = new.fd;
    let pipe = match Pipe::new(new) {
        Ok(pipe) => pipe,
        Err(code) => {
            socket::close(fd);
            return Err(code);
        }
    };
    let entered = match if inherited { file::set_inherited(fd, true) } else { Ok(()) } {
        Ok(()) => table::enter(&pipe, fd),
        Err(errno) => Err(book::code_of(errno)),
    };
    entered.map(|()| fd.to_socket()).inspect_err(|_| {
        pipe.lock().close();
        socket::close(fd);
    })
}

/// `CreateFile` of a pipe: the handle of a client's end.
///
/// # Errors
/// `ERROR_FILE_NOT_FOUND`: there is no instance. `ERROR_PIPE_BUSY`: none is free. `ERROR_ACCESS_DENIED`: the pipe goes the other way.
pub(crate) fn open(name: &Name, desired: u32, overlapped: bool, inherited: bool) -> Result<usize, Code> {
    crate::fork::prepare_once();
    let (fd, sign, rules, access) = {
        let book = Book::of(name, false)?.ok_or(Code::FILE_NOT_FOUND)?;
        let rules = book.rules().ok_or(Code::FILE_NOT_FOUND)?;
        if book.instances()?.is_empty() {
            return Err(Code::FILE_NOT_FOUND);
        }
        let access = rules::client(rules.access, desired)?;
        let (fd, sign) = book.connect()?.ok_or(Code::PIPE_BUSY)?;
        (fd, sign, rules, access)
    };
    let new = New {
        fd,
        state: State::Connected,
        instance: None,
        sign: Some(sign),
        access,
        rules,
        overlapped,
        mode: 0,
    };
    enter(new, inherited)
}

/// Enters an end that this process has got from another one, which has started it: it reads and writes, in blocking calls. That is
/// not done where the number has another entry by now than `before`. None where the descriptor is something else.
pub(super) fn adopt(fd: Fd, before: Option<u64>) -> Option<()> {
    let seen = facts::seen(fd);
    if seen.has_any(Facts::OURS | Facts::V4 | Facts::V6) {
        return None;
    }
    // What is no socket, or not of this family, has no such name.
    let name = |name: Result<crate::sys::Address, crate::sys::Errno>| {
        name.ok().and_then(|name| book::of_socket(local::path(&name)?))
    };
    let own = name(socket::local_name(fd));
    let path = match own {
        Some(path) => path,
        None => name(socket::peer_name(fd))?,
    };
    let messages = local::keeps_messages(fd).ok()?;
    let known = Book::at(path).ok().flatten().and_then(|book| book.rules());
    let unknown = Rules { access: READ | WRITE, messages, most: UNLIMITED, time: 0, sizes: [0; 2] };
    let new = New {
        fd,
        state: State::Connected,
        instance: None,
        sign: None,
        access: READ | WRITE,
        rules: Rules { messages, ..known.unwrap_or(unknown) },
        overlapped: false,
        mode: 0,
    };
    if messages {
        local::mark_messages(fd).ok()?;
    }
    let pipe = Pipe::new(new).ok()?;
    table::enter_instead(&pipe, fd, before).ok().map(drop)
}

/// How long a call waits for an instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Patience {
    /// As `CreateNamedPipe` has said.
    Default,
    /// So many milliseconds.
    Milliseconds(u32),
    /// For ever.
    Forever,
}

impl Patience {
    /// NMPWAIT_USE_DEFAULT_WAIT, NMPWAIT_WAIT_FOREVER and milliseconds.
    pub(crate) const fn from_number(number: u32) -> Self {
        match number {
            0 => Self::Default,
            u32::MAX => Self::Forever,
            number => Self::Milliseconds(number),
        }
    }
}

/// `WaitNamedPipe`: waits until a client can come to an instance.
///
/// # Errors
/// `ERROR_FILE_NOT_FOUND`: there is none at the beginning. `ERROR_SEM_TIMEOUT`.
pub(crate) fn wait(name: &Name, patience: Patience) -> Result<(), Code> {
    /// As long as this the call looks every moment, then every few.
    const EAGER: u32 = 50;
    let began = clock::monotonic();
    let mut limit = None;
    for turn in 0_u32.. {
        let book = Book::of(name, false)?;
        let (rules, instances) = match &book {
            Some(book) => (book.rules(), book.instances()?),
            None => (None, Vec::new()),
        };
        drop(book);
        if instances.iter().any(|(_, state)| *state == Written::Listening as u32) {
            return Ok(());
        }
        if turn == 0 {
            let rules = rules.filter(|_| !instances.is_empty()).ok_or(Code::FILE_NOT_FOUND)?;
            limit = match patience {
                Patience::Default if rules.time == u32::MAX => None,
                Patience::Default => Some(rules.time),
                Patience::Milliseconds(time) => Some(time),
                Patience::Forever => None,
            };
        }
        let passed = clock::monotonic().saturating_sub(began) / 1_000_000;
        if limit.is_some_and(|limit| passed >= u64::from(limit)) {
            break;
        }
        for _ in 0..if turn < EAGER { 1 } else { 10 } {
            pause_for_a_moment();
        }
    }
    Err(Code::SEM_TIMEOUT)
}
