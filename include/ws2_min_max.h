/* min and max of windows.h for C++: functions, so that std::min and members of such names stay what they are. They are
   less special than those of std, which a `using namespace std` prefers. Part of windows.h. */
#ifndef WS2_MIN_MAX_H
#define WS2_MIN_MAX_H

#ifdef __cplusplus
extern "C++" {
/* The type of a number that may be either. */
template <typename A, typename B> struct ws2_either { typedef __typeof__(true ? *(A *)0 : *(B *)0) type; };

#ifndef min
template <typename A, typename B> inline typename ws2_either<A, B>::type min(A a, B b)
{
    return a < b ? a : b;
}
#endif
#ifndef max
template <typename A, typename B> inline typename ws2_either<A, B>::type max(A a, B b)
{
    return a > b ? a : b;
}
#endif
}

#endif

#endif
