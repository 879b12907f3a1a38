//! Every constant of Winsock, and every structure with its fields, against the source of `windows-sys`: the list is
//! taken from there, so that nothing can be forgotten in the headers.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Where `windows-sys` keeps all of Winsock.
const WINSOCK: &str = "Win32/Networking/WinSock/mod.rs";

/// The headers that together have all names.
const HEADERS: &str = "#include <winsock2.h>\n#include <ws2tcpip.h>\n#include <mswsock.h>\n#include <mstcpip.h>\n\
                       #include <afunix.h>\n#include <stdio.h>\n";

/// How the names of the families begin.
const FAMILIES: &[&str] = &[
    "ADDR_ANY",
    "AF_",
    "AI_",
    "BASE_PROTOCOL",
    "BIGENDIAN",
    "CF_",
    "DE_REUSE_SOCKET",
    "EAI_",
    "FD_",
    "FIO",
    "FROM_PROTOCOL_INFO",
    "GAI_STRERROR_BUFFER_SIZE",
    "IFF_",
    "IMPLINK_",
    "IN4ADDR_",
    "IN6",
    "INADDR_",
    "INET6_",
    "INET_",
    "INVALID_SOCKET",
    "IN_CLASS",
    "IOCPARM_MASK",
    "IOC_",
    "IP4_",
    "IPPORT_",
    "IPPROTO_",
    "IPV4_",
    "IPV6_",
    "IP_",
    "JL_",
    "LAYERED_PROTOCOL",
    "LITTLEENDIAN",
    "LUP_",
    "MAXGETHOSTSTRUCT",
    "MAX_IPV",
    "MAX_PROTOCOL_CHAIN",
    "MCAST_",
    "MSG_",
    "NI_",
    "PFL_",
    "PF_",
    "POLL",
    "PROTECTION_LEVEL_",
    "RCVALL_",
    "SD_",
    "SECURITY_PROTOCOL_NONE",
    "SG_",
    "SIO",
    "SOCKET_ERROR",
    "SOCK_",
    "SOL_",
    "SOMAXCONN",
    "SO_",
    "ScopeLevel",
    "TCPSTATE_",
    "TCP_",
    "TF_",
    "TIMESTAMPING_",
    "UDP_",
    "UNIX_PATH_MAX",
    "WSA",
    "WSK_SO_BASE",
    "Wsa",
    "XP1_",
];

/// Names of those families that the headers do not have, and why.
const NOT_OURS: &[(&str, &str)] = &[
    ("SIO_ASSOCIATE_PVC", "ATM"),
    ("SIO_GET_ATM_ADDRESS", "ATM"),
    ("SIO_GET_ATM_CONNECTION_ID", "ATM"),
    ("SIO_GET_NUMBER_OF_ATM_DEVICES", "ATM"),
    ("SOL_IRLMP", "IrDA"),
];

/// Names whose number differs on purpose: ours, and why.
const DIFFERENT: &[(&str, i64, &str)] = &[
    ("SOMAXCONN", 0x7fff_ffff, "windows-sys has winsock.h's, which is tested apart; this is winsock2.h's"),
    ("SO_PROTOCOL_INFO", 0x2004, "windows-sys has that of wide builds; this is that of narrow ones"),
];

/// The constants of the families, as `(name, type, value)` in Rust's words.
fn constants(source: &str) -> Vec<(&str, &str, &str)> {
    source
        .lines()
        .filter_map(|line| {
            let (name, rest) = line.strip_prefix("pub const ")?.split_once(": ")?;
            let (kind, value) = rest.strip_suffix(';')?.split_once(" = ")?;
            Some((name, kind, value))
        })
        .filter(|(name, ..)| FAMILIES.iter().any(|family| name.starts_with(family)))
        .filter(|(name, ..)| !NOT_OURS.iter().any(|(not, _)| not == name))
        .collect()
}

/// `-5i32`, `65535u32` or `-1i32 as _` as a number.
fn number(text: &str) -> i64 {
    let digits = text.split(['i', 'u']).next().unwrap();
    digits.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// `…GUID::from_u128(0xb5367df1_cbac_11cf_95ca_00805f48a192)` as its 32 digits.
fn guid(text: &str) -> Option<String> {
    let digits = text.split_once("from_u128(0x")?.1.strip_suffix(')')?;
    Some(digits.replace('_', ""))
}

/// Runs a program that prints `name value` per line; a name that the headers lack fails and is named.
fn printed(program: &str) -> BTreeMap<String, String> {
    let printed = crate::support::compile::output_of(program).unwrap_or_else(|complaints| {
        let missing: Vec<&str> = complaints
            .lines()
            .filter(|line| {
                line.contains("undeclared") || line.contains("has no member") || line.contains("unknown type")
            })
            .collect();
        if missing.is_empty() {
            panic!("{complaints}");
        }
        panic!("the headers in include/ lack these:\n{}", missing.join("\n"));
    });
    printed
        .lines()
        .map(|line| line.split_once(' ').unwrap())
        .map(|(name, value)| (name.into(), value.into()))
        .collect()
}

#[test]
fn every_constant_has_windows_number() {
    let source = crate::support::oracle::source(WINSOCK);
    let constants = constants(&source);
    assert!(
        constants.len() > 600,
        "only {} constants found: has the form of the source changed?",
        constants.len()
    );

    let mut program = format!("{HEADERS}int main(void)\n{{\n");
    for (name, _, value) in &constants {
        if guid(value).is_some() {
            writeln!(
                program,
                "{{ GUID g = {name}; int i; printf(\"{name} %08x%04x%04x\", g.Data1, g.Data2, g.Data3);\n\
                 for (i = 0; i < 8; i++) printf(\"%02x\", g.Data4[i]); printf(\"\\n\"); }}"
            )
            .unwrap();
        } else {
            writeln!(program, "printf(\"{name} %lld\\n\", (long long)({name}));").unwrap();
        }
    }
    program.push_str("return 0;\n}\n");
    let ours = printed(&program);

    let mut wrong = String::new();
    for (name, kind, value) in &constants {
        let ours = &ours[*name];
        let agrees = match (guid(value), DIFFERENT.iter().find(|(different, ..)| different == name)) {
            (Some(guid), _) => *ours == guid,
            (None, Some((_, number, _))) => ours.parse() == Ok(*number),
            // Up to 32 bits C does not say whether a number is signed.
            (None, None) if value.ends_with("32") || value.ends_with("16") => {
                ours.parse::<i64>().unwrap() & 0xffff_ffff == number(value) & 0xffff_ffff
            }
            (None, None) => ours.parse() == Ok(number(value)),
        };
        if !agrees {
            writeln!(wrong, "{name} is {ours}, on Windows {value} ({kind})").unwrap();
        }
    }
    assert!(wrong.is_empty(), "wrong numbers in include/:\n{wrong}");
}

#[test]
fn winsock_1_has_its_own_somaxconn() {
    let ours = printed(
        "#include <winsock.h>\n#include <stdio.h>\nint main(void) { printf(\"SOMAXCONN %d\\n\", SOMAXCONN); return 0; }\n",
    );
    let source = crate::support::oracle::source(WINSOCK);
    let windows = constants(&source).into_iter().find(|(name, ..)| *name == "SOMAXCONN").unwrap();
    assert_eq!(ours["SOMAXCONN"].parse(), Ok(number(windows.2)));
}

#[test]
fn every_structure_has_windows_layout() {
    let source = crate::support::oracle::source(WINSOCK);
    let layouts = crate::c_layout::Layouts::of(&source);
    assert_eq!(layouts.stale(), [""; 0], "tests/c_layout names structures that are not there");
    let structures: Vec<&str> = layouts.ours().collect();
    assert!(
        structures.len() > 60,
        "only {} structures found: has the form of the source changed?",
        structures.len()
    );

    let mut program = format!("{HEADERS}#include <stddef.h>\nint main(void)\n{{\n");
    let mut windows = BTreeMap::new();
    for name in structures {
        let in_c = layouts.name_in_c(name);
        writeln!(program, "printf(\"{name} %zu\\n\", sizeof({in_c}));").unwrap();
        windows.insert(name.to_owned(), layouts.size(name).to_string());
        for (path, offset, size) in layouts.fields(name) {
            writeln!(
                program,
                "printf(\"{name}.{path} %zu+%zu\\n\", offsetof({in_c}, {path}), sizeof((({in_c} *)0)->{path}));"
            )
            .unwrap();
            windows.insert(format!("{name}.{path}"), format!("{offset}+{size}"));
        }
    }
    program.push_str("return 0;\n}\n");
    let ours = printed(&program);

    let wrong: Vec<String> = windows
        .iter()
        .filter(|(what, windows)| ours[*what] != **windows)
        .map(|(what, windows)| format!("{what}: {} here, {windows} on Windows", ours[what]))
        .collect();
    assert!(wrong.is_empty(), "wrong layout in include/ (offset+size):\n{}", wrong.join("\n"));
}

/// The layouts are worked out from the source; the compiler must come to the same.
#[test]
fn the_layouts_of_the_source_are_those_of_the_compiler() {
    use windows_sys::Win32::Networking::WinSock as w;

    let source = crate::support::oracle::source(WINSOCK);
    let layouts = crate::c_layout::Layouts::of(&source);
    macro_rules! same {
        ($($name:ident)*) => { $( assert_eq!(layouts.size(stringify!($name)), size_of::<w::$name>(), stringify!($name)); )* };
    }
    same!(ADDRINFOA GROUP_FILTER HOSTENT ICMP_ERROR_INFO INTERFACE_INFO QOS SERVENT SOCKADDR_INET SOCKADDR_STORAGE);
    same!(TCP_INFO_v1 WSADATA WSAPROTOCOL_INFOA WSAPROTOCOL_INFOW WSANETWORKEVENTS WSAPOLLFD);
}
