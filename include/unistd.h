/* libc's <unistd.h>, with the names that Winsock has too kept apart: see ws2_libc_begin.h. */
#pragma GCC system_header

#ifdef WS2_IN_LIBC
# include_next <unistd.h>
#else
# include "ws2_libc_begin.h"
# include_next <unistd.h>
# include "ws2_libc_end.h"
#endif
