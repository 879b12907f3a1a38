/* WSAStartup and WSACleanup make no system call where the WSADATA is on the stack or a variable: the kernel ends a process in this mode
   that makes any but read, write and exit. With "heap" it is told where the heap begins, which has to be read. */
#include <winsock2.h>
#include <linux/seccomp.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

static WSADATA variable;

int main(int count, char **arguments)
{
    WSADATA local, *heap = malloc(sizeof(*heap));
    int good;

    (void)arguments;
    if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT) != 0)
        return 77;
    good = WSAStartup(MAKEWORD(2, 2), &local) == 0 && WSAStartup(MAKEWORD(2, 2), &variable) == 0;
    if (count > 1)
        good = good && WSAStartup(MAKEWORD(2, 2), heap) == 0;
    good = good && WSACleanup() == 0 && WSACleanup() == 0;
    syscall(SYS_exit, good ? 0 : 1);
    return 1;
}
