/* Makes one kind of call COUNT times, in the way that the second argument says, for counted.sh to count
   instructions. Every call succeeds at once: what it receives was sent before, by this program to itself.

   usage: counted CALL WAY COUNT one|threads */
#define _GNU_SOURCE
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

/* By their own names, as the headers bind them: <winsock2.h> and <sys/socket.h> do not go together. */
struct buffer {
    unsigned int len;
    char *buf;
};
struct set {
    unsigned int count;
    uintptr_t sockets[1000];
};
struct time {
    int seconds, microseconds;
};
struct polled {
    uintptr_t fd;
    short events, revents;
};
extern int WSAStartup(unsigned short version, void *data);
extern uintptr_t ws2_socket(int af, int type, int protocol);
extern int ws2_send(uintptr_t s, const char *buf, int len, int flags);
extern int ws2_recv(uintptr_t s, char *buf, int len, int flags);
extern int ws2_sendto(uintptr_t s, const char *buf, int len, int flags, const void *to, int tolen);
extern int ws2_recvfrom(uintptr_t s, char *buf, int len, int flags, void *from, int *fromlen);
extern int WSASend(uintptr_t s, struct buffer *buffers, unsigned int count, unsigned int *sent, unsigned int flags,
                   void *overlapped, void *routine);
extern int ioctlsocket(uintptr_t s, int command, unsigned int *argument);
extern int WSAPoll(struct polled *polls, unsigned int count, int timeout);
extern int ws2_select(int nfds, struct set *readfds, struct set *writefds, struct set *exceptfds,
                      const struct time *timeout);

#define WS_AF_INET6 23
#define WS_FIONBIO ((int)0x8004667e)
#define WS_POLLRDNORM 0x100
#define NOW (MSG_NOSIGNAL | MSG_DONTWAIT)

/* The registers count as changed, so that every call loads all of them, as a function has to. */
static inline long bare(long number, long a, long b, long c, long d, long e, long f)
{
    register long r10 __asm__("r10") = d, r8 __asm__("r8") = e, r9 __asm__("r9") = f;

    __asm__ volatile("syscall"
                     : "+a"(number), "+D"(a), "+S"(b), "+d"(c), "+r"(r10), "+r"(r8), "+r"(r9)
                     :
                     : "rcx", "r11", "memory");
    return number;
}

static void *wait_for_ever(void *nothing)
{
    pause();
    return nothing;
}

static void need(int good, const char *what)
{
    if (!good) {
        perror(what);
        exit(1);
    }
}

/* A UDP socket of this library's, bound; its address in Linux's form. */
static int datagram(int v6, struct sockaddr_storage *address, socklen_t *length)
{
    struct sockaddr_in v4_any = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    struct sockaddr_in6 v6_any = {.sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT};
    int fd = (int)ws2_socket(v6 ? WS_AF_INET6 : AF_INET, SOCK_DGRAM, 0);
    const void *any = v6 ? (void *)&v6_any : (void *)&v4_any;

    *length = v6 ? sizeof(v6_any) : sizeof(v4_any);
    need(fd >= 0 && bind(fd, any, *length) == 0 && getsockname(fd, (struct sockaddr *)address, length) == 0,
         "a UDP socket");
    return fd;
}

/* A TCP connection: this library's socket, and its peer. */
static int stream(int *peer)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t length = sizeof(address);
    int listener = socket(AF_INET, SOCK_STREAM, 0), fd = (int)ws2_socket(AF_INET, SOCK_STREAM, 0);

    need(bind(listener, (struct sockaddr *)&address, length) == 0 && listen(listener, 1) == 0 &&
             getsockname(listener, (struct sockaddr *)&address, &length) == 0 &&
             connect(fd, (struct sockaddr *)&address, length) == 0,
         "a TCP connection");
    *peer = accept(listener, NULL, NULL);
    need(*peer >= 0, "accept");
    return fd;
}

/* The four ways to make a call; before each, `prepare`, which is counted with the empty way, too. */
#define WAYS(prepare, bare_call, libc_call, our_call, wanted) \
    do { \
        if (strcmp(way, "nothing") == 0) \
            REPEAT(prepare, (__extension__({ __asm__ volatile("" ::: "memory"); (wanted); })), wanted); \
        else if (strcmp(way, "bare") == 0) \
            REPEAT(prepare, bare_call, wanted); \
        else if (strcmp(way, "libc") == 0) \
            REPEAT(prepare, libc_call, wanted); \
        else if (strcmp(way, "ws2_32") == 0) \
            REPEAT(prepare, our_call, wanted); \
        else \
            return 2; \
    } while (0)

#define REPEAT(prepare, call, wanted) \
    do { \
        for (long i = 0; i < count; i++) { \
            prepare; \
            if ((call) != (wanted)) \
                return perror(way), 1; \
        } \
    } while (0)

static int transfers(const char *call, const char *way, long count)
{
    static char data[16] = "x", room[16];
    struct sockaddr_storage own, to, from;
    socklen_t length, from_length;
    int v6 = strchr(call, '6') != NULL && strncmp(call, "WSA", 3) != 0, peer = 0;
    int fd = datagram(v6, &own, &length), from_len;
    long self = (long)&own;

    /* As Windows has it. */
    to = own;
    to.ss_family = v6 ? WS_AF_INET6 : AF_INET;
    if (strcmp(call, "send") == 0 || strcmp(call, "recv") == 0 || strncmp(call, "WSASend", 7) == 0)
        need(connect(fd, (struct sockaddr *)&own, length) == 0, "connect");

    if (strcmp(call, "send") == 0) {
        WAYS(, bare(SYS_sendto, fd, (long)data, 1, NOW, 0, 0), send(fd, data, 1, MSG_NOSIGNAL),
             ws2_send((uintptr_t)fd, data, 1, 0), 1);
    } else if (strcmp(call, "recv") == 0) {
        WAYS(bare(SYS_sendto, fd, (long)data, 1, NOW, 0, 0), bare(SYS_recvfrom, fd, (long)room, 9, MSG_DONTWAIT, 0, 0),
             recv(fd, room, 9, 0), ws2_recv((uintptr_t)fd, room, 9, 0), 1);
    } else if (strcmp(call, "recv-stream") == 0) {
        fd = stream(&peer);
        WAYS(bare(SYS_sendto, peer, (long)data, 1, NOW, 0, 0),
             bare(SYS_recvfrom, fd, (long)room, 9, MSG_DONTWAIT, 0, 0), recv(fd, room, 9, 0),
             ws2_recv((uintptr_t)fd, room, 9, 0), 1);
    } else if (strncmp(call, "recv-empty", 10) == 0) {
        unsigned int on = 1;
        if (strcmp(call, "recv-empty-stream") == 0)
            fd = stream(&peer);
        need(ioctlsocket((uintptr_t)fd, WS_FIONBIO, &on) == 0, "FIONBIO");
        /* The first one finds out that the socket is connected. */
        ws2_recv((uintptr_t)fd, room, 9, 0);
        WAYS(, bare(SYS_recvfrom, fd, (long)room, 9, MSG_DONTWAIT, 0, 0) < 0 ? -1 : 0, recv(fd, room, 9, 0),
             ws2_recv((uintptr_t)fd, room, 9, 0), -1);
    } else if (strncmp(call, "sendto", 6) == 0) {
        WAYS(, bare(SYS_sendto, fd, (long)data, 1, NOW, self, (long)length),
             sendto(fd, data, 1, MSG_NOSIGNAL, (struct sockaddr *)&own, length),
             ws2_sendto((uintptr_t)fd, data, 1, 0, &to, (int)length), 1);
    } else if (strncmp(call, "recvfrom", 8) == 0) {
        WAYS(from_len = (int)(from_length = length); bare(SYS_sendto, fd, (long)data, 1, NOW, self, (long)length),
             bare(SYS_recvfrom, fd, (long)room, 9, MSG_DONTWAIT, (long)&from, (long)&from_length),
             recvfrom(fd, room, 9, 0, (struct sockaddr *)&from, &from_length),
             ws2_recvfrom((uintptr_t)fd, room, 9, 0, &from, &from_len), 1);
    } else if (strncmp(call, "WSASend", 7) == 0) {
        unsigned int buffers = (unsigned int)atoi(strchr(call, '-') + 1), sent;
        struct buffer ours[16];
        struct iovec pieces[16];
        struct msghdr message = {.msg_iov = pieces, .msg_iovlen = buffers};
        for (int i = 0; i < 16; i++) {
            ours[i] = (struct buffer){1, data};
            pieces[i] = (struct iovec){data, 1};
        }
        WAYS(, bare(SYS_sendmsg, fd, (long)&message, NOW, 0, 0, 0), sendmsg(fd, &message, MSG_NOSIGNAL),
             WSASend((uintptr_t)fd, ours, buffers, &sent, 0, NULL, NULL) == 0 ? (long)sent : -1, (long)buffers);
    } else {
        return 2;
    }
    return 0;
}

/* One of many sockets has something to receive; libc's way is poll. */
static int selects(const char *call, const char *way, long count)
{
    static struct pollfd polls[1000];
    static struct polled polled[1000];
    static struct set in_data, *set = &in_data;
    struct sockaddr_storage address;
    struct time now = {0, 0};
    socklen_t length;
    unsigned int sockets = (unsigned int)atoi(strchr(call, '-') + 1);

    if (strstr(call, "heap") != NULL)
        need((set = calloc(1, sizeof(*set))) != NULL, "memory");
    for (unsigned int i = 0; i < sockets; i++) {
        int fd = datagram(0, &address, &length);
        set->sockets[i] = (uintptr_t)fd;
        polled[i] = (struct polled){.fd = (uintptr_t)fd, .events = WS_POLLRDNORM};
        polls[i] = (struct pollfd){.fd = fd, .events = POLLIN};
        if (i == 0)
            need(sendto(fd, "x", 1, 0, (struct sockaddr *)&address, length) == 1, "sendto");
    }
    /* As many sockets as before, of which the answer has put the first one first. */
    if (strncmp(call, "WSAPoll", 7) == 0)
        WAYS(, bare(SYS_poll, (long)polls, sockets, 0, 0, 0, 0), poll(polls, sockets, 0), WSAPoll(polled, sockets, 0), 1);
    else
        WAYS(set->count = sockets, bare(SYS_poll, (long)polls, sockets, 0, 0, 0, 0), poll(polls, sockets, 0),
             ws2_select(0, set, NULL, NULL, &now), 1);
    return 0;
}

int main(int argc, char **argv)
{
    static char data[512]; /* WSADATA */
    struct rlimit limit;
    pthread_t thread;
    int result;

    if (argc != 5)
        return 2;
    need(getrlimit(RLIMIT_NOFILE, &limit) == 0, "getrlimit");
    limit.rlim_cur = limit.rlim_max;
    need(setrlimit(RLIMIT_NOFILE, &limit) == 0, "setrlimit");
    need(WSAStartup(0x0202, data) == 0, "WSAStartup");
    need(strcmp(argv[4], "threads") != 0 || pthread_create(&thread, NULL, wait_for_ever, NULL) == 0, "a thread");
    result = (strncmp(argv[1], "select", 6) == 0 || strncmp(argv[1], "WSAPoll", 7) == 0 ? selects : transfers)(argv[1], argv[2], atol(argv[3]));
    fflush(NULL);
    _exit(result);
}
