/* Windows takes any letter case in names of files. */
#include "mstcpip.h"
