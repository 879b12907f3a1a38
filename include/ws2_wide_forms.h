/* Forms for 16-bit characters of functions that the library has for UTF-8. Part of windows.h. */
#ifndef WS2_WIDE_FORMS_H
#define WS2_WIDE_FORMS_H
#pragma GCC system_header

#include "windows.h"
#include "ws2_win32.h"
#include "ws2_crt_wprint.h"

/* A text in UTF-8 on the heap. NULL without memory, and for NULL. */
static __inline__ char *ws2_narrow_text(const WCHAR *wide)
{
    int size = wide != NULL ? WideCharToMultiByte(CP_UTF8, 0, wide, -1, NULL, 0, NULL, NULL) : 0;
    char *text = size > 0 ? (char *)HeapAlloc(GetProcessHeap(), 0, (SIZE_T)size) : NULL;

    if (text != NULL)
        WideCharToMultiByte(CP_UTF8, 0, wide, -1, text, size, NULL, NULL);
    else if (size > 0)
        SetLastError(ERROR_NOT_ENOUGH_MEMORY);
    return text;
}

static __inline__ BOOL BuildCommDCBW(LPCWSTR lpDef, LPDCB lpDCB)
{
    char *text = ws2_narrow_text(lpDef);
    BOOL result = (lpDef == NULL || text != NULL) && BuildCommDCBA(text, lpDCB);

    if (text != NULL)
        HeapFree(GetProcessHeap(), 0, text);
    return result;
}

static __inline__ BOOL GetModuleHandleExW(DWORD dwFlags, LPCWSTR lpModuleName, HMODULE *phModule)
{
    char *text;
    BOOL result;

    /* Of an address; NULL is the program. */
    if ((dwFlags & GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS) != 0 || lpModuleName == NULL)
        return GetModuleHandleExA(dwFlags, (const char *)(const void *)lpModuleName, phModule);
    text = ws2_narrow_text(lpModuleName);
    result = text != NULL && GetModuleHandleExA(dwFlags, text, phModule);
    if (text != NULL)
        HeapFree(GetProcessHeap(), 0, text);
    return result;
}

static __inline__ int MessageBoxExW(HWND hWnd, LPCWSTR lpText, LPCWSTR lpCaption, UINT uType, WORD wLanguageId)
{
    (void)wLanguageId;
    return MessageBoxW(hWnd, lpText, lpCaption, uType);
}

/* user32's: the text and an end, of at most 1024 characters in all. */
static __inline__ int wvsprintfW(LPWSTR buffer, LPCWSTR format, __builtin_va_list arglist)
{
    int length = ws2_print_wide(buffer, sizeof(WCHAR), 1023, format, arglist);

    length = length < 0 ? 0 : length > 1023 ? 1023 : length;
    buffer[length] = 0;
    return length;
}

static __inline__ int wsprintfW(LPWSTR buffer, LPCWSTR format, ...)
{
    __builtin_va_list arguments;
    int length;

    __builtin_va_start(arguments, format);
    length = wvsprintfW(buffer, format, arguments);
    __builtin_va_end(arguments);
    return length;
}

/* The machine's memory, in the older structure. */
typedef struct _MEMORYSTATUS {
    DWORD  dwLength;
    DWORD  dwMemoryLoad;
    SIZE_T dwTotalPhys;
    SIZE_T dwAvailPhys;
    SIZE_T dwTotalPageFile;
    SIZE_T dwAvailPageFile;
    SIZE_T dwTotalVirtual;
    SIZE_T dwAvailVirtual;
} MEMORYSTATUS, *LPMEMORYSTATUS;

static __inline__ VOID GlobalMemoryStatus(LPMEMORYSTATUS lpBuffer)
{
    MEMORYSTATUSEX status;

    status.dwLength = sizeof status;
    if (lpBuffer == NULL || !GlobalMemoryStatusEx(&status))
        return;
    lpBuffer->dwLength = sizeof *lpBuffer;
    lpBuffer->dwMemoryLoad = status.dwMemoryLoad;
    lpBuffer->dwTotalPhys = (SIZE_T)status.ullTotalPhys;
    lpBuffer->dwAvailPhys = (SIZE_T)status.ullAvailPhys;
    lpBuffer->dwTotalPageFile = (SIZE_T)status.ullTotalPageFile;
    lpBuffer->dwAvailPageFile = (SIZE_T)status.ullAvailPageFile;
    lpBuffer->dwTotalVirtual = (SIZE_T)status.ullTotalVirtual;
    lpBuffer->dwAvailVirtual = (SIZE_T)status.ullAvailVirtual;
}

/* How many bytes a character has in UTF-8, by its first one. */
static __inline__ DWORD ws2_utf8_bytes(unsigned char first)
{
    return first >= 0xF0 && first < 0xF8 ? 4 : first >= 0xE0 && first < 0xF0 ? 3 : first >= 0xC0 && first < 0xE0 ? 2 : 1;
}

/* Reads whole characters: where the last one is not complete, the bytes that it lacks. One that needs two units is U+FFFD where there
   is room for one alone. */
static __inline__ BOOL ReadConsoleW(HANDLE hConsoleInput, LPVOID lpBuffer, DWORD nNumberOfCharsToRead, LPDWORD lpNumberOfCharsRead,
                                    LPVOID pInputControl)
{
    DWORD asked = nNumberOfCharsToRead > 32768 ? 32768 : nNumberOfCharsToRead, got = 0, more = 0, at = 0;
    char *bytes;
    BOOL result;

    if (lpNumberOfCharsRead == NULL) {
        SetLastError(ERROR_NOACCESS);
        return FALSE;
    }
    /* A character of two units may end the text, so one byte less. */
    if (asked > 1)
        asked--;
    bytes = (char *)HeapAlloc(GetProcessHeap(), 0, asked + 4);
    if (bytes == NULL) {
        SetLastError(ERROR_NOT_ENOUGH_MEMORY);
        return FALSE;
    }
    result = ReadConsoleA(hConsoleInput, bytes, asked, &got, pInputControl);
    while (result && at < got) {
        DWORD whole = ws2_utf8_bytes((unsigned char)bytes[at]);

        for (more = 1; result && at + whole > got && more != 0; got += more) {
            more = 0;
            result = ReadConsoleA(hConsoleInput, bytes + got, 1, &more, NULL);
        }
        at += whole;
    }
    if (result)
        *lpNumberOfCharsRead = 0;
    if (result && got > 0) {
        WCHAR pair[4];
        int units = nNumberOfCharsToRead > 1
                        ? MultiByteToWideChar(CP_UTF8, 0, bytes, (int)got, (LPWSTR)lpBuffer, (int)nNumberOfCharsToRead)
                        : MultiByteToWideChar(CP_UTF8, 0, bytes, (int)got, pair, 4);

        if (nNumberOfCharsToRead == 1 && units > 0) {
            *(WCHAR *)lpBuffer = units == 1 ? pair[0] : (WCHAR)0xFFFD;
            units = 1;
        }
        result = units > 0;
        if (result)
            *lpNumberOfCharsRead = (DWORD)units;
    }
    HeapFree(GetProcessHeap(), 0, bytes);
    return result;
}

#endif
