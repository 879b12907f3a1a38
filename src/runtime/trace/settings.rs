//! What `WS2_TRACE` asks for, word by word.

use std::path::PathBuf;

use super::line::{Line, Moment};

/// What `WS2_TRACE` holds.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Settings {
    /// Instead of standard error.
    pub(super) file: Option<PathBuf>,
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
    pub(super) fn read(asked: &str) -> Option<Self> {
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

    pub(super) fn shows(&self, line: &Line) -> bool {
        let (function, arguments) = line.parts();
        let first = arguments.split(',').next().unwrap_or_default();
        (!self.failures || line.is_failure())
            && (self.calls.is_empty() || self.calls.iter().any(|name| name == function))
            && (self.sockets.is_empty() || self.sockets.iter().any(|socket| socket == first))
    }

    pub(super) fn shape(&self, line: &Line, moment: &Moment) -> String {
        if self.json {
            return line.json(moment);
        }
        let front = if self.time { moment.to_string() } else { String::new() };
        format!("{front}{line}\n")
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
}
