//! The programs of `programs/`, by gcc and clang through `ws2cc`, and by mingw unchanged.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::support::compile::{available, left_out};
use crate::tree::{compiler, file, output, own_library, place, quiet, text};

const WARNINGS: [&str; 3] = ["-Wall", "-Wextra", "-Werror"];

fn source(name: &str) -> PathBuf {
    file("tests/porting/programs").join(name)
}

/// Compiles a program, with the libraries that a Windows build names.
fn build(name: &str, place: &Path, arguments: &[&str]) -> PathBuf {
    let source = source(name);
    let program = place.join(source.file_stem().unwrap());
    let wrapper = if name.ends_with(".cpp") { "ws2c++" } else { "ws2cc" };
    let mut command = compiler(wrapper, place);
    command.args(WARNINGS).args(arguments).arg(&source).arg("-o").arg(&program);
    quiet(command.args(["-lws2_32", "-liphlpapi", "-lwinmm", "-ladvapi32", "-lntdll"]));
    program
}

/// Compiles it with mingw, if that is there.
fn for_windows(name: &str, place: &Path) {
    let cpp = name.ends_with(".cpp");
    // Of the two for C++ the one whose library has threads.
    let mingw = if cpp { "x86_64-w64-mingw32-g++-posix" } else { "x86_64-w64-mingw32-gcc" };
    if !available(mingw) {
        return left_out(&format!("no {mingw}, so {name} was not compiled for Windows"));
    }
    let standard = if cpp { "-std=gnu++17" } else { "-std=gnu11" };
    let mut command = Command::new(mingw);
    command.current_dir(place).args([standard, "-Wall", "-Wextra", "-Wno-format", "-D_WIN32_WINNT=0x0601"]);
    command.arg(source(name)).args(["-o", "program.exe"]);
    if name == "wide_entry.c" {
        command.arg("-municode");
    }
    quiet(command.args([
        "-lws2_32",
        "-liphlpapi",
        "-lwinmm",
        "-ladvapi32",
        "-lbcrypt",
        "-lrpcrt4",
        "-lntdll",
        "-lpsapi",
        "-lmswsock",
        "-lsynchronization",
    ]));
}

/// Compiles and runs a program that checks itself; what it writes to standard error.
pub(crate) fn good(name: &str, input: &str, arguments: &[&str]) -> String {
    let place = place();
    let program = build(name, place.path(), arguments);
    for_windows(name, place.path());
    let mut child = start(Command::new(&program).current_dir(place.path()).stderr(Stdio::piped()));
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let ended = child.wait_with_output().unwrap();
    let (said, complaint) = (text(&ended.stdout), text(&ended.stderr));
    assert!(
        ended.status.success() && said.ends_with("good\n"),
        "{name}: {}\n{said}\n{complaint}",
        ended.status
    );
    complaint
}

fn start(command: &mut Command) -> Child {
    own_library(command).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap()
}

#[test]
fn texts() {
    let typed = "typed\na line that is far too long for the room\nnext";
    good("strings.c", typed, &[]);
    good("strings.c", typed, &["-std=c99", "-O2"]);
}

#[test]
fn texts_with_a_size() {
    good("safe.c", "", &[]);
}

/// I64 and the wide texts of Windows, in printf and scanf themselves.
#[test]
fn narrow_formats() {
    for arguments in [&[][..], &["-O2"], &["-fshort-wchar"]] {
        good("narrow_print.c", "", &[arguments, &["-Wno-format"]].concat());
    }
}

#[test]
fn annotations() {
    good("annotated.c", "", &[]);
}

#[test]
fn memory() {
    good("memory.c", "", &[]);
}

#[test]
fn files() {
    good("files.c", "i", &[]);
}

#[test]
fn files_opened_found_moved_and_copied() {
    good("opened.c", "", &[]);
}

#[test]
fn places_in_files_and_what_is_told() {
    good("placed.c", "", &[]);
}

#[test]
fn libraries_by_name() {
    good("load.c", "", &[]);
    // A program that the library is linked into has no second one.
    let place = place();
    let program = build("load.c", place.path(), &["-static-ws2_32"]);
    assert!(output(Command::new(&program).current_dir(place.path())).ends_with("good\n"));
}

#[test]
fn boxes_go_to_standard_error() {
    let said = good("box.c", "", &[]);
    let expected = "Sockets: send failed with 10057: The socket is not connected.\r\n\
        Sockets: CreateFile failed with 2: There is no file of that name.\r\n\
        Question: Overwrite?\n(Nobody was asked: \"No\" was chosen.)\n\
        Error: Try again?\n(Nobody was asked: \"Cancel\" was chosen.)\n\
        Disk: Disk?\n(Nobody was asked: \"Abort\" was chosen.)\n\
        for the developer\n";
    assert_eq!(said, expected);
}

#[test]
fn other_programs_and_pipes() {
    good("child.c", "", &[]);
}

#[test]
fn pipes_with_a_name() {
    good("pipes.c", "", &[]);
}

#[test]
fn pipes_that_are_passed_on() {
    good("passed_on.c", "", &[]);
}

#[test]
fn files_as_memory() {
    good("mapping.c", "", &[]);
}

/// PL1 to PL18, NT1 to NT7.
#[test]
fn polls_of_the_device() {
    good("device.c", "", &[]);
}

/// KY1 to KY5.
#[test]
fn keyed_events() {
    good("keyed.c", "", &[]);
}

#[test]
fn a_poller_on_the_device() {
    good("poller.c", "", &[]);
}

#[test]
fn times() {
    good("times.c", "", &[]);
}

#[test]
fn adapters() {
    good("adapters.c", "", &[]);
}

#[test]
fn file_transfer() {
    good("transfer.c", "", &[]);
}

#[test]
fn names() {
    good("names.c", "", &[]);
}

/// Servers and clients over the loopback, in the styles in which Windows' programs are written.
#[test]
fn servers_with_threads() {
    for name in ["echo.c", "pool.c", "producer.c", "web.c", "local.c", "forward.c", "messages.c", "lines.c"] {
        good(name, "", &[]);
    }
}

#[test]
fn servers_with_one_thread() {
    for name in ["udp.c", "nonblocking.c", "polling.c", "buffers.c", "settings.c", "hosts.c"] {
        good(name, "", &[]);
    }
}

/// What portable libraries do in their halves for Windows.
#[test]
fn layers_of_portable_programs() {
    for name in ["wrapped.c", "pthreads.c", "random.c", "console.c"] {
        good(name, "", &[]);
    }
    // An older standard, which hides more of libc.
    good("random.c", "", &["-std=c11"]);
    good("signaler.cpp", "", &["-std=c++17"]);
}

#[test]
fn objects_of_cpp() {
    good("stream.cpp", "", &["-std=c++17"]);
}

#[test]
fn timers_and_mutexes() {
    good("timers.c", "", &[]);
    good("abandoned.c", "", &[]);
}

/// Where wchar_t has 16 bits, as on Windows, and where it has 32 a name is converted all the same.
#[test]
fn wide_names_of_files() {
    good("wide.c", "", &["-fshort-wchar"]);
}

/// With wchar_t of either width, and where WCHAR is wchar_t.
#[test]
fn printing_to_wide_texts() {
    good("wide_print.c", "", &[]);
    good("wide_print.c", "", &["-fshort-wchar", "-DUNICODE"]);
}

/// libc's functions for wide texts take 32-bit characters; under -fshort-wchar their names mean others.
#[test]
fn wide_texts_of_short_characters() {
    good("short_texts.c", "", &["-fshort-wchar"]);
    good("short_texts.c", "", &["-fshort-wchar", "-O2", "-D_FORTIFY_SOURCE=2"]);
}

/// What the C run-time has for files, with names as Windows spells them; and names that POSIX has and Windows leaves to the program.
#[test]
fn files_by_pattern() {
    good("found.c", "", &[]);
    good("found.c", "", &["-fshort-wchar", "-O2"]);
}

#[test]
fn times_and_memory_of_processes() {
    good("running.c", "", &[]);
}

#[test]
fn standard_input_can_be_waited_for() {
    good("typed.c", "typed\n", &[]);
}

#[test]
fn other_beginnings_than_main() {
    for (name, option, arguments) in
        [("entry.c", "-mwindows", ["one", "two three"]), ("wide_entry.c", "-municode", ["\u{e9}", "two"])]
    {
        let place = place();
        let program = build(name, place.path(), &[option]);
        for_windows(name, place.path());
        let said = output(Command::new(&program).args(arguments).current_dir(place.path()));
        assert!(said.ends_with("good\n"), "{name}: {said}");
    }
}

#[test]
fn layouts_and_numbers_are_windows() {
    let place = place();
    build("layout.c", place.path(), &[]);
    for_windows("layout.c", place.path());
}

#[test]
fn cpp_library_goes_on_working() {
    good("standard.cpp", "", &["-std=c++17"]);
    if available("clang++") {
        let place = place();
        let mut command = compiler("ws2c++", place.path());
        command.env("WS2CC_CXX", "clang++").args(WARNINGS).args(["-std=c++17", "-o", "standard"]);
        quiet(command.arg(source("standard.cpp")).arg("-lpthread"));
        let said = output(Command::new(place.path().join("standard")).current_dir(place.path()));
        assert!(said.ends_with("good\n"), "{said}");
    }
}

#[test]
fn ctrl_c_reaches_a_handler_on_a_thread_of_its_own() {
    let place = place();
    let program = build("control.c", place.path(), &[]);
    for_windows("control.c", place.path());
    let mut child = start(&mut Command::new(&program));
    let mut said = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    said.read_line(&mut line).unwrap();
    assert_eq!(line, "waiting\n");
    // SAFETY: a process of this test.
    unsafe { libc::kill(i32::try_from(child.id()).unwrap(), libc::SIGINT) };
    let mut rest = String::new();
    said.read_to_string(&mut rest).unwrap();
    assert!(child.wait().unwrap().success() && rest == "good\n", "{rest}");
}

/// Without a handler that takes it the event ends the process, as Windows' status says in the lowest 8 bits.
#[test]
fn an_event_that_nobody_takes_ends_the_process() {
    let place = place();
    std::fs::write(
        place.path().join("end.c"),
        "#include <windows.h>\n#include <stdio.h>\nstatic BOOL WINAPI no(DWORD type) { (void)type; return FALSE; }\n\
         int main(void) { SetConsoleCtrlHandler(no, TRUE); printf(\"ready\\n\"); fflush(stdout); Sleep(INFINITE); return 0; }\n",
    )
    .unwrap();
    quiet(compiler("ws2cc", place.path()).args(WARNINGS).args(["end.c", "-o", "end"]));
    let mut child = start(&mut Command::new(place.path().join("end")));
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    // SAFETY: a process of this test.
    unsafe { libc::kill(i32::try_from(child.id()).unwrap(), libc::SIGTERM) };
    assert_eq!(child.wait().unwrap().code(), Some(0x3A));
}

#[test]
fn keys() {
    let place = place();
    let program = build("keys.c", place.path(), &[]);
    for_windows("keys.c", place.path());
    let mut child = start(&mut Command::new(&program));
    child.stdin.take().unwrap().write_all(b"ab\nqrest").unwrap();
    let ended = child.wait_with_output().unwrap();
    assert_eq!(text(&ended.stdout), "keys\n97\n98\n10\n.\ngood\n");
}

#[test]
fn chat() {
    let place = place();
    let program = build("chat.c", place.path(), &[]);
    for_windows("chat.c", place.path());
    let mut server = start(Command::new(&program).arg("server"));
    let mut said = BufReader::new(server.stdout.take().unwrap());
    let mut line = String::new();
    said.read_line(&mut line).unwrap();
    let port = line.trim().strip_prefix("port ").unwrap().to_owned();
    for name in ["ann", "bob"] {
        let mut client = start(Command::new(&program).args([&port, name]));
        client.stdin.take().unwrap().write_all(b"hello\nthere\n/quit\n").unwrap();
        let ended = client.wait_with_output().unwrap();
        assert_eq!(text(&ended.stdout), format!("{name}: hello\n{name}: there\ngood\n"));
    }
    assert!(server.wait().unwrap().success());
}

/// Starts a program with a terminal as its standard input, whose name is its argument; the terminal's other side. It is at its end
/// when the program is, since nobody else has the terminal, which is the program's own. None where there are no pseudo terminals.
pub(crate) fn with_terminal(name: &str) -> Option<(Child, std::fs::File, tempfile::TempDir)> {
    use std::os::fd::FromRawFd;
    use std::os::unix::process::CommandExt;

    let (mut master, mut slave) = (0, 0);
    let mut terminal = [0; 128];
    let size = libc::winsize { ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0 };
    // SAFETY: the places are locals, the name's long enough for what such terminals are called.
    let opened = unsafe {
        libc::openpty(
            &raw mut master,
            &raw mut slave,
            terminal.as_mut_ptr(),
            std::ptr::null(),
            &raw const size,
        )
    };
    if opened != 0 {
        left_out(&format!("no pseudo terminals, so {name} was not tried"));
        return None;
    }
    // SAFETY: made just now; the name has an end.
    let (line, terminal_file, terminal) = unsafe {
        let terminal = std::ffi::CStr::from_ptr(terminal.as_ptr()).to_str().unwrap().to_owned();
        (std::fs::File::from_raw_fd(master), std::fs::File::from_raw_fd(slave), terminal)
    };
    let place = place();
    let program = build(name, place.path(), &[]);
    for_windows(name, place.path());
    let mut command = Command::new(&program);
    command.arg(&terminal).current_dir(place.path());
    // It leads a session, as a shell does, and this is its terminal: what CONIN$ and CONOUT$ are.
    // SAFETY: both are system calls, and take numbers.
    unsafe {
        command.pre_exec(|| {
            libc::setsid();
            libc::ioctl(0, libc::TIOCSCTTY, 0);
            Ok(())
        });
    }
    let child = own_library(&mut command).stdin(terminal_file).stdout(Stdio::piped()).spawn().unwrap();
    Some((child, line, place))
}

/// The other side of the line is this test: it waits until the program has set the line, says hello, and sends back the rest.
#[test]
fn serial_lines() {
    let Some((child, mut line, _place)) = with_terminal("serial.c") else { return };
    let mut talk = || -> std::io::Result<()> {
        let mut byte = [0];
        line.read_exact(&mut byte)?;
        assert_eq!(byte, *b"\n");
        line.write_all(b"hello")?;
        let mut sent = [0; 6];
        line.read_exact(&mut sent)?;
        line.write_all(&sent)?;
        // A single byte comes, unless the program's purge was before it.
        line.read_exact(&mut byte)?;
        if byte == *b"t" {
            line.read_exact(&mut byte)?;
        }
        let mut rest = [0; 3];
        line.read_exact(&mut rest)?;
        line.write_all(&[byte.as_slice(), &rest].concat())
    };
    // An error here is the program's end, which tells what was wrong.
    let talked = talk();
    let ended = child.wait_with_output().unwrap();
    assert!(ended.status.success() && talked.is_ok(), "{talked:?} {}", text(&ended.stdout));
}

/// What is typed at a terminal, in characters of both widths.
#[test]
fn typed_at_a_terminal() {
    let Some((child, mut line, _place)) = with_terminal("terminal.c") else { return };
    line.write_all("a\u{e9}\u{20ac}\u{1f600}z\n\u{1f600}\u{1f600}\u{e9}\nnext\n".as_bytes()).unwrap();
    // Then the terminal is at its end, so that who reads too much does not wait.
    line.write_all(&[4; 16]).unwrap();
    let ended = child.wait_with_output().unwrap();
    assert!(ended.status.success(), "{}", text(&ended.stdout));
}

/// Keys, as a terminal sends them.
#[test]
fn keys_at_a_terminal() {
    let Some((child, mut line, _place)) = with_terminal("keyboard.c") else { return };
    line.write_all("aB!\r\x1b[A\x1bOP\x1b[3~\x1bx\u{e9}\u{1f600}mnop".as_bytes()).unwrap();
    let ended = child.wait_with_output().unwrap();
    assert!(ended.status.success(), "{}", text(&ended.stdout));
}

/// Of a program that is found by its path, with and without quotation marks.
#[test]
fn programs_with_blanks_in_their_names() {
    good("blanks.c", "", &[]);
}

#[test]
fn floating_point() {
    good("floating.c", "", &[]);
    good("floating.c", "", &["-O2", "-frounding-math"]);
}

/// A fault that the filter mends, one that ends the program, and exceptions that the program raises itself.
#[test]
fn filter_of_exceptions() {
    good("faults.c", "", &[]);
}

#[test]
fn tables_of_the_network() {
    good("tables.c", "", &[]);
}

/// Who may make raw sockets may ask for echoes, too.
#[test]
fn echo_requests() {
    // SAFETY: a number of the process.
    let root = unsafe { libc::geteuid() } == 0;
    good_with("ping.c", if root { &["may"] } else { &[] });
}

/// Compiles and runs a program that checks itself, with arguments.
fn good_with(name: &str, arguments: &[&str]) {
    let place = place();
    let program = build(name, place.path(), &[]);
    for_windows(name, place.path());
    let said = output(Command::new(&program).args(arguments).current_dir(place.path()));
    assert!(said.ends_with("good\n"), "{name}: {said}");
}

#[test]
fn functions_that_objects_call() {
    good("registered.c", "", &[]);
}

/// Who runs, and by which files; the times of files; what programs ask for beside.
#[test]
fn snapshots_and_times() {
    good("snapshot.c", "", &[]);
}

/// The forms for wide characters, and what programs seldom call.
#[test]
fn wide_twins_and_corners() {
    good("twins.c", "", &[]);
    good("runtime.c", "", &[]);
    let said = good("corners.c", "", &[]);
    assert!(said.contains("box: a box"), "{said}");
}

#[test]
fn services_and_the_registry() {
    good("services.c", "", &[]);
}

#[test]
fn names_without_a_letter_are_wide_with_unicode() {
    good("unicode.c", "", &[]);
    good("unicode.c", "", &["-fshort-wchar"]);
}

/// The desktop's program that opens files is one of this test: it says where it was started, and with what.
#[test]
fn what_the_shell_opens() {
    use std::os::unix::fs::PermissionsExt;

    let place = place();
    let program = build("shell.c", place.path(), &[]);
    for_windows("shell.c", place.path());
    let tools = place.path().join("tools");
    std::fs::create_dir(&tools).unwrap();
    let opener = tools.join("xdg-open");
    std::fs::write(&opener, "#!/bin/sh\necho \"opened ${PWD##*/} $# $1\"\n").unwrap();
    std::fs::set_permissions(&opener, std::fs::Permissions::from_mode(0o755)).unwrap();
    let here = place.path().file_name().unwrap().to_str().unwrap();
    let path = format!("{}:{}", tools.display(), std::env::var("PATH").unwrap());
    let mut command = Command::new(&program);
    let said = output(command.arg(place.path()).current_dir(place.path()).env("PATH", path));
    // The programs run beside each other. Their output ends with the last of them.
    let mut lines: Vec<&str> = said.lines().collect();
    lines.sort_unstable();
    let mut expected = [
        "good".to_owned(),
        "opened below 1 other.txt".to_owned(),
        format!("opened {here} 1 a text.txt"),
        format!("opened {here} 1 ftp://wide"),
        format!("opened {here} 1 https://example.invalid/page?a=b&c"),
        "started with parameters".to_owned(),
    ];
    // The place's name is made of letters that differ each time.
    expected.sort_unstable();
    assert_eq!(lines, expected);
}

#[test]
fn hashes_identifiers_registry_version() {
    good("hashes.c", "", &[]);
}
