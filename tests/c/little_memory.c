/* Calls whose every malloc fails: they are refused with WSAENOBUFS or need no memory, and never stop the program. */
#include <winsock2.h>
#include <ws2tcpip.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

/* Takes the C library's place in the whole process, the library included. */
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *at, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

static __thread int fails;
static int refused;

#define NONE() (fails && (++refused, errno = ENOMEM, 1))

void *malloc(size_t size) { return NONE() ? NULL : __libc_malloc(size); }
void *calloc(size_t count, size_t size) { return NONE() ? NULL : __libc_calloc(count, size); }
void *realloc(void *at, size_t size) { return NONE() ? NULL : __libc_realloc(at, size); }
void *memalign(size_t alignment, size_t size) { return NONE() ? NULL : __libc_memalign(alignment, size); }
void *aligned_alloc(size_t alignment, size_t size) { return memalign(alignment, size); }
int posix_memalign(void **at, size_t alignment, size_t size) {
    *at = memalign(alignment, size);
    return *at ? 0 : ENOMEM;
}

static int wrong;

/* A call that failed must say one of these. */
static void look(const char *what, int failed, int other) {
    int code = WSAGetLastError();
    if (failed && code != WSAENOBUFS && code != other) {
        printf("%s: %d\n", what, code);
        wrong++;
    }
}

#define WITHOUT(what, call, other)                                                                                     \
    do {                                                                                                               \
        fails = 1;                                                                                                     \
        int failed_ = (int)(call) == SOCKET_ERROR;                                                                     \
        fails = 0;                                                                                                     \
        look(what, failed_, other);                                                                                    \
    } while (0)

int main(void) {
    WSADATA data;
    if (WSAStartup(MAKEWORD(2, 2), &data) != 0)
        return 1;
    for (int round = 0; round < 100; round++) {
        fails = 1;
        SOCKET s = socket(AF_INET, SOCK_STREAM, 0);
        fails = 0;
        look("socket", s == INVALID_SOCKET, WSAENOBUFS);
        if (s != INVALID_SOCKET)
            WITHOUT("closesocket", closesocket(s), WSAENOBUFS);
    }
    struct sockaddr_in name = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int len = sizeof name;
    SOCKET here = socket(AF_INET, SOCK_DGRAM, 0), there = socket(AF_INET, SOCK_DGRAM, 0);
    WITHOUT("bind", bind(here, (struct sockaddr *)&name, sizeof name), WSAENOBUFS);
    WITHOUT("getsockname", getsockname(here, (struct sockaddr *)&name, &len), WSAENOBUFS);
    WITHOUT("connect", connect(there, (struct sockaddr *)&name, len), WSAENOBUFS);
    DWORD limit = 20, count = 0;
    WITHOUT("setsockopt", setsockopt(here, SOL_SOCKET, SO_RCVTIMEO, (char *)&limit, sizeof limit), WSAENOBUFS);
    char bytes[20];
    WITHOUT("recv", recv(here, bytes, sizeof bytes, 0), WSAETIMEDOUT);
    fd_set read;
    FD_ZERO(&read);
    FD_SET(here, &read);
    struct timeval soon = {0, 1000};
    WITHOUT("select", select(0, &read, NULL, NULL, &soon), WSAENOBUFS);
    WSAPOLLFD entry = {here, POLLRDNORM, 0};
    WITHOUT("WSAPoll", WSAPoll(&entry, 1, 1), WSAENOBUFS);
    WSABUF pieces[20];
    for (int at = 0; at < 20; at++)
        pieces[at] = (WSABUF){1, bytes + at};
    memset(bytes, 'x', sizeof bytes);
    WITHOUT("WSASend", WSASend(there, pieces, 20, &count, 0, NULL, NULL), WSAENOBUFS);
    WITHOUT("WSACleanup", WSACleanup(), WSAENOBUFS);
    printf("%d refused\n%d wrong\n", refused, wrong);
    return 0;
}
