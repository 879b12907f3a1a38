/* Snapshots of the processes, threads and modules that there are: CreateToolhelp32Snapshot and what goes through one. They are read from
   /proc. A snapshot is a section of memory, as on Windows, and is closed by CloseHandle. Heaps are not listed. */
#ifndef WS2_TLHELP32_H
#define WS2_TLHELP32_H
#pragma GCC system_header

#include "ws2_snapshot.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Takes a snapshot of what `dwFlags` names; modules are those of one process, 0 for this one.
   Fails with INVALID_HANDLE_VALUE and ERROR_INVALID_PARAMETER (no such flag, no such process), ERROR_ACCESS_DENIED (the modules of another
   user's process), ERROR_NOT_ENOUGH_MEMORY. */
static __inline__ HANDLE CreateToolhelp32Snapshot(DWORD dwFlags, DWORD th32ProcessID)
{
    return ws2_snapshot_take(dwFlags, th32ProcessID);
}

/* The first entry and each further one. They fail with ERROR_NO_MORE_FILES (the last one was told), ERROR_INVALID_HANDLE (no snapshot),
   ERROR_BAD_LENGTH (dwSize is not set). */
static __inline__ BOOL Process32First(HANDLE hSnapshot, LPPROCESSENTRY32 lppe)
{
    return ws2_snapshot_tell(hSnapshot, WS2_SNAPSHOT_PROCESSES, TRUE, lppe, sizeof *lppe);
}

static __inline__ BOOL Process32Next(HANDLE hSnapshot, LPPROCESSENTRY32 lppe)
{
    return ws2_snapshot_tell(hSnapshot, WS2_SNAPSHOT_PROCESSES, FALSE, lppe, sizeof *lppe);
}

static __inline__ BOOL Thread32First(HANDLE hSnapshot, LPTHREADENTRY32 lpte)
{
    return ws2_snapshot_tell(hSnapshot, WS2_SNAPSHOT_THREADS, TRUE, lpte, sizeof *lpte);
}

static __inline__ BOOL Thread32Next(HANDLE hSnapshot, LPTHREADENTRY32 lpte)
{
    return ws2_snapshot_tell(hSnapshot, WS2_SNAPSHOT_THREADS, FALSE, lpte, sizeof *lpte);
}

static __inline__ BOOL Module32First(HANDLE hSnapshot, LPMODULEENTRY32 lpme)
{
    return ws2_snapshot_tell(hSnapshot, WS2_SNAPSHOT_MODULES, TRUE, lpme, sizeof *lpme);
}

static __inline__ BOOL Module32Next(HANDLE hSnapshot, LPMODULEENTRY32 lpme)
{
    return ws2_snapshot_tell(hSnapshot, WS2_SNAPSHOT_MODULES, FALSE, lpme, sizeof *lpme);
}

static __inline__ BOOL ws2_process32_wide(HANDLE snapshot, BOOL first, LPPROCESSENTRY32W to)
{
    PROCESSENTRY32 one;

    one.dwSize = sizeof one;
    if (to->dwSize < sizeof *to) {
        SetLastError(ERROR_BAD_LENGTH);
        return FALSE;
    }
    if (!ws2_snapshot_tell(snapshot, WS2_SNAPSHOT_PROCESSES, first, &one, sizeof one))
        return FALSE;
    to->cntUsage = one.cntUsage;
    to->th32ProcessID = one.th32ProcessID;
    to->th32DefaultHeapID = one.th32DefaultHeapID;
    to->th32ModuleID = one.th32ModuleID;
    to->cntThreads = one.cntThreads;
    to->th32ParentProcessID = one.th32ParentProcessID;
    to->pcPriClassBase = one.pcPriClassBase;
    to->dwFlags = one.dwFlags;
    return MultiByteToWideChar(CP_UTF8, 0, one.szExeFile, -1, to->szExeFile, MAX_PATH) != 0;
}

static __inline__ BOOL Process32FirstW(HANDLE hSnapshot, LPPROCESSENTRY32W lppe)
{
    return ws2_process32_wide(hSnapshot, TRUE, lppe);
}

static __inline__ BOOL Process32NextW(HANDLE hSnapshot, LPPROCESSENTRY32W lppe)
{
    return ws2_process32_wide(hSnapshot, FALSE, lppe);
}

static __inline__ BOOL ws2_module32_wide(HANDLE snapshot, BOOL first, LPMODULEENTRY32W to)
{
    MODULEENTRY32 one;

    one.dwSize = sizeof one;
    if (to->dwSize < sizeof *to) {
        SetLastError(ERROR_BAD_LENGTH);
        return FALSE;
    }
    if (!ws2_snapshot_tell(snapshot, WS2_SNAPSHOT_MODULES, first, &one, sizeof one))
        return FALSE;
    to->th32ModuleID = one.th32ModuleID;
    to->th32ProcessID = one.th32ProcessID;
    to->GlblcntUsage = one.GlblcntUsage;
    to->ProccntUsage = one.ProccntUsage;
    to->modBaseAddr = one.modBaseAddr;
    to->modBaseSize = one.modBaseSize;
    to->hModule = one.hModule;
    return MultiByteToWideChar(CP_UTF8, 0, one.szModule, -1, to->szModule, MAX_MODULE_NAME32 + 1) != 0
        && MultiByteToWideChar(CP_UTF8, 0, one.szExePath, -1, to->szExePath, MAX_PATH) != 0;
}

static __inline__ BOOL Module32FirstW(HANDLE hSnapshot, LPMODULEENTRY32W lpme)
{
    return ws2_module32_wide(hSnapshot, TRUE, lpme);
}

static __inline__ BOOL Module32NextW(HANDLE hSnapshot, LPMODULEENTRY32W lpme)
{
    return ws2_module32_wide(hSnapshot, FALSE, lpme);
}

#ifdef __cplusplus
}
#endif

#ifdef UNICODE
# define PROCESSENTRY32   PROCESSENTRY32W
# define PPROCESSENTRY32  PPROCESSENTRY32W
# define LPPROCESSENTRY32 LPPROCESSENTRY32W
# define Process32First   Process32FirstW
# define Process32Next    Process32NextW
# define MODULEENTRY32    MODULEENTRY32W
# define PMODULEENTRY32   PMODULEENTRY32W
# define LPMODULEENTRY32  LPMODULEENTRY32W
# define Module32First    Module32FirstW
# define Module32Next     Module32NextW
#endif

#endif
