/* How files are opened, found, moved and copied where Windows and Linux differ; and by several threads at once. */
#include <string.h>

#include "check.h"

#define BACKUP FILE_FLAG_BACKUP_SEMANTICS
#define WHATEVER 0xFFFFFFFFu

/* Opens with another last error before; the one after. */
static HANDLE open_as(const char *name, DWORD access, DWORD how, DWORD flags, DWORD *after)
{
    HANDLE file;

    SetLastError(12345);
    file = CreateFileA(name, access, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL, how, flags, NULL);
    *after = GetLastError();
    return file;
}

static void make(const char *name, const char *text)
{
    DWORD code, put;
    HANDLE file = open_as(name, GENERIC_WRITE, CREATE_ALWAYS, 0, &code);

    CHECK(file != INVALID_HANDLE_VALUE && WriteFile(file, text, (DWORD)strlen(text), &put, NULL));
    CHECK(CloseHandle(file));
}

static int holds(const char *name, const char *text)
{
    char found[64] = "";
    DWORD code, got = 0;
    HANDLE file = open_as(name, GENERIC_READ, OPEN_EXISTING, 0, &code);

    if (file == INVALID_HANDLE_VALUE)
        return 0;
    CHECK(ReadFile(file, found, sizeof found - 1, &got, NULL) && CloseHandle(file));
    return strcmp(found, text) == 0;
}

/* What is there, how it is opened, the last error after it, whether there is a handle, and the size then. */
static void ways(void)
{
    static const struct {
        const char *name;
        DWORD access, how, flags, code;
        int   opened;
        DWORD size;
    } rows[] = {
        { "file", 0, CREATE_ALWAYS, 0, ERROR_ALREADY_EXISTS, 1, 0 },
        { "file", GENERIC_READ, CREATE_ALWAYS, 0, ERROR_ALREADY_EXISTS, 1, 0 },
        { "file", GENERIC_WRITE, CREATE_ALWAYS, 0, ERROR_ALREADY_EXISTS, 1, 0 },
        { "file", GENERIC_READ, OPEN_ALWAYS, 0, ERROR_ALREADY_EXISTS, 1, 4 },
        { "file", 0, OPEN_EXISTING, 0, 0, 1, 4 },
        { "file", GENERIC_READ, OPEN_EXISTING, 0, 0, 1, 4 },
        { "file", GENERIC_WRITE, TRUNCATE_EXISTING, 0, 0, 1, 0 },
        { "new", GENERIC_WRITE, CREATE_NEW, 0, 0, 1, 0 },
        { "new", GENERIC_WRITE, CREATE_ALWAYS, 0, 0, 1, 0 },
        { "new", 0, OPEN_ALWAYS, 0, 0, 1, 0 },
        { "directory", GENERIC_READ | GENERIC_WRITE, OPEN_EXISTING, BACKUP, 0, 1, WHATEVER },
        { "directory", GENERIC_WRITE, OPEN_EXISTING, BACKUP, 0, 1, WHATEVER },
        { "directory", GENERIC_READ | GENERIC_WRITE, OPEN_ALWAYS, BACKUP, ERROR_ALREADY_EXISTS, 1, WHATEVER },
        { "directory\\", GENERIC_READ | GENERIC_WRITE, OPEN_EXISTING, BACKUP, 0, 1, WHATEVER },
        { "directory\\", GENERIC_READ | GENERIC_WRITE, OPEN_ALWAYS, BACKUP, ERROR_ALREADY_EXISTS, 1, WHATEVER },
        { "directory", GENERIC_READ | GENERIC_WRITE, OPEN_EXISTING, 0, ERROR_ACCESS_DENIED, 0, 0 },
        { "directory", GENERIC_READ, OPEN_ALWAYS, 0, ERROR_ACCESS_DENIED, 0, 0 },
        { "directory", GENERIC_READ, CREATE_ALWAYS, 0, ERROR_ACCESS_DENIED, 0, 0 },
        { "directory", GENERIC_WRITE, CREATE_NEW, 0, ERROR_ACCESS_DENIED, 0, 0 },
        { "directory", GENERIC_WRITE, CREATE_NEW, BACKUP, ERROR_FILE_EXISTS, 0, 0 },
        { "directory\\", GENERIC_READ | GENERIC_WRITE, OPEN_EXISTING, 0, ERROR_PATH_NOT_FOUND, 0, 0 },
        { "directory/", GENERIC_READ, OPEN_EXISTING, 0, ERROR_PATH_NOT_FOUND, 0, 0 },
        { "file", GENERIC_WRITE, CREATE_NEW, 0, ERROR_FILE_EXISTS, 0, 0 },
    };
    size_t at;

    CHECK(CreateDirectoryA("directory", NULL));
    for (at = 0; at < sizeof rows / sizeof rows[0]; at++) {
        HANDLE file;
        DWORD code;

        make("file", "text");
        DeleteFileA("new");
        file = open_as(rows[at].name, rows[at].access, rows[at].how, rows[at].flags, &code);
        if ((file != INVALID_HANDLE_VALUE) != rows[at].opened || code != rows[at].code)
            printf("row %d: opened %d, last error %d\n", (int)at, file != INVALID_HANDLE_VALUE, (int)code), bad++;
        if (file == INVALID_HANDLE_VALUE)
            continue;
        CHECK(rows[at].size == WHATEVER || GetFileSize(file, NULL) == rows[at].size);
        CHECK(CloseHandle(file));
    }
    CHECK(DeleteFileA("file") && RemoveDirectoryA("directory"));
}

/* How many names fit a pattern, of those that the search is tried with. */
static int count(const char *pattern)
{
    WIN32_FIND_DATAA found;
    HANDLE search = FindFirstFileA(pattern, &found);
    int fit = 0;

    if (search == INVALID_HANDLE_VALUE)
        return 0;
    do
        fit += strcmp(found.cFileName, ".") != 0 && strcmp(found.cFileName, "..") != 0;
    while (FindNextFileA(search, &found));
    CHECK(FindClose(search));
    return fit;
}

static void patterns(void)
{
    static const char *const names[] = { "a", "ab", "ab.txt", "ab.b.txt", "abc" };
    static const struct {
        const char *pattern;
        int         fit;
    } rows[] = {
        { "many\\*", 5 },     { "many\\*.*", 5 },   { "many\\ab.*", 3 },    { "many\\??", 2 },   { "many\\?", 1 },
        { "many\\???", 3 },   { "many\\*.", 3 },    { "many\\*.txt", 2 },   { "many\\???.txt", 1 }, { "many\\ab.???", 2 },
        { "many\\a?c", 1 },   { "many\\*.b.*", 1 }, { "many\\AB*", 4 },
    };
    WIN32_FIND_DATAA found;
    WIN32_FIND_DATAW wide;
    char name[32], before[MAX_PATH];
    HANDLE search;
    size_t at;
    int seen = 1;

    CHECK(CreateDirectoryA("many", NULL));
    for (at = 0; at < sizeof names / sizeof names[0]; at++) {
        snprintf(name, sizeof name, "many\\%s", names[at]);
        make(name, "");
    }
    for (at = 0; at < sizeof rows / sizeof rows[0]; at++)
        if (count(rows[at].pattern) != rows[at].fit)
            printf("%s: %d\n", rows[at].pattern, count(rows[at].pattern)), bad++;
    /* A character counts once, however many bytes it has. */
    {
        static const WCHAR umlaut[] = { 'm', 'a', 'n', 'y', '\\', 0xE4, '.', 'd', 'a', 't', 0 };
        static const WCHAR one[] = { 'm', 'a', 'n', 'y', '\\', '?', '.', 'd', 'a', 't', 0 };
        static const WCHAR upper[] = { 'm', 'a', 'n', 'y', '\\', 0xC4, '*', 0 };
        const WCHAR *tried[2];

        tried[0] = one;
        tried[1] = upper;
        CHECK(CloseHandle(CreateFileW(umlaut, GENERIC_WRITE, 0, NULL, CREATE_NEW, 0, NULL)));
        for (at = 0; at < 2; at++) {
            search = FindFirstFileW(tried[at], &wide);
            CHECK(search != INVALID_HANDLE_VALUE && wide.cFileName[0] == 0xE4 && FindClose(search));
        }
        CHECK(DeleteFileW(umlaut));
    }
    /* A search goes on where it began, wherever the program is. */
    CHECK(GetCurrentDirectoryA(sizeof before, before) > 0);
    search = FindFirstFileA("many\\*", &found);
    CHECK(search != INVALID_HANDLE_VALUE && SetCurrentDirectoryA("many"));
    while (FindNextFileA(search, &found))
        seen++;
    CHECK(GetLastError() == ERROR_NO_MORE_FILES && FindClose(search));
    CHECK(seen == 7 && SetCurrentDirectoryA(before));
    /* A directory itself is not found with a separator behind its name. */
    {
        static const char *const ends[] = { "many\\", "many/", ".\\", "\\" };

        for (at = 0; at < sizeof ends / sizeof ends[0]; at++) {
            SetLastError(12345);
            CHECK(FindFirstFileA(ends[at], &found) == INVALID_HANDLE_VALUE && GetLastError() == ERROR_FILE_NOT_FOUND);
        }
    }
    for (at = 0; at < sizeof names / sizeof names[0]; at++) {
        snprintf(name, sizeof name, "many\\%s", names[at]);
        CHECK(DeleteFileA(name));
    }
    CHECK(RemoveDirectoryA("many"));
}

static void moving_and_copying(void)
{
    FILETIME old = { 0x12345680, 0x01D00000 }, written;
    DWORD code;
    HANDLE file;

    make("one", "1");
    make("two", "2");
    CHECK(CreateDirectoryA("full", NULL) && CreateDirectoryA("empty", NULL));
    make("full\\inner", "3");
    CHECK(!CopyFileA("missing", "two", TRUE) && GetLastError() == ERROR_FILE_NOT_FOUND);
    CHECK(!CopyFileA("missing\\deep", "two", TRUE) && GetLastError() == ERROR_PATH_NOT_FOUND);
    CHECK(!CopyFileA("one", "two", TRUE) && GetLastError() == ERROR_FILE_EXISTS && holds("two", "2"));
    CHECK(!MoveFileA("one", "two") && GetLastError() == ERROR_ALREADY_EXISTS && holds("two", "2"));
    CHECK(!MoveFileA("one", "empty") && GetLastError() == ERROR_ALREADY_EXISTS);
    CHECK(!MoveFileA("full", "empty") && GetLastError() == ERROR_ALREADY_EXISTS);
    CHECK(!MoveFileExA("full", "empty", MOVEFILE_REPLACE_EXISTING) && GetLastError() == ERROR_ACCESS_DENIED);
    CHECK(!MoveFileExA("full", "two", MOVEFILE_REPLACE_EXISTING) && GetLastError() == ERROR_ACCESS_DENIED);
    CHECK(!MoveFileExA("one", "empty", MOVEFILE_REPLACE_EXISTING) && GetLastError() == ERROR_ACCESS_DENIED);
    CHECK(MoveFileA("full", "full") && MoveFileExA("full", "fuller", MOVEFILE_REPLACE_EXISTING));
    CHECK(MoveFileA("fuller", "full") && holds("full\\inner", "3"));
    /* The time of writing goes with a copy. */
    file = open_as("one", GENERIC_WRITE, OPEN_EXISTING, 0, &code);
    CHECK(SetFileTime(file, NULL, NULL, &old) && CloseHandle(file));
    CHECK(CopyFileA("one", "copy", TRUE) && CopyFileA("one", "two", FALSE) && holds("copy", "1") && holds("two", "1"));
    file = open_as("copy", GENERIC_READ, OPEN_EXISTING, 0, &code);
    CHECK(GetFileTime(file, NULL, NULL, &written) && CloseHandle(file));
    CHECK(written.dwHighDateTime == old.dwHighDateTime && written.dwLowDateTime == old.dwLowDateTime);
#ifndef __MINGW32__
    /* A copy whose source cannot be read to its end does not stay. */
    CHECK(!CopyFileA("/proc/self/mem", "partial", FALSE) && GetLastError() != ERROR_FILE_NOT_FOUND);
    CHECK(GetFileAttributesA("partial") == INVALID_FILE_ATTRIBUTES);
#endif
    CHECK(MoveFileExA("one", "two", MOVEFILE_REPLACE_EXISTING) && !holds("one", "1") && holds("two", "1"));
    CHECK(DeleteFileA("two") && DeleteFileA("copy") && DeleteFileA("full\\inner"));
    CHECK(RemoveDirectoryA("full") && RemoveDirectoryA("empty"));
}

#define ROUNDS 1000

static volatile LONG ready, won, lost, round_now;

static void meet(LONG at)
{
    InterlockedIncrement(&ready);
    while (InterlockedCompareExchange(&ready, 0, 0) < 2 * at)
        SwitchToThread();
}

/* Each gives its own file the same name, by moving in even rounds and by copying in odd ones. */
static DWORD WINAPI rival(void *number)
{
    char own[16];
    LONG at;

    snprintf(own, sizeof own, "own%d", (int)(INT_PTR)number);
    for (at = 1; at <= ROUNDS; at++) {
        BOOL done;

        make(own, own);
        meet(2 * at - 1);
        done = at % 2 == 0 ? MoveFileA(own, "goal") : CopyFileA(own, "goal", TRUE);
        if (done)
            InterlockedIncrement(&won);
        else if (GetLastError() == (DWORD)(at % 2 == 0 ? ERROR_ALREADY_EXISTS : ERROR_FILE_EXISTS))
            InterlockedIncrement(&lost);
        meet(2 * at);
        if (done)
            DeleteFileA("goal");
    }
    DeleteFileA(own);
    return 0;
}

/* Opens a file that another thread makes and removes. */
static DWORD WINAPI remover(void *unused)
{
    (void)unused;
    while (round_now == 0) {
        DWORD code;
        HANDLE file = open_as("fleeting", GENERIC_WRITE, OPEN_ALWAYS, 0, &code);

        if (file != INVALID_HANDLE_VALUE)
            CloseHandle(file);
        DeleteFileA("fleeting");
    }
    return 0;
}

static void at_once(void)
{
    HANDLE threads[2];
    int at;

    for (at = 0; at < 2; at++)
        threads[at] = CreateThread(NULL, 0, rival, (void *)(INT_PTR)at, 0, NULL);
    CHECK(WaitForMultipleObjects(2, threads, TRUE, INFINITE) == WAIT_OBJECT_0);
    for (at = 0; at < 2; at++)
        CHECK(CloseHandle(threads[at]));
    if (won != ROUNDS || lost != ROUNDS)
        printf("of %d rounds %d won and %d lost\n", ROUNDS, (int)won, (int)lost), bad++;
    threads[0] = CreateThread(NULL, 0, remover, NULL, 0, NULL);
    for (at = 0; at < 4000; at++) {
        DWORD code;
        HANDLE file = open_as("fleeting", GENERIC_READ, at % 2 == 0 ? OPEN_ALWAYS : CREATE_ALWAYS, 0, &code);

#ifndef __MINGW32__
        /* Windows may have a name that is going, and refuses it. */
        if (file == INVALID_HANDLE_VALUE)
            printf("attempt %d: %d\n", at, (int)code), bad++, at = 4000;
#endif
        if (file != INVALID_HANDLE_VALUE)
            CHECK(CloseHandle(file));
    }
    round_now = 1;
    CHECK(WaitForSingleObject(threads[0], INFINITE) == WAIT_OBJECT_0 && CloseHandle(threads[0]));
    DeleteFileA("fleeting");
}

int main(void)
{
    ways();
    patterns();
    moving_and_copying();
    at_once();
    return result();
}
