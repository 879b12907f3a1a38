/* Programs include it by habit, as Windows' own examples do. The functions of the IP Helper library, another one than
   Winsock, are not here. */
#ifndef WS2_IPHLPAPI_H
#define WS2_IPHLPAPI_H

#include "winsock2.h"
#include "ws2ipdef.h"

#endif
