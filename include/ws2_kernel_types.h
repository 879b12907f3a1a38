/* The types and constants of kernel32's functions, with the layout of 64-bit Windows. ws2_kernel.h includes it before its
   prototypes. */
#ifndef WS2_KERNEL_TYPES_H
#define WS2_KERNEL_TYPES_H

#include "ws2_base.h"
#include "ws2_pool_types.h"

#ifndef NTAPI
# define NTAPI
#endif

typedef struct _SECURITY_ATTRIBUTES {
    DWORD  nLength;
    LPVOID lpSecurityDescriptor;
    BOOL   bInheritHandle;
} SECURITY_ATTRIBUTES, *PSECURITY_ATTRIBUTES, *LPSECURITY_ATTRIBUTES;

__extension__ typedef union _LARGE_INTEGER {
    __extension__ struct {
        DWORD LowPart;
        LONG  HighPart;
    };
    struct {
        DWORD LowPart;
        LONG  HighPart;
    } u;
    LONGLONG QuadPart;
} LARGE_INTEGER, *PLARGE_INTEGER;

__extension__ typedef union _ULARGE_INTEGER {
    __extension__ struct {
        DWORD LowPart;
        DWORD HighPart;
    };
    struct {
        DWORD LowPart;
        DWORD HighPart;
    } u;
    ULONGLONG QuadPart;
} ULARGE_INTEGER, *PULARGE_INTEGER;

typedef struct _FILETIME {
    DWORD dwLowDateTime;
    DWORD dwHighDateTime;
} FILETIME, *PFILETIME, *LPFILETIME;

/* The program does not look into these. */
typedef struct _RTL_CRITICAL_SECTION {
    PVOID     DebugInfo;
    LONG      LockCount;
    LONG      RecursionCount;
    HANDLE    OwningThread;
    HANDLE    LockSemaphore;
    ULONG_PTR SpinCount;
} RTL_CRITICAL_SECTION, *PRTL_CRITICAL_SECTION, CRITICAL_SECTION, *PCRITICAL_SECTION, *LPCRITICAL_SECTION;

typedef struct _RTL_SRWLOCK {
    PVOID Ptr;
} RTL_SRWLOCK, *PRTL_SRWLOCK, SRWLOCK, *PSRWLOCK;

typedef struct _RTL_CONDITION_VARIABLE {
    PVOID Ptr;
} RTL_CONDITION_VARIABLE, *PRTL_CONDITION_VARIABLE, CONDITION_VARIABLE, *PCONDITION_VARIABLE;

typedef union _RTL_RUN_ONCE {
    PVOID Ptr;
} RTL_RUN_ONCE, *PRTL_RUN_ONCE, INIT_ONCE, *PINIT_ONCE, *LPINIT_ONCE;

typedef struct _REASON_CONTEXT REASON_CONTEXT, *PREASON_CONTEXT;

#define SRWLOCK_INIT                  {0}
#define RTL_SRWLOCK_INIT              {0}
#define CONDITION_VARIABLE_INIT       {0}
#define RTL_CONDITION_VARIABLE_INIT   {0}
#define INIT_ONCE_STATIC_INIT         {0}
#define RTL_RUN_ONCE_INIT             {0}

/* Functions of the program. */
typedef DWORD (WINAPI *PTHREAD_START_ROUTINE)(LPVOID lpThreadParameter);
typedef PTHREAD_START_ROUTINE LPTHREAD_START_ROUTINE;
typedef VOID (NTAPI *PAPCFUNC)(ULONG_PTR Parameter);
typedef VOID (APIENTRY *PTIMERAPCROUTINE)(LPVOID lpArgToCompletionRoutine, DWORD dwTimerLowValue, DWORD dwTimerHighValue);
typedef BOOL (WINAPI *PINIT_ONCE_FN)(PINIT_ONCE InitOnce, PVOID Parameter, PVOID *Context);
typedef VOID (WINAPI *PFLS_CALLBACK_FUNCTION)(PVOID lpFlsData);
typedef void (__cdecl *_beginthread_proc_type)(void *);
typedef unsigned (__stdcall *_beginthreadex_proc_type)(void *);

/* Completion ports. */
typedef VOID (WINAPI *LPOVERLAPPED_COMPLETION_ROUTINE)(DWORD dwErrorCode, DWORD dwNumberOfBytesTransfered,
                                                       LPOVERLAPPED lpOverlapped);

#define FILE_SKIP_COMPLETION_PORT_ON_SUCCESS 0x1
#define FILE_SKIP_SET_EVENT_ON_HANDLE        0x2

/* Whether an operation has ended; of several threads the one that is told sees what it has moved. */
#define HasOverlappedIoCompleted(lpOverlapped) \
    (__atomic_load_n(&(lpOverlapped)->Internal, __ATOMIC_ACQUIRE) != 0x103)

/* Waits. */
#ifndef INFINITE
# define INFINITE           0xFFFFFFFFu
#endif
#ifndef WAIT_OBJECT_0
# define WAIT_OBJECT_0      0
# define WAIT_ABANDONED     0x80
# define WAIT_IO_COMPLETION 0xC0
# define WAIT_FAILED        0xFFFFFFFFu
#endif
#define WAIT_ABANDONED_0     0x80
#define MAXIMUM_WAIT_OBJECTS 64
#define STILL_ACTIVE         259

/* Rights. */
#ifndef DELETE
# define DELETE                         0x00010000
#endif
#define READ_CONTROL                    0x00020000
#define WRITE_DAC                       0x00040000
#define WRITE_OWNER                     0x00080000
#define SYNCHRONIZE                     0x00100000
#define STANDARD_RIGHTS_REQUIRED        0x000F0000
#define STANDARD_RIGHTS_ALL             0x001F0000
#define MAXIMUM_ALLOWED                 0x02000000
#define GENERIC_READ                   0x80000000u
#define GENERIC_WRITE                  0x40000000
#define GENERIC_EXECUTE                0x20000000
#define GENERIC_ALL                    0x10000000
#define EVENT_MODIFY_STATE              0x0002
#define EVENT_ALL_ACCESS                0x001F0003
#define MUTANT_QUERY_STATE              0x0001
#define MUTEX_MODIFY_STATE              0x0001
#define MUTEX_ALL_ACCESS                0x001F0001
#define SEMAPHORE_MODIFY_STATE          0x0002
#define SEMAPHORE_ALL_ACCESS            0x001F0003
#define TIMER_QUERY_STATE               0x0001
#define TIMER_MODIFY_STATE              0x0002
#define TIMER_ALL_ACCESS                0x001F0003
#define THREAD_TERMINATE                0x0001
#define THREAD_SUSPEND_RESUME           0x0002
#define THREAD_GET_CONTEXT              0x0008
#define THREAD_SET_CONTEXT              0x0010
#define THREAD_SET_INFORMATION          0x0020
#define THREAD_QUERY_INFORMATION        0x0040
#define THREAD_SET_LIMITED_INFORMATION  0x0400
#define THREAD_QUERY_LIMITED_INFORMATION 0x0800
#define THREAD_ALL_ACCESS               0x001FFFFF

/* Flags. */
#define CREATE_EVENT_MANUAL_RESET             0x1
#define CREATE_EVENT_INITIAL_SET              0x2
#define CREATE_MUTEX_INITIAL_OWNER            0x1
#define CREATE_WAITABLE_TIMER_MANUAL_RESET    0x1
#define CREATE_WAITABLE_TIMER_HIGH_RESOLUTION 0x2
#define CREATE_SUSPENDED                      0x4
#define STACK_SIZE_PARAM_IS_A_RESERVATION     0x00010000
#define HANDLE_FLAG_INHERIT                   0x1
#define HANDLE_FLAG_PROTECT_FROM_CLOSE        0x2
#define DUPLICATE_CLOSE_SOURCE                0x1
#define DUPLICATE_SAME_ACCESS                 0x2
#define CRITICAL_SECTION_NO_DEBUG_INFO        0x01000000
#define CONDITION_VARIABLE_LOCKMODE_SHARED    0x1
#define INIT_ONCE_CHECK_ONLY                  0x1
#define INIT_ONCE_ASYNC                       0x2
#define INIT_ONCE_INIT_FAILED                 0x4
#define INIT_ONCE_CTX_RESERVED_BITS           2
#define TLS_OUT_OF_INDEXES                    0xFFFFFFFFu
#define TLS_MINIMUM_AVAILABLE                 64
#define FLS_OUT_OF_INDEXES                    0xFFFFFFFFu

/* Priorities, which are noted and change nothing. */
#define THREAD_PRIORITY_IDLE          (-15)
#define THREAD_PRIORITY_LOWEST        (-2)
#define THREAD_PRIORITY_BELOW_NORMAL  (-1)
#define THREAD_PRIORITY_NORMAL        0
#define THREAD_PRIORITY_ABOVE_NORMAL  1
#define THREAD_PRIORITY_HIGHEST       2
#define THREAD_PRIORITY_TIME_CRITICAL 15
#define THREAD_PRIORITY_ERROR_RETURN  0x7FFFFFFF
#define THREAD_MODE_BACKGROUND_BEGIN  0x00010000
#define THREAD_MODE_BACKGROUND_END    0x00020000

/* Codes of the last error. */
#ifndef ERROR_NOT_SAME_OBJECT
# define ERROR_NOT_SAME_OBJECT      1656
#endif

/* Without A or W: the one that UNICODE says, as on Windows. */
#define CreateEvent           WS2_WIDTH(CreateEvent)
#define CreateEventEx         WS2_WIDTH(CreateEventEx)
#define OpenEvent             WS2_WIDTH(OpenEvent)
#define CreateMutex           WS2_WIDTH(CreateMutex)
#define CreateMutexEx         WS2_WIDTH(CreateMutexEx)
#define OpenMutex             WS2_WIDTH(OpenMutex)
#define CreateSemaphore       WS2_WIDTH(CreateSemaphore)
#define CreateSemaphoreEx     WS2_WIDTH(CreateSemaphoreEx)
#define OpenSemaphore         WS2_WIDTH(OpenSemaphore)
#define CreateWaitableTimer   WS2_WIDTH(CreateWaitableTimer)
#define CreateWaitableTimerEx WS2_WIDTH(CreateWaitableTimerEx)
#define OpenWaitableTimer     WS2_WIDTH(OpenWaitableTimer)

#endif
