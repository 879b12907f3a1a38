/* What Windows' compilers have built in, as far as network programs use it: barriers, bits, byte order, the processor's. */
#ifndef WS2_INTRIN_H
#define WS2_INTRIN_H
#pragma GCC system_header

#include "ws2_crt_string.h"

#if defined __x86_64__ || defined __i386__
# include <x86intrin.h>
#endif

#define _ReadWriteBarrier() __asm__ __volatile__("" ::: "memory")
#define _ReadBarrier        _ReadWriteBarrier
#define _WriteBarrier       _ReadWriteBarrier
#define __debugbreak()      __builtin_trap()
#define _ReturnAddress()    __builtin_return_address(0)
#ifndef __noop
# define __noop             ((void)0)
#endif

static __inline__ unsigned char _BitScanForward(unsigned int *Index, unsigned int Mask)
{
    if (Mask == 0)
        return 0;
    *Index = (unsigned int)__builtin_ctz(Mask);
    return 1;
}

static __inline__ unsigned char _BitScanReverse(unsigned int *Index, unsigned int Mask)
{
    if (Mask == 0)
        return 0;
    *Index = 31u - (unsigned int)__builtin_clz(Mask);
    return 1;
}

static __inline__ unsigned char _BitScanForward64(unsigned int *Index, unsigned long long Mask)
{
    if (Mask == 0)
        return 0;
    *Index = (unsigned int)__builtin_ctzll(Mask);
    return 1;
}

static __inline__ unsigned char _BitScanReverse64(unsigned int *Index, unsigned long long Mask)
{
    if (Mask == 0)
        return 0;
    *Index = 63u - (unsigned int)__builtin_clzll(Mask);
    return 1;
}

#endif
