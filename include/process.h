/* The process and its threads: _beginthreadex, _getpid, exit, system. */
#ifndef WS2_PROCESS_H
#define WS2_PROCESS_H
#pragma GCC system_header

#include "windows.h"
#include "ws2_crt_process.h"

#endif
