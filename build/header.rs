//! `include/ws2_32.h`, `include/ws2_kernel.h`, `include/ws2_mswsock.h` and `include/ws2_win32.h`: the prototypes of the exported functions as cbindgen reads them from
//! `src/ffi`, bound to their symbols by assembler labels, and the error codes of `src/error/codes.rs`.

use std::collections::BTreeMap;

use cbindgen::{Bindings, Builder, Config};

use crate::exports::Export;
use crate::{prototype, wide};

/// The table of error codes.
pub(crate) const ERRORS: &str = "src/error/codes.rs";

/// Functions that `winsock2.h` declares by hand: glibc's `<stdlib.h>`, `<unistd.h>` and `<sys/types.h>` have
/// declared them already, with another signature, and C takes no second one; or they take the `struct timeval` that
/// there is.
const BY_HAND: &[&str] = &[
    "GetAddrInfoExA",
    "GetAddrInfoExW",
    "WSAConnectByList",
    "WSAConnectByNameA",
    "WSAConnectByNameW",
    "gethostname",
    "select",
    "ws2_GetAddrInfoExA_timeval",
    "ws2_GetAddrInfoExW_timeval",
    "ws2_WSAConnectByList_timeval",
    "ws2_WSAConnectByNameA_timeval",
    "ws2_WSAConnectByNameW_timeval",
    "ws2_select_wide",
];

const HEAD: &str = r#"/* The functions and error codes of ws2_32, made from the Rust sources. Include <winsock2.h>, not this file. */

#ifndef WS2_32_H
#define WS2_32_H

#include "ws2_types.h"
#include "ws2_lookup.h"

/* The symbol behind a function whose name POSIX has too: `send` is `ws2_send` in the object file, so that libc's
   `send` stays what it is for everybody else in the process, and no macro takes the word away from the program. */
#define WS2_QUOTE_(text) #text
#define WS2_QUOTE(text) WS2_QUOTE_(text)
#define WS2_SYMBOL(name) __asm__(WS2_QUOTE(__USER_LABEL_PREFIX__) #name)

"#;

const KERNEL_HEAD: &str = r#"/* The functions of kernel32 and of the C run-time that ws2_32 has, made from the Rust sources. Part of windows.h. */

#ifndef WS2_KERNEL_H
#define WS2_KERNEL_H

#include "ws2_32.h"
#include "ws2_kernel_types.h"
"#;

const OTHERS_HEAD: &str = r#"/* The functions that Windows has beside its sockets, made from the Rust sources. Include <windows.h>, not this file. */

#ifndef WS2_WIN32_H
#define WS2_WIN32_H

#include "ws2_platform.h"
#include "ws2_user.h"
#include "ws2_32.h"
"#;

const MSWSOCK_HEAD: &str = r#"/* The functions of mswsock that ws2_32 has, made from the Rust sources. Include <mswsock.h>, not this file. */

#ifndef WS2_MSWSOCK_FUNCTIONS_H
#define WS2_MSWSOCK_FUNCTIONS_H

#include "mswsock.h" /* the types */
"#;

const TAIL: &str = "
#ifdef __cplusplus
}
#endif

#endif
";

/// Reads the functions of `src/ffi`.
pub(crate) fn parse() -> Result<Bindings, String> {
    let config = Config::from_file("cbindgen.toml")?;
    let mut bindings = Builder::new()
        .with_config(config)
        .with_src("src/ffi/mod.rs")
        .generate()
        .map_err(|error| error.to_string())?;
    // The types are written by hand, in ws2_types.h.
    bindings.items.clear();
    bindings.constants.clear();
    bindings.globals.clear();
    Ok(bindings)
}

/// The functions as cbindgen writes them, and their documentation by symbol.
pub(crate) struct Functions {
    written: String,
    docs: BTreeMap<String, Vec<String>>,
}

impl Functions {
    pub(crate) fn new(bindings: Bindings) -> Result<Self, String> {
        let docs = bindings
            .functions
            .iter()
            .map(|function| (function.path().name().to_owned(), function.documentation.doc_comment.clone()))
            .collect();
        let mut written = Vec::new();
        bindings.write(&mut written);
        Ok(Self { written: String::from_utf8(written).map_err(|error| error.to_string())?, docs })
    }

    /// The prototypes of these exports, between the words that make them C in C++.
    fn prototypes<'a>(&self, exports: impl Iterator<Item = &'a Export>) -> Result<String, String> {
        let mut header = String::from("\n#ifdef __cplusplus\nextern \"C\" {\n#endif\n");
        for export in exports {
            let symbol = export.symbol();
            let mut found = self.written.lines().map(|line| prototype::bound(line, &export.name, &symbol));
            let Some(prototype) = found.find_map(Result::transpose).transpose()? else {
                return Err(format!(
                    "exports.txt lists {}, but cbindgen finds no {symbol} in src/ffi",
                    export.name
                ));
            };
            if BY_HAND.contains(&export.name.as_str()) {
                continue;
            }
            header.push('\n');
            header.push_str(&prototype::comment(self.docs.get(&symbol).map_or(&[][..], Vec::as_slice)));
            header.push_str(&prototype);
            header.push('\n');
        }
        header.push_str(TAIL);
        Ok(header)
    }
}

/// The whole header of Winsock's functions.
pub(crate) fn winsock(functions: &Functions, exports: &[Export], errors: &str) -> Result<String, String> {
    let prototypes = functions.prototypes(exports.iter().filter(|export| export.other.is_none()))?;
    wide::add(&format!("{HEAD}{}{}{prototypes}", version()?, prototype::codes(errors)?))
}

/// The version as text, and as a number that can be compared.
fn version() -> Result<String, String> {
    let text = std::env::var("CARGO_PKG_VERSION").map_err(|error| error.to_string())?;
    let mut number = 0_u32;
    for part in text.split(['-', '+']).next().unwrap_or_default().split('.') {
        number = number * 100 + part.parse::<u32>().map_err(|error| format!("version {text}: {error}"))?;
    }
    Ok(format!(
        "/* The version of these headers: as a text, as ws2_version() tells that of the library, and as major * 10000 + minor * 100 +\n   \
         patch. */\n#define WS2_VERSION \"{text}\"\n#define WS2_VERSION_NUMBER {number}\n\n"
    ))
}

/// The whole header of the other functions.
pub(crate) fn kernel(functions: &Functions, exports: &[Export]) -> Result<String, String> {
    let prototypes = functions.prototypes(exports.iter().filter(|export| export.kernel))?;
    wide::add(&format!("{KERNEL_HEAD}{prototypes}"))
}

fn is_mswsock(export: &Export) -> bool {
    export.other.as_deref() == Some("mswsock")
}

/// The whole header of mswsock's functions.
pub(crate) fn mswsock(functions: &Functions, exports: &[Export]) -> Result<String, String> {
    let prototypes = functions.prototypes(exports.iter().filter(|export| is_mswsock(export)))?;
    wide::add(&format!("{MSWSOCK_HEAD}{prototypes}"))
}

/// The whole header of what Windows has beside sockets and objects.
pub(crate) fn others(functions: &Functions, exports: &[Export]) -> Result<String, String> {
    let is_one = |export: &&Export| export.other.is_some() && !export.kernel && !is_mswsock(export);
    let others = exports.iter().filter(is_one);
    wide::add(&format!("{OTHERS_HEAD}{}", functions.prototypes(others)?))
}
