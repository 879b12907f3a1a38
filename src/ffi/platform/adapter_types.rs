//! The structures of the IP Helper functions, with the layout of 64-bit Windows.

#![allow(non_snake_case, missing_docs, reason = "the names are Windows' own; their pages say what they mean")]
#![allow(non_camel_case_types, reason = "C's names")]

use std::ffi::c_void;

use crate::ffi::types::{DWORD, GUID, WCHAR};

/// A socket address and its length.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct SOCKET_ADDRESS {
    pub lpSockaddr: *mut c_void,
    pub iSockaddrLength: i32,
}

/// An address of an adapter.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct IP_ADAPTER_UNICAST_ADDRESS {
    pub Length: u32,
    pub Flags: DWORD,
    pub Next: *mut Self,
    pub Address: SOCKET_ADDRESS,
    pub PrefixOrigin: i32,
    pub SuffixOrigin: i32,
    pub DadState: i32,
    pub ValidLifetime: u32,
    pub PreferredLifetime: u32,
    pub LeaseLifetime: u32,
    pub OnLinkPrefixLength: u8,
}

/// A name server or a router.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct IP_ADAPTER_DNS_SERVER_ADDRESS {
    pub Length: u32,
    pub Reserved: DWORD,
    pub Next: *mut Self,
    pub Address: SOCKET_ADDRESS,
}

/// A network that an adapter is in.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct IP_ADAPTER_PREFIX {
    pub Length: u32,
    pub Flags: DWORD,
    pub Next: *mut Self,
    pub Address: SOCKET_ADDRESS,
    pub PrefixLength: u32,
}

/// An adapter: 448 bytes.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct IP_ADAPTER_ADDRESSES {
    pub Length: u32,
    pub IfIndex: DWORD,
    pub Next: *mut Self,
    pub AdapterName: *mut u8,
    pub FirstUnicastAddress: *mut IP_ADAPTER_UNICAST_ADDRESS,
    pub FirstAnycastAddress: *mut c_void,
    pub FirstMulticastAddress: *mut c_void,
    pub FirstDnsServerAddress: *mut IP_ADAPTER_DNS_SERVER_ADDRESS,
    pub DnsSuffix: *mut WCHAR,
    pub Description: *mut WCHAR,
    pub FriendlyName: *mut WCHAR,
    pub PhysicalAddress: [u8; 8],
    pub PhysicalAddressLength: u32,
    pub Flags: u32,
    pub Mtu: u32,
    pub IfType: u32,
    pub OperStatus: i32,
    pub Ipv6IfIndex: u32,
    pub ZoneIndices: [u32; 16],
    pub FirstPrefix: *mut IP_ADAPTER_PREFIX,
    pub TransmitLinkSpeed: u64,
    pub ReceiveLinkSpeed: u64,
    pub FirstWinsServerAddress: *mut c_void,
    pub FirstGatewayAddress: *mut IP_ADAPTER_DNS_SERVER_ADDRESS,
    pub Ipv4Metric: u32,
    pub Ipv6Metric: u32,
    pub Luid: u64,
    pub Dhcpv4Server: SOCKET_ADDRESS,
    pub CompartmentId: u32,
    pub NetworkGuid: GUID,
    pub ConnectionType: i32,
    pub TunnelType: i32,
    pub Dhcpv6Server: SOCKET_ADDRESS,
    pub Dhcpv6ClientDuid: [u8; 130],
    pub Dhcpv6ClientDuidLength: u32,
    pub Dhcpv6Iaid: u32,
    pub FirstDnsSuffix: *mut c_void,
}

/// An address of IPv4 and its mask, as texts.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct IP_ADDR_STRING {
    pub Next: *mut Self,
    pub IpAddress: [u8; 16],
    pub IpMask: [u8; 16],
    pub Context: DWORD,
}

/// An adapter with IPv4: 704 bytes.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct IP_ADAPTER_INFO {
    pub Next: *mut Self,
    pub ComboIndex: DWORD,
    pub AdapterName: [u8; 260],
    pub Description: [u8; 132],
    pub AddressLength: u32,
    pub Address: [u8; 8],
    pub Index: DWORD,
    pub Type: u32,
    pub DhcpEnabled: u32,
    pub CurrentIpAddress: *mut IP_ADDR_STRING,
    pub IpAddressList: IP_ADDR_STRING,
    pub GatewayList: IP_ADDR_STRING,
    pub DhcpServer: IP_ADDR_STRING,
    pub HaveWins: i32,
    pub PrimaryWinsServer: IP_ADDR_STRING,
    pub SecondaryWinsServer: IP_ADDR_STRING,
    pub LeaseObtained: i64,
    pub LeaseExpires: i64,
}

/// An address of IPv4 in a table.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct MIB_IPADDRROW {
    pub dwAddr: DWORD,
    pub dwIndex: DWORD,
    pub dwMask: DWORD,
    pub dwBCastAddr: DWORD,
    pub dwReasmSize: DWORD,
    pub unused1: u16,
    pub wType: u16,
}

/// The table: a count, and as many lines.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct MIB_IPADDRTABLE {
    pub dwNumEntries: DWORD,
    pub table: [MIB_IPADDRROW; 1],
}

/// An adapter's kind and number in 64 bits.
pub type NET_LUID = u64;
/// An adapter's number.
pub type NET_IFINDEX = u32;

const _: () = {
    assert!(size_of::<IP_ADAPTER_UNICAST_ADDRESS>() == 64);
    assert!(size_of::<IP_ADAPTER_DNS_SERVER_ADDRESS>() == 32);
    assert!(size_of::<IP_ADAPTER_PREFIX>() == 40);
    assert!(size_of::<IP_ADAPTER_ADDRESSES>() == 448);
    assert!(size_of::<IP_ADAPTER_INFO>() == 704);
    assert!(size_of::<MIB_IPADDRROW>() == 24);
};

/// What the header of IP says of an echo request or reply.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct IP_OPTION_INFORMATION {
    pub Ttl: u8,
    pub Tos: u8,
    pub Flags: u8,
    pub OptionsSize: u8,
    pub OptionsData: *mut u8,
}

/// A reply to an echo request.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct ICMP_ECHO_REPLY {
    pub Address: u32,
    pub Status: u32,
    pub RoundTripTime: u32,
    pub DataSize: u16,
    pub Reserved: u16,
    pub Data: *mut c_void,
    pub Options: IP_OPTION_INFORMATION,
}

/// An address of this machine.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct MIB_UNICASTIPADDRESS_ROW {
    pub Address: [u8; 28],
    pub InterfaceLuid: NET_LUID,
    pub InterfaceIndex: u32,
    pub PrefixOrigin: u32,
    pub SuffixOrigin: u32,
    pub ValidLifetime: u32,
    pub PreferredLifetime: u32,
    pub OnLinkPrefixLength: u8,
    pub SkipAsSource: u8,
    pub DadState: u32,
    pub ScopeId: u32,
    pub CreationTimeStamp: i64,
}

/// All of them.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct MIB_UNICASTIPADDRESS_TABLE {
    pub NumEntries: u32,
    pub Table: [MIB_UNICASTIPADDRESS_ROW; 1],
}
const _: () = assert!(size_of::<MIB_UNICASTIPADDRESS_ROW>() == 80 && size_of::<ICMP_ECHO_REPLY>() == 40);

/// An adapter with what it has counted: 860 bytes.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct MIB_IFROW {
    pub wszName: [u16; 256],
    pub dwIndex: DWORD,
    pub dwType: DWORD,
    pub dwMtu: DWORD,
    pub dwSpeed: DWORD,
    pub dwPhysAddrLen: DWORD,
    pub bPhysAddr: [u8; 8],
    pub dwAdminStatus: DWORD,
    pub dwOperStatus: DWORD,
    pub dwLastChange: DWORD,
    pub dwInOctets: DWORD,
    pub dwInUcastPkts: DWORD,
    pub dwInNUcastPkts: DWORD,
    pub dwInDiscards: DWORD,
    pub dwInErrors: DWORD,
    pub dwInUnknownProtos: DWORD,
    pub dwOutOctets: DWORD,
    pub dwOutUcastPkts: DWORD,
    pub dwOutNUcastPkts: DWORD,
    pub dwOutDiscards: DWORD,
    pub dwOutErrors: DWORD,
    pub dwOutQLen: DWORD,
    pub dwDescrLen: DWORD,
    pub bDescr: [u8; 256],
}

/// A route.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct MIB_IPFORWARDROW {
    pub dwForwardDest: DWORD,
    pub dwForwardMask: DWORD,
    pub dwForwardPolicy: DWORD,
    pub dwForwardNextHop: DWORD,
    pub dwForwardIfIndex: DWORD,
    pub dwForwardType: DWORD,
    pub dwForwardProto: DWORD,
    pub dwForwardAge: DWORD,
    pub dwForwardNextHopAS: DWORD,
    pub dwForwardMetric1: DWORD,
    pub dwForwardMetric2: DWORD,
    pub dwForwardMetric3: DWORD,
    pub dwForwardMetric4: DWORD,
    pub dwForwardMetric5: DWORD,
}

/// A connection or a listener.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct MIB_TCPROW {
    pub dwState: DWORD,
    pub dwLocalAddr: DWORD,
    pub dwLocalPort: DWORD,
    pub dwRemoteAddr: DWORD,
    pub dwRemotePort: DWORD,
}

/// A port that is bound.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct MIB_UDPROW {
    pub dwLocalAddr: DWORD,
    pub dwLocalPort: DWORD,
}

/// The table: a count, and as many lines.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct MIB_IFTABLE {
    pub dwNumEntries: DWORD,
    pub table: [MIB_IFROW; 1],
}

/// The table: a count, and as many lines.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct MIB_IPFORWARDTABLE {
    pub dwNumEntries: DWORD,
    pub table: [MIB_IPFORWARDROW; 1],
}

/// The table: a count, and as many lines.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct MIB_TCPTABLE {
    pub dwNumEntries: DWORD,
    pub table: [MIB_TCPROW; 1],
}

/// The table: a count, and as many lines.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct MIB_UDPTABLE {
    pub dwNumEntries: DWORD,
    pub table: [MIB_UDPROW; 1],
}

/// What the machine is for its network.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct FIXED_INFO {
    pub HostName: [u8; 132],
    pub DomainName: [u8; 132],
    pub CurrentDnsServer: *mut IP_ADDR_STRING,
    pub DnsServerList: IP_ADDR_STRING,
    pub NodeType: u32,
    pub ScopeId: [u8; 260],
    pub EnableRouting: u32,
    pub EnableProxy: u32,
    pub EnableDns: u32,
}
const _: () = {
    assert!(size_of::<MIB_IFROW>() == 860 && size_of::<MIB_IPFORWARDROW>() == 56);
    assert!(size_of::<MIB_TCPROW>() == 20 && size_of::<MIB_UDPROW>() == 8 && size_of::<FIXED_INFO>() == 600);
};
