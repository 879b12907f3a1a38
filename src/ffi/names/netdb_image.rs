//! How the structures of the name service are laid out in memory: those that belong to the thread until its
//! next call, and the lists that `freeaddrinfo` gives back.

use std::alloc::{Layout, alloc, dealloc};
use std::cell::Cell;
use std::mem::ManuallyDrop;
use std::mem::offset_of;
use std::net::IpAddr;

use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::ffi::names::image::{Image, WORD};
use crate::ffi::types::netdb::{ws2_addrinfo, ws2_hostent, ws2_netent, ws2_protoent, ws2_servent};
use crate::ffi::types::ws2_sockaddr;
use crate::names::Protocol;
use crate::names::{Answer, Hints, SocketAddress, family_of};
use crate::sys::names::netdb::{Network, Service};
use crate::sys::names::resolve::Host;
use crate::sys::process::per_thread::AtEnd;
use crate::sys::process::sanitizer;
use crate::sys::room::NoMemory;
use crate::windows::abi::AI_NUMERICHOST;

/// Memory of the thread, for each kind of result: made with the first, reused while it is large enough, given back when the
/// thread ends. Words, since the structures hold pointers.
struct Kept {
    host: Cell<Vec<u64>>,
    service: Cell<Vec<u64>>,
    protocol: Cell<Vec<u64>>,
    network: Cell<Vec<u64>>,
    text: Cell<Vec<u64>>,
    /// It is given back when the thread ends.
    is_given_back: Cell<bool>,
}

/// One kind of it.
type Slot = fn(&Kept) -> &Cell<Vec<u64>>;

thread_local! {
    /// Without a destructor, see [`AtEnd`].
    static KEPT: ManuallyDrop<Kept> = const {
        ManuallyDrop::new(Kept {
            host: Cell::new(Vec::new()),
            service: Cell::new(Vec::new()),
            protocol: Cell::new(Vec::new()),
            network: Cell::new(Vec::new()),
            text: Cell::new(Vec::new()),
            is_given_back: Cell::new(false),
        })
    };
}

static END: AtEnd = AtEnd::new(|| {
    KEPT.with(|kept| {
        kept.is_given_back.set(false);
        for slot in [&kept.host, &kept.service, &kept.protocol, &kept.network, &kept.text] {
            drop(slot.take());
        }
    });
});

impl Kept {
    /// Whether something may be kept: it is given back.
    fn may_keep(&self) -> bool {
        if !self.is_given_back.get() {
            self.is_given_back.set(END.ask());
        }
        self.is_given_back.get()
    }
}

/// Moves the image into the thread's memory, where it stays until the next one.
fn place<T>(image: Image, slot: Slot) -> Result<*mut T, Failure> {
    KEPT.with(|kept| {
        let (cell, mut image) = (slot(kept), image);
        let needed = image.len().div_ceil(WORD);
        image.room_to(needed * WORD);
        image.complete()?;
        if !kept.may_keep() {
            return Err(NoMemory.into());
        }
        let mut words = cell.take();
        if words.len() < needed && words.try_reserve_exact(needed - words.len()).is_ok() {
            words.resize(needed, 0);
        }
        if words.len() < needed {
            // What was there stays there.
            cell.set(words);
            return Err(NoMemory.into());
        }
        let base = words.as_mut_ptr().expose_provenance();
        let bytes = image.at(base)?;
        for (word, bytes) in words.iter_mut().zip(bytes.chunks_exact(WORD)) {
            *word = bytes.first_chunk().map_or(0, |bytes| u64::from_ne_bytes(*bytes));
        }
        sanitizer::hands_out(base, needed * WORD);
        cell.set(words);
        Ok(std::ptr::with_exposed_provenance_mut(base))
    })
}

/// A `hostent`, in the order that Windows keeps (measured by Wine's tests): structure, table of aliases, table
/// of addresses, addresses, texts.
pub(in crate::ffi) fn host_image(host: &Host) -> Image {
    let mut image = Image::of::<ws2_hostent>();
    let aliases = image.table(offset_of!(ws2_hostent, h_aliases), host.aliases.len());
    let table = image.table(offset_of!(ws2_hostent, h_addr_list), host.addresses.len());
    let (family, len) = match host.addresses.first() {
        Some(IpAddr::V6(v6)) => (family_of((*v6).into()), 16),
        _ => (crate::windows::abi::AF_INET, 4),
    };
    for (nth, address) in host.addresses.iter().enumerate() {
        let at = match address {
            IpAddr::V4(v4) => image.append(&v4.octets()),
            IpAddr::V6(v6) => image.append(&v6.octets()),
        };
        image.pointer(table + nth * WORD, at);
    }
    image.texts(aliases, &host.aliases);
    image.text(offset_of!(ws2_hostent, h_name), &host.name);
    image.short(offset_of!(ws2_hostent, h_addrtype), i16::try_from(family).unwrap_or_default());
    image.short(offset_of!(ws2_hostent, h_length), len);
    image
}

/// The same in the thread's memory.
pub(in crate::ffi) fn host(host: &Host) -> Result<*mut ws2_hostent, Failure> {
    place(host_image(host), |kept| &kept.host)
}

/// A `servent`.
pub(in crate::ffi) fn service_image(service: &Service) -> Image {
    let mut image = Image::of::<ws2_servent>();
    let aliases = image.table(offset_of!(ws2_servent, s_aliases), service.aliases.len());
    image.texts(aliases, &service.aliases);
    image.text(offset_of!(ws2_servent, s_name), &service.name);
    image.text(offset_of!(ws2_servent, s_proto), &service.protocol);
    image.put(offset_of!(ws2_servent, s_port), &service.port.to_be_bytes());
    image
}

/// The same in the thread's memory.
pub(in crate::ffi) fn service(service: &Service) -> Result<*mut ws2_servent, Failure> {
    place(service_image(service), |kept| &kept.service)
}

/// A `netent` in the thread's memory.
pub(in crate::ffi) fn network(network: &Network) -> Result<*mut ws2_netent, Failure> {
    let mut image = Image::of::<ws2_netent>();
    let aliases = image.table(offset_of!(ws2_netent, n_aliases), network.aliases.len());
    image.texts(aliases, &network.aliases);
    image.text(offset_of!(ws2_netent, n_name), &network.name);
    image.short(offset_of!(ws2_netent, n_addrtype), 2);
    image.long(offset_of!(ws2_netent, n_net), network.number);
    place(image, |kept| &kept.network)
}

/// A `protoent`.
pub(in crate::ffi) fn protocol_image(protocol: &Protocol) -> Image {
    let mut image = Image::of::<ws2_protoent>();
    let aliases = image.table(offset_of!(ws2_protoent, p_aliases), 1);
    image.text(aliases, protocol.alias);
    image.text(offset_of!(ws2_protoent, p_name), protocol.name);
    image.short(offset_of!(ws2_protoent, p_proto), protocol.number);
    image
}

/// The same in the thread's memory.
pub(in crate::ffi) fn protocol(protocol: &Protocol) -> Result<*mut ws2_protoent, Failure> {
    place(protocol_image(protocol), |kept| &kept.protocol)
}

/// A text of bytes or 16-bit units, given with its end; NULL only where there is no memory.
pub(in crate::ffi) fn text<T>(bytes: &[u8]) -> *mut T {
    let mut image = Image::of::<()>();
    image.append(bytes);
    place(image, |kept| &kept.text).unwrap_or(std::ptr::null_mut())
}

/// An entry of `getaddrinfo`'s list: one allocation, with a canonical name behind it.
#[repr(C)]
struct Entry {
    info: ws2_addrinfo,
    /// Of the whole allocation.
    size: usize,
    address: [u64; 4],
}

fn layout(size: usize) -> Option<Layout> {
    Layout::from_size_align(size, align_of::<Entry>()).ok()
}

/// The list of an answer, `name` being the canonical name in the caller's characters with its end.
pub(in crate::ffi) fn list(answer: &Answer, hints: Hints, name: &[u8]) -> Result<*mut ws2_addrinfo, Failure> {
    let mut next: *mut ws2_addrinfo = std::ptr::null_mut();
    let hints = Hints { socket_type: answer.socket_type, ..hints };
    for (nth, address) in answer.addresses.iter().enumerate().rev() {
        let name = if nth == 0 { name } else { &[] };
        let flags = if answer.numeric { AI_NUMERICHOST } else { 0 };
        match entry(address, flags, hints, name, next) {
            Some(entry) => next = entry,
            None => {
                // SAFETY: what this function has made so far.
                unsafe { free(next) };
                return Err(WsaError::WSA_NOT_ENOUGH_MEMORY.into());
            }
        }
    }
    Ok(next)
}

/// The list of one address that was written out.
pub(in crate::ffi) fn list_of_one(
    address: &SocketAddress,
    hints: Hints,
) -> Result<*mut ws2_addrinfo, Failure> {
    let list = entry(address, AI_NUMERICHOST, hints, &[], std::ptr::null_mut());
    list.ok_or(WsaError::WSA_NOT_ENOUGH_MEMORY.into())
}

fn entry(
    address: &SocketAddress,
    flags: i32,
    hints: Hints,
    name: &[u8],
    next: *mut ws2_addrinfo,
) -> Option<*mut ws2_addrinfo> {
    let size = size_of::<Entry>() + name.len();
    // SAFETY: the size is not 0; all that is written lies within it, and an address is at most 28 bytes long.
    unsafe {
        let entry = alloc(layout(size)?).cast::<Entry>();
        if entry.is_null() {
            return None;
        }
        let room = (&raw mut (*entry).address).cast::<u8>();
        let bytes = address.bytes();
        room.write_bytes(0, size_of::<[u64; 4]>());
        room.copy_from_nonoverlapping(bytes.as_ptr(), bytes.len());
        let behind = entry.add(1).cast::<u8>();
        behind.copy_from_nonoverlapping(name.as_ptr(), name.len());
        (&raw mut (*entry).size).write(size);
        let info = &raw mut (*entry).info;
        info.write(ws2_addrinfo {
            ai_flags: flags,
            ai_family: address.family(),
            ai_socktype: hints.socket_type,
            ai_protocol: hints.protocol,
            ai_addrlen: bytes.len(),
            ai_canonname: if name.is_empty() { std::ptr::null_mut() } else { behind.cast() },
            ai_addr: room.cast::<ws2_sockaddr>(),
            ai_next: next,
        });
        sanitizer::hands_out(entry.expose_provenance(), size);
        Some(info)
    }
}

/// Gives a list back, entry by entry.
///
/// # Safety
/// NULL, or entries of [`list`] that nobody uses any more, each at the place where it was made.
pub(in crate::ffi) unsafe fn free(list: *mut ws2_addrinfo) {
    let mut at = list;
    while !at.is_null() {
        // SAFETY: passed on to the caller; each entry tells its own size.
        unsafe {
            let entry = at.cast::<Entry>();
            at = (*entry).info.ai_next;
            let size = (*entry).size;
            if let Some(layout) = layout(size) {
                dealloc(entry.cast(), layout);
            }
        }
    }
}
