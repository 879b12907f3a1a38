/* gettimeofday for Windows' struct timeval. Part of <sys/time.h>. */
#ifndef WS2_GETTIMEOFDAY_H
#define WS2_GETTIMEOFDAY_H

#ifdef __cplusplus
extern "C" {
#endif
extern int ws2_libc_time_of_day(struct ws2_libc_timeval *now, void *zone) __asm__("gettimeofday");
#ifdef __cplusplus
}
#endif

static __inline__ int gettimeofday(struct timeval *tv, void *tz)
{
    struct ws2_libc_timeval now;
    int result = ws2_libc_time_of_day(&now, tz);

    if (result == 0 && tv != 0) {
        tv->tv_sec = (int)now.tv_sec;
        tv->tv_usec = (int)now.tv_usec;
    }
    return result;
}

#endif
