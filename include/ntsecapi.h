/* What Windows has in this file and a network program uses, RtlGenRandom, comes with windows.h. */
#include "windows.h"
