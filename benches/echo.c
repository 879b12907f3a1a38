/* An echo server in one thread: of many connections a few have something to receive, which is sent back. It waits by
   `select` and by `WSAPoll` of this library, in turn with libc's `poll`, on the same connections; the clients are in a
   process of their own, POSIX code, and their time does not count. Prints the rows of a Markdown table: sockets, libc in microseconds
   a turn, ws2_32, and the median of the ratios of neighbouring rounds. Nothing leaves the loopback.

   usage: echo [ROUNDS] */
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/* By their own names, as the headers bind them: <winsock2.h> and <sys/socket.h> do not go together. */
#define MOST 10000 /* FD_SETSIZE, raised */
struct polled {
    uintptr_t fd;
    short events, revents;
};
struct set {
    unsigned int count;
    uintptr_t sockets[MOST];
};
extern int WSAStartup(unsigned short version, void *data);
extern uintptr_t ws2_socket(int af, int type, int protocol);
extern uintptr_t ws2_accept(uintptr_t s, void *name, int *namelen);
extern int ws2_bind(uintptr_t s, const void *name, int namelen);
extern int ws2_listen(uintptr_t s, int backlog);
extern int ws2_send(uintptr_t s, const char *buf, int len, int flags);
extern int ws2_recv(uintptr_t s, char *buf, int len, int flags);
extern int WSAPoll(struct polled *polls, unsigned int count, int timeout);
extern int ws2_select(int nfds, struct set *readfds, struct set *writefds, struct set *exceptfds, const void *timeout);

#define WS_POLLRDNORM 0x100
#define BYTES 64
#define AT_ONCE 8 /* connections that have something to receive in one turn */
#define TURNS 1   /* in a round */

static struct set all, readable;
static struct polled polled[MOST];
static struct pollfd polls[MOST];
static char room[BYTES], startup[512]; /* WSADATA */

static void need(int good, const char *what)
{
    if (!good) {
        perror(what);
        exit(1);
    }
}

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e6 + (double)time.tv_nsec / 1e3;
}

/* What the clients are told, and where they say that it is done. */
struct order {
    enum { CONNECT, SEND, RECEIVE } what;
    int chosen[AT_ONCE];
    struct sockaddr_in server;
};
static int told[2], done[2];

static void let_clients(struct order order)
{
    char answer;

    need(write(told[1], &order, sizeof(order)) == sizeof(order) && read(done[0], &answer, 1) == 1, "the clients");
}

/* The process of the clients, until the pipe ends. */
static void be_clients(void)
{
    static int clients[MOST];
    struct order order;
    int connected = 0;

    while (read(told[0], &order, sizeof(order)) == sizeof(order)) {
        if (order.what == CONNECT) {
            clients[connected] = socket(AF_INET, SOCK_STREAM, 0);
            need(connect(clients[connected++], (struct sockaddr *)&order.server, sizeof(order.server)) == 0, "connect");
        }
        for (int i = 0; order.what != CONNECT && i < AT_ONCE; i++) {
            int fd = clients[order.chosen[i]];
            need((order.what == SEND ? send(fd, room, BYTES, 0) : recv(fd, room, BYTES, MSG_WAITALL)) == BYTES, "a client");
        }
        need(write(done[1], "", 1) == 1, "an answer");
    }
    _exit(0);
}

static void connect_all(void)
{
    struct sockaddr_in name = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t length = sizeof(name);
    uintptr_t listener;
    int on = 1;
    pid_t pid;

    need(pipe(told) == 0 && pipe(done) == 0, "pipe");
    pid = fork();
    need(pid >= 0, "fork");
    if (pid == 0) {
        close(told[1]);
        be_clients();
    }
    close(told[0]);
    close(done[1]);
    need(WSAStartup(0x0202, startup) == 0, "WSAStartup");
    listener = ws2_socket(AF_INET, SOCK_STREAM, 0);
    need(ws2_bind(listener, &name, (int)length) == 0 && ws2_listen(listener, 100) == 0 &&
             getsockname((int)listener, (struct sockaddr *)&name, &length) == 0,
         "a listener");
    for (int i = 0; i < MOST; i++) {
        let_clients((struct order){.what = CONNECT, .server = name});
        all.sockets[i] = ws2_accept(listener, NULL, NULL);
        need(setsockopt((int)all.sockets[i], IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on)) == 0, "TCP_NODELAY");
        polled[i] = (struct polled){.fd = all.sockets[i], .events = WS_POLLRDNORM};
        polls[i] = (struct pollfd){.fd = (int)all.sockets[i], .events = POLLIN};
    }
}

static int echo_ours(uintptr_t s)
{
    need(ws2_recv(s, room, BYTES, 0) == BYTES && ws2_send(s, room, BYTES, 0) == BYTES, "an echo");
    return 1;
}

/* Each way serves what is ready, and says how many that were. */
static int by_select(int sockets)
{
    memcpy(readable.sockets, all.sockets, (size_t)sockets * sizeof(uintptr_t));
    readable.count = (unsigned int)sockets;
    need(ws2_select(0, &readable, NULL, NULL, NULL) > 0, "select");
    for (unsigned int i = 0; i < readable.count; i++)
        echo_ours(readable.sockets[i]);
    return (int)readable.count;
}

static int by_wsapoll(int sockets)
{
    int ready = WSAPoll(polled, (unsigned int)sockets, -1), served = 0;

    need(ready > 0, "WSAPoll");
    for (int i = 0; i < sockets && served < ready; i++)
        if (polled[i].revents != 0)
            served += echo_ours(polled[i].fd);
    return served;
}

static int by_poll(int sockets)
{
    int ready = poll(polls, (nfds_t)sockets, -1), served = 0;

    need(ready > 0, "poll");
    for (int i = 0; i < sockets && served < ready; i++)
        if (polls[i].revents != 0) {
            need(recv(polls[i].fd, room, BYTES, 0) == BYTES && send(polls[i].fd, room, BYTES, MSG_NOSIGNAL) == BYTES,
                 "an echo");
            served++;
        }
    return served;
}

/* Microseconds that the server takes for a turn. */
static double round_of(int (*serve)(int), int sockets)
{
    static unsigned int next;
    double sum = 0;

    for (int turn = 0; turn < TURNS; turn++) {
        struct order order = {.what = SEND};
        /* Others each time, and none twice. */
        for (int i = 0; i < AT_ONCE; i++)
            order.chosen[i] = (int)((next + (unsigned int)(i * (sockets / AT_ONCE))) % (unsigned int)sockets);
        next += 7;
        let_clients(order);
        double began = now();
        for (int served = 0; served < AT_ONCE;)
            served += serve(sockets);
        sum += now() - began;
        order.what = RECEIVE;
        let_clients(order);
    }
    return sum / TURNS;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static void row(const char *title, int (*ours)(int), int sockets, int rounds)
{
    static double times[2][1000], ratios[1000];

    round_of(by_poll, sockets);
    round_of(ours, sockets);
    for (int i = 0; i < rounds; i++) {
        times[i & 1][i] = round_of(i & 1 ? ours : by_poll, sockets);
        times[~i & 1][i] = round_of(i & 1 ? by_poll : ours, sockets);
        ratios[i] = times[1][i] / times[0][i];
    }
    qsort(times[0], (size_t)rounds, sizeof(double), ascending);
    qsort(times[1], (size_t)rounds, sizeof(double), ascending);
    qsort(ratios, (size_t)rounds, sizeof(double), ascending);
    printf("| echo by %s, %d sockets | %.1f | %.1f | %.2f |\n", title, sockets, times[0][rounds / 4], times[1][rounds / 4],
           ratios[rounds / 2]);
    fflush(stdout);
}

int main(int argc, char **argv)
{
    static const int counts[] = {10, 1000, MOST};
    int rounds = argc > 1 ? atoi(argv[1]) : 100;
    struct rlimit limit;

    if (rounds < 4 || rounds > 1000)
        return 2;
    need(getrlimit(RLIMIT_NOFILE, &limit) == 0, "getrlimit");
    limit.rlim_cur = limit.rlim_max;
    need(setrlimit(RLIMIT_NOFILE, &limit) == 0, "setrlimit");
    connect_all();
    puts("| server | libc's `poll`, µs | ws2_32, µs | ws2_32 : libc |\n|---|--:|--:|--:|");
    for (size_t i = 0; i < sizeof(counts) / sizeof(*counts); i++) {
        row("`select`", by_select, counts[i], rounds);
        row("`WSAPoll`", by_wsapoll, counts[i], rounds);
    }
    fflush(NULL);
    _exit(0);
}
