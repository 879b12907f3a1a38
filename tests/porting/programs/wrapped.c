/* A portable program's layer: its own wrappers whose prototypes say unsigned long for what Windows' say u_long, its own ssize_t and
   nfds_t, its own names for POSIX' functions, and errno made of Winsock's codes. */
#include <winsock2.h>
#include <ws2tcpip.h>
#include <errno.h>
#include <stddef.h>

#include "loopback.h"

#ifdef _MSC_VER
typedef SSIZE_T ssize_t;
#endif
typedef ULONG nfds_t;

static int layer_failed(int failed)
{
    if (failed) {
        int code = WSAGetLastError();

        errno = code == WSAEWOULDBLOCK ? EAGAIN : code == WSAENOTSOCK ? EBADF : EIO;
    }
    return failed ? -1 : 0;
}

static int layer_ioctl(SOCKET fd, unsigned long request, unsigned long *argument)
{
    return layer_failed(ioctlsocket(fd, (long)request, argument) == SOCKET_ERROR);
}

static ssize_t layer_recv(SOCKET fd, void *to, size_t length)
{
    int got = recv(fd, (char *)to, (int)length, 0);

    return layer_failed(got == SOCKET_ERROR) ? -1 : got;
}

static int layer_poll(struct pollfd *fds, nfds_t count, int limit)
{
    int got = WSAPoll(fds, count, limit);

    return layer_failed(got == SOCKET_ERROR) ? -1 : got;
}

#define ioctl layer_ioctl
#define poll  layer_poll

/* On Windows u_long is unsigned long, so that this needs no cast; the neighbours must stay what they are. */
#ifdef __MINGW32__
# define GIVE(number) (&(number))
#else
# define GIVE(number) ((unsigned long *)(void *)&(number))
#endif

int main(void)
{
    struct {
        u_long before, mode, after;
    } guarded = {0x11111111, 1, 0x22222222};
    struct sockaddr_in address;
    struct pollfd entry;
    unsigned long waiting = ~0ul;
    SOCKET listener, a, b;
    char text[8];

    started();
    listener = bound(SOCK_STREAM, &address);
    a = socket(AF_INET, SOCK_STREAM, 0);
    CHECK(connect(a, (struct sockaddr *)&address, sizeof(address)) == 0);
    b = accept(listener, NULL, NULL);
    CHECK(ioctl(b, FIONBIO, GIVE(guarded.mode)) == 0);
    CHECK(guarded.before == 0x11111111 && guarded.mode == 1 && guarded.after == 0x22222222);
    errno = 0;
    CHECK(layer_recv(b, text, sizeof(text)) == -1 && errno == EAGAIN);
    CHECK(send(a, "12345", 5, 0) == 5);
    entry.fd = b;
    entry.events = POLLIN;
    CHECK(poll(&entry, 1, 5000) == 1 && entry.revents == POLLRDNORM);
    CHECK(ioctl(b, FIONREAD, &waiting) == 0 && waiting == 5);
    CHECK(layer_recv(b, text, sizeof(text)) == 5);
    closesocket(a);
    closesocket(b);
    closesocket(listener);
    CHECK(layer_recv(b, text, sizeof(text)) == -1 && errno == EBADF);
    WSACleanup();
    return result();
}
