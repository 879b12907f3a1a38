/* Times the calls that a server makes, this library's against libc's, in one process and in turn, and prints the rows of
   a Markdown table: call, libc in nanoseconds, ws2_32 in nanoseconds, their ratio. Of the times it is the lower quartile of
   many rounds, since whatever else the machine does only makes a call slower; of the ratios of neighbouring rounds, the
   median. Nothing leaves the loopback.

   usage: ratios [ROUNDS [NAME-PART [EMPTY-PROGRAM STARTING-PROGRAM]]] */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <spawn.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* By their own names, as the headers bind them: <winsock2.h> and <sys/socket.h> do not go together. */
struct buffer {
    unsigned int len;
    char *buf;
};
struct time {
    int seconds, microseconds;
};
struct polled {
    uintptr_t fd;
    short events, revents;
};
struct set {
    unsigned int count;
    uintptr_t sockets[10000];
};
extern int WSAStartup(unsigned short version, void *data);
extern uintptr_t ws2_socket(int af, int type, int protocol);
extern uintptr_t ws2_accept(uintptr_t s, void *name, int *namelen);
extern int ws2_bind(uintptr_t s, const void *name, int namelen);
extern int ws2_listen(uintptr_t s, int backlog);
extern int ws2_connect(uintptr_t s, const void *name, int namelen);
extern int closesocket(uintptr_t s);
extern int ws2_send(uintptr_t s, const char *buf, int len, int flags);
extern int ws2_recv(uintptr_t s, char *buf, int len, int flags);
extern int ws2_sendto(uintptr_t s, const char *buf, int len, int flags, const void *to, int tolen);
extern int ws2_recvfrom(uintptr_t s, char *buf, int len, int flags, void *from, int *fromlen);
extern int WSARecv(uintptr_t s, struct buffer *buffers, unsigned int count, unsigned int *received,
                   unsigned int *flags, void *overlapped, void *routine);
extern int ws2_setsockopt(uintptr_t s, int level, int name, const char *value, int len);
extern int ws2_getsockopt(uintptr_t s, int level, int name, char *value, int *len);
extern int ioctlsocket(uintptr_t s, int command, unsigned int *argument);
extern int WSAPoll(struct polled *polls, unsigned int count, int timeout);
extern int ws2_select(int nfds, struct set *readfds, struct set *writefds, struct set *exceptfds,
                      const struct time *timeout);
extern int ws2_getaddrinfo(const char *node, const char *service, const void *hints, void **result);
extern void ws2_freeaddrinfo(void *result);

#define WS_FIONBIO ((int)0x8004667e)
#define WS_FIONREAD ((int)0x4004667f)
#define WS_SOL_SOCKET 0xffff
#define WS_SO_ERROR 0x1007
#define WS_SO_KEEPALIVE 8
#define WS_SO_RCVTIMEO 0x1006
#define WS_POLLRDNORM 0x100

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
    return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

static long rounds = 300;
static const char *part = "";

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* A way to make a call: makes `count`, and says how long they took, without what comes between. So few that a round is over
   within a fraction of a millisecond, and other programs' turns on the processor fall into few rounds. */
typedef double way(int ours, long count);

static void row(const char *title, way *make, long count)
{
    static double times[2][1000], ratios[1000];

    if (strstr(title, part) == NULL)
        return;
    for (long round = -2; round < rounds; round++)
        for (int turn = 0; turn < 2; turn++) {
            int ours = (int)((round & 1) ^ turn);
            double time = make(ours, count) / (double)count;
            if (round >= 0)
                times[ours][round] = time;
        }
    for (long round = 0; round < rounds; round++)
        ratios[round] = times[1][round] / times[0][round];
    qsort(ratios, (size_t)rounds, sizeof(double), ascending);
    for (int ours = 0; ours < 2; ours++)
        qsort(times[ours], (size_t)rounds, sizeof(double), ascending);
    printf("| %s | %.0f | %.0f | %.2f |\n", title, times[0][rounds / 4], times[1][rounds / 4],
           ratios[rounds / 2]);
    fflush(stdout);
}

/* `make_call` `count` times, in batches of at most `most`; before each batch `prepare(n)`, untimed. */
#define TIMED(most, prepare, libc_call, our_call, wanted) \
    do { \
        double sum = 0; \
        for (long left = count; left > 0;) { \
            long n = left < (most) ? left : (most); \
            prepare; \
            double began = now(); \
            if (ours) \
                for (long i = 0; i < n; i++) \
                    need((our_call) == (wanted), "ours"); \
            else \
                for (long i = 0; i < n; i++) \
                    need((libc_call) == (wanted), "libc's"); \
            sum += now() - began; \
            left -= n; \
        } \
        return sum; \
    } while (0)

/* One pair of sockets for each way, both made by this library, so that the kernel does the same for both; one socket has
   a byte for each call to come. */
static int stream[2], peer[2], datagram[2], sender[2];
static struct sockaddr_in to[2];
static char room[2048], data[64] = "x";

static void fill(int from, int into, long n, const struct sockaddr_in *name)
{
    int waiting = 0;

    for (long i = 0; i < n; i++)
        need(sendto(from, data, 64, 0, (const struct sockaddr *)name, name ? sizeof(*name) : 0) == 64, "fill");
    while (waiting < (name ? 64 : 64 * n))
        need(ioctl(into, FIONREAD, &waiting) == 0, "FIONREAD");
}

static void empty(int fd)
{
    static char much[1 << 16];

    while (recv(fd, much, sizeof(much), MSG_DONTWAIT) > 0)
        ;
}

static void sockets(void)
{
    for (int i = 0; i < 2; i++) {
        struct sockaddr_in name = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
        socklen_t length = sizeof(name);
        int listener = socket(AF_INET, SOCK_STREAM, 0), on = 1;
        stream[i] = (int)ws2_socket(AF_INET, SOCK_STREAM, 0);
        need(bind(listener, (struct sockaddr *)&name, length) == 0 && listen(listener, 1) == 0 &&
                 getsockname(listener, (struct sockaddr *)&name, &length) == 0 &&
                 ws2_connect((uintptr_t)stream[i], &name, (int)length) == 0,
             "connect");
        peer[i] = accept(listener, NULL, NULL);
        setsockopt(peer[i], IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
        setsockopt(stream[i], IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
        close(listener);
        to[i] = (struct sockaddr_in){.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
        length = sizeof(to[i]);
        datagram[i] = (int)ws2_socket(AF_INET, SOCK_DGRAM, 0);
        sender[i] = socket(AF_INET, SOCK_DGRAM, 0);
        need(ws2_bind((uintptr_t)datagram[i], &to[i], (int)length) == 0 &&
                 getsockname(datagram[i], (struct sockaddr *)&to[i], &length) == 0,
             "bind");
    }
}

static double sends(int ours, long count)
{
    int fd = stream[ours];

    TIMED(64, empty(peer[ours]), send(fd, data, 64, MSG_NOSIGNAL), ws2_send((uintptr_t)fd, data, 64, 0), 64);
}

static double sends_to(int ours, long count)
{
    int fd = datagram[ours], length = sizeof(to[0]);

    TIMED(64, empty(fd), sendto(fd, data, 64, MSG_NOSIGNAL, (struct sockaddr *)&to[ours], (socklen_t)length),
          ws2_sendto((uintptr_t)fd, data, 64, 0, &to[ours], length), 64);
}

static double receives(int ours, long count)
{
    int fd = stream[ours];

    TIMED(64, fill(peer[ours], fd, n, NULL), recv(fd, room, 64, 0), ws2_recv((uintptr_t)fd, room, 64, 0), 64);
}

static double receives_datagrams(int ours, long count)
{
    int fd = datagram[ours];

    TIMED(64, empty(fd); fill(sender[ours], fd, n, &to[ours]), recv(fd, room, 100, 0),
          ws2_recv((uintptr_t)fd, room, 100, 0), 64);
}

static double receives_from(int ours, long count)
{
    int fd = datagram[ours], from_len = sizeof(to[0]);
    socklen_t length = sizeof(to[0]);
    struct sockaddr_in from;

    TIMED(64, empty(fd); fill(sender[ours], fd, n, &to[ours]),
          recvfrom(fd, room, 100, 0, (struct sockaddr *)&from, &length),
          ws2_recvfrom((uintptr_t)fd, room, 100, 0, &from, &from_len), 64);
}

static double wsa_receives(int ours, long count)
{
    int fd = stream[ours];
    struct buffer buffer = {64, room};
    struct iovec piece = {room, 64};
    struct msghdr message = {.msg_iov = &piece, .msg_iovlen = 1};
    unsigned int received, flags = 0;

    TIMED(64, fill(peer[ours], fd, n, NULL), recvmsg(fd, &message, 0),
          WSARecv((uintptr_t)fd, &buffer, 1, &received, &flags, NULL, NULL) == 0 ? (long)received : -1, 64);
}

static double finds_nothing(int ours, long count)
{
    int fd = stream[ours];
    unsigned int on = 1, off = 0;
    double time;

    need(ioctlsocket((uintptr_t)fd, WS_FIONBIO, &on) == 0, "FIONBIO");
    empty(fd);
    time = now();
    if (ours)
        for (long i = 0; i < count; i++)
            need(ws2_recv((uintptr_t)fd, room, 64, 0) == -1, "ours");
    else
        for (long i = 0; i < count; i++)
            need(recv(fd, room, 64, 0) == -1, "libc's");
    time = now() - time;
    need(ioctlsocket((uintptr_t)fd, WS_FIONBIO, &off) == 0, "FIONBIO");
    return time;
}

static double sets_nodelay(int ours, long count)
{
    int fd = stream[ours], on = 1;

    TIMED(count, , setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on)),
          ws2_setsockopt((uintptr_t)fd, IPPROTO_TCP, 1, (char *)&on, sizeof(on)), 0);
}

static double sets_keepalive(int ours, long count)
{
    int fd = stream[ours], on = 0;

    TIMED(count, , setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof(on)),
          ws2_setsockopt((uintptr_t)fd, WS_SOL_SOCKET, WS_SO_KEEPALIVE, (char *)&on, sizeof(on)), 0);
}

static double sets_time_out(int ours, long count)
{
    int fd = datagram[ours], milliseconds = 5000;
    struct timeval time = {5, 0};

    TIMED(count, , setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof(time)),
          ws2_setsockopt((uintptr_t)fd, WS_SOL_SOCKET, WS_SO_RCVTIMEO, (char *)&milliseconds, 4), 0);
}

static double gets_error(int ours, long count)
{
    int fd = stream[ours], error, len = sizeof(error);
    socklen_t length = sizeof(error);

    TIMED(count, , getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &length),
          ws2_getsockopt((uintptr_t)fd, WS_SOL_SOCKET, WS_SO_ERROR, (char *)&error, &len), 0);
}

static double sets_mode(int ours, long count)
{
    int fd = stream[ours], off = 0;
    unsigned int none = 0;

    TIMED(count, , ioctl(fd, FIONBIO, &off), ioctlsocket((uintptr_t)fd, WS_FIONBIO, &none), 0);
}

static double counts_bytes(int ours, long count)
{
    int fd = stream[ours], bytes;
    unsigned int number;

    TIMED(count, , ioctl(fd, FIONREAD, &bytes), ioctlsocket((uintptr_t)fd, WS_FIONREAD, &number), 0);
}

static double opens(int ours, long count)
{
    TIMED(count, , close(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)),
          closesocket(ws2_socket(AF_INET, SOCK_STREAM, 0)), 0);
}

/* Closed with a reset, so that no ports stay in TIME_WAIT. */
static int connects_once(int ours, int listener, const struct sockaddr_in *name)
{
    struct linger at_once = {1, 0};
    int client, server;

    if (ours) {
        unsigned short linger[2] = {1, 0};
        client = (int)ws2_socket(AF_INET, SOCK_STREAM, 0);
        need(ws2_connect((uintptr_t)client, name, sizeof(*name)) == 0, "connect");
        server = (int)ws2_accept((uintptr_t)listener, NULL, NULL);
        ws2_setsockopt((uintptr_t)client, WS_SOL_SOCKET, 0x80, (char *)linger, sizeof(linger));
        return closesocket((uintptr_t)client) | closesocket((uintptr_t)server);
    }
    client = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    need(connect(client, (const struct sockaddr *)name, sizeof(*name)) == 0, "connect");
    server = accept(listener, NULL, NULL);
    setsockopt(client, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
    return close(client) | close(server);
}

static double connects(int ours, long count)
{
    static int listeners[2] = {-1, -1};
    static struct sockaddr_in names[2];

    if (listeners[ours] < 0) {
        struct sockaddr_in name = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
        socklen_t length = sizeof(name);
        listeners[ours] = ours ? (int)ws2_socket(AF_INET, SOCK_STREAM, 0) : socket(AF_INET, SOCK_STREAM, 0);
        need(bind(listeners[ours], (struct sockaddr *)&name, length) == 0 &&
                 (ours ? ws2_listen((uintptr_t)listeners[ours], 5) : listen(listeners[ours], 5)) == 0 &&
                 getsockname(listeners[ours], (struct sockaddr *)&name, &length) == 0,
             "listen");
        names[ours] = name;
    }
    TIMED(count, , connects_once(0, listeners[0], &names[0]), connects_once(1, listeners[1], &names[1]), 0);
}

/* The other side sends back what comes, by POSIX calls for both ways, so that its share is the same. */
static void *echo(void *fd_at)
{
    char byte[64];
    int fd = *(int *)fd_at;
    ssize_t len;

    while ((len = recv(fd, byte, sizeof(byte), 0)) > 0)
        send(fd, byte, (size_t)len, MSG_NOSIGNAL);
    return NULL;
}

static double ping_pongs(int ours, long count)
{
    int fd = stream[ours];
    pthread_t thread;
    double time;

    empty(fd);
    empty(peer[ours]);
    need(pthread_create(&thread, NULL, echo, &peer[ours]) == 0, "a thread");
    for (long i = 0; i < 10; i++)
        need(send(fd, data, 1, 0) == 1 && recv(fd, room, 1, 0) == 1, "the first ones");
    time = now();
    for (long i = 0; i < count; i++)
        if (ours)
            need(ws2_send((uintptr_t)fd, data, 1, 0) == 1 && ws2_recv((uintptr_t)fd, room, 1, 0) == 1, "ours");
        else
            need(send(fd, data, 1, MSG_NOSIGNAL) == 1 && recv(fd, room, 1, 0) == 1, "libc's");
    time = now() - time;
    pthread_cancel(thread);
    pthread_join(thread, NULL);
    return time;
}

static double looks_up(int ours, long count)
{
    struct addrinfo hints = {.ai_flags = AI_NUMERICHOST, .ai_socktype = SOCK_STREAM}, *found;
    struct {
        int flags, family, socktype, protocol;
        size_t addrlen;
        void *pointers[3];
    } our_hints = {.flags = 4, .socktype = SOCK_STREAM};
    void *our_found;

    TIMED(count, , getaddrinfo("127.0.0.1", "80", &hints, &found) == 0 ? (freeaddrinfo(found), 0) : 1,
          ws2_getaddrinfo("127.0.0.1", "80", &our_hints, &our_found) == 0 ? (ws2_freeaddrinfo(our_found), 0) : 1, 0);
}

/* A program that does nothing, and one that starts this library and ends it. */
static char *programs[2];

static double starts(int ours, long count)
{
    char *arguments[] = {programs[ours], NULL}, *nothing[] = {NULL};

    double began = now();
    for (long i = 0; i < count; i++) {
        pid_t pid;
        int status;
        need(posix_spawn(&pid, programs[ours], NULL, NULL, arguments, nothing) == 0, "posix_spawn");
        need(waitpid(pid, &status, 0) == pid && status == 0, "waitpid");
    }
    return now() - began;
}

/* Many idle sockets, of which the first one has something to receive. */
#define MOST 10000
static struct set sets_in_data, *heap_set;
static struct polled polled[MOST];
static struct pollfd polls[MOST];
static fd_set bits;
static long many;
static struct time no_time;

static void fill_sets(void)
{
    heap_set = malloc(sizeof(*heap_set));
    need(heap_set != NULL, "memory");
    for (long i = 0; i < MOST; i++) {
        int fd = i == 0 ? datagram[0] : (int)ws2_socket(AF_INET, SOCK_DGRAM, 0);
        need(fd >= 0, "a socket");
        sets_in_data.sockets[i] = heap_set->sockets[i] = (uintptr_t)fd;
        polled[i] = (struct polled){.fd = (uintptr_t)fd, .events = WS_POLLRDNORM};
        polls[i] = (struct pollfd){.fd = fd, .events = POLLIN};
        if (fd < FD_SETSIZE)
            FD_SET(fd, &bits);
    }
    empty(datagram[0]);
    fill(sender[0], datagram[0], 1, &to[0]);
}

static int our_select(struct set *set)
{
    set->count = (unsigned int)many;
    return ws2_select(0, set, NULL, NULL, &no_time);
}

static int on_the_stack(void)
{
    struct {
        unsigned int count;
        uintptr_t sockets[64];
    } set;

    memcpy(&set.sockets, sets_in_data.sockets, (size_t)many * sizeof(uintptr_t));
    set.count = (unsigned int)many;
    return ws2_select(0, (struct set *)&set, NULL, NULL, &no_time);
}

static double selects_stack(int ours, long count)
{
    fd_set all = bits;

    for (long i = many; i < MOST && polls[i].fd < FD_SETSIZE; i++)
        FD_CLR(polls[i].fd, &all);
    {
        fd_set set;
        struct timeval none = {0, 0};
        TIMED(count, , (set = all, select(polls[many - 1].fd + 1, &set, NULL, NULL, &none)), on_the_stack(), 1);
    }
}

static double selects_heap(int ours, long count)
{
    fd_set all = bits;

    for (long i = many; i < MOST && polls[i].fd < FD_SETSIZE; i++)
        FD_CLR(polls[i].fd, &all);
    {
        fd_set set;
        struct timeval none = {0, 0};
        TIMED(count, , (set = all, select(polls[many - 1].fd + 1, &set, NULL, NULL, &none)), our_select(heap_set), 1);
    }
}

static double selects_as_poll(int ours, long count)
{
    TIMED(count, , poll(polls, (nfds_t)many, 0), our_select(heap_set), 1);
}

static double wsa_polls(int ours, long count)
{
    TIMED(count, , poll(polls, (nfds_t)many, 0), WSAPoll(polled, (unsigned int)many, 0), 1);
}

/* The memory of the process that is in use, in bytes: all of it, counted page by page. */
static long memory(void)
{
    char line[256];
    long kilobytes = -1;
    FILE *file = fopen("/proc/self/smaps_rollup", "r");

    need(file != NULL, "/proc/self/smaps_rollup");
    while (kilobytes < 0 && fgets(line, sizeof(line), file) != NULL)
        if (strncmp(line, "Rss:", 4) == 0)
            kilobytes = atol(line + 4);
    fclose(file);
    need(kilobytes > 0, "Rss");
    return kilobytes * 1024;
}

static void memory_per_socket(void)
{
    static int fds[5000];
    long before, after, in_use;

    if (strstr("memory", part) == NULL)
        return;
    /* The code of these calls, too, gets into memory with the first one. */
    closesocket(ws2_socket(AF_INET, SOCK_STREAM, 0));
    memory();
    before = memory();
    in_use = (long)mallinfo2().uordblks;
    for (int i = 0; i < 5000; i++)
        need((fds[i] = (int)ws2_socket(AF_INET, SOCK_STREAM, 0)) >= 0, "a socket");
    after = memory();
    printf("%ld bytes per socket of 5,000", (after - before) / 5000);
    for (int i = 0; i < 5000; i++)
        closesocket((uintptr_t)fds[i]);
    /* Closing frees nothing, since a signal handler may close; the next sockets do. */
    for (int i = 0; i < 128; i++)
        fds[i] = (int)ws2_socket(AF_INET, SOCK_STREAM, 0);
    for (int i = 0; i < 128; i++)
        closesocket((uintptr_t)fds[i]);
    printf(", %ld of them not given back to malloc\n\n", ((long)mallinfo2().uordblks - in_use) / 5000);
}

int main(int argc, char **argv)
{
    static char startup[512]; /* WSADATA */
    static const struct {
        const char *title;
        way *make;
        long sockets, count;
    } many_rows[] = {
        {"`select`, 1 socket, set on the stack, against `select`", selects_stack, 1, 200},
        {"`select`, 1 socket, set on the heap, against `select`", selects_heap, 1, 200},
        {"`select`, 64 sockets, against `select`", selects_heap, 64, 25},
        {"`select`, 64 sockets, against `poll`", selects_as_poll, 64, 25},
        {"`select`, 1,000 sockets, against `poll`", selects_as_poll, 1000, 3},
        {"`select`, 10,000 sockets, against `poll`", selects_as_poll, 10000, 1},
        {"`WSAPoll`, 1 socket, against `poll`", wsa_polls, 1, 200},
        {"`WSAPoll`, 64 sockets, against `poll`", wsa_polls, 64, 25},
        {"`WSAPoll`, 1,000 sockets, against `poll`", wsa_polls, 1000, 3},
        {"`WSAPoll`, 10,000 sockets, against `poll`", wsa_polls, 10000, 1},
    };
    struct rlimit limit;

    if (argc > 1)
        rounds = atol(argv[1]);
    if (rounds < 4 || rounds > 1000)
        return 2;
    if (argc > 2)
        part = argv[2];
    if (argc > 4) {
        programs[0] = argv[3];
        programs[1] = argv[4];
    }
    need(getrlimit(RLIMIT_NOFILE, &limit) == 0, "getrlimit");
    limit.rlim_cur = limit.rlim_max;
    need(setrlimit(RLIMIT_NOFILE, &limit) == 0, "setrlimit");
    need(WSAStartup(0x0202, startup) == 0, "WSAStartup");
    memory_per_socket();
    sockets();
    puts("| call | libc, ns | ws2_32, ns | ws2_32 : libc |\n|---|--:|--:|--:|");
    row("`send`, TCP", sends, 64);
    row("`sendto`, UDP", sends_to, 64);
    row("`recv`, TCP", receives, 64);
    row("`recv`, UDP", receives_datagrams, 64);
    row("`recvfrom`, UDP", receives_from, 64);
    row("`WSARecv`, TCP, against `recvmsg`", wsa_receives, 64);
    row("`recv`, non-blocking, nothing there", finds_nothing, 200);
    row("`setsockopt` TCP_NODELAY", sets_nodelay, 200);
    row("`setsockopt` SO_KEEPALIVE", sets_keepalive, 200);
    row("`setsockopt` SO_RCVTIMEO", sets_time_out, 200);
    row("`getsockopt` SO_ERROR", gets_error, 200);
    row("`ioctlsocket` FIONBIO", sets_mode, 200);
    row("`ioctlsocket` FIONREAD", counts_bytes, 200);
    row("`socket`, `closesocket`", opens, 20);
    row("`connect`, `accept`, `closesocket`", connects, 4);
    row("ping-pong over TCP, blocking", ping_pongs, 20);
    row("`socket`, `closesocket`, once there were two threads", opens, 20);
    row("`connect`, `accept`, `closesocket`, once there were two threads", connects, 4);
    row("`getaddrinfo` of a number", looks_up, 400);
    if (programs[1] != NULL)
        row("start-up and end of a program, against an empty one", starts, 1);
    fill_sets();
    for (size_t i = 0; i < sizeof(many_rows) / sizeof(*many_rows); i++) {
        many = many_rows[i].sockets;
        row(many_rows[i].title, many_rows[i].make, many_rows[i].count);
    }
    fflush(NULL);
    _exit(0);
}
