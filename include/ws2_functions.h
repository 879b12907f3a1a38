/* The functions that a prototype alone cannot give: those that libc has declared already with other types, and those
   that take an unsigned long * where Windows, whose long has 32 bits, has the same type. Part of winsock2.h. */
#ifndef WS2_FUNCTIONS_H
#define WS2_FUNCTIONS_H

#include "ws2_32.h"

/* select: libc's takes other types, so that C++ can have both. C cannot; there it is a macro, and the address of the
   function is that of ws2_select. */
#ifdef __cplusplus
extern "C++" {
int select(int nfds, fd_set *readfds, fd_set *writefds, fd_set *exceptfds, const struct timeval *timeout)
    WS2_SYMBOL(ws2_select);

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
#else
extern int ws2_select(int nfds, fd_set *readfds, fd_set *writefds, fd_set *exceptfds, const struct timeval *timeout)
    WS2_SYMBOL(ws2_select);
# if defined __STDC_VERSION__ && __STDC_VERSION__ >= 199901L
#  define select(...) ws2_select(__VA_ARGS__)
# else
#  define select(nfds, readfds, writefds, exceptfds, timeout) ws2_select(nfds, readfds, writefds, exceptfds, timeout)
# endif
#endif

/* gethostname: libc's differs only in the type of the length, which travels in the same register; the function reads
   its lower half, as an int has it. Under _FORTIFY_SOURCE libc's may have a body by now, which no label can move. */
#if defined __USE_FORTIFY_LEVEL && __USE_FORTIFY_LEVEL > 0
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

/* unsigned long * for u_long *: the value goes through a u_long, and a failed call changes nothing. */
static __inline__ int ws2_ioctlsocket_wide(SOCKET s, LONG cmd, unsigned long *argp)
{
    u_long value = argp != NULL ? (u_long)*argp : 0;
    int result = ioctlsocket(s, cmd, argp != NULL ? &value : NULL);

    if (result == 0 && argp != NULL)
        *argp = value;
    return result;
}

static __inline__ int ws2_htonl_wide(SOCKET s, u_long hostlong, unsigned long *lpnetlong)
{
    u_long value = 0;
    int result = WSAHtonl(s, hostlong, lpnetlong != NULL ? &value : NULL);

    if (result == 0 && lpnetlong != NULL)
        *lpnetlong = value;
    return result;
}

static __inline__ int ws2_ntohl_wide(SOCKET s, u_long netlong, unsigned long *lphostlong)
{
    u_long value = 0;
    int result = WSANtohl(s, netlong, lphostlong != NULL ? &value : NULL);

    if (result == 0 && lphostlong != NULL)
        *lphostlong = value;
    return result;
}

#ifdef __cplusplus
/* Templates, which NULL does not fit, so that it still means the function itself. */
extern "C++" {
template <typename T> struct ws2_wide;
template <> struct ws2_wide<unsigned long> { typedef int result; };

template <typename T> inline typename ws2_wide<T>::result ioctlsocket(SOCKET s, LONG cmd, T *argp)
{
    return ws2_ioctlsocket_wide(s, cmd, argp);
}

template <typename T> inline typename ws2_wide<T>::result WSAHtonl(SOCKET s, u_long hostlong, T *lpnetlong)
{
    return ws2_htonl_wide(s, hostlong, lpnetlong);
}

template <typename T> inline typename ws2_wide<T>::result WSANtohl(SOCKET s, u_long netlong, T *lphostlong)
{
    return ws2_ntohl_wide(s, netlong, lphostlong);
}
}
#else
# define ioctlsocket(s, cmd, argp) \
    (__extension__ _Generic((argp), unsigned long *: ws2_ioctlsocket_wide, default: ioctlsocket)(s, cmd, argp))
# define WSAHtonl(s, hostlong, lpnetlong) \
    (__extension__ _Generic((lpnetlong), unsigned long *: ws2_htonl_wide, default: WSAHtonl)(s, hostlong, lpnetlong))
# define WSANtohl(s, netlong, lphostlong) \
    (__extension__ _Generic((lphostlong), unsigned long *: ws2_ntohl_wide, default: WSANtohl)(s, netlong, lphostlong))
#endif

#endif
