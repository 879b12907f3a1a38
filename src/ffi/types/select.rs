//! The types of `select` and `WSAPoll`, with the layout of 64-bit Windows.

#![allow(non_camel_case_types, non_snake_case, reason = "C's names")]

use std::ffi::{c_int, c_long, c_short};

use crate::ffi::types::{DWORD, SOCKET};

/// Windows' `u_int`.
pub type ws2_u_int = u32;
/// Windows' `ULONG`: 32 bits.
pub type ULONG = DWORD;

/// A set of sockets: a count and an array. Programs may make the array longer or shorter (`FD_SETSIZE`).
#[repr(C)]
#[derive(Clone, Copy)]
pub struct ws2_fd_set {
    /// The number of sockets that are in the array.
    pub fd_count: ws2_u_int,
    /// The sockets.
    pub fd_array: [SOCKET; 64],
}

/// A time: 8 bytes, for `long` is 32 bits wide on Windows.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct ws2_timeval {
    /// Seconds.
    pub tv_sec: c_int,
    /// Microseconds.
    pub tv_usec: c_int,
}

/// A time as libc has it.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct ws2_wide_timeval {
    /// Seconds.
    pub tv_sec: c_long,
    /// Microseconds.
    pub tv_usec: c_long,
}

/// A socket in the array of `WSAPoll`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct WSAPOLLFD {
    /// The socket.
    pub fd: SOCKET,
    /// What to wait for.
    pub events: c_short,
    /// What happened.
    pub revents: c_short,
}

const _: () = {
    use std::mem::offset_of;
    assert!(size_of::<ws2_fd_set>() == 520);
    assert!(offset_of!(ws2_fd_set, fd_array) == 8);
    assert!(size_of::<ws2_timeval>() == 8);
    assert!(size_of::<WSAPOLLFD>() == 16);
};
