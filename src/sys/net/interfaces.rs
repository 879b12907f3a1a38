//! The addresses that this machine's interfaces have.

use std::ffi::CStr;

use syscalls::Sysno;

use crate::sys::process::libc_call::errno_kept;
use crate::sys::{Address, Errno, Fd, call, room};

/// One address of an interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interface {
    /// In network order.
    pub address: [u8; 4],
    /// In network order.
    pub mask: [u8; 4],
    /// Linux's `IFF_…` bits.
    pub flags: u32,
}

/// An address of IPv4 or IPv6 that an interface has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Local {
    /// The interface's number.
    pub index: u32,
    /// Linux's `IFF_…` bits.
    pub flags: u32,
    /// The address, without a port; a link-local one of IPv6 with its scope.
    pub address: Address,
}

/// Every address of every interface, in the order of the interfaces' numbers.
///
/// # Errors
/// `ENOBUFS` where the C library finds no memory or no socket to ask by.
pub fn all() -> Result<Vec<Local>, Errno> {
    errno_kept(|| {
        let mut list = std::ptr::null_mut();
        // SAFETY: an out pointer to a local.
        if unsafe { libc::getifaddrs(&raw mut list) } != 0 {
            return Err(Errno::new(libc::ENOBUFS));
        }
        let (mut found, mut made) = (Vec::new(), Ok(()));
        let mut at = list;
        // SAFETY: every element of the list is valid until `freeifaddrs`.
        while let Some(entry) = unsafe { at.as_ref() } {
            if let Some(local) = local(entry) {
                made = made.and_then(|()| room::push(&mut found, local));
            }
            at = entry.ifa_next;
        }
        // SAFETY: the list that was just made, which nothing refers to any more.
        unsafe { libc::freeifaddrs(list) };
        made.map_err(|_| NO_MEMORY)?;
        // The kernel's order stays within an interface: they come by families, and by interfaces within each.
        in_order(&mut found);
        Ok(found)
    })
}

const NO_MEMORY: Errno = Errno::new(libc::ENOBUFS);

/// Sorts by the interfaces' numbers and keeps the order of those of one, without memory: there are few.
fn in_order(found: &mut [Local]) {
    for end in 1..found.len() {
        let key = found.get(end).map(|local| local.index);
        let at =
            found.get(..end).map_or(0, |sorted| sorted.partition_point(|local| Some(local.index) <= key));
        if let Some(part) = found.get_mut(at..=end) {
            part.rotate_right(1);
        }
    }
}

fn local(entry: &libc::ifaddrs) -> Option<Local> {
    // SAFETY: NULL, or an address as long as its family's are.
    let family = i32::from(unsafe { entry.ifa_addr.as_ref() }?.sa_family);
    let len = match family {
        libc::AF_INET => size_of::<libc::sockaddr_in>(),
        libc::AF_INET6 => size_of::<libc::sockaddr_in6>(),
        _ => return None,
    };
    // SAFETY: as long as the family says.
    let bytes = unsafe { std::slice::from_raw_parts(entry.ifa_addr.cast::<u8>(), len) };
    // SAFETY: a name that ends with a NUL.
    let name = unsafe { CStr::from_ptr(entry.ifa_name) };
    // SAFETY: likewise.
    let index = unsafe { libc::if_nametoindex(name.as_ptr()) };
    Some(Local { index, flags: entry.ifa_flags, address: Address::new(bytes).ok()? })
}

/// The kernel's `struct ifreq`: a name, and a union that begins with an address or with the flags.
#[repr(C, align(8))]
#[derive(Clone, Copy)]
struct Request {
    name: [u8; 16],
    family_or_flags: u16,
    port: u16,
    address: [u8; 4],
    rest: [u8; 16],
}

impl Request {
    const EMPTY: Self = Self { name: [0; 16], family_or_flags: 0, port: 0, address: [0; 4], rest: [0; 16] };
}

/// The kernel's `struct ifconf`.
#[repr(C)]
struct Configuration {
    len: i32,
    requests: *mut Request,
}

const _: () = assert!(size_of::<Request>() == size_of::<libc::ifreq>());

/// Every address, asked through a socket of IPv4.
///
/// # Errors
/// The kernel's error.
pub fn list(fd: Fd) -> Result<Vec<Interface>, Errno> {
    let mut found = Vec::new();
    for request in addresses(fd)? {
        found.try_reserve(1).map_err(|_| NO_MEMORY)?;
        // An interface that has gone meanwhile is left out.
        let Ok(mask) = ask(fd, libc::SIOCGIFNETMASK, request) else { continue };
        let Ok(flags) = ask(fd, libc::SIOCGIFFLAGS, request) else { continue };
        found.push(Interface {
            address: request.address,
            mask: mask.address,
            flags: flags.family_or_flags.into(),
        });
    }
    Ok(found)
}

/// Name and address of each; asked again with more room until all fit.
fn addresses(fd: Fd) -> Result<Vec<Request>, Errno> {
    let mut requests = room::filled(Request::EMPTY, 16).map_err(|_| NO_MEMORY)?;
    loop {
        let room = i32::try_from(size_of_val(requests.as_slice())).unwrap_or(i32::MAX);
        let mut configuration = Configuration { len: room, requests: requests.as_mut_ptr() };
        let at = (&raw mut configuration) as usize;
        // SAFETY: the kernel writes to the vector, no more than `len` bytes, and to a local.
        unsafe { call(Sysno::ioctl, [fd.raw(), command(libc::SIOCGIFCONF), at, 0, 0, 0])? };
        let count = usize::try_from(configuration.len).unwrap_or(0) / size_of::<Request>();
        if count < requests.len() {
            requests.truncate(count);
            return Ok(requests);
        }
        requests = room::filled(Request::EMPTY, requests.len() * 2).map_err(|_| NO_MEMORY)?;
    }
}

/// Asks for one thing about the interface that has the request's name and address.
fn ask(fd: Fd, what: impl TryInto<usize>, mut request: Request) -> Result<Request, Errno> {
    let at = (&raw mut request) as usize;
    // SAFETY: the kernel writes to a local of its own layout.
    unsafe { call(Sysno::ioctl, [fd.raw(), command(what), at, 0, 0, 0])? };
    Ok(request)
}

/// Its type is not the same with every libc.
fn command(number: impl TryInto<usize>) -> usize {
    number.try_into().unwrap_or(0)
}
