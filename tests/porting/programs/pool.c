/* A pool of workers: the main thread accepts, a critical section guards the queue of sockets, a semaphore counts them, and an
   event ends the workers. _beginthreadex starts them. */
#include <process.h>
#include <stdlib.h>

#include "loopback.h"

#define WORKERS 4
#define JOBS    40

static CRITICAL_SECTION guard;
static HANDLE waiting, stop;
static SOCKET queue[JOBS];
static int first, count, served[WORKERS];
static struct sockaddr_in address;

static unsigned __stdcall work(void *argument)
{
    int *mine = (int *)argument;
    HANDLE both[2];

    both[0] = waiting;
    both[1] = stop;
    while (WaitForMultipleObjects(2, both, FALSE, INFINITE) == WAIT_OBJECT_0) {
        SOCKET s;
        int number = 0;

        EnterCriticalSection(&guard);
        s = queue[first++];
        LeaveCriticalSection(&guard);
        if (recv(s, (char *)&number, sizeof(number), MSG_WAITALL) == (int)sizeof(number)) {
            number = (int)htonl(ntohl((u_long)number) + 1);
            send(s, (const char *)&number, sizeof(number), 0);
        }
        closesocket(s);
        ++*mine;
    }
    _endthreadex(17);
    return 0;
}

static unsigned __stdcall ask(void *unused)
{
    unsigned wrong = 0;
    int i;

    (void)unused;
    for (i = 0; i < JOBS; i++) {
        SOCKET s = socket(AF_INET, SOCK_STREAM, 0);
        u_long number = htonl((u_long)i);

        connect(s, (struct sockaddr *)&address, sizeof(address));
        send(s, (const char *)&number, 4, 0);
        if (recv(s, (char *)&number, 4, MSG_WAITALL) != 4 || ntohl(number) != (u_long)i + 1)
            wrong++;
        closesocket(s);
    }
    return wrong;
}

int main(void)
{
    HANDLE workers[WORKERS], asker;
    SOCKET listener;
    DWORD code;
    LONG before;
    int i, all = 0;

    started();
    listener = bound(SOCK_STREAM, &address);
    CHECK(InitializeCriticalSectionAndSpinCount(&guard, 400));
    waiting = CreateSemaphore(NULL, 0, JOBS, NULL);
    stop = CreateEvent(NULL, TRUE, FALSE, NULL);
    for (i = 0; i < WORKERS; i++)
        workers[i] = (HANDLE)_beginthreadex(NULL, 0, work, &served[i], 0, NULL);
    asker = (HANDLE)_beginthreadex(NULL, 0, ask, NULL, CREATE_SUSPENDED, NULL);
    CHECK(WaitForSingleObject(asker, 0) == WAIT_TIMEOUT);
    CHECK(ResumeThread(asker) == 1);
    for (i = 0; i < JOBS; i++) {
        SOCKET s = accept(listener, NULL, NULL);

        EnterCriticalSection(&guard);
        queue[count++] = s;
        LeaveCriticalSection(&guard);
        CHECK(ReleaseSemaphore(waiting, 1, &before));
    }
    CHECK(WaitForSingleObject(asker, INFINITE) == WAIT_OBJECT_0);
    CHECK(GetExitCodeThread(asker, &code) && code == 0);
    CHECK(!ReleaseSemaphore(waiting, JOBS + 1, NULL) && GetLastError() == ERROR_TOO_MANY_POSTS);
    SetEvent(stop);
    CHECK(WaitForMultipleObjects(WORKERS, workers, TRUE, INFINITE) == WAIT_OBJECT_0);
    for (i = 0; i < WORKERS; i++) {
        CHECK(GetExitCodeThread(workers[i], &code) && code == 17);
        CloseHandle(workers[i]);
        all += served[i];
    }
    CHECK(all == JOBS);
    DeleteCriticalSection(&guard);
    CloseHandle(waiting);
    CloseHandle(stop);
    CloseHandle(asker);
    closesocket(listener);
    WSACleanup();
    return result();
}
