/* A reader takes lines from a connection and hands them to the main thread: a slim lock, a condition variable with a time-out,
   and something that is done once. */
#include "loopback.h"

#define LINES 200

static SRWLOCK lock = SRWLOCK_INIT;
static CONDITION_VARIABLE filled = CONDITION_VARIABLE_INIT, emptied = CONDITION_VARIABLE_INIT;
static INIT_ONCE once = INIT_ONCE_STATIC_INIT;
static int places[4], have, at, ended, beginnings;
static struct sockaddr_in address;

static BOOL CALLBACK begin(PINIT_ONCE which, PVOID parameter, PVOID *context)
{
    (void)which;
    (void)context;
    ++*(int *)parameter;
    return TRUE;
}

static DWORD WINAPI write_lines(LPVOID unused)
{
    SOCKET s = socket(AF_INET, SOCK_STREAM, 0);
    int i;

    (void)unused;
    InitOnceExecuteOnce(&once, begin, &beginnings, NULL);
    if (connect(s, (struct sockaddr *)&address, sizeof(address)) != 0)
        return 1;
    for (i = 0; i < LINES; i++) {
        char line[16];

        send(s, line, wsprintfA(line, "%d\n", i), 0);
    }
    closesocket(s);
    return 0;
}

static DWORD WINAPI read_lines(LPVOID argument)
{
    SOCKET s = (SOCKET)(ULONG_PTR)argument;
    int number = 0;
    char letter;

    InitOnceExecuteOnce(&once, begin, &beginnings, NULL);
    while (recv(s, &letter, 1, 0) == 1) {
        if (letter != '\n') {
            number = number * 10 + (letter - '0');
            continue;
        }
        AcquireSRWLockExclusive(&lock);
        while (have == 4)
            SleepConditionVariableSRW(&emptied, &lock, INFINITE, 0);
        places[(at + have++) % 4] = number;
        ReleaseSRWLockExclusive(&lock);
        WakeConditionVariable(&filled);
        number = 0;
    }
    AcquireSRWLockExclusive(&lock);
    ended = 1;
    ReleaseSRWLockExclusive(&lock);
    WakeAllConditionVariable(&filled);
    closesocket(s);
    return 0;
}

int main(void)
{
    HANDLE threads[2];
    SOCKET listener;
    int next = 0;

    started();
    listener = bound(SOCK_STREAM, &address);
    AcquireSRWLockExclusive(&lock);
    CHECK(!SleepConditionVariableSRW(&filled, &lock, 1, 0) && GetLastError() == ERROR_TIMEOUT);
    ReleaseSRWLockExclusive(&lock);
    threads[0] = CreateThread(NULL, 0, write_lines, NULL, 0, NULL);
    threads[1] = CreateThread(NULL, 0, read_lines, (LPVOID)(ULONG_PTR)accept(listener, NULL, NULL), 0, NULL);
    AcquireSRWLockExclusive(&lock);
    for (;;) {
        while (have == 0 && !ended)
            SleepConditionVariableSRW(&filled, &lock, INFINITE, 0);
        if (have == 0)
            break;
        CHECK(places[at] == next);
        next++;
        at = (at + 1) % 4;
        have--;
        WakeConditionVariable(&emptied);
    }
    ReleaseSRWLockExclusive(&lock);
    CHECK(next == LINES);
    CHECK(WaitForMultipleObjects(2, threads, TRUE, INFINITE) == WAIT_OBJECT_0 && beginnings == 1);
    CloseHandle(threads[0]);
    CloseHandle(threads[1]);
    closesocket(listener);
    WSACleanup();
    return result();
}
