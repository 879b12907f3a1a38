/* Windows' functions on texts: the _s family, letter case, numbers as texts. Part of windows.h, and of <string.h> and
   <stdlib.h> under ws2cc. */
#ifndef WS2_CRT_STRING_H
#define WS2_CRT_STRING_H
#pragma GCC system_header

#include "ws2_crt_base.h"

/* The most characters of a name of a file and of its parts. */
#ifndef _MAX_PATH
# define _MAX_PATH  260
# define _MAX_DRIVE 3
# define _MAX_DIR   256
# define _MAX_FNAME 256
# define _MAX_EXT   256
#endif

/* The lower letter of ASCII, as the functions without regard to case compare. */
static __inline__ int ws2_lower(int letter)
{
    return letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter;
}

static __inline__ int ws2_compare(const void *first, const void *second, size_t count, int texts)
{
    const unsigned char *a = (const unsigned char *)first, *b = (const unsigned char *)second;

    for (; count > 0; a++, b++, count--) {
        int x = ws2_lower(*a), y = ws2_lower(*b);

        if (x != y)
            return x - y;
        if (texts && x == 0)
            break;
    }
    return 0;
}

static __inline__ int _stricmp(const char *string1, const char *string2)
{
    return ws2_compare(string1, string2, (size_t)-1, 1);
}

static __inline__ int _strnicmp(const char *string1, const char *string2, size_t count)
{
    return ws2_compare(string1, string2, count, 1);
}

static __inline__ int _memicmp(const void *buf1, const void *buf2, size_t count)
{
    return ws2_compare(buf1, buf2, count, 0);
}

/* The old names without the line. Not functions, so that a program may have its own. */
#ifndef WS2_NO_OLD_NAMES
# ifndef stricmp
#  define stricmp _stricmp
# endif
# ifndef strcmpi
#  define strcmpi _stricmp
# endif
# ifndef strnicmp
#  define strnicmp _strnicmp
# endif
# ifndef memicmp
#  define memicmp _memicmp
# endif
#endif
#define _strcmpi _stricmp
#define _stricoll _stricmp

static __inline__ char *_strdup(const char *strSource)
{
    return strSource != NULL ? ws2_libc_strdup(strSource) : NULL;
}

static __inline__ char *_strlwr(char *str)
{
    char *at;

    for (at = str; at != NULL && *at != 0; at++)
        *at = (char)ws2_lower((unsigned char)*at);
    return str;
}

static __inline__ char *_strupr(char *str)
{
    char *at;

    for (at = str; at != NULL && *at != 0; at++)
        *at = (char)(*at >= 'a' && *at <= 'z' ? *at - ('a' - 'A') : *at);
    return str;
}

static __inline__ char *_strrev(char *str)
{
    size_t first = 0, last = str != NULL ? ws2_libc_strlen(str) : 0;

    while (first + 1 < last) {
        char kept = str[first];

        last--;
        str[first++] = str[last];
        str[last] = kept;
    }
    return str;
}

static __inline__ char *_strset(char *str, int c)
{
    char *at;

    for (at = str; *at != 0; at++)
        *at = (char)c;
    return str;
}

/* Ends a call whose arguments are wrong: the error's number, also in errno. */
static __inline__ errno_t ws2_refuse(char *dest, size_t size, errno_t number)
{
    if (dest != NULL && size > 0)
        dest[0] = 0;
    errno = number;
    return number;
}

static __inline__ errno_t memcpy_s(void *dest, rsize_t destSize, const void *src, rsize_t count)
{
    if (count == 0)
        return 0;
    if (dest == NULL || src == NULL || destSize < count) {
        if (dest != NULL)
            ws2_libc_memset(dest, 0, destSize);
        errno = dest == NULL || src == NULL ? EINVAL : ERANGE;
        return errno;
    }
    ws2_libc_memcpy(dest, src, count);
    return 0;
}

static __inline__ errno_t memmove_s(void *dest, rsize_t destSize, const void *src, rsize_t count)
{
    if (count == 0)
        return 0;
    if (dest == NULL || src == NULL || destSize < count) {
        errno = dest == NULL || src == NULL ? EINVAL : ERANGE;
        return errno;
    }
    ws2_libc_memmove(dest, src, count);
    return 0;
}

/* Writes at most count letters of src and an end behind what dest holds. */
static __inline__ errno_t ws2_append(char *dest, rsize_t size, size_t used, const char *src, rsize_t count)
{
    size_t length;

    if (src == NULL)
        return ws2_refuse(dest, size, EINVAL);
    length = count == _TRUNCATE ? ws2_libc_strnlen(src, size - used) : ws2_libc_strnlen(src, count);
    if (length >= size - used) {
        if (count != _TRUNCATE)
            return ws2_refuse(dest, size, ERANGE);
        ws2_libc_memcpy(dest + used, src, size - used - 1);
        dest[size - 1] = 0;
        return STRUNCATE;
    }
    ws2_libc_memcpy(dest + used, src, length);
    dest[used + length] = 0;
    return 0;
}

static __inline__ errno_t strcpy_s(char *dest, rsize_t dest_size, const char *src)
{
    if (dest == NULL || dest_size == 0)
        return ws2_refuse(dest, dest_size, EINVAL);
    return ws2_append(dest, dest_size, 0, src, (size_t)-2);
}

static __inline__ errno_t strncpy_s(char *dest, rsize_t dest_size, const char *src, rsize_t count)
{
    if (count == 0 && dest == NULL && dest_size == 0)
        return 0;
    if (dest == NULL || dest_size == 0)
        return ws2_refuse(dest, dest_size, EINVAL);
    if (count == 0) {
        dest[0] = 0;
        return 0;
    }
    return ws2_append(dest, dest_size, 0, src, count);
}

static __inline__ errno_t strncat_s(char *dest, rsize_t dest_size, const char *src, rsize_t count)
{
    size_t used;

    if (count == 0 && dest == NULL && dest_size == 0)
        return 0;
    if (dest == NULL || dest_size == 0)
        return ws2_refuse(dest, dest_size, EINVAL);
    used = ws2_libc_strnlen(dest, dest_size);
    if (used == dest_size)
        return ws2_refuse(dest, dest_size, EINVAL);
    if (count == 0)
        return 0;
    return ws2_append(dest, dest_size, used, src, count);
}

static __inline__ errno_t strcat_s(char *dest, rsize_t dest_size, const char *src)
{
    return strncat_s(dest, dest_size, src, (size_t)-2);
}

static __inline__ size_t strnlen_s(const char *str, size_t most)
{
    return str != NULL ? ws2_libc_strnlen(str, most) : 0;
}

static __inline__ errno_t _strlwr_s(char *str, size_t size)
{
    if (str == NULL || ws2_libc_strnlen(str, size) == size)
        return ws2_refuse(str, size, EINVAL);
    _strlwr(str);
    return 0;
}

static __inline__ errno_t _strupr_s(char *str, size_t size)
{
    if (str == NULL || ws2_libc_strnlen(str, size) == size)
        return ws2_refuse(str, size, EINVAL);
    _strupr(str);
    return 0;
}

static __inline__ char *strtok_s(char *str, const char *delimiters, char **context)
{
    char *word;

    if (delimiters == NULL || context == NULL || (str == NULL && *context == NULL)) {
        errno = EINVAL;
        return NULL;
    }
    word = str != NULL ? str : *context;
    word += ws2_libc_strspn(word, delimiters);
    if (*word == 0) {
        *context = word;
        return NULL;
    }
    *context = word + ws2_libc_strcspn(word, delimiters);
    if (**context != 0)
        *(*context)++ = 0;
    return word;
}

static __inline__ errno_t strerror_s(char *buffer, size_t size, int errnum)
{
    if (buffer == NULL || size == 0)
        return ws2_refuse(buffer, size, EINVAL);
    ws2_append(buffer, size, 0, ws2_libc_strerror(errnum), _TRUNCATE);
    return 0;
}

/* Numbers as texts, in a base from 2 to 36. */
static __inline__ errno_t ws2_number(unsigned long long value, int negative, char *buffer, size_t size, int radix)
{
    char digits[66];
    size_t at = sizeof(digits);

    if (buffer == NULL || size == 0 || radix < 2 || radix > 36)
        return ws2_refuse(buffer, size, EINVAL);
    digits[--at] = 0;
    do {
        digits[--at] = "0123456789abcdefghijklmnopqrstuvwxyz"[value % (unsigned int)radix];
        value /= (unsigned int)radix;
    } while (value != 0);
    if (negative)
        digits[--at] = '-';
    if (sizeof(digits) - at > size)
        return ws2_refuse(buffer, size, ERANGE);
    ws2_libc_memcpy(buffer, digits + at, sizeof(digits) - at);
    return 0;
}

/* A number in base 10 has its sign; in another base it is its bits. A long has 32 bits, as on Windows. */
static __inline__ errno_t _itoa_s(int value, char *buffer, size_t size, int radix)
{
    int negative = radix == 10 && value < 0;

    return ws2_number(negative ? 0u - (unsigned int)value : (unsigned int)value, negative, buffer, size, radix);
}

static __inline__ errno_t _ltoa_s(long value, char *buffer, size_t size, int radix)
{
    return _itoa_s((int)value, buffer, size, radix);
}

static __inline__ errno_t _ultoa_s(unsigned long value, char *buffer, size_t size, int radix)
{
    return ws2_number((unsigned int)value, 0, buffer, size, radix);
}

static __inline__ errno_t _i64toa_s(long long value, char *buffer, size_t size, int radix)
{
    int negative = radix == 10 && value < 0;

    return ws2_number(negative ? 0ull - (unsigned long long)value : (unsigned long long)value, negative, buffer, size,
                      radix);
}

static __inline__ errno_t _ui64toa_s(unsigned long long value, char *buffer, size_t size, int radix)
{
    return ws2_number(value, 0, buffer, size, radix);
}

static __inline__ char *_itoa(int value, char *buffer, int radix)
{
    _itoa_s(value, buffer, 66, radix);
    return buffer;
}

static __inline__ char *_ltoa(long value, char *buffer, int radix)
{
    _ltoa_s(value, buffer, 66, radix);
    return buffer;
}

static __inline__ char *_ultoa(unsigned long value, char *buffer, int radix)
{
    _ultoa_s(value, buffer, 66, radix);
    return buffer;
}

static __inline__ char *_i64toa(long long value, char *buffer, int radix)
{
    _i64toa_s(value, buffer, 66, radix);
    return buffer;
}

static __inline__ char *_ui64toa(unsigned long long value, char *buffer, int radix)
{
    _ui64toa_s(value, buffer, 66, radix);
    return buffer;
}

#ifndef WS2_NO_OLD_NAMES
# ifndef itoa
#  define itoa _itoa
# endif
# ifndef ltoa
#  define ltoa _ltoa
# endif
# ifndef ultoa
#  define ultoa _ultoa
# endif
# ifndef strlwr
#  define strlwr _strlwr
# endif
# ifndef strupr
#  define strupr _strupr
# endif
# ifndef strrev
#  define strrev _strrev
# endif
#endif

#ifdef __cplusplus
extern "C" {
#endif
extern long long ws2_libc_strtoll(const char *text, char **end, int base) WS2_LIBC(strtoll);
extern unsigned long long ws2_libc_strtoull(const char *text, char **end, int base) WS2_LIBC(strtoull);
extern long ws2_libc_getrandom(void *to, size_t length, unsigned int flags) WS2_LIBC(getrandom);
#ifdef __cplusplus
}
#endif

static __inline__ long long _strtoi64(const char *text, char **end, int base)
{
    return ws2_libc_strtoll(text, end, base);
}

static __inline__ unsigned long long _strtoui64(const char *text, char **end, int base)
{
    return ws2_libc_strtoull(text, end, base);
}

static __inline__ long long _atoi64(const char *text)
{
    return text != NULL ? ws2_libc_strtoll(text, NULL, 10) : 0;
}

/* A number that nobody can guess. */
static __inline__ errno_t rand_s(unsigned int *randomValue)
{
    if (randomValue == NULL)
        return ws2_refuse(NULL, 0, EINVAL);
    return ws2_libc_getrandom(randomValue, sizeof(*randomValue), 0) == sizeof(*randomValue) ? 0 : ws2_refuse(NULL, 0, ENOMEM);
}

static __inline__ unsigned int _rotl(unsigned int value, int shift)
{
    return value << (shift & 31) | value >> (-shift & 31);
}

static __inline__ unsigned int _rotr(unsigned int value, int shift)
{
    return value >> (shift & 31) | value << (-shift & 31);
}

static __inline__ unsigned short _byteswap_ushort(unsigned short value)
{
    return (unsigned short)(value >> 8 | value << 8);
}

#define _byteswap_ulong(value) __builtin_bswap32(value)
#define _byteswap_uint64(value) __builtin_bswap64(value)

#ifdef __cplusplus
/* The size of an array is known. */
extern "C++" {
template <size_t N> inline errno_t strcpy_s(char (&dest)[N], const char *src)
{
    return strcpy_s(dest, N, src);
}

template <size_t N> inline errno_t strcat_s(char (&dest)[N], const char *src)
{
    return strcat_s(dest, N, src);
}

template <size_t N> inline errno_t strncpy_s(char (&dest)[N], const char *src, size_t count)
{
    return strncpy_s(dest, N, src, count);
}

template <size_t N> inline errno_t strncat_s(char (&dest)[N], const char *src, size_t count)
{
    return strncat_s(dest, N, src, count);
}

template <size_t N> inline errno_t _strlwr_s(char (&str)[N])
{
    return _strlwr_s(str, N);
}

template <size_t N> inline errno_t _strupr_s(char (&str)[N])
{
    return _strupr_s(str, N);
}

template <size_t N> inline errno_t strerror_s(char (&buffer)[N], int errnum)
{
    return strerror_s(buffer, N, errnum);
}

template <size_t N> inline errno_t _itoa_s(int value, char (&buffer)[N], int radix)
{
    return _itoa_s(value, buffer, N, radix);
}
}
#endif

#endif
