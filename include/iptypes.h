/* The structures of the IP Helper functions. */
#ifndef WS2_IPTYPES_H
#define WS2_IPTYPES_H


#include "winsock2.h"

#define MAX_ADAPTER_DESCRIPTION_LENGTH 128
#define IF_MAX_STRING_SIZE             256
#define IF_MAX_PHYS_ADDRESS_LENGTH     32
#define MAX_ADAPTER_NAME_LENGTH        256
#define MAX_ADAPTER_ADDRESS_LENGTH     8
#define MAX_DHCPV6_DUID_LENGTH         130
#define MAX_DNS_SUFFIX_STRING_LENGTH   256
#define MAX_HOSTNAME_LEN               128

#define MIB_IF_TYPE_OTHER     1
#define MIB_IF_TYPE_ETHERNET  6
#define MIB_IF_TYPE_TOKENRING 9
#define MIB_IF_TYPE_FDDI      15
#define MIB_IF_TYPE_PPP       23
#define MIB_IF_TYPE_LOOPBACK  24
#define MIB_IF_TYPE_SLIP      28
#define IF_TYPE_OTHER             1
#define IF_TYPE_ETHERNET_CSMACD   6
#define IF_TYPE_PPP               23
#define IF_TYPE_SOFTWARE_LOOPBACK 24
#define IF_TYPE_IEEE80211         71
#define IF_TYPE_TUNNEL            131

#define GAA_FLAG_SKIP_UNICAST           0x0001
#define GAA_FLAG_SKIP_ANYCAST           0x0002
#define GAA_FLAG_SKIP_MULTICAST         0x0004
#define GAA_FLAG_SKIP_DNS_SERVER        0x0008
#define GAA_FLAG_INCLUDE_PREFIX         0x0010
#define GAA_FLAG_SKIP_FRIENDLY_NAME     0x0020
#define GAA_FLAG_INCLUDE_WINS_INFO      0x0040
#define GAA_FLAG_INCLUDE_GATEWAYS       0x0080
#define GAA_FLAG_INCLUDE_ALL_INTERFACES 0x0100

#define IP_ADAPTER_DDNS_ENABLED 0x0001
#define IP_ADAPTER_DHCP_ENABLED 0x0004
#define IP_ADAPTER_NO_MULTICAST 0x0010
#define IP_ADAPTER_IPV4_ENABLED 0x0080
#define IP_ADAPTER_IPV6_ENABLED 0x0100


#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
    IpPrefixOriginOther = 0,
    IpPrefixOriginManual,
    IpPrefixOriginWellKnown,
    IpPrefixOriginDhcp,
    IpPrefixOriginRouterAdvertisement
} NL_PREFIX_ORIGIN, IP_PREFIX_ORIGIN;

typedef enum {
    IpSuffixOriginOther = 0,
    IpSuffixOriginManual,
    IpSuffixOriginWellKnown,
    IpSuffixOriginDhcp,
    IpSuffixOriginLinkLayerAddress,
    IpSuffixOriginRandom
} NL_SUFFIX_ORIGIN, IP_SUFFIX_ORIGIN;

typedef enum {
    IpDadStateInvalid = 0,
    IpDadStateTentative,
    IpDadStateDuplicate,
    IpDadStateDeprecated,
    IpDadStatePreferred
} NL_DAD_STATE, IP_DAD_STATE;

typedef enum {
    IfOperStatusUp = 1,
    IfOperStatusDown,
    IfOperStatusTesting,
    IfOperStatusUnknown,
    IfOperStatusDormant,
    IfOperStatusNotPresent,
    IfOperStatusLowerLayerDown
} IF_OPER_STATUS;

typedef struct _IP_ADAPTER_UNICAST_ADDRESS_LH {
    ULONG                                  Length;
    DWORD                                  Flags;
    struct _IP_ADAPTER_UNICAST_ADDRESS_LH *Next;
    SOCKET_ADDRESS                         Address;
    IP_PREFIX_ORIGIN                       PrefixOrigin;
    IP_SUFFIX_ORIGIN                       SuffixOrigin;
    IP_DAD_STATE                           DadState;
    ULONG                                  ValidLifetime;
    ULONG                                  PreferredLifetime;
    ULONG                                  LeaseLifetime;
    UINT8                                  OnLinkPrefixLength;
} IP_ADAPTER_UNICAST_ADDRESS_LH, *PIP_ADAPTER_UNICAST_ADDRESS_LH, IP_ADAPTER_UNICAST_ADDRESS,
    *PIP_ADAPTER_UNICAST_ADDRESS;

typedef struct _IP_ADAPTER_ANYCAST_ADDRESS_XP {
    ULONG                                  Length;
    DWORD                                  Flags;
    struct _IP_ADAPTER_ANYCAST_ADDRESS_XP *Next;
    SOCKET_ADDRESS                         Address;
} IP_ADAPTER_ANYCAST_ADDRESS, *PIP_ADAPTER_ANYCAST_ADDRESS;

typedef struct _IP_ADAPTER_MULTICAST_ADDRESS_XP {
    ULONG                                    Length;
    DWORD                                    Flags;
    struct _IP_ADAPTER_MULTICAST_ADDRESS_XP *Next;
    SOCKET_ADDRESS                           Address;
} IP_ADAPTER_MULTICAST_ADDRESS, *PIP_ADAPTER_MULTICAST_ADDRESS;

typedef struct _IP_ADAPTER_DNS_SERVER_ADDRESS_XP {
    ULONG                                     Length;
    DWORD                                     Reserved;
    struct _IP_ADAPTER_DNS_SERVER_ADDRESS_XP *Next;
    SOCKET_ADDRESS                            Address;
} IP_ADAPTER_DNS_SERVER_ADDRESS, *PIP_ADAPTER_DNS_SERVER_ADDRESS;

typedef struct _IP_ADAPTER_WINS_SERVER_ADDRESS_LH {
    ULONG                                      Length;
    DWORD                                      Reserved;
    struct _IP_ADAPTER_WINS_SERVER_ADDRESS_LH *Next;
    SOCKET_ADDRESS                             Address;
} IP_ADAPTER_WINS_SERVER_ADDRESS, *PIP_ADAPTER_WINS_SERVER_ADDRESS;

typedef struct _IP_ADAPTER_GATEWAY_ADDRESS_LH {
    ULONG                                  Length;
    DWORD                                  Reserved;
    struct _IP_ADAPTER_GATEWAY_ADDRESS_LH *Next;
    SOCKET_ADDRESS                         Address;
} IP_ADAPTER_GATEWAY_ADDRESS, *PIP_ADAPTER_GATEWAY_ADDRESS;

typedef struct _IP_ADAPTER_PREFIX_XP {
    ULONG                         Length;
    DWORD                         Flags;
    struct _IP_ADAPTER_PREFIX_XP *Next;
    SOCKET_ADDRESS                Address;
    ULONG                         PrefixLength;
} IP_ADAPTER_PREFIX, *PIP_ADAPTER_PREFIX;

typedef struct _IP_ADAPTER_DNS_SUFFIX {
    struct _IP_ADAPTER_DNS_SUFFIX *Next;
    WCHAR                          String[MAX_DNS_SUFFIX_STRING_LENGTH];
} IP_ADAPTER_DNS_SUFFIX, *PIP_ADAPTER_DNS_SUFFIX;

struct _IP_ADAPTER_ADDRESSES_LH {
    ULONG                           Length;
    DWORD                           IfIndex;
    struct _IP_ADAPTER_ADDRESSES_LH *Next;
    PCHAR                           AdapterName;
    PIP_ADAPTER_UNICAST_ADDRESS     FirstUnicastAddress;
    PIP_ADAPTER_ANYCAST_ADDRESS     FirstAnycastAddress;
    PIP_ADAPTER_MULTICAST_ADDRESS   FirstMulticastAddress;
    PIP_ADAPTER_DNS_SERVER_ADDRESS  FirstDnsServerAddress;
    PWCHAR                          DnsSuffix;
    PWCHAR                          Description;
    PWCHAR                          FriendlyName;
    BYTE                            PhysicalAddress[MAX_ADAPTER_ADDRESS_LENGTH];
    DWORD                           PhysicalAddressLength;
    DWORD                           Flags;
    DWORD                           Mtu;
    DWORD                           IfType;
    IF_OPER_STATUS                  OperStatus;
    DWORD                           Ipv6IfIndex;
    DWORD                           ZoneIndices[16];
    PIP_ADAPTER_PREFIX              FirstPrefix;
    ULONG64                         TransmitLinkSpeed;
    ULONG64                         ReceiveLinkSpeed;
    PIP_ADAPTER_WINS_SERVER_ADDRESS FirstWinsServerAddress;
    PIP_ADAPTER_GATEWAY_ADDRESS     FirstGatewayAddress;
    ULONG                           Ipv4Metric;
    ULONG                           Ipv6Metric;
    IF_LUID                         Luid;
    SOCKET_ADDRESS                  Dhcpv4Server;
    UINT32                          CompartmentId;
    GUID                            NetworkGuid;
    INT                             ConnectionType;
    INT                             TunnelType;
    SOCKET_ADDRESS                  Dhcpv6Server;
    BYTE                            Dhcpv6ClientDuid[MAX_DHCPV6_DUID_LENGTH];
    ULONG                           Dhcpv6ClientDuidLength;
    ULONG                           Dhcpv6Iaid;
    PIP_ADAPTER_DNS_SUFFIX          FirstDnsSuffix;
};

typedef struct {
    char String[4 * 4];
} IP_ADDRESS_STRING, *PIP_ADDRESS_STRING, IP_MASK_STRING, *PIP_MASK_STRING;

typedef struct _IP_ADDR_STRING {
    struct _IP_ADDR_STRING *Next;
    IP_ADDRESS_STRING       IpAddress;
    IP_MASK_STRING          IpMask;
    DWORD                   Context;
} IP_ADDR_STRING, *PIP_ADDR_STRING;

struct _IP_ADAPTER_INFO {
    struct _IP_ADAPTER_INFO *Next;
    DWORD                    ComboIndex;
    char                     AdapterName[MAX_ADAPTER_NAME_LENGTH + 4];
    char                     Description[MAX_ADAPTER_DESCRIPTION_LENGTH + 4];
    UINT                     AddressLength;
    BYTE                     Address[MAX_ADAPTER_ADDRESS_LENGTH];
    DWORD                    Index;
    UINT                     Type;
    UINT                     DhcpEnabled;
    PIP_ADDR_STRING          CurrentIpAddress;
    IP_ADDR_STRING           IpAddressList;
    IP_ADDR_STRING           GatewayList;
    IP_ADDR_STRING           DhcpServer;
    BOOL                     HaveWins;
    IP_ADDR_STRING           PrimaryWinsServer;
    IP_ADDR_STRING           SecondaryWinsServer;
    long                   LeaseObtained;
    long                   LeaseExpires;
};

typedef struct _MIB_IPADDRROW_XP {
    DWORD          dwAddr;
    DWORD          dwIndex;
    DWORD          dwMask;
    DWORD          dwBCastAddr;
    DWORD          dwReasmSize;
    unsigned short unused1;
    unsigned short wType;
} MIB_IPADDRROW, *PMIB_IPADDRROW;

struct _MIB_IPADDRTABLE {
    DWORD         dwNumEntries;
    MIB_IPADDRROW table[1];
};

#ifdef __cplusplus
}
#endif

#endif
