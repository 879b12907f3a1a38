//! `make install`, by somebody who has no cargo; what is installed is found by pkg-config, CMake and ws2cc, and `make uninstall`
//! leaves nothing behind.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::build::{library, run};
use crate::support::process::left_out;

const TREE: &str = env!("CARGO_MANIFEST_DIR");

/// The search path without the directories that have cargo.
fn path_without_cargo() -> OsString {
    let path = std::env::var_os("PATH").unwrap();
    let kept = std::env::split_paths(&path).filter(|directory| !directory.join("cargo").exists());
    std::env::join_paths(kept).unwrap()
}

fn make(target: &str, prefix: &Path, more: &[&str]) -> Command {
    let mut make = Command::new("make");
    make.args(["--quiet", target]).args(more).arg(format!("PREFIX={}", prefix.display())).current_dir(TREE);
    make.env_remove("MAKEFLAGS").env_remove("CARGO_MAKEFLAGS").env("PATH", path_without_cargo());
    make.env("CARGO_TARGET_DIR", library("so").parent().unwrap().parent().unwrap());
    make
}

/// Makes the man pages and documents, once for all tests here: they take each other's place.
fn pages() {
    static PAGES: std::sync::Once = std::sync::Once::new();
    PAGES.call_once(|| drop(run(&mut make("pages", Path::new("/usr"), &[]))));
}

/// The example of README.md, in a directory of its own.
fn source(directory: &Path) -> PathBuf {
    let source = directory.join("example.c");
    let (_, text) = include_str!("../../README.md").split_once("\n```c example\n").unwrap();
    fs::write(&source, text.split_once("\n```").unwrap().0).unwrap();
    source
}

fn says_what_it_should(program: &Path) {
    let said = run(Command::new(program).env_remove("WS2_TRACE").env_remove("LD_LIBRARY_PATH"));
    assert_eq!(said, "error 10057\n", "{}", program.display());
}

fn available(tool: &str) -> bool {
    let there = Command::new(tool).arg("--version").output().is_ok();
    if !there {
        left_out(&format!("{tool} is missing"));
    }
    there
}

fn words(command: &mut Command) -> Vec<String> {
    run(command).split_whitespace().map(str::to_owned).collect()
}

#[test]
fn installed_without_cargo_and_removed_again() {
    pages();
    let directory = tempfile::tempdir().unwrap();
    let prefix = directory.path().join("prefix with a blank");
    let libdir = format!("libdir={}/lib/deep", prefix.display());
    let said = run(&mut make("install", &prefix, &[&libdir]));
    assert!(said.contains("ldconfig"), "{said}");
    for file in [
        "lib/deep/libws2_32.so.2",
        "lib/deep/libws2_32.dll.so",
        "lib/deep/Ws2_32.dll",
        "include/ws2_32/winsock2.h",
        "bin/ws2cc",
        "share/man/man3/ws2_send.3",
        "share/man/man1/ws2cc.1",
        "share/doc/ws2_32/LICENSE-MIT",
        "share/doc/ws2_32/html/index.html",
    ] {
        assert!(prefix.join(file).exists(), "{file} was not installed");
    }
    let copied = fs::read(prefix.join("lib/deep/libws2_32.so.2")).unwrap();
    assert_eq!(copied, fs::read(library("so")).unwrap(), "stripped, although nobody asked for it");
    run(&mut make("install-strip", &prefix, &[&libdir]));
    assert!(fs::read(prefix.join("lib/deep/libws2_32.so.2")).unwrap().len() < copied.len());

    let program = directory.path().join("program");
    let example = source(directory.path());
    run(Command::new(prefix.join("bin/ws2cc")).arg("-o").arg(&program).arg(&example));
    says_what_it_should(&program);
    run(Command::new(prefix.join("bin/ws2cc")).args(["-static", "-o"]).arg(&program).arg(&example));
    says_what_it_should(&program);

    run(&mut make("uninstall", &prefix, &[&libdir]));
    let left = run(Command::new("find").arg(&prefix).args(["!", "-type", "d"]));
    assert_eq!(left, "", "make uninstall has left them");
}

#[test]
fn staged_for_a_package_and_found_by_tools() {
    pages();
    let directory = tempfile::tempdir().unwrap();
    let (stage, prefix) = (directory.path().join("stage"), Path::new("/opt/winsock"));
    let destination = format!("DESTDIR={}", stage.display());
    run(&mut make("install", prefix, &[&destination]));
    let root = stage.join("opt/winsock");
    let rpath = format!("-Wl,-rpath,{}", root.join("lib").display());
    let (program, example) = (directory.path().join("program"), source(directory.path()));

    if available("pkg-config") {
        let pkg_config = |arguments: &[&str]| {
            let mut tool = Command::new("pkg-config");
            tool.args(arguments).arg("ws2_32").env("PKG_CONFIG_SYSROOT_DIR", &stage);
            words(tool.env("PKG_CONFIG_PATH", root.join("lib/pkgconfig")))
        };
        for (options, extra) in
            [(&["--cflags", "--libs"][..], &rpath[..]), (&["--static", "--cflags", "--libs"], "-static")]
        {
            let mut gcc = Command::new("gcc");
            gcc.args([extra, "-o"]).arg(&program).arg(&example).args(pkg_config(options));
            run(&mut gcc);
            says_what_it_should(&program);
        }
        // In the place where it was built.
        let mut tool = Command::new("pkg-config");
        tool.args(["--cflags", "--libs", "ws2_32"]).env("PKG_CONFIG_PATH", library("so").parent().unwrap());
        run(Command::new("gcc").arg("-o").arg(&program).arg(&example).args(words(&mut tool)));
        says_what_it_should(&program);
    }
    if available("cmake") {
        let project = "cmake_minimum_required(VERSION 3.10)\nproject(example C)\nfind_package(ws2_32 0.1 CONFIG REQUIRED)\n\
            add_executable(shared example.c)\ntarget_link_libraries(shared PRIVATE ws2_32::ws2_32)\n\
            add_executable(whole example.c)\ntarget_link_libraries(whole PRIVATE ws2_32::static)\n";
        fs::write(directory.path().join("CMakeLists.txt"), project).unwrap();
        let build = directory.path().join("build");
        let mut cmake = Command::new("cmake");
        cmake.arg("-S").arg(directory.path()).arg("-B").arg(&build);
        run(cmake.arg(format!("-DCMAKE_PREFIX_PATH={}", root.display())));
        run(Command::new("cmake").arg("--build").arg(&build));
        says_what_it_should(&build.join("shared"));
        says_what_it_should(&build.join("whole"));
        let needs = run(Command::new("readelf").arg("-dW").arg(build.join("whole")));
        assert!(!needs.contains("ws2_32"), "{needs}");
    }
}

#[test]
fn what_is_not_built_is_not_installed() {
    let directory = tempfile::tempdir().unwrap();
    let mut make = make("install", &directory.path().join("prefix"), &[]);
    let done = make.env("CARGO_TARGET_DIR", directory.path().join("nothing")).output().unwrap();
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(!done.status.success() && said.contains("run make first"), "{said}");
    assert!(!directory.path().join("prefix").exists());
}
