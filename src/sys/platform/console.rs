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

/// All that can be set at a terminal.
#[derive(Clone, Copy)]
#[allow(missing_debug_implementations, reason = "the C library's structure has none")]
pub struct Terminal(libc::termios);

impl PartialEq for Terminal {
    /// As far as anything here is changed.
    fn eq(&self, other: &Self) -> bool {
        let known = |terminal: &libc::termios| {
            let [least, time] = [libc::VMIN, libc::VTIME].map(|at| terminal.c_cc.get(at).copied());
            (terminal.c_lflag, terminal.c_iflag, least, time)
        };
        known(&self.0) == known(&other.0)
    }
}

impl Terminal {
    /// What is set.
    ///
    /// # Errors
    /// `ENOTTY`: it is no terminal.
    pub fn of(fd: Fd) -> Result<Self, Errno> {
        // SAFETY: all zero is a value; the kernel's structure is the beginning of the C library's, which is larger.
        unsafe {
            let mut terminal = std::mem::zeroed::<libc::termios>();
            let at = (&raw mut terminal) as usize;
            call(Sysno::ioctl, [fd.raw(), usize::try_from(libc::TCGETS).unwrap_or(0), at, 0, 0, 0])?;
            Ok(Self(terminal))
        }
    }

    /// Sets it.
    ///
    /// # Errors
    /// As [`Self::of`].
    pub fn set(&self, fd: Fd) -> Result<(), Errno> {
        let at = (&raw const self.0) as usize;
        // SAFETY: the kernel reads a structure of its own layout.
        unsafe { call(Sysno::ioctl, [fd.raw(), usize::try_from(libc::TCSETS).unwrap_or(0), at, 0, 0, 0]) }
            .map(drop)
    }

    /// The modes.
    #[must_use]
    pub fn modes(&self) -> Modes {
        let has = |bit: libc::tcflag_t| self.0.c_lflag & bit != 0;
        Modes { signals: has(libc::ISIG), lines: has(libc::ICANON), echo: has(libc::ECHO) }
    }

    /// The same with other modes.
    #[must_use]
    pub fn with(mut self, modes: Modes) -> Self {
        for (bit, on) in [(libc::ISIG, modes.signals), (libc::ICANON, modes.lines), (libc::ECHO, modes.echo)]
        {
            if on {
                self.0.c_lflag |= bit;
            } else {
                self.0.c_lflag &= !bit;
            }
        }
        self
    }

    /// The same without lines and echo, so that each key can be read, and Enter is told as it is.
    #[must_use]
    pub fn for_keys(mut self) -> Self {
        self.0.c_lflag &= !(libc::ICANON | libc::ECHO);
        self.0.c_iflag &= !libc::ICRNL;
        for (at, value) in [(libc::VMIN, 1), (libc::VTIME, 0)] {
            if let Some(place) = self.0.c_cc.get_mut(at) {
                *place = value;
            }
        }
        self
    }
}

/// The modes.
///
/// # Errors
/// `ENOTTY`: it is no terminal.
pub fn modes(fd: Fd) -> Result<Modes, Errno> {
    Terminal::of(fd).map(|terminal| terminal.modes())
}

/// Which terminal it is, by whatever name it was opened; 0 where the kernel does not say.
#[must_use]
pub fn line(fd: Fd) -> u32 {
    const TIOCGDEV: usize = 0x8004_5432;
    let mut line = 0_u32;
    // SAFETY: the kernel writes to a local.
    match unsafe { call(Sysno::ioctl, [fd.raw(), TIOCGDEV, (&raw mut line) as usize, 0, 0, 0]) } {
        Ok(_) => line,
        Err(_) => 0,
    }
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
