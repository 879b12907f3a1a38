/* The machine's network adapters. */
#include <winsock2.h>
#include <ws2tcpip.h>
#include <iphlpapi.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"

static int look(ULONG family, ULONG flags)
{
    ULONG size = 0;
    IP_ADAPTER_ADDRESSES *first, *adapter;
    IP_ADAPTER_UNICAST_ADDRESS *address;
    int found = 0;

    CHECK(GetAdaptersAddresses(family, flags, NULL, NULL, &size) == ERROR_BUFFER_OVERFLOW && size >= sizeof(*first));
    first = (IP_ADAPTER_ADDRESSES *)malloc(size);
    CHECK(GetAdaptersAddresses(family, flags, NULL, first, &size) == NO_ERROR);
    for (adapter = first; adapter != NULL; adapter = adapter->Next) {
        CHECK(adapter->Length == sizeof(*adapter) && adapter->AdapterName != NULL && adapter->FriendlyName != NULL);
        for (address = adapter->FirstUnicastAddress; address != NULL; address = address->Next) {
            const struct sockaddr *at = address->Address.lpSockaddr;

            CHECK(at->sa_family == AF_INET || at->sa_family == AF_INET6);
            CHECK(family == AF_UNSPEC || at->sa_family == family);
            if (at->sa_family == AF_INET && ((const struct sockaddr_in *)at)->sin_addr.s_addr == htonl(INADDR_LOOPBACK)) {
                CHECK(adapter->IfType == IF_TYPE_SOFTWARE_LOOPBACK && adapter->OperStatus == IfOperStatusUp);
                CHECK(address->OnLinkPrefixLength == 8);
                found++;
            }
        }
    }
    free(first);
    return found;
}

int main(void)
{
    DWORD count = 0, index = 0;
    NET_LUID luid;
    NET_IFINDEX number = 0;
    char name[256];
    ULONG size = 0;
    MIB_IPADDRTABLE *table;

    CHECK(look(AF_UNSPEC, 0) == 1);
    CHECK(look(AF_INET, GAA_FLAG_INCLUDE_PREFIX | GAA_FLAG_INCLUDE_GATEWAYS) == 1);
    CHECK(GetAdaptersAddresses(99, 0, NULL, NULL, &size) == ERROR_INVALID_PARAMETER);
    CHECK(GetNumberOfInterfaces(&count) == NO_ERROR && count >= 1);
    CHECK(GetBestInterface(htonl(INADDR_LOOPBACK), &index) == NO_ERROR && index != 0);
    CHECK(if_indextoname(index, name) == name && if_nametoindex(name) == index);
    CHECK(ConvertInterfaceIndexToLuid(index, &luid) == NO_ERROR && luid.Info.IfType == IF_TYPE_SOFTWARE_LOOPBACK);
    CHECK(ConvertInterfaceLuidToIndex(&luid, &number) == NO_ERROR && number == index);
    CHECK(ConvertInterfaceIndexToLuid(1000000, &luid) == ERROR_FILE_NOT_FOUND && if_nametoindex("no such adapter") == 0);
    size = 0;
    CHECK(GetIpAddrTable(NULL, &size, TRUE) == ERROR_INSUFFICIENT_BUFFER && size >= 28);
    table = (MIB_IPADDRTABLE *)malloc(size);
    CHECK(GetIpAddrTable(table, &size, TRUE) == NO_ERROR && table->dwNumEntries >= 1);
    free(table);
    return result();
}
