//! `COMPATIBILITY.md`: the table of functions from the list of exports, and the options and commands of
//! `compatibility_options.md`, inside the text of `compatibility.md`.

use crate::exports::Export;

/// Where the table goes.
const PLACE: &str = "{{functions}}";

/// Where the table of the functions of other libraries goes.
const OTHERS_PLACE: &str = "{{others}}";

/// Where the tables of options and commands go.
const OPTIONS_PLACE: &str = "{{options}}";

/// The whole document.
pub(crate) fn document(template: &str, options: &str, exports: &[Export]) -> Result<String, String> {
    for place in [PLACE, OTHERS_PLACE, OPTIONS_PLACE] {
        if template.matches(place).count() != 1 {
            return Err(format!("build/compatibility.md must hold {place} once"));
        }
    }
    let mut table = String::from("| function | status | notes |\n|---|---|---|");
    let mut others = String::from("| function | Windows has it in | status | notes |\n|---|---|---|---|");
    for export in exports {
        let status = if export.complete { "complete" } else { "partial" };
        let notes = export.notes.replace('|', "\\|");
        let (table, library) = match &export.other {
            None => (&mut table, String::new()),
            Some(library) => (&mut others, format!(" {library} |")),
        };
        table.push_str(format!("\n| `{}` |{library} {status} | {notes}", export.name).trim_end());
        table.push_str(" |");
    }
    let text = template.replace(PLACE, &table).replace(OTHERS_PLACE, &others);
    Ok(text.replace(OPTIONS_PLACE, options.trim_end()))
}
