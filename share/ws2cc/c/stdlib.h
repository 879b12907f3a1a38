/* libc's header, and what Windows has in it beside. */
#pragma GCC system_header
#include_next <stdlib.h>
#include <ws2_crt_string.h>
#include <ws2_crt_file.h>
#include <ws2_crt_wide.h>
