/* What the programs share: a count of what was wrong, and the end of a file's handle. */
#ifndef CHECK_H
#define CHECK_H

#include <winsock2.h>
#include <windows.h>
#include <stdio.h>

static int bad;

#define CHECK(condition)                                                                      \
    do {                                                                                      \
        if (!(condition)) {                                                                   \
            printf("%s:%d: %s (last error %d)\n", __FILE__, __LINE__, #condition, (int)GetLastError()); \
            bad++;                                                                            \
        }                                                                                     \
    } while (0)

static int result(void)
{
    printf("%s\n", bad == 0 ? "good" : "BAD");
    return bad != 0;
}

#ifdef __MINGW32__
# define close_file(handle) CloseHandle(handle)
#else
# include <io.h>
# define close_file(handle) _close((int)(INT_PTR)(handle))
#endif

#endif
