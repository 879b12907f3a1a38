/* The C run-time's functions whose names of files are texts of wchar_t, of whichever width that is, and a few for such texts
   themselves. libc's names of files are UTF-8. Part of windows.h, and of <wchar.h>, <io.h> and <stdio.h> under ws2cc. */
#ifndef WS2_CRT_WIDE_H
#define WS2_CRT_WIDE_H
#pragma GCC system_header

#include "ws2_crt_file.h"
#include "ws2_crt_print.h"

#define WS2_WIDE_ROOM 4096

struct stat;
#ifdef __cplusplus
extern "C" {
#endif
extern int ws2_libc_rename(const char *from, const char *to) WS2_LIBC(rename);
extern int ws2_libc_stat(const char *name, struct stat *facts) WS2_LIBC(stat);
#ifdef __cplusplus
}
#endif

/* UTF-8 of a wide text; NULL, and errno, where it is none or too long. A surrogate alone is none. */
static __inline__ const char *ws2_of_wide(const wchar_t *text, char *to)
{
    size_t at = 0;

    if (text == NULL) {
        errno = EINVAL;
        return NULL;
    }
    for (; *text != 0; text++) {
        unsigned long letter = sizeof(wchar_t) == 2 ? (unsigned short)*text : (unsigned int)*text;

        if (letter >= 0xD800 && letter < 0xDC00 && (unsigned long)text[1] >= 0xDC00 && (unsigned long)text[1] < 0xE000)
            letter = 0x10000 + ((letter - 0xD800) << 10) + ((unsigned long)*++text - 0xDC00);
        if ((letter >= 0xD800 && letter < 0xE000) || letter > 0x10FFFF || at > WS2_WIDE_ROOM - 5) {
            errno = at > WS2_WIDE_ROOM - 5 ? ENAMETOOLONG : EILSEQ;
            return NULL;
        }
        if (letter < 0x80) {
            to[at++] = (char)letter;
        } else if (letter < 0x800) {
            to[at++] = (char)(0xC0 | letter >> 6);
            to[at++] = (char)(0x80 | (letter & 0x3F));
        } else if (letter < 0x10000) {
            to[at++] = (char)(0xE0 | letter >> 12);
            to[at++] = (char)(0x80 | (letter >> 6 & 0x3F));
            to[at++] = (char)(0x80 | (letter & 0x3F));
        } else {
            to[at++] = (char)(0xF0 | letter >> 18);
            to[at++] = (char)(0x80 | (letter >> 12 & 0x3F));
            to[at++] = (char)(0x80 | (letter >> 6 & 0x3F));
            to[at++] = (char)(0x80 | (letter & 0x3F));
        }
    }
    to[at] = 0;
    return to;
}

/* UTF-8 of a name of a file, as libc takes it. */
static __inline__ const char *ws2_wide_path(const wchar_t *name, char *to)
{
    char room[WS2_WIDE_ROOM];
    const char *path;

    if (ws2_of_wide(name, to) == NULL)
        return NULL;
    path = ws2_path(to, room);
    if (path != to)
        ws2_libc_memcpy(to, path, ws2_libc_strlen(path) + 1);
    return to;
}

static __inline__ struct _IO_FILE *_wfopen(const wchar_t *filename, const wchar_t *mode)
{
    char name[WS2_WIDE_ROOM], how[WS2_WIDE_ROOM], room[16];

    if (ws2_wide_path(filename, name) == NULL || ws2_of_wide(mode, how) == NULL)
        return NULL;
    return ws2_libc_fopen(name, ws2_stream_mode(how, room));
}

static __inline__ errno_t _wfopen_s(struct _IO_FILE **pFile, const wchar_t *filename, const wchar_t *mode)
{
    if (pFile == NULL || filename == NULL || mode == NULL)
        return ws2_refuse(NULL, 0, EINVAL);
    *pFile = _wfopen(filename, mode);
    return *pFile != NULL ? 0 : errno;
}

static __inline__ int _wopen(const wchar_t *filename, int oflag, ...)
{
    char name[WS2_WIDE_ROOM];
    __builtin_va_list arguments;
    int mode;

    __builtin_va_start(arguments, oflag);
    mode = oflag & _O_CREAT ? __builtin_va_arg(arguments, int) : 0;
    __builtin_va_end(arguments);
    return ws2_wide_path(filename, name) == NULL ? -1 : _open(name, oflag, mode);
}

static __inline__ int _waccess(const wchar_t *path, int mode)
{
    char name[WS2_WIDE_ROOM];

    return ws2_wide_path(path, name) == NULL ? -1 : ws2_libc_access(name, mode & ~1);
}

static __inline__ int _wunlink(const wchar_t *filename)
{
    char name[WS2_WIDE_ROOM];

    return ws2_wide_path(filename, name) == NULL ? -1 : ws2_libc_unlink(name);
}

static __inline__ int _wremove(const wchar_t *filename)
{
    return _wunlink(filename);
}

static __inline__ int _wrename(const wchar_t *oldname, const wchar_t *newname)
{
    char from[WS2_WIDE_ROOM], to[WS2_WIDE_ROOM];

    return ws2_wide_path(oldname, from) == NULL || ws2_wide_path(newname, to) == NULL ? -1 : ws2_libc_rename(from, to);
}

static __inline__ int _wmkdir(const wchar_t *dirname)
{
    char name[WS2_WIDE_ROOM];

    return ws2_wide_path(dirname, name) == NULL ? -1 : ws2_libc_mkdir(name, 0777);
}

static __inline__ errno_t _wtmpnam_s(wchar_t *str, rsize_t sizeInChars)
{
    char name[L_tmpnam_s];
    errno_t failed = tmpnam_s(name, sizeof name);
    size_t at = 0;

    if (str == NULL || sizeInChars == 0)
        return ws2_refuse(NULL, 0, EINVAL);
    str[0] = 0;
    if (failed != 0)
        return failed;
    while (name[at] != 0)
        if ((unsigned char)name[at++] > 0x7F)
            return errno = EILSEQ;
    if (at >= sizeInChars)
        return ws2_refuse(NULL, 0, ERANGE);
    for (at = 0; name[at] != 0; at++)
        str[at] = (wchar_t)name[at];
    str[at] = 0;
    return 0;
}

#ifdef __cplusplus
extern "C++" {
template <size_t Size>
static __inline__ errno_t _wtmpnam_s(wchar_t (&str)[Size])
{
    return _wtmpnam_s(str, Size);
}
}
#endif

static __inline__ int _wrmdir(const wchar_t *dirname)
{
    char name[WS2_WIDE_ROOM];

    return ws2_wide_path(dirname, name) == NULL ? -1 : ws2_libc_rmdir(name);
}

static __inline__ int _wchdir(const wchar_t *dirname)
{
    char name[WS2_WIDE_ROOM];

    return ws2_wide_path(dirname, name) == NULL ? -1 : ws2_libc_chdir(name);
}

static __inline__ int _wstat(const wchar_t *path, struct stat *facts)
{
    char name[WS2_WIDE_ROOM];

    return ws2_wide_path(path, name) == NULL ? -1 : ws2_libc_stat(name, facts);
}
#define _wstat64    _wstat
#define _wstati64   _wstat
#define _wstat32    _wstat
#define _wstat64i32 _wstat
#define _wstat32i64 _wstat

static __inline__ int ws2_lower_wide(wchar_t letter)
{
    return letter >= 'A' && letter <= 'Z' ? letter + 32 : (int)letter;
}

/* Letters of ASCII count as the same in both cases, as in Windows' "C" locale. */
static __inline__ int _wcsnicmp(const wchar_t *string1, const wchar_t *string2, size_t count)
{
    for (; count > 0; count--, string1++, string2++) {
        int difference = ws2_lower_wide(*string1) - ws2_lower_wide(*string2);

        if (difference != 0 || *string1 == 0)
            return difference;
    }
    return 0;
}

static __inline__ int _wcsicmp(const wchar_t *string1, const wchar_t *string2)
{
    return _wcsnicmp(string1, string2, (size_t)-1);
}

static __inline__ wchar_t *_wcsdup(const wchar_t *strSource)
{
    size_t length = 0;
    wchar_t *copy;

    if (strSource == NULL)
        return NULL;
    while (strSource[length] != 0)
        length++;
    copy = (wchar_t *)ws2_libc_malloc((length + 1) * sizeof(wchar_t));
    return copy == NULL ? NULL : (wchar_t *)ws2_libc_memcpy(copy, strSource, (length + 1) * sizeof(wchar_t));
}

static __inline__ errno_t wcsncpy_s(wchar_t *strDest, size_t numberOfElements, const wchar_t *strSource, size_t count)
{
    size_t at;

    if (strDest == NULL || numberOfElements == 0 || (strSource == NULL && count != 0)) {
        if (strDest != NULL && numberOfElements != 0)
            strDest[0] = 0;
        return errno = EINVAL;
    }
    for (at = 0; at < numberOfElements; at++) {
        if (at == count || strSource[at] == 0) {
            strDest[at] = 0;
            return 0;
        }
        strDest[at] = strSource[at];
    }
    if (count == _TRUNCATE) {
        strDest[numberOfElements - 1] = 0;
        return STRUNCATE;
    }
    strDest[0] = 0;
    return errno = ERANGE;
}

static __inline__ errno_t wcscpy_s(wchar_t *strDest, size_t numberOfElements, const wchar_t *strSource)
{
    if (strSource == NULL) {
        if (strDest != NULL && numberOfElements != 0)
            strDest[0] = 0;
        return errno = EINVAL;
    }
    return wcsncpy_s(strDest, numberOfElements, strSource, (size_t)-2);
}

static __inline__ errno_t wcscat_s(wchar_t *strDest, size_t numberOfElements, const wchar_t *strSource)
{
    size_t at = 0;
    errno_t failed;

    while (strDest != NULL && at < numberOfElements && strDest[at] != 0)
        at++;
    if (strDest == NULL || at >= numberOfElements || strSource == NULL) {
        if (strDest != NULL && numberOfElements != 0)
            strDest[0] = 0;
        return errno = EINVAL;
    }
    failed = wcscpy_s(strDest + at, numberOfElements - at, strSource);
    if (failed != 0)
        strDest[0] = 0;
    return failed;
}

static __inline__ errno_t wcsncat_s(wchar_t *strDest, size_t numberOfElements, const wchar_t *strSource, size_t count)
{
    size_t at = 0;
    errno_t failed;

    while (strDest != NULL && at < numberOfElements && strDest[at] != 0)
        at++;
    if (strDest == NULL || at >= numberOfElements || (strSource == NULL && count != 0)) {
        if (strDest != NULL && numberOfElements != 0)
            strDest[0] = 0;
        return errno = EINVAL;
    }
    failed = wcsncpy_s(strDest + at, numberOfElements - at, strSource, count);
    if (failed != 0 && failed != STRUNCATE)
        strDest[0] = 0;
    return failed;
}

static __inline__ size_t wcsnlen_s(const wchar_t *str, size_t numberOfElements)
{
    size_t length = 0;

    while (str != NULL && length < numberOfElements && str[length] != 0)
        length++;
    return length;
}

static __inline__ wchar_t *wcstok_s(wchar_t *str, const wchar_t *delimiters, wchar_t **context)
{
    const wchar_t *one;
    wchar_t *begin;

    if (context == NULL || delimiters == NULL || (str == NULL && *context == NULL)) {
        errno = EINVAL;
        return NULL;
    }
    begin = str != NULL ? str : *context;
    for (one = delimiters; *begin != 0 && *one != 0;)
        one = *one == *begin ? (begin++, delimiters) : one + 1;
    if (*begin == 0) {
        *context = begin;
        return NULL;
    }
    for (str = begin; *str != 0; str++) {
        for (one = delimiters; *one != 0 && *one != *str; one++)
            ;
        if (*one != 0) {
            *str++ = 0;
            break;
        }
    }
    *context = str;
    return begin;
}

static __inline__ wchar_t *_wcslwr(wchar_t *str)
{
    wchar_t *at;

    for (at = str; at != NULL && *at != 0; at++)
        *at = (wchar_t)ws2_lower_wide(*at);
    return str;
}

static __inline__ wchar_t *_wcsupr(wchar_t *str)
{
    wchar_t *at;

    for (at = str; at != NULL && *at != 0; at++)
        if (*at >= 'a' && *at <= 'z')
            *at = (wchar_t)(*at - 32);
    return str;
}

/* UTF-8 as a wide text, at most count characters of it or all with _TRUNCATE; NULL for the place asks for the room. */
static __inline__ errno_t mbstowcs_s(size_t *pReturnValue, wchar_t *wcstr, size_t sizeInWords, const char *mbstr, size_t count)
{
    size_t at = 0;
    errno_t failed = 0;

    if (pReturnValue != NULL)
        *pReturnValue = 0;
    if (mbstr == NULL || (wcstr == NULL) != (sizeInWords == 0)) {
        if (wcstr != NULL && sizeInWords > 0)
            wcstr[0] = 0;
        return errno = EINVAL;
    }
    while (*mbstr != 0 && (at < count || wcstr == NULL)) {
        size_t bytes = 1;
        unsigned int letter = ws2_wide_letter((const unsigned char *)mbstr, &bytes);
        size_t units = sizeof(wchar_t) == 2 && letter >= 0x10000 ? 2 : 1;

        if (letter == (unsigned int)-1) {
            failed = EILSEQ;
            break;
        }
        if (wcstr != NULL && at + units >= sizeInWords) {
            failed = count == _TRUNCATE ? STRUNCATE : ERANGE;
            break;
        }
        if (wcstr != NULL && units == 2) {
            wcstr[at] = (wchar_t)(0xD800 + ((letter - 0x10000) >> 10));
            wcstr[at + 1] = (wchar_t)(0xDC00 + ((letter - 0x10000) & 0x3FF));
        } else if (wcstr != NULL) {
            wcstr[at] = (wchar_t)letter;
        }
        at += units;
        mbstr += bytes;
    }
    if (failed != 0 && failed != STRUNCATE) {
        if (wcstr != NULL)
            wcstr[0] = 0;
        return errno = failed;
    }
    if (wcstr != NULL)
        wcstr[at] = 0;
    if (pReturnValue != NULL)
        *pReturnValue = at + 1;
    return failed;
}

/* A wide text as UTF-8, at most count bytes of it or all with _TRUNCATE; NULL for the place asks for the room. */
static __inline__ errno_t wcstombs_s(size_t *pReturnValue, char *mbstr, size_t sizeInBytes, const wchar_t *wcstr, size_t count)
{
    size_t at = 0;
    errno_t failed = 0;

    if (pReturnValue != NULL)
        *pReturnValue = 0;
    if (wcstr == NULL || (mbstr == NULL) != (sizeInBytes == 0)) {
        if (mbstr != NULL && sizeInBytes > 0)
            mbstr[0] = 0;
        return errno = EINVAL;
    }
    while (*wcstr != 0) {
        /* One character, with its other half where that is a unit of its own. */
        wchar_t one[3] = { *wcstr, 0, 0 };
        char bytes[16];
        size_t length = 0, step = 1;

        if (sizeof(wchar_t) == 2 && ((unsigned int)*wcstr & 0xFC00) == 0xD800 && wcstr[1] != 0) {
            one[1] = wcstr[1];
            step = 2;
        }
        if (ws2_of_wide(one, bytes) == NULL) {
            failed = EILSEQ;
            break;
        }
        while (bytes[length] != 0)
            length++;
        if (mbstr != NULL && count != _TRUNCATE && at + length > count)
            break;
        if (mbstr != NULL && at + length >= sizeInBytes) {
            failed = count == _TRUNCATE ? STRUNCATE : ERANGE;
            break;
        }
        if (mbstr != NULL)
            ws2_libc_memcpy(mbstr + at, bytes, length);
        at += length;
        wcstr += step;
    }
    if (failed != 0 && failed != STRUNCATE) {
        if (mbstr != NULL)
            mbstr[0] = 0;
        return errno = failed;
    }
    if (mbstr != NULL)
        mbstr[at] = 0;
    if (pReturnValue != NULL)
        *pReturnValue = at + 1;
    return failed;
}

#ifdef __cplusplus
/* For arrays, whose size the compiler knows. */
extern "C++" {
template <size_t N> inline errno_t wcscpy_s(wchar_t (&dest)[N], const wchar_t *src)
{
    return wcscpy_s(dest, N, src);
}

template <size_t N> inline errno_t wcscat_s(wchar_t (&dest)[N], const wchar_t *src)
{
    return wcscat_s(dest, N, src);
}

template <size_t N> inline errno_t wcsncpy_s(wchar_t (&dest)[N], const wchar_t *src, size_t count)
{
    return wcsncpy_s(dest, N, src, count);
}
}
#endif

#endif
