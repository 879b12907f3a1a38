/* Sends a file over a connection of its own, by ReadFile and send, and back by WriteFile on the socket; compares. */
#include <string.h>

#include "check.h"

static SOCKET pair[2];

static void connect_pair(void)
{
    struct sockaddr_in address;
    int length = sizeof(address);
    SOCKET listener = socket(AF_INET, SOCK_STREAM, 0);

    memset(&address, 0, sizeof(address));
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    CHECK(bind(listener, (struct sockaddr *)&address, sizeof(address)) == 0 && listen(listener, 1) == 0);
    CHECK(getsockname(listener, (struct sockaddr *)&address, &length) == 0);
    pair[0] = WSASocketA(AF_INET, SOCK_STREAM, 0, NULL, 0, 0);
    CHECK(connect(pair[0], (struct sockaddr *)&address, sizeof(address)) == 0);
    pair[1] = accept(listener, NULL, NULL);
    CHECK(pair[1] != INVALID_SOCKET);
    closesocket(listener);
}

int main(void)
{
    WSADATA data;
    HANDLE from, to;
    char block[4096], other[4096];
    DWORD moved, i, total = 0;

    CHECK(WSAStartup(MAKEWORD(2, 2), &data) == 0);
    connect_pair();
    from = CreateFileA("from.bin", GENERIC_READ | GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, FILE_ATTRIBUTE_NORMAL, NULL);
    to = CreateFileA("to.bin", GENERIC_READ | GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, FILE_FLAG_SEQUENTIAL_SCAN, NULL);
    for (i = 0; i < sizeof(block); i++)
        block[i] = (char)(i * 7 % 251);
    for (i = 0; i < 10; i++)
        CHECK(WriteFile(from, block, sizeof(block) - i, &moved, NULL) && moved == sizeof(block) - i);
    CHECK(SetFilePointer(from, 0, NULL, FILE_BEGIN) == 0);
    while (ReadFile(from, block, sizeof(block), &moved, NULL) && moved > 0) {
        int sent = 0;

        if (total % 2 == 0)
            sent = send(pair[0], block, (int)moved, 0);
#ifndef __MINGW32__
        else
            sent = WriteFile((HANDLE)pair[0], block, moved, (DWORD *)&sent, NULL) ? sent : -1;
#else
        else
            sent = send(pair[0], block, (int)moved, 0);
#endif
        CHECK(sent == (int)moved);
        for (i = 0; i < moved;) {
            DWORD got = 0;

            CHECK(ReadFile((HANDLE)pair[1], other + i, moved - i, &got, NULL) && got > 0);
            if (got == 0)
                break;
            i += got;
        }
        CHECK(memcmp(block, other, moved) == 0);
        CHECK(WriteFile(to, other, moved, &i, NULL) && i == moved);
        total += moved;
    }
    CHECK(total == 10 * sizeof(block) - 45 && GetFileSize(to, NULL) == total);
    shutdown(pair[0], SD_SEND);
    CHECK(ReadFile((HANDLE)pair[1], other, 1, &moved, NULL) && moved == 0);
    closesocket(pair[0]);
    closesocket(pair[1]);
    CHECK(!ReadFile((HANDLE)pair[1], other, 1, &moved, NULL) && GetLastError() == ERROR_INVALID_HANDLE);
    close_file(from);
    close_file(to);
    CHECK(DeleteFileA("from.bin") && DeleteFileA("to.bin"));
    WSACleanup();
    return result();
}
