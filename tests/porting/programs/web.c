/* A web server for one request at a time, and a client that takes the answer apart: texts of the C run-time's secure functions,
   the headers and the length of the body. */
#include <stdlib.h>

#include "loopback.h"

static struct sockaddr_in address;
static SOCKET listener;

static void answer(SOCKET s)
{
    char request[512] = "", head[256], body[128], *next = NULL, *word, *path;
    int have = 0, got, length;

    while (strstr(request, "\r\n\r\n") == NULL && have < (int)sizeof(request) - 1) {
        got = recv(s, request + have, (int)sizeof(request) - 1 - have, 0);
        if (got <= 0)
            return;
        have += got;
        request[have] = 0;
    }
    word = strtok_s(request, " ", &next);
    path = strtok_s(NULL, " ", &next);
    length = sprintf_s(body, sizeof(body), "<p>%s</p>", path == NULL ? "?" : path);
    if (word == NULL || _stricmp(word, "get") != 0)
        _snprintf_s(head, sizeof(head), _TRUNCATE, "HTTP/1.0 405 No\r\nContent-Length: 0\r\n\r\n");
    else
        _snprintf_s(head, sizeof(head), _TRUNCATE, "HTTP/1.0 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n", length);
    send(s, head, (int)strlen(head), 0);
    if (strstr(head, " 200 ") != NULL)
        send(s, body, length, 0);
}

static DWORD WINAPI serve(LPVOID unused)
{
    SOCKET s;

    (void)unused;
    while ((s = accept(listener, NULL, NULL)) != INVALID_SOCKET) {
        answer(s);
        shutdown(s, SD_BOTH);
        closesocket(s);
    }
    return (DWORD)WSAGetLastError();
}

static int ask(const char *method, const char *path, char *body, size_t room)
{
    SOCKET s = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
    char text[1024], *at;
    int have = 0, got, status = 0;

    CHECK(connect(s, (struct sockaddr *)&address, sizeof(address)) == 0);
    _snprintf_s(text, sizeof(text), _TRUNCATE, "%s %s HTTP/1.0\r\nHost: here\r\n\r\n", method, path);
    CHECK(send(s, text, (int)strlen(text), 0) == (int)strlen(text));
    while ((got = recv(s, text + have, (int)sizeof(text) - 1 - have, 0)) > 0)
        have += got;
    text[have] = 0;
    CHECK(sscanf_s(text, "HTTP/1.0 %d", &status) == 1);
    at = strstr(text, "\r\n\r\n");
    CHECK(at != NULL);
    strcpy_s(body, room, at == NULL ? "" : at + 4);
    at = strstr(text, "Content-Length:");
    CHECK(at != NULL && atoi(at + 15) == (int)strlen(body));
    closesocket(s);
    return status;
}

int main(void)
{
    HANDLE server;
    DWORD code;
    char body[256];

    started();
    listener = bound(SOCK_STREAM, &address);
    server = CreateThread(NULL, 0, serve, NULL, 0, NULL);
    CHECK(ask("GET", "/index.html", body, sizeof(body)) == 200 && strcmp(body, "<p>/index.html</p>") == 0);
    CHECK(ask("get", "/", body, sizeof(body)) == 200);
    CHECK(ask("POST", "/", body, sizeof(body)) == 405 && body[0] == 0);
    CHECK(closesocket(listener) == 0);
    CHECK(WaitForSingleObject(server, INFINITE) == WAIT_OBJECT_0);
    CHECK(GetExitCodeThread(server, &code) && (code == WSAEINTR || code == WSAENOTSOCK));
    CloseHandle(server);
    WSACleanup();
    return result();
}
