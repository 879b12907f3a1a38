/* SearchPath: looks for a file in one directory after the other. Part of windows.h. */
#ifndef WS2_SEARCH_PATH_H
#define WS2_SEARCH_PATH_H
#pragma GCC system_header

#include "windows.h"
#include "ws2_crt_string.h"
#include "ws2_win32.h"

#define WS2_SEARCH_ROOM 4096

/* Whether the file is in the directory whose name has so many bytes; then `found` is its name. */
static __inline__ BOOL ws2_search_in(const char *directory, size_t length, const char *file, const char *extension, char *found)
{
    size_t names = (size_t)lstrlenA(file), more = extension != NULL ? (size_t)lstrlenA(extension) : 0;

    if (length + names + more + 2 > WS2_SEARCH_ROOM)
        return FALSE;
    if (length > 0) {
        ws2_libc_memmove(found, directory, length);
        if (found[length - 1] != '/' && found[length - 1] != '\\')
            found[length++] = '/';
    }
    ws2_libc_memmove(found + length, file, names);
    if (more > 0)
        ws2_libc_memmove(found + length + names, extension, more);
    found[length + names + more] = 0;
    return GetFileAttributesA(found) != INVALID_FILE_ATTRIBUTES;
}

/* The same for directories with ; or, as in PATH, : between them. */
static __inline__ BOOL ws2_search_list(const char *list, const char *file, const char *extension, char *found)
{
    while (*list != 0) {
        size_t length = 0;

        while (list[length] != 0 && list[length] != ';' && list[length] != ':')
            length++;
        if (length > 0 && ws2_search_in(list, length, file, extension, found))
            return TRUE;
        list += length;
        list += *list != 0;
    }
    return FALSE;
}

/* Where Windows looks: beside the program, where the process runs, in the directories of PATH. */
static __inline__ BOOL ws2_search_everywhere(const char *file, const char *extension, char *found)
{
    char list[WS2_SEARCH_ROOM];
    DWORD length = GetModuleFileNameA(NULL, list, sizeof list);

    while (length > 0 && list[length - 1] != '/')
        length--;
    if (length > 0 && ws2_search_in(list, length, file, extension, found))
        return TRUE;
    if (ws2_search_in(".", 1, file, extension, found))
        return TRUE;
    length = GetEnvironmentVariableA("PATH", list, sizeof list);
    return length > 0 && length < sizeof list && ws2_search_list(list, file, extension, found);
}

/* The name of the file that is found, in room for WS2_SEARCH_ROOM bytes. */
static __inline__ BOOL ws2_search(const char *path, const char *file, const char *extension, char *found)
{
    const char *at;
    BOOL is_there;

    if (file == NULL || *file == 0) {
        SetLastError(ERROR_INVALID_PARAMETER);
        return FALSE;
    }
    /* A name that has an extension gets no other one. */
    for (at = file; *at != 0; at++) {
        if (*at == '.')
            extension = NULL;
    }
    if (*file == '/' || *file == '\\')
        is_there = ws2_search_in("", 0, file, extension, found);
    else if (path != NULL)
        is_there = ws2_search_list(path, file, extension, found);
    else
        is_there = ws2_search_everywhere(file, extension, found);
    if (!is_there)
        SetLastError(ERROR_FILE_NOT_FOUND);
    return is_there;
}

/* The length of the name that was found, or where it does not fit how much room it needs; 0 with ERROR_FILE_NOT_FOUND or
   ERROR_INVALID_PARAMETER (no name). */
static __inline__ DWORD SearchPathA(LPCSTR lpPath, LPCSTR lpFileName, LPCSTR lpExtension, DWORD nBufferLength, LPSTR lpBuffer,
                                    LPSTR *lpFilePart)
{
    char found[WS2_SEARCH_ROOM];

    return ws2_search(lpPath, lpFileName, lpExtension, found) ? GetFullPathNameA(found, nBufferLength, lpBuffer, lpFilePart) : 0;
}

static __inline__ DWORD SearchPathW(LPCWSTR lpPath, LPCWSTR lpFileName, LPCWSTR lpExtension, DWORD nBufferLength, LPWSTR lpBuffer,
                                    LPWSTR *lpFilePart)
{
    char path[WS2_SEARCH_ROOM], file[WS2_SEARCH_ROOM], extension[256], found[WS2_SEARCH_ROOM];
    WCHAR wide[WS2_SEARCH_ROOM];

    if (lpFileName == NULL || *lpFileName == 0) {
        SetLastError(ERROR_INVALID_PARAMETER);
        return 0;
    }
    if ((lpPath != NULL && WideCharToMultiByte(CP_UTF8, 0, lpPath, -1, path, sizeof path, NULL, NULL) == 0)
        || WideCharToMultiByte(CP_UTF8, 0, lpFileName, -1, file, sizeof file, NULL, NULL) == 0
        || (lpExtension != NULL && WideCharToMultiByte(CP_UTF8, 0, lpExtension, -1, extension, sizeof extension, NULL, NULL) == 0)
        || !ws2_search(lpPath != NULL ? path : NULL, file, lpExtension != NULL ? extension : NULL, found)
        || MultiByteToWideChar(CP_UTF8, 0, found, -1, wide, WS2_SEARCH_ROOM) == 0)
        return 0;
    return GetFullPathNameW(wide, nBufferLength, lpBuffer, lpFilePart);
}

#define SearchPath WS2_WIDTH(SearchPath)

#endif
