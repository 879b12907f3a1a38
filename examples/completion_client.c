/* A TCP client that says a line to an echo server and prints what comes back: ConnectEx with the line as its first data, and
   completion routines, which run while it waits. usage: completion_client HOST PORT TEXT */
#include "extension.h"

#include <stdlib.h>

struct talk {
    OVERLAPPED overlapped;
    SOCKET     s;
    char       data[4096];
    DWORD      wanted; /* bytes that are still to come back */
    int        code;   /* why it ended early */
};

static void CALLBACK received(DWORD error, DWORD bytes, LPWSAOVERLAPPED overlapped, DWORD flags);

/* Receives more, and waits for it by a routine. */
static void receive(struct talk *talk)
{
    WSABUF buffer;
    DWORD flags = 0;

    ZeroMemory(&talk->overlapped, sizeof(talk->overlapped));
    buffer.buf = talk->data;
    buffer.len = sizeof(talk->data);
    if (WSARecv(talk->s, &buffer, 1, NULL, &flags, &talk->overlapped, received) == SOCKET_ERROR &&
        WSAGetLastError() != WSA_IO_PENDING)
        talk->code = WSAGetLastError();
}

static void CALLBACK received(DWORD error, DWORD bytes, LPWSAOVERLAPPED overlapped, DWORD flags)
{
    struct talk *talk = (struct talk *)overlapped;

    (void)flags;
    if (error != 0 || bytes == 0) {
        talk->code = error != 0 ? (int)error : WSAEDISCON;
        return;
    }
    fwrite(talk->data, 1, bytes, stdout);
    talk->wanted -= bytes < talk->wanted ? bytes : talk->wanted;
    if (talk->wanted > 0)
        receive(talk);
}

int main(int argc, char **argv)
{
    GUID id = WSAID_CONNECTEX;
    LPFN_CONNECTEX connect_ex;
    struct sockaddr_in here, there;
    struct talk talk;
    WSADATA data;
    DWORD bytes, flags;

    if (argc != 4)
        return 2;
    if (WSAStartup(MAKEWORD(2, 2), &data) != 0)
        return 1;
    ZeroMemory(&talk, sizeof(talk));
    ZeroMemory(&here, sizeof(here));
    here.sin_family = AF_INET;
    there = here;
    there.sin_port = htons((u_short)atoi(argv[2]));
    there.sin_addr.s_addr = inet_addr(argv[1]);
    talk.wanted = (DWORD)strlen(argv[3]);

    talk.s = WSASocketW(AF_INET, SOCK_STREAM, IPPROTO_TCP, NULL, 0, WSA_FLAG_OVERLAPPED);
    if (talk.s == INVALID_SOCKET || bind(talk.s, (struct sockaddr *)&here, sizeof(here)) == SOCKET_ERROR ||
        load_extension(talk.s, id, &connect_ex) != 0) {
        print_error("the socket");
        return 1;
    }
    talk.overlapped.hEvent = WSACreateEvent();
    if (!connect_ex(talk.s, (struct sockaddr *)&there, sizeof(there), argv[3], talk.wanted, &bytes, &talk.overlapped) &&
        WSAGetLastError() != WSA_IO_PENDING) {
        print_error("ConnectEx");
        return 1;
    }
    if (!WSAGetOverlappedResult(talk.s, &talk.overlapped, &bytes, TRUE, &flags)) {
        print_error("the connection");
        return 1;
    }
    WSACloseEvent(talk.overlapped.hEvent);
    setsockopt(talk.s, SOL_SOCKET, SO_UPDATE_CONNECT_CONTEXT, NULL, 0);
    printf("sent %lu bytes\n", (unsigned long)bytes);

    receive(&talk);
    while (talk.wanted > 0 && talk.code == 0)
        SleepEx(INFINITE, TRUE);
    if (talk.code != 0)
        print_code("the answer", talk.code);
    else
        printf("\n");
    closesocket(talk.s);
    WSACleanup();
    return talk.code != 0;
}
