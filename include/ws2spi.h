/* The catalogue of providers. Nobody can write a provider for this library: of what Windows has here only the types that
   the functions of ws2_32 take are there. */
#ifndef WS2_WS2SPI_H
#define WS2_WS2SPI_H

#include "winsock2.h"

#define WSPAPI                WSAAPI
#define WSPDESCRIPTION_LEN    255
#define WSS_OPERATION_IN_PROGRESS 0x00000103L

#define WSCEnumNameSpaceProviders   WSAEnumNameSpaceProvidersW
#define WSCEnumNameSpaceProvidersEx WSAEnumNameSpaceProvidersExW

typedef enum _WSC_PROVIDER_INFO_TYPE {
    ProviderInfoLspCategories,
    ProviderInfoAudit
} WSC_PROVIDER_INFO_TYPE;

#endif
