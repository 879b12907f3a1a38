/* Tables of the network, echoes, and what Winsock has beside its main functions: rooms that are too small, adapters that are not there,
   handles that are none. */
#include "bad.h"
#include <ws2tcpip.h>
#include <iphlpapi.h>
#include <icmpapi.h>
#include <mswsock.h>
#include <stdlib.h>

/* A function that fills a table in a room of the caller's. */
typedef DWORD (*TABLE)(void *to, ULONG *size);

static DWORD interfaces(void *to, ULONG *size) { return GetIfTable((MIB_IFTABLE *)to, size, TRUE); }
static DWORD routes(void *to, ULONG *size) { return GetIpForwardTable((MIB_IPFORWARDTABLE *)to, size, TRUE); }
static DWORD streams(void *to, ULONG *size) { return GetTcpTable((MIB_TCPTABLE *)to, size, TRUE); }
static DWORD datagrams(void *to, ULONG *size) { return GetUdpTable((MIB_UDPTABLE *)to, size, TRUE); }
static DWORD parameters(void *to, ULONG *size) { return GetNetworkParams((FIXED_INFO *)to, size); }

static void tables(void)
{
    static const struct {
        const char *name;
        TABLE fills;
        DWORD short_code;
    } rows[] = {
        { "GetIfTable", interfaces, ERROR_INSUFFICIENT_BUFFER }, { "GetIpForwardTable", routes, ERROR_INSUFFICIENT_BUFFER },
        { "GetTcpTable", streams, ERROR_INSUFFICIENT_BUFFER },   { "GetUdpTable", datagrams, ERROR_INSUFFICIENT_BUFFER },
        { "GetNetworkParams", parameters, ERROR_BUFFER_OVERFLOW },
    };
    size_t at;

    for (at = 0; at < sizeof rows / sizeof rows[0]; at++) {
        ULONG size = 0, needed;
        DWORD code = rows[at].fills(NULL, &size);
        GUARDED room;
        int before = bad, which;

        if (code == ERROR_NO_DATA)
            continue; /* There are no routes. */
        CHECK(code == rows[at].short_code && size > 0);
        needed = size;
        fill(&room);
        size = 1;
        CHECK(rows[at].fills(&room, &size) == rows[at].short_code && size > 1 && kept(&room, 0));
        CHECK(rows[at].fills(&room, NULL) == ERROR_INVALID_PARAMETER && kept(&room, 0));
        for (which = 0; which < NO_ADDRESSES; which++) {
            CHECK(rows[at].fills(&room, (ULONG *)no_address(which)) == ERROR_INVALID_PARAMETER);
            size = needed + 65536;
            CHECK(rows[at].fills(no_address(which), &size) == ERROR_INVALID_PARAMETER);
        }
        if (bad != before)
            printf("  of %s, code %u\n", rows[at].name, (unsigned)code);
    }
}

static void adapters(void)
{
    MIB_IFROW row;
    NET_LUID luid, none;
    GUARDED name;
    MIB_UNICASTIPADDRESS_TABLE *table = NULL;
    int which;

    memset(&row, 0, sizeof row);
    row.dwIndex = 0x7FFFFFF0;
    GIVES(GetIfEntry(&row), ERROR_INVALID_DATA);
    GIVES(GetIfEntry(NULL), ERROR_INVALID_PARAMETER);
    memset(&none, 0xFF, sizeof none);
    GIVES(ConvertInterfaceNameToLuidA("no such adapter", &luid), ERROR_INVALID_NAME);
    GIVES(ConvertInterfaceNameToLuidW(wide("no such adapter"), &luid), ERROR_INVALID_NAME);
    GIVES(ConvertInterfaceNameToLuidA(NULL, &luid), ERROR_INVALID_NAME);
    GIVES(ConvertInterfaceNameToLuidW(NULL, &luid), ERROR_INVALID_NAME);
    fill(&name);
    GIVES(ConvertInterfaceLuidToNameA(&none, (char *)&name, 100), ERROR_INVALID_NAME);
    GIVES(ConvertInterfaceLuidToNameW(&none, (WCHAR *)&name, 100), ERROR_INVALID_NAME);
    CHECK(kept(&name, 0));
    /* NULL is told before what is not there, but by the narrow twins not. */
    GIVES(ConvertInterfaceIndexToLuid(0, NULL), ERROR_INVALID_PARAMETER);
    luid = none;
    GIVES(ConvertInterfaceIndexToLuid(0, &luid), ERROR_FILE_NOT_FOUND);
    CHECK(luid.Value == 0);
    GIVES(ConvertInterfaceLuidToIndex(&none, NULL), ERROR_INVALID_PARAMETER);
    GIVES(ConvertInterfaceNameToLuidA(NULL, NULL), ERROR_INVALID_NAME);
    GIVES(ConvertInterfaceNameToLuidW(NULL, NULL), ERROR_INVALID_PARAMETER);
    GIVES(ConvertInterfaceNameToLuidW(wide("no such adapter"), NULL), ERROR_INVALID_PARAMETER);
    GIVES(ConvertInterfaceLuidToNameW(&none, NULL, 0), ERROR_INVALID_PARAMETER);
    CHECK(ConvertInterfaceIndexToLuid(1, &luid) == NO_ERROR);
    GIVES(ConvertInterfaceLuidToNameA(&luid, NULL, 0), ERROR_NOT_ENOUGH_MEMORY);
    GIVES(ConvertInterfaceLuidToNameW(&luid, NULL, 0), ERROR_INVALID_PARAMETER);
    GIVES(ConvertInterfaceLuidToNameA(&luid, (char *)&name, 1), ERROR_NOT_ENOUGH_MEMORY);
    GIVES(ConvertInterfaceLuidToNameW(&luid, (WCHAR *)&name, 1), ERROR_NOT_ENOUGH_MEMORY);
    CHECK(kept(&name, sizeof(WCHAR)));
    GIVES(ConvertInterfaceLuidToNameA(&luid, NULL, 100), ERROR_INVALID_PARAMETER);
    GIVES(ConvertInterfaceLuidToNameW(NULL, (WCHAR *)&name, 100), ERROR_INVALID_PARAMETER);
    GIVES(GetUnicastIpAddressTable(77, &table), ERROR_INVALID_PARAMETER);
    GIVES(GetUnicastIpAddressTable(AF_INET, NULL), ERROR_INVALID_PARAMETER);
    CHECK(table == NULL);
    FreeMibTable(NULL);
    for (which = 0; which < NO_ADDRESSES; which++) {
        void *p = no_address(which);
        GIVES(GetIfEntry((MIB_IFROW *)p), ERROR_INVALID_PARAMETER);
        CHECK(ConvertInterfaceNameToLuidA((char *)p, &luid) != NO_ERROR && ConvertInterfaceNameToLuidW((WCHAR *)p, &luid) != NO_ERROR);
        GIVES(ConvertInterfaceLuidToNameA((NET_LUID *)p, (char *)&name, 100), ERROR_INVALID_PARAMETER);
        GIVES(ConvertInterfaceLuidToNameW(&luid, (WCHAR *)p, 100), ERROR_INVALID_PARAMETER);
        GIVES(GetUnicastIpAddressTable(AF_INET, (MIB_UNICASTIPADDRESS_TABLE **)p), ERROR_INVALID_PARAMETER);
    }
}

static void echoes(HANDLE h)
{
    char reply[256];

    FAILS(IcmpSendEcho(h, 0x0100007F, NULL, 0, NULL, reply, sizeof reply, 10), 0, ERROR_INVALID_HANDLE);
    FAILS(IcmpSendEcho2(h, NULL, NULL, NULL, 0x0100007F, NULL, 0, NULL, reply, sizeof reply, 10), 0, ERROR_INVALID_HANDLE);
#ifndef __MINGW32__
    FAILS(IcmpSendEcho2Ex(h, NULL, NULL, NULL, 0, 0x0100007F, NULL, 0, NULL, reply, sizeof reply, 10), 0, ERROR_INVALID_HANDLE);
#endif
    FAILS(IcmpCloseHandle(h), FALSE, ERROR_INVALID_HANDLE);
}

static void echo_arguments(void)
{
    HANDLE icmp = IcmpCreateFile();
    char reply[256];

    memset(reply, 0, sizeof reply);
    FAILS(IcmpParseReplies(reply, 1), 0, ERROR_INSUFFICIENT_BUFFER);
    CHECK(IcmpParseReplies(NULL, sizeof reply) == 0);
    if (icmp == INVALID_HANDLE_VALUE)
        return; /* Who runs this may not ask. */
    FAILS(IcmpSendEcho(icmp, 0x0100007F, NULL, 0, NULL, NULL, sizeof reply, 10), 0, ERROR_INVALID_PARAMETER);
    FAILS(IcmpSendEcho(icmp, 0x0100007F, NULL, 0, NULL, reply, 1, 10), 0, ERROR_INSUFFICIENT_BUFFER);
    CHECK(IcmpCloseHandle(icmp));
}

static void of_winsock(void)
{
    static const SOCKET none[] = { 0x7FFFFFFC, INVALID_SOCKET };
    char room[128] = "";
    DWORD got;
    int flags = 0;
    OVERLAPPED overlapped;
    SOCKET stream = socket(AF_INET, SOCK_STREAM, 0), other = socket(AF_INET, SOCK_STREAM, 0);
    size_t at;

    memset(&overlapped, 0, sizeof overlapped);
    for (at = 0; at < 2; at++) {
        FAILS(AcceptEx(none[at], other, room, 0, 32, 32, &got, &overlapped), FALSE, WSAENOTSOCK);
        FAILS(AcceptEx(stream, none[at], room, 0, 32, 32, &got, &overlapped), FALSE, WSAENOTSOCK);
        FAILS(TransmitFile(none[at], NULL, 0, 0, NULL, NULL, 0), FALSE, WSAENOTSOCK);
        FAILS(WSARecvEx(none[at], room, 1, &flags), SOCKET_ERROR, WSAENOTSOCK);
    }
    FAILS(AcceptEx(stream, other, room, 0, 32, 32, &got, &overlapped), FALSE, WSAEINVAL);
    FAILS(AcceptEx(stream, other, room, 0, 32, 32, &got, NULL), FALSE, ERROR_INVALID_PARAMETER);
    FAILS(TransmitFile(stream, NULL, 0, 0, NULL, NULL, 0), FALSE, WSAENOTCONN);
    FAILS(WSARecvEx(stream, room, 1, &flags), SOCKET_ERROR, WSAENOTCONN);
    FAILS(WSACancelAsyncRequest(NULL), SOCKET_ERROR, WSAEINVAL);
    FAILS(WSACancelAsyncRequest((HANDLE)0x7FFFFFFF), SOCKET_ERROR, WSAEINVAL);
    CHECK(WSALookupServiceEnd((HANDLE)0x7FFFFFF0) == SOCKET_ERROR && WSALookupServiceEnd(NULL) == SOCKET_ERROR);
    /* Winsock 2 has no blocking hooks. */
    FAILS(WSACancelBlockingCall(), SOCKET_ERROR, WSAEOPNOTSUPP);
    FAILS(WSAUnhookBlockingHook(), SOCKET_ERROR, WSAEOPNOTSUPP);
#ifndef __MINGW32__
    FAILS(WSARecvEx(stream, room, 1, (int *)no_address(0)), SOCKET_ERROR, WSAEFAULT);
    FAILS(getnetbyname(NULL), NULL, WSAEFAULT);
    FAILS(getnetbyname("no such network"), NULL, WSANO_DATA);
    FAILS(getnetbyname((char *)no_address(0)), NULL, WSAEFAULT);
    FAILS(inet_network(NULL), INADDR_NONE, WSAEFAULT);
    FAILS(inet_network("no number"), INADDR_NONE, WSAEINVAL);
    {
        struct sockaddr *one = (struct sockaddr *)1, *two = (struct sockaddr *)1;
        INT one_size = -1, two_size = -1;
        /* It reports nothing. */
        GetAcceptExSockaddrs(no_address(0), 0, 32, 32, &one, &one_size, &two, &two_size);
        GetAcceptExSockaddrs(room, 0, 32, 32, NULL, NULL, NULL, NULL);
    }
#endif
    closesocket(stream);
    closesocket(other);
}

int main(void)
{
    WSADATA data;

    tables();
    adapters();
    with_others(echoes, KINDS);
    echo_arguments();
    CHECK(WSAStartup(MAKEWORD(2, 2), &data) == 0);
    of_winsock();
    CHECK(WSACleanup() == 0);
    FAILS(WSACleanup(), SOCKET_ERROR, WSANOTINITIALISED);
    FAILS(WSACreateEvent(), WSA_INVALID_EVENT, WSANOTINITIALISED);
    FAILS(WSACancelAsyncRequest(NULL), SOCKET_ERROR, WSANOTINITIALISED);
    FAILS(WSALookupServiceEnd(NULL), SOCKET_ERROR, WSANOTINITIALISED);
    return result();
}
