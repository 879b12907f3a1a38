/* What programs that use sockets take from windows.h: its types, a handful of macros and of functions. */
#ifndef WS2_WINDOWS_H
#define WS2_WINDOWS_H

#ifndef _WINDOWS_
# define _WINDOWS_
#endif
#ifndef _INC_WINDOWS
# define _INC_WINDOWS
#endif

#include "ws2_types.h"
#include "ws2_32.h"

/* Halves of words. */
#define MAKEWORD(low, high) ((WORD)((BYTE)(ULONG_PTR)(low) | (WORD)((BYTE)(ULONG_PTR)(high) << 8)))
#define MAKELONG(low, high) ((LONG)((WORD)(ULONG_PTR)(low) | (DWORD)(WORD)(ULONG_PTR)(high) << 16))
#define LOBYTE(word)        ((BYTE)((ULONG_PTR)(word) & 0xFF))
#define HIBYTE(word)        ((BYTE)((ULONG_PTR)(word) >> 8 & 0xFF))
#define LOWORD(number)      ((WORD)((ULONG_PTR)(number) & 0xFFFF))
#define HIWORD(number)      ((WORD)((ULONG_PTR)(number) >> 16 & 0xFFFF))

#if !defined NOMINMAX && !defined __cplusplus
# ifndef min
#  define min(a, b) ((a) < (b) ? (a) : (b))
# endif
# ifndef max
#  define max(a, b) ((a) > (b) ? (a) : (b))
# endif
#endif

#define MAX_PATH             260
#define INFINITE             0xFFFFFFFFu
#define INVALID_HANDLE_VALUE ((HANDLE)(LONG_PTR)-1)

#define UNREFERENCED_PARAMETER(p) ((void)(p))
#define DBG_UNREFERENCED_PARAMETER(p) ((void)(p))
#define DBG_UNREFERENCED_LOCAL_VARIABLE(v) ((void)(v))
#ifndef ARRAYSIZE
# define ARRAYSIZE(a) (sizeof(a) / sizeof((a)[0]))
#endif

#ifndef _TEXT_DEFINED
# define _TEXT_DEFINED
# ifdef UNICODE
#  define __TEXT(text) u##text
# else
#  define __TEXT(text) text
# endif
# define TEXT(text) __TEXT(text)
#endif

#include "ws2_tchar.h"

/* Language identifiers. */
#define LANG_NEUTRAL    0x00
#define LANG_ENGLISH    0x09
#define SUBLANG_NEUTRAL 0x00
#define SUBLANG_DEFAULT 0x01
#define SUBLANG_ENGLISH_US 0x01
#define MAKELANGID(primary, sub) ((WORD)((WORD)(sub) << 10 | (WORD)(primary)))

/* Codes of the system itself that programs with sockets name. */
#define NO_ERROR                  0
#define ERROR_SUCCESS             0
#define ERROR_FILE_NOT_FOUND      2
#define ERROR_ACCESS_DENIED       5
#define ERROR_INVALID_HANDLE      6
#define ERROR_NOT_ENOUGH_MEMORY   8
#define ERROR_OUTOFMEMORY         14
#define ERROR_NOT_SUPPORTED       50
#define ERROR_NETNAME_DELETED     64
#define ERROR_INVALID_PARAMETER   87
#define ERROR_CALL_NOT_IMPLEMENTED 120
#define ERROR_SEM_TIMEOUT         121
#define ERROR_INSUFFICIENT_BUFFER 122
#define ERROR_MORE_DATA           234
#define WAIT_TIMEOUT              258
#define ERROR_MR_MID_NOT_FOUND    317
#define ERROR_OPERATION_ABORTED   995
#define ERROR_IO_INCOMPLETE       996
#define ERROR_IO_PENDING          997
#define ERROR_CONNECTION_REFUSED  1225
#define ERROR_CONNECTION_ABORTED  1236

#define WAIT_OBJECT_0      0
#define WAIT_ABANDONED     0x80
#define WAIT_IO_COMPLETION 0xC0
#define WAIT_FAILED        0xFFFFFFFFu

#include "ws2_windows.h"
#include "ws2_windows_crt.h"

/* As on Windows, unless the program says that it wants less. */
#ifndef WIN32_LEAN_AND_MEAN
# include "winsock2.h"
#endif

#endif
