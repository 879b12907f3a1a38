/* TCHAR: the narrow character, or the wide one where UNICODE is defined. Part of windows.h. */
#ifndef WS2_TCHAR_TYPES_H
#define WS2_TCHAR_TYPES_H

#include "ws2_base.h"

#ifdef UNICODE
typedef WCHAR   TCHAR, *PTCHAR;
typedef LPWSTR  PTSTR, LPTSTR;
typedef LPCWSTR PCTSTR, LPCTSTR;
#else
typedef CHAR    TCHAR, *PTCHAR;
typedef LPSTR   PTSTR, LPTSTR;
typedef LPCSTR  PCTSTR, LPCTSTR;
#endif

#endif
