/* Names of files in wide characters, converted from UTF-8 and given to the C run-time's functions, where wchar_t has 16 bits. */
#include "check.h"
#include <wchar.h>
#include <stdlib.h>
#include <direct.h>
#include <io.h>

int main(void)
{
    wchar_t name[MAX_PATH], other[MAX_PATH];
    char text[16] = "";
    struct _stat64 facts;
    FILE *file;

    CHECK(MultiByteToWideChar(CP_UTF8, 0, "gr\xC3\xB6\xC3\x9F" "e.txt", -1, name, MAX_PATH) == 10);
    CHECK(name[2] == 0xF6 && name[3] == 0xDF);
    file = _wfopen(name, L"wb");
    CHECK(file != NULL);
    if (file != NULL) {
        fputs("wide", file);
        fclose(file);
    }
    CHECK(_wstat64(name, &facts) == 0 && facts.st_size == 4);
    CHECK(wcscpy_s(other, MAX_PATH, L"dir") == 0 && _wmkdir(other) == 0);
    CHECK(wcscat_s(other, MAX_PATH, L"/x") == 0 && _wrename(name, other) == 0);
    CHECK(_waccess(name, 0) == -1 && _waccess(other, 0) == 0);
    CHECK(_wfopen_s(&file, other, L"rb") == 0);
    if (file != NULL) {
        CHECK(fgets(text, sizeof(text), file) != NULL && strcmp(text, "wide") == 0);
        fclose(file);
    }
    CHECK(_wunlink(other) == 0 && _wrmdir(L"dir") == 0);
    CHECK(_wcsicmp(L"ABC", L"abc") == 0 && _wcsnicmp(L"ABd", L"abc", 2) == 0 && _wcsicmp(L"a", L"b") < 0);
    CHECK(wcsncpy_s(other, 4, L"abcdef", _TRUNCATE) == STRUNCATE && other[2] == L'c' && other[3] == 0);
    return result();
}
