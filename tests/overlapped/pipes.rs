//! `fork` beside pipes with a name: the child has the ends, the operations are the parent's. What else pipes do is in
//! `tests/porting/programs/pipes.c`.

use std::ffi::CString;
use std::ptr::null_mut;

use ws2_32::ffi::types::OVERLAPPED;
use ws2_32::ffi::*;

use crate::support::calls::*;
use crate::support::process::{alone, here};

const ACCESS_DUPLEX: u32 = 3;
const OVERLAPPED_FLAG: u32 = 0x4000_0000;
const READ_AND_WRITE: u32 = 0xC000_0000;
const OPEN_EXISTING: u32 = 3;
const IO_PENDING: u32 = 997;
const IO_INCOMPLETE: u32 = 996;

type Handle = *mut core::ffi::c_void;

/// Both ends of a pipe of bytes, for overlapped calls.
fn pair() -> [Handle; 2] {
    let name = CString::new(format!(r"\\.\pipe\forked-{}", std::process::id())).unwrap();
    let (text, none) = (name.as_ptr(), null_mut());
    let server =
        unsafe { ws2_CreateNamedPipeA(text, ACCESS_DUPLEX | OVERLAPPED_FLAG, 0, 1, 512, 512, 0, null_mut()) };
    let client =
        unsafe { ws2_CreateFileA(text, READ_AND_WRITE, 0, null_mut(), OPEN_EXISTING, OVERLAPPED_FLAG, none) };
    assert!(!server.is_null() && client.addr() != usize::MAX);
    let mut over = Operation::new();
    // The client is there already: ERROR_PIPE_CONNECTED.
    assert_eq!(unsafe { ws2_ConnectNamedPipe(server, over.over()) }, 0);
    assert_eq!(ws2_GetLastError(), 535);
    [server, client]
}

struct Operation {
    over: Box<OVERLAPPED>,
    room: Box<[u8; 8]>,
}

impl Operation {
    fn new() -> Self {
        let mut over: Box<OVERLAPPED> = Box::new(unsafe { std::mem::zeroed() });
        over.hEvent = WSACreateEvent();
        Self { over, room: Box::new([0; 8]) }
    }

    fn over(&mut self) -> *mut OVERLAPPED {
        &raw mut *self.over
    }

    /// Whether it is under way now.
    fn reads(&mut self, end: Handle) -> bool {
        let (room, over) = (self.room.as_mut_ptr().cast(), self.over());
        unsafe { ws2_ReadFile(end, room, 8, null_mut(), over) == 0 && ws2_GetLastError() == IO_PENDING }
    }

    fn writes(&mut self, end: Handle, text: &[u8]) -> bool {
        let length = u32::try_from(text.len()).unwrap();
        let begun = unsafe { ws2_WriteFile(end, text.as_ptr().cast(), length, null_mut(), self.over()) != 0 };
        begun || ws2_GetLastError() == IO_PENDING
    }

    /// Waits for its end; the bytes, or the error.
    fn ended(&mut self, end: Handle) -> Result<Vec<u8>, u32> {
        let mut bytes = 0;
        match unsafe { ws2_GetOverlappedResult(end, self.over(), &raw mut bytes, 1) } {
            0 => Err(ws2_GetLastError()),
            _ => Ok(self.room.iter().copied().take(usize::try_from(bytes).unwrap()).collect()),
        }
    }

    fn is_under_way(&mut self, end: Handle) -> bool {
        let mut bytes = 0;
        let told = unsafe { ws2_GetOverlappedResult(end, self.over(), &raw mut bytes, 0) };
        told == 0 && ws2_GetLastError() == IO_INCOMPLETE
    }
}

#[test]
fn a_child_has_the_ends_and_not_the_operations() {
    alone(here!("a_child_has_the_ends_and_not_the_operations"), || {
        stay_started();
        let [server, client] = pair();
        let mut read = Operation::new();
        assert!(read.reads(server));
        let child = unsafe { libc::fork() };
        if child == 0 {
            unsafe { libc::alarm(20) };
            // Cancelling finds nothing of the child's; its own operations come and end.
            let mut own = Operation::new();
            let mut good = ws2_CancelIoEx(server, read.over()) == 0 && read.is_under_way(server);
            good &= own.reads(client);
            good &= Operation::new().writes(client, b"child");
            good &= own.ended(client).as_deref() == Ok(b"answer");
            good &= read.is_under_way(server);
            good &= ws2_CloseHandle(server) == 1 && ws2_CloseHandle(client) == 1;
            unsafe { libc::_exit(i32::from(!good)) };
        }
        assert_eq!(read.ended(server).as_deref(), Ok(&b"child"[..]));
        assert!(Operation::new().writes(server, b"answer"));
        let mut status = -1;
        assert_eq!(unsafe { libc::waitpid(child, &raw mut status, 0) }, child);
        assert_eq!(status, 0);
        // The child has closed its own numbers of the ends: the parent's go on.
        assert!(read.reads(server));
        assert!(Operation::new().writes(client, b"own"));
        assert_eq!(read.ended(server).as_deref(), Ok(&b"own"[..]));
        assert_eq!(ws2_CloseHandle(client), 1);
        assert_eq!((read.reads(server), ws2_GetLastError()), (false, 109));
        assert_eq!(ws2_CloseHandle(server), 1);
    });
}
