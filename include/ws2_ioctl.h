/* The codes of ioctlsocket and WSAIoctl. */
#ifndef WS2_IOCTL_H
#define WS2_IOCTL_H

#include "ws2_types.h"

#define IOCPARM_MASK 0x7F

/* Ways of the data, whose they are, and the size of an argument. */
#define IOC_VOID     0x20000000
#define IOC_OUT      0x40000000
#define IOC_IN       0x80000000u
#define IOC_INOUT    0xC0000000u
#define IOC_UNIX     0x00000000
#define IOC_WS2      0x08000000
#define IOC_PROTOCOL 0x10000000
#define IOC_VENDOR   0x18000000

/* ioctlsocket: commands, a LONG each. */
#define FIONREAD   ((LONG)0x4004667F)
#define FIOASYNC   ((LONG)0x8004667D)
#define FIONBIO    ((LONG)0x8004667E)
#define SIOCGHIWAT ((LONG)0x40047301)
#define SIOCGLOWAT ((LONG)0x40047303)
#define SIOCATMARK ((LONG)0x40047307)
#define SIOCSHIWAT ((LONG)0x80047300)
#define SIOCSLOWAT ((LONG)0x80047302)

#define _IO(group, code)        (IOC_VOID | (group) << 8 | (code))
#define _IOR(group, code, type) (IOC_OUT | ((DWORD)sizeof(type) & IOCPARM_MASK) << 16 | (group) << 8 | (code))
#define _IOW(group, code, type) (IOC_IN | ((DWORD)sizeof(type) & IOCPARM_MASK) << 16 | (group) << 8 | (code))

#define _WSAIO(owner, code)   (IOC_VOID | (owner) | (code))
#define _WSAIOR(owner, code)  (IOC_OUT | (owner) | (code))
#define _WSAIOW(owner, code)  (IOC_IN | (owner) | (code))
#define _WSAIORW(owner, code) (IOC_INOUT | (owner) | (code))

/* WSAIoctl: codes. */
#define SIO_ENABLE_CIRCULAR_QUEUEING                _WSAIO(IOC_WS2, 2)
#define SIO_FLUSH                                   _WSAIO(IOC_WS2, 4)
#define SIO_ADDRESS_LIST_CHANGE                     _WSAIO(IOC_WS2, 23)
#define SIO_FIND_ROUTE                              _WSAIOR(IOC_WS2, 3)
#define SIO_GET_BROADCAST_ADDRESS                   _WSAIOR(IOC_WS2, 5)
#define SIO_ADDRESS_LIST_QUERY                      _WSAIOR(IOC_WS2, 22)
#define SIO_QUERY_TARGET_PNP_HANDLE                 _WSAIOR(IOC_WS2, 24)
#define SIO_ASSOCIATE_HANDLE                        _WSAIOW(IOC_WS2, 1)
#define SIO_MULTIPOINT_LOOPBACK                     _WSAIOW(IOC_WS2, 9)
#define SIO_MULTICAST_SCOPE                         _WSAIOW(IOC_WS2, 10)
#define SIO_SET_QOS                                 _WSAIOW(IOC_WS2, 11)
#define SIO_SET_GROUP_QOS                           _WSAIOW(IOC_WS2, 12)
#define SIO_ROUTING_INTERFACE_CHANGE                _WSAIOW(IOC_WS2, 21)
#define SIO_NSP_NOTIFY_CHANGE                       _WSAIOW(IOC_WS2, 25)
#define SIO_RESERVED_1                              _WSAIOW(IOC_WS2, 26)
#define SIO_RESERVED_2                              _WSAIOW(IOC_WS2, 33)
#define SIO_GET_EXTENSION_FUNCTION_POINTER          _WSAIORW(IOC_WS2, 6)
#define SIO_GET_QOS                                 _WSAIORW(IOC_WS2, 7)
#define SIO_GET_GROUP_QOS                           _WSAIORW(IOC_WS2, 8)
#define SIO_TRANSLATE_HANDLE                        _WSAIORW(IOC_WS2, 13)
#define SIO_ROUTING_INTERFACE_QUERY                 _WSAIORW(IOC_WS2, 20)
#define SIO_ADDRESS_LIST_SORT                       _WSAIORW(IOC_WS2, 25)
#define SIO_GET_MULTIPLE_EXTENSION_FUNCTION_POINTER _WSAIORW(IOC_WS2, 36)

/* The interfaces, as an array of INTERFACE_INFO or as an INTERFACE_INFO_EX list. */
#define SIO_GET_INTERFACE_LIST    ((DWORD)0x4004747F)
#define SIO_GET_INTERFACE_LIST_EX ((DWORD)0x4004747E)
#define SIO_SET_MULTICAST_FILTER  ((DWORD)0x8004747D)
#define SIO_GET_MULTICAST_FILTER  ((DWORD)0x8004747C)
#define SIOCSIPMSFILTER           SIO_SET_MULTICAST_FILTER
#define SIOCGIPMSFILTER           SIO_GET_MULTICAST_FILTER
#define SIOCSMSFILTER             ((DWORD)0x8004747E)
#define SIOCGMSFILTER             ((DWORD)0x8004747F)

#endif
