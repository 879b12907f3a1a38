/* Ten threads that wait for one event, and the main thread that waits for all of them; one more by _beginthreadex. */
#include <windows.h>

#include <process.h>
#include <stdio.h>

static HANDLE start;

static DWORD WINAPI work(LPVOID parameter)
{
    if (WaitForSingleObject(start, INFINITE) != WAIT_OBJECT_0)
        return 1000;
    return *(DWORD *)parameter;
}

static unsigned __stdcall begin(void *parameter)
{
    SetEvent((HANDLE)parameter);
    _endthreadex(0);
    return 1000;
}

int main(void)
{
    HANDLE threads[10], other;
    DWORD numbers[10], id, code, sum = 0;
    int i;

    start = CreateEvent(NULL, TRUE, FALSE, NULL);
    if (start == NULL)
        return 1;
    for (i = 0; i < 10; i++) {
        numbers[i] = (DWORD)i;
        threads[i] = CreateThread(NULL, 0, work, &numbers[i], 0, &id);
        if (threads[i] == NULL)
            return 1;
    }
    if (WaitForMultipleObjects(10, threads, TRUE, 10) != WAIT_TIMEOUT)
        return 1;
    other = (HANDLE)_beginthreadex(NULL, 0, begin, start, 0, NULL);
    if (other == NULL || WaitForMultipleObjects(10, threads, TRUE, INFINITE) != WAIT_OBJECT_0)
        return 1;
    for (i = 0; i < 10; i++) {
        if (!GetExitCodeThread(threads[i], &code))
            return 1;
        sum += code;
        CloseHandle(threads[i]);
    }
    WaitForSingleObject(other, INFINITE);
    CloseHandle(other);
    CloseHandle(start);
    printf("all 10 threads have ended, sum of codes %d\n", (int)sum);
    return 0;
}
