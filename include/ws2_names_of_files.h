/* Names of temporary files, long names, and the system's directories. Part of windows.h. */
#ifndef WS2_NAMES_OF_FILES_H
#define WS2_NAMES_OF_FILES_H
#pragma GCC system_header

#include "windows.h"
#include "ws2_crt_string.h"
#include "ws2_win32.h"

/* Linux has no short names: the name of a file that is there. length and room count characters of that width. */
static __inline__ DWORD ws2_long_name(DWORD attributes, const void *name, DWORD length, size_t width, void *to, DWORD room)
{
    if (attributes == INVALID_FILE_ATTRIBUTES)
        return 0;
    if (length >= room)
        return length + 1;
    ws2_libc_memmove(to, name, (length + 1) * width);
    return length;
}

static __inline__ DWORD GetLongPathNameA(LPCSTR lpszShortPath, LPSTR lpszLongPath, DWORD cchBuffer)
{
    return ws2_long_name(GetFileAttributesA(lpszShortPath), lpszShortPath, (DWORD)lstrlenA(lpszShortPath), 1, lpszLongPath, cchBuffer);
}

static __inline__ DWORD GetLongPathNameW(LPCWSTR lpszShortPath, LPWSTR lpszLongPath, DWORD cchBuffer)
{
    return ws2_long_name(GetFileAttributesW(lpszShortPath), lpszShortPath, (DWORD)lstrlenW(lpszShortPath), sizeof(WCHAR), lpszLongPath,
                         cchBuffer);
}

/* Where the system's libraries and settings are. */
#define WS2_LIBRARIES "/usr/lib"
#define WS2_SETTINGS  "/etc"

/* Copies a text of ASCII to characters of either width; its length, or how much room it needs. */
static __inline__ UINT ws2_system_directory(const char *name, LPSTR narrow, LPWSTR wide, UINT uSize)
{
    UINT length = (UINT)lstrlenA(name), at;

    if (length >= uSize)
        return length + 1;
    for (at = 0; at <= length; at++) {
        if (narrow != NULL)
            narrow[at] = name[at];
        else
            wide[at] = (WCHAR)name[at];
    }
    return length;
}

static __inline__ UINT GetSystemDirectoryA(LPSTR lpBuffer, UINT uSize)
{
    return ws2_system_directory(WS2_LIBRARIES, lpBuffer, NULL, uSize);
}

static __inline__ UINT GetSystemDirectoryW(LPWSTR lpBuffer, UINT uSize)
{
    return ws2_system_directory(WS2_LIBRARIES, NULL, lpBuffer, uSize);
}

static __inline__ UINT GetWindowsDirectoryA(LPSTR lpBuffer, UINT uSize)
{
    return ws2_system_directory(WS2_SETTINGS, lpBuffer, NULL, uSize);
}

static __inline__ UINT GetWindowsDirectoryW(LPWSTR lpBuffer, UINT uSize)
{
    return ws2_system_directory(WS2_SETTINGS, NULL, lpBuffer, uSize);
}

/* How many bytes of a prefix are its first three characters. One that UTF-16 writes in two units counts as two, and none is cut. */
static __inline__ int ws2_prefix_length(const char *prefix)
{
    int at = 0, units = 0;

    while (prefix[at] != 0) {
        int bytes = 1;

        while (((unsigned char)prefix[at + bytes] & 0xC0) == 0x80 && bytes < 4 && ((unsigned char)prefix[at] & 0xC0) == 0xC0)
            bytes++;
        units += bytes == 4 ? 2 : 1;
        if (units > 3)
            break;
        at += bytes;
    }
    return at;
}

/* Finds a name and makes its file, as GetTempFileName says, in room for so many bytes. */
static __inline__ UINT ws2_temporary_file(const char *path, const char *prefix, UINT uUnique, char *name, size_t room)
{
    DWORD attributes = GetFileAttributesA(path), tried;
    UINT number = uUnique & 0xFFFF, seed = (UINT)GetTickCount();
    BOOL search = number == 0;
    int length, letters = prefix != NULL ? ws2_prefix_length(prefix) : 0;

    if (attributes == INVALID_FILE_ATTRIBUTES || (attributes & FILE_ATTRIBUTE_DIRECTORY) == 0) {
        SetLastError(ERROR_DIRECTORY);
        return 0;
    }
    length = lstrlenA(path);
    /* A slash, the prefix, four digits, .tmp and the end. */
    if ((size_t)length + (size_t)letters + 10 > room) {
        SetLastError(ERROR_BUFFER_OVERFLOW);
        return 0;
    }
    ws2_libc_memmove(name, path, (size_t)length);
    if (length > 0 && name[length - 1] != '/' && name[length - 1] != '\\')
        name[length++] = '/';
    if (letters > 0)
        ws2_libc_memmove(name + length, prefix, (size_t)letters);
    length += letters;
    for (tried = 0; tried < 0x10000; tried++) {
        HANDLE file;
        char digits[8];

        if (search)
            number = (seed + tried) & 0xFFFF;
        if (number == 0)
            continue;
        _itoa_s((int)number, digits, sizeof digits, 16);
        name[length] = 0;
        lstrcatA(name, digits);
        lstrcatA(name, ".tmp");
        if (!search)
            return number;
        file = CreateFileA(name, GENERIC_WRITE, 0, NULL, CREATE_NEW, 0, NULL);
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

/* The name of a temporary file: the first three characters of the prefix, a number, .tmp. Where the lower 16 bits of uUnique are 0 a
   new number is chosen, and the file is made, empty. The name has MAX_PATH characters at most, its end included. */
static __inline__ UINT GetTempFileNameA(LPCSTR lpPathName, LPCSTR lpPrefixString, UINT uUnique, LPSTR lpTempFileName)
{
    if (lpPathName == NULL || lpTempFileName == NULL) {
        SetLastError(ERROR_INVALID_PARAMETER);
        return 0;
    }
    if (lstrlenA(lpPathName) > MAX_PATH - 14) {
        SetLastError(ERROR_BUFFER_OVERFLOW);
        return 0;
    }
    return ws2_temporary_file(lpPathName, lpPrefixString, uUnique, lpTempFileName, MAX_PATH);
}

static __inline__ UINT GetTempFileNameW(LPCWSTR lpPathName, LPCWSTR lpPrefixString, UINT uUnique, LPWSTR lpTempFileName)
{
    char path[3 * MAX_PATH], prefix[16] = "", name[3 * MAX_PATH + 32];
    int letters;
    UINT number;

    if (lpPathName == NULL || lpTempFileName == NULL) {
        SetLastError(ERROR_INVALID_PARAMETER);
        return 0;
    }
    if (lstrlenW(lpPathName) > MAX_PATH - 14) {
        SetLastError(ERROR_BUFFER_OVERFLOW);
        return 0;
    }
    if (WideCharToMultiByte(CP_UTF8, 0, lpPathName, -1, path, sizeof path, NULL, NULL) == 0)
        return 0;
    for (letters = 0; lpPrefixString != NULL && letters < 3 && lpPrefixString[letters] != 0; letters++)
        ;
    /* The first half of a character alone is none. */
    if (letters == 3 && (lpPrefixString[2] & 0xFC00) == 0xD800)
        letters = 2;
    if (letters > 0 && WideCharToMultiByte(CP_UTF8, 0, lpPrefixString, letters, prefix, sizeof prefix - 1, NULL, NULL) == 0)
        return 0;
    number = ws2_temporary_file(path, prefix, uUnique, name, sizeof name);
    if (number != 0 && MultiByteToWideChar(CP_UTF8, 0, name, -1, lpTempFileName, MAX_PATH) == 0)
        return 0;
    return number;
}

#define GetLongPathName     WS2_WIDTH(GetLongPathName)
#define GetSystemDirectory  WS2_WIDTH(GetSystemDirectory)
#define GetWindowsDirectory WS2_WIDTH(GetWindowsDirectory)
#define GetTempFileName     WS2_WIDTH(GetTempFileName)

#endif
