/* StringCchCopy and its kin: copying, joining, printing and measuring texts with a size, in characters (Cch) or bytes (Cb),
   narrow (A) and 16-bit (W). */
#ifndef WS2_STRSAFE_H
#define WS2_STRSAFE_H
#pragma GCC system_header

#include "windows.h"
#include "ws2_crt_wprint.h"

#define STRSAFE_MAX_CCH 2147483647
#define STRSAFE_E_INSUFFICIENT_BUFFER ((HRESULT)0x8007007A)
#define STRSAFE_E_INVALID_PARAMETER   ((HRESULT)0x80070057)
#define STRSAFE_E_END_OF_FILE         ((HRESULT)0x80070026)
#ifndef SUCCEEDED
# define SUCCEEDED(hr) ((HRESULT)(hr) >= 0)
# define FAILED(hr)    ((HRESULT)(hr) < 0)
#endif
typedef char *STRSAFE_LPSTR;
typedef const char *STRSAFE_LPCSTR;
typedef WCHAR *STRSAFE_LPWSTR;
typedef const WCHAR *STRSAFE_LPCWSTR;

/* The length without the end, or -1 where there is none in so many. */
static __inline__ long long ws2_safe_lengthA(const char *text, size_t most)
{
    size_t length = 0;

    while (length < most && text[length] != 0)
        length++;
    return length < most ? (long long)length : -1;
}

static __inline__ HRESULT ws2_safe_copyA(char *pszDest, size_t cchDest, const char *pszSrc, size_t cchToCopy, char **end, size_t *left)
{
    size_t at = 0;

    if (pszDest == NULL || pszSrc == NULL || cchDest == 0 || cchDest > STRSAFE_MAX_CCH)
        return STRSAFE_E_INVALID_PARAMETER;
    while (at + 1 < cchDest && at < cchToCopy && pszSrc[at] != 0) {
        pszDest[at] = pszSrc[at];
        at++;
    }
    pszDest[at] = 0;
    if (end != NULL)
        *end = pszDest + at;
    if (left != NULL)
        *left = cchDest - at;
    return at < cchToCopy && pszSrc[at] != 0 ? STRSAFE_E_INSUFFICIENT_BUFFER : S_OK;
}

static __inline__ HRESULT ws2_safe_joinA(char *pszDest, size_t cchDest, const char *pszSrc, size_t cchToAppend, char **end, size_t *left)
{
    long long used;

    if (pszDest == NULL || cchDest == 0 || cchDest > STRSAFE_MAX_CCH)
        return STRSAFE_E_INVALID_PARAMETER;
    used = ws2_safe_lengthA(pszDest, cchDest);
    if (used < 0)
        return STRSAFE_E_INVALID_PARAMETER;
    return ws2_safe_copyA(pszDest + used, cchDest - (size_t)used, pszSrc, cchToAppend, end, left);
}

static __inline__ HRESULT StringCchCopyA(char *pszDest, size_t cchDest, const char *pszSrc)
{
    return ws2_safe_copyA(pszDest, cchDest, pszSrc, (size_t)-1, NULL, NULL);
}

static __inline__ HRESULT StringCchCopyNA(char *pszDest, size_t cchDest, const char *pszSrc, size_t cchToCopy)
{
    return ws2_safe_copyA(pszDest, cchDest, pszSrc, cchToCopy, NULL, NULL);
}

static __inline__ HRESULT StringCchCatA(char *pszDest, size_t cchDest, const char *pszSrc)
{
    return ws2_safe_joinA(pszDest, cchDest, pszSrc, (size_t)-1, NULL, NULL);
}

static __inline__ HRESULT StringCchCatNA(char *pszDest, size_t cchDest, const char *pszSrc, size_t cchToAppend)
{
    return ws2_safe_joinA(pszDest, cchDest, pszSrc, cchToAppend, NULL, NULL);
}

static __inline__ HRESULT StringCchLengthA(const char *psz, size_t cchMax, size_t *pcchLength)
{
    long long length = psz != NULL && cchMax <= STRSAFE_MAX_CCH ? ws2_safe_lengthA(psz, cchMax) : -1;

    if (pcchLength != NULL)
        *pcchLength = length < 0 ? 0 : (size_t)length;
    return length < 0 ? STRSAFE_E_INVALID_PARAMETER : S_OK;
}

static __inline__ HRESULT StringCbCopyA(char *pszDest, size_t cbDest, const char *pszSrc)
{
    return ws2_safe_copyA(pszDest, cbDest / sizeof(char), pszSrc, (size_t)-1, NULL, NULL);
}

static __inline__ HRESULT StringCbCopyNA(char *pszDest, size_t cbDest, const char *pszSrc, size_t cbToCopy)
{
    return ws2_safe_copyA(pszDest, cbDest / sizeof(char), pszSrc, cbToCopy / sizeof(char), NULL, NULL);
}

static __inline__ HRESULT StringCbCatA(char *pszDest, size_t cbDest, const char *pszSrc)
{
    return ws2_safe_joinA(pszDest, cbDest / sizeof(char), pszSrc, (size_t)-1, NULL, NULL);
}

static __inline__ HRESULT StringCbCatNA(char *pszDest, size_t cbDest, const char *pszSrc, size_t cbToAppend)
{
    return ws2_safe_joinA(pszDest, cbDest / sizeof(char), pszSrc, cbToAppend / sizeof(char), NULL, NULL);
}

static __inline__ HRESULT StringCbLengthA(const char *psz, size_t cbMax, size_t *pcbLength)
{
    long long length = psz != NULL && cbMax / sizeof(char) <= STRSAFE_MAX_CCH ? ws2_safe_lengthA(psz, cbMax / sizeof(char)) : -1;

    if (pcbLength != NULL)
        *pcbLength = length < 0 ? 0 : (size_t)length * sizeof(char);
    return length < 0 ? STRSAFE_E_INVALID_PARAMETER : S_OK;
}

static __inline__ HRESULT StringCchCopyExA(char *pszDest, size_t cchDest, const char *pszSrc, char **ppszDestEnd,
                                        size_t *pcchRemaining, DWORD dwFlags)
{
    (void)dwFlags;
    return ws2_safe_copyA(pszDest, cchDest, pszSrc, (size_t)-1, ppszDestEnd, pcchRemaining);
}

static __inline__ HRESULT StringCchCatExA(char *pszDest, size_t cchDest, const char *pszSrc, char **ppszDestEnd,
                                       size_t *pcchRemaining, DWORD dwFlags)
{
    (void)dwFlags;
    return ws2_safe_joinA(pszDest, cchDest, pszSrc, (size_t)-1, ppszDestEnd, pcchRemaining);
}

/* The length without the end, or -1 where there is none in so many. */
static __inline__ long long ws2_safe_lengthW(const WCHAR *text, size_t most)
{
    size_t length = 0;

    while (length < most && text[length] != 0)
        length++;
    return length < most ? (long long)length : -1;
}

static __inline__ HRESULT ws2_safe_copyW(WCHAR *pszDest, size_t cchDest, const WCHAR *pszSrc, size_t cchToCopy, WCHAR **end, size_t *left)
{
    size_t at = 0;

    if (pszDest == NULL || pszSrc == NULL || cchDest == 0 || cchDest > STRSAFE_MAX_CCH)
        return STRSAFE_E_INVALID_PARAMETER;
    while (at + 1 < cchDest && at < cchToCopy && pszSrc[at] != 0) {
        pszDest[at] = pszSrc[at];
        at++;
    }
    pszDest[at] = 0;
    if (end != NULL)
        *end = pszDest + at;
    if (left != NULL)
        *left = cchDest - at;
    return at < cchToCopy && pszSrc[at] != 0 ? STRSAFE_E_INSUFFICIENT_BUFFER : S_OK;
}

static __inline__ HRESULT ws2_safe_joinW(WCHAR *pszDest, size_t cchDest, const WCHAR *pszSrc, size_t cchToAppend, WCHAR **end, size_t *left)
{
    long long used;

    if (pszDest == NULL || cchDest == 0 || cchDest > STRSAFE_MAX_CCH)
        return STRSAFE_E_INVALID_PARAMETER;
    used = ws2_safe_lengthW(pszDest, cchDest);
    if (used < 0)
        return STRSAFE_E_INVALID_PARAMETER;
    return ws2_safe_copyW(pszDest + used, cchDest - (size_t)used, pszSrc, cchToAppend, end, left);
}

static __inline__ HRESULT StringCchCopyW(WCHAR *pszDest, size_t cchDest, const WCHAR *pszSrc)
{
    return ws2_safe_copyW(pszDest, cchDest, pszSrc, (size_t)-1, NULL, NULL);
}

static __inline__ HRESULT StringCchCopyNW(WCHAR *pszDest, size_t cchDest, const WCHAR *pszSrc, size_t cchToCopy)
{
    return ws2_safe_copyW(pszDest, cchDest, pszSrc, cchToCopy, NULL, NULL);
}

static __inline__ HRESULT StringCchCatW(WCHAR *pszDest, size_t cchDest, const WCHAR *pszSrc)
{
    return ws2_safe_joinW(pszDest, cchDest, pszSrc, (size_t)-1, NULL, NULL);
}

static __inline__ HRESULT StringCchCatNW(WCHAR *pszDest, size_t cchDest, const WCHAR *pszSrc, size_t cchToAppend)
{
    return ws2_safe_joinW(pszDest, cchDest, pszSrc, cchToAppend, NULL, NULL);
}

static __inline__ HRESULT StringCchLengthW(const WCHAR *psz, size_t cchMax, size_t *pcchLength)
{
    long long length = psz != NULL && cchMax <= STRSAFE_MAX_CCH ? ws2_safe_lengthW(psz, cchMax) : -1;

    if (pcchLength != NULL)
        *pcchLength = length < 0 ? 0 : (size_t)length;
    return length < 0 ? STRSAFE_E_INVALID_PARAMETER : S_OK;
}

static __inline__ HRESULT StringCbCopyW(WCHAR *pszDest, size_t cbDest, const WCHAR *pszSrc)
{
    return ws2_safe_copyW(pszDest, cbDest / sizeof(WCHAR), pszSrc, (size_t)-1, NULL, NULL);
}

static __inline__ HRESULT StringCbCopyNW(WCHAR *pszDest, size_t cbDest, const WCHAR *pszSrc, size_t cbToCopy)
{
    return ws2_safe_copyW(pszDest, cbDest / sizeof(WCHAR), pszSrc, cbToCopy / sizeof(WCHAR), NULL, NULL);
}

static __inline__ HRESULT StringCbCatW(WCHAR *pszDest, size_t cbDest, const WCHAR *pszSrc)
{
    return ws2_safe_joinW(pszDest, cbDest / sizeof(WCHAR), pszSrc, (size_t)-1, NULL, NULL);
}

static __inline__ HRESULT StringCbCatNW(WCHAR *pszDest, size_t cbDest, const WCHAR *pszSrc, size_t cbToAppend)
{
    return ws2_safe_joinW(pszDest, cbDest / sizeof(WCHAR), pszSrc, cbToAppend / sizeof(WCHAR), NULL, NULL);
}

static __inline__ HRESULT StringCbLengthW(const WCHAR *psz, size_t cbMax, size_t *pcbLength)
{
    long long length = psz != NULL && cbMax / sizeof(WCHAR) <= STRSAFE_MAX_CCH ? ws2_safe_lengthW(psz, cbMax / sizeof(WCHAR)) : -1;

    if (pcbLength != NULL)
        *pcbLength = length < 0 ? 0 : (size_t)length * sizeof(WCHAR);
    return length < 0 ? STRSAFE_E_INVALID_PARAMETER : S_OK;
}

static __inline__ HRESULT StringCchCopyExW(WCHAR *pszDest, size_t cchDest, const WCHAR *pszSrc, WCHAR **ppszDestEnd,
                                        size_t *pcchRemaining, DWORD dwFlags)
{
    (void)dwFlags;
    return ws2_safe_copyW(pszDest, cchDest, pszSrc, (size_t)-1, ppszDestEnd, pcchRemaining);
}

static __inline__ HRESULT StringCchCatExW(WCHAR *pszDest, size_t cchDest, const WCHAR *pszSrc, WCHAR **ppszDestEnd,
                                       size_t *pcchRemaining, DWORD dwFlags)
{
    (void)dwFlags;
    return ws2_safe_joinW(pszDest, cchDest, pszSrc, (size_t)-1, ppszDestEnd, pcchRemaining);
}

static __inline__ HRESULT StringCchVPrintfA(char *pszDest, size_t cchDest, const char *pszFormat, __builtin_va_list argList)
{
    char *text;
    int length;

    if (pszDest == NULL || pszFormat == NULL || cchDest == 0 || cchDest > STRSAFE_MAX_CCH)
        return STRSAFE_E_INVALID_PARAMETER;
    length = ws2_print(pszDest, cchDest, &text, pszFormat, argList);
    if (length < 0)
        pszDest[0] = 0;
    if (length >= 0 && text == NULL)
        return S_OK;
    ws2_libc_free(text);
    return STRSAFE_E_INSUFFICIENT_BUFFER;
}

static __inline__ HRESULT StringCbVPrintfA(char *pszDest, size_t cbDest, const char *pszFormat, __builtin_va_list argList)
{
    return StringCchVPrintfA(pszDest, cbDest, pszFormat, argList);
}

static __inline__ HRESULT StringCchPrintfA(char *pszDest, size_t cchDest, const char *pszFormat, ...)
{
    __builtin_va_list arguments;
    HRESULT result;

    __builtin_va_start(arguments, pszFormat);
    result = StringCchVPrintfA(pszDest, cchDest, pszFormat, arguments);
    __builtin_va_end(arguments);
    return result;
}

/* The flags ask for fillings that are not made here; the text, its end and the room behind it are as with 0. */
static __inline__ HRESULT StringCchVPrintfExA(char *pszDest, size_t cchDest, char **ppszDestEnd, size_t *pcchRemaining, DWORD dwFlags,
                                              const char *pszFormat, __builtin_va_list argList)
{
    HRESULT result = StringCchVPrintfA(pszDest, cchDest, pszFormat, argList);
    size_t length = 0;

    (void)dwFlags;
    if (result == STRSAFE_E_INVALID_PARAMETER)
        return result;
    length = ws2_libc_strnlen(pszDest, cchDest);
    if (ppszDestEnd != NULL)
        *ppszDestEnd = pszDest + length;
    if (pcchRemaining != NULL)
        *pcchRemaining = cchDest - length;
    return result;
}

static __inline__ HRESULT StringCchPrintfExA(char *pszDest, size_t cchDest, char **ppszDestEnd, size_t *pcchRemaining, DWORD dwFlags,
                                             const char *pszFormat, ...)
{
    __builtin_va_list arguments;
    HRESULT result;

    __builtin_va_start(arguments, pszFormat);
    result = StringCchVPrintfExA(pszDest, cchDest, ppszDestEnd, pcchRemaining, dwFlags, pszFormat, arguments);
    __builtin_va_end(arguments);
    return result;
}

static __inline__ HRESULT StringCbPrintfA(char *pszDest, size_t cbDest, const char *pszFormat, ...)
{
    __builtin_va_list arguments;
    HRESULT result;

    __builtin_va_start(arguments, pszFormat);
    result = StringCchVPrintfA(pszDest, cbDest, pszFormat, arguments);
    __builtin_va_end(arguments);
    return result;
}

static __inline__ HRESULT StringCchVPrintfW(WCHAR *pszDest, size_t cchDest, const WCHAR *pszFormat, __builtin_va_list argList)
{
    int length;

    if (pszDest == NULL || pszFormat == NULL || cchDest == 0 || cchDest > STRSAFE_MAX_CCH)
        return STRSAFE_E_INVALID_PARAMETER;
    length = ws2_print_wide(pszDest, sizeof(WCHAR), cchDest - 1, pszFormat, argList);
    if (length < 0)
        pszDest[0] = 0;
    else
        pszDest[(size_t)length < cchDest ? (size_t)length : cchDest - 1] = 0;
    return length >= 0 && (size_t)length < cchDest ? S_OK : STRSAFE_E_INSUFFICIENT_BUFFER;
}

static __inline__ HRESULT StringCbVPrintfW(WCHAR *pszDest, size_t cbDest, const WCHAR *pszFormat, __builtin_va_list argList)
{
    return StringCchVPrintfW(pszDest, cbDest / sizeof(WCHAR), pszFormat, argList);
}

static __inline__ HRESULT StringCchPrintfW(WCHAR *pszDest, size_t cchDest, const WCHAR *pszFormat, ...)
{
    __builtin_va_list arguments;
    HRESULT result;

    __builtin_va_start(arguments, pszFormat);
    result = StringCchVPrintfW(pszDest, cchDest, pszFormat, arguments);
    __builtin_va_end(arguments);
    return result;
}

static __inline__ HRESULT StringCbPrintfW(WCHAR *pszDest, size_t cbDest, const WCHAR *pszFormat, ...)
{
    __builtin_va_list arguments;
    HRESULT result;

    __builtin_va_start(arguments, pszFormat);
    result = StringCchVPrintfW(pszDest, cbDest / sizeof(WCHAR), pszFormat, arguments);
    __builtin_va_end(arguments);
    return result;
}

/* The flags are as in the narrow form. */
static __inline__ HRESULT StringCchVPrintfExW(WCHAR *pszDest, size_t cchDest, WCHAR **ppszDestEnd, size_t *pcchRemaining,
                                              DWORD dwFlags, const WCHAR *pszFormat, __builtin_va_list argList)
{
    HRESULT result = StringCchVPrintfW(pszDest, cchDest, pszFormat, argList);
    size_t length = 0;

    (void)dwFlags;
    if (result == STRSAFE_E_INVALID_PARAMETER)
        return result;
    while (length + 1 < cchDest && pszDest[length] != 0)
        length++;
    if (ppszDestEnd != NULL)
        *ppszDestEnd = pszDest + length;
    if (pcchRemaining != NULL)
        *pcchRemaining = cchDest - length;
    return result;
}

static __inline__ HRESULT StringCchPrintfExW(WCHAR *pszDest, size_t cchDest, WCHAR **ppszDestEnd, size_t *pcchRemaining, DWORD dwFlags,
                                             const WCHAR *pszFormat, ...)
{
    __builtin_va_list arguments;
    HRESULT result;

    __builtin_va_start(arguments, pszFormat);
    result = StringCchVPrintfExW(pszDest, cchDest, ppszDestEnd, pcchRemaining, dwFlags, pszFormat, arguments);
    __builtin_va_end(arguments);
    return result;
}

#define StringCchPrintf    WS2_WIDTH(StringCchPrintf)
#define StringCchPrintfEx  WS2_WIDTH(StringCchPrintfEx)
#define StringCchVPrintf   WS2_WIDTH(StringCchVPrintf)
#define StringCchVPrintfEx WS2_WIDTH(StringCchVPrintfEx)
#define StringCbPrintf     WS2_WIDTH(StringCbPrintf)
#define StringCbVPrintf    WS2_WIDTH(StringCbVPrintf)
#define StringCchCopy   WS2_WIDTH(StringCchCopy)
#define StringCchCopyN  WS2_WIDTH(StringCchCopyN)
#define StringCchCat    WS2_WIDTH(StringCchCat)
#define StringCchCatN   WS2_WIDTH(StringCchCatN)
#define StringCchLength WS2_WIDTH(StringCchLength)
#define StringCbCopy    WS2_WIDTH(StringCbCopy)
#define StringCbCopyN   WS2_WIDTH(StringCbCopyN)
#define StringCbCat     WS2_WIDTH(StringCbCat)
#define StringCbCatN    WS2_WIDTH(StringCbCatN)
#define StringCbLength  WS2_WIDTH(StringCbLength)
#define StringCchCopyEx WS2_WIDTH(StringCchCopyEx)
#define StringCchCatEx  WS2_WIDTH(StringCchCatEx)

#endif
