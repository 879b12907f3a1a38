/* Files by number, as Windows has them: _open, _read, _access, _setmode, ... */
#ifndef WS2_IO_H
#define WS2_IO_H
#pragma GCC system_header

#include <unistd.h>

#include "ws2_crt_file.h"
#include "ws2_crt_find.h"

#endif
