/* The IP Helper functions, as far as Linux can answer: GetAdaptersAddresses, GetAdaptersInfo, GetIpAddrTable,
   GetBestInterface, GetNumberOfInterfaces, GetIfTable, GetIpForwardTable, GetTcpTable, GetUdpTable, GetNetworkParams, and between names, numbers and LUIDs of adapters. */
#ifndef WS2_IPHLPAPI_H
#define WS2_IPHLPAPI_H

#include "winsock2.h"
#include "ws2ipdef.h"
#include "iptypes.h"
#include "ipexport.h"
#include "ws2_mib.h"

/* The addresses of this machine. */
typedef struct _MIB_UNICASTIPADDRESS_ROW {
    SOCKADDR_INET    Address;
    NET_LUID         InterfaceLuid;
    NET_IFINDEX      InterfaceIndex;
    NL_PREFIX_ORIGIN PrefixOrigin;
    NL_SUFFIX_ORIGIN SuffixOrigin;
    ULONG            ValidLifetime;
    ULONG            PreferredLifetime;
    UINT8            OnLinkPrefixLength;
    BOOLEAN          SkipAsSource;
    NL_DAD_STATE     DadState;
    SCOPE_ID         ScopeId;
    LARGE_INTEGER    CreationTimeStamp;
} MIB_UNICASTIPADDRESS_ROW, *PMIB_UNICASTIPADDRESS_ROW;

struct _MIB_UNICASTIPADDRESS_TABLE {
    ULONG                    NumEntries;
    MIB_UNICASTIPADDRESS_ROW Table[1];
};

/* ParseNetworkString: what the text may be, and what it was. */
#define NET_STRING_IPV4_ADDRESS          0x00000001
#define NET_STRING_IPV4_SERVICE          0x00000002
#define NET_STRING_IPV4_NETWORK          0x00000004
#define NET_STRING_IPV6_ADDRESS          0x00000008
#define NET_STRING_IPV6_ADDRESS_NO_SCOPE 0x00000010
#define NET_STRING_IPV6_SERVICE          0x00000020
#define NET_STRING_IPV6_SERVICE_NO_SCOPE 0x00000040
#define NET_STRING_IPV6_NETWORK          0x00000080
#define NET_STRING_NAMED_ADDRESS         0x00000100
#define NET_STRING_NAMED_SERVICE         0x00000200
#define NET_STRING_IP_ADDRESS            (NET_STRING_IPV4_ADDRESS | NET_STRING_IPV6_ADDRESS)
#define NET_STRING_IP_ADDRESS_NO_SCOPE   (NET_STRING_IPV4_ADDRESS | NET_STRING_IPV6_ADDRESS_NO_SCOPE)
#define NET_STRING_IP_SERVICE            (NET_STRING_IPV4_SERVICE | NET_STRING_IPV6_SERVICE)
#define NET_STRING_IP_SERVICE_NO_SCOPE   (NET_STRING_IPV4_SERVICE | NET_STRING_IPV6_SERVICE_NO_SCOPE)
#define NET_STRING_IP_NETWORK            (NET_STRING_IPV4_NETWORK | NET_STRING_IPV6_NETWORK)
#define NET_STRING_ANY_ADDRESS           (NET_STRING_NAMED_ADDRESS | NET_STRING_IP_ADDRESS)
#define NET_STRING_ANY_ADDRESS_NO_SCOPE  (NET_STRING_NAMED_ADDRESS | NET_STRING_IP_ADDRESS_NO_SCOPE)
#define NET_STRING_ANY_SERVICE           (NET_STRING_NAMED_SERVICE | NET_STRING_IP_SERVICE)
#define NET_STRING_ANY_SERVICE_NO_SCOPE  (NET_STRING_NAMED_SERVICE | NET_STRING_IP_SERVICE_NO_SCOPE)

typedef enum NET_ADDRESS_FORMAT_ {
    NET_ADDRESS_FORMAT_UNSPECIFIED = 0,
    NET_ADDRESS_DNS_NAME,
    NET_ADDRESS_IPV4,
    NET_ADDRESS_IPV6
} NET_ADDRESS_FORMAT;

#endif
