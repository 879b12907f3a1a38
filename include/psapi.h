/* The processes that there are, and what one of them needs: EnumProcesses, EnumProcessModules, GetModuleBaseName, GetModuleFileNameEx,
   GetProcessMemoryInfo, GetProcessImageFileName. They are read from /proc. */
#ifndef WS2_PSAPI_H
#define WS2_PSAPI_H
#pragma GCC system_header

#include "tlhelp32.h"
#include "ws2_wide_forms.h"

typedef struct _PROCESS_MEMORY_COUNTERS {
    DWORD  cb;
    DWORD  PageFaultCount;
    SIZE_T PeakWorkingSetSize;
    SIZE_T WorkingSetSize;
    SIZE_T QuotaPeakPagedPoolUsage;
    SIZE_T QuotaPagedPoolUsage;
    SIZE_T QuotaPeakNonPagedPoolUsage;
    SIZE_T QuotaNonPagedPoolUsage;
    SIZE_T PagefileUsage;
    SIZE_T PeakPagefileUsage;
} PROCESS_MEMORY_COUNTERS, *PPROCESS_MEMORY_COUNTERS;

/* The numbers of all processes, as many as there is room for; how many bytes of them were written. Fails with ERROR_NOACCESS. */
static __inline__ BOOL EnumProcesses(DWORD *lpidProcess, DWORD cb, DWORD *lpcbNeeded)
{
    HANDLE snapshot;
    PROCESSENTRY32 entry;
    DWORD at = 0;
    BOOL more;

    if (lpidProcess == NULL || lpcbNeeded == NULL) {
        SetLastError(ERROR_NOACCESS);
        return FALSE;
    }
    snapshot = CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0);
    if (snapshot == INVALID_HANDLE_VALUE)
        return FALSE;
    entry.dwSize = sizeof entry;
    for (more = Process32First(snapshot, &entry); more && at < cb / sizeof(DWORD); more = Process32Next(snapshot, &entry))
        lpidProcess[at++] = entry.th32ProcessID;
    CloseHandle(snapshot);
    *lpcbNeeded = at * (DWORD)sizeof(DWORD);
    return TRUE;
}

/* The first module or the next one, whatever UNICODE makes of Windows' names. */
static __inline__ BOOL ws2_module(HANDLE snapshot, BOOL first, struct tagMODULEENTRY32 *entry)
{
    return ws2_snapshot_tell(snapshot, WS2_SNAPSHOT_MODULES, first, entry, sizeof *entry);
}

/* Finds a module of a process: its first one for NULL. Fails with ERROR_INVALID_HANDLE, and as CreateToolhelp32Snapshot. */
static __inline__ BOOL ws2_module_of(HANDLE process, HMODULE module, struct tagMODULEENTRY32 *entry)
{
    DWORD number = GetProcessId(process);
    HANDLE snapshot = number != 0 ? CreateToolhelp32Snapshot(TH32CS_SNAPMODULE, number) : INVALID_HANDLE_VALUE;
    BOOL more, found = FALSE;

    if (snapshot == INVALID_HANDLE_VALUE)
        return FALSE;
    entry->dwSize = sizeof *entry;
    for (more = ws2_module(snapshot, TRUE, entry); more && !found; more = !found && ws2_module(snapshot, FALSE, entry))
        found = module == NULL || module == entry->hModule;
    CloseHandle(snapshot);
    /* One of this process by the handle that GetModuleHandle and LoadLibrary give. */
    if (!found && number == GetCurrentProcessId() && GetModuleFileNameA(module, entry->szExePath, MAX_PATH) > 0) {
        lstrcpynA(entry->szModule, ws2_snapshot_base(entry->szExePath), MAX_MODULE_NAME32 + 1);
        found = TRUE;
    }
    if (!found)
        SetLastError(ERROR_INVALID_HANDLE);
    return found;
}

/* The modules of a process, as many as there is room for; how many bytes all of them need. */
static __inline__ BOOL EnumProcessModules(HANDLE hProcess, HMODULE *lphModule, DWORD cb, LPDWORD lpcbNeeded)
{
    DWORD number = GetProcessId(hProcess), at = 0;
    HANDLE snapshot;
    struct tagMODULEENTRY32 entry;
    BOOL more;

    if (number == 0)
        return FALSE;
    if (lpcbNeeded == NULL || (lphModule == NULL && cb != 0)) {
        SetLastError(ERROR_NOACCESS);
        return FALSE;
    }
    snapshot = CreateToolhelp32Snapshot(TH32CS_SNAPMODULE, number);
    if (snapshot == INVALID_HANDLE_VALUE)
        return FALSE;
    entry.dwSize = sizeof entry;
    for (more = ws2_module(snapshot, TRUE, &entry); more; more = ws2_module(snapshot, FALSE, &entry), at++)
        if (at < cb / sizeof(HMODULE))
            lphModule[at] = entry.hModule;
    CloseHandle(snapshot);
    *lpcbNeeded = at * (DWORD)sizeof(HMODULE);
    return TRUE;
}

/* A text with an end, cut where there is no room; its length as it stands there, or 0. */
static __inline__ DWORD ws2_module_text(const char *text, LPSTR to, DWORD size)
{
    DWORD length = (DWORD)ws2_libc_strlen(text);

    if (to == NULL || size == 0) {
        SetLastError(ERROR_INSUFFICIENT_BUFFER);
        return 0;
    }
    if (length >= size) {
        length = size - 1;
        SetLastError(ERROR_INSUFFICIENT_BUFFER);
    }
    ws2_libc_memcpy(to, text, length);
    to[length] = 0;
    return length;
}

static __inline__ DWORD ws2_module_wide(const char *text, LPWSTR to, DWORD size)
{
    WCHAR wide[MAX_PATH + 1];
    DWORD length = 0;

    if (to == NULL || size == 0) {
        SetLastError(ERROR_INSUFFICIENT_BUFFER);
        return 0;
    }
    if (MultiByteToWideChar(CP_UTF8, 0, text, -1, wide, MAX_PATH + 1) == 0)
        return 0;
    for (; wide[length] != 0 && length + 1 < size; length++)
        to[length] = wide[length];
    if (wide[length] != 0)
        SetLastError(ERROR_INSUFFICIENT_BUFFER);
    to[length] = 0;
    return length;
}

/* The name of a module's file, with its directory or without; of the program for NULL. */
static __inline__ DWORD GetModuleFileNameExA(HANDLE hProcess, HMODULE hModule, LPSTR lpFilename, DWORD nSize)
{
    struct tagMODULEENTRY32 entry;

    return ws2_module_of(hProcess, hModule, &entry) ? ws2_module_text(entry.szExePath, lpFilename, nSize) : 0;
}

static __inline__ DWORD GetModuleFileNameExW(HANDLE hProcess, HMODULE hModule, LPWSTR lpFilename, DWORD nSize)
{
    struct tagMODULEENTRY32 entry;

    return ws2_module_of(hProcess, hModule, &entry) ? ws2_module_wide(entry.szExePath, lpFilename, nSize) : 0;
}

static __inline__ DWORD GetModuleBaseNameA(HANDLE hProcess, HMODULE hModule, LPSTR lpBaseName, DWORD nSize)
{
    struct tagMODULEENTRY32 entry;

    return ws2_module_of(hProcess, hModule, &entry) ? ws2_module_text(entry.szModule, lpBaseName, nSize) : 0;
}

static __inline__ DWORD GetModuleBaseNameW(HANDLE hProcess, HMODULE hModule, LPWSTR lpBaseName, DWORD nSize)
{
    struct tagMODULEENTRY32 entry;

    return ws2_module_of(hProcess, hModule, &entry) ? ws2_module_wide(entry.szModule, lpBaseName, nSize) : 0;
}

/* The program's file, as GetModuleFileNameEx has it: Linux has no devices in names. */
static __inline__ DWORD GetProcessImageFileNameA(HANDLE hProcess, LPSTR lpImageFileName, DWORD nSize)
{
    return GetModuleFileNameExA(hProcess, NULL, lpImageFileName, nSize);
}

static __inline__ DWORD GetProcessImageFileNameW(HANDLE hProcess, LPWSTR lpImageFileName, DWORD nSize)
{
    return GetModuleFileNameExW(hProcess, NULL, lpImageFileName, nSize);
}

/* A number of bytes of /proc/PID/status, which has kilobytes; 0 where there is none of that name. */
static __inline__ SIZE_T ws2_memory_line(const char *status, const char *name)
{
    const char *at = ws2_libc_strstr(status, name);

    if (at == NULL)
        return 0;
    at += ws2_libc_strlen(name);
    while (*at == ' ' || *at == '\t')
        at++;
    return (SIZE_T)ws2_snapshot_number(&at, 10) * 1024;
}

/* How much memory a process has: in RAM, and of its own in RAM or not. Pools are not Linux'; faults are not counted here. Fails with
   ERROR_INSUFFICIENT_BUFFER, and as GetProcessId. */
static __inline__ BOOL GetProcessMemoryInfo(HANDLE Process, PPROCESS_MEMORY_COUNTERS ppsmemCounters, DWORD cb)
{
    static const PROCESS_MEMORY_COUNTERS none = { sizeof none, 0, 0, 0, 0, 0, 0, 0, 0, 0 };
    DWORD number = GetProcessId(Process);
    char path[64], *status;
    SIZE_T length;

    if (number == 0)
        return FALSE;
    if (ppsmemCounters == NULL || cb < sizeof *ppsmemCounters) {
        SetLastError(ERROR_INSUFFICIENT_BUFFER);
        return FALSE;
    }
    ws2_snapshot_path(path, sizeof path, number, "/status");
    status = ws2_snapshot_text(path, &length);
    if (status == NULL) {
        SetLastError(ERROR_ACCESS_DENIED);
        return FALSE;
    }
    *ppsmemCounters = none;
    ppsmemCounters->cb = sizeof *ppsmemCounters;
    ppsmemCounters->PeakWorkingSetSize = ws2_memory_line(status, "VmHWM:");
    ppsmemCounters->WorkingSetSize = ws2_memory_line(status, "VmRSS:");
    ppsmemCounters->PagefileUsage = ws2_memory_line(status, "VmData:");
    ppsmemCounters->PeakPagefileUsage = ppsmemCounters->PagefileUsage;
    HeapFree(GetProcessHeap(), 0, status);
    return TRUE;
}

#define GetModuleFileNameEx     WS2_WIDTH(GetModuleFileNameEx)
#define GetModuleBaseName       WS2_WIDTH(GetModuleBaseName)
#define GetProcessImageFileName WS2_WIDTH(GetProcessImageFileName)

#endif
