/* The functions that Windows has beside its sockets, and its C run-time: what windows.h has of them. */
#ifndef WS2_WINDOWS_CRT_H
#define WS2_WINDOWS_CRT_H

#include "ws2_platform.h"
#include "ws2_win32.h"
#include "ws2_crt_string.h"
#include "ws2_crt_stdio.h"
#include "ws2_crt_file.h"
#include "ws2_crt_time.h"
#include "ws2_crt_stat.h"
#include "ws2_crt_malloc.h"
#include "ws2_crt_wprint.h"
/* As Windows' windows.h does it: C's functions for wide texts. In C++ <cwchar> and <cstring> are the program's to include. */
#if defined WS2CC_PREDEFINED_H && !defined __cplusplus
# include <wchar.h>
#endif
#include "ws2_wide_forms.h"

/* The number at the beginning of a text of 16-bit characters. */
static __inline__ __int64 _wtoi64(const WCHAR *str)
{
    unsigned __int64 value = 0;
    int negative = 0;

    while (str != NULL && (*str == ' ' || (*str >= 9 && *str <= 13)))
        str++;
    if (str != NULL && (*str == '-' || *str == '+'))
        negative = *str++ == '-';
    for (; str != NULL && *str >= '0' && *str <= '9'; str++)
        value = value * 10 + (unsigned __int64)(*str - '0');
    return (__int64)(negative ? 0 - value : value);
}

static __inline__ int _wtoi(const WCHAR *str)
{
    return (int)_wtoi64(str);
}

static __inline__ long _wtol(const WCHAR *str)
{
    return (int)_wtoi64(str);
}

/* What the prototypes alone do not say. */
#ifdef __cplusplus
extern "C" {
#endif
extern void ExitProcess(UINT uExitCode) __attribute__((__noreturn__));
#ifdef __cplusplus
}
#endif

/* Plain names, as Windows has them: macros, so that a program's own names of this kind change with them. */
#ifdef UNICODE
typedef OSVERSIONINFOW    OSVERSIONINFO, *POSVERSIONINFO, *LPOSVERSIONINFO;
typedef OSVERSIONINFOEXW  OSVERSIONINFOEX, *POSVERSIONINFOEX, *LPOSVERSIONINFOEX;
typedef WIN32_FIND_DATAW  WIN32_FIND_DATA, *PWIN32_FIND_DATA, *LPWIN32_FIND_DATA;
#else
typedef OSVERSIONINFOA    OSVERSIONINFO, *POSVERSIONINFO, *LPOSVERSIONINFO;
typedef OSVERSIONINFOEXA  OSVERSIONINFOEX, *POSVERSIONINFOEX, *LPOSVERSIONINFOEX;
typedef WIN32_FIND_DATAA  WIN32_FIND_DATA, *PWIN32_FIND_DATA, *LPWIN32_FIND_DATA;
#endif
#define wsprintf          WS2_WIDTH(wsprintf)
#define wvsprintf         WS2_WIDTH(wvsprintf)
#define BuildCommDCB      WS2_WIDTH(BuildCommDCB)
#define GetModuleHandleEx WS2_WIDTH(GetModuleHandleEx)
#define MessageBoxEx      WS2_WIDTH(MessageBoxEx)
#define ReadConsole       WS2_WIDTH(ReadConsole)
#define ConvertInterfaceLuidToName WS2_WIDTH(ConvertInterfaceLuidToName)
#define ConvertInterfaceNameToLuid WS2_WIDTH(ConvertInterfaceNameToLuid)
#define CopyFile WS2_WIDTH(CopyFile)
#define CreateDirectory WS2_WIDTH(CreateDirectory)
#define CreateFile WS2_WIDTH(CreateFile)
#define CreateFileMapping WS2_WIDTH(CreateFileMapping)
#define CreateNamedPipe WS2_WIDTH(CreateNamedPipe)
#define WaitNamedPipe WS2_WIDTH(WaitNamedPipe)
#define CallNamedPipe WS2_WIDTH(CallNamedPipe)
#define GetNamedPipeHandleState WS2_WIDTH(GetNamedPipeHandleState)
#define GetNamedPipeClientComputerName WS2_WIDTH(GetNamedPipeClientComputerName)
#define OpenFileMapping WS2_WIDTH(OpenFileMapping)
#define CreateProcess WS2_WIDTH(CreateProcess)
#define GetStartupInfo WS2_WIDTH(GetStartupInfo)
#define FillConsoleOutputCharacter WS2_WIDTH(FillConsoleOutputCharacter)
#define WriteConsoleOutputCharacter WS2_WIDTH(WriteConsoleOutputCharacter)
#define GetConsoleTitle WS2_WIDTH(GetConsoleTitle)
#define VerifyVersionInfo WS2_WIDTH(VerifyVersionInfo)
#define GetFullPathName WS2_WIDTH(GetFullPathName)
#define DeleteFile WS2_WIDTH(DeleteFile)
#define FindFirstFile WS2_WIDTH(FindFirstFile)
#define FindNextFile WS2_WIDTH(FindNextFile)
#define ExpandEnvironmentStrings WS2_WIDTH(ExpandEnvironmentStrings)
#define FormatMessage WS2_WIDTH(FormatMessage)
#define GetCommandLine WS2_WIDTH(GetCommandLine)
#define GetComputerName WS2_WIDTH(GetComputerName)
#define GetCurrentDirectory WS2_WIDTH(GetCurrentDirectory)
#define GetEnvironmentVariable WS2_WIDTH(GetEnvironmentVariable)
#define GetFileAttributes WS2_WIDTH(GetFileAttributes)
#define GetFileAttributesEx WS2_WIDTH(GetFileAttributesEx)
#define GetModuleFileName WS2_WIDTH(GetModuleFileName)
#define GetModuleHandle WS2_WIDTH(GetModuleHandle)
#define GetTempPath WS2_WIDTH(GetTempPath)
#define GetUserName WS2_WIDTH(GetUserName)
#define GetVersionEx WS2_WIDTH(GetVersionEx)
#define LoadLibrary WS2_WIDTH(LoadLibrary)
#define LoadLibraryEx WS2_WIDTH(LoadLibraryEx)
#define MessageBox WS2_WIDTH(MessageBox)
#define MoveFile WS2_WIDTH(MoveFile)
#define MoveFileEx WS2_WIDTH(MoveFileEx)
#define OutputDebugString WS2_WIDTH(OutputDebugString)
#define RemoveDirectory WS2_WIDTH(RemoveDirectory)
#define SetConsoleTitle WS2_WIDTH(SetConsoleTitle)
#define SetCurrentDirectory WS2_WIDTH(SetCurrentDirectory)
#define SetEnvironmentVariable WS2_WIDTH(SetEnvironmentVariable)
#define SetFileAttributes WS2_WIDTH(SetFileAttributes)
#define WriteConsole WS2_WIDTH(WriteConsole)
#define WriteConsoleOutput WS2_WIDTH(WriteConsoleOutput)
#define ReadConsoleInput WS2_WIDTH(ReadConsoleInput)
#define PeekConsoleInput WS2_WIDTH(PeekConsoleInput)
#define lstrcat WS2_WIDTH(lstrcat)
#define lstrcmp WS2_WIDTH(lstrcmp)
#define lstrcmpi WS2_WIDTH(lstrcmpi)
#define lstrcpy WS2_WIDTH(lstrcpy)
#define lstrcpyn WS2_WIDTH(lstrcpyn)
#define lstrlen WS2_WIDTH(lstrlen)

#endif
