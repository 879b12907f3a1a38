/* Starts other programs as remote shells, servers of files and build tools do: with pipes, with a socket in the place of the
   standard handles, with an environment of their own; waits for them, ends one, and asks for their exit codes. */
#include <winsock2.h>
#include <ws2tcpip.h>
#include <windows.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "check.h"
#include "loopback.h"

static char own[MAX_PATH];

/* Starts this program with these arguments; its process and thread are open. */
static PROCESS_INFORMATION begin(const char *arguments, STARTUPINFOA *startup, DWORD flags, void *environment)
{
    PROCESS_INFORMATION child;
    char line[2 * MAX_PATH];

    snprintf(line, sizeof line, "\"%s\" %s", own, arguments);
    memset(&child, 0, sizeof child);
    CHECK(CreateProcessA(NULL, line, NULL, NULL, TRUE, flags, environment, NULL, startup, &child));
    CHECK(child.hProcess != NULL && child.hThread != NULL && child.dwProcessId != 0);
    return child;
}

static DWORD ended(PROCESS_INFORMATION child)
{
    DWORD code = 0;

    CHECK(WaitForSingleObject(child.hProcess, INFINITE) == WAIT_OBJECT_0);
    CHECK(WaitForSingleObject(child.hThread, 0) == WAIT_OBJECT_0);
    CHECK(GetExitCodeProcess(child.hProcess, &code));
    CHECK(CloseHandle(child.hThread) && CloseHandle(child.hProcess));
    return code;
}

/* All that comes from a pipe until nobody writes any more. */
static void drain(HANDLE pipe, char *to, DWORD room)
{
    DWORD got = 0, at = 0;

    while (ReadFile(pipe, to + at, room - 1 - at, &got, NULL) && got > 0)
        at += got;
    CHECK(GetLastError() == ERROR_BROKEN_PIPE);
    to[at] = '\0';
}

/* What a child does. */
static int child(int argc, char **argv)
{
    if (strcmp(argv[1], "say") == 0) {
        int at;

        for (at = 2; at < argc; at++)
            printf("[%s]", argv[at]);
        printf("%s", getenv("WS2_CHILD") != NULL ? getenv("WS2_CHILD") : "");
        fflush(stdout);
        return argc;
    }
    if (strcmp(argv[1], "echo") == 0) {
        char line[64];

        while (fgets(line, sizeof line, stdin) != NULL) {
            fprintf(stdout, "<%s", line);
            fflush(stdout);
        }
        return 5;
    }
    Sleep(INFINITE);
    return 0;
}

static void arguments_and_output(void)
{
    SECURITY_ATTRIBUTES inherited = { sizeof inherited, NULL, TRUE };
    STARTUPINFOA startup;
    HANDLE read, write;
    char text[512];
    DWORD waiting = 77, left = 77, got = 77;
    PROCESS_INFORMATION running;

    CHECK(CreatePipe(&read, &write, &inherited, 0));
    CHECK(SetHandleInformation(read, HANDLE_FLAG_INHERIT, 0));
    memset(&startup, 0, sizeof startup);
    startup.cb = sizeof startup;
    startup.dwFlags = STARTF_USESTDHANDLES;
    startup.hStdInput = GetStdHandle(STD_INPUT_HANDLE);
    startup.hStdOutput = write;
    startup.hStdError = GetStdHandle(STD_ERROR_HANDLE);
    CHECK(PeekNamedPipe(read, NULL, 0, NULL, &waiting, NULL) && waiting == 0);
    running = begin("say one \"two words\" a\\\"b \"\" c\\\\", &startup, 0, NULL);
    CHECK(ended(running) == 7);
    memset(text, 0, sizeof text);
    CHECK(PeekNamedPipe(read, text, 5, &got, &waiting, &left));
    CHECK(got == 5 && memcmp(text, "[one]", 6) == 0 && waiting == 28 && left == 0);
    CHECK(CloseHandle(write));
    drain(read, text, sizeof text);
    CHECK(strcmp(text, "[one][two words][a\"b][][c\\\\]") == 0);
    CHECK(!PeekNamedPipe(read, NULL, 0, NULL, &waiting, NULL) && GetLastError() == ERROR_BROKEN_PIPE);
    CHECK(CloseHandle(read));
}

static void environment(void)
{
    SECURITY_ATTRIBUTES inherited = { sizeof inherited, NULL, TRUE };
    static char own_block[] = "SystemRoot=C:\\Windows\0WS2_CHILD=a=b\0";
    static WCHAR wide_block[] = { 'W', 'S', '2', '_', 'C', 'H', 'I', 'L', 'D', '=', 'w', 0, 0 };
    STARTUPINFOA startup;
    HANDLE read, write;
    char text[128];

    memset(&startup, 0, sizeof startup);
    startup.cb = sizeof startup;
    startup.dwFlags = STARTF_USESTDHANDLES;
    CHECK(CreatePipe(&read, &write, &inherited, 0));
    startup.hStdOutput = write;
    startup.hStdError = GetStdHandle(STD_ERROR_HANDLE);
    CHECK(ended(begin("say", &startup, 0, own_block)) == 2);
    CHECK(ended(begin("say", &startup, CREATE_UNICODE_ENVIRONMENT, wide_block)) == 2);
    CHECK(CloseHandle(write));
    drain(read, text, sizeof text);
    CHECK(strcmp(text, "a=bw") == 0);
    CHECK(CloseHandle(read));
}

/* A shell over a connection: the child talks to the other side by itself. */
static void socket_as_standard_handles(void)
{
    STARTUPINFOA startup;
    PROCESS_INFORMATION running;
    SOCKET listener, client, server;
    struct sockaddr_in at;
    char text[64];
    int got = 0, all = 0;

    listener = bound(SOCK_STREAM, &at);
    client = WSASocketA(AF_INET, SOCK_STREAM, IPPROTO_TCP, NULL, 0, 0);
    CHECK(client != INVALID_SOCKET && connect(client, (struct sockaddr *)&at, sizeof at) == 0);
    server = accept(listener, NULL, NULL);
    CHECK(server != INVALID_SOCKET);
    memset(&startup, 0, sizeof startup);
    startup.cb = sizeof startup;
    startup.dwFlags = STARTF_USESTDHANDLES;
    startup.hStdInput = startup.hStdOutput = startup.hStdError = (HANDLE)client;
    running = begin("echo", &startup, CREATE_NO_WINDOW, NULL);
    CHECK(closesocket(client) == 0);
    CHECK(send(server, "over the net\n", 13, 0) == 13);
    CHECK(shutdown(server, SD_SEND) == 0);
    while ((got = recv(server, text + all, (int)sizeof text - 1 - all, 0)) > 0)
        all += got;
    CHECK(got == 0);
    text[all] = '\0';
    CHECK(strncmp(text, "<over the net", 13) == 0);
    CHECK(ended(running) == 5);
    CHECK(closesocket(server) == 0 && closesocket(listener) == 0);
}

static void ended_by_force(void)
{
    STARTUPINFOA startup;
    PROCESS_INFORMATION running;
    HANDLE second;
    DWORD code = 0;

    memset(&startup, 0, sizeof startup);
    startup.cb = sizeof startup;
    running = begin("sleep", &startup, 0, NULL);
    CHECK(WaitForSingleObject(running.hProcess, 0) == WAIT_TIMEOUT);
    CHECK(GetExitCodeProcess(running.hProcess, &code) && code == STILL_ACTIVE);
    CHECK(GetProcessId(running.hProcess) == running.dwProcessId);
    second = OpenProcess(SYNCHRONIZE | PROCESS_QUERY_INFORMATION, FALSE, running.dwProcessId);
    CHECK(second != NULL);
    CHECK(!TerminateProcess(second, 1) && GetLastError() == ERROR_ACCESS_DENIED);
    CHECK(TerminateProcess(running.hProcess, 1234));
    CHECK(WaitForSingleObject(second, INFINITE) == WAIT_OBJECT_0);
    CHECK(CloseHandle(second));
    CHECK(WaitForSingleObject(running.hProcess, INFINITE) == WAIT_OBJECT_0);
    CHECK(!TerminateProcess(running.hProcess, 1) && GetLastError() == ERROR_ACCESS_DENIED);
    CHECK(ended(running) == 1234);
}

/* Nothing is inherited: the program gets no descriptor but the standard ones. */
static void plain(void)
{
    STARTUPINFOA startup;
    PROCESS_INFORMATION running;
    char line[2 * MAX_PATH];

    snprintf(line, sizeof line, "\"%s\" say", own);
    GetStartupInfoA(&startup);
    CHECK(startup.cb == sizeof startup);
    memset(&startup, 0, sizeof startup);
    startup.cb = sizeof startup;
    CHECK(CreateProcessA(NULL, line, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &running));
    CHECK(ended(running) == 2);
}

static void refused(void)
{
    STARTUPINFOA startup;
    PROCESS_INFORMATION running;
    char missing[] = "no-program-of-this-name 1";
    DWORD code = 0;
    HANDLE event;

    memset(&startup, 0, sizeof startup);
    startup.cb = sizeof startup;
    CHECK(!CreateProcessA(NULL, missing, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &running));
    CHECK(GetLastError() == ERROR_FILE_NOT_FOUND);
    CHECK(!CreateProcessA(own, NULL, NULL, NULL, FALSE, 0, NULL, "no-directory-of-this-name", &startup, &running));
    CHECK(GetLastError() == ERROR_DIRECTORY);
    CHECK(OpenProcess(SYNCHRONIZE, FALSE, 0x7FFFFFF1) == NULL && GetLastError() == ERROR_INVALID_PARAMETER);
    event = CreateEvent(NULL, TRUE, FALSE, NULL);
    CHECK(!GetExitCodeProcess(event, &code) && GetLastError() == ERROR_INVALID_HANDLE);
    CHECK(!TerminateProcess(event, 0) && GetLastError() == ERROR_INVALID_HANDLE);
    CHECK(CloseHandle(event));
    CHECK(GetExitCodeProcess(GetCurrentProcess(), &code) && code == STILL_ACTIVE);
    CHECK(GetProcessId(GetCurrentProcess()) == GetCurrentProcessId());
}

static void command_interpreter(void)
{
    SECURITY_ATTRIBUTES inherited = { sizeof inherited, NULL, TRUE };
    STARTUPINFOA startup;
    PROCESS_INFORMATION running;
    char line[] = "cmd.exe /c echo from the shell";
    HANDLE read, write;
    char text[64];

    memset(&startup, 0, sizeof startup);
    startup.cb = sizeof startup;
    startup.dwFlags = STARTF_USESTDHANDLES | STARTF_USESHOWWINDOW;
    startup.wShowWindow = SW_HIDE;
    CHECK(CreatePipe(&read, &write, &inherited, 4096));
    startup.hStdOutput = startup.hStdError = write;
    CHECK(CreateProcessA(NULL, line, NULL, NULL, TRUE, CREATE_NO_WINDOW, NULL, NULL, &startup, &running));
    CHECK(CloseHandle(write));
    drain(read, text, sizeof text);
    CHECK(strncmp(text, "from the shell", 14) == 0);
    CHECK(ended(running) == 0);
    CHECK(CloseHandle(read));
}

/* A relative name is meant from here, not from where the program runs. */
static void from_another_directory(void)
{
    STARTUPINFOA startup;
    PROCESS_INFORMATION running;
    char directory[MAX_PATH], before[MAX_PATH], relative[MAX_PATH], line[] = "x say";
    char *name;

    CHECK(GetCurrentDirectoryA(sizeof before, before) > 0);
    CHECK(GetFullPathNameA(own, sizeof directory, directory, &name) > 0 && name != NULL);
    snprintf(relative, sizeof relative, ".\\%s", name);
    name[-1] = '\0';
    CHECK(SetCurrentDirectoryA(directory));
    memset(&startup, 0, sizeof startup);
    startup.cb = sizeof startup;
    CHECK(CreateProcessA(relative, line, NULL, NULL, FALSE, 0, NULL, "..", &startup, &running));
    CHECK(ended(running) == 2);
    CHECK(SetCurrentDirectoryA(before));
}

static void exit_codes_of_the_interpreter(void)
{
    static const struct {
        const char *line;
        DWORD code;
    } cases[] = { { "cmd /c exit 3", 3 }, { "cmd.exe /s /c \"exit 4\"", 4 }, { "CMD /C exit 0", 0 } };
    STARTUPINFOA startup;
    PROCESS_INFORMATION running;
    char line[64];
    size_t at;

    memset(&startup, 0, sizeof startup);
    startup.cb = sizeof startup;
    for (at = 0; at < sizeof cases / sizeof *cases; at++) {
        strcpy(line, cases[at].line);
        CHECK(CreateProcessA(NULL, line, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &running));
        CHECK(ended(running) == cases[at].code);
    }
}

/* Short writes of a pipe are looked at as a whole. */
static void looking_into_a_pipe(void)
{
    static char part[2100], seen[20 * sizeof part];
    HANDLE read, write;
    DWORD moved, got = 77, available = 77, left = 77, at;

    CHECK(CreatePipe(&read, &write, NULL, 0));
    for (at = 0; at < 12; at++) {
        memset(part, 'a' + (int)at, sizeof part);
        CHECK(WriteFile(write, part, sizeof part, &moved, NULL) && moved == sizeof part);
    }
    CHECK(PeekNamedPipe(read, seen, sizeof seen, &got, &available, &left));
    CHECK(got == 12 * sizeof part && available == got && left == 0);
    CHECK(seen[0] == 'a' && seen[got - 1] == 'l');
    CHECK(PeekNamedPipe(read, seen, 1, &got, NULL, NULL) && got == 1);
    CHECK(PeekNamedPipe(read, seen, 0, &got, &available, NULL) && got == 0 && available == 12 * sizeof part);
    CHECK(!PeekNamedPipe(write, NULL, 0, NULL, &available, NULL) && GetLastError() == ERROR_ACCESS_DENIED);
    CHECK(CloseHandle(write));
    CHECK(PeekNamedPipe(read, NULL, 0, NULL, &available, NULL) && available == 12 * sizeof part);
    drain(read, seen, sizeof seen);
    available = 77;
    CHECK(!PeekNamedPipe(read, NULL, 0, NULL, &available, NULL) && GetLastError() == ERROR_BROKEN_PIPE);
    CHECK(available == 77);
    CHECK(CloseHandle(read));
    CHECK(!PeekNamedPipe(read, NULL, 0, NULL, NULL, NULL) && GetLastError() == ERROR_INVALID_HANDLE);
}

int main(int argc, char **argv)
{
    if (argc > 1)
        return child(argc, argv);
    CHECK(GetModuleFileNameA(NULL, own, sizeof own) > 0);
    /* None of this needs Winsock to be started. */
    plain();
    started();
    arguments_and_output();
    environment();
    socket_as_standard_handles();
    ended_by_force();
    refused();
    command_interpreter();
    from_another_directory();
    exit_codes_of_the_interpreter();
    looking_into_a_pipe();
    CHECK(WSACleanup() == 0);
    return result();
}
