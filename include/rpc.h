/* What Windows has in this file and a network program uses is in rpcdce.h. */
#include "rpcdce.h"
