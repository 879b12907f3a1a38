/* Windows takes any letter case in names of files. */
#include "ws2ipdef.h"
