//! Every error code of Windows, name and number, against the source of `windows-sys`.

use std::collections::BTreeMap;

use ws2_32::error::WsaError;

/// Names that `windows-sys` files under the error codes, but that are none: the base number of the range, and
/// results of waiting.
const NOT_ERRORS: [&str; 3] = ["WSABASEERR", "WSA_WAIT_EVENT_0", "WSA_WAIT_IO_COMPLETION"];

/// `pub const WSAEINTR: WSA_ERROR = 10004i32;` as name and number.
fn code(line: &str) -> Option<(&str, i32)> {
    let (name, rest) = line.strip_prefix("pub const ")?.split_once(": WSA_ERROR = ")?;
    Some((name, rest.strip_suffix("i32;")?.parse().unwrap()))
}

#[test]
fn every_code_of_windows_and_no_other() {
    let source = crate::support::oracle::source("Win32/Networking/WinSock/mod.rs");
    let windows: BTreeMap<&str, i32> =
        source.lines().filter_map(code).filter(|(name, _)| !NOT_ERRORS.contains(name)).collect();
    let ours: BTreeMap<&str, i32> =
        WsaError::all().map(|code| (code.name().unwrap(), code.number())).collect();
    assert!(windows.len() > 90, "only {} codes found: has the form of the source changed?", windows.len());
    for (name, number) in &windows {
        assert_eq!(ours.get(name), Some(number), "{name} is missing or wrong: add it to src/error/codes.rs");
    }
    for name in ours.keys() {
        assert!(windows.contains_key(name), "{name} is not a code of Windows: see src/error/codes.rs");
    }
}

#[test]
fn every_code_has_a_text() {
    for code in WsaError::all() {
        let text = code.text().unwrap_or_default();
        assert!(
            text.is_ascii() && text.starts_with(|first: char| first.is_ascii_uppercase()),
            "{code:?}: {text}"
        );
        assert!(!text.ends_with(['.', '\n']), "{code:?}: {text}");
    }
    for number in [0, -1, 10003, i32::MIN, i32::MAX] {
        assert_eq!(WsaError::from_number(number).text(), None, "{number}");
    }
}
