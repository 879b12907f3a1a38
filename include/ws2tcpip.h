/* IPv6, names and options of TCP/IP: what Winsock 2 added to the interface. */
#ifndef WS2_WS2TCPIP_H
#define WS2_WS2TCPIP_H

#include "winsock2.h"
#include "ws2ipdef.h"

/* getnameinfo: flags. */
#define NI_NOFQDN      0x1
#define NI_NUMERICHOST 0x2
#define NI_NAMEREQD    0x4
#define NI_NUMERICSERV 0x8
#define NI_DGRAM       0x10

/* getnameinfo, inet_ntop: sizes of texts. */
#define NI_MAXSERV               32
#define NI_MAXHOST               1025
#define INET_ADDRSTRLEN          22
#define INET6_ADDRSTRLEN         65
#define GAI_STRERROR_BUFFER_SIZE 1024

/* getaddrinfo: what it returns. */
#define EAI_AGAIN        WSATRY_AGAIN
#define EAI_BADFLAGS     WSAEINVAL
#define EAI_FAIL         WSANO_RECOVERY
#define EAI_FAMILY       WSAEAFNOSUPPORT
#define EAI_MEMORY       WSA_NOT_ENOUGH_MEMORY
#define EAI_NOSECURENAME WSA_SECURE_HOST_NOT_FOUND
#define EAI_NONAME       WSAHOST_NOT_FOUND
#define EAI_NODATA       EAI_NONAME
#define EAI_SERVICE      WSATYPE_NOT_FOUND
#define EAI_SOCKTYPE     WSAESOCKTNOSUPPORT
#define EAI_IPSECPOLICY  WSA_IPSEC_NAME_POLICY_ERROR

/* Narrow and wide names of functions. */
#define GetAddrInfoA  getaddrinfo
#define GetNameInfoA  getnameinfo
#define FreeAddrInfoA freeaddrinfo
#define InetPtonA     inet_pton
#define InetNtopA     inet_ntop
#define FreeAddrInfoExA FreeAddrInfoEx
#ifdef UNICODE
# define FreeAddrInfoEx FreeAddrInfoExW
#endif
#define GetAddrInfoEx WS2_WIDTH(GetAddrInfoEx)
#define SetAddrInfoEx WS2_WIDTH(SetAddrInfoEx)
#define GetAddrInfo   WS2_WIDTH(GetAddrInfo)
#define GetNameInfo   WS2_WIDTH(GetNameInfo)
#define FreeAddrInfo  WS2_WIDTH(FreeAddrInfo)
#define InetPton      WS2_WIDTH(InetPton)
#define InetNtop      WS2_WIDTH(InetNtop)
#define gai_strerror  WS2_WIDTH(gai_strerror)

/* IPv6 addresses that have a name. libc's in6addr_any and in6addr_loopback have the same 16 bytes. */
#define IN6ADDR_ANY_INIT      { { { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 } } }
#define IN6ADDR_LOOPBACK_INIT { { { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 } } }

#ifdef __cplusplus
extern "C" {
#endif
extern const struct in6_addr in6addr_any;
extern const struct in6_addr in6addr_loopback;
#ifdef __cplusplus
}
#endif

/* What kind of IPv6 address it is: functions, so that an argument is looked at once; and macros, by which programs ask
   whether they are there. */
static __inline__ int IN6_IS_ADDR_UNSPECIFIED(const struct in6_addr *a)
{
    return IN6_ADDR_EQUAL(a, &in6addr_any);
}

static __inline__ int IN6_IS_ADDR_LOOPBACK(const struct in6_addr *a)
{
    return IN6_ADDR_EQUAL(a, &in6addr_loopback);
}

static __inline__ int IN6_IS_ADDR_MULTICAST(const struct in6_addr *a)
{
    return a->s6_bytes[0] == 0xFF;
}

static __inline__ int IN6_IS_ADDR_LINKLOCAL(const struct in6_addr *a)
{
    return a->s6_bytes[0] == 0xFE && (a->s6_bytes[1] & 0xC0) == 0x80;
}

static __inline__ int IN6_IS_ADDR_SITELOCAL(const struct in6_addr *a)
{
    return a->s6_bytes[0] == 0xFE && (a->s6_bytes[1] & 0xC0) == 0xC0;
}

static __inline__ int IN6_IS_ADDR_GLOBAL(const struct in6_addr *a)
{
    return (a->s6_bytes[0] & 0xE0) == 0x20;
}

static __inline__ int IN6_IS_ADDR_V4MAPPED(const struct in6_addr *a)
{
    return memcmp(a, "\0\0\0\0\0\0\0\0\0\0\377\377", 12) == 0;
}

static __inline__ int IN6_IS_ADDR_V4COMPAT(const struct in6_addr *a)
{
    return memcmp(a, &in6addr_any, 12) == 0 && (a->s6_words[6] != 0 || a->s6_bytes[14] != 0 || a->s6_bytes[15] > 1);
}

static __inline__ int IN6_IS_ADDR_MC_NODELOCAL(const struct in6_addr *a)
{
    return IN6_IS_ADDR_MULTICAST(a) && (a->s6_bytes[1] & 0xF) == 1;
}

static __inline__ int IN6_IS_ADDR_MC_LINKLOCAL(const struct in6_addr *a)
{
    return IN6_IS_ADDR_MULTICAST(a) && (a->s6_bytes[1] & 0xF) == 2;
}

static __inline__ int IN6_IS_ADDR_MC_SITELOCAL(const struct in6_addr *a)
{
    return IN6_IS_ADDR_MULTICAST(a) && (a->s6_bytes[1] & 0xF) == 5;
}

static __inline__ int IN6_IS_ADDR_MC_ORGLOCAL(const struct in6_addr *a)
{
    return IN6_IS_ADDR_MULTICAST(a) && (a->s6_bytes[1] & 0xF) == 8;
}

static __inline__ int IN6_IS_ADDR_MC_GLOBAL(const struct in6_addr *a)
{
    return IN6_IS_ADDR_MULTICAST(a) && (a->s6_bytes[1] & 0xF) == 0xE;
}

#define IN6_IS_ADDR_UNSPECIFIED IN6_IS_ADDR_UNSPECIFIED
#define IN6_IS_ADDR_LOOPBACK IN6_IS_ADDR_LOOPBACK
#define IN6_IS_ADDR_MULTICAST IN6_IS_ADDR_MULTICAST
#define IN6_IS_ADDR_LINKLOCAL IN6_IS_ADDR_LINKLOCAL
#define IN6_IS_ADDR_SITELOCAL IN6_IS_ADDR_SITELOCAL
#define IN6_IS_ADDR_GLOBAL IN6_IS_ADDR_GLOBAL
#define IN6_IS_ADDR_V4MAPPED IN6_IS_ADDR_V4MAPPED
#define IN6_IS_ADDR_V4COMPAT IN6_IS_ADDR_V4COMPAT
#define IN6_IS_ADDR_MC_NODELOCAL IN6_IS_ADDR_MC_NODELOCAL
#define IN6_IS_ADDR_MC_LINKLOCAL IN6_IS_ADDR_MC_LINKLOCAL
#define IN6_IS_ADDR_MC_SITELOCAL IN6_IS_ADDR_MC_SITELOCAL
#define IN6_IS_ADDR_MC_ORGLOCAL IN6_IS_ADDR_MC_ORGLOCAL
#define IN6_IS_ADDR_MC_GLOBAL IN6_IS_ADDR_MC_GLOBAL

/* The same for the address in a SOCKADDR_IN6. */
static __inline__ int IN6ADDR_ISANY(const struct sockaddr_in6 *a)
{
    return IN6_IS_ADDR_UNSPECIFIED(&a->sin6_addr);
}

static __inline__ int IN6ADDR_ISLOOPBACK(const struct sockaddr_in6 *a)
{
    return IN6_IS_ADDR_LOOPBACK(&a->sin6_addr);
}

/* Writes the two IPv6 addresses that have a name. */
static __inline__ void IN6_SET_ADDR_UNSPECIFIED(struct in6_addr *a)
{
    *a = in6addr_any;
}

static __inline__ void IN6_SET_ADDR_LOOPBACK(struct in6_addr *a)
{
    *a = in6addr_loopback;
}

static __inline__ void IN6ADDR_SETANY(struct sockaddr_in6 *a)
{
    memset(a, 0, sizeof(*a));
    a->sin6_family = AF_INET6;
}

static __inline__ void IN6ADDR_SETLOOPBACK(struct sockaddr_in6 *a)
{
    IN6ADDR_SETANY(a);
    a->sin6_addr = in6addr_loopback;
}

#include "mstcpip.h"

#endif
