/* Names of temporary files, long names, and the system's directories. Part of windows.h. */
#ifndef WS2_NAMES_OF_FILES_H
#define WS2_NAMES_OF_FILES_H
#pragma GCC system_header

#include "windows.h"
#include "ws2_crt_string.h"
#include "ws2_win32.h"

/* Linux has no short names: the name of a file that is there. */
static __inline__ DWORD GetLongPathNameA(LPCSTR lpszShortPath, LPSTR lpszLongPath, DWORD cchBuffer)
{
    DWORD length;

    if (GetFileAttributesA(lpszShortPath) == INVALID_FILE_ATTRIBUTES)
        return 0;
    length = (DWORD)lstrlenA(lpszShortPath);
    if (length >= cchBuffer)
        return length + 1;
    ws2_libc_memmove(lpszLongPath, lpszShortPath, length + 1);
    return length;
}

static __inline__ DWORD GetLongPathNameW(LPCWSTR lpszShortPath, LPWSTR lpszLongPath, DWORD cchBuffer)
{
    DWORD length;

    if (GetFileAttributesW(lpszShortPath) == INVALID_FILE_ATTRIBUTES)
        return 0;
    length = (DWORD)lstrlenW(lpszShortPath);
    if (length >= cchBuffer)
        return length + 1;
    ws2_libc_memmove(lpszLongPath, lpszShortPath, (length + 1) * sizeof(WCHAR));
    return length;
}

/* Where the system's libraries and settings are. */
static __inline__ UINT ws2_system_directory(const char *name, LPSTR lpBuffer, UINT uSize)
{
    UINT length = (UINT)lstrlenA(name);

    if (length >= uSize)
        return length + 1;
    ws2_libc_memmove(lpBuffer, name, length + 1);
    return length;
}

static __inline__ UINT GetSystemDirectoryA(LPSTR lpBuffer, UINT uSize)
{
    return ws2_system_directory("/usr/lib", lpBuffer, uSize);
}

static __inline__ UINT GetWindowsDirectoryA(LPSTR lpBuffer, UINT uSize)
{
    return ws2_system_directory("/etc", lpBuffer, uSize);
}

static __inline__ UINT ws2_system_directory_wide(const char *name, LPWSTR lpBuffer, UINT uSize)
{
    UINT length = (UINT)lstrlenA(name), at;

    if (length >= uSize)
        return length + 1;
    for (at = 0; at <= length; at++)
        lpBuffer[at] = (WCHAR)name[at];
    return length;
}

static __inline__ UINT GetSystemDirectoryW(LPWSTR lpBuffer, UINT uSize)
{
    return ws2_system_directory_wide("/usr/lib", lpBuffer, uSize);
}

static __inline__ UINT GetWindowsDirectoryW(LPWSTR lpBuffer, UINT uSize)
{
    return ws2_system_directory_wide("/etc", lpBuffer, uSize);
}

/* The name of a temporary file: the first three letters of the prefix, a number, .tmp. With the number 0 a new one is chosen, and
   the file is made, empty. The name has MAX_PATH characters at most. */
static __inline__ UINT GetTempFileNameA(LPCSTR lpPathName, LPCSTR lpPrefixString, UINT uUnique, LPSTR lpTempFileName)
{
    DWORD attributes = GetFileAttributesA(lpPathName), tried;
    UINT number = uUnique & 0xFFFF, seed = (UINT)GetTickCount();

    if (attributes == INVALID_FILE_ATTRIBUTES || (attributes & FILE_ATTRIBUTE_DIRECTORY) == 0) {
        SetLastError(ERROR_DIRECTORY);
        return 0;
    }
    if (lstrlenA(lpPathName) > MAX_PATH - 14) {
        SetLastError(ERROR_BUFFER_OVERFLOW);
        return 0;
    }
    for (tried = 0; tried < 0x10000; tried++) {
        HANDLE file;
        char digits[8];

        if (uUnique == 0)
            number = (seed + tried) & 0xFFFF;
        if (number == 0)
            continue;
        _itoa_s((int)number, digits, sizeof digits, 16);
        lstrcpyA(lpTempFileName, lpPathName);
        if (lpTempFileName[0] != 0 && lpTempFileName[lstrlenA(lpTempFileName) - 1] != '/' &&
            lpTempFileName[lstrlenA(lpTempFileName) - 1] != '\\')
            lstrcatA(lpTempFileName, "/");
        lstrcpynA(lpTempFileName + lstrlenA(lpTempFileName), lpPrefixString != NULL ? lpPrefixString : "", 4);
        lstrcatA(lpTempFileName, digits);
        lstrcatA(lpTempFileName, ".tmp");
        if (uUnique != 0)
            return number;
        file = CreateFileA(lpTempFileName, GENERIC_WRITE, 0, NULL, CREATE_NEW, 0, NULL);
        if (file != INVALID_HANDLE_VALUE) {
            CloseHandle(file);
            return number;
        }
        if (GetLastError() != ERROR_FILE_EXISTS)
            return 0;
    }
    SetLastError(ERROR_FILE_EXISTS);
    return 0;
}

static __inline__ UINT GetTempFileNameW(LPCWSTR lpPathName, LPCWSTR lpPrefixString, UINT uUnique, LPWSTR lpTempFileName)
{
    char path[3 * MAX_PATH], prefix[16] = "", name[MAX_PATH];
    UINT number;

    if (WideCharToMultiByte(CP_UTF8, 0, lpPathName, -1, path, sizeof path, NULL, NULL) == 0)
        return 0;
    if (lpPrefixString != NULL && WideCharToMultiByte(CP_UTF8, 0, lpPrefixString, 3, prefix, sizeof prefix - 1, NULL, NULL) == 0)
        return 0;
    number = GetTempFileNameA(path, prefix, uUnique, name);
    if (number != 0 && MultiByteToWideChar(CP_UTF8, 0, name, -1, lpTempFileName, MAX_PATH) == 0)
        return 0;
    return number;
}

#ifdef UNICODE
# define GetLongPathName    GetLongPathNameW
# define GetSystemDirectory GetSystemDirectoryW
# define GetWindowsDirectory GetWindowsDirectoryW
# define GetTempFileName    GetTempFileNameW
#else
# define GetLongPathName    GetLongPathNameA
# define GetSystemDirectory GetSystemDirectoryA
# define GetWindowsDirectory GetWindowsDirectoryA
# define GetTempFileName    GetTempFileNameA
#endif

#endif
