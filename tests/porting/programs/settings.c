/* Options as programs set them: BOOL and int and one byte, time-outs in milliseconds, lingering, and a port that somebody else has
   for himself. */
#include "loopback.h"

int main(void)
{
    struct sockaddr_in address;
    SOCKET listener, s, other;
    BOOL on = TRUE, asked = FALSE;
    int length = sizeof(asked), size = 32768, kind = 0;
    DWORD limit = 250, told = 0;
    struct linger linger = {1, 0};
    char letter;

    started();
    listener = bound(SOCK_STREAM, &address);
    CHECK(getsockopt(listener, SOL_SOCKET, SO_ACCEPTCONN, (char *)&asked, &length) == 0 && asked);
    s = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
    CHECK(setsockopt(s, IPPROTO_TCP, TCP_NODELAY, (const char *)&on, sizeof(on)) == 0);
    CHECK(getsockopt(s, IPPROTO_TCP, TCP_NODELAY, (char *)&asked, &length) == 0 && asked);
    CHECK(setsockopt(s, SOL_SOCKET, SO_KEEPALIVE, (const char *)&on, sizeof(on)) == 0);
    CHECK(setsockopt(s, SOL_SOCKET, SO_SNDBUF, (const char *)&size, sizeof(size)) == 0);
    size = 0;
    length = sizeof(size);
    CHECK(getsockopt(s, SOL_SOCKET, SO_SNDBUF, (char *)&size, &length) == 0 && size == 32768);
    CHECK(setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, (const char *)&limit, sizeof(limit)) == 0);
    length = sizeof(told);
    CHECK(getsockopt(s, SOL_SOCKET, SO_RCVTIMEO, (char *)&told, &length) == 0 && told == 250);
    length = sizeof(kind);
    CHECK(getsockopt(s, SOL_SOCKET, SO_TYPE, (char *)&kind, &length) == 0 && kind == SOCK_STREAM);
    CHECK(setsockopt(s, SOL_SOCKET, SO_LINGER, (const char *)&linger, sizeof(linger)) == 0);
    CHECK(setsockopt(s, SOL_SOCKET, 0x7777, (const char *)&on, sizeof(on)) == SOCKET_ERROR && WSAGetLastError() == WSAENOPROTOOPT);
    CHECK(setsockopt(s, SOL_SOCKET, SO_KEEPALIVE, NULL, sizeof(on)) == SOCKET_ERROR && WSAGetLastError() == WSAEFAULT);
    CHECK(connect(s, (struct sockaddr *)&address, sizeof(address)) == 0);
    other = accept(listener, NULL, NULL);
    /* Lingering for no time: the other side sees a reset. */
    CHECK(closesocket(s) == 0);
    CHECK(recv(other, &letter, 1, 0) == SOCKET_ERROR && WSAGetLastError() == WSAECONNRESET);
    closesocket(other);

    other = socket(AF_INET, SOCK_STREAM, 0);
    CHECK(bind(other, (struct sockaddr *)&address, sizeof(address)) == SOCKET_ERROR && WSAGetLastError() == WSAEADDRINUSE);
    closesocket(other);
    other = socket(AF_INET, SOCK_STREAM, 0);
    CHECK(setsockopt(other, SOL_SOCKET, SO_EXCLUSIVEADDRUSE, (const char *)&on, sizeof(on)) == 0);
    CHECK(setsockopt(other, SOL_SOCKET, SO_REUSEADDR, (const char *)&on, sizeof(on)) == SOCKET_ERROR);
    CHECK(WSAGetLastError() == WSAEINVAL);
    closesocket(other);
    closesocket(listener);
    WSACleanup();
    return result();
}
