/* Sends a file to an echo server and compares what comes back, with a socket that never waits: connecting, sending and
   receiving go on side by side. usage: echo_client ADDRESS PORT FILE */
#include "print_error.h"

#include <stdlib.h>

#define SECONDS 10 /* that nothing may happen for */

/* The file twice: what is being sent, and what must come back. */
static FILE *sending, *expected;
static char out[16384], in[16384], wanted[16384];
static int length, sent;
static unsigned long long returned;

/* Waits until the socket can be read (if asked for) or written. An attempt to connect that failed is an exceptional
   condition. */
static int wait_for(SOCKET s, int reading, int writing, fd_set *readable, fd_set *writable, fd_set *failed)
{
    struct timeval limit = {SECONDS, 0};
    int ready;

    FD_ZERO(readable);
    FD_ZERO(writable);
    FD_ZERO(failed);
    if (reading)
        FD_SET(s, readable);
    if (writing)
        FD_SET(s, writable);
    FD_SET(s, failed);
    ready = select(0, readable, writable, failed, &limit);
    if (ready == 0)
        WSASetLastError(WSAETIMEDOUT);
    return ready > 0 ? 0 : -1;
}

static int connect_without_waiting(SOCKET s, const struct sockaddr_in *address)
{
    fd_set readable, writable, failed;
    int code = 0, size = sizeof(code);

    if (connect(s, (const struct sockaddr *)address, sizeof(*address)) == 0)
        return 0;
    if (WSAGetLastError() != WSAEWOULDBLOCK || wait_for(s, 0, 1, &readable, &writable, &failed) != 0)
        return -1;
    if (FD_ISSET(s, &writable))
        return 0;
    /* Why it failed. */
    if (getsockopt(s, SOL_SOCKET, SO_ERROR, (char *)&code, &size) == 0)
        WSASetLastError(code);
    return -1;
}

/* What the socket takes now. At the end of the file there is nothing more to send. */
static int send_some(SOCKET s, int *ended)
{
    int now;

    if (sent == length) {
        sent = 0;
        length = (int)fread(out, 1, sizeof(out), sending);
        if (length == 0) {
            *ended = 1;
            return shutdown(s, SD_SEND);
        }
    }
    now = send(s, out + sent, length - sent, 0);
    if (now != SOCKET_ERROR)
        sent += now;
    else if (WSAGetLastError() != WSAEWOULDBLOCK)
        return -1;
    return 0;
}

/* The bytes that came; 0 at the end, -1 after an error, -2 if they differ. */
static int receive_some(SOCKET s)
{
    int got = recv(s, in, sizeof(in), 0);

    if (got == SOCKET_ERROR)
        return WSAGetLastError() == WSAEWOULDBLOCK ? 1 : -1;
    if (fread(wanted, 1, (size_t)got, expected) != (size_t)got || memcmp(in, wanted, (size_t)got) != 0)
        return -2;
    returned += (unsigned)got;
    return got;
}

static int exchange(SOCKET s)
{
    fd_set readable, writable, failed;
    int ended = 0, got = 1;

    while (got > 0) {
        if (wait_for(s, 1, !ended, &readable, &writable, &failed) != 0)
            return -1;
        if (FD_ISSET(s, &writable) && send_some(s, &ended) != 0)
            return -1;
        if (FD_ISSET(s, &readable))
            got = receive_some(s);
    }
    if (got == -1)
        return -1;
    if (got == -2 || fgetc(expected) != EOF) {
        printf("something else came back after %.0f bytes\n", (double)returned);
        return 1;
    }
    printf("%.0f bytes came back unchanged\n", (double)returned);
    return 0;
}

int main(int argc, char **argv)
{
    WSADATA data;
    struct sockaddr_in address;
    u_long nonblocking = 1;
    SOCKET s;
    int result;

    if (argc != 4) {
        printf("usage: echo_client ADDRESS PORT FILE\n");
        return 2;
    }
    sending = fopen(argv[3], "rb");
    expected = fopen(argv[3], "rb");
    if (sending == NULL || expected == NULL) {
        printf("%s cannot be read\n", argv[3]);
        return 1;
    }
    result = WSAStartup(MAKEWORD(2, 2), &data);
    if (result != 0) {
        print_code("WSAStartup", result);
        return 1;
    }
    ZeroMemory(&address, sizeof(address));
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = inet_addr(argv[1]);
    address.sin_port = htons((u_short)atoi(argv[2]));

    s = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
    if (s == INVALID_SOCKET || ioctlsocket(s, FIONBIO, &nonblocking) == SOCKET_ERROR ||
        connect_without_waiting(s, &address) != 0)
        result = -1;
    else
        result = exchange(s);
    if (result < 0)
        print_error("failed");
    if (s != INVALID_SOCKET)
        closesocket(s);
    fclose(sending);
    fclose(expected);
    WSACleanup();
    return result != 0;
}
