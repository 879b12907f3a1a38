//! The list of exports, `src/ffi/exports.txt`: one line per function, from which the symbols, the header and the
//! compatibility table are made.

/// The libraries of Windows, beside ws2_32, whose functions are here. Their names are kinds.
pub(crate) const OTHER_LIBRARIES: &[&str] =
    &["advapi32", "iphlpapi", "kernel32", "mswsock", "ntdll", "user32", "winmm"];

/// One line of the list.
#[derive(Debug)]
pub(crate) struct Export {
    /// Windows' name of the function.
    pub(crate) name: String,
    /// POSIX has a function of this name too, so the Rust symbol carries a prefix.
    pub(crate) posix: bool,
    /// Declared by `ws2_kernel.h`: the objects, and what waits for them.
    pub(crate) kernel: bool,
    /// The library of Windows that has it, if that is not ws2_32: the Rust symbol carries the prefix, and this library
    /// does not have the plain name.
    pub(crate) other: Option<String>,
    /// Everything that Windows' function does is done.
    pub(crate) complete: bool,
    /// What is refused, or what else the reader of the table should know.
    pub(crate) notes: String,
}

impl Export {
    /// The symbol that the Rust function defines.
    pub(crate) fn symbol(&self) -> String {
        if self.posix || self.other.is_some() { format!("ws2_{}", self.name) } else { self.name.clone() }
    }
}

/// Reads the list; the error says which line is wrong and how.
pub(crate) fn parse(text: &str) -> Result<Vec<Export>, String> {
    let mut exports: Vec<Export> = Vec::new();
    for (index, line) in text.lines().enumerate() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let export = entry(line).map_err(|why| format!("exports.txt, line {}: {why}", index + 1))?;
        if let Some(last) = exports.last().filter(|last| last.name >= export.name) {
            return Err(format!(
                "exports.txt, line {}: {} stands after {}; every name stands once, in byte order",
                index + 1,
                export.name,
                last.name
            ));
        }
        exports.push(export);
    }
    Ok(exports)
}

/// Reads `name | kind | status | notes`.
fn entry(line: &str) -> Result<Export, String> {
    let fields: Vec<&str> = line.splitn(4, '|').map(str::trim).collect();
    let [name, kind, status, notes] = fields[..] else {
        return Err("expected `name | kind | status | notes`".into());
    };
    if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
        return Err(format!("`{name}` is no name of a function"));
    }
    let (posix, other) = match kind {
        "posix" => (true, None),
        "winsock" => (false, None),
        // Of kernel32 or of the C run-time: the objects, and what waits for them.
        "kernel" => (false, Some("kernel32".to_owned())),
        other if OTHER_LIBRARIES.contains(&other) => (false, Some(other.to_owned())),
        other => {
            return Err(format!("the kind is `posix`, `winsock` or a library of Windows, not `{other}`"));
        }
    };
    let complete = match status {
        "complete" => true,
        "partial" if notes.is_empty() => return Err("`partial` needs notes: what is refused?".into()),
        "partial" => false,
        other => return Err(format!("the status is `complete` or `partial`, not `{other}`")),
    };
    let kernel = kind == "kernel";
    Ok(Export { name: name.into(), posix, kernel, other, complete, notes: notes.into() })
}
