// A library's way to wake a thread that waits in select: a pair of sockets over the loopback under a mutex of the system, and
// types of its own for descriptors.
#include <winsock2.h>
#include <ws2tcpip.h>
#include <process.h>

#include "check.h"

typedef unsigned __int64 library_fd;
typedef SOCKET library_fd;

static HANDLE once;

static int pair(library_fd ends[2])
{
    sockaddr_in address;
    int length = sizeof(address);
    BOOL on = 1;
    library_fd listener;

    if (WaitForSingleObject(once, INFINITE) != WAIT_OBJECT_0)
        return -1;
    listener = WSASocketW(AF_INET, SOCK_STREAM, 0, NULL, 0, 0);
    setsockopt(listener, SOL_SOCKET, SO_EXCLUSIVEADDRUSE, reinterpret_cast<char *>(&on), sizeof(on));
    memset(&address, 0, sizeof(address));
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    bind(listener, reinterpret_cast<sockaddr *>(&address), sizeof(address));
    listen(listener, 1);
    getsockname(listener, reinterpret_cast<sockaddr *>(&address), &length);
    ends[1] = WSASocketW(AF_INET, SOCK_STREAM, 0, NULL, 0, 0);
    setsockopt(ends[1], IPPROTO_TCP, TCP_NODELAY, reinterpret_cast<char *>(&on), sizeof(on));
    int failed = connect(ends[1], reinterpret_cast<sockaddr *>(&address), sizeof(address));
    ends[0] = accept(listener, NULL, NULL);
    closesocket(listener);
    SetHandleInformation(reinterpret_cast<HANDLE>(ends[0]), HANDLE_FLAG_INHERIT, 0);
    ReleaseMutex(once);
    return failed == 0 && ends[0] != INVALID_SOCKET ? 0 : -1;
}

static unsigned __stdcall wake(void *argument)
{
    const unsigned char dummy = 0;
    library_fd end = *static_cast<library_fd *>(argument);

    return send(end, reinterpret_cast<const char *>(&dummy), 1, 0) == 1 ? 0 : 1;
}

int main()
{
    WSADATA data;
    library_fd ends[2];
    volatile LONG sum = 0;
    DWORD code = 9;
    u_long on = 1;

    CHECK(WSAStartup(MAKEWORD(2, 2), &data) == 0);
    once = CreateMutexA(NULL, FALSE, "Global\\signaler-port");
    CHECK(once != NULL && pair(ends) == 0);
    CHECK(ioctlsocket(ends[0], FIONBIO, &on) == 0);
    uintptr_t thread = _beginthreadex(NULL, 0, wake, &ends[1], 0, NULL);
    CHECK(thread != 0);
    fd_set set;
    FD_ZERO(&set);
    FD_SET(ends[0], &set);
    CHECK(select(0, &set, NULL, NULL, NULL) == 1 && FD_ISSET(ends[0], &set));
    char dummy = 1;
    CHECK(recv(ends[0], &dummy, 1, 0) == 1 && dummy == 0);
    CHECK(recv(ends[0], &dummy, 1, 0) == SOCKET_ERROR && WSAGetLastError() == WSAEWOULDBLOCK);
    CHECK(WaitForSingleObject(reinterpret_cast<HANDLE>(thread), INFINITE) == WAIT_OBJECT_0);
    CHECK(GetExitCodeThread(reinterpret_cast<HANDLE>(thread), &code) && code == 0);
    CloseHandle(reinterpret_cast<HANDLE>(thread));
    InterlockedExchangeAdd(&sum, 5);
    CHECK(InterlockedCompareExchange(&sum, 9, 5) == 5 && sum == 9);
    closesocket(ends[0]);
    closesocket(ends[1]);
    CloseHandle(once);
    WSACleanup();
    return result();
}
