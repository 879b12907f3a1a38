/* The functions of C's <string.h> and <stdlib.h>, which come with windows.h on Windows; without the rest that those
   headers hold here, whose names (index, random) are the program's. Part of windows.h. */
#ifndef WS2_CRT_H
#define WS2_CRT_H
#pragma GCC system_header

#include <stddef.h>

#ifdef __THROW
# define WS2_NOTHROW __THROW
#else
# define WS2_NOTHROW
#endif

#ifndef EXIT_SUCCESS
# define EXIT_FAILURE 1
# define EXIT_SUCCESS 0
#endif

#ifdef __cplusplus
extern "C" {
#endif

extern void *memcpy(void *__restrict to, const void *__restrict from, size_t length) WS2_NOTHROW;
extern void *memmove(void *to, const void *from, size_t length) WS2_NOTHROW;
extern void *memset(void *to, int byte, size_t length) WS2_NOTHROW;
extern int memcmp(const void *a, const void *b, size_t length) WS2_NOTHROW;
extern char *strcpy(char *__restrict to, const char *__restrict from) WS2_NOTHROW;
extern char *strncpy(char *__restrict to, const char *__restrict from, size_t length) WS2_NOTHROW;
extern char *strcat(char *__restrict to, const char *__restrict from) WS2_NOTHROW;
extern char *strncat(char *__restrict to, const char *__restrict from, size_t length) WS2_NOTHROW;
extern int strcmp(const char *a, const char *b) WS2_NOTHROW;
extern int strncmp(const char *a, const char *b, size_t length) WS2_NOTHROW;
extern size_t strlen(const char *text) WS2_NOTHROW;
extern size_t strspn(const char *text, const char *set) WS2_NOTHROW;
extern size_t strcspn(const char *text, const char *set) WS2_NOTHROW;
extern char *strtok(char *__restrict text, const char *__restrict set) WS2_NOTHROW;
extern char *strerror(int number) WS2_NOTHROW;

/* In C++ these keep const, as libc's headers have it. */
#if defined __cplusplus && defined __GLIBC__
}
extern "C++" {
extern void *memchr(void *bytes, int byte, size_t length) WS2_NOTHROW __asm("memchr");
extern const void *memchr(const void *bytes, int byte, size_t length) WS2_NOTHROW __asm("memchr");
extern char *strchr(char *text, int letter) WS2_NOTHROW __asm("strchr");
extern const char *strchr(const char *text, int letter) WS2_NOTHROW __asm("strchr");
extern char *strrchr(char *text, int letter) WS2_NOTHROW __asm("strrchr");
extern const char *strrchr(const char *text, int letter) WS2_NOTHROW __asm("strrchr");
extern char *strpbrk(char *text, const char *set) WS2_NOTHROW __asm("strpbrk");
extern const char *strpbrk(const char *text, const char *set) WS2_NOTHROW __asm("strpbrk");
extern char *strstr(char *text, const char *part) WS2_NOTHROW __asm("strstr");
extern const char *strstr(const char *text, const char *part) WS2_NOTHROW __asm("strstr");
}
extern "C" {
#else
extern void *memchr(const void *bytes, int byte, size_t length) WS2_NOTHROW;
extern char *strchr(const char *text, int letter) WS2_NOTHROW;
extern char *strrchr(const char *text, int letter) WS2_NOTHROW;
extern char *strpbrk(const char *text, const char *set) WS2_NOTHROW;
extern char *strstr(const char *text, const char *part) WS2_NOTHROW;
#endif

extern void *malloc(size_t size) WS2_NOTHROW;
extern void *calloc(size_t count, size_t size) WS2_NOTHROW;
extern void *realloc(void *memory, size_t size) WS2_NOTHROW;
extern void free(void *memory) WS2_NOTHROW;
extern void exit(int status) WS2_NOTHROW __attribute__((__noreturn__));
extern void abort(void) WS2_NOTHROW __attribute__((__noreturn__));
extern int atexit(void (*function)(void)) WS2_NOTHROW;
extern int atoi(const char *text) WS2_NOTHROW;
extern long atol(const char *text) WS2_NOTHROW;
extern double atof(const char *text) WS2_NOTHROW;
extern long strtol(const char *__restrict text, char **__restrict end, int base) WS2_NOTHROW;
extern unsigned long strtoul(const char *__restrict text, char **__restrict end, int base) WS2_NOTHROW;
extern double strtod(const char *__restrict text, char **__restrict end) WS2_NOTHROW;
extern int rand(void) WS2_NOTHROW;
extern void srand(unsigned int seed) WS2_NOTHROW;
extern int abs(int number) WS2_NOTHROW;
extern long labs(long number) WS2_NOTHROW;
extern char *getenv(const char *name) WS2_NOTHROW;
extern int system(const char *command);
extern void qsort(void *array, size_t count, size_t size, int (*compare)(const void *, const void *));
extern void *bsearch(const void *key, const void *array, size_t count, size_t size,
                     int (*compare)(const void *, const void *));

#ifdef __cplusplus
}
#endif

#endif
