/* Winsock 2 for programs written for Windows: link with -lws2_32. */
#ifndef WS2_WINSOCK2_H
#define WS2_WINSOCK2_H

/* The words by which Windows' own headers, and programs, tell that they have been here. */
#ifndef _WINSOCK2API_
# define _WINSOCK2API_
#endif
#ifndef _WINSOCKAPI_
# define _WINSOCKAPI_
#endif

#include "windows.h"
#include "ws2_types.h"
#include "ws2_32.h"
#include "ws2def.h"
#include "ws2_ioctl.h"
#include "ws2_constants.h"
#include "ws2_lookup.h"
#include "qos.h"
#include "guiddef.h"

#define _BSDTYPES_DEFINED
#define _FD_SET_WINSOCK_DEFINED

/* The parts of a SOCKADDR_STORAGE. */
#define _SS_MAXSIZE   128
#define _SS_ALIGNSIZE (sizeof(INT64))
#define _SS_PAD1SIZE  (_SS_ALIGNSIZE - sizeof(short))
#define _SS_PAD2SIZE  (_SS_MAXSIZE - (sizeof(short) + _SS_PAD1SIZE + _SS_ALIGNSIZE))

/* The one option of TCP that winsock2.h has itself. */
#define TCP_NODELAY 1

#define WINSOCK_VERSION MAKEWORD(2, 2)

/* Sets of sockets: a count and an array. A program may define FD_SETSIZE before it includes this file. */
#ifndef FD_SETSIZE
# define FD_SETSIZE 64
#endif

struct ws2_fd_set {
    u_int  fd_count;
    SOCKET fd_array[FD_SETSIZE];
};

typedef fd_set FD_SET, *PFD_SET, *LPFD_SET;

#define FD_SET(fd, set)   ws2_fd_set_add((SOCKET)(fd), (set))
#define FD_CLR(fd, set)   ws2_fd_set_remove((SOCKET)(fd), (set))
#define FD_ZERO(set)      ((void)((set)->fd_count = 0))
#define FD_ISSET(fd, set) ws2_fd_set_has((SOCKET)(fd), (set))

static __inline__ void ws2_fd_set_add(SOCKET fd, fd_set *set)
{
    u_int i = 0;

    while (i < set->fd_count && set->fd_array[i] != fd)
        i++;
    if (i == set->fd_count && i < FD_SETSIZE) {
        set->fd_array[i] = fd;
        set->fd_count++;
    }
}

static __inline__ void ws2_fd_set_remove(SOCKET fd, fd_set *set)
{
    u_int i = 0;

    while (i < set->fd_count && set->fd_array[i] != fd)
        i++;
    if (i < set->fd_count) {
        set->fd_count--;
        for (; i < set->fd_count; i++)
            set->fd_array[i] = set->fd_array[i + 1];
    }
}

static __inline__ int ws2_fd_set_has(SOCKET fd, const fd_set *set)
{
    return __WSAFDIsSet(fd, (fd_set *)set);
}

/* What libc has in <sys/time.h>, for either struct timeval. */
#ifndef timerisset
# define timerisset(tv) ((tv)->tv_sec || (tv)->tv_usec)
#endif
#ifndef timerclear
# define timerclear(tv) ((void)((tv)->tv_sec = (tv)->tv_usec = 0))
#endif
#ifndef timercmp
# define timercmp(a, b, cmp) ((a)->tv_sec == (b)->tv_sec ? (a)->tv_usec cmp (b)->tv_usec : (a)->tv_sec cmp (b)->tv_sec)
#endif

#include "ws2_functions.h"

/* 64-bit numbers in network order, which Windows 8 has brought. */
#if !defined _WIN32_WINNT || _WIN32_WINNT >= 0x0602
# ifndef htonll
static __inline__ unsigned __int64 htonll(unsigned __int64 Value)
{
    return (unsigned __int64)htonl((u_long)Value) << 32 | htonl((u_long)(Value >> 32));
}
# endif
# ifndef ntohll
static __inline__ unsigned __int64 ntohll(unsigned __int64 Value)
{
    return (unsigned __int64)ntohl((u_long)Value) << 32 | ntohl((u_long)(Value >> 32));
}
# endif
#endif

/* What a packet of ProcessSocketNotifications tells. */
static __inline__ UINT32 SocketNotificationRetrieveEvents(OVERLAPPED_ENTRY *notification)
{
    return notification->dwNumberOfBytesTransferred;
}

/* The parts of the messages of WSAAsyncSelect and its like. */
#define WSAMAKEASYNCREPLY(length, error) MAKELONG(length, error)
#define WSAMAKESELECTREPLY(event, error) MAKELONG(event, error)
#define WSAGETASYNCBUFLEN(lParam)        LOWORD(lParam)
#define WSAGETASYNCERROR(lParam)         HIWORD(lParam)
#define WSAGETSELECTEVENT(lParam)        LOWORD(lParam)
#define WSAGETSELECTERROR(lParam)        HIWORD(lParam)

/* Narrow or wide, as UNICODE says. */
#ifdef UNICODE
typedef WSAPROTOCOL_INFOW   WSAPROTOCOL_INFO;
typedef LPWSAPROTOCOL_INFOW LPWSAPROTOCOL_INFO;
#else
typedef WSAPROTOCOL_INFOA   WSAPROTOCOL_INFO;
typedef LPWSAPROTOCOL_INFOA LPWSAPROTOCOL_INFO;
#endif
#define WSAAddressToString WS2_WIDTH(WSAAddressToString)
#define WSADuplicateSocket WS2_WIDTH(WSADuplicateSocket)
#define WSAEnumProtocols WS2_WIDTH(WSAEnumProtocols)
#define WSASocket WS2_WIDTH(WSASocket)
#define WSAStringToAddress WS2_WIDTH(WSAStringToAddress)
#define WSAConnectByName WS2_WIDTH(WSAConnectByName)
#define WSAEnumNameSpaceProviders WS2_WIDTH(WSAEnumNameSpaceProviders)
#define WSAEnumNameSpaceProvidersEx WS2_WIDTH(WSAEnumNameSpaceProvidersEx)
#define WSAGetServiceClassInfo WS2_WIDTH(WSAGetServiceClassInfo)
#define WSAGetServiceClassNameByClassId WS2_WIDTH(WSAGetServiceClassNameByClassId)
#define WSAInstallServiceClass WS2_WIDTH(WSAInstallServiceClass)
#define WSALookupServiceBegin WS2_WIDTH(WSALookupServiceBegin)
#define WSALookupServiceNext WS2_WIDTH(WSALookupServiceNext)
#define WSASetService WS2_WIDTH(WSASetService)

#endif
