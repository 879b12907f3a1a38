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
#include "ws2_crt_wide.h"

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
# define ConvertInterfaceLuidToName ConvertInterfaceLuidToNameW
# define ConvertInterfaceNameToLuid ConvertInterfaceNameToLuidW
# define CopyFile CopyFileW
# define CreateDirectory CreateDirectoryW
# define CreateFile CreateFileW
# define CreateFileMapping CreateFileMappingW
# define OpenFileMapping OpenFileMappingW
# define CreateProcess CreateProcessW
# define GetStartupInfo GetStartupInfoW
# define FillConsoleOutputCharacter FillConsoleOutputCharacterW
# define WriteConsoleOutputCharacter WriteConsoleOutputCharacterW
# define GetConsoleTitle GetConsoleTitleW
# define VerifyVersionInfo VerifyVersionInfoW
# define GetFullPathName GetFullPathNameW
typedef OSVERSIONINFOEXW OSVERSIONINFOEX, *POSVERSIONINFOEX, *LPOSVERSIONINFOEX;
# define DeleteFile DeleteFileW
# define FindFirstFile FindFirstFileW
# define FindNextFile FindNextFileW
# define WIN32_FIND_DATA WIN32_FIND_DATAW
# define LPWIN32_FIND_DATA LPWIN32_FIND_DATAW
# define OSVERSIONINFO OSVERSIONINFOW
# define ExpandEnvironmentStrings ExpandEnvironmentStringsW
# define FormatMessage FormatMessageW
# define GetCommandLine GetCommandLineW
# define GetComputerName GetComputerNameW
# define GetCurrentDirectory GetCurrentDirectoryW
# define GetEnvironmentVariable GetEnvironmentVariableW
# define GetFileAttributes GetFileAttributesW
# define GetFileAttributesEx GetFileAttributesExW
# define GetModuleFileName GetModuleFileNameW
# define GetModuleHandle GetModuleHandleW
# define GetTempPath GetTempPathW
# define GetUserName GetUserNameW
# define GetVersionEx GetVersionExW
# define LoadLibrary LoadLibraryW
# define LoadLibraryEx LoadLibraryExW
# define MessageBox MessageBoxW
# define MoveFile MoveFileW
# define MoveFileEx MoveFileExW
# define OutputDebugString OutputDebugStringW
# define RemoveDirectory RemoveDirectoryW
# define SetConsoleTitle SetConsoleTitleW
# define SetCurrentDirectory SetCurrentDirectoryW
# define SetEnvironmentVariable SetEnvironmentVariableW
# define SetFileAttributes SetFileAttributesW
# define WriteConsole WriteConsoleW
# define lstrcat lstrcatW
# define lstrcmp lstrcmpW
# define lstrcmpi lstrcmpiW
# define lstrcpy lstrcpyW
# define lstrcpyn lstrcpynW
# define lstrlen lstrlenW
#else
# define ConvertInterfaceLuidToName ConvertInterfaceLuidToNameA
# define ConvertInterfaceNameToLuid ConvertInterfaceNameToLuidA
# define CopyFile CopyFileA
# define CreateDirectory CreateDirectoryA
# define CreateFile CreateFileA
# define CreateFileMapping CreateFileMappingA
# define OpenFileMapping OpenFileMappingA
# define CreateProcess CreateProcessA
# define GetStartupInfo GetStartupInfoA
# define FillConsoleOutputCharacter FillConsoleOutputCharacterA
# define WriteConsoleOutputCharacter WriteConsoleOutputCharacterA
# define GetConsoleTitle GetConsoleTitleA
# define VerifyVersionInfo VerifyVersionInfoA
# define GetFullPathName GetFullPathNameA
# define BuildCommDCB BuildCommDCBA
typedef OSVERSIONINFOEXA OSVERSIONINFOEX, *POSVERSIONINFOEX, *LPOSVERSIONINFOEX;
# define DeleteFile DeleteFileA
# define FindFirstFile FindFirstFileA
# define FindNextFile FindNextFileA
# define WIN32_FIND_DATA WIN32_FIND_DATAA
# define LPWIN32_FIND_DATA LPWIN32_FIND_DATAA
# define OSVERSIONINFO OSVERSIONINFOA
# define ExpandEnvironmentStrings ExpandEnvironmentStringsA
# define FormatMessage FormatMessageA
# define GetCommandLine GetCommandLineA
# define GetComputerName GetComputerNameA
# define GetCurrentDirectory GetCurrentDirectoryA
# define GetEnvironmentVariable GetEnvironmentVariableA
# define GetFileAttributes GetFileAttributesA
# define GetFileAttributesEx GetFileAttributesExA
# define GetModuleFileName GetModuleFileNameA
# define GetModuleHandle GetModuleHandleA
# define GetTempPath GetTempPathA
# define GetUserName GetUserNameA
# define GetVersionEx GetVersionExA
# define LoadLibrary LoadLibraryA
# define LoadLibraryEx LoadLibraryExA
# define MessageBox MessageBoxA
# define MoveFile MoveFileA
# define MoveFileEx MoveFileExA
# define OutputDebugString OutputDebugStringA
# define RemoveDirectory RemoveDirectoryA
# define SetConsoleTitle SetConsoleTitleA
# define SetCurrentDirectory SetCurrentDirectoryA
# define SetEnvironmentVariable SetEnvironmentVariableA
# define SetFileAttributes SetFileAttributesA
# define WriteConsole WriteConsoleA
# define lstrcat lstrcatA
# define lstrcmp lstrcmpA
# define lstrcmpi lstrcmpiA
# define lstrcpy lstrcpyA
# define lstrcpyn lstrcpynA
# define lstrlen lstrlenA
# define GetModuleHandleEx GetModuleHandleExA
# define MessageBoxEx MessageBoxExA
# define ReadConsole ReadConsoleA
# define wsprintf wsprintfA
# define wvsprintf wvsprintfA
#endif

#endif
