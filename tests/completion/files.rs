//! `TransmitFile`, `TransmitPackets`, `ReadFile` and `WriteFile` on sockets: rows TX1 to TX6, KO16.

use std::ffi::c_void;
use std::io::Write;
use std::os::fd::AsRawFd;
use std::ptr::null_mut;

use crate::connections::extension;
use crate::words::*;
use ws2_32::ffi::kernel::types::HANDLE;
use ws2_32::ffi::types::*;
use ws2_32::ffi::*;

type TransmitPackets =
    unsafe extern "C" fn(SOCKET, *mut TRANSMIT_PACKETS_ELEMENT, u32, u32, *mut OVERLAPPED, u32) -> BOOL;

const TRANSMIT_PACKETS: [u8; 16] =
    [0xa0, 0x9d, 0x68, 0xd9, 0x90, 0x1f, 0xd3, 0x11, 0x99, 0x71, 0x00, 0xc0, 0x4f, 0x68, 0xc8, 0x76];

fn file_of(bytes: &[u8]) -> std::fs::File {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(bytes).unwrap();
    std::io::Seek::rewind(&mut file).unwrap();
    file
}

fn number(file: &std::fs::File) -> HANDLE {
    handle(file.as_raw_fd() as usize)
}

fn around(head: &'static [u8], tail: &'static [u8]) -> TRANSMIT_FILE_BUFFERS {
    TRANSMIT_FILE_BUFFERS {
        Head: head.as_ptr().cast_mut().cast(),
        HeadLength: head.len() as u32,
        Tail: tail.as_ptr().cast_mut().cast(),
        TailLength: tail.len() as u32,
    }
}

fn transmit(
    s: SOCKET,
    file: HANDLE,
    len: u32,
    over: *mut OVERLAPPED,
    around: Option<&mut TRANSMIT_FILE_BUFFERS>,
    flags: u32,
) -> (bool, i32) {
    let around = around.map_or(null_mut(), std::ptr::from_mut);
    let (good, error) = with_error(|| unsafe { ws2_TransmitFile(s, file, len, 0, over, around, flags) });
    (good == 1, error as i32)
}

fn at(offset: u32) -> Over {
    let over = Over::new();
    unsafe { ((*over.ptr()).Offset, (*over.ptr()).OffsetHigh) = (offset, 0) };
    over
}

fn ended(over: &Over) -> (usize, usize) {
    wait_until("it ends", || !over.is_pending());
    over.state()
}

/// TX1, TX3, TX5: what is refused.
#[test]
fn tx1_checks() {
    let (near, far) = both();
    let (fresh, udp) = (socket(AF_INET, STREAM), socket(AF_INET, DGRAM));
    let file = file_of(b"0123456789");
    let over = at(0);
    for (what, s, flags, code) in [
        ("no socket", 1 << 20, 0, 10038),
        ("not connected", fresh, 0, 10057),
        ("UDP", udp, 0, 10057),
        ("TX5: reuse alone", near, 2, 10022),
        ("TX5: no such flag", near, 8, 10022),
    ] {
        assert_eq!(transmit(s, number(&file), 0, over.ptr(), None, flags), (false, code), "{what}");
    }
    assert_eq!(
        transmit(near, number(&file), 0, at(11).ptr(), None, 0),
        (false, 10022),
        "TX4: behind the end"
    );
    assert_eq!(transmit(near, handle(1 << 20), 0, over.ptr(), None, 0), (false, 10038), "no file");
    let wild = handle(8).cast::<TRANSMIT_FILE_BUFFERS>();
    let (good, code) =
        with_error(|| unsafe { ws2_TransmitFile(near, null_mut(), 0, 0, null_mut(), wild, 0) });
    assert_eq!((good, code), (0, 10014));
    let big = tempfile::tempfile().unwrap();
    big.set_len(2_147_483_647).unwrap();
    assert_eq!(transmit(near, number(&big), 0, over.ptr(), None, 0), (false, 10022), "TX3");
    assert_eq!(transmit(near, null_mut(), 0, null_mut(), None, 0), (true, 0), "TX2: nothing");
    shut_all([near, far, fresh, udp]);
}

/// TX2, TX3, TX4: head, file, tail; from the file's position, or from the offset.
#[test]
fn tx2_order_and_parts() {
    let (near, peer) = ours().leave();
    let file = file_of(b"0123456789");
    let mut both = around(b"<head>", b"<tail>");
    let over = at(0);
    assert_eq!(transmit(near, number(&file), 0, null_mut(), Some(&mut both), 0), (true, 0));
    assert_eq!(peer.read_exactly(22), b"<head>0123456789<tail>");
    let port = Port::of(&[near]);
    for (offset, len, expected) in
        [(0, 0, &b"0123456789"[..]), (3, 0, b"3456789"), (3, 4, b"3456"), (8, 9, b"89"), (10, 0, b"")]
    {
        let over = at(offset);
        assert_eq!(
            transmit(near, number(&file), len, over.ptr(), Some(&mut both), 0),
            (false, 997),
            "{offset}"
        );
        let count = 12 + expected.len();
        assert_eq!(port.next(), success(count as u32, near, over.ptr().addr()), "{offset}");
        assert_eq!(peer.read_exactly(count), [b"<head>", expected, b"<tail>"].concat(), "{offset}");
    }
    assert_eq!(transmit(near, null_mut(), 0, over.ptr(), Some(&mut both), 0), (false, 997));
    assert_eq!(ended(&over), (0, 12));
    close(near).unwrap();
}

/// A big file goes out wholly, behind a send and before the connection's end.
#[test]
fn tx5_big_and_then_the_end() {
    let (near, peer) = ours().leave();
    let load: Vec<u8> = (0..20_000_000_u32).map(|n| (n / 7) as u8).collect();
    let file = file_of(&load);
    let (first, over) = (Over::new(), at(0));
    let before = vec![9; 9 << 20];
    let begun = send_over(near, &before, &first).0;
    assert!(begun == Ok(0) || begun == Err(E::WSA_IO_PENDING));
    assert_eq!(transmit(near, number(&file), 0, over.ptr(), None, 1), (false, 997));
    drop(file);
    assert!(peer.read_all() == [before, load.clone()].concat());
    assert_eq!(ended(&over), (0, load.len()));
    assert_eq!(send(near, b"x", 0), Err(E::WSAESHUTDOWN));
    close(near).unwrap();
}

/// TX6: elements in memory and in files.
#[test]
fn tx6_packets() {
    let (near, peer) = ours().leave();
    let (_, _, function) = extension(near, TRANSMIT_PACKETS, null_mut());
    let packets = unsafe { std::mem::transmute::<usize, TransmitPackets>(function) };
    let file = file_of(b"0123456789");
    let memory = |bytes: &'static [u8]| TRANSMIT_PACKETS_ELEMENT {
        dwElFlags: 1,
        cLength: bytes.len() as u32,
        nFileOffset: bytes.as_ptr().expose_provenance() as i64,
        hFile: null_mut(),
    };
    let part = |from, len| TRANSMIT_PACKETS_ELEMENT {
        dwElFlags: 2 | 4,
        cLength: len,
        nFileOffset: from,
        hFile: number(&file),
    };
    let mut list = [memory(b"a"), part(2, 3), memory(b"b"), part(-1, 0)];
    let over = Over::new();
    let begun = with_error(|| unsafe { packets(near, list.as_mut_ptr(), 4, 0, over.ptr(), 0) });
    assert_eq!(begun, (0, 997));
    assert_eq!(peer.read_exactly(15), b"a234b0123456789");
    assert_eq!(over.ends(), (0, 15));
    list[0].dwElFlags = 3;
    assert_eq!(with_error(|| unsafe { packets(near, list.as_mut_ptr(), 4, 0, over.ptr(), 0) }), (0, 10022));
    assert_eq!(with_error(|| unsafe { packets(near, handle(8).cast(), 4, 0, over.ptr(), 0) }), (0, 10014));
    close(near).unwrap();
}

/// KO16: ReadFile and WriteFile on a socket, with codes of Windows itself.
#[test]
fn ko16_read_and_write() {
    let (near, far) = both();
    let port = Port::of(&[near]);
    let over = Over::new();
    let (mut bytes, mut count) = ([0_u8; 8], COUNT);
    let read = |bytes: &mut [u8], count: *mut u32, over: &Over| {
        let (at, len) = (bytes.as_mut_ptr().cast::<c_void>(), bytes.len() as u32);
        with_error(|| unsafe { ws2_ReadFile(handle(near), at, len, count, over.ptr()) })
    };
    assert_eq!(read(&mut bytes, null_mut(), &over), (0, 997));
    let sent = Over::new();
    let wrote = with_error(|| unsafe {
        ws2_WriteFile(handle(far), b"abc".as_ptr().cast(), 3, &raw mut count, sent.ptr())
    });
    assert_eq!((wrote, count, sent.state()), ((1, UNTOUCHED), 3, (0, 3)));
    assert_eq!(port.next(), success(3, near, over.ptr().addr()));
    assert_eq!(&bytes[..3], b"abc");
    assert_eq!(call(|| ws2_shutdown(far, SD_SEND)), Ok(0));
    wait_until("the end is here", || read(&mut bytes, &raw mut count, &over) == (1, UNTOUCHED));
    assert_eq!(count, 0, "the end of the stream is success");
    let fresh = socket(AF_INET, STREAM);
    let failed = with_error(|| unsafe {
        ws2_ReadFile(handle(fresh), bytes.as_mut_ptr().cast(), 8, null_mut(), over.ptr())
    });
    assert_eq!(failed, (0, 59), "not connected");
    shut_all([near, far, fresh]);
}
