/* libc's <sys/types.h>, with the names that Winsock has too kept apart: see ws2_libc_begin.h. */
#pragma GCC system_header

#ifdef WS2_IN_LIBC
# include_next <sys/types.h>
#else
# define WS2_LIBC_DRAGS
# include "../ws2_libc_begin.h"
# include_next <sys/types.h>
# include "../ws2_libc_end.h"
#endif
