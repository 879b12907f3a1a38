/* The functions that a prototype alone cannot give, since libc may have declared them already with other types. Part of
   winsock2.h. */
#ifndef WS2_FUNCTIONS_H
#define WS2_FUNCTIONS_H

#include "ws2_32.h"

/* select, which takes the struct timeval that there is: Windows', or libc's if the program has asked for that first. */
#ifdef WS2_LIBC_TIMEVAL
# define WS2_SELECT WS2_SYMBOL(ws2_select_wide)
#else
# define WS2_SELECT WS2_SYMBOL(ws2_select)
#endif

#ifdef __cplusplus
/* libc's takes other types, so that C++ can have both. */
extern "C++" {
int select(int nfds, fd_set *readfds, fd_set *writefds, fd_set *exceptfds, const struct timeval *timeout) WS2_SELECT;

/* Four times NULL, which fits both. */
template <typename T> struct ws2_null;
template <> struct ws2_null<int> { typedef int result; };
template <> struct ws2_null<long> { typedef int result; };
# if __cplusplus >= 201103L
template <> struct ws2_null<decltype(nullptr)> { typedef int result; };
# endif

template <typename T> inline typename ws2_null<T>::result select(int nfds, T, T, T, T)
{
    fd_set *none = NULL;

    return select(nfds, none, none, none, static_cast<const struct timeval *>(NULL));
}
}
#elif defined WS2_LIBC_SELECT_H
/* libc's was declared first: the same function gets another symbol. */
# include "ws2_libc_select.h"
#else
extern int select(int nfds, fd_set *readfds, fd_set *writefds, fd_set *exceptfds, const struct timeval *timeout)
    WS2_SELECT;
#endif

/* Those that may take a time: it is in the struct timeval that there is. */
#ifdef WS2_LIBC_TIMEVAL
# define WS2_TIMED(name) WS2_SYMBOL(ws2_##name##_timeval)
#else
# define WS2_TIMED(name)
#endif

#ifdef __cplusplus
extern "C" {
#endif
BOOL WSAConnectByNameA(SOCKET s, LPCSTR nodename, LPCSTR servicename, LPDWORD LocalAddressLength,
                       LPSOCKADDR LocalAddress, LPDWORD RemoteAddressLength, LPSOCKADDR RemoteAddress,
                       const struct timeval *timeout, LPWSAOVERLAPPED Reserved) WS2_TIMED(WSAConnectByNameA);
BOOL WSAConnectByNameW(SOCKET s, LPCWSTR nodename, LPCWSTR servicename, LPDWORD LocalAddressLength,
                       LPSOCKADDR LocalAddress, LPDWORD RemoteAddressLength, LPSOCKADDR RemoteAddress,
                       const struct timeval *timeout, LPWSAOVERLAPPED Reserved) WS2_TIMED(WSAConnectByNameW);
BOOL WSAConnectByList(SOCKET s, PSOCKET_ADDRESS_LIST SocketAddress, LPDWORD LocalAddressLength,
                      LPSOCKADDR LocalAddress, LPDWORD RemoteAddressLength, LPSOCKADDR RemoteAddress,
                      const struct timeval *timeout, LPWSAOVERLAPPED Reserved) WS2_TIMED(WSAConnectByList);
INT GetAddrInfoExA(PCSTR pName, PCSTR pServiceName, DWORD dwNameSpace, LPGUID lpNspId, const ADDRINFOEXA *hints,
                   PADDRINFOEXA *ppResult, struct timeval *timeout, LPOVERLAPPED lpOverlapped,
                   LPLOOKUPSERVICE_COMPLETION_ROUTINE lpCompletionRoutine, LPHANDLE lpNameHandle)
    WS2_TIMED(GetAddrInfoExA);
INT GetAddrInfoExW(PCWSTR pName, PCWSTR pServiceName, DWORD dwNameSpace, LPGUID lpNspId, const ADDRINFOEXW *hints,
                   PADDRINFOEXW *ppResult, struct timeval *timeout, LPOVERLAPPED lpOverlapped,
                   LPLOOKUPSERVICE_COMPLETION_ROUTINE lpCompletionRoutine, LPHANDLE lpHandle)
    WS2_TIMED(GetAddrInfoExW);
#ifdef __cplusplus
}
#endif

/* gethostname: if libc's was declared first, it differs only in the type of the length, which travels in the same
   register; the function reads its lower half, as an int has it. Under _FORTIFY_SOURCE libc's may have a body by now,
   which no label can move. */
#ifndef _UNISTD_H
# ifdef __cplusplus
extern "C"
# else
extern
# endif
int gethostname(char *name, int namelen) WS2_SYMBOL(ws2_gethostname);
#elif defined __USE_FORTIFY_LEVEL && __USE_FORTIFY_LEVEL > 0
# ifdef __cplusplus
extern "C"
# else
extern
# endif
int ws2_gethostname(char *name, int namelen) WS2_SYMBOL(ws2_gethostname);
# define gethostname(name, namelen) ws2_gethostname(name, (int)(namelen))
#elif defined __cplusplus && defined __THROW
extern "C" int gethostname(char *name, size_t namelen) __THROW WS2_SYMBOL(ws2_gethostname);
#elif defined __cplusplus
extern "C" int gethostname(char *name, size_t namelen) WS2_SYMBOL(ws2_gethostname);
#else
extern int gethostname(char *name, size_t namelen) WS2_SYMBOL(ws2_gethostname);
#endif

#endif
