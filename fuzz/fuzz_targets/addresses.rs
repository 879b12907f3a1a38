//! The translators of addresses, both ways, and the calls that take and give them: no input crashes, and what comes
//! back is what went in.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ws2_32::error::WsaError;
use ws2_32::ffi::*;
use ws2_32::socket::address::{family_to_linux, family_to_windows, from_windows, least_len, to_windows};

const AF_UNIX: i32 = 1;
const SOCKADDR_UN: usize = 110;

fuzz_target!(|bytes: &[u8]| {
    translate(bytes);
    name_a_socket(bytes);
});

fn translate(bytes: &[u8]) {
    match from_windows(bytes) {
        Ok(linux) => {
            let windows = to_windows(&linux);
            let back = windows.bytes();
            let family = i32::from(u16::from_ne_bytes([bytes[0], bytes[1]]));
            let mut kept = bytes.get(..back.len()).unwrap_or(bytes).to_vec();
            if family == AF_UNIX && bytes.get(2) != Some(&0) {
                // Of a path, or of none, what comes back is a whole sockaddr_un.
                kept.resize(bytes.len().max(SOCKADDR_UN), 0);
            }
            assert_eq!(back, kept, "there and back");
            assert_eq!(Some(linux.family()), family_to_linux(family));
            assert_eq!(family_to_windows(linux.family()), family);
            assert!(back.len() >= least_len(family) && back.len() <= 128);
        }
        Err(failure) => {
            assert!([WsaError::WSAEFAULT, WsaError::WSAEAFNOSUPPORT].contains(&failure.code), "{failure:?}");
        }
    }
}

/// A `bind` and a `connect` with these bytes. A Unix address would leave a file, an address of an IP family might
/// name a host elsewhere: only those of loopback get through.
fn name_a_socket(bytes: &[u8]) {
    let [low, high, _, _, rest @ ..] = bytes else { return };
    let family = u16::from_ne_bytes([*low, *high]);
    if family == 1 || (family == 2 && rest.first() != Some(&127)) || family == 23 {
        return;
    }
    start();
    let s = ws2_socket(2, 2, 0);
    let len = i32::try_from(bytes.len()).unwrap_or(i32::MAX);
    for act in [ws2_bind, ws2_connect] {
        // SAFETY: bytes of that length.
        let result = unsafe { act(s, bytes.as_ptr().cast(), len) };
        let code = WsaError::from_number(WSAGetLastError());
        if result == 0 && family == 2 {
            let mut name = [0_u8; 16];
            let mut len = 16;
            // SAFETY: pointers to locals.
            assert_eq!(unsafe { ws2_getsockname(s, name.as_mut_ptr().cast(), &raw mut len) }, 0);
            assert_eq!((len, &name[..2]), (16, &2_u16.to_ne_bytes()[..]));
        } else if result != 0 {
            use WsaError as E;
            let documented = [
                E::WSAEFAULT,
                E::WSAEINVAL,
                E::WSAEAFNOSUPPORT,
                E::WSAEADDRINUSE,
                E::WSAEADDRNOTAVAIL,
                E::WSAEACCES,
                E::WSAENETUNREACH,
            ];
            assert!(documented.contains(&code), "{code:?} for {bytes:?}");
        }
    }
    assert_eq!(closesocket(s), 0);
}

fn start() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        let mut data = std::mem::MaybeUninit::<types::WSADATA>::zeroed();
        // SAFETY: memory of this program.
        assert_eq!(unsafe { WSAStartup(0x0202, data.as_mut_ptr()) }, 0);
    });
}
