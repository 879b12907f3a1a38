/* Objects that cannot be made or found: flags, counts, names, and names of objects of another kind. */
#include "bad.h"
#include <process.h>

/* Names, and the code that making an object with them gives. */
static void names(const char *name, DWORD code)
{
    const WCHAR *w = wide(name);

    FAILS(CreateEventA(NULL, FALSE, FALSE, name), NULL, code);
    FAILS(CreateEventW(NULL, FALSE, FALSE, w), NULL, code);
    FAILS(CreateEventExA(NULL, name, 0, EVENT_ALL_ACCESS), NULL, code);
    FAILS(CreateEventExW(NULL, w, 0, EVENT_ALL_ACCESS), NULL, code);
    FAILS(CreateMutexA(NULL, FALSE, name), NULL, code);
    FAILS(CreateMutexW(NULL, FALSE, w), NULL, code);
    FAILS(CreateMutexExA(NULL, name, 0, MUTEX_ALL_ACCESS), NULL, code);
    FAILS(CreateMutexExW(NULL, w, 0, MUTEX_ALL_ACCESS), NULL, code);
    FAILS(CreateSemaphoreA(NULL, 0, 1, name), NULL, code);
    FAILS(CreateSemaphoreW(NULL, 0, 1, w), NULL, code);
    FAILS(CreateSemaphoreExA(NULL, 0, 1, name, 0, SEMAPHORE_ALL_ACCESS), NULL, code);
    FAILS(CreateSemaphoreExW(NULL, 0, 1, w, 0, SEMAPHORE_ALL_ACCESS), NULL, code);
    FAILS(CreateWaitableTimerA(NULL, FALSE, name), NULL, code);
    FAILS(CreateWaitableTimerW(NULL, FALSE, w), NULL, code);
    FAILS(CreateWaitableTimerExA(NULL, name, 0, TIMER_ALL_ACCESS), NULL, code);
    FAILS(CreateWaitableTimerExW(NULL, w, 0, TIMER_ALL_ACCESS), NULL, code);
    FAILS(CreateFileMappingA(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 100, name), NULL, code);
    FAILS(CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 100, w), NULL, code);
}

static void opened(const char *name, const WCHAR *w, DWORD code)
{
    FAILS(OpenEventA(EVENT_ALL_ACCESS, FALSE, name), NULL, code);
    FAILS(OpenEventW(EVENT_ALL_ACCESS, FALSE, w), NULL, code);
    FAILS(OpenMutexA(MUTEX_ALL_ACCESS, FALSE, name), NULL, code);
    FAILS(OpenMutexW(MUTEX_ALL_ACCESS, FALSE, w), NULL, code);
    FAILS(OpenSemaphoreA(SEMAPHORE_ALL_ACCESS, FALSE, name), NULL, code);
    FAILS(OpenSemaphoreW(SEMAPHORE_ALL_ACCESS, FALSE, w), NULL, code);
    FAILS(OpenWaitableTimerA(TIMER_ALL_ACCESS, FALSE, name), NULL, code);
    FAILS(OpenWaitableTimerW(TIMER_ALL_ACCESS, FALSE, w), NULL, code);
    FAILS(OpenFileMappingA(FILE_MAP_READ, FALSE, name), NULL, code);
    FAILS(OpenFileMappingW(FILE_MAP_READ, FALSE, w), NULL, code);
}

/* An object has the name already; all others are refused, to be made and to be opened. */
static void other_kinds(void)
{
    HANDLE event, mutex = CreateMutexA(NULL, FALSE, "a mutex");

    FAILS(CreateEventExA(NULL, "a mutex", 0, EVENT_ALL_ACCESS), NULL, ERROR_INVALID_HANDLE);
    FAILS(CreateEventExW(NULL, wide("a mutex"), 0, EVENT_ALL_ACCESS), NULL, ERROR_INVALID_HANDLE);
    FAILS(CreateSemaphoreExW(NULL, 0, 1, wide("a mutex"), 0, SEMAPHORE_ALL_ACCESS), NULL, ERROR_INVALID_HANDLE);
    FAILS(CreateWaitableTimerW(NULL, FALSE, wide("a mutex")), NULL, ERROR_INVALID_HANDLE);
    FAILS(CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 100, wide("a mutex")), NULL, ERROR_INVALID_HANDLE);
    FAILS(OpenEventW(EVENT_ALL_ACCESS, FALSE, wide("a mutex")), NULL, ERROR_INVALID_HANDLE);
    FAILS(OpenSemaphoreA(SEMAPHORE_ALL_ACCESS, FALSE, "a mutex"), NULL, ERROR_INVALID_HANDLE);
    FAILS(OpenWaitableTimerA(TIMER_ALL_ACCESS, FALSE, "a mutex"), NULL, ERROR_INVALID_HANDLE);
    FAILS(OpenFileMappingA(FILE_MAP_READ, FALSE, "a mutex"), NULL, ERROR_INVALID_HANDLE);
    CHECK(CloseHandle(mutex));
    event = CreateEventW(NULL, FALSE, FALSE, wide("an event"));
    FAILS(CreateMutexW(NULL, FALSE, wide("an event")), NULL, ERROR_INVALID_HANDLE);
    FAILS(OpenMutexA(MUTEX_ALL_ACCESS, FALSE, "an event"), NULL, ERROR_INVALID_HANDLE);
    CHECK(CloseHandle(event));
    /* The last handle is closed, and with it the name is gone. */
    FAILS(OpenEventA(EVENT_ALL_ACCESS, FALSE, "an event"), NULL, ERROR_FILE_NOT_FOUND);
}

static void flags_and_counts(void)
{
    static const LONG counts[][2] = { { -1, 1 }, { 0, 0 }, { 2, 1 }, { 0, -1 }, { 0, (LONG)0x80000000 }, { 0x7FFFFFFF, 1 } };
    size_t at;

    for (at = 0; at < sizeof counts / sizeof counts[0]; at++) {
        FAILS(CreateSemaphoreW(NULL, counts[at][0], counts[at][1], NULL), NULL, ERROR_INVALID_PARAMETER);
        FAILS(CreateSemaphoreExA(NULL, counts[at][0], counts[at][1], NULL, 0, SEMAPHORE_ALL_ACCESS), NULL, ERROR_INVALID_PARAMETER);
        FAILS(CreateSemaphoreExW(NULL, counts[at][0], counts[at][1], NULL, 0, SEMAPHORE_ALL_ACCESS), NULL, ERROR_INVALID_PARAMETER);
    }
    FAILS(CreateEventExA(NULL, NULL, 4, EVENT_ALL_ACCESS), NULL, ERROR_INVALID_PARAMETER);
    FAILS(CreateEventExW(NULL, NULL, 0x80000000u, EVENT_ALL_ACCESS), NULL, ERROR_INVALID_PARAMETER);
    FAILS(CreateMutexExA(NULL, NULL, 2, MUTEX_ALL_ACCESS), NULL, ERROR_INVALID_PARAMETER);
    FAILS(CreateMutexExW(NULL, NULL, ~0u, MUTEX_ALL_ACCESS), NULL, ERROR_INVALID_PARAMETER);
    FAILS(CreateSemaphoreExA(NULL, 0, 1, NULL, 1, SEMAPHORE_ALL_ACCESS), NULL, ERROR_INVALID_PARAMETER);
    FAILS(CreateSemaphoreExW(NULL, 0, 1, NULL, ~0u, SEMAPHORE_ALL_ACCESS), NULL, ERROR_INVALID_PARAMETER);
    FAILS(CreateWaitableTimerExA(NULL, NULL, 4, TIMER_ALL_ACCESS), NULL, ERROR_INVALID_PARAMETER);
    FAILS(CreateWaitableTimerExW(NULL, NULL, ~0u, TIMER_ALL_ACCESS), NULL, ERROR_INVALID_PARAMETER);
}

/* Rights that a handle was opened without. */
static void rights(void)
{
    HANDLE event = CreateEventExA(NULL, NULL, 0, SYNCHRONIZE), timer = CreateWaitableTimerExW(NULL, NULL, 0, SYNCHRONIZE);
    HANDLE semaphore = CreateSemaphoreExW(NULL, 0, 1, NULL, 0, SYNCHRONIZE), silent = CreateEventExW(NULL, NULL, 0, EVENT_MODIFY_STATE);
    HANDLE process = OpenProcess(SYNCHRONIZE, FALSE, GetCurrentProcessId());
    HANDLE pair[2];
    LARGE_INTEGER due;

    due.QuadPart = -1;
    pair[0] = event, pair[1] = silent;
    FAILS(SetEvent(event), FALSE, ERROR_ACCESS_DENIED);
    FAILS(ReleaseSemaphore(semaphore, 1, NULL), FALSE, ERROR_ACCESS_DENIED);
    FAILS(SetWaitableTimer(timer, &due, 0, NULL, NULL, FALSE), FALSE, ERROR_ACCESS_DENIED);
    FAILS(WaitForSingleObjectEx(silent, 0, FALSE), WAIT_FAILED, ERROR_ACCESS_DENIED);
    FAILS(WaitForMultipleObjectsEx(2, pair, FALSE, 0, FALSE), WAIT_FAILED, ERROR_ACCESS_DENIED);
    FAILS(SignalObjectAndWait(event, silent, 0, FALSE), WAIT_FAILED, ERROR_ACCESS_DENIED);
    FAILS(TerminateProcess(process, 1), FALSE, ERROR_ACCESS_DENIED);
    CHECK(CloseHandle(event) && CloseHandle(timer) && CloseHandle(semaphore) && CloseHandle(silent) && CloseHandle(process));
}

static void waits(void)
{
    HANDLE many[65], none = NULL;
    LARGE_INTEGER due;
    int at;

    due.QuadPart = -1;
    for (at = 0; at < 65; at++)
        many[at] = of_kind(EVENT);
    FAILS(WaitForMultipleObjectsEx(0, many, FALSE, 0, FALSE), WAIT_FAILED, ERROR_INVALID_PARAMETER);
    FAILS(WaitForMultipleObjectsEx(65, many, FALSE, 0, FALSE), WAIT_FAILED, ERROR_INVALID_PARAMETER);
    FAILS(WaitForMultipleObjectsEx(~0u, many, FALSE, 0, FALSE), WAIT_FAILED, ERROR_INVALID_PARAMETER);
    FAILS(WaitForMultipleObjectsEx(2, many, TRUE, 0, FALSE), WAIT_FAILED, ERROR_INVALID_PARAMETER);
    FAILS(SignalObjectAndWait(of_kind(TIMER), many[0], 0, FALSE), WAIT_FAILED, ERROR_INVALID_HANDLE);
    FAILS(SignalObjectAndWait(of_kind(THREAD), many[0], 0, FALSE), WAIT_FAILED, ERROR_INVALID_HANDLE);
    FAILS(SignalObjectAndWait(of_kind(MUTEX), many[0], 0, FALSE), WAIT_FAILED, ERROR_NOT_OWNER);
    FAILS(SetWaitableTimer(of_kind(TIMER), &due, -1, NULL, NULL, FALSE), FALSE, ERROR_INVALID_PARAMETER);
    FAILS(SetWaitableTimerEx(of_kind(TIMER), &due, -1, NULL, NULL, NULL, 0), FALSE, ERROR_INVALID_PARAMETER);
    FAILS(SetHandleInformation(many[0], 4, 4), FALSE, ERROR_INVALID_PARAMETER);
    FAILS(DuplicateHandle(GetCurrentProcess(), many[0], GetCurrentProcess(), &none, 0, FALSE, 8), FALSE, ERROR_INVALID_PARAMETER);
    CHECK(none == NULL);
    FAILS(OpenThread(THREAD_ALL_ACCESS, FALSE, 0), NULL, ERROR_INVALID_PARAMETER);
    FAILS(OpenThread(THREAD_ALL_ACCESS, FALSE, ~0u), NULL, ERROR_INVALID_PARAMETER);
    FAILS(OpenProcess(PROCESS_QUERY_INFORMATION, FALSE, 0), NULL, ERROR_INVALID_PARAMETER);
    FAILS(OpenProcess(PROCESS_QUERY_INFORMATION, FALSE, ~0u), NULL, ERROR_INVALID_PARAMETER);
}

static void addresses(void *p)
{
    SECURITY_ATTRIBUTES *a = (SECURITY_ATTRIBUTES *)p;
    const char *n = (const char *)p;
    const WCHAR *w = (const WCHAR *)p;

    opened(n, w, ERROR_NOACCESS);
    FAILS(CreateEventW(a, FALSE, FALSE, NULL), NULL, ERROR_NOACCESS);
    FAILS(CreateEventExA(a, NULL, 0, EVENT_ALL_ACCESS), NULL, ERROR_NOACCESS);
    FAILS(CreateEventExW(NULL, w, 0, EVENT_ALL_ACCESS), NULL, ERROR_NOACCESS);
    FAILS(CreateMutexA(a, FALSE, NULL), NULL, ERROR_NOACCESS);
    FAILS(CreateMutexExA(NULL, n, 0, MUTEX_ALL_ACCESS), NULL, ERROR_NOACCESS);
    FAILS(CreateMutexExW(a, NULL, 0, MUTEX_ALL_ACCESS), NULL, ERROR_NOACCESS);
    FAILS(CreateSemaphoreW(NULL, 0, 1, w), NULL, ERROR_NOACCESS);
    FAILS(CreateSemaphoreExA(NULL, 0, 1, n, 0, SEMAPHORE_ALL_ACCESS), NULL, ERROR_NOACCESS);
    FAILS(CreateSemaphoreExW(a, 0, 1, NULL, 0, SEMAPHORE_ALL_ACCESS), NULL, ERROR_NOACCESS);
    FAILS(CreateWaitableTimerA(a, FALSE, NULL), NULL, ERROR_NOACCESS);
    FAILS(CreateWaitableTimerW(NULL, FALSE, w), NULL, ERROR_NOACCESS);
    FAILS(CreateWaitableTimerExA(a, NULL, 0, TIMER_ALL_ACCESS), NULL, ERROR_NOACCESS);
    FAILS(CreateWaitableTimerExW(NULL, w, 0, TIMER_ALL_ACCESS), NULL, ERROR_NOACCESS);
    FAILS(SetWaitableTimer(of_kind(TIMER), (LARGE_INTEGER *)p, 0, NULL, NULL, FALSE), FALSE, ERROR_NOACCESS);
    FAILS(SetWaitableTimerEx(of_kind(TIMER), (LARGE_INTEGER *)p, 0, NULL, NULL, NULL, 0), FALSE, ERROR_NOACCESS);
    FAILS(WaitForMultipleObjectsEx(1, (HANDLE *)p, FALSE, 0, FALSE), WAIT_FAILED, ERROR_NOACCESS);
    FAILS(GetHandleInformation(of_kind(EVENT), (DWORD *)p), FALSE, ERROR_NOACCESS);
    FAILS(DuplicateHandle(GetCurrentProcess(), of_kind(EVENT), GetCurrentProcess(), (HANDLE *)p, 0, FALSE, DUPLICATE_SAME_ACCESS), FALSE, ERROR_NOACCESS);
    FAILS(GetExitCodeProcess(GetCurrentProcess(), (DWORD *)p), FALSE, ERROR_NOACCESS);
    FAILS(GetProcessTimes(GetCurrentProcess(), (FILETIME *)p, (FILETIME *)p, (FILETIME *)p, (FILETIME *)p), FALSE, ERROR_NOACCESS);
    FAILS(GetThreadTimes(GetCurrentThread(), (FILETIME *)p, (FILETIME *)p, (FILETIME *)p, (FILETIME *)p), FALSE, ERROR_NOACCESS);
    FAILS(IsWow64Process(GetCurrentProcess(), (BOOL *)p), FALSE, ERROR_NOACCESS);
#ifndef __MINGW32__
    CHECK(SetThreadDescription(GetCurrentThread(), w) < 0);
#endif
}

int main(void)
{
    char longest[300];
    int which;

    memset(longest, 'n', sizeof longest);
    longest[261] = 0;
    names("a\\name", ERROR_PATH_NOT_FOUND);
    names(longest, ERROR_FILENAME_EXCED_RANGE);
    opened("nobody has this", wide("nobody has this"), ERROR_FILE_NOT_FOUND);
    opened(NULL, NULL, ERROR_INVALID_PARAMETER);
    opened("a\\name", wide("a\\name"), ERROR_PATH_NOT_FOUND);
    other_kinds();
    flags_and_counts();
    rights();
    waits();
    for (which = 0; which < NO_ADDRESSES; which++)
        addresses(no_address(which));
    return result();
}
