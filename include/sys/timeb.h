/* The time with milliseconds: libc's ftime where there is one, and Windows' _ftime. */
#ifndef WS2_SYS_TIMEB_H
#define WS2_SYS_TIMEB_H
#pragma GCC system_header

#if defined __has_include_next
# if __has_include_next(<sys/timeb.h>)
#  include_next <sys/timeb.h>
# endif
#endif

#include "../ws2_crt_timeb.h"

#endif
