/* GUID: the name of an interface, a service or a provider. Part of ws2_base.h. */
#ifndef WS2_GUID_H
#define WS2_GUID_H

#include "ws2_base.h"

#ifndef GUID_DEFINED
# define GUID_DEFINED
typedef struct _GUID {
    UINT32 Data1;
    UINT16 Data2;
    UINT16 Data3;
    UINT8  Data4[8];
} GUID, *LPGUID, *PGUID;
typedef const GUID        *LPCGUID;
#endif

#endif
