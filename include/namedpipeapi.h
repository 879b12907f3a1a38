/* Part of windows.h. */
#include "windows.h"
