/* Every error of send, made by its cause, in the order of docs/send-errors.md. Each row prints its code when send has
   failed with it. What needs a hand on the network is asked of tests/rows/in_c.rs, line by line. */
#include <winsock2.h>
#include <ws2tcpip.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HERE "127.0.0.1"
#define THERE "10.77.0.2"
#define EVERYBODY "10.77.0.255"

/* More than any buffer takes. */
#define MUCH (64 << 20)

static char data[MUCH];
static int tcp_there, udp_there;

static void wrong(int line, const char *call, int result)
{
    fprintf(stderr, "send_errors.c:%d: %s gave %d, last error %d\n", line, call, result, WSAGetLastError());
    exit(1);
}

#define WORKS(call)                               \
    do {                                          \
        int result_ = (int)(call);                \
        if (result_ == SOCKET_ERROR)              \
            wrong(__LINE__, #call, result_);      \
    } while (0)

#define FAILS(code, call)                                           \
    do {                                                            \
        int result_ = (int)(call);                                  \
        if (result_ != SOCKET_ERROR || WSAGetLastError() != (code)) \
            wrong(__LINE__, #code " expected: " #call, result_);    \
    } while (0)

#define ROW(code) puts(#code)

static void network(const char *wish)
{
    char answer[16];

    printf("? %s\n", wish);
    fflush(stdout);
    if (!fgets(answer, sizeof answer, stdin) || strcmp(answer, "done\n") != 0)
        exit(2);
}

static void start(WORD version)
{
    WSADATA about;

    if (WSAStartup(version, &about) != 0)
        exit(3);
}

static struct sockaddr_in address(const char *host, int port)
{
    struct sockaddr_in name;

    memset(&name, 0, sizeof name);
    name.sin_family = AF_INET;
    name.sin_port = htons((u_short)port);
    name.sin_addr.s_addr = inet_addr(host);
    return name;
}

static int connect_to(SOCKET s, const char *host, int port)
{
    struct sockaddr_in name = address(host, port);

    return connect(s, (struct sockaddr *)&name, sizeof name);
}

static SOCKET connected(int type, const char *host, int port)
{
    SOCKET s = socket(AF_INET, type, 0);

    WORKS(connect_to(s, host, port));
    return s;
}

/* Two ends of a connection, or two datagram sockets of which the first is connected to the second. */
static SOCKET pair(int type, SOCKET *peer)
{
    struct sockaddr_in name = address(HERE, 0);
    int length = sizeof name;
    SOCKET s, other = socket(AF_INET, type, 0);

    WORKS(bind(other, (struct sockaddr *)&name, sizeof name));
    WORKS(getsockname(other, (struct sockaddr *)&name, &length));
    if (type == SOCK_DGRAM) {
        *peer = other;
        return connected(type, HERE, ntohs(name.sin_port));
    }
    WORKS(listen(other, 1));
    s = connected(type, HERE, ntohs(name.sin_port));
    *peer = accept(other, NULL, NULL);
    WORKS(*peer);
    WORKS(closesocket(other));
    return s;
}

static void reset(SOCKET peer)
{
    struct linger hard = { 1, 0 };

    WORKS(setsockopt(peer, SOL_SOCKET, SO_LINGER, (char *)&hard, sizeof hard));
    WORKS(closesocket(peer));
}

static void set(SOCKET s, int level, int name, DWORD value)
{
    WORKS(setsockopt(s, level, name, (char *)&value, sizeof value));
}

/* Sends until a call fails. */
static int until_it_fails(SOCKET s, int length)
{
    while (send(s, data, length, 0) != SOCKET_ERROR)
        ;
    return SOCKET_ERROR;
}

static SOCKET hooked;

static INT_PTR WSAAPI hook(void)
{
    FAILS(WSAEINPROGRESS, send(hooked, "x", 1, 0));
    WORKS(WSACancelBlockingCall());
    return 0;
}

static void legacy(void)
{
    SOCKET peer;

    start(MAKEWORD(1, 1));
    hooked = pair(SOCK_STREAM, &peer);
    WSASetBlockingHook(hook);
    FAILS(WSAEINTR, send(hooked, data, MUCH, 0));
    ROW(WSAEINTR);
    ROW(WSAEINPROGRESS);
    WORKS(WSAUnhookBlockingHook());
    WORKS(WSACleanup());
    start(MAKEWORD(2, 2));
}

static void not_started(SOCKET any)
{
    FAILS(WSANOTINITIALISED, send(any, "x", 1, 0));
    ROW(WSANOTINITIALISED);
    start(MAKEWORD(2, 2));
}

static void network_down(SOCKET packets)
{
    WORKS(send(packets, data, 60, 0));
    network("link set here down");
    FAILS(WSAENETDOWN, send(packets, data, 60, 0));
    ROW(WSAENETDOWN);
    network("link set here up");
}

static void no_access(void)
{
    SOCKET s = socket(AF_INET, SOCK_DGRAM, 0);

    FAILS(WSAEACCES, connect_to(s, EVERYBODY, 9));
    set(s, SOL_SOCKET, SO_BROADCAST, TRUE);
    WORKS(connect_to(s, EVERYBODY, 9));
    WORKS(send(s, "x", 1, 0));
    set(s, SOL_SOCKET, SO_BROADCAST, FALSE);
    network("route add unreachable 198.51.100.0/24");
    FAILS(WSAEACCES, send(s, "x", 1, 0));
    ROW(WSAEACCES);
    s = connected(SOCK_DGRAM, THERE, udp_there);
    network("route add prohibit " THERE);
    FAILS(WSAEACCES, send(s, "x", 1, 0));
    ROW(WSAEACCES);
    network("route del prohibit " THERE);
    WORKS(send(s, "x", 1, 0));
}

static void fault(void)
{
    SOCKET peer, s = pair(SOCK_STREAM, &peer);

    FAILS(WSAEFAULT, send(s, NULL, 1, 0));
    FAILS(WSAEFAULT, send(s, (char *)16, 1, 0));
    FAILS(WSAEFAULT, send(s, data, -1, 0));
    ROW(WSAEFAULT);
}

static void net_reset(void)
{
    SOCKET s = connected(SOCK_STREAM, THERE, tcp_there);

    set(s, IPPROTO_TCP, TCP_KEEPIDLE, 1);
    set(s, IPPROTO_TCP, TCP_KEEPINTVL, 1);
    set(s, IPPROTO_TCP, TCP_KEEPCNT, 2);
    set(s, SOL_SOCKET, SO_KEEPALIVE, TRUE);
    network("vanish");
    network("until no connection is left");
    FAILS(WSAENETRESET, send(s, "x", 1, 0));
    FAILS(WSAECONNRESET, send(s, "x", 1, 0));
    ROW(WSAENETRESET);
    network("come back");
}

static void no_buffers(SOCKET told)
{
    network("fill the queue");
    until_it_fails(told, 1000);
    FAILS(WSAENOBUFS, until_it_fails(told, 1000));
    ROW(WSAENOBUFS);
    network("empty the queue");
}

static void no_connection(void)
{
    SOCKET peer, closed, s = socket(AF_INET, SOCK_STREAM, 0), listening = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in name = address(HERE, 0);

    FAILS(WSAENOTCONN, send(s, "x", 1, 0));
    FAILS(WSAENOTCONN, send(s, NULL, 0, 0));
    FAILS(WSAENOTCONN, send(socket(AF_INET, SOCK_DGRAM, 0), "x", 1, 0));
    WORKS(bind(listening, (struct sockaddr *)&name, sizeof name));
    WORKS(listen(listening, 1));
    FAILS(WSAENOTCONN, send(listening, "x", 1, 0));
    ROW(WSAENOTCONN);

    FAILS(WSAENOTSOCK, send(INVALID_SOCKET, "x", 1, 0));
    FAILS(WSAENOTSOCK, send(0, "x", 1, 0));
    closed = pair(SOCK_STREAM, &peer);
    WORKS(closesocket(closed));
    FAILS(WSAENOTSOCK, send(closed, "x", 1, 0));
    ROW(WSAENOTSOCK);
}

static void no_urgent_datagrams(void)
{
    SOCKET peer, s = pair(SOCK_DGRAM, &peer);

    FAILS(WSAEOPNOTSUPP, send(s, "x", 1, MSG_OOB));
    FAILS(WSAEOPNOTSUPP, send(s, "x", 1, MSG_PEEK));
    ROW(WSAEOPNOTSUPP);
}

static void shut(void)
{
    SOCKET peer, s = pair(SOCK_STREAM, &peer);

    WORKS(shutdown(s, SD_SEND));
    FAILS(WSAESHUTDOWN, send(s, "x", 1, 0));
    ROW(WSAESHUTDOWN);
}

static void would_block(void)
{
    SOCKET peer, s = pair(SOCK_STREAM, &peer);
    u_long yes = 1;

    WORKS(ioctlsocket(s, FIONBIO, &yes));
    FAILS(WSAEWOULDBLOCK, until_it_fails(s, 65536));
    ROW(WSAEWOULDBLOCK);
}

static void too_long(void)
{
    SOCKET peer, s = pair(SOCK_DGRAM, &peer);

    FAILS(WSAEMSGSIZE, send(s, data, 65508, 0));
    WORKS(send(s, data, 65507, 0));
    ROW(WSAEMSGSIZE);
}

static void no_way(void)
{
    SOCKET s = connected(SOCK_DGRAM, THERE, udp_there);

    network("route add unreachable " THERE);
    FAILS(WSAEHOSTUNREACH, send(s, "x", 1, 0));
    ROW(WSAEHOSTUNREACH);
    network("route del unreachable " THERE);
}

static void bad_flags(void)
{
    SOCKET peer, s = pair(SOCK_STREAM, &peer);

    FAILS(WSAEINVAL, send(s, "x", 1, 0x4000));
    set(s, SOL_SOCKET, SO_OOBINLINE, TRUE);
    FAILS(WSAEINVAL, send(s, "x", 1, MSG_OOB));
    ROW(WSAEINVAL);
}

static void ended(void)
{
    SOCKET peer, s = pair(SOCK_STREAM, &peer);
    char room[8];

    WORKS(closesocket(peer));
    WORKS(recv(s, room, sizeof room, 0));
    WORKS(send(s, "x", 1, 0));
    FAILS(WSAECONNABORTED, until_it_fails(s, 1));
    FAILS(WSAECONNABORTED, recv(s, room, sizeof room, 0));
    ROW(WSAECONNABORTED);

    s = pair(SOCK_STREAM, &peer);
    reset(peer);
    FAILS(WSAECONNRESET, until_it_fails(s, 1));
    FAILS(WSAECONNRESET, send(s, "x", 1, 0));
    FAILS(WSAECONNRESET, recv(s, room, sizeof room, 0));
    ROW(WSAECONNRESET);

    s = pair(SOCK_DGRAM, &peer);
    WORKS(closesocket(peer));
    FAILS(WSAECONNRESET, until_it_fails(s, 1));
    WORKS(send(s, "x", 1, 0));
    ROW(WSAECONNRESET);
}

static void timed_out(void)
{
    SOCKET peer, s = pair(SOCK_STREAM, &peer);

    set(s, SOL_SOCKET, SO_SNDTIMEO, 50);
    FAILS(WSAETIMEDOUT, send(s, data, MUCH, 0));
    ROW(WSAETIMEDOUT);

    s = connected(SOCK_STREAM, THERE, tcp_there);
    network("vanish");
    FAILS(WSAETIMEDOUT, send(s, data, MUCH, 0));
    FAILS(WSAECONNABORTED, send(s, "x", 1, 0));
    ROW(WSAETIMEDOUT);
}

/* send_errors PACKETS TOLD TCP UDP: a packet socket on the wire and a datagram socket with IP_RECVERR, which POSIX
   code has made; the ports of the other side. */
int main(int argc, char **argv)
{
    SOCKET packets, told;

    if (argc != 5)
        return 4;
    packets = (SOCKET)atoi(argv[1]);
    told = (SOCKET)atoi(argv[2]);
    tcp_there = atoi(argv[3]);
    udp_there = atoi(argv[4]);

    not_started(packets);
    network_down(packets);
    no_access();
    WORKS(WSACleanup());
    legacy();
    fault();
    net_reset();
    no_buffers(told);
    no_connection();
    no_urgent_datagrams();
    shut();
    would_block();
    too_long();
    no_way();
    bad_flags();
    ended();
    timed_out();
    WORKS(WSACleanup());
    return 0;
}
