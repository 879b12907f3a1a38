/* The compiler's header, and what Windows has in it beside. */
#pragma GCC system_header
#include_next <float.h>
#include <ws2_crt_float.h>
