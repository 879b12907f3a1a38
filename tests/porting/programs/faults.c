/* The filter of exceptions that nobody handles: asked about faults and about exceptions that are raised, it lets the program go on. */
#include "check.h"
#include <string.h>

static EXCEPTION_RECORD last;
static int asked, filled;
static char *room;

/* Makes the memory good that was touched, or goes on behind an exception that the program has raised. */
static LONG WINAPI filter(EXCEPTION_POINTERS *info)
{
    DWORD before;

    asked++;
    last = *info->ExceptionRecord;
    filled += info->ContextRecord != NULL;
    if (last.ExceptionCode == EXCEPTION_ACCESS_VIOLATION && last.ExceptionInformation[1] == (ULONG_PTR)room + 8)
        return VirtualProtect(room, 4096, PAGE_READWRITE, &before) ? EXCEPTION_CONTINUE_EXECUTION : EXCEPTION_CONTINUE_SEARCH;
    return last.ExceptionCode == 0xE0000001u ? EXCEPTION_CONTINUE_EXECUTION : EXCEPTION_CONTINUE_SEARCH;
}

static LONG WINAPI ends(EXCEPTION_POINTERS *info)
{
    (void)info;
    return EXCEPTION_EXECUTE_HANDLER;
}

int main(int argc, char **argv)
{
    ULONG_PTR given[2] = { 3, 4 };
    EXCEPTION_RECORD record;
    EXCEPTION_POINTERS pointers;
    char own[MAX_PATH], line[MAX_PATH + 16];
    STARTUPINFOA startup;
    PROCESS_INFORMATION child;
    DWORD code = 0;

    if (argc > 1 && strcmp(argv[1], "dies") == 0) {
        SetUnhandledExceptionFilter(ends);
        *(volatile char *)VirtualAlloc(NULL, 4096, MEM_COMMIT | MEM_RESERVE, PAGE_NOACCESS) = 1;
        return 0;
    }
    CHECK(SetUnhandledExceptionFilter(filter) == NULL && SetUnhandledExceptionFilter(filter) == filter);
    room = (char *)VirtualAlloc(NULL, 4096, MEM_COMMIT | MEM_RESERVE, PAGE_NOACCESS);
    CHECK(room != NULL);
    if (room == NULL)
        return 1;
    *(volatile char *)(room + 8) = 7;
    CHECK(room[8] == 7 && asked == 1 && filled == 1 && last.NumberParameters == 2 && last.ExceptionInformation[0] == 1);
    CHECK(last.ExceptionAddress != NULL && last.ExceptionFlags == 0);

    RaiseException(0xE0000001u, 0, 2, given);
    CHECK(asked == 2 && last.ExceptionCode == 0xE0000001u && last.NumberParameters == 2 && last.ExceptionInformation[1] == 4);

    memset(&record, 0, sizeof(record));
    record.ExceptionCode = 0xE0000001u;
    pointers.ExceptionRecord = &record;
    pointers.ContextRecord = NULL;
    CHECK(UnhandledExceptionFilter(&pointers) == EXCEPTION_CONTINUE_EXECUTION && asked == 3);

    /* Another program ends with the exception's code. */
    CHECK(GetModuleFileNameA(NULL, own, sizeof(own)) > 0);
    wsprintfA(line, "\"%s\" dies", own);
    memset(&startup, 0, sizeof(startup));
    startup.cb = sizeof(startup);
    CHECK(CreateProcessA(NULL, line, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &child));
    CHECK(WaitForSingleObject(child.hProcess, INFINITE) == WAIT_OBJECT_0 && GetExitCodeProcess(child.hProcess, &code));
    CHECK((code & 0xFF) == (EXCEPTION_ACCESS_VIOLATION & 0xFF));
    CHECK(CloseHandle(child.hThread) && CloseHandle(child.hProcess));

    CHECK(SetUnhandledExceptionFilter(NULL) == filter);
    return result();
}
