/* Completion ports, and the results of operations: counts and ports that cannot be, places that cannot be written, nothing to cancel. */
#include "bad.h"

static VOID CALLBACK ended(DWORD error, DWORD bytes, LPOVERLAPPED overlapped)
{
    (void)error, (void)bytes, (void)overlapped;
}

static void arguments(SOCKET s)
{
    HANDLE port = of_kind(PORT), h = (HANDLE)s;
    OVERLAPPED overlapped;
    OVERLAPPED_ENTRY entries[2];
    DWORD bytes = UNTOUCHED;
    ULONG count = UNTOUCHED;
    ULONG_PTR key;
    OVERLAPPED *found = &overlapped;

    memset(&overlapped, 0, sizeof overlapped);
    overlapped.Internal = 0x103; /* It has not ended. */
    FAILS(CreateIoCompletionPort(INVALID_HANDLE_VALUE, port, 0, 0), NULL, ERROR_INVALID_PARAMETER);
    CHECK(CreateIoCompletionPort(h, port, 1, 0) == port);
    FAILS(CreateIoCompletionPort(h, port, 1, 0), NULL, ERROR_INVALID_PARAMETER);
    FAILS(BindIoCompletionCallback(h, ended, 0), FALSE, ERROR_INVALID_PARAMETER);
    FAILS(CreateThreadpoolIo(h, NULL, NULL, NULL), NULL, ERROR_INVALID_PARAMETER);
    FAILS(GetQueuedCompletionStatus(port, &bytes, &key, &found, 0), FALSE, WAIT_TIMEOUT);
    CHECK(found == NULL);
    FAILS(GetQueuedCompletionStatusEx(port, entries, 0, &count, 0, FALSE), FALSE, ERROR_INVALID_PARAMETER);
    FAILS(GetQueuedCompletionStatusEx(port, entries, 2, &count, 0, FALSE), FALSE, WAIT_TIMEOUT);
    FAILS(SetFileCompletionNotificationModes(h, 8), FALSE, ERROR_INVALID_PARAMETER);
    FAILS(CancelIoEx(h, &overlapped), FALSE, ERROR_NOT_FOUND);
    FAILS(CancelIoEx(h, NULL), FALSE, ERROR_NOT_FOUND);
    FAILS(CancelSynchronousIo(GetCurrentThread()), FALSE, ERROR_NOT_FOUND);
    CHECK(CancelIo(h));
    FAILS(GetOverlappedResult(h, &overlapped, &bytes, FALSE), FALSE, ERROR_IO_INCOMPLETE);
    FAILS(GetOverlappedResultEx(h, &overlapped, &bytes, 0, FALSE), FALSE, ERROR_IO_INCOMPLETE);
    overlapped.hEvent = of_kind(EVENT);
    FAILS(GetOverlappedResultEx(h, &overlapped, &bytes, 1, FALSE), FALSE, WAIT_TIMEOUT);
    overlapped.hEvent = no_handle(NO_HANDLES - 1);
    FAILS(GetOverlappedResult(h, &overlapped, &bytes, TRUE), FALSE, ERROR_INVALID_HANDLE);
    FAILS(GetOverlappedResultEx(h, &overlapped, &bytes, INFINITE, FALSE), FALSE, ERROR_INVALID_HANDLE);
}

#ifndef __MINGW32__
static void addresses(SOCKET s, void *p)
{
    HANDLE port = of_kind(PORT), h = (HANDLE)s;
    OVERLAPPED overlapped, *found;
    OVERLAPPED_ENTRY entry;
    DWORD bytes;
    ULONG count;
    ULONG_PTR key;

    memset(&overlapped, 0, sizeof overlapped);
    CHECK(PostQueuedCompletionStatus(port, 7, 8, (OVERLAPPED *)p));
    if (p != NULL) {
        FAILS(GetQueuedCompletionStatus(port, (DWORD *)p, &key, &found, 0), FALSE, ERROR_NOACCESS);
        FAILS(GetQueuedCompletionStatus(port, &bytes, (ULONG_PTR *)p, &found, 0), FALSE, ERROR_NOACCESS);
        FAILS(CancelIoEx(h, (OVERLAPPED *)p), FALSE, ERROR_NOT_FOUND);
    }
    FAILS(GetQueuedCompletionStatus(port, &bytes, &key, (OVERLAPPED **)p, 0), FALSE, ERROR_NOACCESS);
    FAILS(GetQueuedCompletionStatusEx(port, (OVERLAPPED_ENTRY *)p, 1, &count, 0, FALSE), FALSE, ERROR_NOACCESS);
    FAILS(GetQueuedCompletionStatusEx(port, &entry, 1, (ULONG *)p, 0, FALSE), FALSE, ERROR_NOACCESS);
    /* Nothing was taken meanwhile. */
    CHECK(GetQueuedCompletionStatus(port, &bytes, &key, &found, 0) && bytes == 7 && key == 8 && found == (OVERLAPPED *)p);
    FAILS(GetOverlappedResult(h, (OVERLAPPED *)p, &bytes, FALSE), FALSE, ERROR_NOACCESS);
    FAILS(GetOverlappedResult(h, &overlapped, (DWORD *)p, FALSE), FALSE, ERROR_NOACCESS);
    FAILS(GetOverlappedResultEx(h, (OVERLAPPED *)p, &bytes, 0, FALSE), FALSE, ERROR_NOACCESS);
}
#endif

int main(void)
{
    WSADATA data;
    SOCKET s;

    CHECK(WSAStartup(MAKEWORD(2, 2), &data) == 0);
    s = socket(AF_INET, SOCK_DGRAM, 0);
    arguments(s);
#ifndef __MINGW32__
    {
        int which;
        addresses(s, NULL);
        for (which = 0; which < NO_ADDRESSES; which++)
            addresses(s, no_address(which));
    }
#endif
    closesocket(s);
    WSACleanup();
    return result();
}
