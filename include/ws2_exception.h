/* RaiseException. There are no handlers of exceptions here, so one that is raised ends the program, but for those by which a program
   tells its debugger something. Part of windows.h. */
#ifndef WS2_EXCEPTION_H
#define WS2_EXCEPTION_H
#pragma GCC system_header

#include "windows.h"

#define EXCEPTION_NONCONTINUABLE     0x1
#define EXCEPTION_MAXIMUM_PARAMETERS 15
#define DBG_PRINTEXCEPTION_C         0x40010006u

/* Visual C++'s way to name a thread; a debugger goes on behind it. */
#define WS2_EXCEPTION_THREAD_NAME 0x406D1388u

/* Ends the program by SIGABRT; returns for what is for debuggers alone. */
static __inline__ VOID RaiseException(DWORD dwExceptionCode, DWORD dwExceptionFlags, DWORD nNumberOfArguments,
                                      const ULONG_PTR *lpArguments)
{
    (void)dwExceptionFlags;
    (void)nNumberOfArguments;
    (void)lpArguments;
    if (dwExceptionCode != WS2_EXCEPTION_THREAD_NAME && dwExceptionCode != DBG_PRINTEXCEPTION_C)
        __builtin_abort();
}

#endif
