/* Pipes: names that are none, modes and counts that cannot be, ends that are not connected or are no pipes. */
#include "bad.h"

#define NAME "\\\\.\\pipe\\bad pipes"

static void of_none(HANDLE h)
{
    OVERLAPPED overlapped;
    DWORD count = UNTOUCHED, mode = PIPE_READMODE_BYTE;
    char room[8];

    memset(&overlapped, 0, sizeof overlapped);
    FAILS(ConnectNamedPipe(h, NULL), FALSE, ERROR_INVALID_HANDLE);
    FAILS(ConnectNamedPipe(h, &overlapped), FALSE, ERROR_INVALID_HANDLE);
    FAILS(DisconnectNamedPipe(h), FALSE, ERROR_INVALID_HANDLE);
    FAILS(PeekNamedPipe(h, room, sizeof room, &count, NULL, NULL), FALSE, ERROR_INVALID_HANDLE);
    FAILS(TransactNamedPipe(h, room, 1, room, 1, &count, NULL), FALSE, ERROR_INVALID_HANDLE);
    FAILS(SetNamedPipeHandleState(h, &mode, NULL, NULL), FALSE, ERROR_INVALID_HANDLE);
    FAILS(GetNamedPipeHandleStateA(h, &count, NULL, NULL, NULL, NULL, 0), FALSE, ERROR_INVALID_HANDLE);
    FAILS(GetNamedPipeHandleStateW(h, &count, NULL, NULL, NULL, NULL, 0), FALSE, ERROR_INVALID_HANDLE);
    FAILS(GetNamedPipeInfo(h, &count, NULL, NULL, NULL), FALSE, ERROR_INVALID_HANDLE);
    FAILS(GetNamedPipeClientProcessId(h, &count), FALSE, ERROR_INVALID_HANDLE);
    FAILS(GetNamedPipeServerProcessId(h, &count), FALSE, ERROR_INVALID_HANDLE);
    FAILS(GetNamedPipeClientComputerNameA(h, room, sizeof room), FALSE, ERROR_INVALID_HANDLE);
    FAILS(GetNamedPipeClientComputerNameW(h, (WCHAR *)room, sizeof room), FALSE, ERROR_INVALID_HANDLE);
    FAILS(ImpersonateNamedPipeClient(h), FALSE, ERROR_INVALID_HANDLE);
    CHECK(count == UNTOUCHED);
}

static HANDLE made(DWORD access, DWORD mode, DWORD most)
{
    return CreateNamedPipeA(NAME, access, mode, most, 0, 0, 0, NULL);
}

static void arguments(void)
{
    DWORD count;
    char room[8] = "";

    FAILS(made(0, 0, 1), INVALID_HANDLE_VALUE, ERROR_INVALID_PARAMETER);
    FAILS(made(4, 0, 1), INVALID_HANDLE_VALUE, ERROR_INVALID_PARAMETER);
    FAILS(made(PIPE_ACCESS_DUPLEX, 0, 0), INVALID_HANDLE_VALUE, ERROR_INVALID_PARAMETER);
    FAILS(made(PIPE_ACCESS_DUPLEX, 0, 256), INVALID_HANDLE_VALUE, ERROR_INVALID_PARAMETER);
    FAILS(made(PIPE_ACCESS_DUPLEX, 0, ~0u), INVALID_HANDLE_VALUE, ERROR_INVALID_PARAMETER);
    FAILS(made(PIPE_ACCESS_DUPLEX, PIPE_TYPE_BYTE | PIPE_READMODE_MESSAGE, 1), INVALID_HANDLE_VALUE, ERROR_INVALID_PARAMETER);
    FAILS(made(PIPE_ACCESS_DUPLEX, 0x100, 1), INVALID_HANDLE_VALUE, ERROR_INVALID_PARAMETER);
    FAILS(CreateNamedPipeA(NULL, PIPE_ACCESS_DUPLEX, 0, 1, 0, 0, 0, NULL), INVALID_HANDLE_VALUE, ERROR_PATH_NOT_FOUND);
    FAILS(CreateNamedPipeW(NULL, PIPE_ACCESS_DUPLEX, 0, 1, 0, 0, 0, NULL), INVALID_HANDLE_VALUE, ERROR_PATH_NOT_FOUND);
    FAILS(CreateNamedPipeA("no pipe", PIPE_ACCESS_DUPLEX, 0, 1, 0, 0, 0, NULL), INVALID_HANDLE_VALUE, ERROR_INVALID_NAME);
    FAILS(CreateNamedPipeW(wide("\\\\.\\pipe\\"), PIPE_ACCESS_DUPLEX, 0, 1, 0, 0, 0, NULL), INVALID_HANDLE_VALUE, ERROR_INVALID_NAME);
    FAILS(WaitNamedPipeA(NAME, 1), FALSE, ERROR_FILE_NOT_FOUND);
    FAILS(WaitNamedPipeW(wide(NAME), 1), FALSE, ERROR_FILE_NOT_FOUND);
    FAILS(CallNamedPipeA(NAME, room, 1, room, 1, &count, 1), FALSE, ERROR_FILE_NOT_FOUND);
    FAILS(CallNamedPipeW(wide(NAME), room, 1, room, 1, &count, 1), FALSE, ERROR_FILE_NOT_FOUND);
    FAILS(CreateFileA(NAME, GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL), INVALID_HANDLE_VALUE, ERROR_FILE_NOT_FOUND);
    CHECK(!WaitNamedPipeA("no pipe", 1) && !WaitNamedPipeW(wide("no pipe"), 1));
    CHECK(!CallNamedPipeA("no pipe", room, 1, room, 1, &count, 1) && !CallNamedPipeW(wide("no pipe"), room, 1, room, 1, &count, 1));
}

static void ends(void)
{
    HANDLE server = made(PIPE_ACCESS_DUPLEX, PIPE_TYPE_BYTE, 1), client, file;
    DWORD count = UNTOUCHED, mode = 8;
    char room[8] = "x";

    CHECK(server != INVALID_HANDLE_VALUE);
    FAILS(made(PIPE_ACCESS_DUPLEX, PIPE_TYPE_BYTE, 1), INVALID_HANDLE_VALUE, ERROR_PIPE_BUSY);
    FAILS(GetNamedPipeClientProcessId(server, &count), FALSE, ERROR_PIPE_LISTENING);
    FAILS(PeekNamedPipe(server, room, 1, &count, NULL, NULL), FALSE, ERROR_BAD_PIPE);
    FAILS(WriteFile(server, room, 1, &count, NULL), FALSE, ERROR_PIPE_LISTENING);
    FAILS(ReadFile(server, room, 1, &count, NULL), FALSE, ERROR_PIPE_LISTENING);
    client = CreateFileA(NAME, GENERIC_READ | GENERIC_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);
    CHECK(client != INVALID_HANDLE_VALUE);
    FAILS(CreateFileW(wide(NAME), GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL), INVALID_HANDLE_VALUE, ERROR_PIPE_BUSY);
    FAILS(WaitNamedPipeA(NAME, 1), FALSE, ERROR_SEM_TIMEOUT);
    FAILS(WaitNamedPipeW(wide(NAME), 1), FALSE, ERROR_SEM_TIMEOUT);
    FAILS(CallNamedPipeA(NAME, room, 1, room, 1, &count, NMPWAIT_NOWAIT), FALSE, ERROR_PIPE_BUSY);
    FAILS(ConnectNamedPipe(server, NULL), FALSE, ERROR_PIPE_CONNECTED);
    FAILS(ConnectNamedPipe(client, NULL), FALSE, ERROR_INVALID_FUNCTION);
    FAILS(DisconnectNamedPipe(client), FALSE, ERROR_INVALID_FUNCTION);
    FAILS(SetNamedPipeHandleState(client, &mode, NULL, NULL), FALSE, ERROR_INVALID_PARAMETER);
    mode = PIPE_READMODE_MESSAGE;
    FAILS(SetNamedPipeHandleState(client, &mode, NULL, NULL), FALSE, ERROR_INVALID_PARAMETER);
    FAILS(TransactNamedPipe(client, room, 1, room, 1, &count, NULL), FALSE, ERROR_BAD_PIPE);
    FAILS(GetNamedPipeClientComputerNameA(server, room, sizeof room), FALSE, ERROR_PIPE_LOCAL);
    FAILS(GetNamedPipeClientComputerNameW(server, (WCHAR *)room, 4), FALSE, ERROR_PIPE_LOCAL);
    FAILS(ImpersonateNamedPipeClient(server), FALSE, ERROR_CANNOT_IMPERSONATE);
    close_file(client);
    FAILS(ConnectNamedPipe(server, NULL), FALSE, ERROR_NO_DATA);
    FAILS(ReadFile(server, room, 1, &count, NULL), FALSE, ERROR_BROKEN_PIPE);
    FAILS(WriteFile(server, room, 1, &count, NULL), FALSE, ERROR_NO_DATA);
    CHECK(DisconnectNamedPipe(server));
    FAILS(DisconnectNamedPipe(server), FALSE, ERROR_PIPE_NOT_CONNECTED);
    FAILS(PeekNamedPipe(server, room, 1, &count, NULL, NULL), FALSE, ERROR_BAD_PIPE);
    FAILS(ReadFile(server, room, 1, &count, NULL), FALSE, ERROR_PIPE_NOT_CONNECTED);
    CHECK(CloseHandle(server));
    of_none(server);

    file = CreateFileA("no pipe.txt", GENERIC_READ | GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
    CHECK(!ConnectNamedPipe(file, NULL) && !DisconnectNamedPipe(file) && !PeekNamedPipe(file, room, 1, &count, NULL, NULL));
    CHECK(!TransactNamedPipe(file, room, 1, room, 1, &count, NULL) && !GetNamedPipeInfo(file, &count, NULL, NULL, NULL));
    CHECK(!GetNamedPipeHandleStateA(file, &count, NULL, NULL, NULL, NULL, 0) && !SetNamedPipeHandleState(file, &mode, NULL, NULL));
    CHECK(!GetNamedPipeServerProcessId(file, &count));
    close_file(file);
    CHECK(DeleteFileA("no pipe.txt"));
}

#ifndef __MINGW32__
static void addresses(void *p)
{
    HANDLE ends[2] = { NULL, NULL }, server = made(PIPE_ACCESS_DUPLEX, PIPE_TYPE_MESSAGE | PIPE_READMODE_MESSAGE, 1), client;
    DWORD *d = (DWORD *)p, count;
    char room[8];

    FAILS(CreatePipe((HANDLE *)p, &ends[0], NULL, 0), FALSE, ERROR_NOACCESS);
    FAILS(CreatePipe(&ends[1], (HANDLE *)p, NULL, 0), FALSE, ERROR_NOACCESS);
    CHECK(ends[0] == NULL && ends[1] == NULL);
    client = CreateFileA(NAME, GENERIC_READ | GENERIC_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);
    CHECK(client != INVALID_HANDLE_VALUE);
    FAILS(GetNamedPipeInfo(client, d, d, d, d), p == NULL, p == NULL ? UNTOUCHED : ERROR_NOACCESS);
    FAILS(GetNamedPipeHandleStateA(client, d, NULL, NULL, NULL, NULL, 0), p == NULL, p == NULL ? UNTOUCHED : ERROR_NOACCESS);
    FAILS(GetNamedPipeHandleStateW(client, NULL, d, NULL, NULL, NULL, 0), p == NULL, p == NULL ? UNTOUCHED : ERROR_NOACCESS);
    FAILS(GetNamedPipeServerProcessId(client, d), FALSE, ERROR_NOACCESS);
    FAILS(GetNamedPipeClientProcessId(server, d), FALSE, ERROR_NOACCESS);
    if (p != NULL) {
        FAILS(CreatePipe(&ends[0], &ends[1], (SECURITY_ATTRIBUTES *)p, 0), FALSE, ERROR_NOACCESS);
        FAILS(SetNamedPipeHandleState(client, d, NULL, NULL), FALSE, ERROR_NOACCESS);
        FAILS(PeekNamedPipe(server, NULL, 0, d, NULL, NULL), FALSE, ERROR_NOACCESS);
        FAILS(PeekNamedPipe(server, NULL, 0, NULL, d, NULL), FALSE, ERROR_NOACCESS);
        FAILS(CreateNamedPipeA((char *)p, PIPE_ACCESS_DUPLEX, 0, 1, 0, 0, 0, NULL), INVALID_HANDLE_VALUE, ERROR_NOACCESS);
        FAILS(CreateNamedPipeW((WCHAR *)p, PIPE_ACCESS_DUPLEX, 0, 1, 0, 0, 0, NULL), INVALID_HANDLE_VALUE, ERROR_NOACCESS);
        FAILS(WaitNamedPipeA((char *)p, 1), FALSE, ERROR_NOACCESS);
        FAILS(WaitNamedPipeW((WCHAR *)p, 1), FALSE, ERROR_NOACCESS);
        FAILS(CallNamedPipeA((char *)p, room, 1, room, 1, &count, 1), FALSE, ERROR_NOACCESS);
        FAILS(CallNamedPipeW((WCHAR *)p, room, 1, room, 1, &count, 1), FALSE, ERROR_NOACCESS);
    }
    CHECK(CloseHandle(client) && CloseHandle(server));
}
#endif

int main(void)
{
    with_others(of_none, KINDS);
    arguments();
    ends();
#ifndef __MINGW32__
    {
        int which;
        addresses(NULL);
        for (which = 0; which < NO_ADDRESSES; which++)
            addresses(no_address(which));
    }
#endif
    CHECK(RevertToSelf());
    return result();
}
