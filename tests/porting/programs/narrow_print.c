/* printf and its kin with what Windows' formats have beside C's: I64, I32 and I, %S, %C and %ws of WCHAR. What is printed to the
   standard output comes last, for whoever runs this. */
#define _CRT_SECURE_NO_WARNINGS
#include "check.h"
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static int by_list(char *to, const char *format, ...)
{
    va_list arguments;
    int length;

    va_start(arguments, format);
    length = vsprintf(to, format, arguments);
    va_end(arguments);
    return length;
}

static int to_output(const char *format, ...)
{
    va_list arguments;
    int length;

    va_start(arguments, format);
    length = vprintf(format, arguments);
    va_end(arguments);
    return length;
}

int main(void)
{
    static const WCHAR name[] = {'l', 'o', 0}, umlaut[] = {0xE4, 0xD83D, 0xDE00, 'x', 0};
    __int64 big = 123456789012345, read = 0;
    unsigned __int64 most = (unsigned __int64)-1, back = 0;
    char text[200];
    int small = 0;

    CHECK(sprintf(text, "%I64d|%I64u|%-4I32d|%I64x|%I64X", big, most, 7, most, most) == 15 + 1 + 20 + 1 + 4 + 1 + 16 + 1 + 16);
    CHECK(strcmp(text, "123456789012345|18446744073709551615|7   |ffffffffffffffff|FFFFFFFFFFFFFFFF") == 0);
    CHECK(sprintf(text, "%Iu %Id %Ix", (size_t)5000000000u, (ptrdiff_t)-5, (size_t)255) == 16);
    CHECK(strcmp(text, "5000000000 -5 ff") == 0);
    CHECK(sprintf(text, "[%S] [%ws] [%5S] [%-5S] [%.1S] [%C] %s", name, name, name, name, name, 'A', "narrow") == 40);
    CHECK(strcmp(text, "[lo] [lo] [   lo] [lo   ] [l] [A] narrow") == 0 || !"the text");
    CHECK(sprintf(text, "%hs %d%% %5.2f %e %p", "h", 50, 1.5, 2.0, (void *)0) > 20);
    CHECK(snprintf(text, 6, "%S%I64d", name, big) == 17 && strcmp(text, "lo123") == 0);
    CHECK(snprintf(NULL, 0, "%I64d", big) == 15);
    CHECK(by_list(text, "%I64d %S", big, name) == 18 && strcmp(text, "123456789012345 lo") == 0);
    CHECK(sscanf("123456789012345 18446744073709551615 9", "%I64d %I64u %I32d", &read, &back, &small) == 3);
    CHECK(read == big && back == most && small == 9);
    CHECK(sscanf("ff", "%I64x", &back) == 1 && back == 255);
#ifndef __MINGW32__
    /* Narrow texts are UTF-8 here. */
    CHECK(sprintf(text, "%S", umlaut) == 7 && strcmp(text, "\xC3\xA4\xF0\x9F\x98\x80x") == 0);
    CHECK(sprintf(text, "%.5S|", umlaut) == 3 && strcmp(text, "\xC3\xA4|") == 0);
#endif
    (void)umlaut;
    fflush(stdout);
    CHECK(fprintf(stderr, "%S %I64d\n", name, big) == 19);
    CHECK(printf("%s %I64d %S\n", "first", big, name) == 25);
    CHECK(to_output("%I64d %S\n", big, name) == 19);
    return result();
}
