/* Functions of Windows that programs use beside sockets, inline, so that the library needs no symbol for them. Part of
   windows.h. */
#ifndef WS2_WINDOWS_FUNCTIONS_H
#define WS2_WINDOWS_FUNCTIONS_H

#include "ws2_types.h"
#include "ws2_32.h"
#include "ws2_crt.h"
#include "ws2_kernel.h"

/* libc's clock_gettime, which <time.h> does not declare in strict C. */
#define WS2_CLOCK_MONOTONIC 1

struct ws2_timespec {
    long seconds;
    long nanoseconds;
};

#ifdef __cplusplus
extern "C" {
#endif
extern int ws2_libc_clock_gettime(int clock, struct ws2_timespec *now) WS2_SYMBOL(clock_gettime);
#ifdef __cplusplus
}
#endif

#define ZeroMemory(destination, length)         ((void)memset((destination), 0, (length)))
#define SecureZeroMemory                        ZeroMemory
#define FillMemory(destination, length, byte)   ((void)memset((destination), (byte), (length)))
#define CopyMemory(destination, source, length) ((void)memcpy((destination), (source), (length)))
#define MoveMemory(destination, source, length) ((void)memmove((destination), (source), (length)))

/* Milliseconds of a clock that nobody sets. */
static __inline__ ULONGLONG GetTickCount64(void)
{
    struct ws2_timespec now = {0, 0};

    ws2_libc_clock_gettime(WS2_CLOCK_MONOTONIC, &now);
    return (ULONGLONG)now.seconds * 1000 + (ULONGLONG)now.nanoseconds / 1000000;
}

static __inline__ DWORD GetTickCount(void)
{
    return (DWORD)GetTickCount64();
}

/* Memory that FormatMessage has allocated. */
static __inline__ HLOCAL LocalFree(HLOCAL hMem)
{
    free(hMem);
    return NULL;
}

/* Texts without regard to the case of ASCII letters. */
static __inline__ int ws2_compare(const char *a, const char *b, size_t count)
{
    for (; count > 0; a++, b++, count--) {
        int x = (unsigned char)*a, y = (unsigned char)*b;

        x += x >= 'A' && x <= 'Z' ? 'a' - 'A' : 0;
        y += y >= 'A' && y <= 'Z' ? 'a' - 'A' : 0;
        if (x != y)
            return x - y;
        if (x == 0)
            break;
    }
    return 0;
}

static __inline__ int _stricmp(const char *string1, const char *string2)
{
    return ws2_compare(string1, string2, (size_t)-1);
}

static __inline__ int _strnicmp(const char *string1, const char *string2, size_t count)
{
    return ws2_compare(string1, string2, count);
}

/* FormatMessage: flags. */
#define FORMAT_MESSAGE_ALLOCATE_BUFFER 0x00000100
#define FORMAT_MESSAGE_IGNORE_INSERTS  0x00000200
#define FORMAT_MESSAGE_FROM_STRING     0x00000400
#define FORMAT_MESSAGE_FROM_HMODULE    0x00000800
#define FORMAT_MESSAGE_FROM_SYSTEM     0x00001000
#define FORMAT_MESSAGE_ARGUMENT_ARRAY  0x00002000
#define FORMAT_MESSAGE_MAX_WIDTH_MASK  0x000000FF

/* The text of one of this library's error codes, in English, ended as Windows ends it: a full stop and a new line, or
   a space where the caller wants no line breaks. Only FORMAT_MESSAGE_FROM_SYSTEM has texts here. With
   FORMAT_MESSAGE_ALLOCATE_BUFFER lpBuffer is a char ** and LocalFree frees what it gets. Returns the length, or 0 with
   the last error: 317 for a code without a text, 122 for too small a buffer, 87 for flags or buffers that are wrong. */
static __inline__ DWORD FormatMessageA(DWORD dwFlags, LPCVOID lpSource, DWORD dwMessageId, DWORD dwLanguageId,
                                       LPSTR lpBuffer, DWORD nSize, void *Arguments)
{
    const char *text = ws2_error_text((int)dwMessageId);
    const char *end = dwFlags & FORMAT_MESSAGE_MAX_WIDTH_MASK ? ". " : ".\r\n";
    int allocate = (dwFlags & FORMAT_MESSAGE_ALLOCATE_BUFFER) != 0;
    char *to = lpBuffer;
    char *nothing = NULL;
    size_t length;

    (void)lpSource;
    (void)dwLanguageId;
    (void)Arguments;
    if (lpBuffer == NULL || !(dwFlags & FORMAT_MESSAGE_FROM_SYSTEM)) {
        SetLastError(87);
        return 0;
    }
    if (allocate)
        memcpy(lpBuffer, &nothing, sizeof(nothing));
    if (text == NULL) {
        SetLastError(317);
        return 0;
    }
    length = strlen(text) + strlen(end);
    if (!allocate && nSize <= length) {
        SetLastError(122);
        return 0;
    }
    if (allocate) {
        to = (char *)malloc(length < nSize ? nSize : length + 1);
        if (to == NULL) {
            SetLastError(8);
            return 0;
        }
        memcpy(lpBuffer, &to, sizeof(to));
    }
    memcpy(to, text, strlen(text));
    memcpy(to + strlen(text), end, strlen(end) + 1);
    return (DWORD)length;
}

#ifndef UNICODE
# define FormatMessage FormatMessageA
#endif

#endif
