/* A server on loopback that sends a file to each client and ends the connection: TransmitFile, a line before and behind the
   file, and an event for each client. Prints the port that it got. usage: transmit_server FILE CLIENTS */
#include "extension.h"

#include <stdlib.h>

static char head[64];
static char tail[] = "\nend\n";

/* Sends the file; the number of bytes, 0 after a failure. */
static DWORD transmit(SOCKET s, LPFN_TRANSMITFILE transmit_file, HANDLE file)
{
    TRANSMIT_FILE_BUFFERS around;
    OVERLAPPED overlapped;
    DWORD bytes = 0, flags;

    ZeroMemory(&overlapped, sizeof(overlapped));
    overlapped.hEvent = CreateEventA(NULL, TRUE, FALSE, NULL);
    around.Head = head;
    around.HeadLength = (DWORD)strlen(head);
    around.Tail = tail;
    around.TailLength = (DWORD)strlen(tail);
    if (!transmit_file(s, file, 0, 0, &overlapped, &around, TF_DISCONNECT) && WSAGetLastError() != WSA_IO_PENDING)
        print_error("TransmitFile");
    else if (!WSAGetOverlappedResult(s, &overlapped, &bytes, TRUE, &flags))
        bytes = 0; /* The client has gone. */
    CloseHandle(overlapped.hEvent);
    return bytes;
}

int main(int argc, char **argv)
{
    GUID id = WSAID_TRANSMITFILE;
    LPFN_TRANSMITFILE transmit_file;
    LARGE_INTEGER size;
    WSADATA data;
    SOCKET listener;
    HANDLE file;
    int left;

    if (argc != 3)
        return 2;
    if (WSAStartup(MAKEWORD(2, 2), &data) != 0)
        return 1;
    file = CreateFileA(argv[1], GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING,
                       FILE_FLAG_SEQUENTIAL_SCAN | FILE_FLAG_OVERLAPPED, NULL);
    if (file == INVALID_HANDLE_VALUE || !GetFileSizeEx(file, &size)) {
        print_code("the file", (int)GetLastError());
        return 1;
    }
    sprintf(head, "%lld bytes\n", (long long)size.QuadPart);
    listener = listen_on_loopback();
    if (listener == INVALID_SOCKET || load_extension(listener, id, &transmit_file) != 0) {
        print_error("the listener");
        return 1;
    }
    for (left = atoi(argv[2]); left > 0; left--) {
        SOCKET s = accept(listener, NULL, NULL);
        char rest[256];

        if (s == INVALID_SOCKET) {
            print_error("accept");
            return 1;
        }
        printf("sent %lu bytes\n", (unsigned long)transmit(s, transmit_file, file));
        fflush(stdout);
        /* Until the client ends, too: what it says is not looked at. */
        while (recv(s, rest, sizeof(rest), 0) > 0)
            ;
        closesocket(s);
    }
    closesocket(listener);
    CloseHandle(file);
    WSACleanup();
    return 0;
}
