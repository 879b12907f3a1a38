/* The functions on texts that Windows' C run-time has: a line each. */
#include <stdlib.h>
#include <string.h>
#include <malloc.h>
#include <errno.h>

#include "check.h"

int main(void)
{
    char b[16], c[8], *context;
    int n = 0, m = 0;
    unsigned int random;
    unsigned __int64 wide = 0;
    void *memory;

    /* _snprintf: no end where there is no room for it. */
    CHECK(_snprintf(b, 4, "%s", "abcd") == 4 && memcmp(b, "abcd", 4) == 0);
    CHECK(_snprintf(b, 4, "%s", "abcde") == -1 && memcmp(b, "abcd", 4) == 0);
    CHECK(_snprintf(b, sizeof(b), "%d", 12) == 2 && strcmp(b, "12") == 0);
    CHECK(_scprintf("%d", 12345) == 5);
    CHECK(_snprintf_s(b, 4, _TRUNCATE, "%s", "abcdef") == -1 && strcmp(b, "abc") == 0);
    CHECK(_snprintf_s(b, 16, 2, "%s", "abcdef") == -1 && strcmp(b, "ab") == 0);
    CHECK(_snprintf_s(b, 16, 6, "%s", "abcdef") == 6 && strcmp(b, "abcdef") == 0);
    CHECK(sprintf_s(b, 5, "%s", "abcd") == 4 && strcmp(b, "abcd") == 0);

    CHECK(strcpy_s(b, 5, "abcd") == 0 && strcmp(b, "abcd") == 0);
    CHECK(strcat_s(b, 16, "ef") == 0 && strcmp(b, "abcdef") == 0);
    CHECK(strncpy_s(b, 4, "abcdef", 3) == 0 && strcmp(b, "abc") == 0);
    CHECK(strncpy_s(b, 4, "abcdef", _TRUNCATE) == STRUNCATE && strcmp(b, "abc") == 0);
    CHECK(strncat_s(b, sizeof(b), "defgh", 2) == 0 && strcmp(b, "abcde") == 0);
    CHECK(memcpy_s(b, sizeof(b), "xyz", 4) == 0 && strcmp(b, "xyz") == 0);
    CHECK(memmove_s(b + 1, sizeof(b) - 1, b, 4) == 0 && strcmp(b, "xxyz") == 0);

    CHECK(_stricmp("ABC", "abc") == 0 && _stricmp("a", "B") < 0 && _strnicmp("abX", "ABy", 2) == 0);
    CHECK(_memicmp("aB", "Ab", 2) == 0 && stricmp("Q", "q") == 0);
    strcpy(b, "MiXed");
    CHECK(strcmp(_strlwr(b), "mixed") == 0 && strcmp(_strupr(b), "MIXED") == 0 && strcmp(_strrev(b), "DEXIM") == 0);
    context = _strdup("copy");
    CHECK(context != NULL && strcmp(context, "copy") == 0);
    free(context);

    CHECK(strcmp(_itoa(-255, b, 10), "-255") == 0 && strcmp(_itoa(255, b, 16), "ff") == 0);
    CHECK(strcmp(_itoa(-1, b, 16), "ffffffff") == 0 && strcmp(_ltoa(7, b, 2), "111") == 0);
    CHECK(strcmp(_ui64toa(1099511627776ull, b, 10), "1099511627776") == 0);
    CHECK(strcmp(_i64toa(-5, b, 10), "-5") == 0);
    CHECK(_atoi64("-123456789012") == -123456789012ll && _strtoui64("ff", NULL, 16) == 255);
    CHECK(_strtoi64("-7x", &context, 10) == -7 && *context == 'x');

    strcpy(b, ",a,,b");
    CHECK(strcmp(strtok_s(b, ",", &context), "a") == 0 && strcmp(strtok_s(NULL, ",", &context), "b") == 0);
    CHECK(strtok_s(NULL, ",", &context) == NULL);

    CHECK(sscanf_s("12 hello x", "%d %s %c", &n, b, (unsigned)sizeof(b), c, 1u) == 3);
    CHECK(n == 12 && strcmp(b, "hello") == 0 && c[0] == 'x');
    CHECK(sscanf_s("toolongword 5", "%s %d", c, (unsigned)sizeof(c), &n) == 0 && c[0] == 0);
    CHECK(sscanf_s("1234567 5", "%s %d", c, (unsigned)sizeof(c), &n) == 2 && strcmp(c, "1234567") == 0 && n == 5);
    CHECK(sscanf_s("k=v;w", "%[^=]=%[^;]", c, 8u, b, 16u) == 2 && strcmp(c, "k") == 0 && strcmp(b, "v") == 0);
    CHECK(sscanf_s("18446744073709551615", "%I64u", &wide) == 1 && wide + 1 == 0);
    CHECK(sscanf_s("", "%d", &n) == -1 && sscanf_s("x", "%d", &n) == 0 && sscanf_s("7%8", "%d%%%d", &n, &m) == 2);
    CHECK(sscanf_s("abcdef", "%3s%2c", b, 16u, c, 8u) == 2 && strcmp(b, "abc") == 0 && c[1] == 'e');
    CHECK(sscanf_s("5 apples", "%*d %s", b, 16u) == 1 && strcmp(b, "apples") == 0);

    CHECK(strerror_s(b, sizeof(b), ENOENT) == 0 && b[0] != 0);
    CHECK(_putenv("WS2_PORTING=yes") == 0 && strcmp(getenv("WS2_PORTING"), "yes") == 0);
    CHECK(_rotl(0x80000001u, 1) == 3 && _rotr(3, 1) == 0x80000001u);
    memory = _aligned_malloc(100, 64);
    CHECK(memory != NULL && (UINT_PTR)memory % 64 == 0);
    _aligned_free(memory);
    CHECK(_countof(b) == 16);
    CHECK(wsprintfA(b, "%d-%s", 3, "x") == 3 && strcmp(b, "3-x") == 0);
    CHECK(lstrlenA("abc") == 3 && lstrcmpiA("AB", "ab") == 0 && lstrcmpA("a", "b") < 0);
    CHECK(lstrcpynA(b, "abcdef", 4) == b && strcmp(b, "abc") == 0 && lstrcatA(b, "d") == b && strcmp(b, "abcd") == 0);
#ifndef __MINGW32__
    /* What Windows' run-time ends the program for, unless it has a handler that returns. */
    CHECK(rand_s(&random) == 0 && rand_s(NULL) == EINVAL);
    CHECK(_snprintf(b, sizeof(b), "%I64u|%I64d|%-5I64x|", (unsigned __int64)5, (__int64)-7, (__int64)10) == 11);
    CHECK(strcmp(b, "5|-7|a    |") == 0);
    CHECK(sprintf_s(b, 4, "%s", "abcd") == -1 && b[0] == 0);
    CHECK(_snprintf_s(b, 4, 10, "%s", "abcdef") == -1 && b[0] == 0);
    CHECK(strcpy_s(b, 4, "abcd") == ERANGE && b[0] == 0);
    CHECK(strcpy_s(b, 5, "abcd") == 0 && strcat_s(b, 5, "e") == ERANGE && b[0] == 0);
    CHECK(strcpy_s(NULL, 5, "a") == EINVAL && strcpy_s(b, 5, NULL) == EINVAL && strcpy_s(b, 0, "a") == EINVAL);
    CHECK(memcpy_s(b, 2, "abc", 3) == ERANGE && b[0] == 0 && b[1] == 0);
    CHECK(memcpy_s(NULL, 2, "abc", 3) == EINVAL && memmove_s(b, 2, NULL, 1) == EINVAL);
    CHECK(_itoa_s(1000, b, 4, 10) == ERANGE && b[0] == 0 && _itoa_s(1, b, 4, 1) == EINVAL);
    CHECK(gets_s(b, sizeof(b)) == b && strcmp(b, "typed") == 0 && gets_s(b, sizeof(b)) == NULL && b[0] == 0);
    CHECK(scanf_s("%s", b, (unsigned)sizeof(b)) == 1 && strcmp(b, "next") == 0 && gets_s(b, sizeof(b)) == NULL);
    CHECK(sscanf_s(NULL, "%d", &n) == -1 && strtok_s(NULL, ",", NULL) == NULL && errno == EINVAL);
#else
    (void)random;
#endif
    return result();
}
