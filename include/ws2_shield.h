/* Gives the names that libc has too to Winsock. No header of libc that has such names is included here: those that came
   before stay what they are, and for those that come later the headers of the same names in this directory see to it.
   Types get Windows' names by macros where libc's type may have the name already; no function does. Headers of other
   libraries that name fd_set or struct timeval see Winsock's if they come later, and libc's if they come first. */
#ifndef WS2_SHIELD_H

#if defined _SYS_SOCKET_H || defined _NETINET_IN_H || defined _NETDB_H || defined _ARPA_INET_H
# error "include <winsock2.h> or <windows.h> before <sys/socket.h>, <netinet/in.h>, <netdb.h> and <arpa/inet.h>, or drop those: they give Winsock's names Linux's meanings"
# include "stop: see the error above"
#endif

#include <stddef.h>
#include <stdint.h>
#include <stdarg.h>
#include <limits.h>
#include <ctype.h>
#include <errno.h>

#define WS2_SHIELD_H

/* FD_SETSIZE is the program's to choose, before or after libc's headers. libc's own value, which is no choice, is told
   apart by what it is made of. */
#ifdef FD_SETSIZE
# ifdef _SYS_SELECT_H
#  pragma push_macro("__FD_SETSIZE")
#  ifdef __FD_SETSIZE
#   undef __FD_SETSIZE
#   define __FD_SETSIZE 0
#  else
#   define __FD_SETSIZE 1024
#  endif
#  if FD_SETSIZE == __FD_SETSIZE
#   undef FD_SETSIZE
#  endif
#  pragma pop_macro("__FD_SETSIZE")
# endif
#endif

/* struct timeval is Windows', of two 32-bit numbers, unless the program has asked libc for it before, by <sys/time.h>
   or <sys/select.h>: then both are one type, libc's, and select takes that. */
#if (defined __timeval_defined || defined __DEFINED_struct_timeval) && \
    !(defined WS2_DRAGGED_TIMEVAL || defined WS2_TIMEVAL_H || defined WS2_LIBC_TIMEVAL)
# define WS2_LIBC_TIMEVAL
#endif
#ifndef WS2_LIBC_TIMEVAL
# include "ws2_timeval.h"
#endif

/* From here on these are empty: winsock2.h and ws2tcpip.h say what they would say. */
#define _SYS_SOCKET_H
#define _SYS_UN_H
#define _NETINET_IN_H
#define _NETINET_TCP_H
#define _NETDB_H
#define _ARPA_INET_H
#define _NET_IF_H

/* libc's macros whose names are Winsock's. */
#undef FD_SET
#undef FD_CLR
#undef FD_ISSET
#undef FD_ZERO
#undef FIONBIO
#undef FIONREAD
#undef FIOASYNC
#undef SIOCATMARK
#undef IOC_IN
#undef IOC_OUT
#undef IOC_INOUT
#undef _IO
#undef _IOR
#undef _IOW
#undef SIOCSHIWAT
#undef SIOCGHIWAT
#undef SIOCSLOWAT
#undef SIOCGLOWAT
#undef POLLIN
#undef POLLPRI
#undef POLLOUT
#undef POLLERR
#undef POLLHUP
#undef POLLNVAL
#undef POLLRDNORM
#undef POLLRDBAND
#undef POLLWRNORM
#undef POLLWRBAND
#undef POLLMSG
#undef POLLREMOVE
#undef POLLRDHUP

/* libc's types whose names are Winsock's. The small ones are the same type on both sides, and renamed only because
   libc does not always declare them. */
#define u_char    ws2_u_char
#define u_short   ws2_u_short
#define u_int     ws2_u_int
#define u_long    ws2_u_long
#define socklen_t ws2_socklen_t
#define fd_set    ws2_fd_set
#if defined _SYS_POLL_H || defined _POLL_H
# define WS2_LIBC_POLLFD
# define pollfd   ws2_pollfd
#endif

#endif
