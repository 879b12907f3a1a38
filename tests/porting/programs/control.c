/* Ctrl+C ends a server that waits: the handler runs on a thread of its own and closes the socket. */
#include <string.h>

#include "check.h"

static SOCKET listener;
static volatile DWORD event = 99;

static BOOL WINAPI ignored(DWORD type)
{
    (void)type;
    return FALSE;
}

static BOOL WINAPI handler(DWORD type)
{
    event = type;
    closesocket(listener);
    return TRUE;
}

int main(void)
{
    WSADATA data;
    struct sockaddr_in address;

    CHECK(WSAStartup(MAKEWORD(2, 2), &data) == 0);
    listener = socket(AF_INET, SOCK_STREAM, 0);
    memset(&address, 0, sizeof(address));
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    CHECK(bind(listener, (struct sockaddr *)&address, sizeof(address)) == 0 && listen(listener, 1) == 0);
    CHECK(SetConsoleCtrlHandler(handler, TRUE) && SetConsoleCtrlHandler(ignored, TRUE));
    CHECK(SetConsoleCtrlHandler(ignored, FALSE) && !SetConsoleCtrlHandler(ignored, FALSE) && GetLastError() == ERROR_INVALID_PARAMETER);
    CHECK(SetConsoleCtrlHandler(ignored, TRUE));
    printf("waiting\n");
    fflush(stdout);
    CHECK(accept(listener, NULL, NULL) == INVALID_SOCKET && (WSAGetLastError() == WSAEINTR || WSAGetLastError() == WSAENOTSOCK));
    CHECK(event == CTRL_C_EVENT);
    WSACleanup();
    return result();
}
