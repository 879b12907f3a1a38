//! Builds an example, and runs it.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Output, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::support::compile;
use crate::support::made::{NATIVE, library, link_into};

/// Which library is behind a program, and what its compiler is told.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Build {
    Shared,
    Static,
    /// The shared library, with `_WIN32` defined, as ported code has it around its Winsock parts, and with sanitizers
    /// that watch the program.
    Win32,
}

/// A new directory below that of the tests' own files.
pub(crate) fn scratch() -> PathBuf {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let name = format!("programs-{}", NEXT.fetch_add(1, Ordering::Relaxed));
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&directory);
    std::fs::create_dir_all(&directory).unwrap();
    directory
}

/// The program that `examples/NAME` becomes.
pub(crate) fn build(name: &str, build: Build) -> PathBuf {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name);
    let directory = scratch();
    let program = directory.join(source.file_stem().unwrap());
    let (compiler, standard) =
        if name.ends_with(".cpp") { ("g++", "-std=c++11") } else { ("gcc", "-std=c99") };
    let mut command = Command::new(compiler);
    command.args([standard, "-Wall", "-Wextra", "-Wpedantic", "-Wshadow", "-Werror", "-I"]);
    command.arg(compile::include()).arg("-o").arg(&program).arg(source);
    match build {
        Build::Static => {
            command.arg(library("a")).args(NATIVE);
        }
        Build::Shared | Build::Win32 => {
            link_into(&directory);
            command.arg("-L").arg(&directory).arg("-lws2_32");
            command.arg(format!("-Wl,-rpath,{}", directory.display()));
        }
    }
    if matches!(build, Build::Win32) {
        command.args(["-D_WIN32", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"]);
    }
    let compiled = command.output().unwrap();
    assert_eq!(compile::complaints(&compiled), "", "{command:?}");
    program
}

/// A command that does not hear of a proxy or of another test's wish for a trace.
pub(crate) fn command(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(program);
    command.env_remove("WS2_TRACE").env_remove("http_proxy").env_remove("all_proxy").env_remove("ALL_PROXY");
    command
}

/// The standard output of a command that must succeed.
pub(crate) fn output(command: &mut Command) -> String {
    String::from_utf8(bytes(command)).unwrap()
}

/// Likewise, as it is.
pub(crate) fn bytes(command: &mut Command) -> Vec<u8> {
    let Output { status, stdout, stderr } = command.output().unwrap();
    let (said, complaint) = (String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr));
    assert!(status.success(), "{command:?}: {status}\n{}\n{complaint}", &said[..said.len().min(2000)]);
    stdout
}

/// A running server, which ends with this value.
pub(crate) struct Server {
    child: Child,
    said: BufReader<ChildStdout>,
    pub(crate) port: u16,
}

impl Server {
    /// Starts it and waits for the port that it prints.
    pub(crate) fn start(program: &Path, arguments: &[&str]) -> Self {
        let mut child = command(program).args(arguments).stdout(Stdio::piped()).spawn().unwrap();
        let said = BufReader::new(child.stdout.take().unwrap());
        let mut server = Self { child, said, port: 0 };
        let line = server.line();
        let port = line.strip_prefix("port ").unwrap_or_else(|| panic!("no port: {line}"));
        server.port = port.parse().unwrap();
        server
    }

    /// The next line that it prints.
    pub(crate) fn line(&mut self) -> String {
        let mut line = String::new();
        self.said.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    }

    pub(crate) fn port_text(&self) -> String {
        self.port.to_string()
    }

    /// That it is still there.
    pub(crate) fn assert_runs(&mut self) {
        assert!(self.child.try_wait().unwrap().is_none(), "the server has ended");
    }

    /// What it still prints, once it has ended by itself, which must be in success.
    pub(crate) fn rest(mut self) -> String {
        let mut rest = String::new();
        self.said.read_to_string(&mut rest).unwrap();
        assert!(self.child.wait().unwrap().success(), "{rest}");
        rest
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
