/* A program for Windows has these names for itself: no header that it includes declares them there. */
#include <winsock2.h>
#include <ws2tcpip.h>
#include <mswsock.h>
#include <iphlpapi.h>

typedef ULONG nfds_t;
typedef int ssize_t;
typedef unsigned int in_addr_t;
struct timezone { int west; };
struct timespec { int seconds; };
struct rusage { int used; };
typedef long pid_t, uid_t, off_t;
static int sleep = 1, read = 2, environ = 3, optind = 4;
static int gettimeofday(struct timeval *now, struct timezone *zone) { now->tv_sec = zone->west; return 0; }
static int link(int a) { return a; }
static int pipe(SOCKET ends[2]) { ends[0] = ends[1] = INVALID_SOCKET; return 0; }
static void pause(void) {}
static int wait(int ms) { return ms; }
static int alarm(int ms) { return ms; }
static int random(int limit) { return limit; }
static int poll(struct pollfd *fds, nfds_t count, int timeout) { return fds == NULL && count == 0 ? timeout : 0; }
static int usleep(DWORD us) { return (int)us; }
static int close(SOCKET s) { return s == INVALID_SOCKET; }
static int fork(void) { return 0; }

int main(void)
{
    SOCKET ends[2];
    struct timeval now;
    struct timezone zone = {5};
    struct timespec spec = {1};
    struct rusage used = {1};
    nfds_t none = 0;
    ssize_t got = -1;
    in_addr_t address = 0;
    pid_t pid = 1;
    uid_t uid = 1;
    off_t at = 1;

    pause();
    gettimeofday(&now, &zone);
    return !(now.tv_sec == 5 && link(1) && pipe(ends) == 0 && wait(1) && alarm(1) && random(1) && poll(NULL, none, 1) &&
             usleep(1) && close(ends[0]) && fork() == 0 && got == -1 && address == 0 && spec.seconds && used.used && pid &&
             uid && at && sleep + read + environ + optind == 10);
}
