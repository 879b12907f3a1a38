/* Handles that are none, that were closed, or that are of objects of another kind: ERROR_INVALID_HANDLE, and nothing is written. */
#include "bad.h"
#include <process.h>

static VOID CALLBACK routine(ULONG_PTR data)
{
    (void)data;
}

static VOID CALLBACK ended(DWORD error, DWORD bytes, LPOVERLAPPED overlapped)
{
    (void)error, (void)bytes, (void)overlapped;
}

static VOID CALLBACK pool_ended(PTP_CALLBACK_INSTANCE instance, PVOID context, PVOID overlapped, ULONG result, ULONG_PTR bytes, PTP_IO io)
{
    (void)instance, (void)context, (void)overlapped, (void)result, (void)bytes, (void)io;
}

static void of_anything(HANDLE h)
{
    HANDLE pair[2], target = (HANDLE)1;
    DWORD flags = UNTOUCHED;

    pair[0] = of_kind(EVENT), pair[1] = h;
    FAILS(CloseHandle(h), FALSE, ERROR_INVALID_HANDLE);
    FAILS(GetHandleInformation(h, &flags), FALSE, ERROR_INVALID_HANDLE);
    CHECK(flags == UNTOUCHED);
    FAILS(SetHandleInformation(h, HANDLE_FLAG_INHERIT, 0), FALSE, ERROR_INVALID_HANDLE);
    FAILS(DuplicateHandle(GetCurrentProcess(), h, GetCurrentProcess(), &target, 0, FALSE, DUPLICATE_SAME_ACCESS), FALSE, ERROR_INVALID_HANDLE);
    CHECK(target == (HANDLE)1 || target == NULL);
    FAILS(WaitForSingleObject(h, 0), WAIT_FAILED, ERROR_INVALID_HANDLE);
    FAILS(WaitForSingleObjectEx(h, 0, TRUE), WAIT_FAILED, ERROR_INVALID_HANDLE);
    FAILS(WaitForMultipleObjectsEx(2, pair, TRUE, 0, TRUE), WAIT_FAILED, ERROR_INVALID_HANDLE);
    FAILS(SignalObjectAndWait(h, pair[0], 0, FALSE), WAIT_FAILED, ERROR_INVALID_HANDLE);
    FAILS(SignalObjectAndWait(pair[0], h, 0, FALSE), WAIT_FAILED, ERROR_INVALID_HANDLE);
    CHECK(WaitForSingleObject(pair[0], 0) == WAIT_TIMEOUT);
#ifndef __MINGW32__
    CHECK(!CompareObjectHandles(h, pair[0]) && !CompareObjectHandles(pair[0], h));
#endif
    FAILS(WSACloseEvent(h), FALSE, ERROR_INVALID_HANDLE);
    FAILS(WSASetEvent(h), FALSE, ERROR_INVALID_HANDLE);
    FAILS(WSAResetEvent(h), FALSE, ERROR_INVALID_HANDLE);
}

static void of_processes(HANDLE h)
{
    FILETIME times[4];
    DWORD code = UNTOUCHED;
    BOOL wow = 7;
    HANDLE target = NULL;

    FAILS(GetExitCodeProcess(h, &code), FALSE, ERROR_INVALID_HANDLE);
    FAILS(TerminateProcess(h, 1), FALSE, ERROR_INVALID_HANDLE);
    FAILS(GetProcessId(h), 0, ERROR_INVALID_HANDLE);
    FAILS(GetProcessTimes(h, &times[0], &times[1], &times[2], &times[3]), FALSE, ERROR_INVALID_HANDLE);
    FAILS(IsWow64Process(h, &wow), FALSE, ERROR_INVALID_HANDLE);
    FAILS(DuplicateHandle(h, of_kind(EVENT), GetCurrentProcess(), &target, 0, FALSE, DUPLICATE_SAME_ACCESS), FALSE, ERROR_INVALID_HANDLE);
    FAILS(DuplicateHandle(GetCurrentProcess(), of_kind(EVENT), h, &target, 0, FALSE, DUPLICATE_SAME_ACCESS), FALSE, ERROR_INVALID_HANDLE);
    CHECK(code == UNTOUCHED && wow == 7 && target == NULL);
}

static void of_threads(HANDLE h)
{
    FILETIME times[4];

    FAILS(QueueUserAPC(routine, h, 0), 0, ERROR_INVALID_HANDLE);
    FAILS(CancelSynchronousIo(h), FALSE, ERROR_INVALID_HANDLE);
    FAILS(GetThreadTimes(h, &times[0], &times[1], &times[2], &times[3]), FALSE, ERROR_INVALID_HANDLE);
#ifndef __MINGW32__
    CHECK(SetThreadDescription(h, wide("name")) < 0);
#endif
}

static void of_timers(HANDLE h)
{
    LARGE_INTEGER due;

    due.QuadPart = -1;
    FAILS(SetWaitableTimer(h, &due, 0, NULL, NULL, FALSE), FALSE, ERROR_INVALID_HANDLE);
    FAILS(SetWaitableTimerEx(h, &due, 0, NULL, NULL, NULL, 0), FALSE, ERROR_INVALID_HANDLE);
}

static void of_ports(HANDLE h)
{
    DWORD bytes = UNTOUCHED;
    ULONG_PTR key = UNTOUCHED;
    ULONG count = UNTOUCHED;
    OVERLAPPED *overlapped = (OVERLAPPED *)&bytes;
    OVERLAPPED_ENTRY entry;
    SOCKET s = socket(AF_INET, SOCK_DGRAM, 0);

    FAILS(GetQueuedCompletionStatus(h, &bytes, &key, &overlapped, 0), FALSE, ERROR_INVALID_HANDLE);
    CHECK(overlapped == NULL);
    FAILS(GetQueuedCompletionStatusEx(h, &entry, 1, &count, 0, FALSE), FALSE, ERROR_INVALID_HANDLE);
    FAILS(PostQueuedCompletionStatus(h, 0, 0, NULL), FALSE, ERROR_INVALID_HANDLE);
    if (h != NULL)
        FAILS(CreateIoCompletionPort((HANDLE)s, h, 0, 0), NULL, ERROR_INVALID_HANDLE);
    closesocket(s);
}

/* Of files, pipes and sockets. */
static void of_files(HANDLE h)
{
    OVERLAPPED overlapped;
    LARGE_INTEGER size;
    char byte = 0;

    memset(&overlapped, 0, sizeof overlapped);
    size.QuadPart = 77;
    FAILS(CancelIo(h), FALSE, ERROR_INVALID_HANDLE);
    FAILS(CancelIoEx(h, NULL), FALSE, ERROR_INVALID_HANDLE);
    FAILS(CancelIoEx(h, &overlapped), FALSE, ERROR_INVALID_HANDLE);
    FAILS(GetFileSizeEx(h, &size), FALSE, ERROR_INVALID_HANDLE);
    CHECK(size.QuadPart == 77);
    FAILS(ReadFileEx(h, &byte, 1, &overlapped, ended), FALSE, ERROR_INVALID_HANDLE);
    FAILS(WriteFileEx(h, &byte, 1, &overlapped, ended), FALSE, ERROR_INVALID_HANDLE);
    FAILS(SetFileCompletionNotificationModes(h, FILE_SKIP_COMPLETION_PORT_ON_SUCCESS), FALSE, ERROR_INVALID_HANDLE);
    FAILS(CreateIoCompletionPort(h, NULL, 0, 0), NULL, ERROR_INVALID_HANDLE);
    FAILS(CreateIoCompletionPort(h, of_kind(PORT), 0, 0), NULL, ERROR_INVALID_HANDLE);
    FAILS(BindIoCompletionCallback(h, ended, 0), FALSE, ERROR_INVALID_PARAMETER);
    FAILS(CreateThreadpoolIo(h, pool_ended, NULL, NULL), NULL, ERROR_INVALID_HANDLE);
}

static void of_mappings(HANDLE h)
{
    FAILS(MapViewOfFile(h, FILE_MAP_READ, 0, 0, 0), NULL, ERROR_INVALID_HANDLE);
    FAILS(MapViewOfFileEx(h, FILE_MAP_READ, 0, 0, 0, NULL), NULL, ERROR_INVALID_HANDLE);
    FAILS(CreateFileMappingA(h, NULL, PAGE_READONLY, 0, 0, NULL), NULL, ERROR_INVALID_HANDLE);
    FAILS(CreateFileMappingW(h, NULL, PAGE_READONLY, 0, 0, NULL), NULL, ERROR_INVALID_HANDLE);
}

static void of_searches(HANDLE h)
{
    WIN32_FIND_DATAA narrow;
    WIN32_FIND_DATAW wide;

    FAILS(FindNextFileA(h, &narrow), FALSE, ERROR_INVALID_HANDLE);
    FAILS(FindNextFileW(h, &wide), FALSE, ERROR_INVALID_HANDLE);
    FAILS(FindClose(h), FALSE, ERROR_INVALID_HANDLE);
}

int main(void)
{
    WSADATA data;
    int which;

    CHECK(WSAStartup(MAKEWORD(2, 2), &data) == 0);
    for (which = 0; which < NO_HANDLES; which++)
        of_anything(no_handle(which));
    with_others(of_processes, PROCESS);
    with_others(of_threads, THREAD);
    with_others(of_timers, TIMER);
    with_others(of_ports, PORT);
    with_others(of_files, KINDS);
    with_others(of_mappings, KINDS);
    with_others(of_searches, KINDS);
    WSACleanup();
    return result();
}
