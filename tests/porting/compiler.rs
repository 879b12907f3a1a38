//! What `ws2cc` and `ws2c++` do to a command line.

use std::process::{Command, Stdio};

use crate::support::compile::{available, left_out};
use crate::tree::{compiler, file, output, own_library, place, quiet, text};

const PROGRAM: &str =
    "#include <winsock2.h>\nint main(void) { WSADATA data; return WSAStartup(2, &data); }\n";

/// The command that would be run.
fn shown(arguments: &[&str]) -> String {
    let place = place();
    let line = quiet(compiler("ws2cc", place.path()).arg("--show").args(arguments));
    line.replace(&place.path().display().to_string(), "LIBDIR")
}

#[test]
fn libraries_and_options_of_windows_are_translated() {
    let line = shown(&[
        "a.o",
        "-lWs2_32",
        "-lkernel32",
        "-lz",
        "User32.lib",
        "-mconsole",
        "-Wl,--subsystem,console,-s",
        "-o",
        "a",
    ]);
    assert!(line.starts_with("cc "), "{line}");
    for gone in ["Ws2_32", "kernel32", "User32", "mconsole", "subsystem", "console"] {
        assert!(!line.contains(gone), "{gone}: {line}");
    }
    for kept in [" a.o ", " -lz ", " -Wl,-s ", " -o a "] {
        assert!(line.contains(kept), "{kept}: {line}");
    }
    // Behind everything that needs it.
    assert!(line.find("-lws2_32").unwrap() > line.find("-lz").unwrap(), "{line}");
}

#[test]
fn nothing_is_linked_where_nothing_is_to_be_linked() {
    for arguments in [
        &["-c", "a.c"][..],
        &["-E", "a.c"],
        &["-S", "a.c"],
        &["-M", "a.c"],
        &["-fsyntax-only", "a.c"],
        &["--version"],
        &["-v"],
    ] {
        let line = shown(arguments);
        assert!(!line.contains("-lws2_32") && !line.contains("-L"), "{line}");
    }
    assert!(shown(&["a.o"]).contains("-lws2_32") && shown(&["-shared", "a.o"]).contains("-lws2_32"));
    assert!(!shown(&["-nostdlib", "a.o"]).contains("-lws2_32"));
}

#[test]
fn response_files_are_read() {
    let place = place();
    std::fs::write(place.path().join("inner"), "-lkernel32 -DINNER\n").unwrap();
    std::fs::write(place.path().join("arguments"), "-Wall \"-DNAME=two words\" a.o\n@inner -o 'the program'")
        .unwrap();
    let line = quiet(compiler("ws2cc", place.path()).args(["--show", "@arguments"]));
    for kept in ["-Wall", "'-DNAME=two words'", "a.o", "-DINNER", "'the program'", "-lws2_32"] {
        assert!(line.contains(kept), "{kept}: {line}");
    }
    assert!(!line.contains("kernel32"), "{line}");
}

const SPELLED: &str = r#"#include <WinSock2.H>
#include <WS2TCPIP.h>
#include "sub\Inner.H"
#include <STDIO.H>
#pragma comment(lib, "ws2_32.lib")
#if !defined _WIN32 || !defined _WIN64 || defined __linux__ || defined __unix__ || defined linux || defined unix
# error "this is for Windows"
#endif
__declspec(dllexport) int __cdecl function(void);
__declspec(dllimport) extern int __stdcall imported(void);
__declspec(align(32)) char aligned[4];
__declspec(thread) static int per_thread;
__declspec(noreturn) void end(void);
__declspec(deprecated("old")) int old(void);
__declspec(selectany) int anywhere = 3;
unsigned __int64 wide;
__forceinline int forced(void) { return 1; }
int __cdecl function(void) { return per_thread + forced(); }
int main(void)
{
    WSADATA data;

    printf("%d %d %d %d\n", WSAStartup(MAKEWORD(2, 2), &data), INNER, OTHER, (int)((size_t)aligned % 32));
    return function() - 1;
}
"#;

#[test]
fn letter_case_backslashes_and_words_of_windows_compilers() {
    let place = place();
    std::fs::create_dir(place.path().join("Sub")).unwrap();
    std::fs::write(place.path().join("Sub/inner.h"), "#include \"OTHER.h\"\n#define INNER 3\n").unwrap();
    std::fs::write(place.path().join("Sub/Other.h"), "#define OTHER 4\n").unwrap();
    std::fs::write(place.path().join("spelled.c"), SPELLED).unwrap();
    std::fs::copy(place.path().join("spelled.c"), place.path().join("spelled.cpp")).unwrap();
    for (wrapper, variable, compilers, source) in [
        ("ws2cc", "WS2CC_CC", ["gcc", "clang"], "spelled.c"),
        ("ws2c++", "WS2CC_CXX", ["g++", "clang++"], "spelled.cpp"),
    ] {
        for program in compilers {
            if !available(program) {
                left_out(&format!("no {program}, so ws2cc was not tried with it"));
                continue;
            }
            let mut command = compiler(wrapper, place.path());
            command
                .env(variable, program)
                .args(["-Wall", "-Wextra", "-Werror", "-MMD", "-c", source, "-o", "s.o"]);
            quiet(&mut command);
            // make must find every file in the list; what was made for the call is gone.
            let list = std::fs::read_to_string(place.path().join("s.d")).unwrap();
            assert!(list.contains("Sub/inner.h") && list.contains("Sub/Other.h"), "{list}");
            for name in list.split([' ', '\n']).filter(|name| name.starts_with('/')) {
                assert!(std::path::Path::new(name).exists(), "{name} in {list}");
            }
            quiet(compiler(wrapper, place.path()).env(variable, program).args(["s.o", "-o", "s"]));
            assert_eq!(output(&mut Command::new(place.path().join("s"))), "0 3 4 0\n", "{program}");
        }
    }
    // What is nowhere is an error that names it once.
    std::fs::write(place.path().join("none.c"), "#include <NoSuch.h>\n").unwrap();
    let failed = compiler("ws2cc", place.path()).args(["-c", "none.c"]).output().unwrap();
    assert!(!failed.status.success() && text(&failed.stderr).matches("NoSuch.h: No such file").count() == 1);
}

#[test]
fn without_windows_words_the_source_is_linux() {
    let place = place();
    std::fs::write(
        place.path().join("a.c"),
        "#if defined _WIN32 || !defined __linux__\n# error wrong\n#endif\n#include <winsock2.h>\nint main(void) { return 0; }\n",
    )
    .unwrap();
    quiet(compiler("ws2cc", place.path()).args(["-mno-win32", "a.c"]));
}

#[test]
fn a_source_may_come_through_a_pipe() {
    let place = place();
    std::fs::write(place.path().join("a.c"), PROGRAM).unwrap();
    let mut command = compiler("ws2cc", place.path());
    command.args(["-x", "c", "-", "-o", "a"]);
    command.stdin(Stdio::from(std::fs::File::open(place.path().join("a.c")).unwrap()));
    quiet(&mut command);
    quiet(&mut Command::new(place.path().join("a")));
}

#[test]
fn the_library_can_be_linked_in() {
    let place = place();
    std::fs::write(place.path().join("a.c"), PROGRAM).unwrap();
    quiet(compiler("ws2cc", place.path()).args(["a.c", "-static-ws2_32", "-o", "a"]));
    let needed = output(Command::new("readelf").arg("-d").arg(place.path().join("a")));
    assert!(!needed.contains("libws2_32"), "{needed}");
    quiet(&mut Command::new(place.path().join("a")));
}

#[test]
fn make_builds_with_it() {
    let place = place();
    std::fs::write(place.path().join("a.c"), PROGRAM).unwrap();
    std::fs::write(place.path().join("Makefile"), "LDLIBS = -lws2_32\na: a.o\na.o: a.c\n").unwrap();
    let wrapper = file("bin/ws2cc");
    let mut make = Command::new("make");
    make.current_dir(place.path()).env("WS2_LIBDIR", place.path()).env_remove("MAKEFLAGS");
    output(make.arg(format!("CC={}", wrapper.display())));
    quiet(&mut Command::new(place.path().join("a")));
}

#[test]
fn cmake_builds_with_it() {
    if !available("cmake") {
        return left_out("no cmake, so it was not tried with ws2cc");
    }
    let place = place();
    std::fs::write(
        place.path().join("a.c"),
        PROGRAM
            .replace("main(void)", "main(void) { return part(); } int unused(void)")
            .replace("int main", "__declspec(dllimport) int part(void);\nint main"),
    )
    .unwrap();
    std::fs::write(
        place.path().join("part.c"),
        "__declspec(dllexport) int part(void);\nint part(void) { return 0; }\n",
    )
    .unwrap();
    std::fs::write(
        place.path().join("x.cpp"),
        "#include <vector>\n#include <Winsock2.h>\nint count() { return (int)std::vector<int>(3).size(); }\n",
    )
    .unwrap();
    std::fs::write(
        place.path().join("CMakeLists.txt"),
        "cmake_minimum_required(VERSION 3.10)\nproject(a C CXX)\nfind_package(Threads REQUIRED)\n\
         add_library(part SHARED part.c)\nadd_executable(a a.c x.cpp)\n\
         target_link_libraries(a part ws2_32 iphlpapi Threads::Threads)\n",
    )
    .unwrap();
    let cmake = |arguments: &[&str]| {
        let mut command = Command::new("cmake");
        command.current_dir(place.path()).env("WS2_LIBDIR", place.path()).env_remove("MAKEFLAGS");
        command.env("CC", file("bin/ws2cc")).env("CXX", file("bin/ws2c++"));
        output(command.args(arguments))
    };
    cmake(&["-B", "built", "."]);
    cmake(&["--build", "built"]);
    quiet(&mut Command::new(place.path().join("built/a")));
}

#[test]
fn what_is_missing_is_listed_by_library() {
    let place = place();
    std::fs::write(
        place.path().join("a.c"),
        "#include <winsock2.h>\n#include <stdio.h>\n#include <string.h>\nint RegSaveKeyA(int); int own_function(void); int CreateFiber(int);\n\
         int main(void) { char b[9]; strcpy_s(b, 9, \"x\"); return RegSaveKeyA(1) + own_function() + CreateFiber(2) + send(0, b, 1, 0) \
         + (int)GetTickCount(); }\n",
    )
    .unwrap();
    quiet(compiler("ws2cc", place.path()).args(["-c", "a.c"]));
    for arguments in [&["a.o"][..], &["a.c"], &["a.o", "-lkernel32"]] {
        let listed = compiler("ws2cc", place.path()).arg("--missing").args(arguments).output().unwrap();
        let said = text(&listed.stdout);
        assert_eq!(listed.status.code(), Some(1), "{said}{}", text(&listed.stderr));
        let lines: Vec<&str> = said.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        assert_eq!(lines.len(), 6, "{said}");
        assert_eq!((lines[0], lines[1]), ("(no function of Windows that is known here)", "own_function"));
        assert!(lines[2] == "advapi32.dll" && lines[3].starts_with("RegSaveKeyA  "), "{said}");
        assert!(lines[4] == "kernel32.dll" && lines[5].ends_with("makecontext and swapcontext"), "{said}");
    }
    std::fs::write(place.path().join("b.c"), PROGRAM).unwrap();
    assert_eq!(quiet(compiler("ws2cc", place.path()).args(["--missing", "b.c"])), "nothing is missing\n");
    if !available("x86_64-w64-mingw32-gcc") {
        return left_out("no mingw, so no program of Windows was asked for its imports");
    }
    let registry =
        "#include <windows.h>\nint main(void) { HKEY key = NULL; return RegSaveKeyA(key, \"x\", NULL); }\n";
    std::fs::write(place.path().join("c.c"), registry).unwrap();
    let mut mingw = Command::new("x86_64-w64-mingw32-gcc");
    quiet(mingw.current_dir(place.path()).args(["c.c", "-o", "c.exe"]));
    let listed = compiler("ws2cc", place.path()).args(["--missing", "c.exe"]).output().unwrap();
    let said = text(&listed.stdout);
    assert!(
        said.starts_with("advapi32.dll\n    RegSaveKeyA  ") && !said.contains("VirtualProtect"),
        "{said}"
    );
}

#[test]
fn it_says_what_it_does() {
    let place = place();
    let help = quiet(compiler("ws2c++", place.path()).arg("--help"));
    assert!(help.starts_with("Usage: ws2c++ ") && help.contains("--missing"), "{help}");
}

/// The checks of configure scripts and of CMake find the headers that Windows has, and not those of POSIX' sockets.
#[test]
fn checks_find_what_windows_has() {
    let place = place();
    for (header, there) in [
        ("winsock2.h", true),
        ("bcrypt.h", true),
        ("sys/socket.h", false),
        ("netdb.h", false),
        ("arpa/inet.h", false),
    ] {
        std::fs::write(
            place.path().join("check.c"),
            format!("#include <{header}>\nint main(void) {{ return 0; }}\n"),
        )
        .unwrap();
        let checked =
            compiler("ws2cc", place.path()).args(["-c", "check.c", "-o", "check.o"]).output().unwrap();
        assert_eq!(checked.status.success(), there, "{header}: {}", text(&checked.stderr));
    }
    // Behind Winsock's they are there, for a port that is half done; and for the Linux half.
    std::fs::write(
        place.path().join("both.c"),
        "#include <winsock2.h>\n#include <sys/socket.h>\n#include <netdb.h>\n",
    )
    .unwrap();
    quiet(compiler("ws2cc", place.path()).args(["-c", "both.c", "-o", "both.o"]));
    std::fs::write(place.path().join("linux.c"), "#include <sys/socket.h>\n#include <netdb.h>\n").unwrap();
    quiet(compiler("ws2cc", place.path()).args(["-mno-win32", "-c", "linux.c", "-o", "linux.o"]));
}

/// ssize_t is there with every header of the C run-time and of Winsock, as other compilers than Microsoft's have it; pthread's
/// types are there with <pthread.h> only.
/// The checks of CMake, autoconf and Meson, which declare a function themselves; and a program that calls it.
#[test]
fn checks_do_not_find_what_windows_has_not() {
    let place = place();
    let write = |name: &str, text: &str| std::fs::write(place.path().join(name), text).unwrap();
    write(
        "CheckFunctionExists.c",
        "char CHECK_FUNCTION_EXISTS();\nint main(void) { return CHECK_FUNCTION_EXISTS(); }\n",
    );
    let found = |file: &str, options: &[&str]| {
        let mut command = compiler("ws2cc", place.path());
        command.args(["-w", "-fno-builtin"]).args(options).args([file, "-o", "check"]);
        let ended = own_library(&mut command).output().unwrap();
        let said = text(&ended.stderr);
        assert_eq!(ended.status.success(), said.is_empty(), "{said}");
        ended.status.success()
    };
    for (function, there) in
        [("poll", false), ("fork", false), ("pipe", false), ("malloc", true), ("strcasecmp", true)]
    {
        assert_eq!(
            found("CheckFunctionExists.c", &[&format!("-DCHECK_FUNCTION_EXISTS={function}")]),
            there,
            "{function}"
        );
        for (file, arguments) in [("conftest.c", ""), ("testfile.c", "void")] {
            write(
                file,
                &format!("char {function} ({arguments});\nint main(void) {{ return {function} (); }}\n"),
            );
            assert_eq!(found(file, &[]), there, "{function} in {file}");
        }
    }
    assert!(
        found("conftest.c", &["-mno-win32"])
            && found("CheckFunctionExists.c", &["-mno-win32", "-DCHECK_FUNCTION_EXISTS=poll"])
    );
    // Who calls it is not hindered.
    write("program.c", "#include <poll.h>\nint main(void) { return poll(0, 0, 0); }\n");
    assert!(found("program.c", &[]));
}

/// The list of such functions: libc has them, mingw has them not.
#[test]
fn functions_that_windows_has_not() {
    let list = std::fs::read_to_string(file("share/ws2cc/unix.txt")).unwrap();
    let place = place();
    let links = |compiler: &str, function: &str| {
        let source = format!("char {function}();\nint main(void) {{ return {function}(); }}\n");
        std::fs::write(place.path().join("one.c"), source).unwrap();
        let mut command = Command::new(compiler);
        command.current_dir(place.path()).args(["-w", "-fno-builtin", "one.c", "-o", "one", "-lm"]);
        command.stderr(Stdio::null()).status().unwrap().success()
    };
    let names: Vec<&str> = list.lines().collect();
    assert!(names.len() > 20 && names.is_sorted());
    let mingw = "x86_64-w64-mingw32-gcc";
    for name in names {
        assert!(links("cc", name), "{name} is no function of libc");
        if available(mingw) {
            assert!(!links(mingw, name), "{name} is a function of Windows");
        }
    }
}

#[test]
fn types_come_with_the_headers_of_windows() {
    let place = place();
    for source in [
        "#include <winsock2.h>\nssize_t n;\n",
        "#include <string.h>\nssize_t n;\n",
        "#include <winsock2.h>\n#include <stdio.h>\n#include <sys/types.h>\nssize_t n;\n",
        "#include <stdlib.h>\n#include <signal.h>\n#include <winsock2.h>\ntypedef int pthread_t; typedef int pthread_mutex_t;\n",
        "#include <stdlib.h>\n#include <winsock2.h>\n#include <pthread.h>\npthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;\n\
         pthread_t f(void) { pthread_mutex_lock(&m); return pthread_self(); }\n",
    ] {
        std::fs::write(place.path().join("a.c"), source).unwrap();
        quiet(compiler("ws2cc", place.path()).args(["-Wall", "-Werror", "-c", "a.c", "-o", "a.o"]));
    }
}
