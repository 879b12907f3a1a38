//! C text from Rust text: prototypes, comments and error codes, line by line.

/// Names of `<stdint.h>`, which the header does not include, as C has always had them.
const PLAIN_TYPES: &[(&str, &str)] = &[
    ("int8_t", "signed char"),
    ("int16_t", "short"),
    ("int32_t", "int"),
    ("uint8_t", "unsigned char"),
    ("uint16_t", "unsigned short"),
    ("uint32_t", "unsigned int"),
    ("uintptr_t", "UINT_PTR"),
];

/// The prototype of `symbol` as C programs see it: under its own name, with the label. `None` where the line
/// declares something else.
pub(crate) fn bound(line: &str, name: &str, symbol: &str) -> Result<Option<String>, String> {
    let Some((before, after)) = line.split_once(&format!("{symbol}(")) else { return Ok(None) };
    let Some(after) = after.strip_suffix(';').filter(|_| before.ends_with([' ', '*'])) else {
        return Ok(None);
    };
    check(before, after)?;
    let label = if name == symbol { String::new() } else { format!(" WS2_SYMBOL({symbol})") };
    Ok(Some(format!("{}{name}({}{label};", with_plain_types(before), with_plain_types(after))))
}

/// What a prototype must not hold before and after the function's name, once it is C.
fn check(before: &str, after: &str) -> Result<(), String> {
    let boundary = |c: char| !c.is_ascii_alphanumeric() && c != '_';
    for word in before.split(boundary).chain(after.split(boundary)) {
        let complaint = match word {
            "long" => "Windows' long has 32 bits: use LONG, ULONG or DWORD",
            "ssize_t" | "bool" => "Winsock's functions have no such type",
            _ if word.starts_with("ws2_") => "give the type Windows' name in cbindgen.toml, [export.rename]",
            _ if word.ends_with("int64_t") => "use ULONGLONG or LONGLONG",
            _ => continue,
        };
        return Err(format!("`{word}` in the prototype `{before}…{after}`: {complaint}"));
    }
    Ok(())
}

/// The prototype without the names of `<stdint.h>`.
fn with_plain_types(prototype: &str) -> String {
    let boundary = |c: char| !c.is_ascii_alphanumeric() && c != '_';
    prototype
        .split_inclusive(boundary)
        .map(|piece| {
            let word = piece.trim_end_matches(boundary);
            let rest = piece.strip_prefix(word).unwrap_or("");
            let plain = PLAIN_TYPES.iter().find(|(from, _)| *from == word).map_or(word, |(_, to)| to);
            format!("{plain}{rest}")
        })
        .collect()
}

/// The first paragraph that follows the prototype in the Rust documentation, as a C comment.
pub(crate) fn comment(doc: &[String]) -> String {
    let paragraphs = doc.split(|line| line.trim().is_empty()).filter(|lines| !lines.is_empty());
    let first = paragraphs.map(|lines| lines.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" "));
    let first = first.into_iter().find(|text| !(text.starts_with('`') && text.ends_with(")`")));
    let Some(text) = first.filter(|text| !text.starts_with('#')) else {
        return String::new();
    };
    let text = without_links(&text).replace("*/", "* /").replace(['[', ']', '`'], "");
    let mut comment = String::from("/*");
    let mut column = comment.len();
    for word in text.split_whitespace() {
        // C programs know the functions by Windows' names.
        let plain = word.strip_prefix("ws2_").filter(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()));
        let word = plain.unwrap_or(word);
        let length = word.chars().count() + 1;
        if column + length > 105 {
            comment.push_str("\n  ");
            column = 2;
        }
        comment.push(' ');
        comment.push_str(word);
        column += length;
    }
    comment + " */\n"
}

/// The text with `[name]` for every `[name](where it is)`.
fn without_links(text: &str) -> String {
    let mut parts = text.split("](");
    let mut plain = parts.next().unwrap_or("").to_owned();
    for part in parts {
        plain.push(']');
        plain.push_str(part.split_once(')').map_or(part, |(_, rest)| rest));
    }
    plain
}

/// The lines `NAME = number, "text";` of the list of codes, as C has them.
pub(crate) fn codes(source: &str) -> Result<String, String> {
    let (_, list) =
        source.split_once("codes! {").ok_or_else(|| "there is no list `codes! { … }`".to_owned())?;
    let mut defines = String::new();
    for line in list.lines().map(str::trim).take_while(|line| *line != "}") {
        if line.is_empty() || line.starts_with("//") {
            continue;
        }
        let parts = line.strip_suffix("\";").and_then(|line| line.split_once(" = "));
        let parts = parts.and_then(|(name, rest)| Some((name, rest.split_once(", \"")?)));
        let (name, (number, text)) =
            parts.ok_or_else(|| format!("not `NAME = number, \"text\";`: {line}"))?;
        defines.push_str(&format!("#define {name} {number} /* {} */\n", text.replace("*/", "* /")));
    }
    Ok(defines)
}
