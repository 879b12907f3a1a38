/* What kind an IPv6 address is: functions, whose argument is looked at once. */
#include <winsock2.h>
#include <ws2tcpip.h>

static struct in6_addr address(int first, int second, int last)
{
    struct in6_addr made;

    memset(&made, 0, sizeof(made));
    made.s6_addr[0] = (UCHAR)first;
    made.s6_addr[1] = (UCHAR)second;
    made.s6_addr[15] = (UCHAR)last;
    return made;
}

int main(void)
{
    struct in6_addr group = address(0xFF, 2, 1), link = address(0xFE, 0x80, 1), site = address(0xFE, 0xC0, 1);
    struct in6_addr loopback = address(0, 0, 1), global = address(0x20, 1, 1), old = address(0, 0, 2), any = address(0, 0, 0);
    const struct in6_addr *next = &group;
    struct sockaddr_in6 own;

    IN6ADDR_SETLOOPBACK(&own);
    if (!IN6_IS_ADDR_MULTICAST(next++) || next != &group + 1 || !IN6_IS_ADDR_MC_LINKLOCAL(&group) || IN6_IS_ADDR_MC_GLOBAL(&group))
        return 1;
    if (!IN6_IS_ADDR_LINKLOCAL(&link) || IN6_IS_ADDR_LINKLOCAL(&site) || !IN6_IS_ADDR_SITELOCAL(&site) || !IN6_IS_ADDR_GLOBAL(&global))
        return 2;
    if (!IN6_IS_ADDR_LOOPBACK(&loopback) || !IN6_IS_ADDR_V4COMPAT(&old) || IN6_IS_ADDR_V4COMPAT(&loopback) || !IN6_IS_ADDR_UNSPECIFIED(&any))
        return 3;
    if (own.sin6_family != AF_INET6 || !IN6ADDR_ISLOOPBACK(&own) || IN6ADDR_ISANY(&own) || !IN6_ARE_ADDR_EQUAL(&own.sin6_addr, &loopback))
        return 4;
    IN6_SET_ADDR_UNSPECIFIED(&group);
    return !IN6_ADDR_EQUAL(&group, &any) || SS_PORT(&own) != 0;
}
