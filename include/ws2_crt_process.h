/* What <process.h> has on Windows beside threads: exit, _exit, abort, system, getpid, and _getpid. */
#ifndef WS2_CRT_PROCESS_H
#define WS2_CRT_PROCESS_H
#pragma GCC system_header

#include "ws2_crt_file.h"

#include <stdlib.h>
#include <unistd.h>

#endif
