/* WSAPoll over a listener and its clients, the array shrinking as they go. */
#include "loopback.h"

#define MOST 5

int main(void)
{
    WSAPOLLFD fds[MOST + 1];
    struct sockaddr_in address;
    SOCKET clients[MOST];
    ULONG count = 1, i;
    int answered = 0, ended = 0;
    char letter;

    started();
    memset(fds, 0, sizeof(fds));
    fds[0].fd = bound(SOCK_STREAM, &address);
    fds[0].events = POLLRDNORM;
    CHECK(WSAPoll(fds, 1, 0) == 0);
    for (i = 0; i < MOST; i++) {
        clients[i] = socket(AF_INET, SOCK_STREAM, 0);
        CHECK(connect(clients[i], (struct sockaddr *)&address, sizeof(address)) == 0);
        letter = (char)('a' + i);
        CHECK(send(clients[i], &letter, 1, 0) == 1 && shutdown(clients[i], SD_SEND) == 0);
    }
    while (ended < MOST) {
        if (WSAPoll(fds, count, 5000) <= 0) {
            CHECK(!"nothing came");
            break;
        }
        if (fds[0].revents & POLLRDNORM) {
            fds[count].fd = accept(fds[0].fd, NULL, NULL);
            fds[count].revents = 0;
            fds[count++].events = POLLIN;
        }
        for (i = 1; i < count; i++) {
            int got;

            if ((fds[i].revents & (POLLIN | POLLHUP)) == 0)
                continue;
            got = recv(fds[i].fd, &letter, 1, 0);
            if (got == 1) {
                letter = (char)(letter - 'a' + 'A');
                answered += send(fds[i].fd, &letter, 1, 0);
            } else {
                CHECK(got == 0);
                closesocket(fds[i].fd);
                fds[i--] = fds[--count];
                ended++;
            }
        }
    }
    CHECK(answered == MOST && count == 1);
    for (i = 0; i < MOST; i++) {
        CHECK(recv(clients[i], &letter, 1, 0) == 1 && letter == (char)('A' + i));
        CHECK(recv(clients[i], &letter, 1, 0) == 0);
        closesocket(clients[i]);
    }
    closesocket(fds[0].fd);
    WSACleanup();
    return result();
}
