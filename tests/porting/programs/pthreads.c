/* A portable program's own pthread_mutex_t and pthread_cond_t for Windows, made of slim locks. They are its own: libc's do not get
   in their way, nor they in libc's. */
#include "loopback.h"
#include <stdlib.h>
#include <time.h>

typedef SRWLOCK pthread_mutex_t;
typedef CONDITION_VARIABLE pthread_cond_t;
typedef HANDLE pthread_t;
typedef struct {
    int detached;
} pthread_attr_t;

int pthread_mutex_init(pthread_mutex_t *mutex, void *attributes);
int pthread_mutex_lock(pthread_mutex_t *mutex);
int pthread_mutex_unlock(pthread_mutex_t *mutex);
int pthread_cond_wait(pthread_cond_t *condition, pthread_mutex_t *mutex);
int pthread_cond_signal(pthread_cond_t *condition);
DWORD pthread_self(void);

int pthread_mutex_init(pthread_mutex_t *mutex, void *attributes)
{
    InitializeSRWLock(mutex);
    return attributes != NULL;
}

int pthread_mutex_lock(pthread_mutex_t *mutex)
{
    AcquireSRWLockExclusive(mutex);
    return 0;
}

int pthread_mutex_unlock(pthread_mutex_t *mutex)
{
    ReleaseSRWLockExclusive(mutex);
    return 0;
}

int pthread_cond_wait(pthread_cond_t *condition, pthread_mutex_t *mutex)
{
    return !SleepConditionVariableSRW(condition, mutex, INFINITE, 0);
}

int pthread_cond_signal(pthread_cond_t *condition)
{
    WakeConditionVariable(condition);
    return 0;
}

DWORD pthread_self(void)
{
    return GetCurrentThreadId();
}

static pthread_mutex_t mutex;
static pthread_cond_t changed = CONDITION_VARIABLE_INIT;
static int number;
static DWORD other;

static DWORD WINAPI run(LPVOID argument)
{
    (void)argument;
    pthread_mutex_lock(&mutex);
    number = 5;
    other = pthread_self();
    pthread_mutex_unlock(&mutex);
    pthread_cond_signal(&changed);
    return 0;
}

int main(void)
{
    pthread_attr_t attributes = {0};
    pthread_t thread;

    started();
    CHECK(pthread_mutex_init(&mutex, NULL) == 0 && attributes.detached == 0);
    thread = CreateThread(NULL, 0, run, NULL, 0, NULL);
    pthread_mutex_lock(&mutex);
    while (number == 0)
        CHECK(pthread_cond_wait(&changed, &mutex) == 0);
    pthread_mutex_unlock(&mutex);
    CHECK(WaitForSingleObject(thread, INFINITE) == WAIT_OBJECT_0);
    CHECK(number == 5 && other != 0 && other != pthread_self());
    CloseHandle(thread);
    WSACleanup();
    return result();
}
