//! Programs in the style of Windows against the headers, compiled with both compilers in several standards, and run: names
//! that are the program's own, members named as functions, `struct timeval` before the header, `unsigned long *`, and
//! files of the same build that are for POSIX.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::compile;

/// The library's functions of which only the address is looked at.
const PLAYED: &str = "int ws2_select(void) { return 0; }\nint ws2_select_wide(void) { return 0; }\n\
                      int ws2_gethostname(void) { return 0; }\n";

const C: &[&str] = &["gnu89", "c99", "gnu2x"];
/// Standards that let a typedef be repeated, as C++ does.
const C11: &[&str] = &["c11", "gnu2x"];
const GNU: &[&str] = &["gnu89", "gnu99", "gnu2x"];
const CPP: &[&str] = &["c++98", "c++11", "gnu++2b"];

fn sources() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/c/headers")
}

/// Compiles a program with every compiler and in every standard, and runs it: it must say 0.
fn works(source: &str, cpp: bool, standards: &[&str], flags: &[&str]) {
    let (language, compilers) = if cpp { ("c++", ["g++", "clang++"]) } else { ("c", ["gcc", "clang"]) };
    let directory = compile::scratch();
    let played = directory.path().join("played.c");
    std::fs::write(&played, PLAYED).unwrap();
    let object = directory.path().join("played.o");
    let made =
        Command::new("gcc").args(["-c", "-fno-builtin", "-o"]).args([&object, &played]).output().unwrap();
    assert!(made.status.success(), "{}", compile::complaints(&made));
    for compiler in compilers {
        if !compile::available(compiler) {
            compile::left_out(&format!("no {compiler}"));
            continue;
        }
        for standard in standards {
            let program = directory.path().join("program");
            let output = Command::new(compiler)
                .arg(format!("-std={standard}"))
                .args(["-Wall", "-Wextra", "-Werror", "-Wno-unused-function", "-I"])
                .arg(compile::include())
                .args(flags)
                .args(["-x", language])
                .arg(sources().join(source))
                .args(["-x", "none"])
                .arg(&object)
                .arg("-o")
                .arg(&program)
                .output()
                .unwrap();
            let said = compile::complaints(&output);
            assert!(said.is_empty(), "{compiler} -std={standard} {flags:?} {source}:\n{said}");
            let status = Command::new(&program).status().unwrap();
            assert!(status.success(), "{compiler} -std={standard} {flags:?} {source}: {status}");
        }
    }
}

/// Headers of libc that give or bring along `struct timeval`, as a program includes them first.
const FIRST: &[&str] = &[
    "-DFIRST=<stdlib.h>",
    "-DFIRST=<sys/types.h>",
    "-DFIRST=<time.h>",
    "-DFIRST=<sys/time.h>",
    "-DFIRST=<sys/select.h>",
    "-DFIRST=<sys/resource.h>",
    "-DFIRST=<sys/wait.h>",
];

/// X27: a program's own functions may have the names that POSIX has.
#[test]
fn names_of_posix_are_the_programs() {
    works("posix_names.c", false, C, &[]);
    works("posix_names.c", false, C, &["-D_WIN32", "-O2", "-D_FORTIFY_SOURCE=2"]);
}

#[test]
fn names_of_c_come_with_windows_h() {
    works("c_names.c", false, C, &[]);
    works("c_names.c", true, CPP, &[]);
    works("c_names.c", true, CPP, &["-O2", "-D_FORTIFY_SOURCE=2"]);
}

/// X29: before and after the header.
#[test]
fn members_may_be_called_as_functions_are() {
    works("members.c", false, C, &[]);
    works("members.c", false, C, &["-include", "sys/select.h"]);
    works("members.c", false, C, &["-include", "stdlib.h", "-include", "unistd.h"]);
}

#[test]
fn timeval_may_be_named_before_the_header() {
    works("time_before.c", false, C, &[]);
    for first in FIRST {
        works("time_before.c", false, C, &[first]);
        works("time_before.c", false, &["gnu17"], &[first, "-D_WIN32"]);
        works("time_before.c", true, &["gnu++17"], &[first]);
    }
}

#[test]
fn files_for_posix_keep_posix_select() {
    works("posix_file.c", false, GNU, &[]);
    for first in FIRST {
        works("posix_file.c", false, &["gnu17"], &[first]);
        works("posix_file.c", true, &["gnu++17"], &[first]);
    }
}

/// X29: `SOCKET`, `UINT_PTR` and `unsigned __int64`, sets that are constant.
#[test]
fn types_are_one_where_windows_has_one() {
    works("types.c", false, C11, &[]);
    works("types.c", true, &["c++11", "gnu++2b"], &[]);
}

/// X28: in every function, and never half written.
#[test]
fn unsigned_long_stands_for_dword() {
    works("wide.inc", false, C, &[]);
    works("wide.inc", true, CPP, &[]);
    works("wide.inc", false, &["gnu17"], &["-O2"]);
}

#[test]
fn short_wchar_makes_wide_literals_windows_texts() {
    works("short_wchar.inc", false, C, &["-fshort-wchar", "-DUNICODE"]);
    works("short_wchar.inc", true, CPP, &["-fshort-wchar", "-DUNICODE"]);
}

#[test]
fn min_and_max_are_there_in_cpp() {
    works("min_max.cpp", true, CPP, &[]);
}

#[test]
fn kinds_of_ipv6_addresses_are_functions() {
    works("in6.c", false, C, &[]);
    works("in6.c", true, CPP, &[]);
}
