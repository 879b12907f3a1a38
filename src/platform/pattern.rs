//! Patterns of file names, with the rules of `FindFirstFile`: the wildcards are read as Windows' file systems get them
//! (`FsRtlIsNameInExpression`), and each character counts once, however many bytes it has.

use crate::sys::room::{self, Made};

/// A part of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// This character, whatever its case.
    One(char),
    /// `?`: any character but a full stop; nothing at the end and before a full stop.
    AtMostOne,
    /// `.` with a wildcard behind it: a full stop, or nothing at the end.
    Stop,
    /// `*`: any number of characters.
    Any,
    /// `*` with a full stop behind it: likewise, but not the last full stop.
    AnyButLastStop,
}

/// The characters of a name; a byte that is no text is one of its own, which no text has.
fn characters(name: &[u8]) -> impl Iterator<Item = char> {
    name.utf8_chunks().flat_map(|chunk| {
        let broken = chunk.invalid().iter().map(|&byte| {
            // Of the last private plane.
            char::from_u32(0x10_FF00 | u32::from(byte)).unwrap_or(char::REPLACEMENT_CHARACTER)
        });
        chunk.valid().chars().chain(broken)
    })
}

/// The same for both cases, where these are one character each.
fn folded(character: char) -> char {
    let mut upper = character.to_uppercase();
    match (upper.next(), upper.next()) {
        (Some(one), None) => one,
        _ => character,
    }
}

/// A pattern that has been read.
#[derive(Debug)]
pub struct Pattern(Vec<Part>);

impl Pattern {
    /// Reads a pattern. Full stops at its end are no part of it, as of any name on Windows; but `*.` is what has none.
    ///
    /// # Errors
    /// [`NoMemory`](room::NoMemory).
    pub fn new(text: &[u8]) -> Made<Self> {
        if text == b"*.*" {
            return Ok(Self(room::list([Part::Any])?));
        }
        let ended = text.iter().rposition(|&byte| byte != b'.').map_or(0, |last| last + 1);
        let mut parts = Vec::new();
        for character in characters(text.get(..ended).unwrap_or_default()) {
            if let (Some(last), '?' | '*') =
                (parts.last_mut().filter(|last| **last == Part::One('.')), character)
            {
                *last = Part::Stop;
            }
            if let (Some(last), '.') = (parts.last_mut().filter(|last| **last == Part::Any), character) {
                *last = Part::AnyButLastStop;
            }
            let part = match character {
                '?' => Part::AtMostOne,
                '*' => Part::Any,
                character => Part::One(folded(character)),
            };
            room::push(&mut parts, part)?;
        }
        if let (Some(last), true) = (parts.last_mut().filter(|last| **last == Part::Any), ended < text.len())
        {
            *last = Part::AnyButLastStop;
        }
        Ok(Self(parts))
    }

    /// Whether a name fits.
    ///
    /// # Errors
    /// [`NoMemory`](room::NoMemory).
    pub fn fits(&self, name: &[u8]) -> Made<bool> {
        // Whether so many parts can be used up by what of the name has been seen; all of them, at the end.
        let mut used = room::list(std::iter::once(true).chain(self.0.iter().map(|_| false)))?;
        let mut stops = characters(name).filter(|&character| character == '.').count();
        for character in characters(name) {
            stops -= usize::from(character == '.');
            self.skip(&mut used, Some(character));
            self.take(&mut used, character, stops == 0);
        }
        self.skip(&mut used, None);
        Ok(used.last().copied().unwrap_or(false))
    }

    /// Parts that nothing of the name is for, before a character and at the end.
    fn skip(&self, used: &mut [bool], before: Option<char>) {
        for (at, part) in self.0.iter().enumerate() {
            let may_be_nothing = match part {
                Part::One(_) => false,
                Part::AtMostOne => matches!(before, None | Some('.')),
                Part::Stop => before.is_none(),
                Part::Any | Part::AnyButLastStop => true,
            };
            if let (true, Some([here, next])) = (may_be_nothing, used.get_mut(at..at + 2)) {
                *next |= *here;
            }
        }
    }

    /// A character.
    fn take(&self, used: &mut [bool], character: char, no_stop_follows: bool) {
        for (at, part) in self.0.iter().enumerate().rev() {
            let (stays, goes_on) = match part {
                Part::One(wanted) => (false, *wanted == folded(character)),
                Part::AtMostOne => (false, character != '.'),
                Part::Stop => (false, character == '.'),
                Part::Any => (true, false),
                Part::AnyButLastStop => (character != '.' || !no_stop_follows, false),
            };
            if let Some([here, next]) = used.get_mut(at..at + 2) {
                // What was in `next` has been moved on already, or is the end, which no character comes behind.
                *next = *here && goes_on || *next && at + 1 < self.0.len();
                *here &= stays;
            }
        }
        if self.0.is_empty() {
            used.fill(false);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns() {
        for (pattern, name, expected) in [
            ("*", "a", true),
            ("*.*", "noext", true),
            ("*.txt", "A.TXT", true),
            ("*.txt", "a.txt.bak", false),
            ("*.txt", "a.b.txt", true),
            ("*.txt", ".txt", true),
            ("a?c", "abc", true),
            ("a?c", "ac", false),
            ("a*b*c", "a--b--c", true),
            ("a*b*c", "a--c--b", false),
            ("x*", "", false),
            ("file*", "File", true),
            // A full stop with a wildcard behind it may be missing at the end.
            ("name.*", "name", true),
            ("name.*", "name.x", true),
            ("name.*", "names", false),
            ("name.???", "name", true),
            ("name.?", "name.xy", false),
            ("*.*.*", "a.b", true),
            // A question mark is nothing at the end and before a full stop, and no full stop.
            ("??", "a", true),
            ("??", "abc", false),
            ("a??", "a", true),
            ("a?.txt", "a.txt", true),
            ("a?.txt", "ab.txt", true),
            ("a?b", "a.b", false),
            ("?", ".", false),
            // A star before a full stop does not take the last one.
            ("*.", "noext", true),
            ("*.", "a.b", false),
            ("*.b", "a.b.c", false),
            ("*.?", "a.b.c", true),
            ("a*.", "a", true),
            // Characters, of whatever length.
            ("?.txt", "ä.txt", true),
            ("Ä*", "äb", true),
            ("???", "漢字x", true),
            ("?", "漢字", false),
            ("ß*", "ßa", true),
        ] {
            let fits = Pattern::new(pattern.as_bytes()).unwrap().fits(name.as_bytes());
            assert_eq!(fits.unwrap(), expected, "{pattern} {name}");
        }
    }

    #[test]
    fn bytes_that_are_no_text() {
        let fits = |pattern: &[u8], name: &[u8]| Pattern::new(pattern).unwrap().fits(name).unwrap();
        assert!(fits(b"?.txt", b"\xFF.txt") && fits(b"\xFF*", b"\xFFx") && !fits(b"\xFF*", b"\xFEx"));
    }

    /// Each star doubled what was tried.
    #[test]
    fn many_stars_take_no_time() {
        let pattern = "*a".repeat(60);
        let name = "a".repeat(250);
        let fits = Pattern::new(pattern.as_bytes()).unwrap().fits(format!("{name}b").as_bytes());
        assert!(!fits.unwrap());
    }
}
