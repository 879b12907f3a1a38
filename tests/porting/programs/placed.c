/* Reading and writing at places, and what is told where it fails: counts, last errors, results. And the standard handles that a program
   has set, in the programs that it starts. */
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "loopback.h"

static HANDLE made(const char *name, DWORD flags)
{
    HANDLE file = CreateFileA(name, GENERIC_READ | GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, flags, NULL);

    CHECK(file != INVALID_HANDLE_VALUE);
    return file;
}

static OVERLAPPED place(DWORD low, DWORD high)
{
    OVERLAPPED at;

    memset(&at, 0, sizeof at);
    at.Offset = low;
    at.OffsetHigh = high;
    return at;
}

static DWORD position(HANDLE file)
{
    return SetFilePointer(file, 0, NULL, FILE_CURRENT);
}

static void places(void)
{
    HANDLE file = made("places", 0);
    OVERLAPPED at = place(4, 0);
    DWORD moved = 77;
    char text[16];

    CHECK(WriteFile(file, "0123456789", 10, &moved, NULL) && moved == 10 && position(file) == 10);
    /* The position is behind what was moved. */
    CHECK(ReadFile(file, text, 3, &moved, &at) && moved == 3 && memcmp(text, "456", 3) == 0 && position(file) == 7);
    CHECK(ReadFile(file, text, 1, &moved, NULL) && text[0] == '7');
    at = place(1, 0);
    CHECK(WriteFile(file, "ab", 2, &moved, &at) && moved == 2 && position(file) == 3);
    /* At the end. */
    at = place(0xFFFFFFFF, 0xFFFFFFFF);
    CHECK(WriteFile(file, "end", 3, &moved, &at) && moved == 3 && GetFileSize(file, NULL) == 13 && position(file) == 13);
    at = place(0xFFFFFFFF, 0xFFFFFFFF);
    CHECK(WriteFile(file, "!", 1, NULL, &at) && GetFileSize(file, NULL) == 14 && at.Internal == 0 && at.InternalHigh == 1);
    at = place(0, 0);
    CHECK(ReadFile(file, text, 16, &moved, &at) && moved == 14 && memcmp(text, "0ab3456789end!", 14) == 0);
    /* Behind the end: the result says so, too. */
    at = place(14, 0);
    moved = 77;
    CHECK(!ReadFile(file, text, 16, &moved, &at) && GetLastError() == ERROR_HANDLE_EOF && moved == 0);
    CHECK(at.Internal == 0xC0000011u && at.InternalHigh == 0);
    moved = 77;
    SetLastError(0);
    CHECK(!GetOverlappedResult(file, &at, &moved, FALSE) && GetLastError() == ERROR_HANDLE_EOF && moved == 0);
    CHECK(CloseHandle(file));
    /* A file that was opened with FILE_FLAG_OVERLAPPED has a position that stays, as its duplicates have. */
    {
        HANDLE same;
        HANDLE own = GetCurrentProcess();

        file = CreateFileA("places", GENERIC_READ | GENERIC_WRITE, 0, NULL, OPEN_EXISTING, FILE_FLAG_OVERLAPPED, NULL);
        CHECK(DuplicateHandle(own, file, own, &same, 0, FALSE, DUPLICATE_SAME_ACCESS));
        at = place(4, 0);
        CHECK(ReadFile(same, text, 3, NULL, &at) || GetOverlappedResult(same, &at, &moved, TRUE));
        CHECK(position(file) == 0 && CloseHandle(same) && CloseHandle(file));
    }
    CHECK(DeleteFileA("places"));
}

/* A count is 0 at first, and may be left out. */
static void counts(void)
{
    HANDLE file = made("counts", 0), directory;
    DWORD moved;
    char text[4] = "abc";

    moved = 77;
    CHECK(!ReadFile(INVALID_HANDLE_VALUE, text, 1, &moved, NULL) && GetLastError() == ERROR_INVALID_HANDLE && moved == 0);
    moved = 77;
    CHECK(!WriteFile(INVALID_HANDLE_VALUE, text, 1, &moved, NULL) && GetLastError() == ERROR_INVALID_HANDLE && moved == 0);
#ifndef __MINGW32__
    CHECK(WriteFile(file, "12", 2, NULL, NULL) && GetFileSize(file, NULL) == 2);
    CHECK(SetFilePointer(file, 0, NULL, FILE_BEGIN) == 0 && ReadFile(file, text, 2, NULL, NULL) && memcmp(text, "12", 2) == 0);
#endif
    moved = 77;
    CHECK(!WriteFile(file, (void *)8, 16, &moved, NULL) && GetLastError() == ERROR_INVALID_USER_BUFFER && moved == 0);
    CHECK(WriteFile(file, "12", 2, &moved, NULL) && SetFilePointer(file, 0, NULL, FILE_BEGIN) == 0);
    moved = 77;
    CHECK(!ReadFile(file, (void *)8, 16, &moved, NULL) && GetLastError() == ERROR_NOACCESS && moved == 0);
    CHECK(CloseHandle(file));
    file = CreateFileA("counts", GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL);
    moved = 77;
    CHECK(!WriteFile(file, text, 1, &moved, NULL) && GetLastError() == ERROR_ACCESS_DENIED && moved == 0);
    CHECK(CloseHandle(file) && DeleteFileA("counts"));
    directory = CreateFileA(".", GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, NULL);
    moved = 77;
    CHECK(!ReadFile(directory, text, 1, &moved, NULL) && GetLastError() == ERROR_INVALID_FUNCTION && moved == 0);
    CHECK(CloseHandle(directory));
}

/* What waits in a pipe is its size; a socket is none. */
static void pipes(void)
{
    HANDLE read, write, server, client;
    LARGE_INTEGER size;
    struct sockaddr_in at;
    SOCKET listener = bound(SOCK_STREAM, &at);
    DWORD moved;

    CHECK(CreatePipe(&read, &write, NULL, 0) && WriteFile(write, "12345", 5, &moved, NULL));
    CHECK(GetFileSize(read, NULL) == 5 && GetFileSizeEx(read, &size) && size.QuadPart == 5);
    CHECK(GetFileSizeEx(write, &size) && size.QuadPart == 0);
    CHECK(CloseHandle(read) && CloseHandle(write));
    server = CreateNamedPipeA("\\\\.\\pipe\\ws2 placed", PIPE_ACCESS_DUPLEX, PIPE_TYPE_BYTE, 1, 4096, 4096, 0, NULL);
    client = CreateFileA("\\\\.\\pipe\\ws2 placed", GENERIC_READ | GENERIC_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);
    CHECK(client != INVALID_HANDLE_VALUE && WriteFile(client, "123", 3, &moved, NULL));
    CHECK(GetFileSize(server, NULL) == 3 && GetFileSizeEx(client, &size) && size.QuadPart == 0);
    CHECK(CloseHandle(client) && CloseHandle(server));
    CHECK(!PeekNamedPipe((HANDLE)listener, NULL, 0, NULL, &moved, NULL) && GetLastError() == ERROR_INVALID_FUNCTION);
    CHECK(!GetFileSizeEx((HANDLE)listener, &size) && GetLastError() == ERROR_INVALID_FUNCTION);
    CHECK(closesocket(listener) == 0);
}

static DWORD WINAPI reads_some(void *pipe)
{
    static char room[1000];
    DWORD got = 0;

    CHECK(ReadFile(pipe, room, sizeof room, &got, NULL) && got > 0);
    CHECK(CloseHandle(pipe));
    return 0;
}

/* Who reads goes while it is written. */
static void reader_that_goes(void)
{
    static char much[1 << 20];
    HANDLE read, write, thread;
    DWORD moved = 77;

    CHECK(CreatePipe(&read, &write, NULL, 0));
    thread = CreateThread(NULL, 0, reads_some, read, 0, NULL);
    CHECK(!WriteFile(write, much, sizeof much, &moved, NULL) && moved < sizeof much);
    CHECK(GetLastError() == ERROR_NO_DATA || GetLastError() == ERROR_BROKEN_PIPE);
    CHECK(WaitForSingleObject(thread, INFINITE) == WAIT_OBJECT_0 && CloseHandle(thread) && CloseHandle(write));
}

/* A program that is started writes to what this one has set as its standard output. */
static void standard_handles(const char *own)
{
    HANDLE before = GetStdHandle(STD_OUTPUT_HANDLE), read, write;
    SECURITY_ATTRIBUTES inherited = { sizeof inherited, NULL, TRUE };
    STARTUPINFOA startup;
    PROCESS_INFORMATION child;
    char line[2 * MAX_PATH], text[32] = "";
    DWORD got = 0, all = 0;

    CHECK(CreatePipe(&read, &write, &inherited, 0) && SetHandleInformation(read, HANDLE_FLAG_INHERIT, 0));
    CHECK(SetStdHandle(STD_OUTPUT_HANDLE, write));
    snprintf(line, sizeof line, "\"%s\" child", own);
    memset(&startup, 0, sizeof startup);
    startup.cb = sizeof startup;
    CHECK(CreateProcessA(NULL, line, NULL, NULL, TRUE, 0, NULL, NULL, &startup, &child));
    CHECK(SetStdHandle(STD_OUTPUT_HANDLE, before) && CloseHandle(write));
    while (ReadFile(read, text + all, sizeof text - 1 - all, &got, NULL) && got > 0)
        all += got;
    CHECK(strcmp(text, "from the child") == 0);
    CHECK(WaitForSingleObject(child.hProcess, INFINITE) == WAIT_OBJECT_0);
    CHECK(CloseHandle(child.hProcess) && CloseHandle(child.hThread) && CloseHandle(read));
    /* What is set and was closed since is not handed out. */
    CHECK(SetStdHandle(STD_OUTPUT_HANDLE, before));
}

int main(int argc, char **argv)
{
    WSADATA data;

    if (argc > 1) {
        printf("from the child");
        return 0;
    }
    CHECK(WSAStartup(MAKEWORD(2, 2), &data) == 0);
    places();
    counts();
    pipes();
    reader_that_goes();
    standard_handles(argv[0]);
    CHECK(WSACleanup() == 0);
    return result();
}
