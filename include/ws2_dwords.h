/* unsigned long * for DWORD * and u_long *: one type on Windows, whose long has 32 bits. The function gets the lower half of
   the number, and the upper half is 0 from then on; or a number of 32 bits on loan, and what it writes goes into the whole
   unsigned long, so that a failed call changes nothing. Part of ws2_32.h. */
#ifndef WS2_DWORDS_H
#define WS2_DWORDS_H

#include "ws2_base.h"

/* A check whether a function is there takes its address without saying of which overload: WS2_NO_OVERLOADS leaves them out. */
#if defined(__cplusplus) && !defined(WS2_NO_OVERLOADS) && !defined(WS2_OVERLOADS)
# define WS2_OVERLOADS
#endif

/* One of the two, or none. */
struct ws2_dwords {
    DWORD         *narrow;
    unsigned long *wide;
};

static __inline__ struct ws2_dwords ws2_dwords_narrow(DWORD *narrow)
{
    struct ws2_dwords both;

    both.narrow = narrow;
    both.wide = NULL;
    return both;
}

static __inline__ struct ws2_dwords ws2_dwords_wide(unsigned long *wide)
{
    struct ws2_dwords both;

    both.narrow = NULL;
    both.wide = wide;
    return both;
}

/* What the function gets. */
static __inline__ DWORD *ws2_dwords_lend(struct ws2_dwords both, DWORD *room)
{
    if (both.wide == NULL)
        return both.narrow;
    *room = (DWORD)*both.wide;
    return room;
}

/* What the caller gets; also failed calls may have written something, such as the length that is needed. */
static __inline__ void ws2_dwords_back(struct ws2_dwords both, DWORD room, int success)
{
    if (both.wide != NULL && (success || room != (DWORD)*both.wide))
        *both.wide = room;
}

#ifdef __cplusplus
extern "C++" {
inline struct ws2_dwords ws2_dwords_of(DWORD *narrow) { return ws2_dwords_narrow(narrow); }
inline struct ws2_dwords ws2_dwords_of(unsigned long *wide) { return ws2_dwords_wide(wide); }
/* NULL, in all its types. */
inline struct ws2_dwords ws2_dwords_of(int) { return ws2_dwords_narrow(NULL); }
inline struct ws2_dwords ws2_dwords_of(long) { return ws2_dwords_narrow(NULL); }
# if __cplusplus >= 201103L
inline struct ws2_dwords ws2_dwords_of(decltype(nullptr)) { return ws2_dwords_narrow(NULL); }
# endif

/* The result of a function, if one of its arguments is an unsigned long *. */
template <typename T> struct ws2_is_wide { static const bool value = false; };
template <> struct ws2_is_wide<unsigned long *> { static const bool value = true; };
template <bool yes, typename R> struct ws2_if { };
template <typename R> struct ws2_if<true, R> { typedef R result; };
template <typename R, typename A, typename B = void, typename C = void, typename D = void>
struct ws2_if_wide
    : ws2_if<ws2_is_wide<A>::value || ws2_is_wide<B>::value || ws2_is_wide<C>::value || ws2_is_wide<D>::value, R> { };
}
#else
typedef DWORD __attribute__((__may_alias__)) ws2_half_long;

/* The lower half of a number, whose upper one becomes 0. */
static __inline__ DWORD *ws2_lower_half(void *wide)
{
    ws2_half_long *halves = (ws2_half_long *)wide;

    if (halves == NULL)
        return NULL;
# if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    halves[0] = 0;
    return (DWORD *)(halves + 1);
# else
    halves[1] = 0;
    return (DWORD *)halves;
# endif
}

/* The pointer that the function gets; only the chosen half of this is evaluated. */
# define WS2_LOWER_HALF(pointer) \
    (__extension__ _Generic((pointer), unsigned long *: ws2_lower_half((void *)(pointer)), \
                            int: (DWORD *)(__UINTPTR_TYPE__)(pointer), long: (DWORD *)(__UINTPTR_TYPE__)(pointer), \
                            default: (pointer)))
# define WS2_DWORDS(pointer) \
    (__extension__ _Generic((pointer), unsigned long *: ws2_dwords_wide, default: ws2_dwords_narrow)(pointer))
/* What stands at the seventeenth place. */
# define WS2_PLACE(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, chosen, ...) chosen
/* Calls the function that takes so many arguments by its wide form. Another number of arguments comes of braces in one of them: then
   the function itself is called. */
# define WS2_TAKES_1(plain, wide, ...) \
    WS2_PLACE(__VA_ARGS__, plain, plain, plain, plain, plain, plain, plain, plain, plain, plain, plain, plain, plain, plain, plain, wide, 0)(__VA_ARGS__)
# define WS2_TAKES_2(plain, wide, ...) \
    WS2_PLACE(__VA_ARGS__, plain, plain, plain, plain, plain, plain, plain, plain, plain, plain, plain, plain, plain, plain, wide, plain, 0)(__VA_ARGS__)
# define WS2_TAKES_3(plain, wide, ...) \
    WS2_PLACE(__VA_ARGS__, plain, plain, plain, plain, plain, plain, plain, plain, plain, plain, plain, plain, plain, wide, plain, plain, 0)(__VA_ARGS__)
# define WS2_TAKES_4(plain, wide, ...) \
    WS2_PLACE(__VA_ARGS__, plain, plain, plain, plain, plain, plain, plain, plain, plain, plain, plain, plain, wide, plain, plain, plain, 0)(__VA_ARGS__)
# define WS2_TAKES_5(plain, wide, ...) \
    WS2_PLACE(__VA_ARGS__, plain, plain, plain, plain, plain, plain, plain, plain, plain, plain, plain, wide, plain, plain, plain, plain, 0)(__VA_ARGS__)
# define WS2_TAKES_6(plain, wide, ...) \
    WS2_PLACE(__VA_ARGS__, plain, plain, plain, plain, plain, plain, plain, plain, plain, plain, wide, plain, plain, plain, plain, plain, 0)(__VA_ARGS__)
# define WS2_TAKES_7(plain, wide, ...) \
    WS2_PLACE(__VA_ARGS__, plain, plain, plain, plain, plain, plain, plain, plain, plain, wide, plain, plain, plain, plain, plain, plain, 0)(__VA_ARGS__)
# define WS2_TAKES_8(plain, wide, ...) \
    WS2_PLACE(__VA_ARGS__, plain, plain, plain, plain, plain, plain, plain, plain, wide, plain, plain, plain, plain, plain, plain, plain, 0)(__VA_ARGS__)
# define WS2_TAKES_9(plain, wide, ...) \
    WS2_PLACE(__VA_ARGS__, plain, plain, plain, plain, plain, plain, plain, wide, plain, plain, plain, plain, plain, plain, plain, plain, 0)(__VA_ARGS__)
# define WS2_TAKES_10(plain, wide, ...) \
    WS2_PLACE(__VA_ARGS__, plain, plain, plain, plain, plain, plain, wide, plain, plain, plain, plain, plain, plain, plain, plain, plain, 0)(__VA_ARGS__)
# define WS2_TAKES_11(plain, wide, ...) \
    WS2_PLACE(__VA_ARGS__, plain, plain, plain, plain, plain, wide, plain, plain, plain, plain, plain, plain, plain, plain, plain, plain, 0)(__VA_ARGS__)
# define WS2_TAKES_12(plain, wide, ...) \
    WS2_PLACE(__VA_ARGS__, plain, plain, plain, plain, wide, plain, plain, plain, plain, plain, plain, plain, plain, plain, plain, plain, 0)(__VA_ARGS__)
# define WS2_TAKES_13(plain, wide, ...) \
    WS2_PLACE(__VA_ARGS__, plain, plain, plain, wide, plain, plain, plain, plain, plain, plain, plain, plain, plain, plain, plain, plain, 0)(__VA_ARGS__)
# define WS2_TAKES_14(plain, wide, ...) \
    WS2_PLACE(__VA_ARGS__, plain, plain, wide, plain, plain, plain, plain, plain, plain, plain, plain, plain, plain, plain, plain, plain, 0)(__VA_ARGS__)
# define WS2_TAKES_15(plain, wide, ...) \
    WS2_PLACE(__VA_ARGS__, plain, wide, plain, plain, plain, plain, plain, plain, plain, plain, plain, plain, plain, plain, plain, plain, 0)(__VA_ARGS__)
# define WS2_TAKES_16(plain, wide, ...) \
    WS2_PLACE(__VA_ARGS__, wide, plain, plain, plain, plain, plain, plain, plain, plain, plain, plain, plain, plain, plain, plain, plain, 0)(__VA_ARGS__)
#endif

#endif
