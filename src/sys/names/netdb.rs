//! Services and networks, as the machine's databases (`/etc/services`, `/etc/networks`) know them.

use std::ffi::{CStr, CString, c_char, c_int};

use crate::sys::names::resolve::{text, texts};
use crate::sys::process::libc_call::{KeptErrno, with_buffer};
use crate::sys::room::Made;

/// A service of the machine's database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// The official name.
    pub name: CString,
    /// Its other names.
    pub aliases: Vec<CString>,
    /// The port, as a number of this machine.
    pub port: u16,
    /// The protocol over which it is offered.
    pub protocol: CString,
}

type Servent = *mut libc::servent;

/// A network of the machine's database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Network {
    /// The official name.
    pub name: CString,
    /// Its other names.
    pub aliases: Vec<CString>,
    /// Its number, as a number of this machine.
    pub number: u32,
}

/// libc's structure, which the libc crate does not have.
#[cfg(not(target_env = "musl"))]
#[repr(C)]
struct Netent {
    name: *mut c_char,
    aliases: *mut *mut c_char,
    family: c_int,
    number: u32,
}

// The functions of the C library that Winsock does not have, and the libc crate neither.
unsafe extern "C" {
    fn getservbyname_r(
        name: *const c_char,
        protocol: *const c_char,
        result: Servent,
        buffer: *mut c_char,
        len: usize,
        found: *mut Servent,
    ) -> c_int;
    fn getservbyport_r(
        port: c_int,
        protocol: *const c_char,
        result: Servent,
        buffer: *mut c_char,
        len: usize,
        found: *mut Servent,
    ) -> c_int;
    #[cfg(not(target_env = "musl"))]
    fn getnetbyname_r(
        name: *const c_char,
        result: *mut Netent,
        buffer: *mut c_char,
        len: usize,
        found: *mut *mut Netent,
        host_error: *mut c_int,
    ) -> c_int;
}

fn pointer(text: Option<&CStr>) -> *const c_char {
    text.map_or(std::ptr::null(), CStr::as_ptr)
}

/// The service of this name or alias, over this protocol or over the first there is.
///
/// # Errors
/// [`NoMemory`](crate::sys::room::NoMemory).
pub fn service_by_name(name: &CStr, protocol: Option<&CStr>) -> Made<Option<Service>> {
    // SAFETY: the texts end with a zero; the rest is the asker's.
    service(|result, buffer, len, found| unsafe {
        getservbyname_r(name.as_ptr(), pointer(protocol), result, buffer, len, found)
    })
}

/// The service at this port, over this protocol or over the first there is.
///
/// # Errors
/// [`NoMemory`](crate::sys::room::NoMemory).
pub fn service_by_port(port: u16, protocol: Option<&CStr>) -> Made<Option<Service>> {
    // SAFETY: as above.
    service(|result, buffer, len, found| unsafe {
        getservbyport_r(c_int::from(port.to_be()), pointer(protocol), result, buffer, len, found)
    })
}

/// Asks for a service until the answer fits, and copies it.
fn service(ask: impl Fn(Servent, *mut c_char, usize, *mut Servent) -> c_int) -> Made<Option<Service>> {
    let _kept = KeptErrno::new();
    with_buffer(|buffer, len| {
        // SAFETY: all zero is a valid value of a structure of pointers and numbers.
        let mut result: libc::servent = unsafe { std::mem::zeroed() };
        let mut found: Servent = std::ptr::null_mut();
        let status = ask(&raw mut result, buffer, len, &raw mut found);
        // SAFETY: what was found lies in `result` and in the buffer, and both still live.
        let answer = unsafe { found.as_ref() }.map(|found| unsafe {
            Ok(Service {
                name: text(found.s_name)?,
                aliases: texts(found.s_aliases)?,
                port: u16::from_be(u16::try_from(found.s_port).unwrap_or(0)),
                protocol: text(found.s_proto)?,
            })
        });
        (status, answer.transpose())
    })?
}

/// The network of this name or alias; musl knows none, whatever `/etc/networks` has.
///
/// # Errors
/// None: nothing is asked for.
#[cfg(target_env = "musl")]
pub fn network_by_name(_name: &CStr) -> Made<Option<Network>> {
    Ok(None)
}

/// The network of this name or alias.
///
/// # Errors
/// [`NoMemory`](crate::sys::room::NoMemory).
#[cfg(not(target_env = "musl"))]
pub fn network_by_name(name: &CStr) -> Made<Option<Network>> {
    let _kept = KeptErrno::new();
    with_buffer(|buffer, len| {
        // SAFETY: all zero is a valid value of a structure of pointers and numbers.
        let mut result: Netent = unsafe { std::mem::zeroed() };
        let mut found: *mut Netent = std::ptr::null_mut();
        let mut host_error = 0;
        // SAFETY: the name ends with a zero; the rest are locals, and a buffer of that length.
        let status = unsafe {
            getnetbyname_r(name.as_ptr(), &raw mut result, buffer, len, &raw mut found, &raw mut host_error)
        };
        // SAFETY: what was found lies in `result` and in the buffer, and both still live.
        let answer = unsafe { found.as_ref() }.map(|found| unsafe {
            Ok(Network { name: text(found.name)?, aliases: texts(found.aliases)?, number: found.number })
        });
        (status, answer.transpose())
    })?
}
