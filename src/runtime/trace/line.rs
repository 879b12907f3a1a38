//! One line of the trace, as text or as JSON.

use std::fmt;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::sys::process;
use crate::sys::room::{self, Made};

/// One line, before it has a shape.
#[derive(Default)]
pub(super) struct Line {
    /// `send(5, 1024 bytes, 0)`; empty for a note.
    pub(super) call: String,
    /// `waits`, `begins`, `ends`: what happens where it is not that a call has returned.
    pub(super) state: &'static str,
    pub(super) value: String,
    /// What the program was told beside the value.
    pub(super) told: String,
    /// `WSAESHUTDOWN 10058`; empty after success.
    pub(super) code: String,
    pub(super) why: String,
    /// The system calls that failed meanwhile.
    pub(super) linux: String,
    /// The number of the operation that it tells of, or that the call began; 0 for none.
    pub(super) operation: u64,
}

impl Line {
    /// The function and its arguments.
    pub(super) fn parts(&self) -> (&str, &str) {
        let (function, rest) = self.call.split_once('(').unwrap_or((&self.call, ""));
        (function, rest.strip_suffix(')').unwrap_or(rest))
    }

    /// Whether it tells of a failure. That an operation goes on is none.
    pub(super) fn is_failure(&self) -> bool {
        let goes_on = ["WSA_IO_PENDING ", "ERROR_IO_PENDING "].iter().any(|code| self.code.starts_with(code));
        !self.code.is_empty() && !goes_on
    }

    /// An object on a line of its own.
    ///
    /// # Errors
    /// [`NoMemory`](room::NoMemory).
    pub(super) fn json(&self, moment: &Moment) -> Made<String> {
        room::shown(&Json(self, moment))
    }
}

/// A line as an object of JSON.
struct Json<'a>(&'a Line, &'a Moment);

impl fmt::Display for Json<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(line, moment) = self;
        let (function, arguments) = line.parts();
        let (code, number) = line.code.rsplit_once(' ').unwrap_or((&line.code, ""));
        write!(f, "{{\"time\":{}.{:06},\"thread\":{}", moment.seconds, moment.micros, moment.thread)?;
        for (name, value) in [
            ("call", function),
            ("arguments", arguments),
            ("state", line.state),
            ("value", &line.value),
            ("told", &line.told),
            ("code", code),
            ("why", &line.why),
            ("linux", &line.linux),
        ] {
            if !value.is_empty() {
                write!(f, ",\"{name}\":{}", Quoted(value))?;
            }
        }
        if number.parse::<u32>().is_ok() {
            write!(f, ",\"number\":{number}")?;
        }
        if line.operation != 0 {
            write!(f, ",\"operation\":{}", line.operation)?;
        }
        f.write_str("}\n")
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.call.is_empty() {
            return f.write_str(&self.why);
        }
        if self.state.is_empty() {
            write!(f, "{} = {}", self.call, self.value)?;
        } else {
            if self.operation != 0 {
                write!(f, "operation {}: ", self.operation)?;
            }
            write!(f, "{} {}", self.call, self.state)?;
            if !self.value.is_empty() {
                write!(f, ": {}", self.value)?;
            }
        }
        if !self.told.is_empty() {
            write!(f, ", {}", self.told)?;
        }
        if !self.code.is_empty() {
            write!(f, " {}", self.code)?;
        }
        if !self.why.is_empty() {
            write!(f, ": {}", self.why)?;
        }
        if !self.linux.is_empty() {
            write!(f, " [Linux: {}]", self.linux)?;
        }
        if self.state.is_empty() && self.operation != 0 {
            write!(f, " [operation {}]", self.operation)?;
        }
        Ok(())
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
pub(super) struct Moment {
    /// Since 1970, UTC.
    seconds: u64,
    micros: u32,
    thread: u32,
}

impl Moment {
    pub(super) fn now() -> Self {
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
    use super::super::settings::Settings;
    use super::*;

    fn line() -> Line {
        Line {
            call: "send(5, 3 bytes, MSG_OOB)".into(),
            value: "-1".into(),
            code: "WSAENOTCONN 10057".into(),
            why: "never \"connected\"".into(),
            ..Line::default()
        }
    }

    #[test]
    fn shapes_of_a_line() {
        let moment = Moment { seconds: 86_399, micros: 7, thread: 42 };
        let shape = |asked| Settings::read(asked).unwrap().unwrap().shape(&line(), &moment).unwrap();
        let text = "send(5, 3 bytes, MSG_OOB) = -1 WSAENOTCONN 10057: never \"connected\"\n";
        assert_eq!(shape("1"), text);
        assert_eq!(shape("time"), format!("23:59:59.000007 [42] {text}"));
        assert_eq!(
            shape("json"),
            "{\"time\":86399.000007,\"thread\":42,\"call\":\"send\",\"arguments\":\"5, 3 bytes, MSG_OOB\",\
             \"value\":\"-1\",\"code\":\"WSAENOTCONN\",\"why\":\"never \\\"connected\\\"\",\"number\":10057}\n"
        );
    }
    #[test]
    fn lines_of_other_kinds() {
        let recv = || Line { call: "recv(5, 10 bytes, 0)".into(), ..Line::default() };
        let rows = [
            (Line { state: "waits", ..recv() }, "recv(5, 10 bytes, 0) waits"),
            (
                Line { value: "3".into(), told: "127.0.0.1:80".into(), ..recv() },
                "recv(5, 10 bytes, 0) = 3, 127.0.0.1:80",
            ),
            (Line { value: "-1".into(), operation: 7, ..recv() }, "recv(5, 10 bytes, 0) = -1 [operation 7]"),
            (Line { state: "begins", operation: 7, ..recv() }, "operation 7: recv(5, 10 bytes, 0) begins"),
            (
                Line {
                    state: "ends",
                    operation: 7,
                    value: "0 bytes".into(),
                    code: "WSAECONNRESET 10054".into(),
                    ..recv()
                },
                "operation 7: recv(5, 10 bytes, 0) ends: 0 bytes WSAECONNRESET 10054",
            ),
            (
                Line { value: "-1".into(), linux: "transfer EPIPE".into(), ..recv() },
                "recv(5, 10 bytes, 0) = -1 [Linux: transfer EPIPE]",
            ),
            (Line { why: "a note".into(), ..Line::default() }, "a note"),
        ];
        for (line, expected) in rows {
            assert_eq!(line.to_string(), expected);
        }
        let goes_on = Line { code: "WSA_IO_PENDING 997".into(), ..recv() };
        assert!(!goes_on.is_failure() && !recv().is_failure() && line().is_failure());
        let moment = Moment { seconds: 1, micros: 2, thread: 3 };
        let json = Line { state: "waits", operation: 7, linux: "ioctl EINVAL".into(), ..recv() }
            .json(&moment)
            .unwrap();
        for part in ["\"state\":\"waits\"", "\"operation\":7}", "\"linux\":\"ioctl EINVAL\""] {
            assert!(json.contains(part), "{json}");
        }
    }
}
