/* As a program for Windows does it: lists the protocols, connects by name, makes a duplicate, looks a host up meanwhile and
   calls that off, and looks one up in a name space. Builds unchanged for Windows. */
#include <winsock2.h>
#include <ws2tcpip.h>
#include <windows.h>
#include <svcguid.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef __MINGW32__
/* mingw's headers have not declared them yet. */
int WSAAPI GetAddrInfoExCancel(LPHANDLE lpHandle);
int WSAAPI GetAddrInfoExOverlappedResult(LPOVERLAPPED lpOverlapped);
#endif

static void check(int fine, const char *what)
{
    if (!fine) {
        fprintf(stderr, "%s: error %d\n", what, WSAGetLastError());
        exit(1);
    }
}

static void list_protocols(void)
{
    LPWSAPROTOCOL_INFO list;
    DWORD length = 0;
    int count, i, tcp = 0;

    check(WSAEnumProtocols(NULL, NULL, &length) == SOCKET_ERROR && WSAGetLastError() == WSAENOBUFS, "the length");
    list = (LPWSAPROTOCOL_INFO)malloc(length);
    count = WSAEnumProtocols(NULL, list, &length);
    check(count > 0, "WSAEnumProtocols");
    for (i = 0; i < count; i++)
        tcp += list[i].iProtocol == IPPROTO_TCP && list[i].iAddressFamily == AF_INET;
    check(tcp == 1, "TCP of IPv4");
    free(list);
}

static void connect_and_duplicate(void)
{
    struct sockaddr_in address, local, remote;
    DWORD local_length = sizeof(local), remote_length = sizeof(remote);
    struct timeval timeout = { 60, 0 };
    WSAPROTOCOL_INFO info;
    SOCKET listener, s, peer, twin;
    int length = sizeof(address);
    char port[8], word[3] = "";

    memset(&address, 0, sizeof(address));
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    listener = socket(AF_INET, SOCK_STREAM, 0);
    check(bind(listener, (struct sockaddr *)&address, sizeof(address)) == 0 && listen(listener, 1) == 0 &&
              getsockname(listener, (struct sockaddr *)&address, &length) == 0,
          "listen");
    sprintf(port, "%u", (unsigned)ntohs(address.sin_port));
    s = socket(AF_INET, SOCK_STREAM, 0);
    check(WSAConnectByNameA(s, (LPSTR)"127.0.0.1", port, &local_length, (LPSOCKADDR)&local, &remote_length,
                            (LPSOCKADDR)&remote, &timeout, NULL),
          "WSAConnectByName");
    check(remote_length == sizeof(remote) && remote.sin_port == address.sin_port, "the address");
    peer = accept(listener, NULL, NULL);
    check(WSADuplicateSocket(s, GetCurrentProcessId(), &info) == 0, "WSADuplicateSocket");
    twin = WSASocket(FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, &info, 0, WSA_FLAG_OVERLAPPED);
    check(twin != INVALID_SOCKET && closesocket(s) == 0, "WSASocket");
    check(send(twin, "hi", 2, 0) == 2 && recv(peer, word, 2, 0) == 2 && strcmp(word, "hi") == 0, "the duplicate");
    closesocket(twin);
    closesocket(peer);
    closesocket(listener);
}

static void look_up_meanwhile(void)
{
    static const WCHAR name[] = { '1', '2', '7', '.', '0', '.', '0', '.', '1', 0 };
    PADDRINFOEXW result = NULL;
    OVERLAPPED overlapped;
    HANDLE cancel = NULL;
    int code;

    memset(&overlapped, 0, sizeof(overlapped));
    overlapped.hEvent = CreateEvent(NULL, TRUE, FALSE, NULL);
    code = GetAddrInfoExW(name, NULL, NS_DNS, NULL, NULL, &result, NULL, &overlapped, NULL, &cancel);
    check(code == WSA_IO_PENDING, "GetAddrInfoEx");
    /* It may have ended by now. */
    code = GetAddrInfoExCancel(&cancel);
    check(code == 0 || code == WSA_INVALID_HANDLE, "GetAddrInfoExCancel");
    check(WaitForSingleObject(overlapped.hEvent, 60000) == WAIT_OBJECT_0, "the event");
    code = GetAddrInfoExOverlappedResult(&overlapped);
    check(code == 0 || code == WSA_E_CANCELLED, "GetAddrInfoExOverlappedResult");
    check((result != NULL) == (code == 0), "the list");
    FreeAddrInfoExW(result);
    CloseHandle(overlapped.hEvent);
}

static void look_into_a_name_space(void)
{
    GUID service = SVCID_INET_HOSTADDRBYNAME;
    WSAQUERYSETA query;
    union {
        WSAQUERYSETA query;
        char room[4096];
    } answer;
    DWORD length = sizeof(answer);
    HANDLE search;

    memset(&query, 0, sizeof(query));
    query.dwSize = sizeof(query);
    query.lpszServiceInstanceName = (LPSTR)"localhost";
    query.dwNameSpace = NS_DNS;
    query.lpServiceClassId = &service;
    check(WSALookupServiceBeginA(&query, LUP_RETURN_NAME | LUP_RETURN_ADDR, &search) == 0, "WSALookupServiceBegin");
    check(WSALookupServiceNextA(search, 0, &length, &answer.query) == 0, "WSALookupServiceNext");
    check(answer.query.dwNumberOfCsAddrs > 0, "an address");
    check(WSALookupServiceEnd(search) == 0, "WSALookupServiceEnd");
}

int main(void)
{
    WSADATA data;

    check(WSAStartup(MAKEWORD(2, 2), &data) == 0, "WSAStartup");
    list_protocols();
    connect_and_duplicate();
    look_up_meanwhile();
    look_into_a_name_space();
    WSACleanup();
    puts("done");
    return 0;
}
