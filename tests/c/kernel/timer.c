/* A waitable timer: once, periodic, and with a routine that runs in an alertable wait. */
#include <windows.h>

#include <stdio.h>

static VOID CALLBACK routine(LPVOID argument, DWORD low, DWORD high)
{
    if (low != 0 || high != 0)
        *(int *)argument += 1;
}

int main(void)
{
    HANDLE timer = CreateWaitableTimer(NULL, FALSE, NULL);
    LARGE_INTEGER due;
    int i, called = 0;

    if (timer == NULL)
        return 1;
    due.QuadPart = -50000; /* five milliseconds */
    if (!SetWaitableTimer(timer, &due, 0, NULL, NULL, FALSE) || WaitForSingleObject(timer, INFINITE) != WAIT_OBJECT_0)
        return 1;
    if (!SetWaitableTimer(timer, &due, 5, NULL, NULL, FALSE))
        return 1;
    for (i = 0; i < 3; i++)
        if (WaitForSingleObject(timer, INFINITE) != WAIT_OBJECT_0)
            return 1;
    if (!SetWaitableTimer(timer, &due, 0, routine, &called, FALSE))
        return 1;
    while (called == 0)
        if (SleepEx(INFINITE, TRUE) != WAIT_IO_COMPLETION)
            return 1;
    if (!CancelWaitableTimer(timer) || !CloseHandle(timer))
        return 1;
    printf("due once, then 3 times, then the routine\n");
    return 0;
}
