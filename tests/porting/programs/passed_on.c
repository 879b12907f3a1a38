/* Ends of a pipe with a name as the standard input and output of another program: the client's end, as shells and tools
   hand it on, and the server's. Bytes, and messages that come in pieces.

   usage: passed_on [child] */
#include "check.h"

#include <string.h>

static HANDLE start(char *program, const char *as, HANDLE end)
{
    STARTUPINFOA how;
    PROCESS_INFORMATION made;
    char line[600];

    memset(&how, 0, sizeof how);
    how.cb = sizeof how;
    how.dwFlags = STARTF_USESTDHANDLES;
    how.hStdInput = how.hStdOutput = end;
    how.hStdError = GetStdHandle(STD_ERROR_HANDLE);
    snprintf(line, sizeof line, "\"%s\" %s", program, as);
    CHECK(CreateProcessA(NULL, line, NULL, NULL, TRUE, 0, NULL, NULL, &how, &made));
    CloseHandle(made.hThread);
    return made.hProcess;
}

static void has_ended(HANDLE process)
{
    DWORD code = 99;

    CHECK(WaitForSingleObject(process, INFINITE) == WAIT_OBJECT_0);
    CHECK(GetExitCodeProcess(process, &code) && code == 0);
    CHECK(CloseHandle(process));
}

/* The started one: reads "hello" by two bytes, and answers. */
static int child(void)
{
    HANDLE in = GetStdHandle(STD_INPUT_HANDLE), out = GetStdHandle(STD_OUTPUT_HANDLE);
    char text[8] = {0};
    DWORD got = 0, now = 0, waiting = 99;

    CHECK(GetFileType(in) == FILE_TYPE_PIPE);
    while (got < 5) {
        BOOL good = ReadFile(in, text + got, got < 4 ? 2 : 1, &now, NULL);
        if (!good && GetLastError() != ERROR_MORE_DATA) {
            CHECK(!"ReadFile");
            break;
        }
        got += now;
    }
    CHECK(strcmp(text, "hello") == 0);
    CHECK(PeekNamedPipe(in, NULL, 0, NULL, &waiting, NULL) && waiting == 0);
    CHECK(WriteFile(out, "world!", 6, &now, NULL) && now == 6);
    return bad;
}

/* The other end: sends "hello", and gets the answer and then the end. */
static void talk(HANDLE end, HANDLE process)
{
    char text[64];
    DWORD bytes = 0;

    CHECK(WriteFile(end, "hello", 5, &bytes, NULL) && bytes == 5);
    CHECK(ReadFile(end, text, sizeof text, &bytes, NULL) && bytes == 6 && memcmp(text, "world!", 6) == 0);
    has_ended(process);
    CHECK(!ReadFile(end, text, sizeof text, &bytes, NULL) && GetLastError() == ERROR_BROKEN_PIPE);
    CHECK(CloseHandle(end));
}

static void pass_on(char *program, DWORD mode, int the_server)
{
    SECURITY_ATTRIBUTES inherited = {sizeof inherited, NULL, TRUE};
    char name[64];
    HANDLE server, client, process;

    snprintf(name, sizeof name, "\\\\.\\pipe\\passed-on-%lu", (unsigned long)GetCurrentProcessId());
    server = CreateNamedPipeA(name, PIPE_ACCESS_DUPLEX, mode, 1, 512, 512, 0, the_server ? &inherited : NULL);
    CHECK(server != INVALID_HANDLE_VALUE);
    client = CreateFileA(name, GENERIC_READ | GENERIC_WRITE, 0, the_server ? NULL : &inherited, OPEN_EXISTING, 0, NULL);
    CHECK(client != INVALID_HANDLE_VALUE);
    CHECK(ConnectNamedPipe(server, NULL) || GetLastError() == ERROR_PIPE_CONNECTED);
    process = start(program, "child", the_server ? server : client);
    CHECK(CloseHandle(the_server ? server : client));
    talk(the_server ? client : server, process);
}

int main(int count, char **arguments)
{
    if (count > 1)
        return child();
    pass_on(arguments[0], PIPE_TYPE_BYTE | PIPE_WAIT, 0);
    pass_on(arguments[0], PIPE_TYPE_BYTE | PIPE_WAIT, 1);
    pass_on(arguments[0], PIPE_TYPE_MESSAGE | PIPE_READMODE_MESSAGE | PIPE_WAIT, 0);
    pass_on(arguments[0], PIPE_TYPE_MESSAGE | PIPE_READMODE_MESSAGE | PIPE_WAIT, 1);
    return result();
}
