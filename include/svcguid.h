/* Classes of services, by their GUIDs: what WSALookupServiceBegin looks up. */
#ifndef WS2_SVCGUID_H
#define WS2_SVCGUID_H

#include "guiddef.h"

#define WS2_SVCID(number, record) { (number), 0, (record), { 0xC0, 0, 0, 0, 0, 0, 0, 0x46 } }

#define SVCID_HOSTNAME                  WS2_SVCID(0x0002A800, 0)
#define SVCID_INET_HOSTADDRBYINETSTRING WS2_SVCID(0x0002A801, 0)
#define SVCID_INET_SERVICEBYNAME        WS2_SVCID(0x0002A802, 0)
#define SVCID_INET_HOSTADDRBYNAME       WS2_SVCID(0x0002A803, 0)

#define SVCID_TCP_RR(port, record) WS2_SVCID(0x00090000 | (port), (record))
#define SVCID_TCP(port)            SVCID_TCP_RR(port, 0)
#define SVCID_UDP_RR(port, record) WS2_SVCID(0x000A0000 | (port), (record))
#define SVCID_UDP(port)            SVCID_UDP_RR(port, 0)

#define SVCID_ECHO_TCP   SVCID_TCP(7)
#define SVCID_FTP_TCP    SVCID_TCP(21)
#define SVCID_TELNET_TCP SVCID_TCP(23)
#define SVCID_SMTP_TCP   SVCID_TCP(25)
#define SVCID_HTTP_TCP   SVCID_TCP(80)
#define SVCID_DNS_TCP    SVCID_TCP(53)
#define SVCID_DNS_UDP    SVCID_UDP(53)
#define SVCID_TFTP_UDP   SVCID_UDP(69)

#endif
