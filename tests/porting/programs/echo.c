/* A server with a thread for each client, counted with Interlocked functions; eight clients at a time, each on a thread of its
   own. WaitForMultipleObjects waits for all, and the exit codes say how it went. */
#include "loopback.h"

#define CLIENTS 8

static struct sockaddr_in address;
static volatile LONG open_now, most, bytes;

static DWORD WINAPI one(LPVOID argument)
{
    SOCKET s = (SOCKET)(ULONG_PTR)argument;
    LONG now = InterlockedIncrement(&open_now), seen;
    char text[100];
    int got;

    while ((seen = most) < now && InterlockedCompareExchange(&most, now, seen) != seen) { }
    while ((got = recv(s, text, sizeof(text), 0)) > 0) {
        InterlockedExchangeAdd(&bytes, got);
        if (send(s, text, got, 0) != got)
            break;
    }
    InterlockedDecrement(&open_now);
    closesocket(s);
    return (DWORD)(got == 0 ? 0 : WSAGetLastError());
}

static DWORD WINAPI client(LPVOID argument)
{
    int number = (int)(INT_PTR)argument, i, got, have;
    SOCKET s = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
    char out[64], in[64];

    if (connect(s, (struct sockaddr *)&address, sizeof(address)) == SOCKET_ERROR)
        return (DWORD)WSAGetLastError();
    for (i = 0; i < 50; i++) {
        int length = wsprintfA(out, "client %d says %d", number, i);

        if (send(s, out, length, 0) != length)
            return 1;
        for (have = 0; have < length; have += got) {
            got = recv(s, in + have, (int)sizeof(in) - have, 0);
            if (got <= 0)
                return 2;
        }
        if (memcmp(in, out, (size_t)length) != 0)
            return 3;
    }
    shutdown(s, SD_SEND);
    got = recv(s, in, sizeof(in), 0);
    closesocket(s);
    return got == 0 ? 0 : 4;
}

int main(void)
{
    HANDLE clients[CLIENTS], servers[CLIENTS];
    SOCKET listener;
    DWORD code, id;
    int i;

    started();
    listener = bound(SOCK_STREAM, &address);
    for (i = 0; i < CLIENTS; i++)
        clients[i] = CreateThread(NULL, 0, client, (LPVOID)(INT_PTR)i, 0, &id);
    for (i = 0; i < CLIENTS; i++) {
        SOCKET s = accept(listener, NULL, NULL);

        CHECK(s != INVALID_SOCKET);
        servers[i] = CreateThread(NULL, 0, one, (LPVOID)(ULONG_PTR)s, 0, &id);
        CHECK(servers[i] != NULL);
    }
    CHECK(WaitForMultipleObjects(CLIENTS, clients, TRUE, INFINITE) == WAIT_OBJECT_0);
    CHECK(WaitForMultipleObjects(CLIENTS, servers, TRUE, INFINITE) == WAIT_OBJECT_0);
    for (i = 0; i < CLIENTS; i++) {
        CHECK(GetExitCodeThread(clients[i], &code) && code == 0);
        CHECK(GetExitCodeThread(servers[i], &code) && code == 0);
        CHECK(CloseHandle(clients[i]) && CloseHandle(servers[i]));
    }
    CHECK(open_now == 0 && most >= 1 && most <= CLIENTS && bytes > 0);
    CHECK(closesocket(listener) == 0 && WSACleanup() == 0);
    return result();
}
