/* Polls of the device of Windows' driver for sockets: what holds of a socket in each state, ends of every kind, and arguments that make no
   sense. */
#include "afd.h"

static HANDLE device, event;

/* What holds of a socket, of all that there is to tell; waits up to a second for it. The handle's status goes to `last`. */
static NTSTATUS last;

static ULONG holds(SOCKET s, ULONG asked)
{
    struct poll poll;
    IO_STATUS_BLOCK block;
    NTSTATUS status;

    ask(&poll, s, asked, -10000000);
    memset(&block, 0xCC, sizeof(block));
    status = nt_control(device, event, NULL, NULL, &block, POLL_COMMAND, &poll, SIZE(1), &poll, SIZE(1));
    if (status == NOT_YET) {
        CHECK(WaitForSingleObject(event, 20000) == 0);
        status = block.Status;
    }
    CHECK(WaitForSingleObject(event, 0) == 0);
    CHECK(status == block.Status);
    CHECK(poll.timeout.QuadPart == -10000000);
    if (status == TIMED_OUT) {
        CHECK(poll.count == 0 && block.Information == SIZE(0));
        return 0;
    }
    CHECK(status == SUCCESS && poll.count == 1 && block.Information == SIZE(1));
    CHECK(poll.sockets[0].socket == (HANDLE)s);
    last = poll.sockets[0].status;
    return poll.sockets[0].events;
}

#define HOLDS(s, asked, expected)                                                               \
    do {                                                                                        \
        ULONG found_ = holds(s, asked);                                                         \
        if (found_ != (ULONG)(expected)) {                                                      \
            printf("%s:%d: %s holds %#x, not %#x\n", __FILE__, __LINE__, #s, (unsigned)found_, \
                   (unsigned)(expected));                                                       \
            bad++;                                                                              \
        }                                                                                       \
    } while (0)

/* Begins a poll that cannot end at once. */
static void begin(HANDLE file, struct poll *poll, IO_STATUS_BLOCK *block, SOCKET s, ULONG events, LONGLONG timeout)
{
    ask(poll, s, events, timeout);
    block->Status = NOT_YET;
    CHECK(nt_control(file, event, NULL, NULL, block, POLL_COMMAND, poll, SIZE(1), poll, SIZE(1)) == NOT_YET);
    CHECK(WaitForSingleObject(event, 0) == WAIT_TIMEOUT);
}

static void ended_at(int line, const IO_STATUS_BLOCK *block, const struct poll *poll, NTSTATUS status, ULONG events)
{
    int before = bad;

    CHECK(WaitForSingleObject(event, 20000) == 0);
    CHECK(block->Status == status);
    if (events != 0) {
        CHECK(block->Information == SIZE(1) && poll->count == 1);
        CHECK(poll->sockets[0].events == events && poll->sockets[0].status == SUCCESS);
    } else if (status != CANCELLED) {
        CHECK(block->Information == SIZE(0) && poll->count == 0);
    } else {
        CHECK(block->Information == 0);
    }
    if (bad != before)
        printf("of line %d: %#x, %u of %#x\n", line, (unsigned)block->Status, (unsigned)poll->count,
               (unsigned)poll->sockets[0].events);
}

#define ended(block, poll, status, events) ended_at(__LINE__, block, poll, status, events)

static void streams(void)
{
    struct sockaddr_in address;
    SOCKET listener = bound(SOCK_STREAM, &address), client, server;
    static char block[1 << 20];
    u_long on = 1;
    int one = 1, last_sent;
    IO_STATUS_BLOCK io;
    struct poll poll;
    struct linger hard = {1, 0};

    client = socket(AF_INET, SOCK_STREAM, 0);
    HOLDS(client, POLL_ALL & ~POLL_SEND, 0);
    begin(device, &poll, &io, listener, POLL_ALL, NEVER);
    CHECK(connect(client, (struct sockaddr *)&address, sizeof(address)) == 0);
    ended(&io, &poll, SUCCESS, POLL_ACCEPT);
    /* PL11. */
    HOLDS(listener, POLL_ALL, POLL_ACCEPT);
    HOLDS(listener, POLL_ALL & ~POLL_ACCEPT, 0);
    server = accept(listener, NULL, NULL);
    CHECK(ioctlsocket(server, FIONBIO, &on) == 0 && ioctlsocket(client, FIONBIO, &on) == 0);
    HOLDS(client, POLL_ALL, POLL_SEND | POLL_CONNECT);
    HOLDS(server, POLL_ALL, POLL_SEND | POLL_CONNECT);

    /* Data, and a poll that waits for it: PL4, PL5. */
    begin(device, &poll, &io, client, POLL_RECEIVE | POLL_EXPEDITED, NEVER);
    CHECK(send(server, "data", 5, 0) == 5);
    ended(&io, &poll, SUCCESS, POLL_RECEIVE);
    HOLDS(client, POLL_ALL, POLL_SEND | POLL_CONNECT | POLL_RECEIVE);
    CHECK(recv(client, block, 1, 0) == 1);
    HOLDS(client, POLL_RECEIVE, POLL_RECEIVE);
    CHECK(recv(client, block, 4, 0) == 4);
    HOLDS(client, POLL_RECEIVE, 0);

    /* An urgent byte: PL6. */
    begin(device, &poll, &io, server, POLL_EXPEDITED, NEVER);
    CHECK(send(client, "u", 1, MSG_OOB) == 1);
    ended(&io, &poll, SUCCESS, POLL_EXPEDITED);
    HOLDS(server, POLL_ALL, POLL_SEND | POLL_CONNECT | POLL_EXPEDITED);
    CHECK(recv(server, block, 1, MSG_OOB) == 1 && block[0] == 'u');
    HOLDS(server, POLL_ALL, POLL_SEND | POLL_CONNECT);
    CHECK(setsockopt(server, SOL_SOCKET, SO_OOBINLINE, (char *)&one, sizeof(one)) == 0);
    CHECK(send(client, "v", 1, MSG_OOB) == 1);
    HOLDS(server, POLL_RECEIVE, POLL_RECEIVE);
    HOLDS(server, POLL_ALL, POLL_SEND | POLL_CONNECT | POLL_RECEIVE);
    CHECK(recv(server, block, 8, 0) == 1);

    /* No room, and room again: PL7. */
    while ((last_sent = send(server, block, sizeof(block), 0)) > 0)
        ;
    CHECK(WSAGetLastError() == WSAEWOULDBLOCK);
    HOLDS(server, POLL_ALL, POLL_CONNECT);
    begin(device, &poll, &io, server, POLL_SEND, NEVER);
    while (WaitForSingleObject(event, 0) == WAIT_TIMEOUT) {
        int got = recv(client, block, sizeof(block), 0);

        CHECK(got > 0 || WSAGetLastError() == WSAEWOULDBLOCK);
        if (got <= 0)
            HOLDS(client, POLL_RECEIVE, POLL_RECEIVE);
    }
    ended(&io, &poll, SUCCESS, POLL_SEND);
    while (recv(client, block, sizeof(block), 0) > 0 || holds(client, POLL_RECEIVE) != 0)
        ;

    /* The peer's end: PL8. */
    CHECK(shutdown(client, SD_RECEIVE) == 0);
    HOLDS(client, POLL_ALL, POLL_SEND | POLL_CONNECT);
    begin(device, &poll, &io, server, POLL_DISCONNECT | POLL_ABORT, NEVER);
    CHECK(shutdown(client, SD_SEND) == 0);
    ended(&io, &poll, SUCCESS, POLL_DISCONNECT);
    HOLDS(client, POLL_ALL, POLL_SEND | POLL_CONNECT);
    HOLDS(server, POLL_ALL, POLL_SEND | POLL_CONNECT | POLL_DISCONNECT);
    closesocket(client);
    closesocket(server);

    /* Data, and the end behind it. */
    client = socket(AF_INET, SOCK_STREAM, 0);
    CHECK(connect(client, (struct sockaddr *)&address, sizeof(address)) == 0);
    server = accept(listener, NULL, NULL);
    CHECK(send(client, "data", 5, 0) == 5 && shutdown(client, SD_SEND) == 0);
    HOLDS(server, POLL_DISCONNECT, POLL_DISCONNECT);
    HOLDS(server, POLL_ALL, POLL_SEND | POLL_CONNECT | POLL_RECEIVE | POLL_DISCONNECT);

    /* Closed meanwhile, also where nothing is asked for: PL14. */
    begin(device, &poll, &io, client, 0, NEVER);
    CHECK(closesocket(client) == 0);
    ended(&io, &poll, SUCCESS, POLL_LOCAL_CLOSE);
    CHECK(poll.sockets[0].socket == (HANDLE)client);
    closesocket(server);

    /* A reset: PL9. */
    client = socket(AF_INET, SOCK_STREAM, 0);
    CHECK(connect(client, (struct sockaddr *)&address, sizeof(address)) == 0);
    server = accept(listener, NULL, NULL);
    begin(device, &poll, &io, client, POLL_ALL & ~(POLL_SEND | POLL_CONNECT), NEVER);
    CHECK(setsockopt(server, SOL_SOCKET, SO_LINGER, (char *)&hard, sizeof(hard)) == 0 && closesocket(server) == 0);
    ended(&io, &poll, SUCCESS, POLL_ABORT);
    HOLDS(client, POLL_ALL, POLL_SEND | POLL_CONNECT | POLL_ABORT);
    closesocket(client);

    /* Connected while it waits: PL10, PL13. */
    client = socket(AF_INET, SOCK_STREAM, 0);
    begin(device, &poll, &io, client, POLL_ALL, NEVER);
    CHECK(connect(client, (struct sockaddr *)&address, sizeof(address)) == 0);
    ended(&io, &poll, SUCCESS, POLL_SEND | POLL_CONNECT);
    closesocket(client);
    closesocket(listener);
}

/* PL12. */
static void refused(void)
{
    struct sockaddr_in address;
    SOCKET listener = bound(SOCK_STREAM, &address), client;
    u_long on = 1;
    IO_STATUS_BLOCK io;
    struct poll poll;
    int code = 0, length = sizeof(code);

    /* Nobody listens there any more. */
    closesocket(listener);
    client = socket(AF_INET, SOCK_STREAM, 0);
    CHECK(ioctlsocket(client, FIONBIO, &on) == 0);
    begin(device, &poll, &io, client, POLL_ALL, NEVER);
    CHECK(connect(client, (struct sockaddr *)&address, sizeof(address)) == SOCKET_ERROR);
    CHECK(WSAGetLastError() == WSAEWOULDBLOCK);
    CHECK(WaitForSingleObject(event, 20000) == 0);
    CHECK(io.Status == SUCCESS && poll.count == 1 && poll.sockets[0].events == POLL_CONNECT_FAIL);
    CHECK(poll.sockets[0].status == REFUSED);
    HOLDS(client, POLL_ALL, POLL_CONNECT_FAIL);
    CHECK(last == REFUSED);
    CHECK(getsockopt(client, SOL_SOCKET, SO_ERROR, (char *)&code, &length) == 0 && code == WSAECONNREFUSED);
    closesocket(client);
}

/* PL5, PL7, PL10. */
static void datagrams(void)
{
    struct sockaddr_in address, other;
    SOCKET client, server = bound(SOCK_DGRAM, &address);
    IO_STATUS_BLOCK io;
    struct poll poll;
    char byte;

    client = bound(SOCK_DGRAM, &other);
    HOLDS(client, POLL_ALL, POLL_SEND);
    HOLDS(server, POLL_ALL, POLL_SEND);
    begin(device, &poll, &io, server, POLL_ALL & ~POLL_SEND, NEVER);
    CHECK(sendto(client, "d", 1, 0, (struct sockaddr *)&address, sizeof(address)) == 1);
    ended(&io, &poll, SUCCESS, POLL_RECEIVE);
    HOLDS(server, POLL_ALL, POLL_SEND | POLL_RECEIVE);
    CHECK(recv(server, &byte, 1, 0) == 1);
    HOLDS(server, POLL_ALL, POLL_SEND);
    begin(device, &poll, &io, client, POLL_CONNECT, NEVER);
    CHECK(connect(client, (struct sockaddr *)&address, sizeof(address)) == 0);
    ended(&io, &poll, SUCCESS, POLL_CONNECT);
    closesocket(client);
    closesocket(server);
}

/* Data that an overlapped receive waits for is not a poll's. */
static void beside_operations(void)
{
    SOCKET client, server;
    IO_STATUS_BLOCK io;
    struct poll poll;
    OVERLAPPED overlapped;
    char byte;
    WSABUF buffer;
    DWORD flags = 0, got = 0;

    connected(&client, &server);
    memset(&overlapped, 0, sizeof(overlapped));
    overlapped.hEvent = CreateEventA(NULL, TRUE, FALSE, NULL);
    begin(device, &poll, &io, server, POLL_RECEIVE, NEVER);
    buffer.buf = &byte;
    buffer.len = 1;
    CHECK(WSARecv(server, &buffer, 1, NULL, &flags, &overlapped, NULL) == SOCKET_ERROR);
    CHECK(WSAGetLastError() == WSA_IO_PENDING);
    CHECK(send(client, "a", 1, 0) == 1);
    CHECK(WSAGetOverlappedResult(server, &overlapped, &got, TRUE, &flags) && got == 1);
    HOLDS(server, POLL_RECEIVE, 0);
    CHECK(io.Status == NOT_YET);
    begin(device, &poll, &io, server, POLL_RECEIVE, NEVER);
    CHECK(send(client, "b", 1, 0) == 1);
    ended(&io, &poll, SUCCESS, POLL_RECEIVE);
    CloseHandle(overlapped.hEvent);
    closesocket(client);
    closesocket(server);
}

/* PL1, PL2, PL4. */
static void several(void)
{
    SOCKET client, server;
    IO_STATUS_BLOCK io;
    struct poll poll;

    connected(&client, &server);
    ask(&poll, client, POLL_RECEIVE, NEVER);
    poll.count = 2;
    poll.sockets[1].socket = (HANDLE)server;
    poll.sockets[1].events = POLL_RECEIVE;
    CHECK(nt_control(device, event, NULL, NULL, &io, POLL_COMMAND, &poll, SIZE(1), &poll, SIZE(1)) == BAD_PARAMETER);
    CHECK(nt_control(device, event, NULL, NULL, &io, POLL_COMMAND, &poll, SIZE(2), &poll, SIZE(2)) == NOT_YET);
    CHECK(send(client, "data", 5, 0) == 5);
    ended(&io, &poll, SUCCESS, POLL_RECEIVE);
    CHECK(poll.sockets[0].socket == (HANDLE)server);

    ask(&poll, client, POLL_RECEIVE | POLL_SEND, NEVER);
    poll.count = 2;
    poll.sockets[1].socket = (HANDLE)server;
    poll.sockets[1].events = POLL_RECEIVE | POLL_SEND;
    CHECK(nt_control((HANDLE)client, event, NULL, NULL, &io, POLL_COMMAND, &poll, SIZE(2), &poll, SIZE(2)) == SUCCESS);
    CHECK(io.Information == SIZE(2) && poll.count == 2);
    CHECK(poll.sockets[0].socket == (HANDLE)client && poll.sockets[0].events == POLL_SEND);
    CHECK(poll.sockets[1].socket == (HANDLE)server && poll.sockets[1].events == (POLL_RECEIVE | POLL_SEND));

    /* The same one three times. */
    ask(&poll, client, POLL_RECEIVE | POLL_SEND, NEVER);
    poll.count = 3;
    poll.sockets[1] = poll.sockets[2] = poll.sockets[0];
    poll.sockets[2].events |= POLL_CONNECT;
    CHECK(nt_control(device, event, NULL, NULL, &io, POLL_COMMAND, &poll, SIZE(3), &poll, SIZE(3)) == SUCCESS);
    CHECK(poll.count == 3 && poll.sockets[1].events == POLL_SEND && poll.sockets[2].events == (POLL_SEND | POLL_CONNECT));

    /* Two that wait, of which one is ready: the other socket forgets the poll. */
    ask(&poll, client, POLL_RECEIVE, NEVER);
    poll.count = 2;
    poll.sockets[1] = poll.sockets[0];
    CHECK(nt_control(device, event, NULL, NULL, &io, POLL_COMMAND, &poll, SIZE(2), &poll, SIZE(2)) == NOT_YET);
    CHECK(send(server, "data", 5, 0) == 5);
    ended(&io, &poll, SUCCESS, POLL_RECEIVE);
    closesocket(client);
    closesocket(server);
}

/* PL3. */
static void times(void)
{
    SOCKET client, server;
    IO_STATUS_BLOCK io;
    struct poll poll;
    FILETIME now;

    connected(&client, &server);
    ask(&poll, client, POLL_RECEIVE, 0);
    CHECK(nt_control(device, event, NULL, NULL, &io, POLL_COMMAND, &poll, SIZE(1), &poll, SIZE(1)) == SUCCESS);
    CHECK(io.Status == SUCCESS && io.Information == SIZE(0) && poll.count == 0 && poll.timeout.QuadPart == 0);
    ask(&poll, client, POLL_SEND, 0);
    CHECK(nt_control(device, event, NULL, NULL, &io, POLL_COMMAND, &poll, SIZE(1), &poll, SIZE(1)) == SUCCESS);
    CHECK(poll.count == 1 && poll.sockets[0].events == POLL_SEND);
    ask(&poll, client, POLL_RECEIVE, -100000);
    CHECK(nt_control(device, event, NULL, NULL, &io, POLL_COMMAND, &poll, SIZE(1), &poll, SIZE(1)) == NOT_YET);
    ended(&io, &poll, TIMED_OUT, 0);
    GetSystemTimeAsFileTime(&now);
    ask(&poll, client, POLL_RECEIVE, (LONGLONG)((ULONGLONG)now.dwHighDateTime << 32 | now.dwLowDateTime));
    CHECK(nt_control(device, event, NULL, NULL, &io, POLL_COMMAND, &poll, SIZE(1), &poll, SIZE(1)) == NOT_YET);
    ended(&io, &poll, TIMED_OUT, 0);
    /* One that ends before its time. */
    begin(device, &poll, &io, client, POLL_RECEIVE, -600000000000);
    CHECK(send(server, "d", 1, 0) == 1);
    ended(&io, &poll, SUCCESS, POLL_RECEIVE);
    closesocket(client);
    closesocket(server);
}

/* PL16, NT3, NT6. */
static void cancelled(void)
{
    SOCKET client, server;
    IO_STATUS_BLOCK io, other, answer;
    struct poll poll, second;
    HANDLE twin = NULL, mine;

    connected(&client, &server);
    begin(device, &poll, &io, client, POLL_RECEIVE, NEVER);
    CHECK(nt_cancel(device, &other, &answer) == NONE_FOUND && answer.Status == NONE_FOUND);
    CHECK(nt_cancel(device, &io, &answer) == SUCCESS && answer.Status == SUCCESS && answer.Information == 0);
    CHECK(io.Status == CANCELLED);
    ended(&io, &poll, CANCELLED, 0);
    CHECK(nt_cancel(device, &io, &answer) == NONE_FOUND);
    begin(device, &poll, &io, client, POLL_RECEIVE, -600000000000);
    begin(device, &second, &other, server, POLL_RECEIVE, NEVER);
    CHECK(nt_cancel(device, NULL, &answer) == SUCCESS);
    CHECK(io.Status == CANCELLED && other.Status == CANCELLED);
    begin(device, &poll, &io, client, POLL_RECEIVE, NEVER);
    CHECK(CancelIo(device) && io.Status == CANCELLED);
    begin(device, &poll, &io, client, POLL_RECEIVE, NEVER);
    CHECK(CancelIoEx(device, (LPOVERLAPPED)(void *)&io) && io.Status == CANCELLED);
    CHECK(!CancelIoEx(device, NULL) && GetLastError() == ERROR_NOT_FOUND);
    /* Begun on a socket. */
    begin((HANDLE)server, &poll, &io, client, POLL_RECEIVE, NEVER);
    CHECK(nt_cancel((HANDLE)client, &io, &answer) == NONE_FOUND);
    CHECK(nt_cancel((HANDLE)server, &io, &answer) == SUCCESS && io.Status == CANCELLED);
    /* With the last handle of the device. */
    mine = open_device();
    CHECK(DuplicateHandle(GetCurrentProcess(), mine, GetCurrentProcess(), &twin, 0, FALSE, DUPLICATE_SAME_ACCESS));
    begin(mine, &poll, &io, client, POLL_RECEIVE, NEVER);
    CHECK(CloseHandle(mine) && io.Status == NOT_YET);
    CHECK(CloseHandle(twin) && io.Status == CANCELLED);
    ended(&io, &poll, CANCELLED, 0);
    CHECK(nt_cancel(mine, &io, &answer) == BAD_HANDLE);
    CHECK(nt_cancel(event, &io, &answer) == WRONG_TYPE);
    closesocket(client);
    closesocket(server);
}

/* Which of four exclusive polls of one socket takes another's place: PL15. */
static void exclusive(void)
{
    SOCKET s = socket(AF_INET, SOCK_STREAM, 0), other = socket(AF_INET, SOCK_STREAM, 0);
    IO_STATUS_BLOCK io[4], answer;
    struct poll polls[4];
    int at;

#define BEGIN(at, how)                                                                                               \
    do {                                                                                                             \
        ask(&polls[at], s, POLL_ALL, NEVER);                                                                         \
        polls[at].exclusive = how;                                                                                   \
        io[at].Status = NOT_YET;                                                                                     \
        CHECK(nt_control(device, event, NULL, NULL, &io[at], POLL_COMMAND, &polls[at], SIZE(1), &polls[at], SIZE(1)) \
              == NOT_YET);                                                                                           \
    } while (0)
    for (at = 0; at < 2; at++)
        BEGIN(at, 0);
    CHECK(io[0].Status == NOT_YET && io[1].Status == NOT_YET);
    CHECK(nt_cancel(device, NULL, &answer) == SUCCESS);
    BEGIN(0, 1);
    BEGIN(1, 1);
    CHECK(io[0].Status == SUCCESS && io[0].Information == SIZE(0) && polls[0].count == 0 && io[1].Status == NOT_YET);
    CHECK(nt_cancel(device, NULL, &answer) == SUCCESS);
    BEGIN(0, 0);
    BEGIN(1, 1);
    BEGIN(2, 1);
    CHECK(io[0].Status == NOT_YET && io[1].Status == NOT_YET && io[2].Status == NOT_YET);
    CHECK(nt_cancel(device, &io[0], &answer) == SUCCESS);
    /* The first that comes then can be replaced; those before it stay. */
    BEGIN(0, 1);
    BEGIN(3, 1);
    CHECK(io[0].Status == SUCCESS && io[1].Status == NOT_YET && io[2].Status == NOT_YET && io[3].Status == NOT_YET);
    CHECK(nt_cancel(device, NULL, &answer) == SUCCESS);
    /* Lists that have one socket in common. */
    for (at = 0; at < 2; at++) {
        ask(&polls[at], at == 0 ? s : other, POLL_ALL, NEVER);
        polls[at].exclusive = 1;
        polls[at].count = 2;
        polls[at].sockets[1].socket = (HANDLE)s;
        polls[at].sockets[1].events = POLL_ALL;
        io[at].Status = NOT_YET;
        CHECK(nt_control(device, event, NULL, NULL, &io[at], POLL_COMMAND, &polls[at], SIZE(2), &polls[at], SIZE(2)) == NOT_YET);
    }
    CHECK(io[0].Status == SUCCESS && io[1].Status == NOT_YET);
    CHECK(nt_cancel(device, NULL, &answer) == SUCCESS);
    closesocket(s);
    closesocket(other);
#undef BEGIN
}

/* PL14. */
static void closed(void)
{
    SOCKET client, server;
    IO_STATUS_BLOCK io;
    struct poll poll;

    /* The handle that it was begun on is a socket that is closed: it goes on. */
    connected(&client, &server);
    begin((HANDLE)server, &poll, &io, client, POLL_RECEIVE, -500000);
    CHECK(closesocket(server) == 0);
    CHECK(WaitForSingleObject(event, 20000) == 0 && io.Status == TIMED_OUT);
    /* One of two. */
    server = socket(AF_INET, SOCK_STREAM, 0);
    ask(&poll, client, POLL_RECEIVE, NEVER);
    poll.count = 2;
    poll.sockets[1].socket = (HANDLE)server;
    poll.sockets[1].events = POLL_RECEIVE;
    CHECK(nt_control(device, event, NULL, NULL, &io, POLL_COMMAND, &poll, SIZE(2), &poll, SIZE(2)) == NOT_YET);
    CHECK(closesocket(server) == 0);
    ended(&io, &poll, SUCCESS, POLL_LOCAL_CLOSE);
    CHECK(poll.sockets[0].socket == (HANDLE)server);
    ask(&poll, server, POLL_RECEIVE, NEVER);
    CHECK(nt_control(device, event, NULL, NULL, &io, POLL_COMMAND, &poll, SIZE(1), &poll, SIZE(1)) == BAD_HANDLE);
    CHECK(CloseHandle((HANDLE)client));
}

static void routine(PVOID context, PIO_STATUS_BLOCK block, ULONG reserved)
{
    CHECK(reserved == 0 && block->Status == SUCCESS);
    ++*(int *)context;
}

/* Other ways of being told: PL17, NT4. */
static void told(void)
{
    SOCKET client, server;
    IO_STATUS_BLOCK io;
    struct poll poll;
    HANDLE mine = open_device(), port, waiting = NULL;
    int count = 0;
    DWORD bytes = 0;
    ULONG_PTR key = 0;
    LPOVERLAPPED context = NULL;
    OVERLAPPED_ENTRY entry;
    ULONG removed = 0;

    connected(&client, &server);
    /* The handle itself. */
    CHECK(WaitForSingleObject(mine, 0) == WAIT_TIMEOUT);
    ask(&poll, client, POLL_SEND, NEVER);
    CHECK(nt_control(mine, NULL, NULL, NULL, &io, POLL_COMMAND, &poll, SIZE(1), &poll, SIZE(1)) == SUCCESS);
    CHECK(WaitForSingleObject(mine, 0) == 0);
    /* A routine. */
    ask(&poll, client, POLL_SEND, NEVER);
    CHECK(nt_control(mine, NULL, routine, &count, &io, POLL_COMMAND, &poll, SIZE(1), &poll, SIZE(1)) == SUCCESS);
    CHECK(count == 0 && SleepEx(20000, TRUE) == WAIT_IO_COMPLETION && count == 1);
    ask(&poll, client, POLL_RECEIVE, NEVER);
    CHECK(nt_control(mine, NULL, routine, &count, &io, POLL_COMMAND, &poll, SIZE(1), &poll, SIZE(1)) == NOT_YET);
    CHECK(send(server, "d", 1, 0) == 1);
    CHECK(SleepEx(20000, TRUE) == WAIT_IO_COMPLETION && count == 2);
    /* A port. */
    port = CreateIoCompletionPort(mine, NULL, 7, 0);
    CHECK(port != NULL && CreateIoCompletionPort(mine, port, 7, 0) == NULL && GetLastError() == ERROR_INVALID_PARAMETER);
    ask(&poll, client, POLL_SEND, NEVER);
    CHECK(nt_control(mine, NULL, routine, &count, &io, POLL_COMMAND, &poll, SIZE(1), &poll, SIZE(1)) == BAD_PARAMETER);
    CHECK(nt_control(mine, NULL, NULL, NULL, &io, POLL_COMMAND, &poll, SIZE(1), &poll, SIZE(1)) == SUCCESS);
    CHECK(!GetQueuedCompletionStatus(port, &bytes, &key, &context, 0) && GetLastError() == WAIT_TIMEOUT);
    ask(&poll, client, POLL_SEND, NEVER);
    CHECK(nt_control(mine, NULL, NULL, &count, &io, POLL_COMMAND, &poll, SIZE(1), &poll, SIZE(1)) == SUCCESS);
    CHECK(GetQueuedCompletionStatus(port, &bytes, &key, &context, 20000));
    CHECK(key == 7 && context == (LPOVERLAPPED)(void *)&count && bytes == SIZE(1));
    ask(&poll, client, POLL_ABORT, NEVER);
    CHECK(nt_control(mine, NULL, NULL, &io, &io, POLL_COMMAND, &poll, SIZE(1), &poll, SIZE(1)) == NOT_YET);
    CHECK(CancelIoEx(mine, NULL));
    CHECK(GetQueuedCompletionStatusEx(port, &entry, 1, &removed, 20000, FALSE) && removed == 1);
    CHECK(entry.lpOverlapped == (LPOVERLAPPED)(void *)&io && entry.lpCompletionKey == 7);
    CHECK(entry.Internal == 0xC0000120 && io.Status == CANCELLED);
    /* No packet where it succeeds at once, and no signal. */
    CHECK(SetFileCompletionNotificationModes(mine, FILE_SKIP_COMPLETION_PORT_ON_SUCCESS | FILE_SKIP_SET_EVENT_ON_HANDLE));
    ask(&poll, client, POLL_SEND, NEVER);
    CHECK(nt_control(mine, NULL, NULL, &io, &io, POLL_COMMAND, &poll, SIZE(1), &poll, SIZE(1)) == SUCCESS);
    CHECK(!GetQueuedCompletionStatus(port, &bytes, &key, &context, 0) && GetLastError() == WAIT_TIMEOUT);
    CHECK(WaitForSingleObject(mine, 0) == WAIT_TIMEOUT);
    CHECK(CloseHandle(mine) && CloseHandle(port));
    /* Calls that wait. */
    CHECK(open_named("\\Device\\Afd", FILE_SYNCHRONOUS_IO_NONALERT, &waiting) == SUCCESS);
    ask(&poll, client, POLL_ABORT, -100000);
    CHECK(nt_control(waiting, NULL, NULL, NULL, &io, POLL_COMMAND, &poll, SIZE(1), &poll, SIZE(1)) == TIMED_OUT);
    CHECK(io.Status == TIMED_OUT);
    CHECK(CloseHandle(waiting));
    closesocket(client);
    closesocket(server);
}

/* Begins a poll and ends. */
static DWORD WINAPI begins(LPVOID with)
{
    struct poll *poll = with;
    static IO_STATUS_BLOCK io;

    CHECK(nt_control(device, event, NULL, NULL, &io, POLL_COMMAND, poll, SIZE(1), poll, SIZE(1)) == NOT_YET);
    return 0;
}

static void of_threads(void)
{
    SOCKET client, server;
    struct poll poll;
    HANDLE thread;

    /* A thread's polls end with it: PL18. */
    connected(&client, &server);
    ask(&poll, client, POLL_RECEIVE, NEVER);
    thread = CreateThread(NULL, 0, begins, &poll, 0, NULL);
    CHECK(thread != NULL && WaitForSingleObject(thread, 20000) == 0);
    CHECK(WaitForSingleObject(event, 20000) == 0);
    CloseHandle(thread);
    closesocket(client);
    closesocket(server);
}

/* NT1, NT2, NT7, PL2. */
static void nonsense(void)
{
    SOCKET client, server;
    IO_STATUS_BLOCK io;
    struct poll poll;
    HANDLE handle = NULL;
    size_t at;
    char *wild = (char *)(size_t)0x10;
    static const struct {
        const char *name;
        NTSTATUS    status;
    } names[] = {
        {"\\Device\\Afd", SUCCESS},         {"\\Device\\Afd\\", SUCCESS},   {"\\Device\\Afd\\x\\y", SUCCESS},
        {"\\device\\AFD\\Mio", SUCCESS},    {"\\Device\\Tcp", NO_NAME},     {"\\Device\\Afdx", NO_NAME},
        {"\\Device", NO_NAME},              {"Device\\Afd", (NTSTATUS)0xC000003B},
        {"", (NTSTATUS)0xC000003B},
    };

    for (at = 0; at < sizeof(names) / sizeof(*names); at++) {
        NTSTATUS status = open_named(names[at].name, 0, &handle);

        if (status != names[at].status) {
            printf("%s: %#x\n", names[at].name, (unsigned)status);
            bad++;
        }
        if (status == SUCCESS)
            CHECK(CloseHandle(handle));
    }
    connected(&client, &server);
    ask(&poll, client, POLL_SEND, NEVER);
#define CONTROL(file, event, io, code, in, in_size, out, out_size) \
    nt_control(file, event, NULL, NULL, io, code, in, in_size, out, out_size)
    io.Status = (NTSTATUS)0xDEADBEEF;
    CHECK(CONTROL(device, NULL, NULL, POLL_COMMAND, &poll, SIZE(1), &poll, SIZE(1)) == VIOLATION);
    CHECK(CONTROL(device, NULL, (IO_STATUS_BLOCK *)(void *)wild, POLL_COMMAND, &poll, SIZE(1), &poll, SIZE(1)) == VIOLATION);
    CHECK(CONTROL(device, NULL, &io, POLL_COMMAND, wild, SIZE(1), &poll, SIZE(1)) == VIOLATION);
    CHECK(CONTROL(device, NULL, &io, POLL_COMMAND, &poll, SIZE(1), wild, SIZE(1)) == VIOLATION);
    CHECK(CONTROL(device, NULL, &io, POLL_COMMAND, NULL, 0, &poll, SIZE(1)) == BAD_PARAMETER);
    CHECK(CONTROL(device, NULL, &io, POLL_COMMAND, &poll, SIZE(1), NULL, 0) == BAD_PARAMETER);
    CHECK(CONTROL(device, NULL, &io, POLL_COMMAND, &poll, SIZE(1) + 1, &poll, SIZE(1)) == BAD_PARAMETER);
    CHECK(CONTROL(device, NULL, &io, POLL_COMMAND, &poll, SIZE(1) - 1, &poll, SIZE(1) - 1) == BAD_PARAMETER);
    CHECK(CONTROL(device, NULL, &io, 0x12020, &poll, SIZE(1), &poll, SIZE(1)) == BAD_REQUEST);
    CHECK(CONTROL((HANDLE)client, NULL, &io, 0x1201F, &poll, SIZE(1), &poll, SIZE(1)) == BAD_REQUEST);
    CHECK(CONTROL(NULL, NULL, &io, POLL_COMMAND, &poll, SIZE(1), &poll, SIZE(1)) == BAD_HANDLE);
    CHECK(CONTROL((HANDLE)(size_t)0xABACAB0, NULL, &io, POLL_COMMAND, &poll, SIZE(1), &poll, SIZE(1)) == BAD_HANDLE);
    CHECK(CONTROL(event, NULL, &io, POLL_COMMAND, &poll, SIZE(1), &poll, SIZE(1)) == WRONG_TYPE);
    CHECK(CONTROL(device, device, &io, POLL_COMMAND, &poll, SIZE(1), &poll, SIZE(1)) == WRONG_TYPE);
    CHECK(CONTROL(device, (HANDLE)(size_t)0x7FFFFFF0, &io, POLL_COMMAND, &poll, SIZE(1), &poll, SIZE(1)) == BAD_HANDLE);
    poll.count = 0;
    CHECK(CONTROL(device, NULL, &io, POLL_COMMAND, &poll, SIZE(1), &poll, SIZE(1)) == BAD_PARAMETER);
    poll.count = 0xFFFFFFFF;
    CHECK(CONTROL(device, NULL, &io, POLL_COMMAND, &poll, SIZE(1), &poll, SIZE(1)) == BAD_PARAMETER);
    ask(&poll, (SOCKET)event, POLL_SEND, NEVER);
    CHECK(CONTROL(device, NULL, &io, POLL_COMMAND, &poll, SIZE(1), &poll, SIZE(1)) == WRONG_TYPE);
    ask(&poll, (SOCKET)0xABACAB0, POLL_SEND, NEVER);
    CHECK(CONTROL(device, NULL, &io, POLL_COMMAND, &poll, SIZE(1), &poll, SIZE(1)) == BAD_HANDLE);
    ask(&poll, client, POLL_SEND, NEVER);
    poll.count = 2;
    CHECK(CONTROL(device, NULL, &io, POLL_COMMAND, &poll, SIZE(2), &poll, SIZE(2)) == BAD_HANDLE);
    /* Nothing was written by any of them. */
    CHECK(io.Status == (NTSTATUS)0xDEADBEEF);
    ask(&poll, client, POLL_SEND, NEVER);
    CHECK(CONTROL(device, NULL, &io, POLL_COMMAND, &poll, SIZE(1), &poll, SIZE(1)) == SUCCESS && io.Status == SUCCESS);
    /* It is no event, and no socket. */
    CHECK(!SetEvent(device) && GetLastError() == ERROR_INVALID_HANDLE);
    CHECK(closesocket((SOCKET)device) == SOCKET_ERROR);
    closesocket(client);
    closesocket(server);
#undef CONTROL
}

/* The functions by their names in the header, and those that it lacks elsewhere by variables of those names. */
static void by_name(void)
{
    typedef NTSTATUS (NTAPI *cancel_own)(HANDLE, PIO_STATUS_BLOCK);
    HMODULE library = GetModuleHandleW(NULL);
    WCHAR text[] = {'\\', 'D', 'e', 'v', 'i', 'c', 'e', '\\', 'A', 'f', 'd', '\\', 'x', 0};
    UNICODE_STRING name;
    OBJECT_ATTRIBUTES attributes;
    IO_STATUS_BLOCK block, answer;
    HANDLE handle = NULL;
    SOCKET client, server;
    struct poll poll;
    cancel_own NtCancelIoFile;
    cancel_file NtCancelIoFileEx;

    CHECK(library != NULL);
    library = LoadLibraryA("NTDLL");
    NT_FIND(NtCancelIoFile, "NtCancelIoFile");
    NT_FIND(NtCancelIoFileEx, "NtCancelIoFileEx");
    RtlInitUnicodeString(&name, text);
    InitializeObjectAttributes(&attributes, &name, OBJ_CASE_INSENSITIVE, NULL, NULL);
    memset(&block, 0xCC, sizeof(block));
    CHECK(NtCreateFile(&handle, SYNCHRONIZE, &attributes, &block, NULL, 0, FILE_SHARE_READ, FILE_OPEN_IF, 0, NULL, 0) == SUCCESS);
    CHECK(block.Status == SUCCESS && block.Information == FILE_OPENED);
    CHECK(NtClose(handle) == SUCCESS && NtClose(handle) == BAD_HANDLE);
    CHECK(NtCreateFile(&handle, SYNCHRONIZE, &attributes, &block, NULL, 0, 0, 6, 0, NULL, 0) == BAD_PARAMETER);
    CHECK(NtCreateFile(NULL, SYNCHRONIZE, &attributes, &block, NULL, 0, 0, FILE_OPEN, 0, NULL, 0) == VIOLATION);
    CHECK(NtOpenFile(&handle, SYNCHRONIZE, NULL, &block, 0, 0) == VIOLATION);
    CHECK(NtOpenFile(&handle, SYNCHRONIZE, &attributes, &block, 0, 0) == SUCCESS && NT_SUCCESS(block.Status));
    connected(&client, &server);
    ask(&poll, client, POLL_RECEIVE, NEVER);
    CHECK(NtDeviceIoControlFile(handle, NULL, NULL, NULL, &block, POLL_COMMAND, &poll, SIZE(1), &poll, SIZE(1)) == NOT_YET);
    CHECK(NtWaitForSingleObject(handle, FALSE, &(LARGE_INTEGER){.QuadPart = 0}) == TIMED_OUT);
    CHECK(NtCancelIoFile(event, &answer) == WRONG_TYPE && NtCancelIoFile(handle, NULL) == VIOLATION);
    CHECK(NtCancelIoFile(handle, &answer) == SUCCESS && answer.Status == SUCCESS && block.Status == CANCELLED);
    CHECK(NtCancelIoFile(handle, &answer) == SUCCESS && NtCancelIoFileEx(handle, NULL, &answer) == NONE_FOUND);
    CHECK(NtWaitForSingleObject(handle, FALSE, NULL) == SUCCESS);
    CHECK(RtlNtStatusToDosError(CANCELLED) == ERROR_OPERATION_ABORTED);
    CHECK(NtClose(handle) == SUCCESS);
    closesocket(client);
    closesocket(server);
}

int main(void)
{
    started();
    find_functions();
    device = open_device();
    event = CreateEventA(NULL, TRUE, FALSE, NULL);
    streams();
    refused();
    datagrams();
    beside_operations();
    several();
    times();
    cancelled();
    exclusive();
    closed();
    told();
    of_threads();
    nonsense();
    by_name();
    CHECK(nt_code(BAD_HANDLE) == ERROR_INVALID_HANDLE && nt_code(NOT_YET) == ERROR_IO_PENDING && nt_code(SUCCESS) == 0);
    CloseHandle(device);
    CloseHandle(event);
    CHECK(WSACleanup() == 0);
    return result();
}
