/* Threads, their own values, locks and the thread pool, with arguments that make no sense. */
#include "bad.h"
#include <process.h>
#include <errno.h>

static DWORD WINAPI body(void *with)
{
    (void)with;
    return 0;
}

static VOID CALLBACK nothing(PTP_CALLBACK_INSTANCE instance, PVOID context)
{
    (void)instance, (void)context;
}

static VOID CALLBACK works(PTP_CALLBACK_INSTANCE instance, PVOID context, PTP_WORK work)
{
    (void)instance, (void)context, (void)work;
}

static VOID CALLBACK times(PTP_CALLBACK_INSTANCE instance, PVOID context, PTP_TIMER timer)
{
    (void)instance, (void)context, (void)timer;
}

static void threads(void)
{
    DWORD id = UNTOUCHED;

    FAILS(CreateThread(NULL, (SIZE_T)1 << 50, body, NULL, 0, &id), NULL, ERROR_NOT_ENOUGH_MEMORY);
    CHECK(id == UNTOUCHED);
#ifndef __MINGW32__
    errno = 0;
    CHECK(_beginthreadex(NULL, 0, NULL, NULL, 0, NULL) == 0 && errno == EINVAL);
    errno = 0;
    CHECK(_beginthread(NULL, 0, NULL) == (uintptr_t)-1 && errno == EINVAL);
#endif
    FAILS(QueueUserWorkItem(NULL, NULL, 0), FALSE, ERROR_INVALID_PARAMETER);
}

/* Indices that the program does not have. */
static void indices(void)
{
    static const DWORD wrong[] = { 0x10000, 0x7FFFFFFF, TLS_OUT_OF_INDEXES };
    DWORD own = TlsAlloc(), local = FlsAlloc(NULL);
    size_t at;

    for (at = 0; at < sizeof wrong / sizeof wrong[0]; at++) {
        FAILS(TlsGetValue(wrong[at]), NULL, ERROR_INVALID_PARAMETER);
        FAILS(TlsSetValue(wrong[at], NULL), FALSE, ERROR_INVALID_PARAMETER);
        FAILS(TlsFree(wrong[at]), FALSE, ERROR_INVALID_PARAMETER);
        FAILS(FlsGetValue(wrong[at]), NULL, ERROR_INVALID_PARAMETER);
        FAILS(FlsSetValue(wrong[at], NULL), FALSE, ERROR_INVALID_PARAMETER);
        FAILS(FlsFree(wrong[at]), FALSE, ERROR_INVALID_PARAMETER);
    }
    CHECK(TlsFree(own) && FlsFree(local));
    FAILS(TlsFree(own), FALSE, ERROR_INVALID_PARAMETER);
    FAILS(FlsFree(local), FALSE, ERROR_INVALID_PARAMETER);
    FAILS(FlsSetValue(local, NULL), FALSE, ERROR_INVALID_PARAMETER);
}

static void locks(void)
{
    CRITICAL_SECTION section;
    CONDITION_VARIABLE condition = CONDITION_VARIABLE_INIT;
    SRWLOCK lock = SRWLOCK_INIT;
    INIT_ONCE once = INIT_ONCE_STATIC_INIT;
    BOOL pending = 7;
    int value = 0, same = 0;

    FAILS(InitializeCriticalSectionEx(&section, 0, 0x80000000u), FALSE, ERROR_INVALID_PARAMETER);
    FAILS(InitializeCriticalSectionEx(&section, 0, 0x20000000u), FALSE, ERROR_INVALID_PARAMETER);
    CHECK(InitializeCriticalSectionAndSpinCount(&section, 0));
    EnterCriticalSection(&section);
    FAILS(SleepConditionVariableCS(&condition, &section, 0), FALSE, ERROR_TIMEOUT);
    LeaveCriticalSection(&section);
    AcquireSRWLockExclusive(&lock);
    CHECK(!TryAcquireSRWLockShared(&lock) && !TryAcquireSRWLockExclusive(&lock));
    FAILS(SleepConditionVariableSRW(&condition, &lock, 0, 0), FALSE, ERROR_TIMEOUT);
    FAILS(SleepConditionVariableSRW(&condition, &lock, 0, 2), FALSE, ERROR_INVALID_PARAMETER);
    ReleaseSRWLockExclusive(&lock);
    DeleteCriticalSection(&section);

    FAILS(InitOnceBeginInitialize(&once, 8, &pending, NULL), FALSE, ERROR_INVALID_PARAMETER);
    FAILS(InitOnceBeginInitialize(&once, INIT_ONCE_CHECK_ONLY | INIT_ONCE_ASYNC, &pending, NULL), FALSE, ERROR_INVALID_PARAMETER);
    FAILS(InitOnceBeginInitialize(&once, INIT_ONCE_CHECK_ONLY, &pending, NULL), FALSE, ERROR_GEN_FAILURE);
    FAILS(InitOnceComplete(&once, 0, NULL), FALSE, ERROR_GEN_FAILURE);
    FAILS(InitOnceComplete(&once, INIT_ONCE_ASYNC | INIT_ONCE_INIT_FAILED, NULL), FALSE, ERROR_INVALID_PARAMETER);
    CHECK(InitOnceBeginInitialize(&once, 0, &pending, NULL) && pending);
    FAILS(InitOnceComplete(&once, INIT_ONCE_ASYNC, NULL), FALSE, ERROR_INVALID_PARAMETER);
    FAILS(InitOnceComplete(&once, 0, (void *)1), FALSE, ERROR_INVALID_PARAMETER);
    CHECK(InitOnceComplete(&once, 0, NULL));

    FAILS(WaitOnAddress(&value, &same, 0, 0), FALSE, ERROR_INVALID_PARAMETER);
    FAILS(WaitOnAddress(&value, &same, 3, 0), FALSE, ERROR_INVALID_PARAMETER);
    FAILS(WaitOnAddress(&value, &same, 16, 0), FALSE, ERROR_INVALID_PARAMETER);
    FAILS(WaitOnAddress(&value, &same, 4, 0), FALSE, ERROR_TIMEOUT);
    WakeByAddressSingle(NULL);
    WakeByAddressAll(NULL);
}

static void pools(void)
{
    TP_CALLBACK_ENVIRON environment;
    TP_POOL_STACK_INFORMATION stack;
    PTP_POOL pool = CreateThreadpool(NULL);

    InitializeThreadpoolEnvironment(&environment);
    FAILS(CreateThreadpool(&stack), NULL, ERROR_INVALID_PARAMETER);
    FAILS(CreateThreadpoolWork(NULL, NULL, NULL), NULL, ERROR_INVALID_PARAMETER);
    FAILS(CreateThreadpoolTimer(NULL, NULL, NULL), NULL, ERROR_INVALID_PARAMETER);
    FAILS(CreateThreadpoolIo(of_kind(EVENT), NULL, NULL, NULL), NULL, ERROR_INVALID_PARAMETER);
    FAILS(TrySubmitThreadpoolCallback(NULL, NULL, NULL), FALSE, ERROR_INVALID_PARAMETER);
    environment.Version = 77;
    FAILS(CreateThreadpoolWork(works, NULL, &environment), NULL, ERROR_INVALID_PARAMETER);
    FAILS(CreateThreadpoolTimer(times, NULL, &environment), NULL, ERROR_INVALID_PARAMETER);
    FAILS(TrySubmitThreadpoolCallback(nothing, NULL, &environment), FALSE, ERROR_INVALID_PARAMETER);
    stack.StackReserve = 1 << 16, stack.StackCommit = 1 << 20;
    FAILS(SetThreadpoolStackInformation(pool, &stack), FALSE, ERROR_INVALID_PARAMETER);
    CHECK(QueryThreadpoolStackInformation(pool, &stack));
    CloseThreadpool(pool);
}

#ifndef __MINGW32__
/* What ends a program on Windows: objects of the pool that are none. Here they are noticed. */
static void no_objects(void *p)
{
    TP_POOL_STACK_INFORMATION stack = { 1 << 20, 1 << 16 };
    PTP_POOL pool = (PTP_POOL)p;
    PTP_WORK work = (PTP_WORK)p;
    PTP_TIMER timer = (PTP_TIMER)p;
    PTP_IO io = (PTP_IO)p;
    PTP_CALLBACK_INSTANCE instance = (PTP_CALLBACK_INSTANCE)p;
    FILETIME due = { 0, 0 };

    FAILS(SetThreadpoolThreadMinimum(pool, 1), FALSE, ERROR_INVALID_PARAMETER);
    SetThreadpoolThreadMaximum(pool, 1);
    FAILS(SetThreadpoolStackInformation(pool, &stack), FALSE, ERROR_INVALID_PARAMETER);
    FAILS(QueryThreadpoolStackInformation(pool, &stack), FALSE, ERROR_INVALID_PARAMETER);
    CloseThreadpool(pool);
    SubmitThreadpoolWork(work);
    WaitForThreadpoolWorkCallbacks(work, TRUE);
    CloseThreadpoolWork(work);
    SetThreadpoolTimer(timer, &due, 0, 0);
    CHECK(!SetThreadpoolTimerEx(timer, &due, 0, 0) && !IsThreadpoolTimerSet(timer));
    WaitForThreadpoolTimerCallbacks(timer, TRUE);
    CloseThreadpoolTimer(timer);
    StartThreadpoolIo(io);
    CancelThreadpoolIo(io);
    WaitForThreadpoolIoCallbacks(io, TRUE);
    CloseThreadpoolIo(io);
    CloseThreadpoolCleanupGroupMembers((PTP_CLEANUP_GROUP)p, TRUE, NULL);
    CloseThreadpoolCleanupGroup((PTP_CLEANUP_GROUP)p);
    CHECK(!CallbackMayRunLong(instance));
    DisassociateCurrentThreadFromCallback(instance);
    SetEventWhenCallbackReturns(instance, of_kind(EVENT));
    ReleaseSemaphoreWhenCallbackReturns(instance, of_kind(SEMAPHORE), 1);
    ReleaseMutexWhenCallbackReturns(instance, of_kind(MUTEX));
    LeaveCriticalSectionWhenCallbackReturns(instance, NULL);
    FreeLibraryWhenCallbackReturns(instance, NULL);
}

static BOOL CALLBACK begun(INIT_ONCE *once, void *with, void **context)
{
    (void)once, (void)with, (void)context;
    return TRUE;
}

static void addresses(void *p)
{
    int value = 0;
    BOOL pending;
    INIT_ONCE once = INIT_ONCE_STATIC_INIT;
    DWORD id;

    (void)pending;
    FAILS(InitOnceExecuteOnce(&once, NULL, NULL, NULL), FALSE, ERROR_INVALID_PARAMETER);
    FAILS(InitOnceExecuteOnce(&once, begun, NULL, (void **)p), FALSE, ERROR_NOACCESS);
    FAILS(CreateThread((SECURITY_ATTRIBUTES *)p, 0, body, NULL, 0, &id), NULL, ERROR_NOACCESS);
    FAILS(CreateThread(NULL, 0, body, NULL, 0, (DWORD *)p), NULL, ERROR_NOACCESS);
    FAILS(WaitOnAddress(p, &value, 1, 0), FALSE, ERROR_NOACCESS);
    FAILS(WaitOnAddress(&value, p, 1, 0), FALSE, ERROR_NOACCESS);
    FAILS(InitOnceBeginInitialize(&once, 0, (BOOL *)p, NULL), FALSE, ERROR_NOACCESS);
    FAILS(CreateThreadpoolWork(works, NULL, (PTP_CALLBACK_ENVIRON)p), NULL, ERROR_NOACCESS);
    FAILS(CreateThreadpoolTimer(times, NULL, (PTP_CALLBACK_ENVIRON)p), NULL, ERROR_NOACCESS);
    FAILS(TrySubmitThreadpoolCallback(nothing, NULL, (PTP_CALLBACK_ENVIRON)p), FALSE, ERROR_NOACCESS);
}
#endif

int main(void)
{
    threads();
    indices();
    locks();
    pools();
#ifndef __MINGW32__
    {
        int which;
        no_objects(NULL);
        for (which = 0; which < NO_ADDRESSES; which++) {
            no_objects(no_address(which));
            addresses(no_address(which));
        }
    }
#endif
    return result();
}
