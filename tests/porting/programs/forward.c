/* A forwarder between a client and a server: select over pairs of sockets, half-closed connections handed on. */
#include <stdlib.h>

#include "loopback.h"

static struct sockaddr_in inside, outside;
static SOCKET server_listener, listener;

static DWORD WINAPI server(LPVOID unused)
{
    SOCKET s = accept(server_listener, NULL, NULL);
    char text[256];
    int total = 0, got;

    (void)unused;
    while ((got = recv(s, text, sizeof(text), 0)) > 0)
        total += got;
    got = wsprintfA(text, "%d bytes", total);
    send(s, text, got, 0);
    closesocket(s);
    return got > 0 ? 0 : 1;
}

static DWORD WINAPI forward(LPVOID unused)
{
    SOCKET ends[2];
    int open_ways[2] = {1, 1}, i;
    char text[1000];

    (void)unused;
    ends[0] = accept(listener, NULL, NULL);
    ends[1] = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(ends[1], (struct sockaddr *)&inside, sizeof(inside)) != 0)
        return 1;
    while (open_ways[0] || open_ways[1]) {
        fd_set set;

        FD_ZERO(&set);
        for (i = 0; i < 2; i++)
            if (open_ways[i])
                FD_SET(ends[i], &set);
        if (select(0, &set, NULL, NULL, NULL) == SOCKET_ERROR)
            return 2;
        for (i = 0; i < 2; i++) {
            int got;

            if (!open_ways[i] || !FD_ISSET(ends[i], &set))
                continue;
            got = recv(ends[i], text, sizeof(text), 0);
            if (got > 0) {
                send(ends[1 - i], text, got, 0);
            } else {
                shutdown(ends[1 - i], SD_SEND);
                open_ways[i] = 0;
            }
        }
    }
    closesocket(ends[0]);
    closesocket(ends[1]);
    return 0;
}

int main(void)
{
    HANDLE threads[2];
    DWORD code;
    SOCKET s;
    char *block = (char *)malloc(300000), text[64] = "";
    int i, got, have = 0;

    started();
    server_listener = bound(SOCK_STREAM, &inside);
    listener = bound(SOCK_STREAM, &outside);
    threads[0] = CreateThread(NULL, 0, server, NULL, 0, NULL);
    threads[1] = CreateThread(NULL, 0, forward, NULL, 0, NULL);
    s = socket(AF_INET, SOCK_STREAM, 0);
    CHECK(connect(s, (struct sockaddr *)&outside, sizeof(outside)) == 0);
    memset(block, 'x', 300000);
    /* A socket that waits takes all of it. */
    CHECK(send(s, block, 300000, 0) == 300000);
    CHECK(shutdown(s, SD_SEND) == 0);
    while ((got = recv(s, text + have, (int)sizeof(text) - 1 - have, 0)) > 0)
        have += got;
    CHECK(got == 0 && strcmp(text, "300000 bytes") == 0);
    CHECK(WaitForMultipleObjects(2, threads, TRUE, INFINITE) == WAIT_OBJECT_0);
    for (i = 0; i < 2; i++)
        CHECK(GetExitCodeThread(threads[i], &code) && code == 0);
    free(block);
    closesocket(s);
    closesocket(listener);
    closesocket(server_listener);
    WSACleanup();
    return result();
}
