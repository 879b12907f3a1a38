/* Rows and tables of the IP Helper: adapters, routes, connections, ports. Part of iphlpapi.h. */
#ifndef WS2_MIB_H
#define WS2_MIB_H

#include "ws2ipdef.h"
#include "iptypes.h"

#define MAX_INTERFACE_NAME_LEN 256
#define MAXLEN_IFDESCR         256
#define MAXLEN_PHYSADDR        8

#define MIB_IF_ADMIN_STATUS_UP      1
#define MIB_IF_ADMIN_STATUS_DOWN    2
#define MIB_IF_ADMIN_STATUS_TESTING 3
#define IF_OPER_STATUS_NON_OPERATIONAL 0
#define IF_OPER_STATUS_UNREACHABLE     1
#define IF_OPER_STATUS_DISCONNECTED    2
#define IF_OPER_STATUS_CONNECTING      3
#define IF_OPER_STATUS_CONNECTED       4
#define IF_OPER_STATUS_OPERATIONAL     5
#define MIB_IF_OPER_STATUS_NON_OPERATIONAL IF_OPER_STATUS_NON_OPERATIONAL
#define MIB_IF_OPER_STATUS_UNREACHABLE     IF_OPER_STATUS_UNREACHABLE
#define MIB_IF_OPER_STATUS_DISCONNECTED    IF_OPER_STATUS_DISCONNECTED
#define MIB_IF_OPER_STATUS_CONNECTING      IF_OPER_STATUS_CONNECTING
#define MIB_IF_OPER_STATUS_CONNECTED       IF_OPER_STATUS_CONNECTED
#define MIB_IF_OPER_STATUS_OPERATIONAL     IF_OPER_STATUS_OPERATIONAL

#define MIB_IPROUTE_TYPE_OTHER    1
#define MIB_IPROUTE_TYPE_INVALID  2
#define MIB_IPROUTE_TYPE_DIRECT   3
#define MIB_IPROUTE_TYPE_INDIRECT 4
#define MIB_IPROUTE_METRIC_UNUSED ((DWORD)-1)
#define MIB_IPPROTO_OTHER         1
#define MIB_IPPROTO_LOCAL         2
#define MIB_IPPROTO_NETMGMT       3

#define MIB_TCP_STATE_CLOSED     1
#define MIB_TCP_STATE_LISTEN     2
#define MIB_TCP_STATE_SYN_SENT   3
#define MIB_TCP_STATE_SYN_RCVD   4
#define MIB_TCP_STATE_ESTAB      5
#define MIB_TCP_STATE_FIN_WAIT1  6
#define MIB_TCP_STATE_FIN_WAIT2  7
#define MIB_TCP_STATE_CLOSE_WAIT 8
#define MIB_TCP_STATE_CLOSING    9
#define MIB_TCP_STATE_LAST_ACK   10
#define MIB_TCP_STATE_TIME_WAIT  11
#define MIB_TCP_STATE_DELETE_TCB 12

#define MAX_DOMAIN_NAME_LEN   128
#define MAX_SCOPE_ID_LEN      256
#define BROADCAST_NODETYPE    1
#define PEER_TO_PEER_NODETYPE 2
#define MIXED_NODETYPE        4
#define HYBRID_NODETYPE       8

struct _MIB_IFROW {
    WCHAR wszName[MAX_INTERFACE_NAME_LEN];
    DWORD dwIndex;
    DWORD dwType;
    DWORD dwMtu;
    DWORD dwSpeed;
    DWORD dwPhysAddrLen;
    BYTE  bPhysAddr[MAXLEN_PHYSADDR];
    DWORD dwAdminStatus;
    DWORD dwOperStatus;
    DWORD dwLastChange;
    DWORD dwInOctets;
    DWORD dwInUcastPkts;
    DWORD dwInNUcastPkts;
    DWORD dwInDiscards;
    DWORD dwInErrors;
    DWORD dwInUnknownProtos;
    DWORD dwOutOctets;
    DWORD dwOutUcastPkts;
    DWORD dwOutNUcastPkts;
    DWORD dwOutDiscards;
    DWORD dwOutErrors;
    DWORD dwOutQLen;
    DWORD dwDescrLen;
    UCHAR bDescr[MAXLEN_IFDESCR];
};

typedef struct _MIB_IPFORWARDROW {
    DWORD dwForwardDest;
    DWORD dwForwardMask;
    DWORD dwForwardPolicy;
    DWORD dwForwardNextHop;
    DWORD dwForwardIfIndex;
    DWORD dwForwardType;
    DWORD dwForwardProto;
    DWORD dwForwardAge;
    DWORD dwForwardNextHopAS;
    DWORD dwForwardMetric1;
    DWORD dwForwardMetric2;
    DWORD dwForwardMetric3;
    DWORD dwForwardMetric4;
    DWORD dwForwardMetric5;
} MIB_IPFORWARDROW, *PMIB_IPFORWARDROW;

typedef struct _MIB_TCPROW {
    DWORD dwState;
    DWORD dwLocalAddr;
    DWORD dwLocalPort;
    DWORD dwRemoteAddr;
    DWORD dwRemotePort;
} MIB_TCPROW, *PMIB_TCPROW;

typedef struct _MIB_UDPROW {
    DWORD dwLocalAddr;
    DWORD dwLocalPort;
} MIB_UDPROW, *PMIB_UDPROW;

struct _MIB_IFTABLE {
    DWORD     dwNumEntries;
    MIB_IFROW table[1];
};

struct _MIB_IPFORWARDTABLE {
    DWORD            dwNumEntries;
    MIB_IPFORWARDROW table[1];
};

struct _MIB_TCPTABLE {
    DWORD      dwNumEntries;
    MIB_TCPROW table[1];
};

struct _MIB_UDPTABLE {
    DWORD      dwNumEntries;
    MIB_UDPROW table[1];
};

typedef struct FIXED_INFO_W2KSP1 {
    char            HostName[MAX_HOSTNAME_LEN + 4];
    char            DomainName[MAX_DOMAIN_NAME_LEN + 4];
    PIP_ADDR_STRING CurrentDnsServer;
    IP_ADDR_STRING  DnsServerList;
    UINT            NodeType;
    char            ScopeId[MAX_SCOPE_ID_LEN + 4];
    UINT            EnableRouting;
    UINT            EnableProxy;
    UINT            EnableDns;
} FIXED_INFO_W2KSP1, *PFIXED_INFO_W2KSP1;

#endif
