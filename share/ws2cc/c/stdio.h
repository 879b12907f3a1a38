/* libc's header, and what Windows has in it beside. Names that libc has and Windows has not are the program's, unless its
   configuration says that it has found them. */
#pragma GCC system_header
#pragma push_macro("getline")
#undef getline
#pragma push_macro("getdelim")
#undef getdelim
#pragma push_macro("dprintf")
#undef dprintf
#pragma push_macro("vdprintf")
#undef vdprintf
#ifndef HAVE_GETLINE
# define getline ws2_libc_getline
#endif
#ifndef HAVE_GETDELIM
# define getdelim ws2_libc_getdelim
#endif
#ifndef HAVE_DPRINTF
# define dprintf ws2_libc_dprintf
#endif
#ifndef HAVE_VDPRINTF
# define vdprintf ws2_libc_vdprintf
#endif
#include_next <stdio.h>
#undef getline
#undef getdelim
#undef dprintf
#undef vdprintf
#pragma pop_macro("getline")
#pragma pop_macro("getdelim")
#pragma pop_macro("dprintf")
#pragma pop_macro("vdprintf")
#include <ws2_crt_stdio.h>
#include <ws2_crt_file.h>
#include <ws2_crt_wprint.h>
#include <ws2_crt_printf.h>
