/* Opening files and addresses of the web, and starting programs, as the shell does it. */
#ifndef WS2_SHELLAPI_H
#define WS2_SHELLAPI_H
#pragma GCC system_header

#ifndef _INC_SHELLAPI
# define _INC_SHELLAPI
#endif

#include "windows.h"

/* Starts a program, or what the desktop has for a file or an address. The result is more than 32, or what was wrong: 2 for what
   is not there, 5 for what may not be run. The verbs are "open" and NULL; others are refused with 31, no program for that. */
static __inline__ HINSTANCE ShellExecuteA(HWND hwnd, LPCSTR lpOperation, LPCSTR lpFile, LPCSTR lpParameters, LPCSTR lpDirectory,
                                          INT nShowCmd)
{
    STARTUPINFOA startup;
    PROCESS_INFORMATION started;
    char line[4096];
    int by;

    (void)hwnd, (void)nShowCmd;
    if (lpOperation != NULL && lstrcmpiA(lpOperation, "open") != 0)
        return (HINSTANCE)31;
    if (lpFile == NULL)
        return (HINSTANCE)ERROR_FILE_NOT_FOUND;
    ws2_libc_memset(&startup, 0, sizeof startup);
    startup.cb = sizeof startup;
    for (by = 0; by < 2; by++) {
        int length = by == 0 ? _snprintf(line, sizeof line, "\"%s\" %s", lpFile, lpParameters != NULL ? lpParameters : "")
                             : _snprintf(line, sizeof line, "xdg-open \"%s\"", lpFile);

        if (length < 0 || length >= (int)sizeof line)
            return (HINSTANCE)ERROR_BAD_FORMAT;
        if (CreateProcessA(NULL, line, NULL, NULL, FALSE, 0, NULL, lpDirectory, &startup, &started)) {
            CloseHandle(started.hThread);
            CloseHandle(started.hProcess);
            return (HINSTANCE)42;
        }
    }
    return (HINSTANCE)(ULONG_PTR)(GetLastError() == ERROR_ACCESS_DENIED ? ERROR_ACCESS_DENIED : ERROR_FILE_NOT_FOUND);
}

#ifndef UNICODE
# define ShellExecute ShellExecuteA
#endif

#endif
