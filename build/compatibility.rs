//! `COMPATIBILITY.md`: the tables of functions, by family, from the list of exports; what is left out; and the options and
//! commands of `compatibility_options.md`, inside the text of `compatibility.md`.

use crate::exports::Export;
use crate::families::{self, FAMILIES};

/// Where the tables go.
const PLACE: &str = "{{functions}}";

/// Where the table of what is left out goes.
const LEFT_OUT_PLACE: &str = "{{left out}}";

/// Where the tables of options and commands go.
const OPTIONS_PLACE: &str = "{{options}}";

/// The whole document.
pub(crate) fn document(
    template: &str,
    options: &str,
    left_out: &str,
    exports: &[Export],
) -> Result<String, String> {
    for place in [PLACE, LEFT_OUT_PLACE, OPTIONS_PLACE] {
        if template.matches(place).count() != 1 {
            return Err(format!("build/compatibility.md must hold {place} once"));
        }
    }
    let text = template.replace(PLACE, &tables(exports)?).replace(LEFT_OUT_PLACE, &omissions(left_out)?);
    Ok(text.replace(OPTIONS_PLACE, options.trim_end()))
}

/// A table for each family.
fn tables(exports: &[Export]) -> Result<String, String> {
    let mut sorted: Vec<&Export> = exports.iter().collect();
    // As a reader looks them up: without regard to case.
    sorted.sort_by_key(|export| (families::of(&export.name), export.name.to_lowercase()));
    let mut text = String::new();
    let mut current = None;
    for export in sorted {
        let family = families::of(&export.name);
        if export.other.is_none() && family + 1 == FAMILIES.len() {
            return Err(format!("build/families.rs has no family for {}", export.name));
        }
        if current != Some(family) {
            current = Some(family);
            let title = FAMILIES.get(family).map_or("", |(title, _)| title);
            text.push_str(&format!(
                "\n### {title}\n\n| function | in | status | notes |\n|---|---|---|---|\n"
            ));
        }
        let status = if export.complete { "complete" } else { "partial" };
        let notes = export.notes.replace('|', "\\|");
        let library = export.other.as_deref().unwrap_or("ws2_32");
        text.push_str(format!("| `{}` | {library} | {status} | {notes}", export.name).trim_end());
        text.push_str(" |\n");
    }
    Ok(text.trim().to_owned())
}

/// The table of what is left out, from `library | names | why`.
fn omissions(text: &str) -> Result<String, String> {
    let mut table = String::from("| of | functions | why |\n|---|---|---|");
    for line in text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        let parts: Vec<&str> = line.splitn(3, '|').map(str::trim).collect();
        let [library, names, why] = parts[..] else {
            return Err(format!("left_out.txt: not `library | names | why`: {line}"));
        };
        let names: Vec<String> = names.split_whitespace().map(|name| format!("`{name}`")).collect();
        table.push_str(&format!("\n| {library} | {} | {why} |", names.join(" ")));
    }
    Ok(table)
}
