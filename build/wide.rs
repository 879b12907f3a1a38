//! Calls with an `unsigned long *` where the function takes a `DWORD *` or `u_long *`, which on Windows is the same
//! type. C++ gets a template that lends the callee 32 bits, for each prototype that has such a parameter. C gets a macro that
//! begins with the function's own name, so that a member of that name of a structure is called as before, and hands on the
//! lower half of the number, after the upper one has become 0; for Berkeley's functions, which give nothing back when they
//! fail, it chooses an inline function instead.

/// Types of 32 bits for which Windows' programs also write `unsigned long`.
const TYPES: &[&str] = &["DWORD", "ULONG", "u_long"];

/// The most parameters of a function for which ws2_dwords.h has a `WS2_TAKES_…`.
const MOST: usize = 16;

/// One parameter of a prototype.
struct Parameter<'p> {
    kind: &'p str,
    name: &'p str,
    wide: bool,
}

/// Adds the text to a header, before its last line.
pub(crate) fn add(header: &str) -> Result<String, String> {
    let mut text = String::new();
    for line in header.lines() {
        if let Some(added) = prototype(line)? {
            text.push_str(&added);
        }
    }
    if text.is_empty() {
        return Ok(header.to_owned());
    }
    let whole = header.strip_suffix("#endif\n").ok_or("the header does not end with its guard")?;
    Ok(format!(
        "{whole}/* The same functions with an unsigned long * for a number of 32 bits. See ws2_dwords.h. */\n\
         #include \"ws2_dwords.h\"\n{text}\n#endif\n"
    ))
}

/// What belongs to a line that is a prototype with such a parameter.
fn prototype(line: &str) -> Result<Option<String>, String> {
    if line.starts_with(['/', '#', ' ', '}', '\t']) {
        return Ok(None);
    }
    let Some((start, rest)) = line.split_once('(') else { return Ok(None) };
    let Some((list, _)) = rest.split_once(')') else { return Ok(None) };
    let parameters: Vec<Parameter<'_>> = list.split(", ").filter_map(parameter).collect();
    if !parameters.iter().any(|parameter| parameter.wide) {
        return Ok(None);
    }
    if parameters.len() > MOST {
        return Err(format!("{line} has more than {MOST} parameters"));
    }
    let Some(at) = start.rfind([' ', '*']).map(|at| at + 1) else { return Ok(None) };
    let (result, name) = start.split_at(at);
    let lends = function(result, name, &parameters);
    let template = template(result.trim_end(), name, &parameters);
    let chosen = chosen(name, &parameters);
    Ok(Some(if is_berkeley(&parameters) {
        format!("\n{lends}\n#ifdef WS2_OVERLOADS\n{template}#elif !defined(__cplusplus)\n{chosen}#endif\n")
    } else {
        format!("\n#ifdef WS2_OVERLOADS\n{lends}\n{template}#elif !defined(__cplusplus)\n{chosen}#endif\n")
    }))
}

/// Splits `DWORD *lpFlags`.
fn parameter(text: &str) -> Option<Parameter<'_>> {
    let (kind, name) = text.split_at(text.rfind([' ', '*'])? + 1);
    let wide = kind.trim_end().strip_suffix(" *").is_some_and(|kind| TYPES.contains(&kind));
    Some(Parameter { kind, name, wide })
}

/// Whether it is one of Berkeley's functions, which change nothing when they fail.
fn is_berkeley(parameters: &[Parameter<'_>]) -> bool {
    parameters.iter().any(|parameter| parameter.wide && parameter.kind == "u_long *")
}

/// Whether a result means success, so that the number has been written.
fn success(result: &str) -> &'static str {
    match result.trim_end() {
        "int" | "INT" => "result != -1",
        "DWORD" | "ULONG" | "HRESULT" => "result == 0",
        "BOOL" | "BOOLEAN" => "result != 0",
        "HANDLE" => "result != 0 && result != (HANDLE)(LONG_PTR)-1",
        _ => "1",
    }
}

fn joined(parameters: &[Parameter<'_>], text: impl Fn(&Parameter<'_>) -> String) -> String {
    parameters.iter().map(text).collect::<Vec<_>>().join(", ")
}

/// The inline function, for C and C++.
fn function(result: &str, name: &str, parameters: &[Parameter<'_>]) -> String {
    let takes = joined(parameters, |p| match p.wide {
        true => format!("struct ws2_dwords {}", p.name),
        false => format!("{}{}", p.kind, p.name),
    });
    let gives = joined(parameters, |p| match p.wide {
        true => format!("ws2_dwords_lend({}, &ws2_{})", p.name, p.name),
        false => p.name.to_owned(),
    });
    let wide: Vec<&Parameter<'_>> = parameters.iter().filter(|p| p.wide).collect();
    let rooms: String = wide.iter().map(|p| format!("    DWORD ws2_{} = 0;\n", p.name)).collect();
    // A length that did not suffice comes back as the length that is needed; Berkeley's functions give nothing back
    // when they fail.
    let unless = if wide.iter().any(|p| p.kind == "u_long *") {
        // FIONBIO reads only. A program's own wrapper may hand on its u_long * as unsigned long *, one type on Windows: then
        // only half of what the pointer says is there to be written.
        let reads = if name == "ioctlsocket" { " && (unsigned int)cmd != 0x8004667Eu" } else { "" };
        format!("    if ({}{reads})\n    ", success(result))
    } else {
        String::new()
    };
    let backs: String = wide
        .iter()
        .map(|p| format!("{unless}    ws2_dwords_back({0}, ws2_{0}, {1});\n", p.name, success(result)))
        .collect();
    format!(
        "static __inline__ {result}ws2_wide_{name}({takes})\n{{\n{rooms}    {result}result = {name}({gives});\n\n\
         {backs}    return result;\n}}\n"
    )
}

/// The template: it is there for an `unsigned long *` only, so that in all other calls the function is meant.
fn template(result: &str, name: &str, parameters: &[Parameter<'_>]) -> String {
    let wide = parameters.iter().filter(|p| p.wide).count();
    let letters: Vec<String> = (1..=wide).map(|number| format!("Wide{number}")).collect();
    let types: Vec<String> = letters.iter().map(|letter| format!("typename {letter}")).collect();
    let mut next = letters.iter();
    let takes: Vec<String> = parameters
        .iter()
        .map(|p| match p.wide.then(|| next.next()).flatten() {
            Some(letter) => format!("{letter} {}", p.name),
            None => format!("{}{}", p.kind, p.name),
        })
        .collect();
    let gives = joined(parameters, |p| match p.wide {
        true => format!("ws2_dwords_of({})", p.name),
        false => p.name.to_owned(),
    });
    format!(
        "extern \"C++\" {{\ntemplate <{}>\ninline typename ws2_if_wide<{result}, {}>::result {name}({})\n{{\n    return \
         ws2_wide_{name}({gives});\n}}\n}}\n",
        types.join(", "),
        letters.join(", "),
        takes.join(", ")
    )
}

/// The macro. Another number of arguments than the function has comes of braces in an argument, whose commas divide it:
/// then the function itself is called.
fn chosen(name: &str, parameters: &[Parameter<'_>]) -> String {
    let takes = joined(parameters, |p| p.name.to_owned());
    let (callee, by) = match is_berkeley(parameters) {
        true => (format!("ws2_wide_{name}"), "WS2_DWORDS"),
        false => (name.to_owned(), "WS2_LOWER_HALF"),
    };
    let gives = joined(parameters, |p| match p.wide {
        true => format!("{by}({})", p.name),
        false => p.name.to_owned(),
    });
    format!(
        "# define ws2_wide_arguments_{name}({takes}) \\\n    {callee}({gives})\n# define {name}(...) \\\n    \
         WS2_TAKES_{}({name}, ws2_wide_arguments_{name}, __VA_ARGS__)\n",
        parameters.len()
    )
}
