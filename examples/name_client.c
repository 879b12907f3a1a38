/* Connects by name, over IPv6 or IPv4 as the name has it, sends a line and prints the line that comes back.
   usage: name_client HOST PORT TEXT */
#include "print_error.h"

/* The address in numbers, [host]:port. */
static void print_address(const char *what, const struct sockaddr *address, int length)
{
    char host[NI_MAXHOST], port[NI_MAXSERV];
    int code = getnameinfo(address, length, host, sizeof(host), port, sizeof(port), NI_NUMERICHOST | NI_NUMERICSERV);

    if (code != 0)
        print_code("getnameinfo", code);
    else
        printf("%s [%s]:%s\n", what, host, port);
}

/* The first address that answers. */
static SOCKET connect_by_name(const char *host, const char *port)
{
    struct addrinfo hints, *found, *one;
    SOCKET s = INVALID_SOCKET;
    int code;

    ZeroMemory(&hints, sizeof(hints));
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_protocol = IPPROTO_TCP;
    code = getaddrinfo(host, port, &hints, &found);
    if (code != 0) {
        print_code("getaddrinfo", code);
        return INVALID_SOCKET;
    }
    for (one = found; one != NULL && s == INVALID_SOCKET; one = one->ai_next) {
        s = socket(one->ai_family, one->ai_socktype, one->ai_protocol);
        if (s == INVALID_SOCKET) {
            print_error("socket");
        } else if (connect(s, one->ai_addr, (int)one->ai_addrlen) == SOCKET_ERROR) {
            print_address("no answer from", one->ai_addr, (int)one->ai_addrlen);
            print_error("connect");
            closesocket(s);
            s = INVALID_SOCKET;
        }
    }
    freeaddrinfo(found);
    return s;
}

static int exchange(SOCKET s, const char *text)
{
    struct sockaddr_storage peer;
    int length = sizeof(peer), got;
    char answer[512];

    if (getpeername(s, (struct sockaddr *)&peer, &length) == SOCKET_ERROR)
        return -1;
    print_address(peer.ss_family == AF_INET6 ? "IPv6" : "IPv4", (struct sockaddr *)&peer, length);
    if (send(s, text, (int)strlen(text), 0) == SOCKET_ERROR || send(s, "\n", 1, 0) == SOCKET_ERROR ||
        shutdown(s, SD_SEND) == SOCKET_ERROR)
        return -1;
    while ((got = recv(s, answer, sizeof(answer), 0)) > 0)
        printf("%.*s", got, answer);
    return got;
}

int main(int argc, char **argv)
{
    WSADATA data;
    SOCKET s;
    int result;

    if (argc != 4) {
        printf("usage: name_client HOST PORT TEXT\n");
        return 2;
    }
    result = WSAStartup(MAKEWORD(2, 2), &data);
    if (result != 0) {
        print_code("WSAStartup", result);
        return 1;
    }
    result = 1;
    s = connect_by_name(argv[1], argv[2]);
    if (s != INVALID_SOCKET) {
        result = exchange(s, argv[3]);
        if (result != 0)
            print_error("failed");
        closesocket(s);
    }
    WSACleanup();
    return result != 0;
}
