//! What the shared library exports beyond the Rust symbols: its soname, and Windows' plain names as versioned
//! aliases, so that no other library's `send` ever binds to ours.

use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::exports::Export;

const SONAME: &str = "libws2_32.so.2";
const VERSION: &str = "WINSOCK_2.2";

/// Tells cargo how to link the shared library. Where the linker cannot give versions to the plain names they are
/// left out, with a warning: exported without a version they would take over the whole process.
pub(crate) fn link(exports: &[Export], out: &Path) -> Result<(), String> {
    println!("cargo::rustc-cdylib-link-arg=-Wl,-soname,{SONAME}");
    // Threads run its code until their very end, also after a dlclose.
    println!("cargo::rustc-cdylib-link-arg=-Wl,-z,nodelete");
    let tried = try_versions(out);
    // For the tests.
    println!("cargo::rustc-env=WS2_PLAIN_NAMES={}", if tried.is_ok() { "yes" } else { "no" });
    match tried {
        Ok(()) => {
            for argument in arguments(exports, out)? {
                println!("cargo::rustc-cdylib-link-arg={argument}");
            }
        }
        Err(why) => println!(
            "cargo::warning=libws2_32.so will not export the plain names (send, recv, ...), only ws2_send, \
             ws2_recv, ...: the linker does not take a second version script ({why}). Programs that include the \
             headers are not affected. lld takes it: RUSTFLAGS=-Clink-arg=-fuse-ld=lld"
        ),
    }
    Ok(())
}

/// The linker's arguments for the plain names; writes the version script. The Rust symbols are in the script that
/// rustc itself passes and keep no version.
fn arguments(exports: &[Export], out: &Path) -> Result<Vec<String>, String> {
    let (mut names, mut arguments) = (String::new(), smaller());
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

/// What makes the library a tenth smaller, for a linker that takes a second version script: functions of the same code
/// are put together, and relocations are packed where this machine's libc can read them.
fn smaller() -> Vec<String> {
    let mut arguments = vec!["-Wl,--icf=all".to_owned()];
    if env::var("HOST") == env::var("TARGET") && glibc().is_some_and(|version| version >= (2, 36)) {
        arguments.push("-Wl,-z,pack-relative-relocs".to_owned());
    }
    arguments
}

/// The version of the machine's glibc, if it has one.
#[cfg(target_env = "gnu")]
fn glibc() -> Option<(u32, u32)> {
    unsafe extern "C" {
        safe fn gnu_get_libc_version() -> *const std::ffi::c_char;
    }
    // SAFETY: a constant text of libc.
    let version = unsafe { std::ffi::CStr::from_ptr(gnu_get_libc_version()) }.to_str().ok()?;
    let (major, minor) = version.split_once('.')?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}

#[cfg(not(target_env = "gnu"))]
fn glibc() -> Option<(u32, u32)> {
    None
}

/// Links a library of one function the way ours will be linked, with the same compiler, flags and linker, and
/// looks whether the version arrived.
fn try_versions(out: &Path) -> Result<(), String> {
    let directory = out.join("trial");
    fs::create_dir_all(&directory).map_err(|error| error.to_string())?;
    let (source, library) = (directory.join("trial.rs"), directory.join("libtrial.so"));
    write(&source, "#[unsafe(no_mangle)]\npub extern \"C\" fn ws2_trial() {}\n")?;

    let trial = Export {
        name: "trial".into(),
        posix: true,
        kernel: false,
        other: None,
        complete: true,
        notes: String::new(),
    };
    let variable = |name: &str| env::var(name).map_err(|error| format!("{name}: {error}"));
    let mut rustc = Command::new(variable("RUSTC")?);
    rustc.args(["--edition=2024", "--crate-type=cdylib", "--crate-name=trial", "--target"]);
    rustc.arg(variable("TARGET")?).arg("-o").arg(&library).arg(&source);
    if let Ok(linker) = env::var("RUSTC_LINKER") {
        rustc.arg(format!("-Clinker={linker}"));
    }
    let flags = env::var("CARGO_ENCODED_RUSTFLAGS").unwrap_or_default();
    rustc.args(flags.split('\x1f').filter(|flag| !flag.is_empty()));
    rustc.args(arguments(&[trial], &directory)?.iter().map(|argument| format!("-Clink-arg={argument}")));

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
    let linked = fs::read(&library).map_err(|error| error.to_string())?;
    if linked.windows(VERSION.len()).any(|bytes| bytes == VERSION.as_bytes()) {
        Ok(())
    } else {
        Err("it was ignored".into())
    }
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
}
