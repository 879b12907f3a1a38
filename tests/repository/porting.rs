//! What docs/PORTING.md and `ws2cc --missing` say of functions: those that are missing are, and those that are named are there.

use std::collections::BTreeSet;

const MISSING: &str = include_str!("../../share/ws2cc/functions.txt");
const PAGE: &str = include_str!("../../docs/PORTING.md");

/// Words of what to write instead that look like functions of Windows, and are names of other things.
const NO_FUNCTIONS: &[&str] = &["OpenSSL", "PulseAudio", "OpenLDAP"];

/// The library's functions, and what the headers have inline or as macros.
fn here() -> BTreeSet<String> {
    let exports = include_str!("../../src/ffi/exports.txt");
    let mut names: BTreeSet<String> = exports
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            line.split_once('|').map(|(name, _)| name.trim().trim_start_matches("ws2_").to_owned())
        })
        .collect();
    for folder in ["include", "include/sys"] {
        for entry in std::fs::read_dir(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap()
        {
            let Ok(text) = std::fs::read_to_string(entry.unwrap().path()) else { continue };
            for line in text.lines() {
                if let Some(defined) = line.trim_start_matches(['#', ' ']).strip_prefix("define ") {
                    names.extend(first_word(defined));
                } else if let Some((before, _)) = line.split_once('(')
                    && (before.starts_with("static __inline__") || before.starts_with("extern"))
                {
                    names.extend(before.rsplit([' ', '*']).next().map(str::to_owned));
                }
            }
        }
    }
    names
}

fn first_word(text: &str) -> Option<String> {
    text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').next().map(str::to_owned)
}

/// The rows of functions.txt: names, and what to write instead.
fn rows() -> impl Iterator<Item = (&'static str, &'static str)> {
    MISSING.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut fields = line.split('|').map(str::trim).skip(1);
        Some((fields.next()?, fields.next()?))
    })
}

#[test]
fn what_is_said_to_be_missing_is() {
    let here = here();
    let mut wrong = Vec::new();
    for name in rows().flat_map(|(names, _)| names.split_whitespace()) {
        let name = name.trim_end_matches('*');
        for form in ["", "A", "W"] {
            let form = format!("{name}{form}");
            if here.contains(&form) {
                wrong.push(form);
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "share/ws2cc/functions.txt says that these are missing, and they are here: {wrong:?}"
    );
}

#[test]
fn what_is_to_be_written_instead_is_here() {
    let here = here();
    let mut wrong = BTreeSet::new();
    for (_, instead) in rows() {
        for word in instead.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_') {
            let capitals = word.chars().filter(char::is_ascii_uppercase).count();
            let of_windows = capitals > 1 && word.starts_with(|letter: char| letter.is_ascii_uppercase());
            let small = word.chars().any(|letter| letter.is_ascii_lowercase());
            let is_here = ["", "A"].iter().any(|form| here.contains(&format!("{word}{form}")));
            if of_windows && small && !is_here && !NO_FUNCTIONS.contains(&word) {
                wrong.insert(word);
            }
        }
    }
    assert!(wrong.is_empty(), "share/ws2cc/functions.txt names these, and they are not here: {wrong:?}");
}

/// Each name of the tables of what the headers have inline, written as it is: `name`, or `beginning…`.
#[test]
fn what_the_headers_have_inline_is_there() {
    let here = here();
    let (_, section) = PAGE.split_once("## The C run-time").unwrap();
    let (section, _) = section.split_once("\n## Real projects").unwrap();
    let (mut wrong, mut found) = (Vec::new(), 0);
    for row in section.lines().filter(|line| line.starts_with("| `<")) {
        let names = row.split('|').nth(2).unwrap();
        for name in names.split('`').skip(1).step_by(2).flat_map(str::split_whitespace) {
            found += 1;
            let known = match name.strip_suffix('…') {
                Some(beginning) => here.iter().any(|name| name.starts_with(beginning)),
                None => here.contains(name),
            };
            if !known {
                wrong.push(name);
            }
        }
    }
    assert!(
        wrong.is_empty() && found > 160,
        "docs/PORTING.md names these ({found} in all), and they are not here: {wrong:?}"
    );
}
