//! The addresses of IPv4 that this machine's interfaces have.

use syscalls::Sysno;

use crate::sys::{Errno, Fd, call};

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
    let mut requests = vec![Request::EMPTY; 16];
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
        requests.resize(requests.len() * 2, Request::EMPTY);
    }
}

/// Asks for one thing about the interface that has the request's name and address.
fn ask(fd: Fd, what: libc::Ioctl, mut request: Request) -> Result<Request, Errno> {
    let at = (&raw mut request) as usize;
    // SAFETY: the kernel writes to a local of its own layout.
    unsafe { call(Sysno::ioctl, [fd.raw(), command(what), at, 0, 0, 0])? };
    Ok(request)
}

fn command(number: libc::Ioctl) -> usize {
    usize::try_from(number).unwrap_or(0)
}
