/* libc's header, and what Windows has in it beside. */
#pragma GCC system_header
#include_next <string.h>
#include <ws2_crt_string.h>
#include <ws2_crt_wide.h>
