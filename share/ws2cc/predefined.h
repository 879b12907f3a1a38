/* What Windows' compilers know before the first line of a source. ws2cc and ws2c++ put it there; nothing includes it. It
   holds macros only, so that assembler sources take it too. */
#ifndef WS2CC_PREDEFINED_H
#define WS2CC_PREDEFINED_H

/* The system that the source is written for. */
#undef __linux__
#undef __linux
#undef linux
#undef __gnu_linux__
#undef __unix__
#undef __unix
#undef unix
#define _WIN32      1
#define _WIN64      1
#define __WIN32     1
#define __WIN32__   1
#define __WIN64     1
#define __WIN64__   1
#ifndef WIN32
# define WIN32      1
#endif
#ifndef WIN64
# define WIN64      1
#endif

/* Windows' headers do not hide what came with C11 (timespec_get, aligned_alloc) from a program of an older standard. */
#if defined __STRICT_ANSI__ && !defined _ISOC11_SOURCE && !defined __cplusplus
# define _ISOC11_SOURCE 1
#endif

/* Calling conventions: there is one. */
#define __cdecl
#define _cdecl
#define __stdcall
#define _stdcall
#define __fastcall
#define _fastcall
#define __thiscall
#define __vectorcall
#define __clrcall
#define __pascal
#define _pascal

/* Integers; unsigned __int64 is a type, too. */
#ifndef __int8
# define __int8     char
# define __int16    short
# define __int32    int
# define __int64    long
#endif
#define _int64      long

/* Words that say nothing here, or something that has another name. */
#define __ptr32
#define __ptr64
#define __w64
#define __unaligned
#ifndef __forceinline
# define __forceinline static __inline__ __attribute__((__always_inline__))
#endif
#define _inline     __inline__
#define __assume(condition) ((condition) ? (void)0 : __builtin_unreachable())
#define __noop      ((void)0)

/* __declspec(word): an attribute, where there is one. */
#define __declspec(word)  WS2CC_DECLSPEC(word)
#define _declspec(word)   WS2CC_DECLSPEC(word)
#define WS2CC_DECLSPEC(word)        __attribute__((WS2CC_DECLSPEC_##word))
#define WS2CC_DECLSPEC_             /* nothing asked */
#define WS2CC_DECLSPEC_align(n)     __aligned__(n)
#define WS2CC_DECLSPEC_allocate(s)  __section__(s)
#define WS2CC_DECLSPEC_deprecated   __deprecated__
#define WS2CC_DECLSPEC_dllexport    __visibility__("default")
#define WS2CC_DECLSPEC_dllimport
#define WS2CC_DECLSPEC_naked        __naked__
#define WS2CC_DECLSPEC_noalias
#define WS2CC_DECLSPEC_noinline     __noinline__
#define WS2CC_DECLSPEC_noreturn     __noreturn__
#define WS2CC_DECLSPEC__Noreturn    __noreturn__
#define WS2CC_DECLSPEC_nothrow      __nothrow__
#define WS2CC_DECLSPEC_novtable
#define WS2CC_DECLSPEC_restrict
#define WS2CC_DECLSPEC_safebuffers
#define WS2CC_DECLSPEC_selectany    __weak__
#define WS2CC_DECLSPEC_spectre(kind)
#define WS2CC_DECLSPEC_uuid(text)
/* No attribute but a storage class, which leaves the attribute and comes back to it. */
#ifdef __cplusplus
# define WS2CC_DECLSPEC_thread      )) thread_local __attribute__((
#else
# define WS2CC_DECLSPEC_thread      )) _Thread_local __attribute__((
#endif

/* Programs for Windows have functions of these names of their own, for types of their own. With libc's symbols they would
   replace libc's in the whole process; <pthread.h> takes these names away again. */
#ifndef __cplusplus
# define pthread_attr_destroy ws2cc_pthread_attr_destroy
# define pthread_attr_init ws2cc_pthread_attr_init
# define pthread_attr_setdetachstate ws2cc_pthread_attr_setdetachstate
# define pthread_attr_setstacksize ws2cc_pthread_attr_setstacksize
# define pthread_cancel ws2cc_pthread_cancel
# define pthread_cond_broadcast ws2cc_pthread_cond_broadcast
# define pthread_cond_destroy ws2cc_pthread_cond_destroy
# define pthread_cond_init ws2cc_pthread_cond_init
# define pthread_cond_signal ws2cc_pthread_cond_signal
# define pthread_cond_timedwait ws2cc_pthread_cond_timedwait
# define pthread_cond_wait ws2cc_pthread_cond_wait
# define pthread_create ws2cc_pthread_create
# define pthread_detach ws2cc_pthread_detach
# define pthread_equal ws2cc_pthread_equal
# define pthread_exit ws2cc_pthread_exit
# define pthread_getspecific ws2cc_pthread_getspecific
# define pthread_join ws2cc_pthread_join
# define pthread_key_create ws2cc_pthread_key_create
# define pthread_key_delete ws2cc_pthread_key_delete
# define pthread_mutex_destroy ws2cc_pthread_mutex_destroy
# define pthread_mutex_init ws2cc_pthread_mutex_init
# define pthread_mutex_lock ws2cc_pthread_mutex_lock
# define pthread_mutex_trylock ws2cc_pthread_mutex_trylock
# define pthread_mutex_unlock ws2cc_pthread_mutex_unlock
# define pthread_mutexattr_destroy ws2cc_pthread_mutexattr_destroy
# define pthread_mutexattr_init ws2cc_pthread_mutexattr_init
# define pthread_mutexattr_settype ws2cc_pthread_mutexattr_settype
# define pthread_once ws2cc_pthread_once
# define pthread_rwlock_destroy ws2cc_pthread_rwlock_destroy
# define pthread_rwlock_init ws2cc_pthread_rwlock_init
# define pthread_rwlock_rdlock ws2cc_pthread_rwlock_rdlock
# define pthread_rwlock_tryrdlock ws2cc_pthread_rwlock_tryrdlock
# define pthread_rwlock_trywrlock ws2cc_pthread_rwlock_trywrlock
# define pthread_rwlock_unlock ws2cc_pthread_rwlock_unlock
# define pthread_rwlock_wrlock ws2cc_pthread_rwlock_wrlock
# define pthread_self ws2cc_pthread_self
# define pthread_setspecific ws2cc_pthread_setspecific
#endif

#endif
