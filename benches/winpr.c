/* Times calls of Winsock's in three ways that take turns in one process: libc's, WinPR's (FreeRDP's names of Windows for
   POSIX, loaded by name) and this library's; prints the rows of a Markdown table: call, the three in nanoseconds, WinPR's
   and this library's ratio to libc. Of the times it is the lower quartile, of the ratios of neighbouring rounds the median.
   Nothing leaves the loopback. Where WinPR is not installed it says so, and prints nothing else.

   usage: winpr [ROUNDS [NAME-OF-WINPR]] */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

extern int WSAStartup(unsigned short version, void *data);
extern uintptr_t ws2_socket(int af, int type, int protocol);
extern uintptr_t ws2_accept(uintptr_t s, void *name, int *namelen);
extern int ws2_connect(uintptr_t s, const void *name, int namelen);
extern int ws2_bind(uintptr_t s, const void *name, int namelen);
extern int ws2_listen(uintptr_t s, int backlog);
extern int closesocket(uintptr_t s);
extern int ws2_send(uintptr_t s, const char *buf, int len, int flags);
extern int ws2_recv(uintptr_t s, char *buf, int len, int flags);
extern int ws2_sendto(uintptr_t s, const char *buf, int len, int flags, const void *to, int tolen);
extern int ws2_recvfrom(uintptr_t s, char *buf, int len, int flags, void *from, int *fromlen);
extern int ws2_setsockopt(uintptr_t s, int level, int name, const char *value, int len);
extern int ws2_getsockopt(uintptr_t s, int level, int name, char *value, int *len);

enum { LIBC, WINPR, OURS, WAYS };

/* The functions of one way. */
struct calls {
    uintptr_t (*socket)(int af, int type, int protocol);
    uintptr_t (*accept)(uintptr_t s, void *name, int *namelen);
    int (*connect)(uintptr_t s, const void *name, int namelen);
    int (*bind)(uintptr_t s, const void *name, int namelen);
    int (*listen)(uintptr_t s, int backlog);
    int (*close)(uintptr_t s);
    int (*send)(uintptr_t s, const char *buf, int len, int flags);
    int (*recv)(uintptr_t s, char *buf, int len, int flags);
    int (*sendto)(uintptr_t s, const char *buf, int len, int flags, const void *to, int tolen);
    int (*recvfrom)(uintptr_t s, char *buf, int len, int flags, void *from, int *fromlen);
    int (*setsockopt)(uintptr_t s, int level, int name, const char *value, int len);
    int (*getsockopt)(uintptr_t s, int level, int name, char *value, int *len);
};

static uintptr_t libc_socket(int af, int type, int protocol)
{
    return (uintptr_t)socket(af, type | SOCK_CLOEXEC, protocol);
}

static uintptr_t libc_accept(uintptr_t s, void *name, int *namelen)
{
    return (uintptr_t)accept4((int)s, name, (socklen_t *)namelen, SOCK_CLOEXEC);
}

static int libc_connect(uintptr_t s, const void *name, int namelen)
{
    return connect((int)s, name, (socklen_t)namelen);
}

static int libc_bind(uintptr_t s, const void *name, int namelen)
{
    return bind((int)s, name, (socklen_t)namelen);
}

static int libc_listen(uintptr_t s, int backlog)
{
    return listen((int)s, backlog);
}

static int libc_close(uintptr_t s)
{
    return close((int)s);
}

static int libc_send(uintptr_t s, const char *buf, int len, int flags)
{
    return (int)send((int)s, buf, (size_t)len, flags | MSG_NOSIGNAL);
}

static int libc_recv(uintptr_t s, char *buf, int len, int flags)
{
    return (int)recv((int)s, buf, (size_t)len, flags);
}

static int libc_sendto(uintptr_t s, const char *buf, int len, int flags, const void *to, int tolen)
{
    return (int)sendto((int)s, buf, (size_t)len, flags, to, (socklen_t)tolen);
}

static int libc_recvfrom(uintptr_t s, char *buf, int len, int flags, void *from, int *fromlen)
{
    return (int)recvfrom((int)s, buf, (size_t)len, flags, from, (socklen_t *)fromlen);
}

static int libc_setsockopt(uintptr_t s, int level, int name, const char *value, int len)
{
    return setsockopt((int)s, level, name, value, (socklen_t)len);
}

static int libc_getsockopt(uintptr_t s, int level, int name, char *value, int *len)
{
    return getsockopt((int)s, level, name, value, (socklen_t *)len);
}

static struct calls calls[WAYS] = {
    [LIBC] = {libc_socket, libc_accept, libc_connect, libc_bind, libc_listen, libc_close, libc_send, libc_recv,
              libc_sendto, libc_recvfrom, libc_setsockopt, libc_getsockopt},
    [OURS] = {ws2_socket, ws2_accept, ws2_connect, ws2_bind, ws2_listen, closesocket, ws2_send, ws2_recv, ws2_sendto,
              ws2_recvfrom, ws2_setsockopt, ws2_getsockopt},
};

/* The numbers of this library's options are Windows'; WinPR takes the system's. */
static const int socket_level[WAYS] = {SOL_SOCKET, SOL_SOCKET, 0xffff};
static const int error_option[WAYS] = {SO_ERROR, SO_ERROR, 0x1007};
static const int linger_option[WAYS] = {SO_LINGER, SO_LINGER, 0x80};

static void need(int good, const char *what)
{
    if (!good) {
        perror(what);
        exit(1);
    }
}

/* POSIX has no word for the conversion between pointers to data and to functions that dlsym asks for. */
static void find(void *library, const char *name, void *function)
{
    *(void **)function = dlsym(library, name);
    need(*(void **)function != NULL, name);
}

static void load(void *library, struct calls *into)
{
    find(library, "_socket", &into->socket), find(library, "_accept", &into->accept);
    find(library, "_connect", &into->connect), find(library, "_bind", &into->bind);
    find(library, "_listen", &into->listen), find(library, "closesocket", &into->close);
    find(library, "_send", &into->send), find(library, "_recv", &into->recv);
    find(library, "_sendto", &into->sendto), find(library, "_recvfrom", &into->recvfrom);
    find(library, "_setsockopt", &into->setsockopt), find(library, "_getsockopt", &into->getsockopt);
}

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

static int stream[WAYS], peer[WAYS], datagram[WAYS], listener[WAYS];
static struct sockaddr_in own[WAYS], listening[WAYS];
static char data[64] = "x", room[2048];

static void sockets(int i)
{
    const struct calls *way = &calls[i];
    struct sockaddr_in name = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t length = sizeof(name);
    int len = sizeof(name);

    listener[i] = (int)way->socket(AF_INET, SOCK_STREAM, 0);
    need(way->bind((uintptr_t)listener[i], &name, sizeof(name)) == 0 && way->listen((uintptr_t)listener[i], 5) == 0 &&
             getsockname(listener[i], (struct sockaddr *)&name, &length) == 0,
         "listen");
    listening[i] = name;
    stream[i] = (int)way->socket(AF_INET, SOCK_STREAM, 0);
    need(way->connect((uintptr_t)stream[i], &name, sizeof(name)) == 0, "connect");
    peer[i] = (int)way->accept((uintptr_t)listener[i], &name, &len);
    datagram[i] = (int)way->socket(AF_INET, SOCK_DGRAM, 0);
    name.sin_port = 0;
    need(way->bind((uintptr_t)datagram[i], &name, sizeof(name)) == 0 &&
             getsockname(datagram[i], (struct sockaddr *)&name, &length) == 0,
         "bind");
    own[i] = name;
}

/* What is done untimed before and after a call, and the call. */
static void empties(int i)
{
    static char much[1 << 16];

    while (recv(stream[i], much, sizeof(much), MSG_DONTWAIT) > 0 || recv(peer[i], much, sizeof(much), MSG_DONTWAIT) > 0 ||
           recv(datagram[i], much, sizeof(much), MSG_DONTWAIT) > 0)
        ;
}

static void fills(int i)
{
    int waiting = 0;

    empties(i);
    need(send(peer[i], data, sizeof(data), 0) == sizeof(data), "fill");
    need(sendto(datagram[i], data, sizeof(data), 0, (struct sockaddr *)&own[i], sizeof(own[i])) == sizeof(data), "fill");
    while (waiting < (int)sizeof(data))
        need(ioctl(stream[i], FIONREAD, &waiting) == 0, "FIONREAD");
}

static int sends(int i)
{
    return calls[i].send((uintptr_t)stream[i], data, sizeof(data), 0) == sizeof(data);
}

static int receives(int i)
{
    return calls[i].recv((uintptr_t)stream[i], room, sizeof(room), 0) == sizeof(data);
}

static int sends_to(int i)
{
    return calls[i].sendto((uintptr_t)datagram[i], data, sizeof(data), 0, &own[i], sizeof(own[i])) == sizeof(data);
}

static int receives_from(int i)
{
    struct sockaddr_in from;
    int length = sizeof(from);

    return calls[i].recvfrom((uintptr_t)datagram[i], room, sizeof(room), 0, &from, &length) == sizeof(data);
}

static int sets(int i)
{
    int on = 1;

    return calls[i].setsockopt((uintptr_t)stream[i], IPPROTO_TCP, TCP_NODELAY, (char *)&on, sizeof(on)) == 0;
}

static int asks(int i)
{
    int error, length = sizeof(error);

    return calls[i].getsockopt((uintptr_t)stream[i], socket_level[i], error_option[i], (char *)&error, &length) == 0;
}

static int opens(int i)
{
    return calls[i].close(calls[i].socket(AF_INET, SOCK_STREAM, 0)) == 0;
}

/* Closed with a reset, so that no ports stay in TIME_WAIT. */
static int connects(int i)
{
    struct linger at_once = {1, 0};
    unsigned short linger[2] = {1, 0};
    const struct calls *way = &calls[i];
    uintptr_t client = way->socket(AF_INET, SOCK_STREAM, 0), server;
    struct sockaddr_in from;
    int len = sizeof(from); /* WinPR reads it unasked. */

    need(way->connect(client, &listening[i], sizeof(listening[i])) == 0, "connect");
    server = way->accept((uintptr_t)listener[i], &from, &len);
    if (i == OURS)
        way->setsockopt(client, socket_level[i], linger_option[i], (char *)linger, sizeof(linger));
    else
        way->setsockopt(client, socket_level[i], linger_option[i], (char *)&at_once, sizeof(at_once));
    return (way->close(client) | way->close(server)) == 0;
}

static const struct {
    const char *title;
    void (*prepare)(int way);
    int (*make)(int way);
} rows[] = {
    {"`send`, TCP", empties, sends},
    {"`recv`, TCP", fills, receives},
    {"`sendto`, UDP", empties, sends_to},
    {"`recvfrom`, UDP", fills, receives_from},
    {"`setsockopt` TCP_NODELAY", NULL, sets},
    {"`getsockopt` SO_ERROR", NULL, asks},
    {"`socket`, `closesocket`", NULL, opens},
    {"`connect`, `accept`, `closesocket`", NULL, connects},
};

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* One call a turn: the ways take turns, each as often first as the others. */
static void measure(size_t row, long rounds)
{
    static double times[WAYS][10000], ratios[WAYS][10000];

    for (long round = -10; round < rounds; round++)
        for (int turn = 0; turn < WAYS; turn++) {
            int i = (int)((round + 12 + turn) % WAYS);
            double began;
            if (rows[row].prepare)
                rows[row].prepare(i);
            began = now();
            need(rows[row].make(i), rows[row].title);
            began = now() - began;
            if (round >= 0)
                times[i][round] = began;
        }
    for (int i = 0; i < WAYS; i++) {
        for (long round = 0; round < rounds; round++)
            ratios[i][round] = times[i][round] / times[LIBC][round];
        qsort(ratios[i], (size_t)rounds, sizeof(double), ascending);
    }
    for (int i = 0; i < WAYS; i++)
        qsort(times[i], (size_t)rounds, sizeof(double), ascending);
    printf("| %s | %.0f | %.0f | %.0f | %.2f | %.2f |\n", rows[row].title, times[LIBC][rounds / 4],
           times[WINPR][rounds / 4], times[OURS][rounds / 4], ratios[WINPR][rounds / 2], ratios[OURS][rounds / 2]);
    fflush(stdout);
}

int main(int count, char **arguments)
{
    char information[512];
    long rounds = count > 1 ? strtol(arguments[1], NULL, 10) : 3000;
    void *winpr = dlopen(count > 2 ? arguments[2] : "libwinpr2.so.2", RTLD_NOW | RTLD_LOCAL);
    int (*start)(unsigned short version, void *data);

    if (winpr == NULL) {
        puts("WinPR is not installed (Debian's libwinpr2-2), so it is not measured.");
        return 0;
    }
    need(rounds > 0 && rounds <= 10000, "1 to 10,000 rounds");
    load(winpr, &calls[WINPR]);
    find(winpr, "WSAStartup", &start);
    need(start(0x0202, information) == 0 && WSAStartup(0x0202, information) == 0, "WSAStartup");
    for (int i = 0; i < WAYS; i++)
        sockets(i);
    puts("| call | libc, ns | WinPR, ns | ws2_32, ns | WinPR : libc | ws2_32 : libc |\n|---|--:|--:|--:|--:|--:|");
    for (size_t row = 0; row < sizeof(rows) / sizeof(*rows); row++)
        measure(row, rounds);
    return 0;
}
