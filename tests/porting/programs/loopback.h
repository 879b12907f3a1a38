/* What the programs with sockets share: starting Winsock, a listener on the loopback, and a connection to it. */
#ifndef LOOPBACK_H
#define LOOPBACK_H

#include <winsock2.h>
#include <ws2tcpip.h>
#include <string.h>

#include "check.h"

static __inline__ void started(void)
{
    WSADATA data;

    CHECK(WSAStartup(MAKEWORD(2, 2), &data) == 0);
    CHECK(data.wVersion == MAKEWORD(2, 2));
}

/* Bound to a port of the system's choice; `address` is where. */
static __inline__ SOCKET bound(int type, struct sockaddr_in *address)
{
    SOCKET s = socket(AF_INET, type, 0);
    int length = sizeof(*address);

    CHECK(s != INVALID_SOCKET);
    memset(address, 0, sizeof(*address));
    address->sin_family = AF_INET;
    address->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    CHECK(bind(s, (struct sockaddr *)address, sizeof(*address)) == 0);
    CHECK(getsockname(s, (struct sockaddr *)address, &length) == 0);
    if (type == SOCK_STREAM)
        CHECK(listen(s, SOMAXCONN) == 0);
    return s;
}

#endif
