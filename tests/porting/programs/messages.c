/* Messages with their length before them, kept in a list on a heap of the program's own, until all of it goes at once. */
#include "loopback.h"

struct message {
    struct message *next;
    DWORD length;
    char text[1];
};

static struct sockaddr_in address;

static DWORD WINAPI talk(LPVOID unused)
{
    SOCKET s = socket(AF_INET, SOCK_STREAM, 0);
    DWORD i;
    char text[300];

    (void)unused;
    if (connect(s, (struct sockaddr *)&address, sizeof(address)) != 0)
        return 1;
    for (i = 1; i <= 250; i++) {
        u_long length = htonl(i);

        FillMemory(text, i, (BYTE)i);
        if (send(s, (char *)&length, 4, 0) != 4 || send(s, text, (int)i, 0) != (int)i)
            return 2;
    }
    closesocket(s);
    return 0;
}

static int whole(SOCKET s, char *to, int length)
{
    int have = 0, got;

    while (have < length) {
        got = recv(s, to + have, length - have, 0);
        if (got <= 0)
            return got;
        have += got;
    }
    return have;
}

int main(void)
{
    HANDLE heap = HeapCreate(0, 0x1000, 0), thread;
    struct message *first = NULL, **last = &first, *at;
    SOCKET listener, s;
    u_long length;
    DWORD count = 0, i;

    started();
    CHECK(heap != NULL);
    listener = bound(SOCK_STREAM, &address);
    thread = CreateThread(NULL, 0, talk, NULL, 0, NULL);
    s = accept(listener, NULL, NULL);
    while (whole(s, (char *)&length, 4) == 4) {
        at = (struct message *)HeapAlloc(heap, HEAP_ZERO_MEMORY, sizeof(*at));
        at->length = ntohl(length);
        at = (struct message *)HeapReAlloc(heap, HEAP_ZERO_MEMORY, at, sizeof(*at) + at->length);
        CHECK(at != NULL && HeapSize(heap, 0, at) == sizeof(*at) + at->length && at->next == NULL);
        CHECK(whole(s, at->text, (int)at->length) == (int)at->length);
        *last = at;
        last = &at->next;
        count++;
    }
    for (at = first, i = 1; at != NULL; at = at->next, i++)
        CHECK(at->length == i && (BYTE)at->text[0] == (BYTE)i && (BYTE)at->text[i - 1] == (BYTE)i && at->text[i] == 0);
    CHECK(count == 250 && i == 251);
    CHECK(first != NULL && HeapFree(heap, 0, first));
    CHECK(HeapDestroy(heap));
    CHECK(WaitForSingleObject(thread, INFINITE) == WAIT_OBJECT_0);
    CloseHandle(thread);
    closesocket(s);
    closesocket(listener);
    WSACleanup();
    return result();
}
