/* Functions of newer Windows that open and map files with fewer arguments: what CreateFileW and CreateFileMappingW do. Part of
   windows.h. */
#ifndef WS2_FILES_OF_APPS_H
#define WS2_FILES_OF_APPS_H
#pragma GCC system_header

#include "ws2_win32.h"

typedef struct _CREATEFILE2_EXTENDED_PARAMETERS {
    DWORD                 dwSize;
    DWORD                 dwFileAttributes;
    DWORD                 dwFileFlags;
    DWORD                 dwSecurityQosFlags;
    LPSECURITY_ATTRIBUTES lpSecurityAttributes;
    HANDLE                hTemplateFile;
} CREATEFILE2_EXTENDED_PARAMETERS, *PCREATEFILE2_EXTENDED_PARAMETERS, *LPCREATEFILE2_EXTENDED_PARAMETERS;

static __inline__ HANDLE CreateFile2(LPCWSTR lpFileName, DWORD dwDesiredAccess, DWORD dwShareMode, DWORD dwCreationDisposition,
                                     LPCREATEFILE2_EXTENDED_PARAMETERS pCreateExParams)
{
    if (pCreateExParams == NULL)
        return CreateFileW(lpFileName, dwDesiredAccess, dwShareMode, NULL, dwCreationDisposition, 0, NULL);
    return CreateFileW(lpFileName, dwDesiredAccess, dwShareMode, pCreateExParams->lpSecurityAttributes, dwCreationDisposition,
                       pCreateExParams->dwFileAttributes | pCreateExParams->dwFileFlags, pCreateExParams->hTemplateFile);
}

static __inline__ HANDLE CreateFileMappingFromApp(HANDLE hFile, LPSECURITY_ATTRIBUTES SecurityAttributes, ULONG PageProtection,
                                                  ULONG64 MaximumSize, LPCWSTR Name)
{
    return CreateFileMappingW(hFile, SecurityAttributes, PageProtection, (DWORD)(MaximumSize >> 32), (DWORD)MaximumSize, Name);
}

static __inline__ LPVOID MapViewOfFileFromApp(HANDLE hFileMappingObject, ULONG DesiredAccess, ULONG64 FileOffset,
                                              SIZE_T NumberOfBytesToMap)
{
    return MapViewOfFile(hFileMappingObject, DesiredAccess, (DWORD)(FileOffset >> 32), (DWORD)FileOffset, NumberOfBytesToMap);
}

#endif
