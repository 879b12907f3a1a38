/* Windows takes any letter case in names of files. */
#include "iphlpapi.h"
