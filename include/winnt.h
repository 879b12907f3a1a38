/* The basic types of windows.h: windows.h has all there is. */
#ifndef WS2_WINNT_H
#define WS2_WINNT_H

#include "windows.h"

#endif
