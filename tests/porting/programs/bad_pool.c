/* Waits of the thread pool, registered waits and queues of timers, with arguments that make no sense. */
#include "bad.h"

static VOID CALLBACK waits(PTP_CALLBACK_INSTANCE instance, PVOID context, PTP_WAIT wait, TP_WAIT_RESULT result)
{
    (void)instance, (void)context, (void)wait, (void)result;
}

static VOID CALLBACK called(PVOID context, BOOLEAN fired)
{
    (void)context, (void)fired;
}

static void waits_of_the_pool(void)
{
    TP_CALLBACK_ENVIRON environment;
    PTP_WAIT wait = CreateThreadpoolWait(waits, NULL, NULL);
    HANDLE mutex = CreateMutexA(NULL, FALSE, NULL);

    InitializeThreadpoolEnvironment(&environment);
    environment.Version = 77;
    FAILS(CreateThreadpoolWait(NULL, NULL, NULL), NULL, ERROR_INVALID_PARAMETER);
    FAILS(CreateThreadpoolWait(waits, NULL, &environment), NULL, ERROR_INVALID_PARAMETER);
#ifndef __MINGW32__
    /* Exceptions on Windows; here they change nothing. */
    SetThreadpoolWait(wait, mutex, NULL);
    CHECK(!SetThreadpoolWaitEx(wait, NULL, NULL, NULL));
    SetThreadpoolWait(wait, (HANDLE)0x7FFFFFF0, NULL);
    CHECK(!SetThreadpoolWaitEx(wait, NULL, NULL, NULL));
    SetThreadpoolWait(NULL, mutex, NULL);
    CHECK(!SetThreadpoolWaitEx(NULL, mutex, NULL, NULL));
    WaitForThreadpoolWaitCallbacks(NULL, TRUE);
    CloseThreadpoolWait(NULL);
#endif
    SetThreadpoolWait(wait, NULL, NULL);
    WaitForThreadpoolWaitCallbacks(wait, TRUE);
    CloseThreadpoolWait(wait);
    CloseHandle(mutex);
}

static void registered_waits(void)
{
    HANDLE wait = (HANDLE)(ULONG_PTR)UNTOUCHED, event = CreateEventA(NULL, TRUE, FALSE, NULL);

    FAILS(RegisterWaitForSingleObject(&wait, NULL, called, NULL, INFINITE, 0), FALSE, ERROR_INVALID_HANDLE);
    CHECK(wait == (HANDLE)(ULONG_PTR)UNTOUCHED);
#ifndef __MINGW32__
    FAILS(RegisterWaitForSingleObject(NULL, event, called, NULL, INFINITE, 0), FALSE, ERROR_INVALID_PARAMETER);
    FAILS(RegisterWaitForSingleObject(&wait, event, NULL, NULL, INFINITE, 0), FALSE, ERROR_INVALID_PARAMETER);
    FAILS(RegisterWaitForSingleObject((HANDLE *)no_address(0), event, called, NULL, INFINITE, 0), FALSE, ERROR_NOACCESS);
    FAILS(UnregisterWait((HANDLE)0x7FFFFFF0), FALSE, ERROR_INVALID_HANDLE);
#endif
    FAILS(UnregisterWait(NULL), FALSE, ERROR_INVALID_HANDLE);
    FAILS(UnregisterWaitEx(NULL, event), FALSE, ERROR_INVALID_HANDLE);
    CHECK(RegisterWaitForSingleObject(&wait, event, called, NULL, INFINITE, WT_EXECUTEONLYONCE));
    CHECK(UnregisterWaitEx(wait, INVALID_HANDLE_VALUE));
    CloseHandle(event);
}

static void queues_of_timers(void)
{
    HANDLE queue = CreateTimerQueue(), timer = NULL, event = CreateEventA(NULL, TRUE, FALSE, NULL);

    CHECK(queue != NULL && CreateTimerQueueTimer(&timer, queue, called, NULL, 3600000, 0, 0));
#ifndef __MINGW32__
    FAILS(CreateTimerQueueTimer(NULL, queue, called, NULL, 1, 0, 0), FALSE, ERROR_INVALID_PARAMETER);
    FAILS(CreateTimerQueueTimer(&timer, queue, NULL, NULL, 1, 0, 0), FALSE, ERROR_INVALID_PARAMETER);
    FAILS(CreateTimerQueueTimer(&timer, event, called, NULL, 1, 0, 0), FALSE, ERROR_INVALID_HANDLE);
    FAILS(CreateTimerQueueTimer((HANDLE *)no_address(0), queue, called, NULL, 1, 0, 0), FALSE, ERROR_NOACCESS);
    FAILS(ChangeTimerQueueTimer(event, timer, 1, 0), FALSE, ERROR_INVALID_HANDLE);
    FAILS(ChangeTimerQueueTimer(queue, event, 1, 0), FALSE, ERROR_INVALID_PARAMETER);
    FAILS(DeleteTimerQueueTimer(event, timer, NULL), FALSE, ERROR_INVALID_HANDLE);
    FAILS(DeleteTimerQueueTimer(queue, event, NULL), FALSE, ERROR_INVALID_PARAMETER);
    FAILS(DeleteTimerQueue(event), FALSE, ERROR_INVALID_HANDLE);
    FAILS(DeleteTimerQueueEx(event, NULL), FALSE, ERROR_INVALID_HANDLE);
#endif
    FAILS(ChangeTimerQueueTimer(queue, NULL, 1, 0), FALSE, ERROR_INVALID_PARAMETER);
    FAILS(DeleteTimerQueueTimer(queue, NULL, NULL), FALSE, ERROR_INVALID_PARAMETER);
    FAILS(DeleteTimerQueue(NULL), FALSE, ERROR_INVALID_HANDLE);
    CHECK(ChangeTimerQueueTimer(queue, timer, 7200000, 0) && DeleteTimerQueueTimer(queue, timer, INVALID_HANDLE_VALUE));
    CHECK(DeleteTimerQueueEx(queue, INVALID_HANDLE_VALUE));
    CloseHandle(event);
}

int main(void)
{
    waits_of_the_pool();
    registered_waits();
    queues_of_timers();
    return result();
}
