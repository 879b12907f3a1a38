/* What the examples share: Winsock's headers, and a line about the call that failed last. */
#ifndef PRINT_ERROR_H
#define PRINT_ERROR_H

/* WSAPoll and inet_ntop came with Windows Vista. */
#ifndef _WIN32_WINNT
#define _WIN32_WINNT 0x0600
#endif

#include <winsock2.h>
#include <ws2tcpip.h>
#include <windows.h>
#include <stdio.h>
#include <string.h>

/* A code and its text. */
static __inline void print_code(const char *what, int code)
{
    char text[256];
    DWORD length = FormatMessageA(FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS, NULL, (DWORD)code, 0,
                                  text, sizeof(text), NULL);

    while (length > 0 && strchr(" \r\n", text[length - 1]) != NULL)
        length--;
    text[length] = '\0';
    printf("%s: %d %s\n", what, code, text);
    fflush(stdout);
}

/* The code of the call that failed last. */
static __inline void print_error(const char *what)
{
    print_code(what, WSAGetLastError());
}

#endif
