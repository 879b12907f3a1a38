//! Clocks, and the machine's time zone.

use std::ffi::CStr;

use crate::sys::process::libc_call::KeptErrno;
use crate::sys::process::machine::Short;

fn read(clock: libc::clockid_t) -> (i64, i64) {
    let _kept = KeptErrno::new();
    let mut now = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: writes to a local.
    unsafe { libc::clock_gettime(clock, &raw mut now) };
    (now.tv_sec, now.tv_nsec)
}

/// Seconds and nanoseconds since the beginning of 1970, in UTC.
#[must_use]
pub fn now() -> (i64, i64) {
    read(libc::CLOCK_REALTIME)
}

/// Nanoseconds of a clock that nobody sets, since the machine was started, sleep included.
#[must_use]
pub fn since_start() -> u64 {
    let (seconds, nanoseconds) = read(libc::CLOCK_BOOTTIME);
    seconds.unsigned_abs().saturating_mul(1_000_000_000).saturating_add(nanoseconds.unsigned_abs())
}

/// Nanoseconds of a clock that nobody sets.
#[must_use]
pub fn steady() -> i64 {
    let (seconds, nanoseconds) = read(libc::CLOCK_MONOTONIC);
    seconds.saturating_mul(1_000_000_000).saturating_add(nanoseconds)
}

/// The local time zone at a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone {
    /// Seconds east of UTC.
    pub offset: i64,
    /// Its short name, such as `CEST`.
    pub name: Short<32>,
    /// Whether it is summer time.
    pub summer: bool,
}

/// The local time zone at so many seconds since 1970.
#[must_use]
pub fn zone(at: i64) -> Zone {
    let _kept = KeptErrno::new();
    // SAFETY: all zero is a value of the structure, which is filled in; the name is a text of the C library's that stays.
    unsafe {
        let mut local = std::mem::zeroed::<libc::tm>();
        if libc::localtime_r(&raw const at, &raw mut local).is_null() {
            return Zone { offset: 0, name: Short::new(*b"UTC"), summer: false };
        }
        let name = if local.tm_zone.is_null() {
            Short::new([])
        } else {
            Short::new(CStr::from_ptr(local.tm_zone).to_bytes().iter().copied())
        };
        Zone { offset: local.tm_gmtoff, name, summer: local.tm_isdst > 0 }
    }
}
