//! What providers of name spaces call, and templates of quality of service: refused.

#![allow(non_snake_case, reason = "Windows' names")]

use std::ffi::c_int;

use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::ffi::call::call;
use crate::ffi::kernel::types::HANDLE;
use crate::ffi::types::lookup::NSPV2_ROUTINE;
use crate::ffi::types::message::{QOS, WSABUF};
use crate::ffi::types::{BOOL, GUID, SOCKET};
use crate::socket::transfer::socket_first;

const REFUSED: Failure = WsaError::WSAEOPNOTSUPP.because("it is for providers");

/// `INT WSAAdvertiseProvider(const GUID *puuidProviderId, const NSPV2_ROUTINE *pNSPv2Routine)`
///
/// Would offer a provider of a name space to the programs of this process.
///
/// # Returns
/// `SOCKET_ERROR`.
///
/// # Errors
/// * `WSANOTINITIALISED`: no [`WSAStartup`](crate::ffi::WSAStartup) is in effect.
/// * `WSAEOPNOTSUPP`, always else: it is for providers.
///
/// Source: Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn WSAAdvertiseProvider(
    puuidProviderId: *const GUID,
    pNSPv2Routine: *const NSPV2_ROUTINE,
) -> c_int {
    let _ = (puuidProviderId, pNSPv2Routine);
    call(|f| write!(f, "WSAAdvertiseProvider"), |_| Err(REFUSED))
}

/// `INT WSAUnadvertiseProvider(const GUID *puuidProviderId)`
///
/// Would take such an offer back.
///
/// # Returns
/// `SOCKET_ERROR`.
///
/// # Errors
/// * `WSANOTINITIALISED`: no [`WSAStartup`](crate::ffi::WSAStartup) is in effect.
/// * `WSAEOPNOTSUPP`, always else: it is for providers.
///
/// Source: Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn WSAUnadvertiseProvider(puuidProviderId: *const GUID) -> c_int {
    let _ = puuidProviderId;
    call(|f| write!(f, "WSAUnadvertiseProvider"), |_| Err(REFUSED))
}

/// `INT WSAProviderCompleteAsyncCall(HANDLE hAsyncCall, INT iRetCode)`
///
/// Would end a call of a provider of a name space.
///
/// # Returns
/// `SOCKET_ERROR`.
///
/// # Errors
/// * `WSANOTINITIALISED`: no [`WSAStartup`](crate::ffi::WSAStartup) is in effect.
/// * `WSAEOPNOTSUPP`, always else: it is for providers.
///
/// Source: Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn WSAProviderCompleteAsyncCall(hAsyncCall: HANDLE, iRetCode: c_int) -> c_int {
    let _ = (hAsyncCall, iRetCode);
    call(|f| write!(f, "WSAProviderCompleteAsyncCall"), |_| Err(REFUSED))
}

/// `BOOL WSAGetQOSByName(SOCKET s, LPWSABUF lpQOSName, LPQOS lpQOS)`
///
/// Would give a template of quality of service by its name.
///
/// # Returns
/// FALSE.
///
/// # Errors
/// * `WSANOTINITIALISED`: no [`WSAStartup`](crate::ffi::WSAStartup) is in effect.
/// * `WSAENOTSOCK`: no socket.
/// * `WSAEOPNOTSUPP`, always else: there are no templates.
///
/// Source: Windows' documentation.
#[unsafe(no_mangle)]
pub extern "C" fn WSAGetQOSByName(s: SOCKET, lpQOSName: *mut WSABUF, lpQOS: *mut QOS) -> BOOL {
    let _ = (lpQOSName, lpQOS);
    const NONE: Failure = WsaError::WSAEOPNOTSUPP.because("there are no templates");
    let found = call(
        |f| write!(f, "WSAGetQOSByName({s})", s = s.cast_signed()),
        |_| Err::<BOOL, _>(socket_first(s, NONE)),
    );
    BOOL::from(found != -1)
}
