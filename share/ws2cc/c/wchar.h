/* libc's header, and what Windows has in it beside. Where wchar_t has 16 bits libc's functions for wide texts get other names, and
   those of ws2_crt_wshort.h have theirs. */
#pragma GCC system_header
#if __SIZEOF_WCHAR_T__ == 2 && !defined WS2CC_WIDE_HIDDEN
# define WS2CC_WIDE_HIDDEN
# define wcslen ws2_libc_wcslen
# define wcsnlen ws2_libc_wcsnlen
# define wmemcpy ws2_libc_wmemcpy
# define wmemmove ws2_libc_wmemmove
# define wmemset ws2_libc_wmemset
# define wmemcmp ws2_libc_wmemcmp
# define wmemchr ws2_libc_wmemchr
# define wcscpy ws2_libc_wcscpy
# define wcsncpy ws2_libc_wcsncpy
# define wcsncat ws2_libc_wcsncat
# define wcscat ws2_libc_wcscat
# define wcsncmp ws2_libc_wcsncmp
# define wcscmp ws2_libc_wcscmp
# define wcscoll ws2_libc_wcscoll
# define wcschr ws2_libc_wcschr
# define wcsrchr ws2_libc_wcsrchr
# define wcsspn ws2_libc_wcsspn
# define wcscspn ws2_libc_wcscspn
# define wcspbrk ws2_libc_wcspbrk
# define wcsstr ws2_libc_wcsstr
# define wcstok ws2_libc_wcstok
# define wcstol ws2_libc_wcstol
# define wcstoul ws2_libc_wcstoul
# define wcstoll ws2_libc_wcstoll
# define wcstoull ws2_libc_wcstoull
# define wcstod ws2_libc_wcstod
# define wcstof ws2_libc_wcstof
# define vswprintf ws2_libc_vswprintf
# define swprintf ws2_libc_swprintf
# define fputws ws2_libc_fputws
# define vfwprintf ws2_libc_vfwprintf
# define vwprintf ws2_libc_vwprintf
# define fwprintf ws2_libc_fwprintf
# define wprintf ws2_libc_wprintf
# define fgetws ws2_libc_fgetws
# include_next <wchar.h>
# undef wcslen
# undef wcsnlen
# undef wmemcpy
# undef wmemmove
# undef wmemset
# undef wmemcmp
# undef wmemchr
# undef wcscpy
# undef wcsncpy
# undef wcsncat
# undef wcscat
# undef wcsncmp
# undef wcscmp
# undef wcscoll
# undef wcschr
# undef wcsrchr
# undef wcsspn
# undef wcscspn
# undef wcspbrk
# undef wcsstr
# undef wcstok
# undef wcstol
# undef wcstoul
# undef wcstoll
# undef wcstoull
# undef wcstod
# undef wcstof
# undef vswprintf
# undef swprintf
# undef fputws
# undef vfwprintf
# undef vwprintf
# undef fwprintf
# undef wprintf
# undef fgetws
#else
# include_next <wchar.h>
#endif
#include <sys/stat.h>
#include <ws2_crt_wprint.h>
#if __SIZEOF_WCHAR_T__ == 2
# include <ws2_crt_wshort.h>
#endif
