//! Serial lines: speed, form of a character, flow control, and the wires beside the data.

use std::time::Duration;

use syscalls::Sysno;

use crate::sys::event::clock;
use crate::sys::event::poll::{PollFd, poll};
use crate::sys::{Errno, Fd, call};

/// How a line is set, in the kernel's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// Bits per second.
    pub speed: u32,
    /// `CSIZE`, `CSTOPB`, `PARENB` and the like.
    pub control: u32,
    /// `IXON`, `INPCK` and the like.
    pub input: u32,
    /// The characters that stop and start.
    pub start_stop: [u8; 2],
}

const TCGETS2: usize = 0x802C_542A;
const TCSETS2: usize = 0x402C_542B;
const BOTHER: u32 = 0o010_000;
const CBAUD: u32 = 0o010_017;
const START: usize = 8;
const STOP: usize = 9;
const MINIMUM: usize = 6;
const TIME: usize = 5;

/// The kernel's structure with any speed.
#[repr(C)]
#[derive(Clone, Copy, Default)]
struct Termios2 {
    input: u32,
    output: u32,
    control: u32,
    local: u32,
    line: u8,
    characters: [u8; 19],
    input_speed: u32,
    output_speed: u32,
}

fn look(fd: Fd) -> Result<Termios2, Errno> {
    let mut found = Termios2::default();
    // SAFETY: the kernel writes to a local of its layout.
    unsafe { call(Sysno::ioctl, [fd.raw(), TCGETS2, (&raw mut found) as usize, 0, 0, 0])? };
    Ok(found)
}

/// How the line is set.
///
/// # Errors
/// `ENOTTY`: it is none.
pub fn get(fd: Fd) -> Result<Line, Errno> {
    let found = look(fd)?;
    let character = |at: usize| found.characters.get(at).copied().unwrap_or(0);
    Ok(Line {
        speed: found.output_speed,
        control: found.control,
        input: found.input,
        start_stop: [character(START), character(STOP)],
    })
}

/// Sets it; bytes pass as they are from then on.
///
/// # Errors
/// `ENOTTY`, `EINVAL`.
pub fn set(fd: Fd, line: Line) -> Result<(), Errno> {
    let mut wanted = look(fd)?;
    wanted.control = line.control & !CBAUD | BOTHER;
    wanted.input = line.input;
    (wanted.output, wanted.local) = (0, 0);
    (wanted.input_speed, wanted.output_speed) = (line.speed, line.speed);
    let [start, stop] = line.start_stop;
    for (at, value) in [(START, start), (STOP, stop), (MINIMUM, 1), (TIME, 0)] {
        if let Some(place) = wanted.characters.get_mut(at) {
            *place = value;
        }
    }
    // SAFETY: the kernel reads a local of its layout.
    unsafe { call(Sysno::ioctl, [fd.raw(), TCSETS2, (&raw const wanted) as usize, 0, 0, 0]) }.map(drop)
}

fn command(fd: Fd, request: libc::Ioctl, argument: usize) -> Result<usize, Errno> {
    let request = usize::try_from(request).unwrap_or(0);
    // SAFETY: the requests that this is called with take numbers, or a local of the caller's.
    unsafe { call(Sysno::ioctl, [fd.raw(), request, argument, 0, 0, 0]) }
}

/// Throws away what was received and not read, and what was written and not sent.
///
/// # Errors
/// `ENOTTY`.
pub fn purge(fd: Fd, received: bool, unsent: bool) -> Result<(), Errno> {
    let which = match (received, unsent) {
        (true, true) => libc::TCIOFLUSH,
        (true, false) => libc::TCIFLUSH,
        (false, true) => libc::TCOFLUSH,
        (false, false) => return Ok(()),
    };
    command(fd, libc::TCFLSH, usize::try_from(which).unwrap_or(0)).map(drop)
}

/// How many bytes were received and not read, and written and not sent.
///
/// # Errors
/// `ENOTTY`.
pub fn queued(fd: Fd) -> Result<[u32; 2], Errno> {
    let mut counts = [0_i32; 2];
    let [received, unsent] = &mut counts;
    command(fd, libc::FIONREAD, std::ptr::from_mut(received) as usize)?;
    command(fd, libc::TIOCOUTQ, std::ptr::from_mut(unsent) as usize)?;
    Ok(counts.map(i32::unsigned_abs))
}

/// The wires beside the data, `TIOCM_…`.
///
/// # Errors
/// `ENOTTY`, `EINVAL`: a line without wires, such as a pseudo terminal.
pub fn wires(fd: Fd) -> Result<i32, Errno> {
    let mut bits = 0_i32;
    command(fd, libc::TIOCMGET, (&raw mut bits) as usize)?;
    Ok(bits)
}

/// Raises or lowers some of them.
///
/// # Errors
/// As [`wires`].
pub fn set_wires(fd: Fd, bits: i32, up: bool) -> Result<(), Errno> {
    command(fd, if up { libc::TIOCMBIS } else { libc::TIOCMBIC }, (&raw const bits) as usize).map(drop)
}

/// Begins or ends a break.
///
/// # Errors
/// `ENOTTY`.
pub fn set_break(fd: Fd, on: bool) -> Result<(), Errno> {
    command(fd, if on { libc::TIOCSBRK } else { libc::TIOCCBRK }, 0).map(drop)
}

/// Stops what is sent, or lets it go on, as if the other side had said so.
///
/// # Errors
/// `ENOTTY`.
pub fn hold(fd: Fd, on: bool) -> Result<(), Errno> {
    const TCXONC: libc::Ioctl = 0x540A;
    command(fd, TCXONC, usize::from(!on)).map(drop)
}

/// How long a read may take, in whole and between two bytes; nothing for no limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// For the whole read.
    pub whole: Option<Duration>,
    /// From one byte to the next.
    pub between: Option<Duration>,
    /// It ends with the first bytes that come.
    pub first: bool,
}

/// Reads until the room is full or a time is over: how many bytes.
///
/// # Errors
/// `EFAULT`: the room cannot be written. Those of the line.
pub fn read(fd: Fd, at: usize, len: usize, limits: Limits) -> Result<usize, Errno> {
    let begun = clock::monotonic();
    let mut last = begun;
    let mut got = 0;
    while got < len {
        let now = clock::monotonic();
        let left = |since: u64, limit: Option<Duration>| {
            limit.map(|limit| limit.saturating_sub(Duration::from_nanos(now.saturating_sub(since))))
        };
        let between = if got > 0 { left(last, limits.between) } else { None };
        let limit = left(begun, limits.whole).into_iter().chain(between).min();
        let mut fds = [PollFd::new(fd, libc::POLLIN)];
        match poll(&mut fds, limit) {
            Err(errno) if errno.number() == libc::EINTR => continue,
            Err(errno) => return Err(errno),
            Ok(0) => break,
            Ok(_) => {}
        }
        // SAFETY: the kernel writes to the caller's room, and says where it cannot.
        match unsafe { call(Sysno::read, [fd.raw(), at + got, len - got, 0, 0, 0]) } {
            Ok(0) => break,
            Ok(more) => got += more,
            Err(errno) if matches!(errno.number(), libc::EINTR | libc::EAGAIN) => continue,
            Err(_) if got > 0 => break,
            Err(errno) => return Err(errno),
        }
        last = clock::monotonic();
        if limits.first {
            break;
        }
    }
    Ok(got)
}
