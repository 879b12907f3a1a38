/* Windows has no <netinet/tcp.h>, and a program for Windows, or the check of its configure script, does not find one. Behind Winsock's headers
   it is libc's, without effect on Winsock's names. */
#pragma GCC system_header
#if defined _WIN32 && !defined WS2_SHIELD_H && !defined WS2_IN_LIBC
# error "<netinet/tcp.h> is not there on Windows: include <winsock2.h>, or compile the Linux half with -mno-win32"
#endif
#include_next <netinet/tcp.h>
