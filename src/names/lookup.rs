//! Look-ups step by step: `WSALookupServiceBegin`, `WSALookupServiceNext`, `WSALookupServiceEnd`.

use std::collections::VecDeque;
use std::ffi::{CStr, CString};
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use super::spaces::{self, Class, NS_ALL, NS_DNS, NS_NLA};
use super::{Hints, SocketAddress, addresses, host_by_address, host_by_name, host_name};
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::runtime::lock::{Guard, Lock, Rank};
use crate::sys::event::futex;
use crate::sys::names::resolve::Host;
use crate::sys::process::fork::InChild;
use crate::sys::room::{self, Made};
use crate::sys::shared::Arc;
use crate::windows::abi::{AF_INET, AF_UNSPEC, SOCK_DGRAM, SOCK_STREAM};

/// What is looked up.
#[derive(Clone, Debug)]
pub struct Question {
    /// `NS_…`
    pub space: u32,
    /// The class, where one is given.
    pub class: Option<[u8; 16]>,
    /// The name, where one is given.
    pub name: Option<CString>,
    /// The family that the addresses are to be of; 0 for IPv4, which this interface gives where nothing is said.
    pub family: i32,
    /// `LUP_…` of the beginning.
    pub flags: u32,
}

/// One answer.
#[derive(Clone, Debug)]
pub struct Found {
    /// Its name.
    pub name: CString,
    /// Where it is reached, each with type and protocol.
    pub addresses: Vec<(SocketAddress, i32, i32)>,
    /// The host, for a blob.
    pub host: Option<Host>,
    /// It is another name of the answer before.
    pub is_alias: bool,
    /// It is the network that the machine is in.
    pub is_network: bool,
}

impl Found {
    /// One of this name, of which nothing more is known.
    const fn named(name: CString) -> Self {
        Self { name, addresses: Vec::new(), host: None, is_alias: false, is_network: false }
    }
}

/// `LUP_RETURN_ALIASES`.
const RETURN_ALIASES: u32 = 0x400;

#[derive(Debug)]
struct Search {
    question: Question,
    /// The answers that were not taken yet, once they are known.
    found: Mutex<Option<VecDeque<Found>>>,
    /// 1 once the search has ended.
    ended: AtomicU32,
}

/// The searches that have not ended, by handle.
#[derive(Default)]
pub(crate) struct Searches(Vec<(usize, Arc<Search>)>);

static SEARCHES: Lock<Searches> = Lock::new(Rank::NameSpaces, Searches(Vec::new()));
static NEXT: AtomicUsize = AtomicUsize::new(1);

pub(crate) fn hold_for_fork() -> Option<Guard<Searches>> {
    SEARCHES.take_for_fork()
}

pub(crate) fn in_child(held: Option<Guard<Searches>>, child: InChild) {
    if held.is_none() {
        SEARCHES.renew(Searches::default(), child);
    }
}

/// Begins a search: its handle.
///
/// # Errors
/// * `WSAEINVAL`: hosts are looked up, and no class is given.
/// * `WSASERVICE_NOT_FOUND`: another name space, or a class that is not known there.
pub fn begin(question: Question) -> Result<usize, Failure> {
    const NONE: Failure =
        WsaError::WSASERVICE_NOT_FOUND.because("no such name space, or no such class in it");
    match (question.space, &question.class) {
        (NS_NLA, _) => {}
        (NS_ALL | NS_DNS, None) => {
            return Err(WsaError::WSAEINVAL.because("lpServiceClassId is missing"));
        }
        (NS_ALL | NS_DNS, Some(guid)) if Class::of(guid).is_some() => {}
        _ => return Err(NONE),
    }
    let search = Arc::try_new(Search { question, found: Mutex::new(None), ended: AtomicU32::new(0) })?;
    let handle = NEXT.fetch_add(1, Ordering::Relaxed).max(1);
    let mut searches = SEARCHES.take();
    searches
        .0
        .try_reserve(1)
        .map_err(|_| WsaError::WSA_NOT_ENOUGH_MEMORY.because("no memory for a search"))?;
    searches.0.push((handle, search));
    Ok(handle)
}

fn search(handle: usize) -> Result<Arc<Search>, Failure> {
    let searches = SEARCHES.take();
    let found = searches.0.iter().find(|(known, _)| *known == handle).map(|(_, search)| Arc::clone(search));
    found.ok_or(WsaError::WSA_INVALID_HANDLE.because("there is no such search"))
}

/// Gives the next answer to `take`, with the flags of the beginning; it is used up if that succeeds. `skip` drops one that
/// did not fit before.
///
/// # Errors
/// * `WSA_INVALID_HANDLE`: no such search.
/// * `WSA_E_NO_MORE`: there are no more.
/// * Those of the look-up, and those of `take`.
pub fn next<T>(
    handle: usize,
    skip: bool,
    take: impl FnOnce(&Question, &Found) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let search = search(handle)?;
    let mut found = search.found.lock().unwrap_or_else(PoisonError::into_inner);
    let answers = match &mut *found {
        Some(answers) => answers,
        None => found.insert(ask(&search.question)?),
    };
    if skip {
        answers.pop_front();
    }
    let next = answers.front().ok_or(WsaError::WSA_E_NO_MORE.because("there are no more answers"))?;
    let taken = take(&search.question, next)?;
    answers.pop_front();
    Ok(taken)
}

/// Ends a search, and the waiting for changes in it.
///
/// # Errors
/// `WSA_INVALID_HANDLE`: no such search.
pub fn end(handle: usize) -> Result<(), Failure> {
    let search = search(handle)?;
    SEARCHES.take().0.retain(|(known, _)| *known != handle);
    search.ended.store(1, Ordering::Release);
    futex::wake(&search.ended, u32::MAX);
    Ok(())
}

/// Waits until the networks change, which they never do: until the search ends.
///
/// # Errors
/// * `WSA_INVALID_HANDLE`: no such search. `WSAEOPNOTSUPP`: not one for networks.
/// * `WSAEWOULDBLOCK`: it is not to wait.
/// * `WSA_E_CANCELLED`: the search has ended meanwhile.
pub fn wait_for_change(handle: usize, waits: bool) -> Result<(), Failure> {
    let search = search(handle)?;
    if search.question.space != NS_NLA {
        return Err(WsaError::WSAEOPNOTSUPP.because("only of networks changes are told"));
    }
    if !waits {
        return Err(WsaError::WSAEWOULDBLOCK.because("nothing has changed"));
    }
    while search.ended.load(Ordering::Acquire) == 0 {
        futex::wait(&search.ended, 0, None);
    }
    Err(WsaError::WSA_E_CANCELLED.because("the search has ended"))
}

fn with_types(found: &[SocketAddress], kinds: &[(i32, i32)]) -> Made<Vec<(SocketAddress, i32, i32)>> {
    let with = |address: &SocketAddress, (kind, protocol)| (*address, kind, protocol);
    room::list(found.iter().flat_map(|address| kinds.iter().map(move |&kind| with(address, kind))))
}

fn copy(name: &CStr) -> Made<CString> {
    room::c_text(name.to_bytes())
}

/// The only answer.
fn one(found: Found) -> Made<VecDeque<Found>> {
    Ok(room::list([found])?.into())
}

/// Of IPv6 there is no host in the old form.
const NOT_ASKED: Failure = WsaError::WSANO_DATA.because("the old form has IPv4 only");

const TCP: (i32, i32) = (SOCK_STREAM, 6);
const UDP: (i32, i32) = (SOCK_DGRAM, 17);

/// A host by its name, the machine itself for none.
fn host(question: &Question, port: u16, kinds: &[(i32, i32)]) -> Result<VecDeque<Found>, Failure> {
    let family = if question.family == AF_UNSPEC { AF_INET } else { question.family };
    let name = match &question.name {
        Some(name) => copy(name)?,
        None => copy(&host_name())?,
    };
    let service = room::c_text(room::shown(&port)?.as_bytes())?;
    let hints = Hints { family, ..Hints::default() };
    let found = addresses(Some(&name), Some(&service), hints)?;
    let host = match if family == AF_INET { host_by_name(Some(&name)) } else { Err(NOT_ASKED) } {
        Ok(host) => Some(host),
        Err(failure) if failure.code == WsaError::WSA_NOT_ENOUGH_MEMORY => return Err(failure),
        Err(_) => None,
    };
    let official = host.as_ref().map_or(Ok(name), |host| copy(&host.name))?;
    let addresses = with_types(&found.addresses, kinds)?;
    let mut all = room::list([Found { addresses, ..Found::named(official) }])?;
    if let Some(host) = host.as_ref().filter(|_| question.flags & RETURN_ALIASES != 0) {
        for alias in &host.aliases {
            room::push(&mut all, Found { is_alias: true, ..Found::named(copy(alias)?) })?;
        }
    }
    if let Some(first) = all.first_mut() {
        first.host = host;
    }
    Ok(all.into())
}

/// A host by an address that is written out.
fn host_at(text: &CStr) -> Result<VecDeque<Found>, Failure> {
    const NO_ADDRESS: Failure = WsaError::WSAEINVAL.because("the name is no address");
    let ip: std::net::IpAddr = text.to_str().ok().and_then(|text| text.parse().ok()).ok_or(NO_ADDRESS)?;
    let host = host_by_address(ip)?;
    let addresses = with_types(&[SocketAddress::new(ip.into(), 0)], &[TCP])?;
    let name = copy(&host.name)?;
    Ok(one(Found { addresses, host: Some(host), ..Found::named(name) })?)
}

fn ask(question: &Question) -> Result<VecDeque<Found>, Failure> {
    const NAMELESS: Failure = WsaError::WSAEINVAL.because("lpszServiceInstanceName is missing");
    let class = question.class.as_ref().and_then(Class::of);
    match class {
        _ if question.space == NS_NLA => {
            Ok(one(Found { is_network: true, ..Found::named(copy(c"Network")?) })?)
        }
        Some(Class::HostByAddress) => host_at(question.name.as_deref().ok_or(NAMELESS)?),
        Some(Class::ServiceByName) => {
            let name = question.name.as_deref().ok_or(NAMELESS)?;
            let (port, is_udp) = spaces::service(name)?;
            let any = SocketAddress::new(std::net::IpAddr::from([0, 0, 0, 0]).into(), port);
            let addresses = with_types(&[any], &[if is_udp { UDP } else { TCP }])?;
            Ok(one(Found { addresses, ..Found::named(copy(name)?) })?)
        }
        Some(Class::Tcp(port)) => host(question, port, &[TCP]),
        Some(Class::Udp(port)) => host(question, port, &[UDP]),
        _ => host(question, 0, &[TCP, UDP]),
    }
}
