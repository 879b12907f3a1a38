//! Every function that the library exports is called with arguments that make no sense, by a test whose file says so in its name; those
//! that are not are listed here, with the reason.

use std::collections::BTreeSet;
use std::path::Path;

/// Words in the names of the files that call with such arguments.
const FILES: &[&str] = &["bad", "argument", "refused"];

/// Nothing is given to it, or only numbers, and it has no failure.
const CANNOT_FAIL: &[&str] = &[
    "CreateThreadpoolCleanupGroup",
    "DebugBreak",
    "ExitProcess",
    "ExitThread",
    "FreeConsole",
    "GetACP",
    "GetCommandLineA",
    "GetCommandLineW",
    "GetConsoleCP",
    "GetConsoleOutputCP",
    "GetConsoleWindow",
    "GetOEMCP",
    "GetTickCount",
    "GetTickCount64",
    "GetVersion",
    "IsDBCSLeadByte",
    "IsDebuggerPresent",
    "PostQuitMessage",
    "SetErrorMode",
    "Sleep",
    "SleepEx",
    "SwitchToThread",
    "WSAIsBlocking",
    "WaitMessage",
    "_endthread",
    "_endthreadex",
    "htonl",
    "htons",
    "inet_ntoa",
    "ntohl",
    "ntohs",
    "timeGetTime",
    "ws2_version",
];

/// It works in the program's own structure and reports nothing: what is no such structure ends the program, here as on Windows.
const IN_PLACE: &[&str] = &[
    "AcquireSRWLockShared",
    "InitOnceInitialize",
    "InitializeConditionVariable",
    "InitializeCriticalSection",
    "InitializeSRWLock",
    "ReleaseSRWLockShared",
    "SetCriticalSectionSpinCount",
    "TryEnterCriticalSection",
    "WakeAllConditionVariable",
    "WakeConditionVariable",
];

/// The words of all sources below a folder whose names have one of [`FILES`] in them.
fn words_below(folder: &Path, words: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            words_below(&path, words);
        } else if folder.file_name().is_none_or(|own| own != "repository")
            && FILES.iter().any(|part| name.contains(part))
        {
            let text = std::fs::read_to_string(&path).unwrap();
            let word = |letter: char| !letter.is_ascii_alphanumeric() && letter != '_';
            words.extend(text.split(word).map(str::to_owned));
        }
    }
}

#[test]
fn every_export_is_tried_with_bad_input() {
    let mut words = BTreeSet::new();
    words_below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests"), &mut words);
    let excused: BTreeSet<_> = CANNOT_FAIL.iter().chain(IN_PLACE).copied().collect();
    let exports = include_str!("../../src/ffi/exports.txt");
    let names: Vec<_> = exports
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('|').map(|(name, _)| name.trim()))
        .collect();
    let tried = |name: &str| words.contains(name) || words.contains(&format!("ws2_{name}"));
    let forgotten: Vec<_> = names.iter().filter(|name| !tried(name) && !excused.contains(*name)).collect();
    assert!(
        names.len() > 600 && forgotten.is_empty(),
        "no test of bad input names these; add them to one in tests/porting/programs/bad_*.c: {forgotten:?}"
    );
    let idle: Vec<_> = excused.iter().filter(|name| tried(name) || !names.contains(name)).collect();
    assert!(idle.is_empty(), "these need no excuse any more: {idle:?}");
}
