/* libc's header, and what Windows has in it beside. */
#pragma GCC system_header
#include_next <stdio.h>
#include <ws2_crt_stdio.h>
#include <ws2_crt_file.h>
#include <ws2_crt_wide.h>
