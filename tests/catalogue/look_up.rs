//! GX1: look-ups that end later; WSALookupService.

use std::ffi::{CStr, c_void};
use std::ptr::{null, null_mut};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, PoisonError};

use ws2_32::error::WsaError;
use ws2_32::ffi::types::lookup::{ADDRINFOEXA, ADDRINFOEXW, WSAQUERYSETA, WSAQUERYSETW};
use ws2_32::ffi::types::select::ws2_timeval;
use ws2_32::ffi::types::{GUID, OVERLAPPED};
use ws2_32::ffi::*;

use crate::support::calls::{call, stay_started};

fn wide(text: &str) -> Vec<u16> {
    text.encode_utf16().chain([0]).collect()
}

fn overlapped(event: *mut c_void) -> OVERLAPPED {
    OVERLAPPED { Internal: 7, InternalHigh: 7, Offset: 0, OffsetHigh: 0, hEvent: event }
}

#[test]
fn gx1_at_once() {
    stay_started();
    let mut result: *mut ADDRINFOEXA = std::ptr::without_provenance_mut(8);
    let ask = |name: &CStr, space, result: *mut *mut ADDRINFOEXA| {
        let time = ws2_timeval { tv_sec: 60, tv_usec: 0 };
        // SAFETY: memory of this test.
        let code = unsafe {
            GetAddrInfoExA(
                name.as_ptr(),
                c"80".as_ptr(),
                space,
                null_mut(),
                null(),
                result,
                (&raw const time).cast_mut(),
                null_mut(),
                None,
                null_mut(),
            )
        };
        assert_eq!(WSAGetLastError(), code);
        code
    };
    for space in [0, 12] {
        assert_eq!(ask(c"127.0.0.1", space, &raw mut result), 0);
        // SAFETY: the list that was made.
        unsafe {
            assert_eq!(((*result).ai_family, (*result).ai_addrlen), (2, 16));
            assert!((*result).ai_next.is_null());
            FreeAddrInfoEx(result);
        }
    }
    assert_eq!(ask(c"127.0.0.1", 99, &raw mut result), WsaError::WSASERVICE_NOT_FOUND.number());
    assert!(result.is_null(), "the result is cleared");
    assert_eq!(ask(c"127.0.0.1", 0, null_mut()), WsaError::WSAEFAULT.number());
    // SAFETY: NULL is nothing to do.
    unsafe { FreeAddrInfoEx(null_mut()) };
}

/// The wide function, with all that tells of an end.
fn begin(
    name: &[u16],
    result: *mut *mut ADDRINFOEXW,
    overlapped: *mut OVERLAPPED,
    routine: ws2_32::ffi::types::lookup::LPLOOKUPSERVICE_COMPLETION_ROUTINE,
    handle: *mut *mut c_void,
) -> i32 {
    let name = if name.is_empty() { null() } else { name.as_ptr() };
    // SAFETY: memory of this test, which stays until the end.
    unsafe {
        GetAddrInfoExW(name, null(), 12, null_mut(), null(), result, null_mut(), overlapped, routine, handle)
    }
}

#[test]
fn gx1_an_event_tells_of_the_end() {
    stay_started();
    let event = WSACreateEvent();
    let mut result: *mut ADDRINFOEXW = std::ptr::without_provenance_mut(8);
    let mut call = overlapped(event);
    let mut handle = null_mut();
    let code = begin(&wide("127.0.0.1"), &raw mut result, &raw mut call, None, &raw mut handle);
    assert_eq!((code, WSAGetLastError()), (997, 997));
    // SAFETY: an event of this test.
    assert_eq!(unsafe { WSAWaitForMultipleEvents(1, &raw const event, 1, 60_000, 0) }, 0);
    // SAFETY: the structure of the call.
    assert_eq!(unsafe { GetAddrInfoExOverlappedResult(&raw mut call) }, 0);
    let pointer = u64::from(call.OffsetHigh) << 32 | u64::from(call.Offset);
    assert_eq!(pointer, (&raw mut result).expose_provenance() as u64, "Pointer");
    // SAFETY: the list that was made.
    unsafe {
        assert_eq!((*result).ai_family, 2);
        FreeAddrInfoExW(result);
        // It has ended: there is nothing to call off.
        assert_eq!(GetAddrInfoExCancel(&raw mut handle), 6);
        assert_eq!(GetAddrInfoExCancel(null_mut()), 6);
        assert_eq!(GetAddrInfoExOverlappedResult(null_mut()), WsaError::WSAEINVAL.number());
    }
    WSACloseEvent(event);
}

static ENDS: Mutex<Option<Sender<(u32, u32, usize)>>> = Mutex::new(None);

unsafe extern "C" fn ended(code: u32, bytes: u32, overlapped: *mut OVERLAPPED) {
    let ends = ENDS.lock().unwrap_or_else(PoisonError::into_inner);
    ends.as_ref().unwrap().send((code, bytes, overlapped.expose_provenance())).unwrap();
}

fn ends() -> Receiver<(u32, u32, usize)> {
    let (tell, told) = channel();
    *ENDS.lock().unwrap_or_else(PoisonError::into_inner) = Some(tell);
    told
}

#[test]
fn gx1_a_routine_is_told() {
    stay_started();
    let told = ends();
    let mut result: *mut ADDRINFOEXW = null_mut();
    let mut call = overlapped(null_mut());
    let at = (&raw mut call).expose_provenance();
    let code = begin(&wide("127.0.0.1"), &raw mut result, &raw mut call, Some(ended), null_mut());
    assert_eq!(code, 997);
    assert_eq!(told.recv().unwrap(), (0, 0, at));
    // SAFETY: the list that was made.
    unsafe { FreeAddrInfoExW(result) };
    let event = WSACreateEvent();
    let mut both = overlapped(event);
    let code = begin(&wide("127.0.0.1"), &raw mut result, &raw mut both, Some(ended), null_mut());
    assert_eq!(code, WsaError::WSAEINVAL.number(), "a routine beside an event");
    let code = begin(&wide("127.0.0.1"), &raw mut result, null_mut(), Some(ended), null_mut());
    assert_eq!(code, WsaError::WSAEINVAL.number(), "a routine without an OVERLAPPED");
    let code = begin(&[], &raw mut result, &raw mut call, None, null_mut());
    assert_eq!(code, WsaError::WSAHOST_NOT_FOUND.number(), "no name, at once");
    WSACloseEvent(event);
}

fn class(data1: u32) -> GUID {
    GUID { Data1: data1, Data2: 0, Data3: 0, Data4: [0xC0, 0, 0, 0, 0, 0, 0, 0x46] }
}

const RETURN_ALL: u32 = 0xFF0;

fn search(name: Option<&CStr>, class: Option<&mut GUID>, space: u32) -> Result<*mut c_void, WsaError> {
    // SAFETY: numbers and pointers, for which zero is a value.
    let mut query: WSAQUERYSETA = unsafe { std::mem::zeroed() };
    query.dwSize = size_of::<WSAQUERYSETA>() as u32;
    query.dwNameSpace = space;
    query.lpszServiceInstanceName = name.map_or(null_mut(), |name| name.as_ptr().cast_mut());
    query.lpServiceClassId = class.map_or(null_mut(), std::ptr::from_mut);
    let mut handle = null_mut();
    // SAFETY: memory of this test.
    call(|| unsafe { WSALookupServiceBeginA(&raw mut query, RETURN_ALL, &raw mut handle) }).map(|_| handle)
}

/// The next answer, whose pointers are into the memory that is given along.
fn next(handle: *mut c_void) -> Result<(WSAQUERYSETA, Vec<u64>), WsaError> {
    let mut length = 0;
    // SAFETY: memory of this test.
    let refused = call(|| unsafe { WSALookupServiceNextA(handle, RETURN_ALL, &raw mut length, null_mut()) });
    if refused != Err(WsaError::WSAEFAULT) {
        return Err(refused.unwrap_err());
    }
    let mut room = vec![0_u64; (length as usize).div_ceil(8)];
    let to = room.as_mut_ptr().cast::<WSAQUERYSETA>();
    // SAFETY: likewise.
    call(|| unsafe { WSALookupServiceNextA(handle, RETURN_ALL, &raw mut length, to) })?;
    // SAFETY: what the call has written.
    Ok((unsafe { to.read() }, room))
}

#[test]
fn a_host_by_its_name() {
    stay_started();
    let mut by_name = class(0x0002_A803);
    let handle = search(Some(c"localhost"), Some(&mut by_name), 12).unwrap();
    let (found, room) = next(handle).unwrap();
    assert_eq!(found.dwNameSpace, 12);
    assert!(found.dwNumberOfCsAddrs >= 1);
    // SAFETY: what the call has written, in `room`.
    unsafe {
        let first = found.lpcsaBuffer.read();
        let address = first.RemoteAddr.lpSockaddr.cast::<[u8; 16]>().read();
        assert_eq!(
            (first.RemoteAddr.iSockaddrLength, address[0], &address[4..8]),
            (16, 2, &[127, 0, 0, 1][..])
        );
        assert_eq!(first.iSocketType, 1);
        assert!(!CStr::from_ptr(found.lpszServiceInstanceName).is_empty());
        // The blob is a hostent whose pointers count from its own beginning.
        assert!((*found.lpBlob).cbSize > 32);
        assert!((*found.lpBlob).pBlobData.cast::<usize>().read_unaligned() < (*found.lpBlob).cbSize as usize);
    }
    drop(room);
    assert_eq!(next(handle).err().unwrap(), WsaError::WSA_E_NO_MORE);
    assert_eq!(call(|| WSALookupServiceEnd(handle)), Ok(0));
    assert_eq!(call(|| WSALookupServiceEnd(handle)), Err(WsaError::WSA_INVALID_HANDLE));
    assert_eq!(next(handle).err().unwrap(), WsaError::WSA_INVALID_HANDLE);
}

#[test]
fn ports_and_networks() {
    stay_started();
    let mut tcp = class(0x0009_1F90);
    let handle = search(Some(c"127.0.0.1"), Some(&mut tcp), 0).unwrap();
    let (found, room) = next(handle).unwrap();
    // SAFETY: what the call has written, in `room`.
    let port = unsafe { (*found.lpcsaBuffer).RemoteAddr.lpSockaddr.cast::<[u8; 4]>().read()[2..].to_vec() };
    assert_eq!(port, 8080_u16.to_be_bytes());
    drop(room);
    call(|| WSALookupServiceEnd(handle)).unwrap();

    let handle = search(None, None, 15).unwrap();
    let looks = 0_u32;
    // The completion says NSP_NOTIFY_IMMEDIATELY.
    let ioctl = |handle, code, completion: *const u32| {
        let none = null_mut::<c_void>();
        // SAFETY: memory of this test.
        call(|| unsafe {
            WSANSPIoctl(handle, code, none, 0, none, 0, null_mut(), completion.cast_mut().cast())
        })
    };
    assert_eq!(ioctl(handle, 0x8800_0019, &raw const looks), Err(WsaError::WSAEWOULDBLOCK));
    assert_eq!(ioctl(handle, 1, &raw const looks), Err(WsaError::WSAEOPNOTSUPP));
    let (_, room) = next(handle).unwrap();
    drop(room);
    assert_eq!(next(handle).err().unwrap(), WsaError::WSA_E_NO_MORE);
    // Who waits for a change waits until the end.
    let number = handle.expose_provenance();
    let waits = std::thread::spawn(move || {
        let handle = std::ptr::with_exposed_provenance_mut(number);
        ioctl(handle, 0x8800_0019, null())
    });
    call(|| WSALookupServiceEnd(handle)).unwrap();
    let ended = waits.join().unwrap().unwrap_err();
    assert!(matches!(ended, WsaError::WSA_E_CANCELLED | WsaError::WSA_INVALID_HANDLE), "{ended:?}");
}

#[test]
fn searches_that_make_no_sense() {
    stay_started();
    let mut by_name = class(0x0002_A803);
    let mut unknown = class(0x000B_0001);
    for (name, class, space, expected) in [
        (None, None, 12, WsaError::WSAEINVAL),
        (None, Some(&mut by_name), 99, WsaError::WSASERVICE_NOT_FOUND),
        (None, Some(&mut unknown), 12, WsaError::WSASERVICE_NOT_FOUND),
    ] {
        assert_eq!(search(name, class, space).unwrap_err(), expected);
    }
    let mut small = [0_u64; 16];
    small[0] = 119;
    let mut handle = null_mut();
    // SAFETY: memory of this test.
    let wide =
        |query: *mut WSAQUERYSETW, handle| call(|| unsafe { WSALookupServiceBeginW(query, 0, handle) });
    assert_eq!(wide(small.as_mut_ptr().cast(), &raw mut handle), Err(WsaError::WSAEINVAL));
    assert_eq!(wide(null_mut(), &raw mut handle), Err(WsaError::WSAEFAULT));
    small[0] = 120;
    assert_eq!(wide(small.as_mut_ptr().cast(), null_mut()), Err(WsaError::WSAEFAULT));
}
