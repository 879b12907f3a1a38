/* Printing to wide texts: wchar_t by the C run-time, WCHAR by wsprintfW and <strsafe.h>. Formats are Windows': %s is wide, %hs narrow. */
#define STRSAFE_NO_DEPRECATE
#include "check.h"
#include <wchar.h>
#include <stdio.h>
#include <stdarg.h>
#include <strsafe.h>

static WCHAR *wide(const char *text)
{
    static WCHAR rooms[8][64];
    static int next;
    WCHAR *room = rooms[next++ % 8];

    MultiByteToWideChar(CP_UTF8, 0, text, -1, room, 64);
    return room;
}

static int is(const WCHAR *text, const char *wanted)
{
    char narrow[256];

    return WideCharToMultiByte(CP_UTF8, 0, text, -1, narrow, sizeof(narrow), NULL, NULL) > 0 && strcmp(narrow, wanted) == 0;
}

/* The same for wchar_t, of ASCII. */
static int same(const wchar_t *text, const char *wanted)
{
    for (; *text != 0 || *wanted != 0; text++, wanted++)
        if (*text != (wchar_t)(unsigned char)*wanted)
            return 0;
    return 1;
}

static int by_list(wchar_t *to, size_t size, const wchar_t *format, ...)
{
    va_list arguments;
    int length;

    va_start(arguments, format);
    length = _vsnwprintf(to, size, format, arguments);
    va_end(arguments);
    return length;
}

int main(void)
{
    wchar_t text[64];
    WCHAR out[64];
    WCHAR *end;
    size_t left;

    /* What each conversion makes. */
    CHECK(_snwprintf(text, 64, L"%d|%5d|%-5d|%05u|%x|%X|%o", -3, 42, 42, 42u, 255u, 255u, 8u) == 29);
    CHECK(same(text, "-3|   42|42   |00042|ff|FF|10"));
    CHECK(_snwprintf(text, 64, L"%I64d %lld %hd %I32d", -5000000000LL, 5000000000LL, 70000, 7) == 29);
    CHECK(same(text, "-5000000000 5000000000 4464 7"));
    CHECK(_snwprintf(text, 64, L"%.2f %8.3f %g %*d %.*f", 1.005, 3.25, 0.5, 4, 9, 1, 2.55) == 26);
    CHECK(_snwprintf(text, 64, L"%s %ls %hs %c%hc %8.2s|%-4s|%%", L"w", L"l", "narrow", L'a', 'b', L"cut", L"x") == 29);
    CHECK(same(text, "w l narrow ab       cu|x   |%"));
    CHECK(_snwprintf(text, 64, L"%S %.3hs", "n", "abcdef") == 5 && same(text, "n abc"));

    /* The end of the room. */
    text[3] = L'#';
    CHECK(_snwprintf(text, 3, L"%s", L"abc") == 3 && text[2] == L'c' && text[3] == L'#');
    CHECK(_snwprintf(text, 3, L"%s", L"abcd") < 0 && text[2] == L'c' && text[3] == L'#');
    CHECK(by_list(text, 64, L"%d", 12) == 2 && same(text, "12"));
    CHECK(_scwprintf(L"%s!", L"abc") == 4);
    CHECK(swprintf_s(text, 64, L"%d-%s", 7, L"x") == 3 && same(text, "7-x"));
    CHECK(_snwprintf_s(text, 4, _TRUNCATE, L"%s", L"abcdef") == -1 && same(text, "abc"));
    CHECK(_snwprintf_s(text, 64, 2, L"%s", L"abcdef") == -1 && same(text, "ab"));
    CHECK(_snwprintf_s(text, 64, 6, L"%s", L"abcdef") == 6 && same(text, "abcdef"));

    /* 16-bit characters, beyond ASCII too. */
    CHECK(wsprintfW(out, wide("%s=%d (%S)"), wide("gr\xC3\xB6\xC3\x9F" "e"), 5, "n") == 11 && is(out, "gr\xC3\xB6\xC3\x9F" "e=5 (n)"));
    CHECK(StringCchPrintfW(out, 64, wide("%s-%u"), wide("\xF0\x9F\x98\x80"), 9u) == S_OK && is(out, "\xF0\x9F\x98\x80-9"));
    CHECK(out[0] == 0xD83D && out[1] == 0xDE00);
    CHECK(StringCchPrintfW(out, 7, wide("%d"), 1234567) == STRSAFE_E_INSUFFICIENT_BUFFER && is(out, "123456"));
    CHECK(StringCchPrintfW(out, 8, wide("%d"), 1234567) == S_OK && is(out, "1234567"));
    CHECK(StringCchPrintfW(out, 0, wide("x")) == STRSAFE_E_INVALID_PARAMETER);
    CHECK(StringCbPrintfW(out, 4 * sizeof(WCHAR), wide("%s"), wide("abcd")) == STRSAFE_E_INSUFFICIENT_BUFFER && is(out, "abc"));
    CHECK(StringCchPrintfExW(out, 10, &end, &left, 0, wide("%s"), wide("abc")) == S_OK && end == out + 3 && left == 7);
    return result();
}
