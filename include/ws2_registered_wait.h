/* RegisterWaitForSingleObject: a function is called when an object is signalled or a time is over. A thread of its own waits, and
   calls it. Part of windows.h. */
#ifndef WS2_REGISTERED_WAIT_H
#define WS2_REGISTERED_WAIT_H
#pragma GCC system_header

#include "windows.h"
#include "ws2_kernel.h"
#include "ws2_interlocked.h"
#include "ws2_pool_types.h" /* WT_EXECUTE... */
#include "ws2_win32.h"

typedef VOID (CALLBACK *WAITORTIMERCALLBACKFUNC)(PVOID lpParameter, BOOLEAN TimerOrWaitFired);
typedef WAITORTIMERCALLBACKFUNC WAITORTIMERCALLBACK;

/* A wait, which belongs to its thread and to whoever has its handle: the last of them gives it back. */
struct ws2_registered_wait {
    HANDLE              object, stop, thread, told;
    WAITORTIMERCALLBACK function;
    PVOID               with;
    DWORD               milliseconds;
    ULONG               flags;
    volatile LONG       holders, calling;
};

static __inline__ void ws2_registered_wait_leave(struct ws2_registered_wait *wait)
{
    if (InterlockedDecrement(&wait->holders) > 0)
        return;
    CloseHandle(wait->stop);
    if (wait->thread != NULL)
        CloseHandle(wait->thread);
    HeapFree(GetProcessHeap(), 0, wait);
}

static __inline__ DWORD ws2_registered_wait_main(LPVOID argument)
{
    struct ws2_registered_wait *wait = (struct ws2_registered_wait *)argument;
    HANDLE both[2], told;

    /* The end comes first, so that nobody is called after it. */
    both[0] = wait->stop;
    both[1] = wait->object;
    for (;;) {
        DWORD result = WaitForMultipleObjects(2, both, FALSE, wait->milliseconds);

        if (result != WAIT_TIMEOUT && result != WAIT_OBJECT_0 + 1 && result != WAIT_ABANDONED_0 + 1)
            break;
        /* Who ends the wait looks at "calling" once "stop" is set, and here it is the other way round: one of the two sees it. */
        InterlockedExchange(&wait->calling, 1);
        if (WaitForSingleObject(wait->stop, 0) == WAIT_TIMEOUT)
            wait->function(wait->with, (BOOLEAN)(result == WAIT_TIMEOUT));
        InterlockedExchange(&wait->calling, 0);
        if ((wait->flags & WT_EXECUTEONLYONCE) != 0)
            break;
    }
    /* Also where the object was closed meanwhile: only who ends the wait says whom to tell. */
    WaitForSingleObject(wait->stop, INFINITE);
    told = wait->told;
    ws2_registered_wait_leave(wait);
    if (told != NULL)
        SetEvent(told);
    return 0;
}

static __inline__ BOOL RegisterWaitForSingleObject(PHANDLE phNewWaitObject, HANDLE hObject, WAITORTIMERCALLBACK Callback, PVOID Context,
                                                   ULONG dwMilliseconds, ULONG dwFlags)
{
    struct ws2_registered_wait *wait;
    HANDLE both[2];

    if (phNewWaitObject == NULL || Callback == NULL) {
        SetLastError(ERROR_INVALID_PARAMETER);
        return FALSE;
    }
    wait = (struct ws2_registered_wait *)HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, sizeof *wait);
    if (wait == NULL) {
        SetLastError(ERROR_NOT_ENOUGH_MEMORY);
        return FALSE;
    }
    wait->object = hObject;
    wait->function = Callback;
    wait->with = Context;
    wait->milliseconds = dwMilliseconds;
    wait->flags = dwFlags;
    wait->holders = 2;
    wait->stop = CreateEventA(NULL, TRUE, FALSE, NULL);
    /* What cannot be waited for is refused. A wait for both takes no signal, since one of the two has none. */
    both[0] = wait->stop;
    both[1] = hObject;
    if (wait->stop != NULL && WaitForMultipleObjects(2, both, TRUE, 0) != WAIT_FAILED)
        wait->thread = CreateThread(NULL, 0, ws2_registered_wait_main, wait, CREATE_SUSPENDED, NULL);
    if (wait->stop == NULL || wait->thread == NULL) {
        if (wait->stop != NULL)
            CloseHandle(wait->stop);
        HeapFree(GetProcessHeap(), 0, wait);
        return FALSE;
    }
    /* The function may look at the handle. */
    *phNewWaitObject = (HANDLE)wait;
    ResumeThread(wait->thread);
    return TRUE;
}

/* Ends a wait. With INVALID_HANDLE_VALUE it returns when no call of the function goes on; with an event that is set then; with NULL
   it does not wait: FALSE and ERROR_IO_PENDING say that a call goes on. A call of the function must not wait for itself. */
static __inline__ BOOL UnregisterWaitEx(HANDLE WaitHandle, HANDLE CompletionEvent)
{
    struct ws2_registered_wait *wait = (struct ws2_registered_wait *)WaitHandle;
    BOOL calling;

    if (wait == NULL) {
        SetLastError(ERROR_INVALID_HANDLE);
        return FALSE;
    }
    if (CompletionEvent != NULL && CompletionEvent != INVALID_HANDLE_VALUE)
        wait->told = CompletionEvent;
    SetEvent(wait->stop);
    if (CompletionEvent == INVALID_HANDLE_VALUE)
        WaitForSingleObject(wait->thread, INFINITE);
    calling = CompletionEvent == NULL && InterlockedCompareExchange(&wait->calling, 0, 0) != 0;
    ws2_registered_wait_leave(wait);
    if (calling)
        SetLastError(ERROR_IO_PENDING);
    return !calling;
}

static __inline__ BOOL UnregisterWait(HANDLE WaitHandle)
{
    return UnregisterWaitEx(WaitHandle, NULL);
}

#endif
