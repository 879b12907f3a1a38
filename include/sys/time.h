/* libc's <sys/time.h>, with the names that Winsock has too kept apart: see ws2_libc_begin.h. */
#pragma GCC system_header

#ifdef WS2_IN_LIBC
# include_next <sys/time.h>
#else
# define WS2_LIBC_GIVES
# include "../ws2_libc_begin.h"
# include_next <sys/time.h>
# include "../ws2_libc_end.h"
#endif

#if defined WS2_TIMEVAL_H && !defined WS2_IN_LIBC
# include "../ws2_gettimeofday.h"
#endif
