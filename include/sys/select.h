/* libc's <sys/select.h>, with the names that Winsock has too kept apart: see ws2_libc_begin.h. */
#pragma GCC system_header

#if !defined select && !defined WS2_SHIELD_H
# define select ws2_libc_select
# define WS2_SELECT_HIDDEN
#endif
#ifdef WS2_IN_LIBC
# include_next <sys/select.h>
#else
# define WS2_LIBC_GIVES
# include "../ws2_libc_begin.h"
# include_next <sys/select.h>
# include "../ws2_libc_end.h"
#endif
#ifdef WS2_SELECT_HIDDEN
# undef WS2_SELECT_HIDDEN
# undef select
# include "../ws2_libc_select.h"
#endif
