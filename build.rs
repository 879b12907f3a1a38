//! Makes what follows from the list of exports: the shared library's symbols, the header and the compatibility
//! table. Writes only to `OUT_DIR`; `tests/repository/generated.rs` compares the committed copies and refreshes them.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[path = "build/compatibility.rs"]
mod compatibility;
#[path = "build/exports.rs"]
mod exports;
#[path = "build/families.rs"]
mod families;
#[path = "build/header.rs"]
mod header;
#[path = "build/names.rs"]
mod names;
#[path = "build/prototype.rs"]
mod prototype;
#[path = "build/symbols.rs"]
mod symbols;
#[path = "build/wide.rs"]
mod wide;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            println!("cargo::error={}", why.replace('\n', " "));
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), String> {
    for input in ["build.rs", "build", "cbindgen.toml", "src/ffi", header::ERRORS] {
        println!("cargo::rerun-if-changed={input}");
    }
    // For the build script of a crate that depends on this one and compiles C: DEP_WS2_32_INCLUDE.
    if let Some(tree) = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from) {
        println!("cargo::metadata=include={}", tree.join("include").display());
    }
    let out = env::var_os("OUT_DIR").map(PathBuf::from).ok_or("OUT_DIR is not set")?;
    let exports = exports::parse(&read("src/ffi/exports.txt")?)?;

    let text = compatibility::document(
        &read("build/compatibility.md")?,
        &read("build/compatibility_options.md")?,
        &read("build/left_out.txt")?,
        &exports,
    )?;
    write(&out.join("COMPATIBILITY.md"), &text)?;

    let names = ["ws2_32.h", "ws2_kernel.h", "ws2_mswsock.h", "ws2_nt.h", "ws2_win32.h"];
    let headers = match header::parse() {
        Ok(bindings) => {
            let functions = header::Functions::new(bindings)?;
            let errors = read(header::ERRORS)?;
            [
                header::winsock(&functions, &exports, &errors)?,
                header::kernel(&functions, &exports)?,
                header::mswsock(&functions, &exports)?,
                header::nt(&functions, &exports)?,
                header::others(&functions, &exports)?,
            ]
        }
        // Source that does not parse is the compiler's to explain.
        Err(why) => {
            println!("cargo::warning=the headers were not generated: {}", why.replace('\n', " "));
            [const { String::new() }; 5]
        }
    };
    for (name, text) in names.into_iter().zip(headers) {
        write(&out.join(name), &text)?;
    }
    write(&out.join("names.rs"), &names::table(&exports))?;
    symbols::link(&exports, &out)
}

fn read(path: &str) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
}
