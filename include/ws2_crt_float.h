/* The floating-point unit's rounding and exceptions, as Windows' C run-time has them: _controlfp, _controlfp_s, _statusfp, _clearfp.
   Part of <float.h> under ws2cc. */
#ifndef WS2_CRT_FLOAT_H
#define WS2_CRT_FLOAT_H
#pragma GCC system_header

#include "ws2_crt_base.h"
#include <fenv.h>

#define _MCW_EM        0x0008001F
#define _EM_INEXACT    0x00000001
#define _EM_UNDERFLOW  0x00000002
#define _EM_OVERFLOW   0x00000004
#define _EM_ZERODIVIDE 0x00000008
#define _EM_INVALID    0x00000010
#define _EM_DENORMAL   0x00080000
#define _MCW_RC        0x00000300
#define _RC_NEAR       0x00000000
#define _RC_DOWN       0x00000100
#define _RC_UP         0x00000200
#define _RC_CHOP       0x00000300
#define _MCW_PC        0x00030000
#define _PC_64         0x00000000
#define _PC_53         0x00010000
#define _PC_24         0x00020000
#define _MCW_IC        0x00040000
#define _MCW_DN        0x03000000
/* What a program of 64 bits begins with. */
#define _CW_DEFAULT    (_RC_NEAR | _MCW_EM)
#define _SW_INEXACT    0x00000001
#define _SW_UNDERFLOW  0x00000002
#define _SW_OVERFLOW   0x00000004
#define _SW_ZERODIVIDE 0x00000008
#define _SW_INVALID    0x00000010

#ifdef __cplusplus
extern "C" {
#endif
extern int ws2_libc_feenableexcept(int exceptions) WS2_LIBC(feenableexcept);
extern int ws2_libc_fedisableexcept(int exceptions) WS2_LIBC(fedisableexcept);
extern int ws2_libc_fegetexcept(void) WS2_LIBC(fegetexcept);
#ifdef __cplusplus
}
#endif

/* Linux' bits for Windows', and back. A machine that has none of an exception has no bit for it. */
static __inline__ int ws2_float_bits(unsigned int windows)
{
    int bits = 0;

#ifdef FE_INEXACT
    bits |= windows & _EM_INEXACT ? FE_INEXACT : 0;
#endif
#ifdef FE_UNDERFLOW
    bits |= windows & _EM_UNDERFLOW ? FE_UNDERFLOW : 0;
#endif
#ifdef FE_OVERFLOW
    bits |= windows & _EM_OVERFLOW ? FE_OVERFLOW : 0;
#endif
#ifdef FE_DIVBYZERO
    bits |= windows & _EM_ZERODIVIDE ? FE_DIVBYZERO : 0;
#endif
#ifdef FE_INVALID
    bits |= windows & _EM_INVALID ? FE_INVALID : 0;
#endif
    return bits;
}

static __inline__ unsigned int ws2_float_words(int linux_bits)
{
    unsigned int word = 0, bit;

    for (bit = 1; bit <= _EM_INVALID; bit <<= 1)
        if ((linux_bits & ws2_float_bits(bit)) != 0)
            word |= bit;
    return word;
}

/* Sets what mask names: how is rounded, and which exceptions are not told by a signal. Precision is the format's own, as on 64-bit
   Windows, and denormal operands never stop. What it is then. */
static __inline__ unsigned int _controlfp(unsigned int newControl, unsigned int mask)
{
    static const int ways[4] = { FE_TONEAREST, FE_DOWNWARD, FE_UPWARD, FE_TOWARDZERO };
    unsigned int way = 0;

    if ((mask & _MCW_RC) != 0) {
        for (way = 3; way > 0 && ways[way] != fegetround(); way--)
            ;
        fesetround(ways[((way << 8 & ~mask) | (newControl & mask & _MCW_RC)) >> 8 & 3]);
    }
    if ((mask & _MCW_EM) != 0) {
        ws2_libc_fedisableexcept(ws2_float_bits(newControl & mask));
        ws2_libc_feenableexcept(ws2_float_bits(~newControl & mask & _MCW_EM));
    }
    for (way = 3; way > 0 && ways[way] != fegetround(); way--)
        ;
    return way << 8 | (~ws2_float_words(ws2_libc_fegetexcept()) & _MCW_EM);
}
#define _control87 _controlfp

static __inline__ errno_t _controlfp_s(unsigned int *currentControl, unsigned int newControl, unsigned int mask)
{
    unsigned int now;

    if ((newControl & mask & ~(unsigned int)(_MCW_EM | _MCW_RC | _MCW_PC | _MCW_IC | _MCW_DN)) != 0) {
        if (currentControl != NULL)
            *currentControl = _controlfp(0, 0);
        return errno = EINVAL;
    }
    now = _controlfp(newControl, mask);
    if (currentControl != NULL)
        *currentControl = now;
    return 0;
}

/* Which exceptions there were. */
static __inline__ unsigned int _statusfp(void)
{
    return ws2_float_words(fetestexcept(ws2_float_bits(_MCW_EM)));
}

/* Likewise, and they are forgotten. */
static __inline__ unsigned int _clearfp(void)
{
    unsigned int were = _statusfp();

    feclearexcept(ws2_float_bits(_MCW_EM));
    return were;
}

#endif
