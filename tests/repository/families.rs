//! The families of COMPATIBILITY.md: no pattern is left over from a function that is gone.

#[allow(dead_code, reason = "the build asks for more")]
#[path = "../../build/families.rs"]
mod list;

use std::collections::BTreeSet;

#[test]
fn every_pattern_has_a_function() {
    let exports = include_str!("../../src/ffi/exports.txt");
    let names = exports.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('|'));
    let found: BTreeSet<_> = names.filter_map(|(name, _)| list::pattern_of(name.trim())).collect();
    let mut idle = Vec::new();
    for (number, (title, patterns)) in list::FAMILIES.iter().enumerate() {
        idle.extend(
            patterns
                .iter()
                .filter(|pattern| !found.contains(&(number, **pattern)))
                .map(|pattern| (title, pattern)),
        );
    }
    assert!(idle.is_empty(), "build/families.rs: no function comes to these: {idle:?}");
}
