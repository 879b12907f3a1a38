/* After a header of libc: the names that ws2_libc_begin.h has hidden mean again what they meant before. */
#ifdef WS2_PTHREAD_HIDDEN
# undef WS2_PTHREAD_HIDDEN
# undef pthread_t
# pragma pop_macro("pthread_t")
# undef pthread_attr_t
# pragma pop_macro("pthread_attr_t")
# undef pthread_mutex_t
# pragma pop_macro("pthread_mutex_t")
# undef pthread_mutexattr_t
# pragma pop_macro("pthread_mutexattr_t")
# undef pthread_cond_t
# pragma pop_macro("pthread_cond_t")
# undef pthread_condattr_t
# pragma pop_macro("pthread_condattr_t")
# undef pthread_rwlock_t
# pragma pop_macro("pthread_rwlock_t")
# undef pthread_rwlockattr_t
# pragma pop_macro("pthread_rwlockattr_t")
# undef pthread_key_t
# pragma pop_macro("pthread_key_t")
# undef pthread_once_t
# pragma pop_macro("pthread_once_t")
# undef pthread_spinlock_t
# pragma pop_macro("pthread_spinlock_t")
# undef pthread_barrier_t
# pragma pop_macro("pthread_barrier_t")
# undef pthread_barrierattr_t
# pragma pop_macro("pthread_barrierattr_t")
#endif

#ifdef WS2_TIMEVAL_HIDDEN
# undef WS2_TIMEVAL_HIDDEN
# undef timeval
# undef gettimeofday
# pragma pop_macro("gettimeofday")
# if defined __timeval_defined || defined __DEFINED_struct_timeval
#  define WS2_DRAGGED_TIMEVAL
# endif
#endif

/* A header that could have given it, but did not in this standard of C. */
#if defined WS2_LIBC_TIMEVAL && !(defined __timeval_defined || defined __DEFINED_struct_timeval)
# undef WS2_LIBC_TIMEVAL
#endif

#ifdef WS2_SHIELD_H
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
# pragma pop_macro("usleep")
# pragma pop_macro("sleep")
# pragma pop_macro("close")
# pragma pop_macro("ioctl")
# pragma pop_macro("poll")
# pragma pop_macro("gettimeofday")
# pragma pop_macro("gethostname")
# pragma pop_macro("select")
# pragma pop_macro("pollfd")
# pragma pop_macro("fd_set")
# pragma pop_macro("socklen_t")
# pragma pop_macro("u_long")
# pragma pop_macro("u_int")
# pragma pop_macro("u_short")
# pragma pop_macro("u_char")
# pragma pop_macro("POLLRDHUP")
# pragma pop_macro("POLLREMOVE")
# pragma pop_macro("POLLMSG")
# pragma pop_macro("POLLWRBAND")
# pragma pop_macro("POLLWRNORM")
# pragma pop_macro("POLLRDBAND")
# pragma pop_macro("POLLRDNORM")
# pragma pop_macro("POLLNVAL")
# pragma pop_macro("POLLHUP")
# pragma pop_macro("POLLERR")
# pragma pop_macro("POLLOUT")
# pragma pop_macro("POLLPRI")
# pragma pop_macro("POLLIN")
# pragma pop_macro("IOC_INOUT")
# pragma pop_macro("IOC_OUT")
# pragma pop_macro("IOC_IN")
# pragma pop_macro("SIOCGLOWAT")
# pragma pop_macro("SIOCSLOWAT")
# pragma pop_macro("SIOCGHIWAT")
# pragma pop_macro("SIOCSHIWAT")
# pragma pop_macro("SIOCATMARK")
# pragma pop_macro("FIOASYNC")
# pragma pop_macro("FIONREAD")
# pragma pop_macro("FIONBIO")
# pragma pop_macro("timercmp")
# pragma pop_macro("timerclear")
# pragma pop_macro("timerisset")
# pragma pop_macro("FD_ZERO")
# pragma pop_macro("FD_ISSET")
# pragma pop_macro("FD_CLR")
# pragma pop_macro("FD_SET")
# pragma pop_macro("FD_SETSIZE")
# undef _IO
# pragma pop_macro("_IO")
# undef _IOR
# pragma pop_macro("_IOR")
# undef _IOW
# pragma pop_macro("_IOW")
# undef TCP_NODELAY
# pragma pop_macro("TCP_NODELAY")
#endif

#undef WS2_IN_LIBC
#undef WS2_LIBC_GIVES
#undef WS2_LIBC_DRAGS
