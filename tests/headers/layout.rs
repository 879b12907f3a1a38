//! The structures of the interface against those of `windows-sys`: size, alignment, place of every field.

use std::mem::offset_of;

use windows_sys::Win32::Networking::WinSock as windows;
use windows_sys::core::GUID;
use ws2_32::ffi::types::netdb;
use ws2_32::ffi::types::{self as ours, message, select};

/// Compares two structures; the fields are given as ours, or as ours and Windows' where the names differ.
macro_rules! same_layout {
    ($ours:ty, $windows:ty: $($field:ident $(as $theirs:ident)?),+ $(,)?) => {{
        let name = stringify!($ours);
        assert_eq!(size_of::<$ours>(), size_of::<$windows>(), "size of {name}");
        assert_eq!(align_of::<$ours>(), align_of::<$windows>(), "alignment of {name}");
        $(
            assert_eq!(
                offset_of!($ours, $field),
                same_layout!(@offset $windows, $field $($theirs)?),
                "{name}.{}", stringify!($field)
            );
        )+
    }};
    (@offset $windows:ty, $field:ident) => { offset_of!($windows, $field) };
    (@offset $windows:ty, $field:ident $theirs:ident) => { offset_of!($windows, $theirs) };
}

#[test]
fn structures_have_windows_layout() {
    same_layout!(ours::WSADATA, windows::WSADATA:
        wVersion, wHighVersion, iMaxSockets, iMaxUdpDg, lpVendorInfo, szDescription, szSystemStatus);
    same_layout!(ours::GUID, GUID: Data1 as data1, Data2 as data2, Data3 as data3, Data4 as data4);
    same_layout!(message::WSABUF, windows::WSABUF: len, buf);
    same_layout!(message::FLOWSPEC, windows::FLOWSPEC: TokenRate, TokenBucketSize, PeakBandwidth, Latency,
        DelayVariation, ServiceType, MaxSduSize, MinimumPolicedSize);
    same_layout!(message::QOS, windows::QOS: SendingFlowspec, ReceivingFlowspec, ProviderSpecific);
    same_layout!(ours::ws2_in_addr, windows::IN_ADDR: s_addr as S_un);
    same_layout!(ours::ws2_in6_addr, windows::IN6_ADDR: Byte as u);
    same_layout!(ours::ws2_sockaddr, windows::SOCKADDR: sa_family, sa_data);
    same_layout!(ours::ws2_sockaddr_in, windows::SOCKADDR_IN: sin_family, sin_port, sin_addr, sin_zero);
    same_layout!(ours::ws2_sockaddr_in6, windows::SOCKADDR_IN6:
        sin6_family, sin6_port, sin6_flowinfo, sin6_addr, sin6_scope_id as Anonymous);
    same_layout!(select::ws2_fd_set, windows::FD_SET: fd_count, fd_array);
    same_layout!(select::ws2_timeval, windows::TIMEVAL: tv_sec, tv_usec);
    same_layout!(select::WSAPOLLFD, windows::WSAPOLLFD: fd, events, revents);
    same_layout!(ours::WSAPROTOCOLCHAIN, windows::WSAPROTOCOLCHAIN: ChainLen, ChainEntries);
    same_layout!(ours::WSAPROTOCOL_INFOA, windows::WSAPROTOCOL_INFOA:
        dwServiceFlags1, dwServiceFlags2, dwServiceFlags3, dwServiceFlags4, dwProviderFlags, ProviderId,
        dwCatalogEntryId, ProtocolChain, iVersion, iAddressFamily, iMaxSockAddr, iMinSockAddr, iSocketType, iProtocol,
        iProtocolMaxOffset, iNetworkByteOrder, iSecurityScheme, dwMessageSize, dwProviderReserved, szProtocol);
    same_layout!(ours::WSAPROTOCOL_INFOW, windows::WSAPROTOCOL_INFOW:
        dwServiceFlags1, dwServiceFlags2, dwServiceFlags3, dwServiceFlags4, dwProviderFlags, ProviderId,
        dwCatalogEntryId, ProtocolChain, iVersion, iAddressFamily, iMaxSockAddr, iMinSockAddr, iSocketType, iProtocol,
        iProtocolMaxOffset, iNetworkByteOrder, iSecurityScheme, dwMessageSize, dwProviderReserved, szProtocol);
    same_layout!(netdb::ws2_addrinfo, windows::ADDRINFOA:
        ai_flags, ai_family, ai_socktype, ai_protocol, ai_addrlen, ai_canonname, ai_addr, ai_next);
    same_layout!(netdb::ADDRINFOW, windows::ADDRINFOW:
        ai_flags, ai_family, ai_socktype, ai_protocol, ai_addrlen, ai_canonname, ai_addr, ai_next);
    same_layout!(netdb::ws2_hostent, windows::HOSTENT: h_name, h_aliases, h_addrtype, h_length, h_addr_list);
    same_layout!(netdb::ws2_servent, windows::SERVENT: s_name, s_aliases, s_proto, s_port);
    same_layout!(netdb::ws2_protoent, windows::PROTOENT: p_name, p_aliases, p_proto);
}
