/* Starts a program whose name and directory have blanks in them, as its path stands in a command line: in quotation marks, without, and
   as the name of the program; and where the part before a blank is a program, too. */
#include "check.h"
#include <stdlib.h>
#include <string.h>

static char directory[MAX_PATH], line[4 * MAX_PATH];

/* Starts it; the number of arguments that it saw, or the error code and a minus. */
static int started(const char *name, const char *text)
{
    STARTUPINFOA startup;
    PROCESS_INFORMATION child;
    DWORD code = 0;

    memset(&startup, 0, sizeof startup);
    startup.cb = sizeof startup;
    strcpy(line, text);
    if (!CreateProcessA(name, line, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &child))
        return -(int)GetLastError();
    CHECK(WaitForSingleObject(child.hProcess, INFINITE) == WAIT_OBJECT_0 && GetExitCodeProcess(child.hProcess, &code));
    CHECK(CloseHandle(child.hProcess) && CloseHandle(child.hThread));
    return (int)code;
}

int main(int argc, char **argv)
{
    char own[MAX_PATH], text[4 * MAX_PATH], program[2 * MAX_PATH], shorter[2 * MAX_PATH];

    /* The copies end with the number of their arguments; the one with the shorter name with 100 more. */
    if (argc > 1 && strcmp(argv[argc - 1], "child") == 0) {
        CHECK(GetModuleFileNameA(NULL, own, sizeof own) != 0);
        return argc + (strstr(own, "program") == NULL ? 100 : 0);
    }
    CHECK(GetModuleFileNameA(NULL, own, sizeof own) != 0 && GetCurrentDirectoryA(sizeof directory, directory) != 0);
    CHECK(CreateDirectoryA("of two words", NULL));
    snprintf(program, sizeof program, "%s\\of two words\\my program.exe", directory);
    snprintf(shorter, sizeof shorter, "%s\\of two words\\my.exe", directory);
    CHECK(CopyFileA(own, program, TRUE));

    snprintf(text, sizeof text, "\"%s\" one child", program);
    CHECK(started(NULL, text) == 3 && started(program, text) == 3);
    /* Without the marks it is found, and its run-time makes the arguments of the whole line: three parts of the path, and two. */
    snprintf(text, sizeof text, "%s one child", program);
    CHECK(started(NULL, text) == 6);
    /* By the name of the program, whatever the line says. */
    CHECK(started(program, "x \"of two\" child") == 3);
    CHECK(started("of two words\\my program.exe", "x child") == 2);
    CHECK(started(NULL, "\"of two words\\my program\" child") == 2);
    CHECK(started(NULL, "of two words\\my program one child") == 6);
    CHECK(started(NULL, "of two words\\no program child") == -ERROR_FILE_NOT_FOUND);
    CHECK(started(NULL, "\"of two words\\no program\" child") == -ERROR_FILE_NOT_FOUND);
    CHECK(started(NULL, "\"of two words\" child") == -ERROR_FILE_NOT_FOUND || GetLastError() == ERROR_ACCESS_DENIED);

    /* The first part that is a program wins. */
    CHECK(CopyFileA(own, shorter, TRUE));
    snprintf(text, sizeof text, "%s one child", program);
    CHECK(started(NULL, text) == 106);
    snprintf(text, sizeof text, "\"%s\" one child", program);
    CHECK(started(NULL, text) == 3);
    CHECK(DeleteFileA(shorter) && DeleteFileA(program) && RemoveDirectoryA("of two words"));
    return result();
}
