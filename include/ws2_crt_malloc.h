/* Windows' names beside malloc: aligned memory, memory on the stack. What <malloc.h> has on Windows; part of windows.h. */
#ifndef WS2_CRT_MALLOC_H
#define WS2_CRT_MALLOC_H
#pragma GCC system_header

#include "ws2_crt_base.h"

#ifdef __cplusplus
extern "C" {
#endif
extern int ws2_libc_posix_memalign(void **memory, size_t alignment, size_t size) WS2_LIBC(posix_memalign);
extern size_t ws2_libc_malloc_usable_size(void *memory) WS2_LIBC(malloc_usable_size);
#ifdef __cplusplus
}
#endif

#define _alloca(size)  __builtin_alloca(size)
#define _malloca(size) ws2_libc_malloc(size)
#define _freea(memory) ws2_libc_free(memory)

/* Alignments are powers of two. */
static __inline__ void *_aligned_malloc(size_t size, size_t alignment)
{
    void *memory = NULL;

    if (alignment < sizeof(void *))
        alignment = sizeof(void *);
    return ws2_libc_posix_memalign(&memory, alignment, size) == 0 ? memory : NULL;
}

static __inline__ void _aligned_free(void *memory)
{
    ws2_libc_free(memory);
}

/* At least the bytes that were asked for. */
static __inline__ size_t _msize(void *memory)
{
    return ws2_libc_malloc_usable_size(memory);
}

#endif
