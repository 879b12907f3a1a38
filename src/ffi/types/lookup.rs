//! The structures of name spaces, of look-ups in them, and of lists of addresses, with the layout of 64-bit Windows.

#![allow(non_camel_case_types, non_snake_case, clippy::upper_case_acronyms, reason = "C's names")]
#![allow(missing_docs, reason = "the names are Windows' own; their pages say what they mean")]

use std::ffi::{c_char, c_int, c_void};

use crate::ffi::types::{BOOL, DWORD, GUID, OVERLAPPED, WCHAR, ws2_sockaddr};

/// Bytes and how many they are.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct BLOB {
    pub cbSize: DWORD,
    pub pBlobData: *mut u8,
}

/// A provider of a name space.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct WSANAMESPACE_INFOA {
    pub NSProviderId: GUID,
    pub dwNameSpace: DWORD,
    pub fActive: BOOL,
    pub dwVersion: DWORD,
    pub lpszIdentifier: *mut c_char,
}

/// The same with 16-bit characters.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct WSANAMESPACE_INFOW {
    pub NSProviderId: GUID,
    pub dwNameSpace: DWORD,
    pub fActive: BOOL,
    pub dwVersion: DWORD,
    pub lpszIdentifier: *mut WCHAR,
}

/// [`WSANAMESPACE_INFOA`] with what the provider itself knows, which is nothing here.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct WSANAMESPACE_INFOEXA {
    pub NSProviderId: GUID,
    pub dwNameSpace: DWORD,
    pub fActive: BOOL,
    pub dwVersion: DWORD,
    pub lpszIdentifier: *mut c_char,
    pub ProviderSpecific: BLOB,
}

/// The same with 16-bit characters.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct WSANAMESPACE_INFOEXW {
    pub NSProviderId: GUID,
    pub dwNameSpace: DWORD,
    pub fActive: BOOL,
    pub dwVersion: DWORD,
    pub lpszIdentifier: *mut WCHAR,
    pub ProviderSpecific: BLOB,
}

/// What a class of services is in a name space.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct WSANSCLASSINFOA {
    pub lpszName: *mut c_char,
    pub dwNameSpace: DWORD,
    pub dwValueType: DWORD,
    pub dwValueSize: DWORD,
    pub lpValue: *mut c_void,
}

/// The same with 16-bit characters.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct WSANSCLASSINFOW {
    pub lpszName: *mut WCHAR,
    pub dwNameSpace: DWORD,
    pub dwValueType: DWORD,
    pub dwValueSize: DWORD,
    pub lpValue: *mut c_void,
}

/// A class of services.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct WSASERVICECLASSINFOA {
    pub lpServiceClassId: *mut GUID,
    pub lpszServiceClassName: *mut c_char,
    pub dwCount: DWORD,
    pub lpClassInfos: *mut WSANSCLASSINFOA,
}

/// The same with 16-bit characters.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct WSASERVICECLASSINFOW {
    pub lpServiceClassId: *mut GUID,
    pub lpszServiceClassName: *mut WCHAR,
    pub dwCount: DWORD,
    pub lpClassInfos: *mut WSANSCLASSINFOW,
}

/// A version, and whether later ones will do.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct WSAVERSION {
    pub dwVersion: DWORD,
    pub ecHow: c_int,
}

/// A family and a protocol.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct AFPROTOCOLS {
    pub iAddressFamily: c_int,
    pub iProtocol: c_int,
}

/// An address and its length.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct SOCKET_ADDRESS {
    pub lpSockaddr: *mut ws2_sockaddr,
    pub iSockaddrLength: c_int,
}

/// So many addresses.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct SOCKET_ADDRESS_LIST {
    pub iAddressCount: c_int,
    pub Address: [SOCKET_ADDRESS; 1],
}

/// Both ends of a connection that a service would have.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct CSADDR_INFO {
    pub LocalAddr: SOCKET_ADDRESS,
    pub RemoteAddr: SOCKET_ADDRESS,
    pub iSocketType: c_int,
    pub iProtocol: c_int,
}

/// What is looked up, and what was found.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct WSAQUERYSETA {
    pub dwSize: DWORD,
    pub lpszServiceInstanceName: *mut c_char,
    pub lpServiceClassId: *mut GUID,
    pub lpVersion: *mut WSAVERSION,
    pub lpszComment: *mut c_char,
    pub dwNameSpace: DWORD,
    pub lpNSProviderId: *mut GUID,
    pub lpszContext: *mut c_char,
    pub dwNumberOfProtocols: DWORD,
    pub lpafpProtocols: *mut AFPROTOCOLS,
    pub lpszQueryString: *mut c_char,
    pub dwNumberOfCsAddrs: DWORD,
    pub lpcsaBuffer: *mut CSADDR_INFO,
    pub dwOutputFlags: DWORD,
    pub lpBlob: *mut BLOB,
}

/// The same with 16-bit characters.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct WSAQUERYSETW {
    pub dwSize: DWORD,
    pub lpszServiceInstanceName: *mut WCHAR,
    pub lpServiceClassId: *mut GUID,
    pub lpVersion: *mut WSAVERSION,
    pub lpszComment: *mut WCHAR,
    pub dwNameSpace: DWORD,
    pub lpNSProviderId: *mut GUID,
    pub lpszContext: *mut WCHAR,
    pub dwNumberOfProtocols: DWORD,
    pub lpafpProtocols: *mut AFPROTOCOLS,
    pub lpszQueryString: *mut WCHAR,
    pub dwNumberOfCsAddrs: DWORD,
    pub lpcsaBuffer: *mut CSADDR_INFO,
    pub dwOutputFlags: DWORD,
    pub lpBlob: *mut BLOB,
}

/// How the end of a command to a name space is told. Not looked at.
#[repr(C)]
pub struct WSACOMPLETION {
    _private: [u8; 0],
}

/// What `WSAAdvertiseProvider` would offer. Not looked at.
#[repr(C)]
pub struct NSPV2_ROUTINE {
    _private: [u8; 0],
}

/// An entry of `GetAddrInfoExA`'s list: 80 bytes.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct ADDRINFOEXA {
    pub ai_flags: c_int,
    pub ai_family: c_int,
    pub ai_socktype: c_int,
    pub ai_protocol: c_int,
    pub ai_addrlen: usize,
    pub ai_canonname: *mut c_char,
    pub ai_addr: *mut ws2_sockaddr,
    pub ai_blob: *mut c_void,
    pub ai_bloblen: usize,
    pub ai_provider: *mut GUID,
    pub ai_next: *mut ADDRINFOEXA,
}

/// The same with 16-bit characters.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct ADDRINFOEXW {
    pub ai_flags: c_int,
    pub ai_family: c_int,
    pub ai_socktype: c_int,
    pub ai_protocol: c_int,
    pub ai_addrlen: usize,
    pub ai_canonname: *mut WCHAR,
    pub ai_addr: *mut ws2_sockaddr,
    pub ai_blob: *mut c_void,
    pub ai_bloblen: usize,
    pub ai_provider: *mut GUID,
    pub ai_next: *mut ADDRINFOEXW,
}

/// What runs when an overlapped `GetAddrInfoEx` has ended: the code, 0, and the structure of the call.
pub type LPLOOKUPSERVICE_COMPLETION_ROUTINE = Option<unsafe extern "C" fn(DWORD, DWORD, *mut OVERLAPPED)>;

const _: () = {
    use std::mem::offset_of;
    assert!(size_of::<BLOB>() == 16);
    assert!(size_of::<WSANAMESPACE_INFOA>() == 40 && size_of::<WSANAMESPACE_INFOEXA>() == 56);
    assert!(size_of::<WSANSCLASSINFOA>() == 32 && size_of::<WSASERVICECLASSINFOA>() == 32);
    assert!(size_of::<SOCKET_ADDRESS>() == 16 && size_of::<SOCKET_ADDRESS_LIST>() == 24);
    assert!(size_of::<CSADDR_INFO>() == 40);
    assert!(size_of::<WSAQUERYSETA>() == 120 && offset_of!(WSAQUERYSETA, lpBlob) == 112);
    assert!(size_of::<ADDRINFOEXA>() == 72 && offset_of!(ADDRINFOEXA, ai_next) == 64);
};
