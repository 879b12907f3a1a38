/* The clipboard, which the desktop has and programs of a terminal do not: it cannot be opened, as on Windows where another program has it.
   Part of windows.h. */
#ifndef WS2_CLIPBOARD_H
#define WS2_CLIPBOARD_H
#pragma GCC system_header

#include "winerror.h"
#include "ws2_kernel.h"
#include "ws2_win32.h"

#define CF_TEXT        1
#define CF_BITMAP      2
#define CF_OEMTEXT     7
#define CF_DIB         8
#define CF_UNICODETEXT 13

static __inline__ BOOL OpenClipboard(HWND hWndNewOwner)
{
    (void)hWndNewOwner;
    SetLastError(ERROR_ACCESS_DENIED);
    return FALSE;
}

static __inline__ BOOL CloseClipboard(void)
{
    SetLastError(ERROR_CLIPBOARD_NOT_OPEN);
    return FALSE;
}

static __inline__ BOOL EmptyClipboard(void)
{
    SetLastError(ERROR_CLIPBOARD_NOT_OPEN);
    return FALSE;
}

static __inline__ HANDLE GetClipboardData(UINT uFormat)
{
    (void)uFormat;
    SetLastError(ERROR_CLIPBOARD_NOT_OPEN);
    return NULL;
}

static __inline__ HANDLE SetClipboardData(UINT uFormat, HANDLE hMem)
{
    (void)uFormat;
    (void)hMem;
    SetLastError(ERROR_CLIPBOARD_NOT_OPEN);
    return NULL;
}

static __inline__ BOOL IsClipboardFormatAvailable(UINT format)
{
    (void)format;
    return FALSE;
}

#endif
