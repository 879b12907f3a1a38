/* Deliberate faults, each named by a letter, so that a test can see that the tool which should find them is at
   work. */
#include <winsock2.h>
#include <ws2tcpip.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int count, char **faults)
{
    char *memory = malloc(8);
    int number = count > 1 ? INT_MAX : 0;
    WSADATA data;
    const char *fault;

    if (WSAStartup(MAKEWORD(2, 2), &data) != 0 || count < 2 || memory == NULL)
        return 2;
    for (fault = faults[1]; *fault != '\0'; fault++) {
        switch (*fault) {
        case 'r': /* reads beyond an object */
            memset(memory, 'x', 8);
            number -= (int)strlen(memory);
            break;
        case 'w': /* lets the library write beyond an object */
            inet_ntop(AF_INET, &number, memory + 4, 16);
            break;
        case 'u': /* undefined arithmetic */
            number += count;
            break;
        case 'l': /* a leak */
            memory = malloc(9);
            break;
        case 'd': /* a descriptor left over */
            if (socket(AF_INET, SOCK_STREAM, 0) == INVALID_SOCKET)
                return 2;
            break;
        }
    }
    printf("%d\n", number);
    free(memory);
    return 0;
}
