/* The functions of windows.h: windows.h has all there is. */
#ifndef WS2_WINBASE_H
#define WS2_WINBASE_H

#include "windows.h"

#endif
