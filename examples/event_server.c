/* A TCP server that sends back what comes, to 63 clients at once: it waits for events, one for each socket. Prints the
 * port that it got, and runs until it is ended. usage: event_server [PORT] */
#include "print_error.h"

#include <stdlib.h>

/* A client, and what has not gone back to it yet. */
struct client {
    SOCKET s;
    int begin, end;
    char bytes[4096];
};

/* As many as one wait takes. The first is the listener's; a client is at its event's place. */
static WSAEVENT events[WSA_MAXIMUM_WAIT_EVENTS];
static struct client *clients[WSA_MAXIMUM_WAIT_EVENTS];
static DWORD count;

static SOCKET listen_on(unsigned short port)
{
    struct sockaddr_in address;
    int length = sizeof(address);
    SOCKET s = socket(AF_INET, SOCK_STREAM, 0);

    if (s == INVALID_SOCKET)
        return s;
    memset(&address, 0, sizeof(address));
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    if (bind(s, (struct sockaddr *)&address, length) == 0 && listen(s, SOMAXCONN) == 0 &&
        getsockname(s, (struct sockaddr *)&address, &length) == 0) {
        printf("port %d\n", ntohs(address.sin_port));
        fflush(stdout);
        return s;
    }
    print_error("no listener");
    closesocket(s);
    return INVALID_SOCKET;
}

/* Gives a socket an event that is set when something of this happens to it. */
static WSAEVENT event_of(SOCKET s, long what)
{
    WSAEVENT event = WSACreateEvent();

    if (event != WSA_INVALID_EVENT && WSAEventSelect(s, event, what) == SOCKET_ERROR) {
        WSACloseEvent(event);
        return WSA_INVALID_EVENT;
    }
    return event;
}

/* A new client, or none where there is nothing to serve it with. */
static void add(SOCKET s)
{
    struct client *client = malloc(sizeof(*client));
    /* It has the listener's event so far. */
    WSAEVENT event = client != NULL ? event_of(s, FD_READ | FD_WRITE | FD_CLOSE) : WSA_INVALID_EVENT;

    if (event == WSA_INVALID_EVENT) {
        free(client);
        closesocket(s);
        return;
    }
    client->s = s;
    client->begin = client->end = 0;
    events[count] = event;
    clients[count++] = client;
}

/* The last one takes its place. */
static void drop(DWORD i)
{
    closesocket(clients[i]->s);
    WSACloseEvent(events[i]);
    free(clients[i]);
    events[i] = events[--count];
    clients[i] = clients[count];
}

/* Sends back what it can; whether the client is still there. */
static int serve(struct client *client)
{
    for (;;) {
        int done;

        while (client->begin < client->end) {
            done = send(client->s, client->bytes + client->begin, client->end - client->begin, 0);
            /* When there is room again, FD_WRITE tells. */
            if (done == SOCKET_ERROR)
                return WSAGetLastError() == WSAEWOULDBLOCK;
            client->begin += done;
        }
        done = recv(client->s, client->bytes, sizeof(client->bytes), 0);
        /* When more comes, FD_READ tells. */
        if (done == SOCKET_ERROR)
            return WSAGetLastError() == WSAEWOULDBLOCK;
        if (done == 0)
            return 0;
        client->begin = 0;
        client->end = done;
    }
}

/* Takes connections for as long as there is room for them. */
static void accept_some(SOCKET listener)
{
    while (count < WSA_MAXIMUM_WAIT_EVENTS) {
        SOCKET s = accept(listener, NULL, NULL);

        if (s == INVALID_SOCKET)
            return;
        add(s);
    }
}

static int run(SOCKET listener)
{
    WSANETWORKEVENTS happened;

    for (;;) {
        DWORD first = WSAWaitForMultipleEvents(count, events, FALSE, WSA_INFINITE, FALSE), i;

        if (first == WSA_WAIT_FAILED) {
            print_error("WSAWaitForMultipleEvents");
            return 1;
        }
        /* Others behind it may be set, too. Backwards, so that those that leave do not move those still to come. */
        for (i = count; i-- > first - WSA_WAIT_EVENT_0;) {
            SOCKET s = i > 0 ? clients[i]->s : listener;

            if (WSAEnumNetworkEvents(s, events[i], &happened) == SOCKET_ERROR) {
                print_error("WSAEnumNetworkEvents");
                return 1;
            }
            if (i > 0 && happened.lNetworkEvents != 0 && !serve(clients[i]))
                drop(i);
        }
        /* Also when a client has left: connections may have waited for its place. */
        accept_some(listener);
    }
}

int main(int argc, char **argv)
{
    WSADATA data;
    SOCKET listener;
    int code = WSAStartup(MAKEWORD(2, 2), &data);

    if (code != 0) {
        print_code("WSAStartup", code);
        return 1;
    }
    listener = listen_on((unsigned short)(argc > 1 ? atoi(argv[1]) : 0));
    code = 1;
    if (listener != INVALID_SOCKET) {
        events[0] = event_of(listener, FD_ACCEPT);
        count = 1;
        if (events[0] == WSA_INVALID_EVENT)
            print_error("no event");
        else
            code = run(listener);
    }
    WSACleanup();
    return code;
}
