/* The floating-point unit: rounding, what was inexact, which exceptions are told, and control words that cannot be. */
#include "check.h"
#include <errno.h>
#include <float.h>
#ifndef _SW_INEXACT /* Some compilers have a float.h of their own. */
# define _SW_INEXACT    1
# define _SW_OVERFLOW   4
# define _SW_ZERODIVIDE 8
# define _SW_INVALID    16
#endif

static volatile double one = 1, three = 3, none = 0, huge = 1e300;

/* A third, rounded as the unit rounds now. */
static double third(void)
{
    return one / three;
}

int main(void)
{
    unsigned int before = _controlfp(0, 0), now = 0;
    double down, up, near_it;

    CHECK((before & _MCW_RC) == _RC_NEAR && (before & _MCW_EM & ~_EM_DENORMAL) == (_MCW_EM & ~_EM_DENORMAL));
#ifndef __MINGW32__
    CHECK(before == _CW_DEFAULT);
#endif
    near_it = third();
    CHECK((_controlfp(_RC_DOWN, _MCW_RC) & _MCW_RC) == _RC_DOWN);
    down = third();
    CHECK((_controlfp(_RC_UP, _MCW_RC) & _MCW_RC) == _RC_UP);
    up = third();
    CHECK(down < up && (near_it == down || near_it == up));
    CHECK((_controlfp(_RC_CHOP, _MCW_RC) & _MCW_RC) == _RC_CHOP && third() == down && -one / three == -down);
    /* The bits outside of the mask stay. */
    CHECK((_controlfp(_RC_NEAR, 0) & _MCW_RC) == _RC_CHOP);
    CHECK((_controlfp(_RC_NEAR, 0x200) & _MCW_RC) == _RC_DOWN);
    CHECK(_controlfp_s(&now, _RC_NEAR, _MCW_RC) == 0 && now == before && third() == near_it);

    _clearfp();
    CHECK((_statusfp() & (_SW_INEXACT | _SW_ZERODIVIDE | _SW_OVERFLOW | _SW_INVALID)) == 0);
    one = one / three;
    CHECK(_statusfp() & _SW_INEXACT);
    one = 1 / none;
    CHECK(_statusfp() & _SW_ZERODIVIDE);
    huge *= huge;
    CHECK((_clearfp() & (_SW_INEXACT | _SW_ZERODIVIDE | _SW_OVERFLOW)) == (_SW_INEXACT | _SW_ZERODIVIDE | _SW_OVERFLOW));
    CHECK((_statusfp() & (_SW_INEXACT | _SW_ZERODIVIDE | _SW_OVERFLOW)) == 0);

    /* Which exceptions are told; none happens here. */
    now = _controlfp(0, _EM_ZERODIVIDE);
#if defined(__x86_64__)
    CHECK((now & _EM_ZERODIVIDE) == 0 && (now & _EM_INVALID) != 0);
#endif
    CHECK(_controlfp(_MCW_EM, _MCW_EM) == before);
    CHECK(_controlfp_s(&now, _CW_DEFAULT, 0xFFFFF) == 0);
#ifndef __MINGW32__
    CHECK(now == before);
    errno = 0;
    now = 0;
    CHECK(_controlfp_s(&now, 0x20, 0x20) == EINVAL && errno == EINVAL && now == before);
    CHECK(_controlfp_s(NULL, 0x20, 0x20) == EINVAL);
#endif
    return result();
}
