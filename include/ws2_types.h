/* The types of Winsock's functions, with the layout of 64-bit Windows. ws2_32.h includes it before its prototypes. */
#ifndef WS2_TYPES_H
#define WS2_TYPES_H

#include "ws2_shield.h"
#include "ws2_base.h"
#include "ws2_ssize.h"
#include "inaddr.h"
#include "in6addr.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Berkeley's small names. */
typedef unsigned char   ws2_u_char;
typedef unsigned short  ws2_u_short;
typedef unsigned int    ws2_u_int;
typedef unsigned int    ws2_u_long;
typedef int             ws2_socklen_t;
typedef UINT64          u_int64;

typedef UINT_PTR        SOCKET;
typedef unsigned int    GROUP;
typedef USHORT          ADDRESS_FAMILY;
typedef ULONG           SERVICETYPE;

/* Addresses. */
typedef struct sockaddr {
    ADDRESS_FAMILY sa_family;
    CHAR           sa_data[14];
} SOCKADDR, *PSOCKADDR, *LPSOCKADDR;

typedef struct sockaddr_in {
    ADDRESS_FAMILY sin_family;
    USHORT         sin_port;
    IN_ADDR        sin_addr;
    CHAR           sin_zero[8];
} SOCKADDR_IN, *PSOCKADDR_IN, *LPSOCKADDR_IN;

__extension__ typedef struct _SCOPE_ID {
    union {
        struct {
            ULONG Zone  : 28;
            ULONG Level : 4;
        };
        ULONG Value;
    };
} SCOPE_ID, *PSCOPE_ID;

typedef struct sockaddr_in6 {
    ADDRESS_FAMILY sin6_family;
    USHORT         sin6_port;
    ULONG          sin6_flowinfo;
    IN6_ADDR       sin6_addr;
    __extension__ union {
        ULONG    sin6_scope_id;
        SCOPE_ID sin6_scope_struct;
    };
} SOCKADDR_IN6_LH, *PSOCKADDR_IN6_LH, SOCKADDR_IN6, *PSOCKADDR_IN6, *LPSOCKADDR_IN6;

typedef struct sockaddr_storage {
    ADDRESS_FAMILY ss_family;
    CHAR           __ss_pad1[6];
    INT64          __ss_align;
    CHAR           __ss_pad2[112];
} SOCKADDR_STORAGE_LH, *PSOCKADDR_STORAGE_LH, SOCKADDR_STORAGE, *PSOCKADDR_STORAGE, *LPSOCKADDR_STORAGE;

typedef struct _SOCKET_ADDRESS {
    LPSOCKADDR lpSockaddr;
    INT        iSockaddrLength;
} SOCKET_ADDRESS, *PSOCKET_ADDRESS, *LPSOCKET_ADDRESS;

typedef struct _SOCKET_ADDRESS_LIST {
    INT            iAddressCount;
    SOCKET_ADDRESS Address[1];
} SOCKET_ADDRESS_LIST, *PSOCKET_ADDRESS_LIST, *LPSOCKET_ADDRESS_LIST;

typedef struct _CSADDR_INFO {
    SOCKET_ADDRESS LocalAddr;
    SOCKET_ADDRESS RemoteAddr;
    INT            iSocketType;
    INT            iProtocol;
} CSADDR_INFO, *PCSADDR_INFO, *LPCSADDR_INFO;

typedef struct sockproto {
    ws2_u_short sp_family;
    ws2_u_short sp_protocol;
} SOCKPROTO, *PSOCKPROTO, *LPSOCKPROTO;

/* Sets of sockets and times. winsock2.h completes ws2_fd_set, whose size is the program's to choose;
   ws2_shield.h sees to struct timeval. */
typedef struct ws2_fd_set ws2_fd_set;

typedef struct timeval TIMEVAL, *PTIMEVAL, *LPTIMEVAL;

typedef struct pollfd {
    SOCKET fd;
    SHORT  events;
    SHORT  revents;
} WSAPOLLFD, *PWSAPOLLFD, *LPWSAPOLLFD;

/* ProcessSocketNotifications. */
typedef struct SOCK_NOTIFY_REGISTRATION {
    SOCKET socket;
    PVOID  completionKey;
    UINT16 eventFilter;
    UINT8  operation;
    UINT8  triggerFlags;
    DWORD  registrationResult;
} SOCK_NOTIFY_REGISTRATION;

typedef struct linger {
    ws2_u_short l_onoff;
    ws2_u_short l_linger;
} LINGER, *PLINGER, *LPLINGER;

/* Names of hosts, networks, services and protocols. */
typedef struct hostent {
    char  *h_name;
    char **h_aliases;
    short  h_addrtype;
    short  h_length;
    char **h_addr_list;
} HOSTENT, *PHOSTENT, *LPHOSTENT;

#define h_addr h_addr_list[0]

struct netent {
    char      *n_name;
    char     **n_aliases;
    short      n_addrtype;
    ws2_u_long n_net;
};

typedef struct servent {
    char  *s_name;
    char **s_aliases;
    char  *s_proto;
    short  s_port;
} SERVENT, *PSERVENT, *LPSERVENT;

typedef struct protoent {
    char  *p_name;
    char **p_aliases;
    short  p_proto;
} PROTOENT, *PPROTOENT, *LPPROTOENT;

typedef struct addrinfo {
    int              ai_flags;
    int              ai_family;
    int              ai_socktype;
    int              ai_protocol;
    size_t           ai_addrlen;
    char            *ai_canonname;
    struct sockaddr *ai_addr;
    struct addrinfo *ai_next;
} ADDRINFOA, *PADDRINFOA, ADDRINFO, *LPADDRINFO;

typedef struct addrinfoW {
    int               ai_flags;
    int               ai_family;
    int               ai_socktype;
    int               ai_protocol;
    size_t            ai_addrlen;
    PWSTR             ai_canonname;
    struct sockaddr  *ai_addr;
    struct addrinfoW *ai_next;
} ADDRINFOW, *PADDRINFOW;

/* What WSAStartup tells. */
#define WSADESCRIPTION_LEN 256
#define WSASYS_STATUS_LEN  128

typedef struct WSAData {
    WORD           wVersion;
    WORD           wHighVersion;
    unsigned short iMaxSockets;
    unsigned short iMaxUdpDg;
    char          *lpVendorInfo;
    char           szDescription[WSADESCRIPTION_LEN + 1];
    char           szSystemStatus[WSASYS_STATUS_LEN + 1];
} WSADATA, *LPWSADATA;

/* Buffers, messages and overlapped operations. */
typedef struct _WSABUF {
    ULONG len;
    CHAR *buf;
} WSABUF, *PWSABUF, *LPWSABUF;

typedef struct _WSAMSG {
    LPSOCKADDR name;
    INT        namelen;
    LPWSABUF   lpBuffers;
    ULONG      dwBufferCount;
    WSABUF     Control;
    ULONG      dwFlags;
} WSAMSG, *PWSAMSG, *LPWSAMSG;

typedef struct cmsghdr {
    SIZE_T cmsg_len;
    INT    cmsg_level;
    INT    cmsg_type;
} WSACMSGHDR, *PWSACMSGHDR, *LPWSACMSGHDR, CMSGHDR, *PCMSGHDR;

#define _WSABUF_DEFINED_
#define WSAEVENT      HANDLE
#define LPWSAEVENT    LPHANDLE
#define WSAOVERLAPPED OVERLAPPED
typedef struct _OVERLAPPED *LPWSAOVERLAPPED;

typedef void (CALLBACK *LPWSAOVERLAPPED_COMPLETION_ROUTINE)(DWORD dwError, DWORD cbTransferred,
                                                            LPWSAOVERLAPPED lpOverlapped, DWORD dwFlags);

/* Quality of service, which only travels through. */
typedef struct _flowspec {
    ULONG       TokenRate;
    ULONG       TokenBucketSize;
    ULONG       PeakBandwidth;
    ULONG       Latency;
    ULONG       DelayVariation;
    ULONG       ServiceType;
    ULONG       MaxSduSize;
    ULONG       MinimumPolicedSize;
} FLOWSPEC, *PFLOWSPEC, *LPFLOWSPEC;

typedef struct _QualityOfService {
    FLOWSPEC SendingFlowspec;
    FLOWSPEC ReceivingFlowspec;
    WSABUF   ProviderSpecific;
} QOS, *LPQOS;

typedef int (CALLBACK *LPCONDITIONPROC)(LPWSABUF lpCallerId, LPWSABUF lpCallerData, LPQOS lpSQOS, LPQOS lpGQOS,
                                        LPWSABUF lpCalleeId, LPWSABUF lpCalleeData, GROUP *g,
                                        DWORD_PTR dwCallbackData);

/* Protocols. */
#define MAX_PROTOCOL_CHAIN 7
#define WSAPROTOCOL_LEN    255

typedef struct _WSAPROTOCOLCHAIN {
    int   ChainLen;
    DWORD ChainEntries[MAX_PROTOCOL_CHAIN];
} WSAPROTOCOLCHAIN, *LPWSAPROTOCOLCHAIN;

typedef struct _WSAPROTOCOL_INFOA {
    DWORD            dwServiceFlags1;
    DWORD            dwServiceFlags2;
    DWORD            dwServiceFlags3;
    DWORD            dwServiceFlags4;
    DWORD            dwProviderFlags;
    GUID             ProviderId;
    DWORD            dwCatalogEntryId;
    WSAPROTOCOLCHAIN ProtocolChain;
    int              iVersion;
    int              iAddressFamily;
    int              iMaxSockAddr;
    int              iMinSockAddr;
    int              iSocketType;
    int              iProtocol;
    int              iProtocolMaxOffset;
    int              iNetworkByteOrder;
    int              iSecurityScheme;
    DWORD            dwMessageSize;
    DWORD            dwProviderReserved;
    CHAR             szProtocol[WSAPROTOCOL_LEN + 1];
} WSAPROTOCOL_INFOA, *LPWSAPROTOCOL_INFOA;

typedef struct _WSAPROTOCOL_INFOW {
    DWORD            dwServiceFlags1;
    DWORD            dwServiceFlags2;
    DWORD            dwServiceFlags3;
    DWORD            dwServiceFlags4;
    DWORD            dwProviderFlags;
    GUID             ProviderId;
    DWORD            dwCatalogEntryId;
    WSAPROTOCOLCHAIN ProtocolChain;
    int              iVersion;
    int              iAddressFamily;
    int              iMaxSockAddr;
    int              iMinSockAddr;
    int              iSocketType;
    int              iProtocol;
    int              iProtocolMaxOffset;
    int              iNetworkByteOrder;
    int              iSecurityScheme;
    DWORD            dwMessageSize;
    DWORD            dwProviderReserved;
    WCHAR            szProtocol[WSAPROTOCOL_LEN + 1];
} WSAPROTOCOL_INFOW, *LPWSAPROTOCOL_INFOW;

/* What happened on a socket. */
#define FD_MAX_EVENTS 10

typedef struct _WSANETWORKEVENTS {
    LONG lNetworkEvents;
    int  iErrorCode[FD_MAX_EVENTS];
} WSANETWORKEVENTS, *LPWSANETWORKEVENTS;

#ifdef __cplusplus
}
#endif

#endif
