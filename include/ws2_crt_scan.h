/* scanf_s and its kin: as scanf, with the room of every text (%s, %[, %c) behind its address, in bytes; a text that does not
   fit ends the call and is left empty. gets_s, likewise. Part of <stdio.h>'s names. */
#ifndef WS2_CRT_SCAN_H
#define WS2_CRT_SCAN_H
#pragma GCC system_header

#include "ws2_crt_base.h"

struct _IO_FILE;

#ifdef __cplusplus
extern "C" {
#endif
extern int ws2_libc_sscanf(const char *text, const char *format, ...) WS2_LIBC(sscanf);
extern int ws2_libc_fscanf(struct _IO_FILE *stream, const char *format, ...) WS2_LIBC(fscanf);
extern int ws2_libc_getc(struct _IO_FILE *stream) WS2_LIBC(getc);
extern int ws2_libc_ungetc(int letter, struct _IO_FILE *stream) WS2_LIBC(ungetc);
extern struct _IO_FILE *ws2_libc_stdin WS2_LIBC(stdin);
#ifdef __cplusplus
}
#endif

/* Where letters come from: a text, or a stream. */
struct ws2_scan {
    const char *text;
    struct _IO_FILE *stream;
};

/* One directive; how many letters it took, or -1. A failed one is told from the end by *answer. */
static __inline__ int ws2_scan_one(struct ws2_scan *from, const char *directive, void *to, int *answer)
{
    char whole[320];
    size_t length = ws2_libc_strlen(directive);
    int taken = -1;

    ws2_libc_memcpy(whole, directive, length);
    ws2_libc_memcpy(whole + length, "%n", 3);
    if (to != NULL)
        *answer = from->stream != NULL ? ws2_libc_fscanf(from->stream, whole, to, &taken)
                                       : ws2_libc_sscanf(from->text, whole, to, &taken);
    else
        *answer = from->stream != NULL ? ws2_libc_fscanf(from->stream, whole, &taken)
                                       : ws2_libc_sscanf(from->text, whole, &taken);
    if (from->stream == NULL && taken > 0)
        from->text += taken;
    return taken;
}

static __inline__ int ws2_scan_peek(struct ws2_scan *from)
{
    int letter;

    if (from->stream == NULL)
        return *from->text != 0 ? (unsigned char)*from->text : -1;
    letter = ws2_libc_getc(from->stream);
    return letter >= 0 ? ws2_libc_ungetc(letter, from->stream) : letter;
}

/* Whether a set such as [^,a-z] has a letter. */
static __inline__ int ws2_scan_has(const char *set, int letter)
{
    int found = 0, inverted = 0;
    const char *first;

    set++;
    if (*set == '^') {
        inverted = 1;
        set++;
    }
    first = set;
    for (; *set != 0 && (*set != ']' || set == first); set++) {
        if (set[1] == '-' && set[2] != ']' && set[2] != 0) {
            found |= letter >= (unsigned char)set[0] && letter <= (unsigned char)set[2];
            set += 2;
        } else {
            found |= letter == (unsigned char)*set;
        }
    }
    return found != inverted;
}

static __inline__ int ws2_vscan_s(struct ws2_scan *from, const char *format, __builtin_va_list arguments)
{
    char directive[300];
    int stored = 0, answer = 0, started = 0;

    if (format == NULL) {
        errno = EINVAL;
        return -1;
    }
    while (*format != 0) {
        size_t length = 0;
        const char *kind;
        int skipped = 0;
        unsigned int width = 0;
        void *to = NULL;

        if (*format != '%' || format[1] == '%') {
            /* Blanks take any number of blanks, and a letter takes itself. */
            directive[length++] = *format;
            if (*format == '%')
                directive[length++] = '%';
            directive[length] = 0;
            format += length;
            if (ws2_scan_one(from, directive, NULL, &answer) < 0)
                return stored == 0 && !started && answer < 0 ? -1 : stored;
            continue;
        }
        kind = format + 1;
        if (*kind == '*') {
            skipped = 1;
            kind++;
        }
        while (*kind >= '0' && *kind <= '9')
            width = width * 10 + (unsigned int)(*kind++ - '0');
        directive[length++] = '%';
        if (skipped)
            directive[length++] = '*';
        format = kind;
        if (kind[0] == 'I' && kind[1] == '6' && kind[2] == '4')
            kind += 3;
        else
            while (*kind != 0 && ws2_libc_strchr("hlLjzt", *kind) != NULL)
                kind++;
        if (*kind == 0)
            return stored;
        if (*kind == 'n') {
            /* Not supported by the _s functions' checks of this kind: the program has no use for it beside a size. */
            errno = EINVAL;
            return stored > 0 ? stored : -1;
        }
        if (*kind == 's' || *kind == '[' || *kind == 'c' || *kind == 'S' || *kind == 'C') {
            const char *end = kind + 1;
            unsigned int room = (unsigned int)-1;
            char digits[16];
            size_t at = sizeof(digits);
            unsigned int most;

            if (*kind == '[') {
                if (*end == '^')
                    end++;
                if (*end == ']')
                    end++;
                while (*end != 0 && *end != ']')
                    end++;
                if (*end == ']')
                    end++;
            }
            if ((size_t)(end - kind) > 256)
                return stored;
            if (!skipped) {
                to = __builtin_va_arg(arguments, void *);
                room = __builtin_va_arg(arguments, unsigned int);
                if (to == NULL || room == 0) {
                    errno = to == NULL ? EINVAL : ERANGE;
                    return stored;
                }
            }
            if (*kind == 'c') {
                most = width != 0 ? width : 1;
                if (most > room) {
                    *(char *)to = 0;
                    errno = ERANGE;
                    return stored;
                }
            } else {
                most = width != 0 && width < room ? width : room - 1;
            }
            if (most == 0) {
                *(char *)to = 0;
                errno = ERANGE;
                return stored;
            }
            do {
                digits[--at] = (char)('0' + most % 10);
                most /= 10;
            } while (most != 0);
            ws2_libc_memcpy(directive + length, digits + at, sizeof(digits) - at);
            length += sizeof(digits) - at;
            ws2_libc_memcpy(directive + length, kind, (size_t)(end - kind));
            directive[length + (size_t)(end - kind)] = 0;
            if (ws2_scan_one(from, directive, to, &answer) < 0) {
                if (to != NULL && *kind != 'c')
                    *(char *)to = 0;
                return stored == 0 && answer < 0 ? -1 : stored;
            }
            started = 1;
            if (!skipped && *kind != 'c' && (width == 0 || width >= room)) {
                /* Is there more of it? */
                int next = ws2_scan_peek(from);
                int more = next >= 0 && ws2_libc_strlen((char *)to) == room - 1
                           && (*kind == 's' ? next != ' ' && (next < 9 || next > 13) : ws2_scan_has(kind, next));

                if (more) {
                    *(char *)to = 0;
                    errno = ERANGE;
                    return stored;
                }
            }
            format = end;
        } else {
            if (width != 0) {
                char digits[16];
                size_t at = sizeof(digits);

                do {
                    digits[--at] = (char)('0' + width % 10);
                    width /= 10;
                } while (width != 0);
                ws2_libc_memcpy(directive + length, digits + at, sizeof(digits) - at);
                length += sizeof(digits) - at;
            }
            if (format[0] == 'I') {
                directive[length++] = 'l';
                directive[length++] = 'l';
                format = kind;
            }
            while (format < kind && length < 250)
                directive[length++] = *format++;
            directive[length++] = *kind;
            directive[length] = 0;
            format = kind + 1;
            if (!skipped)
                to = __builtin_va_arg(arguments, void *);
            if (ws2_scan_one(from, directive, to, &answer) < 0)
                return stored == 0 && answer < 0 ? -1 : stored;
            started = 1;
        }
        stored += !skipped;
    }
    return stored;
}

static __inline__ int sscanf_s(const char *buffer, const char *format, ...)
{
    struct ws2_scan from;
    __builtin_va_list arguments;
    int stored;

    from.text = buffer;
    from.stream = NULL;
    if (buffer == NULL) {
        errno = EINVAL;
        return -1;
    }
    __builtin_va_start(arguments, format);
    stored = ws2_vscan_s(&from, format, arguments);
    __builtin_va_end(arguments);
    return stored;
}

static __inline__ int fscanf_s(struct _IO_FILE *stream, const char *format, ...)
{
    struct ws2_scan from;
    __builtin_va_list arguments;
    int stored;

    from.text = NULL;
    from.stream = stream;
    if (stream == NULL) {
        errno = EINVAL;
        return -1;
    }
    __builtin_va_start(arguments, format);
    stored = ws2_vscan_s(&from, format, arguments);
    __builtin_va_end(arguments);
    return stored;
}

static __inline__ int scanf_s(const char *format, ...)
{
    struct ws2_scan from;
    __builtin_va_list arguments;
    int stored;

    from.text = NULL;
    from.stream = ws2_libc_stdin;
    __builtin_va_start(arguments, format);
    stored = ws2_vscan_s(&from, format, arguments);
    __builtin_va_end(arguments);
    return stored;
}

/* A line of standard input without its end; NULL at the end of the input, and for a line that does not fit. */
static __inline__ char *gets_s(char *buffer, size_t size)
{
    size_t length = 0;
    int letter = -1;

    if (buffer == NULL || size == 0) {
        errno = EINVAL;
        return NULL;
    }
    while ((letter = ws2_libc_getc(ws2_libc_stdin)) >= 0 && letter != '\n') {
        if (length + 1 >= size) {
            while (letter >= 0 && letter != '\n')
                letter = ws2_libc_getc(ws2_libc_stdin);
            buffer[0] = 0;
            errno = ERANGE;
            return NULL;
        }
        buffer[length++] = (char)letter;
    }
    buffer[length] = 0;
    return letter < 0 && length == 0 ? NULL : buffer;
}

#ifdef __cplusplus
extern "C++" {
template <size_t N> inline char *gets_s(char (&buffer)[N])
{
    return gets_s(buffer, N);
}
}
#endif

#endif
