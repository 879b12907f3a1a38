/* The functions of kernel32 and of the C run-time that ws2_32 has, made from the Rust sources. Part of windows.h. */

#ifndef WS2_KERNEL_H
#define WS2_KERNEL_H

#include "ws2_32.h"
#include "ws2_kernel_types.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Takes a slim lock for writing. A thread that has it already waits for ever. */
void AcquireSRWLockExclusive(SRWLOCK *SRWLock) WS2_SYMBOL(ws2_AcquireSRWLockExclusive);

/* Takes a slim lock for reading, after those who wait to write. */
void AcquireSRWLockShared(SRWLOCK *SRWLock) WS2_SYMBOL(ws2_AcquireSRWLockShared);

/* Has a function called, on a thread of the pool of the process, for the end of each operation on a
   socket that would be a packet at a completion port: with the operation's NTSTATUS
   (RtlNtStatusToDosError makes a code of it on Windows, and GetOverlappedResult here, too), the number
   of bytes and the OVERLAPPED. It takes the place of a port for the socket's life. Flags is not looked
   at. */
BOOL BindIoCompletionCallback(HANDLE FileHandle, LPOVERLAPPED_COMPLETION_ROUTINE Function, ULONG Flags) WS2_SYMBOL(ws2_BindIoCompletionCallback);

/* Says that the calling callback may take long, so that the pool does not wait for it before it begins
   others. */
BOOL CallbackMayRunLong(PTP_CALLBACK_INSTANCE pci) WS2_SYMBOL(ws2_CallbackMayRunLong);

/* Cancels the operations that the calling thread has begun on a socket: each ends with
   ERROR_OPERATION_ABORTED and is told of as any other end, unless it has ended by itself before. */
BOOL CancelIo(HANDLE hFile) WS2_SYMBOL(ws2_CancelIo);

/* Cancels the operation of an OVERLAPPED on a socket, or all where that is NULL, whichever thread has
   begun it. */
BOOL CancelIoEx(HANDLE hFile, OVERLAPPED *lpOverlapped) WS2_SYMBOL(ws2_CancelIoEx);

/* Ends the call of Winsock in which a thread waits, which fails with WSA_OPERATION_ABORTED. A call that
   does not wait goes on, and so do the thread's operations. The thread must have used this library's
   threads, waits or overlapped calls before, or be one of CreateThread. */
BOOL CancelSynchronousIo(HANDLE hThread) WS2_SYMBOL(ws2_CancelSynchronousIo);

/* Takes back what StartThreadpoolIo has said: the operation has failed at once, or has succeeded at once
   on a socket with FILE_SKIP_COMPLETION_PORT_ON_SUCCESS. It cancels no operation. */
void CancelThreadpoolIo(PTP_IO pio) WS2_SYMBOL(ws2_CancelThreadpoolIo);

/* Stops a timer and forgets its routine. Whether it is signalled stays as it is. */
BOOL CancelWaitableTimer(HANDLE hTimer) WS2_SYMBOL(ws2_CancelWaitableTimer);

/* Has a timer run anew, from now on. One that was due once, and comes no more, stays so. TimerQueue is
   not compared with the queue in which the timer was made. */
BOOL ChangeTimerQueueTimer(HANDLE TimerQueue, HANDLE Timer, ULONG DueTime, ULONG Period) WS2_SYMBOL(ws2_ChangeTimerQueueTimer);

/* Closes a handle; the object lives as long as another handle or a wait refers to it. A socket is closed
   as closesocket does it, and another descriptor as close. A thread goes on. */
BOOL CloseHandle(HANDLE hObject) WS2_SYMBOL(ws2_CloseHandle);

/* Gives a pool back. Its threads end when none of its objects is left. */
void CloseThreadpool(PTP_POOL ptpp) WS2_SYMBOL(ws2_CloseThreadpool);

/* Gives a group back whose objects are closed. */
void CloseThreadpoolCleanupGroup(PTP_CLEANUP_GROUP ptpcg) WS2_SYMBOL(ws2_CloseThreadpoolCleanupGroup);

/* Waits for the callbacks of all objects of a group, and closes the objects. With
   fCancelPendingCallbacks what has not begun is not called, and for each object that was still open the
   environment's function is called with the object's context and pvCleanupContext. */
void CloseThreadpoolCleanupGroupMembers(PTP_CLEANUP_GROUP ptpcg, BOOL fCancelPendingCallbacks, void *pvCleanupContext) WS2_SYMBOL(ws2_CloseThreadpoolCleanupGroupMembers);

/* Gives the object back. Operations that were said and have not ended are told of all the same; the
   socket stays as it is, and gets no other port or function. */
void CloseThreadpoolIo(PTP_IO pio) WS2_SYMBOL(ws2_CloseThreadpoolIo);

/* Stops the timer and gives it back. Calls that are due still happen. */
void CloseThreadpoolTimer(PTP_TIMER pti) WS2_SYMBOL(ws2_CloseThreadpoolTimer);

/* Has the object wait no more and gives it back. Calls that are due still happen. */
void CloseThreadpoolWait(PTP_WAIT pwa) WS2_SYMBOL(ws2_CloseThreadpoolWait);

/* Gives the object back. Calls that are due still happen. */
void CloseThreadpoolWork(PTP_WORK pwk) WS2_SYMBOL(ws2_CloseThreadpoolWork);

/* Whether two handles stand for the same object, socket or file. */
BOOL CompareObjectHandles(HANDLE hFirstObjectHandle, HANDLE hSecondObjectHandle) WS2_SYMBOL(ws2_CompareObjectHandles);

/* Makes an event. A manual-reset one lets all waits pass from SetEvent until ResetEvent, another one
   lets one pass and is reset by that. With a name it is found by all of this process, not by others. */
HANDLE CreateEventA(SECURITY_ATTRIBUTES *lpEventAttributes, BOOL bManualReset, BOOL bInitialState, const char *lpName) WS2_SYMBOL(ws2_CreateEventA);

/* CreateEventA with flags (1 manual reset, 2 set) and the rights of the handle. */
HANDLE CreateEventExA(SECURITY_ATTRIBUTES *lpEventAttributes, const char *lpName, DWORD dwFlags, DWORD dwDesiredAccess) WS2_SYMBOL(ws2_CreateEventExA);

/* CreateEventExA for a name in 16-bit characters. */
HANDLE CreateEventExW(SECURITY_ATTRIBUTES *lpEventAttributes, const WCHAR *lpName, DWORD dwFlags, DWORD dwDesiredAccess) WS2_SYMBOL(ws2_CreateEventExW);

/* CreateEventA for a name in 16-bit characters. */
HANDLE CreateEventW(SECURITY_ATTRIBUTES *lpEventAttributes, BOOL bManualReset, BOOL bInitialState, const WCHAR *lpName) WS2_SYMBOL(ws2_CreateEventW);

/* Makes a completion port where ExistingCompletionPort is NULL; and associates a socket with the port,
   where FileHandle is not INVALID_HANDLE_VALUE: the end of each of its operations is a packet there with
   CompletionKey, those included that have begun before. The association is for the socket's life. */
HANDLE CreateIoCompletionPort(HANDLE FileHandle, HANDLE ExistingCompletionPort, ULONG_PTR CompletionKey, DWORD NumberOfConcurrentThreads) WS2_SYMBOL(ws2_CreateIoCompletionPort);

/* Makes a mutex, which a wait gives to the calling thread and ReleaseMutex takes from it, as many times
   as it was waited for. The mutex of a thread that has ended goes to the next that waits, which is told
   so (WAIT_ABANDONED). Whoever gets an existing one by its name does not own it. */
HANDLE CreateMutexA(SECURITY_ATTRIBUTES *lpMutexAttributes, BOOL bInitialOwner, const char *lpName) WS2_SYMBOL(ws2_CreateMutexA);

/* CreateMutexA with a flag (1: the caller owns it) and the rights of the handle. */
HANDLE CreateMutexExA(SECURITY_ATTRIBUTES *lpMutexAttributes, const char *lpName, DWORD dwFlags, DWORD dwDesiredAccess) WS2_SYMBOL(ws2_CreateMutexExA);

/* CreateMutexExA for a name in 16-bit characters. */
HANDLE CreateMutexExW(SECURITY_ATTRIBUTES *lpMutexAttributes, const WCHAR *lpName, DWORD dwFlags, DWORD dwDesiredAccess) WS2_SYMBOL(ws2_CreateMutexExW);

/* CreateMutexA for a name in 16-bit characters. */
HANDLE CreateMutexW(SECURITY_ATTRIBUTES *lpMutexAttributes, BOOL bInitialOwner, const WCHAR *lpName) WS2_SYMBOL(ws2_CreateMutexW);

/* Makes a semaphore: a count that a wait takes one from, if it is not 0, and that ReleaseSemaphore adds
   to. */
HANDLE CreateSemaphoreA(SECURITY_ATTRIBUTES *lpSemaphoreAttributes, LONG lInitialCount, LONG lMaximumCount, const char *lpName) WS2_SYMBOL(ws2_CreateSemaphoreA);

/* CreateSemaphoreA with the rights of the handle. */
HANDLE CreateSemaphoreExA(SECURITY_ATTRIBUTES *lpSemaphoreAttributes, LONG lInitialCount, LONG lMaximumCount, const char *lpName, DWORD dwFlags, DWORD dwDesiredAccess) WS2_SYMBOL(ws2_CreateSemaphoreExA);

/* CreateSemaphoreExA for a name in 16-bit characters. */
HANDLE CreateSemaphoreExW(SECURITY_ATTRIBUTES *lpSemaphoreAttributes, LONG lInitialCount, LONG lMaximumCount, const WCHAR *lpName, DWORD dwFlags, DWORD dwDesiredAccess) WS2_SYMBOL(ws2_CreateSemaphoreExW);

/* CreateSemaphoreA for a name in 16-bit characters. */
HANDLE CreateSemaphoreW(SECURITY_ATTRIBUTES *lpSemaphoreAttributes, LONG lInitialCount, LONG lMaximumCount, const WCHAR *lpName) WS2_SYMBOL(ws2_CreateSemaphoreW);

/* Starts a thread, which ends with what its function returns or gives to ExitThread. Flags: 4
   (CREATE_SUSPENDED) lets it wait for ResumeThread; 0x10000 takes dwStackSize, in bytes, for the whole
   stack, which else has at least 1 MiB (0: what the system gives to threads). A stack has at least 256
   KiB. */
HANDLE CreateThread(SECURITY_ATTRIBUTES *lpThreadAttributes, SIZE_T dwStackSize, LPTHREAD_START_ROUTINE lpStartAddress, void *lpParameter, DWORD dwCreationFlags, DWORD *lpThreadId) WS2_SYMBOL(ws2_CreateThread);

/* Makes a pool of threads, which objects belong to by their environment (SetThreadpoolCallbackPool). It
   has at most 500 threads if nothing else is said, and starts them as they are needed: at once while
   there are fewer callbacks than processors, else when one has waited for 10 ms. */
PTP_POOL CreateThreadpool(void *reserved) WS2_SYMBOL(ws2_CreateThreadpool);

/* Makes a group, which objects belong to by their environment (SetThreadpoolCallbackCleanupGroup), to be
   closed together. */
PTP_CLEANUP_GROUP CreateThreadpoolCleanupGroup(void) WS2_SYMBOL(ws2_CreateThreadpoolCleanupGroup);

/* Has a function called, on a thread of the pool, for the end of each operation on a socket that would
   be a packet at a completion port: with the instance, pv, the OVERLAPPED, the operation's code (0 after
   success), the number of bytes and the object. It takes the place of a port for the socket's life.
   StartThreadpoolIo is to be called before each operation. */
PTP_IO CreateThreadpoolIo(HANDLE fl, PTP_WIN32_IO_CALLBACK pfnio, void *pv, TP_CALLBACK_ENVIRON *pcbe) WS2_SYMBOL(ws2_CreateThreadpoolIo);

/* Makes a timer whose function is called, with pv, on a thread of the pool when the time has come that
   SetThreadpoolTimer has said. It is not set. */
PTP_TIMER CreateThreadpoolTimer(PTP_TIMER_CALLBACK pfnti, void *pv, TP_CALLBACK_ENVIRON *pcbe) WS2_SYMBOL(ws2_CreateThreadpoolTimer);

/* Makes an object whose function is called, with pv, on a thread of the pool when a wait has ended that
   SetThreadpoolWait has begun. It waits for nothing. Waits take no thread while they go on. */
PTP_WAIT CreateThreadpoolWait(PTP_WAIT_CALLBACK pfnwa, void *pv, TP_CALLBACK_ENVIRON *pcbe) WS2_SYMBOL(ws2_CreateThreadpoolWait);

/* Makes an object whose function is called, with pv, on a thread of the pool as often as the object is
   submitted. */
PTP_WORK CreateThreadpoolWork(PTP_WORK_CALLBACK pfnwk, void *pv, TP_CALLBACK_ENVIRON *pcbe) WS2_SYMBOL(ws2_CreateThreadpoolWork);

/* Makes a queue of timers, which can be deleted together. */
HANDLE CreateTimerQueue(void) WS2_SYMBOL(ws2_CreateTimerQueue);

/* Makes a timer in a queue, or with NULL in the one that every process has: Callback is called, with
   Parameter and TRUE, on a thread of the pool of the process after DueTime milliseconds and then, if it
   is not 0, every Period milliseconds; times that pass while all threads of the pool are busy count
   once. Of the flags WT_EXECUTEONLYONCE (8) has the period count as 0, WT_EXECUTELONGFUNCTION (0x10)
   says that the function may take long, and the upper 16 bits are the most threads that the pool is to
   have (WT_SET_MAX_THREADPOOL_THREADS); the others choose threads that do not differ here. The handle
   goes to phNewTimer before the function can be called. It is given back by DeleteTimerQueueTimer, or
   with its queue. In a child of fork no timer runs. */
BOOL CreateTimerQueueTimer(HANDLE *phNewTimer, HANDLE TimerQueue, WAITORTIMERCALLBACK Callback, void *Parameter, DWORD DueTime, DWORD Period, ULONG Flags) WS2_SYMBOL(ws2_CreateTimerQueueTimer);

/* Makes a timer, which lets waits pass once it has come due: a manual-reset one all until it is set
   anew, another one one for each time. */
HANDLE CreateWaitableTimerA(SECURITY_ATTRIBUTES *lpTimerAttributes, BOOL bManualReset, const char *lpName) WS2_SYMBOL(ws2_CreateWaitableTimerA);

/* CreateWaitableTimerA with flags (1 manual reset, 2 high resolution, which all have here) and the
   rights of the handle. */
HANDLE CreateWaitableTimerExA(SECURITY_ATTRIBUTES *lpTimerAttributes, const char *lpName, DWORD dwFlags, DWORD dwDesiredAccess) WS2_SYMBOL(ws2_CreateWaitableTimerExA);

/* CreateWaitableTimerExA for a name in 16-bit characters. */
HANDLE CreateWaitableTimerExW(SECURITY_ATTRIBUTES *lpTimerAttributes, const WCHAR *lpName, DWORD dwFlags, DWORD dwDesiredAccess) WS2_SYMBOL(ws2_CreateWaitableTimerExW);

/* CreateWaitableTimerA for a name in 16-bit characters. */
HANDLE CreateWaitableTimerW(SECURITY_ATTRIBUTES *lpTimerAttributes, BOOL bManualReset, const WCHAR *lpName) WS2_SYMBOL(ws2_CreateWaitableTimerW);

/* Ends a critical section that no thread is in. */
void DeleteCriticalSection(CRITICAL_SECTION *lpCriticalSection) WS2_SYMBOL(ws2_DeleteCriticalSection);

/* DeleteTimerQueueEx with NULL. */
BOOL DeleteTimerQueue(HANDLE TimerQueue) WS2_SYMBOL(ws2_DeleteTimerQueue);

/* Stops all timers of a queue and gives them back with it, as DeleteTimerQueueTimer does with one; with
   NULL for the event it fails with ERROR_IO_PENDING only where a function runs. */
BOOL DeleteTimerQueueEx(HANDLE TimerQueue, HANDLE CompletionEvent) WS2_SYMBOL(ws2_DeleteTimerQueueEx);

/* Stops a timer and gives it back. What has not begun is not called. With INVALID_HANDLE_VALUE for the
   event it returns when no call of the function runs any more; from the function itself that is never.
   With an event that is set then. With NULL it always fails with ERROR_IO_PENDING, though all is done.
   TimerQueue is not compared with the queue in which the timer was made. */
BOOL DeleteTimerQueueTimer(HANDLE TimerQueue, HANDLE Timer, HANDLE CompletionEvent) WS2_SYMBOL(ws2_DeleteTimerQueueTimer);

/* Whoever waits for the object's callbacks waits no longer for the calling one. */
void DisassociateCurrentThreadFromCallback(PTP_CALLBACK_INSTANCE pci) WS2_SYMBOL(ws2_DisassociateCurrentThreadFromCallback);

/* Makes a second handle for what the first one stands for, which may be GetCurrentThread(). Both
   processes are this one. Of a socket it is a second socket, closed by itself. Options: 1 closes the
   first handle, also where the call fails, 2 takes over its rights. */
BOOL DuplicateHandle(HANDLE hSourceProcessHandle, HANDLE hSourceHandle, HANDLE hTargetProcessHandle, HANDLE *lpTargetHandle, DWORD dwDesiredAccess, BOOL bInheritHandle, DWORD dwOptions) WS2_SYMBOL(ws2_DuplicateHandle);

/* Enters a critical section, waiting until no other thread is in it. */
void EnterCriticalSection(CRITICAL_SECTION *lpCriticalSection) WS2_SYMBOL(ws2_EnterCriticalSection);

/* Ends the calling thread. Its functions are left as they are, without running destructors of C++, as on
   Windows. The process ends with its last thread. */
void ExitThread(DWORD dwExitCode) WS2_SYMBOL(ws2_ExitThread);

/* Gives the program an index under which every thread has a value of its own, NULL at first. The
   function, which may be NULL, gets each value that is not NULL when its thread ends or the index is
   given back. There are no fibers here. */
DWORD FlsAlloc(PFLS_CALLBACK_FUNCTION lpCallback) WS2_SYMBOL(ws2_FlsAlloc);

/* Gives an index back; its function gets the values of all threads, on the calling one. */
BOOL FlsFree(DWORD dwFlsIndex) WS2_SYMBOL(ws2_FlsFree);

/* The calling thread's value under an index. Success sets the last error to 0, since NULL may be the
   value. */
void *FlsGetValue(DWORD dwFlsIndex) WS2_SYMBOL(ws2_FlsGetValue);

/* Stores the calling thread's value under an index. */
BOOL FlsSetValue(DWORD dwFlsIndex, void *lpFlsData) WS2_SYMBOL(ws2_FlsSetValue);

/* Has a library given back when the calling callback is over. What was said first counts. */
void FreeLibraryWhenCallbackReturns(PTP_CALLBACK_INSTANCE pci, HMODULE module) WS2_SYMBOL(ws2_FreeLibraryWhenCallbackReturns);

/* A handle that means this process; it need not be closed. Its value is that of INVALID_HANDLE_VALUE. */
HANDLE GetCurrentProcess(void) WS2_SYMBOL(ws2_GetCurrentProcess);

/* This process's number. */
DWORD GetCurrentProcessId(void) WS2_SYMBOL(ws2_GetCurrentProcessId);

/* A handle that means the thread that uses it, with all rights; it need not be closed. DuplicateHandle
   makes one of it that other threads can use. */
HANDLE GetCurrentThread(void) WS2_SYMBOL(ws2_GetCurrentThread);

/* The calling thread's number, as Linux counts threads. */
DWORD GetCurrentThreadId(void) WS2_SYMBOL(ws2_GetCurrentThreadId);

/* Tells a thread's exit code: 259 (STILL_ACTIVE) before it has ended. */
BOOL GetExitCodeThread(HANDLE hThread, DWORD *lpExitCode) WS2_SYMBOL(ws2_GetExitCodeThread);

/* Tells what is noted of a handle: 1 programs that are started get it, 2 it is protected from
   CloseHandle. Only descriptors, sockets among them, do get there. */
BOOL GetHandleInformation(HANDLE hObject, DWORD *lpdwFlags) WS2_SYMBOL(ws2_GetHandleInformation);

/* The calling thread's last error: the number that WSAGetLastError tells. */
DWORD GetLastError(void) WS2_SYMBOL(ws2_GetLastError);

/* WSAGetOverlappedResult with codes of Windows itself, for sockets and files. */
BOOL GetOverlappedResult(HANDLE hFile, OVERLAPPED *lpOverlapped, DWORD *lpNumberOfBytesTransferred, BOOL bWait) WS2_SYMBOL(ws2_GetOverlappedResult);

/* GetOverlappedResult, which waits so many milliseconds, and with bAlertable runs the routines that are
   queued to the thread instead. */
BOOL GetOverlappedResultEx(HANDLE hFile, OVERLAPPED *lpOverlapped, DWORD *lpNumberOfBytesTransferred, DWORD dwMilliseconds, BOOL bAlertable) WS2_SYMBOL(ws2_GetOverlappedResultEx);

/* Takes the packet that has waited longest at a port, or waits for one so many milliseconds: 0 only
   looks, INFINITE is for ever. Of several threads that wait the one that came last gets the next packet. */
BOOL GetQueuedCompletionStatus(HANDLE CompletionPort, DWORD *lpNumberOfBytesTransferred, ULONG_PTR *lpCompletionKey, OVERLAPPED **lpOverlapped, DWORD dwMilliseconds) WS2_SYMBOL(ws2_GetQueuedCompletionStatus);

/* Takes as many packets as wait at a port, at most ulCount; waits for the first as
   GetQueuedCompletionStatus. With fAlertable it runs the routines that are queued to the thread instead
   of waiting. */
BOOL GetQueuedCompletionStatusEx(HANDLE CompletionPort, OVERLAPPED_ENTRY *lpCompletionPortEntries, DWORD ulCount, DWORD *ulNumEntriesRemoved, DWORD dwMilliseconds, BOOL fAlertable) WS2_SYMBOL(ws2_GetQueuedCompletionStatusEx);

/* The number of a thread. */
DWORD GetThreadId(HANDLE Thread) WS2_SYMBOL(ws2_GetThreadId);

/* The priority that was noted, 0 for a new thread. */
int GetThreadPriority(HANDLE hThread) WS2_SYMBOL(ws2_GetThreadPriority);

/* Begins what is made once: *fPending is TRUE for the thread that has to make it and then calls
   InitOnceComplete, and FALSE where it is there. Flags: 1 only looks, 2 lets other threads make it, too,
   and the first wins; without it they wait. */
BOOL InitOnceBeginInitialize(INIT_ONCE *lpInitOnce, DWORD dwFlags, BOOL *fPending, void **lpContext) WS2_SYMBOL(ws2_InitOnceBeginInitialize);

/* Says that it is made, and stores a value whose two low bits are 0. Flags: 2 as in the beginning, 4 it
   was not to be made. */
BOOL InitOnceComplete(INIT_ONCE *lpInitOnce, DWORD dwFlags, void *lpContext) WS2_SYMBOL(ws2_InitOnceComplete);

/* Calls a function if that was not done yet; other threads wait for its end. What it stores is given to
   each. Where it returns FALSE the next call tries again. */
BOOL InitOnceExecuteOnce(INIT_ONCE *InitOnce, PINIT_ONCE_FN InitFn, void *Parameter, void **Context) WS2_SYMBOL(ws2_InitOnceExecuteOnce);

/* Makes one that has not begun, as one that is all zero is already. */
void InitOnceInitialize(INIT_ONCE *InitOnce) WS2_SYMBOL(ws2_InitOnceInitialize);

/* Makes a condition variable, as one that is all zero is already. */
void InitializeConditionVariable(CONDITION_VARIABLE *ConditionVariable) WS2_SYMBOL(ws2_InitializeConditionVariable);

/* Makes a critical section, which a thread may enter again while it is in it, and leaves as many times. */
void InitializeCriticalSection(CRITICAL_SECTION *lpCriticalSection) WS2_SYMBOL(ws2_InitializeCriticalSection);

/* InitializeCriticalSection with the number of times to look before sleeping. */
BOOL InitializeCriticalSectionAndSpinCount(CRITICAL_SECTION *lpCriticalSection, DWORD dwSpinCount) WS2_SYMBOL(ws2_InitializeCriticalSectionAndSpinCount);

/* InitializeCriticalSection with the number of times to look before sleeping, and with flags, which
   change nothing here. Windows looks at the highest three alone: curl gives 1. */
BOOL InitializeCriticalSectionEx(CRITICAL_SECTION *lpCriticalSection, DWORD dwSpinCount, DWORD Flags) WS2_SYMBOL(ws2_InitializeCriticalSectionEx);

/* Makes a slim lock, as one that is all zero is already. */
void InitializeSRWLock(SRWLOCK *SRWLock) WS2_SYMBOL(ws2_InitializeSRWLock);

/* Whether the timer was set, and not stopped since. One that was due once counts as set still. */
BOOL IsThreadpoolTimerSet(PTP_TIMER pti) WS2_SYMBOL(ws2_IsThreadpoolTimerSet);

/* Leaves a critical section once. Of a thread that is not in it this changes nothing. */
void LeaveCriticalSection(CRITICAL_SECTION *lpCriticalSection) WS2_SYMBOL(ws2_LeaveCriticalSection);

/* Has a critical section left when the calling callback is over, which is in it. What was said first
   counts. */
void LeaveCriticalSectionWhenCallbackReturns(PTP_CALLBACK_INSTANCE pci, CRITICAL_SECTION *pcs) WS2_SYMBOL(ws2_LeaveCriticalSectionWhenCallbackReturns);

/* A handle to the event of a name that this process has given to one before. */
HANDLE OpenEventA(DWORD dwDesiredAccess, BOOL bInheritHandle, const char *lpName) WS2_SYMBOL(ws2_OpenEventA);

/* OpenEventA for a name in 16-bit characters. */
HANDLE OpenEventW(DWORD dwDesiredAccess, BOOL bInheritHandle, const WCHAR *lpName) WS2_SYMBOL(ws2_OpenEventW);

/* A handle to the mutex of a name that this process has given to one before. */
HANDLE OpenMutexA(DWORD dwDesiredAccess, BOOL bInheritHandle, const char *lpName) WS2_SYMBOL(ws2_OpenMutexA);

/* OpenMutexA for a name in 16-bit characters. */
HANDLE OpenMutexW(DWORD dwDesiredAccess, BOOL bInheritHandle, const WCHAR *lpName) WS2_SYMBOL(ws2_OpenMutexW);

/* A handle to the semaphore of a name that this process has given to one before. */
HANDLE OpenSemaphoreA(DWORD dwDesiredAccess, BOOL bInheritHandle, const char *lpName) WS2_SYMBOL(ws2_OpenSemaphoreA);

/* OpenSemaphoreA for a name in 16-bit characters. */
HANDLE OpenSemaphoreW(DWORD dwDesiredAccess, BOOL bInheritHandle, const WCHAR *lpName) WS2_SYMBOL(ws2_OpenSemaphoreW);

/* A handle to a thread of this process by its number. A thread that the program made without these
   functions is found once it has used them. */
HANDLE OpenThread(DWORD dwDesiredAccess, BOOL bInheritHandle, DWORD dwThreadId) WS2_SYMBOL(ws2_OpenThread);

/* A handle to the timer of a name that this process has given to one before. */
HANDLE OpenWaitableTimerA(DWORD dwDesiredAccess, BOOL bInheritHandle, const char *lpName) WS2_SYMBOL(ws2_OpenWaitableTimerA);

/* OpenWaitableTimerA for a name in 16-bit characters. */
HANDLE OpenWaitableTimerW(DWORD dwDesiredAccess, BOOL bInheritHandle, const WCHAR *lpName) WS2_SYMBOL(ws2_OpenWaitableTimerW);

/* Adds a packet with these values to a port. lpOverlapped is not looked at. */
BOOL PostQueuedCompletionStatus(HANDLE CompletionPort, DWORD dwNumberOfBytesTransferred, ULONG_PTR dwCompletionKey, OVERLAPPED *lpOverlapped) WS2_SYMBOL(ws2_PostQueuedCompletionStatus);

/* Lets the waits pass that there are now, all of them or the one that has waited longest, and resets the
   event. */
BOOL PulseEvent(HANDLE hEvent) WS2_SYMBOL(ws2_PulseEvent);

/* Tells what SetThreadpoolStackInformation has said. */
BOOL QueryThreadpoolStackInformation(PTP_POOL ptpp, TP_POOL_STACK_INFORMATION *ptpsi) WS2_SYMBOL(ws2_QueryThreadpoolStackInformation);

/* Queues a routine to a thread, which runs it in its next alertable wait, or before its main function
   where it has not begun. First queued, first run. */
DWORD QueueUserAPC(PAPCFUNC pfnAPC, HANDLE hThread, ULONG_PTR dwData) WS2_SYMBOL(ws2_QueueUserAPC);

/* Has a function called once, with Context, on a thread of the pool of the process; what it returns is
   not looked at. Of the flags WT_EXECUTELONGFUNCTION (0x10) says that it may take long, and the upper 16
   bits are the most threads that the pool is to have (WT_SET_MAX_THREADPOOL_THREADS); the others choose
   threads that do not differ here: none ends while operations go on that it has begun. */
BOOL QueueUserWorkItem(LPTHREAD_START_ROUTINE Function, void *Context, ULONG Flags) WS2_SYMBOL(ws2_QueueUserWorkItem);

/* Has Callback called on a thread of the pool of the process whenever a wait for hObject has ended: with
   Context and FALSE when the wait has taken the object, with TRUE when dwMilliseconds have passed
   (INFINITE: never). Then the wait begins again, until UnregisterWaitEx, or with WT_EXECUTEONLYONCE (8)
   not. It begins again before the function is called, so that calls can overlap; with
   WT_EXECUTEINWAITTHREAD (4) when the function has returned. WT_EXECUTELONGFUNCTION (0x10) says that the
   function may take long, and the upper 16 bits are the most threads that the pool is to have
   (WT_SET_MAX_THREADPOOL_THREADS). The handle goes to phNewWaitObject before the function can be called.
   Waits take no thread while they go on. In a child of fork none goes on. */
BOOL RegisterWaitForSingleObject(HANDLE *phNewWaitObject, HANDLE hObject, WAITORTIMERCALLBACK Callback, void *Context, ULONG dwMilliseconds, ULONG dwFlags) WS2_SYMBOL(ws2_RegisterWaitForSingleObject);

/* Gives a mutex up once. After as many times as it was taken the next thread that waits gets it. */
BOOL ReleaseMutex(HANDLE hMutex) WS2_SYMBOL(ws2_ReleaseMutex);

/* Has a mutex released when the calling callback is over, which owns it. What was said first counts. */
void ReleaseMutexWhenCallbackReturns(PTP_CALLBACK_INSTANCE pci, HANDLE mutex) WS2_SYMBOL(ws2_ReleaseMutexWhenCallbackReturns);

/* Gives a slim lock up that was taken for writing. */
void ReleaseSRWLockExclusive(SRWLOCK *SRWLock) WS2_SYMBOL(ws2_ReleaseSRWLockExclusive);

/* Gives a slim lock up that was taken for reading. */
void ReleaseSRWLockShared(SRWLOCK *SRWLock) WS2_SYMBOL(ws2_ReleaseSRWLockShared);

/* Adds to a semaphore's count and tells what it was before, where that is wanted. As many waits pass. */
BOOL ReleaseSemaphore(HANDLE hSemaphore, LONG lReleaseCount, LONG *lpPreviousCount) WS2_SYMBOL(ws2_ReleaseSemaphore);

/* Has a semaphore released by that much when the calling callback is over. What was said first counts. */
void ReleaseSemaphoreWhenCallbackReturns(PTP_CALLBACK_INSTANCE pci, HANDLE sem, DWORD crel) WS2_SYMBOL(ws2_ReleaseSemaphoreWhenCallbackReturns);

/* Resets an event. */
BOOL ResetEvent(HANDLE hEvent) WS2_SYMBOL(ws2_ResetEvent);

/* Takes one suspension from a thread; without the last one a thread of CREATE_SUSPENDED begins. */
DWORD ResumeThread(HANDLE hThread) WS2_SYMBOL(ws2_ResumeThread);

/* Sets the number of times to look before sleeping. */
DWORD SetCriticalSectionSpinCount(CRITICAL_SECTION *lpCriticalSection, DWORD dwSpinCount) WS2_SYMBOL(ws2_SetCriticalSectionSpinCount);

/* Sets an event. A manual-reset one lets all waits pass that there are and that come; another one lets
   the one pass that has waited longest, or the next that comes. Setting one that is set changes nothing. */
BOOL SetEvent(HANDLE hEvent) WS2_SYMBOL(ws2_SetEvent);

/* Has an event set when the calling callback is over. What was said first counts. */
void SetEventWhenCallbackReturns(PTP_CALLBACK_INSTANCE pci, HANDLE evt) WS2_SYMBOL(ws2_SetEventWhenCallbackReturns);

/* Says how the ends of a socket's operations are told: 1 (FILE_SKIP_COMPLETION_PORT_ON_SUCCESS): an
   operation that succeeds at once makes no packet; 2 (FILE_SKIP_SET_EVENT_ON_HANDLE): the socket's own
   signal is left alone. Flags are added and never taken back. */
BOOL SetFileCompletionNotificationModes(HANDLE FileHandle, unsigned char Flags) WS2_SYMBOL(ws2_SetFileCompletionNotificationModes);

/* Notes those flags that are in the mask; see GetHandleInformation. A socket is not inherited before it
   is said here. */
BOOL SetHandleInformation(HANDLE hObject, DWORD dwMask, DWORD dwFlags) WS2_SYMBOL(ws2_SetHandleInformation);

/* Sets the calling thread's last error, as WSASetLastError does. */
void SetLastError(DWORD dwErrCode) WS2_SYMBOL(ws2_SetLastError);

/* Names a thread for debuggers, which show the first 15 bytes of the name of a thread that has named
   itself. */
HRESULT SetThreadDescription(HANDLE hThread, const WCHAR *lpThreadDescription) WS2_SYMBOL(ws2_SetThreadDescription);

/* Notes a thread's priority: -15, -2 to 2 or 15. It changes nothing else; Linux shares the processors
   fairly. */
BOOL SetThreadPriority(HANDLE hThread, int nPriority) WS2_SYMBOL(ws2_SetThreadPriority);

/* Says how large the stacks of the threads are that the pool starts from now on: StackReserve bytes, at
   least 256 KiB; 0: the system's usual size. StackCommit is noted only, since Linux gives memory as it
   is used. */
BOOL SetThreadpoolStackInformation(PTP_POOL ptpp, TP_POOL_STACK_INFORMATION *ptpsi) WS2_SYMBOL(ws2_SetThreadpoolStackInformation);

/* Says how many threads the pool may have; at least one. What runs is not ended. */
void SetThreadpoolThreadMaximum(PTP_POOL ptpp, DWORD cthrdMost) WS2_SYMBOL(ws2_SetThreadpoolThreadMaximum);

/* Says how many threads the pool is to have always, and starts them. */
BOOL SetThreadpoolThreadMinimum(PTP_POOL ptpp, DWORD cthrdMic) WS2_SYMBOL(ws2_SetThreadpoolThreadMinimum);

/* Sets the timer anew: its function is called once after pftDueTime, in units of 100 nanoseconds: from
   now where it is negative, else a date, since 1601 (UTC); at once where that is past, or 0. Then it is
   called every msPeriod milliseconds, if that is not 0; times that pass while all threads of the pool
   are busy count once. With NULL the timer stops; what is due is called all the same. The call may be
   put off by msWindowLength milliseconds, which this library does not do. In a child of fork no timer is
   set. */
void SetThreadpoolTimer(PTP_TIMER pti, FILETIME *pftDueTime, DWORD msPeriod, DWORD msWindowLength) WS2_SYMBOL(ws2_SetThreadpoolTimer);

/* SetThreadpoolTimer that tells what was before. */
BOOL SetThreadpoolTimerEx(PTP_TIMER pti, FILETIME *pftDueTime, DWORD msPeriod, DWORD msWindowLength) WS2_SYMBOL(ws2_SetThreadpoolTimerEx);

/* Has the object wait for h from now on, once, in place of what it waited for. Its function is called
   with WAIT_OBJECT_0 (0) when the wait has taken the object, as any wait does; or with WAIT_TIMEOUT
   (258) after pftTimeout, in units of 100 nanoseconds: from now where it is negative, else a date, since
   1601 (UTC); at once where that is past, or 0, and h is not signalled; NULL for never. With h NULL it
   waits no more, and pftTimeout is not looked at; what is due is called all the same. */
void SetThreadpoolWait(PTP_WAIT pwa, HANDLE h, FILETIME *pftTimeout) WS2_SYMBOL(ws2_SetThreadpoolWait);

/* SetThreadpoolWait that tells what was before. Reserved is not looked at. */
BOOL SetThreadpoolWaitEx(PTP_WAIT pwa, HANDLE h, FILETIME *pftTimeout, void *Reserved) WS2_SYMBOL(ws2_SetThreadpoolWaitEx);

/* Starts a timer anew, not signalled. lpDueTime counts 100 nanoseconds: from now where it is negative,
   else it is a date, since 1601. After that it comes due every lPeriod milliseconds, or not again if
   that is 0. The routine is called on the calling thread, in its next alertable wait after the time has
   come. */
BOOL SetWaitableTimer(HANDLE hTimer, const LARGE_INTEGER *lpDueTime, LONG lPeriod, PTIMERAPCROUTINE pfnCompletionRoutine, void *lpArgToCompletionRoutine, BOOL fResume) WS2_SYMBOL(ws2_SetWaitableTimer);

/* SetWaitableTimer of a timer that may come late by TolerableDelay milliseconds, which it does not. The
   machine is not woken, whatever WakeContext is. */
BOOL SetWaitableTimerEx(HANDLE hTimer, const LARGE_INTEGER *lpDueTime, LONG lPeriod, PTIMERAPCROUTINE pfnCompletionRoutine, void *lpArgToCompletionRoutine, REASON_CONTEXT *WakeContext, DWORD TolerableDelay) WS2_SYMBOL(ws2_SetWaitableTimerEx);

/* Sets an event, releases a mutex or adds one to a semaphore, and then waits as WaitForSingleObjectEx. */
DWORD SignalObjectAndWait(HANDLE hObjectToSignal, HANDLE hObjectToWaitOn, DWORD dwMilliseconds, BOOL bAlertable) WS2_SYMBOL(ws2_SignalObjectAndWait);

/* Waits that many milliseconds; INFINITE for ever, 0 only lets others run. Leaves the last error alone. */
void Sleep(DWORD dwMilliseconds) WS2_SYMBOL(ws2_Sleep);

/* Leaves a critical section, sleeps until somebody wakes the condition variable, and enters it again.
   May return for no reason: the program looks again whether what it waits for is there. */
BOOL SleepConditionVariableCS(CONDITION_VARIABLE *ConditionVariable, CRITICAL_SECTION *CriticalSection, DWORD dwMilliseconds) WS2_SYMBOL(ws2_SleepConditionVariableCS);

/* SleepConditionVariableCS with a slim lock: flag 1 for one that the thread has for reading, 0 for
   writing. */
BOOL SleepConditionVariableSRW(CONDITION_VARIABLE *ConditionVariable, SRWLOCK *SRWLock, DWORD dwMilliseconds, DWORD Flags) WS2_SYMBOL(ws2_SleepConditionVariableSRW);

/* Sleep, which with bAlertable ends after routines that are queued to the thread have run. */
DWORD SleepEx(DWORD dwMilliseconds, BOOL bAlertable) WS2_SYMBOL(ws2_SleepEx);

/* Says that an operation is about to begin whose end the object is to tell. Waiting for the object's
   callbacks waits for the operation from now on. */
void StartThreadpoolIo(PTP_IO pio) WS2_SYMBOL(ws2_StartThreadpoolIo);

/* Has the object's function called once more. This cannot fail. */
void SubmitThreadpoolWork(PTP_WORK pwk) WS2_SYMBOL(ws2_SubmitThreadpoolWork);

/* Adds a suspension to a thread of CREATE_SUSPENDED that has not begun. A thread that runs cannot be
   stopped here. */
DWORD SuspendThread(HANDLE hThread) WS2_SYMBOL(ws2_SuspendThread);

/* Lets another thread run. */
BOOL SwitchToThread(void) WS2_SYMBOL(ws2_SwitchToThread);

/* Ends a thread of CreateThread or _beginthreadex when it next waits in one of these functions, at once
   where it waits now, and before it begins where it was not resumed. A thread that never waits here is
   not ended. The calling thread ends at once. Locks of the thread stay taken, and its mutexes are
   abandoned. */
BOOL TerminateThread(HANDLE hThread, DWORD dwExitCode) WS2_SYMBOL(ws2_TerminateThread);

/* Gives the program an index under which every thread has a value of its own, NULL at first. */
DWORD TlsAlloc(void) WS2_SYMBOL(ws2_TlsAlloc);

/* Gives an index back, and forgets the values of all threads. */
BOOL TlsFree(DWORD dwTlsIndex) WS2_SYMBOL(ws2_TlsFree);

/* The calling thread's value under an index. Success sets the last error to 0, since NULL may be the
   value. */
void *TlsGetValue(DWORD dwTlsIndex) WS2_SYMBOL(ws2_TlsGetValue);

/* Stores the calling thread's value under an index. */
BOOL TlsSetValue(DWORD dwTlsIndex, void *lpTlsValue) WS2_SYMBOL(ws2_TlsSetValue);

/* Takes a slim lock for writing if nobody has it. */
BOOLEAN TryAcquireSRWLockExclusive(SRWLOCK *SRWLock) WS2_SYMBOL(ws2_TryAcquireSRWLockExclusive);

/* Takes a slim lock for reading if nobody writes or waits to. */
BOOLEAN TryAcquireSRWLockShared(SRWLOCK *SRWLock) WS2_SYMBOL(ws2_TryAcquireSRWLockShared);

/* Enters a critical section if no other thread is in it. */
BOOL TryEnterCriticalSection(CRITICAL_SECTION *lpCriticalSection) WS2_SYMBOL(ws2_TryEnterCriticalSection);

/* Has a function called once, with pv, on a thread of the pool. */
BOOL TrySubmitThreadpoolCallback(PTP_SIMPLE_CALLBACK pfns, void *pv, TP_CALLBACK_ENVIRON *pcbe) WS2_SYMBOL(ws2_TrySubmitThreadpoolCallback);

/* UnregisterWaitEx with NULL. */
BOOL UnregisterWait(HANDLE WaitHandle) WS2_SYMBOL(ws2_UnregisterWait);

/* Ends a registered wait, also one that does not begin again. What has not begun is not called. With
   INVALID_HANDLE_VALUE for the event it returns when no call of the function runs any more; from the
   function itself that is never. With an event that is set then. With NULL nobody is told. */
BOOL UnregisterWaitEx(HANDLE WaitHandle, HANDLE CompletionEvent) WS2_SYMBOL(ws2_UnregisterWaitEx);

/* Waits until one of several objects is signalled, of several the first in the list, and takes its
   signal alone; or with bWaitAll until all are signalled at once, and takes all together. */
DWORD WaitForMultipleObjects(DWORD nCount, const HANDLE *lpHandles, BOOL bWaitAll, DWORD dwMilliseconds) WS2_SYMBOL(ws2_WaitForMultipleObjects);

/* WaitForMultipleObjects, which with bAlertable runs the routines that are queued to the thread instead
   of waiting. */
DWORD WaitForMultipleObjectsEx(DWORD nCount, const HANDLE *lpHandles, BOOL bWaitAll, DWORD dwMilliseconds, BOOL bAlertable) WS2_SYMBOL(ws2_WaitForMultipleObjectsEx);

/* Waits until an object is signalled, and takes the signal: an auto-reset event or timer is reset, a
   mutex owned, a semaphore's count less by one. 0 milliseconds only looks, INFINITE waits for ever.
   Standard input (GetStdHandle(STD_INPUT_HANDLE)) can be waited for, too, by itself and not alertably:
   until something can be read. */
DWORD WaitForSingleObject(HANDLE hHandle, DWORD dwMilliseconds) WS2_SYMBOL(ws2_WaitForSingleObject);

/* WaitForSingleObject, which with bAlertable runs the routines that are queued to the thread instead of
   waiting, unless the object is signalled. */
DWORD WaitForSingleObjectEx(HANDLE hHandle, DWORD dwMilliseconds, BOOL bAlertable) WS2_SYMBOL(ws2_WaitForSingleObjectEx);

/* Waits until all operations that were said have ended and no callback is due or runs. With
   fCancelPendingCallbacks those that have not begun are not called, neither for operations that go on;
   it waits for those that run. From the function itself it never returns. */
void WaitForThreadpoolIoCallbacks(PTP_IO pio, BOOL fCancelPendingCallbacks) WS2_SYMBOL(ws2_WaitForThreadpoolIoCallbacks);

/* Waits until no call of the timer's function is due or runs; with fCancelPendingCallbacks what has not
   begun is not called. The timer goes on; a time that is still to come is not waited for. From the
   function itself it never returns. */
void WaitForThreadpoolTimerCallbacks(PTP_TIMER pti, BOOL fCancelPendingCallbacks) WS2_SYMBOL(ws2_WaitForThreadpoolTimerCallbacks);

/* Waits until no call of the object's function is due or runs; with fCancelPendingCallbacks what has not
   begun is not called. A wait that has not ended goes on, and is not waited for. From the function
   itself it never returns. */
void WaitForThreadpoolWaitCallbacks(PTP_WAIT pwa, BOOL fCancelPendingCallbacks) WS2_SYMBOL(ws2_WaitForThreadpoolWaitCallbacks);

/* Waits until no call of the object's function is due or runs; with fCancelPendingCallbacks what has not
   begun is not called. From the function itself it never returns. */
void WaitForThreadpoolWorkCallbacks(PTP_WORK pwk, BOOL fCancelPendingCallbacks) WS2_SYMBOL(ws2_WaitForThreadpoolWorkCallbacks);

/* Sleeps while the value of 1, 2, 4 or 8 bytes at Address is the one at CompareAddress, until somebody
   wakes the address. May return for no reason: the program looks again. */
BOOL WaitOnAddress(void *Address, void *CompareAddress, SIZE_T AddressSize, DWORD dwMilliseconds) WS2_SYMBOL(ws2_WaitOnAddress);

/* Wakes all threads that sleep on a condition variable. */
void WakeAllConditionVariable(CONDITION_VARIABLE *ConditionVariable) WS2_SYMBOL(ws2_WakeAllConditionVariable);

/* Wakes all threads that wait for the value at an address, of which nothing is read. */
void WakeByAddressAll(void *Address) WS2_SYMBOL(ws2_WakeByAddressAll);

/* Wakes one of the threads that wait for the value at an address, of which nothing is read. */
void WakeByAddressSingle(void *Address) WS2_SYMBOL(ws2_WakeByAddressSingle);

/* Wakes one of the threads that sleep on a condition variable. */
void WakeConditionVariable(CONDITION_VARIABLE *ConditionVariable) WS2_SYMBOL(ws2_WakeConditionVariable);

/* Starts a thread that closes its own handle when it ends: the handle may be none any more when this
   returns. */
ULONG_PTR _beginthread(_beginthread_proc_type start_address, unsigned int stack_size, void *arglist) WS2_SYMBOL(ws2__beginthread);

/* Starts a thread as CreateThread does. */
ULONG_PTR _beginthreadex(void *security, unsigned int stack_size, _beginthreadex_proc_type start_address, void *arglist, unsigned int initflag, unsigned int *thrdaddr) WS2_SYMBOL(ws2__beginthreadex);

/* Ends the calling thread with the code 0. */
void _endthread(void) WS2_SYMBOL(ws2__endthread);

/* Ends the calling thread as ExitThread does. */
void _endthreadex(unsigned int retval) WS2_SYMBOL(ws2__endthreadex);

#ifdef __cplusplus
}
#endif

/* The same functions with an unsigned long * for a number of 32 bits. See ws2_dwords.h. */
#include "ws2_dwords.h"

#ifdef WS2_OVERLOADS
static __inline__ HANDLE ws2_wide_CreateThread(SECURITY_ATTRIBUTES *lpThreadAttributes, SIZE_T dwStackSize, LPTHREAD_START_ROUTINE lpStartAddress, void *lpParameter, DWORD dwCreationFlags, struct ws2_dwords lpThreadId)
{
    DWORD ws2_lpThreadId = 0;
    HANDLE result = CreateThread(lpThreadAttributes, dwStackSize, lpStartAddress, lpParameter, dwCreationFlags, ws2_dwords_lend(lpThreadId, &ws2_lpThreadId));

    ws2_dwords_back(lpThreadId, ws2_lpThreadId, result != 0 && result != (HANDLE)(LONG_PTR)-1);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<HANDLE, Wide1>::result CreateThread(SECURITY_ATTRIBUTES *lpThreadAttributes, SIZE_T dwStackSize, LPTHREAD_START_ROUTINE lpStartAddress, void *lpParameter, DWORD dwCreationFlags, Wide1 lpThreadId)
{
    return ws2_wide_CreateThread(lpThreadAttributes, dwStackSize, lpStartAddress, lpParameter, dwCreationFlags, ws2_dwords_of(lpThreadId));
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_CreateThread(lpThreadAttributes, dwStackSize, lpStartAddress, lpParameter, dwCreationFlags, lpThreadId) \
    CreateThread(lpThreadAttributes, dwStackSize, lpStartAddress, lpParameter, dwCreationFlags, WS2_LOWER_HALF(lpThreadId))
# define CreateThread(...) \
    WS2_TAKES_6(CreateThread, ws2_wide_arguments_CreateThread, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ BOOL ws2_wide_GetExitCodeThread(HANDLE hThread, struct ws2_dwords lpExitCode)
{
    DWORD ws2_lpExitCode = 0;
    BOOL result = GetExitCodeThread(hThread, ws2_dwords_lend(lpExitCode, &ws2_lpExitCode));

    ws2_dwords_back(lpExitCode, ws2_lpExitCode, result != 0);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<BOOL, Wide1>::result GetExitCodeThread(HANDLE hThread, Wide1 lpExitCode)
{
    return ws2_wide_GetExitCodeThread(hThread, ws2_dwords_of(lpExitCode));
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_GetExitCodeThread(hThread, lpExitCode) \
    GetExitCodeThread(hThread, WS2_LOWER_HALF(lpExitCode))
# define GetExitCodeThread(...) \
    WS2_TAKES_2(GetExitCodeThread, ws2_wide_arguments_GetExitCodeThread, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ BOOL ws2_wide_GetHandleInformation(HANDLE hObject, struct ws2_dwords lpdwFlags)
{
    DWORD ws2_lpdwFlags = 0;
    BOOL result = GetHandleInformation(hObject, ws2_dwords_lend(lpdwFlags, &ws2_lpdwFlags));

    ws2_dwords_back(lpdwFlags, ws2_lpdwFlags, result != 0);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<BOOL, Wide1>::result GetHandleInformation(HANDLE hObject, Wide1 lpdwFlags)
{
    return ws2_wide_GetHandleInformation(hObject, ws2_dwords_of(lpdwFlags));
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_GetHandleInformation(hObject, lpdwFlags) \
    GetHandleInformation(hObject, WS2_LOWER_HALF(lpdwFlags))
# define GetHandleInformation(...) \
    WS2_TAKES_2(GetHandleInformation, ws2_wide_arguments_GetHandleInformation, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ BOOL ws2_wide_GetOverlappedResult(HANDLE hFile, OVERLAPPED *lpOverlapped, struct ws2_dwords lpNumberOfBytesTransferred, BOOL bWait)
{
    DWORD ws2_lpNumberOfBytesTransferred = 0;
    BOOL result = GetOverlappedResult(hFile, lpOverlapped, ws2_dwords_lend(lpNumberOfBytesTransferred, &ws2_lpNumberOfBytesTransferred), bWait);

    ws2_dwords_back(lpNumberOfBytesTransferred, ws2_lpNumberOfBytesTransferred, result != 0);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<BOOL, Wide1>::result GetOverlappedResult(HANDLE hFile, OVERLAPPED *lpOverlapped, Wide1 lpNumberOfBytesTransferred, BOOL bWait)
{
    return ws2_wide_GetOverlappedResult(hFile, lpOverlapped, ws2_dwords_of(lpNumberOfBytesTransferred), bWait);
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_GetOverlappedResult(hFile, lpOverlapped, lpNumberOfBytesTransferred, bWait) \
    GetOverlappedResult(hFile, lpOverlapped, WS2_LOWER_HALF(lpNumberOfBytesTransferred), bWait)
# define GetOverlappedResult(...) \
    WS2_TAKES_4(GetOverlappedResult, ws2_wide_arguments_GetOverlappedResult, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ BOOL ws2_wide_GetOverlappedResultEx(HANDLE hFile, OVERLAPPED *lpOverlapped, struct ws2_dwords lpNumberOfBytesTransferred, DWORD dwMilliseconds, BOOL bAlertable)
{
    DWORD ws2_lpNumberOfBytesTransferred = 0;
    BOOL result = GetOverlappedResultEx(hFile, lpOverlapped, ws2_dwords_lend(lpNumberOfBytesTransferred, &ws2_lpNumberOfBytesTransferred), dwMilliseconds, bAlertable);

    ws2_dwords_back(lpNumberOfBytesTransferred, ws2_lpNumberOfBytesTransferred, result != 0);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<BOOL, Wide1>::result GetOverlappedResultEx(HANDLE hFile, OVERLAPPED *lpOverlapped, Wide1 lpNumberOfBytesTransferred, DWORD dwMilliseconds, BOOL bAlertable)
{
    return ws2_wide_GetOverlappedResultEx(hFile, lpOverlapped, ws2_dwords_of(lpNumberOfBytesTransferred), dwMilliseconds, bAlertable);
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_GetOverlappedResultEx(hFile, lpOverlapped, lpNumberOfBytesTransferred, dwMilliseconds, bAlertable) \
    GetOverlappedResultEx(hFile, lpOverlapped, WS2_LOWER_HALF(lpNumberOfBytesTransferred), dwMilliseconds, bAlertable)
# define GetOverlappedResultEx(...) \
    WS2_TAKES_5(GetOverlappedResultEx, ws2_wide_arguments_GetOverlappedResultEx, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ BOOL ws2_wide_GetQueuedCompletionStatus(HANDLE CompletionPort, struct ws2_dwords lpNumberOfBytesTransferred, ULONG_PTR *lpCompletionKey, OVERLAPPED **lpOverlapped, DWORD dwMilliseconds)
{
    DWORD ws2_lpNumberOfBytesTransferred = 0;
    BOOL result = GetQueuedCompletionStatus(CompletionPort, ws2_dwords_lend(lpNumberOfBytesTransferred, &ws2_lpNumberOfBytesTransferred), lpCompletionKey, lpOverlapped, dwMilliseconds);

    ws2_dwords_back(lpNumberOfBytesTransferred, ws2_lpNumberOfBytesTransferred, result != 0);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<BOOL, Wide1>::result GetQueuedCompletionStatus(HANDLE CompletionPort, Wide1 lpNumberOfBytesTransferred, ULONG_PTR *lpCompletionKey, OVERLAPPED **lpOverlapped, DWORD dwMilliseconds)
{
    return ws2_wide_GetQueuedCompletionStatus(CompletionPort, ws2_dwords_of(lpNumberOfBytesTransferred), lpCompletionKey, lpOverlapped, dwMilliseconds);
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_GetQueuedCompletionStatus(CompletionPort, lpNumberOfBytesTransferred, lpCompletionKey, lpOverlapped, dwMilliseconds) \
    GetQueuedCompletionStatus(CompletionPort, WS2_LOWER_HALF(lpNumberOfBytesTransferred), lpCompletionKey, lpOverlapped, dwMilliseconds)
# define GetQueuedCompletionStatus(...) \
    WS2_TAKES_5(GetQueuedCompletionStatus, ws2_wide_arguments_GetQueuedCompletionStatus, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ BOOL ws2_wide_GetQueuedCompletionStatusEx(HANDLE CompletionPort, OVERLAPPED_ENTRY *lpCompletionPortEntries, DWORD ulCount, struct ws2_dwords ulNumEntriesRemoved, DWORD dwMilliseconds, BOOL fAlertable)
{
    DWORD ws2_ulNumEntriesRemoved = 0;
    BOOL result = GetQueuedCompletionStatusEx(CompletionPort, lpCompletionPortEntries, ulCount, ws2_dwords_lend(ulNumEntriesRemoved, &ws2_ulNumEntriesRemoved), dwMilliseconds, fAlertable);

    ws2_dwords_back(ulNumEntriesRemoved, ws2_ulNumEntriesRemoved, result != 0);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<BOOL, Wide1>::result GetQueuedCompletionStatusEx(HANDLE CompletionPort, OVERLAPPED_ENTRY *lpCompletionPortEntries, DWORD ulCount, Wide1 ulNumEntriesRemoved, DWORD dwMilliseconds, BOOL fAlertable)
{
    return ws2_wide_GetQueuedCompletionStatusEx(CompletionPort, lpCompletionPortEntries, ulCount, ws2_dwords_of(ulNumEntriesRemoved), dwMilliseconds, fAlertable);
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_GetQueuedCompletionStatusEx(CompletionPort, lpCompletionPortEntries, ulCount, ulNumEntriesRemoved, dwMilliseconds, fAlertable) \
    GetQueuedCompletionStatusEx(CompletionPort, lpCompletionPortEntries, ulCount, WS2_LOWER_HALF(ulNumEntriesRemoved), dwMilliseconds, fAlertable)
# define GetQueuedCompletionStatusEx(...) \
    WS2_TAKES_6(GetQueuedCompletionStatusEx, ws2_wide_arguments_GetQueuedCompletionStatusEx, __VA_ARGS__)
#endif

#endif
