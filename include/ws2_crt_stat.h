/* _stat and its kin are libc's stat, structure and function, whose sizes and times have 64 bits. Macros only: what they
   stand for comes with <sys/stat.h>. Part of windows.h, and of <sys/stat.h> under ws2cc. */
#ifndef WS2_CRT_STAT_H
#define WS2_CRT_STAT_H
#pragma GCC system_header

#define _S_IFMT    0170000
#define _S_IFDIR   0040000
#define _S_IFCHR   0020000
#define _S_IFIFO   0010000
#define _S_IFREG   0100000

#define _stat      stat
#define _stat64    stat
#define __stat64   stat
#define _stati64   stat
#define _stat32    stat
#define _stat64i32 stat
#define _fstat     fstat
#define _fstat64   fstat
#define _fstati64  fstat
#define _fstat32   fstat
#define _fstat64i32 fstat

#endif
