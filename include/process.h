/* _beginthreadex and its like. */
#include "windows.h"
