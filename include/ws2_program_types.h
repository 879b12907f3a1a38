/* Other programs, pipes and files as memory: the types and numbers of their functions. Part of windows.h. */
#ifndef WS2_PROGRAM_TYPES_H
#define WS2_PROGRAM_TYPES_H

#include "ws2_types.h"
#include "ws2_kernel_types.h"

/* Starting programs. */
#define STARTF_USESHOWWINDOW          0x00000001
#define STARTF_USESIZE                0x00000002
#define STARTF_USEPOSITION            0x00000004
#define STARTF_USECOUNTCHARS          0x00000008
#define STARTF_USEFILLATTRIBUTE       0x00000010
#define STARTF_FORCEONFEEDBACK        0x00000040
#define STARTF_FORCEOFFFEEDBACK       0x00000080
#define STARTF_USESTDHANDLES          0x00000100
#define DEBUG_PROCESS                 0x00000001
#define DEBUG_ONLY_THIS_PROCESS       0x00000002
#define DETACHED_PROCESS              0x00000008
#define CREATE_NEW_CONSOLE            0x00000010
#define NORMAL_PRIORITY_CLASS         0x00000020
#define IDLE_PRIORITY_CLASS           0x00000040
#define HIGH_PRIORITY_CLASS           0x00000080
#define REALTIME_PRIORITY_CLASS       0x00000100
#define CREATE_NEW_PROCESS_GROUP      0x00000200
#define CREATE_UNICODE_ENVIRONMENT    0x00000400
#define CREATE_SEPARATE_WOW_VDM       0x00000800
#define CREATE_SHARED_WOW_VDM         0x00001000
#define BELOW_NORMAL_PRIORITY_CLASS   0x00004000
#define ABOVE_NORMAL_PRIORITY_CLASS   0x00008000
#define INHERIT_PARENT_AFFINITY       0x00010000
#define EXTENDED_STARTUPINFO_PRESENT  0x00080000
#define CREATE_BREAKAWAY_FROM_JOB     0x01000000
#define CREATE_DEFAULT_ERROR_MODE     0x04000000
#define CREATE_NO_WINDOW              0x08000000
#define PROCESS_TERMINATE                 0x0001
#define PROCESS_CREATE_THREAD             0x0002
#define PROCESS_VM_OPERATION              0x0008
#define PROCESS_VM_READ                   0x0010
#define PROCESS_VM_WRITE                  0x0020
#define PROCESS_DUP_HANDLE                0x0040
#define PROCESS_CREATE_PROCESS            0x0080
#define PROCESS_SET_QUOTA                 0x0100
#define PROCESS_SET_INFORMATION           0x0200
#define PROCESS_QUERY_INFORMATION         0x0400
#define PROCESS_SUSPEND_RESUME            0x0800
#define PROCESS_QUERY_LIMITED_INFORMATION 0x1000
#define PROCESS_ALL_ACCESS                0x001FFFFF

typedef struct _PROCESS_INFORMATION {
    HANDLE hProcess, hThread;
    DWORD  dwProcessId, dwThreadId;
} PROCESS_INFORMATION, *PPROCESS_INFORMATION, *LPPROCESS_INFORMATION;
typedef struct _STARTUPINFOA {
    DWORD  cb;
    LPSTR  lpReserved, lpDesktop, lpTitle;
    DWORD  dwX, dwY, dwXSize, dwYSize, dwXCountChars, dwYCountChars, dwFillAttribute, dwFlags;
    WORD   wShowWindow, cbReserved2;
    LPBYTE lpReserved2;
    HANDLE hStdInput, hStdOutput, hStdError;
} STARTUPINFOA, *LPSTARTUPINFOA;
typedef struct _STARTUPINFOW {
    DWORD  cb;
    LPWSTR lpReserved, lpDesktop, lpTitle;
    DWORD  dwX, dwY, dwXSize, dwYSize, dwXCountChars, dwYCountChars, dwFillAttribute, dwFlags;
    WORD   wShowWindow, cbReserved2;
    LPBYTE lpReserved2;
    HANDLE hStdInput, hStdOutput, hStdError;
} STARTUPINFOW, *LPSTARTUPINFOW;
#ifdef UNICODE
typedef STARTUPINFOW STARTUPINFO, *LPSTARTUPINFO;
#else
typedef STARTUPINFOA STARTUPINFO, *LPSTARTUPINFO;
#endif

/* Pipes with a name. */
#define PIPE_ACCESS_INBOUND           0x00000001
#define PIPE_ACCESS_OUTBOUND          0x00000002
#define PIPE_ACCESS_DUPLEX            0x00000003
#define PIPE_CLIENT_END               0x00000000
#define PIPE_SERVER_END               0x00000001
#ifndef FILE_FLAG_FIRST_PIPE_INSTANCE
# define FILE_FLAG_FIRST_PIPE_INSTANCE 0x00080000
#endif
#define PIPE_WAIT                     0x00000000
#define PIPE_NOWAIT                   0x00000001
#define PIPE_READMODE_BYTE            0x00000000
#define PIPE_READMODE_MESSAGE         0x00000002
#define PIPE_TYPE_BYTE                0x00000000
#define PIPE_TYPE_MESSAGE             0x00000004
#define PIPE_ACCEPT_REMOTE_CLIENTS    0x00000000
#define PIPE_REJECT_REMOTE_CLIENTS    0x00000008
#define PIPE_UNLIMITED_INSTANCES      255
#define NMPWAIT_WAIT_FOREVER          0xFFFFFFFF
#define NMPWAIT_NOWAIT                0x00000001
#define NMPWAIT_USE_DEFAULT_WAIT      0x00000000

/* Files as memory. */
#define SECTION_QUERY                0x0001
#define SECTION_MAP_WRITE            0x0002
#define SECTION_MAP_READ             0x0004
#define SECTION_MAP_EXECUTE          0x0008
#define SECTION_EXTEND_SIZE          0x0010
#define SECTION_MAP_EXECUTE_EXPLICIT 0x0020
#define SECTION_ALL_ACCESS           0x000F001F
#define FILE_MAP_COPY                SECTION_QUERY
#define FILE_MAP_WRITE               SECTION_MAP_WRITE
#define FILE_MAP_READ                SECTION_MAP_READ
#define FILE_MAP_EXECUTE             SECTION_MAP_EXECUTE_EXPLICIT
#define FILE_MAP_ALL_ACCESS          SECTION_ALL_ACCESS
#define SEC_FILE                     0x00800000
#define SEC_IMAGE                    0x01000000
#define SEC_RESERVE                  0x04000000
#define SEC_COMMIT                   0x08000000
#define SEC_NOCACHE                  0x10000000
#define SEC_WRITECOMBINE             0x40000000
#define SEC_LARGE_PAGES              0x80000000
#ifndef PAGE_EXECUTE_WRITECOPY
# define PAGE_EXECUTE_WRITECOPY      0x80
#endif

#endif
