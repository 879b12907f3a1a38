//! Receiving by Windows' driver for sockets, as libraries for events do it. Row PL19.

use std::ffi::c_void;
use std::ptr::{null_mut, without_provenance_mut};
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::support::waiting::wait_until;
use crate::words::*;
use ws2_32::ffi::kernel::types::HANDLE;
use ws2_32::ffi::nt::types::{IO_STATUS_BLOCK, PIO_APC_ROUTINE};
use ws2_32::ffi::types::SOCKET;
use ws2_32::ffi::types::message::WSABUF;
use ws2_32::ffi::*;

const RECEIVE: u32 = 0x12017;
const DATAGRAM: u32 = 0x1201B;
const URGENT: u32 = 0x40;
const PEEK: u32 = 0x80;

const SUCCESS: u32 = 0;
const NOT_ENDED: u32 = 0x103;
const CUT: u32 = 0x8000_0005;
const UNTOUCHED_BLOCK: (u32, usize) = (0x77, 0x88);

/// What comes in, and all that it names, which stays where it is.
struct Asked {
    words: [usize; 5],
    buffer: WSABUF,
    room: [u8; 8],
    name: [u8; 16],
    length: i32,
    block: IO_STATUS_BLOCK,
}

impl Asked {
    fn new(length: usize, flags: u32) -> Box<Self> {
        let mut asked = Box::new(Self {
            words: [0; 5],
            buffer: WSABUF { len: 0, buf: null_mut() },
            room: [0; 8],
            name: [0; 16],
            length: 16,
            block: IO_STATUS_BLOCK { Status: 0x77, Information: 0x88 },
        });
        asked.buffer = WSABUF { len: length as u32, buf: asked.room.as_mut_ptr().cast() };
        // Of the driver's own flags none is looked at.
        let numbers = 2 << 32 | 1;
        let list = (&raw mut asked.buffer).expose_provenance();
        let places = [(&raw mut asked.name).expose_provenance(), (&raw mut asked.length).expose_provenance()];
        asked.words = [list, numbers, flags as usize, places[0], places[1]];
        asked
    }

    fn begin(
        &mut self,
        s: SOCKET,
        code: u32,
        event: HANDLE,
        routine: PIO_APC_ROUTINE,
        context: usize,
    ) -> u32 {
        let length = if code == RECEIVE { 24 } else { 40 };
        let (input, block) = (self.words.as_mut_ptr().cast::<c_void>(), &raw mut self.block);
        let context = without_provenance_mut(context);
        let status = unsafe {
            ws2_NtDeviceIoControlFile(
                handle(s),
                event,
                routine,
                context,
                block,
                code,
                input,
                length,
                null_mut(),
                0,
            )
        };
        status.cast_unsigned()
    }

    fn told(&self) -> (u32, usize) {
        let block = unsafe { (&raw const self.block).read_volatile() };
        (block.Status.cast_unsigned(), block.Information)
    }
}

/// A bound datagram socket and one that is connected to it.
fn datagrams() -> (SOCKET, SOCKET) {
    stay_started();
    let [near, far] = [(); 2].map(|()| socket(AF_INET, DGRAM));
    let name = bound(near, AF_INET);
    bound(far, AF_INET);
    connect(far, &name).unwrap();
    (near, far)
}

/// PL19: at once and later; the address; what is cut; peeking.
#[test]
fn pl19_what_is_received() {
    for (code, flags, later, length, status) in [
        (DATAGRAM, 0x20, false, 8, SUCCESS),
        (DATAGRAM, 0x20, true, 8, SUCCESS),
        (DATAGRAM, PEEK, false, 8, SUCCESS),
        (DATAGRAM, 0, false, 2, CUT),
        (DATAGRAM, 0, true, 2, CUT),
        (RECEIVE, 0, false, 8, SUCCESS),
        (RECEIVE, 0, true, 8, SUCCESS),
        (RECEIVE, 0, true, 2, CUT),
    ] {
        let what = format!("{code:#x} {flags:#x} {later} {length}");
        let (near, far) = datagrams();
        let mut asked = Asked::new(length, flags);
        let done = event(true, true);
        if !later {
            send(far, b"abc", 0).unwrap();
        }
        let begun = asked.begin(near, code, done, None, 0);
        if later {
            assert_eq!((begun, asked.told()), (NOT_ENDED, UNTOUCHED_BLOCK), "{what}");
            assert!(!is_set(done), "{what}: reset");
            send(far, b"abc", 0).unwrap();
        } else {
            assert_eq!(begun, status, "{what}");
        }
        wait_for(done);
        assert_eq!(asked.told(), (status, length.min(3)), "{what}");
        assert_eq!(asked.room[..length.min(3)], b"abc"[..length.min(3)], "{what}");
        let from = local_name(far).unwrap();
        let name = if code == DATAGRAM { from.bytes[..8].to_vec() } else { vec![0; 8] };
        assert_eq!(asked.name[..8], name, "{what}");
        assert_eq!(asked.length, 16, "{what}");
        // What was peeked at is there still.
        asked.block.Status = NOT_ENDED.cast_signed();
        let again = asked.begin(near, code, null_mut(), None, 0);
        assert_eq!(again, if flags & PEEK == 0 { NOT_ENDED } else { SUCCESS }, "{what}");
        shut_all([near, far]);
        wait_until("the socket's end ends it", || asked.told().0 != NOT_ENDED);
        close_handle(done);
    }
    // A stream, and an urgent byte of it.
    let (near, far) = both();
    let [mut asked, mut urgent] = [Asked::new(8, 0), Asked::new(8, URGENT)];
    assert_eq!(asked.begin(near, RECEIVE, null_mut(), None, 0), NOT_ENDED);
    assert_eq!(urgent.begin(near, RECEIVE, null_mut(), None, 0), NOT_ENDED);
    send(far, b"!", 1).unwrap();
    wait_until("the urgent byte comes", || urgent.told() == (SUCCESS, 1));
    send(far, b"data", 0).unwrap();
    wait_until("the data comes", || asked.told() == (SUCCESS, 4));
    shut_all([far]);
    let mut end = Asked::new(8, 0);
    let begun = end.begin(near, RECEIVE, null_mut(), None, 0);
    assert!(begun == NOT_ENDED || begun == SUCCESS);
    wait_until("the end of the stream", || end.told() == (SUCCESS, 0));
    shut_all([near]);
}

static CALLED: AtomicUsize = AtomicUsize::new(0);

unsafe extern "C" fn ended(context: *mut c_void, block: *mut IO_STATUS_BLOCK, zero: u32) {
    assert_eq!((zero, unsafe { (*block).Status }), (0, 0));
    CALLED.store(context.addr(), Ordering::Release);
}

/// PL19, PL17, CP22: a packet with the context, none without one or where the modes leave it out; a routine; cancelling.
#[test]
fn pl19_who_is_told() {
    for (modes, later, context, packet) in [
        (0, true, 9, true),
        (0, false, 9, true),
        (0, true, 0, false),
        (1, false, 9, false),
        (1, true, 9, true),
    ] {
        let (near, far) = datagrams();
        let port = Port::of(&[near]);
        assert_eq!(ws2_SetFileCompletionNotificationModes(handle(near), modes), 1);
        let mut asked = Asked::new(8, 0);
        if !later {
            send(far, b"abc", 0).unwrap();
        }
        let begun = asked.begin(near, DATAGRAM, null_mut(), None, context);
        assert_eq!(begun, if later { NOT_ENDED } else { SUCCESS });
        if later {
            send(far, b"abc", 0).unwrap();
        }
        wait_until("it ends", || asked.told() == (SUCCESS, 3));
        if packet {
            assert_eq!(port.next(), success(3, near, context), "{modes} {later}");
        }
        assert!(port.is_empty(), "{modes} {later} {context}");
        let with_routine = asked.begin(near, DATAGRAM, null_mut(), Some(ended), 1);
        assert_eq!(with_routine, 0xC000_000D, "a routine and a port");
        shut_all([near, far]);
    }
    let (near, far) = datagrams();
    let mut asked = Asked::new(8, 0);
    assert_eq!(asked.begin(near, DATAGRAM, null_mut(), Some(ended), 5), NOT_ENDED);
    send(far, b"abc", 0).unwrap();
    assert_eq!(ws2_SleepEx(LONG, 1), 192);
    assert_eq!(CALLED.load(Ordering::Acquire), 5);
    let mut cancelled = Asked::new(8, 0);
    assert_eq!(cancelled.begin(near, DATAGRAM, null_mut(), None, 0), NOT_ENDED);
    let block = (&raw mut cancelled.block).cast();
    assert_eq!(ws2_CancelIoEx(handle(near), block), 1);
    wait_until("it ends", || cancelled.told() == (0xC000_0120, 0));
    shut_all([near, far]);
}

/// PL19: what is refused, of which nobody is told.
#[test]
fn pl19_refused() {
    let (near, far) = datagrams();
    let port = Port::of(&[near]);
    let input = |asked: &mut Asked, length: u32| {
        let (input, block) = (asked.words.as_mut_ptr().cast::<c_void>(), &raw mut asked.block);
        let context = without_provenance_mut(9);
        let file = handle(near);
        let status = unsafe {
            ws2_NtDeviceIoControlFile(
                file,
                null_mut(),
                None,
                context,
                block,
                DATAGRAM,
                input,
                length,
                null_mut(),
                0,
            )
        };
        status.cast_unsigned()
    };
    for (what, at, value, length, status) in [
        ("too short", 0, None, 39, 0xC000_000D),
        ("nothing", 0, None, 0, 0xC000_000D),
        ("no list", 0, Some(0), 40, 0xC000_000D),
        ("a wild list", 0, Some(8), 40, 0xC000_0005),
        ("no buffer", 1, Some(0), 40, 0xC000_000D),
        ("more buffers than there can be", 1, Some(0xFFFF_FFFF), 40, 0xC000_0005),
        ("an address without a length", 4, Some(0), 40, 0xC000_0005),
    ] {
        let mut asked = Asked::new(8, 0);
        if let Some(value) = value {
            asked.words[at] = value;
        }
        assert_eq!(input(&mut asked, length), status, "{what}");
        assert_eq!(asked.told(), UNTOUCHED_BLOCK, "{what}");
    }
    assert!(port.is_empty());
    shut_all([near, far]);
}
