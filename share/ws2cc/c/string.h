/* libc's header, and what Windows has in it beside: also the functions for wide texts. */
#pragma GCC system_header
#include_next <string.h>
#include_next <wchar.h>
#include <ws2_crt_string.h>
#include <ws2_crt_wide.h>
