//! What Windows offers for providers, and this library refuses with Windows' codes.

use std::ptr::{null, null_mut};

use ws2_32::error::WsaError;
use ws2_32::ffi::types::GUID;
use ws2_32::ffi::*;

use crate::support::calls::{INVALID_SOCKET, STREAM, call, close, socket, stay_started};

/// The code that such a function leaves at the place that it is given; its value is SOCKET_ERROR.
fn told(function: impl FnOnce(*mut i32) -> i32) -> i32 {
    let mut code = 0;
    assert_eq!(function(&raw mut code), -1);
    code
}

#[test]
fn the_catalogue_cannot_be_changed() {
    let no: *mut GUID = null_mut();
    // SAFETY: NULL, and memory of this test.
    unsafe {
        for code in [
            told(|to| WSCInstallProvider(no, null(), null_mut(), 0, to)),
            told(|to| WSCInstallProvider64_32(no, null(), null_mut(), 0, to)),
            told(|to| {
                WSCInstallProviderAndChains(no, null_mut(), null_mut(), 0, null_mut(), 0, null_mut(), to)
            }),
            told(|to| {
                let none = null_mut;
                WSCInstallProviderAndChains64_32(no, none(), none(), none(), 0, null_mut(), 0, null_mut(), to)
            }),
            told(|to| WSCDeinstallProvider(no, to)),
            told(|to| WSCDeinstallProvider32(no, to)),
            told(|to| WSCUpdateProvider(no, null(), null_mut(), 0, to)),
            told(|to| WSCUpdateProvider32(no, null(), null_mut(), 0, to)),
            told(|to| WSCSetProviderInfo(no, 0, null_mut(), 0, 0, to)),
            told(|to| WSCSetProviderInfo32(no, 0, null_mut(), 0, 0, to)),
            told(|to| WSCSetApplicationCategory(null(), 0, null(), 0, 0, null_mut(), to)),
        ] {
            assert_eq!(code, 11003);
        }
        for code in [
            told(|to| WSCGetProviderInfo(no, 0, null_mut(), null_mut(), 0, to)),
            told(|to| WSCGetProviderInfo32(no, 0, null_mut(), null_mut(), 0, to)),
            told(|to| WSCGetApplicationCategory(null(), 0, null(), 0, null_mut(), to)),
        ] {
            assert_eq!(code, 10022);
        }
        assert_eq!(told(|to| WPUCompleteOverlappedRequest(0, null_mut(), 0, 0, to)), 10045);
    }
    assert_eq!(WSCWriteProviderOrder(null_mut(), 0), 11003);
    assert_eq!(WSCWriteProviderOrder32(null_mut(), 0), 11003);
    assert_eq!(WSCWriteNameSpaceOrder(no, 0), 11003);
    assert_eq!(WSCWriteNameSpaceOrder32(no, 0), 11003);
    let none = null_mut;
    for refused in [
        call(|| WSCInstallNameSpace(none(), none(), 0, 0, no)),
        call(|| WSCInstallNameSpace32(none(), none(), 0, 0, no)),
        call(|| WSCInstallNameSpaceEx(none(), none(), 0, 0, no, null_mut())),
        call(|| WSCInstallNameSpaceEx32(none(), none(), 0, 0, no, null_mut())),
        call(|| WSCUnInstallNameSpace(no)),
        call(|| WSCUnInstallNameSpace32(no)),
        call(|| WSCEnableNSProvider(no, 1)),
        call(|| WSCEnableNSProvider32(no, 1)),
    ] {
        assert_eq!(refused, Err(WsaError::WSANO_RECOVERY));
    }
}

#[test]
fn nothing_is_registered() {
    stay_started();
    for refused in [
        call(|| WSAInstallServiceClassA(null_mut())),
        call(|| WSAInstallServiceClassW(null_mut())),
        call(|| WSARemoveServiceClass(null_mut())),
        call(|| WSASetServiceA(null_mut(), 0, 0)),
        call(|| WSASetServiceW(null_mut(), 0, 0)),
    ] {
        assert_eq!(refused, Err(WsaError::WSAEACCES));
    }
    let none = null_mut;
    let code = SetAddrInfoExA(
        null(),
        null(),
        null_mut(),
        0,
        null_mut(),
        0,
        0,
        null_mut(),
        null_mut(),
        null_mut(),
        None,
        null_mut(),
    );
    assert_eq!((code, WSAGetLastError()), (10013, 10013));
    let code = SetAddrInfoExW(
        null(),
        null(),
        null_mut(),
        0,
        null_mut(),
        0,
        0,
        none(),
        null_mut(),
        null_mut(),
        None,
        null_mut(),
    );
    assert_eq!(code, 10013);
    for refused in [
        call(|| WSAAdvertiseProvider(null(), null())),
        call(|| WSAUnadvertiseProvider(null())),
        call(|| WSAProviderCompleteAsyncCall(null_mut(), 0)),
    ] {
        assert_eq!(refused, Err(WsaError::WSAEOPNOTSUPP));
    }
    assert_eq!(WSAGetQOSByName(INVALID_SOCKET, null_mut(), null_mut()), 0);
    assert_eq!(WSAGetLastError(), WsaError::WSAENOTSOCK.number());
    let s = socket(2, STREAM);
    assert_eq!(WSAGetQOSByName(s, null_mut(), null_mut()), 0);
    assert_eq!(WSAGetLastError(), WsaError::WSAEOPNOTSUPP.number());
    close(s).unwrap();
}
