//! `WS2_TRACE`: one line per call, the reason of a failure included. docs/TRACE.md says what the variable can hold.

use std::fmt;
use std::path::PathBuf;
use std::sync::OnceLock;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::error::failure::Failure;
use crate::sys::process;

/// What the environment asked for when it was first needed. Never changes afterwards.
fn settings() -> Option<&'static Settings> {
    static SETTINGS: OnceLock<Option<Settings>> = OnceLock::new();
    SETTINGS
        .get_or_init(|| {
            let asked = std::env::var_os("WS2_TRACE")?;
            // Whoever starts a setuid program must not choose what it writes where.
            if process::is_privileged() { None } else { Settings::read(&asked.to_string_lossy()) }
        })
        .as_ref()
}

/// Whether there is a trace: `WS2_TRACE` set, not empty, not `0`.
#[must_use]
pub fn wanted() -> bool {
    settings().is_some()
}

/// Writes the line of a call: `send(5, 1024 bytes, 0) = 1024`.
#[cold]
pub fn succeeded(call: &dyn fmt::Display, value: &dyn fmt::Display) {
    write(&|| Line { call: call.to_string(), value: value.to_string(), ..Line::default() });
}

/// Writes the line of a failed call:
/// `send(5, 1024 bytes, 0) = -1 WSAESHUTDOWN 10058: EPIPE after this program's shutdown(SD_SEND)`.
#[cold]
pub fn failed(call: &dyn fmt::Display, value: &dyn fmt::Display, failure: &Failure) {
    write(&|| Line {
        call: call.to_string(),
        value: value.to_string(),
        code: format!("{} {}", failure.code.name().unwrap_or("unknown code"), failure.code.number()),
        why: failure.why.to_owned(),
    });
}

/// Writes the line of a call that failed with a code of Windows itself:
/// `SetEvent(0x10) = 0 ERROR_INVALID_HANDLE 6`.
#[cold]
pub fn refused(call: &dyn fmt::Display, value: &dyn fmt::Display, code: &dyn fmt::Display) {
    write(&|| Line {
        call: call.to_string(),
        value: value.to_string(),
        code: code.to_string(),
        ..Line::default()
    });
}

/// Writes a line that belongs to no call alone, if the trace is on.
#[cold]
pub fn note(line: &dyn fmt::Display) {
    write(&|| Line { why: line.to_string(), ..Line::default() });
}

/// One write per line, so that lines of several threads do not mix.
fn write(line: &dyn Fn() -> Line) {
    let Some(settings) = settings() else { return };
    let line = line();
    if !settings.shows(&line) {
        return;
    }
    let shown = settings.shape(&line, &Moment::now());
    match &settings.file {
        None => process::stderr::write(shown.as_bytes()),
        Some(path) => process::trace_file::append(path, shown.as_bytes()),
    }
}

/// What `WS2_TRACE` holds.
#[derive(Debug, Default, PartialEq)]
struct Settings {
    /// Instead of standard error.
    file: Option<PathBuf>,
    json: bool,
    /// Time and thread in front of every line; JSON has them always.
    time: bool,
    /// Only calls that failed.
    failures: bool,
    /// Only these functions; all where there is none.
    calls: Vec<String>,
    /// Only calls whose first argument is one of these sockets or handles.
    sockets: Vec<String>,
}

impl Settings {
    /// Reads the words, which commas separate. A word that is not known, such as `1`, means the trace as it is.
    fn read(asked: &str) -> Option<Self> {
        if asked.is_empty() || asked == "0" {
            return None;
        }
        let mut settings = Self::default();
        let names = |list: &str| list.split('+').map(str::to_owned).collect::<Vec<_>>();
        for word in asked.split(',') {
            match word.split_once([':', '=']) {
                // Where the program goes to another directory, the file stays where it is.
                Some(("file", path)) => settings.file = std::path::absolute(path).ok(),
                Some(("calls", list)) => settings.calls.extend(names(list)),
                Some(("socket", list)) => settings.sockets.extend(names(list)),
                _ if word == "json" => settings.json = true,
                _ if word == "time" => settings.time = true,
                _ if word == "failures" => settings.failures = true,
                _ => {}
            }
        }
        Some(settings)
    }

    fn shows(&self, line: &Line) -> bool {
        let (function, arguments) = line.parts();
        let first = arguments.split(',').next().unwrap_or_default();
        (!self.failures || !line.code.is_empty())
            && (self.calls.is_empty() || self.calls.iter().any(|name| name == function))
            && (self.sockets.is_empty() || self.sockets.iter().any(|socket| socket == first))
    }

    fn shape(&self, line: &Line, moment: &Moment) -> String {
        if self.json {
            return line.json(moment);
        }
        let front = if self.time { moment.to_string() } else { String::new() };
        format!("{front}{line}\n")
    }
}

/// One line, before it has a shape.
#[derive(Default)]
struct Line {
    /// `send(5, 1024 bytes, 0)`; empty for a note.
    call: String,
    value: String,
    /// `WSAESHUTDOWN 10058`; empty after success.
    code: String,
    why: String,
}

impl Line {
    /// The function and its arguments.
    fn parts(&self) -> (&str, &str) {
        let (function, rest) = self.call.split_once('(').unwrap_or((&self.call, ""));
        (function, rest.strip_suffix(')').unwrap_or(rest))
    }

    /// An object on a line of its own.
    fn json(&self, moment: &Moment) -> String {
        let (function, arguments) = self.parts();
        let mut text =
            format!("{{\"time\":{}.{:06},\"thread\":{}", moment.seconds, moment.micros, moment.thread);
        let mut add = |name: &str, value: &str| {
            if !value.is_empty() {
                text.push_str(&format!(",\"{name}\":{}", Quoted(value)));
            }
        };
        add("call", function);
        add("arguments", arguments);
        add("value", &self.value);
        let (code, number) = self.code.rsplit_once(' ').unwrap_or((&self.code, ""));
        add("code", code);
        add("why", &self.why);
        if number.parse::<u32>().is_ok() {
            text.push_str(&format!(",\"number\":{number}"));
        }
        text.push_str("}\n");
        text
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.call.is_empty() {
            return f.write_str(&self.why);
        }
        write!(f, "{} = {}", self.call, self.value)?;
        if !self.code.is_empty() {
            write!(f, " {}", self.code)?;
        }
        if self.why.is_empty() { Ok(()) } else { write!(f, ": {}", self.why) }
    }
}

/// A text as JSON has it.
struct Quoted<'a>(&'a str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("\"")?;
        for character in self.0.chars() {
            match character {
                '"' | '\\' => write!(f, "\\{character}")?,
                control if control < ' ' => write!(f, "\\u{:04x}", u32::from(control))?,
                other => write!(f, "{other}")?,
            }
        }
        f.write_str("\"")
    }
}

/// When and where a line was written.
struct Moment {
    /// Since 1970, UTC.
    seconds: u64,
    micros: u32,
    thread: u32,
}

impl Moment {
    fn now() -> Self {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Self { seconds: since.as_secs(), micros: since.subsec_micros(), thread: process::thread::number() }
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (hours, minutes, seconds) = (self.seconds / 3600 % 24, self.seconds / 60 % 60, self.seconds % 60);
        write!(f, "{hours:02}:{minutes:02}:{seconds:02}.{:06} [{}] ", self.micros, self.thread)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line() -> Line {
        Line {
            call: "send(5, 3 bytes, MSG_OOB)".into(),
            value: "-1".into(),
            code: "WSAENOTCONN 10057".into(),
            why: "never \"connected\"".into(),
        }
    }

    #[test]
    fn the_variable_is_read_word_by_word() {
        assert_eq!(Settings::read(""), None);
        assert_eq!(Settings::read("0"), None);
        for plain in ["1", "stderr", "yes"] {
            assert_eq!(Settings::read(plain), Some(Settings::default()), "{plain}");
        }
        let all = Settings::read("file:/tmp/a:b,json,time,failures,calls=send+recv,socket=5").unwrap();
        assert_eq!(all.file.as_deref(), Some(std::path::Path::new("/tmp/a:b")));
        assert!(all.json && all.time && all.failures);
        assert_eq!((all.calls, all.sockets), (vec!["send".into(), "recv".into()], vec!["5".into()]));
        assert!(Settings::read("file:relative").unwrap().file.unwrap().is_absolute());
    }

    #[test]
    fn filters_let_through_what_they_name() {
        let well = Line { call: "recv(7, 10 bytes, 0)".into(), value: "10".into(), ..Line::default() };
        for (asked, of_send, of_recv) in [
            ("1", true, true),
            ("failures", true, false),
            ("calls=recv", false, true),
            ("calls=send+recv", true, true),
            ("socket=5", true, false),
            ("socket=5+7,failures", true, false),
            ("calls=recv,socket=5", false, false),
        ] {
            let settings = Settings::read(asked).unwrap();
            assert_eq!((settings.shows(&line()), settings.shows(&well)), (of_send, of_recv), "{asked}");
        }
    }

    #[test]
    fn shapes_of_a_line() {
        let moment = Moment { seconds: 86_399, micros: 7, thread: 42 };
        let shape = |asked| Settings::read(asked).unwrap().shape(&line(), &moment);
        let text = "send(5, 3 bytes, MSG_OOB) = -1 WSAENOTCONN 10057: never \"connected\"\n";
        assert_eq!(shape("1"), text);
        assert_eq!(shape("time"), format!("23:59:59.000007 [42] {text}"));
        assert_eq!(
            shape("json"),
            "{\"time\":86399.000007,\"thread\":42,\"call\":\"send\",\"arguments\":\"5, 3 bytes, MSG_OOB\",\
             \"value\":\"-1\",\"code\":\"WSAENOTCONN\",\"why\":\"never \\\"connected\\\"\",\"number\":10057}\n"
        );
    }
}
