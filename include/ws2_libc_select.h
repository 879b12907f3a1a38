/* POSIX' select, declared so that Winsock's can take its place in a file that includes <winsock2.h> later: C has one
   function of a name, so that its sets are of either kind. Part of <sys/select.h>, and of winsock2.h, which moves it. */
#pragma GCC system_header

#ifndef WS2_LIBC_SELECT_H
#define WS2_LIBC_SELECT_H

#pragma push_macro("timeval")
#undef timeval

struct timeval;

#ifdef __cplusplus
extern "C" int select(int nfds, fd_set *readfds, fd_set *writefds, fd_set *exceptfds, struct timeval *timeout);
#else
struct ws2_fd_set;

typedef union {
    fd_set            *posix;
    struct ws2_fd_set *winsock;
} ws2_any_set __attribute__((__transparent_union__));

typedef union {
    struct timeval       *posix;
    const struct timeval *winsock;
} ws2_any_time __attribute__((__transparent_union__));

extern int select(int nfds, ws2_any_set readfds, ws2_any_set writefds, ws2_any_set exceptfds, ws2_any_time timeout);
#endif

#pragma pop_macro("timeval")

#elif defined WS2_SELECT && !defined __cplusplus
extern int select(int nfds, ws2_any_set readfds, ws2_any_set writefds, ws2_any_set exceptfds, ws2_any_time timeout)
    WS2_SELECT;
#endif
