/* While the process has one thread, a socket is closed without a placeholder, and its mode changed without holding it: nobody could
   get its number meanwhile. With a second thread a placeholder is made, from the ends of a pipe that are kept under high numbers. */
#include <winsock2.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>

static int pipes(void)
{
    int fd, count = 0;

    for (fd = 0; fd < 1100; fd++)
        count += fcntl(fd, F_GETPIPE_SZ) > 0;
    return count;
}

static int closes(void)
{
    SOCKET first = socket(AF_INET, SOCK_STREAM, 0), second;

    if (first == INVALID_SOCKET || closesocket(first) != 0)
        return 0;
    /* All of it is over: the number is free, and what was known of the socket forgotten. */
    if (closesocket(first) == 0 || WSAGetLastError() != WSAENOTSOCK)
        return 0;
    second = socket(AF_INET, SOCK_DGRAM, 0);
    return second == first && send(second, "x", 1, 0) != 1 && WSAGetLastError() == WSAENOTCONN &&
           closesocket(second) == 0;
}

static int mode(SOCKET s)
{
    return (fcntl((int)s, F_GETFL) & O_NONBLOCK) != 0;
}

static int changes_modes(void)
{
    SOCKET s = socket(AF_INET, SOCK_DGRAM, 0);
    struct sockaddr_in here = {0};
    u_long on = 1, off = 0;
    char byte;

    here.sin_family = AF_INET;
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(s, (struct sockaddr *)&here, sizeof(here)) != 0 || ioctlsocket(s, FIONBIO, &on) != 0 || !mode(s))
        return 0;
    if (recv(s, &byte, 1, 0) != -1 || WSAGetLastError() != WSAEWOULDBLOCK)
        return 0;
    if (ioctlsocket(s, FIONBIO, &off) != 0 || mode(s) || closesocket(s) != 0)
        return 0;
    return ioctlsocket(s, FIONBIO, &on) == -1 && WSAGetLastError() == WSAENOTSOCK &&
           ioctlsocket(1, FIONBIO, &on) == -1 && WSAGetLastError() == WSAENOTSOCK && !mode(1);
}

static void *nothing(void *argument)
{
    return argument;
}

int main(void)
{
    WSADATA data;
    pthread_t thread;
    int inherited = pipes();

    if (WSAStartup(MAKEWORD(2, 2), &data) != 0 || !closes())
        return puts("closing with one thread"), 1;
    if (!changes_modes())
        return puts("modes with one thread"), 1;
    if (pipes() != inherited)
        return puts("a placeholder with one thread"), 1;
    if (pthread_create(&thread, NULL, nothing, NULL) != 0 || pthread_join(thread, NULL) != 0 || !closes())
        return puts("closing with two threads"), 1;
    if (!changes_modes())
        return puts("modes with two threads"), 1;
    if (pipes() == inherited)
        return puts("no placeholder with two threads"), 1;
    return WSACleanup();
}
