//! What `WS2_TRACE` asks for, word by word.

use std::ffi::CString;

use super::line::{Line, Moment};
use crate::sys::platform::environment;
use crate::sys::room::{self, Made, NoMemory};

/// What `WS2_TRACE` holds.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Settings {
    /// Instead of standard error.
    pub(super) file: Option<CString>,
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
    ///
    /// # Errors
    /// [`NoMemory`].
    pub(super) fn read(asked: &str) -> Made<Option<Self>> {
        if asked.is_empty() || asked == "0" {
            return Ok(None);
        }
        let mut settings = Self::default();
        for word in asked.split(',') {
            match word.split_once([':', '=']) {
                // Where the program goes to another directory, the file stays where it is.
                Some(("file", path)) => settings.file = absolute(path)?,
                Some(("calls", list)) => add_names(&mut settings.calls, list)?,
                Some(("socket", list)) => add_names(&mut settings.sockets, list)?,
                _ if word == "json" => settings.json = true,
                _ if word == "time" => settings.time = true,
                _ if word == "failures" => settings.failures = true,
                _ => {}
            }
        }
        Ok(Some(settings))
    }

    pub(super) fn shows(&self, line: &Line) -> bool {
        let (function, arguments) = line.parts();
        let first = arguments.split(',').next().unwrap_or_default();
        (!self.failures || line.is_failure())
            && (self.calls.is_empty() || self.calls.iter().any(|name| name == function))
            && (self.sockets.is_empty() || self.sockets.iter().any(|socket| socket == first))
    }

    pub(super) fn shape(&self, line: &Line, moment: &Moment) -> Made<String> {
        if self.json {
            line.json(moment)
        } else if self.time {
            room::shown(&format_args!("{moment}{line}\n"))
        } else {
            room::shown(&format_args!("{line}\n"))
        }
    }
}

fn add_names(to: &mut Vec<String>, list: &str) -> Made<()> {
    for name in list.split('+') {
        room::push(to, room::text(name)?)?;
    }
    Ok(())
}

/// The name of a file from the root on; none where there is none.
fn absolute(path: &str) -> Made<Option<CString>> {
    if path.is_empty() || path.starts_with('/') {
        return if path.is_empty() { Ok(None) } else { room::c_text(path.as_bytes()).map(Some) };
    }
    match environment::directory() {
        Ok(mut whole) => {
            room::append(&mut whole, b"/")?;
            room::append(&mut whole, path.as_bytes())?;
            room::c_text(&whole).map(Some)
        }
        Err(errno) if errno.number() == libc::ENOMEM => Err(NoMemory),
        Err(_) => Ok(None),
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
            ..Line::default()
        }
    }

    #[test]
    fn the_variable_is_read_word_by_word() {
        assert_eq!(Settings::read(""), Ok(None));
        assert_eq!(Settings::read("0"), Ok(None));
        for plain in ["1", "stderr", "yes"] {
            assert_eq!(Settings::read(plain), Ok(Some(Settings::default())), "{plain}");
        }
        let all =
            Settings::read("file:/tmp/a:b,json,time,failures,calls=send+recv,socket=5").unwrap().unwrap();
        assert_eq!(all.file.as_deref(), Some(c"/tmp/a:b"));
        assert!(all.json && all.time && all.failures);
        assert_eq!((all.calls, all.sockets), (vec!["send".into(), "recv".into()], vec!["5".into()]));
        let file = Settings::read("file:relative").unwrap().unwrap().file.unwrap();
        assert!(file.to_bytes().starts_with(b"/") && file.to_bytes().ends_with(b"/relative"));
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
            let settings = Settings::read(asked).unwrap().unwrap();
            assert_eq!((settings.shows(&line()), settings.shows(&well)), (of_send, of_recv), "{asked}");
        }
    }
}
