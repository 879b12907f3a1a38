/* Programs include it beside iphlpapi.h: the types of echo requests. */
#ifndef WS2_ICMPAPI_H
#define WS2_ICMPAPI_H

#include "ipexport.h"

#endif
