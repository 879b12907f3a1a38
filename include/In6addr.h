/* Windows takes any letter case in names of files. */
#include "in6addr.h"
