/* libc's header, and what Windows has in it beside: also the functions for wide texts. Names that libc has and Windows has not are the
   program's, unless its configuration says that it has found them. */
#pragma GCC system_header
#pragma push_macro("index")
#undef index
#pragma push_macro("rindex")
#undef rindex
#pragma push_macro("strsep")
#undef strsep
#pragma push_macro("strcasestr")
#undef strcasestr
#pragma push_macro("memmem")
#undef memmem
#pragma push_macro("strndup")
#undef strndup
#pragma push_macro("stpcpy")
#undef stpcpy
#pragma push_macro("basename")
#undef basename
#define index ws2_libc_index
#define rindex ws2_libc_rindex
#ifndef HAVE_STRSEP
# define strsep ws2_libc_strsep
#endif
#ifndef HAVE_STRCASESTR
# define strcasestr ws2_libc_strcasestr
#endif
#ifndef HAVE_MEMMEM
# define memmem ws2_libc_memmem
#endif
#ifndef HAVE_STRNDUP
# define strndup ws2_libc_strndup
#endif
#ifndef HAVE_STPCPY
# define stpcpy ws2_libc_stpcpy
#endif
#ifndef HAVE_BASENAME
# define basename ws2_libc_basename
#endif
#include_next <string.h>
#undef index
#undef rindex
#undef strsep
#undef strcasestr
#undef memmem
#undef strndup
#undef stpcpy
#undef basename
#pragma pop_macro("index")
#pragma pop_macro("rindex")
#pragma pop_macro("strsep")
#pragma pop_macro("strcasestr")
#pragma pop_macro("memmem")
#pragma pop_macro("strndup")
#pragma pop_macro("stpcpy")
#pragma pop_macro("basename")
#include <wchar.h>
#include <ws2_crt_string.h>
