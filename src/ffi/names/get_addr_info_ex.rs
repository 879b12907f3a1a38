//! `GetAddrInfoExA`, `GetAddrInfoExW` and their kin: looking a host up, at once or meanwhile (GX1).

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::{CString, c_char, c_int};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::addrinfoex;
use super::resolve::{Shown, ShownWide, encoded, name, wide_name};
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::ffi::call::call_for_code;
use crate::ffi::kernel::types::HANDLE;
use crate::ffi::types::lookup::{ADDRINFOEXA, ADDRINFOEXW, LPLOOKUPSERVICE_COMPLETION_ROUTINE};
use crate::ffi::types::select::ws2_timeval;
use crate::ffi::types::{DWORD, GUID, OVERLAPPED, WCHAR};
use crate::kernel::event;
use crate::names::spaces::{NS_ALL, NS_DNS, SPACES};
use crate::names::{self, Answer, Hints, pending};
use crate::sys::user::memory;

/// The result's place and what tells of the end: addresses, so that a thread can have them.
struct Call {
    result: usize,
    overlapped: usize,
    routine: LPLOOKUPSERVICE_COMPLETION_ROUTINE,
    event: usize,
    hints: Hints,
    wide: bool,
}

/// What a program asks for, as it came.
struct Asked {
    space: DWORD,
    provider: *const GUID,
    hints: *const ADDRINFOEXA,
    result: *mut *mut ADDRINFOEXA,
    timeout: *const ws2_timeval,
    overlapped: *mut OVERLAPPED,
    routine: LPLOOKUPSERVICE_COMPLETION_ROUTINE,
    handle: *mut HANDLE,
    wide: bool,
}

/// What is to be looked up.
struct Query {
    node: Option<CString>,
    service: Option<CString>,
    hints: Hints,
}

impl Query {
    fn ask(&self) -> Result<Answer, Failure> {
        names::addresses(self.node.as_deref(), self.service.as_deref(), self.hints)
    }
}

const UNWRITABLE: Failure = WsaError::WSAEFAULT.because("ppResult cannot be written");

/// Gives the list to the program.
///
/// # Safety
/// `result` is an out pointer.
unsafe fn give(
    answer: &Answer,
    hints: Hints,
    wide: bool,
    result: *mut *mut ADDRINFOEXA,
) -> Result<(), Failure> {
    let name = answer.canonical_name.as_deref().map(|name| encoded(name, wide)).transpose()?;
    let list = addrinfoex::list(answer, hints, &name.unwrap_or_default())?;
    // SAFETY: passed on to the caller.
    unsafe {
        if memory::write(result, list) {
            return Ok(());
        }
        addrinfoex::free(list);
    }
    Err(UNWRITABLE)
}

/// The state in the structure of an overlapped call, which other threads look at.
fn state(overlapped: usize) -> *const AtomicUsize {
    std::ptr::with_exposed_provenance(overlapped)
}

impl Call {
    /// The look-up has ended: the program gets the list, the code, and is told.
    fn end(self, answer: Result<Answer, Failure>) {
        let result = std::ptr::with_exposed_provenance_mut::<*mut ADDRINFOEXA>(self.result);
        // SAFETY: the caller of the function keeps the place until the end.
        let given = answer.and_then(|answer| unsafe { give(&answer, self.hints, self.wide, result) });
        let code = given.map_or_else(|failure| failure.code.number(), |()| 0).cast_unsigned();
        // SAFETY: likewise, and it was found writable and aligned.
        unsafe { (*state(self.overlapped)).store(code as usize, Ordering::Release) };
        if let Some(routine) = self.routine {
            // SAFETY: the program's function, called as its type says.
            unsafe { routine(code, 0, std::ptr::with_exposed_provenance_mut(self.overlapped)) };
        } else if self.event != 0 {
            let _ = event::set(self.event);
        }
    }
}

/// # Safety
/// `from` is an in pointer.
unsafe fn time(from: *const ws2_timeval) -> Result<Option<Duration>, Failure> {
    const BAD: Failure = WsaError::WSAEINVAL.because("timeout is negative, or cannot be read");
    if from.is_null() {
        return Ok(None);
    }
    // SAFETY: passed on to the caller; any bits are a value.
    let given = unsafe { memory::read(from) }.ok_or(BAD)?;
    let part = |number: c_int| u64::try_from(number).map_err(|_| BAD);
    Ok(Some(
        Duration::from_secs(part(given.tv_sec)?).saturating_add(Duration::from_micros(part(given.tv_usec)?)),
    ))
}

/// Checks that the name space is one in which hosts are looked up.
///
/// # Safety
/// `provider` is an in pointer.
unsafe fn check_space(space: DWORD, provider: *const GUID) -> Result<(), Failure> {
    const NONE: Failure = WsaError::WSASERVICE_NOT_FOUND.because("no such name space for hosts");
    if space != NS_ALL && space != NS_DNS {
        return Err(NONE);
    }
    if provider.is_null() {
        return Ok(());
    }
    // SAFETY: passed on to the caller; any bytes are a value.
    let id = unsafe { memory::read(provider.cast::<[u8; 16]>()) }
        .ok_or(WsaError::WSAEFAULT.because("lpNspId cannot be read"))?;
    let known = SPACES.iter().any(|space| space.provider == id && space.number == NS_DNS);
    if known { Ok(()) } else { Err(NONE) }
}

/// What both functions do.
///
/// # Safety
/// The pointers in `asked` are as the functions ask for.
unsafe fn look_up(
    asked: &Asked,
    names: impl FnOnce() -> Result<(Option<CString>, Option<CString>), Failure>,
) -> Result<(), Failure> {
    const CONFUSED: Failure =
        WsaError::WSAEINVAL.because("a routine beside an event, or without an OVERLAPPED");
    // SAFETY: passed on to the caller.
    if !unsafe { memory::write(asked.result, std::ptr::null_mut()) } {
        return Err(UNWRITABLE);
    }
    // SAFETY: passed on to the caller. The two structures begin alike, and what follows is not looked at.
    let (hints, time, (node, service)) = unsafe {
        check_space(asked.space, asked.provider)?;
        (hints_of(asked.hints)?, time(asked.timeout)?, names()?)
    };
    let query = Query { node, service, hints };
    if asked.overlapped.is_null() {
        if asked.routine.is_some() {
            return Err(CONFUSED);
        }
        let answer = match time {
            None => query.ask(),
            Some(time) => pending::within(time, move || query.ask()),
        };
        // SAFETY: passed on to the caller.
        return unsafe { give(&answer?, hints, asked.wide, asked.result) };
    }
    let at = asked.overlapped.expose_provenance();
    if !at.is_multiple_of(align_of::<OVERLAPPED>()) || !memory::writable(at, size_of::<OVERLAPPED>()) {
        return Err(WsaError::WSAEFAULT.because("lpOverlapped cannot be written"));
    }
    // SAFETY: passed on to the caller; any bits are a value.
    let event = unsafe { memory::read(asked.overlapped) }.map_or(0, |overlapped| overlapped.hEvent.addr());
    if asked.routine.is_some() && event != 0 {
        return Err(CONFUSED);
    }
    if query.node.is_none() && query.service.is_none() {
        return query.ask().map(|_| ());
    }
    let number = pending::number();
    // SAFETY: passed on to the caller; found writable.
    unsafe {
        if !asked.handle.is_null() && !memory::write(asked.handle, std::ptr::without_provenance_mut(number)) {
            return Err(WsaError::WSAEFAULT.because("lpNameHandle cannot be written"));
        }
        let pending = WsaError::WSAEINPROGRESS.number().unsigned_abs() as usize;
        let internal = std::ptr::with_exposed_provenance_mut::<OVERLAPPED>(at);
        (&raw mut (*internal).Internal).write(pending);
        (&raw mut (*internal).InternalHigh).write(0);
        // The union's `Pointer`.
        (&raw mut (*internal).Offset).cast::<usize>().write(asked.result.expose_provenance());
    }
    let call = Call {
        result: asked.result.expose_provenance(),
        overlapped: at,
        routine: asked.routine,
        event,
        hints,
        wide: asked.wide,
    };
    if event != 0 {
        let _ = event::reset(event);
    }
    pending::begin(number, time, move || query.ask(), move |answer| call.end(answer))?;
    Err(WsaError::WSA_IO_PENDING.because("the look-up goes on meanwhile"))
}

/// # Safety
/// `from` is an in pointer.
unsafe fn hints_of(from: *const ADDRINFOEXA) -> Result<Hints, Failure> {
    if from.is_null() {
        return Ok(Hints::default());
    }
    let unreadable = WsaError::WSAEFAULT.because("hints cannot be read");
    // SAFETY: passed on to the caller; any bits are a value of the structure.
    let given = unsafe { memory::read(from) }.ok_or(unreadable)?;
    Ok(Hints {
        flags: given.ai_flags,
        family: given.ai_family,
        socket_type: given.ai_socktype,
        protocol: given.ai_protocol,
        overfull: given.ai_addrlen != 0
            || !given.ai_canonname.is_null()
            || !given.ai_addr.is_null()
            || !given.ai_next.is_null(),
    })
}

/// `INT GetAddrInfoExA(PCSTR pName, PCSTR pServiceName, DWORD dwNameSpace, LPGUID lpNspId, const ADDRINFOEXA *hints,
/// PADDRINFOEXA *ppResult, struct timeval *timeout, LPOVERLAPPED lpOverlapped,
/// LPLOOKUPSERVICE_COMPLETION_ROUTINE lpCompletionRoutine, LPHANDLE lpNameHandle)`
///
/// [`getaddrinfo`](crate::ffi::ws2_getaddrinfo) with a choice of name space (`NS_ALL` and `NS_DNS` are the same here), a time, and
/// an end that the program need not wait for. The list is for [`FreeAddrInfoEx`].
///
/// With `lpOverlapped` the call comes back at once. `Internal` is `WSAEINPROGRESS` until the end, then the code, which
/// [`GetAddrInfoExOverlappedResult`] tells; `Pointer` is `ppResult`. At the end the event in `hEvent` is set, if there is one; or
/// `lpCompletionRoutine` is called with the code, 0 and `lpOverlapped`, on a thread of the library's. Until then `*lpOverlapped` and
/// `*ppResult` stay where they are. `*lpNameHandle` gets what [`GetAddrInfoExCancel`] wants.
///
/// # Returns
/// 0, or the error code itself, `WSA_IO_PENDING` (997) among them. The last error is the same number.
///
/// # Errors
/// Those of [`getaddrinfo`](crate::ffi::ws2_getaddrinfo), at once or in the end, and
/// * `WSAEINVAL`: a routine without `lpOverlapped`, or beside an event; a time that is negative or cannot be read.
/// * `WSASERVICE_NOT_FOUND`: another name space, or a provider that there is not.
/// * `WSAEFAULT`: `lpOverlapped`, `lpNameHandle`, `hints` or `lpNspId` cannot be used.
/// * `WSAETIMEDOUT`: the time is over. `WSA_E_CANCELLED`: the program has called it off.
///
/// Source: row GX1; Windows' documentation.
///
/// # Safety
/// The names, `hints`, `lpNspId` and `timeout` are in pointers, the others out pointers; `lpOverlapped` and `ppResult` stay until the
/// end.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn GetAddrInfoExA(
    pName: *const c_char,
    pServiceName: *const c_char,
    dwNameSpace: DWORD,
    lpNspId: *mut GUID,
    hints: *const ADDRINFOEXA,
    ppResult: *mut *mut ADDRINFOEXA,
    timeout: *mut ws2_timeval,
    lpOverlapped: *mut OVERLAPPED,
    lpCompletionRoutine: LPLOOKUPSERVICE_COMPLETION_ROUTINE,
    lpNameHandle: *mut HANDLE,
) -> c_int {
    let asked = Asked {
        space: dwNameSpace,
        provider: lpNspId,
        hints,
        result: ppResult,
        timeout,
        overlapped: lpOverlapped,
        routine: lpCompletionRoutine,
        handle: lpNameHandle,
        wide: false,
    };
    call_for_code(
        |f| write!(f, "GetAddrInfoExA({}, {})", Shown(pName), Shown(pServiceName)),
        // SAFETY: in and out pointers, as this function asks for.
        |_| unsafe { look_up(&asked, || Ok((name(pName)?, name(pServiceName)?))) },
    )
}

/// `INT GetAddrInfoExW(PCWSTR pName, PCWSTR pServiceName, DWORD dwNameSpace, LPGUID lpNspId, const ADDRINFOEXW *hints,
/// PADDRINFOEXW *ppResult, struct timeval *timeout, LPOVERLAPPED lpOverlapped,
/// LPLOOKUPSERVICE_COMPLETION_ROUTINE lpCompletionRoutine, LPHANDLE lpHandle)`
///
/// [`GetAddrInfoExA`] with 16-bit characters; the list is for [`FreeAddrInfoExW`].
///
/// # Returns
/// 0, or the error code itself, `WSA_IO_PENDING` (997) among them. The last error is the same number.
///
/// # Errors
/// As [`GetAddrInfoExA`].
///
/// Source: row GX1; Windows' documentation.
///
/// # Safety
/// As [`GetAddrInfoExA`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn GetAddrInfoExW(
    pName: *const WCHAR,
    pServiceName: *const WCHAR,
    dwNameSpace: DWORD,
    lpNspId: *mut GUID,
    hints: *const ADDRINFOEXW,
    ppResult: *mut *mut ADDRINFOEXW,
    timeout: *mut ws2_timeval,
    lpOverlapped: *mut OVERLAPPED,
    lpCompletionRoutine: LPLOOKUPSERVICE_COMPLETION_ROUTINE,
    lpHandle: *mut HANDLE,
) -> c_int {
    let asked = Asked {
        space: dwNameSpace,
        provider: lpNspId,
        // Both kinds have one layout, and the canonical name is written in 16-bit units.
        hints: hints.cast(),
        result: ppResult.cast(),
        timeout,
        overlapped: lpOverlapped,
        routine: lpCompletionRoutine,
        handle: lpHandle,
        wide: true,
    };
    call_for_code(
        |f| write!(f, "GetAddrInfoExW({}, {})", ShownWide(pName), ShownWide(pServiceName)),
        // SAFETY: in and out pointers, as this function asks for.
        |_| unsafe { look_up(&asked, || Ok((wide_name(pName)?, wide_name(pServiceName)?))) },
    )
}

/// `INT GetAddrInfoExOverlappedResult(LPOVERLAPPED lpOverlapped)`
///
/// The code with which an overlapped [`GetAddrInfoExW`] has ended; `WSAEINPROGRESS` while it has not.
///
/// # Returns
/// 0, or the code.
///
/// # Errors
/// * `WSAEINVAL`: `lpOverlapped` is NULL or cannot be read.
/// * Those of [`GetAddrInfoExA`].
///
/// Source: row GX1; Windows' documentation.
///
/// # Safety
/// `lpOverlapped` is an in pointer, the structure of such a call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn GetAddrInfoExOverlappedResult(lpOverlapped: *mut OVERLAPPED) -> c_int {
    const BAD: c_int = WsaError::WSAEINVAL.number();
    let at = lpOverlapped.expose_provenance();
    if at == 0
        || !at.is_multiple_of(align_of::<OVERLAPPED>())
        || !memory::readable(at, size_of::<OVERLAPPED>())
    {
        return BAD;
    }
    // SAFETY: readable, as just asked; Acquire: whoever sees the code sees the list.
    let code = unsafe { (*state(at)).load(Ordering::Acquire) };
    c_int::try_from(code).unwrap_or(BAD)
}

/// `INT GetAddrInfoExCancel(LPHANDLE lpHandle)`
///
/// Calls an overlapped [`GetAddrInfoExW`] off: it ends with `WSA_E_CANCELLED`, as it would have ended otherwise, soon but not necessarily
/// before this function returns.
///
/// # Returns
/// 0, or the error code itself.
///
/// # Errors
/// * `WSA_INVALID_HANDLE`: `lpHandle` is NULL or cannot be read, or there is no such look-up, or it has ended.
///
/// Source: row GX1; Windows' documentation.
///
/// # Safety
/// `lpHandle` is an in pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn GetAddrInfoExCancel(lpHandle: *mut HANDLE) -> c_int {
    const NONE: Failure = WsaError::WSA_INVALID_HANDLE.because("there is no such look-up");
    call_for_code(
        |f| write!(f, "GetAddrInfoExCancel({lpHandle:p})"),
        |_| {
            // SAFETY: an in pointer.
            let handle = unsafe { memory::read(lpHandle) }.ok_or(NONE)?;
            if pending::cancel(handle.addr()) { Ok(()) } else { Err(NONE) }
        },
    )
}

/// `void FreeAddrInfoEx(PADDRINFOEXA pAddrInfoEx)`
///
/// Gives a list of [`GetAddrInfoExA`] back, from the given entry to its end. NULL is nothing to do. Works without
/// [`WSAStartup`](crate::ffi::WSAStartup) and leaves the last error alone.
///
/// Source: Windows' documentation.
///
/// # Safety
/// `pAddrInfoEx` is NULL or an entry of such a list, of which nothing is used any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn FreeAddrInfoEx(pAddrInfoEx: *mut ADDRINFOEXA) {
    // SAFETY: passed on to the caller.
    unsafe { addrinfoex::free(pAddrInfoEx) };
}

/// `void FreeAddrInfoExW(PADDRINFOEXW pAddrInfoEx)`
///
/// [`FreeAddrInfoEx`] for a list of [`GetAddrInfoExW`].
///
/// Source: Windows' documentation.
///
/// # Safety
/// `pAddrInfoEx` is NULL or an entry of such a list, of which nothing is used any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn FreeAddrInfoExW(pAddrInfoEx: *mut ADDRINFOEXW) {
    // SAFETY: passed on to the caller; both kinds have one layout.
    unsafe { addrinfoex::free(pAddrInfoEx.cast()) };
}
