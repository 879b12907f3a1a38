/* getaddrinfo and its like for Windows 2000, which had them not; here ws2tcpip.h has all there is. */
#ifndef WS2_WSPIAPI_H
#define WS2_WSPIAPI_H

#include "ws2tcpip.h"

#define WspiapiGetAddrInfo  getaddrinfo
#define WspiapiGetNameInfo  getnameinfo
#define WspiapiFreeAddrInfo freeaddrinfo

#endif
