//! Windows' numbers of levels, options and commands.

#![allow(missing_docs, reason = "the names are Windows' own; their pages say what they mean")]

/// Makes constants, and a list of them for the test that compares them with Windows'.
macro_rules! numbers {
    ($($name:ident = $value:expr;)+) => {
        $(pub const $name: i32 = $value;)+
        /// Every number here with its name.
        pub const ALL: &[(&str, i32)] = &[$((stringify!($name), $name),)+];
    };
}

numbers! {
    SOL_SOCKET = 0xffff;
    IPPROTO_IP = 0;
    IPPROTO_TCP = 6;
    IPPROTO_UDP = 17;
    IPPROTO_IPV6 = 41;

    SO_DEBUG = 0x1;
    SO_ACCEPTCONN = 0x2;
    SO_REUSEADDR = 0x4;
    SO_EXCLUSIVEADDRUSE = !0x4;
    SO_KEEPALIVE = 0x8;
    SO_DONTROUTE = 0x10;
    SO_BROADCAST = 0x20;
    SO_LINGER = 0x80;
    SO_DONTLINGER = !0x80;
    SO_OOBINLINE = 0x100;
    SO_SNDBUF = 0x1001;
    SO_RCVBUF = 0x1002;
    SO_SNDTIMEO = 0x1005;
    SO_RCVTIMEO = 0x1006;
    SO_ERROR = 0x1007;
    SO_TYPE = 0x1008;
    SO_BSP_STATE = 0x1009;
    SO_MAX_MSG_SIZE = 0x2003;
    SO_PROTOCOL_INFOA = 0x2004;
    SO_PROTOCOL_INFOW = 0x2005;
    SO_CONDITIONAL_ACCEPT = 0x3002;
    SO_COMPARTMENT_ID = 0x3004;
    SO_RANDOMIZE_PORT = 0x3005;
    SO_PORT_SCALABILITY = 0x3006;
    SO_REUSE_UNICASTPORT = 0x3007;
    SO_OPENTYPE = 0x7008;
    SO_UPDATE_ACCEPT_CONTEXT = 0x700b;
    SO_CONNECT_TIME = 0x700c;
    SO_UPDATE_CONNECT_CONTEXT = 0x7010;

    TCP_NODELAY = 1;
    TCP_EXPEDITED_1122 = 2;
    TCP_KEEPIDLE = 3;
    TCP_MAXSEG = 4;
    TCP_MAXRT = 5;
    TCP_OFFLOAD_PREFERENCE = 11;
    TCP_MAXRTMS = 14;
    TCP_FASTOPEN = 15;
    TCP_KEEPCNT = 16;
    TCP_KEEPINTVL = 17;
    TCP_FAIL_CONNECT_ON_ICMP_ERROR = 18;
    TCP_ICMP_ERROR_INFO = 19;

    UDP_NOCHECKSUM = 1;
    UDP_SEND_MSG_SIZE = 2;
    UDP_RECV_MAX_COALESCED_SIZE = 3;

    IP_OPTIONS = 1;
    IP_HDRINCL = 2;
    IP_TOS = 3;
    IP_TTL = 4;
    IP_MULTICAST_IF = 9;
    IP_MULTICAST_TTL = 10;
    IP_MULTICAST_LOOP = 11;
    IP_ADD_MEMBERSHIP = 12;
    IP_DROP_MEMBERSHIP = 13;
    IP_DONTFRAGMENT = 14;
    IP_ADD_SOURCE_MEMBERSHIP = 15;
    IP_DROP_SOURCE_MEMBERSHIP = 16;
    IP_BLOCK_SOURCE = 17;
    IP_UNBLOCK_SOURCE = 18;
    IP_PKTINFO = 19;
    IP_RECVTTL = 21;
    IP_RECEIVE_BROADCAST = 22;
    IP_PROTECTION_LEVEL = 23;
    IP_RECVIF = 24;
    IP_RECVDSTADDR = 25;
    IP_IFLIST = 28;
    IP_ADD_IFLIST = 29;
    IP_DEL_IFLIST = 30;
    IP_UNICAST_IF = 31;
    IP_GET_IFLIST = 33;
    IP_RECVTOS = 40;
    IP_ECN = 50;
    IP_MTU_DISCOVER = 71;
    IP_MTU = 73;
    IP_USER_MTU = 76;

    IPV6_HDRINCL = 2;
    IPV6_UNICAST_HOPS = 4;
    IPV6_MULTICAST_IF = 9;
    IPV6_MULTICAST_HOPS = 10;
    IPV6_MULTICAST_LOOP = 11;
    IPV6_ADD_MEMBERSHIP = 12;
    IPV6_DROP_MEMBERSHIP = 13;
    IPV6_DONTFRAG = 14;
    IPV6_PKTINFO = 19;
    IPV6_HOPLIMIT = 21;
    IPV6_PROTECTION_LEVEL = 23;
    IPV6_RECVIF = 24;
    IPV6_RECVDSTADDR = 25;
    IPV6_IFLIST = 28;
    IPV6_ADD_IFLIST = 29;
    IPV6_DEL_IFLIST = 30;
    IPV6_CHECKSUM = 26;
    IPV6_V6ONLY = 27;
    IPV6_UNICAST_IF = 31;
    IPV6_GET_IFLIST = 33;
    IPV6_TCLASS = 39;
    IPV6_RECVTCLASS = 40;
    IPV6_ECN = 50;
    IPV6_MTU_DISCOVER = 71;
    IPV6_MTU = 72;
    IPV6_USER_MTU = 76;

    MCAST_JOIN_GROUP = 41;
    MCAST_LEAVE_GROUP = 42;
    MCAST_BLOCK_SOURCE = 43;
    MCAST_UNBLOCK_SOURCE = 44;
    MCAST_JOIN_SOURCE_GROUP = 45;
    MCAST_LEAVE_SOURCE_GROUP = 46;

    FIONBIO = 0x8004_667e_u32.cast_signed();
    FIONREAD = 0x4004_667f;
    SIOCATMARK = 0x4004_7307;
    SIO_GET_EXTENSION_FUNCTION_POINTER = 0xc800_0006_u32.cast_signed();
    SIO_GET_BROADCAST_ADDRESS = 0x4800_0005;
    SIO_ROUTING_INTERFACE_QUERY = 0xc800_0014_u32.cast_signed();
    SIO_BASE_HANDLE = 0x4800_0022;
    SIO_BSP_HANDLE = 0x4800_001b;
    SIO_BSP_HANDLE_SELECT = 0x4800_001c;
    SIO_BSP_HANDLE_POLL = 0x4800_001d;
    SIO_ADDRESS_LIST_QUERY = 0x4800_0016;
    SIO_ADDRESS_LIST_CHANGE = 0x2800_0017;
    SIO_ROUTING_INTERFACE_CHANGE = 0x8800_0015_u32.cast_signed();
    SIO_MULTIPOINT_LOOPBACK = 0x8800_0009_u32.cast_signed();
    SIO_MULTICAST_SCOPE = 0x8800_000a_u32.cast_signed();
    SIO_ENABLE_CIRCULAR_QUEUEING = 0x2800_0002;
    SIO_KEEPALIVE_VALS = 0x9800_0004_u32.cast_signed();
    SIO_UDP_CONNRESET = 0x9800_000c_u32.cast_signed();
    SIO_TCP_INITIAL_RTO = 0x9800_0011_u32.cast_signed();
    SIO_TCP_INFO = 0xd800_0027_u32.cast_signed();
    SIO_AF_UNIX_GETPEERPID = 0x5800_0100;
    SIO_UDP_NETRESET = 0x9800_000f_u32.cast_signed();
    SIO_LOOPBACK_FAST_PATH = 0x9800_0010_u32.cast_signed();
}

/// In `ws2ipdef.h` and not in the list above, since the oracle does not have it: `_IOR('t', 127, u_long)`.
pub const SIO_GET_INTERFACE_LIST: i32 = 0x4004_747f;

/// Likewise in `ws2ipdef.h`: `_IOR('t', 123, ULONG)`.
pub const SIO_IDEAL_SEND_BACKLOG_QUERY: i32 = 0x4004_747b;
