/* Threads that send, receive, wait and are woken: for ThreadSanitizer. With RACE, two threads that really race. */
#include <winsock2.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#define PAIRS 4
#define BYTES 400000

static SOCKET near[PAIRS], far[PAIRS];
static int results[PAIRS];
static long received[PAIRS];

static void *sender(void *of)
{
    static const char data[10000];
    long sent, at = (SOCKET *)of - near;
    for (sent = 0; sent < BYTES; sent += sizeof data)
        if (send(near[at], data, sizeof data, 0) != (int)sizeof data)
            return of;
    shutdown(near[at], SD_SEND);
    return NULL;
}

static void *receiver(void *of)
{
    char room[5000];
    long at = (SOCKET *)of - far;
    int got;
    while ((got = recv(far[at], room, sizeof room, 0)) > 0)
        received[at] += got;
    results[at] = got;
    return NULL;
}

/* Waits until another thread closes the socket. */
static void *blocked(void *of)
{
    char room[1];
    int *error = of;
    if (recv(near[0], room, 1, 0) == SOCKET_ERROR)
        *error = WSAGetLastError();
    return NULL;
}

static int shared;

static void *racer(void *unused)
{
    int i;
    for (i = 0; i < 1000; i++)
        shared++;
    return unused;
}

static SOCKET listener(struct sockaddr_in *name)
{
    int len = sizeof *name;
    SOCKET made = socket(AF_INET, SOCK_STREAM, 0);
    memset(name, 0, sizeof *name);
    name->sin_family = AF_INET;
    name->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    bind(made, (struct sockaddr *)name, sizeof *name);
    listen(made, PAIRS);
    getsockname(made, (struct sockaddr *)name, &len);
    return made;
}

int main(void)
{
    pthread_t threads[2 * PAIRS + 2];
    struct sockaddr_in name;
    WSADATA data;
    SOCKET listening;
    void *failed;
    int i, error = 0, wrong = 0;

    if (WSAStartup(MAKEWORD(2, 2), &data) != 0)
        return 2;
    listening = listener(&name);
    for (i = 0; i < PAIRS; i++) {
        near[i] = socket(AF_INET, SOCK_STREAM, 0);
        wrong += connect(near[i], (struct sockaddr *)&name, sizeof name) != 0;
        far[i] = accept(listening, NULL, NULL);
    }
    for (i = 0; i < PAIRS; i++) {
        pthread_create(&threads[2 * i], NULL, sender, &near[i]);
        pthread_create(&threads[2 * i + 1], NULL, receiver, &far[i]);
    }
    for (i = 0; i < 2 * PAIRS; i++) {
        pthread_join(threads[i], &failed);
        wrong += failed != NULL;
    }
    for (i = 0; i < PAIRS; i++)
        wrong += results[i] != 0 || received[i] != BYTES;

    pthread_create(&threads[0], NULL, blocked, &error);
#ifdef RACE
    for (i = 1; i < 3; i++)
        pthread_create(&threads[i], NULL, racer, NULL);
    for (i = 1; i < 3; i++)
        pthread_join(threads[i], NULL);
#else
    racer(NULL);
#endif
    /* Whether it waits already or not: it ends with WSAEINTR, or finds no socket. */
    closesocket(near[0]);
    pthread_join(threads[0], NULL);
    wrong += error != WSAEINTR && error != WSAENOTSOCK;
    WSACleanup();
    printf("%d wrong\n", wrong);
    return wrong != 0;
}
