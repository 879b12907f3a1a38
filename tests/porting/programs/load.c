/* A program that is linked with no library of sockets and loads ws2_32.dll by name, and echoes a text to itself. */
#include <string.h>

#include "check.h"

typedef int (WSAAPI *startup_function)(WORD, LPWSADATA);
typedef int (WSAAPI *plain_function)(void);
typedef SOCKET (WSAAPI *socket_function)(int, int, int);
typedef int (WSAAPI *address_function)(SOCKET, const struct sockaddr *, int);
typedef int (WSAAPI *name_function)(SOCKET, struct sockaddr *, int *);
typedef int (WSAAPI *listen_function)(SOCKET, int);
typedef SOCKET (WSAAPI *accept_function)(SOCKET, struct sockaddr *, int *);
typedef int (WSAAPI *send_function)(SOCKET, const char *, int, int);
typedef int (WSAAPI *recv_function)(SOCKET, char *, int, int);
typedef int (WSAAPI *close_function)(SOCKET);

/* The address in a form that casts to any function without a warning. */
static void *find(HMODULE library, const char *name)
{
    FARPROC function = GetProcAddress(library, name);
    void *address;

    memcpy(&address, &function, sizeof(address));
    if (address == NULL) {
        printf("no %s\n", name);
        bad++;
    }
    return address;
}

int main(void)
{
    HMODULE library = LoadLibraryA("WS2_32.dll");
    WSADATA data;
    struct sockaddr_in address;
    int length = sizeof(address);
    SOCKET listener, client, server;
    char b[16], path[MAX_PATH];
    union {
        void *address;
        startup_function startup;
        plain_function plain;
        socket_function socket;
        address_function with_address;
        name_function name;
        listen_function listen;
        accept_function accept;
        send_function send;
        recv_function recv;
        close_function close;
    } f;

    CHECK(library != NULL && GetModuleHandleA("ws2_32") == library);
    CHECK((f.address = find(library, "WSAStartup")) != NULL && f.startup(MAKEWORD(2, 2), &data) == 0);
    f.address = find(library, "socket");
    listener = f.socket(AF_INET, SOCK_STREAM, 0);
    client = f.socket(AF_INET, SOCK_STREAM, 0);
    CHECK(listener != INVALID_SOCKET && client != INVALID_SOCKET);
    memset(&address, 0, sizeof(address));
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = 0x0100007f;
    f.address = find(library, "bind");
    CHECK(f.with_address(listener, (struct sockaddr *)&address, sizeof(address)) == 0);
    f.address = find(library, "getsockname");
    CHECK(f.name(listener, (struct sockaddr *)&address, &length) == 0);
    f.address = find(library, "listen");
    CHECK(f.listen(listener, 1) == 0);
    f.address = find(library, "connect");
    CHECK(f.with_address(client, (struct sockaddr *)&address, sizeof(address)) == 0);
    f.address = find(library, "accept");
    server = f.accept(listener, NULL, NULL);
    f.address = find(library, "send");
    CHECK(f.send(client, "hello", 5, 0) == 5);
    /* By number, as old programs have it. */
    f.address = find(library, (const char *)(UINT_PTR)16);
    CHECK(f.recv(server, b, sizeof(b), 0) == 5 && memcmp(b, "hello", 5) == 0);
    f.address = find(library, "closesocket");
    CHECK(f.close(server) == 0 && f.close(client) == 0 && f.close(listener) == 0);
    f.address = find(library, "WSACleanup");
    CHECK(f.plain() == 0);
    CHECK(GetProcAddress(library, "no_such_function") == NULL && GetLastError() == 127);
    CHECK(LoadLibraryA("no_such_library.dll") == NULL && GetLastError() == 126);
    CHECK(GetProcAddress(GetModuleHandleA("kernel32.dll"), "GetTickCount") != NULL);
    CHECK(FreeLibrary(library) && GetModuleFileNameA(NULL, path, sizeof(path)) == strlen(path));
    CHECK(GetModuleFileNameA(NULL, path, 4) == 4 && path[3] == 0);
    return result();
}
