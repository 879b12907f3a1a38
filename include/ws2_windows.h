/* Functions of Windows that programs use beside sockets, inline, so that the library needs no symbol for them. Part of
   windows.h. */
#ifndef WS2_WINDOWS_FUNCTIONS_H
#define WS2_WINDOWS_FUNCTIONS_H

#include "ws2_types.h"
#include "ws2_32.h"
#include "ws2_crt.h"
#include "ws2_kernel.h"

#define ZeroMemory(destination, length)         ((void)memset((destination), 0, (length)))
#define SecureZeroMemory                        ZeroMemory
#define FillMemory(destination, length, byte)   ((void)memset((destination), (byte), (length)))
#define CopyMemory(destination, source, length) ((void)memcpy((destination), (source), (length)))
#define MoveMemory(destination, source, length) ((void)memmove((destination), (source), (length)))

#endif
