/* The thread pool: work in a pool of its own with a cleanup group, and the ends of operations on a connection. */
#include <winsock2.h>
#include <windows.h>
#include <threadpoolapiset.h>
#include <stdio.h>
#include <string.h>

static volatile LONG worked, ended, bytes_moved;

static VOID CALLBACK work(PTP_CALLBACK_INSTANCE instance, PVOID context, PTP_WORK object)
{
    (void)object;
    InterlockedExchangeAdd(&worked, *(LONG *)context);
    SetEventWhenCallbackReturns(instance, NULL);
}

static VOID CALLBACK once(PTP_CALLBACK_INSTANCE instance, PVOID context)
{
    CallbackMayRunLong(instance);
    SetEvent((HANDLE)context);
}

static DWORD WINAPI item(LPVOID context)
{
    SetEvent((HANDLE)context);
    return 0;
}

static VOID CALLBACK due(PTP_CALLBACK_INSTANCE instance, PVOID context, PTP_TIMER timer)
{
    (void)timer;
    SetEventWhenCallbackReturns(instance, (HANDLE)context);
}

static VOID CALLBACK io_ended(PTP_CALLBACK_INSTANCE instance, PVOID context, PVOID overlapped, ULONG result,
                              ULONG_PTR bytes, PTP_IO io)
{
    (void)instance;
    (void)io;
    if (result == 0 && overlapped != NULL && context == NULL) {
        InterlockedIncrement(&ended);
        InterlockedExchangeAdd(&bytes_moved, (LONG)bytes);
    }
}

static int pool_and_group(void)
{
    TP_CALLBACK_ENVIRON environment;
    PTP_POOL pool = CreateThreadpool(NULL);
    PTP_CLEANUP_GROUP group = CreateThreadpoolCleanupGroup();
    PTP_WORK object;
    LONG one = 1;
    int i;

    SetThreadpoolThreadMaximum(pool, 4);
    if (!SetThreadpoolThreadMinimum(pool, 1))
        return 0;
    InitializeThreadpoolEnvironment(&environment);
    SetThreadpoolCallbackPool(&environment, pool);
    SetThreadpoolCallbackCleanupGroup(&environment, group, NULL);
    SetThreadpoolCallbackPriority(&environment, TP_CALLBACK_PRIORITY_HIGH);
    object = CreateThreadpoolWork(work, &one, &environment);
    if (object == NULL)
        return 0;
    for (i = 0; i < 100; i++)
        SubmitThreadpoolWork(object);
    WaitForThreadpoolWorkCallbacks(object, FALSE);
    CloseThreadpoolCleanupGroupMembers(group, FALSE, NULL);
    CloseThreadpoolCleanupGroup(group);
    CloseThreadpool(pool);
    DestroyThreadpoolEnvironment(&environment);
    return worked == 100;
}

static int functions(void)
{
    HANDLE event = CreateEvent(NULL, FALSE, FALSE, NULL);
    int good = TrySubmitThreadpoolCallback(once, event, NULL) && WaitForSingleObject(event, 60000) == 0
               && QueueUserWorkItem(item, event, WT_EXECUTEDEFAULT) && WaitForSingleObject(event, 60000) == 0;

    CloseHandle(event);
    return good;
}

/* In milliseconds from now. */
static FILETIME from_now(LONGLONG milliseconds)
{
    ULARGE_INTEGER units;
    FILETIME time;

    units.QuadPart = (ULONGLONG)(-10000 * milliseconds);
    time.dwLowDateTime = units.LowPart;
    time.dwHighDateTime = units.HighPart;
    return time;
}

static int timers(void)
{
    HANDLE event = CreateEvent(NULL, FALSE, FALSE, NULL);
    PTP_TIMER timer = CreateThreadpoolTimer(due, event, NULL);
    FILETIME soon = from_now(1), late = from_now(3600000);
    int good;

    if (timer == NULL || IsThreadpoolTimerSet(timer))
        return 0;
    SetThreadpoolTimer(timer, &soon, 2, 0);
    good = WaitForSingleObject(event, 60000) == 0 && WaitForSingleObject(event, 60000) == 0
           && IsThreadpoolTimerSet(timer) && SetThreadpoolTimerEx(timer, &late, 0, 100)
           && SetThreadpoolTimerEx(timer, NULL, 0, 0) && !SetThreadpoolTimerEx(timer, NULL, 0, 0);
    WaitForThreadpoolTimerCallbacks(timer, TRUE);
    CloseThreadpoolTimer(timer);
    CloseHandle(event);
    return good;
}

static VOID CALLBACK wait_ended(PTP_CALLBACK_INSTANCE instance, PVOID context, PTP_WAIT wait, TP_WAIT_RESULT result)
{
    (void)wait;
    if (result == WAIT_OBJECT_0)
        SetEventWhenCallbackReturns(instance, (HANDLE)context);
}

static volatile LONG signals, times;

static VOID CALLBACK signal_or_time(PVOID context, BOOLEAN time_is_over)
{
    InterlockedIncrement(time_is_over ? &times : &signals);
    SetEvent((HANDLE)context);
}

static int waits(void)
{
    HANDLE event = CreateEvent(NULL, FALSE, FALSE, NULL), object = CreateEvent(NULL, FALSE, FALSE, NULL);
    HANDLE registered = NULL, timer = NULL, queue = CreateTimerQueue();
    PTP_WAIT wait = CreateThreadpoolWait(wait_ended, event, NULL);
    int good;

    if (wait == NULL || queue == NULL)
        return 0;
    SetThreadpoolWait(wait, object, NULL);
    good = SetEvent(object) && WaitForSingleObject(event, 60000) == 0;
    WaitForThreadpoolWaitCallbacks(wait, TRUE);
    CloseThreadpoolWait(wait);
    good = good && RegisterWaitForSingleObject(&registered, object, signal_or_time, event, INFINITE, WT_EXECUTEDEFAULT)
           && SetEvent(object) && WaitForSingleObject(event, 60000) == 0 && UnregisterWaitEx(registered, INVALID_HANDLE_VALUE)
           && signals == 1 && times == 0;
    good = good && CreateTimerQueueTimer(&timer, queue, signal_or_time, event, 3600000, 0, WT_EXECUTEINTIMERTHREAD)
           && ChangeTimerQueueTimer(queue, timer, 1, 0) && WaitForSingleObject(event, 60000) == 0
           && DeleteTimerQueueTimer(queue, timer, INVALID_HANDLE_VALUE) && DeleteTimerQueueEx(queue, INVALID_HANDLE_VALUE)
           && signals == 1 && times == 1;
    CloseHandle(event);
    CloseHandle(object);
    return good;
}

static int connection(void)
{
    SOCKET listener = socket(AF_INET, SOCK_STREAM, 0), client = socket(AF_INET, SOCK_STREAM, 0), server;
    struct sockaddr_in name;
    int length = sizeof(name);
    WSAOVERLAPPED receive, transmit;
    WSABUF room, text;
    char bytes[8];
    char hello[] = "hello";
    DWORD flags = 0;
    PTP_IO io;

    memset(&name, 0, sizeof(name));
    memset(&receive, 0, sizeof(receive));
    memset(&transmit, 0, sizeof(transmit));
    name.sin_family = AF_INET;
    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(listener, (struct sockaddr *)&name, sizeof(name)) != 0 || listen(listener, 1) != 0
        || getsockname(listener, (struct sockaddr *)&name, &length) != 0
        || connect(client, (struct sockaddr *)&name, sizeof(name)) != 0)
        return 0;
    server = accept(listener, NULL, NULL);
    io = CreateThreadpoolIo((HANDLE)server, io_ended, NULL, NULL);
    if (io == NULL)
        return 0;
    room.buf = bytes;
    room.len = sizeof(bytes);
    StartThreadpoolIo(io);
    if (WSARecv(server, &room, 1, NULL, &flags, &receive, NULL) != 0 && WSAGetLastError() != WSA_IO_PENDING)
        CancelThreadpoolIo(io);
    text.buf = hello;
    text.len = 5;
    StartThreadpoolIo(io);
    if (WSASend(server, &text, 1, NULL, 0, &transmit, NULL) != 0 && WSAGetLastError() != WSA_IO_PENDING)
        CancelThreadpoolIo(io);
    if (send(client, "abc", 3, 0) != 3)
        return 0;
    WaitForThreadpoolIoCallbacks(io, FALSE);
    closesocket(server);
    CloseThreadpoolIo(io);
    closesocket(client);
    closesocket(listener);
    return ended == 2 && bytes_moved == 8;
}

int main(void)
{
    WSADATA data;
    int pools, others, sockets;

    if (WSAStartup(MAKEWORD(2, 2), &data) != 0)
        return 1;
    pools = pool_and_group();
    others = functions() && timers() && waits();
    sockets = connection();
    WSACleanup();
    printf("pool %d, functions %d, connection %d\n", pools, others, sockets);
    return !(pools && others && sockets);
}
