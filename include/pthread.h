/* libc's <pthread.h>. ws2_libc_begin.h hides the types that libc's other headers bring, and ws2cc gives functions of these
   names that a program for Windows may have another symbol: who includes this header means libc's. */
#pragma GCC system_header

#undef pthread_attr_destroy
#undef pthread_attr_init
#undef pthread_attr_setdetachstate
#undef pthread_attr_setstacksize
#undef pthread_cancel
#undef pthread_cond_broadcast
#undef pthread_cond_destroy
#undef pthread_cond_init
#undef pthread_cond_signal
#undef pthread_cond_timedwait
#undef pthread_cond_wait
#undef pthread_create
#undef pthread_detach
#undef pthread_equal
#undef pthread_exit
#undef pthread_getspecific
#undef pthread_join
#undef pthread_key_create
#undef pthread_key_delete
#undef pthread_mutex_destroy
#undef pthread_mutex_init
#undef pthread_mutex_lock
#undef pthread_mutex_trylock
#undef pthread_mutex_unlock
#undef pthread_mutexattr_destroy
#undef pthread_mutexattr_init
#undef pthread_mutexattr_settype
#undef pthread_once
#undef pthread_rwlock_destroy
#undef pthread_rwlock_init
#undef pthread_rwlock_rdlock
#undef pthread_rwlock_tryrdlock
#undef pthread_rwlock_trywrlock
#undef pthread_rwlock_unlock
#undef pthread_rwlock_wrlock
#undef pthread_self
#undef pthread_setspecific

#ifdef WS2_IN_LIBC
# include_next <pthread.h>
#else
# define WS2_LIBC_DRAGS
# include "ws2_libc_begin.h"
# include_next <pthread.h>
# include "ws2_libc_end.h"
#endif

#if defined _WIN32 && !defined __cplusplus && !defined WS2_IN_LIBC && !defined WS2_PTHREAD_H
# define WS2_PTHREAD_H
typedef ws2_libc_pthread_t            pthread_t;
typedef union ws2_libc_pthread_attr_t pthread_attr_t;
typedef ws2_libc_pthread_mutex_t      pthread_mutex_t;
typedef ws2_libc_pthread_mutexattr_t  pthread_mutexattr_t;
typedef ws2_libc_pthread_cond_t       pthread_cond_t;
typedef ws2_libc_pthread_condattr_t   pthread_condattr_t;
typedef ws2_libc_pthread_key_t        pthread_key_t;
typedef ws2_libc_pthread_once_t       pthread_once_t;
# if defined _XOPEN_SOURCE || defined _DEFAULT_SOURCE || (defined _POSIX_C_SOURCE && _POSIX_C_SOURCE >= 200112L)
typedef ws2_libc_pthread_rwlock_t      pthread_rwlock_t;
typedef ws2_libc_pthread_rwlockattr_t  pthread_rwlockattr_t;
typedef ws2_libc_pthread_spinlock_t    pthread_spinlock_t;
typedef ws2_libc_pthread_barrier_t     pthread_barrier_t;
typedef ws2_libc_pthread_barrierattr_t pthread_barrierattr_t;
# endif
#endif
