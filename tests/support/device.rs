//! Polls of the device of Windows' driver, as C begins them.

#![allow(clippy::undocumented_unsafe_blocks, reason = "pointers of these tests, which live long enough")]

use std::ptr::null_mut;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

use ws2_32::ffi::kernel::types::HANDLE;
use ws2_32::ffi::nt::types::{IO_STATUS_BLOCK, OBJECT_ATTRIBUTES, UNICODE_STRING};
use ws2_32::ffi::types::SOCKET;
use ws2_32::ffi::*;

pub const RECEIVE: u32 = 1;
pub const SEND: u32 = 4;
pub const LOCAL_CLOSE: u32 = 0x20;
pub const CONNECT: u32 = 0x40;
pub const NEVER: i64 = i64::MAX;

pub const SUCCESS: u32 = 0;
pub const TIMED_OUT: u32 = 0x102;
pub const PENDING: u32 = 0x103;
pub const CANCELLED: u32 = 0xC000_0120;

/// A handle of the device; a status where it cannot be had.
pub fn open() -> Result<HANDLE, u32> {
    // Without memory of the heap, which some tests refuse.
    let mut text = [0_u16; 16];
    text.iter_mut().zip(r"\Device\Afd\Test".encode_utf16()).for_each(|(place, unit)| *place = unit);
    let bytes = u16::try_from(2 * text.len()).unwrap();
    let mut name = UNICODE_STRING { Length: bytes, MaximumLength: bytes, Buffer: text.as_mut_ptr() };
    let mut attributes = OBJECT_ATTRIBUTES {
        Length: 48,
        RootDirectory: null_mut(),
        ObjectName: &raw mut name,
        Attributes: 0,
        SecurityDescriptor: null_mut(),
        SecurityQualityOfService: null_mut(),
    };
    let mut block = IO_STATUS_BLOCK { Status: -1, Information: 0 };
    let mut handle = null_mut();
    let status =
        unsafe { ws2_NtOpenFile(&raw mut handle, 0x0010_0000, &raw mut attributes, &raw mut block, 3, 0) };
    if status == 0 { Ok(handle) } else { Err(status.cast_unsigned()) }
}

/// What the program lends to a poll of one socket.
#[repr(C)]
#[derive(Default)]
pub struct Poll {
    status: AtomicU32,
    rest: AtomicU32,
    information: AtomicU64,
    timeout: i64,
    count: AtomicU32,
    exclusive: u32,
    socket: usize,
    events: AtomicU32,
    of_socket: AtomicU32,
}

impl Poll {
    /// In memory that stays where it is.
    pub fn new() -> Box<Self> {
        Box::default()
    }

    /// Begins; the answer at once.
    pub fn begin(&mut self, device: HANDLE, s: SOCKET, events: u32, timeout: i64) -> u32 {
        self.begin_with(device, null_mut(), s, events, timeout)
    }

    /// With an event.
    pub fn begin_with(&mut self, device: HANDLE, event: HANDLE, s: SOCKET, events: u32, timeout: i64) -> u32 {
        self.status.store(PENDING, Ordering::Relaxed);
        self.timeout = timeout;
        self.count = AtomicU32::new(1);
        self.exclusive = 0;
        self.socket = s;
        self.events = AtomicU32::new(events);
        let block = (&raw mut *self).cast::<IO_STATUS_BLOCK>();
        let info = (&raw mut self.timeout).cast();
        let status = unsafe {
            ws2_NtDeviceIoControlFile(device, event, None, block.cast(), block, 0x12024, info, 32, info, 32)
        };
        status.cast_unsigned()
    }

    /// The status, and the events that came out.
    pub fn outcome(&self) -> (u32, u32) {
        let status = self.status.load(Ordering::Acquire);
        let one = self.count.load(Ordering::Relaxed) == 1;
        (status, if one && status == SUCCESS { self.events.load(Ordering::Relaxed) } else { 0 })
    }

    /// Waits for the end.
    pub fn ended(&self) -> (u32, u32) {
        super::waiting::wait_until("the poll ends", || self.outcome().0 != PENDING);
        self.outcome()
    }

    /// Cancels it; the answer.
    pub fn cancel(&mut self, device: HANDLE) -> u32 {
        let mut answer = IO_STATUS_BLOCK { Status: 0, Information: 0 };
        let block = (&raw mut *self).cast::<IO_STATUS_BLOCK>();
        unsafe { ws2_NtCancelIoFileEx(device, block, &raw mut answer) }.cast_unsigned()
    }
}
