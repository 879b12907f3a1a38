/* Windows' functions of time: the _s family, whose arguments stand in another order than C11's. Part of windows.h, and of
   <time.h> under ws2cc. A time is a long here, as libc's time_t is, so that <time.h> is not needed. */
#ifndef WS2_CRT_TIME_H
#define WS2_CRT_TIME_H
#pragma GCC system_header

#include "ws2_crt_string.h"

struct tm;

#ifdef __cplusplus
extern "C" {
#endif
extern struct tm *ws2_libc_localtime_r(const long *time, struct tm *result) WS2_LIBC(localtime_r);
extern struct tm *ws2_libc_gmtime_r(const long *time, struct tm *result) WS2_LIBC(gmtime_r);
extern char *ws2_libc_asctime_r(const struct tm *time, char *result) WS2_LIBC(asctime_r);
extern long ws2_libc_timegm(struct tm *time) WS2_LIBC(timegm);
extern int ws2_libc_gettime(int clock, long *now) WS2_LIBC(clock_gettime);
#ifdef __cplusplus
}
#endif

/* libc's struct tm, which <time.h> completes. */
struct ws2_tm {
    int  sec, min, hour, mday, mon, year, wday, yday, isdst;
    long rest[2];
};

typedef long __time64_t;
typedef int __time32_t;

static __inline__ errno_t localtime_s(struct tm *result, const long *time)
{
    if (result == NULL || time == NULL || *time < 0) {
        if (result != NULL)
            ws2_libc_memset(result, 0xFF, 9 * sizeof(int));
        return ws2_refuse(NULL, 0, EINVAL);
    }
    return ws2_libc_localtime_r(time, result) != NULL ? 0 : ws2_refuse(NULL, 0, EINVAL);
}

static __inline__ errno_t gmtime_s(struct tm *result, const long *time)
{
    if (result == NULL || time == NULL || *time < 0) {
        if (result != NULL)
            ws2_libc_memset(result, 0xFF, 9 * sizeof(int));
        return ws2_refuse(NULL, 0, EINVAL);
    }
    return ws2_libc_gmtime_r(time, result) != NULL ? 0 : ws2_refuse(NULL, 0, EINVAL);
}

static __inline__ errno_t asctime_s(char *buffer, size_t size, const struct tm *time)
{
    char text[64];

    if (buffer == NULL || size < 26 || time == NULL || ws2_libc_asctime_r(time, text) == NULL)
        return ws2_refuse(buffer, size, EINVAL);
    return strcpy_s(buffer, size, text);
}

static __inline__ errno_t ctime_s(char *buffer, size_t size, const long *time)
{
    struct ws2_tm parts;

    if (buffer == NULL || size < 26 || localtime_s((struct tm *)(void *)&parts, time) != 0)
        return ws2_refuse(buffer, size, EINVAL);
    return asctime_s(buffer, size, (const struct tm *)(const void *)&parts);
}

#define _localtime64_s localtime_s
#define _gmtime64_s    gmtime_s
#define _ctime64_s     ctime_s
#define _time64        time
#define _mktime64      mktime
#define _localtime64   localtime
#define _gmtime64      gmtime
#define _ctime64       ctime
#define _difftime64    difftime
#define _mkgmtime      ws2_libc_timegm
#define _mkgmtime64    ws2_libc_timegm

/* The time of day as a text: 23:59:59 and 12/31/99. */
static __inline__ char *ws2_two_digits(char *to, int number)
{
    *to++ = (char)('0' + number / 10 % 10);
    *to++ = (char)('0' + number % 10);
    return to;
}

static __inline__ errno_t _strtime_s(char *buffer, size_t size)
{
    long now[2] = {0, 0};
    struct ws2_tm parts;
    char *at = buffer;

    ws2_libc_gettime(0, now);
    if (buffer == NULL || size < 9 || localtime_s((struct tm *)(void *)&parts, now) != 0)
        return ws2_refuse(buffer, size, EINVAL);
    at = ws2_two_digits(at, parts.hour);
    *at++ = ':';
    at = ws2_two_digits(at, parts.min);
    *at++ = ':';
    *ws2_two_digits(at, parts.sec) = 0;
    return 0;
}

static __inline__ errno_t _strdate_s(char *buffer, size_t size)
{
    long now[2] = {0, 0};
    struct ws2_tm parts;
    char *at = buffer;

    ws2_libc_gettime(0, now);
    if (buffer == NULL || size < 9 || localtime_s((struct tm *)(void *)&parts, now) != 0)
        return ws2_refuse(buffer, size, EINVAL);
    at = ws2_two_digits(at, parts.mon + 1);
    *at++ = '/';
    at = ws2_two_digits(at, parts.mday);
    *at++ = '/';
    *ws2_two_digits(at, parts.year) = 0;
    return 0;
}

static __inline__ char *_strtime(char *buffer)
{
    return _strtime_s(buffer, 9) == 0 ? buffer : NULL;
}

static __inline__ char *_strdate(char *buffer)
{
    return _strdate_s(buffer, 9) == 0 ? buffer : NULL;
}

#ifdef __cplusplus
extern "C++" {
template <size_t N> inline errno_t asctime_s(char (&buffer)[N], const struct tm *time)
{
    return asctime_s(buffer, N, time);
}

template <size_t N> inline errno_t ctime_s(char (&buffer)[N], const long *time)
{
    return ctime_s(buffer, N, time);
}

template <size_t N> inline errno_t _strtime_s(char (&buffer)[N])
{
    return _strtime_s(buffer, N);
}

template <size_t N> inline errno_t _strdate_s(char (&buffer)[N])
{
    return _strdate_s(buffer, N);
}
}
#endif

#endif
