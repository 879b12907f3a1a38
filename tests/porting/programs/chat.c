/* A chat on the console: `chat server` prints its port and says to everybody what one says; `chat PORT NAME` sends what is
   typed and prints what comes. select waits for sockets; what is typed is read on start, a line per message. */
#include <stdlib.h>
#include <string.h>

#include "check.h"

#define MOST 8

static int serve(void)
{
    SOCKET clients[MOST], listener = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
    struct sockaddr_in address;
    int length = sizeof(address), count = 0, i, gone = 0;
    char text[256];

    ZeroMemory(&address, sizeof(address));
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(listener, (SOCKADDR *)&address, sizeof(address)) == SOCKET_ERROR || listen(listener, SOMAXCONN) == SOCKET_ERROR)
        return 1;
    getsockname(listener, (SOCKADDR *)&address, &length);
    printf("port %d\n", ntohs(address.sin_port));
    fflush(stdout);
    while (gone < 2) {
        fd_set readable;

        FD_ZERO(&readable);
        FD_SET(listener, &readable);
        for (i = 0; i < count; i++)
            FD_SET(clients[i], &readable);
        if (select(0, &readable, NULL, NULL, NULL) == SOCKET_ERROR)
            return 1;
        if (FD_ISSET(listener, &readable) && count < MOST)
            clients[count++] = accept(listener, NULL, NULL);
        for (i = 0; i < count; i++) {
            int got, j;

            if (!FD_ISSET(clients[i], &readable))
                continue;
            got = recv(clients[i], text, sizeof(text), 0);
            if (got <= 0) {
                closesocket(clients[i]);
                clients[i--] = clients[--count];
                gone++;
                continue;
            }
            for (j = 0; j < count; j++)
                send(clients[j], text, got, 0);
        }
    }
    closesocket(listener);
    return 0;
}

static int talk(const char *port, const char *name)
{
    SOCKET s = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
    struct sockaddr_in address;
    char line[128], text[256];
    int got;

    ZeroMemory(&address, sizeof(address));
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons((u_short)atoi(port));
    if (connect(s, (SOCKADDR *)&address, sizeof(address)) == SOCKET_ERROR)
        return 1;
    while (fgets(line, sizeof(line), stdin) != NULL) {
        line[strcspn(line, "\n")] = 0;
        if (stricmp(line, "/QUIT") == 0)
            break;
        _snprintf(text, sizeof(text), "%s: %s\n", name, line);
        send(s, text, (int)strlen(text), 0);
        got = recv(s, text, sizeof(text) - 1, 0);
        if (got <= 0)
            return 1;
        text[got] = 0;
        printf("%s", text);
    }
    closesocket(s);
    return 0;
}

int main(int argc, char **argv)
{
    WSADATA data;
    int status;

    if (WSAStartup(MAKEWORD(2, 2), &data) != 0 || argc < 2)
        return 2;
    status = argc == 2 ? serve() : talk(argv[1], argv[2]);
    WSACleanup();
    return status != 0 ? status : result();
}
