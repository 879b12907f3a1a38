//! What compilers say about wrong programs, and what becomes of right ones: symbols, functions of the headers themselves.

use std::process::Command;

use crate::compile::*;

/// The head of the first program in Windows' documentation.
#[test]
fn pragmas_of_windows_compilers_are_passed_over() {
    let program = "#ifndef WIN32_LEAN_AND_MEAN\n#define WIN32_LEAN_AND_MEAN\n#endif\n\n#include <windows.h>\n\
                   #include <winsock2.h>\n#include <ws2tcpip.h>\n#include <iphlpapi.h>\n#include <stdio.h>\n\n\
                   #pragma comment(lib, \"Ws2_32.lib\")\n#pragma warning(disable: 4996)\n\nint main() {\n  return 0;\n}\n";
    // g++ cannot be told before version 13.
    let compilers =
        compilers(false).into_iter().chain(compilers(true).into_iter().filter(|compiler| *compiler != "g++"));
    all_clean(
        compilers
            .map(|compiler| {
                let standard = if compiler.ends_with("++") { "gnu++17" } else { "gnu17" };
                Batch::new(compiler, standard, &[], vec![("documentation".into(), program.into())])
            })
            .collect(),
    );
}

/// What Windows' compilers refuse, ours refuse too: the convenience for `unsigned long *` hides nothing else.
#[test]
fn wrong_pointers_are_noticed() {
    for cpp in [false, true] {
        for call in
            ["ioctlsocket(1, FIONBIO, &number)", "WSAHtonl(1, 1, &number)", "select(1, &number, 0, 0, 0)"]
        {
            for compiler in compilers(cpp) {
                let program = format!("{OURS}int main(void) {{ int number = 0; return {call}; }}\n");
                let directory = crate::support::compile::scratch();
                let standard = if cpp { "gnu++17" } else { "gnu11" };
                let said = Batch::new(compiler, standard, &[], vec![("wrong".into(), program)])
                    .check(directory.path());
                assert!(said.contains("error:"), "{compiler} takes an int * in {call}");
            }
        }
    }
}

/// The label binds the very function: what an object file asks for, in C and in C++, optimised and fortified.
#[test]
fn calls_go_to_our_symbols() {
    for (compiler, suffix, cpp) in [("gcc", "c", false), ("g++", "cpp", true)] {
        for flags in [&["-O0"][..], &["-O2", "-D_FORTIFY_SOURCE=2"]] {
            for first in ["", "#include <stdlib.h>\n#include <unistd.h>\n#include <sys/time.h>\n"] {
                let directory = crate::support::compile::scratch();
                let file = directory.path().join("calls").with_extension(suffix);
                std::fs::write(&file, format!("{first}{OURS}{}", body(cpp))).unwrap();
                let assembly = Command::new(compiler)
                    .args(flags)
                    .args(["-S", "-o", "-", "-I"])
                    .arg(crate::support::compile::include())
                    .arg(&file)
                    .output()
                    .unwrap();
                assert!(assembly.status.success(), "{}", crate::support::compile::complaints(&assembly));
                let assembly = String::from_utf8(assembly.stdout).unwrap();
                let symbols: Vec<&str> =
                    assembly.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).collect();
                // After <sys/time.h> the one that takes libc's struct timeval.
                let select = if first.is_empty() { "ws2_select" } else { "ws2_select_wide" };
                for ours in [select, "ws2_send", "ws2_gethostname", "ws2_accept", "ws2_htonl", "closesocket"]
                {
                    assert!(symbols.contains(&ours), "{compiler} {flags:?}: no call of {ours}");
                }
                for theirs in [
                    "send",
                    "select",
                    "gethostname",
                    "accept",
                    "htonl",
                    "__gethostname_chk",
                    "__gethostname_alias",
                ] {
                    assert!(!symbols.contains(&theirs), "{compiler} {flags:?}: a call of {theirs}");
                }
            }
        }
    }
}

/// Sets, `unsigned long *`, `FormatMessage` and the like, which the headers define themselves.
#[test]
fn inline_functions_do_what_windows_does() {
    let said = crate::support::compile::output_of(include_str!("../c/inline_functions.c"));
    assert_eq!(said, Ok(String::new()));
}
