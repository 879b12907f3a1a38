/* RaiseException. There are no handlers of exceptions here: one that is raised goes to the filter of SetUnhandledExceptionFilter and ends
   the program, but for those by which a program tells its debugger something. Part of windows.h. */
#ifndef WS2_EXCEPTION_H
#define WS2_EXCEPTION_H
#pragma GCC system_header

#include "windows.h"

#define DBG_PRINTEXCEPTION_C         0x40010006u

/* Visual C++'s way to name a thread; a debugger goes on behind it. */
#define WS2_EXCEPTION_THREAD_NAME 0x406D1388u

/* Asks the filter, if there is one. Goes on where that says so and the flags do not forbid it; ends the program with the code for
   EXCEPTION_EXECUTE_HANDLER; else by SIGABRT. Returns for what is for debuggers alone. The filter's CONTEXT has no registers. */
static __inline__ VOID RaiseException(DWORD dwExceptionCode, DWORD dwExceptionFlags, DWORD nNumberOfArguments,
                                      const ULONG_PTR *lpArguments)
{
    EXCEPTION_RECORD record;
    EXCEPTION_POINTERS pointers;
    CONTEXT context;
    LONG answer;
    DWORD at;

    if (dwExceptionCode == WS2_EXCEPTION_THREAD_NAME || dwExceptionCode == DBG_PRINTEXCEPTION_C)
        return;
    __builtin_memset(&record, 0, sizeof record);
    __builtin_memset(&context, 0, sizeof context);
    record.ExceptionCode = dwExceptionCode;
    record.ExceptionFlags = dwExceptionFlags & EXCEPTION_NONCONTINUABLE;
    record.ExceptionAddress = __builtin_return_address(0);
    for (at = 0; lpArguments != NULL && at < nNumberOfArguments && at < EXCEPTION_MAXIMUM_PARAMETERS; at++)
        record.ExceptionInformation[at] = lpArguments[at];
    record.NumberParameters = at;
    pointers.ExceptionRecord = &record;
    pointers.ContextRecord = &context;
    answer = UnhandledExceptionFilter(&pointers);
    if (answer == EXCEPTION_CONTINUE_EXECUTION && record.ExceptionFlags == 0)
        return;
    if (answer == EXCEPTION_EXECUTE_HANDLER)
        TerminateProcess(GetCurrentProcess(), dwExceptionCode);
    __builtin_abort();
}

#endif
