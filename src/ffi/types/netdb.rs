//! The structures in which names and addresses of hosts, services and protocols are told, with the layout of
//! 64-bit Windows.

#![allow(non_camel_case_types, reason = "C's names")]

use std::ffi::{c_char, c_int, c_short};

use crate::ffi::types::{WCHAR, ws2_sockaddr};

/// `struct addrinfo`: an address to `connect` or `bind` to; 48 bytes.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct ws2_addrinfo {
    /// `AI_*`; 0 in an answer.
    pub ai_flags: c_int,
    /// `AF_INET` 2 or `AF_INET6` 23; 0 for both.
    pub ai_family: c_int,
    /// The socket type of the hints.
    pub ai_socktype: c_int,
    /// The protocol of the hints.
    pub ai_protocol: c_int,
    /// The length of `*ai_addr` in bytes: 16 or 28.
    pub ai_addrlen: usize,
    /// The canonical name, in the first entry if asked for; else NULL.
    pub ai_canonname: *mut c_char,
    /// The address: a `sockaddr_in` or `sockaddr_in6`.
    pub ai_addr: *mut ws2_sockaddr,
    /// The next entry, or NULL.
    pub ai_next: *mut ws2_addrinfo,
}

/// `struct addrinfoW`: the same with 16-bit characters.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct ADDRINFOW {
    /// `AI_*`; 0 in an answer.
    pub ai_flags: c_int,
    /// `AF_INET` 2 or `AF_INET6` 23; 0 for both.
    pub ai_family: c_int,
    /// The socket type of the hints.
    pub ai_socktype: c_int,
    /// The protocol of the hints.
    pub ai_protocol: c_int,
    /// The length of `*ai_addr` in bytes: 16 or 28.
    pub ai_addrlen: usize,
    /// The canonical name, in the first entry if asked for; else NULL.
    pub ai_canonname: *mut WCHAR,
    /// The address: a `sockaddr_in` or `sockaddr_in6`.
    pub ai_addr: *mut ws2_sockaddr,
    /// The next entry, or NULL.
    pub ai_next: *mut ADDRINFOW,
}

/// `struct hostent`: a host; 32 bytes, where Linux's numbers are of 32 bits.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct ws2_hostent {
    /// The official name.
    pub h_name: *mut c_char,
    /// Other names; ends with NULL.
    pub h_aliases: *mut *mut c_char,
    /// `AF_INET` 2 or `AF_INET6` 23.
    pub h_addrtype: c_short,
    /// The length of each address in bytes: 4 or 16.
    pub h_length: c_short,
    /// The addresses, in network order; ends with NULL.
    pub h_addr_list: *mut *mut c_char,
}

/// `struct servent`: a service; 32 bytes. On 64-bit Windows the protocol stands before the port.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct ws2_servent {
    /// The official name.
    pub s_name: *mut c_char,
    /// Other names; ends with NULL.
    pub s_aliases: *mut *mut c_char,
    /// The protocol over which it is offered.
    pub s_proto: *mut c_char,
    /// The port, in network order.
    pub s_port: c_short,
}

/// `struct protoent`: a protocol; 24 bytes.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct ws2_protoent {
    /// The official name.
    pub p_name: *mut c_char,
    /// Other names; ends with NULL.
    pub p_aliases: *mut *mut c_char,
    /// The number that `socket` takes.
    pub p_proto: c_short,
}

/// `struct netent`: a network; 24 bytes.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct ws2_netent {
    /// The official name.
    pub n_name: *mut c_char,
    /// Other names; ends with NULL.
    pub n_aliases: *mut *mut c_char,
    /// `AF_INET` 2.
    pub n_addrtype: c_short,
    /// The number, as a number of this machine.
    pub n_net: u32,
}

const _: () = {
    use std::mem::offset_of;
    assert!(size_of::<ws2_netent>() == 24 && offset_of!(ws2_netent, n_net) == 20);
    assert!(size_of::<ws2_addrinfo>() == 48 && size_of::<ADDRINFOW>() == 48);
    assert!(offset_of!(ws2_addrinfo, ai_addrlen) == 16 && offset_of!(ADDRINFOW, ai_addrlen) == 16);
    assert!(offset_of!(ws2_addrinfo, ai_canonname) == 24 && offset_of!(ADDRINFOW, ai_canonname) == 24);
    assert!(offset_of!(ws2_addrinfo, ai_addr) == 32 && offset_of!(ADDRINFOW, ai_addr) == 32);
    assert!(offset_of!(ws2_addrinfo, ai_next) == 40 && offset_of!(ADDRINFOW, ai_next) == 40);
    assert!(size_of::<ws2_hostent>() == 32);
    assert!(offset_of!(ws2_hostent, h_addrtype) == 16);
    assert!(offset_of!(ws2_hostent, h_length) == 18);
    assert!(offset_of!(ws2_hostent, h_addr_list) == 24);
    assert!(size_of::<ws2_servent>() == 32);
    assert!(offset_of!(ws2_servent, s_proto) == 16);
    assert!(offset_of!(ws2_servent, s_port) == 24);
    assert!(size_of::<ws2_protoent>() == 24);
    assert!(offset_of!(ws2_protoent, p_proto) == 16);
};
