/* The basic types and macros of windows.h: windows.h has all there is. */
#ifndef WS2_MINWINDEF_H
#define WS2_MINWINDEF_H

#include "windows.h"

#endif
