/* The range of the errors of Windows' network management, none of which a function here reports. */
#ifndef WS2_LMERR_H
#define WS2_LMERR_H

#include "winerror.h"

#define NERR_Success 0
#define NERR_BASE    2100
#define MAX_NERR     (NERR_BASE + 899)

#endif
