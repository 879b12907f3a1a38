/* C's functions for wide texts where wchar_t has 16 bits: built with -fshort-wchar, which is what Windows' compilers do. */
#include "check.h"
#include <wchar.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(void)
{
    wchar_t text[32], *end, *context = NULL;
    char narrow[32];
    FILE *file;

    CHECK(sizeof(wchar_t) == 2);
    CHECK(wcslen(L"abcd") == 4 && wcslen(L"") == 0 && wcsnlen(L"abcd", 2) == 2);
    CHECK(wcscmp(wcscpy(text, L"abc"), L"abc") == 0 && text[3] == 0);
    CHECK(wcscmp(wcscat(text, L"def"), L"abcdef") == 0 && wcscmp(wcsncat(text, L"ghi", 1), L"abcdefg") == 0);
    CHECK(wcsncpy(text, L"xy", 4) == text && text[2] == 0 && text[3] == 0 && text[4] == L'e');
    CHECK(wcscmp(L"a", L"b") < 0 && wcscmp(L"b", L"a") > 0 && wcscmp(L"ab", L"a") > 0 && wcsncmp(L"abc", L"abd", 2) == 0);
    CHECK(wcschr(L"abc", L'x') == NULL && wcscmp(wcschr(L"abcb", L'b'), L"bcb") == 0 && *wcschr(L"abc", 0) == 0);
    CHECK(wcscmp(wcsrchr(L"abcb", L'b'), L"b") == 0 && wcscmp(wcsstr(L"abcd", L"bc"), L"bcd") == 0 && wcsstr(L"ab", L"c") == NULL);
    CHECK(wcsspn(L"aab", L"a") == 2 && wcscspn(L"aab", L"b") == 2 && wcscmp(wcspbrk(L"abc", L"cb"), L"bc") == 0);
    wcscpy(text, L",one,,two");
    CHECK(wcscmp(wcstok_s(text, L",", &context), L"one") == 0 && wcscmp(wcstok_s(NULL, L",", &context), L"two") == 0);
    CHECK(wcstok_s(NULL, L",", &context) == NULL);
    CHECK(wmemcmp(wmemset(text, L'z', 3), L"zzz", 3) == 0 && wmemchr(L"ab", L'b', 2) != NULL && wmemcpy(text, L"q", 2) == text);
    CHECK(wcstol(L" -12x", &end, 10) == -12 && *end == L'x' && wcstoul(L"ff", NULL, 16) == 255 && wcstod(L"2.5", NULL) == 2.5);
    CHECK(swprintf_s(text, 32, L"%s %d", L"a", 5) == 3 && wcscmp(text, L"a 5") == 0);
    CHECK(mbstowcs(text, "gr\xC3\xB6", 32) == 3 || text[2] != 0xF6);
    CHECK(wcstombs(narrow, L"abc", sizeof(narrow)) == 3 && strcmp(narrow, "abc") == 0);

    /* Streams hold UTF-8 here. */
    file = _wfopen(L"short.txt", L"w+b");
    CHECK(file != NULL);
    if (file != NULL) {
        CHECK(fputws(L"one\n", file) >= 0 && fwprintf(file, L"%s %d\n", L"two", 2) == 6);
        rewind(file);
        CHECK(fgetws(text, 32, file) == text && wcscmp(text, L"one\n") == 0);
        CHECK(fgetws(text, 4, file) == text && wcscmp(text, L"two") == 0);
        CHECK(fgetws(text, 32, file) == text && wcscmp(text, L" 2\n") == 0 && fgetws(text, 32, file) == NULL);
        fclose(file);
        CHECK(_wunlink(L"short.txt") == 0);
    }
    return result();
}
