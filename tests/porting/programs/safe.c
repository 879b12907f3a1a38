/* strsafe.h. */
#include <string.h>

#include "check.h"
#include <strsafe.h>

int main(void)
{
    char b[8], *end;
    WCHAR w[8];
    static const WCHAR abc[] = {'a', 'b', 'c', 0};
    size_t length, left;

    CHECK(StringCchCopyA(b, 8, "abcd") == S_OK && strcmp(b, "abcd") == 0);
    CHECK(StringCchCopyA(b, 4, "abcd") == STRSAFE_E_INSUFFICIENT_BUFFER && strcmp(b, "abc") == 0);
    CHECK(StringCchCopyA(b, 0, "abcd") == STRSAFE_E_INVALID_PARAMETER);
    CHECK(StringCchCatA(b, 8, "def") == S_OK && strcmp(b, "abcdef") == 0);
    CHECK(StringCchCatA(b, 8, "gh") == STRSAFE_E_INSUFFICIENT_BUFFER && strcmp(b, "abcdefg") == 0);
    CHECK(StringCchCopyNA(b, 8, "abcdef", 2) == S_OK && strcmp(b, "ab") == 0);
    CHECK(StringCchCatNA(b, 8, "cdef", 1) == S_OK && strcmp(b, "abc") == 0);
    CHECK(StringCchCopyExA(b, 8, "xy", &end, &left, 0) == S_OK && end == b + 2 && left == 6);
    CHECK(StringCchLengthA("abc", 8, &length) == S_OK && length == 3);
    CHECK(FAILED(StringCchLengthA("abc", 3, &length)));
    CHECK(StringCchPrintfA(b, 8, "%d", 1234567) == S_OK && strcmp(b, "1234567") == 0);
    CHECK(StringCchPrintfA(b, 7, "%d", 1234567) == STRSAFE_E_INSUFFICIENT_BUFFER && strcmp(b, "123456") == 0);
    CHECK(StringCbCopyA(b, sizeof(b), "q") == S_OK && StringCbPrintfA(b, sizeof(b), "%s!", "r") == S_OK);
    CHECK(strcmp(b, "r!") == 0);
    CHECK(StringCchCopyW(w, 8, abc) == S_OK && StringCchCatW(w, 8, abc) == S_OK && w[5] == 'c' && w[6] == 0);
    CHECK(StringCbLengthW(abc, sizeof(abc), &length) == S_OK && length == 6);
    CHECK(StringCbCopyW(w, 6, abc) == STRSAFE_E_INSUFFICIENT_BUFFER && w[1] == 'b' && w[2] == 0);
    return result();
}
