//! Arguments that make no sense, for lists of protocols and for providers: refused, never a crash.

use std::ptr::{without_provenance as from, without_provenance_mut as at};

use crate::support::bad::WILD;
use crate::support::calls::{INVALID_SOCKET, start};
use ws2_32::ffi::*;

/// Every function is called with wild pointers, numbers that are none, and no socket.
#[test]
fn no_provider_is_followed() {
    start();
    let s = INVALID_SOCKET;
    for wild in WILD {
        for number in [i32::MIN, -1, 0, 1, 4096, i32::MAX] {
            // SAFETY: the functions look at pointers before they follow them; NULL is nothing to give back.
            unsafe {
                assert_ne!(
                    WPUCompleteOverlappedRequest(
                        s,
                        at(wild),
                        number.cast_unsigned(),
                        number.cast_unsigned(),
                        at(wild)
                    ),
                    0
                );
                assert_ne!(WSAAdvertiseProvider(from(wild), from(wild)), 0);
                assert_ne!(WSAProviderConfigChange(at(wild), at(wild), None), 0);
                assert_ne!(WSAEnumNameSpaceProvidersA(at(wild), at(wild)), 0);
                assert_ne!(WSAEnumNameSpaceProvidersExA(at(wild), at(wild)), 0);
                assert_ne!(WSAEnumNameSpaceProvidersExW(at(wild), at(wild)), 0);
                assert_ne!(WSAEnumNameSpaceProvidersW(at(wild), at(wild)), 0);
                assert_ne!(WSAEnumProtocolsA(at(wild), at(wild), at(wild)), 0);
                assert_ne!(WSAEnumProtocolsW(at(wild), at(wild), at(wild)), 0);
                assert_eq!(WSAGetQOSByName(s, at(wild), at(wild)), 0);
                assert_ne!(WSAGetServiceClassInfoA(at(wild), at(wild), at(wild), at(wild)), 0);
                assert_ne!(WSAGetServiceClassInfoW(at(wild), at(wild), at(wild), at(wild)), 0);
                assert_ne!(WSAGetServiceClassNameByClassIdA(at(wild), at(wild), at(wild)), 0);
                assert_ne!(WSAGetServiceClassNameByClassIdW(at(wild), at(wild), at(wild)), 0);
                assert_ne!(WSAInstallServiceClassA(at(wild)), 0);
                assert_ne!(WSAInstallServiceClassW(at(wild)), 0);
                assert_ne!(WSARemoveServiceClass(at(wild)), 0);
                assert_ne!(WSASetServiceA(at(wild), number, number.cast_unsigned()), 0);
                assert_ne!(WSASetServiceW(at(wild), number, number.cast_unsigned()), 0);
                assert_ne!(WSAUnadvertiseProvider(from(wild)), 0);
                assert_ne!(WSCDeinstallProvider(at(wild), at(wild)), 0);
                assert_ne!(WSCDeinstallProvider32(at(wild), at(wild)), 0);
                assert_ne!(WSCEnableNSProvider(at(wild), number), 0);
                assert_ne!(WSCEnableNSProvider32(at(wild), number), 0);
                assert_ne!(WSCEnumNameSpaceProviders32(at(wild), at(wild)), 0);
                assert_ne!(WSCEnumNameSpaceProvidersEx32(at(wild), at(wild)), 0);
                assert_ne!(WSCEnumProtocols(at(wild), at(wild), at(wild), at(wild)), 0);
                assert_ne!(WSCEnumProtocols32(at(wild), at(wild), at(wild), at(wild)), 0);
                assert_ne!(
                    WSCGetApplicationCategory(
                        from(wild),
                        number.cast_unsigned(),
                        from(wild),
                        number.cast_unsigned(),
                        at(wild),
                        at(wild)
                    ),
                    0
                );
                assert_ne!(
                    WSCGetProviderInfo(
                        at(wild),
                        number,
                        at(wild),
                        at(wild),
                        number.cast_unsigned(),
                        at(wild)
                    ),
                    0
                );
                assert_ne!(
                    WSCGetProviderInfo32(
                        at(wild),
                        number,
                        at(wild),
                        at(wild),
                        number.cast_unsigned(),
                        at(wild)
                    ),
                    0
                );
                assert_ne!(WSCGetProviderPath(at(wild), at(wild), at(wild), at(wild)), 0);
                assert_ne!(WSCGetProviderPath32(at(wild), at(wild), at(wild), at(wild)), 0);
                assert_ne!(
                    WSCInstallNameSpace(
                        at(wild),
                        at(wild),
                        number.cast_unsigned(),
                        number.cast_unsigned(),
                        at(wild)
                    ),
                    0
                );
                assert_ne!(
                    WSCInstallNameSpace32(
                        at(wild),
                        at(wild),
                        number.cast_unsigned(),
                        number.cast_unsigned(),
                        at(wild)
                    ),
                    0
                );
                assert_ne!(
                    WSCInstallNameSpaceEx(
                        at(wild),
                        at(wild),
                        number.cast_unsigned(),
                        number.cast_unsigned(),
                        at(wild),
                        at(wild)
                    ),
                    0
                );
                assert_ne!(
                    WSCInstallNameSpaceEx32(
                        at(wild),
                        at(wild),
                        number.cast_unsigned(),
                        number.cast_unsigned(),
                        at(wild),
                        at(wild)
                    ),
                    0
                );
                assert_ne!(
                    WSCInstallProvider(at(wild), from(wild), at(wild), number.cast_unsigned(), at(wild)),
                    0
                );
                assert_ne!(
                    WSCInstallProvider64_32(at(wild), from(wild), at(wild), number.cast_unsigned(), at(wild)),
                    0
                );
                assert_ne!(
                    WSCInstallProviderAndChains(
                        at(wild),
                        at(wild),
                        at(wild),
                        number.cast_unsigned(),
                        at(wild),
                        number.cast_unsigned(),
                        at(wild),
                        at(wild)
                    ),
                    0
                );
                assert_ne!(
                    WSCInstallProviderAndChains64_32(
                        at(wild),
                        at(wild),
                        at(wild),
                        at(wild),
                        number.cast_unsigned(),
                        at(wild),
                        number.cast_unsigned(),
                        at(wild),
                        at(wild)
                    ),
                    0
                );
                assert_ne!(
                    WSCSetApplicationCategory(
                        from(wild),
                        number.cast_unsigned(),
                        from(wild),
                        number.cast_unsigned(),
                        number.cast_unsigned(),
                        at(wild),
                        at(wild)
                    ),
                    0
                );
                assert_ne!(
                    WSCSetProviderInfo(
                        at(wild),
                        number,
                        at(wild),
                        usize::MAX,
                        number.cast_unsigned(),
                        at(wild)
                    ),
                    0
                );
                assert_ne!(
                    WSCSetProviderInfo32(
                        at(wild),
                        number,
                        at(wild),
                        usize::MAX,
                        number.cast_unsigned(),
                        at(wild)
                    ),
                    0
                );
                assert_ne!(WSCUnInstallNameSpace(at(wild)), 0);
                assert_ne!(WSCUnInstallNameSpace32(at(wild)), 0);
                assert_ne!(
                    WSCUpdateProvider(at(wild), from(wild), at(wild), number.cast_unsigned(), at(wild)),
                    0
                );
                assert_ne!(
                    WSCUpdateProvider32(at(wild), from(wild), at(wild), number.cast_unsigned(), at(wild)),
                    0
                );
                assert_ne!(WSCWriteNameSpaceOrder(at(wild), number.cast_unsigned()), 0);
                assert_ne!(WSCWriteNameSpaceOrder32(at(wild), number.cast_unsigned()), 0);
                assert_ne!(WSCWriteProviderOrder(at(wild), number.cast_unsigned()), 0);
                assert_ne!(WSCWriteProviderOrder32(at(wild), number.cast_unsigned()), 0);
            }
        }
    }
}
