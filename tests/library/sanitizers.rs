//! C programs under the tools that watch memory, undefined behaviour, threads and descriptors. Each tool must also
//! find a deliberate fault: one that is not at work finds nothing either.
//!
//! The sanitizers watch the C side, what the library tells them of the buffers that it is given, and what it does with its
//! memory through the C library. All that the library itself does is watched by valgrind, and by the fuzz targets, which are
//! built with AddressSanitizer.

use std::path::Path;
use std::process::{Command, Output};

use crate::support::compile::{available, complaints, include, left_out, scratch};
use crate::support::made::{NATIVE, library, link_into};

#[derive(Clone, Copy, Debug)]
enum Linked {
    Shared,
    Static,
}

impl Linked {
    /// What ThreadSanitizer is to leave out, as docs/SANITIZERS.md has it: the inside of the library, whose locks are Rust's own.
    fn suppressions(self) -> String {
        let page = include_str!("../../docs/SANITIZERS.md");
        let opening = match self {
            Self::Shared => "```text shared",
            Self::Static => "```text static",
        };
        let (_, rest) = page.split_once(&format!("\n{opening}\n")).unwrap();
        rest.split_once("```").unwrap().0.to_owned()
    }
}

struct Program {
    directory: tempfile::TempDir,
}

/// Compiles a program of `tests/c`, strictly.
fn build(compiler: &str, source: &str, linked: Linked, flags: &[&str]) -> Program {
    let directory = scratch();
    link_into(directory.path());
    let mut command = Command::new(compiler);
    command.args(["-std=gnu11", "-g", "-O1", "-fno-omit-frame-pointer", "-Wall", "-Wextra", "-Werror"]);
    command.args(flags).arg("-I").arg(include());
    command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/c").join(source));
    match linked {
        Linked::Shared => command.arg(library("so")).arg("-lpthread"),
        Linked::Static => command.arg(library("a")).args(NATIVE),
    };
    let output = command.arg("-o").arg(directory.path().join("program")).output().unwrap();
    assert!(output.status.success(), "{compiler} {source} {linked:?}: {}", complaints(&output));
    Program { directory }
}

impl Program {
    fn command(&self, wrapper: &[&str]) -> Command {
        let program = self.directory.path().join("program");
        let mut command = match wrapper {
            [] => Command::new(program),
            [tool, arguments @ ..] => {
                let mut command = Command::new(tool);
                command.args(arguments).arg(program);
                command
            }
        };
        command.env("LD_LIBRARY_PATH", self.directory.path());
        command.env("UBSAN_OPTIONS", "print_stacktrace=1:halt_on_error=1");
        command.env("ASAN_OPTIONS", "detect_leaks=1");
        command
    }

    /// Runs it, and finds nothing wrong.
    fn passes(&self, wrapper: &[&str], what: &str) -> Output {
        let output = self.command(wrapper).output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(
            output.status.success() && said.ends_with("0 wrong\n"),
            "{what}: {said}{}",
            complaints(&output)
        );
        output
    }

    /// Runs it with a fault, and the tool must say so.
    fn is_caught(&self, wrapper: &[&str], faults: &str, reports: &[&str]) -> Output {
        let output = self.command(wrapper).arg(faults).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        let found = reports.iter().all(|report| said.contains(report));
        assert!(!output.status.success() && found, "not all of {reports:?} was found: {said}");
        output
    }
}

/// Whether a compiler has the run-time parts of the sanitizers, which Debian packages apart for clang.
fn has_sanitizers(compiler: &str) -> bool {
    let directory = scratch();
    let source = directory.path().join("empty.c");
    std::fs::write(&source, "int main(void) { return 0; }\n").unwrap();
    let mut command = Command::new(compiler);
    command.arg("-fsanitize=address,undefined").arg(source).arg("-o").arg(directory.path().join("empty"));
    command.output().unwrap().status.success()
}

#[test]
fn address_and_undefined_behaviour() {
    for compiler in ["gcc", "clang"] {
        if !available(compiler) {
            left_out(&format!("{compiler} is missing"));
            continue;
        }
        if !has_sanitizers(compiler) {
            left_out(&format!("{compiler} has no sanitizers (Debian: libclang-rt-dev)"));
            continue;
        }
        for linked in [Linked::Shared, Linked::Static] {
            let flags = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all"];
            let faults = build(compiler, "faults.c", linked, &flags);
            faults.is_caught(&[], "r", &["AddressSanitizer: heap-buffer-overflow"]);
            faults.is_caught(&[], "u", &["signed integer overflow"]);
            faults.is_caught(&[], "l", &["LeakSanitizer: detected memory leaks"]);
            let what = format!("{compiler} {linked:?}");
            build(compiler, "one_of_each.c", linked, &flags).passes(&[], &what);
            build(compiler, "threads.c", linked, &flags).passes(&[], &what);
        }
    }
}

/// A program whose malloc takes the C library's place, and fails: nothing in the library stops it.
#[test]
fn a_malloc_that_fails() {
    for linked in [Linked::Shared, Linked::Static] {
        let output = build("gcc", "little_memory.c", linked, &["-fno-builtin"]).passes(&[], "little memory");
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(!said.starts_with("0 refused"), "{linked:?}: malloc was not asked: {said}");
    }
}

/// What each sanitizer sees through the library: nothing where nothing is wrong, and each fault of `watched.c`.
#[test]
fn they_see_through_the_library() {
    const PROGRAM: &str = "watched.c";
    const REPORTS: &[(&str, &str, &str)] = &[
        ("address", "s", "AddressSanitizer: heap-buffer-overflow"),
        ("address", "r", "AddressSanitizer: heap-buffer-overflow"),
        ("address", "b", "AddressSanitizer: heap-buffer-overflow"),
        ("address", "o", "AddressSanitizer: heap-buffer-overflow"),
        ("memory", "n", "MemorySanitizer: use-of-uninitialized-value"),
        ("memory", "v", "MemorySanitizer: use-of-uninitialized-value"),
        ("thread", "t", "ThreadSanitizer: data race"),
    ];
    if !available("setarch") {
        return left_out("setarch is missing");
    }
    for (compiler, sanitizers) in
        [("gcc", &["address", "thread"][..]), ("clang", &["address", "memory", "thread"])]
    {
        if !available(compiler) || !has_sanitizers(compiler) {
            left_out(&format!("{compiler} with its sanitizers is missing (Debian: libclang-rt-dev)"));
            continue;
        }
        for (sanitizer, linked) in
            sanitizers.iter().flat_map(|sanitizer| [(sanitizer, Linked::Shared), (sanitizer, Linked::Static)])
        {
            let program = build(compiler, PROGRAM, linked, &[&format!("-fsanitize={sanitizer}")]);
            let list = program.directory.path().join("suppressions");
            std::fs::write(&list, linked.suppressions()).unwrap();
            // Older run-times do not know how far newer kernels spread addresses.
            let wrapper = ["env", &format!("TSAN_OPTIONS=suppressions={}", list.display()), "setarch", "-R"];
            program.passes(&wrapper, &format!("{compiler} {sanitizer} {linked:?}"));
            for (_, fault, report) in REPORTS.iter().filter(|(of, ..)| of == sanitizer) {
                program.is_caught(&wrapper, fault, &[report]);
            }
        }
    }
}

/// The C side of threads that wait for each other in every way. Of the library ThreadSanitizer sees what it is told, and what
/// the library does through the C library, between locks that are Rust's own and not told: that part is left out; of the shared
/// library, since it can be named.
#[test]
fn threads() {
    if !available("setarch") {
        return left_out("setarch is missing");
    }
    let race = build("gcc", "threads.c", Linked::Shared, &["-fsanitize=thread", "-DRACE"]);
    let program = build("gcc", "threads.c", Linked::Shared, &["-fsanitize=thread"]);
    let list = race.directory.path().join("suppressions");
    std::fs::write(&list, Linked::Shared.suppressions()).unwrap();
    let wrapper = ["env", &format!("TSAN_OPTIONS=suppressions={}", list.display()), "setarch", "-R"];
    race.is_caught(&wrapper, "", &["ThreadSanitizer: data race"]);
    program.passes(&wrapper, "threads");
}

/// The same by helgrind, which follows every access of the C program and of what it calls in the C library. It does
/// not know Rust's locks either, so the library itself is suppressed.
#[test]
fn threads_under_helgrind() {
    if !available("valgrind") {
        return left_out("valgrind is missing");
    }
    let list = concat!("--suppressions=", env!("CARGO_MANIFEST_DIR"), "/tests/c/valgrind.supp");
    let wrapper = ["valgrind", "--tool=helgrind", "--error-exitcode=9", list];
    let race = build("gcc", "threads.c", Linked::Shared, &["-DRACE"]);
    race.is_caught(&wrapper, "", &["Possible data race"]);
    build("gcc", "threads.c", Linked::Shared, &[]).passes(&wrapper, "threads under helgrind");
}

const VALGRIND: &[&str] = &[
    "valgrind",
    "--quiet",
    "--error-exitcode=9",
    "--leak-check=full",
    "--errors-for-leak-kinds=definite,indirect,possible",
    "--track-fds=yes",
    concat!("--suppressions=", env!("CARGO_MANIFEST_DIR"), "/tests/c/valgrind.supp"),
];

/// The descriptors that were open at the end, beside those that the program began with.
fn left_open(output: &Output) -> Vec<String> {
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let lines: Vec<&str> = said.lines().collect();
    let is_own = |pair: &&[&str]| pair[0].contains("= Open ") && !pair[1].contains("<inherited from parent>");
    let named = lines.windows(2).filter(is_own).map(|pair| pair[0].to_string());
    named
        .filter(|line| {
            !["descriptor 0:", "descriptor 1:", "descriptor 2:"].iter().any(|std| line.contains(std))
        })
        .collect()
}

#[test]
fn memory_and_descriptors() {
    if !available("valgrind") {
        return left_out("valgrind is missing");
    }
    let faults = build("gcc", "faults.c", Linked::Shared, &[]);
    let caught = faults.is_caught(VALGRIND, "rwld", &["Invalid read", "Invalid write", "definitely lost"]);
    assert_eq!(left_open(&caught).len(), 1, "{}", String::from_utf8_lossy(&caught.stderr));
    for source in ["one_of_each.c", "threads.c"] {
        let program = build("gcc", source, Linked::Shared, &["-DNO_WILD_POINTERS"]);
        let output = program.passes(VALGRIND, source);
        assert_eq!(left_open(&output), Vec::<String>::new(), "{source}");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!said.contains(" at 0x"), "{source}: {said}");
    }
}
