/* Windows' basic types at 64-bit Windows' sizes (LONG and DWORD have 32 bits), and its calling conventions, which
   mean nothing here. */
#ifndef WS2_BASE_H
#define WS2_BASE_H

#include "sal.h"
#include <stddef.h>
#include <stdint.h>

/* #pragma comment(lib, ...) and #pragma warning(...) are for Windows' compilers; here they need no warning. (g++ before
   13 warns all the same, unless told -Wno-unknown-pragmas.) */
#pragma GCC diagnostic ignored "-Wunknown-pragmas"

/* Calling conventions and other words of Windows' compilers. */
#ifndef WSAAPI
# define WSAAPI
#endif
#ifndef WINAPI
# define WINAPI
#endif
#ifndef APIENTRY
# define APIENTRY
#endif
#ifndef CALLBACK
# define CALLBACK
#endif
#ifndef PASCAL
# define PASCAL
#endif
#ifndef FAR
# define FAR
#endif
#ifndef NEAR
# define NEAR
#endif
#ifndef WINSOCK_API_LINKAGE
# define WINSOCK_API_LINKAGE
#endif
#ifndef __cdecl
# define __cdecl
#endif
#ifndef _cdecl
# define _cdecl
#endif
#ifndef __stdcall
# define __stdcall
#endif
#ifndef _stdcall
# define _stdcall
#endif
#ifndef __fastcall
# define __fastcall
#endif
#ifndef __forceinline
# define __forceinline static __inline__ __attribute__((__always_inline__))
#endif
/* The form of a function that a name without a letter means. */
#ifdef UNICODE
# define WS2_WIDTH(name) name##W
#else
# define WS2_WIDTH(name) name##A
#endif
/* __declspec(word): an attribute, where there is one. */
#ifndef __declspec
# define __declspec(word)        WS2_DECLSPEC_##word
# define WS2_DECLSPEC_align(n)    __attribute__((__aligned__(n)))
# define WS2_DECLSPEC_allocate(s) __attribute__((__section__(s)))
# define WS2_DECLSPEC_deprecated  __attribute__((__deprecated__))
# define WS2_DECLSPEC_dllexport   __attribute__((__visibility__("default")))
# define WS2_DECLSPEC_dllimport
# define WS2_DECLSPEC_naked
# define WS2_DECLSPEC_noinline    __attribute__((__noinline__))
# define WS2_DECLSPEC_noreturn    __attribute__((__noreturn__))
# define WS2_DECLSPEC_nothrow     __attribute__((__nothrow__))
# define WS2_DECLSPEC_novtable
# define WS2_DECLSPEC_restrict
# define WS2_DECLSPEC_selectany   __attribute__((__weak__))
# define WS2_DECLSPEC_thread      __thread
#endif

#ifndef __int8
# define __int8 char
# define __int16 short
# define __int32 int
#endif
/* As int64_t, and as all that has a pointer's size: SOCKET is an unsigned __int64. */
#undef __int64
#define __int64 long
#ifndef IN
# define IN
#endif
#ifndef OUT
# define OUT
#endif
#ifndef OPTIONAL
# define OPTIONAL
#endif
#ifndef CONST
# define CONST const
#endif
#ifndef VOID
# define VOID void
#endif
#ifndef TRUE
# define TRUE 1
#endif
#ifndef FALSE
# define FALSE 0
#endif

#define RTL_BITS_OF(type) (sizeof(type) * 8)

/* Integers. */
typedef char               CHAR;
typedef signed char        INT8;
typedef unsigned char      UCHAR, UINT8, BYTE, BOOLEAN;
typedef short              SHORT, INT16;
typedef unsigned short     USHORT, UINT16, WORD;
typedef int                INT, INT32, LONG, LONG32, BOOL, HRESULT;
typedef unsigned int       UINT, UINT32, ULONG, ULONG32, DWORD, DWORD32;
typedef float              FLOAT;

/* C++98 has no long long; every compiler that matters has. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wlong-long"
__extension__ typedef long long          INT64, LONG64, LONGLONG;
__extension__ typedef unsigned long long UINT64, ULONG64, ULONGLONG, DWORD64, DWORDLONG;
#pragma GCC diagnostic pop

/* Integers of a pointer's size. */
typedef intptr_t           INT_PTR, LONG_PTR, SSIZE_T, LPARAM, LRESULT;
typedef uintptr_t          UINT_PTR, ULONG_PTR, DWORD_PTR, SIZE_T, WPARAM;

/* 16-bit characters, as Windows has them; wchar_t only where -fshort-wchar makes it so. */
/* How functions are found in libraries: nothing is to be said here. */
#ifndef DECLSPEC_IMPORT
# define DECLSPEC_IMPORT
# define DECLSPEC_EXPORT   __attribute__((__visibility__("default")))
#endif
#ifndef DECLSPEC_NORETURN
# define DECLSPEC_NORETURN __attribute__((__noreturn__))
# define DECLSPEC_ALIGN(bytes) __attribute__((__aligned__(bytes)))
#endif

#if defined __SIZEOF_WCHAR_T__ && __SIZEOF_WCHAR_T__ == 2
typedef wchar_t            WCHAR;
#elif defined __cplusplus && __cplusplus >= 201103L
typedef char16_t           WCHAR;
#else
typedef unsigned short     WCHAR;
#endif

/* Pointers. */
typedef void              *PVOID, *LPVOID, *HANDLE;
typedef const void        *PCVOID, *LPCVOID;
typedef HANDLE            *PHANDLE, *LPHANDLE;
typedef CHAR              *PCHAR, *LPCH, *PSTR, *LPSTR;
typedef const CHAR        *LPCCH, *PCSTR, *LPCSTR;
typedef WCHAR             *PWCHAR, *LPWCH, *PWSTR, *LPWSTR;
typedef const WCHAR       *LPCWCH, *PCWSTR, *LPCWSTR;
typedef UCHAR             *PUCHAR, *PUINT8, *PBOOLEAN;
typedef BYTE              *PBYTE, *LPBYTE;
typedef SHORT             *PSHORT;
typedef USHORT            *PUSHORT;
typedef WORD              *PWORD, *LPWORD;
typedef INT               *PINT, *LPINT;
typedef UINT              *PUINT, *LPUINT;
typedef LONG              *PLONG, *LPLONG;
typedef ULONG             *PULONG, *LPULONG;
typedef DWORD             *PDWORD, *LPDWORD;
typedef BOOL              *PBOOL, *LPBOOL;
typedef ULONG_PTR         *PULONG_PTR;
typedef DWORD_PTR         *PDWORD_PTR;
typedef SIZE_T            *PSIZE_T;

/* Handles: each its own type, as with Windows' STRICT. */
#define DECLARE_HANDLE(name) struct name##__ { int unused; }; typedef struct name##__ *name
DECLARE_HANDLE(HWND);
DECLARE_HANDLE(HINSTANCE);
typedef HINSTANCE          HMODULE;
typedef HANDLE             HLOCAL, HGLOBAL;

#if defined __cplusplus
typedef INT_PTR (WINAPI *FARPROC)();
typedef INT_PTR (WINAPI *PROC)();
#else
typedef INT_PTR (WINAPI *FARPROC)(void);
typedef INT_PTR (WINAPI *PROC)(void);
#endif

#include "ws2_guid.h"

/* The request of an overlapped operation. */
typedef struct _OVERLAPPED {
    ULONG_PTR Internal;
    ULONG_PTR InternalHigh;
    __extension__ union {
        __extension__ struct {
            DWORD Offset;
            DWORD OffsetHigh;
        };
        PVOID Pointer;
    };
    HANDLE hEvent;
} OVERLAPPED, *POVERLAPPED, *LPOVERLAPPED;

typedef struct _OVERLAPPED_ENTRY {
    ULONG_PTR    lpCompletionKey;
    LPOVERLAPPED lpOverlapped;
    ULONG_PTR    Internal;
    DWORD        dwNumberOfBytesTransferred;
} OVERLAPPED_ENTRY, *LPOVERLAPPED_ENTRY;

#endif
