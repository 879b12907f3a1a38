/* libc's header, and what Windows has in it beside. Names that libc has and Windows has not are the program's. */
#pragma GCC system_header
#pragma push_macro("arc4random")
#pragma push_macro("arc4random_buf")
#pragma push_macro("arc4random_uniform")
#undef arc4random
#undef arc4random_buf
#undef arc4random_uniform
#define arc4random         ws2_libc_arc4random
#define arc4random_buf     ws2_libc_arc4random_buf
#define arc4random_uniform ws2_libc_arc4random_uniform
/* Windows has them for texts of 16 bits: ws2_crt_wshort.h. C++'s own header wants libc's. */
#if __SIZEOF_WCHAR_T__ == 2 && !defined(__cplusplus)
# define mbstowcs ws2_libc_mbstowcs
# define wcstombs ws2_libc_wcstombs
#endif
#include_next <stdlib.h>
#if __SIZEOF_WCHAR_T__ == 2 && !defined(__cplusplus)
# undef mbstowcs
# undef wcstombs
#endif
#undef arc4random
#undef arc4random_buf
#undef arc4random_uniform
#pragma pop_macro("arc4random")
#pragma pop_macro("arc4random_buf")
#pragma pop_macro("arc4random_uniform")
#include <ws2_crt_string.h>
#include <ws2_crt_file.h>
#if __SIZEOF_WCHAR_T__ == 2
# include <wchar.h>
#endif
#include <ws2_crt_wide.h>
