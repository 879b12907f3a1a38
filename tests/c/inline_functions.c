/* Runs what the headers define themselves: sets, wide pointers, windows.h. The library's part is played here, so that
   only the headers are looked at. */
#define FD_SETSIZE 3
#include <winsock2.h>
#include <stdio.h>

static int last_error;
static int ioctl_result;
static u_long ioctl_given;

int WSAGetLastError(void) { return last_error; }
void WSASetLastError(int iError) { last_error = iError; }
DWORD GetLastError(void) { return (DWORD)last_error; }
void SetLastError(DWORD dwErrCode) { last_error = (int)dwErrCode; }

int (ioctlsocket)(SOCKET s, LONG cmd, u_long *argp)
{
    (void)s;
    if (argp == NULL)
        return SOCKET_ERROR;
    ioctl_given = *argp;
    if (cmd == FIONREAD)
        *argp = 7;
    return ioctl_result;
}

int (WSAHtonl)(SOCKET s, u_long hostlong, u_long *lpnetlong)
{
    (void)s;
    *lpnetlong = hostlong + 1;
    return 0;
}

int (WSANtohl)(SOCKET s, u_long netlong, u_long *lphostlong)
{
    (void)s;
    *lphostlong = netlong - 1;
    return 0;
}

#define CHECK(claim)                                              \
    do {                                                          \
        if (!(claim)) {                                           \
            printf("line %d: %s does not hold\n", __LINE__, #claim); \
            return 1;                                             \
        }                                                         \
    } while (0)

static int sets(void)
{
    fd_set set;

    FD_ZERO(&set);
    FD_SET(5, &set);
    FD_SET(6, &set);
    FD_SET(5, &set);
    CHECK(set.fd_count == 2 && set.fd_array[0] == 5 && set.fd_array[1] == 6);
    FD_SET(7, &set);
    FD_SET(8, &set); /* full: left out, as on Windows */
    CHECK(set.fd_count == 3 && set.fd_array[2] == 7);
    FD_CLR(5, &set);
    CHECK(set.fd_count == 2 && set.fd_array[0] == 6 && set.fd_array[1] == 7);
    FD_CLR(9, &set);
    CHECK(set.fd_count == 2 && sizeof(fd_set) == 8 + 3 * sizeof(SOCKET));
    return 0;
}

static int wide_pointers(void)
{
    unsigned long wide = ~0ul;
    u_long narrow = 3;

    CHECK(ioctlsocket(1, FIONREAD, &wide) == 0 && wide == 7); /* the upper half is written, too */
    wide = 1;
    CHECK(ioctlsocket(1, FIONBIO, &wide) == 0 && ioctl_given == 1 && wide == 1);
    CHECK(ioctlsocket(1, FIONREAD, &narrow) == 0 && narrow == 7);
    ioctl_result = SOCKET_ERROR;
    wide = ~0ul;
    CHECK(ioctlsocket(1, FIONREAD, &wide) == SOCKET_ERROR && wide == ~0ul);
    CHECK(ioctlsocket(1, FIONREAD, NULL) == SOCKET_ERROR && ioctlsocket(1, FIONREAD, (unsigned long *)NULL) == SOCKET_ERROR);
    CHECK(WSAHtonl(1, 4, &wide) == 0 && wide == 5);
    CHECK(WSANtohl(1, 4, &wide) == 0 && wide == 3);
    CHECK(WSANtohl(1, 4, &narrow) == 0 && narrow == 3);
    return 0;
}

static int messages(void)
{
    char buffer[32], *allocated = NULL;
    const DWORD system = FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS;

    CHECK(FormatMessage(system | FORMAT_MESSAGE_ALLOCATE_BUFFER, NULL, WSAENOTSOCK, 0, (LPSTR)&allocated, 0, NULL) > 0);
    CHECK(allocated != NULL && strstr(allocated, "\r\n") != NULL && LocalFree(allocated) == NULL);
    (void)buffer;
    return 0;
}

static int others(void)
{
    ULONGLONG before = GetTickCount64();
    char a[4] = "abc", b[4];

    errno = 99;
    CHECK(errno == 99 && GetTickCount64() >= before);
    SetLastError(0xFFFFFFFFu);
    CHECK(GetLastError() == 0xFFFFFFFFu && WSAGetLastError() == -1);
    CHECK(_stricmp("Content-Length", "content-LENGTH") == 0 && _stricmp("a", "b") < 0 && _stricmp("b", "A") > 0);
    CHECK(_stricmp("ab", "abc") < 0 && _strnicmp("abX", "ABy", 2) == 0 && _strnicmp("a", "b", 0) == 0);
    CHECK(MAKEWORD(2, 1) == 0x102 && LOBYTE(0x102) == 2 && HIBYTE(0x102) == 1);
    CHECK(MAKELONG(0x1234, 0xFEDC) == (LONG)0xFEDC1234 && LOWORD(0xFEDC1234) == 0x1234 && HIWORD(0xFEDC1234) == 0xFEDC);
    CopyMemory(b, a, 4);
    ZeroMemory(a, 4);
    CHECK(strcmp(b, "abc") == 0 && a[0] == 0 && min(1, 2) == 1 && max(1, 2) == 2);
    return 0;
}

static int control_data(void)
{
    __extension__ union {
        char bytes[2 * WSA_CMSG_SPACE(4)];
        WSACMSGHDR header;
    } space;
    WSAMSG message;
    WSACMSGHDR *header;

    ZeroMemory(&message, sizeof(message));
    ZeroMemory(&space, sizeof(space));
    message.Control.buf = space.bytes;
    message.Control.len = sizeof(space.bytes);
    header = WSA_CMSG_FIRSTHDR(&message);
    CHECK(header == &space.header && WSA_CMSG_SPACE(4) == 24 && WSA_CMSG_LEN(4) == 20);
    CHECK(WSA_CMSG_DATA(header) == (UCHAR *)space.bytes + 16);
    header->cmsg_len = WSA_CMSG_LEN(4);
    header = WSA_CMSG_NXTHDR(&message, header);
    CHECK((char *)header == space.bytes + 24);
    header->cmsg_len = WSA_CMSG_LEN(4);
    CHECK(WSA_CMSG_NXTHDR(&message, header) == NULL);
    message.Control.len = 8;
    CHECK(WSA_CMSG_FIRSTHDR(&message) == NULL);
    return 0;
}

int main(void)
{
    return sets() || wide_pointers() || messages() || others() || control_data();
}
