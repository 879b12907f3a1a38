/* What the examples with completion ports share: mswsock's functions, asked for by their GUIDs. */
#ifndef EXTENSION_H
#define EXTENSION_H

#include "print_error.h"

#include <mswsock.h>

/* Puts the address of a function where the last argument says; 0 after success. */
static __inline int load_extension(SOCKET s, GUID id, void *function)
{
    DWORD bytes;

    return WSAIoctl(s, SIO_GET_EXTENSION_FUNCTION_POINTER, &id, sizeof(id), function, sizeof(void *), &bytes, NULL,
                    NULL);
}

/* A listener on loopback, whose port is printed; INVALID_SOCKET after a failure. */
static __inline SOCKET listen_on_loopback(void)
{
    struct sockaddr_in address;
    int length = sizeof(address);
    SOCKET s = WSASocketW(AF_INET, SOCK_STREAM, IPPROTO_TCP, NULL, 0, WSA_FLAG_OVERLAPPED);

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

#endif
