//! Processes in which Winsock's functions and POSIX' functions of the same names meet.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::build::{listed, run};
use crate::support::made::{NATIVE, library, link_into};
use crate::support::process::left_out;

fn source(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/c").join(name)
}

/// gcc, strict, for a file in `directory`.
fn gcc(directory: &TempDir, output: &str) -> Command {
    let mut gcc = Command::new("gcc");
    gcc.args(["-Wall", "-Wextra", "-Werror", "-I"])
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("include"));
    gcc.arg("-o").arg(directory.path().join(output));
    gcc
}

/// A directory with the libraries as they are installed, and with a library that uses POSIX sockets.
fn directory() -> TempDir {
    let directory = tempfile::tempdir().unwrap();
    link_into(directory.path());
    run(gcc(&directory, "libposix.so").args(["-shared", "-fPIC"]).arg(source("posix.c")));
    directory
}

/// A program of the directory, which finds the libraries there.
fn program(directory: &TempDir, name: &str) -> Command {
    let mut program = Command::new(directory.path().join(name));
    program.env("LD_LIBRARY_PATH", directory.path());
    program
}

/// A directory with `program`, made of a file that calls this library and Linux' own functions.
fn with_program(file: &str) -> TempDir {
    let directory = directory();
    let mut gcc = gcc(&directory, "program");
    gcc.arg("-D_GNU_SOURCE").arg(source(file)).arg("-L").arg(directory.path());
    run(gcc.args(["-lws2_32", "-pthread"]));
    directory
}

#[test]
fn header_binds_to_ours_and_another_library_to_libc() {
    let directory = directory();
    let mut gcc = gcc(&directory, "program");
    run(gcc.arg(source("beside_posix.c")).arg("-L").arg(directory.path()).args(["-lws2_32", "-lposix"]));
    run(&mut program(&directory, "program"));
}

#[test]
fn own_prototypes_bind_to_ours_and_another_library_to_libc() {
    let directory = directory();
    let mut gcc = gcc(&directory, "program");
    gcc.arg("-DOWN_PROTOTYPES").arg(source("beside_posix.c"));
    run(gcc.arg("-L").arg(directory.path()).args(["-lws2_32", "-lposix"]));
    run(&mut program(&directory, "program"));
}

#[test]
fn static_library_leaves_the_plain_names_to_libc() {
    let directory = directory();
    let mut gcc = gcc(&directory, "program");
    gcc.args([source("beside_posix.c"), source("posix.c"), library("a")]);
    run(gcc.args(NATIVE));
    run(&mut program(&directory, "program"));
}

#[test]
fn posix_code_in_the_program_itself_keeps_libc_when_libc_is_named_first() {
    let directory = directory();
    let mut gcc = gcc(&directory, "program");
    gcc.args([source("beside_posix.c"), source("posix.c")]);
    run(gcc.arg("-L").arg(directory.path()).args(["-lc", "-lws2_32"]));
    run(&mut program(&directory, "program"));
}

#[test]
fn preloaded_library_changes_nothing_for_a_posix_program() {
    let directory = directory();
    run(gcc(&directory, "program").args([source("posix_program.c"), source("posix.c")]));
    run(program(&directory, "program").env("LD_PRELOAD", library("so")));
}

#[test]
fn one_thread_closes_without_a_placeholder() {
    let directory = with_program("one_thread.c");
    run(&mut program(&directory, "program"));
}

/// What is seen of a system call: one that is needed ends the process.
#[test]
fn a_start_makes_no_system_call() {
    use std::os::unix::process::ExitStatusExt;
    let directory = with_program("quiet_start.c");
    let status = program(&directory, "program").status().unwrap();
    if status.code() == Some(77) {
        return left_out("the kernel has no mode in which system calls end the process");
    }
    assert!(status.success(), "{status}");
    let status = program(&directory, "program").arg("heap").status().unwrap();
    assert_eq!(status.signal(), Some(libc::SIGKILL), "{status}");
}

#[test]
fn threads_end_without_a_descriptor_for_the_unwinder() {
    let directory = with_program("thread_end.c");
    let first = "the first thread has ended\n";
    for (whose, said) in [("other", "the thread has ended\n"), ("main", first), ("routine", first)] {
        let output = program(&directory, "program").arg(whose).output().unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stdout), said, "{whose}: {output:?}");
        assert!(output.status.success(), "{whose}: {output:?}");
    }
}

#[test]
fn every_listed_name_is_found_at_run_time() {
    let directory = directory();
    run(gcc(&directory, "find").arg(source("find_symbols.c")).arg("-ldl"));
    let own = listed().into_iter().filter(|export| export.other.is_none());
    let names = own.map(|export| export.name);
    run(program(&directory, "find").arg(library("so")).args(names));
}

#[test]
fn rust_library_leaves_std_net_alone() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    let (mut server, _) = listener.accept().unwrap();

    // Winsock is in this program, and nothing started it.
    // SAFETY: nothing is sent, and the address is not followed.
    let sent = unsafe { ws2_32::ffi::ws2_send(0, std::ptr::null(), 1, 0) };
    assert_eq!((sent, ws2_32::ffi::WSAGetLastError()), (-1, 10093));

    assert_eq!(client.write(b"hello").unwrap(), 5);
    let mut buffer = [0; 5];
    server.read_exact(&mut buffer).unwrap();
    assert_eq!(&buffer, b"hello");
    assert_eq!(ws2_32::ffi::WSAGetLastError(), 10093);
}
