/* What sanitizers see through the library: each letter of the argument is a fault that has to be found, and without an
   argument nothing is wrong. */
#include <winsock2.h>
#include <ws2tcpip.h>
#include <windows.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static SOCKET here, there;
static int wrong;

#define EXPECT(what)                                                                            \
    do {                                                                                        \
        if (!(what)) {                                                                          \
            printf("line %d: not so: %s (last error %d)\n", __LINE__, #what, WSAGetLastError()); \
            wrong++;                                                                            \
        }                                                                                       \
    } while (0)

/* Reads every byte, so that one without a value is noticed. */
static int has_zeros(const void *from, size_t len)
{
    const char *bytes = from;
    size_t at;
    int zeros = 0;
    for (at = 0; at < len; at++)
        if (bytes[at] == 0)
            zeros++;
    return zeros;
}

static void connected(void)
{
    struct sockaddr_in name;
    int len = sizeof name;
    SOCKET listening = socket(AF_INET, SOCK_STREAM, 0);
    memset(&name, 0, sizeof name);
    name.sin_family = AF_INET;
    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT(bind(listening, (struct sockaddr *)&name, sizeof name) == 0 && listen(listening, 1) == 0);
    EXPECT(getsockname(listening, (struct sockaddr *)&name, &len) == 0);
    here = socket(AF_INET, SOCK_STREAM, 0);
    EXPECT(connect(here, (struct sockaddr *)&name, sizeof name) == 0);
    there = accept(listening, NULL, NULL);
    EXPECT(there != INVALID_SOCKET);
    closesocket(listening);
}

/* Every way to receive: what came has a value, on the stack and on the heap. */
static void values(void)
{
    char *room = malloc(64), text[64];
    struct sockaddr_in name, from;
    struct addrinfo hints, *found = NULL;
    struct hostent *host;
    WSAPOLLFD polled;
    WSABUF buffers[2];
    WSAOVERLAPPED overlapped;
    DWORD bytes, flags = 0;
    int len, value;
    u_long waiting;
    SOCKET datagrams = socket(AF_INET, SOCK_DGRAM, 0);

    EXPECT(room != NULL && send(here, "hello", 6, 0) == 6);
    polled.fd = there;
    polled.events = POLLRDNORM;
    EXPECT(WSAPoll(&polled, 1, -1) == 1 && polled.revents == POLLRDNORM);
    EXPECT(ioctlsocket(there, FIONREAD, &waiting) == 0 && waiting == 6);
    EXPECT(recv(there, room, 64, 0) == 6 && has_zeros(room, 6) == 1);

    buffers[0].buf = text;
    buffers[0].len = 2;
    buffers[1].buf = room + 6;
    buffers[1].len = 10;
    EXPECT(send(here, "hello", 6, 0) == 6);
    EXPECT(WSARecv(there, buffers, 2, &bytes, &flags, NULL, NULL) == 0 && bytes == 6 && flags == 0);
    EXPECT(has_zeros(text, 2) == 0 && has_zeros(room + 6, 4) == 1);

    memset(&overlapped, 0, sizeof overlapped);
    overlapped.hEvent = WSACreateEvent();
    buffers[0].buf = room + 20;
    buffers[0].len = 10;
    EXPECT(WSARecv(there, buffers, 1, NULL, &flags, &overlapped, NULL) == SOCKET_ERROR);
    EXPECT(WSAGetLastError() == WSA_IO_PENDING && send(here, "hello", 6, 0) == 6);
    EXPECT(WSAGetOverlappedResult(there, &overlapped, &bytes, TRUE, &flags) && bytes == 6 && flags == 0);
    EXPECT(has_zeros(room + 20, 6) == 1);
    WSACloseEvent(overlapped.hEvent);

    memset(&name, 0, sizeof name);
    name.sin_family = AF_INET;
    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    len = sizeof name;
    EXPECT(bind(datagrams, (struct sockaddr *)&name, sizeof name) == 0);
    EXPECT(getsockname(datagrams, (struct sockaddr *)&name, &len) == 0);
    EXPECT(sendto(datagrams, "hello", 6, 0, (struct sockaddr *)&name, sizeof name) == 6);
    len = sizeof from;
    EXPECT(recvfrom(datagrams, room + 32, 10, 0, (struct sockaddr *)&from, &len) == 6);
    EXPECT(len == (int)sizeof from && from.sin_port == name.sin_port && has_zeros(room + 32, 6) == 1);
    EXPECT(has_zeros(&from, sizeof from) >= 8);
    closesocket(datagrams);

    len = sizeof value;
    EXPECT(getsockopt(here, SOL_SOCKET, SO_TYPE, (char *)&value, &len) == 0 && value == SOCK_STREAM);
    memset(&hints, 0, sizeof hints);
    hints.ai_flags = AI_NUMERICHOST;
    EXPECT(getaddrinfo("127.0.0.1", "80", &hints, &found) == 0 && found != NULL);
    EXPECT(found->ai_family == AF_INET && has_zeros(found->ai_addr, found->ai_addrlen) >= 8);
    freeaddrinfo(found);
    host = gethostbyname("127.0.0.1");
    EXPECT(host != NULL && host->h_length == 4 && has_zeros(host->h_addr_list[0], 4) == 2);
    EXPECT(inet_ntop(AF_INET, &name.sin_addr, text, sizeof text) != NULL && strcmp(text, "127.0.0.1") == 0);
    EXPECT(gethostname(text, sizeof text) == 0 && strlen(text) > 0);
    free(room);
}

static int handed_over, counted;
static CRITICAL_SECTION section;

/* Waits for a byte, and then for the lock: both tell what the other thread has done before. */
static void *second(void *of)
{
    char byte;
    EXPECT(recv(there, &byte, 1, 0) == 1);
    EXPECT(handed_over == 1);
    EnterCriticalSection(&section);
    counted++;
    LeaveCriticalSection(&section);
    handed_over = 2;
    EXPECT(SetEvent(of));
    return NULL;
}

static void threads(int race)
{
    pthread_t thread;
    HANDLE done = CreateEventA(NULL, FALSE, FALSE, NULL);
    InitializeCriticalSection(&section);
    pthread_create(&thread, NULL, second, done);
    if (!race)
        handed_over = 1;
    EXPECT(send(here, "x", 1, 0) == 1);
    if (race)
        handed_over = 1;
    EnterCriticalSection(&section);
    counted++;
    LeaveCriticalSection(&section);
    EXPECT(WaitForSingleObject(done, INFINITE) == WAIT_OBJECT_0);
    EXPECT(handed_over == 2);
    pthread_join(thread, NULL);
    DeleteCriticalSection(&section);
    CloseHandle(done);
}

int main(int count, char **faults)
{
    char *memory = malloc(8), *never_set = malloc(16);
    const char *fault = count > 1 ? faults[1] : "";
    char room[4], *near_end = memory + 4;
    WSABUF buffer;
    DWORD bytes, flags = 0;
    WSADATA data;

    EXPECT(WSAStartup(MAKEWORD(2, 2), &data) == 0 && data.wVersion == MAKEWORD(2, 2));
    connected();
    if (memory == NULL || never_set == NULL || wrong != 0)
        return 2;
    memset(memory, 'x', 8);
    switch (*fault) {
    case '\0':
        values();
        threads(0);
        break;
    case 's': /* sends more than there is */
        send(here, near_end, 5, 0);
        break;
    case 'r': /* receives into too little room, although little comes */
        send(here, "x", 1, 0);
        recv(there, near_end, 5, 0);
        break;
    case 'b': /* the same with a list of buffers */
        send(here, "x", 1, 0);
        buffer.buf = near_end;
        buffer.len = 5;
        WSARecv(there, &buffer, 1, &bytes, &flags, NULL, NULL);
        break;
    case 'o': /* a result that has no room */
        WSAStartup(MAKEWORD(2, 2), (WSADATA *)memory);
        break;
    case 'n': /* sends what has never been set */
        send(here, never_set, 16, 0);
        break;
    case 'v': /* uses more than was received */
        send(here, "xx", 2, 0);
        recv(there, room, sizeof room, 0);
        if (room[3] == 'x')
            printf("x\n");
        break;
    case 't': /* what happens after the send races with what follows the receive */
        threads(1);
        break;
    }
    closesocket(here);
    closesocket(there);
    WSACleanup();
    free(memory);
    free(never_set);
    printf("%d wrong\n", wrong);
    return wrong != 0;
}
