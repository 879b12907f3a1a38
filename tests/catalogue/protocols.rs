//! EP1: the catalogue of protocols; the lists of name spaces and of classes of services.

use std::ffi::{CStr, c_int};
use std::ptr::null_mut;

use ws2_32::error::WsaError;
use ws2_32::ffi::types::lookup::{WSANAMESPACE_INFOA, WSANAMESPACE_INFOEXW, WSASERVICECLASSINFOA};
use ws2_32::ffi::types::{GUID, WSAPROTOCOL_INFOA, WSAPROTOCOL_INFOW};
use ws2_32::ffi::*;

use crate::support::calls::{call, call_for_socket, close, stay_started};

fn narrow(list: Option<&mut [c_int]>) -> Result<Vec<WSAPROTOCOL_INFOA>, WsaError> {
    let list = list.map_or(null_mut(), <[c_int]>::as_mut_ptr);
    let mut length = 0;
    // SAFETY: memory of this test.
    let refused = call(|| unsafe { WSAEnumProtocolsA(list, null_mut(), &raw mut length) });
    if length == 0 {
        return refused.map(|_| Vec::new());
    }
    assert_eq!(refused, Err(WsaError::WSAENOBUFS), "too small: what it takes is told");
    assert_eq!(length as usize % size_of::<WSAPROTOCOL_INFOA>(), 0);
    let mut found = vec![0_u8; length as usize];
    let mut less = length - 1;
    // SAFETY: likewise.
    let refused = call(|| unsafe { WSAEnumProtocolsA(list, found.as_mut_ptr().cast(), &raw mut less) });
    assert_eq!((refused, less), (Err(WsaError::WSAENOBUFS), length));
    // SAFETY: likewise.
    let count = call(|| unsafe { WSAEnumProtocolsA(list, found.as_mut_ptr().cast(), &raw mut length) })?;
    assert_eq!(usize::try_from(count).unwrap() * size_of::<WSAPROTOCOL_INFOA>(), found.len());
    let at = found.as_ptr().cast::<WSAPROTOCOL_INFOA>();
    // SAFETY: as many structures as the call has written.
    Ok((0..usize::try_from(count).unwrap()).map(|nth| unsafe { at.add(nth).read_unaligned() }).collect())
}

#[test]
fn ep1_the_catalogue_by_protocols() {
    stay_started();
    for (list, expected) in [
        (None, vec![(2, 1, 6), (2, 2, 17), (2, 3, 0), (23, 1, 6), (23, 2, 17), (23, 3, 0), (1, 1, 0)]),
        (Some(vec![6, 0]), vec![(2, 1, 6), (23, 1, 6)]),
        (Some(vec![17, 6, 0, 17]), vec![(2, 1, 6), (2, 2, 17), (23, 1, 6), (23, 2, 17)]),
        (Some(vec![0]), vec![]),
        (Some(vec![99, 0]), vec![]),
    ] {
        let mut given = list.clone();
        let found = narrow(given.as_deref_mut()).unwrap();
        let numbers: Vec<_> =
            found.iter().map(|info| (info.iAddressFamily, info.iSocketType, info.iProtocol)).collect();
        assert_eq!(numbers, expected, "{list:?}");
        for info in &found {
            assert_eq!(info.ProtocolChain.ChainLen, 1);
            assert_ne!(info.dwServiceFlags1 & 0x2_0000, 0, "XP1_IFS_HANDLES");
            assert_ne!(info.szProtocol[0], 0);
        }
    }
    // The wide kind and the administration's list tell the same.
    let mut length = 0;
    // SAFETY: memory of this test.
    let refused = call(|| unsafe { WSAEnumProtocolsW(null_mut(), null_mut(), &raw mut length) });
    assert_eq!((refused, length), (Err(WsaError::WSAENOBUFS), 7 * 628));
    let mut wide = vec![0_u8; length as usize];
    // SAFETY: likewise.
    let count = call(|| unsafe { WSAEnumProtocolsW(null_mut(), wide.as_mut_ptr().cast(), &raw mut length) });
    assert_eq!(count, Ok(7));
    let mut same = vec![0_u8; length as usize];
    let mut code = 0;
    let to = same.as_mut_ptr().cast::<WSAPROTOCOL_INFOW>();
    // SAFETY: likewise.
    let count = unsafe { WSCEnumProtocols(null_mut(), to, &raw mut length, &raw mut code) };
    assert_eq!((count, code), (7, 0));
    assert_eq!(wide, same);
    length = 1;
    // SAFETY: likewise.
    let count = unsafe { WSCEnumProtocols32(null_mut(), to, &raw mut length, &raw mut code) };
    assert_eq!((count, code, length), (-1, 10055, 7 * 628));
}

/// Every entry makes a socket; a raw one needs the right to it.
#[test]
fn ep1_entries_make_sockets() {
    stay_started();
    for mut info in narrow(None).unwrap() {
        // SAFETY: memory of this test.
        let made = call_for_socket(|| unsafe { WSASocketA(-1, -1, -1, &raw mut info, 0, 1) });
        match made {
            Ok(socket) => drop(close(socket).unwrap()),
            Err(code) => {
                // Linux has no raw socket for no protocol in particular.
                let refusals = [WsaError::WSAEACCES, WsaError::WSAEPROTONOSUPPORT];
                assert!(info.iSocketType == 3 && refusals.contains(&code), "{code:?}");
            }
        }
    }
}

#[test]
fn the_library_of_a_provider() {
    stay_started();
    let mut entry = narrow(None).unwrap()[0];
    let mut path = [0_u16; 64];
    let (mut length, mut code) = (64, 0);
    // SAFETY: memory of this test.
    let done = unsafe {
        WSCGetProviderPath(&raw mut entry.ProviderId, path.as_mut_ptr(), &raw mut length, &raw mut code)
    };
    assert_eq!((done, code, length), (0, 0, 15));
    assert_eq!(String::from_utf16_lossy(&path[..14]), "libws2_32.so.2");
    length = 14;
    // SAFETY: likewise.
    let done = unsafe {
        WSCGetProviderPath(&raw mut entry.ProviderId, path.as_mut_ptr(), &raw mut length, &raw mut code)
    };
    assert_eq!((done, code, length), (-1, 10014, 15));
    let mut nobody = GUID { Data1: 1, Data2: 2, Data3: 3, Data4: [4; 8] };
    // SAFETY: likewise.
    let done =
        unsafe { WSCGetProviderPath32(&raw mut nobody, path.as_mut_ptr(), &raw mut length, &raw mut code) };
    assert_eq!((done, code), (-1, 10022));
}

#[test]
fn name_spaces_are_listed() {
    stay_started();
    let mut length = 0;
    // SAFETY: memory of this test.
    let refused = call(|| unsafe { WSAEnumNameSpaceProvidersA(&raw mut length, null_mut()) });
    assert_eq!(refused, Err(WsaError::WSAEFAULT));
    let mut room = vec![0_u64; (length as usize).div_ceil(8)];
    let to = room.as_mut_ptr().cast::<WSANAMESPACE_INFOA>();
    // SAFETY: likewise.
    assert_eq!(call(|| unsafe { WSAEnumNameSpaceProvidersA(&raw mut length, to) }), Ok(2));
    // SAFETY: what the call has written.
    let found = unsafe { std::slice::from_raw_parts(to, 2) };
    let spaces: Vec<_> = found.iter().map(|space| (space.dwNameSpace, space.fActive)).collect();
    assert_eq!(spaces, [(12, 1), (15, 1)]);
    // SAFETY: likewise.
    assert_eq!(unsafe { CStr::from_ptr(found[0].lpszIdentifier) }, c"Tcpip");
    length = 0;
    // SAFETY: likewise.
    let refused = call(|| unsafe { WSAEnumNameSpaceProvidersExW(&raw mut length, null_mut()) });
    assert_eq!(refused, Err(WsaError::WSAEFAULT));
    let mut room = vec![0_u64; (length as usize).div_ceil(8)];
    let to = room.as_mut_ptr().cast::<WSANAMESPACE_INFOEXW>();
    // SAFETY: likewise.
    assert_eq!(unsafe { WSCEnumNameSpaceProvidersEx32(&raw mut length, to) }, 2);
    // SAFETY: what the call has written; `T` follows `\0`.
    let first = unsafe { *(*to).lpszIdentifier };
    assert_eq!(first, u16::from(b'T'));
}

#[test]
fn classes_of_services() {
    if !std::path::Path::new("/etc/services").exists() {
        return crate::support::process::left_out("no /etc/services: install netbase");
    }
    stay_started();
    let class = |data1| GUID { Data1: data1, Data2: 0, Data3: 0, Data4: [0xC0, 0, 0, 0, 0, 0, 0, 0x46] };
    let (mut telnet, mut none) = (class(0x0009_0017), class(0x0002_A800));
    let mut length = 0;
    // SAFETY: memory of this test.
    let refused =
        call(|| unsafe { WSAGetServiceClassNameByClassIdA(&raw mut telnet, null_mut(), &raw mut length) });
    assert_eq!((refused, length), (Err(WsaError::WSAEFAULT), 7));
    let mut name = [0_i8; 7];
    let to = name.as_mut_ptr().cast();
    // SAFETY: likewise.
    let done = call(|| unsafe { WSAGetServiceClassNameByClassIdA(&raw mut telnet, to, &raw mut length) });
    assert_eq!(done, Ok(0));
    // SAFETY: what the call has written.
    assert_eq!(unsafe { CStr::from_ptr(to) }, c"telnet");
    // SAFETY: likewise.
    let refused = call(|| unsafe { WSAGetServiceClassNameByClassIdA(&raw mut none, to, &raw mut length) });
    assert_eq!(refused, Err(WsaError::WSATYPE_NOT_FOUND));

    let mut provider = GUID {
        Data1: 0x2205_9D40,
        Data2: 0x7E9E,
        Data3: 0x11CF,
        Data4: [0xAE, 0x5A, 0, 0xAA, 0, 0xA7, 0x11, 0x2B],
    };
    let mut room = [0_u64; 64];
    let to = room.as_mut_ptr().cast::<WSASERVICECLASSINFOA>();
    let mut length = 512;
    // SAFETY: likewise.
    let done =
        call(|| unsafe { WSAGetServiceClassInfoA(&raw mut provider, &raw mut telnet, &raw mut length, to) });
    assert_eq!(done, Ok(0));
    // SAFETY: what the call has written.
    unsafe {
        assert_eq!((*to).dwCount, 1);
        assert_eq!((*(*to).lpClassInfos).lpValue.cast::<u32>().read(), 23);
        assert_eq!(CStr::from_ptr((*(*to).lpClassInfos).lpszName), c"TcpPort");
    }
}
