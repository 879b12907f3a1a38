/* Programs that cannot be started, and processes that are none: what is told, and that no handle is given. */
#include "bad.h"
#ifndef __MINGW32__
# include <sys/stat.h>
# include <ntsecapi.h>
# include <ws2spi.h>
#endif

static PROCESS_INFORMATION told;

static BOOL start_a(const char *name, const char *line, DWORD flags, const char *directory)
{
    static STARTUPINFOA startup;
    char room[256];

    startup.cb = sizeof startup;
    memset(&told, 0, sizeof told);
    strcpy(room, line == NULL ? "" : line);
    return CreateProcessA(name, line == NULL ? NULL : room, NULL, NULL, FALSE, flags, NULL, directory, &startup, &told);
}

static BOOL start_w(const char *name, const char *line, DWORD flags, const char *directory)
{
    static STARTUPINFOW startup;
    WCHAR room[512];

    startup.cb = sizeof startup;
    memset(&told, 0, sizeof told);
    memcpy(room, wide(line == NULL ? "" : line), sizeof room);
    return CreateProcessW(name == NULL ? NULL : wide(name), line == NULL ? NULL : room, NULL, NULL, FALSE, flags, NULL,
        directory == NULL ? NULL : wide(directory), &startup, &told);
}

/* Programs, and the codes. */
static void starts(void)
{
    static const struct {
        const char *name, *line, *directory;
        DWORD flags, code;
    } rows[] = {
        { "missing.exe", NULL, NULL, 0, ERROR_FILE_NOT_FOUND },
        { NULL, "missing.exe with arguments", NULL, 0, ERROR_FILE_NOT_FOUND },
        { NULL, "\"missing program.exe\" arguments", NULL, 0, ERROR_FILE_NOT_FOUND },
        { "missing\\program.exe", NULL, NULL, 0, ERROR_PATH_NOT_FOUND },
        { NULL, "missing\\program.exe", NULL, 0, ERROR_PATH_NOT_FOUND },
        { "text.exe", NULL, NULL, 0, ERROR_BAD_EXE_FORMAT },
        { "directory", NULL, NULL, 0, ERROR_ACCESS_DENIED },
#ifndef __MINGW32__
        { NULL, "echo", "missing", 0, ERROR_DIRECTORY },
        { NULL, "echo", "text.exe", 0, ERROR_DIRECTORY },
        { NULL, "echo", NULL, CREATE_SUSPENDED, ERROR_NOT_SUPPORTED },
        { NULL, "echo", NULL, DEBUG_PROCESS, ERROR_NOT_SUPPORTED },
        { NULL, NULL, NULL, 0, ERROR_INVALID_PARAMETER },
#endif
    };
    size_t at;

    for (at = 0; at < sizeof rows / sizeof rows[0]; at++) {
        int before = bad;

        FAILS(start_a(rows[at].name, rows[at].line, rows[at].flags, rows[at].directory), FALSE, rows[at].code);
        FAILS(start_w(rows[at].name, rows[at].line, rows[at].flags, rows[at].directory), FALSE, rows[at].code);
        CHECK(told.hProcess == NULL && told.hThread == NULL && told.dwProcessId == 0);
        if (bad != before)
            printf("  row %d\n", (int)at);
    }
    CHECK(WinExec("missing.exe", SW_SHOW) == ERROR_FILE_NOT_FOUND && WinExec("missing\\program.exe", SW_SHOW) == ERROR_PATH_NOT_FOUND);
    CHECK(WinExec("text.exe", SW_SHOW) == ERROR_BAD_FORMAT);
}

#ifndef __MINGW32__
static void addresses(void *p)
{
    STARTUPINFOA startup;
    STARTUPINFOW wide_startup;
    PROCESS_INFORMATION information;
    char line[] = "echo";
    WCHAR wide_line[] = { 'e', 'c', 'h', 'o', 0 };
    SECURITY_ATTRIBUTES *a = (SECURITY_ATTRIBUTES *)p;

    memset(&startup, 0, sizeof startup);
    memset(&wide_startup, 0, sizeof wide_startup);
    startup.cb = sizeof startup;
    FAILS(CreateProcessA(NULL, line, NULL, NULL, FALSE, 0, NULL, NULL, (STARTUPINFOA *)p, &information), FALSE, ERROR_NOACCESS);
    FAILS(CreateProcessA(NULL, line, NULL, NULL, FALSE, 0, NULL, NULL, &startup, (PROCESS_INFORMATION *)p), FALSE, ERROR_NOACCESS);
    FAILS(CreateProcessW(NULL, wide_line, NULL, NULL, FALSE, 0, NULL, NULL, &wide_startup, (PROCESS_INFORMATION *)p), FALSE, ERROR_NOACCESS);
    if (p == NULL)
        return;
    FAILS(CreateProcessA((char *)p, NULL, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &information), FALSE, ERROR_NOACCESS);
    FAILS(CreateProcessA(NULL, (char *)p, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &information), FALSE, ERROR_NOACCESS);
    FAILS(CreateProcessA(NULL, line, a, NULL, FALSE, 0, NULL, NULL, &startup, &information), FALSE, ERROR_NOACCESS);
    FAILS(CreateProcessA(NULL, line, NULL, a, FALSE, 0, NULL, NULL, &startup, &information), FALSE, ERROR_NOACCESS);
    FAILS(CreateProcessA(NULL, line, NULL, NULL, FALSE, 0, p, NULL, &startup, &information), FALSE, ERROR_NOACCESS);
    FAILS(CreateProcessA(NULL, line, NULL, NULL, FALSE, 0, NULL, (char *)p, &startup, &information), FALSE, ERROR_NOACCESS);
    FAILS(CreateProcessW(NULL, (WCHAR *)p, NULL, NULL, FALSE, 0, NULL, NULL, &wide_startup, &information), FALSE, ERROR_NOACCESS);
    FAILS(WinExec((char *)p, 0), 0, ERROR_NOACCESS);
}

/* What is left: numbers that nothing has, and addresses that lead nowhere. */
static void others(void *p)
{
    FAILS(Beep(36, 1), FALSE, ERROR_INVALID_PARAMETER);
    FAILS(Beep(32768, 1), FALSE, ERROR_INVALID_PARAMETER);
    CHECK(GetSystemMetrics(-1) == 0 && GetStockObject(-1) != NULL && MessageBeep(77));
    CHECK(SetUnhandledExceptionFilter(NULL) == NULL && UnhandledExceptionFilter((EXCEPTION_POINTERS *)p) == EXCEPTION_CONTINUE_SEARCH);
    CHECK(!SystemFunction036(p, 16));
    CHECK(WSApSetPostRoutine(NULL) == 0);
}

/* A standard handle that was closed. */
static void standard_handles(void)
{
    STARTUPINFOA startup;
    char line[] = "echo";

    memset(&startup, 0, sizeof startup);
    startup.cb = sizeof startup;
    startup.dwFlags = STARTF_USESTDHANDLES;
    startup.hStdInput = startup.hStdError = startup.hStdOutput = no_handle(NO_HANDLES - 1);
    FAILS(CreateProcessA(NULL, line, NULL, NULL, TRUE, 0, NULL, NULL, &startup, &told), FALSE, ERROR_INVALID_HANDLE);
}
#endif

int main(void)
{
    HANDLE file = CreateFileA("text.exe", GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
    DWORD put;

    CHECK(WriteFile(file, "no program\n", 11, &put, NULL));
    close_file(file);
#ifndef __MINGW32__
    {
        int which;
        CHECK(chmod("text.exe", 0755) == 0);
        standard_handles();
        addresses(NULL);
        others(NULL);
        for (which = 0; which < NO_ADDRESSES; which++)
            addresses(no_address(which)), others(no_address(which));
    }
#endif
    CHECK(CreateDirectoryA("directory", NULL));
    starts();
    CHECK(RemoveDirectoryA("directory") && DeleteFileA("text.exe"));
    return result();
}
