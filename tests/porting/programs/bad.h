/* For the programs that call with arguments that make no sense: what a call returns, which last error it leaves, and values that are no handles. */
#ifndef BAD_H
#define BAD_H

#include "check.h"
#include <string.h>

/* No function sets it. */
#define UNTOUCHED 0x12345678u

/* A call that fails: its result, and the last error. */
#define FAILS(call, wanted, code)                                                                                             \
    do {                                                                                                                      \
        LONG_PTR returned_;                                                                                                   \
        DWORD after_;                                                                                                         \
        SetLastError(UNTOUCHED);                                                                                              \
        returned_ = (LONG_PTR)(call);                                                                                         \
        after_ = GetLastError();                                                                                              \
        if (returned_ != (LONG_PTR)(wanted) || after_ != (DWORD)(code)) {                                                     \
            printf("%s:%d: %s: %lld, last error %u\n", __FILE__, __LINE__, #call, (long long)returned_, (unsigned)after_);    \
            bad++;                                                                                                            \
        }                                                                                                                     \
    } while (0)

/* A call whose result is the code. */
#define GIVES(call, wanted)                                                                                                   \
    do {                                                                                                                      \
        LONG_PTR returned_ = (LONG_PTR)(call);                                                                                \
        if (returned_ != (LONG_PTR)(wanted)) {                                                                                \
            printf("%s:%d: %s: %lld, not %s\n", __FILE__, __LINE__, #call, (long long)returned_, #wanted);                    \
            bad++;                                                                                                            \
        }                                                                                                                     \
    } while (0)

/* A room with a mark behind it that nothing may write to. */
typedef struct {
    unsigned char room[512], behind[64];
} GUARDED;

static __inline void fill(GUARDED *guarded)
{
    memset(guarded, 0xA5, sizeof *guarded);
}

/* Whether the bytes of the room from `from` on are as they were. */
static __inline BOOL kept(const GUARDED *guarded, size_t from)
{
    const unsigned char *at = (const unsigned char *)guarded;
    for (; from < sizeof *guarded; from++)
        if (at[from] != 0xA5)
            return FALSE;
    return TRUE;
}

/* Addresses that nothing is mapped at, which this library notices where Windows' own functions may end the program. */
#ifdef __MINGW32__
# define NO_ADDRESSES 0
#else
# define NO_ADDRESSES 3
#endif

static __inline void *no_address(int which)
{
    static const ULONG_PTR values[] = { 0x10, 0x10000000000000u, ~(ULONG_PTR)0 };
    return (void *)values[which];
}

/* A text in 16-bit characters; the last four stay good. */
static __inline const WCHAR *wide(const char *text)
{
    static WCHAR rooms[4][512];
    static int turn;
    WCHAR *room = rooms[turn++ & 3];
    size_t at = 0;
    do
        room[at] = (unsigned char)text[at];
    while (text[at++] != 0 && at < 511);
    room[511] = 0;
    return room;
}

/* Values that are no handles: the last one was one. */
#define NO_HANDLES 5

static __inline HANDLE no_handle(int which)
{
    static HANDLE closed;
    static const ULONG_PTR values[NO_HANDLES] = { 0, 0x4FFFFFFC, 0x7FFFFFF0, 0x80000000u, 0 };
    if (which != NO_HANDLES - 1)
        return (HANDLE)values[which];
    if (closed == NULL) {
        closed = CreateEventA(NULL, TRUE, TRUE, NULL);
        CloseHandle(closed);
    }
    return closed;
}

/* Objects of kinds that a call does not take. */
enum { EVENT, MUTEX, SEMAPHORE, TIMER, THREAD, PROCESS, PORT, KINDS };

static __inline HANDLE of_kind(int kind)
{
    static HANDLE objects[KINDS];
    if (objects[kind] == NULL) {
        switch (kind) {
        case EVENT: objects[kind] = CreateEventA(NULL, TRUE, FALSE, NULL); break;
        case MUTEX: objects[kind] = CreateMutexA(NULL, FALSE, NULL); break;
        case SEMAPHORE: objects[kind] = CreateSemaphoreA(NULL, 0, 1, NULL); break;
        case TIMER: objects[kind] = CreateWaitableTimerA(NULL, TRUE, NULL); break;
        case THREAD:
            DuplicateHandle(GetCurrentProcess(), GetCurrentThread(), GetCurrentProcess(), &objects[kind], 0, FALSE, DUPLICATE_SAME_ACCESS);
            break;
        case PROCESS: objects[kind] = OpenProcess(PROCESS_QUERY_INFORMATION, FALSE, GetCurrentProcessId()); break;
        case PORT: objects[kind] = CreateIoCompletionPort(INVALID_HANDLE_VALUE, NULL, 0, 0); break;
        default: break;
        }
        CHECK(objects[kind] != NULL);
    }
    return objects[kind];
}

/* Calls a function of this program with everything that is no handle, and with objects of all kinds but one (KINDS: with all). */
static __inline void with_others(void (*calls)(HANDLE), int but)
{
    int which;
    for (which = 0; which < NO_HANDLES; which++)
        calls(no_handle(which));
    for (which = 0; which < KINDS; which++)
        if (which != but)
            calls(of_kind(which));
}

#endif
