/* A TCP server on loopback that sends back what it gets: one thread, non-blocking sockets, select. Prints the port that
   it got, and runs until it is ended. usage: echo_server [PORT] */
#define FD_SETSIZE 256 /* the listener and the clients */
#include "print_error.h"

#include <stdlib.h>

#define CLIENTS (FD_SETSIZE - 1)

/* What came from a client and has not gone back yet. */
struct client {
    SOCKET s;
    int length, sent;
    char data[8192];
};

static struct client clients[CLIENTS];
static int count;

static SOCKET listen_on(u_short port)
{
    struct sockaddr_in address;
    int length = sizeof(address);
    u_long nonblocking = 1;
    SOCKET s = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);

    if (s == INVALID_SOCKET)
        return INVALID_SOCKET;
    ZeroMemory(&address, sizeof(address));
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    if (bind(s, (struct sockaddr *)&address, sizeof(address)) == SOCKET_ERROR ||
        listen(s, SOMAXCONN) == SOCKET_ERROR || ioctlsocket(s, FIONBIO, &nonblocking) == SOCKET_ERROR ||
        getsockname(s, (struct sockaddr *)&address, &length) == SOCKET_ERROR) {
        int code = WSAGetLastError();

        closesocket(s);
        WSASetLastError(code);
        return INVALID_SOCKET;
    }
    printf("port %d\n", ntohs(address.sin_port));
    fflush(stdout);
    return s;
}

/* A client that is gone before it is accepted is no reason to stop. */
static void accept_client(SOCKET listener)
{
    u_long nonblocking = 1;
    SOCKET s = accept(listener, NULL, NULL);

    if (s == INVALID_SOCKET)
        return;
    if (ioctlsocket(s, FIONBIO, &nonblocking) == SOCKET_ERROR) {
        closesocket(s);
        return;
    }
    clients[count].s = s;
    clients[count].length = clients[count].sent = 0;
    count++;
}

/* Each returns 0 when the client is done or gone. */
static int receive(struct client *c)
{
    int got = recv(c->s, c->data, sizeof(c->data), 0);

    if (got == SOCKET_ERROR)
        return WSAGetLastError() == WSAEWOULDBLOCK;
    c->length = got;
    c->sent = 0;
    return got > 0;
}

static int send_back(struct client *c)
{
    int sent = send(c->s, c->data + c->sent, c->length - c->sent, 0);

    if (sent == SOCKET_ERROR)
        return WSAGetLastError() == WSAEWOULDBLOCK;
    c->sent += sent;
    if (c->sent == c->length)
        c->length = c->sent = 0;
    return 1;
}

static int serve(SOCKET listener)
{
    fd_set readable, writable;
    int i;

    for (;;) {
        FD_ZERO(&readable);
        FD_ZERO(&writable);
        if (count < CLIENTS)
            FD_SET(listener, &readable);
        /* Nothing more is read from a client that does not take its answer. */
        for (i = 0; i < count; i++) {
            if (clients[i].length > 0)
                FD_SET(clients[i].s, &writable);
            else
                FD_SET(clients[i].s, &readable);
        }
        if (select(0, &readable, &writable, NULL, NULL) == SOCKET_ERROR) {
            print_error("select");
            return 1;
        }
        /* Backwards: the last one takes the place of one that leaves. */
        for (i = count - 1; i >= 0; i--) {
            struct client *c = &clients[i];

            if ((FD_ISSET(c->s, &readable) && !receive(c)) || (FD_ISSET(c->s, &writable) && !send_back(c))) {
                closesocket(c->s);
                *c = clients[--count];
            }
        }
        if (FD_ISSET(listener, &readable))
            accept_client(listener);
    }
}

int main(int argc, char **argv)
{
    WSADATA data;
    SOCKET listener;
    int result = WSAStartup(MAKEWORD(2, 2), &data);

    if (result != 0) {
        print_code("WSAStartup", result);
        return 1;
    }
    listener = listen_on((u_short)(argc > 1 ? atoi(argv[1]) : 0));
    if (listener == INVALID_SOCKET) {
        print_error("no listener");
        result = 1;
    } else {
        result = serve(listener);
        closesocket(listener);
    }
    WSACleanup();
    return result;
}
