/* While the process has one thread, a socket is closed without a placeholder: nobody could get its number meanwhile. With a
   second thread one is made, from the ends of a pipe that are kept under high numbers. */
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
    if (pipes() != inherited)
        return puts("a placeholder with one thread"), 1;
    if (pthread_create(&thread, NULL, nothing, NULL) != 0 || pthread_join(thread, NULL) != 0 || !closes())
        return puts("closing with two threads"), 1;
    if (pipes() == inherited)
        return puts("no placeholder with two threads"), 1;
    return WSACleanup();
}
