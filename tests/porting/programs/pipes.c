/* Pipes with a name, in the ways in which programs use them: instances and their states, bytes and messages, calls that wait and
   calls that end later, other processes. Each check has the code that Windows' documentation has for it. */
#include <windows.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHECK(what) \
    do { \
        if (!(what)) { \
            printf("line %d: %s, last error %lu\n", __LINE__, #what, (unsigned long)GetLastError()); \
            exit(1); \
        } \
    } while (0)
#define FAILS(what, code) CHECK(!(what) && GetLastError() == (code))
#define BOTH (GENERIC_READ | GENERIC_WRITE)

static char base[64];

static const char *name(const char *suffix)
{
    static char text[4][160];
    static int next;
    next = (next + 1) % 4;
    snprintf(text[next], sizeof text[next], "\\\\.\\pipe\\%s-%s", base, suffix);
    return text[next];
}

static HANDLE make(const char *pipe, DWORD open, DWORD mode, DWORD most)
{
    return CreateNamedPipeA(pipe, open, mode, most, 4096, 2048, 0, NULL);
}

static HANDLE reach(const char *pipe, DWORD access, DWORD flags)
{
    return CreateFileA(pipe, access, 0, NULL, OPEN_EXISTING, flags, NULL);
}

static HANDLE event(void)
{
    HANDLE made = CreateEventA(NULL, TRUE, FALSE, NULL);
    CHECK(made != NULL);
    return made;
}

static void arguments(void)
{
    static const struct { DWORD open, mode, most, code; } rows[] = {
        { 0, 0, 1, ERROR_INVALID_PARAMETER },
        { PIPE_ACCESS_DUPLEX | 0x10, 0, 1, ERROR_INVALID_PARAMETER },
        { PIPE_ACCESS_DUPLEX, PIPE_READMODE_MESSAGE, 1, ERROR_INVALID_PARAMETER },
        { PIPE_ACCESS_DUPLEX, 0x100, 1, ERROR_INVALID_PARAMETER },
        { PIPE_ACCESS_DUPLEX, 0, 0, ERROR_INVALID_PARAMETER },
        { PIPE_ACCESS_DUPLEX, 0, 256, ERROR_INVALID_PARAMETER },
    };
    HANDLE one, file;
    DWORD number = 0;
    size_t at;
    for (at = 0; at < sizeof rows / sizeof rows[0]; at++) {
        SetLastError(0);
        one = make(name("bad"), rows[at].open, rows[at].mode, rows[at].most);
        if (one != INVALID_HANDLE_VALUE || GetLastError() != rows[at].code) {
            printf("row %u: %lu\n", (unsigned)at, (unsigned long)GetLastError());
            exit(1);
        }
    }
    FAILS(make("\\\\.\\pipe\\", PIPE_ACCESS_DUPLEX, 0, 1) != INVALID_HANDLE_VALUE, ERROR_INVALID_NAME);
    FAILS(make("pipe", PIPE_ACCESS_DUPLEX, 0, 1) != INVALID_HANDLE_VALUE, ERROR_INVALID_NAME);
    FAILS(reach(name("none"), BOTH, 0) != INVALID_HANDLE_VALUE, ERROR_FILE_NOT_FOUND);
    FAILS(WaitNamedPipeA(name("none"), 1), ERROR_FILE_NOT_FOUND);
    FAILS(CallNamedPipeA(name("none"), "x", 1, &number, sizeof number, &number, NMPWAIT_NOWAIT), ERROR_FILE_NOT_FOUND);
    FAILS(WaitNamedPipeA(NULL, 1), ERROR_PATH_NOT_FOUND);
    FAILS(reach("\\\\elsewhere\\pipe\\x", BOTH, 0) != INVALID_HANDLE_VALUE, ERROR_BAD_NETPATH);
    FAILS(ConnectNamedPipe(INVALID_HANDLE_VALUE, NULL), ERROR_INVALID_HANDLE);
    FAILS(DisconnectNamedPipe(NULL), ERROR_INVALID_HANDLE);
    FAILS(GetNamedPipeInfo((HANDLE)0x7ffff000, &number, NULL, NULL, NULL), ERROR_INVALID_HANDLE);
    file = CreateFileA("pipes.tmp", BOTH, 0, NULL, CREATE_ALWAYS, FILE_FLAG_DELETE_ON_CLOSE, NULL);
    CHECK(file != INVALID_HANDLE_VALUE);
    FAILS(ConnectNamedPipe(file, NULL), ERROR_INVALID_FUNCTION);
    /* What any file could be asked, and a pipe is. */
    number = PIPE_READMODE_BYTE;
    FAILS(SetNamedPipeHandleState(file, &number, NULL, NULL), ERROR_INVALID_PARAMETER);
    FAILS(SetNamedPipeHandleState(file, NULL, NULL, NULL), ERROR_INVALID_PARAMETER);
    FAILS(GetNamedPipeHandleStateA(file, &number, NULL, NULL, NULL, NULL, 0), ERROR_INVALID_PARAMETER);
    FAILS(GetNamedPipeInfo(file, &number, NULL, NULL, NULL), ERROR_INVALID_PARAMETER);
    CHECK(CloseHandle(file));
}

/* How many instances there may be, and which of them a client can come to. */
static void instances(void)
{
    const char *pipe = name("Instances");
    HANDLE one, two, client, other;
    DWORD flags, out, in, most, count, mode;
    one = make(pipe, PIPE_ACCESS_DUPLEX | FILE_FLAG_FIRST_PIPE_INSTANCE, PIPE_TYPE_BYTE, 2);
    CHECK(one != INVALID_HANDLE_VALUE);
    CHECK(GetFileType(one) == FILE_TYPE_PIPE);
    FAILS(make(pipe, PIPE_ACCESS_DUPLEX | FILE_FLAG_FIRST_PIPE_INSTANCE, 0, 2) != INVALID_HANDLE_VALUE,
          ERROR_ACCESS_DENIED);
    FAILS(make(pipe, PIPE_ACCESS_INBOUND, 0, 2) != INVALID_HANDLE_VALUE, ERROR_ACCESS_DENIED);
    FAILS(make(pipe, PIPE_ACCESS_DUPLEX, PIPE_TYPE_MESSAGE, 2) != INVALID_HANDLE_VALUE, ERROR_ACCESS_DENIED);
    two = make(name("iNSTANCES"), PIPE_ACCESS_DUPLEX, 0, 2);
    CHECK(two != INVALID_HANDLE_VALUE);
    FAILS(make(pipe, PIPE_ACCESS_DUPLEX, 0, 2) != INVALID_HANDLE_VALUE, ERROR_PIPE_BUSY);
    CHECK(GetNamedPipeInfo(one, &flags, &out, &in, &most));
    CHECK(flags == PIPE_SERVER_END && out == 4096 && in == 2048 && most == 2);
    CHECK(GetNamedPipeHandleStateA(one, &mode, &count, NULL, NULL, NULL, 0));
    CHECK(mode == 0 && count == 2);
    CHECK(WaitNamedPipeA(pipe, 1));
    client = reach(pipe, BOTH, 0);
    other = reach(pipe, BOTH, 0);
    CHECK(client != INVALID_HANDLE_VALUE && other != INVALID_HANDLE_VALUE);
    FAILS(reach(pipe, BOTH, 0) != INVALID_HANDLE_VALUE, ERROR_PIPE_BUSY);
    FAILS(WaitNamedPipeA(pipe, 20), ERROR_SEM_TIMEOUT);
    FAILS(WaitNamedPipeA(pipe, NMPWAIT_USE_DEFAULT_WAIT), ERROR_SEM_TIMEOUT);
    CHECK(GetNamedPipeInfo(client, &flags, NULL, NULL, NULL) && flags == PIPE_CLIENT_END);
    CHECK(GetNamedPipeHandleStateA(client, NULL, &count, NULL, NULL, NULL, 0) && count == 2);
    CHECK(GetNamedPipeClientProcessId(one, &count) && count == GetCurrentProcessId());
    CHECK(GetNamedPipeServerProcessId(client, &count) && count == GetCurrentProcessId());
    FAILS(ConnectNamedPipe(one, NULL), ERROR_PIPE_CONNECTED);
    FAILS(ConnectNamedPipe(client, NULL), ERROR_INVALID_FUNCTION);
    FAILS(DisconnectNamedPipe(client), ERROR_INVALID_FUNCTION);
    CHECK(CloseHandle(client));
    /* The client has gone: before the next one this one is to be cut off. */
    FAILS(ConnectNamedPipe(one, NULL), ERROR_NO_DATA);
    FAILS(reach(pipe, BOTH, 0) != INVALID_HANDLE_VALUE, ERROR_PIPE_BUSY);
    CHECK(DisconnectNamedPipe(one));
    FAILS(DisconnectNamedPipe(one), ERROR_PIPE_NOT_CONNECTED);
    FAILS(reach(pipe, BOTH, 0) != INVALID_HANDLE_VALUE, ERROR_PIPE_BUSY);
    CHECK(CloseHandle(one) && CloseHandle(two) && CloseHandle(other));
    FAILS(CloseHandle(one), ERROR_INVALID_HANDLE);
    FAILS(reach(pipe, BOTH, 0) != INVALID_HANDLE_VALUE, ERROR_FILE_NOT_FOUND);
}

/* Directions: PIPE_ACCESS_INBOUND goes from the client to the server. */
static void directions(void)
{
    const char *pipe = name("in");
    HANDLE server = make(pipe, PIPE_ACCESS_INBOUND, 0, 1), client;
    char byte = 'x';
    DWORD moved;
    CHECK(server != INVALID_HANDLE_VALUE);
    FAILS(ReadFile(server, &byte, 1, &moved, NULL), ERROR_PIPE_LISTENING);
    FAILS(reach(pipe, BOTH, 0) != INVALID_HANDLE_VALUE, ERROR_ACCESS_DENIED);
    FAILS(reach(pipe, GENERIC_READ, 0) != INVALID_HANDLE_VALUE, ERROR_ACCESS_DENIED);
    client = reach(pipe, GENERIC_WRITE, 0);
    CHECK(client != INVALID_HANDLE_VALUE);
    FAILS(ReadFile(client, &byte, 1, &moved, NULL), ERROR_ACCESS_DENIED);
    FAILS(WriteFile(server, &byte, 1, &moved, NULL), ERROR_ACCESS_DENIED);
    CHECK(WriteFile(client, "y", 1, &moved, NULL) && moved == 1);
    CHECK(ReadFile(server, &byte, 1, &moved, NULL) && moved == 1 && byte == 'y');
    CHECK(CloseHandle(client));
    FAILS(ReadFile(server, &byte, 1, &moved, NULL), ERROR_BROKEN_PIPE);
    CHECK(CloseHandle(server));
}

static void bytes(void)
{
    const char *pipe = name("bytes");
    HANDLE server = make(pipe, PIPE_ACCESS_DUPLEX, PIPE_TYPE_BYTE, PIPE_UNLIMITED_INSTANCES), client;
    char room[16];
    DWORD moved, there, left, mode = PIPE_READMODE_MESSAGE;
    CHECK(server != INVALID_HANDLE_VALUE);
    FAILS(WriteFile(server, "x", 1, &moved, NULL), ERROR_PIPE_LISTENING);
    FAILS(PeekNamedPipe(server, NULL, 0, NULL, &there, NULL), ERROR_BAD_PIPE);
    FAILS(GetNamedPipeClientProcessId(server, &there), ERROR_PIPE_LISTENING);
    client = reach(pipe, BOTH, 0);
    CHECK(client != INVALID_HANDLE_VALUE);
    FAILS(SetNamedPipeHandleState(client, &mode, NULL, NULL), ERROR_INVALID_PARAMETER);
    FAILS(ImpersonateNamedPipeClient(server), ERROR_CANNOT_IMPERSONATE);
    CHECK(WriteFile(client, "one", 3, &moved, NULL) && moved == 3);
    CHECK(WriteFile(client, "two", 3, &moved, NULL) && moved == 3);
    CHECK(PeekNamedPipe(server, room, 4, &moved, &there, &left) && moved == 4 && there == 6 && left == 0);
    CHECK(memcmp(room, "onet", 4) == 0);
    FAILS(ReadFile(server, (void *)8, 6, &moved, NULL), ERROR_NOACCESS);
    FAILS(ReadFile(server, room, 16, NULL, NULL), ERROR_NOACCESS);
    FAILS(WriteFile(server, (void *)8, 6, &moved, NULL), ERROR_NOACCESS);
    CHECK(ReadFile(server, room, 16, &moved, NULL) && moved == 6 && memcmp(room, "onetwo", 6) == 0);
    CHECK(ImpersonateNamedPipeClient(server) && RevertToSelf());
    CHECK(PeekNamedPipe(server, room, 4, &moved, &there, NULL) && moved == 0 && there == 0);
    FAILS(TransactNamedPipe(client, "x", 1, room, 1, &moved, NULL), ERROR_BAD_PIPE);
    mode = PIPE_NOWAIT;
    CHECK(SetNamedPipeHandleState(server, &mode, NULL, NULL));
    CHECK(GetNamedPipeHandleStateA(server, &mode, NULL, NULL, NULL, room, 0) == FALSE);
    CHECK(GetNamedPipeHandleStateA(server, &mode, NULL, NULL, NULL, NULL, 0) && mode == PIPE_NOWAIT);
    FAILS(ReadFile(server, room, 1, &moved, NULL), ERROR_NO_DATA);
    /* What is written stays when its writer has gone. */
    CHECK(WriteFile(client, "last", 4, &moved, NULL) && CloseHandle(client));
    CHECK(ReadFile(server, room, 16, &moved, NULL) && moved == 4 && memcmp(room, "last", 4) == 0);
    FAILS(ReadFile(server, room, 16, &moved, NULL), ERROR_BROKEN_PIPE);
    FAILS(PeekNamedPipe(server, NULL, 0, NULL, &there, NULL), ERROR_BROKEN_PIPE);
    FAILS(WriteFile(server, "x", 1, &moved, NULL), ERROR_NO_DATA);
    CHECK(DisconnectNamedPipe(server));
    /* PIPE_NOWAIT: the first call says that a client may come. */
    CHECK(ConnectNamedPipe(server, NULL));
    FAILS(ConnectNamedPipe(server, NULL), ERROR_PIPE_LISTENING);
    client = reach(pipe, BOTH, 0);
    CHECK(client != INVALID_HANDLE_VALUE);
    FAILS(ConnectNamedPipe(server, NULL), ERROR_PIPE_CONNECTED);
    CHECK(CloseHandle(client) && CloseHandle(server));
}

/* DisconnectNamedPipe takes away what was not read, and the client learns it; FlushFileBuffers waits for its reader. */
static DWORD WINAPI reader(void *client)
{
    char room[8];
    DWORD moved = 0;
    Sleep(30);
    CHECK(ReadFile((HANDLE)client, room, 8, &moved, NULL) && moved == 5);
    return 7;
}

static void cut_off(void)
{
    const char *pipe = name("cut");
    HANDLE server = make(pipe, PIPE_ACCESS_DUPLEX, 0, 1), client, thread;
    char room[8];
    DWORD moved, code;
    client = reach(pipe, BOTH, 0);
    CHECK(server != INVALID_HANDLE_VALUE && client != INVALID_HANDLE_VALUE);
    CHECK(WriteFile(server, "lost", 4, &moved, NULL));
    CHECK(DisconnectNamedPipe(server));
    FAILS(ReadFile(client, room, 8, &moved, NULL), ERROR_PIPE_NOT_CONNECTED);
    FAILS(WriteFile(client, room, 8, &moved, NULL), ERROR_PIPE_NOT_CONNECTED);
    FAILS(PeekNamedPipe(client, NULL, 0, NULL, &moved, NULL), ERROR_BAD_PIPE);
    FAILS(ReadFile(server, room, 8, &moved, NULL), ERROR_PIPE_NOT_CONNECTED);
    FAILS(GetNamedPipeClientProcessId(server, &moved), ERROR_PIPE_NOT_CONNECTED);
    CHECK(CloseHandle(client) && CloseHandle(server));
    server = make(pipe, PIPE_ACCESS_DUPLEX, 0, 1);
    client = reach(pipe, BOTH, 0);
    CHECK(client != INVALID_HANDLE_VALUE && WriteFile(server, "taken", 5, &moved, NULL));
    thread = CreateThread(NULL, 0, reader, client, 0, NULL);
    CHECK(FlushFileBuffers(server));
    CHECK(DisconnectNamedPipe(server));
    CHECK(WaitForSingleObject(thread, INFINITE) == WAIT_OBJECT_0 && GetExitCodeThread(thread, &code) && code == 7);
    FAILS(ReadFile(client, room, 8, &moved, NULL), ERROR_PIPE_NOT_CONNECTED);
    CHECK(CloseHandle(thread) && CloseHandle(client));
    /* A server that only closes leaves what it has written. */
    CHECK(CloseHandle(server));
    server = make(pipe, PIPE_ACCESS_DUPLEX, 0, 1);
    client = reach(pipe, BOTH, 0);
    CHECK(WriteFile(server, "left", 4, &moved, NULL) && CloseHandle(server));
    CHECK(ReadFile(client, room, 8, &moved, NULL) && moved == 4);
    FAILS(ReadFile(client, room, 8, &moved, NULL), ERROR_BROKEN_PIPE);
    FAILS(WriteFile(client, room, 8, &moved, NULL), ERROR_NO_DATA);
    CHECK(CloseHandle(client));
}

static void messages(void)
{
    const char *pipe = name("messages");
    HANDLE server = make(pipe, PIPE_ACCESS_DUPLEX, PIPE_TYPE_MESSAGE | PIPE_READMODE_MESSAGE, 1), client;
    static char large[100000], back[100000];
    char room[16];
    DWORD moved, there, left, mode = PIPE_READMODE_MESSAGE, flags, at;
    client = reach(pipe, BOTH, 0);
    CHECK(server != INVALID_HANDLE_VALUE && client != INVALID_HANDLE_VALUE);
    CHECK(GetNamedPipeInfo(client, &flags, NULL, NULL, NULL) && flags == PIPE_TYPE_MESSAGE);
    CHECK(WriteFile(client, "abcdef", 6, &moved, NULL) && moved == 6);
    CHECK(WriteFile(client, "", 0, &moved, NULL) && moved == 0);
    CHECK(WriteFile(client, "gh", 2, &moved, NULL) && moved == 2);
    CHECK(PeekNamedPipe(server, room, 2, &moved, &there, &left) && moved == 2 && there == 8 && left == 4);
    FAILS(ReadFile(server, room, 4, &moved, NULL), ERROR_MORE_DATA);
    CHECK(moved == 4 && memcmp(room, "abcd", 4) == 0);
    CHECK(PeekNamedPipe(server, room, 16, &moved, &there, &left) && moved == 2 && there == 4 && left == 0);
    CHECK(ReadFile(server, room, 16, &moved, NULL) && moved == 2 && memcmp(room, "ef", 2) == 0);
    CHECK(ReadFile(server, room, 16, &moved, NULL) && moved == 0);
    CHECK(ReadFile(server, room, 16, &moved, NULL) && moved == 2 && memcmp(room, "gh", 2) == 0);
    /* The client's end reads bytes until it says otherwise. */
    CHECK(WriteFile(server, "abc", 3, &moved, NULL) && WriteFile(server, "def", 3, &moved, NULL));
    CHECK(ReadFile(client, room, 2, &moved, NULL) && moved == 2 && memcmp(room, "ab", 2) == 0);
    CHECK(ReadFile(client, room, 16, &moved, NULL) && moved == 4 && memcmp(room, "cdef", 4) == 0);
    CHECK(SetNamedPipeHandleState(client, &mode, NULL, NULL));
    FAILS(SetNamedPipeHandleState(client, &mode, &mode, NULL), ERROR_INVALID_PARAMETER);
    CHECK(WriteFile(server, "abc", 3, &moved, NULL));
    FAILS(TransactNamedPipe(client, "?", 1, room, 16, &moved, NULL), ERROR_PIPE_BUSY);
    CHECK(ReadFile(client, room, 16, &moved, NULL) && moved == 3);
    for (at = 0; at < sizeof large; at++)
        large[at] = (char)(at * 7);
    CHECK(WriteFile(client, large, sizeof large, &moved, NULL) && moved == sizeof large);
    FAILS(ReadFile(server, back, 70000, &moved, NULL), ERROR_MORE_DATA);
    CHECK(moved == 70000);
    CHECK(ReadFile(server, back + 70000, 30000, &moved, NULL) && moved == 30000);
    CHECK(memcmp(large, back, sizeof large) == 0);
    CHECK(WriteFile(client, "", 0, &moved, NULL) && CloseHandle(client));
    CHECK(ReadFile(server, room, 16, &moved, NULL) && moved == 0);
    FAILS(ReadFile(server, room, 16, &moved, NULL), ERROR_BROKEN_PIPE);
    CHECK(CloseHandle(server));
}

/* One instance after the other for each client, a thread for each: the server of a transaction. */
static DWORD WINAPI answer(void *given)
{
    HANDLE server = (HANDLE)given;
    char room[32];
    DWORD moved, at;
    while (ReadFile(server, room, sizeof room, &moved, NULL)) {
        for (at = 0; at < moved; at++)
            room[at] = (char)(room[at] + 1);
        CHECK(WriteFile(server, room, moved, &moved, NULL));
    }
    CHECK(GetLastError() == ERROR_BROKEN_PIPE);
    FlushFileBuffers(server);
    CHECK(DisconnectNamedPipe(server) && CloseHandle(server));
    return 0;
}

static DWORD WINAPI serve(void *count)
{
    HANDLE threads[8];
    int served;
    for (served = 0; served < *(int *)count; served++) {
        HANDLE server = make(name("answers"), PIPE_ACCESS_DUPLEX, PIPE_TYPE_MESSAGE | PIPE_READMODE_MESSAGE | PIPE_WAIT,
                             PIPE_UNLIMITED_INSTANCES);
        CHECK(server != INVALID_HANDLE_VALUE);
        CHECK(ConnectNamedPipe(server, NULL) || GetLastError() == ERROR_PIPE_CONNECTED);
        threads[served] = CreateThread(NULL, 0, answer, server, 0, NULL);
        CHECK(threads[served] != NULL);
    }
    for (served = 0; served < *(int *)count; served++)
        CHECK(WaitForSingleObject(threads[served], INFINITE) == WAIT_OBJECT_0 && CloseHandle(threads[served]));
    return 0;
}

static void transactions(void)
{
    const char *pipe = name("answers");
    int count = 3;
    HANDLE thread = CreateThread(NULL, 0, serve, &count, 0, NULL), client;
    char room[32];
    DWORD moved, mode = PIPE_READMODE_MESSAGE;
    for (;;) {
        client = reach(pipe, BOTH, 0);
        if (client != INVALID_HANDLE_VALUE)
            break;
        CHECK(GetLastError() == ERROR_FILE_NOT_FOUND || GetLastError() == ERROR_PIPE_BUSY);
        Sleep(1);
    }
    CHECK(SetNamedPipeHandleState(client, &mode, NULL, NULL));
    CHECK(TransactNamedPipe(client, "HAL", 3, room, sizeof room, &moved, NULL) && moved == 3);
    CHECK(memcmp(room, "IBM", 3) == 0);
    FAILS(TransactNamedPipe(client, "abcd", 4, room, 2, &moved, NULL), ERROR_MORE_DATA);
    CHECK(moved == 2 && ReadFile(client, room + 2, 30, &moved, NULL) && moved == 2 && memcmp(room, "bcde", 4) == 0);
    while (!CallNamedPipeA(pipe, "abc", 3, room, sizeof room, &moved, NMPWAIT_WAIT_FOREVER))
        CHECK(GetLastError() == ERROR_FILE_NOT_FOUND);
    CHECK(moved == 3 && memcmp(room, "bcd", 3) == 0);
    while (CallNamedPipeA(pipe, "abc", 3, room, 1, &moved, 1000) || GetLastError() != ERROR_MORE_DATA)
        CHECK(GetLastError() == ERROR_FILE_NOT_FOUND);
    CHECK(moved == 1 && room[0] == 'b');
    CHECK(CloseHandle(client));
    CHECK(WaitForSingleObject(thread, INFINITE) == WAIT_OBJECT_0 && CloseHandle(thread));
}

/* Operations that end later: by event, by the handle, by port, by routine, cancelled, closed. */
static void by_event(void)
{
    const char *pipe = name("event");
    HANDLE server = make(pipe, PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED, 0, 1), client;
    OVERLAPPED connect, read, write;
    static char large[2000000], back[2000000];
    char room[16];
    DWORD moved, got, at;
    memset(&connect, 0, sizeof connect);
    memset(&read, 0, sizeof read);
    memset(&write, 0, sizeof write);
    connect.hEvent = event();
    read.hEvent = event();
    FAILS(ConnectNamedPipe(server, &connect), ERROR_IO_PENDING);
    FAILS(GetOverlappedResult(server, &connect, &moved, FALSE), ERROR_IO_INCOMPLETE);
    CHECK(WaitForSingleObject(connect.hEvent, 0) == WAIT_TIMEOUT);
    CHECK(CancelIo(server) && GetOverlappedResult(server, &connect, &moved, TRUE) == FALSE);
    CHECK(GetLastError() == ERROR_OPERATION_ABORTED);
    FAILS(ConnectNamedPipe(server, &connect), ERROR_IO_PENDING);
    client = reach(pipe, BOTH, FILE_FLAG_OVERLAPPED);
    CHECK(client != INVALID_HANDLE_VALUE);
    CHECK(WaitForSingleObject(connect.hEvent, INFINITE) == WAIT_OBJECT_0);
    CHECK(GetOverlappedResult(server, &connect, &moved, FALSE));
    FAILS(ConnectNamedPipe(server, &connect), ERROR_PIPE_CONNECTED);
    FAILS(ReadFile(server, room, sizeof room, NULL, &read), ERROR_IO_PENDING);
    CHECK(WaitForSingleObject(read.hEvent, 0) == WAIT_TIMEOUT);
    CHECK(WriteFile(client, "later", 5, &moved, &write) || GetLastError() == ERROR_IO_PENDING);
    CHECK(GetOverlappedResult(client, &write, &moved, TRUE) && moved == 5);
    CHECK(GetOverlappedResult(server, &read, &moved, TRUE) && moved == 5 && memcmp(room, "later", 5) == 0);
    CHECK(WriteFile(client, "now", 3, &moved, &write));
    /* What has come already is read at once, or while another end is told of. */
    CHECK(ReadFile(server, room, sizeof room, NULL, &read) || GetLastError() == ERROR_IO_PENDING);
    CHECK(WaitForSingleObject(read.hEvent, INFINITE) == WAIT_OBJECT_0);
    CHECK(GetOverlappedResult(server, &read, &moved, FALSE) && moved == 3);
    /* More than fits: it is written as it is read. The handle is signalled at the end. */
    for (at = 0; at < sizeof large; at++)
        large[at] = (char)(at % 251);
    FAILS(WriteFile(client, large, sizeof large, NULL, &write), ERROR_IO_PENDING);
    for (at = 0; at < sizeof back; at += got) {
        if (!ReadFile(server, back + at, sizeof back - at, NULL, &read))
            CHECK(GetLastError() == ERROR_IO_PENDING);
        CHECK(GetOverlappedResult(server, &read, &got, TRUE) && got > 0);
    }
    CHECK(GetOverlappedResult(client, &write, &moved, TRUE) && moved == sizeof large);
    CHECK(memcmp(large, back, sizeof large) == 0);
    /* Two reads: in their order. CancelIoEx ends one. */
    FAILS(ReadFile(server, room, 1, NULL, &read), ERROR_IO_PENDING);
    FAILS(ReadFile(server, room + 1, 1, NULL, &connect), ERROR_IO_PENDING);
    CHECK(CancelIoEx(server, &read));
    FAILS(GetOverlappedResult(server, &read, &moved, TRUE), ERROR_OPERATION_ABORTED);
    FAILS(CancelIoEx(server, &read), ERROR_NOT_FOUND);
    FAILS(ReadFile(server, room, 1, NULL, &read), ERROR_IO_PENDING);
    CHECK(WriteFile(client, "12", 2, &moved, &write));
    CHECK(GetOverlappedResult(server, &connect, &moved, TRUE) && GetOverlappedResult(server, &read, &moved, TRUE));
    CHECK(room[0] == '2' && room[1] == '1');
    /* The other end closes; then this one is cut off; then closed. */
    FAILS(ReadFile(server, room, 1, NULL, &read), ERROR_IO_PENDING);
    CHECK(CloseHandle(client));
    FAILS(GetOverlappedResult(server, &read, &moved, TRUE), ERROR_BROKEN_PIPE);
    CHECK(DisconnectNamedPipe(server));
    FAILS(ConnectNamedPipe(server, &connect), ERROR_IO_PENDING);
    CHECK(DisconnectNamedPipe(server));
    FAILS(GetOverlappedResult(server, &connect, &moved, TRUE), ERROR_PIPE_NOT_CONNECTED);
    FAILS(ConnectNamedPipe(server, &connect), ERROR_IO_PENDING);
    CHECK(CloseHandle(server));
    CHECK(WaitForSingleObject(connect.hEvent, INFINITE) == WAIT_OBJECT_0);
    CHECK(connect.Internal == 0xC000014B);
    CHECK(CloseHandle(connect.hEvent) && CloseHandle(read.hEvent));
}

static void by_port(void)
{
    const char *pipe = name("port");
    HANDLE server = make(pipe, PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED, PIPE_TYPE_MESSAGE | PIPE_READMODE_MESSAGE, 1);
    HANDLE port = CreateIoCompletionPort(server, NULL, 77, 0), client, blocking;
    OVERLAPPED one, two, *told;
    char room[4];
    DWORD moved;
    ULONG_PTR key;
    memset(&one, 0, sizeof one);
    memset(&two, 0, sizeof two);
    CHECK(port != NULL);
    FAILS(CreateIoCompletionPort(server, port, 78, 0) != NULL, ERROR_INVALID_PARAMETER);
    blocking = make(name("blocking"), PIPE_ACCESS_DUPLEX, 0, 1);
    FAILS(CreateIoCompletionPort(blocking, port, 78, 0) != NULL, ERROR_INVALID_PARAMETER);
    CHECK(CloseHandle(blocking));
    FAILS(ConnectNamedPipe(server, &one), ERROR_IO_PENDING);
    client = reach(pipe, BOTH, 0);
    CHECK(GetQueuedCompletionStatus(port, &moved, &key, &told, INFINITE) && key == 77 && told == &one && moved == 0);
    FAILS(ReadFile(server, room, 4, NULL, &one), ERROR_IO_PENDING);
    CHECK(WriteFile(client, "abcdef", 6, &moved, NULL));
    FAILS(GetQueuedCompletionStatus(port, &moved, &key, &told, INFINITE), ERROR_MORE_DATA);
    CHECK(told == &one && moved == 4);
    CHECK(ReadFile(server, room, 4, NULL, &two) || GetLastError() == ERROR_IO_PENDING);
    CHECK(GetQueuedCompletionStatus(port, &moved, &key, &told, INFINITE) && told == &two && moved == 2);
    CHECK(SetFileCompletionNotificationModes(server, FILE_SKIP_COMPLETION_PORT_ON_SUCCESS));
    /* While another end is told of, this one is no end at once. */
    while (!WriteFile(server, "x", 1, &moved, &two)) {
        CHECK(GetLastError() == ERROR_IO_PENDING);
        CHECK(GetQueuedCompletionStatus(port, &moved, &key, &told, INFINITE) && told == &two);
    }
    FAILS(GetQueuedCompletionStatus(port, &moved, &key, &told, 0), WAIT_TIMEOUT);
    FAILS(ReadFile(server, room, 4, NULL, &one), ERROR_IO_PENDING);
    CHECK(CancelIoEx(server, NULL));
    FAILS(GetQueuedCompletionStatus(port, &moved, &key, &told, INFINITE), ERROR_OPERATION_ABORTED);
    CHECK(told == &one);
    CHECK(CloseHandle(client) && CloseHandle(server) && CloseHandle(port));
}

static DWORD routine_code, routine_bytes;
static OVERLAPPED *routine_told;

static void WINAPI routine(DWORD code, DWORD moved, OVERLAPPED *told)
{
    routine_code = code;
    routine_bytes = moved;
    routine_told = told;
}

static void by_routine(void)
{
    const char *pipe = name("routine");
    HANDLE server = make(pipe, PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED, 0, 1), client = reach(pipe, BOTH, 0), file;
    OVERLAPPED one;
    char room[8];
    DWORD moved;
    memset(&one, 0, sizeof one);
    CHECK(ReadFileEx(server, room, sizeof room, &one, routine));
    CHECK(SleepEx(0, TRUE) == 0 && routine_told == NULL);
    CHECK(WriteFile(client, "abc", 3, &moved, NULL));
    CHECK(SleepEx(INFINITE, TRUE) == WAIT_IO_COMPLETION && routine_told == &one && routine_code == 0 && routine_bytes == 3);
    CHECK(WriteFileEx(server, "de", 2, &one, routine));
    CHECK(SleepEx(INFINITE, TRUE) == WAIT_IO_COMPLETION && routine_bytes == 2);
    FAILS(ReadFileEx(client, room, 1, &one, routine), ERROR_INVALID_PARAMETER);
    CHECK(ReadFileEx(server, room, sizeof room, &one, routine) && CloseHandle(client));
    CHECK(SleepEx(INFINITE, TRUE) == WAIT_IO_COMPLETION && routine_code == ERROR_BROKEN_PIPE);
    CHECK(CloseHandle(server));
    file = CreateFileA("pipes.tmp", BOTH, 0, NULL, CREATE_ALWAYS, FILE_FLAG_DELETE_ON_CLOSE | FILE_FLAG_OVERLAPPED, NULL);
    one.Offset = one.OffsetHigh = 0;
    CHECK(file != INVALID_HANDLE_VALUE && WriteFileEx(file, "0123456", 7, &one, routine));
    CHECK(SleepEx(INFINITE, TRUE) == WAIT_IO_COMPLETION && routine_code == 0 && routine_bytes == 7);
    one.Offset = 5;
    CHECK(ReadFileEx(file, room, 8, &one, routine));
    CHECK(SleepEx(INFINITE, TRUE) == WAIT_IO_COMPLETION && routine_bytes == 2 && memcmp(room, "56", 2) == 0);
    one.Offset = 7;
    FAILS(ReadFileEx(file, room, 8, &one, routine), ERROR_HANDLE_EOF);
    CHECK(CloseHandle(file));
}

/* A call that waits ends when another thread cuts the client off; and a duplicate stands for the same end. */
static DWORD WINAPI waits(void *server)
{
    CHECK(!ConnectNamedPipe((HANDLE)server, NULL));
    return GetLastError();
}

static void beside(void)
{
    const char *pipe = name("beside");
    HANDLE server = make(pipe, PIPE_ACCESS_DUPLEX, 0, 1), other, client, thread;
    HANDLE self = GetCurrentProcess();
    char room[4];
    DWORD code, moved;
    CHECK(DuplicateHandle(self, server, self, &other, 0, FALSE, DUPLICATE_SAME_ACCESS));
    thread = CreateThread(NULL, 0, waits, server, 0, NULL);
    /* It may not have begun to wait yet. */
    while (WaitForSingleObject(thread, 1) == WAIT_TIMEOUT)
        CHECK(DisconnectNamedPipe(other) || GetLastError() == ERROR_PIPE_NOT_CONNECTED);
    CHECK(GetExitCodeThread(thread, &code));
    CHECK(code == ERROR_PIPE_NOT_CONNECTED && CloseHandle(thread));
    CHECK(CloseHandle(server));
    code = PIPE_NOWAIT;
    CHECK(SetNamedPipeHandleState(other, &code, NULL, NULL) && ConnectNamedPipe(other, NULL));
    client = reach(pipe, BOTH, 0);
    CHECK(client != INVALID_HANDLE_VALUE && WriteFile(client, "x", 1, &moved, NULL));
    CHECK(ReadFile(other, room, 4, &moved, NULL) && moved == 1);
    CHECK(DuplicateHandle(self, other, self, &server, 0, FALSE, DUPLICATE_SAME_ACCESS | DUPLICATE_CLOSE_SOURCE));
    CHECK(WriteFile(server, "y", 1, &moved, NULL) && ReadFile(client, room, 4, &moved, NULL) && room[0] == 'y');
    FAILS(CloseHandle(other), ERROR_INVALID_HANDLE);
    CHECK(CloseHandle(server));
    FAILS(ReadFile(client, room, 4, &moved, NULL), ERROR_BROKEN_PIPE);
    CHECK(CloseHandle(client));
}

/* Other processes: one that opens the pipe by its name, one that has got an end, one that dies with its instance. */
static void child(const char *what)
{
    char room[16];
    DWORD moved = 0, mode = PIPE_READMODE_MESSAGE;
    if (strcmp(what, "client") == 0) {
        HANDLE pipe = reach(name("process"), BOTH, 0);
        CHECK(pipe != INVALID_HANDLE_VALUE && SetNamedPipeHandleState(pipe, &mode, NULL, NULL));
        CHECK(TransactNamedPipe(pipe, "hello", 5, room, sizeof room, &moved, NULL) && moved == 3);
        ExitProcess(memcmp(room, "you", 3) == 0 ? 3 : 1);
    } else if (strcmp(what, "given") == 0) {
        HANDLE in = GetStdHandle(STD_INPUT_HANDLE);
        CHECK(ReadFile(in, room, sizeof room, &moved, NULL) && moved == 4 && memcmp(room, "take", 4) == 0);
        CHECK(WriteFile(in, "given", 5, &moved, NULL) && moved == 5);
        CHECK(!ReadFile(in, room, sizeof room, &moved, NULL) && GetLastError() == ERROR_BROKEN_PIPE);
        ExitProcess(4);
    } else {
        CHECK(make(name("dies"), PIPE_ACCESS_DUPLEX, 0, 1) != INVALID_HANDLE_VALUE);
        TerminateProcess(GetCurrentProcess(), 5);
    }
    exit(1);
}

static HANDLE begin(const char *program, const char *what, HANDLE in)
{
    STARTUPINFOA startup;
    PROCESS_INFORMATION told;
    char line[600];
    memset(&startup, 0, sizeof startup);
    startup.cb = sizeof startup;
    if (in != NULL) {
        startup.dwFlags = STARTF_USESTDHANDLES;
        startup.hStdInput = in;
        startup.hStdOutput = GetStdHandle(STD_OUTPUT_HANDLE);
        startup.hStdError = GetStdHandle(STD_ERROR_HANDLE);
    }
    snprintf(line, sizeof line, "\"%s\" %s %s", program, base, what);
    CHECK(CreateProcessA(NULL, line, NULL, NULL, in != NULL, 0, NULL, NULL, &startup, &told));
    CloseHandle(told.hThread);
    return told.hProcess;
}

static DWORD ended(HANDLE process)
{
    DWORD code = 0;
    CHECK(WaitForSingleObject(process, INFINITE) == WAIT_OBJECT_0 && GetExitCodeProcess(process, &code));
    CHECK(CloseHandle(process));
    return code;
}

static void processes(const char *program)
{
    SECURITY_ATTRIBUTES inherit;
    HANDLE server = make(name("process"), PIPE_ACCESS_DUPLEX, PIPE_TYPE_MESSAGE | PIPE_READMODE_MESSAGE, 1), process, client;
    char room[16];
    DWORD moved, id;
    process = begin(program, "client", NULL);
    CHECK(ConnectNamedPipe(server, NULL) || GetLastError() == ERROR_PIPE_CONNECTED);
    CHECK(ReadFile(server, room, sizeof room, &moved, NULL) && moved == 5 && memcmp(room, "hello", 5) == 0);
    CHECK(GetNamedPipeClientProcessId(server, &id) && id == GetProcessId(process));
    CHECK(WriteFile(server, "you", 3, &moved, NULL));
    CHECK(ended(process) == 3);
    CHECK(CloseHandle(server));
    server = make(name("given"), PIPE_ACCESS_DUPLEX, 0, 1);
    memset(&inherit, 0, sizeof inherit);
    inherit.nLength = sizeof inherit;
    inherit.bInheritHandle = TRUE;
    client = CreateFileA(name("given"), BOTH, 0, &inherit, OPEN_EXISTING, 0, NULL);
    CHECK(client != INVALID_HANDLE_VALUE && GetHandleInformation(client, &id) && id == HANDLE_FLAG_INHERIT);
    CHECK(GetHandleInformation(server, &id) && id == 0);
    CHECK(WriteFile(server, "take", 4, &moved, NULL));
    process = begin(program, "given", client);
    CHECK(CloseHandle(client));
    CHECK(ReadFile(server, room, sizeof room, &moved, NULL) && moved == 5 && memcmp(room, "given", 5) == 0);
    CHECK(CloseHandle(server));
    CHECK(ended(process) == 4);
    /* What a process leaves that dies is not there any more. */
    process = begin(program, "dies", NULL);
    CHECK(ended(process) == 5);
    FAILS(reach(name("dies"), BOTH, 0) != INVALID_HANDLE_VALUE, ERROR_FILE_NOT_FOUND);
    server = make(name("dies"), PIPE_ACCESS_INBOUND | FILE_FLAG_FIRST_PIPE_INSTANCE, PIPE_TYPE_MESSAGE, 1);
    CHECK(server != INVALID_HANDLE_VALUE && CloseHandle(server));
}

static DWORD WINAPI closer(LPVOID pipe)
{
    return CloseHandle(pipe) ? 1 : 0;
}

/* Of two threads that close a handle one does, and what is opened meanwhile stays open. */
static void closers(void)
{
    HANDLE both[2], server, files[3];
    DWORD done[2];
    int round, at;
    for (round = 0; round < 200; round++) {
        server = make(name("closers"), PIPE_ACCESS_DUPLEX, PIPE_TYPE_BYTE, 1);
        CHECK(server != INVALID_HANDLE_VALUE);
        for (at = 0; at < 2; at++)
            both[at] = CreateThread(NULL, 0, closer, server, 0, NULL);
        WaitForMultipleObjects(2, both, FALSE, INFINITE);
        if (WaitForSingleObject(both[0], 0) == WAIT_OBJECT_0 && WaitForSingleObject(both[1], 0) == WAIT_OBJECT_0) {
            for (at = 0; at < 3; at++)
                files[at] = CreateFileA("NUL", GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL);
            for (at = 0; at < 3; at++)
                CHECK(CloseHandle(files[at]));
        }
        WaitForMultipleObjects(2, both, TRUE, INFINITE);
        for (at = 0; at < 2; at++) {
            CHECK(GetExitCodeThread(both[at], &done[at]));
            CloseHandle(both[at]);
        }
        CHECK(done[0] + done[1] == 1);
    }
}

static void wide(void)
{
    WCHAR pipe[64], user[64];
    HANDLE server, client;
    size_t at;
    DWORD moved;
    const char *narrow = name("wide");
    for (at = 0; narrow[at] != 0; at++)
        pipe[at] = narrow[at] == '\\' ? '/' : (WCHAR)narrow[at];
    pipe[at] = 0;
    server = CreateNamedPipeW(pipe, PIPE_ACCESS_DUPLEX, PIPE_TYPE_MESSAGE, 1, 0, 0, 100, NULL);
    CHECK(server != INVALID_HANDLE_VALUE && WaitNamedPipeW(pipe, NMPWAIT_USE_DEFAULT_WAIT));
    client = CreateFileW(pipe, BOTH, 0, NULL, OPEN_EXISTING, 0, NULL);
    CHECK(client != INVALID_HANDLE_VALUE);
    FAILS(CallNamedPipeW(pipe, NULL, 0, NULL, 0, &moved, NMPWAIT_NOWAIT), ERROR_PIPE_BUSY);
    FAILS(GetNamedPipeClientComputerNameA(server, NULL, 0), ERROR_PIPE_LOCAL);
    FAILS(GetNamedPipeClientComputerNameW(server, user, 64), ERROR_PIPE_LOCAL);
    CHECK(GetNamedPipeHandleStateW(server, NULL, NULL, NULL, NULL, user, 64) || GetLastError() == ERROR_NO_SUCH_USER);
    FAILS(GetNamedPipeHandleStateW(client, NULL, NULL, NULL, NULL, user, 64), ERROR_INVALID_PARAMETER);
    CHECK(CloseHandle(client) && CloseHandle(server));
}

int main(int argc, char **argv)
{
    if (argc == 3) {
        snprintf(base, sizeof base, "%s", argv[1]);
        child(argv[2]);
    }
    snprintf(base, sizeof base, "ws2-test-%lu", (unsigned long)GetCurrentProcessId());
    arguments();
    instances();
    directions();
    bytes();
    cut_off();
    messages();
    transactions();
    by_event();
    by_port();
    by_routine();
    beside();
    processes(argv[0]);
    closers();
    wide();
    puts("good");
    return 0;
}
