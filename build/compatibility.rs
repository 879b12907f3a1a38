//! `COMPATIBILITY.md`: the table of functions from the list of exports, inside the text of `compatibility.md`.

use crate::exports::Export;

/// Where the table goes.
const PLACE: &str = "{{functions}}";

/// The whole document.
pub(crate) fn document(template: &str, exports: &[Export]) -> Result<String, String> {
    if template.matches(PLACE).count() != 1 {
        return Err(format!("build/compatibility.md must hold {PLACE} once"));
    }
    let mut table = String::from("| function | status | notes |\n|---|---|---|");
    for export in exports {
        let status = if export.complete { "complete" } else { "partial" };
        let notes = export.notes.replace('|', "\\|");
        table.push_str(format!("\n| `{}` | {status} | {notes}", export.name).trim_end());
        table.push_str(" |");
    }
    Ok(template.replace(PLACE, &table))
}
