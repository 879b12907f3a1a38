//! The names that a C header defines: its macros, types, tags, constants, functions and variables, read from the
//! preprocessor's output with `-dD`.

use std::collections::BTreeSet;

/// The names, by kind.
#[derive(Default)]
pub(crate) struct Names {
    pub(crate) macros: BTreeSet<String>,
    pub(crate) types: BTreeSet<String>,
    pub(crate) constants: BTreeSet<String>,
    pub(crate) tags: BTreeSet<(String, String)>,
    /// Of a structure: `struct tag` and a field.
    pub(crate) fields: BTreeSet<(String, String)>,
    pub(crate) functions: BTreeSet<String>,
}

impl Names {
    /// Reads the parts of the text that are from the wanted files.
    pub(crate) fn of(text: &str, wanted: impl Fn(&str) -> bool) -> Self {
        let mut names = Names::default();
        let mut code = String::new();
        let mut inside = false;
        for line in text.lines() {
            if let Some(mark) = line.strip_prefix("# ") {
                if let Some(path) = mark.split('"').nth(1) {
                    inside = wanted(path);
                }
            } else if let Some(definition) = line.strip_prefix("#define ") {
                let name: String = definition.chars().take_while(|c| word(*c)).collect();
                if inside && !internal(&name) {
                    names.macros.insert(name);
                }
            } else if !line.starts_with('#') && inside {
                code.push_str(line);
                code.push('\n');
            }
        }
        names.read(&tokens(&code));
        names
    }

    /// All names.
    pub(crate) fn all(&self) -> BTreeSet<String> {
        let mut all = self.macros.clone();
        all.extend(self.types.iter().cloned());
        all.extend(self.constants.iter().cloned());
        all.extend(self.tags.iter().map(|(_, tag)| tag.clone()));
        all.extend(self.functions.iter().cloned());
        all.retain(|name| !internal(name));
        all
    }

    /// Cuts the tokens into declarations: at a semicolon, or behind the body of a function.
    fn read(&mut self, tokens: &[&str]) {
        let mut start = 0;
        let mut depth = 0;
        for (at, token) in tokens.iter().enumerate() {
            match *token {
                "{" | "(" | "[" => depth += 1,
                "}" | ")" | "]" => depth -= 1,
                _ => {}
            }
            let body =
                *token == "}" && tokens[start..at].iter().take_while(|t| **t != "{").any(|t| *t == ")");
            let body = body && !matches!(tokens.get(at + 1), Some(&";" | &","));
            if depth == 0 && (*token == ";" || body) {
                self.declaration(&tokens[start..at]);
                start = at + 1;
            }
        }
    }

    fn declaration(&mut self, tokens: &[&str]) {
        self.bodies(tokens);
        let flat = without_bodies(tokens);
        let Some(first) = flat.iter().position(|t| *t != "extern" && *t != "__extension__") else { return };
        if flat[first] == "typedef" {
            for declarator in split(&flat[first + 1..], ",") {
                if let Some(name) = declared(&declarator) {
                    self.types.insert(name.to_owned());
                }
            }
        } else if let Some(name) = declared(&flat) {
            self.functions.insert(name.to_owned());
        }
    }

    /// Tags with a body, their fields, and the constants of enumerations.
    fn bodies(&mut self, tokens: &[&str]) {
        for (at, kind) in
            tokens.iter().enumerate().filter(|(_, t)| matches!(**t, "struct" | "union" | "enum"))
        {
            let mut next = at + 1;
            while tokens.get(next) == Some(&"__attribute__") {
                next += 1 + group(&tokens[next + 1..]);
            }
            let tag = tokens.get(next).copied().filter(|t| t.starts_with(word_start));
            let open = if tag.is_some() { next + 1 } else { next };
            if tokens.get(open) != Some(&"{") {
                continue;
            }
            let body = &tokens[open + 1..open + group(&tokens[open..]) - 1];
            if let Some(tag) = tag {
                self.tags.insert(((*kind).to_owned(), tag.to_owned()));
            }
            if *kind == "enum" {
                for constant in split(body, ",") {
                    self.constants.extend(constant.first().map(|name| (*name).to_owned()));
                }
            } else if let Some(tag) = tag {
                for field in split(body, ";") {
                    for part in split(&without_bodies(&field), ",") {
                        if let Some(name) = declared(&part) {
                            self.fields.insert((format!("{kind} {tag}"), name.to_owned()));
                        }
                    }
                }
            }
        }
    }
}

/// Names that are nobody's to use: guards of files, and what begins as the compiler's own names do.
fn internal(name: &str) -> bool {
    name.is_empty()
        || name.starts_with("__")
        || (name.starts_with('_') && name.ends_with('_'))
        || name.ends_with("_H")
}

fn word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

fn word_start(c: char) -> bool {
    c.is_ascii_alphabetic() || c == '_'
}

/// The length of a text or a character in quotes, with its quotes.
fn text(code: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in code.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return at + 1,
            _ => {}
        }
    }
    code.len()
}

/// Words, numbers, texts and single signs.
fn tokens(code: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = code.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = if word(first) {
            rest.find(|c| !word(c)).unwrap_or(rest.len())
        } else if matches!(first, '"' | '\'') {
            text(rest, first)
        } else {
            first.len_utf8()
        };
        let (token, after) = rest.split_at(length);
        tokens.push(token);
        rest = after.trim_start();
    }
    tokens
}

/// The number of tokens from an opening sign to its closing one.
fn group(tokens: &[&str]) -> usize {
    let mut depth = 0;
    for (at, token) in tokens.iter().enumerate() {
        match *token {
            "{" | "(" | "[" => depth += 1,
            "}" | ")" | "]" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at + 1;
        }
    }
    tokens.len()
}

/// The tokens without what stands in braces, and without attributes and labels.
fn without_bodies<'t>(tokens: &[&'t str]) -> Vec<&'t str> {
    let mut flat = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match tokens[at] {
            "{" => at += group(&tokens[at..]),
            "__attribute__" | "__asm__" | "__asm" | "__declspec" => at += 1 + group(&tokens[at + 1..]),
            token => {
                flat.push(token);
                at += 1;
            }
        }
    }
    flat
}

/// Parts between signs that stand outside of all groups.
fn split<'t>(tokens: &[&'t str], sign: &str) -> Vec<Vec<&'t str>> {
    let mut parts = vec![Vec::new()];
    let mut depth = 0;
    for token in tokens {
        match *token {
            "{" | "(" | "[" => depth += 1,
            "}" | ")" | "]" => depth -= 1,
            _ => {}
        }
        if depth == 0 && *token == sign {
            parts.push(Vec::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(*token);
        }
    }
    parts
}

/// The name that a declaration declares: before the first parenthesis, or in it behind a star.
fn declared<'t>(tokens: &[&'t str]) -> Option<&'t str> {
    let tokens = &tokens[..tokens.iter().position(|t| *t == "=" || *t == ":").unwrap_or(tokens.len())];
    if let Some(open) = tokens.iter().position(|t| *t == "(") {
        let inner = &tokens[open..open + group(&tokens[open..])];
        if inner.contains(&"*") && tokens.get(open + inner.len()) == Some(&"(") {
            return inner.iter().rev().find(|t| t.starts_with(word_start)).copied();
        }
        return tokens[..open].iter().rev().find(|t| t.starts_with(word_start)).copied();
    }
    let end = tokens.iter().position(|t| *t == "[").unwrap_or(tokens.len());
    // A declaration of one word, such as a tag alone, declares nothing.
    tokens[..end].iter().rev().find(|t| t.starts_with(word_start)).copied().filter(|_| !tag_alone(tokens))
}

fn tag_alone(tokens: &[&str]) -> bool {
    matches!(tokens, ["struct" | "union" | "enum", _])
}
