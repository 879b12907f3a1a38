/* The numbers that all of Winsock shares: families, types, protocols, ports, options of SOL_SOCKET, addresses. */
#ifndef WS2_WS2DEF_H
#define WS2_WS2DEF_H

#include "ws2_types.h"

/* Address families. */
#define AF_UNSPEC     0
#define AF_UNIX       1
#define AF_INET       2
#define AF_IMPLINK    3
#define AF_PUP        4
#define AF_CHAOS      5
#define AF_IPX        6
#define AF_NS         6
#define AF_ISO        7
#define AF_OSI        7
#define AF_ECMA       8
#define AF_DATAKIT    9
#define AF_CCITT      10
#define AF_SNA        11
#define AF_DECnet     12
#define AF_DLI        13
#define AF_LAT        14
#define AF_HYLINK     15
#define AF_APPLETALK  16
#define AF_NETBIOS    17
#define AF_VOICEVIEW  18
#define AF_FIREFOX    19
#define AF_UNKNOWN1   20
#define AF_BAN        21
#define AF_ATM        22
#define AF_INET6      23
#define AF_CLUSTER    24
#define AF_12844      25
#define AF_IRDA       26
#define AF_NETDES     28
#define AF_TCNPROCESS 29
#define AF_TCNMESSAGE 30
#define AF_ICLFXBM    31
#define AF_BTH        32
#define AF_LINK       33
#define AF_HYPERV     34
#define AF_MAX        29 /* as Windows XP had it; never to be tested against */

/* Protocol families: the same numbers. */
#define PF_UNSPEC    0
#define PF_UNIX      1
#define PF_INET      2
#define PF_IMPLINK   3
#define PF_PUP       4
#define PF_CHAOS     5
#define PF_IPX       6
#define PF_NS        6
#define PF_ISO       7
#define PF_OSI       7
#define PF_ECMA      8
#define PF_DATAKIT   9
#define PF_CCITT     10
#define PF_SNA       11
#define PF_DECnet    12
#define PF_DLI       13
#define PF_LAT       14
#define PF_HYLINK    15
#define PF_APPLETALK 16
#define PF_VOICEVIEW 18
#define PF_FIREFOX   19
#define PF_NETBIOS   17
#define PF_UNKNOWN1  20
#define PF_BAN       21
#define PF_ATM       22
#define PF_INET6     23
#define PF_IRDA      26
#define PF_BTH       32
#define PF_HYPERV    34
#define PF_MAX       AF_MAX

/* Types of sockets. */
#define SOCK_STREAM    1
#define SOCK_DGRAM     2
#define SOCK_RAW       3
#define SOCK_RDM       4
#define SOCK_SEQPACKET 5

/* Levels of options. */
#define SOL_SOCKET 0xFFFF
#define SOL_IP     0xFFFB
#define SOL_IPV6   0xFFFA

/* Options of SOL_SOCKET. */
#define SO_DEBUG               0x0001
#define SO_ACCEPTCONN          0x0002
#define SO_REUSEADDR           0x0004
#define SO_KEEPALIVE           0x0008
#define SO_DONTROUTE           0x0010
#define SO_BROADCAST           0x0020
#define SO_USELOOPBACK         0x0040
#define SO_LINGER              0x0080
#define SO_OOBINLINE           0x0100
#define SO_DONTLINGER          ((int)~SO_LINGER)
#define SO_EXCLUSIVEADDRUSE    ((int)~SO_REUSEADDR)
#define SO_SNDBUF              0x1001
#define SO_RCVBUF              0x1002
#define SO_SNDLOWAT            0x1003
#define SO_RCVLOWAT            0x1004
#define SO_SNDTIMEO            0x1005
#define SO_RCVTIMEO            0x1006
#define SO_ERROR               0x1007
#define SO_TYPE                0x1008
#define SO_BSP_STATE           0x1009
#define SO_GROUP_ID            0x2001
#define SO_GROUP_PRIORITY      0x2002
#define SO_MAX_MSG_SIZE        0x2003
#define SO_PROTOCOL_INFOA      0x2004
#define SO_PROTOCOL_INFOW      0x2005
#define SO_PROTOCOL_INFO WS2_WIDTH(SO_PROTOCOL_INFO)
#define SO_CONDITIONAL_ACCEPT  0x3002
#define SO_PAUSE_ACCEPT        0x3003
#define SO_COMPARTMENT_ID      0x3004
#define SO_RANDOMIZE_PORT      0x3005
#define SO_PORT_SCALABILITY    0x3006
#define SO_REUSE_UNICASTPORT   0x3007
#define SO_REUSE_MULTICASTPORT 0x3008
#define SO_TIMESTAMP           0x300A
#define SO_TIMESTAMP_ID        0x300B
#define SO_ORIGINAL_DST        0x300F
#define WSK_SO_BASE            0x4000

/* Protocols. */
#define IPPROTO_HOPOPTS               0
#define IPPROTO_IP                    0
#define IPPROTO_ICMP                  1
#define IPPROTO_IGMP                  2
#define IPPROTO_GGP                   3
#define IPPROTO_IPV4                  4
#define IPPROTO_ST                    5
#define IPPROTO_TCP                   6
#define IPPROTO_CBT                   7
#define IPPROTO_EGP                   8
#define IPPROTO_IGP                   9
#define IPPROTO_PUP                   12
#define IPPROTO_UDP                   17
#define IPPROTO_IDP                   22
#define IPPROTO_RDP                   27
#define IPPROTO_IPV6                  41
#define IPPROTO_ROUTING               43
#define IPPROTO_FRAGMENT              44
#define IPPROTO_ESP                   50
#define IPPROTO_AH                    51
#define IPPROTO_ICMPV6                58
#define IPPROTO_NONE                  59
#define IPPROTO_DSTOPTS               60
#define IPPROTO_ND                    77
#define IPPROTO_ICLFXBM               78
#define IPPROTO_PIM                   103
#define IPPROTO_PGM                   113
#define IPPROTO_RM                    113
#define IPPROTO_L2TP                  115
#define IPPROTO_SCTP                  132
#define IPPROTO_RAW                   255
#define IPPROTO_MAX                   256
#define IPPROTO_RESERVED_RAW          257
#define IPPROTO_RESERVED_IPSEC        258
#define IPPROTO_RESERVED_IPSECOFFLOAD 259
#define IPPROTO_RESERVED_WNV          260
#define IPPROTO_RESERVED_MAX          261

/* Well-known ports. */
#define IPPORT_TCPMUX         1
#define IPPORT_ECHO           7
#define IPPORT_DISCARD        9
#define IPPORT_SYSTAT         11
#define IPPORT_DAYTIME        13
#define IPPORT_NETSTAT        15
#define IPPORT_QOTD           17
#define IPPORT_MSP            18
#define IPPORT_CHARGEN        19
#define IPPORT_FTP_DATA       20
#define IPPORT_FTP            21
#define IPPORT_TELNET         23
#define IPPORT_SMTP           25
#define IPPORT_TIMESERVER     37
#define IPPORT_NAMESERVER     42
#define IPPORT_WHOIS          43
#define IPPORT_MTP            57
#define IPPORT_TFTP           69
#define IPPORT_RJE            77
#define IPPORT_FINGER         79
#define IPPORT_TTYLINK        87
#define IPPORT_SUPDUP         95
#define IPPORT_POP3           110
#define IPPORT_NTP            123
#define IPPORT_EPMAP          135
#define IPPORT_NETBIOS_NS     137
#define IPPORT_NETBIOS_DGM    138
#define IPPORT_NETBIOS_SSN    139
#define IPPORT_IMAP           143
#define IPPORT_SNMP           161
#define IPPORT_SNMP_TRAP      162
#define IPPORT_IMAP3          220
#define IPPORT_LDAP           389
#define IPPORT_HTTPS          443
#define IPPORT_MICROSOFT_DS   445
#define IPPORT_BIFFUDP        512
#define IPPORT_EXECSERVER     512
#define IPPORT_LOGINSERVER    513
#define IPPORT_WHOSERVER      513
#define IPPORT_CMDSERVER      514
#define IPPORT_EFSSERVER      520
#define IPPORT_ROUTESERVER    520
#define IPPORT_REGISTERED_MIN 1024
#define IPPORT_RESERVED       1024
#define IPPORT_REGISTERED_MAX 49151
#define IPPORT_DYNAMIC_MIN    49152
#define IPPORT_DYNAMIC_MAX    65535

/* Numbers of IMP links. */
#define IMPLINK_IP        155
#define IMPLINK_LOWEXPER  156
#define IMPLINK_HIGHEXPER 158

/* Classes of IPv4 addresses, in host byte order. */
#define IN_CLASSA_NSHIFT 24
#define IN_CLASSA_MAX    128
#define IN_CLASSA_HOST   0xFFFFFF
#define IN_CLASSA_NET    0xFF000000u
#define IN_CLASSB_NSHIFT 16
#define IN_CLASSB_HOST   0xFFFF
#define IN_CLASSB_MAX    65536
#define IN_CLASSB_NET    0xFFFF0000u
#define IN_CLASSC_NSHIFT 8
#define IN_CLASSC_HOST   0xFF
#define IN_CLASSC_NET    0xFFFFFF00u
#define IN_CLASSD_NSHIFT 28
#define IN_CLASSD_HOST   0xFFFFFFF
#define IN_CLASSD_NET    0xF0000000u
#define IN_CLASSA(address)  (((ULONG)(address) & 0x80000000u) == 0)
#define IN_CLASSB(address)  (((ULONG)(address) & 0xC0000000u) == 0x80000000u)
#define IN_CLASSC(address)  (((ULONG)(address) & 0xE0000000u) == 0xC0000000u)
#define IN_CLASSD(address)  (((ULONG)(address) & 0xF0000000u) == 0xE0000000u)
#define IN_MULTICAST(address) IN_CLASSD(address)

/* IPv4 addresses, in host byte order. */
#define ADDR_ANY         INADDR_ANY
#define INADDR_ANY       0x00000000
#define INADDR_LOOPBACK  0x7F000001
#define INADDR_BROADCAST 0xFFFFFFFFu
#define INADDR_NONE      0xFFFFFFFFu

/* IPv4 prefixes; IPv4 addresses in network byte order. */
#define IN4ADDR_MULTICASTPREFIX_LENGTH 4
#define IN4ADDR_LOOPBACKPREFIX_LENGTH  8
#define IN4ADDR_LINKLOCALPREFIX_LENGTH 16
#define IN4ADDR_ANY                    0x00000000
#define IN4ADDR_LOOPBACK               0x0100007F
#define IN4ADDR_BROADCAST              0xFFFFFFFFu

/* IPv6 prefixes. */
#define IN6ADDR_MULTICASTPREFIX_LENGTH              8
#define IN6_EMBEDDEDV4_BITS_IN_BYTE                 8
#define IN6_EMBEDDEDV4_UOCTET_POSITION              8
#define IN6ADDR_6TO4PREFIX_LENGTH                   16
#define IN6ADDR_TEREDOPREFIX_LENGTH                 32
#define IN6ADDR_LINKLOCALPREFIX_LENGTH              64
#define IN6ADDR_V4MAPPEDPREFIX_LENGTH               96
#define IN6ADDR_SOLICITEDNODEMULTICASTPREFIX_LENGTH 104

/* getaddrinfo: hints. */
#define AI_PASSIVE                  0x00000001
#define AI_CANONNAME                0x00000002
#define AI_NUMERICHOST              0x00000004
#define AI_NUMERICSERV              0x00000008
#define AI_DNS_ONLY                 0x00000010
#define AI_FORCE_CLEAR_TEXT         0x00000020
#define AI_BYPASS_DNS_CACHE         0x00000040
#define AI_RETURN_TTL               0x00000080
#define AI_ALL                      0x00000100
#define AI_ADDRCONFIG               0x00000400
#define AI_V4MAPPED                 0x00000800
#define AI_NON_AUTHORITATIVE        0x00004000
#define AI_SECURE                   0x00008000
#define AI_RETURN_PREFERRED_NAMES   0x00010000
#define AI_FQDN                     0x00020000
#define AI_FILESERVER               0x00040000
#define AI_DISABLE_IDN_ENCODING     0x00080000
#define AI_SECURE_WITH_FALLBACK     0x00100000
#define AI_EXCLUSIVE_CUSTOM_SERVERS 0x00200000
#define AI_RETURN_RESPONSE_FLAGS    0x10000000
#define AI_REQUIRE_SECURE           0x20000000
#define AI_RESOLUTION_HANDLE        0x40000000
#define AI_EXTENDED                 0x80000000u

/* GetAddrInfoEx: DNS servers. */
#define AI_DNS_RESPONSE_SECURE     0x1
#define AI_DNS_SERVER_TYPE_UDP     0x1
#define AI_DNS_SERVER_UDP_FALLBACK 0x1
#define AI_DNS_RESPONSE_HOSTFILE   0x2
#define AI_DNS_SERVER_TYPE_DOH     0x2


/* Names of types. */
typedef int IPPROTO;

#ifdef UNICODE
typedef ADDRINFOW ADDRINFOT, *PADDRINFOT;
#else
typedef ADDRINFOA ADDRINFOT, *PADDRINFOT;
#endif

typedef const SOCKADDR         *PCSOCKADDR;
typedef const SOCKADDR_STORAGE *PCSOCKADDR_STORAGE;

/* How far a multicast address reaches: the Level of a SCOPE_ID. */
typedef enum _SCOPE_LEVEL {
    ScopeLevelInterface    = 1,
    ScopeLevelLink         = 2,
    ScopeLevelSubnet       = 3,
    ScopeLevelAdmin        = 4,
    ScopeLevelSite         = 5,
    ScopeLevelOrganization = 8,
    ScopeLevelGlobal       = 14,
    ScopeLevelCount        = 16
} SCOPE_LEVEL;

#define SCOPEID_UNSPECIFIED_INIT { { { 0, 0 } } }

/* Control data of WSASendMsg and WSARecvMsg: a header, then data, each at an address for any type. */
#define WSA_CMSGHDR_ALIGN(length)  (((length) + 7) & ~(SIZE_T)7)
#define WSA_CMSGDATA_ALIGN(length) (((length) + 7) & ~(SIZE_T)7)
#define WSA_CMSG_DATA(header)      ((UCHAR *)(header) + WSA_CMSGDATA_ALIGN(sizeof(WSACMSGHDR)))
#define WSA_CMSG_SPACE(length)     (WSA_CMSGDATA_ALIGN(sizeof(WSACMSGHDR)) + WSA_CMSGHDR_ALIGN((SIZE_T)(length)))
#define WSA_CMSG_LEN(length)       (WSA_CMSGDATA_ALIGN(sizeof(WSACMSGHDR)) + (SIZE_T)(length))
#define WSA_CMSG_FIRSTHDR(message) \
    ((message)->Control.len >= sizeof(WSACMSGHDR) ? (LPWSACMSGHDR)(void *)(message)->Control.buf : (LPWSACMSGHDR)0)
#define WSA_CMSG_NXTHDR(message, header) ws2_next_header((message), (header))

#define CMSG_DATA     WSA_CMSG_DATA
#define CMSG_SPACE    WSA_CMSG_SPACE
#define CMSG_LEN      WSA_CMSG_LEN
#define CMSG_FIRSTHDR WSA_CMSG_FIRSTHDR
#define CMSG_NXTHDR   WSA_CMSG_NXTHDR

static __inline__ LPWSACMSGHDR ws2_next_header(const WSAMSG *message, LPWSACMSGHDR header)
{
    UCHAR *end = (UCHAR *)message->Control.buf + message->Control.len;
    UCHAR *next;

    if (header == NULL)
        return WSA_CMSG_FIRSTHDR(message);
    next = (UCHAR *)header + WSA_CMSGHDR_ALIGN(header->cmsg_len);
    return next + sizeof(WSACMSGHDR) > end ? NULL : (LPWSACMSGHDR)(void *)next;
}

#endif
