//! The structures of `WSASend`, `WSARecv`, `WSAConnect` and `WSAAccept`, with the layout of 64-bit Windows.

#![allow(non_camel_case_types, non_snake_case, reason = "C's names")]

use std::ffi::{c_char, c_int};

use crate::ffi::types::DWORD;

/// A buffer of a message in pieces: 16 bytes, the length first.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct WSABUF {
    /// The number of bytes.
    pub len: DWORD,
    /// Where they are.
    pub buf: *mut c_char,
}

/// What a flow of data asks of the network. Nothing here looks at one.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs, reason = "the names are Windows' own; their pages say what they mean")]
pub struct FLOWSPEC {
    pub TokenRate: DWORD,
    pub TokenBucketSize: DWORD,
    pub PeakBandwidth: DWORD,
    pub Latency: DWORD,
    pub DelayVariation: DWORD,
    pub ServiceType: DWORD,
    pub MaxSduSize: DWORD,
    pub MinimumPolicedSize: DWORD,
}

/// The same for both directions.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs, reason = "the names are Windows' own; their pages say what they mean")]
pub struct QOS {
    pub SendingFlowspec: FLOWSPEC,
    pub ReceivingFlowspec: FLOWSPEC,
    pub ProviderSpecific: WSABUF,
}

/// A group of sockets. There are none.
pub type GROUP = u32;

/// What `WSAAccept` asks: caller's address, caller's data, its wishes and its group's, callee's address, place
/// for the callee's data, group, the program's own word; the answer is `CF_ACCEPT`, `CF_REJECT` or `CF_DEFER`.
pub type LPCONDITIONPROC = Option<
    unsafe extern "C" fn(
        *mut WSABUF,
        *mut WSABUF,
        *mut QOS,
        *mut QOS,
        *mut WSABUF,
        *mut WSABUF,
        *mut GROUP,
        usize,
    ) -> c_int,
>;

const _: () = {
    assert!(size_of::<WSABUF>() == 16);
    assert!(size_of::<QOS>() == 80);
};
