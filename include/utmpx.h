/* libc's <utmpx.h>, with the names that Winsock has too kept apart: see ws2_libc_begin.h. */
#pragma GCC system_header

#ifdef WS2_IN_LIBC
# include_next <utmpx.h>
#else
# define WS2_LIBC_GIVES
# include "ws2_libc_begin.h"
# include_next <utmpx.h>
# include "ws2_libc_end.h"
#endif
