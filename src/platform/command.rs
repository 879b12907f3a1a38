//! How a program is named and given its arguments: Windows' command lines, blocks of environment variables, and where a
//! program is looked for.

use crate::sys::room::{self, Made};

/// Splits a command line into arguments, by the rules of Windows' C run-time: the first one ends at a blank or, in quotation
/// marks, at the next mark; in the others `\"` is a mark, `\\"` a backslash and a mark's meaning, `""` inside marks a mark.
///
/// # Errors
/// [`NoMemory`](room::NoMemory).
pub fn arguments(line: &[u8]) -> Made<Vec<Vec<u8>>> {
    let mut found = Vec::new();
    let (first, mut rest) = first(line);
    if first.is_empty() && rest.is_empty() {
        return Ok(found);
    }
    room::push(&mut found, room::copy(first)?)?;
    loop {
        while let [b' ' | b'\t', after @ ..] = rest {
            rest = after;
        }
        if rest.is_empty() {
            return Ok(found);
        }
        let (argument, after) = next(rest)?;
        room::push(&mut found, argument)?;
        rest = after;
    }
}

/// The program's name and what follows it.
#[must_use]
pub fn first(line: &[u8]) -> (&[u8], &[u8]) {
    if let [b'"', quoted @ ..] = line {
        let end = quoted.iter().position(|&byte| byte == b'"').unwrap_or(quoted.len());
        let (name, rest) = quoted.split_at_checked(end).unwrap_or((quoted, b""));
        return (name, rest.get(1..).unwrap_or_default());
    }
    let end = line.iter().position(|byte| matches!(byte, b' ' | b'\t')).unwrap_or(line.len());
    line.split_at_checked(end).unwrap_or((line, b""))
}

/// The longer names that the beginning of a command line can mean where its program has blanks and no quotation marks: up to each blank
/// behind the first piece, and the whole. None is longer than a path of Windows' (`MAX_PATH`).
pub fn longer_names(line: &[u8]) -> impl Iterator<Item = &[u8]> {
    const MAX_PATH: usize = 260;
    let from = if line.starts_with(b"\"") { line.len() + 1 } else { first(line).0.len() + 1 };
    (from..=line.len()).filter_map(move |end| {
        let name = line.get(..end)?;
        let ends = line.get(end).is_none_or(|byte| matches!(byte, b' ' | b'\t'));
        (ends && name.len() < MAX_PATH && !name.ends_with(b" ") && !name.ends_with(b"\t")).then_some(name)
    })
}

/// One argument that is not the first, and what follows it.
fn next(mut rest: &[u8]) -> Made<(Vec<u8>, &[u8])> {
    let mut argument = Vec::new();
    // No argument is longer than what is left of the line.
    argument.try_reserve(rest.len())?;
    let mut quoted = false;
    loop {
        let backslashes = rest.iter().take_while(|&&byte| byte == b'\\').count();
        let after = rest.get(backslashes..).unwrap_or_default();
        if let [b'"', behind @ ..] = after {
            argument.extend(std::iter::repeat_n(b'\\', backslashes / 2));
            rest = behind;
            if backslashes % 2 == 1 {
                argument.push(b'"');
            } else if let (true, [b'"', behind @ ..]) = (quoted, behind) {
                argument.push(b'"');
                rest = behind;
            } else {
                quoted = !quoted;
            }
            continue;
        }
        argument.extend(std::iter::repeat_n(b'\\', backslashes));
        match after {
            [] => return Ok((argument, after)),
            [b' ' | b'\t', ..] if !quoted => return Ok((argument, after)),
            [byte, behind @ ..] => {
                argument.push(*byte);
                rest = behind;
            }
        }
    }
}

/// Whether a program is Windows' command interpreter, whose place the shell takes here.
#[must_use]
pub fn is_interpreter(program: &[u8]) -> bool {
    let name = program.rsplit(|byte| matches!(byte, b'\\' | b'/')).next().unwrap_or_default();
    [&b"cmd"[..], b"cmd.exe", b"command.com"].iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// What the shell is called with in the interpreter's place: `/c` and `/k` are followed by a command as it is; other
/// switches mean nothing to it.
///
/// # Errors
/// [`NoMemory`](room::NoMemory).
pub fn shell(after_name: &[u8]) -> Made<Vec<Vec<u8>>> {
    let called = |with: &[&[u8]]| {
        let mut texts = Vec::new();
        for text in [&b"sh"[..]].iter().chain(with) {
            room::push(&mut texts, room::copy(text)?)?;
        }
        Ok(texts)
    };
    let mut rest = after_name;
    loop {
        while let [b' ' | b'\t', after @ ..] = rest {
            rest = after;
        }
        let [b'/', letter, after @ ..] = rest else { return called(&[]) };
        // One pair of marks around the whole command goes.
        let command = match after.trim_ascii() {
            [b'"', inner @ .., b'"'] if !inner.contains(&b'"') => inner,
            text => text,
        };
        match letter.to_ascii_lowercase() {
            b'c' => return called(&[b"-c", command]),
            // The interpreter goes on afterwards.
            b'k' => return called(&[b"-c", &joined(&[command, b"\nexec sh"])?]),
            _ => {
                let end = after.iter().position(|byte| matches!(byte, b' ' | b'\t')).unwrap_or(after.len());
                rest = after.get(end..).unwrap_or_default();
            }
        }
    }
}

/// Texts, one behind the other.
///
/// # Errors
/// [`NoMemory`](room::NoMemory).
pub fn joined(parts: &[&[u8]]) -> Made<Vec<u8>> {
    let mut text = Vec::new();
    for part in parts {
        text.try_reserve(part.len())?;
        text.extend_from_slice(part);
    }
    Ok(text)
}

/// A name with `/` where Windows has `\`.
///
/// # Errors
/// [`NoMemory`](room::NoMemory).
pub fn slashes(name: &[u8]) -> Made<Vec<u8>> {
    room::list(name.iter().map(|&byte| if byte == b'\\' { b'/' } else { byte }))
}

/// The names under which a program may be here: as it stands, and without the `.exe` that Linux' programs have not. In a command line a
/// name without an extension may have it, too.
///
/// # Errors
/// [`NoMemory`](room::NoMemory).
pub fn spellings(name: &[u8], of_line: bool) -> Made<Vec<Vec<u8>>> {
    let mut found = Vec::new();
    let stem = name.len().checked_sub(4).and_then(|at| name.split_at_checked(at));
    let stem = stem.filter(|(stem, end)| end.eq_ignore_ascii_case(b".exe") && !stem.is_empty());
    for name in [name].into_iter().chain(stem.map(|(stem, _)| stem)) {
        room::push(&mut found, slashes(name)?)?;
    }
    let last = name.rsplit(|byte| matches!(byte, b'/' | b'\\')).next().unwrap_or_default();
    if of_line && !last.is_empty() && !last.contains(&b'.') {
        room::push(&mut found, slashes(&joined(&[name, b".exe"])?)?)?;
    }
    Ok(found)
}

/// Where a program without a directory in its name is looked for: beside this program, where this program runs, and in the
/// directories of `PATH`.
///
/// # Errors
/// [`NoMemory`](room::NoMemory).
pub fn places(name: &[u8], own: &[u8], path: &[u8]) -> Made<Vec<Vec<u8>>> {
    let mut found = Vec::new();
    if name.contains(&b'/') {
        room::push(&mut found, room::copy(name)?)?;
        return Ok(found);
    }
    let own = own.iter().rposition(|&byte| byte == b'/').and_then(|at| own.get(..at));
    for directory in own.into_iter().chain([&b"."[..]]).chain(path.split(|&byte| byte == b':')) {
        let directory = if directory.is_empty() { b"." } else { directory };
        room::push(&mut found, joined(&[directory, b"/", name])?)?;
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(found: Made<Vec<Vec<u8>>>) -> Vec<String> {
        found.unwrap().into_iter().map(|text| String::from_utf8(text).unwrap()).collect()
    }

    #[test]
    fn command_lines() {
        let cases: &[(&str, &[&str])] = &[
            ("", &[]),
            ("a", &["a"]),
            ("a  b\tc ", &["a", "b", "c"]),
            (r#""C:\x y\z.exe" 1"#, &[r"C:\x y\z.exe", "1"]),
            (r#"p "a b" c"#, &["p", "a b", "c"]),
            (r#"p a\"b "c\\" d\e"#, &["p", r#"a"b"#, r"c\", r"d\e"]),
            (r#"p "a ""b"" c""#, &["p", r#"a "b" c"#]),
            (r#"p "" x"#, &["p", "", "x"]),
            (r#"p "open"#, &["p", "open"]),
            (r#"p a\\\"b"#, &["p", r#"a\"b"#]),
            (" a", &["", "a"]),
        ];
        for (line, expected) in cases {
            assert_eq!(texts(arguments(line.as_bytes())), *expected, "{line}");
        }
    }

    #[test]
    fn programs_with_blanks_and_no_marks() {
        let long = format!("p {}", "x ".repeat(200));
        let cases: &[(&str, &[&str])] = &[
            ("", &[]),
            ("a", &[]),
            ("a b", &["a b"]),
            (r"C:\My Files\x y z", &[r"C:\My Files\x", r"C:\My Files\x y", r"C:\My Files\x y z"]),
            ("a  b ", &["a  b"]),
            (r#""a b" c"#, &[]),
        ];
        for (line, expected) in cases {
            let found: Vec<&str> =
                longer_names(line.as_bytes()).map(|name| std::str::from_utf8(name).unwrap()).collect();
            assert_eq!(found, *expected, "{line}");
        }
        assert_eq!(longer_names(long.as_bytes()).last().map(<[u8]>::len), Some(259));
    }

    #[test]
    fn the_shell_takes_the_interpreters_place() {
        for name in ["cmd", "CMD.EXE", r"C:\Windows\System32\cmd.exe", "command.com"] {
            assert!(is_interpreter(name.as_bytes()), "{name}");
        }
        for name in ["", "cmdx", "sh", "cmd.exe/x"] {
            assert!(!is_interpreter(name.as_bytes()), "{name}");
        }
        let cases: &[(&str, &[&str])] = &[
            ("", &["sh"]),
            (" /q", &["sh"]),
            (" /C echo  a b", &["sh", "-c", "echo  a b"]),
            (r#" /s /c "echo a""#, &["sh", "-c", "echo a"]),
            (r#"/c "a" "b""#, &["sh", "-c", r#""a" "b""#]),
            ("/k cd x", &["sh", "-c", "cd x\nexec sh"]),
        ];
        for (line, expected) in cases {
            assert_eq!(texts(shell(line.as_bytes())), *expected, "{line}");
        }
    }

    #[test]
    fn programs_are_looked_for() {
        assert_eq!(texts(spellings(br"a\b.EXE", true)), ["a/b.EXE", "a/b"]);
        assert_eq!(texts(spellings(br"a.b\c", true)), ["a.b/c", "a.b/c.exe"]);
        assert_eq!(texts(spellings(br"a.b\c", false)), ["a.b/c"]);
        assert_eq!(texts(spellings(b".exe", false)), [".exe"]);
        assert_eq!(
            texts(places(b"x", b"/opt/p", b"/bin::/usr/bin")),
            ["/opt/x", "./x", "/bin/x", "./x", "/usr/bin/x"]
        );
        assert_eq!(texts(places(b"./x", b"/opt/p", b"/bin")), ["./x"]);
    }
}
