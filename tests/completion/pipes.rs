//! How the ends of operations on pipes with a name are told, as those on sockets are. Rows OV16, OE3, OE6, CP5, CP22.

use std::ffi::{CString, c_void};
use std::ptr::null_mut;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::words::*;
use ws2_32::ffi::kernel::types::HANDLE;
use ws2_32::ffi::types::OVERLAPPED;
use ws2_32::ffi::*;

/// Both ends of a new pipe, for overlapped calls.
fn pair() -> [HANDLE; 2] {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let name = CString::new(format!(r"\\.\pipe\ends-{}-{number}", std::process::id())).unwrap();
    let (text, none) = (name.as_ptr(), null_mut());
    let server = unsafe { ws2_CreateNamedPipeA(text, 0x4000_0003, 0, 1, 512, 512, 0, null_mut()) };
    let client = unsafe { ws2_CreateFileA(text, 0xC000_0000, 0, null_mut(), 3, 0x4000_0000, none) };
    assert!(server.addr() != INVALID_HANDLE && client.addr() != INVALID_HANDLE);
    [server, client]
}

static CALLS: AtomicU32 = AtomicU32::new(0);

unsafe extern "C" fn ended(error: u32, bytes: u32, _: *mut OVERLAPPED) {
    assert_eq!((error, bytes), (0, 3));
    CALLS.fetch_add(1, Ordering::AcqRel);
}

fn read(end: HANDLE, room: &mut [u8], over: &Over) {
    let (room, len) = (room.as_mut_ptr().cast::<c_void>(), room.len() as u32);
    let begun = with_error(|| unsafe { ws2_ReadFile(end, room, len, null_mut(), over.ptr()) });
    assert_eq!(begun, (0, 997));
}

/// Writes three bytes, at once.
fn write(end: HANDLE, over: &Over) {
    assert_eq!(unsafe { ws2_WriteFile(end, b"abc".as_ptr().cast(), 3, null_mut(), over.ptr()) }, 1);
}

/// OV16, CP5: what was begun with a routine before the association gets its call and no packet; what was begun without one gets a
/// packet.
#[test]
fn ov16_begun_before_the_association() {
    for with_routine in [true, false] {
        let [server, client] = pair();
        let (over, sent, mut room) = (Over::new(), Over::new(), [0; 8]);
        if with_routine {
            let place = room.as_mut_ptr().cast();
            assert_eq!(unsafe { ws2_ReadFileEx(server, place, 8, over.ptr(), Some(ended)) }, 1);
        } else {
            read(server, &mut room, &over);
        }
        let port = Port::new(0);
        assert_eq!(ws2_CreateIoCompletionPort(server, port.0, 7, 0), port.0);
        write(client, &sent);
        if with_routine {
            const IO_COMPLETION: u32 = 192;
            assert_eq!(ws2_SleepEx(LONG, 1), IO_COMPLETION);
            assert_eq!(CALLS.load(Ordering::Acquire), 1);
            assert!(port.is_empty(), "no packet beside the call");
        } else {
            assert_eq!(port.next(), success(3, 7, over.ptr().addr()));
        }
        [server, client].into_iter().for_each(close_handle);
    }
}

/// OE3, OE6, CP22: the event of the beginning, its low bit, and what the modes leave out.
#[test]
fn oe6_cp22_who_is_told() {
    // Bits of the event's handle; modes; whether it ends at once; a packet; the handle's own signal.
    for (event_is_given, low, modes, at_once, packet, signal) in [
        (false, 0, 0, false, true, true),
        (false, 0, 0, true, true, true),
        (true, 0, 0, false, true, false),
        (true, 1, 0, false, false, false),
        (false, 1, 0, false, false, true),
        (false, 0, 1, false, true, true),
        (false, 0, 1, true, false, true),
        (false, 0, 2, false, true, false),
        (true, 0, 3, true, false, false),
    ] {
        let what = format!("{event_is_given} {low} {modes} {at_once}");
        let [server, client] = pair();
        let port = Port::new(0);
        assert_eq!(ws2_CreateIoCompletionPort(server, port.0, 7, 0), port.0);
        assert_eq!(ws2_SetFileCompletionNotificationModes(server, modes), 1);
        let own = event(true, true);
        let named = if event_is_given { own.addr() } else { 0 };
        let over = Over::with(handle(named | low));
        let (sent, mut room) = (Over::new(), [0; 8]);
        if at_once {
            write(server, &over);
        } else {
            read(server, &mut room, &over);
            assert!(!event_is_given || !is_set(own), "{what}: reset");
            assert_eq!(ws2_WaitForSingleObject(server, 0), TIMED_OUT, "{what}");
            write(client, &sent);
        }
        assert_eq!(over.ends(), (0, 3), "{what}");
        if packet {
            assert_eq!(port.next(), success(3, 7, over.ptr().addr()), "{what}");
        } else if event_is_given {
            wait_for(own);
        }
        assert!(port.is_empty(), "{what}");
        if event_is_given {
            wait_for(own);
        }
        if signal {
            wait_for(server);
        } else {
            assert_eq!(ws2_WaitForSingleObject(server, 0), TIMED_OUT, "{what}");
        }
        [server, client, own].into_iter().for_each(close_handle);
    }
}
