/* Names and addresses: the old functions and the new ones, for the loopback. */
#include "loopback.h"

int main(void)
{
    struct addrinfo hints, *list = NULL, *one;
    struct sockaddr_in6 six;
    struct sockaddr_in four;
    struct hostent *host;
    struct servent *service;
    char name[NI_MAXHOST], port[NI_MAXSERV], text[64];
    DWORD length = sizeof(text);
    int size = sizeof(six), found = 0;

    started();
    CHECK(gethostname(name, sizeof(name)) == 0 && name[0] != 0);
    host = gethostbyname("127.0.0.1");
    CHECK(host != NULL && host->h_addrtype == AF_INET && host->h_length == 4);
    CHECK(host != NULL && *(const u_long *)host->h_addr_list[0] == htonl(INADDR_LOOPBACK));
    CHECK(inet_addr("127.0.0.1") == htonl(INADDR_LOOPBACK) && inet_addr("no") == INADDR_NONE);
    service = getservbyname("http", "tcp");
    CHECK(service == NULL || ntohs((u_short)service->s_port) == 80);
    memset(&hints, 0, sizeof(hints));
    hints.ai_family = AF_INET;
    hints.ai_socktype = SOCK_STREAM;
    CHECK(getaddrinfo("localhost", "4711", &hints, &list) == 0);
    for (one = list; one != NULL; one = one->ai_next)
        found += ((struct sockaddr_in *)one->ai_addr)->sin_port == htons(4711) && one->ai_socktype == SOCK_STREAM;
    CHECK(found >= 1);
    CHECK(list != NULL && getnameinfo(list->ai_addr, (socklen_t)list->ai_addrlen, name, sizeof(name), port, sizeof(port),
                                      NI_NUMERICHOST | NI_NUMERICSERV) == 0);
    CHECK(strcmp(name, "127.0.0.1") == 0 && strcmp(port, "4711") == 0);
    freeaddrinfo(list);
    hints.ai_flags = AI_NUMERICHOST;
    CHECK(getaddrinfo("not.a.number", NULL, &hints, &list) == WSAHOST_NOT_FOUND);
    CHECK(inet_pton(AF_INET6, "fe80::1", &six.sin6_addr) == 1 && inet_ntop(AF_INET6, &six.sin6_addr, text, sizeof(text)) != NULL);
    CHECK(strcmp(text, "fe80::1") == 0);
    six.sin6_family = AF_INET6;
    CHECK(WSAStringToAddressA((LPSTR)"[::1]:80", AF_INET6, NULL, (struct sockaddr *)&six, &size) == 0 && six.sin6_port == htons(80));
    memset(&four, 0, sizeof(four));
    four.sin_family = AF_INET;
    four.sin_port = htons(99);
    four.sin_addr.s_addr = htonl(0x01020304);
    CHECK(WSAAddressToStringA((struct sockaddr *)&four, sizeof(four), NULL, text, &length) == 0 && strcmp(text, "1.2.3.4:99") == 0);
    length = 3;
    CHECK(WSAAddressToStringA((struct sockaddr *)&four, sizeof(four), NULL, text, &length) == SOCKET_ERROR);
    CHECK(WSAGetLastError() == WSAEFAULT && length > 3);
    CHECK(strcmp(inet_ntoa(four.sin_addr), "1.2.3.4") == 0);
    WSACleanup();
    return result();
}
