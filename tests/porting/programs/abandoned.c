/* A mutex that guards a log: taken again by its owner, refused to others, and abandoned by a thread that ends with it. */
#include "check.h"

static HANDLE mutex;

static DWORD WINAPI takes(LPVOID unused)
{
    (void)unused;
    return WaitForSingleObject(mutex, INFINITE) == WAIT_OBJECT_0 ? 0 : 1;
}

static DWORD WINAPI looks(LPVOID unused)
{
    (void)unused;
    if (WaitForSingleObject(mutex, 0) != WAIT_TIMEOUT)
        return 1;
    return ReleaseMutex(mutex) || GetLastError() != ERROR_NOT_OWNER;
}

static DWORD run(LPTHREAD_START_ROUTINE what)
{
    HANDLE thread = CreateThread(NULL, 0, what, NULL, 0, NULL);
    DWORD code = 99;

    WaitForSingleObject(thread, INFINITE);
    GetExitCodeThread(thread, &code);
    CloseHandle(thread);
    return code;
}

int main(void)
{
    HANDLE again;

    mutex = CreateMutexA(NULL, TRUE, "log");
    CHECK(mutex != NULL && GetLastError() == ERROR_SUCCESS);
    again = CreateMutexA(NULL, FALSE, "log");
    CHECK(again != NULL && GetLastError() == ERROR_ALREADY_EXISTS);
    CHECK(WaitForSingleObject(again, 0) == WAIT_OBJECT_0);
    CHECK(run(looks) == 0);
    CHECK(ReleaseMutex(mutex) && ReleaseMutex(again) && !ReleaseMutex(mutex));
    CHECK(run(takes) == 0);
    CHECK(WaitForSingleObject(mutex, INFINITE) == WAIT_ABANDONED && ReleaseMutex(mutex));
    CHECK(SignalObjectAndWait(mutex, mutex, 0, FALSE) == WAIT_FAILED);
    CHECK(CloseHandle(again) && CloseHandle(mutex) && !CloseHandle(mutex) && GetLastError() == ERROR_INVALID_HANDLE);
    return result();
}
