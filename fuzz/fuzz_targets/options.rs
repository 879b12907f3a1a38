//! `setsockopt`, `getsockopt`, `ioctlsocket`: any level, name, length and bytes, at good and at wild addresses. No
//! crash, only documented codes, and not a byte written beyond the length that was stated.
#![no_main]

use std::ffi::c_char;

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use ws2_32::ffi::types::SOCKET;
use ws2_32::ffi::*;

#[derive(Arbitrary, Debug)]
struct Program {
    kind: u8,
    calls: Vec<Call>,
}

#[derive(Arbitrary, Debug)]
enum Call {
    Set { level: Level, name: Name, value: Vec<u8>, stated: Stated },
    Get { level: Level, name: Name, room: u8, stated: Stated },
    Ioctl { command: Command, argument: u32 },
}

#[derive(Arbitrary, Debug)]
enum Level {
    Socket,
    Ip,
    Tcp,
    Udp,
    Ipv6,
    Other(i32),
}

#[derive(Arbitrary, Debug)]
enum Name {
    Small(u8),
    Queue(u8),
    Modern(u8),
    Other(i32),
}

#[derive(Arbitrary, Debug)]
enum Stated {
    True,
    Less(u8),
    Number(i32),
    /// The true length, at an address where nothing is.
    Wild,
    Null,
}

#[derive(Arbitrary, Debug)]
enum Command {
    Mode,
    Readable,
    Mark,
    Other(i32),
}

impl Level {
    fn number(&self) -> i32 {
        match *self {
            Self::Socket => 0xffff,
            Self::Ip => 0,
            Self::Tcp => 6,
            Self::Udp => 17,
            Self::Ipv6 => 41,
            Self::Other(number) => number,
        }
    }
}

impl Name {
    fn number(&self) -> i32 {
        match *self {
            Self::Small(number) => number.into(),
            Self::Queue(number) => 0x1000 + i32::from(number),
            Self::Modern(number) => 0x7000 + i32::from(number),
            Self::Other(number) => number,
        }
    }
}

impl Command {
    fn number(&self) -> i32 {
        match *self {
            Self::Mode => 0x8004_667e_u32.cast_signed(),
            Self::Readable => 0x4004_667f,
            Self::Mark => 0x4004_7307,
            Self::Other(number) => number,
        }
    }
}

const WILD: usize = 0x10;

fuzz_target!(|program: Program| {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        let mut data = std::mem::MaybeUninit::<types::WSADATA>::zeroed();
        // SAFETY: memory of this program.
        assert_eq!(unsafe { WSAStartup(0x0202, data.as_mut_ptr()) }, 0);
    });
    let s = match program.kind % 4 {
        0 => ws2_socket(2, 1, 0),
        1 => ws2_socket(2, 2, 0),
        2 => ws2_socket(23, 2, 0),
        _ => ws2_socket(1, 1, 0),
    };
    for call in program.calls.iter().take(16) {
        run(s, call);
    }
    assert_eq!(closesocket(s), 0, "an option kept the socket open");
});

fn run(s: SOCKET, call: &Call) {
    match call {
        Call::Set { level, name, value, stated } => {
            let true_len = i32::try_from(value.len()).unwrap_or(i32::MAX);
            let (at, len) = place(value.as_ptr() as usize, true_len, stated, value.len());
            // SAFETY: an address that is good for the length, or none at all.
            let result =
                unsafe { ws2_setsockopt(s, level.number(), name.number(), at as *const c_char, len) };
            check(result, call);
        }
        Call::Get { level, name, room, stated } => {
            let true_len = usize::from(*room);
            let mut bytes = vec![0xcc_u8; true_len + 16];
            let (at, mut len) = place(bytes.as_mut_ptr() as usize, i32::from(*room), stated, true_len);
            let before = len;
            // SAFETY: likewise.
            let result =
                unsafe { ws2_getsockopt(s, level.number(), name.number(), at as *mut c_char, &raw mut len) };
            check(result, call);
            // SO_OPENTYPE takes a negative length for four bytes.
            let before = if result == 0 && before < 0 { 4 } else { before };
            let limit = usize::try_from(before).unwrap_or(0).min(true_len);
            assert!(bytes[limit..].iter().all(|&byte| byte == 0xcc), "written beyond {limit}: {call:?}");
            if result == 0 {
                assert!(len >= 0 && len <= before.max(0), "the length has grown to {len}: {call:?}");
            }
        }
        // These two wait for a change of addresses or routes.
        Call::Ioctl { command, .. }
            if [0x2800_0017, 0x8800_0015_u32.cast_signed()].contains(&command.number()) => {}
        Call::Ioctl { command, argument } => {
            let mut argument = *argument;
            // SAFETY: a pointer to a local.
            check(unsafe { ioctlsocket(s, command.number(), &raw mut argument) }, call);
        }
    }
}

/// The address and the length to state. A length beyond the memory is stated only with an address that is nowhere.
fn place(at: usize, true_len: i32, stated: &Stated, have: usize) -> (usize, i32) {
    match *stated {
        Stated::True => (at, true_len),
        Stated::Less(by) => (at, (true_len - i32::from(by)).max(0)),
        Stated::Number(len) if usize::try_from(len).is_ok_and(|len| len > have) => (WILD, len),
        // Some options take a negative length for four bytes.
        Stated::Number(len) if len < 0 && have < 4 => (WILD, len),
        Stated::Number(len) => (at, len),
        Stated::Wild => (WILD, true_len),
        Stated::Null => (0, true_len),
    }
}

fn check(result: i32, call: &Call) {
    let code = WSAGetLastError();
    if result == 0 {
        assert_eq!(code, 0, "LE2: {call:?}");
        return;
    }
    // WSAEACCES WSAEFAULT WSAEINVAL WSAENOPROTOOPT WSAEOPNOTSUPP WSAEADDRNOTAVAIL WSAENOBUFS WSAENOTCONN; and of
    // WSAIoctl's query for a route WSAEAFNOSUPPORT WSAENETUNREACH WSAEHOSTUNREACH
    let documented = [10013, 10014, 10022, 10042, 10045, 10049, 10055, 10057];
    let route = matches!(call, Call::Ioctl { .. }) && [10047, 10051, 10065].contains(&code);
    // What SO_UPDATE_ACCEPT_CONTEXT names is no socket.
    let other = matches!(call, Call::Set { level, name, .. } if (level.number(), name.number()) == (0xffff, 0x700b))
        && code == 10038;
    let documented = documented.contains(&code) || route || other;
    assert!(result == -1 && documented, "{result}, {code}: {call:?}");
}
