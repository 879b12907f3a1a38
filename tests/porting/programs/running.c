/* How long processes and threads run and what memory they have; which processes and modules there are; windows by their title. */
#include "check.h"
#include <string.h>
#include <psapi.h>
#include <lmwksta.h>

static ULONGLONG units(FILETIME time)
{
    return (ULONGLONG)time.dwHighDateTime << 32 | time.dwLowDateTime;
}

/* What the calling thread has used, of processor time. */
static ULONGLONG used(void)
{
    FILETIME began, ended, kernel, user;

    CHECK(GetThreadTimes(GetCurrentThread(), &began, &ended, &kernel, &user));
    return units(kernel) + units(user);
}

static DWORD CALLBACK waits(LPVOID event)
{
    return WaitForSingleObject((HANDLE)event, INFINITE);
}

static LRESULT CALLBACK procedure(HWND window, UINT message, WPARAM wparam, LPARAM lparam)
{
    return DefWindowProcA(window, message, wparam, lparam);
}

static void times(void)
{
    FILETIME began, ended, kernel, user, now, thread_began = { 0, 0 };
    HANDLE event = CreateEvent(NULL, TRUE, FALSE, NULL), thread;
    ULONGLONG before = used();
    volatile unsigned work = 0;

    CHECK(GetProcessTimes(GetCurrentProcess(), &began, &ended, &kernel, &user));
    GetSystemTimeAsFileTime(&now);
    /* It has begun within the last hour, give or take what the clock was set by. */
    CHECK(units(now) + 100000000 > units(began) && units(now) < units(began) + 36000000000ULL);
    while (used() == before)
        work++;
    CHECK(used() > before);
    thread = CreateThread(NULL, 0, waits, event, 0, NULL);
    CHECK(thread != NULL && GetThreadTimes(thread, &thread_began, &ended, &kernel, &user));
    CHECK(units(thread_began) + 100000000 > units(began));
    CHECK(SetEvent(event) && WaitForSingleObject(thread, INFINITE) == WAIT_OBJECT_0);
    CHECK(!GetThreadTimes(event, &began, &ended, &kernel, &user) && GetLastError() == ERROR_INVALID_HANDLE);
    CHECK(!GetProcessTimes(event, &began, &ended, &kernel, &user) && GetLastError() == ERROR_INVALID_HANDLE);
    CHECK(CloseHandle(thread) && CloseHandle(event));
}

static void processes(void)
{
    static DWORD all[65536];
    DWORD bytes = 0, at, found = 0;
    HMODULE modules[256];
    PROCESS_MEMORY_COUNTERS memory;
    char name[MAX_PATH], own[MAX_PATH];
    BOOL wow = TRUE;
    MEMORYSTATUS status;

    CHECK(EnumProcesses(all, sizeof(all), &bytes));
    for (at = 0; at < bytes / sizeof(DWORD); at++)
        found += all[at] == GetCurrentProcessId();
    CHECK(found == 1);
    CHECK(EnumProcesses(all, sizeof(DWORD), &bytes) && bytes == sizeof(DWORD));
    CHECK(GetModuleFileNameA(NULL, own, sizeof(own)) > 0);
    CHECK(GetModuleFileNameExA(GetCurrentProcess(), NULL, name, sizeof(name)) == strlen(own) && strcmp(name, own) == 0);
    CHECK(GetModuleBaseNameA(GetCurrentProcess(), GetModuleHandleA(NULL), name, sizeof(name)) > 0);
    CHECK(strlen(name) < strlen(own) && strcmp(own + strlen(own) - strlen(name), name) == 0);
    CHECK(EnumProcessModules(GetCurrentProcess(), modules, sizeof(modules), &bytes) && bytes >= 2 * sizeof(HMODULE));
    CHECK(GetModuleFileNameExA(GetCurrentProcess(), modules[0], name, sizeof(name)) > 0 && strcmp(name, own) == 0);
    CHECK(GetProcessMemoryInfo(GetCurrentProcess(), &memory, sizeof(memory)) && memory.cb == sizeof(memory));
    CHECK(memory.WorkingSetSize > 65536 && memory.PeakWorkingSetSize >= memory.WorkingSetSize && memory.PagefileUsage > 0);
    CHECK(!GetProcessMemoryInfo(GetCurrentProcess(), &memory, 8) && GetLastError() == ERROR_INSUFFICIENT_BUFFER);
    CHECK(IsWow64Process(GetCurrentProcess(), &wow) && !wow);
    GlobalMemoryStatus(&status);
    CHECK(status.dwLength == sizeof(status) && status.dwTotalPhys >= status.dwAvailPhys && status.dwAvailPhys > 0);
}

static void windows(void)
{
    static const WCHAR title[] = { 'n', 'o', 'n', 'e', 0 };
    WNDCLASSA kind;
    HWND first, second;

    memset(&kind, 0, sizeof(kind));
    kind.lpfnWndProc = procedure;
    kind.lpszClassName = "Found by its title";
    CHECK(RegisterClassA(&kind) != 0);
    CHECK(FindWindowA(kind.lpszClassName, NULL) == NULL);
    first = CreateWindowExA(0, kind.lpszClassName, "first", 0, 0, 0, 0, 0, NULL, NULL, NULL, NULL);
    second = CreateWindowExA(0, kind.lpszClassName, "Second", 0, 0, 0, 0, 0, NULL, NULL, NULL, NULL);
    CHECK(first != NULL && second != NULL);
    CHECK(FindWindowA(kind.lpszClassName, "first") == first && FindWindowA("FOUND BY ITS TITLE", "second") == second);
    CHECK(FindWindowA(NULL, "second") == second && FindWindowA(kind.lpszClassName, "third") == NULL);
    CHECK(DestroyWindow(second) && FindWindowA(kind.lpszClassName, NULL) == first && DestroyWindow(first));
    CHECK(FindWindowA("no class of this name", NULL) == NULL);
    CHECK(FindWindowW(NULL, title) == NULL && GetLastError() == ERROR_FILE_NOT_FOUND);
}

int main(void)
{
    times();
    processes();
    windows();
    return result();
}
