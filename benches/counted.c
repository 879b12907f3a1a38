/* Sends one byte COUNT times, in the way that the first argument says, for counted.sh to count instructions.
   The socket is a UDP one connected to itself, so that every call succeeds, whether or not anybody reads. */
#define _GNU_SOURCE
#include <netinet/in.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

/* By their own names, as the headers bind them: <winsock2.h> and <sys/socket.h> do not go together. */
extern int ws2_send(uintptr_t s, const char *buf, int len, int flags);
extern int WSAStartup(unsigned short version, void *data);

static long inline_call(int fd, const char *data)
{
    long result;
    register long flags __asm__("r10") = MSG_NOSIGNAL | MSG_DONTWAIT;
    register long address __asm__("r8") = 0, length __asm__("r9") = 0;

    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(SYS_sendto), "D"(fd), "S"(data), "d"(1L), "r"(flags), "r"(address), "r"(length)
                     : "rcx", "r11", "memory");
    return result;
}

static void *wait_for_ever(void *nothing)
{
    pause();
    return nothing;
}

#define REPEAT(call) \
    do { \
        for (long i = 0; i < count; i++) \
            if ((call) != 1) \
                return perror(argv[1]), 1; \
    } while (0)

int main(int argc, char **argv)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t length = sizeof(address);
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    static char data[512] = "x"; /* WSADATA first, then what is sent */
    pthread_t thread;

    if (argc != 4)
        return 2;
    long count = atol(argv[2]);
    if (bind(fd, (struct sockaddr *)&address, sizeof(address)) != 0 ||
        getsockname(fd, (struct sockaddr *)&address, &length) != 0 ||
        connect(fd, (struct sockaddr *)&address, length) != 0 || WSAStartup(0x0202, data) != 0)
        return perror("setup"), 1;
    if (strcmp(argv[3], "threads") == 0 && pthread_create(&thread, NULL, wait_for_ever, NULL) != 0)
        return 1;

    if (strcmp(argv[1], "loop") == 0)
        REPEAT((__extension__({ __asm__ volatile("" ::: "memory"); 1; })));
    else if (strcmp(argv[1], "bare") == 0)
        REPEAT(inline_call(fd, data));
    else if (strcmp(argv[1], "syscall") == 0)
        REPEAT(syscall(SYS_sendto, fd, data, 1L, (long)(MSG_NOSIGNAL | MSG_DONTWAIT), 0L, 0L));
    else if (strcmp(argv[1], "libc") == 0)
        REPEAT(send(fd, data, 1, MSG_NOSIGNAL));
    else if (strcmp(argv[1], "ws2_32") == 0)
        REPEAT(ws2_send((uintptr_t)fd, data, 1, 0));
    else
        return 2;
    fflush(NULL);
    _exit(0);
}
