//! How a program is named and given its arguments: Windows' command lines, blocks of environment variables, and where a
//! program is looked for.

/// Splits a command line into arguments, by the rules of Windows' C run-time: the first one ends at a blank or, in quotation
/// marks, at the next mark; in the others `\"` is a mark, `\\"` a backslash and a mark's meaning, `""` inside marks a mark.
#[must_use]
pub fn arguments(line: &[u8]) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    let (first, mut rest) = first(line);
    if first.is_empty() && rest.is_empty() {
        return found;
    }
    found.push(first.to_vec());
    loop {
        while let [b' ' | b'\t', after @ ..] = rest {
            rest = after;
        }
        if rest.is_empty() {
            return found;
        }
        let (argument, after) = next(rest);
        found.push(argument);
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

/// One argument that is not the first, and what follows it.
fn next(mut rest: &[u8]) -> (Vec<u8>, &[u8]) {
    let mut argument = Vec::new();
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
            [] => return (argument, after),
            [b' ' | b'\t', ..] if !quoted => return (argument, after),
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
    let name = name.to_ascii_lowercase();
    matches!(name.as_slice(), b"cmd" | b"cmd.exe" | b"command.com")
}

/// What the shell is called with in the interpreter's place: `/c` and `/k` are followed by a command as it is; other
/// switches mean nothing to it.
#[must_use]
pub fn shell(after_name: &[u8]) -> Vec<Vec<u8>> {
    let mut rest = after_name;
    loop {
        while let [b' ' | b'\t', after @ ..] = rest {
            rest = after;
        }
        let [b'/', letter, after @ ..] = rest else { return vec![b"sh".to_vec()] };
        let command = || {
            let text = after.trim_ascii();
            // One pair of marks around the whole command goes.
            let text = match text {
                [b'"', inner @ .., b'"'] if !inner.contains(&b'"') => inner,
                text => text,
            };
            text.to_vec()
        };
        match letter.to_ascii_lowercase() {
            b'c' => return vec![b"sh".to_vec(), b"-c".to_vec(), command()],
            // The interpreter goes on afterwards.
            b'k' => {
                let mut text = command();
                text.extend_from_slice(b"\nexec sh");
                return vec![b"sh".to_vec(), b"-c".to_vec(), text];
            }
            _ => {
                let end = after.iter().position(|byte| matches!(byte, b' ' | b'\t')).unwrap_or(after.len());
                rest = after.get(end..).unwrap_or_default();
            }
        }
    }
}

/// The names under which a program may be here: as it stands, and without the `.exe` that Linux' programs have not.
#[must_use]
pub fn spellings(name: &[u8]) -> Vec<Vec<u8>> {
    let name: Vec<u8> = name.iter().map(|&byte| if byte == b'\\' { b'/' } else { byte }).collect();
    let mut found = vec![name.clone()];
    if let Some((stem, end)) = name.len().checked_sub(4).and_then(|at| name.split_at_checked(at))
        && end.eq_ignore_ascii_case(b".exe")
        && !stem.is_empty()
    {
        found.push(stem.to_vec());
    }
    found
}

/// Where a program without a directory in its name is looked for: beside this program, where this program runs, and in the
/// directories of `PATH`.
#[must_use]
pub fn places(name: &[u8], own: &[u8], path: &[u8]) -> Vec<Vec<u8>> {
    if name.contains(&b'/') {
        return vec![name.to_vec()];
    }
    let within = |directory: &[u8]| {
        let mut place = if directory.is_empty() { b".".to_vec() } else { directory.to_vec() };
        place.push(b'/');
        place.extend_from_slice(name);
        place
    };
    let own = own.iter().rposition(|&byte| byte == b'/').and_then(|at| own.get(..at));
    own.into_iter().chain([&b"."[..]]).chain(path.split(|&byte| byte == b':')).map(within).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(found: Vec<Vec<u8>>) -> Vec<String> {
        found.into_iter().map(|text| String::from_utf8(text).unwrap()).collect()
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
        assert_eq!(texts(spellings(br"a\b.EXE")), ["a/b.EXE", "a/b"]);
        assert_eq!(texts(spellings(b".exe")), [".exe"]);
        assert_eq!(
            texts(places(b"x", b"/opt/p", b"/bin::/usr/bin")),
            ["/opt/x", "./x", "/bin/x", "./x", "/usr/bin/x"]
        );
        assert_eq!(texts(places(b"./x", b"/opt/p", b"/bin")), ["./x"]);
    }
}
