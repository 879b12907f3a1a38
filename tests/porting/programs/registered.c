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
    /* The call may be on its way back still. */
    CHECK(UnregisterWaitEx(wait, done) || GetLastError() == ERROR_IO_PENDING);
    CHECK(WaitForSingleObject(done, INFINITE) == WAIT_OBJECT_0 && timeouts == 1);
    CHECK(!RegisterWaitForSingleObject(&wait, (HANDLE)(INT_PTR)0x7FFFFFF0, on_signal, NULL, INFINITE, 0));
    CHECK(GetLastError() == ERROR_INVALID_HANDLE);
    CHECK(CloseHandle(event) && CloseHandle(done) && CloseHandle(called));
}

static volatile LONG pending;

static VOID CALLBACK ends_itself(PVOID with, BOOLEAN timed_out)
{
    (void)timed_out;
    /* A call goes on: this one. */
    if (!UnregisterWait(*(HANDLE *)with) && GetLastError() == ERROR_IO_PENDING)
        InterlockedIncrement(&pending);
    SetEvent(called);
}

static void ends_of_waits(void)
{
    HANDLE event = CreateEvent(NULL, FALSE, FALSE, NULL), wait = NULL;

    called = CreateEvent(NULL, FALSE, FALSE, NULL);
    CHECK(RegisterWaitForSingleObject(&wait, event, on_signal, NULL, INFINITE, WT_EXECUTEDEFAULT) && UnregisterWait(wait));
    CHECK(RegisterWaitForSingleObject(&wait, event, ends_itself, &wait, INFINITE, WT_EXECUTEONLYONCE));
    CHECK(SetEvent(event) && WaitForSingleObject(called, INFINITE) == WAIT_OBJECT_0 && pending == 1);
    CHECK(!UnregisterWait(NULL) && GetLastError() == ERROR_INVALID_HANDLE);
    CHECK(CloseHandle(event) && CloseHandle(called));
}

#if !defined(__MINGW32__)
static VOID CALLBACK closes(PVOID with, BOOLEAN timed_out)
{
    (void)timed_out;
    CloseHandle((HANDLE)with);
    SetEvent(called);
}

/* What cannot be waited for is refused; and where the object is closed while it is waited for, the end is told all the same. */
static void no_objects(void)
{
    HANDLE file = CreateFileA("a file", GENERIC_READ | GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL), wait = NULL;
    HANDLE event = CreateEvent(NULL, FALSE, FALSE, NULL), done = CreateEvent(NULL, TRUE, FALSE, NULL);

    CHECK(!RegisterWaitForSingleObject(&wait, file, on_signal, NULL, INFINITE, 0) && GetLastError() == ERROR_INVALID_HANDLE);
    CHECK(CloseHandle(file) && DeleteFileA("a file"));
    called = CreateEvent(NULL, FALSE, FALSE, NULL);
    CHECK(RegisterWaitForSingleObject(&wait, event, closes, event, INFINITE, 0));
    CHECK(SetEvent(event) && WaitForSingleObject(called, INFINITE) == WAIT_OBJECT_0);
    CHECK(UnregisterWaitEx(wait, done) || GetLastError() == ERROR_IO_PENDING);
    CHECK(WaitForSingleObject(done, INFINITE) == WAIT_OBJECT_0);
    CHECK(CloseHandle(done) && CloseHandle(called));
}
#endif

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
    /* Of a number that the program has only the name is made; of it only 16 bits count, and 0 is none. */
    CHECK(GetTempFileNameA(place, "a", 0x5BEEF, name) == 0xBEEF && strcmp(name + strlen(name) - 9, "abeef.tmp") == 0);
    CHECK(GetFileAttributesA(name) == INVALID_FILE_ATTRIBUTES);
    CHECK(GetTempFileNameA(place, NULL, 0x10000, name) != 0 && GetFileAttributesA(name) != INVALID_FILE_ATTRIBUTES && DeleteFileA(name));
    CHECK(GetTempFileNameA("no such directory of this test", "x", 0, name) == 0 && GetLastError() == ERROR_DIRECTORY);
    CHECK(GetSystemDirectory(place, sizeof place) == strlen(place));
}

/* A prefix that is shorter than three characters is read to its end only: behind it no memory is. */
static void temporary_in_wide_texts(void)
{
    static const WCHAR here[] = { '.', 0 };
    char *pages = (char *)VirtualAlloc(NULL, 0x2000, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE);
    WCHAR *prefix = (WCHAR *)(void *)(pages + 0x1000 - 2 * sizeof(WCHAR)), name[MAX_PATH];
    DWORD before;

    CHECK(pages != NULL && VirtualProtect(pages + 0x1000, 0x1000, PAGE_NOACCESS, &before));
    prefix[0] = 'q';
    CHECK(GetTempFileNameW(here, prefix, 7, name) == 7 && lstrlenW(name) == 8 && name[2] == 'q' && name[3] == '7');
    CHECK(GetTempFileNameW(here, prefix + 1, 7, name) == 7 && name[2] == '7');
    CHECK(GetTempFileNameW(here, prefix, 0, name) != 0 && DeleteFileW(name));
    CHECK(VirtualFree(pages, 0, MEM_RELEASE));
}

#if !defined(__MINGW32__)
/* No character is cut: the fourth is left out, and so is one whose second half would be the fourth unit. */
static void temporary_in_utf8(void)
{
    static const WCHAR here[] = { '.', 0 }, pair[] = { 'a', 'b', 0xD83D, 0xDE00, 0 };
    char name[MAX_PATH], whole[MAX_PATH];
    WCHAR wide[MAX_PATH];

    CHECK(GetTempFileNameA(".", "\xC3\xA4\xE2\x82\xACz4", 0xF, name) == 0xF && strcmp(name, "./\xC3\xA4\xE2\x82\xACzf.tmp") == 0);
    CHECK(GetTempFileNameA(".", "a\xF0\x9F\x98\x80z", 0xF, name) == 0xF && strcmp(name, "./a\xF0\x9F\x98\x80" "f.tmp") == 0);
    CHECK(GetTempFileNameA(".", "ab\xF0\x9F\x98\x80", 0xF, name) == 0xF && strcmp(name, "./abf.tmp") == 0);
    CHECK(GetTempFileNameA(".", "\xA4\xA4\xA4\xA4", 0xF, name) == 0xF && strcmp(name, "./\xA4\xA4\xA4" "f.tmp") == 0);
    CHECK(GetTempFileNameW(here, pair, 0xF, wide) == 0xF && lstrlenW(wide) == 9 && wide[4] == 'f');
    CHECK(GetTempFileNameW(here, pair + 1, 0, wide) != 0 && wide[3] == 0xD83D && wide[4] == 0xDE00 && DeleteFileW(wide));
    /* As much as MAX_PATH has room for, and not more. */
    memset(whole, '/', sizeof whole);
    whole[MAX_PATH - 14] = 0;
    CHECK(GetTempFileNameA(whole, "abc", 0xFFFF, name) == 0xFFFF && strlen(name) == MAX_PATH - 3);
    CHECK(GetTempFileNameA(whole, "\xE2\x82\xAC\xE2\x82\xAC", 0xFFFF, name) == 0 && GetLastError() == ERROR_BUFFER_OVERFLOW);
    whole[MAX_PATH - 14] = '/';
    whole[MAX_PATH - 13] = 0;
    CHECK(GetTempFileNameA(whole, "abc", 0xFFFF, name) == 0 && GetLastError() == ERROR_BUFFER_OVERFLOW);
}
#endif

int main(void)
{
    temporary();
    temporary_in_wide_texts();
    waits();
    ends_of_waits();
#if !defined(__MINGW32__)
    temporary_in_utf8();
    no_objects();
    files();
#endif
    CHECK((GetAsyncKeyState(VK_F12) & 0x8000) == 0);
    return result();
}
