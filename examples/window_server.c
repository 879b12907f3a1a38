/*
 * An echo server in the classic form: a hidden window, WSAAsyncSelect, and a message loop.
 *
 * Listens on 127.0.0.1, prints the port, and sends back to any number of clients what they send, until COUNT of them have
 * gone. Builds unchanged on Windows.
 */
#include <winsock2.h>
#include <windows.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WM_SOCKET   (WM_USER + 1)
#define MAX_CLIENTS 64

/* A client, and what it has not been sent back yet. */
struct client {
    SOCKET s;
    char   waiting[4096];
    int    length;
};

struct server {
    struct client clients[MAX_CLIENTS];
    int           count;
    int           left;
};

static struct client *find(struct server *server, SOCKET s)
{
    int i;

    for (i = 0; i < server->count; i++)
        if (server->clients[i].s == s)
            return &server->clients[i];
    return NULL;
}

/* Sends what waits, and takes more while nothing does. */
static void echo(struct client *client)
{
    for (;;) {
        int sent = 0, got;

        while (sent < client->length) {
            int now = send(client->s, client->waiting + sent, client->length - sent, 0);
            if (now == SOCKET_ERROR)
                break;
            sent += now;
        }
        client->length -= sent;
        memmove(client->waiting, client->waiting + sent, (size_t)client->length);
        if (client->length > 0)
            return; /* FD_WRITE will tell when there is room. */
        got = recv(client->s, client->waiting, sizeof(client->waiting), 0);
        if (got <= 0)
            return; /* FD_READ or FD_CLOSE will tell. */
        client->length = got;
    }
}

static void gone(struct server *server, struct client *client)
{
    echo(client);
    closesocket(client->s);
    *client = server->clients[--server->count];
    if (--server->left == 0)
        PostQuitMessage(0);
}

static void arrived(struct server *server, SOCKET listener)
{
    struct client *client;
    SOCKET s = accept(listener, NULL, NULL);

    if (s == INVALID_SOCKET)
        return;
    if (server->count == MAX_CLIENTS) {
        closesocket(s);
        return;
    }
    client = &server->clients[server->count++];
    client->s = s;
    client->length = 0;
}

static LRESULT CALLBACK procedure(HWND window, UINT message, WPARAM wparam, LPARAM lparam)
{
    struct server *server = (struct server *)GetWindowLongPtr(window, GWLP_USERDATA);
    SOCKET s = (SOCKET)wparam;
    struct client *client;

    if (message == WM_CREATE) {
        SetWindowLongPtr(window, GWLP_USERDATA, (LONG_PTR)((CREATESTRUCT *)lparam)->lpCreateParams);
        return 0;
    }
    if (message != WM_SOCKET)
        return DefWindowProc(window, message, wparam, lparam);
    client = find(server, s);
    switch (WSAGETSELECTEVENT(lparam)) {
    case FD_ACCEPT:
        /* The new socket has the selection of the listener. */
        arrived(server, s);
        break;
    case FD_READ:
    case FD_WRITE:
        if (client != NULL)
            echo(client);
        break;
    case FD_CLOSE:
        if (client != NULL)
            gone(server, client);
        break;
    default:
        break;
    }
    return 0;
}

static int fail(const char *what)
{
    fprintf(stderr, "%s: error %d\n", what, WSAGetLastError());
    return 1;
}

int main(int argc, char **argv)
{
    static struct server server;
    struct sockaddr_in address;
    int length = sizeof(address);
    WNDCLASS class_ = { 0 };
    WSADATA data;
    SOCKET listener;
    HWND window;
    MSG message;

    server.left = argc > 1 ? atoi(argv[1]) : 1;
    if (WSAStartup(MAKEWORD(2, 2), &data) != 0)
        return fail("WSAStartup");
    class_.lpfnWndProc = procedure;
    class_.hInstance = GetModuleHandle(NULL);
    class_.lpszClassName = TEXT("echo server");
    RegisterClass(&class_);
    window = CreateWindow(TEXT("echo server"), TEXT("echo server"), WS_OVERLAPPEDWINDOW, CW_USEDEFAULT, CW_USEDEFAULT,
                          CW_USEDEFAULT, CW_USEDEFAULT, NULL, NULL, class_.hInstance, &server);
    if (window == NULL)
        return fail("CreateWindow");
    listener = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
    memset(&address, 0, sizeof(address));
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(listener, (struct sockaddr *)&address, sizeof(address)) != 0 ||
        getsockname(listener, (struct sockaddr *)&address, &length) != 0 ||
        WSAAsyncSelect(listener, window, WM_SOCKET, FD_ACCEPT | FD_READ | FD_WRITE | FD_CLOSE) != 0 ||
        listen(listener, SOMAXCONN) != 0)
        return fail("listen");
    printf("%d\n", ntohs(address.sin_port));
    fflush(stdout);
    while (GetMessage(&message, NULL, 0, 0) > 0) {
        TranslateMessage(&message);
        DispatchMessage(&message);
    }
    closesocket(listener);
    DestroyWindow(window);
    WSACleanup();
    return (int)message.wParam;
}
