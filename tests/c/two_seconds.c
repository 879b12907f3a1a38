/* A client that means to wait two seconds for an answer, and does not: docs/TRACE.md finds out why. */
#include <winsock2.h>
#include <windows.h>
#include <stdio.h>
#include <string.h>

static HANDLE given_up;

/* Answers the first question after a second, or when nobody waits for the answer any more. */
static DWORD WINAPI answer(LPVOID of)
{
    char question[16];
    struct sockaddr_in from;
    int len = sizeof from;
    SOCKET server = *(SOCKET *)of;
    if (recvfrom(server, question, sizeof question, 0, (struct sockaddr *)&from, &len) <= 0)
        return 1;
    WaitForSingleObject(given_up, 1000);
    sendto(server, "noon", 4, 0, (struct sockaddr *)&from, len);
    return 0;
}

int main(void)
{
    WSADATA data;
    SOCKET client, server;
    HANDLE thread;
    struct sockaddr_in name;
    int len = sizeof name, got;
    char room[16];
    struct timeval patience = { 2, 0 };

    if (WSAStartup(MAKEWORD(2, 2), &data) != 0)
        return 2;
    memset(&name, 0, sizeof name);
    name.sin_family = AF_INET;
    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    server = socket(AF_INET, SOCK_DGRAM, 0);
    bind(server, (struct sockaddr *)&name, sizeof name);
    getsockname(server, (struct sockaddr *)&name, &len);
    given_up = CreateEvent(NULL, TRUE, FALSE, NULL);
    thread = CreateThread(NULL, 0, answer, &server, 0, NULL);

    client = socket(AF_INET, SOCK_DGRAM, 0);
    setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, (const char *)&patience, sizeof patience);
    sendto(client, "time?", 5, 0, (struct sockaddr *)&name, sizeof name);
    got = recv(client, room, sizeof room, 0);
    printf(got > 0 ? "an answer\n" : "no answer\n");

    SetEvent(given_up);
    WaitForSingleObject(thread, INFINITE);
    CloseHandle(thread);
    CloseHandle(given_up);
    WSACleanup();
    return 0;
}
