//! The terminal: its modes and size.

use syscalls::Sysno;

use crate::sys::{Errno, Fd, call};

/// The terminal's modes, as far as Windows has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Modes {
    /// Signals by Ctrl+C.
    pub signals: bool,
    /// Lines instead of characters.
    pub lines: bool,
    /// What is typed is shown.
    pub echo: bool,
}

fn get(fd: Fd) -> Result<libc::termios, Errno> {
    // SAFETY: all zero is a value; the kernel's structure is the beginning of the C library's, which is larger.
    unsafe {
        let mut terminal = std::mem::zeroed::<libc::termios>();
        let at = (&raw mut terminal) as usize;
        call(Sysno::ioctl, [fd.raw(), usize::try_from(libc::TCGETS).unwrap_or(0), at, 0, 0, 0])?;
        Ok(terminal)
    }
}

/// The modes.
///
/// # Errors
/// `ENOTTY`: it is no terminal.
pub fn modes(fd: Fd) -> Result<Modes, Errno> {
    let terminal = get(fd)?;
    let has = |bit: libc::tcflag_t| terminal.c_lflag & bit != 0;
    Ok(Modes { signals: has(libc::ISIG), lines: has(libc::ICANON), echo: has(libc::ECHO) })
}

/// Sets the modes.
///
/// # Errors
/// As [`modes`].
pub fn set_modes(fd: Fd, modes: Modes) -> Result<(), Errno> {
    let mut terminal = get(fd)?;
    for (bit, on) in [(libc::ISIG, modes.signals), (libc::ICANON, modes.lines), (libc::ECHO, modes.echo)] {
        if on {
            terminal.c_lflag |= bit;
        } else {
            terminal.c_lflag &= !bit;
        }
    }
    let at = (&raw const terminal) as usize;
    // SAFETY: the kernel reads a structure of its own layout.
    unsafe { call(Sysno::ioctl, [fd.raw(), usize::try_from(libc::TCSETS).unwrap_or(0), at, 0, 0, 0]) }
        .map(drop)
}

/// The terminal as it was before keys were read.
#[allow(missing_debug_implementations, reason = "the C library's structure has none")]
pub struct Before(Option<libc::termios>);

fn set(fd: Fd, terminal: &libc::termios) -> Result<(), Errno> {
    let at = std::ptr::from_ref(terminal) as usize;
    // SAFETY: the kernel reads a structure of its own layout.
    unsafe { call(Sysno::ioctl, [fd.raw(), usize::try_from(libc::TCSETS).unwrap_or(0), at, 0, 0, 0]) }
        .map(drop)
}

/// Takes lines and echo from the terminal, so that each key can be read, and Enter is told as it is.
///
/// # Errors
/// As [`modes`].
pub fn keys_begin(fd: Fd) -> Result<Before, Errno> {
    let before = get(fd)?;
    let mut keys = before;
    keys.c_lflag &= !(libc::ICANON | libc::ECHO);
    keys.c_iflag &= !libc::ICRNL;
    if let (Some(least), Some(time)) = (keys.c_cc.get(libc::VMIN), keys.c_cc.get(libc::VTIME))
        && (before.c_lflag, before.c_iflag, *least, *time) == (keys.c_lflag, keys.c_iflag, 1, 0)
    {
        return Ok(Before(None));
    }
    for (at, value) in [(libc::VMIN, 1), (libc::VTIME, 0)] {
        if let Some(place) = keys.c_cc.get_mut(at) {
            *place = value;
        }
    }
    set(fd, &keys)?;
    Ok(Before(Some(before)))
}

/// Gives the terminal back what [`keys_begin`] has taken.
///
/// # Errors
/// As [`modes`].
pub fn keys_end(fd: Fd, before: &Before) -> Result<(), Errno> {
    before.0.as_ref().map_or(Ok(()), |before| set(fd, before))
}

/// Columns and rows.
///
/// # Errors
/// `ENOTTY`: it is no terminal.
pub fn size(fd: Fd) -> Result<(u16, u16), Errno> {
    let mut size = libc::winsize { ws_row: 0, ws_col: 0, ws_xpixel: 0, ws_ypixel: 0 };
    let at = (&raw mut size) as usize;
    // SAFETY: the kernel writes to a local of its own layout.
    unsafe { call(Sysno::ioctl, [fd.raw(), usize::try_from(libc::TIOCGWINSZ).unwrap_or(0), at, 0, 0, 0])? };
    Ok((size.ws_col, size.ws_row))
}

/// How many bytes can be read now.
///
/// # Errors
/// The kernel's.
pub fn waiting(fd: Fd) -> Result<u32, Errno> {
    let mut count = 0_i32;
    let at = (&raw mut count) as usize;
    // SAFETY: the kernel writes to a local.
    unsafe { call(Sysno::ioctl, [fd.raw(), usize::try_from(libc::FIONREAD).unwrap_or(0), at, 0, 0, 0])? };
    Ok(count.unsigned_abs())
}

/// Throws away what was typed and not read.
///
/// # Errors
/// `ENOTTY`: it is no terminal.
pub fn flush(fd: Fd) -> Result<(), Errno> {
    const TCIFLUSH: usize = 0;
    let command = usize::try_from(libc::TCFLSH).unwrap_or(0);
    // SAFETY: numbers only.
    unsafe { call(Sysno::ioctl, [fd.raw(), command, TCIFLUSH, 0, 0, 0]) }.map(drop)
}
