//! The table in which `GetProcAddress` looks: every exported function by Windows' library and name, so that a program
//! that loads `ws2_32.dll` by name gets the functions that it is linked with, and no second instance of them.

use crate::exports::{Export, OTHER_LIBRARIES};

/// A Rust expression of type `&[(&str, &[(&str, Address)])]`: per library, its functions sorted by name.
pub(crate) fn table(exports: &[Export]) -> String {
    let mut text = String::from("&[\n");
    for library in OTHER_LIBRARIES.iter().chain([&"ws2_32"]) {
        text.push_str(&format!("    (\"{library}\", &[\n"));
        for export in exports.iter().filter(|export| export.other.as_deref().unwrap_or("ws2_32") == *library)
        {
            text.push_str(&format!(
                "        (\"{}\", Address(crate::ffi::{} as *const ())),\n",
                export.name,
                export.symbol()
            ));
        }
        text.push_str("    ]),\n");
    }
    text.push_str("]\n");
    text
}
