//! Host names and addresses, as the C library's name service knows them.
//!
//! Winsock has `getaddrinfo`, so inside our shared library that name is our own. The C library's is looked up
//! once, by asking the dynamic linker for the next one after ours. Where there is no dynamic linker, in a fully
//! static executable, the functions whose names Winsock does not have must do, which know no address selection.

use std::ffi::{CStr, CString, c_char, c_int, c_void};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::OnceLock;

use crate::sys::process::libc_call::{KeptErrno, ask_for_room, with_buffer};
use crate::sys::room::{self, Made, NoMemory};

/// An address of a host; the scope says by which interface a link-local one is reached, else it is 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HostAddress {
    /// The address itself.
    pub ip: IpAddr,
    /// The interface's index, for IPv6.
    pub scope: u32,
}

impl From<IpAddr> for HostAddress {
    fn from(ip: IpAddr) -> Self {
        Self { ip, scope: 0 }
    }
}

/// Why a name was not resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LookupError {
    /// There is no such name, or no name for the address.
    NotFound,
    /// It may work later: no server answered, or it could not tell.
    TryAgain,
    /// It will not work.
    NoRecovery,
    /// The name exists, without an address of the kind asked for.
    NoData,
    /// There was no memory.
    NoMemory,
}

impl From<NoMemory> for LookupError {
    fn from(_: NoMemory) -> Self {
        Self::NoMemory
    }
}

/// A family of addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// IPv4.
    V4,
    /// IPv6.
    V6,
}

/// What a lookup by name is to do besides looking up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Tell the canonical name.
    pub canonical_name: bool,
    /// Take only a number written out, and ask nobody.
    pub numeric: bool,
    /// Only families that the machine has an address of.
    pub configured: bool,
    /// For IPv6: IPv4 addresses as mapped ones where there are no others.
    pub mapped: bool,
    /// With `mapped`: these as well as the others.
    pub all: bool,
}

/// What a lookup by name found: at least one address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// In the order in which they should be tried.
    pub addresses: Vec<HostAddress>,
    /// If it was asked for and is known.
    pub canonical_name: Option<CString>,
}

/// A host as `gethostbyname` describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Host {
    /// The official name.
    pub name: CString,
    /// Its other names.
    pub aliases: Vec<CString>,
    /// All of one family.
    pub addresses: Vec<IpAddr>,
}

type GetAddrInfo = unsafe extern "C" fn(
    *const c_char,
    *const c_char,
    *const libc::addrinfo,
    *mut *mut libc::addrinfo,
) -> c_int;
type FreeAddrInfo = unsafe extern "C" fn(*mut libc::addrinfo);

/// The C library's pair of functions; `None` in a fully static executable.
fn libc_functions() -> Option<(GetAddrInfo, FreeAddrInfo)> {
    static FUNCTIONS: OnceLock<Option<(GetAddrInfo, FreeAddrInfo)>> = OnceLock::new();
    *FUNCTIONS.get_or_init(|| {
        let resolve = next(c"getaddrinfo")?;
        let free = next(c"freeaddrinfo")?;
        // SAFETY: the C library's functions of these names have these types.
        unsafe {
            Some((
                std::mem::transmute::<*mut c_void, GetAddrInfo>(resolve),
                std::mem::transmute::<*mut c_void, FreeAddrInfo>(free),
            ))
        }
    })
}

/// The function of this name that comes after this library's own in the order of the dynamic linker; failing
/// that (a program that put the C library before this one), the one of the library where `gethostbyname2_r` is.
fn next(name: &CStr) -> Option<*mut c_void> {
    // SAFETY: the names end with a zero, the description is a local, and a library that is loaded already may be
    // opened once more.
    unsafe {
        let found = libc::dlsym(libc::RTLD_NEXT, name.as_ptr());
        if !found.is_null() {
            return Some(found);
        }
        let mut place: libc::Dl_info = std::mem::zeroed();
        if libc::dladdr(gethostbyname2_r as *const c_void, &raw mut place) == 0 {
            return None;
        }
        let library = libc::dlopen(place.dli_fname, libc::RTLD_LAZY | libc::RTLD_NOLOAD);
        if library.is_null() {
            return None;
        }
        let found = libc::dlsym(library, name.as_ptr());
        (!found.is_null()).then_some(found)
    }
}

/// The addresses of a host.
///
/// # Errors
/// What the name service says.
pub fn addresses(name: &CStr, family: Option<Family>, options: Options) -> Result<Found, LookupError> {
    let _kept = KeptErrno::new();
    let Some((resolve, free)) = libc_functions() else {
        return addresses_without_linker(name, family, options);
    };
    ask_for_room()?;
    // SAFETY: all zero is a valid value: no wishes.
    let mut hints: libc::addrinfo = unsafe { std::mem::zeroed() };
    // One socket type, so that every address comes once.
    hints.ai_socktype = libc::SOCK_STREAM;
    hints.ai_family = match family {
        None => libc::AF_UNSPEC,
        Some(Family::V4) => libc::AF_INET,
        Some(Family::V6) => libc::AF_INET6,
    };
    hints.ai_flags = [
        (options.canonical_name, libc::AI_CANONNAME),
        (options.numeric, libc::AI_NUMERICHOST),
        (options.configured, libc::AI_ADDRCONFIG),
        (options.mapped, libc::AI_V4MAPPED),
        (options.all, libc::AI_ALL),
    ]
    .into_iter()
    .filter_map(|(wanted, flag)| wanted.then_some(flag))
    .fold(0, |flags, flag| flags | flag);
    let mut list: *mut libc::addrinfo = std::ptr::null_mut();
    // SAFETY: the name ends with a zero, hints and result are locals.
    let status = unsafe { resolve(name.as_ptr(), std::ptr::null(), &raw const hints, &raw mut list) };
    if status != 0 {
        return Err(lookup_error(status));
    }
    // SAFETY: a list that the C library has just made, walked to its end and given back once.
    let found = unsafe {
        let found = copied(list);
        free(list);
        found?
    };
    if found.addresses.is_empty() { Err(LookupError::NoData) } else { Ok(found) }
}

/// # Safety
/// `list` is one of the C library's.
unsafe fn copied(list: *const libc::addrinfo) -> Made<Found> {
    let mut found = Found { addresses: Vec::new(), canonical_name: None };
    let mut at = list;
    // SAFETY: passed on to the caller.
    unsafe {
        while let Some(entry) = at.as_ref() {
            if found.canonical_name.is_none() && !entry.ai_canonname.is_null() {
                found.canonical_name = Some(text(entry.ai_canonname)?);
            }
            if let Some(address) = address(entry.ai_addr) {
                room::push(&mut found.addresses, address)?;
            }
            at = entry.ai_next;
        }
    }
    Ok(found)
}

/// The same where there is no dynamic linker to ask: family by family, without address selection.
fn addresses_without_linker(
    name: &CStr,
    family: Option<Family>,
    options: Options,
) -> Result<Found, LookupError> {
    if options.numeric {
        return Err(LookupError::NotFound);
    }
    let families: &[Family] = match family {
        None => &[Family::V4, Family::V6],
        Some(Family::V4) => &[Family::V4],
        Some(Family::V6) => &[Family::V6],
    };
    let mut found = Found { addresses: Vec::new(), canonical_name: None };
    let mut error = LookupError::NotFound;
    for &family in families {
        match host_by_name(name, family) {
            Ok(host) => {
                for address in host.addresses {
                    room::push(&mut found.addresses, address.into())?;
                }
                if options.canonical_name && found.canonical_name.is_none() {
                    found.canonical_name = Some(host.name);
                }
            }
            Err(why) => error = why,
        }
    }
    if found.addresses.is_empty() { Err(error) } else { Ok(found) }
}

/// # Safety
/// `from` is NULL or points to an address that is as long as its family says.
pub(in crate::sys) unsafe fn address(from: *const libc::sockaddr) -> Option<HostAddress> {
    // SAFETY: passed on to the caller.
    unsafe {
        match i32::from(from.as_ref()?.sa_family) {
            libc::AF_INET => {
                let v4 = from.cast::<libc::sockaddr_in>().read_unaligned();
                Some(IpAddr::from(Ipv4Addr::from(v4.sin_addr.s_addr.to_ne_bytes())).into())
            }
            libc::AF_INET6 => {
                let v6 = from.cast::<libc::sockaddr_in6>().read_unaligned();
                Some(HostAddress { ip: Ipv6Addr::from(v6.sin6_addr.s6_addr).into(), scope: v6.sin6_scope_id })
            }
            _ => None,
        }
    }
}

/// What a status of the C library's `getaddrinfo` means. Names for some of the numbers are not in the libc crate.
fn lookup_error(status: c_int) -> LookupError {
    const EAI_ADDRFAMILY: c_int = -9;
    const EAI_IDN_ENCODE: c_int = -105;
    match status {
        libc::EAI_NONAME | EAI_ADDRFAMILY | EAI_IDN_ENCODE => LookupError::NotFound,
        libc::EAI_AGAIN => LookupError::TryAgain,
        libc::EAI_NODATA => LookupError::NoData,
        libc::EAI_MEMORY => LookupError::NoMemory,
        _ => LookupError::NoRecovery,
    }
}

// The functions of the C library that Winsock does not have, and the libc crate neither.
unsafe extern "C" {
    fn gethostbyname2_r(
        name: *const c_char,
        family: c_int,
        result: *mut libc::hostent,
        buffer: *mut c_char,
        len: usize,
        found: *mut *mut libc::hostent,
        error: *mut c_int,
    ) -> c_int;
    fn gethostbyaddr_r(
        address: *const c_void,
        address_len: libc::socklen_t,
        family: c_int,
        result: *mut libc::hostent,
        buffer: *mut c_char,
        len: usize,
        found: *mut *mut libc::hostent,
        error: *mut c_int,
    ) -> c_int;
}

/// The host of this name, with its addresses of one family.
///
/// # Errors
/// What the name service says.
pub fn host_by_name(name: &CStr, family: Family) -> Result<Host, LookupError> {
    let family = match family {
        Family::V4 => libc::AF_INET,
        Family::V6 => libc::AF_INET6,
    };
    // SAFETY: the name ends with a zero; the rest is the asker's.
    host(|result, buffer, len, found, error| unsafe {
        gethostbyname2_r(name.as_ptr(), family, result, buffer, len, found, error)
    })
}

/// The host that has this address.
///
/// # Errors
/// What the name service says.
pub fn host_by_address(ip: IpAddr) -> Result<Host, LookupError> {
    let mut octets = [0_u8; 16];
    let (len, family) = match ip {
        IpAddr::V4(v4) => {
            octets[..4].copy_from_slice(&v4.octets());
            (4, libc::AF_INET)
        }
        IpAddr::V6(v6) => {
            octets = v6.octets();
            (16, libc::AF_INET6)
        }
    };
    // SAFETY: the address is a local of 16 bytes, of which 4 or all are read.
    host(|result, buffer, size, found, error| unsafe {
        gethostbyaddr_r(octets.as_ptr().cast(), len, family, result, buffer, size, found, error)
    })
}

type Hostent = *mut libc::hostent;

/// Asks for a host until the answer fits, and copies it.
fn host(
    ask: impl Fn(Hostent, *mut c_char, usize, *mut Hostent, *mut c_int) -> c_int,
) -> Result<Host, LookupError> {
    const HOST_NOT_FOUND: c_int = 1;
    const TRY_AGAIN: c_int = 2;
    const NO_DATA: c_int = 4;
    let _kept = KeptErrno::new();
    with_buffer(|buffer, len| {
        // SAFETY: all zero is a valid value of a structure of pointers and numbers.
        let mut result: libc::hostent = unsafe { std::mem::zeroed() };
        let mut found: Hostent = std::ptr::null_mut();
        let mut error: c_int = 0;
        let status = ask(&raw mut result, buffer, len, &raw mut found, &raw mut error);
        // SAFETY: what was found lies in `result`, which still lives.
        let answer = match unsafe { found.as_ref() } {
            // SAFETY: and what it points to lies in the buffer, which still lives too.
            Some(host) if status == 0 => unsafe { copy(host) },
            _ => Err(match error {
                HOST_NOT_FOUND => LookupError::NotFound,
                TRY_AGAIN => LookupError::TryAgain,
                NO_DATA => LookupError::NoData,
                _ if status == libc::ENOMEM => LookupError::NoMemory,
                _ => LookupError::NoRecovery,
            }),
        };
        (status, answer)
    })?
}

/// # Safety
/// `host` is as the C library fills it in.
unsafe fn copy(host: &libc::hostent) -> Result<Host, LookupError> {
    // SAFETY: passed on to the caller; each address is as long as the family says.
    unsafe {
        let ip = |at: *const c_char| match host.h_addrtype {
            libc::AF_INET => IpAddr::from(at.cast::<[u8; 4]>().read_unaligned()),
            _ => IpAddr::from(at.cast::<[u8; 16]>().read_unaligned()),
        };
        let mut addresses = Vec::new();
        let mut at = host.h_addr_list;
        while !at.is_null() && !(*at).is_null() {
            room::push(&mut addresses, ip(*at))?;
            at = at.add(1);
        }
        if addresses.is_empty() {
            return Err(LookupError::NoData);
        }
        Ok(Host { name: text(host.h_name)?, aliases: texts(host.h_aliases)?, addresses })
    }
}

/// # Safety
/// `from` is NULL or a C string.
pub(in crate::sys) unsafe fn text(from: *const c_char) -> Made<CString> {
    // SAFETY: passed on to the caller.
    let text = if from.is_null() { c"" } else { unsafe { CStr::from_ptr(from) } };
    room::c_text(text.to_bytes())
}

/// # Safety
/// `from` is NULL or a list of C strings that ends with NULL.
pub(in crate::sys) unsafe fn texts(from: *const *mut c_char) -> Made<Vec<CString>> {
    let mut all = Vec::new();
    let mut at = from;
    // SAFETY: passed on to the caller.
    unsafe {
        while !at.is_null() && !(*at).is_null() {
            room::push(&mut all, text(*at)?)?;
            at = at.add(1);
        }
    }
    Ok(all)
}
