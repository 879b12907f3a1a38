/* What the parts of the C run-time share: error numbers, and libc's functions under names of our own, so that no header of
   libc is needed for them. A function whose arguments are wrong returns the error's number and empties the text that it was
   to write, as Windows documents it for programs that have set an invalid parameter handler that returns; no handler is
   called here. */
#ifndef WS2_CRT_BASE_H
#define WS2_CRT_BASE_H
#pragma GCC system_header

#include <stddef.h>
#include <stdint.h>
#include <errno.h>
#include "ws2_ssize.h"

#ifndef _ERRNO_T_DEFINED
# define _ERRNO_T_DEFINED
typedef int errno_t;
#endif
#ifndef _RSIZE_T_DEFINED
# define _RSIZE_T_DEFINED
typedef size_t rsize_t;
#endif
#ifndef _TRUNCATE
# define _TRUNCATE ((size_t)-1)
#endif
#ifndef STRUNCATE
# define STRUNCATE 80
#endif
#ifndef _countof
# define _countof(array) (sizeof(array) / sizeof((array)[0]))
#endif

#define WS2_LIBC(name) __asm__(WS2_LIBC_TEXT(__USER_LABEL_PREFIX__) #name)
#define WS2_LIBC_TEXT(prefix) WS2_LIBC_TEXT_(prefix)
#define WS2_LIBC_TEXT_(prefix) #prefix

#ifdef __cplusplus
extern "C" {
#endif
extern size_t ws2_libc_strlen(const char *text) WS2_LIBC(strlen);
extern size_t ws2_libc_strnlen(const char *text, size_t most) WS2_LIBC(strnlen);
extern void *ws2_libc_memcpy(void *to, const void *from, size_t length) WS2_LIBC(memcpy);
extern void *ws2_libc_memmove(void *to, const void *from, size_t length) WS2_LIBC(memmove);
extern void *ws2_libc_memset(void *to, int byte, size_t length) WS2_LIBC(memset);
extern char *ws2_libc_strchr(const char *text, int letter) WS2_LIBC(strchr);
extern char *ws2_libc_strstr(const char *text, const char *part) WS2_LIBC(strstr);
extern char *ws2_libc_strdup(const char *text) WS2_LIBC(strdup);
extern size_t ws2_libc_strspn(const char *text, const char *set) WS2_LIBC(strspn);
extern size_t ws2_libc_strcspn(const char *text, const char *set) WS2_LIBC(strcspn);
extern char *ws2_libc_strerror(int number) WS2_LIBC(strerror);
extern void *ws2_libc_malloc(size_t size) WS2_LIBC(malloc);
extern void ws2_libc_free(void *memory) WS2_LIBC(free);
extern int ws2_libc_vsnprintf(char *to, size_t size, const char *format, __builtin_va_list arguments) WS2_LIBC(vsnprintf);
#ifdef __cplusplus
}
#endif

#endif
