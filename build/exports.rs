//! The list of exports, `src/ffi/exports.txt`: one line per function, from which the symbols, the header and the
//! compatibility table are made.

/// One line of the list.
#[derive(Debug)]
pub(crate) struct Export {
    /// Windows' name of the function.
    pub(crate) name: String,
    /// POSIX has a function of this name too, so the Rust symbol carries a prefix.
    pub(crate) posix: bool,
    /// A function of kernel32 or of the C run-time. Other libraries that bring Windows to Unix define the same names, so
    /// the Rust symbol carries a prefix and the shared library has no plain name.
    pub(crate) kernel: bool,
    /// Everything that Windows' function does is done.
    pub(crate) complete: bool,
    /// What is refused, or what else the reader of the table should know.
    pub(crate) notes: String,
}

impl Export {
    /// The symbol that the Rust function defines.
    pub(crate) fn symbol(&self) -> String {
        if self.posix || self.kernel { format!("ws2_{}", self.name) } else { self.name.clone() }
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
    let (posix, kernel) = match kind {
        "posix" => (true, false),
        "winsock" => (false, false),
        "kernel" => (false, true),
        other => return Err(format!("the kind is `posix`, `winsock` or `kernel`, not `{other}`")),
    };
    let complete = match status {
        "complete" => true,
        "partial" if notes.is_empty() => return Err("`partial` needs notes: what is refused?".into()),
        "partial" => false,
        other => return Err(format!("the status is `complete` or `partial`, not `{other}`")),
    };
    Ok(Export { name: name.into(), posix, kernel, complete, notes: notes.into() })
}
