/* Addresses of AF_UNIX: names in the file system. */
#ifndef WS2_AFUNIX_H
#define WS2_AFUNIX_H

#include "ws2_types.h"
#include "ws2_ioctl.h"

/* WSAIoctl: codes. */
#define SIO_AF_UNIX_GETPEERPID        _WSAIOR(IOC_VENDOR, 256)
#define SIO_AF_UNIX_SETBINDPARENTPATH _WSAIOW(IOC_VENDOR, 257)
#define SIO_AF_UNIX_SETCONNPARENTPATH _WSAIOW(IOC_VENDOR, 258)

#define UNIX_PATH_MAX 108

typedef struct sockaddr_un {
    ADDRESS_FAMILY sun_family;
    char           sun_path[UNIX_PATH_MAX];
} SOCKADDR_UN, *PSOCKADDR_UN;

#endif
