/* The tables of the IP Helper: adapters, routes, connections, ports, and the machine's own facts. */
#include <winsock2.h>
#include <ws2tcpip.h>
#include "check.h"
#include <stdlib.h>
#include <string.h>
#include <iphlpapi.h>

/* Room for a table, by the size that the function asks for; 99 and a bit more, since tables grow meanwhile. */
typedef DWORD (WINAPI *teller)(void *table, ULONG *size, BOOL order);

static DWORD WINAPI adapters(void *table, ULONG *size, BOOL order)
{
    return GetIfTable((MIB_IFTABLE *)table, size, order);
}

static DWORD WINAPI routes(void *table, ULONG *size, BOOL order)
{
    return GetIpForwardTable((MIB_IPFORWARDTABLE *)table, size, order);
}

static DWORD WINAPI connections(void *table, ULONG *size, BOOL order)
{
    return GetTcpTable((MIB_TCPTABLE *)table, size, order);
}

static DWORD WINAPI ports(void *table, ULONG *size, BOOL order)
{
    return GetUdpTable((MIB_UDPTABLE *)table, size, order);
}

static void *told(teller tell, int may_be_empty)
{
    ULONG size = 0, before;
    DWORD answer = tell(NULL, &size, TRUE);
    void *table;

    if (may_be_empty && answer == ERROR_NO_DATA)
        return NULL;
    CHECK(answer == ERROR_INSUFFICIENT_BUFFER && size >= sizeof(DWORD));
    before = size += 65536;
    table = calloc(1, size);
    CHECK(table != NULL && tell(table, &size, TRUE) == NO_ERROR && size < before);
    return table;
}

static void loopback(void)
{
    MIB_IFTABLE *table = (MIB_IFTABLE *)told(adapters, 0);
    MIB_IFROW one;
    DWORD at, found = 0;

    for (at = 0; table != NULL && at < table->dwNumEntries; at++) {
        MIB_IFROW *row = &table->table[at];

        CHECK(row->dwIndex != 0 && row->wszName[0] != 0 && row->dwPhysAddrLen <= MAXLEN_PHYSADDR && row->dwDescrLen > 0);
        if (row->dwType != MIB_IF_TYPE_LOOPBACK)
            continue;
        found++;
        memset(&one, 0, sizeof(one));
        one.dwIndex = row->dwIndex;
        CHECK(GetIfEntry(&one) == NO_ERROR && one.dwType == MIB_IF_TYPE_LOOPBACK && one.dwMtu == row->dwMtu);
    }
    CHECK(found >= 1);
    one.dwIndex = 0x7FFFFFF1;
    CHECK(GetIfEntry(&one) != NO_ERROR);
    free(table);
}

static void sockets(void)
{
    SOCKET listener = socket(AF_INET, SOCK_STREAM, 0), client = socket(AF_INET, SOCK_STREAM, 0), udp = socket(AF_INET, SOCK_DGRAM, 0);
    struct sockaddr_in here, own, bound;
    int length = sizeof(here);
    MIB_TCPTABLE *tcp;
    MIB_UDPTABLE *datagrams;
    DWORD at, listens = 0, connected = 0, found = 0, last = 0;

    memset(&here, 0, sizeof(here));
    here.sin_family = AF_INET;
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    bound = here;
    CHECK(bind(listener, (struct sockaddr *)&here, sizeof(here)) == 0 && listen(listener, 1) == 0);
    CHECK(getsockname(listener, (struct sockaddr *)&here, &length) == 0);
    CHECK(connect(client, (struct sockaddr *)&here, sizeof(here)) == 0);
    length = sizeof(own);
    CHECK(getsockname(client, (struct sockaddr *)&own, &length) == 0);
    CHECK(bind(udp, (struct sockaddr *)&bound, sizeof(bound)) == 0);
    length = sizeof(bound);
    CHECK(getsockname(udp, (struct sockaddr *)&bound, &length) == 0);

    tcp = (MIB_TCPTABLE *)told(connections, 0);
    for (at = 0; tcp != NULL && at < tcp->dwNumEntries; at++) {
        MIB_TCPROW *row = &tcp->table[at];

        CHECK(ntohl(row->dwLocalAddr) >= last);
        last = ntohl(row->dwLocalAddr);
        if (row->dwState == MIB_TCP_STATE_LISTEN && (u_short)row->dwLocalPort == here.sin_port && row->dwLocalAddr == here.sin_addr.s_addr)
            listens++;
        if (row->dwState == MIB_TCP_STATE_ESTAB && (u_short)row->dwLocalPort == own.sin_port && (u_short)row->dwRemotePort == here.sin_port &&
            row->dwRemoteAddr == here.sin_addr.s_addr)
            connected++;
    }
    CHECK(listens == 1 && connected == 1);
    datagrams = (MIB_UDPTABLE *)told(ports, 0);
    for (at = 0; datagrams != NULL && at < datagrams->dwNumEntries; at++)
        found += (u_short)datagrams->table[at].dwLocalPort == bound.sin_port && datagrams->table[at].dwLocalAddr == bound.sin_addr.s_addr;
    CHECK(found == 1);
    free(tcp);
    free(datagrams);
    closesocket(client);
    closesocket(listener);
    closesocket(udp);
}

static void machine(void)
{
    ULONG size = 0;
    FIXED_INFO *info;
    MIB_IPFORWARDTABLE *table = (MIB_IPFORWARDTABLE *)told(routes, 1);
    char name[256];
    DWORD at;

    for (at = 0; table != NULL && at < table->dwNumEntries; at++)
        CHECK((table->table[at].dwForwardDest & ~table->table[at].dwForwardMask) == 0 && table->table[at].dwForwardIfIndex != 0);
    CHECK(GetNetworkParams(NULL, &size) == ERROR_BUFFER_OVERFLOW && size >= sizeof(FIXED_INFO));
    info = (FIXED_INFO *)calloc(1, size);
    CHECK(info != NULL && GetNetworkParams(info, &size) == NO_ERROR);
    CHECK(gethostname(name, sizeof(name)) == 0);
    if (info != NULL)
        CHECK(strncmp(info->HostName, name, strlen(info->HostName)) == 0 && info->HostName[0] != 0 && info->NodeType != 0);
    free(info);
    free(table);
}

int main(void)
{
    WSADATA data;

    CHECK(WSAStartup(MAKEWORD(2, 2), &data) == 0);
    loopback();
    sockets();
    machine();
    CHECK(WSACleanup() == 0);
    return result();
}
