/* A library that knows nothing of Winsock: POSIX sockets, and POSIX' results. */
#include <string.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <unistd.h>

/* Opens a pair of sockets. */
int posix_pair(int pair[2])
{
    return socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
}

/* Receives into a buffer. */
long posix_receive(int from, char *buffer, size_t size)
{
    return recv(from, buffer, size, 0);
}

/* 1 if five bytes pass from one end of a pair to the other through send and recv. */
int posix_works(void)
{
    int pair[2];
    char buffer[8];
    int works;

    if (posix_pair(pair) != 0)
        return 0;
    works = send(pair[0], "hello", 5, 0) == 5 && posix_receive(pair[1], buffer, sizeof buffer) == 5 &&
            memcmp(buffer, "hello", 5) == 0;
    close(pair[0]);
    close(pair[1]);
    return works;
}
