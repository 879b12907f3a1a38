/* What programs take from ntdll for their waits: the device of Windows' driver for sockets and its polls, keyed events, statuses.
   The functions have their names in this header only, since programs that find them by GetProcAddress have variables of those
   names. */
#ifndef WS2_WINTERNL_H
#define WS2_WINTERNL_H

#include "windows.h"

#if !defined _NTDEF_ && !defined _NTSTATUS_PSDK
# define _NTSTATUS_PSDK
typedef LONG NTSTATUS, *PNTSTATUS;
#endif

#ifndef NT_SUCCESS
# define NT_SUCCESS(Status)     ((NTSTATUS)(Status) >= 0)
#endif
#ifndef NT_INFORMATION
# define NT_INFORMATION(Status) ((ULONG)(Status) >> 30 == 1)
#endif
#ifndef NT_WARNING
# define NT_WARNING(Status)     ((ULONG)(Status) >> 30 == 2)
#endif
#ifndef NT_ERROR
# define NT_ERROR(Status)       ((ULONG)(Status) >> 30 == 3)
#endif

#ifndef __UNICODE_STRING_DEFINED
# define __UNICODE_STRING_DEFINED
typedef struct _UNICODE_STRING {
    USHORT Length;
    USHORT MaximumLength;
    PWSTR  Buffer;
} UNICODE_STRING;
#endif
typedef UNICODE_STRING *PUNICODE_STRING;
typedef const UNICODE_STRING *PCUNICODE_STRING;

#ifndef __STRING_DEFINED
# define __STRING_DEFINED
typedef struct _STRING {
    USHORT Length;
    USHORT MaximumLength;
    PCHAR  Buffer;
} STRING;
#endif
typedef STRING *PSTRING;
typedef STRING ANSI_STRING;
typedef PSTRING PANSI_STRING;

#ifndef __OBJECT_ATTRIBUTES_DEFINED
# define __OBJECT_ATTRIBUTES_DEFINED
typedef struct _OBJECT_ATTRIBUTES {
    ULONG           Length;
    HANDLE          RootDirectory;
    PUNICODE_STRING ObjectName;
    ULONG           Attributes;
    PVOID           SecurityDescriptor;
    PVOID           SecurityQualityOfService;
} OBJECT_ATTRIBUTES, *POBJECT_ATTRIBUTES;
#endif

#define OBJ_INHERIT                       0x00000002L
#define OBJ_PERMANENT                     0x00000010L
#define OBJ_EXCLUSIVE                     0x00000020L
#define OBJ_CASE_INSENSITIVE              0x00000040L
#define OBJ_OPENIF                        0x00000080L
#define OBJ_OPENLINK                      0x00000100L
#define OBJ_KERNEL_HANDLE                 0x00000200L
#define OBJ_FORCE_ACCESS_CHECK            0x00000400L
#define OBJ_IGNORE_IMPERSONATED_DEVICEMAP 0x00000800L
#define OBJ_DONT_REPARSE                  0x00001000L
#define OBJ_VALID_ATTRIBUTES              0x00001FF2L

#ifndef InitializeObjectAttributes
# define InitializeObjectAttributes(p, n, a, r, s)  \
    {                                               \
        (p)->Length = sizeof(OBJECT_ATTRIBUTES);    \
        (p)->RootDirectory = (r);                   \
        (p)->Attributes = (a);                      \
        (p)->ObjectName = (n);                      \
        (p)->SecurityDescriptor = (s);              \
        (p)->SecurityQualityOfService = NULL;       \
    }
#endif

/* NtCreateFile: what is to be done, how, and what was done. */
#define FILE_SUPERSEDE                 0x00000000
#define FILE_OPEN                      0x00000001
#define FILE_CREATE                    0x00000002
#define FILE_OPEN_IF                   0x00000003
#define FILE_OVERWRITE                 0x00000004
#define FILE_OVERWRITE_IF              0x00000005
#define FILE_MAXIMUM_DISPOSITION       0x00000005

#define FILE_DIRECTORY_FILE            0x00000001
#define FILE_WRITE_THROUGH             0x00000002
#define FILE_SEQUENTIAL_ONLY           0x00000004
#define FILE_NO_INTERMEDIATE_BUFFERING 0x00000008
#define FILE_SYNCHRONOUS_IO_ALERT      0x00000010
#define FILE_SYNCHRONOUS_IO_NONALERT   0x00000020
#define FILE_NON_DIRECTORY_FILE        0x00000040
#define FILE_RANDOM_ACCESS             0x00000800
#define FILE_DELETE_ON_CLOSE           0x00001000

#define FILE_SUPERSEDED                0x00000000
#define FILE_OPENED                    0x00000001
#define FILE_CREATED                   0x00000002
#define FILE_OVERWRITTEN               0x00000003
#define FILE_EXISTS                    0x00000004
#define FILE_DOES_NOT_EXIST            0x00000005

__extension__ typedef struct _IO_STATUS_BLOCK {
    __extension__ union {
        NTSTATUS Status;
        PVOID    Pointer;
    };
    ULONG_PTR Information;
} IO_STATUS_BLOCK, *PIO_STATUS_BLOCK;

typedef VOID (NTAPI *PIO_APC_ROUTINE)(PVOID ApcContext, PIO_STATUS_BLOCK IoStatusBlock, ULONG Reserved);

#include "ws2_nt.h"

#endif
