/* Windows' printing to texts, and reading with sizes. Part of windows.h, and of <stdio.h> under ws2cc. Formats are Windows'. */
#ifndef WS2_CRT_STDIO_H
#define WS2_CRT_STDIO_H
#pragma GCC system_header

#include "ws2_crt_string.h"
#include "ws2_crt_print.h"

/* The whole text in *text, which is to be freed, if it has more than room letters; in buffer otherwise. Its length, or
   -1. */
static __inline__ int ws2_print(char *buffer, size_t room, char **text, const char *format, __builtin_va_list arguments)
{
    __builtin_va_list again;
    int length;

    *text = NULL;
    __builtin_va_copy(again, arguments);
    length = ws2_vsnprintf(buffer, room, format, arguments);
    if (length >= 0 && (size_t)length >= room) {
        *text = (char *)ws2_libc_malloc((size_t)length + 1);
        length = *text != NULL ? ws2_vsnprintf(*text, (size_t)length + 1, format, again) : -1;
    }
    __builtin_va_end(again);
    return length;
}

/* At most count letters; an end only if there is room for it. The length, or -1 if the text has more. */
static __inline__ int _vsnprintf(char *buffer, size_t count, const char *format, __builtin_va_list argptr)
{
    char *text;
    int length;

    if (format == NULL || (buffer == NULL && count != 0)) {
        errno = EINVAL;
        return -1;
    }
    length = ws2_print(buffer, count, &text, format, argptr);
    if (text != NULL) {
        if (count != 0)
            ws2_libc_memcpy(buffer, text, count);
        ws2_libc_free(text);
        if ((size_t)length > count && buffer != NULL)
            length = -1;
    }
    return length;
}

static __inline__ int _snprintf(char *buffer, size_t count, const char *format, ...)
{
    __builtin_va_list arguments;
    int length;

    __builtin_va_start(arguments, format);
    length = _vsnprintf(buffer, count, format, arguments);
    __builtin_va_end(arguments);
    return length;
}

/* The length without writing. */
static __inline__ int _vscprintf(const char *format, __builtin_va_list argptr)
{
    return _vsnprintf(NULL, 0, format, argptr);
}

static __inline__ int _scprintf(const char *format, ...)
{
    __builtin_va_list arguments;
    int length;

    __builtin_va_start(arguments, format);
    length = _vsnprintf(NULL, 0, format, arguments);
    __builtin_va_end(arguments);
    return length;
}

/* At most count letters and an end, in room for size. -1 if the text was cut (count or _TRUNCATE), or does not fit: then
   it is empty and errno is ERANGE. */
static __inline__ int _vsnprintf_s(char *buffer, size_t size, size_t count, const char *format, __builtin_va_list argptr)
{
    char *text;
    int length;

    if (count == 0 && buffer == NULL && size == 0)
        return 0;
    if (format == NULL || buffer == NULL || size == 0) {
        ws2_refuse(buffer, size, EINVAL);
        return -1;
    }
    length = ws2_print(buffer, size, &text, format, argptr);
    if (length < 0) {
        buffer[0] = 0;
        return -1;
    }
    if (count == _TRUNCATE) {
        /* What fits stands there, with its end. */
        if (text != NULL)
            length = -1;
    } else if (count < (size_t)length) {
        if (count >= size) {
            ws2_refuse(buffer, size, ERANGE);
        } else {
            if (text != NULL)
                ws2_libc_memcpy(buffer, text, count);
            buffer[count] = 0;
        }
        length = -1;
    } else if (text != NULL) {
        ws2_refuse(buffer, size, ERANGE);
        length = -1;
    }
    ws2_libc_free(text);
    return length;
}

static __inline__ int _snprintf_s(char *buffer, size_t size, size_t count, const char *format, ...)
{
    __builtin_va_list arguments;
    int length;

    __builtin_va_start(arguments, format);
    length = _vsnprintf_s(buffer, size, count, format, arguments);
    __builtin_va_end(arguments);
    return length;
}

/* All of the text and its end, or none of it. */
static __inline__ int vsprintf_s(char *buffer, size_t size, const char *format, __builtin_va_list argptr)
{
    return _vsnprintf_s(buffer, size, (size_t)-2, format, argptr);
}

static __inline__ int sprintf_s(char *buffer, size_t size, const char *format, ...)
{
    __builtin_va_list arguments;
    int length;

    __builtin_va_start(arguments, format);
    length = _vsnprintf_s(buffer, size, (size_t)-2, format, arguments);
    __builtin_va_end(arguments);
    return length;
}

/* user32's: the text and an end, of at most 1024 bytes in all. */
static __inline__ int wvsprintfA(char *buffer, const char *format, __builtin_va_list arglist)
{
    char *text;
    int length = ws2_print(buffer, 1024, &text, format, arglist);

    ws2_libc_free(text);
    return length > 1023 ? 1023 : length;
}

static __inline__ int wsprintfA(char *buffer, const char *format, ...)
{
    __builtin_va_list arguments;
    int length;

    __builtin_va_start(arguments, format);
    length = wvsprintfA(buffer, format, arguments);
    __builtin_va_end(arguments);
    return length;
}

#ifdef __cplusplus
extern "C++" {
template <size_t N> inline int vsprintf_s(char (&buffer)[N], const char *format, __builtin_va_list argptr)
{
    return vsprintf_s(buffer, N, format, argptr);
}

template <size_t N> inline int sprintf_s(char (&buffer)[N], const char *format, ...)
{
    __builtin_va_list arguments;
    int length;

    __builtin_va_start(arguments, format);
    length = vsprintf_s(buffer, N, format, arguments);
    __builtin_va_end(arguments);
    return length;
}

template <size_t N> inline int _snprintf_s(char (&buffer)[N], size_t count, const char *format, ...)
{
    __builtin_va_list arguments;
    int length;

    __builtin_va_start(arguments, format);
    length = _vsnprintf_s(buffer, N, count, format, arguments);
    __builtin_va_end(arguments);
    return length;
}

template <size_t N> inline int _vsnprintf_s(char (&buffer)[N], size_t count, const char *format, __builtin_va_list argptr)
{
    return _vsnprintf_s(buffer, N, count, format, argptr);
}
}
#endif

#include "ws2_crt_scan.h"

#endif
