//! `WSAConnectByNameA WSAConnectByNameW WSAConnectByList`: connecting to the first of several addresses that answers.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::{CString, c_char, c_int};
use std::time::Duration;

use super::address::address_in;
use crate::descriptor;
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::ffi::call::{Returned, call};
use crate::ffi::names::resolve::{Shown, ShownWide, name, wide_name};
use crate::ffi::types::lookup::{SOCKET_ADDRESS, SOCKET_ADDRESS_LIST};
use crate::ffi::types::select::ws2_timeval;
use crate::ffi::types::{BOOL, DWORD, OVERLAPPED, SOCKET, WCHAR, ws2_sockaddr};
use crate::names::{self, Hints};
use crate::overlapped::ordinary;
use crate::socket::address::{from_windows, read, read_for, to_windows};
use crate::socket::connect_by::{self, Reach};
use crate::socket::transfer::socket_first;
use crate::sys::Address;
use crate::sys::room;
use crate::sys::user::memory;
use crate::windows::abi::{AF_INET, AF_INET6, AF_UNSPEC, SOCK_STREAM};

/// Where an address goes that is not wanted where the length is NULL.
#[derive(Clone, Copy)]
struct Place {
    length: *mut DWORD,
    to: *mut ws2_sockaddr,
}

impl Place {
    /// Asks beforehand whether an address of that many bytes fits.
    fn check(self, needed: usize) -> Result<(), Failure> {
        const BAD: Failure =
            WsaError::WSAEFAULT.because("a place for an address is too small or cannot be written");
        if self.length.is_null() || self.to.is_null() {
            return Ok(());
        }
        // SAFETY: an out pointer of the call.
        let room =
            unsafe { memory::read(self.length) }.and_then(|room| usize::try_from(room).ok()).ok_or(BAD)?;
        let fits = room >= needed
            && memory::writable(self.to as usize, needed)
            && memory::writable(self.length as usize, size_of::<DWORD>());
        if fits { Ok(()) } else { Err(BAD) }
    }

    fn put(self, address: &Address) {
        if self.length.is_null() || self.to.is_null() {
            return;
        }
        let address = to_windows(address);
        // SAFETY: out pointers of the call, which were found writable.
        unsafe {
            let _ = memory::write_all(self.to.cast::<u8>(), address.bytes());
            let _ = memory::write(self.length, DWORD::try_from(address.len()).unwrap_or(0));
        }
    }
}

/// The time that a call may take; none for NULL.
///
/// # Safety
/// `timeout` is an in pointer.
unsafe fn time(timeout: *const ws2_timeval) -> Result<Option<Duration>, Failure> {
    const BAD: Failure = WsaError::WSAEINVAL.because("the time is negative, or cannot be read");
    if timeout.is_null() {
        return Ok(None);
    }
    // SAFETY: passed on to the caller; any bits are a value.
    let given = unsafe { memory::read(timeout) }.ok_or(BAD)?;
    match (u64::try_from(given.tv_sec), u64::try_from(given.tv_usec)) {
        (Ok(seconds), Ok(micros)) => {
            Ok(Some(Duration::from_secs(seconds).saturating_add(Duration::from_micros(micros))))
        }
        _ => Err(BAD),
    }
}

/// What all three do once they know the addresses.
fn connect(
    s: SOCKET,
    reach: Reach,
    addresses: &[Address],
    places: [Place; 2],
    time: Option<Duration>,
) -> Result<BOOL, Failure> {
    let [local, remote] = places;
    let needed = if reach == Reach::V4 { 16 } else { 28 };
    local.check(needed)?;
    remote.check(needed)?;
    let (near, far) = ordinary::connecting(s, || connect_by::connect(s, addresses, time))?;
    local.put(&near);
    remote.put(&far);
    Ok(1)
}

/// TRUE, or FALSE where the call has failed.
fn truth(result: BOOL) -> BOOL {
    if result == BOOL::FAILED { 0 } else { result }
}

/// # Safety
/// `timeout` is an in pointer.
unsafe fn by_name(
    s: SOCKET,
    names: impl FnOnce() -> Result<(Option<CString>, Option<CString>), Failure>,
    places: [Place; 2],
    timeout: *const ws2_timeval,
    reserved: *mut OVERLAPPED,
) -> Result<BOOL, Failure> {
    const BAD: Failure = WsaError::WSAEINVAL.because("a name is missing, or Reserved is not NULL");
    // SAFETY: passed on to the caller.
    let time = unsafe { time(timeout) }.map_err(|failure| socket_first(s, failure))?;
    let (Some(node), Some(service)) = names()? else { return Err(socket_first(s, BAD)) };
    if !reserved.is_null() {
        return Err(socket_first(s, BAD));
    }
    let reach = connect_by::reach(s)?;
    let family = match reach {
        Reach::V4 => AF_INET,
        Reach::V6 => AF_INET6,
        Reach::Both => AF_UNSPEC,
    };
    let hints = Hints { family, socket_type: SOCK_STREAM, ..Hints::default() };
    let found = names::addresses(Some(&node), Some(&service), hints)?;
    let mut addresses = Vec::new();
    for address in &found.addresses {
        room::push(&mut addresses, from_windows(address.bytes())?)?;
    }
    connect(s, reach, &addresses, places, time)
}

/// `BOOL WSAConnectByNameA(SOCKET s, LPCSTR nodename, LPCSTR servicename, LPDWORD LocalAddressLength,
/// LPSOCKADDR LocalAddress, LPDWORD RemoteAddressLength, LPSOCKADDR RemoteAddress, const struct timeval *timeout,
/// LPWSAOVERLAPPED Reserved)`
///
/// Looks up a host and a service, and connects to the first of the addresses that answers, in their order. It waits, whatever
/// the socket's mode, for all attempts together as long as `timeout` says; for ever where that is NULL. The look-up itself takes
/// the time that it takes. A socket of IPv6 gets to addresses of IPv4 as well, once `IPV6_V6ONLY` is off. The two
/// addresses are written where their lengths are not NULL.
///
/// # Returns
/// TRUE, or FALSE.
///
/// # Errors
/// * `WSANOTINITIALISED`: no [`WSAStartup`](crate::ffi::WSAStartup) is in effect.
/// * `WSAENOTSOCK`: no socket.
/// * `WSAEINVAL`: a name is NULL, `Reserved` is not; the time is negative; no TCP socket, or one that is bound or listens.
/// * `WSAEISCONN`: the socket is connected.
/// * `WSAEFAULT`: a name cannot be read, or a place for an address is too small or cannot be written.
/// * `WSAHOST_NOT_FOUND`, `WSATYPE_NOT_FOUND`, `WSATRY_AGAIN`, `WSANO_RECOVERY`, `WSANO_DATA`: as
///   [`getaddrinfo`](crate::ffi::ws2_getaddrinfo).
/// * `WSAEADDRNOTAVAIL`: the host has only addresses of the other family.
/// * `WSAETIMEDOUT`: the time is over.
/// * Those of [`connect`](crate::ffi::ws2_connect), of the last attempt.
///
/// Source: row CN1; Windows' documentation.
///
/// # Safety
/// The names and `timeout` are in pointers, the others out pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WSAConnectByNameA(
    s: SOCKET,
    nodename: *const c_char,
    servicename: *const c_char,
    LocalAddressLength: *mut DWORD,
    LocalAddress: *mut ws2_sockaddr,
    RemoteAddressLength: *mut DWORD,
    RemoteAddress: *mut ws2_sockaddr,
    timeout: *const ws2_timeval,
    Reserved: *mut OVERLAPPED,
) -> BOOL {
    let places = [
        Place { length: LocalAddressLength, to: LocalAddress },
        Place { length: RemoteAddressLength, to: RemoteAddress },
    ];
    truth(call(
        |f| {
            let s = s.cast_signed();
            write!(f, "WSAConnectByNameA({s}, {}, {})", Shown(nodename), Shown(servicename))
        },
        // SAFETY: in and out pointers, as this function asks for.
        |_| unsafe {
            let names = || Ok((name(nodename)?, name(servicename)?));
            by_name(s, names, places, timeout, Reserved)
        },
    ))
}

/// `BOOL WSAConnectByNameW(SOCKET s, LPWSTR nodename, LPWSTR servicename, LPDWORD LocalAddressLength,
/// LPSOCKADDR LocalAddress, LPDWORD RemoteAddressLength, LPSOCKADDR RemoteAddress, const struct timeval *timeout,
/// LPWSAOVERLAPPED Reserved)`
///
/// [`WSAConnectByNameA`] with 16-bit characters.
///
/// # Returns
/// TRUE, or FALSE.
///
/// # Errors
/// As [`WSAConnectByNameA`].
///
/// Source: row CN1; Windows' documentation.
///
/// # Safety
/// As [`WSAConnectByNameA`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WSAConnectByNameW(
    s: SOCKET,
    nodename: *const WCHAR,
    servicename: *const WCHAR,
    LocalAddressLength: *mut DWORD,
    LocalAddress: *mut ws2_sockaddr,
    RemoteAddressLength: *mut DWORD,
    RemoteAddress: *mut ws2_sockaddr,
    timeout: *const ws2_timeval,
    Reserved: *mut OVERLAPPED,
) -> BOOL {
    let places = [
        Place { length: LocalAddressLength, to: LocalAddress },
        Place { length: RemoteAddressLength, to: RemoteAddress },
    ];
    truth(call(
        |f| {
            let s = s.cast_signed();
            write!(f, "WSAConnectByNameW({s}, {}, {})", ShownWide(nodename), ShownWide(servicename))
        },
        // SAFETY: in and out pointers, as this function asks for.
        |_| unsafe {
            let names = || Ok((wide_name(nodename)?, wide_name(servicename)?));
            by_name(s, names, places, timeout, Reserved)
        },
    ))
}

/// The addresses of a list.
///
/// # Safety
/// `list` is an in pointer, and so are the addresses in it.
unsafe fn addresses(s: SOCKET, list: *const SOCKET_ADDRESS_LIST) -> Result<Vec<Address>, Failure> {
    const BAD: Failure = WsaError::WSAEFAULT.because("the list cannot be read");
    const EMPTY: Failure = WsaError::WSAEINVAL.because("the list has no address");
    // SAFETY: passed on to the caller: the count is the first field.
    let count = unsafe { memory::read(list.cast::<c_int>()) }.ok_or(BAD)?;
    let count = usize::try_from(count).ok().filter(|count| *count > 0).ok_or(EMPTY)?;
    let offset = std::mem::offset_of!(SOCKET_ADDRESS_LIST, Address);
    let fd = descriptor::of(s)?;
    let first = list.cast::<u8>().wrapping_add(offset).cast::<SOCKET_ADDRESS>();
    let mut found = Vec::new();
    for nth in 0..count {
        // SAFETY: passed on to the caller.
        let entry = unsafe { memory::read(first.wrapping_add(nth)) }.ok_or(BAD)?;
        // SAFETY: likewise.
        let user = unsafe { address_in(entry.lpSockaddr, entry.iSockaddrLength) };
        match read_for(fd, user) {
            Ok(address) => room::push(&mut found, address)?,
            // An address of the other family: whether the socket is for both is found out when it is connected.
            Err(failure) => room::push(&mut found, read(user).map_err(|_| failure)?)?,
        }
    }
    Ok(found)
}

/// `BOOL WSAConnectByList(SOCKET s, PSOCKET_ADDRESS_LIST SocketAddress, LPDWORD LocalAddressLength,
/// LPSOCKADDR LocalAddress, LPDWORD RemoteAddressLength, LPSOCKADDR RemoteAddress, const struct timeval *timeout,
/// LPWSAOVERLAPPED Reserved)`
///
/// Connects to the first address of a list that answers, as [`WSAConnectByNameA`] does. A socket of IPv6 gets to addresses of
/// IPv4 as well, in either form, once `IPV6_V6ONLY` is off.
///
/// # Returns
/// TRUE, or FALSE.
///
/// # Errors
/// As [`WSAConnectByNameA`], without those of the look-up, and
/// * `WSAEINVAL`: the list is empty.
/// * `WSAEFAULT`: the list or an address cannot be read, or is too short.
/// * `WSAEAFNOSUPPORT`: an address of a family that is not supported.
///
/// Source: row CN1; Windows' documentation.
///
/// # Safety
/// `SocketAddress`, the addresses in it and `timeout` are in pointers, the others out pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WSAConnectByList(
    s: SOCKET,
    SocketAddress: *mut SOCKET_ADDRESS_LIST,
    LocalAddressLength: *mut DWORD,
    LocalAddress: *mut ws2_sockaddr,
    RemoteAddressLength: *mut DWORD,
    RemoteAddress: *mut ws2_sockaddr,
    timeout: *const ws2_timeval,
    Reserved: *mut OVERLAPPED,
) -> BOOL {
    let places = [
        Place { length: LocalAddressLength, to: LocalAddress },
        Place { length: RemoteAddressLength, to: RemoteAddress },
    ];
    truth(call(
        |f| write!(f, "WSAConnectByList({s}, {SocketAddress:p})", s = s.cast_signed()),
        |_| {
            // SAFETY: in pointers, as this function asks for.
            let given = unsafe { time(timeout).and_then(|time| Ok((time, addresses(s, SocketAddress)?))) };
            let (time, addresses) = given.map_err(|failure| socket_first(s, failure))?;
            if !Reserved.is_null() {
                return Err(socket_first(s, WsaError::WSAEINVAL.because("Reserved is not NULL")));
            }
            connect(s, connect_by::reach(s)?, &addresses, places, time)
        },
    ))
}
