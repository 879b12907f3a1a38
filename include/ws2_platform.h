/* The types and numbers of the functions that Windows has beside its sockets. Part of windows.h. */
#ifndef WS2_PLATFORM_H
#define WS2_PLATFORM_H

#include "lmcons.h" /* UNLEN */
#include "ws2_types.h"
#include "ws2_kernel_types.h"
#include "ws2_program_types.h"
#include "ws2_serial_types.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Texts, and functions with a name of their own for each kind: plain names lead to the narrow ones without UNICODE. */
typedef const char *LPCCHAR;
typedef unsigned short ATOM;
typedef DWORD LCID;
typedef WORD LANGID;

typedef struct _SYSTEMTIME {
    WORD wYear;
    WORD wMonth;
    WORD wDayOfWeek;
    WORD wDay;
    WORD wHour;
    WORD wMinute;
    WORD wSecond;
    WORD wMilliseconds;
} SYSTEMTIME, *PSYSTEMTIME, *LPSYSTEMTIME;

typedef struct _TIME_ZONE_INFORMATION {
    LONG       Bias;
    WCHAR      StandardName[32];
    SYSTEMTIME StandardDate;
    LONG       StandardBias;
    WCHAR      DaylightName[32];
    SYSTEMTIME DaylightDate;
    LONG       DaylightBias;
} TIME_ZONE_INFORMATION, *PTIME_ZONE_INFORMATION, *LPTIME_ZONE_INFORMATION;

#define TIME_ZONE_ID_UNKNOWN  0
#define TIME_ZONE_ID_STANDARD 1
#define TIME_ZONE_ID_DAYLIGHT 2
#define TIME_ZONE_ID_INVALID  0xFFFFFFFFu

__extension__ typedef struct _SYSTEM_INFO {
    __extension__ union {
        DWORD dwOemId;
        __extension__ struct {
            WORD wProcessorArchitecture;
            WORD wReserved;
        };
    };
    DWORD     dwPageSize;
    LPVOID    lpMinimumApplicationAddress;
    LPVOID    lpMaximumApplicationAddress;
    DWORD_PTR dwActiveProcessorMask;
    DWORD     dwNumberOfProcessors;
    DWORD     dwProcessorType;
    DWORD     dwAllocationGranularity;
    WORD      wProcessorLevel;
    WORD      wProcessorRevision;
} SYSTEM_INFO, *LPSYSTEM_INFO;

#define PROCESSOR_ARCHITECTURE_INTEL   0
#define PROCESSOR_ARCHITECTURE_AMD64   9
#define PROCESSOR_ARCHITECTURE_ARM64   12
#define PROCESSOR_ARCHITECTURE_UNKNOWN 0xFFFF

typedef struct _MEMORYSTATUSEX {
    DWORD     dwLength;
    DWORD     dwMemoryLoad;
    ULONGLONG ullTotalPhys;
    ULONGLONG ullAvailPhys;
    ULONGLONG ullTotalPageFile;
    ULONGLONG ullAvailPageFile;
    ULONGLONG ullTotalVirtual;
    ULONGLONG ullAvailVirtual;
    ULONGLONG ullAvailExtendedVirtual;
} MEMORYSTATUSEX, *LPMEMORYSTATUSEX;

typedef struct _MEMORY_BASIC_INFORMATION {
    PVOID  BaseAddress;
    PVOID  AllocationBase;
    DWORD  AllocationProtect;
    WORD   PartitionId;
    SIZE_T RegionSize;
    DWORD  State;
    DWORD  Protect;
    DWORD  Type;
} MEMORY_BASIC_INFORMATION, *PMEMORY_BASIC_INFORMATION;

typedef struct _OSVERSIONINFOA {
    DWORD dwOSVersionInfoSize;
    DWORD dwMajorVersion;
    DWORD dwMinorVersion;
    DWORD dwBuildNumber;
    DWORD dwPlatformId;
    CHAR  szCSDVersion[128];
} OSVERSIONINFOA, *POSVERSIONINFOA, *LPOSVERSIONINFOA;

typedef struct _OSVERSIONINFOW {
    DWORD dwOSVersionInfoSize;
    DWORD dwMajorVersion;
    DWORD dwMinorVersion;
    DWORD dwBuildNumber;
    DWORD dwPlatformId;
    WCHAR szCSDVersion[128];
} OSVERSIONINFOW, *POSVERSIONINFOW, *LPOSVERSIONINFOW;

typedef struct _OSVERSIONINFOEXA {
    DWORD dwOSVersionInfoSize;
    DWORD dwMajorVersion;
    DWORD dwMinorVersion;
    DWORD dwBuildNumber;
    DWORD dwPlatformId;
    CHAR  szCSDVersion[128];
    WORD  wServicePackMajor;
    WORD  wServicePackMinor;
    WORD  wSuiteMask;
    BYTE  wProductType;
    BYTE  wReserved;
} OSVERSIONINFOEXA, *POSVERSIONINFOEXA, *LPOSVERSIONINFOEXA;

typedef struct _OSVERSIONINFOEXW {
    DWORD dwOSVersionInfoSize;
    DWORD dwMajorVersion;
    DWORD dwMinorVersion;
    DWORD dwBuildNumber;
    DWORD dwPlatformId;
    WCHAR szCSDVersion[128];
    WORD  wServicePackMajor;
    WORD  wServicePackMinor;
    WORD  wSuiteMask;
    BYTE  wProductType;
    BYTE  wReserved;
} OSVERSIONINFOEXW, *POSVERSIONINFOEXW, *LPOSVERSIONINFOEXW;

#define RtlGenRandom SystemFunction036
#define VER_PLATFORM_WIN32s        0
#define VER_PLATFORM_WIN32_WINDOWS 1
#define VER_PLATFORM_WIN32_NT      2
#define VER_MINORVERSION     0x0000001
#define VER_MAJORVERSION     0x0000002
#define VER_BUILDNUMBER      0x0000004
#define VER_PLATFORMID       0x0000008
#define VER_SERVICEPACKMINOR 0x0000010
#define VER_SERVICEPACKMAJOR 0x0000020
#define VER_SUITENAME        0x0000040
#define VER_PRODUCT_TYPE     0x0000080
#define VER_EQUAL            1
#define VER_GREATER          2
#define VER_GREATER_EQUAL    3
#define VER_LESS             4
#define VER_LESS_EQUAL       5
#define VER_AND              6
#define VER_OR               7
#define VER_NT_WORKSTATION       1
#define VER_NT_DOMAIN_CONTROLLER 2
#define VER_NT_SERVER            3
#define VER_SET_CONDITION(mask, type, condition) ((mask) = VerSetConditionMask((mask), (type), (condition)))

typedef struct _WIN32_FILE_ATTRIBUTE_DATA {
    DWORD    dwFileAttributes;
    FILETIME ftCreationTime;
    FILETIME ftLastAccessTime;
    FILETIME ftLastWriteTime;
    DWORD    nFileSizeHigh;
    DWORD    nFileSizeLow;
} WIN32_FILE_ATTRIBUTE_DATA, *LPWIN32_FILE_ATTRIBUTE_DATA;

typedef struct _WIN32_FIND_DATAA {
    DWORD    dwFileAttributes;
    FILETIME ftCreationTime;
    FILETIME ftLastAccessTime;
    FILETIME ftLastWriteTime;
    DWORD    nFileSizeHigh;
    DWORD    nFileSizeLow;
    DWORD    dwReserved0;
    DWORD    dwReserved1;
    CHAR     cFileName[260];
    CHAR     cAlternateFileName[14];
} WIN32_FIND_DATAA, *PWIN32_FIND_DATAA, *LPWIN32_FIND_DATAA;

typedef struct _WIN32_FIND_DATAW {
    DWORD    dwFileAttributes;
    FILETIME ftCreationTime;
    FILETIME ftLastAccessTime;
    FILETIME ftLastWriteTime;
    DWORD    nFileSizeHigh;
    DWORD    nFileSizeLow;
    DWORD    dwReserved0;
    DWORD    dwReserved1;
    WCHAR    cFileName[260];
    WCHAR    cAlternateFileName[14];
} WIN32_FIND_DATAW, *PWIN32_FIND_DATAW, *LPWIN32_FIND_DATAW;

typedef enum _GET_FILEEX_INFO_LEVELS {
    GetFileExInfoStandard,
    GetFileExMaxInfoLevel
} GET_FILEEX_INFO_LEVELS;

typedef struct _COORD {
    SHORT X;
    SHORT Y;
} COORD, *PCOORD;

typedef struct _SMALL_RECT {
    SHORT Left;
    SHORT Top;
    SHORT Right;
    SHORT Bottom;
} SMALL_RECT, *PSMALL_RECT;

typedef struct _CONSOLE_SCREEN_BUFFER_INFO {
    COORD      dwSize;
    COORD      dwCursorPosition;
    WORD       wAttributes;
    SMALL_RECT srWindow;
    COORD      dwMaximumWindowSize;
} CONSOLE_SCREEN_BUFFER_INFO, *PCONSOLE_SCREEN_BUFFER_INFO;

#include "ws2_exception_types.h"

typedef struct _INPUT_RECORD INPUT_RECORD, *PINPUT_RECORD;
typedef struct _CHAR_INFO CHAR_INFO, *PCHAR_INFO;

typedef struct _CONSOLE_CURSOR_INFO {
    DWORD dwSize;
    BOOL  bVisible;
} CONSOLE_CURSOR_INFO, *PCONSOLE_CURSOR_INFO;

typedef struct timecaps_tag {
    UINT wPeriodMin;
    UINT wPeriodMax;
} TIMECAPS, *PTIMECAPS, *LPTIMECAPS;

typedef UINT MMRESULT;
typedef BOOL (WINAPI *PHANDLER_ROUTINE)(DWORD CtrlType);

typedef enum _HEAP_INFORMATION_CLASS {
    HeapCompatibilityInformation      = 0,
    HeapEnableTerminationOnCorruption = 1
} HEAP_INFORMATION_CLASS;

/* Network adapters; iphlpapi.h completes the structures. */
typedef union _NET_LUID_LH {
    ULONG64 Value;
    struct {
        ULONG64 Reserved     : 24;
        ULONG64 NetLuidIndex : 24;
        ULONG64 IfType       : 16;
    } Info;
} NET_LUID_LH, *PNET_LUID_LH, NET_LUID, *PNET_LUID, IF_LUID, *PIF_LUID;
typedef ULONG NET_IFINDEX, *PNET_IFINDEX, IF_INDEX, *PIF_INDEX;
typedef struct _IP_ADAPTER_ADDRESSES_LH IP_ADAPTER_ADDRESSES_LH, *PIP_ADAPTER_ADDRESSES_LH, IP_ADAPTER_ADDRESSES,
    *PIP_ADAPTER_ADDRESSES;
typedef struct _IP_ADAPTER_INFO IP_ADAPTER_INFO, *PIP_ADAPTER_INFO;
typedef struct _MIB_IPADDRTABLE MIB_IPADDRTABLE, *PMIB_IPADDRTABLE;
typedef struct _MIB_IFROW MIB_IFROW, *PMIB_IFROW;
typedef struct _MIB_IFTABLE MIB_IFTABLE, *PMIB_IFTABLE;
typedef struct _MIB_IPFORWARDTABLE MIB_IPFORWARDTABLE, *PMIB_IPFORWARDTABLE;
typedef struct _MIB_TCPTABLE MIB_TCPTABLE, *PMIB_TCPTABLE;
typedef struct _MIB_UDPTABLE MIB_UDPTABLE, *PMIB_UDPTABLE;
typedef struct FIXED_INFO_W2KSP1 FIXED_INFO, *PFIXED_INFO;
typedef struct _MIB_UNICASTIPADDRESS_TABLE MIB_UNICASTIPADDRESS_TABLE, *PMIB_UNICASTIPADDRESS_TABLE;
typedef struct ip_option_information IP_OPTION_INFORMATION, *PIP_OPTION_INFORMATION;

#ifdef __cplusplus
}
#endif

/* Heaps and blocks. */
#define HEAP_NO_SERIALIZE          0x00000001
#define HEAP_GENERATE_EXCEPTIONS   0x00000004
#define HEAP_ZERO_MEMORY           0x00000008
#define HEAP_REALLOC_IN_PLACE_ONLY 0x00000010
#define LMEM_FIXED                 0x0000
#define LMEM_MOVEABLE              0x0002
#define LMEM_ZEROINIT              0x0040
#define LMEM_MODIFY                0x0080
#define LMEM_INVALID_HANDLE        0x8000
#define LMEM_LOCKCOUNT             0x00FF
#define LPTR                       0x0040
#define LHND                       0x0042
#define GMEM_FIXED                 0x0000
#define GMEM_MOVEABLE              0x0002
#define GMEM_ZEROINIT              0x0040
#define GMEM_MODIFY                0x0080
#define GMEM_SHARE                 0x2000
#define GMEM_DDESHARE       0x2000
#define GMEM_INVALID_HANDLE        0x8000
#define GMEM_LOCKCOUNT             0x00FF
#define GPTR                       0x0040
#define GHND                       0x0042

/* Pages. */
#define MEM_COMMIT             0x00001000
#define MEM_RESERVE            0x00002000
#define MEM_DECOMMIT           0x00004000
#define MEM_RELEASE            0x00008000
#define MEM_FREE               0x00010000
#define MEM_PRIVATE            0x00020000
#define MEM_MAPPED             0x00040000
#define MEM_RESET              0x00080000
#define MEM_TOP_DOWN           0x00100000
#define MEM_IMAGE              0x01000000
#define MEM_LARGE_PAGES        0x20000000
#define PAGE_NOACCESS          0x01
#define PAGE_READONLY          0x02
#define PAGE_READWRITE         0x04
#define PAGE_WRITECOPY         0x08
#define PAGE_EXECUTE           0x10
#define PAGE_EXECUTE_READ      0x20
#define PAGE_EXECUTE_READWRITE 0x40
#define PAGE_GUARD             0x100
#define PAGE_NOCACHE           0x200

/* Files. */
#define FILE_READ_DATA               0x0001
#define FILE_WRITE_DATA              0x0002
#define FILE_APPEND_DATA             0x0004
#define FILE_READ_EA                 0x0008
#define FILE_WRITE_EA                0x0010
#define FILE_EXECUTE                 0x0020
#define FILE_READ_ATTRIBUTES         0x0080
#define FILE_WRITE_ATTRIBUTES        0x0100
#define FILE_ALL_ACCESS              0x001F01FF
#define FILE_GENERIC_READ            0x00120089
#define FILE_GENERIC_WRITE           0x00120116
#define FILE_GENERIC_EXECUTE         0x001200A0
#define FILE_SHARE_READ              0x00000001
#define FILE_SHARE_WRITE             0x00000002
#define FILE_SHARE_DELETE            0x00000004
#define CREATE_NEW                   1
#define CREATE_ALWAYS                2
#define OPEN_EXISTING                3
#define OPEN_ALWAYS                  4
#define TRUNCATE_EXISTING            5
#define FILE_ATTRIBUTE_READONLY      0x00000001
#define FILE_ATTRIBUTE_HIDDEN        0x00000002
#define FILE_ATTRIBUTE_SYSTEM        0x00000004
#define FILE_ATTRIBUTE_DIRECTORY     0x00000010
#define FILE_ATTRIBUTE_ARCHIVE       0x00000020
#define FILE_ATTRIBUTE_DEVICE        0x00000040
#define FILE_ATTRIBUTE_NORMAL        0x00000080
#define FILE_ATTRIBUTE_TEMPORARY     0x00000100
#define FILE_FLAG_WRITE_THROUGH      0x80000000u
#define FILE_FLAG_OVERLAPPED         0x40000000u
/* What a server may do in a client's name: for pipes, and without meaning for files. */
#define SECURITY_ANONYMOUS           0x00000000u
#define SECURITY_IDENTIFICATION      0x00010000u
#define SECURITY_IMPERSONATION       0x00020000u
#define SECURITY_DELEGATION          0x00030000u
#define SECURITY_CONTEXT_TRACKING    0x00040000u
#define SECURITY_EFFECTIVE_ONLY      0x00080000u
#define SECURITY_SQOS_PRESENT        0x00100000u
#define FILE_FLAG_NO_BUFFERING       0x20000000u
#define FILE_FLAG_RANDOM_ACCESS      0x10000000u
#define FILE_FLAG_SEQUENTIAL_SCAN    0x08000000u
#define FILE_FLAG_DELETE_ON_CLOSE    0x04000000u
#define FILE_FLAG_BACKUP_SEMANTICS   0x02000000u
#define INVALID_FILE_SIZE            0xFFFFFFFFu
#define INVALID_SET_FILE_POINTER     0xFFFFFFFFu
#define INVALID_FILE_ATTRIBUTES      0xFFFFFFFFu
#define FILE_BEGIN                   0
#define FILE_CURRENT                 1
#define FILE_END                     2
#define FILE_TYPE_UNKNOWN            0
#define FILE_TYPE_DISK               1
#define FILE_TYPE_CHAR               2
#define FILE_TYPE_PIPE               3
#define MOVEFILE_REPLACE_EXISTING    1
#define MOVEFILE_COPY_ALLOWED        2
#define MOVEFILE_WRITE_THROUGH       8

/* The console. */
#define STD_INPUT_HANDLE                   ((DWORD)-10)
#define STD_OUTPUT_HANDLE                  ((DWORD)-11)
#define STD_ERROR_HANDLE                   ((DWORD)-12)
#define ENABLE_PROCESSED_INPUT             0x0001
#define ENABLE_LINE_INPUT                  0x0002
#define ENABLE_ECHO_INPUT                  0x0004
#define ENABLE_WINDOW_INPUT                0x0008
#define ENABLE_MOUSE_INPUT                 0x0010
#define ENABLE_INSERT_MODE                 0x0020
#define ENABLE_QUICK_EDIT_MODE             0x0040
#define ENABLE_EXTENDED_FLAGS              0x0080
#define ENABLE_VIRTUAL_TERMINAL_INPUT      0x0200
#define ENABLE_PROCESSED_OUTPUT            0x0001
#define ENABLE_WRAP_AT_EOL_OUTPUT          0x0002
#define ENABLE_VIRTUAL_TERMINAL_PROCESSING 0x0004
#define FOREGROUND_BLUE                    0x0001
#define FOREGROUND_GREEN                   0x0002
#define FOREGROUND_RED                     0x0004
#define FOREGROUND_INTENSITY               0x0008
#define BACKGROUND_BLUE                    0x0010
#define BACKGROUND_GREEN                   0x0020
#define BACKGROUND_RED                     0x0040
#define BACKGROUND_INTENSITY               0x0080
#define CTRL_C_EVENT                       0
#define CTRL_BREAK_EVENT                   1
#define CTRL_CLOSE_EVENT                   2
#define CTRL_LOGOFF_EVENT                  5
#define CTRL_SHUTDOWN_EVENT                6

/* Texts. */
#define CP_ACP               0
#define CP_OEMCP             1
#define CP_THREAD_ACP        3
#define CP_UTF8              65001
#define MB_PRECOMPOSED       1
#define MB_ERR_INVALID_CHARS 8
#define WC_ERR_INVALID_CHARS 0x80
#define WC_COMPOSITECHECK    0x200
#define WC_NO_BEST_FIT_CHARS 0x400

/* Message boxes. */
#define MB_OK                0x00000000
#define MB_OKCANCEL          0x00000001
#define MB_ABORTRETRYIGNORE  0x00000002
#define MB_YESNOCANCEL       0x00000003
#define MB_YESNO             0x00000004
#define MB_RETRYCANCEL       0x00000005
#define MB_CANCELTRYCONTINUE 0x00000006
#define MB_ICONHAND          0x00000010
#define MB_ICONERROR         0x00000010
#define MB_ICONSTOP          0x00000010
#define MB_ICONQUESTION      0x00000020
#define MB_ICONEXCLAMATION   0x00000030
#define MB_ICONWARNING       0x00000030
#define MB_ICONASTERISK      0x00000040
#define MB_ICONINFORMATION   0x00000040
#define MB_DEFBUTTON1        0x00000000
#define MB_DEFBUTTON2        0x00000100
#define MB_DEFBUTTON3        0x00000200
#define MB_APPLMODAL         0x00000000
#define MB_SYSTEMMODAL       0x00001000
#define MB_TASKMODAL         0x00002000
#define MB_SETFOREGROUND     0x00010000
#define MB_TOPMOST           0x00040000
#define IDOK                 1
#define IDCANCEL             2
#define IDABORT              3
#define IDRETRY              4
#define IDIGNORE             5
#define IDYES                6
#define IDNO                 7
#define IDTRYAGAIN           10
#define IDCONTINUE           11

/* Messages of the system. */
#define FORMAT_MESSAGE_ALLOCATE_BUFFER 0x00000100
#define FORMAT_MESSAGE_IGNORE_INSERTS  0x00000200
#define FORMAT_MESSAGE_FROM_STRING     0x00000400
#define FORMAT_MESSAGE_FROM_HMODULE    0x00000800
#define FORMAT_MESSAGE_FROM_SYSTEM     0x00001000
#define FORMAT_MESSAGE_ARGUMENT_ARRAY  0x00002000
#define FORMAT_MESSAGE_MAX_WIDTH_MASK  0x000000FF

/* Names. */
#define MAX_COMPUTERNAME_LENGTH 15
#define SEM_FAILCRITICALERRORS     0x0001
#define SEM_NOGPFAULTERRORBOX      0x0002
#define SEM_NOOPENFILEERRORBOX     0x8000
#define ATTACH_PARENT_PROCESS                        0xFFFFFFFFu
#define GET_MODULE_HANDLE_EX_FLAG_PIN                0x00000001
#define GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT 0x00000002
#define GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS       0x00000004
#define DONT_RESOLVE_DLL_REFERENCES 0x00000001
#define LOAD_LIBRARY_AS_DATAFILE    0x00000002
#define LOAD_LIBRARY_SEARCH_SYSTEM32 0x00000800
#define MAKEINTRESOURCEA(number)   ((LPSTR)(ULONG_PTR)(WORD)(number))
#ifndef MAKEINTRESOURCE
# define MAKEINTRESOURCE           MAKEINTRESOURCEA
#endif
#define TIMERR_NOERROR 0
#define TIMERR_NOCANDO 97
#define TIMERR_STRUCT  33
#define MMSYSERR_NOERROR 0

#endif
