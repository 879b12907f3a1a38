/* libc's header, and what Windows has in it beside. */
#pragma GCC system_header
#include_next <malloc.h>
#include <ws2_crt_malloc.h>
