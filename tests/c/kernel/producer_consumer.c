/* A buffer of ten numbers between producers and consumers: a critical section and two condition variables. */
#include <windows.h>

#include <stdio.h>

#define ROOM      10
#define PRODUCERS 4
#define CONSUMERS 3
#define ITEMS     1000

static CRITICAL_SECTION lock;
static CONDITION_VARIABLE not_empty, not_full;
static int buffer[ROOM];
static int count, first, produced, consumed;
static long sum;

static DWORD WINAPI produce(LPVOID parameter)
{
    (void)parameter;
    for (;;) {
        EnterCriticalSection(&lock);
        while (count == ROOM && produced < ITEMS)
            SleepConditionVariableCS(&not_full, &lock, INFINITE);
        if (produced == ITEMS) {
            LeaveCriticalSection(&lock);
            WakeAllConditionVariable(&not_full);
            WakeAllConditionVariable(&not_empty);
            return 0;
        }
        buffer[(first + count++) % ROOM] = produced++;
        LeaveCriticalSection(&lock);
        WakeConditionVariable(&not_empty);
    }
}

static DWORD WINAPI consume(LPVOID parameter)
{
    (void)parameter;
    for (;;) {
        EnterCriticalSection(&lock);
        while (count == 0 && consumed < ITEMS)
            SleepConditionVariableCS(&not_empty, &lock, INFINITE);
        if (consumed == ITEMS) {
            LeaveCriticalSection(&lock);
            WakeAllConditionVariable(&not_empty);
            return 0;
        }
        sum += buffer[first];
        first = (first + 1) % ROOM;
        count--;
        consumed++;
        LeaveCriticalSection(&lock);
        WakeConditionVariable(&not_full);
    }
}

int main(void)
{
    HANDLE threads[PRODUCERS + CONSUMERS];
    int i;

    InitializeCriticalSection(&lock);
    InitializeConditionVariable(&not_empty);
    InitializeConditionVariable(&not_full);
    for (i = 0; i < PRODUCERS + CONSUMERS; i++) {
        threads[i] = CreateThread(NULL, 0, i < PRODUCERS ? produce : consume, NULL, 0, NULL);
        if (threads[i] == NULL)
            return 1;
    }
    if (WaitForMultipleObjects(PRODUCERS + CONSUMERS, threads, TRUE, INFINITE) != WAIT_OBJECT_0)
        return 1;
    for (i = 0; i < PRODUCERS + CONSUMERS; i++)
        CloseHandle(threads[i]);
    DeleteCriticalSection(&lock);
    printf("consumed %d items, sum %ld\n", consumed, sum);
    return 0;
}
