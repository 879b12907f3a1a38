/* An echo server as programs with a poller for Windows are: each socket has a poll of its own on the device of Windows' driver, a port tells of
   those that are ready, and a poll is begun anew each time. Clients in threads; sockets are closed while their polls wait. */
#include "afd.h"

#include <stdlib.h>

#define CLIENTS 8
#define ROUNDS  50

struct watched {
    IO_STATUS_BLOCK block;
    struct poll     poll;
    SOCKET          socket;
    int             is_listener;
};

static HANDLE device, port;
static struct sockaddr_in where;

static void watch(struct watched *one, ULONG events)
{
    NTSTATUS status;

    ask(&one->poll, one->socket, events | POLL_LOCAL_CLOSE, NEVER);
    one->block.Status = NOT_YET;
    status = nt_control(device, NULL, NULL, &one->block, &one->block, POLL_COMMAND, &one->poll, SIZE(1), &one->poll, SIZE(1));
    CHECK(status == SUCCESS || status == NOT_YET);
}

static DWORD WINAPI client(LPVOID unused)
{
    SOCKET s = socket(AF_INET, SOCK_STREAM, 0);
    int round;
    char sent[32], got[32];

    (void)unused;
    CHECK(connect(s, (struct sockaddr *)&where, sizeof(where)) == 0);
    for (round = 0; round < ROUNDS; round++) {
        int length = snprintf(sent, sizeof(sent), "round %d", round) + 1, have = 0;

        CHECK(send(s, sent, length, 0) == length);
        while (have < length) {
            int now = recv(s, got + have, length - have, 0);

            CHECK(now > 0);
            if (now <= 0)
                break;
            have += now;
        }
        CHECK(memcmp(sent, got, (size_t)length) == 0);
    }
    closesocket(s);
    return 0;
}

int main(void)
{
    static struct watched all[CLIENTS + 1];
    HANDLE threads[CLIENTS];
    OVERLAPPED_ENTRY entries[4];
    ULONG count, at;
    int open = 0, accepted = 0;
    u_long on = 1;
    SOCKET base = INVALID_SOCKET;
    DWORD bytes = 0;
    struct watched *lone;

    started();
    find_functions();
    device = open_device();
    port = CreateIoCompletionPort(INVALID_HANDLE_VALUE, NULL, 0, 0);
    CHECK(CreateIoCompletionPort(device, port, 0, 0) == port);
    CHECK(SetFileCompletionNotificationModes(device, FILE_SKIP_SET_EVENT_ON_HANDLE));
    all[0].socket = bound(SOCK_STREAM, &where);
    all[0].is_listener = 1;
    CHECK(WSAIoctl(all[0].socket, 0x48000022 /* SIO_BASE_HANDLE */, NULL, 0, &base, sizeof(base), &bytes, NULL, NULL) == 0);
    CHECK(base == all[0].socket);
    CHECK(ioctlsocket(all[0].socket, FIONBIO, &on) == 0);
    watch(&all[0], POLL_ACCEPT);
    for (at = 0; at < CLIENTS; at++)
        threads[at] = CreateThread(NULL, 0, client, NULL, 0, NULL);
    while (accepted < CLIENTS || open > 0) {
        CHECK(GetQueuedCompletionStatusEx(port, entries, 4, &count, 20000, FALSE));
        if (bad != 0)
            return result();
        for (at = 0; at < count; at++) {
            struct watched *one = (struct watched *)(void *)entries[at].lpOverlapped;
            char block[256];

            CHECK(one->block.Status == SUCCESS && one->poll.count == 1);
            if (one->is_listener) {
                SOCKET s;

                CHECK(one->poll.sockets[0].events == POLL_ACCEPT);
                while ((s = accept(one->socket, NULL, NULL)) != INVALID_SOCKET) {
                    struct watched *new = &all[++accepted];

                    open++;
                    new->socket = s;
                    watch(new, POLL_RECEIVE | POLL_DISCONNECT | POLL_ABORT);
                }
                CHECK(WSAGetLastError() == WSAEWOULDBLOCK);
                watch(one, POLL_ACCEPT);
            } else if (one->poll.sockets[0].events & POLL_LOCAL_CLOSE) {
                open--;
            } else {
                int got = recv(one->socket, block, sizeof(block), 0);

                if (got > 0)
                    CHECK(send(one->socket, block, got, 0) == got);
                else
                    CHECK(got == 0);
                watch(one, got > 0 ? POLL_RECEIVE | POLL_DISCONNECT | POLL_ABORT : 0);
                if (got == 0)
                    CHECK(closesocket(one->socket) == 0);
            }
        }
    }
    CHECK(WaitForMultipleObjects(CLIENTS, threads, TRUE, 20000) == 0);
    for (at = 0; at < CLIENTS; at++)
        CloseHandle(threads[at]);
    /* The memory of a poll that was cancelled is the program's again when the call returns. */
    for (at = 0; at < 200; at++) {
        IO_STATUS_BLOCK answer;
        NTSTATUS status;
        SOCKET near_end, far_end;

        connected(&near_end, &far_end);
        lone = malloc(sizeof(*lone));
        memset(lone, 0, sizeof(*lone));
        lone->socket = near_end;
        watch(lone, POLL_RECEIVE);
        CHECK(send(far_end, "x", 1, 0) == 1);
        status = nt_cancel(device, &lone->block, &answer);
        CHECK(status == SUCCESS ? lone->block.Status == CANCELLED : status == NONE_FOUND && lone->block.Status == SUCCESS);
        memset(lone, 0xDD, sizeof(*lone));
        free(lone);
        closesocket(near_end);
        closesocket(far_end);
    }
    /* The last clean-up closes what is polled. */
    CHECK(CloseHandle(port));
    CHECK(WSACleanup() == 0);
    CHECK(all[0].block.Status == SUCCESS && all[0].poll.sockets[0].events == POLL_LOCAL_CLOSE);
    CHECK(CloseHandle(device));
    return result();
}
