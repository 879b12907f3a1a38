/* What Windows has in this file is in iphlpapi.h. */
#include "iphlpapi.h"
