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
#include "ws2_crt.h"

/* Halves of words. */
#define MAKEWORD(low, high) ((WORD)((BYTE)(ULONG_PTR)(low) | (WORD)((BYTE)(ULONG_PTR)(high) << 8)))
#define MAKELONG(low, high) ((LONG)((WORD)(ULONG_PTR)(low) | (DWORD)(WORD)(ULONG_PTR)(high) << 16))
#define LOBYTE(word)        ((BYTE)((ULONG_PTR)(word) & 0xFF))
#define HIBYTE(word)        ((BYTE)((ULONG_PTR)(word) >> 8 & 0xFF))
#define LOWORD(number)      ((WORD)((ULONG_PTR)(number) & 0xFFFF))
#define HIWORD(number)      ((WORD)((ULONG_PTR)(number) >> 16 & 0xFFFF))

#ifndef NOMINMAX
# ifdef __cplusplus
#  include "ws2_min_max.h"
# else
#  ifndef min
#   define min(a, b) ((a) < (b) ? (a) : (b))
#  endif
#  ifndef max
#   define max(a, b) ((a) > (b) ? (a) : (b))
#  endif
# endif
#endif

#define MAX_PATH             260
#define INVALID_HANDLE_VALUE ((HANDLE)(LONG_PTR)-1)

#define UNREFERENCED_PARAMETER(p) ((void)(p))
#ifndef CONTAINING_RECORD
# define CONTAINING_RECORD(address, type, field) ((type *)((char *)(address) - (ULONG_PTR)(&((type *)0)->field)))
#endif
#define DBG_UNREFERENCED_PARAMETER(p) ((void)(p))
#define DBG_UNREFERENCED_LOCAL_VARIABLE(v) ((void)(v))
#ifndef ARRAYSIZE
# define ARRAYSIZE(a) (sizeof(a) / sizeof((a)[0]))
#endif

#ifndef _TEXT_DEFINED
# define _TEXT_DEFINED
# ifdef UNICODE
#  if defined __SIZEOF_WCHAR_T__ && __SIZEOF_WCHAR_T__ == 2
#   define __TEXT(text) L##text
#  else
#   define __TEXT(text) u##text
#  endif
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

#include "winerror.h"

#define WAIT_TIMEOUT       258

#include "ws2_kernel.h"
#include "ws2_interlocked.h"
#include "ws2_windows.h"
#include "ws2_windows_crt.h"
#include "ws2_records.h"
#include "winreg.h"
#include "ws2_files_of_apps.h"
#include "ws2_names_of_files.h"
#include "ws2_security.h"
#include "ws2_search_path.h"
#include "ws2_exception.h"
#include "ws2_clipboard.h"

#include "winsvc.h"

/* As on Windows, unless the program says that it wants less. */
#ifndef WIN32_LEAN_AND_MEAN
# include "winsock2.h"
# include "shellapi.h"
#endif

#endif
