/* Opening files and addresses of the web, and starting programs, as the shell does it. */
#ifndef WS2_SHELLAPI_H
#define WS2_SHELLAPI_H
#pragma GCC system_header

#ifndef _INC_SHELLAPI
# define _INC_SHELLAPI
#endif

#include "windows.h"

#define SE_ERR_FNF            2
#define SE_ERR_PNF            3
#define SE_ERR_ACCESSDENIED   5
#define SE_ERR_OOM            8
#define SE_ERR_NOASSOC        31

/* Starts what a command line names; 42, or what ShellExecute says was wrong. */
static __inline__ ULONG_PTR ws2_shell_start(const char *format, const char *file, const char *parameters, const char *directory)
{
    STARTUPINFOA startup;
    PROCESS_INFORMATION started;
    char line[4096];
    int length = _snprintf(line, sizeof line, format, file, parameters != NULL ? parameters : "");

    if (length < 0 || length >= (int)sizeof line)
        return ERROR_BAD_FORMAT;
    ws2_libc_memset(&startup, 0, sizeof startup);
    startup.cb = sizeof startup;
    if (CreateProcessA(NULL, line, NULL, NULL, FALSE, 0, NULL, directory, &startup, &started)) {
        CloseHandle(started.hThread);
        CloseHandle(started.hProcess);
        return 42;
    }
    switch (GetLastError()) {
    case ERROR_PATH_NOT_FOUND:
        return SE_ERR_PNF;
    case ERROR_ACCESS_DENIED:
        return SE_ERR_ACCESSDENIED;
    case ERROR_NOT_ENOUGH_MEMORY:
        return SE_ERR_OOM;
    case ERROR_BAD_EXE_FORMAT:
        return ERROR_BAD_FORMAT;
    default:
        return SE_ERR_FNF;
    }
}

/* Whether it is an address with a scheme, such as https: or mailto:, and no letter of a drive. */
static __inline__ BOOL ws2_shell_address(const char *file)
{
    int at = 0;

    while ((file[at] >= 'a' && file[at] <= 'z') || (file[at] >= 'A' && file[at] <= 'Z') ||
           (at > 0 && ((file[at] >= '0' && file[at] <= '9') || file[at] == '+' || file[at] == '-' || file[at] == '.')))
        at++;
    return at > 1 && file[at] == ':';
}

/* Whether a file is there, seen from a directory. */
static __inline__ BOOL ws2_shell_there(const char *file, const char *directory)
{
    char whole[2 * MAX_PATH];
    int length;

    if (directory == NULL || file[0] == '/' || file[0] == '\\')
        return GetFileAttributesA(file) != INVALID_FILE_ATTRIBUTES;
    length = _snprintf(whole, sizeof whole, "%s/%s", directory, file);
    return length > 0 && length < (int)sizeof whole && GetFileAttributesA(whole) != INVALID_FILE_ATTRIBUTES;
}

/* Starts a program, or what the desktop has (xdg-open) for a file that is there and for an address. The result is more than 32, or
   what was wrong: SE_ERR_FNF for what is not there, SE_ERR_ACCESSDENIED for what may not be run, SE_ERR_NOASSOC for a file or an
   address where there is no xdg-open. The verbs are "open" and NULL; others are refused with SE_ERR_NOASSOC. */
static __inline__ HINSTANCE ShellExecuteA(HWND hwnd, LPCSTR lpOperation, LPCSTR lpFile, LPCSTR lpParameters, LPCSTR lpDirectory,
                                          INT nShowCmd)
{
    ULONG_PTR result;

    (void)hwnd, (void)nShowCmd;
    if (lpOperation != NULL && lstrcmpiA(lpOperation, "open") != 0)
        return (HINSTANCE)SE_ERR_NOASSOC;
    /* No name of Windows' has quotation marks. */
    if (lpFile == NULL || ws2_libc_strchr(lpFile, '"') != NULL)
        return (HINSTANCE)SE_ERR_FNF;
    if (ws2_shell_address(lpFile)) {
        result = ws2_shell_start("xdg-open \"%s\"", lpFile, NULL, lpDirectory);
        return (HINSTANCE)(result == SE_ERR_FNF ? (ULONG_PTR)SE_ERR_NOASSOC : result);
    }
    result = ws2_shell_start("\"%s\" %s", lpFile, lpParameters, lpDirectory);
    if (result <= 32 && ws2_shell_there(lpFile, lpDirectory)) {
        ULONG_PTR opened = ws2_shell_start("xdg-open \"%s\"", lpFile, NULL, lpDirectory);

        if (opened > 32)
            return (HINSTANCE)opened;
    }
    return (HINSTANCE)result;
}

/* One text in UTF-8, in room for so many bytes; NULL stays NULL. Whether there was room. */
static __inline__ BOOL ws2_shell_narrow(LPCWSTR wide, char *room, int size, const char **narrow)
{
    *narrow = wide != NULL ? room : NULL;
    return wide == NULL || WideCharToMultiByte(CP_UTF8, 0, wide, -1, room, size, NULL, NULL) != 0;
}

static __inline__ HINSTANCE ShellExecuteW(HWND hwnd, LPCWSTR lpOperation, LPCWSTR lpFile, LPCWSTR lpParameters, LPCWSTR lpDirectory,
                                          INT nShowCmd)
{
    char room[3][3 * MAX_PATH], line[4096];
    const char *operation, *file, *parameters, *directory;

    if (!ws2_shell_narrow(lpOperation, room[0], (int)sizeof room[0], &operation) ||
        !ws2_shell_narrow(lpFile, room[1], (int)sizeof room[1], &file) ||
        !ws2_shell_narrow(lpParameters, line, (int)sizeof line, &parameters) ||
        !ws2_shell_narrow(lpDirectory, room[2], (int)sizeof room[2], &directory))
        return (HINSTANCE)ERROR_BAD_FORMAT;
    return ShellExecuteA(hwnd, operation, file, parameters, directory, nShowCmd);
}

#define ShellExecute WS2_WIDTH(ShellExecute)

#endif
