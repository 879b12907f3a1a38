/* A TCP server on loopback that sends back what it gets: a thread for each client, a critical section around what they
   share. Prints the port that it got. After so many clients it waits for its threads, tells what they did and ends; 0 or
   nothing means never. usage: thread_server [CLIENTS] */
#include "print_error.h"

#include <stdlib.h>

/* As many as WaitForMultipleObjects takes. */
#define THREADS MAXIMUM_WAIT_OBJECTS

static CRITICAL_SECTION lock;
static LONG served;         /* guarded by lock, as is what follows */
static LONGLONG bytes_sent;

static HANDLE threads[THREADS];
static DWORD running;

static SOCKET listen_on_loopback(void)
{
    struct sockaddr_in address;
    int length = sizeof(address);
    SOCKET s = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);

    if (s == INVALID_SOCKET)
        return INVALID_SOCKET;
    ZeroMemory(&address, sizeof(address));
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(s, (struct sockaddr *)&address, sizeof(address)) == SOCKET_ERROR ||
        listen(s, SOMAXCONN) == SOCKET_ERROR ||
        getsockname(s, (struct sockaddr *)&address, &length) == SOCKET_ERROR) {
        int code = WSAGetLastError();

        closesocket(s);
        WSASetLastError(code);
        return INVALID_SOCKET;
    }
    printf("port %d\n", ntohs(address.sin_port));
    fflush(stdout);
    return s;
}

/* A client's thread: its exit code is 0 where the client said that it has sent everything. */
static DWORD WINAPI serve(LPVOID parameter)
{
    SOCKET s = *(SOCKET *)parameter;
    char data[16384];
    LONGLONG sent = 0;
    int got;

    free(parameter);
    while ((got = recv(s, data, sizeof(data), 0)) > 0 && send(s, data, got, 0) == got)
        sent += got;
    closesocket(s);

    EnterCriticalSection(&lock);
    served++;
    bytes_sent += sent;
    LeaveCriticalSection(&lock);
    return got == 0 ? 0 : 1;
}

/* Takes the place of a thread that has ended out of the list. */
static void forget_thread(DWORD place)
{
    CloseHandle(threads[place]);
    threads[place] = threads[--running];
}

/* Makes room in the list: those that have ended go, and where none has the next to end is waited for. */
static void make_room(void)
{
    DWORD limit = running == THREADS ? INFINITE : 0;

    while (running > 0) {
        DWORD ended = WaitForMultipleObjects(running, threads, FALSE, limit);

        if (ended >= running)
            return;
        forget_thread(ended);
        limit = 0;
    }
}

static int start_thread(SOCKET s)
{
    SOCKET *parameter = (SOCKET *)malloc(sizeof(SOCKET));

    make_room();
    if (parameter != NULL) {
        *parameter = s;
        threads[running] = CreateThread(NULL, 0, serve, parameter, 0, NULL);
        if (threads[running] != NULL) {
            running++;
            return 1;
        }
        free(parameter);
    }
    closesocket(s);
    return 0;
}

int main(int argc, char **argv)
{
    WSADATA data;
    SOCKET listener;
    int clients = argc > 1 ? atoi(argv[1]) : 0, accepted = 0;
    int code = WSAStartup(MAKEWORD(2, 2), &data);

    if (code != 0) {
        print_code("WSAStartup", code);
        return 1;
    }
    InitializeCriticalSection(&lock);
    listener = listen_on_loopback();
    if (listener == INVALID_SOCKET) {
        print_error("no listener");
        return 1;
    }
    while (clients == 0 || accepted < clients) {
        SOCKET s = accept(listener, NULL, NULL);

        /* A client that is gone before it is accepted is no reason to stop. */
        if (s == INVALID_SOCKET)
            continue;
        accepted++;
        if (!start_thread(s))
            print_code("no thread", (int)GetLastError());
    }
    closesocket(listener);
    if (running > 0 && WaitForMultipleObjects(running, threads, TRUE, INFINITE) == WAIT_FAILED) {
        print_code("no end of the threads", (int)GetLastError());
        return 1;
    }
    while (running > 0)
        forget_thread(0);
    printf("%d clients, %.0f bytes\n", (int)served, (double)bytes_sent);
    DeleteCriticalSection(&lock);
    WSACleanup();
    return 0;
}
