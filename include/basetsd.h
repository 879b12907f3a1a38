/* Integers of a fixed or a pointer's size: windows.h has all there is. */
#ifndef WS2_BASETSD_H
#define WS2_BASETSD_H

#include "windows.h"

#endif
