//! What the shared library exports beyond the Rust symbols: its soname, and Windows' plain names as versioned
//! aliases, so that no other library's `send` ever binds to ours.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::exports::Export;

const SONAME: &str = "libws2_32.so.2";
const VERSION: &str = "WINSOCK_2.2";

/// The name of a shared library without the plain names: one name never stands for two interfaces.
const SONAME_WITHOUT: &str = "libws2_32_without_plain_names.so.2";

/// Tells cargo how to link the shared library that `cargo build` makes. (`make` links its own, with any linker:
/// tools/ws2-link.) Where the linker cannot give versions to the plain names they are left out: exported without a version
/// they would take over the whole process. Such a library has another name; programs that depend on this crate and take
/// the Rust library do not notice. cargo-c installs the shared library, so there it is an error, unless
/// `WS2_WITHOUT_PLAIN_NAMES=1` asks for it.
pub(crate) fn link(exports: &[Export], out: &Path) -> Result<(), String> {
    println!("cargo::rerun-if-env-changed=WS2_WITHOUT_PLAIN_NAMES");
    let refused =
        env::var_os("WS2_WITHOUT_PLAIN_NAMES").is_some_and(|value| !value.is_empty() && value != "0");
    let tried = if refused { Err(String::new()) } else { try_versions(out) };
    let installs = env::var_os("CARGO_FEATURE_CAPI").is_some();
    // Threads run its code until their very end, also after a dlclose.
    println!("cargo::rustc-cdylib-link-arg=-Wl,-z,nodelete");
    if linker_takes(out, &[ICF.to_owned()]).is_ok() {
        println!("cargo::rustc-cdylib-link-arg={ICF}");
    }
    match tried {
        Ok(()) => {
            println!("cargo::rustc-cdylib-link-arg=-Wl,-soname,{SONAME}");
            for argument in arguments(exports, out)? {
                println!("cargo::rustc-cdylib-link-arg={argument}");
            }
        }
        // Programs hold their C library there, and nothing could load one.
        Err(why) if why == NO_SHARED => {}
        Err(why) if installs && !refused => {
            return Err(format!(
                "the linker gives no versions to the plain names (send, recv, ...) beside rustc's own script: {why}. Use lld \
                 (RUSTFLAGS=-Clink-arg=-fuse-ld=lld), or `make`, which takes any linker, or leave the plain names out of the \
                 shared library with WS2_WITHOUT_PLAIN_NAMES=1"
            ));
        }
        Err(why) => {
            println!("cargo::rustc-cdylib-link-arg=-Wl,-soname,{SONAME_WITHOUT}");
            if !refused {
                println!(
                    "cargo::warning=the shared library that cargo links here will not export the plain names (send, recv, \
                     ...) and gets the soname {SONAME_WITHOUT}, since the linker takes no second version script ({why}). \
                     `make` links one with them, with any linker; the Rust and the static library are not affected."
                );
            }
        }
    }
    Ok(())
}

/// Where rustc makes no shared library, and says so in a warning only: with musl, unless `crt-static` is switched off.
const NO_SHARED: &str = "no shared library is made for this target";

/// Functions of the same code are put together.
const ICF: &str = "-Wl,--icf=all";

/// The linker's arguments for the plain names; writes the version script. The Rust symbols are in the script that
/// rustc itself passes and keep no version.
fn arguments(exports: &[Export], out: &Path) -> Result<Vec<String>, String> {
    let (mut names, mut arguments) = (String::new(), Vec::new());
    for export in exports.iter().filter(|export| export.posix) {
        names.push_str(&format!("        {};\n", export.name));
        arguments.push(format!("-Wl,--defsym={}={}", export.name, export.symbol()));
    }
    let script = out.join("winsock.map");
    write(&script, &format!("{VERSION} {{\n    global:\n{names}}};\n"))?;
    // Not -Wl, which would cut a path at its commas.
    arguments.extend(["-Xlinker".into(), format!("--version-script={}", script.display())]);
    Ok(arguments)
}

/// Links a library of one function the way ours will be linked, and looks whether the version arrived.
fn try_versions(out: &Path) -> Result<(), String> {
    let trial = Export {
        name: "trial".into(),
        posix: true,
        kernel: false,
        other: None,
        complete: true,
        notes: String::new(),
    };
    let linked = linker_takes(out, &arguments(&[trial], &trial_directory(out)?)?)?;
    if linked.windows(VERSION.len()).any(|bytes| bytes == VERSION.as_bytes()) {
        Ok(())
    } else {
        Err("it was ignored".into())
    }
}

fn trial_directory(out: &Path) -> Result<PathBuf, String> {
    let directory = out.join("trial");
    fs::create_dir_all(&directory).map_err(|error| error.to_string())?;
    Ok(directory)
}

/// Links that library with these arguments, the compiler, flags and linker of cargo's; the library, or the linker's own words.
fn linker_takes(out: &Path, arguments: &[String]) -> Result<Vec<u8>, String> {
    let directory = trial_directory(out)?;
    let (source, library) = (directory.join("trial.rs"), directory.join("libtrial.so"));
    let _ = fs::remove_file(&library);
    write(&source, "#[unsafe(no_mangle)]\npub extern \"C\" fn ws2_trial() {}\n")?;

    let variable = |name: &str| env::var(name).map_err(|error| format!("{name}: {error}"));
    let mut rustc = Command::new(variable("RUSTC")?);
    rustc.args(["--edition=2024", "--crate-type=cdylib", "--crate-name=trial", "--target"]);
    rustc.arg(variable("TARGET")?).arg("-o").arg(&library).arg(&source);
    if let Ok(linker) = env::var("RUSTC_LINKER") {
        rustc.arg(format!("-Clinker={linker}"));
    }
    let flags = env::var("CARGO_ENCODED_RUSTFLAGS").unwrap_or_default();
    rustc.args(flags.split('\x1f').filter(|flag| !flag.is_empty()));
    rustc.args(arguments.iter().map(|argument| format!("-Clink-arg={argument}")));

    let done = rustc.output().map_err(|error| format!("rustc: {error}"))?;
    if !done.status.success() {
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        // The linker's own complaint, not the command line that rustc shows before it.
        let own = said.lines().rev().find(|line| line.contains("version") && !line.contains("\"-"));
        return Err(own
            .or(said.lines().next())
            .unwrap_or("a trial link failed")
            .trim()
            .trim_start_matches("= note: ")
            .to_owned());
    }
    if !library.exists() {
        return Err(NO_SHARED.into());
    }
    fs::read(&library).map_err(|error| error.to_string())
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
}
