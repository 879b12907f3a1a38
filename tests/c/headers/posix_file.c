/* A file of the same build that knows nothing of Winsock: POSIX' select, its sets and times, FIRST included first. */
#ifdef FIRST
# include FIRST
#endif
#include <sys/select.h>
#include <sys/time.h>
#include <unistd.h>

static int select_member(void)
{
    struct { int (*select)(int); } object = {0};
    return object.select == 0;
}

int main(void)
{
    int ends[2];
    fd_set set;
    struct timeval limit = {0, 0}, now;
    int (*function)(int, fd_set *, fd_set *, fd_set *, struct timeval *) = select;

    if (pipe(ends) != 0 || write(ends[1], "x", 1) != 1 || gettimeofday(&now, 0) != 0)
        return 1;
    FD_ZERO(&set);
    FD_SET(ends[0], &set);
    if (select(ends[0] + 1, &set, 0, 0, &limit) != 1 || !FD_ISSET(ends[0], &set))
        return 2;
    FD_ZERO(&set);
    FD_SET(ends[1], &set);
    if (function(ends[1] + 1, 0, &set, 0, &limit) != 1)
        return 3;
    return !(sizeof(struct timeval) == 2 * sizeof(long) && now.tv_sec > 0 && select_member());
}
