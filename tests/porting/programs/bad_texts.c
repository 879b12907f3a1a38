/* Rooms that are too small for a text, texts that are none, names that nothing has: what is told, and what is written or not. */
#include "bad.h"
#include <stdlib.h>

#ifndef ERROR_NO_WORK_DONE
# define ERROR_NO_WORK_DONE 235
#endif

/* A function that tells a text: the number of characters without the end. */
typedef DWORD (*TELLS)(void *to, DWORD size);

static DWORD directory_a(void *to, DWORD size) { return GetCurrentDirectoryA(size, (char *)to); }
static DWORD directory_w(void *to, DWORD size) { return GetCurrentDirectoryW(size, (WCHAR *)to); }
static DWORD temporary_a(void *to, DWORD size) { return GetTempPathA(size, (char *)to); }
static DWORD temporary_w(void *to, DWORD size) { return GetTempPathW(size, (WCHAR *)to); }
static DWORD variable_a(void *to, DWORD size) { return GetEnvironmentVariableA("BAD_TEXT", (char *)to, size); }
static DWORD variable_w(void *to, DWORD size) { return GetEnvironmentVariableW(wide("BAD_TEXT"), (WCHAR *)to, size); }
static DWORD full_a(void *to, DWORD size) { return GetFullPathNameA("x", size, (char *)to, NULL); }
static DWORD full_w(void *to, DWORD size) { return GetFullPathNameW(wide("x"), size, (WCHAR *)to, NULL); }

/* Those that tell the room that is needed, and write nothing where it is not there. */
static const struct {
    const char *name;
    TELLS tells;
    size_t unit;
} LONGER[] = {
    { "GetCurrentDirectoryA", directory_a, 1 }, { "GetCurrentDirectoryW", directory_w, sizeof(WCHAR) },
    { "GetTempPathA", temporary_a, 1 },         { "GetTempPathW", temporary_w, sizeof(WCHAR) },
    { "GetEnvironmentVariableA", variable_a, 1 }, { "GetEnvironmentVariableW", variable_w, sizeof(WCHAR) },
    { "GetFullPathNameA", full_a, 1 },          { "GetFullPathNameW", full_w, sizeof(WCHAR) },
};

static void rooms(void)
{
    size_t at;
    GUARDED text;

    CHECK(SetEnvironmentVariableA("BAD_TEXT", "a value"));
    for (at = 0; at < sizeof LONGER / sizeof LONGER[0]; at++) {
        DWORD whole = LONGER[at].tells(NULL, 0), size;
        int before = bad;

        for (size = 0; size < whole; size++) {
            fill(&text);
            CHECK(LONGER[at].tells(&text, size) == whole && kept(&text, size * LONGER[at].unit));
        }
        fill(&text);
        CHECK(LONGER[at].tells(&text, whole) == whole - 1 && kept(&text, whole * LONGER[at].unit));
        if (bad != before)
            printf("  of %s\n", LONGER[at].name);
    }
}

/* Those that cut. */
static void cut(void)
{
    GUARDED text;
    DWORD size, whole;

    fill(&text);
    whole = GetModuleFileNameA(NULL, (char *)&text, sizeof text.room);
    CHECK(whole > 4);
    for (size = 1; size <= whole; size++) {
        fill(&text);
        FAILS(GetModuleFileNameA(NULL, (char *)&text, size), size, ERROR_INSUFFICIENT_BUFFER);
        CHECK(text.room[size - 1] == 0 && kept(&text, size));
        fill(&text);
        FAILS(GetModuleFileNameW(NULL, (WCHAR *)&text, size), size, ERROR_INSUFFICIENT_BUFFER);
        CHECK(((WCHAR *)&text)[size - 1] == 0 && kept(&text, size * sizeof(WCHAR)));
    }
    fill(&text);
    CHECK(GetModuleFileNameA(NULL, (char *)&text, 0) == 0 && GetModuleFileNameW(NULL, (WCHAR *)&text, 0) == 0 && kept(&text, 0));

    CHECK(ExpandEnvironmentStringsA("<%BAD_TEXT%>", NULL, 0) >= 10);
    fill(&text);
    CHECK(ExpandEnvironmentStringsA("<%BAD_TEXT%>", (char *)&text, 4) >= 10 && kept(&text, 4));
    fill(&text);
    CHECK(ExpandEnvironmentStringsW(wide("<%BAD_TEXT%>"), (WCHAR *)&text, 4) >= 10 && kept(&text, 4 * sizeof(WCHAR)));
    fill(&text);
    FAILS(ExpandEnvironmentStringsA(NULL, (char *)&text, 4), 1, UNTOUCHED);
    CHECK(text.room[0] == 0 && kept(&text, 1));
    FAILS(ExpandEnvironmentStringsA(NULL, NULL, 0), 1, UNTOUCHED);
    FAILS(ExpandEnvironmentStringsW(NULL, (WCHAR *)&text, 4), 0, ERROR_INVALID_PARAMETER);

    size = 1;
    fill(&text);
    FAILS(GetComputerNameA((char *)&text, &size), FALSE, ERROR_BUFFER_OVERFLOW);
    CHECK(size > 1);
    size = 1;
    FAILS(GetComputerNameW((WCHAR *)&text, &size), FALSE, ERROR_BUFFER_OVERFLOW);
    size = 1;
    FAILS(GetUserNameA((char *)&text, &size), FALSE, ERROR_INSUFFICIENT_BUFFER);
    CHECK(size > 1);
    size = 1;
    FAILS(GetUserNameW((WCHAR *)&text, &size), FALSE, ERROR_INSUFFICIENT_BUFFER);
    CHECK(size > 1 && kept(&text, 0));
}

static void names(void)
{
    GUARDED text;
    HMODULE module = (HMODULE)1;

    fill(&text);
    FAILS(GetEnvironmentVariableA("NO SUCH", (char *)&text, 10), 0, ERROR_ENVVAR_NOT_FOUND);
    FAILS(GetEnvironmentVariableW(wide("NO SUCH"), (WCHAR *)&text, 10), 0, ERROR_ENVVAR_NOT_FOUND);
    FAILS(SetEnvironmentVariableA("NO SUCH", NULL), FALSE, ERROR_ENVVAR_NOT_FOUND);
    FAILS(SetEnvironmentVariableA("", "v"), FALSE, ERROR_INVALID_PARAMETER);
    FAILS(SetEnvironmentVariableA("a=b", "v"), FALSE, ERROR_INVALID_PARAMETER);
    FAILS(SetEnvironmentVariableW(wide("a=b"), wide("v")), FALSE, ERROR_INVALID_PARAMETER);
    FAILS(SetEnvironmentVariableW(NULL, wide("v")), FALSE, ERROR_INVALID_PARAMETER);
    FAILS(GetFullPathNameA("", sizeof text.room, (char *)&text, NULL), 0, ERROR_PATH_NOT_FOUND);
    CHECK(kept(&text, 0));

    FAILS(LoadLibraryExA("no such library.dll", NULL, 0), NULL, ERROR_MOD_NOT_FOUND);
    FAILS(LoadLibraryExW(wide("no such library.dll"), NULL, 0), NULL, ERROR_MOD_NOT_FOUND);
    FAILS(LoadLibraryExA(NULL, NULL, 0), NULL, ERROR_INVALID_PARAMETER);
    FAILS(LoadLibraryExA("ws2_32.dll", (HANDLE)4, 0), NULL, ERROR_INVALID_PARAMETER);
    FAILS(LoadLibraryExW(wide("ws2_32.dll"), (HANDLE)4, 0), NULL, ERROR_INVALID_PARAMETER);
    FAILS(LoadLibraryExW(wide("ws2_32.dll"), NULL, 0x80000000u), NULL, ERROR_INVALID_PARAMETER);
    FAILS(GetModuleHandleW(wide("no such library.dll")), NULL, ERROR_MOD_NOT_FOUND);
    FAILS(GetModuleHandleExA(0, "no such library.dll", &module), FALSE, ERROR_MOD_NOT_FOUND);
    CHECK(module == NULL);
    FAILS(GetModuleHandleExA(0, "kernel32.dll", NULL), FALSE, ERROR_INVALID_PARAMETER);
    FAILS(GetModuleHandleExA(0x100, "kernel32.dll", &module), FALSE, ERROR_INVALID_PARAMETER);
    FAILS(GetModuleHandleExA(3, "kernel32.dll", &module), FALSE, ERROR_INVALID_PARAMETER);
    FAILS(GetProcAddress(GetModuleHandleA("kernel32.dll"), "NoSuchFunction"), NULL, ERROR_PROC_NOT_FOUND);
    FAILS(GetStdHandle(5), INVALID_HANDLE_VALUE, ERROR_INVALID_HANDLE);
    FAILS(SetStdHandle(5, NULL), FALSE, ERROR_INVALID_HANDLE);
}

#ifdef __GLIBC__
/* A library of Linux that is given back too often. */
static void libraries(void)
{
    HMODULE found, library = LoadLibraryA("libm.so.6");

    CHECK(library != NULL && LoadLibraryA("libm.so.6") == library && GetProcAddress(library, "cos") != NULL);
    CHECK(FreeLibrary(library) && GetProcAddress(library, "cos") != NULL && FreeLibrary(library));
    FAILS(FreeLibrary(library), FALSE, ERROR_MOD_NOT_FOUND);
    FAILS(GetProcAddress(library, "cos"), NULL, ERROR_MOD_NOT_FOUND);
    found = GetModuleHandleA("libc.so.6");
    CHECK(found != NULL && GetModuleHandleA("libc.so.6") == found && GetProcAddress(found, "getpid") != NULL);
}
#endif

/* Flags that CP_UTF8 does not take; what else is wrong is told before. */
static void flags(void)
{
    static const DWORD both[] = { 1, 2, 4, 0x40, 0x100, 0x200, 0x400, 0x80000000u }, known[] = { 0, MB_ERR_INVALID_CHARS, 0, WC_ERR_INVALID_CHARS };
    GUARDED text;
    size_t at;

    fill(&text);
    for (at = 0; at < sizeof both / sizeof both[0]; at++) {
        FAILS(MultiByteToWideChar(CP_UTF8, both[at], "x", -1, (WCHAR *)&text, 30), 0, ERROR_INVALID_FLAGS);
        FAILS(MultiByteToWideChar(CP_UTF8, both[at] | MB_ERR_INVALID_CHARS, "\xFF", -1, NULL, 0), 0, ERROR_INVALID_FLAGS);
        FAILS(MultiByteToWideChar(CP_UTF8, both[at], NULL, -1, (WCHAR *)&text, 30), 0, ERROR_INVALID_PARAMETER);
        FAILS(WideCharToMultiByte(CP_UTF8, both[at], wide("x"), -1, (char *)&text, 30, NULL, NULL), 0, ERROR_INVALID_FLAGS);
        FAILS(WideCharToMultiByte(CP_UTF8, both[at] | WC_ERR_INVALID_CHARS, wide("x"), -1, NULL, 0, NULL, NULL), 0, ERROR_INVALID_FLAGS);
        FAILS(WideCharToMultiByte(CP_UTF8, both[at], wide("x"), -1, (char *)&text, 30, "?", NULL), 0, ERROR_INVALID_PARAMETER);
    }
    CHECK(kept(&text, 0));
    FAILS(MultiByteToWideChar(CP_UTF8, WC_ERR_INVALID_CHARS, "x", -1, (WCHAR *)&text, 30), 0, ERROR_INVALID_FLAGS);
    FAILS(WideCharToMultiByte(CP_UTF8, MB_ERR_INVALID_CHARS, wide("x"), -1, (char *)&text, 30, NULL, NULL), 0, ERROR_INVALID_FLAGS);
    for (at = 0; at < 2; at++) {
        CHECK(MultiByteToWideChar(CP_UTF8, known[at], "x", -1, (WCHAR *)&text, 30) == 2);
        CHECK(WideCharToMultiByte(CP_UTF8, known[at + 2], wide("x"), -1, (char *)&text, 30, NULL, NULL) == 2);
    }
    CHECK(MultiByteToWideChar(CP_ACP, MB_PRECOMPOSED, "x", -1, (WCHAR *)&text, 30) == 2);
    CHECK(WideCharToMultiByte(CP_ACP, WC_NO_BEST_FIT_CHARS, wide("x"), -1, (char *)&text, 30, NULL, NULL) == 2);
}

/* Messages that are empty, or have no place to go; and those of results. */
static void messages(void)
{
    static const struct {
        DWORD result, code;
    } results[] = {
        { 0x80070005u, ERROR_ACCESS_DENIED },
        { 0x80070006u, ERROR_INVALID_HANDLE },
        { 0x80070057u, ERROR_INVALID_PARAMETER },
        { 0x80072749u, WSAENOTCONN },
    };
    static const DWORD others[] = { 0x80004001u, 0x80004002u, 0x80004003u, 0x80004004u, 0x80004005u, 0x8000FFFFu };
    const DWORD string = FORMAT_MESSAGE_FROM_STRING, own = string | FORMAT_MESSAGE_ALLOCATE_BUFFER;
    const DWORD from_system = FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS;
    char one[512], two[512], *made;
    WCHAR *wide_made;
    GUARDED text;
    size_t at;

    made = one, wide_made = (WCHAR *)(void *)two;
    FAILS(FormatMessageA(own, "", 0, 0, (char *)&made, 0, NULL), 0, ERROR_NO_WORK_DONE);
    FAILS(FormatMessageW(own, wide(""), 0, 0, (WCHAR *)&wide_made, 50, NULL), 0, ERROR_NO_WORK_DONE);
    CHECK(made == NULL && wide_made == NULL);
    fill(&text);
    FAILS(FormatMessageA(string, "%0x", 0, 0, (char *)&text, 50, NULL), 0, ERROR_NO_WORK_DONE);
    CHECK(kept(&text, 0));
    FAILS(FormatMessageW(string, wide(""), 0, 0, (WCHAR *)&text, 50, NULL), 0, ERROR_NO_WORK_DONE);
    CHECK(((WCHAR *)&text)[0] == 0 && kept(&text, sizeof(WCHAR)));

    for (at = 0; at < 2; at++) {
        FAILS(FormatMessageA(string, "test", 0, 0, NULL, (DWORD)at, NULL), 0, ERROR_INSUFFICIENT_BUFFER);
        FAILS(FormatMessageA(from_system, NULL, 5, 0, NULL, (DWORD)at, NULL), 0, ERROR_INSUFFICIENT_BUFFER);
        FAILS(FormatMessageW(string, wide("test"), 0, 0, NULL, (DWORD)at, NULL), 0, ERROR_INVALID_PARAMETER);
    }
    for (at = 0; at < 6; at++) {
        FAILS(FormatMessageA(own, "test", 0, 0, NULL, (DWORD)at, NULL), 0, ERROR_NOT_ENOUGH_MEMORY);
        FAILS(FormatMessageW(own, wide("test"), 0, 0, NULL, (DWORD)at, NULL), 0, ERROR_INVALID_PARAMETER);
    }

    for (at = 0; at < sizeof results / sizeof results[0]; at++) {
        CHECK(FormatMessageA(from_system, NULL, results[at].result, 0, one, sizeof one, NULL) > 0);
        CHECK(FormatMessageA(from_system, NULL, results[at].code, 0, two, sizeof two, NULL) > 0);
        CHECK(strcmp(one, two) == 0);
    }
    for (at = 0; at < sizeof others / sizeof others[0]; at++)
        CHECK(FormatMessageA(from_system, NULL, others[at], 0, one, sizeof one, NULL) > 0);
    FAILS(FormatMessageA(from_system, NULL, 0x8007FFFFu, 0, one, sizeof one, NULL), 0, ERROR_MR_MID_NOT_FOUND);
}

static void conversions(void)
{
    static const WCHAR alone[] = { 0xD800, 'x', 0 };
    GUARDED text;
    BOOL used = 7;

    fill(&text);
    FAILS(WideCharToMultiByte(CP_UTF8, 0, wide("texts"), -1, (char *)&text, 3, NULL, NULL), 0, ERROR_INSUFFICIENT_BUFFER);
    CHECK(kept(&text, 3));
    fill(&text);
    FAILS(WideCharToMultiByte(CP_UTF8, 0, wide("texts"), 0, (char *)&text, 30, NULL, NULL), 0, ERROR_INVALID_PARAMETER);
    FAILS(WideCharToMultiByte(CP_UTF8, 0, wide("texts"), -1, (char *)&text, -1, NULL, NULL), 0, ERROR_INVALID_PARAMETER);
    FAILS(WideCharToMultiByte(CP_UTF8, 0, NULL, -1, (char *)&text, 30, NULL, NULL), 0, ERROR_INVALID_PARAMETER);
    FAILS(WideCharToMultiByte(CP_UTF8, 0, wide("texts"), -1, NULL, 30, NULL, NULL), 0, ERROR_INVALID_PARAMETER);
    FAILS(MultiByteToWideChar(CP_UTF8, 0, "texts", -1, NULL, 30), 0, ERROR_INVALID_PARAMETER);
    FAILS(MultiByteToWideChar(CP_UTF8, 0, "texts", -1, (WCHAR *)&text, -1), 0, ERROR_INVALID_PARAMETER);
    FAILS(MultiByteToWideChar(CP_UTF8, 0, (char *)&text, -1, (WCHAR *)&text, 30), 0, ERROR_INVALID_PARAMETER);
    FAILS(WideCharToMultiByte(CP_UTF8, 0, (WCHAR *)&text, -1, (char *)&text, 30, NULL, NULL), 0, ERROR_INVALID_PARAMETER);
    FAILS(WideCharToMultiByte(CP_UTF8, 0, wide("texts"), -1, (char *)&text, 30, "?", NULL), 0, ERROR_INVALID_PARAMETER);
    FAILS(WideCharToMultiByte(CP_UTF8, 0, wide("texts"), -1, (char *)&text, 30, NULL, &used), 0, ERROR_INVALID_PARAMETER);
    FAILS(WideCharToMultiByte(CP_UTF8, WC_ERR_INVALID_CHARS, alone, -1, (char *)&text, 30, NULL, NULL), 0, ERROR_NO_UNICODE_TRANSLATION);
    FAILS(WideCharToMultiByte(12345, 0, wide("texts"), -1, (char *)&text, 30, NULL, NULL), 0, ERROR_INVALID_PARAMETER);
    FAILS(MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, "\xFF", -1, (WCHAR *)&text, 30), 0, ERROR_NO_UNICODE_TRANSLATION);
    FAILS(MultiByteToWideChar(12345, 0, "x", -1, (WCHAR *)&text, 30), 0, ERROR_INVALID_PARAMETER);
    FAILS(MultiByteToWideChar(CP_UTF8, 0, "x", 0, (WCHAR *)&text, 30), 0, ERROR_INVALID_PARAMETER);
    CHECK(used == 7 && kept(&text, 0));
    fill(&text);
    FAILS(MultiByteToWideChar(CP_UTF8, 0, "texts", -1, (WCHAR *)&text, 3), 0, ERROR_INSUFFICIENT_BUFFER);
    CHECK(kept(&text, 3 * sizeof(WCHAR)));

    fill(&text);
    CHECK(lstrcpynA((char *)&text, "texts", 3) != NULL && text.room[2] == 0 && kept(&text, 3));
    fill(&text);
    CHECK(lstrcpynW((WCHAR *)&text, wide("texts"), 3) != NULL && ((WCHAR *)&text)[2] == 0 && kept(&text, 3 * sizeof(WCHAR)));
    fill(&text);
    lstrcpynA((char *)&text, "texts", 0);
    lstrcpynW((WCHAR *)&text, wide("texts"), 0);
    CHECK(kept(&text, 0));
}

static void versions(void)
{
    OSVERSIONINFOEXA about;
    OSVERSIONINFOEXW wide_about;
    ULONGLONG mask = VerSetConditionMask(0, VER_MAJORVERSION, VER_GREATER_EQUAL);

    memset(&about, 0, sizeof about);
    memset(&wide_about, 0, sizeof wide_about);
    about.dwOSVersionInfoSize = sizeof about, wide_about.dwOSVersionInfoSize = sizeof wide_about;
    about.dwMajorVersion = wide_about.dwMajorVersion = 99;
    FAILS(VerifyVersionInfoA(&about, VER_MAJORVERSION, mask), FALSE, ERROR_OLD_WIN_VERSION);
    FAILS(VerifyVersionInfoW(&wide_about, VER_MAJORVERSION, mask), FALSE, ERROR_OLD_WIN_VERSION);
    FAILS(VerifyVersionInfoA(&about, 0, mask), FALSE, ERROR_BAD_ARGUMENTS);
    FAILS(VerifyVersionInfoW(&wide_about, VER_MAJORVERSION, 0), FALSE, ERROR_BAD_ARGUMENTS);
    CHECK(VerSetConditionMask(0, 0, VER_EQUAL) == 0);
    about.dwOSVersionInfoSize = wide_about.dwOSVersionInfoSize = 3;
    FAILS(GetVersionExA((OSVERSIONINFOA *)&about), FALSE, ERROR_INSUFFICIENT_BUFFER);
    FAILS(GetVersionExW((OSVERSIONINFOW *)&wide_about), FALSE, ERROR_INSUFFICIENT_BUFFER);
    CHECK(timeBeginPeriod(0) == TIMERR_NOCANDO && timeEndPeriod(0) == TIMERR_NOCANDO);
}

#ifndef __MINGW32__
static void addresses(void *p)
{
    char *n = (char *)p;
    WCHAR *w = (WCHAR *)p, good[8] = { 'a', 0 };
    char narrow[8] = "a";
    DWORD size = 100;

    FAILS(GetCurrentDirectoryW(500, w), 0, ERROR_NOACCESS);
    FAILS(GetTempPathA(500, n), 0, ERROR_NOACCESS);
    FAILS(GetEnvironmentVariableA(n, narrow, 8), 0, ERROR_NOACCESS);
    FAILS(GetEnvironmentVariableA("BAD_TEXT", n, 100), 0, ERROR_NOACCESS);
    FAILS(SetEnvironmentVariableW(w, NULL), FALSE, ERROR_NOACCESS);
    FAILS(ExpandEnvironmentStringsA(n, narrow, 8), 0, ERROR_NOACCESS);
    FAILS(ExpandEnvironmentStringsW(wide("x"), w, 8), 0, ERROR_NOACCESS);
    FAILS(GetFullPathNameA(n, 8, narrow, NULL), 0, ERROR_NOACCESS);
    FAILS(GetFullPathNameW(wide("x"), 500, w, NULL), 0, ERROR_NOACCESS);
    FAILS(GetModuleFileNameW(NULL, w, 500), 0, ERROR_NOACCESS);
    FAILS(GetModuleHandleW(w), NULL, ERROR_NOACCESS);
    FAILS(GetModuleHandleExA(0, n, (HMODULE *)&good), FALSE, ERROR_NOACCESS);
    FAILS(LoadLibraryExA(n, NULL, 0), NULL, ERROR_NOACCESS);
    FAILS(LoadLibraryExW(w, NULL, 0), NULL, ERROR_NOACCESS);
    FAILS(GetUserNameW(w, &size), FALSE, ERROR_NOACCESS);
    FAILS(GetUserNameW(good, (DWORD *)p), FALSE, ERROR_NOACCESS);
    FAILS(WideCharToMultiByte(CP_UTF8, 0, w, -1, narrow, 8, NULL, NULL), 0, ERROR_NOACCESS);
    FAILS(WideCharToMultiByte(CP_UTF8, 0, good, -1, n, 8, NULL, NULL), 0, ERROR_NOACCESS);
    FAILS(VerifyVersionInfoA((OSVERSIONINFOEXA *)p, VER_MAJORVERSION, VerSetConditionMask(0, VER_MAJORVERSION, VER_EQUAL)), FALSE, ERROR_NOACCESS);
    CHECK(lstrlenW(w) == 0 && lstrcmpA(n, narrow) < 0 && lstrcmpW(w, good) < 0 && lstrcmpiA(narrow, n) > 0 && lstrcmpiW(good, w) > 0);
    CHECK(lstrcatA(n, "x") == NULL && lstrcatA(narrow, n) == NULL && lstrcpyW(w, good) == NULL && lstrcpyW(good, w) == NULL);
    CHECK(lstrcpynA(n, "x", 5) == NULL && lstrcpynW(w, good, 5) == NULL && lstrcpynA(narrow, n, 5) == NULL);
    GetStartupInfoA((STARTUPINFOA *)p);
    GetStartupInfoW((STARTUPINFOW *)p);
    GetNativeSystemInfo((SYSTEM_INFO *)p);
    GetSystemTimePreciseAsFileTime((FILETIME *)p);
    FAILS(FreeLibrary(NULL), FALSE, ERROR_INVALID_HANDLE);
    FAILS(FreeLibrary((HMODULE)p), FALSE, ERROR_MOD_NOT_FOUND);
    FAILS(GetProcAddress((HMODULE)p, "send"), NULL, ERROR_MOD_NOT_FOUND);
}
#endif

int main(void)
{
    rooms();
    cut();
    names();
    conversions();
    flags();
    messages();
    versions();
#ifndef __MINGW32__
# ifdef __GLIBC__
    libraries();
# endif
    {
        int which;
        for (which = 0; which < NO_ADDRESSES; which++)
            addresses(no_address(which));
    }
#endif
    return result();
}
