/* Directories, as Windows has them: _mkdir, _rmdir, _chdir, _getcwd. mkdir with one argument is not here: libc's takes the
   rights, too, and a program has both names. */
#ifndef WS2_DIRECT_H
#define WS2_DIRECT_H
#pragma GCC system_header

#include <unistd.h>

#include "ws2_crt_file.h"

#endif
