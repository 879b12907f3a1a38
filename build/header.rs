//! `include/ws2_32.h`: the prototypes of the exported functions as cbindgen reads them from `src/ffi`, bound to
//! their symbols by assembler labels, and the error codes of `src/error/codes.rs`. `include/ws2_win32.h`: likewise those
//! of the functions that Windows has in other libraries.

use std::collections::BTreeMap;

use cbindgen::{Bindings, Builder, Config};

use crate::exports::Export;
use crate::prototype;

/// The table of error codes.
pub(crate) const ERRORS: &str = "src/error/codes.rs";

/// Functions that `winsock2.h` declares by hand: glibc's `<stdlib.h>`, `<unistd.h>` and `<sys/types.h>` have
/// declared them already, with another signature, and C takes no second one.
const BY_HAND: &[&str] = &["gethostname", "select"];

const HEAD: &str = r#"/* The functions and error codes of ws2_32, made from the Rust sources. Include <winsock2.h>, not this file. */

#ifndef WS2_32_H
#define WS2_32_H

#include "ws2_types.h"

/* The symbol behind a function whose name POSIX has too: `send` is `ws2_send` in the object file, so that libc's
   `send` stays what it is for everybody else in the process, and no macro takes the word away from the program. */
#define WS2_QUOTE_(text) #text
#define WS2_QUOTE(text) WS2_QUOTE_(text)
#define WS2_SYMBOL(name) __asm__(WS2_QUOTE(__USER_LABEL_PREFIX__) #name)

"#;

const OTHERS_HEAD: &str = r#"/* The functions that Windows has beside its sockets, made from the Rust sources. Include <windows.h>, not this file. */

#ifndef WS2_WIN32_H
#define WS2_WIN32_H

#include "ws2_platform.h"
#include "ws2_32.h"

#ifdef __cplusplus
extern "C" {
#endif
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

/// The header of ws2_32's own functions, and the one of the others.
pub(crate) fn write(bindings: Bindings, exports: &[Export], errors: &str) -> Result<[String; 2], String> {
    let docs: BTreeMap<String, Vec<String>> = bindings
        .functions
        .iter()
        .map(|function| (function.path().name().to_owned(), function.documentation.doc_comment.clone()))
        .collect();
    let mut written = Vec::new();
    bindings.write(&mut written);
    let written = String::from_utf8(written).map_err(|error| error.to_string())?;

    let mut own = String::from(HEAD);
    own.push_str(&prototype::codes(errors)?);
    own.push_str("\n#ifdef __cplusplus\nextern \"C\" {\n#endif\n");
    let mut others = String::from(OTHERS_HEAD);

    for export in exports {
        let symbol = export.symbol();
        let mut found = written.lines().map(|line| prototype::bound(line, &export.name, &symbol));
        let Some(prototype) = found.find_map(Result::transpose).transpose()? else {
            return Err(format!(
                "exports.txt lists {}, but cbindgen finds no {symbol} in src/ffi",
                export.name
            ));
        };
        if BY_HAND.contains(&export.name.as_str()) {
            continue;
        }
        let header = if export.other.is_some() { &mut others } else { &mut own };
        header.push('\n');
        header.push_str(&prototype::comment(docs.get(&symbol).map_or(&[][..], Vec::as_slice)));
        header.push_str(&prototype);
        header.push('\n');
    }
    own.push_str(TAIL);
    others.push_str(TAIL);
    Ok([own, others])
}
