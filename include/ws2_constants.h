/* The numbers of winsock2.h: flags of send and recv, directions, events, flags of sockets and protocols. */
#ifndef WS2_CONSTANTS_H
#define WS2_CONSTANTS_H

#include "ws2_types.h"

/* send and recv: flags. The last of them only come back. */
#define MSG_OOB            0x1
#define MSG_PEEK           0x2
#define MSG_DONTROUTE      0x4
#define MSG_WAITALL        0x8
#define MSG_INTERRUPT      0x10
#define MSG_PUSH_IMMEDIATE 0x20
#define MSG_TRUNC          0x100
#define MSG_CTRUNC         0x200
#define MSG_BCAST          0x400
#define MSG_MCAST          0x800
#define MSG_ERRQUEUE       0x1000
#define MSG_PARTIAL        0x8000

/* The most buffers of one message. */
#define MSG_MAXIOVLEN 16

/* shutdown: directions. */
#define SD_RECEIVE 0
#define SD_SEND    1
#define SD_BOTH    2

/* WSAEventSelect: events and their bits. */
#define FD_READ_BIT                     0
#define FD_WRITE_BIT                    1
#define FD_OOB_BIT                      2
#define FD_ACCEPT_BIT                   3
#define FD_CONNECT_BIT                  4
#define FD_CLOSE_BIT                    5
#define FD_QOS_BIT                      6
#define FD_GROUP_QOS_BIT                7
#define FD_ROUTING_INTERFACE_CHANGE_BIT 8
#define FD_ADDRESS_LIST_CHANGE_BIT      9
#define FD_READ                         (1 << FD_READ_BIT)
#define FD_WRITE                        (1 << FD_WRITE_BIT)
#define FD_OOB                          (1 << FD_OOB_BIT)
#define FD_ACCEPT                       (1 << FD_ACCEPT_BIT)
#define FD_CONNECT                      (1 << FD_CONNECT_BIT)
#define FD_CLOSE                        (1 << FD_CLOSE_BIT)
#define FD_QOS                          (1 << FD_QOS_BIT)
#define FD_GROUP_QOS                    (1 << FD_GROUP_QOS_BIT)
#define FD_ROUTING_INTERFACE_CHANGE     (1 << FD_ROUTING_INTERFACE_CHANGE_BIT)
#define FD_ADDRESS_LIST_CHANGE          (1 << FD_ADDRESS_LIST_CHANGE_BIT)
#define FD_ALL_EVENTS                   ((1 << FD_MAX_EVENTS) - 1)

/* WSAPoll: events. */
#define POLLERR    0x0001
#define POLLHUP    0x0002
#define POLLNVAL   0x0004
#define POLLWRNORM 0x0010
#define POLLWRBAND 0x0020
#define POLLRDNORM 0x0100
#define POLLRDBAND 0x0200
#define POLLPRI    0x0400
#define POLLIN     (POLLRDNORM | POLLRDBAND)
#define POLLOUT    (POLLWRNORM)

/* WSASocket: flags. */
#define WSA_FLAG_OVERLAPPED             0x1
#define WSA_FLAG_MULTIPOINT_C_ROOT      0x2
#define WSA_FLAG_MULTIPOINT_C_LEAF      0x4
#define WSA_FLAG_MULTIPOINT_D_ROOT      0x8
#define WSA_FLAG_MULTIPOINT_D_LEAF      0x10
#define WSA_FLAG_ACCESS_SYSTEM_SECURITY 0x40
#define WSA_FLAG_NO_HANDLE_INHERIT      0x80
#define WSA_FLAG_REGISTERED_IO          0x100

/* WSAAccept: what the condition function answers; groups of sockets; WSAJoinLeaf. */
#define CF_ACCEPT              0
#define CF_REJECT              1
#define CF_DEFER               2
#define SG_UNCONSTRAINED_GROUP 1
#define SG_CONSTRAINED_GROUP   2
#define JL_SENDER_ONLY         1
#define JL_RECEIVER_ONLY       2
#define JL_BOTH                4

/* WSAWaitForMultipleEvents. */
#define WSA_MAXIMUM_WAIT_EVENTS 64
#define WSA_INFINITE            0xFFFFFFFFu
#define WSA_WAIT_EVENT_0        0
#define WSA_WAIT_IO_COMPLETION  0xC0
#define WSA_WAIT_TIMEOUT        0x102
#define WSA_WAIT_FAILED         0xFFFFFFFFu

/* WSAPROTOCOL_INFO: what a protocol can do. */
#define XP1_CONNECTIONLESS           0x00000001
#define XP1_GUARANTEED_DELIVERY      0x00000002
#define XP1_GUARANTEED_ORDER         0x00000004
#define XP1_MESSAGE_ORIENTED         0x00000008
#define XP1_PSEUDO_STREAM            0x00000010
#define XP1_GRACEFUL_CLOSE           0x00000020
#define XP1_EXPEDITED_DATA           0x00000040
#define XP1_CONNECT_DATA             0x00000080
#define XP1_DISCONNECT_DATA          0x00000100
#define XP1_SUPPORT_BROADCAST        0x00000200
#define XP1_SUPPORT_MULTIPOINT       0x00000400
#define XP1_MULTIPOINT_CONTROL_PLANE 0x00000800
#define XP1_MULTIPOINT_DATA_PLANE    0x00001000
#define XP1_QOS_SUPPORTED            0x00002000
#define XP1_INTERRUPT                0x00004000
#define XP1_UNI_SEND                 0x00008000
#define XP1_UNI_RECV                 0x00010000
#define XP1_IFS_HANDLES              0x00020000
#define XP1_PARTIAL_MESSAGE          0x00040000
#define XP1_SAN_SUPPORT_SDP          0x00080000

/* WSAPROTOCOL_INFO: the other fields. */
#define PFL_MULTIPLE_PROTO_ENTRIES  0x1
#define PFL_RECOMMENDED_PROTO_ENTRY 0x2
#define PFL_HIDDEN                  0x4
#define PFL_MATCHES_PROTOCOL_ZERO   0x8
#define PFL_NETWORKDIRECT_PROVIDER  0x10
#define BASE_PROTOCOL               0x1
#define LAYERED_PROTOCOL            0x0
#define BIGENDIAN                   0x0
#define LITTLEENDIAN                0x1
#define SECURITY_PROTOCOL_NONE      0x0

/* WSALookupServiceBegin: flags. */
#define LUP_DEEP                     0x00000001
#define LUP_CONTAINERS               0x00000002
#define LUP_NOCONTAINERS             0x00000004
#define LUP_NEAREST                  0x00000008
#define LUP_RETURN_NAME              0x00000010
#define LUP_RETURN_TYPE              0x00000020
#define LUP_RETURN_VERSION           0x00000040
#define LUP_RETURN_COMMENT           0x00000080
#define LUP_RETURN_ADDR              0x00000100
#define LUP_RETURN_BLOB              0x00000200
#define LUP_RETURN_ALIASES           0x00000400
#define LUP_RETURN_QUERY_STRING      0x00000800
#define LUP_RETURN_ALL               0x00000FF0
#define LUP_FLUSHCACHE               0x00001000
#define LUP_FLUSHPREVIOUS            0x00002000
#define LUP_NON_AUTHORITATIVE        0x00004000
#define LUP_RES_SERVICE              0x00008000
#define LUP_SECURE                   0x00008000
#define LUP_RETURN_PREFERRED_NAMES   0x00010000
#define LUP_DNS_ONLY                 0x00020000
#define LUP_RETURN_RESPONSE_FLAGS    0x00040000
#define LUP_ADDRCONFIG               0x00100000
#define LUP_DUAL_ADDR                0x00200000
#define LUP_FILESERVER               0x00400000
#define LUP_DISABLE_IDN_ENCODING     0x00800000
#define LUP_API_ANSI                 0x01000000
#define LUP_EXTENDED_QUERYSET        0x02000000
#define LUP_SECURE_WITH_FALLBACK     0x04000000
#define LUP_EXCLUSIVE_CUSTOM_SERVERS 0x08000000
#define LUP_REQUIRE_SECURE           0x10000000
#define LUP_RETURN_TTL               0x20000000
#define LUP_FORCE_CLEAR_TEXT         0x40000000
#define LUP_RESOLUTION_HANDLE        0x80000000u

/* Sockets that report to a completion port. */
#define SOCK_NOTIFY_REGISTER_EVENT_NONE   0x00
#define SOCK_NOTIFY_REGISTER_EVENT_IN     0x01
#define SOCK_NOTIFY_REGISTER_EVENT_OUT    0x02
#define SOCK_NOTIFY_REGISTER_EVENT_HANGUP 0x04
#define SOCK_NOTIFY_REGISTER_EVENTS_ALL \
    (SOCK_NOTIFY_REGISTER_EVENT_IN | SOCK_NOTIFY_REGISTER_EVENT_OUT | SOCK_NOTIFY_REGISTER_EVENT_HANGUP)
#define SOCK_NOTIFY_EVENT_IN              SOCK_NOTIFY_REGISTER_EVENT_IN
#define SOCK_NOTIFY_EVENT_OUT             SOCK_NOTIFY_REGISTER_EVENT_OUT
#define SOCK_NOTIFY_EVENT_HANGUP          SOCK_NOTIFY_REGISTER_EVENT_HANGUP
#define SOCK_NOTIFY_EVENT_ERR             0x40
#define SOCK_NOTIFY_EVENT_REMOVE          0x80
#define SOCK_NOTIFY_EVENTS_ALL \
    (SOCK_NOTIFY_REGISTER_EVENTS_ALL | SOCK_NOTIFY_EVENT_ERR | SOCK_NOTIFY_EVENT_REMOVE)
#define SOCK_NOTIFY_OP_NONE               0x00
#define SOCK_NOTIFY_OP_ENABLE             0x01
#define SOCK_NOTIFY_OP_DISABLE            0x02
#define SOCK_NOTIFY_OP_REMOVE             0x04
#define SOCK_NOTIFY_TRIGGER_ONESHOT       0x01
#define SOCK_NOTIFY_TRIGGER_PERSISTENT    0x02
#define SOCK_NOTIFY_TRIGGER_LEVEL         0x04
#define SOCK_NOTIFY_TRIGGER_EDGE          0x08
#define SOCK_NOTIFY_TRIGGER_ALL \
    (SOCK_NOTIFY_TRIGGER_ONESHOT | SOCK_NOTIFY_TRIGGER_PERSISTENT | SOCK_NOTIFY_TRIGGER_LEVEL | SOCK_NOTIFY_TRIGGER_EDGE)

/* Others. */
#define WSABASEERR         10000
#define MAXGETHOSTSTRUCT   1024
#define FROM_PROTOCOL_INFO (-1)
#define SOCKET_ERROR       (-1)
#define INVALID_SOCKET     ((SOCKET)~(SOCKET)0)
#define WSA_INVALID_EVENT  ((WSAEVENT)NULL)

/* listen: as many as there can be. */
#define SOMAXCONN         0x7FFFFFFF
#define SOMAXCONN_HINT(n) (-(n))

/* Berkeley's names of what gethostbyname reports. */
#define h_errno        WSAGetLastError()
#define HOST_NOT_FOUND WSAHOST_NOT_FOUND
#define TRY_AGAIN      WSATRY_AGAIN
#define NO_RECOVERY    WSANO_RECOVERY
#define NO_DATA        WSANO_DATA
#define NO_ADDRESS     WSANO_ADDRESS
#define WSANO_ADDRESS  WSANO_DATA

#endif
