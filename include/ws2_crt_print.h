/* How Windows' C run-time reads a format and prints by it. Part of what prints: <stdio.h> and <wchar.h> under ws2cc, windows.h. */
#ifndef WS2_CRT_PRINT_H
#define WS2_CRT_PRINT_H
#pragma GCC system_header

#include "ws2_crt_base.h"

/* One character of UTF-8, whose bytes are counted; (unsigned int)-1 where it is none. */
static __inline__ unsigned int ws2_wide_letter(const unsigned char *from, size_t *bytes)
{
    unsigned int letter = from[0], least = 0;
    size_t more = letter < 0x80 ? 0 : letter >= 0xC2 && letter < 0xE0 ? 1 : letter >= 0xE0 && letter < 0xF0 ? 2 : 3, at;

    if (letter >= 0x80 && (letter < 0xC2 || letter > 0xF4))
        return (unsigned int)-1;
    least = more == 1 ? 0x80 : more == 2 ? 0x800 : more == 3 ? 0x10000 : 0;
    letter &= more == 0 ? 0x7F : more == 1 ? 0x1F : more == 2 ? 0x0F : 0x07;
    for (at = 1; at <= more; at++) {
        if ((from[at] & 0xC0) != 0x80)
            return (unsigned int)-1;
        letter = letter << 6 | (from[at] & 0x3F);
    }
    *bytes = more + 1;
    return letter < least || letter > 0x10FFFF || (letter >= 0xD800 && letter < 0xE000) ? (unsigned int)-1 : letter;
}

typedef unsigned short ws2_unit16 __attribute__((__may_alias__));
typedef unsigned int ws2_unit32 __attribute__((__may_alias__));

/* Where a text goes: as many units of 1 (UTF-8), 2 or 4 bytes as there is room for; all of them are counted. */
typedef struct ws2_wide_sink {
    void  *to;
    size_t unit, room, length;
} ws2_wide_sink;

static __inline__ unsigned int ws2_unit_at(const void *text, size_t unit, size_t at)
{
    if (unit == 1)
        return ((const unsigned char *)text)[at];
    return unit == 2 ? ((const ws2_unit16 *)text)[at] : ((const ws2_unit32 *)text)[at];
}

static __inline__ void ws2_unit_put(void *text, size_t unit, size_t at, unsigned int value)
{
    if (unit == 1)
        ((unsigned char *)text)[at] = (unsigned char)value;
    else if (unit == 2)
        ((ws2_unit16 *)text)[at] = (ws2_unit16)value;
    else
        ((ws2_unit32 *)text)[at] = value;
}

static __inline__ void ws2_sink_put(ws2_wide_sink *sink, unsigned int value)
{
    if (sink->length < sink->room)
        ws2_unit_put(sink->to, sink->unit, sink->length, value);
    sink->length++;
}

static __inline__ void ws2_sink_fill(ws2_wide_sink *sink, int count, unsigned int value)
{
    for (; count > 0; count--)
        ws2_sink_put(sink, value);
}

/* A character as UTF-8; how many bytes. */
static __inline__ size_t ws2_sink_utf8(ws2_wide_sink *sink, unsigned int letter, int put)
{
    size_t bytes = letter < 0x80 ? 1 : letter < 0x800 ? 2 : letter < 0x10000 ? 3 : 4, at;

    if (letter > 0x10FFFF || (letter >= 0xD800 && letter < 0xE000)) {
        letter = 0xFFFD;
        bytes = 3;
    }
    if (put) {
        static const unsigned char marks[] = {0, 0, 0xC0, 0xE0, 0xF0};

        ws2_sink_put(sink, marks[bytes] | letter >> 6 * (bytes - 1));
        for (at = bytes - 1; at > 0; at--)
            ws2_sink_put(sink, 0x80 | (letter >> 6 * (at - 1) & 0x3F));
    }
    return bytes;
}

/* A text of units, or of UTF-8 where unit is 1: at most precision units of the result, in a field of width. What is no UTF-8 is
   U+FFFD, but for bytes that go where bytes go. */
static __inline__ void ws2_sink_text(ws2_wide_sink *sink, const void *text, size_t unit, int left, int width, int precision)
{
    static const char null[] = "(null)";
    size_t most = precision < 0 ? (size_t)-1 : (size_t)precision, units = 0, at = 0, step;
    int pass;

    if (text == NULL) {
        text = null;
        unit = 1;
    }
    for (pass = 0; pass < 2; pass++) {
        if (pass == 1 && !left && width > 0 && (size_t)width > units)
            ws2_sink_fill(sink, width - (int)units, ' ');
        for (at = 0, step = 0; step < most; at++) {
            unsigned int letter;
            size_t bytes = 1;

            if (sink->unit == 1) {
                letter = ws2_unit_at(text, unit, at);
                if (letter == 0)
                    break;
                if (unit == 2 && letter >= 0xD800 && letter < 0xDC00) {
                    unsigned int low = ws2_unit_at(text, unit, at + 1);
                    if (low >= 0xDC00 && low < 0xE000) {
                        letter = 0x10000 + ((letter - 0xD800) << 10) + (low - 0xDC00);
                        at++;
                    }
                }
                if (unit != 1)
                    bytes = ws2_sink_utf8(sink, letter, 0);
                if (step + bytes > most)
                    break;
                if (pass == 1 && unit == 1)
                    ws2_sink_put(sink, letter);
                else if (pass == 1)
                    ws2_sink_utf8(sink, letter, 1);
                step += bytes;
                continue;
            }
            if (unit != 1) {
                letter = ws2_unit_at(text, unit, at);
            } else {
                letter = ((const unsigned char *)text)[at];
                if (letter >= 0x80) {
                    letter = ws2_wide_letter((const unsigned char *)text + at, &bytes);
                    if (letter == (unsigned int)-1) {
                        letter = 0xFFFD;
                        bytes = 1;
                    }
                    at += bytes - 1;
                }
            }
            if (letter == 0)
                break;
            if (unit == 1 && sink->unit == 2 && letter >= 0x10000) {
                if (step + 2 > most)
                    break;
                if (pass == 1) {
                    ws2_sink_put(sink, 0xD800 + ((letter - 0x10000) >> 10));
                    ws2_sink_put(sink, 0xDC00 + ((letter - 0x10000) & 0x3FF));
                }
                step += 2;
                continue;
            }
            if (pass == 1)
                ws2_sink_put(sink, letter);
            step++;
        }
        units = step;
    }
    if (left && width > 0 && (size_t)width > units)
        ws2_sink_fill(sink, width - (int)units, ' ');
}

/* What libc's printing makes of one number, whose format is in spec. Whether it could. */
static __inline__ int ws2_sink_number(ws2_wide_sink *sink, const char *spec, ...)
{
    char room[128], *text = room;
    __builtin_va_list arguments, again;
    int length, at;

    __builtin_va_start(arguments, spec);
    __builtin_va_copy(again, arguments);
    length = ws2_libc_vsnprintf(room, sizeof room, spec, arguments);
    if (length >= (int)sizeof room) {
        text = (char *)ws2_libc_malloc((size_t)length + 1);
        length = text != NULL ? ws2_libc_vsnprintf(text, (size_t)length + 1, spec, again) : -1;
    }
    __builtin_va_end(again);
    __builtin_va_end(arguments);
    for (at = 0; at < length; at++)
        ws2_sink_put(sink, (unsigned char)text[at]);
    if (text != room)
        ws2_libc_free(text);
    return length >= 0;
}

/* How wide what %s, %c and their kin print is: as the format is, or the other way by a great letter; h says narrow, l wide as
   wchar_t, w wide. In narrow formats what is wide by %S and %ws is WCHAR. */
static __inline__ size_t ws2_print_unit(size_t unit, int is_great, int size)
{
    if (size == 'h' || size == 'H')
        return 1;
    if (unit == 1)
        return size == 'l' ? sizeof(wchar_t) : size == 'w' || is_great ? 2 : 1;
    return is_great && size != 'l' && size != 'w' ? 1 : unit;
}

/* The whole text's length, or -1 and errno; to gets what there is room for, without an end. The format has characters of unit
   bytes, and so has the text. */
static __inline__ int ws2_print_wide(void *to, size_t unit, size_t room, const void *format, __builtin_va_list given)
{
    ws2_wide_sink sink;
    __builtin_va_list arguments;
    size_t at = 0;
    int good = 1;

    sink.to = to;
    sink.unit = unit;
    sink.room = room;
    sink.length = 0;
    __builtin_va_copy(arguments, given);
    while (good && ws2_unit_at(format, unit, at) != 0) {
        unsigned int letter = ws2_unit_at(format, unit, at++);
        int left = 0, width = 0, precision = -1, size = 0, number = 0;
        char flags[8], spec[32];
        size_t flag = 0, length = 0, copied;

        if (letter != '%') {
            ws2_sink_put(&sink, letter);
            continue;
        }
        for (; (letter = ws2_unit_at(format, unit, at)) == '-' || letter == '+' || letter == ' ' || letter == '#' || letter == '0'; at++) {
            if (letter == '-')
                left = 1;
            if (flag < sizeof flags)
                flags[flag++] = (char)letter;
        }
        if (letter == '*') {
            width = __builtin_va_arg(arguments, int);
            if (width < 0) {
                left = 1;
                width = width == -2147483647 - 1 ? 2147483647 : -width;
                if (flag < sizeof flags)
                    flags[flag++] = '-';
            }
            at++;
        }
        for (; (letter = ws2_unit_at(format, unit, at)) >= '0' && letter <= '9'; at++)
            width = width < 100000000 ? width * 10 + (int)(letter - '0') : width;
        if (letter == '.') {
            precision = 0;
            at++;
            if (ws2_unit_at(format, unit, at) == '*') {
                precision = __builtin_va_arg(arguments, int);
                at++;
            }
            for (; (letter = ws2_unit_at(format, unit, at)) >= '0' && letter <= '9'; at++)
                precision = precision < 100000000 ? precision * 10 + (int)(letter - '0') : precision;
        }
        /* The size of the argument: H for hh, h, l, q for ll, and 4 bytes by I32; w as in %ws. */
        for (;; at++) {
            letter = ws2_unit_at(format, unit, at);
            if (letter == 'h')
                size = size == 'h' ? 'H' : 'h';
            else if (letter == 'l')
                size = size == 'l' ? 'q' : 'l';
            else if (letter == 'j' || letter == 'z' || letter == 't')
                size = 'q';
            else if (letter == 'L' || letter == 'w')
                size = (int)letter;
            else if (letter == 'I' && ws2_unit_at(format, unit, at + 1) == '6' && ws2_unit_at(format, unit, at + 2) == '4')
                size = 'q', at += 2;
            else if (letter == 'I' && ws2_unit_at(format, unit, at + 1) == '3' && ws2_unit_at(format, unit, at + 2) == '2')
                size = 0, at += 2;
            else if (letter == 'I')
                size = 'q';
            else
                break;
        }
        if (letter == 0)
            break;
        at++;
        spec[length++] = '%';
        for (copied = 0; copied < flag; copied++)
            spec[length++] = flags[copied];
        spec[length++] = '*';
        if (precision >= 0) {
            spec[length++] = '.';
            spec[length++] = '*';
        }
        switch (letter) {
        case 'd': case 'i': case 'u': case 'o': case 'x': case 'X':
            number = 1;
            break;
        case 'e': case 'E': case 'f': case 'F': case 'g': case 'G': case 'a': case 'A':
            if (size == 'L')
                spec[length++] = 'L';
            number = 2;
            break;
        case 'p':
            number = 3;
            break;
        case 's': case 'S': {
            size_t own = ws2_print_unit(unit, letter == 'S', size);

            ws2_sink_text(&sink, __builtin_va_arg(arguments, const void *), own, left, width, precision);
            break;
        }
        case 'c': case 'C': {
            size_t own = ws2_print_unit(unit, letter == 'C', size), bytes = 1;
            unsigned int one = __builtin_va_arg(arguments, unsigned int);

            if (own == 1)
                one &= 0xFF;
            else if (own == 2)
                one &= 0xFFFF;
            if (unit == 1 && own != 1)
                bytes = ws2_sink_utf8(&sink, one, 0);
            if (!left)
                ws2_sink_fill(&sink, width - (int)bytes, ' ');
            if (unit == 1 && own != 1)
                ws2_sink_utf8(&sink, one, 1);
            else
                ws2_sink_put(&sink, one);
            if (left)
                ws2_sink_fill(&sink, width - (int)bytes, ' ');
            break;
        }
        case 'n':
            errno = EINVAL;
            good = 0;
            break;
        default:
            /* Windows prints what is no conversion as it stands. */
            ws2_sink_put(&sink, letter);
            break;
        }
        if (number == 1) {
            long long value;

            spec[length++] = 'l';
            spec[length++] = 'l';
            spec[length++] = (char)letter;
            spec[length] = 0;
            if (size == 'q')
                value = __builtin_va_arg(arguments, long long);
            else if (size == 'l' && (letter == 'd' || letter == 'i'))
                value = __builtin_va_arg(arguments, long);
            else if (size == 'l')
                value = (long long)__builtin_va_arg(arguments, unsigned long);
            else if (letter == 'd' || letter == 'i')
                value = __builtin_va_arg(arguments, int);
            else
                value = __builtin_va_arg(arguments, unsigned int);
            if (size == 'h')
                value = letter == 'd' || letter == 'i' ? (short)value : (unsigned short)value;
            else if (size == 'H')
                value = letter == 'd' || letter == 'i' ? (signed char)value : (unsigned char)value;
            good = precision >= 0 ? ws2_sink_number(&sink, spec, width, precision, value) : ws2_sink_number(&sink, spec, width, value);
        } else if (number == 2) {
            spec[length++] = (char)letter;
            spec[length] = 0;
            if (size == 'L') {
                long double value = __builtin_va_arg(arguments, long double);

                good = precision >= 0 ? ws2_sink_number(&sink, spec, width, precision, value) : ws2_sink_number(&sink, spec, width, value);
            } else {
                double value = __builtin_va_arg(arguments, double);

                good = precision >= 0 ? ws2_sink_number(&sink, spec, width, precision, value) : ws2_sink_number(&sink, spec, width, value);
            }
        } else if (number == 3) {
            spec[length++] = 'p';
            spec[length] = 0;
            if (precision >= 0)
                good = ws2_sink_number(&sink, spec, width, precision, __builtin_va_arg(arguments, void *));
            else
                good = ws2_sink_number(&sink, spec, width, __builtin_va_arg(arguments, void *));
        }
    }
    __builtin_va_end(arguments);
    if (good && sink.length > 2147483647) {
        errno = EOVERFLOW;
        good = 0;
    }
    return good ? (int)sink.length : -1;
}

/* Whether a narrow format has anything that libc reads otherwise than Windows: I64, I32 and I, %S and %C, %ws, and %ls where
   wchar_t has 16 bits. Places by number are POSIX', and so is the format then. */
static __inline__ int ws2_format_is_windows(const char *format)
{
    int found = 0;

    while (*format != 0) {
        int wide = 0;

        if (*format++ != '%')
            continue;
        while (*format != 0 && ws2_libc_strchr("-+ #0123456789.*", *format) != NULL)
            format++;
        if (*format == '$')
            return 0;
        for (; *format != 0 && ws2_libc_strchr("hlLqjztwI", *format) != NULL; format++) {
            if (*format == 'l')
                wide = sizeof(wchar_t) == 2;
            else if (*format == 'w')
                wide = 1;
            else if (*format == 'I' && (format[1] == 0 || ws2_libc_strchr("36diouxX", format[1]) != NULL)) {
                found = 1;
                if ((format[1] == '6' && format[2] == '4') || (format[1] == '3' && format[2] == '2'))
                    format += 2;
            }
        }
        if (*format == 'S' || *format == 'C' || (wide && (*format == 's' || *format == 'c')))
            found = 1;
        if (*format != 0)
            format++;
    }
    return found;
}

/* A narrow text, as vsnprintf has it. */
static __inline__ int ws2_vsnprintf(char *to, size_t size, const char *format, __builtin_va_list arguments)
{
    int length;

    if (!ws2_format_is_windows(format))
        return ws2_libc_vsnprintf(to, size, format, arguments);
    length = ws2_print_wide(to, 1, size != 0 ? size - 1 : 0, format, arguments);
    if (length >= 0 && size != 0)
        to[(size_t)length < size ? (size_t)length : size - 1] = 0;
    return length;
}

#endif
