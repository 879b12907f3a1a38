// For examples/http_server.cpp on POSIX: see winsock2.h.
#include "winsock2.h"
