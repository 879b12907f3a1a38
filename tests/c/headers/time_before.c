/* struct timeval in a prototype before Winsock's header; FIRST is what the program includes before that. */
#ifdef FIRST
# include FIRST
#endif
struct timeval;
int set_timeout(int fd, const struct timeval *tv);
#include <winsock2.h>
#include <ws2tcpip.h>
int set_timeout(int fd, const struct timeval *tv)
{
    TIMEVAL copy = *tv;
    return fd + (int)copy.tv_sec + (int)copy.tv_usec;
}
int main(void)
{
    struct timeval tv = {1, 2};
    return set_timeout(3, &tv) != 6 || (0 && select(0, NULL, NULL, NULL, &tv));
}
