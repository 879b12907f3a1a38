/* Windows takes any letter case in names of files. */
#include "winsock2.h"
