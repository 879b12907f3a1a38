//! `docs/send-errors.md` against the tests: no code of the description of `send` is missing, every test that a row
//! names exists, and every test stands in a row.

use std::collections::BTreeSet;
use std::process::Command;

use ws2_32::error::WsaError;

const PAGE: &str = include_str!("../../docs/send-errors.md");

/// The errors of the description, in its order; by the one about the reset there are two rows.
const DESCRIBED: [WsaError; 19] = [
    WsaError::WSANOTINITIALISED,
    WsaError::WSAENETDOWN,
    WsaError::WSAEACCES,
    WsaError::WSAEINTR,
    WsaError::WSAEINPROGRESS,
    WsaError::WSAEFAULT,
    WsaError::WSAENETRESET,
    WsaError::WSAENOBUFS,
    WsaError::WSAENOTCONN,
    WsaError::WSAENOTSOCK,
    WsaError::WSAEOPNOTSUPP,
    WsaError::WSAESHUTDOWN,
    WsaError::WSAEWOULDBLOCK,
    WsaError::WSAEMSGSIZE,
    WsaError::WSAEHOSTUNREACH,
    WsaError::WSAEINVAL,
    WsaError::WSAECONNABORTED,
    WsaError::WSAECONNRESET,
    WsaError::WSAETIMEDOUT,
];

/// The first table's cells.
pub(crate) fn rows() -> Vec<Vec<&'static str>> {
    let table = PAGE.split("Not in the description:").next().unwrap();
    cells(table)
}

fn cells(text: &'static str) -> Vec<Vec<&'static str>> {
    let rows = text.lines().filter(|line| line.starts_with("| WSA"));
    rows.map(|line| line.trim_matches('|').split('|').map(str::trim).collect()).collect()
}

/// The codes of the rows that the C program makes, too; one for each row.
pub(crate) fn made_in_c() -> Vec<&'static str> {
    rows().iter().filter_map(|cells| cells[0].strip_suffix(", C")).collect()
}

#[test]
fn the_table_is_complete() {
    let mut order: Vec<_> = rows().iter().map(|cells| cells[0].trim_end_matches(", C")).collect();
    order.dedup();
    assert_eq!(order, DESCRIBED.map(|code| code.name().unwrap()), "codes of docs/send-errors.md, in order");
    let two_causes = rows().iter().filter(|cells| cells[0].starts_with("WSAECONNRESET")).count();
    assert_eq!(two_causes, 2);
}

#[test]
fn the_table_names_tests_that_exist_and_all_of_them() {
    let list = Command::new(std::env::current_exe().unwrap()).arg("--list").output().unwrap();
    let list = String::from_utf8(list.stdout).unwrap();
    let exist: BTreeSet<_> = list
        .lines()
        .filter_map(|line| line.strip_suffix(": test"))
        .filter(|test| !test.starts_with("table::") && !test.starts_with("in_c::"))
        .collect();
    let named: BTreeSet<_> = cells(PAGE)
        .iter()
        .flat_map(|cells| cells.last().unwrap().split('`').skip(1).step_by(2).collect::<Vec<_>>())
        .collect();
    assert_eq!(named, exist, "left: named in docs/send-errors.md; right: the tests there are");
}
