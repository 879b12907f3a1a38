/* A TCP server on loopback that sends back what it gets: a completion port, threads that serve it, and connections that
   AcceptEx takes with their first data. Prints the port that it got. After so many clients it closes the completion port's
   work in order, tells what was sent and ends; 0 or nothing means never. usage: completion_server [CLIENTS] */
#include "extension.h"

#include <stdlib.h>

#define THREADS  4
#define WAITING  8 /* accepts under way at a time */
#define SIZE     16384
#define ADDRESS  (sizeof(struct sockaddr_in) + 16)

enum what { ACCEPTING, RECEIVING, SENDING };

/* One connection, and the one operation that it has at a time. */
struct client {
    OVERLAPPED overlapped; /* first: a completed operation leads to its client */
    enum what  what;
    SOCKET     s;
    DWORD      length; /* of what is to be sent back */
    char       data[SIZE + 2 * ADDRESS];
};

static HANDLE port;
static SOCKET listener;
static LPFN_ACCEPTEX accept_ex;
static volatile LONG left;   /* clients that are still to come; negative for no end */
static volatile LONG served;
static volatile LONG64 bytes_sent;

/* Begins to accept; 0 after a failure. */
static int begin_accept(struct client *client)
{
    DWORD bytes;

    ZeroMemory(&client->overlapped, sizeof(client->overlapped));
    client->what = ACCEPTING;
    client->s = WSASocketW(AF_INET, SOCK_STREAM, IPPROTO_TCP, NULL, 0, WSA_FLAG_OVERLAPPED);
    if (client->s == INVALID_SOCKET)
        return 0;
    if (!accept_ex(listener, client->s, client->data, SIZE, ADDRESS, ADDRESS, &bytes, &client->overlapped) &&
        WSAGetLastError() != WSA_IO_PENDING) {
        closesocket(client->s);
        return 0;
    }
    return 1;
}

static int begin_receive(struct client *client)
{
    WSABUF buffer;
    DWORD flags = 0;

    ZeroMemory(&client->overlapped, sizeof(client->overlapped));
    client->what = RECEIVING;
    buffer.buf = client->data;
    buffer.len = SIZE;
    return WSARecv(client->s, &buffer, 1, NULL, &flags, &client->overlapped, NULL) == 0 ||
           WSAGetLastError() == WSA_IO_PENDING;
}

static int begin_send(struct client *client, DWORD length)
{
    WSABUF buffer;

    ZeroMemory(&client->overlapped, sizeof(client->overlapped));
    client->what = SENDING;
    client->length = length;
    buffer.buf = client->data;
    buffer.len = length;
    return WSASend(client->s, &buffer, 1, NULL, 0, &client->overlapped, NULL) == 0 ||
           WSAGetLastError() == WSA_IO_PENDING;
}

/* The connection is over. The last one ends the threads: each gets a packet without an OVERLAPPED. */
static void end_client(struct client *client)
{
    closesocket(client->s);
    free(client);
    if (InterlockedDecrement(&left) == 0) {
        int thread;

        for (thread = 0; thread < THREADS; thread++)
            PostQueuedCompletionStatus(port, 0, 0, NULL);
    }
}

/* A connection was taken: another one is awaited. */
static void await_another(void)
{
    struct client *next = malloc(sizeof(*next));

    if (next == NULL || !begin_accept(next)) {
        print_error("AcceptEx");
        free(next);
    }
    InterlockedIncrement(&served);
}

/* The connection belongs to the port from now on. */
static int accepted(struct client *client)
{
    await_another();
    setsockopt(client->s, SOL_SOCKET, SO_UPDATE_ACCEPT_CONTEXT, (const char *)&listener, sizeof(listener));
    return CreateIoCompletionPort((HANDLE)client->s, port, client->s, 0) == port;
}

static DWORD WINAPI serve(LPVOID parameter)
{
    (void)parameter;
    for (;;) {
        DWORD bytes = 0;
        ULONG_PTR key = 0;
        OVERLAPPED *overlapped = NULL;
        BOOL good = GetQueuedCompletionStatus(port, &bytes, &key, &overlapped, INFINITE);
        struct client *client = (struct client *)overlapped;

        if (client == NULL)
            return good ? 0 : 1;
        if (!good && client->what == ACCEPTING) {
            if (GetLastError() == ERROR_OPERATION_ABORTED) {
                /* The listener was closed. */
                closesocket(client->s);
                free(client);
            } else {
                /* The connection was gone before its first byte. */
                await_another();
                end_client(client);
            }
            continue;
        }
        switch (client->what) {
        case ACCEPTING:
            if (!accepted(client) || bytes == 0 || !begin_send(client, bytes))
                end_client(client);
            break;
        case RECEIVING:
            if (!good || bytes == 0 || !begin_send(client, bytes))
                end_client(client);
            break;
        case SENDING:
            if (good)
                InterlockedExchangeAdd64(&bytes_sent, bytes);
            if (!good || bytes != client->length || !begin_receive(client))
                end_client(client);
            break;
        }
    }
}

int main(int argc, char **argv)
{
    GUID id = WSAID_ACCEPTEX;
    WSADATA data;
    HANDLE threads[THREADS];
    int number;

    left = argc > 1 ? atoi(argv[1]) : 0;
    if (left == 0)
        left = -1;
    if (WSAStartup(MAKEWORD(2, 2), &data) != 0)
        return 1;
    listener = listen_on_loopback();
    port = CreateIoCompletionPort(INVALID_HANDLE_VALUE, NULL, 0, 0);
    if (listener == INVALID_SOCKET || port == NULL || load_extension(listener, id, &accept_ex) != 0 ||
        CreateIoCompletionPort((HANDLE)listener, port, 0, 0) != port) {
        print_error("the listener");
        return 1;
    }
    for (number = 0; number < THREADS; number++) {
        threads[number] = CreateThread(NULL, 0, serve, NULL, 0, NULL);
        if (threads[number] == NULL)
            return 1;
    }
    for (number = 0; number < WAITING; number++) {
        struct client *client = malloc(sizeof(*client));

        if (client == NULL || !begin_accept(client)) {
            print_error("AcceptEx");
            return 1;
        }
    }
    WaitForMultipleObjects(THREADS, threads, TRUE, INFINITE);
    /* Ends the accepts that wait; each leaves its packet. */
    closesocket(listener);
    for (;;) {
        DWORD bytes;
        ULONG_PTR key;
        OVERLAPPED *overlapped;

        if (!GetQueuedCompletionStatus(port, &bytes, &key, &overlapped, 0) && overlapped == NULL)
            break;
        if (overlapped != NULL) {
            closesocket(((struct client *)overlapped)->s);
            free(overlapped);
        }
    }
    for (number = 0; number < THREADS; number++)
        CloseHandle(threads[number]);
    CloseHandle(port);
    printf("%ld clients, %lld bytes\n", (long)served, (long long)bytes_sent);
    WSACleanup();
    return 0;
}
