/* What belongs to one thread: Tls values with a buffer each, and the last error, which another thread's failures do not
   touch. */
#include "loopback.h"

#define THREADS 6

static DWORD slot;
static HANDLE ready, go;

static DWORD WINAPI run(LPVOID argument)
{
    int number = (int)(INT_PTR)argument, i;
    char *mine = (char *)LocalAlloc(LPTR, 32);

    if (TlsGetValue(slot) != NULL || GetLastError() != ERROR_SUCCESS)
        return 1;
    TlsSetValue(slot, mine);
    wsprintfA(mine, "thread %d", number);
    WSASetLastError(number % 2 ? 0 : 10000 + number);
    if (number % 2 && closesocket(INVALID_SOCKET) != SOCKET_ERROR)
        return 2;
    ReleaseSemaphore(ready, 1, NULL);
    WaitForSingleObject(go, INFINITE);
    i = WSAGetLastError();
    if (i != (number % 2 ? (int)WSAENOTSOCK : 10000 + number) || (DWORD)i != GetLastError())
        return 3;
    if (strcmp((char *)TlsGetValue(slot), mine) != 0 || mine[7] != '0' + number)
        return 4;
    LocalFree(mine);
    return 0;
}

int main(void)
{
    HANDLE threads[THREADS];
    DWORD code;
    int i;

    started();
    slot = TlsAlloc();
    CHECK(slot != TLS_OUT_OF_INDEXES);
    ready = CreateSemaphoreA(NULL, 0, THREADS, NULL);
    go = CreateEventA(NULL, TRUE, FALSE, NULL);
    for (i = 0; i < THREADS; i++)
        threads[i] = CreateThread(NULL, 0x10000, run, (LPVOID)(INT_PTR)i, STACK_SIZE_PARAM_IS_A_RESERVATION, NULL);
    for (i = 0; i < THREADS; i++)
        WaitForSingleObject(ready, INFINITE);
    SetEvent(go);
    CHECK(WaitForMultipleObjects(THREADS, threads, TRUE, INFINITE) == WAIT_OBJECT_0);
    for (i = 0; i < THREADS; i++) {
        CHECK(GetExitCodeThread(threads[i], &code) && code == 0);
        CloseHandle(threads[i]);
    }
    CHECK(TlsFree(slot) && !TlsFree(slot));
    CloseHandle(go);
    CloseHandle(ready);
    WSACleanup();
    return result();
}
