//! `WS2_TRACE`: one line per call, the reason of a failure included; one where a call begins to wait; and two per operation that
//! ends later. docs/TRACE.md says what the variable can hold.

mod line;
mod settings;

use std::cell::Cell;
use std::fmt;
use std::mem::ManuallyDrop;
use std::sync::OnceLock;

use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::sys::platform::environment;
use crate::sys::room::{self, Made};
use crate::sys::{noted, process};
use line::{Line, Moment};
use settings::Settings;

/// What the environment asked for when it was first needed. Never changes afterwards.
fn settings() -> Option<&'static Settings> {
    static SETTINGS: OnceLock<Option<Settings>> = OnceLock::new();
    if let Some(settings) = SETTINGS.get() {
        return settings.as_ref();
    }
    // Without memory to read it the next call looks again.
    let settings = asked_for().ok()?;
    SETTINGS.get_or_init(|| settings).as_ref()
}

#[cold]
fn asked_for() -> Made<Option<Settings>> {
    let Some(asked) = environment::get(c"WS2_TRACE")? else { return Ok(None) };
    // Whoever starts a setuid program must not choose what it writes where.
    let settings = if process::is_privileged() { None } else { Settings::read(&room::lossy(&asked)?)? };
    if settings.is_some() {
        noted::begin();
    }
    Ok(settings)
}

/// Whether there is a trace: `WS2_TRACE` set, not empty, not `0`.
#[must_use]
pub fn wanted() -> bool {
    settings().is_some()
}

/// The call that a thread is in.
struct Current {
    call: String,
    waits: bool,
    operation: u64,
    told: String,
}

thread_local! {
    /// Nothing that is dropped with the thread: the note of that takes memory. A call that is over has taken its own away.
    static CURRENT: Cell<Option<ManuallyDrop<Box<Current>>>> = const { Cell::new(None) };
}

fn swap_current(current: Option<Box<Current>>) -> Option<Box<Current>> {
    let before = CURRENT.try_with(|cell| cell.replace(current.map(ManuallyDrop::new)));
    before.ok().flatten().map(ManuallyDrop::into_inner)
}

/// Lets `look` see the call that the thread is in, if it is in one.
fn with_current<T>(look: impl FnOnce(&mut Current) -> T) -> Option<T> {
    let mut current = swap_current(None)?;
    let result = look(&mut current);
    swap_current(Some(current));
    Some(result)
}

/// A call that has begun; the one around it, such as that whose hook makes this one, goes on when this is dropped.
#[must_use]
pub struct Begun(Option<Box<Current>>);

impl Drop for Begun {
    fn drop(&mut self) {
        swap_current(self.0.take());
    }
}

/// Notes that the thread begins a call, if there is a trace.
#[must_use]
pub fn begins(call: &dyn fmt::Display) -> Option<Begun> {
    if !wanted() {
        return None;
    }
    noted::forget();
    let current = room::shown(call)
        .and_then(|call| room::boxed(Current { call, waits: false, operation: 0, told: String::new() }));
    // Without memory for it nobody is told that it waits, and not that the call around it does, either.
    Some(Begun(swap_current(current.ok())))
}

/// Writes that the thread's call begins to wait, once for each call: `recv(5, 10 bytes, 0) waits`.
pub fn waits() {
    if wanted() {
        say_that_it_waits();
    }
}

#[cold]
fn say_that_it_waits() {
    let call = with_current(|current| {
        let first = !std::mem::replace(&mut current.waits, true);
        first.then(|| room::text(&current.call))
    });
    if let Some(Ok(call)) = call.flatten() {
        write(|| Ok(Line { call, state: "waits", ..Line::default() }));
    }
}

/// Adds to the line of the thread's call what it has told the program beside its value, such as an address.
pub fn tells(what: &dyn fmt::Display) {
    if wanted() {
        with_current(|current| current.told = room::shown(what).unwrap_or_default());
    }
}

/// The number of the operation that the thread's call has begun; 0 without one.
fn own_operation() -> u64 {
    with_current(|current| current.operation).unwrap_or(0)
}

/// Writes the line of a call: `send(5, 1024 bytes, 0) = 1024`.
#[cold]
pub fn succeeded(call: &dyn fmt::Display, value: &dyn fmt::Display) {
    let (operation, told) =
        with_current(|current| (current.operation, std::mem::take(&mut current.told))).unwrap_or_default();
    write(|| {
        Ok(Line { call: room::shown(call)?, value: room::shown(value)?, told, operation, ..Line::default() })
    });
}

/// Writes the line of a failed call:
/// `send(5, 1024 bytes, 0) = -1 WSAESHUTDOWN 10058: EPIPE after this program's shutdown(SD_SEND) [Linux: EPIPE]`.
#[cold]
pub fn failed(call: &dyn fmt::Display, value: &dyn fmt::Display, failure: &Failure) {
    let operation = own_operation();
    write(|| {
        Ok(Line {
            call: room::shown(call)?,
            value: room::shown(value)?,
            code: code(failure.code)?,
            why: room::text(failure.why)?,
            linux: noted::take()?,
            operation,
            ..Line::default()
        })
    });
}

/// Writes the line of a call that failed with a code of Windows itself:
/// `SetEvent(0x10) = 0 ERROR_INVALID_HANDLE 6`.
#[cold]
pub fn refused(call: &dyn fmt::Display, value: &dyn fmt::Display, code: &dyn fmt::Display) {
    let operation = own_operation();
    write(|| {
        Ok(Line {
            call: room::shown(call)?,
            value: room::shown(value)?,
            code: room::shown(code)?,
            linux: noted::take()?,
            operation,
            ..Line::default()
        })
    });
}

/// Writes a line that belongs to no call alone, if the trace is on.
#[cold]
pub fn note(line: &dyn fmt::Display) {
    write(|| Ok(Line { why: room::shown(line)?, ..Line::default() }));
}

/// An operation that ends later: `operation 7: WSARecv(5) begins`.
#[derive(Clone, Copy, Debug)]
pub struct Operation {
    /// Its number, from 1.
    pub number: u64,
    /// The call that began it.
    pub name: &'static str,
    /// The socket.
    pub socket: i32,
    /// Where the program's OVERLAPPED is.
    pub overlapped: usize,
}

impl Operation {
    fn write(&self, state: &'static str, value: &dyn fmt::Display, code: Made<String>) {
        let Self { number, name, socket, overlapped } = self;
        write(|| {
            Ok(Line {
                call: room::shown(&format_args!("{name}({socket}, OVERLAPPED {overlapped:#x})"))?,
                state,
                value: room::shown(value)?,
                code: code?,
                operation: *number,
                ..Line::default()
            })
        });
    }

    /// Writes that it begins.
    #[cold]
    pub fn begins(&self) {
        with_current(|current| current.operation = self.number);
        self.write("begins", &"", Ok(String::new()));
    }

    /// Writes that it could not begin after all, or has failed at once, which the call itself tells.
    #[cold]
    pub fn is_dropped(&self) {
        self.write("does not begin", &"", Ok(String::new()));
    }

    /// Writes how it has ended, with which code and how many bytes.
    #[cold]
    pub fn ends(&self, error: i32, bytes: u32) {
        let code = if error == 0 { Ok(String::new()) } else { code(WsaError::from_number(error)) };
        self.write("ends", &format_args!("{bytes} bytes"), code);
    }
}

fn code(code: WsaError) -> Made<String> {
    room::shown(&format_args!("{} {}", code.name().unwrap_or("unknown code"), code.number()))
}

/// One write per line, so that lines of several threads do not mix. A line that there is no memory for is left out.
fn write(line: impl FnOnce() -> Made<Line>) {
    let Some(settings) = settings() else { return };
    let Ok(line) = line() else { return };
    if !settings.shows(&line) {
        return;
    }
    let Ok(shown) = settings.shape(&line, &Moment::now()) else { return };
    match &settings.file {
        None => process::stderr::write(shown.as_bytes()),
        Some(path) => process::trace_file::append(path, shown.as_bytes()),
    }
}
