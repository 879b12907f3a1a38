/* Datagrams: sizes kept, a buffer that is too small (WSAEMSGSIZE), peeking, a time-out in milliseconds, a connected socket that
   takes nothing from others, and how many bytes wait. */
#include "loopback.h"

int main(void)
{
    struct sockaddr_in one, two, from;
    SOCKET a, b, c;
    int length = sizeof(from), i;
    DWORD limit = 50;
    u_long there = 0;
    char text[64];

    started();
    a = bound(SOCK_DGRAM, &one);
    b = bound(SOCK_DGRAM, &two);
    for (i = 1; i <= 3; i++)
        CHECK(sendto(a, "abcdef", i * 2, 0, (struct sockaddr *)&two, sizeof(two)) == i * 2);
    CHECK(recvfrom(b, text, sizeof(text), MSG_PEEK, NULL, NULL) == 2);
    CHECK(ioctlsocket(b, FIONREAD, &there) == 0 && there >= 2);
    CHECK(recvfrom(b, text, sizeof(text), 0, (struct sockaddr *)&from, &length) == 2 && length == (int)sizeof(from));
    CHECK(from.sin_port == one.sin_port && from.sin_addr.s_addr == one.sin_addr.s_addr);
    memset(text, 0, sizeof(text));
    CHECK(recvfrom(b, text, 3, 0, NULL, NULL) == SOCKET_ERROR && WSAGetLastError() == WSAEMSGSIZE);
    CHECK(strcmp(text, "abc") == 0);
    CHECK(recv(b, text, sizeof(text), 0) == 6);
    CHECK(setsockopt(b, SOL_SOCKET, SO_RCVTIMEO, (const char *)&limit, sizeof(limit)) == 0);
    CHECK(recv(b, text, sizeof(text), 0) == SOCKET_ERROR && WSAGetLastError() == WSAETIMEDOUT);
    c = socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
    CHECK(connect(c, (struct sockaddr *)&two, sizeof(two)) == 0);
    CHECK(send(c, "", 0, 0) == 0);
    CHECK(recvfrom(b, text, sizeof(text), 0, (struct sockaddr *)&from, &length) == 0);
    CHECK(sendto(a, "no", 2, 0, (struct sockaddr *)&from, sizeof(from)) == 2);
    CHECK(sendto(b, "yes", 3, 0, (struct sockaddr *)&from, sizeof(from)) == 3);
    CHECK(recv(c, text, sizeof(text), 0) == 3 && memcmp(text, "yes", 3) == 0);
    closesocket(a);
    closesocket(b);
    closesocket(c);
    WSACleanup();
    CHECK(socket(AF_INET, SOCK_DGRAM, 0) == INVALID_SOCKET && WSAGetLastError() == WSANOTINITIALISED);
    return result();
}
