// What examples/http_server.cpp wants of Winsock, as thin names for POSIX: with this header the same server is one for POSIX,
// which http.sh compares with the one that runs on ws2_32. `select` is a `poll` on an array that is filled each time, as
// servers do that use `poll`.
#ifndef POSIX_WINSOCK2_H
#define POSIX_WINSOCK2_H

#include <arpa/inet.h>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <netinet/in.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <unistd.h>

typedef int SOCKET;
typedef unsigned int DWORD;
typedef unsigned long long ULONGLONG;
struct WSADATA {};

#define INVALID_SOCKET (-1)
#define SOCKET_ERROR (-1)
#define SD_SEND SHUT_WR
#define WSAEWOULDBLOCK EWOULDBLOCK
#define MAKEWORD(low, high) ((low) | (high) << 8)

inline int WSAStartup(int, WSADATA *)
{
    return std::signal(SIGPIPE, SIG_IGN) == SIG_ERR;
}

inline int WSACleanup()
{
    return 0;
}

inline int WSAGetLastError()
{
    return errno;
}

inline int closesocket(SOCKET s)
{
    return close(s);
}

inline int ioctlsocket(SOCKET s, unsigned long command, u_long *argument)
{
    int value = static_cast<int>(*argument);
    return ioctl(s, command, &value);
}

inline int getsockname(SOCKET s, sockaddr *name, int *length)
{
    return getsockname(s, name, reinterpret_cast<socklen_t *>(length));
}

inline ULONGLONG GetTickCount64()
{
    timespec now;
    clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
    return static_cast<ULONGLONG>(now.tv_sec) * 1000 + static_cast<ULONGLONG>(now.tv_nsec) / 1000000;
}

struct sockets_of_posix {
    unsigned int fd_count;
    SOCKET fd_array[1024];
};
#define fd_set sockets_of_posix
#undef FD_ZERO
#undef FD_SET
#undef FD_ISSET
#define FD_ZERO(set) ((set)->fd_count = 0)
#define FD_SET(s, set) ((set)->fd_array[(set)->fd_count++] = (s))
#define FD_ISSET(s, set) is_in(s, set)

inline bool is_in(SOCKET s, const fd_set *set)
{
    for (unsigned int i = 0; i < set->fd_count; i++) {
        if (set->fd_array[i] == s)
            return true;
    }
    return false;
}

inline void keep_ready(fd_set *set, const pollfd *polls)
{
    unsigned int kept = 0;
    for (unsigned int i = 0; i < set->fd_count; i++) {
        if (polls[i].revents != 0)
            set->fd_array[kept++] = set->fd_array[i];
    }
    set->fd_count = kept;
}

inline int select(int, fd_set *readable, fd_set *writable, std::nullptr_t, timeval *time)
{
    static pollfd polls[2048];
    nfds_t count = 0;
    for (unsigned int i = 0; i < readable->fd_count; i++)
        polls[count++] = {readable->fd_array[i], POLLIN, 0};
    for (unsigned int i = 0; i < writable->fd_count; i++)
        polls[count++] = {writable->fd_array[i], POLLOUT, 0};
    const int ready = poll(polls, count, static_cast<int>(time->tv_sec * 1000 + time->tv_usec / 1000));
    if (ready >= 0) {
        keep_ready(writable, polls + readable->fd_count);
        keep_ready(readable, polls);
    }
    return ready;
}

#define FORMAT_MESSAGE_FROM_SYSTEM 0
#define FORMAT_MESSAGE_IGNORE_INSERTS 0

inline DWORD FormatMessageA(int, const void *, DWORD code, int, char *text, DWORD size, void *)
{
    return static_cast<DWORD>(std::snprintf(text, size, "%s", std::strerror(static_cast<int>(code))));
}

#endif
