/* What a program does when a call has failed: the code's text, in a box. */
#include <string.h>

#include "check.h"

static void complain(const char *where, int code)
{
    LPSTR text = NULL;
    char whole[512];

    CHECK(FormatMessageA(FORMAT_MESSAGE_ALLOCATE_BUFFER | FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS, NULL,
                         (DWORD)code, MAKELANGID(LANG_NEUTRAL, SUBLANG_DEFAULT), (LPSTR)&text, 0, NULL) > 0);
    wsprintfA(whole, "%s failed with %d: %s", where, code, text);
    CHECK(LocalFree(text) == NULL);
    CHECK(MessageBoxA(NULL, whole, "Sockets", MB_OK | MB_ICONERROR) == IDOK);
}

int main(void)
{
    WSADATA data;
    SOCKET s;
    DWORD_PTR arguments[2];
    char b[64];

    CHECK(WSAStartup(MAKEWORD(2, 2), &data) == 0);
    s = socket(AF_INET, SOCK_STREAM, 0);
    if (send(s, "x", 1, 0) == SOCKET_ERROR)
        complain("send", WSAGetLastError());
    complain("CreateFile", ERROR_FILE_NOT_FOUND);
    closesocket(s);
    CHECK(MessageBoxA(NULL, "Overwrite?", "Question", MB_YESNO | MB_ICONQUESTION) == IDNO);
    CHECK(MessageBoxA(NULL, "Try again?", NULL, MB_RETRYCANCEL) == IDCANCEL);
    CHECK(MessageBoxA(NULL, "Disk?", "Disk", MB_ABORTRETRYIGNORE) == IDABORT);
    CHECK(MessageBoxA(NULL, "?", "?", 9) == 0 && GetLastError() == 1438);
    arguments[0] = (DWORD_PTR)"port";
    arguments[1] = 80;
    CHECK(FormatMessageA(FORMAT_MESSAGE_FROM_STRING | FORMAT_MESSAGE_ARGUMENT_ARRAY, "%1 is %2!d!%n", 0, 0, b, sizeof(b),
                         (va_list *)(void *)arguments) == 12 && strcmp(b, "port is 80\r\n") == 0);
    CHECK(FormatMessageA(FORMAT_MESSAGE_FROM_SYSTEM, NULL, 10061, 0, b, 3, NULL) == 0 && GetLastError() == 122);
    CHECK(FormatMessageA(FORMAT_MESSAGE_FROM_SYSTEM, NULL, 0x12345678, 0, b, sizeof(b), NULL) == 0 && GetLastError() == 317);
    OutputDebugStringA("for the developer\n");
    WSACleanup();
    return result();
}
