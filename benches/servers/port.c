/* The echo server of `serve_by_port` as a Windows program, to be run by Wine: one thread, one completion port. Prints its
   port; serves so many connections until they are gone, and begins anew; is over when its input is.

   usage: port CONNECTIONS BYTES */
#include <winsock2.h>

#include <stdio.h>
#include <stdlib.h>

typedef struct {
    OVERLAPPED overlapped; /* the first: what the port tells is the connection */
    SOCKET socket;
    int sends;
    char *room;
} connection;

static DWORD size;

static void need(int good, const char *what)
{
    if (!good) {
        fprintf(stderr, "%s: error %d\n", what, WSAGetLastError());
        exit(1);
    }
}

/* Sends so many bytes, or receives if there are none. */
static int begin(connection *with, DWORD bytes)
{
    WSABUF buffer;
    DWORD flags = 0;
    int result;

    with->sends = bytes > 0;
    buffer.len = bytes > 0 ? bytes : size;
    buffer.buf = with->room;
    if (with->sends)
        result = WSASend(with->socket, &buffer, 1, NULL, 0, &with->overlapped, NULL);
    else
        result = WSARecv(with->socket, &buffer, 1, NULL, &flags, &with->overlapped, NULL);
    return result == 0 || WSAGetLastError() == WSA_IO_PENDING;
}

static void serve(SOCKET listener, int count)
{
    HANDLE port = CreateIoCompletionPort(INVALID_HANDLE_VALUE, NULL, 0, 1);
    connection *all = calloc((size_t)count, sizeof(*all));
    BOOL at_once = TRUE;
    int left = count;

    need(port != NULL && all != NULL, "a port");
    for (int i = 0; i < count; i++) {
        all[i].room = malloc(size);
        all[i].socket = accept(listener, NULL, NULL);
        need(all[i].room != NULL && all[i].socket != INVALID_SOCKET, "accept");
        setsockopt(all[i].socket, IPPROTO_TCP, TCP_NODELAY, (char *)&at_once, sizeof(at_once));
        need(CreateIoCompletionPort((HANDLE)all[i].socket, port, 0, 0) == port, "a socket at the port");
    }
    for (int i = 0; i < count; i++)
        need(begin(&all[i], 0), "WSARecv");
    while (left > 0) {
        DWORD bytes = 0;
        ULONG_PTR key;
        OVERLAPPED *over = NULL;
        connection *with;

        if (!GetQueuedCompletionStatus(port, &bytes, &key, &over, INFINITE))
            bytes = 0;
        need(over != NULL, "GetQueuedCompletionStatus");
        with = (connection *)over;
        if (bytes == 0 || !begin(with, with->sends ? 0 : bytes)) {
            closesocket(with->socket);
            free(with->room);
            left--;
        }
    }
    CloseHandle(port);
    free(all);
}

static DWORD WINAPI watch(void *unused)
{
    (void)unused;
    while (getchar() != EOF)
        ;
    ExitProcess(0);
    return 0;
}

int main(int count, char **arguments)
{
    WSADATA data;
    struct sockaddr_in name = {0};
    int length = sizeof(name);
    SOCKET listener;

    need(count == 3, "usage: port CONNECTIONS BYTES");
    size = (DWORD)atoi(arguments[2]);
    need(WSAStartup(MAKEWORD(2, 2), &data) == 0, "WSAStartup");
    listener = socket(AF_INET, SOCK_STREAM, 0);
    name.sin_family = AF_INET;
    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    need(bind(listener, (struct sockaddr *)&name, length) == 0 && listen(listener, 1000) == 0 &&
             getsockname(listener, (struct sockaddr *)&name, &length) == 0,
         "listen");
    printf("%d\n", ntohs(name.sin_port));
    fflush(stdout);
    need(CreateThread(NULL, 0, watch, NULL, 0, NULL) != NULL, "a thread");
    for (;;)
        serve(listener, atoi(arguments[1]));
}
