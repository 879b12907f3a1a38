/* libc's <signal.h>, with libc's types of threads kept apart: see ws2_libc_begin.h. */
#pragma GCC system_header

#ifdef WS2_IN_LIBC
# include_next <signal.h>
#else
# define WS2_LIBC_DRAGS
# include "ws2_libc_begin.h"
# include_next <signal.h>
# include "ws2_libc_end.h"
#endif
