//! `send` with any arguments on any kind of descriptor: no crash, no signal, only documented codes, and not a byte
//! sent where the arguments are refused.
#![no_main]

use std::os::fd::{AsRawFd, FromRawFd, IntoRawFd, OwnedFd, RawFd};
use std::sync::OnceLock;

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use ws2_32::ffi::types::SOCKET;
use ws2_32::ffi::*;

#[derive(Arbitrary, Debug)]
struct Program {
    target: Target,
    shut: Option<u8>,
    blocking: bool,
    calls: Vec<Call>,
}

#[derive(Arbitrary, Debug, Clone, Copy)]
enum Target {
    Tcp,
    TcpPeerClosed,
    TcpFresh,
    TcpListening,
    Udp,
    UdpWithoutPeer,
    UnixStream,
    UnixDatagram,
    File,
    Pipe,
    Closed,
    Number(u64),
}

#[derive(Arbitrary, Debug)]
struct Call {
    at: Place,
    len: Length,
    flags: Flags,
}

#[derive(Arbitrary, Debug)]
enum Place {
    Mapped,
    /// So many bytes before memory that cannot be read.
    BeforeTheEnd(u8),
    Null,
    Wild(u64),
}

#[derive(Arbitrary, Debug)]
enum Length {
    Short(u8),
    Long(u16),
    Any(i32),
}

#[derive(Arbitrary, Debug)]
enum Flags {
    None,
    Known(u8),
    Any(i32),
}

/// 64 KiB of readable memory, then a page that nobody may read.
const MAPPED: usize = 65536;

fn memory() -> usize {
    static AT: OnceLock<usize> = OnceLock::new();
    *AT.get_or_init(|| {
        // SAFETY: a mapping of its own; the last page of it is closed.
        unsafe {
            let both = libc::PROT_READ | libc::PROT_WRITE;
            let anonymous = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS;
            let at = libc::mmap(std::ptr::null_mut(), MAPPED + 4096, both, anonymous, -1, 0);
            assert_ne!(at, libc::MAP_FAILED);
            assert_eq!(libc::mprotect(at.byte_add(MAPPED), 4096, libc::PROT_NONE), 0);
            at as usize
        }
    })
}

/// The descriptor under test, and the one that receives what it sends.
struct Pair {
    s: SOCKET,
    own: Option<OwnedFd>,
    peer: Option<OwnedFd>,
}

fn number(fd: RawFd) -> SOCKET {
    usize::try_from(fd).expect("a descriptor")
}

fn both(a: impl IntoRawFd, b: impl IntoRawFd) -> Pair {
    let (a, b) = (a.into_raw_fd(), b.into_raw_fd());
    // SAFETY: just given away by their owners.
    let (a, b) = unsafe { (OwnedFd::from_raw_fd(a), OwnedFd::from_raw_fd(b)) };
    Pair { s: number(a.as_raw_fd()), own: Some(a), peer: Some(b) }
}

fn alone(s: SOCKET) -> Pair {
    // SAFETY: a descriptor that `ws2_socket` has just made.
    let own = unsafe { OwnedFd::from_raw_fd(RawFd::try_from(s).expect("a descriptor")) };
    Pair { s, own: Some(own), peer: None }
}

fn open(target: Target) -> Pair {
    use std::net::{TcpListener, TcpStream, UdpSocket};
    use std::os::unix::net::{UnixDatagram, UnixStream};
    match target {
        Target::Tcp | Target::TcpPeerClosed => {
            let listener = TcpListener::bind("127.0.0.1:0").expect("loopback");
            let a = TcpStream::connect(listener.local_addr().expect("a name")).expect("loopback");
            let (b, _) = listener.accept().expect("a connection");
            let mut pair = both(a, b);
            if matches!(target, Target::TcpPeerClosed) {
                pair.peer = None;
            }
            pair
        }
        Target::TcpFresh => alone(ws2_socket(2, 1, 0)),
        Target::TcpListening => {
            let listener = TcpListener::bind("127.0.0.1:0").expect("loopback");
            Pair { s: number(listener.as_raw_fd()), own: Some(listener.into()), peer: None }
        }
        Target::Udp => {
            let (a, b) = (UdpSocket::bind("127.0.0.1:0"), UdpSocket::bind("127.0.0.1:0"));
            let (a, b) = (a.expect("loopback"), b.expect("loopback"));
            a.connect(b.local_addr().expect("a name")).expect("loopback");
            both(a, b)
        }
        Target::UdpWithoutPeer => alone(ws2_socket(2, 2, 0)),
        Target::UnixStream => {
            let (a, b) = UnixStream::pair().expect("a pair");
            both(a, b)
        }
        Target::UnixDatagram => {
            let (a, b) = UnixDatagram::pair().expect("a pair");
            both(a, b)
        }
        Target::File => {
            let file = std::fs::OpenOptions::new().write(true).open("/dev/null").expect("/dev/null");
            Pair { s: number(file.as_raw_fd()), own: Some(file.into()), peer: None }
        }
        Target::Pipe => {
            let (read, write) = std::io::pipe().expect("a pipe");
            both(write, read)
        }
        Target::Closed => Pair { s: 1_000_000, own: None, peer: None },
        // Descriptors that this process does not have.
        Target::Number(number) => {
            let s = usize::try_from(number).expect("64 bits");
            Pair { s: if s < 4096 { s + 4096 } else { s }, own: None, peer: None }
        }
    }
}

fuzz_target!(|program: Program| {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        let mut data = std::mem::MaybeUninit::<types::WSADATA>::zeroed();
        // SAFETY: memory of this program. SIGPIPE, if one ever rose, would end it.
        unsafe {
            assert_eq!(WSAStartup(0x0202, data.as_mut_ptr()), 0);
            libc::signal(libc::SIGPIPE, libc::SIG_DFL);
        }
    });
    let pair = open(program.target);
    if pair.own.is_some() {
        if !program.blocking {
            let mut on = 1;
            // SAFETY: a pointer to a local.
            unsafe { ioctlsocket(pair.s, 0x8004_667e_u32.cast_signed(), &raw mut on) };
        }
        let patience = 1_u32;
        // SAFETY: a pointer to a local of that size. A blocking send waits for a millisecond at most.
        unsafe { ws2_setsockopt(pair.s, 0xffff, 0x1005, (&raw const patience).cast(), 4) };
        if let Some(how) = program.shut {
            ws2_shutdown(pair.s, i32::from(how % 4));
        }
    }
    for call in program.calls.iter().take(8) {
        run(&pair, program.target, call);
    }
    if let Some(own) = pair.own {
        let s = number(own.into_raw_fd());
        if closesocket(s) != 0 {
            // SAFETY: not a socket, and still ours to close.
            drop(unsafe { OwnedFd::from_raw_fd(RawFd::try_from(s).expect("a descriptor")) });
        }
    }
});

fn run(pair: &Pair, target: Target, call: &Call) {
    let (at, readable) = match call.at {
        Place::Mapped => (memory(), MAPPED),
        Place::BeforeTheEnd(bytes) => (memory() + MAPPED - usize::from(bytes), usize::from(bytes)),
        Place::Null => (0, 0),
        // Not of user space on any machine.
        Place::Wild(number) => (usize::try_from(number).expect("64 bits") | 1 << 63, 0),
    };
    let len = match call.len {
        Length::Short(len) => len.into(),
        Length::Long(len) => len.into(),
        Length::Any(len) => len,
    };
    let flags = match call.flags {
        Flags::None => 0,
        Flags::Known(bits) => i32::from(bits & 0x3f),
        Flags::Any(flags) => flags,
    };
    let before = arrived(pair);
    WSASetLastError(77);
    // SAFETY: the kernel checks the buffer.
    let result = unsafe { ws2_send(pair.s, at as *const _, len, flags) };
    let code = WSAGetLastError();
    if result >= 0 {
        assert_eq!(code, 0, "LE2");
        assert!(result <= len, "{result} of {len} bytes");
        assert_eq!(flags & !(1 | 4), 0, "flags {flags:#x} were accepted");
        assert!(usize::try_from(result).is_ok_and(|sent| sent <= readable), "unreadable bytes were sent");
        drain(pair);
        return;
    }
    assert_eq!(result, -1);
    // INTR ACCES FAULT INVAL WOULDBLOCK NOTSOCK MSGSIZE OPNOTSUPP NOBUFS and the connection's own. Never INPROGRESS.
    let documented = [
        10013, 10014, 10022, 10035, 10038, 10040, 10045, 10050, 10051, 10052, 10053, 10054, 10055, 10057,
        10058, 10060, 10065,
    ];
    assert!(documented.contains(&code), "{code} is not documented");
    // A refusal for the arguments' sake sends nothing. (With a readable beginning a stream may have carried it, Q17;
    // MSG_OOB sends the last byte by itself.)
    let refused = matches!(code, 10022 | 10038 | 10045 | 10057 | 10058) || (code == 10014 && readable == 0);
    if refused {
        assert_eq!(arrived(pair), before, "code {code}, and still bytes have arrived");
    }
    match target {
        Target::File | Target::Pipe | Target::Closed | Target::Number(_) => assert_eq!(code, 10038),
        Target::TcpFresh | Target::TcpListening => {
            assert!(
                matches!(code, 10057 | 10022 | 10045 | 10014),
                "{code} from a socket without a connection"
            );
        }
        _ => {}
    }
    drain(pair);
}

/// How many bytes wait at the other end.
fn arrived(pair: &Pair) -> i32 {
    let Some(peer) = &pair.peer else { return 0 };
    let mut waiting = 0;
    // SAFETY: asks for a number.
    unsafe { libc::ioctl(peer.as_raw_fd(), libc::FIONREAD, &raw mut waiting) };
    waiting
}

fn drain(pair: &Pair) {
    let Some(peer) = &pair.peer else { return };
    let mut room = [0_u8; 4096];
    // SAFETY: room of that length.
    while unsafe { libc::recv(peer.as_raw_fd(), room.as_mut_ptr().cast(), 4096, libc::MSG_DONTWAIT) } > 0 {}
}
