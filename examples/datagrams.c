/* UDP to many at once, by broadcast or to a multicast group. A receiver prints its port, then each datagram, and answers
   with the datagram's length; the datagram "bye" ends it. A sender sends texts and prints the answers.
   usage: datagrams receive INTERFACE [GROUP]
          datagrams send INTERFACE TO PORT TEXT...
   INTERFACE is the address of a local interface, TO a broadcast address or a group. */
#include "print_error.h"

#include <stdlib.h>

static struct sockaddr_in address_of(u_long host, u_short port)
{
    struct sockaddr_in address;

    ZeroMemory(&address, sizeof(address));
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = host;
    address.sin_port = htons(port);
    return address;
}

/* Datagrams to a group come only to who has joined it, on the interface where it was joined. */
static int join(SOCKET s, const char *interface_address, const char *group)
{
    struct ip_mreq request;

    request.imr_multiaddr.s_addr = inet_addr(group);
    request.imr_interface.s_addr = inet_addr(interface_address);
    return setsockopt(s, IPPROTO_IP, IP_ADD_MEMBERSHIP, (const char *)&request, sizeof(request));
}

static int receive(SOCKET s, const char *interface_address, const char *group)
{
    struct sockaddr_in address = address_of(htonl(INADDR_ANY), 0);
    int length = sizeof(address);
    char text[1500], answer[32];

    if (bind(s, (struct sockaddr *)&address, length) == SOCKET_ERROR ||
        (group != NULL && join(s, interface_address, group) == SOCKET_ERROR) ||
        getsockname(s, (struct sockaddr *)&address, &length) == SOCKET_ERROR)
        return -1;
    printf("port %d\n", ntohs(address.sin_port));
    fflush(stdout);
    for (;;) {
        int got;

        length = sizeof(address);
        got = recvfrom(s, text, sizeof(text), 0, (struct sockaddr *)&address, &length);
        if (got == SOCKET_ERROR)
            return -1;
        printf("%s: %.*s\n", inet_ntoa(address.sin_addr), got, text);
        fflush(stdout);
        if (got == 3 && memcmp(text, "bye", 3) == 0)
            return 0;
        sprintf(answer, "%d bytes", got);
        if (sendto(s, answer, (int)strlen(answer), 0, (struct sockaddr *)&address, length) == SOCKET_ERROR)
            return -1;
    }
}

/* A group takes the interface from an option; a broadcast must be allowed first. */
static int prepare(SOCKET s, const char *interface_address, const struct sockaddr_in *to)
{
    if (IN_MULTICAST(ntohl(to->sin_addr.s_addr))) {
        struct in_addr from;
        DWORD hops = 1, own = 1;

        from.s_addr = inet_addr(interface_address);
        if (setsockopt(s, IPPROTO_IP, IP_MULTICAST_IF, (const char *)&from, sizeof(from)) == SOCKET_ERROR ||
            setsockopt(s, IPPROTO_IP, IP_MULTICAST_TTL, (const char *)&hops, sizeof(hops)) == SOCKET_ERROR ||
            setsockopt(s, IPPROTO_IP, IP_MULTICAST_LOOP, (const char *)&own, sizeof(own)) == SOCKET_ERROR)
            return -1;
    } else {
        BOOL allowed = TRUE;

        if (sendto(s, "", 0, 0, (const struct sockaddr *)to, sizeof(*to)) == SOCKET_ERROR)
            print_error("before SO_BROADCAST");
        if (setsockopt(s, SOL_SOCKET, SO_BROADCAST, (const char *)&allowed, sizeof(allowed)) == SOCKET_ERROR)
            return -1;
    }
    return 0;
}

static int send_texts(SOCKET s, const char *interface_address, const struct sockaddr_in *to, char **texts)
{
    struct sockaddr_in address = address_of(inet_addr(interface_address), 0);
    DWORD milliseconds = 5000;
    char answer[64];

    if (bind(s, (struct sockaddr *)&address, sizeof(address)) == SOCKET_ERROR ||
        setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, (const char *)&milliseconds, sizeof(milliseconds)) == SOCKET_ERROR ||
        prepare(s, interface_address, to) != 0)
        return -1;
    for (; *texts != NULL; texts++) {
        int length = sizeof(address), got;

        if (sendto(s, *texts, (int)strlen(*texts), 0, (const struct sockaddr *)to, sizeof(*to)) == SOCKET_ERROR)
            return -1;
        if (strcmp(*texts, "bye") == 0)
            break;
        got = recvfrom(s, answer, sizeof(answer), 0, (struct sockaddr *)&address, &length);
        if (got == SOCKET_ERROR)
            return -1;
        printf("%s: %.*s\n", inet_ntoa(address.sin_addr), got, answer);
    }
    return 0;
}

int main(int argc, char **argv)
{
    WSADATA data;
    SOCKET s;
    int result;
    int receiving = (argc == 3 || argc == 4) && strcmp(argv[1], "receive") == 0;

    if (!receiving && (argc < 6 || strcmp(argv[1], "send") != 0)) {
        printf("usage: datagrams receive INTERFACE [GROUP]\n"
               "       datagrams send INTERFACE TO PORT TEXT...\n");
        return 2;
    }
    result = WSAStartup(MAKEWORD(2, 2), &data);
    if (result != 0) {
        print_code("WSAStartup", result);
        return 1;
    }
    s = socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
    if (s == INVALID_SOCKET) {
        result = -1;
    } else if (receiving) {
        result = receive(s, argv[2], argv[3]);
    } else {
        struct sockaddr_in to = address_of(inet_addr(argv[3]), (u_short)atoi(argv[4]));

        result = send_texts(s, argv[2], &to, argv + 5);
    }
    if (result != 0)
        print_error("failed");
    if (s != INVALID_SOCKET)
        closesocket(s);
    WSACleanup();
    return result != 0;
}
