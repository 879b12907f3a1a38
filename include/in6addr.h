/* struct in6_addr, an IPv6 address in network byte order. */
#ifndef WS2_IN6ADDR_H
#define WS2_IN6ADDR_H

#include "ws2_shield.h"
#include "ws2_base.h"

typedef struct in6_addr {
    union {
        UCHAR  Byte[16];
        USHORT Word[8];
    } u;
} IN6_ADDR, *PIN6_ADDR, *LPIN6_ADDR;

#define in_addr6 in6_addr

#define _S6_un   u
#define _S6_u8   Byte
#define s6_addr  u.Byte
#define s6_bytes u.Byte
#define s6_words u.Word

#endif
