/* A waitable timer beside an event: a game's ticks, counted, and the end by the event; performance counters go forward. */
#include "check.h"
#include <mmsystem.h>

static VOID CALLBACK rung(LPVOID argument, DWORD low, DWORD high)
{
    (void)low;
    (void)high;
    ++*(int *)argument;
}

static DWORD WINAPI end(LPVOID event)
{
    return !SetEvent((HANDLE)event);
}

int main(void)
{
    HANDLE both[2], thread;
    LARGE_INTEGER due, one, two, each;
    int ticks = 0, routines = 0;
    DWORD began = timeGetTime();

    both[0] = CreateEvent(NULL, FALSE, FALSE, NULL);
    both[1] = CreateWaitableTimer(NULL, FALSE, NULL);
    due.QuadPart = -10000;
    CHECK(timeBeginPeriod(1) == TIMERR_NOERROR);
    CHECK(QueryPerformanceFrequency(&each) && each.QuadPart > 0 && QueryPerformanceCounter(&one));
    CHECK(SetWaitableTimer(both[1], &due, 1, NULL, NULL, FALSE));
    thread = NULL;
    for (;;) {
        DWORD which = WaitForMultipleObjects(2, both, FALSE, INFINITE);

        if (which == WAIT_OBJECT_0)
            break;
        CHECK(which == WAIT_OBJECT_0 + 1);
        if (++ticks == 5)
            thread = CreateThread(NULL, 0, end, both[0], 0, NULL);
    }
    CHECK(ticks >= 5 && CancelWaitableTimer(both[1]));
    CHECK(QueryPerformanceCounter(&two) && two.QuadPart > one.QuadPart && timeGetTime() - began < 1000000);
    CHECK(SetWaitableTimer(both[1], &due, 0, rung, &routines, FALSE));
    CHECK(SleepEx(INFINITE, TRUE) == WAIT_IO_COMPLETION && routines == 1);
    CHECK(WaitForSingleObject(thread, INFINITE) == WAIT_OBJECT_0);
    CHECK(timeEndPeriod(1) == TIMERR_NOERROR);
    CloseHandle(thread);
    CloseHandle(both[0]);
    CloseHandle(both[1]);
    return result();
}
