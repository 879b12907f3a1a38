//! Which of Windows' libraries a program means by a name; and the libraries of Linux that it has loaded, so that what is none of them, or
//! was given back, is refused as Windows does: the C library would use it.
//!
//! One lock, `LOADED`, which nothing is called under.

use super::code::Code;
use crate::runtime::lock::{Guard, Lock, Rank};
use crate::sys::process::fork::InChild;
use crate::sys::sorted::Sorted;

/// By handle, how often it was loaded and not given back; [`PINNED`].
pub(super) type Loaded = Sorted<usize, usize>;

/// The library stays, however often it is given back.
const PINNED: usize = usize::MAX;

static LOADED: Lock<Loaded> = Lock::new(Rank::Libraries, Sorted::new());

fn loaded() -> Guard<Loaded> {
    crate::fork::prepare_once();
    LOADED.take()
}

/// For `fork`.
pub(super) fn hold() -> Option<Guard<Loaded>> {
    LOADED.take_for_fork()
}

pub(super) fn in_child(held: Option<Guard<Loaded>>, child: InChild) {
    if held.is_none() {
        LOADED.renew(Sorted::new(), child);
    }
}

/// Notes that a library was loaded.
///
/// # Errors
/// `ERROR_NOT_ENOUGH_MEMORY`: it is to be given back.
pub fn note(handle: usize) -> Result<(), Code> {
    let mut loaded = loaded();
    if let Some(times) = loaded.get_mut(&handle) {
        *times = times.saturating_add(1);
        return Ok(());
    }
    loaded.insert(handle, 1)?;
    Ok(())
}

/// Notes that a library was loaded and stays.
///
/// # Errors
/// As [`note`].
pub fn pin(handle: usize) -> Result<(), Code> {
    loaded().insert(handle, PINNED)?;
    Ok(())
}

/// Whether it is loaded.
#[must_use]
pub fn is_loaded(handle: usize) -> bool {
    loaded().contains_key(&handle)
}

/// Notes that a library is given back once; whether that is to be done, or it is pinned.
///
/// # Errors
/// `ERROR_MOD_NOT_FOUND`: it is not loaded.
pub fn give_back(handle: usize) -> Result<bool, Code> {
    let mut loaded = loaded();
    let times = loaded.get_mut(&handle).ok_or(Code::ERROR_MOD_NOT_FOUND)?;
    match *times {
        PINNED => return Ok(false),
        0 | 1 => _ = loaded.remove(&handle),
        _ => *times -= 1,
    }
    Ok(true)
}

/// The name without directories and `.dll`, as the table of functions has it but for letter case: `C:\…\WS2_32.DLL` is
/// `WS2_32`. Libraries whose functions others have on Windows lead there.
#[must_use]
pub fn canonical(name: &[u8]) -> &[u8] {
    let file = name.rsplit(|byte| matches!(byte, b'\\' | b'/')).next().unwrap_or(name);
    let stem = match file.split_last_chunk::<4>() {
        Some((stem, ending)) if ending.eq_ignore_ascii_case(b".dll") => stem,
        _ => file,
    };
    let stem = stem.strip_suffix(b".").unwrap_or(stem);
    const OTHERS: [(&[u8], &[u8]); 3] =
        [(b"wsock32", b"ws2_32"), (b"kernelbase", b"kernel32"), (b"iphlpapi.dll", b"iphlpapi")];
    OTHERS.iter().find(|(other, _)| stem.eq_ignore_ascii_case(other)).map_or(stem, |(_, name)| name)
}

/// The name by which Windows' programs export functions of `ws2_32` and `wsock32` by number.
#[must_use]
pub fn ordinal(library: &str, number: u16) -> Option<&'static str> {
    const NAMES: &[(u16, &str)] = &[
        (1, "accept"),
        (2, "bind"),
        (3, "closesocket"),
        (4, "connect"),
        (5, "getpeername"),
        (6, "getsockname"),
        (7, "getsockopt"),
        (8, "htonl"),
        (9, "htons"),
        (10, "ioctlsocket"),
        (11, "inet_addr"),
        (12, "inet_ntoa"),
        (13, "listen"),
        (14, "ntohl"),
        (15, "ntohs"),
        (16, "recv"),
        (17, "recvfrom"),
        (18, "select"),
        (19, "send"),
        (20, "sendto"),
        (21, "setsockopt"),
        (22, "shutdown"),
        (23, "socket"),
        (51, "gethostbyaddr"),
        (52, "gethostbyname"),
        (53, "getprotobyname"),
        (54, "getprotobynumber"),
        (55, "getservbyname"),
        (56, "getservbyport"),
        (57, "gethostname"),
        (109, "WSASetBlockingHook"),
        (110, "WSAUnhookBlockingHook"),
        (111, "WSAGetLastError"),
        (112, "WSASetLastError"),
        (113, "WSACancelBlockingCall"),
        (114, "WSAIsBlocking"),
        (115, "WSAStartup"),
        (116, "WSACleanup"),
        (151, "__WSAFDIsSet"),
    ];
    if library != "ws2_32" {
        return None;
    }
    let at = NAMES.binary_search_by_key(&number, |(number, _)| *number).ok()?;
    NAMES.get(at).map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for (name, expected) in [
            ("ws2_32.dll", "ws2_32"),
            ("WS2_32", "ws2_32"),
            (r"C:\Windows\System32\Ws2_32.DLL", "ws2_32"),
            ("wsock32.dll", "ws2_32"),
            ("Kernel32.dll", "kernel32"),
            ("KERNELBASE.dll", "kernel32"),
            ("libm.so.6", "libm.so.6"),
            ("", ""),
            (".dll", ""),
        ] {
            assert!(canonical(name.as_bytes()).eq_ignore_ascii_case(expected.as_bytes()), "{name}");
        }
    }

    #[test]
    fn numbers() {
        assert_eq!(ordinal("ws2_32", 115), Some("WSAStartup"));
        assert_eq!(ordinal("ws2_32", 1), Some("accept"));
        assert_eq!(ordinal("ws2_32", 0), None);
        assert_eq!(ordinal("kernel32", 1), None);
    }
}
