//! What README.md shows works as it stands there.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::support::made::{library, link_into};

const README: &str = include_str!("../../README.md");

/// The code block that begins with that line.
fn block(opening: &str) -> &'static str {
    let (_, rest) = README.split_once(&format!("\n{opening}\n")).unwrap_or_else(|| panic!("no {opening}"));
    rest.split_once("\n```").unwrap().0
}

fn run(command: &mut Command) -> String {
    let done = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let complaint = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success() && complaint.is_empty(), "{command:?}: {}\n{complaint}", done.status);
    String::from_utf8(done.stdout).unwrap()
}

/// Compiles the example with these libraries behind it, and gives the program ready to run.
fn compile(directory: &Path, libraries: &[&str]) -> Command {
    let (source, program) = (directory.join("example.c"), directory.join("example"));
    fs::write(&source, block("```c example")).unwrap();
    let mut gcc = Command::new("gcc");
    gcc.args(["-Wall", "-Wextra", "-Wpedantic", "-Werror", "-I"]);
    gcc.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("include"));
    run(gcc.arg("-o").arg(&program).arg(source).args(libraries));
    let mut program = Command::new(program);
    program.env("LD_LIBRARY_PATH", directory).env_remove("WS2_TRACE");
    program
}

/// [`compile`], with the shared library in that directory.
fn compile_shared(directory: &Path) -> Command {
    link_into(directory);
    compile(directory, &[&format!("-L{}", directory.display()), "-lws2_32"])
}

#[test]
fn example_with_the_shared_library() {
    let directory = tempfile::tempdir().unwrap();
    assert_eq!(run(&mut compile_shared(directory.path())), "error 10057\n");
}

#[test]
fn example_with_the_static_library() {
    let (_, native) =
        include_str!("../../docs/BUILDING.md").split_once("client.c target/made/libws2_32.a ").unwrap();
    let native: Vec<_> = native.split('`').next().unwrap().split(' ').collect();
    let archive = library("a");
    let mut libraries = vec![archive.to_str().unwrap()];
    libraries.extend(native);
    let directory = tempfile::tempdir().unwrap();
    assert_eq!(run(&mut compile(directory.path(), &libraries)), "error 10057\n");
}

#[test]
fn trace_is_as_shown() {
    let page = include_str!("../../docs/TRACE.md");
    let shown = page.lines().find(|line| line.starts_with("send(3")).unwrap();
    let directory = tempfile::tempdir().unwrap();
    let done = compile_shared(directory.path()).env("WS2_TRACE", "1").output().unwrap();
    let trace = String::from_utf8(done.stderr).unwrap();
    assert!(trace.lines().any(|line| line == shown), "docs/TRACE.md has {shown:?}, printed was\n{trace}");
}

/// Where the trace goes, by words of the variable; nothing goes through a link.
#[test]
fn trace_goes_to_a_file() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("trace");
    let mut program = compile_shared(directory.path());
    program.env("WS2_TRACE", format!("json,failures,file:{}", file.display()));
    let done = program.output().unwrap();
    assert!(done.stderr.is_empty(), "{done:?}");
    let lines = fs::read_to_string(&file).unwrap();
    assert_eq!(lines.lines().count(), 1, "{lines}");
    assert!(lines.contains("\"call\":\"send\"") && lines.contains("\"number\":10057"), "{lines}");
    let mode = std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&file).unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600);

    let (target, link) = (directory.path().join("precious"), directory.path().join("link"));
    fs::write(&target, "").unwrap();
    std::os::unix::fs::symlink(&target, &link).unwrap();
    run(compile_shared_again(directory.path()).env("WS2_TRACE", format!("file:{}", link.display())));
    assert_eq!(fs::read_to_string(&target).unwrap(), "", "a link was followed");
}

fn compile_shared_again(directory: &Path) -> Command {
    let mut program = Command::new(directory.join("example"));
    program.env("LD_LIBRARY_PATH", directory);
    program
}

/// Whoever starts a program that has more rights does not choose where it writes.
#[test]
fn trace_is_ignored_in_a_setuid_program() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    // SAFETY: asks for a number.
    if unsafe { libc::geteuid() } != 0 {
        return crate::support::process::left_out("only root makes a setuid program");
    }
    let directory = tempfile::tempdir().unwrap();
    fs::set_permissions(directory.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let archive = library("a");
    let native = crate::support::made::NATIVE;
    compile(directory.path(), &[&[archive.to_str().unwrap()], native].concat());
    let program = directory.path().join("example");
    for (mode, traced) in [(0o755, true), (0o4755, false)] {
        fs::set_permissions(&program, fs::Permissions::from_mode(mode)).unwrap();
        let done = Command::new(&program).env("WS2_TRACE", "1").uid(65_534).output().unwrap();
        assert_eq!(done.stdout, b"error 10057\n");
        assert_eq!(!done.stderr.is_empty(), traced, "mode {mode:o}: {done:?}");
    }
}

#[test]
fn trace_is_summed_up() {
    let directory = tempfile::tempdir().unwrap();
    compile_shared(directory.path());
    let mut trace = Command::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("bin/ws2-trace"));
    let done = trace
        .arg(directory.path().join("example"))
        .env("LD_LIBRARY_PATH", directory.path())
        .output()
        .unwrap();
    let said = String::from_utf8(done.stderr).unwrap();
    assert_eq!((done.status.code(), &done.stdout[..]), (Some(0), &b"error 10057\n"[..]));
    for part in [
        "1 calls failed",
        "1 x send: WSAENOTCONN 10057",
        "first: send(3, 5 bytes, 0)",
        "what to do: Connect first",
    ] {
        assert!(said.contains(part), "{part:?} is not in\n{said}");
    }
}

/// The page's program, and what it shows of it.
#[test]
fn trace_finds_the_fault_that_the_page_shows() {
    let page = include_str!("../../docs/TRACE.md");
    let shown = |opening: &str| {
        let (_, rest) = page.split_once(&format!("\n```text {opening}\n")).unwrap();
        rest.split_once("```").unwrap().0.to_owned()
    };
    // The port varies.
    let without_port = |line: &str| match line.split_once("127.0.0.1:") {
        Some((before, after)) => {
            format!("{before}127.0.0.1:N{}", after.trim_start_matches(|digit: char| digit.is_ascii_digit()))
        }
        None => line.to_owned(),
    };
    // So does the number of the second socket: the thread's wait opens descriptors meanwhile.
    let with_number = |text: &str| {
        (5..10).fold(text.to_owned(), |text, number| {
            let text = text.replace(&format!("({number}, "), "(4, ");
            text.replace(&format!("SOCK_DGRAM, 0) = {number}"), "SOCK_DGRAM, 0) = 4")
        })
    };
    let directory = tempfile::tempdir().unwrap();
    link_into(directory.path());
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let program = directory.path().join("two_seconds");
    let mut gcc = Command::new("gcc");
    gcc.args(["-Wall", "-Wextra", "-Werror", "-I"]).arg(root.join("include"));
    gcc.arg("-o").arg(&program).arg(root.join("tests/c/two_seconds.c"));
    run(gcc.arg(format!("-L{}", directory.path().display())).arg("-lws2_32"));

    let mut traced = Command::new(&program);
    let done = traced.env("LD_LIBRARY_PATH", directory.path()).env("WS2_TRACE", "1").output().unwrap();
    assert_eq!(done.stdout, b"no answer\n");
    let lines: Vec<_> =
        with_number(&String::from_utf8(done.stderr).unwrap()).lines().map(without_port).collect();
    let mut rest = lines.iter();
    for line in shown("two_seconds").lines().map(without_port) {
        assert!(rest.any(|found| *found == line), "{line:?} is not in, or not in this order: {lines:#?}");
    }

    let mut summed = Command::new(root.join("bin/ws2-trace"));
    let done = summed.arg(&program).env("LD_LIBRARY_PATH", directory.path()).output().unwrap();
    assert_eq!(with_number(&String::from_utf8(done.stderr).unwrap()), shown("two_seconds summed up"));
}

/// An operation that ends later has a number, and lines of its own.
#[test]
fn trace_tells_of_operations() {
    const PROGRAM: &str = r#"
#include <winsock2.h>
#include <string.h>
int main(void)
{
    WSADATA data;
    struct sockaddr_in name;
    int len = sizeof name;
    char room[10];
    WSABUF buffer;
    WSAOVERLAPPED overlapped;
    DWORD bytes, flags = 0;
    SOCKET s;
    WSAStartup(MAKEWORD(2, 2), &data);
    s = socket(AF_INET, SOCK_DGRAM, 0);
    memset(&name, 0, sizeof name);
    name.sin_family = AF_INET;
    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    bind(s, (struct sockaddr *)&name, sizeof name);
    getsockname(s, (struct sockaddr *)&name, &len);
    buffer.buf = room;
    buffer.len = sizeof room;
    memset(&overlapped, 0, sizeof overlapped);
    WSARecv(s, &buffer, 1, NULL, &flags, &overlapped, NULL);
    sendto(s, "hello", 5, 0, (struct sockaddr *)&name, sizeof name);
    WSAGetOverlappedResult(s, &overlapped, &bytes, TRUE, &flags);
    return WSACleanup();
}
"#;
    let directory = tempfile::tempdir().unwrap();
    link_into(directory.path());
    let (source, program) = (directory.path().join("operation.c"), directory.path().join("operation"));
    fs::write(&source, PROGRAM).unwrap();
    let mut gcc = Command::new("gcc");
    gcc.arg("-I")
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("include"))
        .arg("-o")
        .arg(&program)
        .arg(source);
    run(gcc.arg(format!("-L{}", directory.path().display())).arg("-lws2_32"));
    let traced = |how: &str| {
        let mut program = Command::new(&program);
        let done = program.env("LD_LIBRARY_PATH", directory.path()).env("WS2_TRACE", how).output().unwrap();
        String::from_utf8(done.stderr).unwrap()
    };
    let text = traced("calls=WSARecv");
    let lines: Vec<_> = text.lines().collect();
    assert!(
        lines[0].starts_with("operation 1: WSARecv(3, OVERLAPPED 0x") && lines[0].ends_with(") begins"),
        "{text}"
    );
    assert!(lines[1].contains("WSA_IO_PENDING 997") && lines[1].ends_with(" [operation 1]"), "{text}");
    assert!(lines[2].starts_with("operation 1: ") && lines[2].ends_with(") ends: 5 bytes"), "{text}");
    assert_eq!(lines.len(), 3, "{text}");
    let json = traced("json,calls=WSARecv");
    assert_eq!(json.matches("\"operation\":1").count(), 3, "{json}");
    // That an operation goes on is no failure.
    assert_eq!(traced("failures,calls=WSARecv"), "");
}
