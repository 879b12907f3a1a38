//! The committed copies of generated files are what the build makes of the sources now.
//! `WS2_REFRESH=1 cargo test --test repository generated` writes them anew.

#[path = "../../build/prototype.rs"]
mod prototype;

use std::fs;
use std::path::Path;

fn compare(committed: &str, generated: &str) {
    compare_text(committed, fs::read_to_string(Path::new(env!("OUT_DIR")).join(generated)).unwrap());
}

fn compare_text(committed: &str, generated: String) {
    let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join(committed);
    if std::env::var_os("WS2_REFRESH").is_some() {
        fs::write(&committed, &generated).unwrap();
    }
    let found = fs::read_to_string(&committed).unwrap_or_default();
    let differs = found.lines().zip(generated.lines()).position(|(found, made)| found != made);
    let line = differs.unwrap_or_else(|| found.lines().count().min(generated.lines().count()));
    assert!(
        found == generated,
        "{} is out of date from line {}: there {:?}, made now {:?}.\n\
         Refresh it with: WS2_REFRESH=1 cargo test --test repository generated",
        committed.display(),
        line + 1,
        found.lines().nth(line).unwrap_or(""),
        generated.lines().nth(line).unwrap_or(""),
    );
}

#[test]
fn header_is_up_to_date() {
    compare("include/ws2_32.h", "ws2_32.h");
    compare("include/ws2_kernel.h", "ws2_kernel.h");
    compare("include/ws2_mswsock.h", "ws2_mswsock.h");
    compare("include/ws2_nt.h", "ws2_nt.h");
    compare("include/ws2_win32.h", "ws2_win32.h");
}

#[test]
fn compatibility_table_is_up_to_date() {
    compare("COMPATIBILITY.md", "COMPATIBILITY.md");
}

/// The page about porting has the list that `ws2cc --missing` reads.
#[test]
fn what_to_write_instead_is_up_to_date() {
    const BEGIN: &str = "<!-- from share/ws2cc/functions.txt -->\n";
    const END: &str = "<!-- end -->\n";
    let mut table =
        String::from("| Windows has it in | functions | what to write instead |\n|---|---|---|\n");
    let list = include_str!("../../share/ws2cc/functions.txt");
    for line in list.lines().filter(|line| !line.starts_with('#')) {
        let fields: Vec<&str> = line.split('|').map(str::trim).collect();
        assert_eq!(fields.len(), 3, "not `library | names | what to write instead`: {line}");
        let names: Vec<String> =
            fields[1].split(' ').map(|name| format!("`{}`", name.replace('*', "…"))).collect();
        table.push_str(&format!("| {} | {} | {} |\n", fields[0], names.join(" "), fields[2]));
    }
    let page = include_str!("../../docs/PORTING.md");
    let (before, rest) = page.split_once(BEGIN).unwrap();
    let (_, after) = rest.split_once(END).unwrap();
    compare_text("docs/PORTING.md", format!("{before}{BEGIN}\n{table}\n{END}{after}"));
}

#[test]
fn prototypes_become_c() {
    let bound = |line, name, symbol| prototype::bound(line, name, symbol);
    for (line, name, symbol, expected) in [
        (
            "int32_t ws2_send(SOCKET s, const char *buf, int len, int flags);",
            "send",
            "ws2_send",
            Some("int send(SOCKET s, const char *buf, int len, int flags) WS2_SYMBOL(ws2_send);"),
        ),
        (
            "uint16_t ws2_htons(uint16_t n);",
            "htons",
            "ws2_htons",
            Some("unsigned short htons(unsigned short n) WS2_SYMBOL(ws2_htons);"),
        ),
        ("struct hostent *ws2_f(void);", "f", "ws2_f", Some("struct hostent *f(void) WS2_SYMBOL(ws2_f);")),
        ("int WSACleanup(void);", "WSACleanup", "WSACleanup", Some("int WSACleanup(void);")),
        ("int WSACleanup(void);", "Cleanup", "Cleanup", None),
        ("int ws2_sendto(void);", "send", "ws2_send", None),
    ] {
        assert_eq!(bound(line, name, symbol), Ok(expected.map(str::to_owned)), "{line}");
    }
    for line in ["int f(long a);", "int f(unsigned long *a);", "int f(uint64_t a);", "int f(ws2_thing *a);"] {
        bound(line, "f", "f").unwrap_err();
    }
}

#[test]
fn documentation_becomes_a_comment() {
    let comment = |text: &str| prototype::comment(&text.lines().map(str::to_owned).collect::<Vec<_>>());
    assert_eq!(
        comment(" `int f(void)`\n\n Does [`this`](super::that)\n and `that`.\n\n More."),
        "/* Does this and that. */\n"
    );
    assert_eq!(comment(" `int f(void)`\n\n # Returns\n 0"), "");
    assert_eq!(comment(""), "");
}

#[test]
fn list_of_codes_becomes_definitions() {
    let list = "codes! {\n    WSAEINTR = 10004, \"It, was = ended\";\n}\n";
    assert_eq!(prototype::codes(list).unwrap(), "#define WSAEINTR 10004 /* It, was = ended */\n");
    prototype::codes("codes! {\n    WSAEINTR: 10004;\n}\n").unwrap_err();
}
