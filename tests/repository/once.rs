//! Every constant of the headers is defined in one of them.

use std::collections::{BTreeMap, BTreeSet};

/// Those that Windows, too, has in two headers that do not include each other, or with two values.
const TWICE: &[&str] = &["TCP_NODELAY", "TCP_BSDURGENT", "SOMAXCONN"];

#[test]
fn a_constant_stands_in_one_header() {
    let mut places: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for entry in std::fs::read_dir(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("include")).unwrap()
    {
        let path = entry.unwrap().path();
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        if path.is_symlink() {
            continue;
        }
        let header = path.file_name().unwrap().to_string_lossy().into_owned();
        for line in text.lines() {
            let Some(rest) = line.trim_start_matches(['#', ' ']).strip_prefix("define ") else { continue };
            let Some((name, value)) = rest.split_once(' ') else { continue };
            let is_constant = name
                .chars()
                .all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit() || letter == '_');
            let is_number = value.trim().starts_with(|letter: char| letter.is_ascii_digit() || letter == '(');
            if is_constant && is_number && !name.starts_with('_') {
                places.entry(name.to_owned()).or_default().insert(header.clone());
            }
        }
    }
    assert!(places.len() > 2000, "only {} constants found", places.len());
    places.retain(|name, headers| headers.len() > 1 && !TWICE.contains(&name.as_str()));
    assert!(places.is_empty(), "defined in more than one header: {places:#?}");
}
