/* The machine, the user, the environment, texts in two widths. */
#include <stdlib.h>
#include <string.h>

#include "check.h"

int main(void)
{
    char b[256], small[2];
    WCHAR w[16];
    DWORD size = sizeof(b);
    OSVERSIONINFOA version;
    BOOL used = 5;

    CHECK(GetComputerNameA(b, &size) && size == strlen(b) && size > 0);
    size = 1;
    CHECK(!GetComputerNameA(small, &size) && GetLastError() == 111 && size > 1);
    size = sizeof(b);
    CHECK(GetUserNameA(b, &size) && size == strlen(b) + 1);
    CHECK(SetEnvironmentVariableA("WS2_NAMES", "a value") && GetEnvironmentVariableA("WS2_NAMES", b, sizeof(b)) == 7);
    CHECK(strcmp(b, "a value") == 0 && GetEnvironmentVariableA("WS2_NAMES", b, 3) == 8);
    CHECK(ExpandEnvironmentStringsA("<%WS2_NAMES%> 100%", b, sizeof(b)) == 15 && strcmp(b, "<a value> 100%") == 0);
    CHECK(SetEnvironmentVariableA("WS2_NAMES", NULL) && GetEnvironmentVariableA("WS2_NAMES", b, 3) == 0);
    CHECK(GetLastError() == 203);
    CHECK(strstr(GetCommandLineA(), "names") != NULL && GetCommandLineW()[0] != 0);
    CHECK(MultiByteToWideChar(CP_UTF8, 0, "a\xc3\xa4\xf0\x9f\x98\x80", -1, w, 16) == 5 && w[1] == 0xE4 && w[2] == 0xD83D);
    CHECK(MultiByteToWideChar(CP_UTF8, 0, "abc", 3, NULL, 0) == 3 && MultiByteToWideChar(CP_UTF8, 0, "abc", 3, w, 2) == 0);
    CHECK(GetLastError() == 122);
    CHECK(MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, "\xff", 1, w, 16) == 0 && GetLastError() == 1113);
    w[0] = 0xE4;
    w[1] = 0;
    CHECK(WideCharToMultiByte(CP_UTF8, 0, w, -1, b, sizeof(b), NULL, NULL) == 3 && strcmp(b, "\xc3\xa4") == 0);
    CHECK(WideCharToMultiByte(CP_UTF8, 0, w, -1, b, sizeof(b), NULL, &used) == 0 && GetLastError() == 87);
    version.dwOSVersionInfoSize = sizeof(version);
    CHECK(GetVersionExA(&version) && version.dwMajorVersion >= 6 && version.dwPlatformId == VER_PLATFORM_WIN32_NT);
    CHECK(SetErrorMode(SEM_FAILCRITICALERRORS) == 0 && SetErrorMode(0) == SEM_FAILCRITICALERRORS);
    CHECK(!IsDebuggerPresent());
    return result();
}
