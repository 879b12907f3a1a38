//! `WSAStartup` and `WSACleanup`: version negotiation, the count of starts, and the one word that every call
//! reads first.

use std::sync::atomic::{AtomicU32, Ordering};

use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::runtime::hook;
use crate::runtime::lock::{Guard, Lock, Rank};
use crate::runtime::trace;
use crate::sys::process::fork::InChild;
use crate::sys::process::sanitizer;
use crate::windows::abi::HIGHEST_VERSION;

/// What a call has to know before it does anything, in one word: read once per call, relaxed.
///
/// The common case, started and nothing else, is one comparison with a constant; whatever else there is to
/// look at (the trace, Winsock 1.1's blocking rules) costs nothing until it is used.
static MODE: Apart = Apart(AtomicU32::new(0));

/// On a cache line of its own, since every call reads it.
#[repr(align(128))]
struct Apart(AtomicU32);

/// A reading of the word that says what state the library is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mode(u32);

impl Mode {
    const STARTED: u32 = 1;
    const TRACED: u32 = 1 << 1;
    const LEGACY: u32 = 1 << 2;
    const ASYNCHRONOUS: u32 = 1 << 3;
    const WATCHED: u32 = 1 << 4;

    /// Started, and nothing out of the ordinary to look at.
    pub const PLAIN: Self = Self(Self::STARTED);

    /// Whether it is [`Mode::PLAIN`].
    #[must_use]
    #[inline(always)]
    pub fn is_plain(self) -> bool {
        self == Self::PLAIN
    }

    /// A `WSAStartup` without its `WSACleanup` is there.
    #[must_use]
    pub fn is_started(self) -> bool {
        self.0 & Self::STARTED != 0
    }

    /// `WS2_TRACE` asks for a line per call.
    #[must_use]
    pub fn is_traced(self) -> bool {
        self.0 & Self::TRACED != 0
    }

    /// Some socket does something asynchronous: ordinary calls have to look whether it is theirs.
    #[must_use]
    pub fn is_asynchronous(self) -> bool {
        self.0 & Self::ASYNCHRONOUS != 0
    }

    /// The program was compiled with a sanitizer, which wants to know of every buffer.
    #[must_use]
    pub fn is_watched(self) -> bool {
        self.0 & Self::WATCHED != 0
    }

    /// Winsock 1.x was negotiated since the library was last at rest (L2).
    #[must_use]
    pub fn is_legacy(self) -> bool {
        self.0 & Self::LEGACY != 0
    }
}

/// Reads the word.
#[must_use]
#[inline(always)]
pub fn mode() -> Mode {
    Mode(MODE.0.load(Ordering::Relaxed))
}

/// Says whether some socket does something asynchronous. The caller keeps others from saying it meanwhile.
pub(crate) fn set_asynchronous(on: bool) {
    let change = |mode: u32| match (on, mode & Mode::STARTED) {
        (true, 0) => None,
        (true, _) => Some(mode | Mode::ASYNCHRONOUS),
        (false, _) => Some(mode & !Mode::ASYNCHRONOUS),
    };
    let _ = MODE.0.fetch_update(Ordering::SeqCst, Ordering::Relaxed, change);
}

/// Starts that have not been cleaned up. Held while the word changes.
static STARTS: Lock<u32> = Lock::new(Rank::Starts, 0);

/// How often the library was started from rest.
static RUN: AtomicU32 = AtomicU32::new(0);

/// The number of the library's present run, from its first start to its last cleanup.
#[must_use]
pub fn run() -> u32 {
    RUN.load(Ordering::Relaxed)
}

/// Takes the lock of the count for `fork`.
pub(crate) fn hold() -> Option<Guard<u32>> {
    STARTS.take_for_fork()
}

/// In a child: a count that somebody was changing is taken for 1, since the word says whether it was 0.
pub(crate) fn in_child(held: Option<Guard<u32>>, child: InChild) {
    if held.is_none() {
        STARTS.renew(u32::from(mode().is_started()), child);
    }
}

/// What a version request leads to. Filled in even where the request is refused (VN1 to VN11).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Negotiated {
    /// The version for this caller, major in the low byte.
    pub version: u16,
    /// `iMaxSockets`: 32767 for a request of major version 1, else 0 (ST7).
    pub max_sockets: u16,
    /// `iMaxUdpDg` in bytes: 65467 for a request of major version 1, else 0.
    pub max_datagram: u16,
    /// Whether the request can be served; only major version 0 cannot.
    pub supported: bool,
}

/// The answer to a request, whose low byte is the major version.
#[must_use]
pub fn negotiate(requested: u16) -> Negotiated {
    let [major, minor] = requested.to_le_bytes();
    let version = match (major, minor) {
        (1, 0) => 0x0001,
        (1, _) => 0x0101,
        (2, 0 | 1) => requested,
        _ => HIGHEST_VERSION,
    };
    let (max_sockets, max_datagram) = if major == 1 { (32767, 65467) } else { (0, 0) };
    Negotiated { version, max_sockets, max_datagram, supported: major != 0 }
}

/// Counts one start; the caller has been told the version it gets.
///
/// # Errors
/// `WSAEPROCLIM` when 2³² − 1 starts are open; `WSAEINPROGRESS` from Winsock 1.1's blocking hook.
pub fn start(negotiated: Negotiated) -> Result<(), Failure> {
    hook::refuse_from_hook()?;
    let mut starts = STARTS.take();
    if *starts == 0 {
        RUN.fetch_add(1, Ordering::Relaxed);
    }
    *starts = starts.checked_add(1).ok_or(WsaError::WSAEPROCLIM.because("2^32 - 1 starts are open"))?;
    let mut bits = Mode::STARTED;
    if trace::wanted() {
        bits |= Mode::TRACED;
    }
    if sanitizer::is_there() {
        bits |= Mode::WATCHED;
    }
    if negotiated.version.to_le_bytes()[0] == 1 {
        bits |= Mode::LEGACY;
    }
    MODE.0.fetch_or(bits, Ordering::Relaxed);
    Ok(())
}

/// Takes one start back; the last one puts the library at rest and runs `at_rest` before another can begin.
///
/// # Errors
/// `WSANOTINITIALISED` when no start is left.
pub fn cleanup(at_rest: impl FnOnce()) -> Result<(), Failure> {
    let mut starts = STARTS.take();
    match *starts {
        0 => Err(NOT_STARTED),
        1 => {
            // Before the table is gone through: see `descriptor::insert`.
            MODE.0.store(0, Ordering::SeqCst);
            at_rest();
            *starts = 0;
            Ok(())
        }
        _ => {
            *starts -= 1;
            Ok(())
        }
    }
}

/// The answer to any call before `WSAStartup`.
pub const NOT_STARTED: Failure = WsaError::WSANOTINITIALISED.because("no WSAStartup is in effect");

/// Lets a call in, or says why not.
///
/// # Errors
/// `WSANOTINITIALISED` without a `WSAStartup` in effect; `WSAEINPROGRESS` from Winsock 1.1's blocking hook.
#[inline]
pub fn admit(mode: Mode) -> Result<(), Failure> {
    if mode.is_plain() { Ok(()) } else { admit_with_care(mode) }
}

#[cold]
fn admit_with_care(mode: Mode) -> Result<(), Failure> {
    admit_hook(mode)?;
    if mode.is_legacy() { hook::refuse_from_hook() } else { Ok(()) }
}

/// Lets in a call that Winsock 1.1's blocking hook may make.
///
/// # Errors
/// `WSANOTINITIALISED` without a `WSAStartup` in effect.
pub fn admit_hook(mode: Mode) -> Result<(), Failure> {
    if mode.is_started() { Ok(()) } else { Err(NOT_STARTED) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// VN1 to VN11, row by row: request (major, minor), supported, version given.
    #[test]
    fn version_table() {
        let rows = [
            ((0, 0), false, 0x0202),
            ((0, 1), false, 0x0202),
            ((0, 9), false, 0x0202),
            ((0, 255), false, 0x0202),
            ((1, 0), true, 0x0001),
            ((1, 1), true, 0x0101),
            ((1, 2), true, 0x0101),
            ((1, 15), true, 0x0101),
            ((1, 255), true, 0x0101),
            ((2, 0), true, 0x0002),
            ((2, 1), true, 0x0102),
            ((2, 2), true, 0x0202),
            ((2, 3), true, 0x0202),
            ((2, 255), true, 0x0202),
            ((3, 0), true, 0x0202),
            ((3, 7), true, 0x0202),
            ((15, 255), true, 0x0202),
            ((255, 255), true, 0x0202),
        ];
        for ((major, minor), supported, version) in rows {
            let answer = negotiate(u16::from_le_bytes([major, minor]));
            assert_eq!((answer.supported, answer.version), (supported, version), "request {major}.{minor}");
            let limits = if major == 1 { (32767, 65467) } else { (0, 0) };
            assert_eq!((answer.max_sockets, answer.max_datagram), limits, "request {major}.{minor}");
        }
    }
}
