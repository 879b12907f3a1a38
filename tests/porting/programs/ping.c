/* Echo requests as ping programs send them, to this machine: by the IP helper, and by a raw socket of the program's own. The
   first argument is "may" where the user may send them. */
#include <winsock2.h>
#include <ws2tcpip.h>
#include <iphlpapi.h>
#include <icmpapi.h>
#include <stdlib.h>
#include <string.h>
#include "check.h"
#include "loopback.h"

static void by_the_helper(HANDLE icmp)
{
    char data[] = "thirty-two bytes of some data...", room[sizeof(ICMP_ECHO_REPLY) + sizeof data + 8];
    PICMP_ECHO_REPLY reply = (PICMP_ECHO_REPLY)(void *)room;
    IP_OPTION_INFORMATION options = { 55, 0, IP_FLAG_DF, 0, NULL };

    CHECK(IcmpSendEcho(icmp, htonl(INADDR_LOOPBACK), data, 32, NULL, room, sizeof room, 10000) == 1);
    CHECK(reply->Status == IP_SUCCESS && reply->Address == htonl(INADDR_LOOPBACK));
    CHECK(reply->DataSize == 32 && memcmp(reply->Data, data, 32) == 0 && reply->Options.Ttl > 0);
    CHECK(IcmpParseReplies(room, sizeof room) == 1);
    CHECK(IcmpSendEcho2(icmp, NULL, NULL, NULL, htonl(INADDR_LOOPBACK), NULL, 0, &options, room, sizeof room, 10000) == 1);
    CHECK(reply->Status == IP_SUCCESS && reply->DataSize == 0);
    CHECK(IcmpSendEcho(icmp, htonl(INADDR_LOOPBACK), data, 32, NULL, room, sizeof(ICMP_ECHO_REPLY) - 1, 1000) == 0);
    CHECK(GetLastError() == ERROR_INSUFFICIENT_BUFFER);
    CHECK(IcmpSendEcho(icmp, htonl(INADDR_LOOPBACK), data, 32, NULL, NULL, 0, 1000) == 0);
    CHECK(GetLastError() == ERROR_INVALID_PARAMETER);
    CHECK(IcmpCloseHandle(icmp));
    CHECK(IcmpSendEcho(icmp, htonl(INADDR_LOOPBACK), data, 32, NULL, room, sizeof room, 1000) == 0);
    CHECK(GetLastError() == ERROR_INVALID_HANDLE);
    CHECK(!IcmpCloseHandle(icmp) && GetLastError() == ERROR_INVALID_HANDLE);
}

struct echo {
    BYTE   type, code;
    USHORT sum, id, sequence;
    char   data[8];
};

static USHORT sum(const void *of, int size)
{
    const USHORT *words = of;
    ULONG total = 0;

    for (; size > 1; size -= 2)
        total += *words++;
    total = (total >> 16) + (total & 0xFFFF);
    return (USHORT)~(total + (total >> 16));
}

static void by_a_raw_socket(void)
{
    SOCKET s = WSASocketA(AF_INET, SOCK_RAW, IPPROTO_ICMP, NULL, 0, WSA_FLAG_OVERLAPPED);
    struct sockaddr_in to, from;
    struct echo request;
    char packet[128];
    int limit = 10000, size = sizeof from, got;

    CHECK(s != INVALID_SOCKET);
    CHECK(setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, (char *)&limit, sizeof limit) == 0);
    memset(&to, 0, sizeof to);
    to.sin_family = AF_INET;
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    memset(&request, 'x', sizeof request);
    request.type = 8;
    request.code = 0;
    request.sum = 0;
    request.id = htons((USHORT)GetCurrentProcessId());
    request.sequence = htons(3);
    request.sum = sum(&request, sizeof request);
    CHECK(sendto(s, (char *)&request, sizeof request, 0, (struct sockaddr *)&to, sizeof to) == sizeof request);
    do {
        got = recvfrom(s, packet, sizeof packet, 0, (struct sockaddr *)&from, &size);
        CHECK(got >= 20 + (int)sizeof request);
        /* The request itself comes by, too; and replies to other programs. */
    } while (got > 0 && (packet[20] != 0 || memcmp(packet + 24, &request.id, 2) != 0));
    CHECK(memcmp(packet + 28, "xxxxxxxx", 8) == 0);
    CHECK(closesocket(s) == 0);
}

int main(int argc, char **argv)
{
    HANDLE icmp;

    started();
    icmp = IcmpCreateFile();
    if (argc > 1 && strcmp(argv[1], "may") == 0) {
        CHECK(icmp != INVALID_HANDLE_VALUE);
        by_the_helper(icmp);
        by_a_raw_socket();
    } else {
        CHECK(icmp != INVALID_HANDLE_VALUE || GetLastError() == ERROR_ACCESS_DENIED);
    }
    WSACleanup();
    return result();
}
