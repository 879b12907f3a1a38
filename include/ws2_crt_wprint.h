/* Printing to wide texts: _snwprintf, swprintf_s and their kin for wchar_t of either width, wsprintfW and what <strsafe.h> needs for
   the 16-bit characters of WCHAR. Formats are Windows': %s and %c are as wide as the format, %S and %C narrow (UTF-8), %hs narrow,
   %ls and %ws wide. %n writes nothing and fails. Part of windows.h, and of <wchar.h> and <stdio.h> under ws2cc. */
#ifndef WS2_CRT_WPRINT_H
#define WS2_CRT_WPRINT_H
#pragma GCC system_header

#include "ws2_crt_stdio.h"
#include "ws2_crt_wide.h"

/* At most count characters; an end only if there is room for it. The length, or -1 if the text has more. */
static __inline__ int _vsnwprintf(wchar_t *buffer, size_t count, const wchar_t *format, __builtin_va_list argptr)
{
    int length;

    if (format == NULL || (buffer == NULL && count != 0)) {
        errno = EINVAL;
        return -1;
    }
    length = ws2_print_wide(buffer, sizeof(wchar_t), count, format, argptr);
    if (length >= 0 && buffer != NULL && (size_t)length < count)
        buffer[length] = 0;
    return length >= 0 && buffer != NULL && (size_t)length > count ? -1 : length;
}

static __inline__ int _snwprintf(wchar_t *buffer, size_t count, const wchar_t *format, ...)
{
    __builtin_va_list arguments;
    int length;

    __builtin_va_start(arguments, format);
    length = _vsnwprintf(buffer, count, format, arguments);
    __builtin_va_end(arguments);
    return length;
}

/* The length without writing. */
static __inline__ int _vscwprintf(const wchar_t *format, __builtin_va_list argptr)
{
    return _vsnwprintf(NULL, 0, format, argptr);
}

static __inline__ int _scwprintf(const wchar_t *format, ...)
{
    __builtin_va_list arguments;
    int length;

    __builtin_va_start(arguments, format);
    length = _vsnwprintf(NULL, 0, format, arguments);
    __builtin_va_end(arguments);
    return length;
}

/* At most count characters and an end, in room for size. -1 if the text was cut (count or _TRUNCATE), or does not fit: then it is
   empty and errno is ERANGE. */
static __inline__ int _vsnwprintf_s(wchar_t *buffer, size_t size, size_t count, const wchar_t *format, __builtin_va_list argptr)
{
    size_t most;
    int length;

    if (count == 0 && buffer == NULL && size == 0)
        return 0;
    if (format == NULL || buffer == NULL || size == 0) {
        if (buffer != NULL && size != 0)
            buffer[0] = 0;
        errno = EINVAL;
        return -1;
    }
    most = count < size ? count : size - 1;
    length = ws2_print_wide(buffer, sizeof(wchar_t), most, format, argptr);
    if (length < 0) {
        buffer[0] = 0;
        return -1;
    }
    if ((size_t)length <= most) {
        buffer[length] = 0;
        return length;
    }
    buffer[most] = 0;
    if (count != _TRUNCATE && count >= size) {
        buffer[0] = 0;
        errno = ERANGE;
    }
    return -1;
}

static __inline__ int _snwprintf_s(wchar_t *buffer, size_t size, size_t count, const wchar_t *format, ...)
{
    __builtin_va_list arguments;
    int length;

    __builtin_va_start(arguments, format);
    length = _vsnwprintf_s(buffer, size, count, format, arguments);
    __builtin_va_end(arguments);
    return length;
}

/* All of the text and its end, or none of it. */
static __inline__ int vswprintf_s(wchar_t *buffer, size_t size, const wchar_t *format, __builtin_va_list argptr)
{
    return _vsnwprintf_s(buffer, size, (size_t)-2, format, argptr);
}

static __inline__ int swprintf_s(wchar_t *buffer, size_t size, const wchar_t *format, ...)
{
    __builtin_va_list arguments;
    int length;

    __builtin_va_start(arguments, format);
    length = _vsnwprintf_s(buffer, size, (size_t)-2, format, arguments);
    __builtin_va_end(arguments);
    return length;
}

#ifdef __cplusplus
extern "C++" {
template <size_t N> inline int vswprintf_s(wchar_t (&buffer)[N], const wchar_t *format, __builtin_va_list argptr)
{
    return vswprintf_s(buffer, N, format, argptr);
}

template <size_t N> inline int swprintf_s(wchar_t (&buffer)[N], const wchar_t *format, ...)
{
    __builtin_va_list arguments;
    int length;

    __builtin_va_start(arguments, format);
    length = vswprintf_s(buffer, N, format, arguments);
    __builtin_va_end(arguments);
    return length;
}

template <size_t N> inline int _snwprintf_s(wchar_t (&buffer)[N], size_t count, const wchar_t *format, ...)
{
    __builtin_va_list arguments;
    int length;

    __builtin_va_start(arguments, format);
    length = _vsnwprintf_s(buffer, N, count, format, arguments);
    __builtin_va_end(arguments);
    return length;
}
}
#endif

#endif
