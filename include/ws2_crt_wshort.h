/* C's functions for wide texts where wchar_t has 16 bits (-fshort-wchar): libc's take 32. ws2cc's <wchar.h>, <string.h> and
   <stdlib.h> hide libc's under the same names, which is why this is for ws2cc only. Compared and searched is by units, as Windows
   does it; what is read from and printed to streams is UTF-8. In C++ mbstowcs and wcstombs are libc's, since <cstdlib> cannot be kept from
   them. */
#ifndef WS2_CRT_WSHORT_H
#define WS2_CRT_WSHORT_H
#pragma GCC system_header

#include "ws2_crt_wprint.h"

#ifdef __cplusplus
extern "C" {
#endif
extern long ws2_libc_strtol(const char *text, char **end, int base) WS2_LIBC(strtol);
extern unsigned long ws2_libc_strtoul(const char *text, char **end, int base) WS2_LIBC(strtoul);
extern double ws2_libc_strtod(const char *text, char **end) WS2_LIBC(strtod);
extern float ws2_libc_strtof(const char *text, char **end) WS2_LIBC(strtof);
extern size_t ws2_libc_fwrite(const void *from, size_t size, size_t count, struct _IO_FILE *stream) WS2_LIBC(fwrite);
extern int ws2_libc_fgetc(struct _IO_FILE *stream) WS2_LIBC(fgetc);
extern struct _IO_FILE *ws2_libc_stdout WS2_LIBC(stdout);
#ifdef __cplusplus
}
#endif

static __inline__ size_t wcslen(const wchar_t *str)
{
    size_t length = 0;

    while (str[length] != 0)
        length++;
    return length;
}

static __inline__ size_t wcsnlen(const wchar_t *str, size_t numberOfElements)
{
    size_t length = 0;

    while (length < numberOfElements && str[length] != 0)
        length++;
    return length;
}

static __inline__ wchar_t *wmemcpy(wchar_t *dest, const wchar_t *src, size_t count)
{
    return (wchar_t *)ws2_libc_memcpy(dest, src, count * sizeof(wchar_t));
}

static __inline__ wchar_t *wmemmove(wchar_t *dest, const wchar_t *src, size_t count)
{
    return (wchar_t *)ws2_libc_memmove(dest, src, count * sizeof(wchar_t));
}

static __inline__ wchar_t *wmemset(wchar_t *dest, wchar_t c, size_t count)
{
    size_t at;

    for (at = 0; at < count; at++)
        dest[at] = c;
    return dest;
}

static __inline__ int wmemcmp(const wchar_t *buffer1, const wchar_t *buffer2, size_t count)
{
    for (; count > 0; count--, buffer1++, buffer2++)
        if (*buffer1 != *buffer2)
            return *buffer1 < *buffer2 ? -1 : 1;
    return 0;
}

static __inline__ wchar_t *wmemchr(const wchar_t *buffer, wchar_t c, size_t count)
{
    for (; count > 0; count--, buffer++)
        if (*buffer == c)
            return (wchar_t *)buffer;
    return NULL;
}

static __inline__ wchar_t *wcscpy(wchar_t *strDestination, const wchar_t *strSource)
{
    return wmemmove(strDestination, strSource, wcslen(strSource) + 1);
}

static __inline__ wchar_t *wcsncpy(wchar_t *strDest, const wchar_t *strSource, size_t count)
{
    size_t length = wcsnlen(strSource, count);

    wmemcpy(strDest, strSource, length);
    wmemset(strDest + length, 0, count - length);
    return strDest;
}

static __inline__ wchar_t *wcsncat(wchar_t *strDest, const wchar_t *strSource, size_t count)
{
    size_t used = wcslen(strDest), length = wcsnlen(strSource, count);

    wmemcpy(strDest + used, strSource, length);
    strDest[used + length] = 0;
    return strDest;
}

static __inline__ wchar_t *wcscat(wchar_t *strDestination, const wchar_t *strSource)
{
    return wcsncat(strDestination, strSource, (size_t)-1);
}

static __inline__ int wcsncmp(const wchar_t *string1, const wchar_t *string2, size_t count)
{
    for (; count > 0; count--, string1++, string2++) {
        if (*string1 != *string2)
            return *string1 < *string2 ? -1 : 1;
        if (*string1 == 0)
            break;
    }
    return 0;
}

static __inline__ int wcscmp(const wchar_t *string1, const wchar_t *string2)
{
    return wcsncmp(string1, string2, (size_t)-1);
}

static __inline__ int wcscoll(const wchar_t *string1, const wchar_t *string2)
{
    return wcscmp(string1, string2);
}

static __inline__ wchar_t *wcschr(const wchar_t *str, wchar_t c)
{
    return wmemchr(str, c, wcslen(str) + 1);
}

static __inline__ wchar_t *wcsrchr(const wchar_t *str, wchar_t c)
{
    size_t at = wcslen(str) + 1;

    while (at-- > 0)
        if (str[at] == c)
            return (wchar_t *)str + at;
    return NULL;
}

static __inline__ size_t wcsspn(const wchar_t *str, const wchar_t *strCharSet)
{
    size_t at = 0;

    while (str[at] != 0 && wmemchr(strCharSet, str[at], wcslen(strCharSet)) != NULL)
        at++;
    return at;
}

static __inline__ size_t wcscspn(const wchar_t *str, const wchar_t *strCharSet)
{
    size_t at = 0;

    while (str[at] != 0 && wcschr(strCharSet, str[at]) == NULL)
        at++;
    return at;
}

static __inline__ wchar_t *wcspbrk(const wchar_t *str, const wchar_t *strCharSet)
{
    str += wcscspn(str, strCharSet);
    return *str != 0 ? (wchar_t *)str : NULL;
}

static __inline__ wchar_t *wcsstr(const wchar_t *str, const wchar_t *strSearch)
{
    size_t length = wcslen(strSearch);

    for (;; str++) {
        if (wcsncmp(str, strSearch, length) == 0)
            return (wchar_t *)str;
        if (*str == 0)
            return NULL;
    }
}

static __inline__ wchar_t *wcstok(wchar_t *strToken, const wchar_t *strDelimit, wchar_t **context)
{
    return wcstok_s(strToken, strDelimit, context);
}

/* The ASCII that a number can be at the beginning of a text, in room or on the heap; NULL without memory. */
static __inline__ char *ws2_number_text(const wchar_t *text, char *room, size_t size)
{
    size_t length = 0, at;
    char *to = room;

    while (text[length] != 0 && text[length] < 0x80)
        length++;
    if (length >= size)
        to = (char *)ws2_libc_malloc(length + 1);
    for (at = 0; to != NULL && at < length; at++)
        to[at] = (char)text[at];
    if (to != NULL)
        to[length] = 0;
    return to;
}

#define WS2_WIDE_NUMBER(type, name, parameters, call)                                     \
    static __inline__ type name parameters                                                \
    {                                                                                     \
        char room[64], *text = ws2_number_text(strSource, room, sizeof room), *end = text; \
        type value = 0;                                                                   \
                                                                                          \
        if (text != NULL)                                                                 \
            value = call;                                                                 \
        else                                                                              \
            errno = ENOMEM;                                                               \
        if (endptr != NULL)                                                               \
            *endptr = (wchar_t *)strSource + (end - text);                                \
        if (text != room)                                                                 \
            ws2_libc_free(text);                                                          \
        return value;                                                                     \
    }
WS2_WIDE_NUMBER(long, wcstol, (const wchar_t *strSource, wchar_t **endptr, int base), ws2_libc_strtol(text, &end, base))
WS2_WIDE_NUMBER(unsigned long, wcstoul, (const wchar_t *strSource, wchar_t **endptr, int base), ws2_libc_strtoul(text, &end, base))
WS2_WIDE_NUMBER(long long, wcstoll, (const wchar_t *strSource, wchar_t **endptr, int base), ws2_libc_strtol(text, &end, base))
WS2_WIDE_NUMBER(unsigned long long, wcstoull, (const wchar_t *strSource, wchar_t **endptr, int base),
                ws2_libc_strtoul(text, &end, base))
WS2_WIDE_NUMBER(double, wcstod, (const wchar_t *strSource, wchar_t **endptr), ws2_libc_strtod(text, &end))
WS2_WIDE_NUMBER(float, wcstof, (const wchar_t *strSource, wchar_t **endptr), ws2_libc_strtof(text, &end))
#undef WS2_WIDE_NUMBER

/* C's: the whole text and an end, or a negative number. */
static __inline__ int vswprintf(wchar_t *buffer, size_t count, const wchar_t *format, __builtin_va_list argptr)
{
    int length = count != 0 ? _vsnwprintf(buffer, count, format, argptr) : -1;

    if (length >= 0 && (size_t)length < count)
        return length;
    if (count != 0 && buffer != NULL)
        buffer[count - 1] = 0;
    return -1;
}

static __inline__ int swprintf(wchar_t *buffer, size_t count, const wchar_t *format, ...)
{
    __builtin_va_list arguments;
    int length;

    __builtin_va_start(arguments, format);
    length = vswprintf(buffer, count, format, arguments);
    __builtin_va_end(arguments);
    return length;
}

/* Writes a text as UTF-8, unpaired halves as U+FFFD. Whether all of it could be written. */
static __inline__ int ws2_write_wide(const wchar_t *text, size_t length, struct _IO_FILE *stream)
{
    size_t at;

    for (at = 0; at < length; at++) {
        wchar_t one[3] = { text[at], 0, 0 };
        char bytes[16];

        if ((text[at] & 0xFC00) == 0xD800 && at + 1 < length && (text[at + 1] & 0xFC00) == 0xDC00)
            one[1] = text[++at];
        else if ((text[at] & 0xF800) == 0xD800)
            one[0] = 0xFFFD;
        if (one[0] == 0)
            bytes[0] = 0;
        else if (ws2_of_wide(one, bytes) == NULL)
            return 0;
        if (ws2_libc_fwrite(bytes, one[0] == 0 ? 1 : ws2_libc_strlen(bytes), 1, stream) != 1)
            return 0;
    }
    return 1;
}

static __inline__ int fputws(const wchar_t *str, struct _IO_FILE *stream)
{
    return ws2_write_wide(str, wcslen(str), stream) ? 0 : -1;
}

static __inline__ int _putws(const wchar_t *str)
{
    return fputws(str, ws2_libc_stdout) == 0 && ws2_libc_fwrite("\n", 1, 1, ws2_libc_stdout) == 1 ? 0 : -1;
}

static __inline__ int vfwprintf(struct _IO_FILE *stream, const wchar_t *format, __builtin_va_list argptr)
{
    wchar_t room[256], *text = room;
    int length = _vsnwprintf(room, 256, format, argptr);

    if (length < 0) {
        length = _vscwprintf(format, argptr);
        text = length >= 0 ? (wchar_t *)ws2_libc_malloc(((size_t)length + 1) * sizeof(wchar_t)) : NULL;
        if (text == NULL)
            return -1;
        _vsnwprintf(text, (size_t)length + 1, format, argptr);
    }
    if (!ws2_write_wide(text, (size_t)length, stream))
        length = -1;
    if (text != room)
        ws2_libc_free(text);
    return length;
}

static __inline__ int vwprintf(const wchar_t *format, __builtin_va_list argptr)
{
    return vfwprintf(ws2_libc_stdout, format, argptr);
}

static __inline__ int fwprintf(struct _IO_FILE *stream, const wchar_t *format, ...)
{
    __builtin_va_list arguments;
    int length;

    __builtin_va_start(arguments, format);
    length = vfwprintf(stream, format, arguments);
    __builtin_va_end(arguments);
    return length;
}

static __inline__ int wprintf(const wchar_t *format, ...)
{
    __builtin_va_list arguments;
    int length;

    __builtin_va_start(arguments, format);
    length = vfwprintf(ws2_libc_stdout, format, arguments);
    __builtin_va_end(arguments);
    return length;
}

/* At most numChars - 1 units, to the end of a line. A character of two units that no longer fits is U+FFFD. */
static __inline__ wchar_t *fgetws(wchar_t *str, int numChars, struct _IO_FILE *stream)
{
    int at = 0, byte = 0;

    if (str == NULL || numChars <= 0) {
        errno = EINVAL;
        return NULL;
    }
    while (at < numChars - 1 && byte != '\n' && (byte = ws2_libc_fgetc(stream)) != -1) {
        unsigned char bytes[4] = { (unsigned char)byte, 0, 0, 0 };
        int whole = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1, more;
        size_t used;
        unsigned int letter;

        for (more = 1; more < whole; more++)
            bytes[more] = (unsigned char)ws2_libc_fgetc(stream);
        letter = ws2_wide_letter(bytes, &used);
        if (letter == (unsigned int)-1 || (letter >= 0x10000 && at + 2 > numChars - 1))
            letter = 0xFFFD;
        if (letter >= 0x10000) {
            str[at++] = (wchar_t)(0xD800 + ((letter - 0x10000) >> 10));
            letter = 0xDC00 + ((letter - 0x10000) & 0x3FF);
        }
        str[at++] = (wchar_t)letter;
    }
    str[at] = 0;
    return at > 0 ? str : NULL;
}

#ifndef __cplusplus
/* Narrow texts are UTF-8, whatever the locale. (size_t)-1 and EILSEQ where one is none. */
static __inline__ size_t mbstowcs(wchar_t *wcstr, const char *mbstr, size_t count)
{
    size_t at = 0;

    while (wcstr == NULL || at < count) {
        size_t bytes = 1;
        unsigned int letter = ws2_wide_letter((const unsigned char *)mbstr, &bytes);

        if (letter == (unsigned int)-1) {
            errno = EILSEQ;
            return (size_t)-1;
        }
        if (letter >= 0x10000) {
            if (wcstr != NULL && at + 2 > count)
                break;
            if (wcstr != NULL)
                wcstr[at] = (wchar_t)(0xD800 + ((letter - 0x10000) >> 10));
            at++;
            letter = 0xDC00 + ((letter - 0x10000) & 0x3FF);
        }
        if (wcstr != NULL)
            wcstr[at] = (wchar_t)letter;
        if (letter == 0)
            break;
        at++;
        mbstr += bytes;
    }
    return at;
}

static __inline__ size_t wcstombs(char *mbstr, const wchar_t *wcstr, size_t count)
{
    size_t at = 0;

    for (;; wcstr++) {
        wchar_t one[3] = { *wcstr, 0, 0 };
        char bytes[16];
        size_t length;

        if (*wcstr == 0) {
            if (mbstr != NULL && at < count)
                mbstr[at] = 0;
            return at;
        }
        if ((*wcstr & 0xFC00) == 0xD800 && wcstr[1] != 0)
            one[1] = *++wcstr;
        if (ws2_of_wide(one, bytes) == NULL)
            return (size_t)-1;
        length = ws2_libc_strlen(bytes);
        if (mbstr != NULL && at + length > count)
            return at;
        if (mbstr != NULL)
            ws2_libc_memcpy(mbstr + at, bytes, length);
        at += length;
    }
}

#endif

#endif
