/* Winsock's send and POSIX' send in one program. This file has Winsock's: from the header, or, with
   OWN_PROTOTYPES, from declarations of its own that name the plain symbols. */
#include <stdio.h>

#ifdef OWN_PROTOTYPES
typedef unsigned long SOCKET;
#define SOCKET_ERROR (-1)
#define WSANOTINITIALISED 10093
int send(SOCKET s, const char *buf, int len, int flags);
int WSAStartup(unsigned short version, void *data);
int WSACleanup(void);
int WSAGetLastError(void);
static double data[64];
#define DATA data
#else
#include <winsock2.h>
static WSADATA data;
#define DATA &data
#endif

int posix_pair(int pair[2]);
long posix_receive(int from, char *buffer, unsigned long size);
int posix_works(void);

#define EXPECT(what)                                             \
    do {                                                         \
        if (!(what)) {                                           \
            printf("line %d: not so: %s\n", __LINE__, #what);    \
            return 1;                                            \
        }                                                        \
    } while (0)

int main(void)
{
    int pair[2];
    char buffer[8];

    EXPECT(posix_pair(pair) == 0);

    /* Nothing is started: Winsock's send refuses, POSIX' send works. */
    EXPECT(send((SOCKET)pair[0], "hello", 5, 0) == SOCKET_ERROR);
    EXPECT(WSAGetLastError() == WSANOTINITIALISED);
    EXPECT(posix_works());
    EXPECT(WSAGetLastError() == WSANOTINITIALISED);

    EXPECT(WSAStartup(0x0202, DATA) == 0);
    EXPECT(send((SOCKET)pair[0], "hello", 5, 0) == 5);
    EXPECT(posix_receive(pair[1], buffer, sizeof buffer) == 5);
    EXPECT(posix_works());
    EXPECT(WSACleanup() == 0);
    return 0;
}
