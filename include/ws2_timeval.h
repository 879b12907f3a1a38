/* Windows' struct timeval: two numbers of 32 bits. */
#ifndef WS2_TIMEVAL_H
#define WS2_TIMEVAL_H

#define _TIMEVAL_DEFINED

struct timeval {
    int tv_sec;
    int tv_usec;
};

#endif
