//! The table in which `GetProcAddress` looks: every exported function by Windows' library and name, so that a program
//! that loads `ws2_32.dll` by name gets the functions that it is linked with, and no second instance of them.

use crate::exports::{Export, OTHER_LIBRARIES};

/// Rust items: how many bytes a name has in the table, at least one of them NUL, and per library its functions, sorted by name.
pub(crate) fn table(exports: &[Export]) -> String {
    let room = exports.iter().map(|export| export.name.len()).max().unwrap_or(0) + 1;
    let mut text = format!("const ROOM: usize = {room};\n\nstatic LIBRARIES: &[Library] = &[\n");
    for library in OTHER_LIBRARIES.iter().chain([&"ws2_32"]) {
        let (mut names, mut addresses) = (String::new(), String::new());
        for export in exports.iter().filter(|export| export.other.as_deref().unwrap_or("ws2_32") == *library)
        {
            let end = "\\0".repeat(room - export.name.len());
            names.push_str(&format!("            *b\"{}{end}\",\n", export.name));
            addresses
                .push_str(&format!("            Address(crate::ffi::{} as *const ()),\n", export.symbol()));
        }
        text.push_str(&format!(
            "    Library {{\n        name: \"{library}\",\n        names: &[\n{names}        ],\n        \
             addresses: &[\n{addresses}        ],\n    }},\n"
        ));
    }
    text.push_str("];\n");
    text
}
