/* Members called as Winsock's functions are, of structures from before and after the header, and the functions. */
struct early {
    int (*select)(int, int);
    int (*connect)(int);
    int gethostname;
};
#include <winsock2.h>
struct late {
    int (*select)(int, fd_set *, struct timeval *);
    int (*recv)(SOCKET);
    int accept;
};

static int two(int a, int b) { return a + b; }
static int one(int a) { return a; }
static int wait_for(int count, fd_set *set, struct timeval *limit) { return count + (set == NULL) + (limit == NULL); }
static int receive(SOCKET s) { return (int)s; }

int main(void)
{
    struct early early;
    struct late late;
    const struct late *through = &late;
    int (*function)(int, fd_set *, fd_set *, fd_set *, const struct timeval *) = select;
    fd_set set;
    struct timeval limit = {0, 1000};

    early.select = two;
    early.connect = one;
    early.gethostname = 7;
    late.select = wait_for;
    late.recv = receive;
    late.accept = 1;
    FD_ZERO(&set);
    if (early.select(1, 2) != 3 || early.connect(4) != 4 || early.gethostname != 7)
        return 1;
    if (late.select(1, 0, 0) != 3 || through->select(1, &set, &limit) != 1 || through->recv(5) != 5 || !late.accept)
        return 2;
    return function == 0 || (0 && select(0, &set, NULL, NULL, &limit));
}
