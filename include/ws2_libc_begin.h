/* Before a header of libc: hides the names that Winsock and libc both have. ws2_libc_end.h ends it. Which names those are
   depends on who came first. WS2_LIBC_HEADER says what the header does with struct timeval: it
   GIVES it, as POSIX says; or it DRAGS it in, as glibc does; or it does neither. Included many times, hence no guard. */
#define WS2_IN_LIBC

#ifdef WS2_SHIELD_H
/* Winsock came first, and keeps its names: libc's get others, or are forgotten afterwards. The program's own macros of such
   names, too, are for its own text only. */
# pragma push_macro("FD_SETSIZE")
# pragma push_macro("FD_SET")
# pragma push_macro("FD_CLR")
# pragma push_macro("FD_ISSET")
# pragma push_macro("FD_ZERO")
# pragma push_macro("timerisset")
# pragma push_macro("timerclear")
# pragma push_macro("timercmp")
# pragma push_macro("FIONBIO")
# pragma push_macro("FIONREAD")
# pragma push_macro("FIOASYNC")
# pragma push_macro("SIOCATMARK")
# pragma push_macro("SIOCSHIWAT")
# pragma push_macro("SIOCGHIWAT")
# pragma push_macro("SIOCSLOWAT")
# pragma push_macro("SIOCGLOWAT")
# pragma push_macro("IOC_IN")
# pragma push_macro("IOC_OUT")
# pragma push_macro("IOC_INOUT")
# pragma push_macro("POLLIN")
# pragma push_macro("POLLPRI")
# pragma push_macro("POLLOUT")
# pragma push_macro("POLLERR")
# pragma push_macro("POLLHUP")
# pragma push_macro("POLLNVAL")
# pragma push_macro("POLLRDNORM")
# pragma push_macro("POLLRDBAND")
# pragma push_macro("POLLWRNORM")
# pragma push_macro("POLLWRBAND")
# pragma push_macro("POLLMSG")
# pragma push_macro("POLLREMOVE")
# pragma push_macro("POLLRDHUP")
# pragma push_macro("u_char")
# pragma push_macro("u_short")
# pragma push_macro("u_int")
# pragma push_macro("u_long")
# pragma push_macro("socklen_t")
# pragma push_macro("fd_set")
# pragma push_macro("pollfd")
# pragma push_macro("select")
# pragma push_macro("gethostname")
# pragma push_macro("gettimeofday")
# pragma push_macro("poll")
# pragma push_macro("ioctl")
# pragma push_macro("close")
# pragma push_macro("sleep")
# pragma push_macro("usleep")
# pragma push_macro("_IO")
# pragma push_macro("_IOR")
# pragma push_macro("_IOW")
# pragma push_macro("TCP_NODELAY")
# undef _IO
# undef _IOR
# undef _IOW
# undef TCP_NODELAY
# undef FD_SETSIZE
# undef FD_SET
# undef FD_CLR
# undef FD_ISSET
# undef FD_ZERO
# undef timerisset
# undef timerclear
# undef timercmp
# undef FIONBIO
# undef FIONREAD
# undef FIOASYNC
# undef SIOCATMARK
# undef SIOCSHIWAT
# undef SIOCGHIWAT
# undef SIOCSLOWAT
# undef SIOCGLOWAT
# undef IOC_IN
# undef IOC_OUT
# undef IOC_INOUT
# undef POLLIN
# undef POLLPRI
# undef POLLOUT
# undef POLLERR
# undef POLLHUP
# undef POLLNVAL
# undef POLLRDNORM
# undef POLLRDBAND
# undef POLLWRNORM
# undef POLLWRBAND
# undef POLLMSG
# undef POLLREMOVE
# undef POLLRDHUP
# undef u_char
# undef u_short
# undef u_int
# undef u_long
# undef socklen_t
# undef fd_set
# undef pollfd
# undef select
# undef gethostname
# undef gettimeofday
# undef poll
# undef ioctl
# undef close
# undef sleep
# undef usleep
# define select      ws2_libc_select
# define gethostname ws2_libc_gethostname
# ifndef WS2_LIBC_POLLFD
#  define pollfd     ws2_libc_pollfd
# endif
#elif defined WS2_LIBC_GIVES && !defined WS2_LIBC_TIMEVAL
/* The program asks for struct timeval. A program for Windows means Windows'; else it is libc's, which keeps the name when
   Winsock comes later. */
# ifdef _WIN32
#  include "ws2_timeval.h"
# elif !defined WS2_TIMEVAL_H
#  define WS2_LIBC_TIMEVAL
#  ifdef WS2_DRAGGED_TIMEVAL
struct timeval {
    __time_t      tv_sec;
    __suseconds_t tv_usec;
};
#  endif
# endif
#endif

#if !defined WS2_LIBC_TIMEVAL && (defined WS2_TIMEVAL_H || defined WS2_LIBC_DRAGS)
# pragma push_macro("gettimeofday")
# undef gettimeofday
# define timeval      ws2_libc_timeval
# define gettimeofday ws2_libc_gettimeofday
# define WS2_TIMEVAL_HIDDEN
#endif

/* libc's types of threads come with <sys/types.h> and <stdlib.h>; on Windows they do not, and programs for Windows have
   types of these names of their own. The functions are <pthread.h>'s alone, which gives the types their names back. */
#if defined _WIN32 && !defined __cplusplus
# define WS2_PTHREAD_HIDDEN
# pragma push_macro("pthread_t")
# undef pthread_t
# define pthread_t ws2_libc_pthread_t
# pragma push_macro("pthread_attr_t")
# undef pthread_attr_t
# define pthread_attr_t ws2_libc_pthread_attr_t
# pragma push_macro("pthread_mutex_t")
# undef pthread_mutex_t
# define pthread_mutex_t ws2_libc_pthread_mutex_t
# pragma push_macro("pthread_mutexattr_t")
# undef pthread_mutexattr_t
# define pthread_mutexattr_t ws2_libc_pthread_mutexattr_t
# pragma push_macro("pthread_cond_t")
# undef pthread_cond_t
# define pthread_cond_t ws2_libc_pthread_cond_t
# pragma push_macro("pthread_condattr_t")
# undef pthread_condattr_t
# define pthread_condattr_t ws2_libc_pthread_condattr_t
# pragma push_macro("pthread_rwlock_t")
# undef pthread_rwlock_t
# define pthread_rwlock_t ws2_libc_pthread_rwlock_t
# pragma push_macro("pthread_rwlockattr_t")
# undef pthread_rwlockattr_t
# define pthread_rwlockattr_t ws2_libc_pthread_rwlockattr_t
# pragma push_macro("pthread_key_t")
# undef pthread_key_t
# define pthread_key_t ws2_libc_pthread_key_t
# pragma push_macro("pthread_once_t")
# undef pthread_once_t
# define pthread_once_t ws2_libc_pthread_once_t
# pragma push_macro("pthread_spinlock_t")
# undef pthread_spinlock_t
# define pthread_spinlock_t ws2_libc_pthread_spinlock_t
# pragma push_macro("pthread_barrier_t")
# undef pthread_barrier_t
# define pthread_barrier_t ws2_libc_pthread_barrier_t
# pragma push_macro("pthread_barrierattr_t")
# undef pthread_barrierattr_t
# define pthread_barrierattr_t ws2_libc_pthread_barrierattr_t
#endif
