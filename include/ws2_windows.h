/* Functions of Windows that programs use beside sockets, inline, so that the library needs no symbol for them. Part of
   windows.h. */
#ifndef WS2_WINDOWS_FUNCTIONS_H
#define WS2_WINDOWS_FUNCTIONS_H

#include "ws2_types.h"
#include "ws2_32.h"

/* libc's nanosleep and clock_gettime, which <time.h> does not declare in strict C. */
#define WS2_CLOCK_MONOTONIC 1

struct ws2_timespec {
    long seconds;
    long nanoseconds;
};

#ifdef __cplusplus
extern "C" {
#endif
extern int ws2_libc_nanosleep(const struct ws2_timespec *wanted, struct ws2_timespec *left) WS2_SYMBOL(nanosleep);
extern int ws2_libc_clock_gettime(int clock, struct ws2_timespec *now) WS2_SYMBOL(clock_gettime);
#ifdef __cplusplus
}
#endif

#define ZeroMemory(destination, length)         ((void)memset((destination), 0, (length)))
#define SecureZeroMemory                        ZeroMemory
#define FillMemory(destination, length, byte)   ((void)memset((destination), (byte), (length)))
#define CopyMemory(destination, source, length) ((void)memcpy((destination), (source), (length)))
#define MoveMemory(destination, source, length) ((void)memmove((destination), (source), (length)))

/* The thread's last error: the one that Winsock's functions set. */
static __inline__ DWORD GetLastError(void)
{
    return (DWORD)WSAGetLastError();
}

static __inline__ void SetLastError(DWORD dwErrCode)
{
    WSASetLastError((int)dwErrCode);
}

/* Waits that many milliseconds; INFINITE for ever, 0 only lets others run. */
static __inline__ void Sleep(DWORD dwMilliseconds)
{
    struct ws2_timespec rest;
    int before = errno;

    do {
        rest.seconds = (long)(dwMilliseconds / 1000);
        rest.nanoseconds = (long)(dwMilliseconds % 1000) * 1000000;
        while (ws2_libc_nanosleep(&rest, &rest) != 0 && errno == EINTR) {
        }
    } while (dwMilliseconds == 0xFFFFFFFFu);
    errno = before;
}

#endif
