/* Several buffers at a time: a header and a body by one WSASend, taken apart by one WSARecv; WSASocket, and how the calls count. */
#include "loopback.h"

struct head {
    u_short kind, length;
};

int main(void)
{
    struct sockaddr_in address, from;
    SOCKET listener, client, server, datagrams;
    struct head head = {0, 0}, got = {0, 0};
    char body[] = "the body of it", room[64];
    WSABUF out[2], in[2];
    DWORD sent = 0, received = 0, flags = 0;
    int length = sizeof(from);

    started();
    listener = bound(SOCK_STREAM, &address);
    client = WSASocket(AF_INET, SOCK_STREAM, IPPROTO_TCP, NULL, 0, WSA_FLAG_OVERLAPPED);
    CHECK(WSAConnect(client, (struct sockaddr *)&address, sizeof(address), NULL, NULL, NULL, NULL) == 0);
    server = WSAAccept(listener, (struct sockaddr *)&from, &length, NULL, 0);
    CHECK(server != INVALID_SOCKET && from.sin_addr.s_addr == htonl(INADDR_LOOPBACK));
    head.kind = htons(7);
    head.length = htons((u_short)sizeof(body));
    out[0].buf = (CHAR *)&head;
    out[0].len = sizeof(head);
    out[1].buf = body;
    out[1].len = sizeof(body);
    CHECK(WSASend(client, out, 2, &sent, 0, NULL, NULL) == 0 && sent == sizeof(head) + sizeof(body));
    in[0].buf = (CHAR *)&got;
    in[0].len = sizeof(got);
    in[1].buf = room;
    in[1].len = sizeof(body);
    flags = MSG_WAITALL;
    CHECK(WSARecv(server, in, 2, &received, &flags, NULL, NULL) == 0 && received == sent);
    CHECK(ntohs(got.kind) == 7 && ntohs(got.length) == sizeof(body) && strcmp(room, body) == 0);
    CHECK(WSASendDisconnect(client, NULL) == 0);
    flags = 0;
    CHECK(WSARecv(server, in, 2, &received, &flags, NULL, NULL) == 0 && received == 0);
    closesocket(client);
    closesocket(server);
    closesocket(listener);

    datagrams = bound(SOCK_DGRAM, &address);
    CHECK(WSASendTo(datagrams, out, 2, &sent, 0, (struct sockaddr *)&address, sizeof(address), NULL, NULL) == 0);
    in[1].len = 4;
    flags = 0;
    length = sizeof(from);
    CHECK(WSARecvFrom(datagrams, in, 2, &received, &flags, (struct sockaddr *)&from, &length, NULL, NULL) == SOCKET_ERROR);
    CHECK(WSAGetLastError() == WSAEMSGSIZE && memcmp(room, "the ", 4) == 0);
    closesocket(datagrams);
    WSACleanup();
    return result();
}
