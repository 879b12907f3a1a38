/* What Windows has in this file is in windows.h. */
#include "windows.h"
