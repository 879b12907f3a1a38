/* How others may share a file, for _sopen and _fsopen, which do not enforce it. */
#ifndef WS2_SHARE_H
#define WS2_SHARE_H

#include "ws2_crt_file.h"

#endif
