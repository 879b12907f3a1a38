/* Sends a file over loopback TCP, first with a blocking socket, then with a non-blocking one; afterwards provokes three
   errors and shows what Winsock says about them. usage: file_client PORT FILE */
#include "file_transfer.h"

#include <stdlib.h>

/* How often the non-blocking socket had no room. */
static int waits;

static struct sockaddr_in loopback(u_short port)
{
    struct sockaddr_in address;

    ZeroMemory(&address, sizeof(address));
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    return address;
}

static SOCKET connect_to(u_short port)
{
    struct sockaddr_in address = loopback(port);
    int buffer = 16384; /* small, so that there is something to wait for */
    SOCKET s = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);

    if (s == INVALID_SOCKET)
        return INVALID_SOCKET;
    if (setsockopt(s, SOL_SOCKET, SO_SNDBUF, (const char *)&buffer, sizeof(buffer)) == SOCKET_ERROR ||
        connect(s, (struct sockaddr *)&address, sizeof(address)) == SOCKET_ERROR) {
        int code = WSAGetLastError();

        closesocket(s);
        WSASetLastError(code);
        return INVALID_SOCKET;
    }
    return s;
}

/* Waits until the socket has room again. */
static int wait_for_room(SOCKET s)
{
    fd_set writable;

    FD_ZERO(&writable);
    FD_SET(s, &writable);
    waits++;
    return select(0, NULL, &writable, NULL, NULL) == SOCKET_ERROR ? -1 : 0;
}

/* Sends everything. A blocking socket does it in one call; a non-blocking one takes what fits. */
static int send_all(SOCKET s, const char *data, int length)
{
    while (length > 0) {
        int sent = send(s, data, length, 0);

        if (sent != SOCKET_ERROR) {
            data += sent;
            length -= sent;
        } else if (WSAGetLastError() != WSAEWOULDBLOCK || wait_for_room(s) != 0) {
            return -1;
        }
    }
    return 0;
}

/* Length and checksum of the file. */
static int measure(FILE *file, char *chunk, struct file_header *header)
{
    size_t count;

    header->length = 0;
    header->checksum = CHECKSUM_START;
    while ((count = fread(chunk, 1, CHUNK_BYTES, file)) > 0) {
        header->length += (u_long)count;
        header->checksum = checksum_add(header->checksum, chunk, (int)count);
    }
    rewind(file);
    return ferror(file) || header->length == 0 ? -1 : 0;
}

/* Header, file, answer. */
static int transfer(SOCKET s, FILE *file, char *chunk, const struct file_header *header)
{
    struct file_header wire;
    u_long done = 0, answer = 0;
    size_t count;

    wire.length = htonl(header->length);
    wire.checksum = htonl(header->checksum);
    if (send_all(s, (const char *)&wire, sizeof(wire)) != 0)
        return -1;
    while ((count = fread(chunk, 1, CHUNK_BYTES, file)) > 0) {
        if (send_all(s, chunk, (int)count) != 0)
            return -1;
        show_progress(done, done + (u_long)count, header->length);
        done += (u_long)count;
    }
    rewind(file);
    if (shutdown(s, SD_SEND) == SOCKET_ERROR)
        return -1;

    count = 0;
    while (count < sizeof(answer)) {
        int got = recv(s, (char *)&answer + count, (int)(sizeof(answer) - count), 0);

        if (got == 0)
            break;
        if (got > 0) {
            count += (size_t)got;
        } else if (WSAGetLastError() == WSAEWOULDBLOCK) {
            fd_set readable;

            FD_ZERO(&readable);
            FD_SET(s, &readable);
            if (select(0, &readable, NULL, NULL, NULL) == SOCKET_ERROR)
                return -1;
        } else {
            return -1;
        }
    }
    if (count < sizeof(answer) || ntohl(answer) != header->checksum) {
        printf(" the receiver has something else\n");
        return 1;
    }
    printf(" %lu bytes, checksum %08lx confirmed\n", (unsigned long)header->length, (unsigned long)header->checksum);
    return 0;
}

static int send_file(u_short port, const char *name, char *chunk, u_long nonblocking)
{
    struct file_header header;
    FILE *file = fopen(name, "rb");
    SOCKET s;
    int result;

    if (file == NULL || measure(file, chunk, &header) != 0) {
        printf("%s cannot be read or is empty\n", name);
        if (file != NULL)
            fclose(file);
        return 1;
    }
    printf("client: %s ", nonblocking ? "non-blocking" : "blocking    ");
    s = connect_to(port);
    if (s == INVALID_SOCKET || ioctlsocket(s, FIONBIO, &nonblocking) == SOCKET_ERROR)
        result = -1;
    else
        result = transfer(s, file, chunk, &header);
    if (result < 0)
        print_error("failed");
    if (s != INVALID_SOCKET)
        closesocket(s);
    fclose(file);
    return result;
}

/* Nobody listens where a socket is only bound. */
static int refused(void)
{
    struct sockaddr_in address = loopback(0);
    int length = sizeof(address);
    SOCKET deaf = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
    SOCKET s = INVALID_SOCKET;

    if (deaf != INVALID_SOCKET && bind(deaf, (struct sockaddr *)&address, sizeof(address)) == 0 &&
        getsockname(deaf, (struct sockaddr *)&address, &length) == 0)
        s = connect_to(ntohs(address.sin_port));
    print_error("connect where nobody listens");
    closesocket(deaf);
    return s == INVALID_SOCKET ? 0 : 1;
}

/* A datagram over IPv4 holds 65,507 bytes. The address is the socket's own. */
static int too_long(char *chunk)
{
    struct sockaddr_in address = loopback(0);
    int length = sizeof(address), result = 0;
    SOCKET s = socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);

    if (s != INVALID_SOCKET && bind(s, (struct sockaddr *)&address, sizeof(address)) == 0 &&
        getsockname(s, (struct sockaddr *)&address, &length) == 0 &&
        connect(s, (struct sockaddr *)&address, sizeof(address)) == 0)
        result = send(s, chunk, CHUNK_BYTES, 0);
    print_error("send of a datagram of 65536 bytes");
    /* What this program has shut down, it cannot use. */
    if (result == SOCKET_ERROR && shutdown(s, SD_SEND) == 0)
        result = send(s, chunk, 1, 0);
    print_error("send after shutdown");
    closesocket(s);
    return result == SOCKET_ERROR ? 0 : 1;
}

int main(int argc, char **argv)
{
    static char chunk[CHUNK_BYTES];
    WSADATA data;
    u_short port;
    int result;

    if (argc != 3) {
        printf("usage: file_client PORT FILE\n");
        return 2;
    }
    port = (u_short)atoi(argv[1]);
    result = WSAStartup(MAKEWORD(2, 2), &data);
    if (result != 0) {
        printf("WSAStartup: %d\n", result);
        return 1;
    }
    result = send_file(port, argv[2], chunk, 0) || send_file(port, argv[2], chunk, 1);
    printf("client: the non-blocking socket had no room %d times\n", waits);
    result = refused() || too_long(chunk) || result;
    WSACleanup();
    return result;
}
