/* The IP Helper functions, as far as Linux can answer: GetAdaptersAddresses, GetAdaptersInfo, GetIpAddrTable,
   GetBestInterface, GetNumberOfInterfaces, and between names, numbers and LUIDs of adapters. */
#ifndef WS2_IPHLPAPI_H
#define WS2_IPHLPAPI_H

#include "winsock2.h"
#include "ws2ipdef.h"
#include "iptypes.h"

#endif
