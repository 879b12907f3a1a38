/* libc's header, and what Windows has in it beside. struct iovec, which glibc's brings, is the program's: <sys/uio.h> has libc's. */
#pragma GCC system_header
#ifndef WS2CC_IOVEC
# define iovec ws2_libc_iovec
# include_next <fcntl.h>
# undef iovec
#else
# include_next <fcntl.h>
#endif
#include <ws2_crt_file.h>
