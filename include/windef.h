/* The basic types and macros of windows.h: windows.h has all there is. */
#ifndef WS2_WINDEF_H
#define WS2_WINDEF_H

#include "windows.h"

#endif
