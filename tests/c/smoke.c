/* One of each that matters, over loopback, in one small program: for libraries that were built for another C library or another
   processor, where the test programs are not run. Streams and datagrams, errors, select, network events, threads and objects,
   overlapped operations by event and by completion port, and names that are numbers. Ends with the line "smoke: all as it should be". */
#include <winsock2.h>
#include <ws2tcpip.h>
#include <windows.h>
#include <stdio.h>
#include <string.h>

#define MOST_MS 20000

static int wrong;

#define EXPECT(what)                                                                            \
    do {                                                                                        \
        if (!(what)) {                                                                          \
            printf("line %d: not so: %s (last error %d)\n", __LINE__, #what, WSAGetLastError()); \
            wrong++;                                                                            \
        }                                                                                       \
    } while (0)

/* Two connected sockets. */
static int connected(SOCKET pair[2])
{
    struct sockaddr_in name;
    int length = (int)sizeof name;
    SOCKET listener = WSASocketW(AF_INET, SOCK_STREAM, IPPROTO_TCP, NULL, 0, WSA_FLAG_OVERLAPPED);

    memset(&name, 0, sizeof name);
    name.sin_family = AF_INET;
    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    pair[0] = pair[1] = INVALID_SOCKET;
    EXPECT(listener != INVALID_SOCKET);
    EXPECT(bind(listener, (struct sockaddr *)&name, sizeof name) == 0);
    EXPECT(listen(listener, 1) == 0);
    EXPECT(getsockname(listener, (struct sockaddr *)&name, &length) == 0 && length == (int)sizeof name);
    pair[0] = WSASocketW(AF_INET, SOCK_STREAM, IPPROTO_TCP, NULL, 0, WSA_FLAG_OVERLAPPED);
    EXPECT(connect(pair[0], (struct sockaddr *)&name, sizeof name) == 0);
    pair[1] = accept(listener, NULL, NULL);
    EXPECT(pair[1] != INVALID_SOCKET);
    EXPECT(closesocket(listener) == 0);
    return pair[1] != INVALID_SOCKET;
}

static void part(SOCKET pair[2])
{
    EXPECT(closesocket(pair[0]) == 0);
    EXPECT(closesocket(pair[1]) == 0);
}

static void streams_and_errors(void)
{
    SOCKET pair[2];
    char room[16];
    fd_set readable;
    struct timeval most = { 20, 0 };
    u_long on = 1;

    if (!connected(pair))
        return;
    EXPECT(ioctlsocket(pair[1], FIONBIO, &on) == 0);
    EXPECT(recv(pair[1], room, sizeof room, 0) == SOCKET_ERROR && WSAGetLastError() == WSAEWOULDBLOCK);
    EXPECT(send(pair[0], "hello", 5, 0) == 5);
    FD_ZERO(&readable);
    FD_SET(pair[1], &readable);
    EXPECT(select(0, &readable, NULL, NULL, &most) == 1 && FD_ISSET(pair[1], &readable));
    EXPECT(recv(pair[1], room, sizeof room, 0) == 5 && memcmp(room, "hello", 5) == 0);
    EXPECT(shutdown(pair[0], SD_SEND) == 0);
    EXPECT(send(pair[0], "x", 1, 0) == SOCKET_ERROR && WSAGetLastError() == WSAESHUTDOWN);
    part(pair);
    EXPECT(send(INVALID_SOCKET, "x", 1, 0) == SOCKET_ERROR && WSAGetLastError() == WSAENOTSOCK);
}

static void datagrams(void)
{
    struct sockaddr_in6 name, from;
    int length = (int)sizeof name, source = (int)sizeof from;
    char room[4];
    SOCKET s = socket(AF_INET6, SOCK_DGRAM, IPPROTO_UDP);

    /* A system may be without IPv6. */
    if (s == INVALID_SOCKET) {
        EXPECT(WSAGetLastError() == WSAEAFNOSUPPORT);
        return;
    }
    memset(&name, 0, sizeof name);
    name.sin6_family = AF_INET6;
    name.sin6_addr.s6_addr[15] = 1;
    if (bind(s, (struct sockaddr *)&name, sizeof name) == 0) {
        EXPECT(getsockname(s, (struct sockaddr *)&name, &length) == 0);
        EXPECT(sendto(s, "longer", 6, 0, (struct sockaddr *)&name, sizeof name) == 6);
        EXPECT(recvfrom(s, room, sizeof room, 0, (struct sockaddr *)&from, &source) == SOCKET_ERROR);
        EXPECT(WSAGetLastError() == WSAEMSGSIZE && memcmp(room, "long", 4) == 0);
        EXPECT(from.sin6_family == AF_INET6 && from.sin6_port == name.sin6_port);
    } else {
        EXPECT(WSAGetLastError() == WSAEADDRNOTAVAIL);
    }
    EXPECT(closesocket(s) == 0);
}

static void network_events(void)
{
    SOCKET pair[2];
    WSAEVENT event = WSACreateEvent();
    WSANETWORKEVENTS seen;
    char room[16];

    if (!connected(pair))
        return;
    EXPECT(WSAEventSelect(pair[1], event, FD_READ | FD_CLOSE) == 0);
    EXPECT(WSAWaitForMultipleEvents(1, &event, TRUE, 0, FALSE) == WSA_WAIT_TIMEOUT);
    EXPECT(send(pair[0], "abc", 3, 0) == 3);
    EXPECT(WSAWaitForMultipleEvents(1, &event, TRUE, MOST_MS, FALSE) == WSA_WAIT_EVENT_0);
    EXPECT(WSAEnumNetworkEvents(pair[1], event, &seen) == 0);
    EXPECT(seen.lNetworkEvents == FD_READ && seen.iErrorCode[FD_READ_BIT] == 0);
    EXPECT(recv(pair[1], room, sizeof room, 0) == 3);
    EXPECT(closesocket(pair[0]) == 0);
    EXPECT(WSAWaitForMultipleEvents(1, &event, TRUE, MOST_MS, FALSE) == WSA_WAIT_EVENT_0);
    EXPECT(WSAEnumNetworkEvents(pair[1], event, &seen) == 0 && (seen.lNetworkEvents & FD_CLOSE));
    EXPECT(closesocket(pair[1]) == 0);
    EXPECT(WSACloseEvent(event));
}

static DWORD WINAPI sends_later(void *argument)
{
    SOCKET *pair = argument;

    return send(pair[0], "overlapped", 10, 0) == 10 ? 7 : 8;
}

static void overlapped_by_event(void)
{
    SOCKET pair[2];
    WSAOVERLAPPED overlapped;
    char room[32];
    WSABUF buffer = { sizeof room, room };
    DWORD moved = 0, flags = 0, code = 0;
    HANDLE thread;

    if (!connected(pair))
        return;
    memset(&overlapped, 0, sizeof overlapped);
    overlapped.hEvent = WSACreateEvent();
    EXPECT(WSARecv(pair[1], &buffer, 1, NULL, &flags, &overlapped, NULL) == SOCKET_ERROR);
    EXPECT(WSAGetLastError() == WSA_IO_PENDING);
    thread = CreateThread(NULL, 0, sends_later, pair, 0, NULL);
    EXPECT(thread != NULL);
    EXPECT(WSAWaitForMultipleEvents(1, &overlapped.hEvent, TRUE, MOST_MS, FALSE) == WSA_WAIT_EVENT_0);
    EXPECT(WSAGetOverlappedResult(pair[1], &overlapped, &moved, FALSE, &flags) && moved == 10);
    EXPECT(memcmp(room, "overlapped", 10) == 0);
    EXPECT(WaitForSingleObject(thread, MOST_MS) == WAIT_OBJECT_0);
    EXPECT(GetExitCodeThread(thread, &code) && code == 7);
    EXPECT(CloseHandle(thread));
    EXPECT(WSACloseEvent(overlapped.hEvent));
    part(pair);
}

static void completion_port(void)
{
    SOCKET pair[2];
    OVERLAPPED receives, sends, *whose = NULL;
    char room[32], data[] = "by port";
    WSABUF into = { sizeof room, room }, from = { 7, data };
    DWORD moved = 0, flags = 0;
    ULONG_PTR key = 0;
    HANDLE port = CreateIoCompletionPort(INVALID_HANDLE_VALUE, NULL, 0, 1);
    int packets;

    EXPECT(port != NULL);
    if (!connected(pair))
        return;
    EXPECT(CreateIoCompletionPort((HANDLE)pair[0], port, 10, 0) == port);
    EXPECT(CreateIoCompletionPort((HANDLE)pair[1], port, 11, 0) == port);
    memset(&receives, 0, sizeof receives);
    memset(&sends, 0, sizeof sends);
    EXPECT(WSARecv(pair[1], &into, 1, NULL, &flags, &receives, NULL) == SOCKET_ERROR);
    EXPECT(WSAGetLastError() == WSA_IO_PENDING);
    EXPECT(WSASend(pair[0], &from, 1, NULL, 0, &sends, NULL) == 0 || WSAGetLastError() == WSA_IO_PENDING);
    for (packets = 0; packets < 2; packets++) {
        EXPECT(GetQueuedCompletionStatus(port, &moved, &key, &whose, MOST_MS));
        EXPECT(moved == 7 && whose == (key == 10 ? &sends : &receives) && (key == 10 || key == 11));
    }
    EXPECT(memcmp(room, data, 7) == 0);
    /* What is cancelled ends, and says so. */
    memset(&receives, 0, sizeof receives);
    EXPECT(WSARecv(pair[1], &into, 1, NULL, &flags, &receives, NULL) == SOCKET_ERROR);
    EXPECT(CancelIoEx((HANDLE)pair[1], &receives));
    EXPECT(!GetQueuedCompletionStatus(port, &moved, &key, &whose, MOST_MS));
    EXPECT(GetLastError() == ERROR_OPERATION_ABORTED && whose == &receives && key == 11);
    EXPECT(PostQueuedCompletionStatus(port, 3, 4, NULL));
    EXPECT(GetQueuedCompletionStatus(port, &moved, &key, &whose, MOST_MS) && moved == 3 && key == 4 && whose == NULL);
    part(pair);
    EXPECT(CloseHandle(port));
}

static void names(void)
{
    struct addrinfo hints, *found = NULL;
    struct sockaddr_in6 six;
    char text[INET6_ADDRSTRLEN];

    memset(&hints, 0, sizeof hints);
    hints.ai_flags = AI_NUMERICHOST;
    hints.ai_socktype = SOCK_STREAM;
    EXPECT(getaddrinfo("127.0.0.1", "80", &hints, &found) == 0);
    if (found) {
        EXPECT(found->ai_family == AF_INET && ((struct sockaddr_in *)found->ai_addr)->sin_port == htons(80));
        freeaddrinfo(found);
    }
    EXPECT(getaddrinfo("no.number", "80", &hints, &found) == WSAHOST_NOT_FOUND);
    EXPECT(inet_pton(AF_INET6, "::1", &six.sin6_addr) == 1);
    EXPECT(inet_ntop(AF_INET6, &six.sin6_addr, text, sizeof text) && strcmp(text, "::1") == 0);
}

int main(void)
{
    WSADATA data;

    EXPECT(WSAStartup(MAKEWORD(2, 2), &data) == 0);
    streams_and_errors();
    datagrams();
    network_events();
    overlapped_by_event();
    completion_port();
    names();
    EXPECT(WSACleanup() == 0);
    EXPECT(socket(AF_INET, SOCK_STREAM, 0) == INVALID_SOCKET && WSAGetLastError() == WSANOTINITIALISED);
    if (!wrong)
        puts("smoke: all as it should be");
    return wrong != 0;
}
