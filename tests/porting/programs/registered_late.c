/* A wait is ended by UnregisterWait between the moment in which its thread has the signal and the one in which it says that it calls
   the function: then the function is not called. The header's InterlockedExchange holds the thread up there. */
#include <ws2_interlocked.h>

static LONG ws2_hold_up(LONG volatile *target, LONG value);
#define InterlockedExchange ws2_hold_up
#include "check.h"
#undef InterlockedExchange

static HANDLE between, go_on;
static volatile LONG calls;

static LONG ws2_hold_up(LONG volatile *target, LONG value)
{
    if (value == 1) {
        SetEvent(between);
        WaitForSingleObject(go_on, INFINITE);
    }
    return InterlockedExchange(target, value);
}

static VOID CALLBACK on_signal(PVOID with, BOOLEAN timed_out)
{
    (void)with, (void)timed_out;
    InterlockedIncrement(&calls);
}

static void ended(BOOL once)
{
    HANDLE event = CreateEvent(NULL, FALSE, FALSE, NULL), thread, wait = NULL;

    CHECK(RegisterWaitForSingleObject(&wait, event, on_signal, NULL, INFINITE, once ? WT_EXECUTEONLYONCE : WT_EXECUTEDEFAULT));
    CHECK(DuplicateHandle(GetCurrentProcess(), ((struct ws2_registered_wait *)wait)->thread, GetCurrentProcess(), &thread, 0, FALSE,
                          DUPLICATE_SAME_ACCESS));
    CHECK(SetEvent(event) && WaitForSingleObject(between, INFINITE) == WAIT_OBJECT_0);
    /* Nothing goes on, it says. */
    CHECK(UnregisterWait(wait));
    CHECK(SetEvent(go_on) && WaitForSingleObject(thread, INFINITE) == WAIT_OBJECT_0);
    CHECK(calls == 0);
    CHECK(CloseHandle(thread) && CloseHandle(event));
}

int main(void)
{
    between = CreateEvent(NULL, FALSE, FALSE, NULL);
    go_on = CreateEvent(NULL, FALSE, FALSE, NULL);
    ended(FALSE);
    ended(TRUE);
    return result();
}
