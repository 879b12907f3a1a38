/* Winsock 1.1: the same interface; a program that starts version 1.1 sees 1.1's rules. */
#ifndef WS2_WINSOCK_H
#define WS2_WINSOCK_H

#ifndef WS2_WINSOCK2_H
# include "winsock2.h"
# include "ws2ipdef.h"
# include "mswsock.h"

/* 1.1 has its own limit of waiting connections, and these options with it. */
# undef SOMAXCONN
# define SOMAXCONN 5
#endif

#endif
