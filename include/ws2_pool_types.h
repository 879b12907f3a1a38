/* The types of the thread pool, and the inline functions that fill in a callback environment. Part of windows.h. */
#ifndef WS2_POOL_TYPES_H
#define WS2_POOL_TYPES_H

#include "ws2_base.h"

#ifndef NTAPI
# define NTAPI
#endif

typedef DWORD TP_VERSION, *PTP_VERSION;

typedef struct _TP_CALLBACK_INSTANCE TP_CALLBACK_INSTANCE, *PTP_CALLBACK_INSTANCE;
typedef struct _TP_POOL              TP_POOL, *PTP_POOL;
typedef struct _TP_CLEANUP_GROUP     TP_CLEANUP_GROUP, *PTP_CLEANUP_GROUP;
typedef struct _TP_WORK              TP_WORK, *PTP_WORK;
typedef struct _TP_TIMER             TP_TIMER, *PTP_TIMER;
typedef struct _TP_WAIT              TP_WAIT, *PTP_WAIT;
typedef struct _TP_IO                TP_IO, *PTP_IO;

typedef DWORD TP_WAIT_RESULT;

typedef VOID (NTAPI *PTP_SIMPLE_CALLBACK)(PTP_CALLBACK_INSTANCE Instance, PVOID Context);
typedef VOID (NTAPI *PTP_WORK_CALLBACK)(PTP_CALLBACK_INSTANCE Instance, PVOID Context, PTP_WORK Work);
typedef VOID (NTAPI *PTP_TIMER_CALLBACK)(PTP_CALLBACK_INSTANCE Instance, PVOID Context, PTP_TIMER Timer);
typedef VOID (NTAPI *PTP_WAIT_CALLBACK)(PTP_CALLBACK_INSTANCE Instance, PVOID Context, PTP_WAIT Wait, TP_WAIT_RESULT WaitResult);
typedef VOID (NTAPI *PTP_CLEANUP_GROUP_CANCEL_CALLBACK)(PVOID ObjectContext, PVOID CleanupContext);
typedef VOID (WINAPI *PTP_WIN32_IO_CALLBACK)(PTP_CALLBACK_INSTANCE Instance, PVOID Context, PVOID Overlapped,
                                             ULONG IoResult, ULONG_PTR NumberOfBytesTransferred, PTP_IO Io);

typedef enum _TP_CALLBACK_PRIORITY {
    TP_CALLBACK_PRIORITY_HIGH,
    TP_CALLBACK_PRIORITY_NORMAL,
    TP_CALLBACK_PRIORITY_LOW,
    TP_CALLBACK_PRIORITY_INVALID,
    TP_CALLBACK_PRIORITY_COUNT = TP_CALLBACK_PRIORITY_INVALID
} TP_CALLBACK_PRIORITY;

typedef struct _TP_POOL_STACK_INFORMATION {
    SIZE_T StackReserve;
    SIZE_T StackCommit;
} TP_POOL_STACK_INFORMATION, *PTP_POOL_STACK_INFORMATION;

struct _ACTIVATION_CONTEXT;

/* The third version, which the library takes from every program; the first one ends before CallbackPriority. */
typedef struct _TP_CALLBACK_ENVIRON_V3 {
    TP_VERSION                        Version;
    PTP_POOL                          Pool;
    PTP_CLEANUP_GROUP                 CleanupGroup;
    PTP_CLEANUP_GROUP_CANCEL_CALLBACK CleanupGroupCancelCallback;
    PVOID                             RaceDll;
    struct _ACTIVATION_CONTEXT       *ActivationContext;
    PTP_SIMPLE_CALLBACK               FinalizationCallback;
    union {
        DWORD Flags;
        struct {
            DWORD LongFunction : 1;
            DWORD Persistent   : 1;
            DWORD Private      : 30;
        } s;
    } u;
    TP_CALLBACK_PRIORITY CallbackPriority;
    DWORD                Size;
} TP_CALLBACK_ENVIRON_V3, TP_CALLBACK_ENVIRON, *PTP_CALLBACK_ENVIRON;

/* Of RegisterWaitForSingleObject and CreateTimerQueueTimer. */
typedef VOID (NTAPI *WAITORTIMERCALLBACKFUNC)(PVOID lpParameter, BOOLEAN TimerOrWaitFired);
typedef WAITORTIMERCALLBACKFUNC WAITORTIMERCALLBACK;

/* Flags of QueueUserWorkItem, RegisterWaitForSingleObject and CreateTimerQueueTimer. */
#define WT_EXECUTEDEFAULT            0x00000000
#define WT_EXECUTEINIOTHREAD         0x00000001
#define WT_EXECUTEINUITHREAD         0x00000002
#define WT_EXECUTEINWAITTHREAD       0x00000004
#define WT_EXECUTEONLYONCE           0x00000008
#define WT_EXECUTELONGFUNCTION       0x00000010
#define WT_EXECUTEINTIMERTHREAD      0x00000020
#define WT_EXECUTEINPERSISTENTIOTHREAD 0x00000040
#define WT_EXECUTEINPERSISTENTTHREAD 0x00000080
#define WT_TRANSFER_IMPERSONATION    0x00000100
#define WT_SET_MAX_THREADPOOL_THREADS(Flags, Limit) ((Flags) |= (Limit) << 16)

#ifdef __cplusplus
extern "C" {
#endif

static __inline__ void InitializeThreadpoolEnvironment(PTP_CALLBACK_ENVIRON pcbe)
{
    pcbe->Version = 3;
    pcbe->Pool = 0;
    pcbe->CleanupGroup = 0;
    pcbe->CleanupGroupCancelCallback = 0;
    pcbe->RaceDll = 0;
    pcbe->ActivationContext = 0;
    pcbe->FinalizationCallback = 0;
    pcbe->u.Flags = 0;
    pcbe->CallbackPriority = TP_CALLBACK_PRIORITY_NORMAL;
    pcbe->Size = sizeof(TP_CALLBACK_ENVIRON);
}

static __inline__ void DestroyThreadpoolEnvironment(PTP_CALLBACK_ENVIRON pcbe)
{
    (void)pcbe;
}

static __inline__ void SetThreadpoolCallbackPool(PTP_CALLBACK_ENVIRON pcbe,
                                                                             PTP_POOL ptpp)
{
    pcbe->Pool = ptpp;
}

static __inline__ void
SetThreadpoolCallbackCleanupGroup(PTP_CALLBACK_ENVIRON pcbe, PTP_CLEANUP_GROUP ptpcg,
                                  PTP_CLEANUP_GROUP_CANCEL_CALLBACK pfng)
{
    pcbe->CleanupGroup = ptpcg;
    pcbe->CleanupGroupCancelCallback = pfng;
}

static __inline__ void SetThreadpoolCallbackRunsLong(PTP_CALLBACK_ENVIRON pcbe)
{
    pcbe->u.s.LongFunction = 1;
}

static __inline__ void SetThreadpoolCallbackPersistent(PTP_CALLBACK_ENVIRON pcbe)
{
    pcbe->u.s.Persistent = 1;
}

static __inline__ void SetThreadpoolCallbackLibrary(PTP_CALLBACK_ENVIRON pcbe,
                                                                                PVOID mod)
{
    pcbe->RaceDll = mod;
}

static __inline__ void
SetThreadpoolCallbackPriority(PTP_CALLBACK_ENVIRON pcbe, TP_CALLBACK_PRIORITY Priority)
{
    pcbe->CallbackPriority = Priority;
}

#ifdef __cplusplus
}
#endif

#endif
