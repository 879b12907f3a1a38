/* _ftime: the time with milliseconds. What <sys/timeb.h> has on Windows; part of windows.h. */
#ifndef WS2_CRT_TIMEB_H
#define WS2_CRT_TIMEB_H
#pragma GCC system_header

#include "ws2_crt_time.h"

struct _timeb {
    long           time;
    unsigned short millitm;
    short          timezone;
    short          dstflag;
};

struct __timeb64 {
    __time64_t     time;
    unsigned short millitm;
    short          timezone;
    short          dstflag;
};

#define _timeb64 __timeb64

/* Minutes west of UTC in standard time. */
static __inline__ errno_t _ftime64_s(struct __timeb64 *timeptr)
{
    long now[2] = {0, 0};
    struct ws2_tm parts;
    long at, there;

    if (timeptr == NULL)
        return ws2_refuse(NULL, 0, EINVAL);
    ws2_libc_gettime(0, now);
    at = now[0];
    timeptr->time = at;
    timeptr->millitm = (unsigned short)(now[1] / 1000000);
    timeptr->timezone = 0;
    timeptr->dstflag = 0;
    if (ws2_libc_localtime_r(&at, (struct tm *)(void *)&parts) != NULL) {
        timeptr->dstflag = (short)(parts.isdst > 0);
        there = ws2_libc_timegm((struct tm *)(void *)&parts);
        timeptr->timezone = (short)((at - there) / 60 + (timeptr->dstflag ? 60 : 0));
    }
    return 0;
}

static __inline__ void _ftime64(struct __timeb64 *timeptr)
{
    _ftime64_s(timeptr);
}

static __inline__ errno_t _ftime_s(struct _timeb *timeptr)
{
    struct __timeb64 whole;

    if (timeptr == NULL)
        return ws2_refuse(NULL, 0, EINVAL);
    _ftime64_s(&whole);
    timeptr->time = whole.time;
    timeptr->millitm = whole.millitm;
    timeptr->timezone = whole.timezone;
    timeptr->dstflag = whole.dstflag;
    return 0;
}

static __inline__ void _ftime(struct _timeb *timeptr)
{
    _ftime_s(timeptr);
}

#endif
