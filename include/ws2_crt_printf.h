/* printf and scanf and their kin with Windows' formats: I64, I32 and I, %S, %C and %ws of WCHAR, %ls of a wchar_t of 16 bits. The
   names stay libc's; a call of one is a call of what stands here. Part of <stdio.h> under ws2cc, for GCC; clang cannot hand a
   call's arguments on, and libc's own checks (_FORTIFY_SOURCE) have the names already. */
#ifndef WS2_CRT_PRINTF_H
#define WS2_CRT_PRINTF_H
#pragma GCC system_header

#include <stdio.h>
#include "ws2_crt_stdio.h"

#if defined(__GNUC__) && !defined(__clang__) && !(defined(__USE_FORTIFY_LEVEL) && __USE_FORTIFY_LEVEL > 0)

#ifdef __cplusplus
extern "C" {
#endif
extern int ws2_libc_vfprintf(FILE *stream, const char *format, __builtin_va_list arguments) WS2_LIBC(vfprintf);
extern size_t ws2_libc_fwrite(const void *from, size_t size, size_t count, FILE *stream) WS2_LIBC(fwrite);
# ifdef __GLIBC__
extern int ws2_libc_vfscanf(FILE *stream, const char *format, __builtin_va_list arguments) WS2_LIBC(__isoc99_vfscanf);
extern int ws2_libc_vsscanf(const char *text, const char *format, __builtin_va_list arguments) WS2_LIBC(__isoc99_vsscanf);
# else
extern int ws2_libc_vfscanf(FILE *stream, const char *format, __builtin_va_list arguments) WS2_LIBC(vfscanf);
extern int ws2_libc_vsscanf(const char *text, const char *format, __builtin_va_list arguments) WS2_LIBC(vsscanf);
# endif
#ifdef __cplusplus
}
#endif

static __inline__ int ws2_vfprintf(FILE *stream, const char *format, __builtin_va_list arguments)
{
    char room[256], *text;
    int length;

    if (!ws2_format_is_windows(format))
        return ws2_libc_vfprintf(stream, format, arguments);
    length = ws2_print(room, sizeof(room), &text, format, arguments);
    if (length > 0 && ws2_libc_fwrite(text != NULL ? text : room, 1, (size_t)length, stream) != (size_t)length)
        length = -1;
    ws2_libc_free(text);
    return length;
}

static __inline__ int ws2_fprintf(FILE *stream, const char *format, ...)
{
    __builtin_va_list arguments;
    int length;

    __builtin_va_start(arguments, format);
    length = ws2_vfprintf(stream, format, arguments);
    __builtin_va_end(arguments);
    return length;
}

static __inline__ int ws2_snprintf(char *to, size_t size, const char *format, ...)
{
    __builtin_va_list arguments;
    int length;

    __builtin_va_start(arguments, format);
    length = ws2_vsnprintf(to, size, format, arguments);
    __builtin_va_end(arguments);
    return length;
}

/* As much room as a text can take: sprintf trusts its caller. */
# define WS2_NO_END 2147483647

/* A format with ll for I64: the format itself where it has none; else a copy, which *made gets. NULL without memory. */
static __inline__ const char *ws2_format(const char *format, char **made)
{
    char *to;

    *made = NULL;
    if (ws2_libc_strstr(format, "I64") == NULL && ws2_libc_strstr(format, "I32") == NULL)
        return format;
    *made = to = (char *)ws2_libc_malloc(ws2_libc_strlen(format) + 1);
    if (to == NULL)
        return NULL;
    while (*format != 0) {
        if (*format != '%') {
            *to++ = *format++;
            continue;
        }
        do {
            *to++ = *format++;
        } while (*format != 0 && ws2_libc_strchr("-+ #0123456789.*", *format) != NULL);
        if (format[0] == 'I' && format[1] == '6' && format[2] == '4') {
            *to++ = 'l';
            *to++ = 'l';
            format += 3;
        } else if (format[0] == 'I' && format[1] == '3' && format[2] == '2') {
            format += 3;
        }
        if (*format != 0)
            *to++ = *format++;
    }
    *to = 0;
    return *made;
}

static __inline__ int ws2_vfscanf(FILE *stream, const char *format, __builtin_va_list arguments)
{
    char *made;
    const char *good = ws2_format(format, &made);
    int read = good != NULL ? ws2_libc_vfscanf(stream, good, arguments) : -1;

    ws2_libc_free(made);
    return read;
}

static __inline__ int ws2_vsscanf(const char *text, const char *format, __builtin_va_list arguments)
{
    char *made;
    const char *good = ws2_format(format, &made);
    int read = good != NULL ? ws2_libc_vsscanf(text, good, arguments) : -1;

    ws2_libc_free(made);
    return read;
}

static __inline__ int ws2_fscanf(FILE *stream, const char *format, ...)
{
    __builtin_va_list arguments;
    int read;

    __builtin_va_start(arguments, format);
    read = ws2_vfscanf(stream, format, arguments);
    __builtin_va_end(arguments);
    return read;
}

static __inline__ int ws2_sscanf(const char *text, const char *format, ...)
{
    __builtin_va_list arguments;
    int read;

    __builtin_va_start(arguments, format);
    read = ws2_vsscanf(text, format, arguments);
    __builtin_va_end(arguments);
    return read;
}

# define WS2_STANDS_FOR extern __inline__ __attribute__((__gnu_inline__, __always_inline__, __artificial__))
# if defined(__cplusplus) && defined(__THROW)
#  define WS2_NO_THROW __THROW
# else
#  define WS2_NO_THROW
# endif
# ifdef __cplusplus
extern "C" {
# endif
WS2_STANDS_FOR int printf(const char *format, ...)
{
    return ws2_fprintf(stdout, format, __builtin_va_arg_pack());
}

WS2_STANDS_FOR int fprintf(FILE *stream, const char *format, ...)
{
    return ws2_fprintf(stream, format, __builtin_va_arg_pack());
}

# ifndef __USE_EXTERN_INLINES /* glibc has it call vfprintf then */
WS2_STANDS_FOR int vprintf(const char *format, __builtin_va_list arguments)
{
    return ws2_vfprintf(stdout, format, arguments);
}
# endif

WS2_STANDS_FOR int vfprintf(FILE *stream, const char *format, __builtin_va_list arguments)
{
    return ws2_vfprintf(stream, format, arguments);
}

WS2_STANDS_FOR int sprintf(char *to, const char *format, ...) WS2_NO_THROW
{
    return ws2_snprintf(to, WS2_NO_END, format, __builtin_va_arg_pack());
}

WS2_STANDS_FOR int vsprintf(char *to, const char *format, __builtin_va_list arguments) WS2_NO_THROW
{
    return ws2_vsnprintf(to, WS2_NO_END, format, arguments);
}

WS2_STANDS_FOR int snprintf(char *to, size_t size, const char *format, ...) WS2_NO_THROW
{
    return ws2_snprintf(to, size, format, __builtin_va_arg_pack());
}

WS2_STANDS_FOR int vsnprintf(char *to, size_t size, const char *format, __builtin_va_list arguments) WS2_NO_THROW
{
    return ws2_vsnprintf(to, size, format, arguments);
}

WS2_STANDS_FOR int scanf(const char *format, ...)
{
    return ws2_fscanf(stdin, format, __builtin_va_arg_pack());
}

WS2_STANDS_FOR int fscanf(FILE *stream, const char *format, ...)
{
    return ws2_fscanf(stream, format, __builtin_va_arg_pack());
}

WS2_STANDS_FOR int sscanf(const char *text, const char *format, ...) WS2_NO_THROW
{
    return ws2_sscanf(text, format, __builtin_va_arg_pack());
}
# ifdef __cplusplus
}
# endif
# undef WS2_STANDS_FOR
# undef WS2_NO_THROW

#endif
#endif
