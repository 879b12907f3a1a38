/* Functions that are called when an object is signalled, as servers with a queue of events have them; and newer ways to open and
   map files. */
#include "check.h"
#include <string.h>

static volatile LONG calls, timeouts;
static HANDLE called;

static VOID CALLBACK on_signal(PVOID with, BOOLEAN timed_out)
{
    CHECK(with == (PVOID)&calls);
    InterlockedIncrement(timed_out ? &timeouts : &calls);
    SetEvent(called);
}

static void waits(void)
{
    HANDLE event = CreateEvent(NULL, FALSE, FALSE, NULL), done = CreateEvent(NULL, TRUE, FALSE, NULL), wait = NULL;

    called = CreateEvent(NULL, FALSE, FALSE, NULL);
    /* A signal from before counts, too. */
    CHECK(SetEvent(event));
    CHECK(RegisterWaitForSingleObject(&wait, event, on_signal, (PVOID)&calls, INFINITE, WT_EXECUTEDEFAULT));
    CHECK(WaitForSingleObject(called, INFINITE) == WAIT_OBJECT_0);
    CHECK(SetEvent(event) && WaitForSingleObject(called, INFINITE) == WAIT_OBJECT_0);
    CHECK(UnregisterWaitEx(wait, INVALID_HANDLE_VALUE));
    CHECK(calls == 2 && timeouts == 0);
    /* Nobody takes the signal any more. */
    CHECK(SetEvent(event) && WaitForSingleObject(event, 0) == WAIT_OBJECT_0);
    CHECK(RegisterWaitForSingleObject(&wait, event, on_signal, (PVOID)&calls, 1, WT_EXECUTEONLYONCE));
    CHECK(WaitForSingleObject(called, INFINITE) == WAIT_OBJECT_0 && timeouts == 1);
    CHECK(UnregisterWaitEx(wait, done) && WaitForSingleObject(done, INFINITE) == WAIT_OBJECT_0);
    CHECK(timeouts == 1);
    CHECK(!RegisterWaitForSingleObject(&wait, (HANDLE)(INT_PTR)0x7FFFFFF0, on_signal, NULL, INFINITE, 0));
    CHECK(GetLastError() == ERROR_INVALID_HANDLE);
    CHECK(CloseHandle(event) && CloseHandle(done) && CloseHandle(called));
}

#if !defined(__MINGW32__)
static void files(void)
{
    static const WCHAR name[] = { 'n', 'e', 'w', 0 };
    HANDLE file = CreateFile2(name, GENERIC_READ | GENERIC_WRITE, 0, CREATE_ALWAYS, NULL), mapping;
    DWORD moved = 0;
    const char *view;

    CHECK(file != INVALID_HANDLE_VALUE && WriteFile(file, "text", 4, &moved, NULL));
    mapping = CreateFileMappingFromApp(file, NULL, PAGE_READONLY, 0, NULL);
    view = (const char *)MapViewOfFileFromApp(mapping, FILE_MAP_READ, 0, 0);
    CHECK(view != NULL && memcmp(view, "text", 4) == 0);
    CHECK(UnmapViewOfFile(view) && CloseHandle(mapping) && CloseHandle(file) && DeleteFileW(name));
}
#endif

static void temporary(void)
{
    char place[MAX_PATH], name[MAX_PATH], whole[MAX_PATH], *part = NULL;

    CHECK(GetTempPathA(sizeof place, place) > 0 && GetTempFileNameA(place, "wsock", 0, name) != 0);
    CHECK(GetFileAttributesA(name) != INVALID_FILE_ATTRIBUTES);
    CHECK(GetFullPathName(name, sizeof whole, whole, &part) == strlen(whole) && part != NULL && strncmp(part, "wso", 3) == 0);
    CHECK(DeleteFileA(name));
    CHECK(GetTempFileNameA("no such directory of this test", "x", 0, name) == 0 && GetLastError() == ERROR_DIRECTORY);
    CHECK(GetSystemDirectory(place, sizeof place) == strlen(place));
}

int main(void)
{
    temporary();
    waits();
#if !defined(__MINGW32__)
    files();
#endif
    CHECK((GetAsyncKeyState(VK_F12) & 0x8000) == 0);
    return result();
}
