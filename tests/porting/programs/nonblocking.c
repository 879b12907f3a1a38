/* One thread, sockets that do not wait: connect is WSAEWOULDBLOCK until select says writable, a full buffer, a refused connection
   in the exceptional set, and SO_ERROR. */
#include "loopback.h"

static int ready(SOCKET s, int what)
{
    fd_set set, failed;
    struct timeval limit = {5, 0};

    FD_ZERO(&set);
    FD_ZERO(&failed);
    FD_SET(s, &set);
    FD_SET(s, &failed);
    if (select((int)s + 1, what == 'r' ? &set : NULL, what == 'r' ? NULL : &set, &failed, &limit) <= 0)
        return 0;
    return FD_ISSET(s, &failed) ? 'e' : FD_ISSET(s, &set) ? what : 0;
}

int main(void)
{
    struct sockaddr_in address;
    SOCKET listener, client, server, other;
    u_long on = 1;
    int length = sizeof(int), code = -1, total = 0, got;
    static char block[65536];

    started();
    listener = bound(SOCK_STREAM, &address);
    CHECK(ioctlsocket(listener, FIONBIO, &on) == 0);
    CHECK(accept(listener, NULL, NULL) == INVALID_SOCKET && WSAGetLastError() == WSAEWOULDBLOCK);
    client = socket(AF_INET, SOCK_STREAM, 0);
    CHECK(ioctlsocket(client, (long)FIONBIO, &on) == 0 && on == 1);
    CHECK(connect(client, (struct sockaddr *)&address, sizeof(address)) == SOCKET_ERROR);
    CHECK(WSAGetLastError() == WSAEWOULDBLOCK);
    CHECK(ready(client, 'w') == 'w');
    CHECK(getsockopt(client, SOL_SOCKET, SO_ERROR, (char *)&code, &length) == 0 && code == 0);
    CHECK(ready(listener, 'r') == 'r');
    server = accept(listener, NULL, NULL);
    CHECK(server != INVALID_SOCKET);
    /* An accepted socket has the listener's mode. */
    CHECK(recv(server, block, 1, 0) == SOCKET_ERROR && WSAGetLastError() == WSAEWOULDBLOCK);
    while ((got = send(client, block, sizeof(block), 0)) > 0)
        total += got;
    CHECK(WSAGetLastError() == WSAEWOULDBLOCK && total > 0);
    while (total > 0) {
        CHECK(ready(server, 'r') == 'r');
        got = recv(server, block, sizeof(block), 0);
        CHECK(got > 0);
        if (got <= 0)
            break;
        total -= got;
    }
    closesocket(client);
    CHECK(ready(server, 'r') == 'r' && recv(server, block, 1, 0) == 0);
    closesocket(server);
    closesocket(listener);
    other = socket(AF_INET, SOCK_STREAM, 0);
    ioctlsocket(other, FIONBIO, &on);
    CHECK(connect(other, (struct sockaddr *)&address, sizeof(address)) == SOCKET_ERROR);
    CHECK(ready(other, 'w') == 'e');
    CHECK(getsockopt(other, SOL_SOCKET, SO_ERROR, (char *)&code, &length) == 0 && code == WSAECONNREFUSED);
    closesocket(other);
    WSACleanup();
    return result();
}
