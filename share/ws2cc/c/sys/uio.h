/* Windows has no <sys/uio.h>, and a program for Windows, or the check of its configure script, does not find one. Behind Winsock's
   headers it is libc's, also where <fcntl.h> has kept its struct iovec under another name. */
#pragma GCC system_header
#if defined _WIN32 && !defined WS2_SHIELD_H && !defined WS2_IN_LIBC
# error "<sys/uio.h> is not there on Windows: include <winsock2.h>, or compile the Linux half with -mno-win32"
#endif
#ifndef WS2CC_IOVEC
# define WS2CC_IOVEC
# define iovec ws2_libc_iovec
#endif
#include_next <sys/uio.h>
