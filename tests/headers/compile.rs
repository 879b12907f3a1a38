//! The headers compile without a warning: with both compilers, in every standard, each alone, and before and after
//! every other header that a program may include.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::sync::Mutex;

use crate::others::*;

/// Our headers in the order of Windows' documentation.
pub(crate) const OURS: &str = "#include <winsock2.h>\n#include <ws2tcpip.h>\n";

/// What every program of the matrix does with them.
pub(crate) fn body(cpp: bool) -> String {
    let classes = if cpp { include_str!("../c/headers_classes.inc") } else { "" };
    format!("{classes}{}", include_str!("../c/headers_body.inc"))
}

fn includes(headers: &[&str]) -> String {
    headers.iter().fold(String::new(), |mut text, header| {
        writeln!(text, "#include <{header}>").unwrap();
        text
    })
}

/// Programs for one compiler, as names for the report and texts.
pub(crate) struct Batch {
    compiler: &'static str,
    flags: Vec<String>,
    programs: Vec<(String, String)>,
}

impl Batch {
    pub(crate) fn new(
        compiler: &'static str,
        standard: &str,
        flags: &[&str],
        programs: Vec<(String, String)>,
    ) -> Self {
        let mut all = vec![format!("-std={standard}"), "-Wall".into(), "-Wextra".into(), "-Werror".into()];
        all.extend(flags.iter().map(|flag| (*flag).to_owned()));
        Batch { compiler, flags: all, programs }
    }

    /// Compiles all of it in one go; what the compiler says.
    pub(crate) fn check(&self, directory: &Path) -> String {
        let suffix = if self.compiler.ends_with("++") { "cpp" } else { "c" };
        let mut command = Command::new(self.compiler);
        command
            .args(&self.flags)
            .args(["-fsyntax-only", "-I"])
            .arg(crate::support::compile::include())
            .current_dir(directory);
        for (number, (name, text)) in self.programs.iter().enumerate() {
            let readable: String =
                name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
            let file = format!("{number:03}_{readable}.{suffix}");
            std::fs::write(directory.join(&file), text).unwrap();
            command.arg(file);
        }
        crate::support::compile::complaints(&command.output().unwrap())
    }
}

/// Compiles all batches on all processors; nothing may be said.
pub(crate) fn all_clean(batches: Vec<Batch>) {
    let work = Mutex::new(batches.into_iter());
    let failures = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().unwrap().get() {
            scope.spawn(|| {
                loop {
                    let Some(batch) = work.lock().unwrap().next() else { return };
                    let directory = crate::support::compile::scratch();
                    let said = batch.check(directory.path());
                    if !said.is_empty() {
                        failures.lock().unwrap().push(format!(
                            "{} {}:\n{said}",
                            batch.compiler,
                            batch.flags.join(" ")
                        ));
                    }
                }
            });
        }
    });
    let failures = failures.into_inner().unwrap();
    assert!(failures.is_empty(), "{} batches failed:\n{}", failures.len(), failures.join("\n"));
}

/// The compilers of C, or of C++, that there are.
pub(crate) fn compilers(cpp: bool) -> Vec<&'static str> {
    let (gnu, clang) = if cpp { ("g++", "clang++") } else { ("gcc", "clang") };
    assert!(crate::support::compile::available(gnu), "these tests need {gnu}");
    if crate::support::compile::available(clang) {
        return vec![gnu, clang];
    }
    crate::support::compile::left_out(&format!("no {clang}, so the headers were only tried with {gnu}"));
    vec![gnu]
}

fn standards(cpp: bool) -> &'static [&'static str] {
    if cpp { CPP_STANDARDS } else { C_STANDARDS }
}

/// Every compiler with the standards that a cheaper test is content with: GNU's all, clang's oldest and newest.
fn most_pairs(cpp: bool) -> Vec<(&'static str, &'static str)> {
    let standards = standards(cpp);
    let ends = [standards[0], standards[standards.len() - 1]];
    compilers(cpp)
        .into_iter()
        .flat_map(|compiler| {
            let chosen = if compiler.starts_with('g') { standards } else { &ends };
            chosen.iter().map(move |standard| (compiler, *standard)).collect::<Vec<_>>()
        })
        .collect()
}

/// All headers that go with a standard in any order.
fn others(cpp: bool, standard: &str) -> Vec<&'static str> {
    let mut others = C_HEADERS.to_vec();
    if cpp {
        others.extend(CPP98_HEADERS);
        if standard != "c++98" {
            others.extend(CPP11_HEADERS);
        }
    }
    others
}

/// Files that are parts of others and stand in pairs, or want a header of libc before.
const PARTS: &[&str] =
    &["ws2_libc_begin.h", "ws2_libc_end.h", "ws2_libc_select.h", "ws2_gettimeofday.h", "poppack.h"];

/// Our headers; those with capitals in the name only forward to the others.
fn ours(forwarders: bool) -> Vec<(String, String)> {
    let mut ours: Vec<String> = std::fs::read_dir(crate::support::compile::include())
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.file_type().unwrap().is_file())
        .map(|entry| entry.file_name().into_string().unwrap())
        .filter(|name| !PARTS.contains(&name.as_str()))
        .filter(|name| name.contains(char::is_uppercase) == forwarders)
        .collect();
    ours.sort();
    ours.iter()
        .map(|header| {
            (header.clone(), format!("#include <{header}>\n#include <{header}>\nextern int some;\n"))
        })
        .collect()
}

fn each_header_alone(cpp: bool) {
    let mut batches = Vec::new();
    for (compiler, standard) in most_pairs(cpp) {
        batches.push(Batch::new(compiler, standard, &[], ours(false)));
    }
    for compiler in compilers(cpp) {
        batches.push(Batch::new(compiler, standards(cpp)[0], &[], ours(true)));
        batches.push(Batch::new(compiler, standards(cpp)[5], &["-DUNICODE"], ours(false)));
    }
    all_clean(batches);
}

#[test]
fn each_header_compiles_alone_in_c() {
    each_header_alone(false);
}

#[test]
fn each_header_compiles_alone_in_cpp() {
    each_header_alone(true);
}

/// All other headers at once, before ours and after; in the oldest and newest standard also with the flags that change
/// what libc declares.
#[test]
fn all_standards_take_a_program_among_all_other_headers() {
    let mut batches = Vec::new();
    for cpp in [false, true] {
        let body = body(cpp);
        for compiler in compilers(cpp) {
            for standard in standards(cpp) {
                let others = includes(&others(cpp, standard));
                let programs = vec![
                    ("alone".into(), format!("{OURS}{body}")),
                    ("ours_first".into(), format!("{OURS}{others}{body}")),
                    ("ours_last".into(), format!("{others}{OURS}{body}")),
                ];
                batches.push(Batch::new(compiler, standard, &[], programs.clone()));
                if standard == &standards(cpp)[0] || standard == &standards(cpp)[5] {
                    for flags in [&["-O2", "-D_FORTIFY_SOURCE=2"][..], &["-D_WIN32", "-D_GNU_SOURCE"]] {
                        batches.push(Batch::new(compiler, standard, flags, programs[2..].to_vec()));
                    }
                }
            }
        }
    }
    all_clean(batches);
}

/// In every standard that has a `long long`, which Windows' types cannot do without.
#[test]
fn pedantic_compilers_are_content() {
    let mut batches = Vec::new();
    for cpp in [false, true] {
        let programs = vec![(
            "pedantic".into(),
            format!("{OURS}#include <mswsock.h>\n#include <mstcpip.h>\n{}", body(cpp)),
        )];
        for compiler in compilers(cpp) {
            for standard in standards(cpp).iter().filter(|standard| **standard != "gnu89") {
                batches.push(Batch::new(compiler, standard, &["-pedantic"], programs.clone()));
            }
        }
    }
    all_clean(batches);
}

/// Every other header for itself, before ours and after.
#[test]
fn any_order_with_every_other_header() {
    let mut batches = Vec::new();
    let mut add = |cpp: bool, compiler, standard, others: &[&str]| {
        let body = body(cpp);
        let programs: Vec<(String, String)> = others
            .iter()
            .flat_map(|other| {
                let line = includes(&[other]);
                [
                    (format!("before {other}"), format!("{OURS}{line}{body}")),
                    (format!("after {other}"), format!("{line}{OURS}{body}")),
                ]
            })
            .collect();
        batches.extend(programs.chunks(16).map(|part| Batch::new(compiler, standard, &[], part.to_vec())));
    };
    for compiler in compilers(false) {
        for standard in if compiler == "gcc" { &["gnu89", "gnu2x"][..] } else { &["c99"] } {
            add(false, compiler, standard, C_HEADERS);
        }
    }
    add(true, "g++", "c++98", CPP98_HEADERS);
    add(true, "g++", "c++11", C_HEADERS);
    add(true, "g++", "c++11", CPP11_HEADERS);
    all_clean(batches);
}

/// What libcurl's and others' headers do: include the forbidden ones, and use their types.
const THIRD_PARTY: &str = "
#include <sys/types.h>
#include <sys/socket.h>
#include <netinet/in.h>
#include <netdb.h>
#include <arpa/inet.h>
typedef int curl_socket_t;
typedef socklen_t curl_socklen_t;
struct curl_sockaddr { int family; int socktype; int protocol; unsigned int addrlen; struct sockaddr addr; };
typedef curl_socket_t (*curl_opensocket_callback)(void *clientp, struct curl_sockaddr *address);
struct third { struct sockaddr_in in; struct sockaddr_in6 in6; struct sockaddr_storage any; struct in_addr address; };
struct addrinfo *third_resolve(const char *name, struct hostent *host, struct timeval *limit, fd_set *set);
";

#[test]
fn linux_socket_headers_do_no_harm_after_ours() {
    let after: Vec<&str> = [FORBIDDEN_BEFORE, ONLY_AFTER].concat();
    let mut batches = Vec::new();
    for cpp in [false, true] {
        let body = body(cpp);
        let mut programs: Vec<(String, String)> = after
            .iter()
            .map(|header| ((*header).to_owned(), format!("{OURS}{}{body}", includes(&[header]))))
            .collect();
        programs.push(("all".into(), format!("{OURS}{}{body}", includes(&after))));
        programs.push(("third party".into(), format!("{OURS}{THIRD_PARTY}{body}")));
        for (compiler, standard) in most_pairs(cpp) {
            batches.push(Batch::new(compiler, standard, &[], programs.clone()));
        }
    }
    all_clean(batches);
}

#[test]
fn linux_socket_headers_before_ours_get_one_readable_error() {
    for compiler in compilers(false) {
        for header in FORBIDDEN_BEFORE {
            for ours in ["winsock2.h", "windows.h", "ws2tcpip.h", "winsock.h"] {
                let program = format!("{}{}{}", includes(&[header]), includes(&[ours]), body(false));
                let directory = crate::support::compile::scratch();
                let said = Batch::new(compiler, "gnu11", &[], vec![("order".into(), program)])
                    .check(directory.path());
                let errors: Vec<&str> = said.lines().filter(|line| line.contains("error:")).collect();
                assert!(
                    errors.len() == 2
                        && errors
                            .iter()
                            .any(|line| line.contains("include <winsock2.h> or <windows.h> before"))
                        && errors.iter().any(|line| line.contains("see the error above")),
                    "{compiler}, {header} before {ours}: {said}"
                );
            }
        }
    }
}

/// FD_SETSIZE is the program's to choose, wherever it does so; libc's own is no choice.
#[test]
fn fd_setsize_is_the_programs() {
    let claim =
        |size: u32| format!("typedef char claim[sizeof(fd_set) == 8 + {size} * sizeof(SOCKET) ? 1 : -1];\n");
    let redefine = "#undef FD_SETSIZE\n#define FD_SETSIZE 1024\n";
    let cases = [
        ("default", String::new(), 64),
        ("libc first", includes(&["stdlib.h", "sys/select.h"]), 64),
        ("chosen", "#define FD_SETSIZE 1024\n".into(), 1024),
        ("chosen after libc", format!("{}{redefine}", includes(&["stdlib.h", "sys/select.h"])), 1024),
        (
            "chosen after windows.h",
            "#define WIN32_LEAN_AND_MEAN\n#include <windows.h>\n#define FD_SETSIZE 5\n".into(),
            5,
        ),
    ];
    let mut batches = Vec::new();
    for cpp in [false, true] {
        let body = body(cpp);
        let programs: Vec<(String, String)> = cases
            .iter()
            .map(|(name, start, size)| ((*name).to_owned(), format!("{start}{OURS}{}{body}", claim(*size))))
            .collect();
        for compiler in compilers(cpp) {
            batches.push(Batch::new(compiler, if cpp { "gnu++17" } else { "gnu11" }, &[], programs.clone()));
        }
    }
    all_clean(batches);
}
