/* Startup, sockets, data, errors, cleanup: for the tools that watch a program's memory and descriptors. */
#include <winsock2.h>
#include <ws2tcpip.h>
#include <stdio.h>
#include <string.h>

static int wrong;

#define EXPECT(what)                                                                            \
    do {                                                                                        \
        if (!(what)) {                                                                          \
            printf("line %d: not so: %s (last error %d)\n", __LINE__, #what, WSAGetLastError()); \
            wrong++;                                                                            \
        }                                                                                       \
    } while (0)

/* A listener on a free port of loopback, and its name. */
static SOCKET listener(struct sockaddr_in *name)
{
    int len = sizeof *name;
    SOCKET made = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
    EXPECT(made != INVALID_SOCKET);
    memset(name, 0, sizeof *name);
    name->sin_family = AF_INET;
    name->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT(bind(made, (struct sockaddr *)name, sizeof *name) == 0);
    EXPECT(listen(made, 4) == 0);
    EXPECT(getsockname(made, (struct sockaddr *)name, &len) == 0 && len == (int)sizeof *name);
    return made;
}

static void streams(void)
{
    static char data[100000];
    char room[64];
    struct sockaddr_in name;
    struct linger at_once = { 1, 0 };
    int value = 0, len = sizeof value, sent;
    long total = 0;
    u_long on = 1, waiting = 0;
    SOCKET listening = listener(&name);
    SOCKET near = socket(AF_INET, SOCK_STREAM, 0), far;

    EXPECT(send(near, "x", 1, 0) == SOCKET_ERROR && WSAGetLastError() == WSAENOTCONN);
    EXPECT(connect(near, (struct sockaddr *)&name, sizeof name) == 0);
    len = sizeof name;
    far = accept(listening, (struct sockaddr *)&name, &len);
    EXPECT(far != INVALID_SOCKET);
    EXPECT(closesocket(listening) == 0);

    EXPECT(send(near, "hello", 5, 0) == 5);
    EXPECT(recv(far, room, sizeof room, MSG_PEEK) == 5);
    EXPECT(recv(far, room, 5, MSG_WAITALL) == 5 && memcmp(room, "hello", 5) == 0);
#ifndef NO_WILD_POINTERS /* valgrind complains of those that the kernel checks */
    EXPECT(send(near, (char *)8, 5, 0) == SOCKET_ERROR && WSAGetLastError() == WSAEFAULT);
#endif
    EXPECT(send(near, room, -1, 0) == SOCKET_ERROR && WSAGetLastError() == WSAEFAULT);
    EXPECT(send(near, room, 1, 0x40) == SOCKET_ERROR && WSAGetLastError() == WSAEINVAL);
    len = sizeof value;
    EXPECT(getsockopt(near, SOL_SOCKET, SO_TYPE, (char *)&value, &len) == 0 && value == SOCK_STREAM);
    EXPECT(setsockopt(near, SOL_SOCKET, 12345, (char *)&value, len) == SOCKET_ERROR);

    EXPECT(ioctlsocket(near, FIONBIO, &on) == 0);
    while ((sent = send(near, data, sizeof data, 0)) > 0)
        total += sent;
    EXPECT(WSAGetLastError() == WSAEWOULDBLOCK && total > 0);
    while (total > 0 && (sent = recv(far, data, sizeof data, 0)) > 0)
        total -= sent;
    EXPECT(total == 0);
    EXPECT(ioctlsocket(far, FIONREAD, &waiting) == 0 && waiting == 0);

    EXPECT(shutdown(near, SD_SEND) == 0);
    EXPECT(send(near, "x", 1, 0) == SOCKET_ERROR && WSAGetLastError() == WSAESHUTDOWN);
    EXPECT(recv(far, room, sizeof room, 0) == 0);
    EXPECT(setsockopt(far, SOL_SOCKET, SO_LINGER, (char *)&at_once, sizeof at_once) == 0);
    EXPECT(closesocket(far) == 0);
    EXPECT(closesocket(near) == 0);
    EXPECT(closesocket(near) == SOCKET_ERROR && WSAGetLastError() == WSAENOTSOCK);
}

static void datagrams(void)
{
    static char data[70000];
    char room[16];
    struct sockaddr_in name;
    int len = sizeof name;
    DWORD patience = 10;
    SOCKET s = socket(AF_INET, SOCK_DGRAM, 0);

    memset(&name, 0, sizeof name);
    name.sin_family = AF_INET;
    name.sin_addr.s_addr = inet_addr("127.0.0.1");
    EXPECT(recv(s, room, sizeof room, 0) == SOCKET_ERROR && WSAGetLastError() == WSAEINVAL);
    EXPECT(bind(s, (struct sockaddr *)&name, sizeof name) == 0);
    EXPECT(getsockname(s, (struct sockaddr *)&name, &len) == 0);
    EXPECT(connect(s, (struct sockaddr *)&name, sizeof name) == 0);
    EXPECT(send(s, data, 65508, 0) == SOCKET_ERROR && WSAGetLastError() == WSAEMSGSIZE);
    EXPECT(send(s, data, 20, 0) == 20);
    EXPECT(recv(s, room, sizeof room, 0) == SOCKET_ERROR && WSAGetLastError() == WSAEMSGSIZE);
    EXPECT(setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, (char *)&patience, sizeof patience) == 0);
    EXPECT(recv(s, room, sizeof room, 0) == SOCKET_ERROR && WSAGetLastError() == WSAETIMEDOUT);
    EXPECT(closesocket(s) == 0);
}

static void names(void)
{
    char text[64];
    struct in6_addr six;
    struct addrinfo hints, *found = NULL;
    struct hostent *host;

    EXPECT(inet_pton(AF_INET6, "fe80::1", &six) == 1);
    EXPECT(inet_ntop(AF_INET6, &six, text, sizeof text) == text && strcmp(text, "fe80::1") == 0);
    EXPECT(inet_pton(AF_INET, "300.1.1.1", &six) == 0);
    EXPECT(gethostname(text, sizeof text) == 0);
    memset(&hints, 0, sizeof hints);
    hints.ai_flags = AI_NUMERICHOST;
    hints.ai_socktype = SOCK_STREAM;
    EXPECT(getaddrinfo("127.0.0.1", "80", &hints, &found) == 0 && found != NULL);
    freeaddrinfo(found);
    host = gethostbyname("127.0.0.1");
    EXPECT(host != NULL && host->h_length == 4);
}

int main(void)
{
    WSADATA data;
    SOCKET forgotten;
    int round;

    EXPECT(send(0, "x", 1, 0) == SOCKET_ERROR && WSAGetLastError() == WSANOTINITIALISED);
    for (round = 0; round < 3; round++) {
        EXPECT(WSAStartup(MAKEWORD(2, 2), &data) == 0);
        streams();
        datagrams();
        names();
        /* The last WSACleanup closes what the program forgot. */
        forgotten = socket(AF_INET, SOCK_STREAM, 0);
        EXPECT(forgotten != INVALID_SOCKET);
        EXPECT(WSACleanup() == 0);
    }
    EXPECT(WSACleanup() == SOCKET_ERROR && WSAGetLastError() == WSANOTINITIALISED);
    printf("%d wrong\n", wrong);
    return wrong != 0;
}
