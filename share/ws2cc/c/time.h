/* libc's header, and what Windows has in it beside. timespec_get is there in every standard. */
#pragma GCC system_header
#include_next <time.h>
#if !defined(TIME_UTC) && __has_include(<bits/types/struct_timespec.h>)
# include <bits/types/struct_timespec.h>
# define TIME_UTC 1
# ifdef __cplusplus
extern "C" {
# endif
extern int timespec_get(struct timespec *, int);
# ifdef __cplusplus
}
# endif
#endif
/* struct timespec is there. */
#ifndef _TIMESPEC_DEFINED
# define _TIMESPEC_DEFINED
#endif
#include <ws2_crt_time.h>
