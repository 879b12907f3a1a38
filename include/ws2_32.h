/* The functions and error codes of ws2_32, made from the Rust sources. Include <winsock2.h>, not this file. */

#ifndef WS2_32_H
#define WS2_32_H

#include "ws2_types.h"
#include "ws2_lookup.h"

/* The symbol behind a function whose name POSIX has too: `send` is `ws2_send` in the object file, so that libc's
   `send` stays what it is for everybody else in the process, and no macro takes the word away from the program. */
#define WS2_QUOTE_(text) #text
#define WS2_QUOTE(text) WS2_QUOTE_(text)
#define WS2_SYMBOL(name) __asm__(WS2_QUOTE(__USER_LABEL_PREFIX__) #name)

/* The version of these headers: as a text, as ws2_version() tells that of the library, and as major * 10000 + minor * 100 +
   patch. */
#define WS2_VERSION "0.1.0"
#define WS2_VERSION_NUMBER 100

#define WSA_INVALID_HANDLE 6 /* The event object's handle is not valid */
#define WSA_NOT_ENOUGH_MEMORY 8 /* There is not enough memory */
#define WSA_INVALID_PARAMETER 87 /* An argument has a value that the function does not take */
#define WSA_OPERATION_ABORTED 995 /* The overlapped operation was cancelled before it ended */
#define WSA_IO_INCOMPLETE 996 /* The overlapped operation has not ended yet */
#define WSA_IO_PENDING 997 /* The overlapped operation was started and will end later */
#define WSAEINTR 10004 /* The waiting call was cancelled */
#define WSAEBADF 10009 /* The handle is not valid */
#define WSAEACCES 10013 /* Not permitted: a right or a socket option such as SO_BROADCAST is missing */
#define WSAEFAULT 10014 /* A pointer is bad or a length does not fit what it belongs to */
#define WSAEINVAL 10022 /* An argument is not valid, or not in the state the socket is in */
#define WSAEMFILE 10024 /* Too many sockets are open */
#define WSAEWOULDBLOCK 10035 /* The non-blocking socket would have to wait; try again when it is ready */
#define WSAEINPROGRESS 10036 /* A blocking call of Winsock 1.1 is still at work */
#define WSAEALREADY 10037 /* The same operation is already under way on this non-blocking socket */
#define WSAENOTSOCK 10038 /* Not a socket, or one that was closed */
#define WSAEDESTADDRREQ 10039 /* No destination address was given */
#define WSAEMSGSIZE 10040 /* The datagram is larger than the network or the buffer takes */
#define WSAEPROTOTYPE 10041 /* The protocol does not go with this type of socket */
#define WSAENOPROTOOPT 10042 /* This socket does not know the option at that level */
#define WSAEPROTONOSUPPORT 10043 /* The protocol is not available for this kind of socket */
#define WSAESOCKTNOSUPPORT 10044 /* The socket type is not available in this address family */
#define WSAEOPNOTSUPP 10045 /* This kind of socket cannot do that */
#define WSAEPFNOSUPPORT 10046 /* The protocol family is not available */
#define WSAEAFNOSUPPORT 10047 /* The address family is not available or is not the socket's */
#define WSAEADDRINUSE 10048 /* The address and port are taken by another socket */
#define WSAEADDRNOTAVAIL 10049 /* The address does not belong to this machine or cannot be used here */
#define WSAENETDOWN 10050 /* The network on this machine is out of order */
#define WSAENETUNREACH 10051 /* No route leads to that network */
#define WSAENETRESET 10052 /* Keep-alive found that the connection is dead */
#define WSAECONNABORTED 10053 /* This machine gave the connection up */
#define WSAECONNRESET 10054 /* The other side reset the connection, or nobody listens at the datagram's port */
#define WSAENOBUFS 10055 /* The system has no memory or queue space left for this */
#define WSAEISCONN 10056 /* The socket is already connected */
#define WSAENOTCONN 10057 /* The socket is not connected */
#define WSAESHUTDOWN 10058 /* This program has shut the socket down in that direction */
#define WSAETOOMANYREFS 10059 /* Too many references to one kernel object */
#define WSAETIMEDOUT 10060 /* The time ran out: the other side did not answer or the set limit has passed */
#define WSAECONNREFUSED 10061 /* The other machine refused the connection; nobody listens at that port */
#define WSAELOOP 10062 /* The name leads in a circle */
#define WSAENAMETOOLONG 10063 /* The name is too long */
#define WSAEHOSTDOWN 10064 /* The other machine is down */
#define WSAEHOSTUNREACH 10065 /* No route leads to that machine */
#define WSAENOTEMPTY 10066 /* The directory is not empty */
#define WSAEPROCLIM 10067 /* Too many users of Winsock at one time */
#define WSAEUSERS 10068 /* The user's quota is used up */
#define WSAEDQUOT 10069 /* The disk quota is used up */
#define WSAESTALE 10070 /* The file behind the handle is gone */
#define WSAEREMOTE 10071 /* The object is not on this machine */
#define WSASYSNOTREADY 10091 /* The network is not ready for use */
#define WSAVERNOTSUPPORTED 10092 /* That version of Winsock is not available */
#define WSANOTINITIALISED 10093 /* WSAStartup has not been called, or WSACleanup has undone it */
#define WSAEDISCON 10101 /* The other side is closing the connection in good order */
#define WSAENOMORE 10102 /* The lookup has no more results */
#define WSAECANCELLED 10103 /* The lookup was cancelled */
#define WSAEINVALIDPROCTABLE 10104 /* The service provider's table of functions is not valid */
#define WSAEINVALIDPROVIDER 10105 /* The service provider is not valid */
#define WSAEPROVIDERFAILEDINIT 10106 /* The service provider could not be loaded or started */
#define WSASYSCALLFAILURE 10107 /* A system call failed that should never fail */
#define WSASERVICE_NOT_FOUND 10108 /* No such service is known */
#define WSATYPE_NOT_FOUND 10109 /* No such class of service is known */
#define WSA_E_NO_MORE 10110 /* The lookup has no further results */
#define WSA_E_CANCELLED 10111 /* The lookup was called off */
#define WSAEREFUSED 10112 /* The name server refused the query */
#define WSAHOST_NOT_FOUND 11001 /* No host has that name */
#define WSATRY_AGAIN 11002 /* The name could not be resolved now; it may work later */
#define WSANO_RECOVERY 11003 /* The name service failed, and trying again will not help */
#define WSANO_DATA 11004 /* The name exists, but has no record of the wanted kind */
#define WSA_QOS_RECEIVERS 11005 /* Quality of service: at least one reservation has arrived */
#define WSA_QOS_SENDERS 11006 /* Quality of service: at least one path has arrived */
#define WSA_QOS_NO_SENDERS 11007 /* Quality of service: there are no senders */
#define WSA_QOS_NO_RECEIVERS 11008 /* Quality of service: there are no receivers */
#define WSA_QOS_REQUEST_CONFIRMED 11009 /* Quality of service: the reservation is confirmed */
#define WSA_QOS_ADMISSION_FAILURE 11010 /* Quality of service: resources are short */
#define WSA_QOS_POLICY_FAILURE 11011 /* Quality of service: refused by policy or bad credentials */
#define WSA_QOS_BAD_STYLE 11012 /* Quality of service: the style is unknown or in conflict */
#define WSA_QOS_BAD_OBJECT 11013 /* Quality of service: bad filter spec, provider buffer or object */
#define WSA_QOS_TRAFFIC_CTRL_ERROR 11014 /* Quality of service: the flow spec fails in traffic control */
#define WSA_QOS_GENERIC_ERROR 11015 /* Quality of service: an error without a closer description */
#define WSA_QOS_ESERVICETYPE 11016 /* Quality of service: the flow spec's service type is not valid */
#define WSA_QOS_EFLOWSPEC 11017 /* Quality of service: the flow spec is not valid */
#define WSA_QOS_EPROVSPECBUF 11018 /* Quality of service: the provider's buffer is not valid */
#define WSA_QOS_EFILTERSTYLE 11019 /* Quality of service: the filter style is not valid */
#define WSA_QOS_EFILTERTYPE 11020 /* Quality of service: the filter type is not valid */
#define WSA_QOS_EFILTERCOUNT 11021 /* Quality of service: the number of filters is wrong */
#define WSA_QOS_EOBJLENGTH 11022 /* Quality of service: an object's length is wrong */
#define WSA_QOS_EFLOWCOUNT 11023 /* Quality of service: the number of flow descriptors is wrong */
#define WSA_QOS_EUNKOWNPSOBJ 11024 /* Quality of service: the provider's buffer holds an unknown object */
#define WSA_QOS_EPOLICYOBJ 11025 /* Quality of service: the provider's buffer holds a bad policy object */
#define WSA_QOS_EFLOWDESC 11026 /* Quality of service: a flow descriptor in the list is not valid */
#define WSA_QOS_EPSFLOWSPEC 11027 /* Quality of service: the provider's buffer holds a bad flow spec */
#define WSA_QOS_EPSFILTERSPEC 11028 /* Quality of service: the provider's buffer holds a bad filter spec */
#define WSA_QOS_ESDMODEOBJ 11029 /* Quality of service: the provider's buffer holds a bad discard mode */
#define WSA_QOS_ESHAPERATEOBJ 11030 /* Quality of service: the provider's buffer holds a bad shaping rate */
#define WSA_QOS_RESERVED_PETYPE 11031 /* Quality of service: a policy element has a reserved type */
#define WSA_SECURE_HOST_NOT_FOUND 11032 /* No host has that name in the secured zone */
#define WSA_IPSEC_NAME_POLICY_ERROR 11033 /* IPsec's policy for names cannot be met */

#ifdef __cplusplus
extern "C" {
#endif

/* Gives a list of GetAddrInfoExA back, from the given entry to its end. NULL is nothing to do. Works
   without WSAStartup and leaves the last error alone. */
void FreeAddrInfoEx(ADDRINFOEXA *pAddrInfoEx);

/* FreeAddrInfoEx for a list of GetAddrInfoExW. */
void FreeAddrInfoExW(ADDRINFOEXW *pAddrInfoEx);

/* freeaddrinfo for a list of GetAddrInfoW. */
void FreeAddrInfoW(ADDRINFOW *pAddrInfo);

/* Calls an overlapped GetAddrInfoExW off: it ends with WSA_E_CANCELLED, as it would have ended
   otherwise, soon but not necessarily before this function returns. */
int GetAddrInfoExCancel(HANDLE *lpHandle);

/* The code with which an overlapped GetAddrInfoExW has ended; WSAEINPROGRESS while it has not. */
int GetAddrInfoExOverlappedResult(OVERLAPPED *lpOverlapped);

/* getaddrinfo with 16-bit characters; the list is for FreeAddrInfoW. */
int GetAddrInfoW(const WCHAR *pNodeName, const WCHAR *pServiceName, const ADDRINFOW *pHints, ADDRINFOW **ppResult);

/* gethostname in 16-bit characters, of which namelen is the count. */
int GetHostNameW(WCHAR *name, int namelen);

/* getnameinfo with 16-bit characters, of which the sizes are the counts. */
int GetNameInfoW(const struct sockaddr *pSockaddr, int SockaddrLength, WCHAR *pNodeBuffer, DWORD NodeBufferSize, WCHAR *pServiceBuffer, DWORD ServiceBufferSize, int Flags);

/* As inet_ntop, in 16-bit characters. */
const WCHAR *InetNtopW(INT Family, const void *pAddr, WCHAR *pStringBuf, UINT_PTR StringBufSize);

/* As inet_pton, from 16-bit characters; and a text that is no address is an error here. */
INT InetPtonW(INT Family, const WCHAR *pszAddrString, void *pAddrBuf);

/* Has a completion port told of sockets' states, and takes packets from it. Both parts may be left out. */
DWORD ProcessSocketNotifications(HANDLE completionPort, unsigned int registrationCount, SOCK_NOTIFY_REGISTRATION *registrationInfos, unsigned int timeoutMs, unsigned int completionCount, OVERLAPPED_ENTRY *completionPortEntries, unsigned int *receivedEntryCount);

/* Would register a name with addresses. Nothing is written. */
int SetAddrInfoExA(const char *pName, const char *pServiceName, SOCKET_ADDRESS *pAddresses, DWORD dwAddressCount, BLOB *lpBlob, DWORD dwFlags, DWORD dwNameSpace, GUID *lpNspId, struct timeval *timeout, OVERLAPPED *lpOverlapped, LPLOOKUPSERVICE_COMPLETION_ROUTINE lpCompletionRoutine, HANDLE *lpNameHandle);

/* Would register a name with addresses. Nothing is written. */
int SetAddrInfoExW(const WCHAR *pName, const WCHAR *pServiceName, SOCKET_ADDRESS *pAddresses, DWORD dwAddressCount, BLOB *lpBlob, DWORD dwFlags, DWORD dwNameSpace, GUID *lpNspId, struct timeval *timeout, OVERLAPPED *lpOverlapped, LPLOOKUPSERVICE_COMPLETION_ROUTINE lpCompletionRoutine, HANDLE *lpNameHandle);

/* Would end an overlapped call of a provider. The error code goes to *lpErrno. */
int WPUCompleteOverlappedRequest(SOCKET s, OVERLAPPED *lpOverlapped, DWORD dwError, DWORD cbTransferred, int *lpErrno);

/* Takes the next connection, as accept does, if lpfnCondition agrees; NULL always agrees. The function
   gets the addresses of both ends and NULL for everything that no protocol here has, with an empty
   buffer for the callee's data. It runs on the calling thread. */
SOCKET WSAAccept(SOCKET s, struct sockaddr *addr, int *addrlen, LPCONDITIONPROC lpfnCondition, UINT_PTR dwCallbackData);

/* Writes a socket address: 1.2.3.4:80, ::1%3:80; a port or scope of 0 is left out, and the brackets with
   the port. */
INT WSAAddressToStringA(struct sockaddr *lpsaAddress, DWORD dwAddressLength, WSAPROTOCOL_INFOA *lpProtocolInfo, char *lpszAddressString, DWORD *lpdwAddressStringLength);

/* As WSAAddressToStringA, in 16-bit characters. */
INT WSAAddressToStringW(struct sockaddr *lpsaAddress, DWORD dwAddressLength, WSAPROTOCOL_INFOW *lpProtocolInfo, WCHAR *lpszAddressString, DWORD *lpdwAddressStringLength);

/* Would offer a provider of a name space to the programs of this process. */
int WSAAdvertiseProvider(const GUID *puuidProviderId, const NSPV2_ROUTINE *pNSPv2Routine);

/* The host that has an address, as gethostbyaddr. The call comes back at once; at the end buf has the
   structure with all that it points to, and the message wMsg is posted: wParam is the value that this
   call gave, lParam has the number of bytes (WSAGETASYNCBUFLEN) and an error code (WSAGETASYNCERROR),
   WSAENOBUFS where buflen is too small for that number. */
HANDLE WSAAsyncGetHostByAddr(HWND hWnd, UINT wMsg, const char *addr, int len, int type, char *buf, int buflen);

/* The host of a name, as gethostbyname. The call comes back at once; at the end buf has the structure
   with all that it points to, and the message wMsg is posted: wParam is the value that this call gave,
   lParam has the number of bytes (WSAGETASYNCBUFLEN) and an error code (WSAGETASYNCERROR), WSAENOBUFS
   where buflen is too small for that number. */
HANDLE WSAAsyncGetHostByName(HWND hWnd, UINT wMsg, const char *name, char *buf, int buflen);

/* The protocol of a name, as getprotobyname. The call comes back at once; at the end buf has the
   structure with all that it points to, and the message wMsg is posted: wParam is the value that this
   call gave, lParam has the number of bytes (WSAGETASYNCBUFLEN) and an error code (WSAGETASYNCERROR),
   WSAENOBUFS where buflen is too small for that number. */
HANDLE WSAAsyncGetProtoByName(HWND hWnd, UINT wMsg, const char *name, char *buf, int buflen);

/* The protocol of a number, as getprotobynumber. The call comes back at once; at the end buf has the
   structure with all that it points to, and the message wMsg is posted: wParam is the value that this
   call gave, lParam has the number of bytes (WSAGETASYNCBUFLEN) and an error code (WSAGETASYNCERROR),
   WSAENOBUFS where buflen is too small for that number. */
HANDLE WSAAsyncGetProtoByNumber(HWND hWnd, UINT wMsg, int number, char *buf, int buflen);

/* The service of a name, as getservbyname. The call comes back at once; at the end buf has the structure
   with all that it points to, and the message wMsg is posted: wParam is the value that this call gave,
   lParam has the number of bytes (WSAGETASYNCBUFLEN) and an error code (WSAGETASYNCERROR), WSAENOBUFS
   where buflen is too small for that number. */
HANDLE WSAAsyncGetServByName(HWND hWnd, UINT wMsg, const char *name, const char *proto, char *buf, int buflen);

/* The service at a port in network order, as getservbyport. The call comes back at once; at the end buf
   has the structure with all that it points to, and the message wMsg is posted: wParam is the value that
   this call gave, lParam has the number of bytes (WSAGETASYNCBUFLEN) and an error code
   (WSAGETASYNCERROR), WSAENOBUFS where buflen is too small for that number. */
HANDLE WSAAsyncGetServByPort(HWND hWnd, UINT wMsg, int port, const char *proto, char *buf, int buflen);

/* Has the message wMsg posted to a window when one of the things in lEvent happens to a socket: FD_READ,
   FD_WRITE, FD_OOB, FD_ACCEPT, FD_CONNECT, FD_CLOSE; the other bits are taken, and nothing is ever told
   of them. wParam is the socket; lParam has the one bit in its lower half (WSAGETSELECTEVENT) and an
   error code in its upper half (WSAGETSELECTERROR). After a message nothing more of its kind comes until
   the program makes the call that goes with it (recv, accept, …). */
int WSAAsyncSelect(SOCKET s, HWND hWnd, UINT wMsg, LONG lEvent);

/* Calls a look-up off: no message comes for it. */
int WSACancelAsyncRequest(HANDLE hAsyncTaskHandle);

/* From the blocking hook: ends the call that waits with WSAEINTR, as soon as the hook returns. If that
   call had sent a part of its data, the connection is of no use any more: later transfers get
   WSAECONNABORTED. */
int WSACancelBlockingCall(void);

/* Takes one WSAStartup back. The last one ends blocked calls of other threads with WSAEINTR and closes
   every socket that this library made and that is still open. */
int WSACleanup(void);

/* CloseHandle under Winsock's name. Works without WSAStartup. */
BOOL WSACloseEvent(HANDLE hEvent);

/* Connects, as connect does. No protocol here carries data with a connection: lpCallerData must be NULL
   or empty, and lpCalleeData, if given, gets the length 0. lpSQOS and lpGQOS are ignored. */
int WSAConnect(SOCKET s, const struct sockaddr *name, int namelen, WSABUF *lpCallerData, WSABUF *lpCalleeData, QOS *lpSQOS, QOS *lpGQOS);

/* Makes an event: manual-reset, not set, without a name. Every function for handles of events takes it. */
HANDLE WSACreateEvent(void);

/* Makes a second socket for what s stands for, for the process of this number, which gets it once from
   WSASocketA with the structure that is filled here. How the structure gets there is the program's
   affair. What is sent to one is read from the other; each is closed by itself, and the connection ends
   with the last of them. */
int WSADuplicateSocketA(SOCKET s, DWORD dwProcessId, WSAPROTOCOL_INFOA *lpProtocolInfo);

/* WSADuplicateSocketA, with the structure of WSASocketW. */
int WSADuplicateSocketW(SOCKET s, DWORD dwProcessId, WSAPROTOCOL_INFOW *lpProtocolInfo);

/* The name spaces that WSALookupServiceBeginA can look into: NS_DNS and NS_NLA. The texts stand behind
   the structures in the buffer. */
int WSAEnumNameSpaceProvidersA(DWORD *lpdwBufferLength, WSANAMESPACE_INFOA *lpnspBuffer);

/* WSAEnumNameSpaceProvidersA, with a field for what a provider itself knows: nothing. */
int WSAEnumNameSpaceProvidersExA(DWORD *lpdwBufferLength, WSANAMESPACE_INFOEXA *lpnspBuffer);

/* WSAEnumNameSpaceProvidersExA with 16-bit characters. */
int WSAEnumNameSpaceProvidersExW(DWORD *lpdwBufferLength, WSANAMESPACE_INFOEXW *lpnspBuffer);

/* WSAEnumNameSpaceProvidersA with 16-bit characters. */
int WSAEnumNameSpaceProvidersW(DWORD *lpdwBufferLength, WSANAMESPACE_INFOW *lpnspBuffer);

/* Tells which of the selected kinds of events have happened to a socket since they were told last, and
   resets hEventObject at the same moment; NULL resets none. For each bit that is set in lNetworkEvents
   of the structure, iErrorCode has a code, 0 mostly; the other codes are left alone. FD_CONNECT brings
   the code of the connect, FD_CLOSE brings WSAECONNABORTED after a reset. Without a selection nothing
   has happened. */
int WSAEnumNetworkEvents(SOCKET s, HANDLE hEventObject, WSANETWORKEVENTS *lpNetworkEvents);

/* The protocols that sockets can be made of, one structure of 372 bytes each: TCP, UDP and raw sockets
   of IPv4 and of IPv6, and AF_UNIX. lpiProtocols is a list of the protocols (IPPROTO_TCP and so on) that
   are asked for, which ends with 0; NULL asks for all. An entry goes to WSASocketA. */
int WSAEnumProtocolsA(int *lpiProtocols, WSAPROTOCOL_INFOA *lpProtocolBuffer, DWORD *lpdwBufferLength);

/* As WSAEnumProtocolsA, with names in 16-bit characters: 628 bytes each. */
int WSAEnumProtocolsW(int *lpiProtocols, WSAPROTOCOL_INFOW *lpProtocolBuffer, DWORD *lpdwBufferLength);

/* Has an event set when something happens to a socket, and makes the socket non-blocking; it stays so,
   and FIONBIO can make it blocking only after a call with 0 for lNetworkEvents, which ends the
   selection. Each call replaces the one before it. lNetworkEvents has a bit for each kind: FD_READ,
   FD_WRITE, FD_OOB, FD_ACCEPT, FD_CONNECT, FD_CLOSE, and for a socket that has asked with
   SIO_ADDRESS_LIST_CHANGE or SIO_ROUTING_INTERFACE_CHANGE, and was told WSAEWOULDBLOCK,
   FD_ADDRESS_LIST_CHANGE and FD_ROUTING_INTERFACE_CHANGE; the other bits are taken, and nothing happens
   that they stand for. Which kinds have happened WSAEnumNetworkEvents tells; they are recorded from the
   first selection on, those that are not selected, too. What had happened before counts: data that lies
   here, connections, the end of a connect or of the connection. */
int WSAEventSelect(SOCKET s, HANDLE hEventObject, LONG lNetworkEvents);

/* The calling thread's last error: the code of its last failed call, 0 after a successful one. Works
   without WSAStartup. */
int WSAGetLastError(void);

/* How an operation has ended. With fWait it waits for the end: for the event in hEvent, or for the
   socket's own signal where that is NULL. */
BOOL WSAGetOverlappedResult(SOCKET s, OVERLAPPED *lpOverlapped, DWORD *lpcbTransfer, BOOL fWait, DWORD *lpdwFlags);

/* Would give a template of quality of service by its name. */
BOOL WSAGetQOSByName(SOCKET s, WSABUF *lpQOSName, QOS *lpQOS);

/* What is known of a class of services: of SVCID_TCP(port) and SVCID_UDP(port), where the machine's
   database has a service at that port, its name and the port. */
int WSAGetServiceClassInfoA(GUID *lpProviderId, GUID *lpServiceClassId, DWORD *lpdwBufSize, WSASERVICECLASSINFOA *lpServiceClassInfo);

/* WSAGetServiceClassInfoA with 16-bit characters. */
int WSAGetServiceClassInfoW(GUID *lpProviderId, GUID *lpServiceClassId, DWORD *lpdwBufSize, WSASERVICECLASSINFOW *lpServiceClassInfo);

/* The name of a class of services. *lpdwBufferLength counts bytes. */
int WSAGetServiceClassNameByClassIdA(GUID *lpServiceClassId, char *lpszServiceClassName, DWORD *lpdwBufferLength);

/* WSAGetServiceClassNameByClassIdA with 16-bit characters. */
int WSAGetServiceClassNameByClassIdW(GUID *lpServiceClassId, WCHAR *lpszServiceClassName, DWORD *lpdwBufferLength);

/* Stores a 32-bit number of this machine in the byte order of the socket's protocol, which is network
   order for every socket there is. */
int WSAHtonl(SOCKET s, u_long hostlong, u_long *lpnetlong);

/* Stores a 16-bit number of this machine in the byte order of the socket's protocol, which is network
   order for every socket there is. */
int WSAHtons(SOCKET s, u_short hostshort, u_short *lpnetshort);

/* Would register a class of services. */
int WSAInstallServiceClassA(WSASERVICECLASSINFOA *lpServiceClassInfo);

/* Would register a class of services. */
int WSAInstallServiceClassW(WSASERVICECLASSINFOW *lpServiceClassInfo);

/* Runs a command: those of ioctlsocket; SIO_UDP_CONNRESET (whether "port unreachable" is reported);
   SIO_KEEPALIVE_VALS (milliseconds, rounded up to seconds); SIO_GET_INTERFACE_LIST (IPv4);
   SIO_ROUTING_INTERFACE_QUERY; SIO_ADDRESS_LIST_QUERY (the addresses of the socket's family, that of the
   loopback only where there is no other); SIO_ADDRESS_LIST_CHANGE and SIO_ROUTING_INTERFACE_CHANGE,
   which wait until the list, or the address from which a host is reached, has changed;
   SIO_GET_BROADCAST_ADDRESS; SIO_BASE_HANDLE and SIO_BSP_HANDLE… (the socket itself);
   SIO_MULTIPOINT_LOOPBACK and SIO_MULTICAST_SCOPE (of groups, as IP_MULTICAST_LOOP and
   IP_MULTICAST_TTL); SIO_IDEAL_SEND_BACKLOG_QUERY (65536 on a connection); SIO_TCP_INFO (a connection's
   numbers, as TCP_INFO_v0 or TCP_INFO_v1); SIO_TCP_INITIAL_RTO (how often the first packet is sent
   again, at least once); SIO_AF_UNIX_GETPEERPID (the process that has the other end); SIO_UDP_NETRESET,
   SIO_LOOPBACK_FAST_PATH and SIO_ENABLE_CIRCULAR_QUEUEING, which have no effect. lpCompletionRoutine is
   not used. */
int WSAIoctl(SOCKET s, DWORD dwIoControlCode, void *lpvInBuffer, DWORD cbInBuffer, void *lpvOutBuffer, DWORD cbOutBuffer, DWORD *lpcbBytesReturned, OVERLAPPED *lpOverlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE lpCompletionRoutine);

/* Whether a call of this thread waits, which only its blocking hook can find. Never an error. */
BOOL WSAIsBlocking(void);

/* Has a datagram socket join the group name, as IP_ADD_MEMBERSHIP and IPV6_ADD_MEMBERSHIP do. dwFlags is
   JL_BOTH, JL_RECEIVER_ONLY, or JL_SENDER_ONLY, for which nothing is done: any socket can send to a
   group. No data goes with it: lpCallerData must be NULL or empty, and lpCalleeData, if given, gets the
   length 0. lpSQOS and lpGQOS are ignored. */
SOCKET WSAJoinLeaf(SOCKET s, const struct sockaddr *name, int namelen, WSABUF *lpCallerData, WSABUF *lpCalleeData, QOS *lpSQOS, QOS *lpGQOS, DWORD dwFlags);

/* Begins a search in a name space, of which WSALookupServiceNextA gives the answers. In NS_DNS (and
   NS_ALL) the class says what is looked up: SVCID_INET_HOSTADDRBYNAME and SVCID_HOSTNAME a host by its
   name, the machine itself without one; SVCID_INET_HOSTADDRBYINETSTRING a host by an address that is
   written out; SVCID_INET_SERVICEBYNAME a service, as http/tcp; SVCID_TCP(port) and SVCID_UDP(port) a
   host, with that port. The family of the first of lpafpProtocols is that of the addresses; IPv4 without
   one. NS_NLA has one network, which never changes. */
int WSALookupServiceBeginA(WSAQUERYSETA *lpqsRestrictions, DWORD dwControlFlags, HANDLE *lphLookup);

/* WSALookupServiceBeginA with 16-bit characters. */
int WSALookupServiceBeginW(WSAQUERYSETW *lpqsRestrictions, DWORD dwControlFlags, HANDLE *lphLookup);

/* Ends a search; a WSANSPIoctl that waits on it ends, too. */
int WSALookupServiceEnd(HANDLE hLookup);

/* The next answer of a search: what LUP_RETURN_… ask for, here or at the beginning, with all texts and
   addresses behind the structure in the buffer. With LUP_RETURN_BLOB a host's blob is a hostent whose
   pointers count from its own beginning. With LUP_RETURN_ALIASES other names are answers of their own.
   LUP_FLUSHPREVIOUS passes over an answer. */
int WSALookupServiceNextA(HANDLE hLookup, DWORD dwControlFlags, DWORD *lpdwBufferLength, WSAQUERYSETA *lpqsResults);

/* WSALookupServiceNextA with 16-bit characters. */
int WSALookupServiceNextW(HANDLE hLookup, DWORD dwControlFlags, DWORD *lpdwBufferLength, WSAQUERYSETW *lpqsResults);

/* SIO_NSP_NOTIFY_CHANGE on a search in NS_NLA waits until the networks change, which they do not: until
   WSALookupServiceEnd on another thread. With NSP_NOTIFY_IMMEDIATELY in lpCompletion it only looks.
   There are no other commands, and no other ways of being told. */
int WSANSPIoctl(HANDLE hLookup, DWORD dwControlCode, void *lpvInBuffer, DWORD cbInBuffer, void *lpvOutBuffer, DWORD cbOutBuffer, DWORD *lpcbBytesReturned, WSACOMPLETION *lpCompletion);

/* Stores a 32-bit number in the byte order of the socket's protocol as this machine has it. */
int WSANtohl(SOCKET s, u_long netlong, u_long *lphostlong);

/* Stores a 16-bit number in the byte order of the socket's protocol as this machine has it. */
int WSANtohs(SOCKET s, u_short netshort, u_short *lphostshort);

/* Waits at most timeout milliseconds (negative: for ever) until something happens to one of fds sockets,
   and says in revents what: of the events POLLRDNORM (data, or a connection to accept), POLLRDBAND
   (urgent data) and POLLWRNORM (room to send, or connected), and unasked POLLHUP (the peer has closed,
   or the connection is dead), POLLERR (reset, or a connect has failed), POLLNVAL (no socket). POLLIN is
   POLLRDNORM and POLLRDBAND; POLLOUT is POLLWRNORM. A signal does not end the call. */
int WSAPoll(WSAPOLLFD *fdArray, ULONG fds, INT timeout);

/* Would end a call of a provider of a name space. */
int WSAProviderCompleteAsyncCall(HANDLE hAsyncCall, int iRetCode);

/* Tells of changes of the catalogue. Where the handle is NULL, it gives one to wait with, at once, and
   does not look at the other arguments. With that handle it waits for a change. Nobody can change this
   catalogue, so a wait lasts until the handle is closed by CloseHandle, is called off, or the last
   WSACleanup comes: one with an OVERLAPPED then ends with WSAECONNABORTED, or WSA_OPERATION_ABORTED
   where it was called off, and tells so by its event, its routine or the handle's completion port. */
int WSAProviderConfigChange(HANDLE *lpNotificationHandle, OVERLAPPED *lpOverlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE lpCompletionRoutine);

/* Receives into several buffers, filling one after the other, in one system call. *lpFlags is what recv
   takes as flags, and may hold MSG_PARTIAL, which has no effect. Of more than 1024 buffers one call
   fills the first 1024. */
int WSARecv(SOCKET s, WSABUF *lpBuffers, DWORD dwBufferCount, DWORD *lpNumberOfBytesRecvd, DWORD *lpFlags, OVERLAPPED *lpOverlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE lpCompletionRoutine);

/* shutdown(s, SD_RECEIVE). */
int WSARecvDisconnect(SOCKET s, WSABUF *lpInboundDisconnectData);

/* Receives a datagram into several buffers, and its sender's address. On a stream socket it is WSARecv,
   and lpFrom and lpFromlen are left alone. lpFrom may be NULL. */
int WSARecvFrom(SOCKET s, WSABUF *lpBuffers, DWORD dwBufferCount, DWORD *lpNumberOfBytesRecvd, DWORD *lpFlags, struct sockaddr *lpFrom, int *lpFromlen, OVERLAPPED *lpOverlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE lpCompletionRoutine);

/* Would take a class of services away. */
int WSARemoveServiceClass(GUID *lpServiceClassId);

/* ResetEvent under Winsock's name. Works without WSAStartup. */
BOOL WSAResetEvent(HANDLE hEvent);

/* Sends several buffers on a connected socket, one after the other, in one system call; on a datagram
   socket they are one datagram. It blocks as send does: a blocking stream socket takes everything or the
   call fails, a non-blocking one may take a part. Any number of buffers is taken on a stream, 1024 on a
   datagram socket. */
int WSASend(SOCKET s, WSABUF *lpBuffers, DWORD dwBufferCount, DWORD *lpNumberOfBytesSent, DWORD dwFlags, OVERLAPPED *lpOverlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE lpCompletionRoutine);

/* shutdown(s, SD_SEND). */
int WSASendDisconnect(SOCKET s, WSABUF *lpOutboundDisconnectData);

/* Sends a datagram with control data: the local address and the interface (IP_PKTINFO, IPV6_PKTINFO),
   TTL and hop limit, type of service and traffic class, the size of the parts (UDP_SEND_MSG_SIZE).
   Without a name it goes to the peer. dwFlags is that of WSASendTo; the one in the message is not looked
   at. */
int WSASendMsg(SOCKET s, WSAMSG *lpMsg, DWORD dwFlags, DWORD *lpNumberOfBytesSent, OVERLAPPED *lpOverlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE lpCompletionRoutine);

/* Sends several buffers to an address, as one datagram. A stream socket ignores lpTo and iTolen, and
   with lpTo NULL the call is WSASend. */
int WSASendTo(SOCKET s, WSABUF *lpBuffers, DWORD dwBufferCount, DWORD *lpNumberOfBytesSent, DWORD dwFlags, const struct sockaddr *lpTo, int iTolen, OVERLAPPED *lpOverlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE lpCompletionRoutine);

/* Sets the function that is called again and again while a call of this thread waits: BOOL hook(void).
   While it returns nonzero it is called at once again. From inside it only WSAIsBlocking,
   WSACancelBlockingCall, WSAGetLastError and WSASetLastError may be called; every other call fails with
   WSAEINPROGRESS. Only for programs that have asked super::WSAStartup for version 1.x. */
FARPROC WSASetBlockingHook(FARPROC lpBlockFunc);

/* SetEvent under Winsock's name. Works without WSAStartup. */
BOOL WSASetEvent(HANDLE hEvent);

/* Sets the calling thread's last error; any number is kept unchanged. Works without WSAStartup. */
void WSASetLastError(int iError);

/* Would register or take away a service in a name space. */
int WSASetServiceA(WSAQUERYSETA *lpqsRegInfo, int essoperation, DWORD dwControlFlags);

/* Would register or take away a service in a name space. */
int WSASetServiceW(WSAQUERYSETW *lpqsRegInfo, int essoperation, DWORD dwControlFlags);

/* Makes a socket, as socket does. Each of af, type and protocol that is 0 or FROM_PROTOCOL_INFO (-1) is
   taken from lpProtocolInfo, which may be NULL; where WSADuplicateSocketA has filled that, the duplicate
   is the new socket, once, and the other arguments are not looked at. g is ignored: there are no groups.
   Without WSA_FLAG_OVERLAPPED a call with an OVERLAPPED ends before it returns, and the socket belongs
   to no completion port; time-outs work all the same. WSA_FLAG_NO_HANDLE_INHERIT changes nothing: every
   socket is closed on exec. */
SOCKET WSASocketA(int af, int type, int protocol, WSAPROTOCOL_INFOA *lpProtocolInfo, GROUP g, DWORD dwFlags);

/* Makes a socket, as WSASocketA does; the structure has its name in 16-bit characters. */
SOCKET WSASocketW(int af, int type, int protocol, WSAPROTOCOL_INFOW *lpProtocolInfo, GROUP g, DWORD dwFlags);

/* Starts Winsock for this process, or counts one more start. Every success needs its own WSACleanup.
   wVersionRequested is MAKEWORD(major, minor); what is given is told in wVersion, and it is the caller's
   to compare. lpVendorInfo is left as it was. */
int WSAStartup(WORD wVersionRequested, WSADATA *lpWSAData);

/* Reads a socket address: 1.2.3.4:80 for AF_INET, where the address may also have the forms of
   inet_addr, and ::1%3:80 for AF_INET6; port, scope and, without a port, the brackets may be missing.
   The port is decimal, octal or hexadecimal. */
INT WSAStringToAddressA(char *AddressString, INT AddressFamily, WSAPROTOCOL_INFOA *lpProtocolInfo, struct sockaddr *lpAddress, INT *lpAddressLength);

/* As WSAStringToAddressA, from 16-bit characters. */
INT WSAStringToAddressW(WCHAR *AddressString, INT AddressFamily, WSAPROTOCOL_INFOW *lpProtocolInfo, struct sockaddr *lpAddress, INT *lpAddressLength);

/* Would take such an offer back. */
int WSAUnadvertiseProvider(const GUID *puuidProviderId);

/* Puts the default hook back, which does nothing. */
int WSAUnhookBlockingHook(void);

/* WaitForMultipleObjectsEx under Winsock's name. Works without WSAStartup. */
DWORD WSAWaitForMultipleEvents(DWORD cEvents, const HANDLE *lphEvents, BOOL fWaitAll, DWORD dwTimeout, BOOL fAlertable);

/* Has the library post its messages by a routine of the program's, which has windows of its own: those
   of WSAAsyncSelect and of WSAAsyncGetHostByName and its like. The routine runs on any thread, and must
   not wait. NULL takes it back: then messages go to windows of this library. Works without WSAStartup. */
int WSApSetPostRoutine(LPWPUPOSTMESSAGE lpPostRoutine);

/* Would take a provider away. Works without WSAStartup; the error code goes to *lpErrno. */
int WSCDeinstallProvider(GUID *lpProviderId, int *lpErrno);

/* Would take a provider away. Works without WSAStartup; the error code goes to *lpErrno. */
int WSCDeinstallProvider32(GUID *lpProviderId, int *lpErrno);

/* Would switch a provider of a name space on or off. Works without WSAStartup. */
int WSCEnableNSProvider(GUID *lpProviderId, BOOL fEnable);

/* Would switch a provider of a name space on or off. Works without WSAStartup. */
int WSCEnableNSProvider32(GUID *lpProviderId, BOOL fEnable);

/* The name spaces of 32-bit programs, which are the same here; works without WSAStartup. */
int WSCEnumNameSpaceProviders32(DWORD *lpdwBufferLength, WSANAMESPACE_INFOW *lpnspBuffer);

/* WSCEnumNameSpaceProviders32, with a field for what a provider itself knows: nothing. */
int WSCEnumNameSpaceProvidersEx32(DWORD *lpdwBufferLength, WSANAMESPACE_INFOEXW *lpnspBuffer);

/* The same list as WSAEnumProtocolsW; works without WSAStartup. The error code goes to *lpErrno. */
int WSCEnumProtocols(int *lpiProtocols, WSAPROTOCOL_INFOW *lpProtocolBuffer, DWORD *lpdwBufferLength, int *lpErrno);

/* WSCEnumProtocols for the catalogue of 32-bit programs, which is the same one here. */
int WSCEnumProtocols32(int *lpiProtocols, WSAPROTOCOL_INFOW *lpProtocolBuffer, DWORD *lpdwBufferLength, int *lpErrno);

/* Would tell which layered providers a program may get. Works without WSAStartup; the error code goes to
   *lpErrno. */
int WSCGetApplicationCategory(const WCHAR *Path, DWORD PathLength, const WCHAR *Extra, DWORD ExtraLength, DWORD *pPermittedLspCategories, int *lpErrno);

/* Would tell about a layered provider. Works without WSAStartup; the error code goes to *lpErrno. */
int WSCGetProviderInfo(GUID *lpProviderId, int InfoType, unsigned char *Info, UINT_PTR *InfoSize, DWORD Flags, int *lpErrno);

/* Would tell about a layered provider. Works without WSAStartup; the error code goes to *lpErrno. */
int WSCGetProviderInfo32(GUID *lpProviderId, int InfoType, unsigned char *Info, UINT_PTR *InfoSize, DWORD Flags, int *lpErrno);

/* The name of the library that provides a protocol: this one. *lpProviderDllPathLen counts characters
   with the end; it gets the number that there are, also where there is no room for them. The error code
   goes to *lpErrno. */
int WSCGetProviderPath(GUID *lpProviderId, WCHAR *lpszProviderDllPath, int *lpProviderDllPathLen, int *lpErrno);

/* WSCGetProviderPath for the catalogue of 32-bit programs, which is the same one here. */
int WSCGetProviderPath32(GUID *lpProviderId, WCHAR *lpszProviderDllPath, int *lpProviderDllPathLen, int *lpErrno);

/* Would install a provider of a name space. Works without WSAStartup. */
int WSCInstallNameSpace(WCHAR *lpszIdentifier, WCHAR *lpszPathName, DWORD dwNameSpace, DWORD dwVersion, GUID *lpProviderId);

/* Would install a provider of a name space. Works without WSAStartup. */
int WSCInstallNameSpace32(WCHAR *lpszIdentifier, WCHAR *lpszPathName, DWORD dwNameSpace, DWORD dwVersion, GUID *lpProviderId);

/* Would install a provider of a name space. Works without WSAStartup. */
int WSCInstallNameSpaceEx(WCHAR *lpszIdentifier, WCHAR *lpszPathName, DWORD dwNameSpace, DWORD dwVersion, GUID *lpProviderId, BLOB *lpProviderSpecific);

/* Would install a provider of a name space. Works without WSAStartup. */
int WSCInstallNameSpaceEx32(WCHAR *lpszIdentifier, WCHAR *lpszPathName, DWORD dwNameSpace, DWORD dwVersion, GUID *lpProviderId, BLOB *lpProviderSpecific);

/* Would install a provider of protocols. Works without WSAStartup; the error code goes to *lpErrno. */
int WSCInstallProvider(GUID *lpProviderId, const WCHAR *lpszProviderDllPath, WSAPROTOCOL_INFOW *lpProtocolInfoList, DWORD dwNumberOfEntries, int *lpErrno);

/* Would install a provider of protocols. Works without WSAStartup; the error code goes to *lpErrno. */
int WSCInstallProvider64_32(GUID *lpProviderId, const WCHAR *lpszProviderDllPath, WSAPROTOCOL_INFOW *lpProtocolInfoList, DWORD dwNumberOfEntries, int *lpErrno);

/* Would install a provider and chains of it. Works without WSAStartup; the error code goes to *lpErrno. */
int WSCInstallProviderAndChains(GUID *lpProviderId, WCHAR *lpszProviderDllPath, WCHAR *lpszLspName, DWORD dwServiceFlags, WSAPROTOCOL_INFOW *lpProtocolInfoList, DWORD dwNumberOfEntries, DWORD *lpdwCatalogEntryId, int *lpErrno);

/* Would install a provider and chains of it. Works without WSAStartup; the error code goes to *lpErrno. */
int WSCInstallProviderAndChains64_32(GUID *lpProviderId, WCHAR *lpszProviderDllPath, WCHAR *lpszProviderDllPath32, WCHAR *lpszLspName, DWORD dwServiceFlags, WSAPROTOCOL_INFOW *lpProtocolInfoList, DWORD dwNumberOfEntries, DWORD *lpdwCatalogEntryId, int *lpErrno);

/* Would say which layered providers a program may get. Works without WSAStartup; the error code goes to
   *lpErrno. */
int WSCSetApplicationCategory(const WCHAR *Path, DWORD PathLength, const WCHAR *Extra, DWORD ExtraLength, DWORD PermittedLspCategories, DWORD *pPrevPermLspCat, int *lpErrno);

/* Would note something of a layered provider. Works without WSAStartup; the error code goes to *lpErrno. */
int WSCSetProviderInfo(GUID *lpProviderId, int InfoType, unsigned char *Info, UINT_PTR InfoSize, DWORD Flags, int *lpErrno);

/* Would note something of a layered provider. Works without WSAStartup; the error code goes to *lpErrno. */
int WSCSetProviderInfo32(GUID *lpProviderId, int InfoType, unsigned char *Info, UINT_PTR InfoSize, DWORD Flags, int *lpErrno);

/* Would take a provider of a name space away. Works without WSAStartup. */
int WSCUnInstallNameSpace(GUID *lpProviderId);

/* Would take a provider of a name space away. Works without WSAStartup. */
int WSCUnInstallNameSpace32(GUID *lpProviderId);

/* Would change a provider. Works without WSAStartup; the error code goes to *lpErrno. */
int WSCUpdateProvider(GUID *lpProviderId, const WCHAR *lpszProviderDllPath, WSAPROTOCOL_INFOW *lpProtocolInfoList, DWORD dwNumberOfEntries, int *lpErrno);

/* Would change a provider. Works without WSAStartup; the error code goes to *lpErrno. */
int WSCUpdateProvider32(GUID *lpProviderId, const WCHAR *lpszProviderDllPath, WSAPROTOCOL_INFOW *lpProtocolInfoList, DWORD dwNumberOfEntries, int *lpErrno);

/* Would change the order of name spaces. Returns the code itself and leaves the last error alone. */
int WSCWriteNameSpaceOrder(GUID *lpProviderId, DWORD dwNumberOfEntries);

/* Would change the order of name spaces. Returns the code itself and leaves the last error alone. */
int WSCWriteNameSpaceOrder32(GUID *lpProviderId, DWORD dwNumberOfEntries);

/* Would change the order of the catalogue. Returns the code itself and leaves the last error alone. */
int WSCWriteProviderOrder(DWORD *lpwdCatalogEntryId, DWORD dwNumberOfEntries);

/* Would change the order of the catalogue. Returns the code itself and leaves the last error alone. */
int WSCWriteProviderOrder32(DWORD *lpwdCatalogEntryId, DWORD dwNumberOfEntries);

/* Whether a set holds a socket; what FD_ISSET calls. It needs no WSAStartup and leaves the last error
   alone. */
int __WSAFDIsSet(SOCKET fd, fd_set *set);

/* Takes the next connection, waiting for it on a blocking socket. The new socket has the listener's
   mode, options and time-outs. SO_RCVTIMEO does not limit the wait. addr and addrlen may be NULL; with
   either NULL the other is not touched. */
SOCKET accept(SOCKET s, struct sockaddr *addr, int *addrlen) WS2_SYMBOL(ws2_accept);

/* Gives a socket its local address. */
int bind(SOCKET s, const struct sockaddr *name, int namelen) WS2_SYMBOL(ws2_bind);

/* Closes a socket. Calls of other threads that wait on it fail with WSAEINTR first, so that none of them
   touches another socket that gets the same number. */
int closesocket(SOCKET s);

/* Connects a stream socket, waiting for it on a blocking one; SO_SNDTIMEO does not limit the wait. On a
   datagram socket it sets the peer, and an address of family AF_UNSPEC or all zeros takes it away. */
int connect(SOCKET s, const struct sockaddr *name, int namelen) WS2_SYMBOL(ws2_connect);

/* Gives a list of getaddrinfo back, from the given entry to its end. NULL is nothing to do. Works
   without WSAStartup and leaves the last error alone. */
void freeaddrinfo(struct addrinfo *pAddrInfo) WS2_SYMBOL(ws2_freeaddrinfo);

/* What a code of getaddrinfo or getnameinfo means, in English. The text is the thread's until its next
   call of either kind; Windows has one for the whole process. Works without WSAStartup and leaves the
   last error alone. */
char *gai_strerrorA(int ecode);

/* gai_strerrorA in 16-bit characters. */
WCHAR *gai_strerrorW(int ecode);

/* The addresses of a host with the port of a service, as a list for freeaddrinfo. Every address comes
   once, with the socket type and the protocol of the hints, 0 without hints. Where the hints leave the
   type open, and only TCP or only UDP knows the service that is named, it is SOCK_STREAM or SOCK_DGRAM.
   A service that is a number is read as C's strtoul reads it, and its last 16 bits are the port: "65537"
   is port 1. An empty pNodeName, the machine's own name and ..localmachine mean this machine's
   addresses, localhost its loopback addresses; none at all means the loopback addresses, or with
   AI_PASSIVE those to listen on. Names are resolved as the machine's C library does. A name that is not
   ASCII, in UTF-8, is looked up as IDNA has it (xn--…), unless AI_DISABLE_IDN_ENCODING is set. */
int getaddrinfo(const char *pNodeName, const char *pServiceName, const struct addrinfo *pHints, struct addrinfo **ppResult) WS2_SYMBOL(ws2_getaddrinfo);

/* The host that has this address, given in network order. */
struct hostent *gethostbyaddr(const char *addr, int len, int type) WS2_SYMBOL(ws2_gethostbyaddr);

/* The host of this name, with its IPv4 addresses. NULL, an empty name, ..localmachine and the machine's
   own name mean this machine, with the addresses of its interfaces: those of the one with the default
   route first, the loopback address only if there is no other. */
struct hostent *gethostbyname(const char *name) WS2_SYMBOL(ws2_gethostbyname);

/* The names of the host and of the service behind an address; a buffer that is NULL is not asked for.
   Where there is no name the number is written, unless NI_NAMEREQD forbids it. The scope of a link-local
   address follows % as a number. */
int getnameinfo(const struct sockaddr *pSockaddr, int SockaddrLength, char *pNodeBuffer, DWORD NodeBufferSize, char *pServiceBuffer, DWORD ServiceBufferSize, int Flags) WS2_SYMBOL(ws2_getnameinfo);

/* The peer's address: also while a connect is under way, and after the connection's end. */
int getpeername(SOCKET s, struct sockaddr *name, int *namelen) WS2_SYMBOL(ws2_getpeername);

/* The protocol of this name or alias, in any letter case. Known are the entries of /etc/protocols, and
   those that Windows brings along. */
struct protoent *getprotobyname(const char *name) WS2_SYMBOL(ws2_getprotobyname);

/* The protocol of this number. */
struct protoent *getprotobynumber(int number) WS2_SYMBOL(ws2_getprotobynumber);

/* The service of this name or alias, in any letter case; without proto the first of that name. Known are
   the entries of /etc/services. */
struct servent *getservbyname(const char *name, const char *proto) WS2_SYMBOL(ws2_getservbyname);

/* The service at this port, given in network order in the lower 16 bits; without proto the first at it. */
struct servent *getservbyport(int port, const char *proto) WS2_SYMBOL(ws2_getservbyport);

/* The local address. */
int getsockname(SOCKET s, struct sockaddr *name, int *namelen) WS2_SYMBOL(ws2_getsockname);

/* Reads an option, as it was set: sizes of buffers and time-outs exactly. SO_ERROR tells why the last
   non-blocking connect failed; reading it does not clear it. *optlen becomes the number of bytes: 1 for
   the options of which only the first byte counts (SO_KEEPALIVE, SO_DONTROUTE, TCP_NODELAY,
   IPV6_V6ONLY), of which only one is written whatever room there was; and 1 for a flag with room for
   less than four bytes. SO_BSP_STATE gives a CSADDR_INFO with the addresses behind it, of which those
   that the socket does not have yet are NULL. */
int getsockopt(SOCKET s, int level, int optname, char *optval, int *optlen) WS2_SYMBOL(ws2_getsockopt);

/* A 32-bit number of this machine in network order. Works without WSAStartup and leaves the last error
   alone. */
u_long htonl(u_long hostlong) WS2_SYMBOL(ws2_htonl);

/* A 16-bit number of this machine in network order. Works without WSAStartup and leaves the last error
   alone. */
u_short htons(u_short hostshort) WS2_SYMBOL(ws2_htons);

/* Reads an IPv4 address: one to four numbers, decimal, octal or hexadecimal, of which the last fills the
   bytes that are left. A blank after a number ends the address; one single space is 0.0.0.0. Works
   without WSAStartup. */
u_long inet_addr(const char *cp) WS2_SYMBOL(ws2_inet_addr);

/* Writes an IPv4 address in the form 1.2.3.4. Works without WSAStartup and leaves the last error alone. */
char *inet_ntoa(struct in_addr in) WS2_SYMBOL(ws2_inet_ntoa);

/* Writes an address of AF_INET, 4 bytes, or of AF_INET6 (23), 16 bytes, as text. Addresses of IPv6 that
   hold one of IPv4 end in its form: ::ffff:1.2.3.4. Works without WSAStartup. */
const char *inet_ntop(INT Family, const void *pAddr, char *pStringBuf, UINT_PTR StringBufSize) WS2_SYMBOL(ws2_inet_ntop);

/* Reads an address of AF_INET, four decimal numbers, or of AF_INET6 (23), without scope, brackets and
   port. Works without WSAStartup. */
INT inet_pton(INT Family, const char *pszAddrString, void *pAddrBuf) WS2_SYMBOL(ws2_inet_pton);

/* FIONBIO makes the socket non-blocking (*argp not 0) or blocking; FIONREAD tells how many bytes can be
   read, of a datagram socket the size of the first datagram; SIOCATMARK tells 1 while no out-of-band
   byte waits. A long of Windows has 32 bits. Other commands of WSAIoctl work here too where four bytes
   are enough. */
int ioctlsocket(SOCKET s, LONG cmd, u_long *argp);

/* Lets a bound stream socket take connections; up to backlog wait to be accepted, or as many as the
   system allows. Again on a listening socket, it changes the backlog. */
int listen(SOCKET s, int backlog) WS2_SYMBOL(ws2_listen);

/* A 32-bit number in network order as this machine has it. Works without WSAStartup and leaves the last
   error alone. */
u_long ntohl(u_long netlong) WS2_SYMBOL(ws2_ntohl);

/* A 16-bit number in network order as this machine has it. Works without WSAStartup and leaves the last
   error alone. */
u_short ntohs(u_short netshort) WS2_SYMBOL(ws2_ntohs);

/* Receives data on a connected socket, or a datagram on a bound one; waits for it on a blocking socket,
   at most SO_RCVTIMEO milliseconds. flags may hold MSG_PEEK, MSG_OOB, MSG_WAITALL (blocking stream
   sockets: waits until buf is full) and MSG_PUSH_IMMEDIATE, which has no effect. */
int recv(SOCKET s, char *buf, int len, int flags) WS2_SYMBOL(ws2_recv);

/* Receives a datagram and its sender's address. On a stream socket it is recv, and from and fromlen are
   left alone. from may be NULL; fromlen is not looked at then. */
int recvfrom(SOCKET s, char *buf, int len, int flags, struct sockaddr *from, int *fromlen) WS2_SYMBOL(ws2_recvfrom);

/* Sends data on a connected socket, on any socket: also on one that POSIX code made. */
int send(SOCKET s, const char *buf, int len, int flags) WS2_SYMBOL(ws2_send);

/* Sends a datagram to an address; the socket gets a local address if it has none. On a datagram socket
   that is connected, to counts for this datagram only. A stream socket ignores to and tolen, and with to
   NULL the call is send: what is said there about flags, blocking and time-outs holds here, too. */
int sendto(SOCKET s, const char *buf, int len, int flags, const struct sockaddr *to, int tolen) WS2_SYMBOL(ws2_sendto);

/* Sets an option. COMPATIBILITY.md lists every option, and what is different from Windows. A flag or a
   number up to 255 may be given in fewer than four bytes; of TCP_NODELAY, SO_KEEPALIVE, SO_DONTROUTE and
   IPV6_V6ONLY only the first byte counts. */
int setsockopt(SOCKET s, int level, int optname, const char *optval, int optlen) WS2_SYMBOL(ws2_setsockopt);

/* Ends receiving (SD_RECEIVE), sending (SD_SEND) or both (SD_BOTH). On a datagram socket this needs no
   peer. What has arrived on a stream is dropped by SD_RECEIVE. */
int shutdown(SOCKET s, int how) WS2_SYMBOL(ws2_shutdown);

/* Makes a socket: af is AF_INET, AF_INET6 (23), AF_UNIX or, with a protocol, AF_UNSPEC. Its value is its
   file descriptor, never 0 to 2, closed on exec. An IPv6 socket takes IPv6 only until IPV6_V6ONLY is
   cleared, as on Windows. */
SOCKET socket(int af, int type, int protocol) WS2_SYMBOL(ws2_socket);

/* The version of the library that the program runs with, such as "0.1.0". The headers that it was
   compiled with have theirs as WS2_VERSION, and as a number in WS2_VERSION_NUMBER. Not a function of
   Windows. Works without WSAStartup, and leaves the last error alone. */
const char *ws2_version(void);

#ifdef __cplusplus
}
#endif

/* The same functions with an unsigned long * for a number of 32 bits. See ws2_dwords.h. */
#include "ws2_dwords.h"

#ifdef WS2_OVERLOADS
static __inline__ INT ws2_wide_WSAAddressToStringA(struct sockaddr *lpsaAddress, DWORD dwAddressLength, WSAPROTOCOL_INFOA *lpProtocolInfo, char *lpszAddressString, struct ws2_dwords lpdwAddressStringLength)
{
    DWORD ws2_lpdwAddressStringLength = 0;
    INT result = WSAAddressToStringA(lpsaAddress, dwAddressLength, lpProtocolInfo, lpszAddressString, ws2_dwords_lend(lpdwAddressStringLength, &ws2_lpdwAddressStringLength));

    ws2_dwords_back(lpdwAddressStringLength, ws2_lpdwAddressStringLength, result != -1);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<INT, Wide1>::result WSAAddressToStringA(struct sockaddr *lpsaAddress, DWORD dwAddressLength, WSAPROTOCOL_INFOA *lpProtocolInfo, char *lpszAddressString, Wide1 lpdwAddressStringLength)
{
    return ws2_wide_WSAAddressToStringA(lpsaAddress, dwAddressLength, lpProtocolInfo, lpszAddressString, ws2_dwords_of(lpdwAddressStringLength));
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_WSAAddressToStringA(lpsaAddress, dwAddressLength, lpProtocolInfo, lpszAddressString, lpdwAddressStringLength) \
    WSAAddressToStringA(lpsaAddress, dwAddressLength, lpProtocolInfo, lpszAddressString, WS2_LOWER_HALF(lpdwAddressStringLength))
# define WSAAddressToStringA(...) \
    WS2_TAKES_5(WSAAddressToStringA, ws2_wide_arguments_WSAAddressToStringA, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ INT ws2_wide_WSAAddressToStringW(struct sockaddr *lpsaAddress, DWORD dwAddressLength, WSAPROTOCOL_INFOW *lpProtocolInfo, WCHAR *lpszAddressString, struct ws2_dwords lpdwAddressStringLength)
{
    DWORD ws2_lpdwAddressStringLength = 0;
    INT result = WSAAddressToStringW(lpsaAddress, dwAddressLength, lpProtocolInfo, lpszAddressString, ws2_dwords_lend(lpdwAddressStringLength, &ws2_lpdwAddressStringLength));

    ws2_dwords_back(lpdwAddressStringLength, ws2_lpdwAddressStringLength, result != -1);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<INT, Wide1>::result WSAAddressToStringW(struct sockaddr *lpsaAddress, DWORD dwAddressLength, WSAPROTOCOL_INFOW *lpProtocolInfo, WCHAR *lpszAddressString, Wide1 lpdwAddressStringLength)
{
    return ws2_wide_WSAAddressToStringW(lpsaAddress, dwAddressLength, lpProtocolInfo, lpszAddressString, ws2_dwords_of(lpdwAddressStringLength));
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_WSAAddressToStringW(lpsaAddress, dwAddressLength, lpProtocolInfo, lpszAddressString, lpdwAddressStringLength) \
    WSAAddressToStringW(lpsaAddress, dwAddressLength, lpProtocolInfo, lpszAddressString, WS2_LOWER_HALF(lpdwAddressStringLength))
# define WSAAddressToStringW(...) \
    WS2_TAKES_5(WSAAddressToStringW, ws2_wide_arguments_WSAAddressToStringW, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ int ws2_wide_WSAEnumNameSpaceProvidersA(struct ws2_dwords lpdwBufferLength, WSANAMESPACE_INFOA *lpnspBuffer)
{
    DWORD ws2_lpdwBufferLength = 0;
    int result = WSAEnumNameSpaceProvidersA(ws2_dwords_lend(lpdwBufferLength, &ws2_lpdwBufferLength), lpnspBuffer);

    ws2_dwords_back(lpdwBufferLength, ws2_lpdwBufferLength, result != -1);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<int, Wide1>::result WSAEnumNameSpaceProvidersA(Wide1 lpdwBufferLength, WSANAMESPACE_INFOA *lpnspBuffer)
{
    return ws2_wide_WSAEnumNameSpaceProvidersA(ws2_dwords_of(lpdwBufferLength), lpnspBuffer);
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_WSAEnumNameSpaceProvidersA(lpdwBufferLength, lpnspBuffer) \
    WSAEnumNameSpaceProvidersA(WS2_LOWER_HALF(lpdwBufferLength), lpnspBuffer)
# define WSAEnumNameSpaceProvidersA(...) \
    WS2_TAKES_2(WSAEnumNameSpaceProvidersA, ws2_wide_arguments_WSAEnumNameSpaceProvidersA, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ int ws2_wide_WSAEnumNameSpaceProvidersExA(struct ws2_dwords lpdwBufferLength, WSANAMESPACE_INFOEXA *lpnspBuffer)
{
    DWORD ws2_lpdwBufferLength = 0;
    int result = WSAEnumNameSpaceProvidersExA(ws2_dwords_lend(lpdwBufferLength, &ws2_lpdwBufferLength), lpnspBuffer);

    ws2_dwords_back(lpdwBufferLength, ws2_lpdwBufferLength, result != -1);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<int, Wide1>::result WSAEnumNameSpaceProvidersExA(Wide1 lpdwBufferLength, WSANAMESPACE_INFOEXA *lpnspBuffer)
{
    return ws2_wide_WSAEnumNameSpaceProvidersExA(ws2_dwords_of(lpdwBufferLength), lpnspBuffer);
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_WSAEnumNameSpaceProvidersExA(lpdwBufferLength, lpnspBuffer) \
    WSAEnumNameSpaceProvidersExA(WS2_LOWER_HALF(lpdwBufferLength), lpnspBuffer)
# define WSAEnumNameSpaceProvidersExA(...) \
    WS2_TAKES_2(WSAEnumNameSpaceProvidersExA, ws2_wide_arguments_WSAEnumNameSpaceProvidersExA, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ int ws2_wide_WSAEnumNameSpaceProvidersExW(struct ws2_dwords lpdwBufferLength, WSANAMESPACE_INFOEXW *lpnspBuffer)
{
    DWORD ws2_lpdwBufferLength = 0;
    int result = WSAEnumNameSpaceProvidersExW(ws2_dwords_lend(lpdwBufferLength, &ws2_lpdwBufferLength), lpnspBuffer);

    ws2_dwords_back(lpdwBufferLength, ws2_lpdwBufferLength, result != -1);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<int, Wide1>::result WSAEnumNameSpaceProvidersExW(Wide1 lpdwBufferLength, WSANAMESPACE_INFOEXW *lpnspBuffer)
{
    return ws2_wide_WSAEnumNameSpaceProvidersExW(ws2_dwords_of(lpdwBufferLength), lpnspBuffer);
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_WSAEnumNameSpaceProvidersExW(lpdwBufferLength, lpnspBuffer) \
    WSAEnumNameSpaceProvidersExW(WS2_LOWER_HALF(lpdwBufferLength), lpnspBuffer)
# define WSAEnumNameSpaceProvidersExW(...) \
    WS2_TAKES_2(WSAEnumNameSpaceProvidersExW, ws2_wide_arguments_WSAEnumNameSpaceProvidersExW, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ int ws2_wide_WSAEnumNameSpaceProvidersW(struct ws2_dwords lpdwBufferLength, WSANAMESPACE_INFOW *lpnspBuffer)
{
    DWORD ws2_lpdwBufferLength = 0;
    int result = WSAEnumNameSpaceProvidersW(ws2_dwords_lend(lpdwBufferLength, &ws2_lpdwBufferLength), lpnspBuffer);

    ws2_dwords_back(lpdwBufferLength, ws2_lpdwBufferLength, result != -1);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<int, Wide1>::result WSAEnumNameSpaceProvidersW(Wide1 lpdwBufferLength, WSANAMESPACE_INFOW *lpnspBuffer)
{
    return ws2_wide_WSAEnumNameSpaceProvidersW(ws2_dwords_of(lpdwBufferLength), lpnspBuffer);
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_WSAEnumNameSpaceProvidersW(lpdwBufferLength, lpnspBuffer) \
    WSAEnumNameSpaceProvidersW(WS2_LOWER_HALF(lpdwBufferLength), lpnspBuffer)
# define WSAEnumNameSpaceProvidersW(...) \
    WS2_TAKES_2(WSAEnumNameSpaceProvidersW, ws2_wide_arguments_WSAEnumNameSpaceProvidersW, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ int ws2_wide_WSAEnumProtocolsA(int *lpiProtocols, WSAPROTOCOL_INFOA *lpProtocolBuffer, struct ws2_dwords lpdwBufferLength)
{
    DWORD ws2_lpdwBufferLength = 0;
    int result = WSAEnumProtocolsA(lpiProtocols, lpProtocolBuffer, ws2_dwords_lend(lpdwBufferLength, &ws2_lpdwBufferLength));

    ws2_dwords_back(lpdwBufferLength, ws2_lpdwBufferLength, result != -1);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<int, Wide1>::result WSAEnumProtocolsA(int *lpiProtocols, WSAPROTOCOL_INFOA *lpProtocolBuffer, Wide1 lpdwBufferLength)
{
    return ws2_wide_WSAEnumProtocolsA(lpiProtocols, lpProtocolBuffer, ws2_dwords_of(lpdwBufferLength));
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_WSAEnumProtocolsA(lpiProtocols, lpProtocolBuffer, lpdwBufferLength) \
    WSAEnumProtocolsA(lpiProtocols, lpProtocolBuffer, WS2_LOWER_HALF(lpdwBufferLength))
# define WSAEnumProtocolsA(...) \
    WS2_TAKES_3(WSAEnumProtocolsA, ws2_wide_arguments_WSAEnumProtocolsA, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ int ws2_wide_WSAEnumProtocolsW(int *lpiProtocols, WSAPROTOCOL_INFOW *lpProtocolBuffer, struct ws2_dwords lpdwBufferLength)
{
    DWORD ws2_lpdwBufferLength = 0;
    int result = WSAEnumProtocolsW(lpiProtocols, lpProtocolBuffer, ws2_dwords_lend(lpdwBufferLength, &ws2_lpdwBufferLength));

    ws2_dwords_back(lpdwBufferLength, ws2_lpdwBufferLength, result != -1);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<int, Wide1>::result WSAEnumProtocolsW(int *lpiProtocols, WSAPROTOCOL_INFOW *lpProtocolBuffer, Wide1 lpdwBufferLength)
{
    return ws2_wide_WSAEnumProtocolsW(lpiProtocols, lpProtocolBuffer, ws2_dwords_of(lpdwBufferLength));
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_WSAEnumProtocolsW(lpiProtocols, lpProtocolBuffer, lpdwBufferLength) \
    WSAEnumProtocolsW(lpiProtocols, lpProtocolBuffer, WS2_LOWER_HALF(lpdwBufferLength))
# define WSAEnumProtocolsW(...) \
    WS2_TAKES_3(WSAEnumProtocolsW, ws2_wide_arguments_WSAEnumProtocolsW, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ BOOL ws2_wide_WSAGetOverlappedResult(SOCKET s, OVERLAPPED *lpOverlapped, struct ws2_dwords lpcbTransfer, BOOL fWait, struct ws2_dwords lpdwFlags)
{
    DWORD ws2_lpcbTransfer = 0;
    DWORD ws2_lpdwFlags = 0;
    BOOL result = WSAGetOverlappedResult(s, lpOverlapped, ws2_dwords_lend(lpcbTransfer, &ws2_lpcbTransfer), fWait, ws2_dwords_lend(lpdwFlags, &ws2_lpdwFlags));

    ws2_dwords_back(lpcbTransfer, ws2_lpcbTransfer, result != 0);
    ws2_dwords_back(lpdwFlags, ws2_lpdwFlags, result != 0);
    return result;
}

extern "C++" {
template <typename Wide1, typename Wide2>
inline typename ws2_if_wide<BOOL, Wide1, Wide2>::result WSAGetOverlappedResult(SOCKET s, OVERLAPPED *lpOverlapped, Wide1 lpcbTransfer, BOOL fWait, Wide2 lpdwFlags)
{
    return ws2_wide_WSAGetOverlappedResult(s, lpOverlapped, ws2_dwords_of(lpcbTransfer), fWait, ws2_dwords_of(lpdwFlags));
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_WSAGetOverlappedResult(s, lpOverlapped, lpcbTransfer, fWait, lpdwFlags) \
    WSAGetOverlappedResult(s, lpOverlapped, WS2_LOWER_HALF(lpcbTransfer), fWait, WS2_LOWER_HALF(lpdwFlags))
# define WSAGetOverlappedResult(...) \
    WS2_TAKES_5(WSAGetOverlappedResult, ws2_wide_arguments_WSAGetOverlappedResult, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ int ws2_wide_WSAGetServiceClassInfoA(GUID *lpProviderId, GUID *lpServiceClassId, struct ws2_dwords lpdwBufSize, WSASERVICECLASSINFOA *lpServiceClassInfo)
{
    DWORD ws2_lpdwBufSize = 0;
    int result = WSAGetServiceClassInfoA(lpProviderId, lpServiceClassId, ws2_dwords_lend(lpdwBufSize, &ws2_lpdwBufSize), lpServiceClassInfo);

    ws2_dwords_back(lpdwBufSize, ws2_lpdwBufSize, result != -1);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<int, Wide1>::result WSAGetServiceClassInfoA(GUID *lpProviderId, GUID *lpServiceClassId, Wide1 lpdwBufSize, WSASERVICECLASSINFOA *lpServiceClassInfo)
{
    return ws2_wide_WSAGetServiceClassInfoA(lpProviderId, lpServiceClassId, ws2_dwords_of(lpdwBufSize), lpServiceClassInfo);
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_WSAGetServiceClassInfoA(lpProviderId, lpServiceClassId, lpdwBufSize, lpServiceClassInfo) \
    WSAGetServiceClassInfoA(lpProviderId, lpServiceClassId, WS2_LOWER_HALF(lpdwBufSize), lpServiceClassInfo)
# define WSAGetServiceClassInfoA(...) \
    WS2_TAKES_4(WSAGetServiceClassInfoA, ws2_wide_arguments_WSAGetServiceClassInfoA, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ int ws2_wide_WSAGetServiceClassInfoW(GUID *lpProviderId, GUID *lpServiceClassId, struct ws2_dwords lpdwBufSize, WSASERVICECLASSINFOW *lpServiceClassInfo)
{
    DWORD ws2_lpdwBufSize = 0;
    int result = WSAGetServiceClassInfoW(lpProviderId, lpServiceClassId, ws2_dwords_lend(lpdwBufSize, &ws2_lpdwBufSize), lpServiceClassInfo);

    ws2_dwords_back(lpdwBufSize, ws2_lpdwBufSize, result != -1);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<int, Wide1>::result WSAGetServiceClassInfoW(GUID *lpProviderId, GUID *lpServiceClassId, Wide1 lpdwBufSize, WSASERVICECLASSINFOW *lpServiceClassInfo)
{
    return ws2_wide_WSAGetServiceClassInfoW(lpProviderId, lpServiceClassId, ws2_dwords_of(lpdwBufSize), lpServiceClassInfo);
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_WSAGetServiceClassInfoW(lpProviderId, lpServiceClassId, lpdwBufSize, lpServiceClassInfo) \
    WSAGetServiceClassInfoW(lpProviderId, lpServiceClassId, WS2_LOWER_HALF(lpdwBufSize), lpServiceClassInfo)
# define WSAGetServiceClassInfoW(...) \
    WS2_TAKES_4(WSAGetServiceClassInfoW, ws2_wide_arguments_WSAGetServiceClassInfoW, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ int ws2_wide_WSAGetServiceClassNameByClassIdA(GUID *lpServiceClassId, char *lpszServiceClassName, struct ws2_dwords lpdwBufferLength)
{
    DWORD ws2_lpdwBufferLength = 0;
    int result = WSAGetServiceClassNameByClassIdA(lpServiceClassId, lpszServiceClassName, ws2_dwords_lend(lpdwBufferLength, &ws2_lpdwBufferLength));

    ws2_dwords_back(lpdwBufferLength, ws2_lpdwBufferLength, result != -1);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<int, Wide1>::result WSAGetServiceClassNameByClassIdA(GUID *lpServiceClassId, char *lpszServiceClassName, Wide1 lpdwBufferLength)
{
    return ws2_wide_WSAGetServiceClassNameByClassIdA(lpServiceClassId, lpszServiceClassName, ws2_dwords_of(lpdwBufferLength));
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_WSAGetServiceClassNameByClassIdA(lpServiceClassId, lpszServiceClassName, lpdwBufferLength) \
    WSAGetServiceClassNameByClassIdA(lpServiceClassId, lpszServiceClassName, WS2_LOWER_HALF(lpdwBufferLength))
# define WSAGetServiceClassNameByClassIdA(...) \
    WS2_TAKES_3(WSAGetServiceClassNameByClassIdA, ws2_wide_arguments_WSAGetServiceClassNameByClassIdA, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ int ws2_wide_WSAGetServiceClassNameByClassIdW(GUID *lpServiceClassId, WCHAR *lpszServiceClassName, struct ws2_dwords lpdwBufferLength)
{
    DWORD ws2_lpdwBufferLength = 0;
    int result = WSAGetServiceClassNameByClassIdW(lpServiceClassId, lpszServiceClassName, ws2_dwords_lend(lpdwBufferLength, &ws2_lpdwBufferLength));

    ws2_dwords_back(lpdwBufferLength, ws2_lpdwBufferLength, result != -1);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<int, Wide1>::result WSAGetServiceClassNameByClassIdW(GUID *lpServiceClassId, WCHAR *lpszServiceClassName, Wide1 lpdwBufferLength)
{
    return ws2_wide_WSAGetServiceClassNameByClassIdW(lpServiceClassId, lpszServiceClassName, ws2_dwords_of(lpdwBufferLength));
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_WSAGetServiceClassNameByClassIdW(lpServiceClassId, lpszServiceClassName, lpdwBufferLength) \
    WSAGetServiceClassNameByClassIdW(lpServiceClassId, lpszServiceClassName, WS2_LOWER_HALF(lpdwBufferLength))
# define WSAGetServiceClassNameByClassIdW(...) \
    WS2_TAKES_3(WSAGetServiceClassNameByClassIdW, ws2_wide_arguments_WSAGetServiceClassNameByClassIdW, __VA_ARGS__)
#endif

static __inline__ int ws2_wide_WSAHtonl(SOCKET s, u_long hostlong, struct ws2_dwords lpnetlong)
{
    DWORD ws2_lpnetlong = 0;
    int result = WSAHtonl(s, hostlong, ws2_dwords_lend(lpnetlong, &ws2_lpnetlong));

    if (result != -1)
        ws2_dwords_back(lpnetlong, ws2_lpnetlong, result != -1);
    return result;
}

#ifdef WS2_OVERLOADS
extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<int, Wide1>::result WSAHtonl(SOCKET s, u_long hostlong, Wide1 lpnetlong)
{
    return ws2_wide_WSAHtonl(s, hostlong, ws2_dwords_of(lpnetlong));
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_WSAHtonl(s, hostlong, lpnetlong) \
    ws2_wide_WSAHtonl(s, hostlong, WS2_DWORDS(lpnetlong))
# define WSAHtonl(...) \
    WS2_TAKES_3(WSAHtonl, ws2_wide_arguments_WSAHtonl, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ int ws2_wide_WSAIoctl(SOCKET s, DWORD dwIoControlCode, void *lpvInBuffer, DWORD cbInBuffer, void *lpvOutBuffer, DWORD cbOutBuffer, struct ws2_dwords lpcbBytesReturned, OVERLAPPED *lpOverlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE lpCompletionRoutine)
{
    DWORD ws2_lpcbBytesReturned = 0;
    int result = WSAIoctl(s, dwIoControlCode, lpvInBuffer, cbInBuffer, lpvOutBuffer, cbOutBuffer, ws2_dwords_lend(lpcbBytesReturned, &ws2_lpcbBytesReturned), lpOverlapped, lpCompletionRoutine);

    ws2_dwords_back(lpcbBytesReturned, ws2_lpcbBytesReturned, result != -1);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<int, Wide1>::result WSAIoctl(SOCKET s, DWORD dwIoControlCode, void *lpvInBuffer, DWORD cbInBuffer, void *lpvOutBuffer, DWORD cbOutBuffer, Wide1 lpcbBytesReturned, OVERLAPPED *lpOverlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE lpCompletionRoutine)
{
    return ws2_wide_WSAIoctl(s, dwIoControlCode, lpvInBuffer, cbInBuffer, lpvOutBuffer, cbOutBuffer, ws2_dwords_of(lpcbBytesReturned), lpOverlapped, lpCompletionRoutine);
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_WSAIoctl(s, dwIoControlCode, lpvInBuffer, cbInBuffer, lpvOutBuffer, cbOutBuffer, lpcbBytesReturned, lpOverlapped, lpCompletionRoutine) \
    WSAIoctl(s, dwIoControlCode, lpvInBuffer, cbInBuffer, lpvOutBuffer, cbOutBuffer, WS2_LOWER_HALF(lpcbBytesReturned), lpOverlapped, lpCompletionRoutine)
# define WSAIoctl(...) \
    WS2_TAKES_9(WSAIoctl, ws2_wide_arguments_WSAIoctl, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ int ws2_wide_WSALookupServiceNextA(HANDLE hLookup, DWORD dwControlFlags, struct ws2_dwords lpdwBufferLength, WSAQUERYSETA *lpqsResults)
{
    DWORD ws2_lpdwBufferLength = 0;
    int result = WSALookupServiceNextA(hLookup, dwControlFlags, ws2_dwords_lend(lpdwBufferLength, &ws2_lpdwBufferLength), lpqsResults);

    ws2_dwords_back(lpdwBufferLength, ws2_lpdwBufferLength, result != -1);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<int, Wide1>::result WSALookupServiceNextA(HANDLE hLookup, DWORD dwControlFlags, Wide1 lpdwBufferLength, WSAQUERYSETA *lpqsResults)
{
    return ws2_wide_WSALookupServiceNextA(hLookup, dwControlFlags, ws2_dwords_of(lpdwBufferLength), lpqsResults);
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_WSALookupServiceNextA(hLookup, dwControlFlags, lpdwBufferLength, lpqsResults) \
    WSALookupServiceNextA(hLookup, dwControlFlags, WS2_LOWER_HALF(lpdwBufferLength), lpqsResults)
# define WSALookupServiceNextA(...) \
    WS2_TAKES_4(WSALookupServiceNextA, ws2_wide_arguments_WSALookupServiceNextA, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ int ws2_wide_WSALookupServiceNextW(HANDLE hLookup, DWORD dwControlFlags, struct ws2_dwords lpdwBufferLength, WSAQUERYSETW *lpqsResults)
{
    DWORD ws2_lpdwBufferLength = 0;
    int result = WSALookupServiceNextW(hLookup, dwControlFlags, ws2_dwords_lend(lpdwBufferLength, &ws2_lpdwBufferLength), lpqsResults);

    ws2_dwords_back(lpdwBufferLength, ws2_lpdwBufferLength, result != -1);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<int, Wide1>::result WSALookupServiceNextW(HANDLE hLookup, DWORD dwControlFlags, Wide1 lpdwBufferLength, WSAQUERYSETW *lpqsResults)
{
    return ws2_wide_WSALookupServiceNextW(hLookup, dwControlFlags, ws2_dwords_of(lpdwBufferLength), lpqsResults);
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_WSALookupServiceNextW(hLookup, dwControlFlags, lpdwBufferLength, lpqsResults) \
    WSALookupServiceNextW(hLookup, dwControlFlags, WS2_LOWER_HALF(lpdwBufferLength), lpqsResults)
# define WSALookupServiceNextW(...) \
    WS2_TAKES_4(WSALookupServiceNextW, ws2_wide_arguments_WSALookupServiceNextW, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ int ws2_wide_WSANSPIoctl(HANDLE hLookup, DWORD dwControlCode, void *lpvInBuffer, DWORD cbInBuffer, void *lpvOutBuffer, DWORD cbOutBuffer, struct ws2_dwords lpcbBytesReturned, WSACOMPLETION *lpCompletion)
{
    DWORD ws2_lpcbBytesReturned = 0;
    int result = WSANSPIoctl(hLookup, dwControlCode, lpvInBuffer, cbInBuffer, lpvOutBuffer, cbOutBuffer, ws2_dwords_lend(lpcbBytesReturned, &ws2_lpcbBytesReturned), lpCompletion);

    ws2_dwords_back(lpcbBytesReturned, ws2_lpcbBytesReturned, result != -1);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<int, Wide1>::result WSANSPIoctl(HANDLE hLookup, DWORD dwControlCode, void *lpvInBuffer, DWORD cbInBuffer, void *lpvOutBuffer, DWORD cbOutBuffer, Wide1 lpcbBytesReturned, WSACOMPLETION *lpCompletion)
{
    return ws2_wide_WSANSPIoctl(hLookup, dwControlCode, lpvInBuffer, cbInBuffer, lpvOutBuffer, cbOutBuffer, ws2_dwords_of(lpcbBytesReturned), lpCompletion);
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_WSANSPIoctl(hLookup, dwControlCode, lpvInBuffer, cbInBuffer, lpvOutBuffer, cbOutBuffer, lpcbBytesReturned, lpCompletion) \
    WSANSPIoctl(hLookup, dwControlCode, lpvInBuffer, cbInBuffer, lpvOutBuffer, cbOutBuffer, WS2_LOWER_HALF(lpcbBytesReturned), lpCompletion)
# define WSANSPIoctl(...) \
    WS2_TAKES_8(WSANSPIoctl, ws2_wide_arguments_WSANSPIoctl, __VA_ARGS__)
#endif

static __inline__ int ws2_wide_WSANtohl(SOCKET s, u_long netlong, struct ws2_dwords lphostlong)
{
    DWORD ws2_lphostlong = 0;
    int result = WSANtohl(s, netlong, ws2_dwords_lend(lphostlong, &ws2_lphostlong));

    if (result != -1)
        ws2_dwords_back(lphostlong, ws2_lphostlong, result != -1);
    return result;
}

#ifdef WS2_OVERLOADS
extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<int, Wide1>::result WSANtohl(SOCKET s, u_long netlong, Wide1 lphostlong)
{
    return ws2_wide_WSANtohl(s, netlong, ws2_dwords_of(lphostlong));
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_WSANtohl(s, netlong, lphostlong) \
    ws2_wide_WSANtohl(s, netlong, WS2_DWORDS(lphostlong))
# define WSANtohl(...) \
    WS2_TAKES_3(WSANtohl, ws2_wide_arguments_WSANtohl, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ int ws2_wide_WSARecv(SOCKET s, WSABUF *lpBuffers, DWORD dwBufferCount, struct ws2_dwords lpNumberOfBytesRecvd, struct ws2_dwords lpFlags, OVERLAPPED *lpOverlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE lpCompletionRoutine)
{
    DWORD ws2_lpNumberOfBytesRecvd = 0;
    DWORD ws2_lpFlags = 0;
    int result = WSARecv(s, lpBuffers, dwBufferCount, ws2_dwords_lend(lpNumberOfBytesRecvd, &ws2_lpNumberOfBytesRecvd), ws2_dwords_lend(lpFlags, &ws2_lpFlags), lpOverlapped, lpCompletionRoutine);

    ws2_dwords_back(lpNumberOfBytesRecvd, ws2_lpNumberOfBytesRecvd, result != -1);
    ws2_dwords_back(lpFlags, ws2_lpFlags, result != -1);
    return result;
}

extern "C++" {
template <typename Wide1, typename Wide2>
inline typename ws2_if_wide<int, Wide1, Wide2>::result WSARecv(SOCKET s, WSABUF *lpBuffers, DWORD dwBufferCount, Wide1 lpNumberOfBytesRecvd, Wide2 lpFlags, OVERLAPPED *lpOverlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE lpCompletionRoutine)
{
    return ws2_wide_WSARecv(s, lpBuffers, dwBufferCount, ws2_dwords_of(lpNumberOfBytesRecvd), ws2_dwords_of(lpFlags), lpOverlapped, lpCompletionRoutine);
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_WSARecv(s, lpBuffers, dwBufferCount, lpNumberOfBytesRecvd, lpFlags, lpOverlapped, lpCompletionRoutine) \
    WSARecv(s, lpBuffers, dwBufferCount, WS2_LOWER_HALF(lpNumberOfBytesRecvd), WS2_LOWER_HALF(lpFlags), lpOverlapped, lpCompletionRoutine)
# define WSARecv(...) \
    WS2_TAKES_7(WSARecv, ws2_wide_arguments_WSARecv, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ int ws2_wide_WSARecvFrom(SOCKET s, WSABUF *lpBuffers, DWORD dwBufferCount, struct ws2_dwords lpNumberOfBytesRecvd, struct ws2_dwords lpFlags, struct sockaddr *lpFrom, int *lpFromlen, OVERLAPPED *lpOverlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE lpCompletionRoutine)
{
    DWORD ws2_lpNumberOfBytesRecvd = 0;
    DWORD ws2_lpFlags = 0;
    int result = WSARecvFrom(s, lpBuffers, dwBufferCount, ws2_dwords_lend(lpNumberOfBytesRecvd, &ws2_lpNumberOfBytesRecvd), ws2_dwords_lend(lpFlags, &ws2_lpFlags), lpFrom, lpFromlen, lpOverlapped, lpCompletionRoutine);

    ws2_dwords_back(lpNumberOfBytesRecvd, ws2_lpNumberOfBytesRecvd, result != -1);
    ws2_dwords_back(lpFlags, ws2_lpFlags, result != -1);
    return result;
}

extern "C++" {
template <typename Wide1, typename Wide2>
inline typename ws2_if_wide<int, Wide1, Wide2>::result WSARecvFrom(SOCKET s, WSABUF *lpBuffers, DWORD dwBufferCount, Wide1 lpNumberOfBytesRecvd, Wide2 lpFlags, struct sockaddr *lpFrom, int *lpFromlen, OVERLAPPED *lpOverlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE lpCompletionRoutine)
{
    return ws2_wide_WSARecvFrom(s, lpBuffers, dwBufferCount, ws2_dwords_of(lpNumberOfBytesRecvd), ws2_dwords_of(lpFlags), lpFrom, lpFromlen, lpOverlapped, lpCompletionRoutine);
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_WSARecvFrom(s, lpBuffers, dwBufferCount, lpNumberOfBytesRecvd, lpFlags, lpFrom, lpFromlen, lpOverlapped, lpCompletionRoutine) \
    WSARecvFrom(s, lpBuffers, dwBufferCount, WS2_LOWER_HALF(lpNumberOfBytesRecvd), WS2_LOWER_HALF(lpFlags), lpFrom, lpFromlen, lpOverlapped, lpCompletionRoutine)
# define WSARecvFrom(...) \
    WS2_TAKES_9(WSARecvFrom, ws2_wide_arguments_WSARecvFrom, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ int ws2_wide_WSASend(SOCKET s, WSABUF *lpBuffers, DWORD dwBufferCount, struct ws2_dwords lpNumberOfBytesSent, DWORD dwFlags, OVERLAPPED *lpOverlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE lpCompletionRoutine)
{
    DWORD ws2_lpNumberOfBytesSent = 0;
    int result = WSASend(s, lpBuffers, dwBufferCount, ws2_dwords_lend(lpNumberOfBytesSent, &ws2_lpNumberOfBytesSent), dwFlags, lpOverlapped, lpCompletionRoutine);

    ws2_dwords_back(lpNumberOfBytesSent, ws2_lpNumberOfBytesSent, result != -1);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<int, Wide1>::result WSASend(SOCKET s, WSABUF *lpBuffers, DWORD dwBufferCount, Wide1 lpNumberOfBytesSent, DWORD dwFlags, OVERLAPPED *lpOverlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE lpCompletionRoutine)
{
    return ws2_wide_WSASend(s, lpBuffers, dwBufferCount, ws2_dwords_of(lpNumberOfBytesSent), dwFlags, lpOverlapped, lpCompletionRoutine);
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_WSASend(s, lpBuffers, dwBufferCount, lpNumberOfBytesSent, dwFlags, lpOverlapped, lpCompletionRoutine) \
    WSASend(s, lpBuffers, dwBufferCount, WS2_LOWER_HALF(lpNumberOfBytesSent), dwFlags, lpOverlapped, lpCompletionRoutine)
# define WSASend(...) \
    WS2_TAKES_7(WSASend, ws2_wide_arguments_WSASend, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ int ws2_wide_WSASendMsg(SOCKET s, WSAMSG *lpMsg, DWORD dwFlags, struct ws2_dwords lpNumberOfBytesSent, OVERLAPPED *lpOverlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE lpCompletionRoutine)
{
    DWORD ws2_lpNumberOfBytesSent = 0;
    int result = WSASendMsg(s, lpMsg, dwFlags, ws2_dwords_lend(lpNumberOfBytesSent, &ws2_lpNumberOfBytesSent), lpOverlapped, lpCompletionRoutine);

    ws2_dwords_back(lpNumberOfBytesSent, ws2_lpNumberOfBytesSent, result != -1);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<int, Wide1>::result WSASendMsg(SOCKET s, WSAMSG *lpMsg, DWORD dwFlags, Wide1 lpNumberOfBytesSent, OVERLAPPED *lpOverlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE lpCompletionRoutine)
{
    return ws2_wide_WSASendMsg(s, lpMsg, dwFlags, ws2_dwords_of(lpNumberOfBytesSent), lpOverlapped, lpCompletionRoutine);
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_WSASendMsg(s, lpMsg, dwFlags, lpNumberOfBytesSent, lpOverlapped, lpCompletionRoutine) \
    WSASendMsg(s, lpMsg, dwFlags, WS2_LOWER_HALF(lpNumberOfBytesSent), lpOverlapped, lpCompletionRoutine)
# define WSASendMsg(...) \
    WS2_TAKES_6(WSASendMsg, ws2_wide_arguments_WSASendMsg, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ int ws2_wide_WSASendTo(SOCKET s, WSABUF *lpBuffers, DWORD dwBufferCount, struct ws2_dwords lpNumberOfBytesSent, DWORD dwFlags, const struct sockaddr *lpTo, int iTolen, OVERLAPPED *lpOverlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE lpCompletionRoutine)
{
    DWORD ws2_lpNumberOfBytesSent = 0;
    int result = WSASendTo(s, lpBuffers, dwBufferCount, ws2_dwords_lend(lpNumberOfBytesSent, &ws2_lpNumberOfBytesSent), dwFlags, lpTo, iTolen, lpOverlapped, lpCompletionRoutine);

    ws2_dwords_back(lpNumberOfBytesSent, ws2_lpNumberOfBytesSent, result != -1);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<int, Wide1>::result WSASendTo(SOCKET s, WSABUF *lpBuffers, DWORD dwBufferCount, Wide1 lpNumberOfBytesSent, DWORD dwFlags, const struct sockaddr *lpTo, int iTolen, OVERLAPPED *lpOverlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE lpCompletionRoutine)
{
    return ws2_wide_WSASendTo(s, lpBuffers, dwBufferCount, ws2_dwords_of(lpNumberOfBytesSent), dwFlags, lpTo, iTolen, lpOverlapped, lpCompletionRoutine);
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_WSASendTo(s, lpBuffers, dwBufferCount, lpNumberOfBytesSent, dwFlags, lpTo, iTolen, lpOverlapped, lpCompletionRoutine) \
    WSASendTo(s, lpBuffers, dwBufferCount, WS2_LOWER_HALF(lpNumberOfBytesSent), dwFlags, lpTo, iTolen, lpOverlapped, lpCompletionRoutine)
# define WSASendTo(...) \
    WS2_TAKES_9(WSASendTo, ws2_wide_arguments_WSASendTo, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ int ws2_wide_WSCEnumNameSpaceProviders32(struct ws2_dwords lpdwBufferLength, WSANAMESPACE_INFOW *lpnspBuffer)
{
    DWORD ws2_lpdwBufferLength = 0;
    int result = WSCEnumNameSpaceProviders32(ws2_dwords_lend(lpdwBufferLength, &ws2_lpdwBufferLength), lpnspBuffer);

    ws2_dwords_back(lpdwBufferLength, ws2_lpdwBufferLength, result != -1);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<int, Wide1>::result WSCEnumNameSpaceProviders32(Wide1 lpdwBufferLength, WSANAMESPACE_INFOW *lpnspBuffer)
{
    return ws2_wide_WSCEnumNameSpaceProviders32(ws2_dwords_of(lpdwBufferLength), lpnspBuffer);
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_WSCEnumNameSpaceProviders32(lpdwBufferLength, lpnspBuffer) \
    WSCEnumNameSpaceProviders32(WS2_LOWER_HALF(lpdwBufferLength), lpnspBuffer)
# define WSCEnumNameSpaceProviders32(...) \
    WS2_TAKES_2(WSCEnumNameSpaceProviders32, ws2_wide_arguments_WSCEnumNameSpaceProviders32, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ int ws2_wide_WSCEnumNameSpaceProvidersEx32(struct ws2_dwords lpdwBufferLength, WSANAMESPACE_INFOEXW *lpnspBuffer)
{
    DWORD ws2_lpdwBufferLength = 0;
    int result = WSCEnumNameSpaceProvidersEx32(ws2_dwords_lend(lpdwBufferLength, &ws2_lpdwBufferLength), lpnspBuffer);

    ws2_dwords_back(lpdwBufferLength, ws2_lpdwBufferLength, result != -1);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<int, Wide1>::result WSCEnumNameSpaceProvidersEx32(Wide1 lpdwBufferLength, WSANAMESPACE_INFOEXW *lpnspBuffer)
{
    return ws2_wide_WSCEnumNameSpaceProvidersEx32(ws2_dwords_of(lpdwBufferLength), lpnspBuffer);
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_WSCEnumNameSpaceProvidersEx32(lpdwBufferLength, lpnspBuffer) \
    WSCEnumNameSpaceProvidersEx32(WS2_LOWER_HALF(lpdwBufferLength), lpnspBuffer)
# define WSCEnumNameSpaceProvidersEx32(...) \
    WS2_TAKES_2(WSCEnumNameSpaceProvidersEx32, ws2_wide_arguments_WSCEnumNameSpaceProvidersEx32, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ int ws2_wide_WSCEnumProtocols(int *lpiProtocols, WSAPROTOCOL_INFOW *lpProtocolBuffer, struct ws2_dwords lpdwBufferLength, int *lpErrno)
{
    DWORD ws2_lpdwBufferLength = 0;
    int result = WSCEnumProtocols(lpiProtocols, lpProtocolBuffer, ws2_dwords_lend(lpdwBufferLength, &ws2_lpdwBufferLength), lpErrno);

    ws2_dwords_back(lpdwBufferLength, ws2_lpdwBufferLength, result != -1);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<int, Wide1>::result WSCEnumProtocols(int *lpiProtocols, WSAPROTOCOL_INFOW *lpProtocolBuffer, Wide1 lpdwBufferLength, int *lpErrno)
{
    return ws2_wide_WSCEnumProtocols(lpiProtocols, lpProtocolBuffer, ws2_dwords_of(lpdwBufferLength), lpErrno);
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_WSCEnumProtocols(lpiProtocols, lpProtocolBuffer, lpdwBufferLength, lpErrno) \
    WSCEnumProtocols(lpiProtocols, lpProtocolBuffer, WS2_LOWER_HALF(lpdwBufferLength), lpErrno)
# define WSCEnumProtocols(...) \
    WS2_TAKES_4(WSCEnumProtocols, ws2_wide_arguments_WSCEnumProtocols, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ int ws2_wide_WSCEnumProtocols32(int *lpiProtocols, WSAPROTOCOL_INFOW *lpProtocolBuffer, struct ws2_dwords lpdwBufferLength, int *lpErrno)
{
    DWORD ws2_lpdwBufferLength = 0;
    int result = WSCEnumProtocols32(lpiProtocols, lpProtocolBuffer, ws2_dwords_lend(lpdwBufferLength, &ws2_lpdwBufferLength), lpErrno);

    ws2_dwords_back(lpdwBufferLength, ws2_lpdwBufferLength, result != -1);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<int, Wide1>::result WSCEnumProtocols32(int *lpiProtocols, WSAPROTOCOL_INFOW *lpProtocolBuffer, Wide1 lpdwBufferLength, int *lpErrno)
{
    return ws2_wide_WSCEnumProtocols32(lpiProtocols, lpProtocolBuffer, ws2_dwords_of(lpdwBufferLength), lpErrno);
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_WSCEnumProtocols32(lpiProtocols, lpProtocolBuffer, lpdwBufferLength, lpErrno) \
    WSCEnumProtocols32(lpiProtocols, lpProtocolBuffer, WS2_LOWER_HALF(lpdwBufferLength), lpErrno)
# define WSCEnumProtocols32(...) \
    WS2_TAKES_4(WSCEnumProtocols32, ws2_wide_arguments_WSCEnumProtocols32, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ int ws2_wide_WSCGetApplicationCategory(const WCHAR *Path, DWORD PathLength, const WCHAR *Extra, DWORD ExtraLength, struct ws2_dwords pPermittedLspCategories, int *lpErrno)
{
    DWORD ws2_pPermittedLspCategories = 0;
    int result = WSCGetApplicationCategory(Path, PathLength, Extra, ExtraLength, ws2_dwords_lend(pPermittedLspCategories, &ws2_pPermittedLspCategories), lpErrno);

    ws2_dwords_back(pPermittedLspCategories, ws2_pPermittedLspCategories, result != -1);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<int, Wide1>::result WSCGetApplicationCategory(const WCHAR *Path, DWORD PathLength, const WCHAR *Extra, DWORD ExtraLength, Wide1 pPermittedLspCategories, int *lpErrno)
{
    return ws2_wide_WSCGetApplicationCategory(Path, PathLength, Extra, ExtraLength, ws2_dwords_of(pPermittedLspCategories), lpErrno);
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_WSCGetApplicationCategory(Path, PathLength, Extra, ExtraLength, pPermittedLspCategories, lpErrno) \
    WSCGetApplicationCategory(Path, PathLength, Extra, ExtraLength, WS2_LOWER_HALF(pPermittedLspCategories), lpErrno)
# define WSCGetApplicationCategory(...) \
    WS2_TAKES_6(WSCGetApplicationCategory, ws2_wide_arguments_WSCGetApplicationCategory, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ int ws2_wide_WSCInstallProviderAndChains(GUID *lpProviderId, WCHAR *lpszProviderDllPath, WCHAR *lpszLspName, DWORD dwServiceFlags, WSAPROTOCOL_INFOW *lpProtocolInfoList, DWORD dwNumberOfEntries, struct ws2_dwords lpdwCatalogEntryId, int *lpErrno)
{
    DWORD ws2_lpdwCatalogEntryId = 0;
    int result = WSCInstallProviderAndChains(lpProviderId, lpszProviderDllPath, lpszLspName, dwServiceFlags, lpProtocolInfoList, dwNumberOfEntries, ws2_dwords_lend(lpdwCatalogEntryId, &ws2_lpdwCatalogEntryId), lpErrno);

    ws2_dwords_back(lpdwCatalogEntryId, ws2_lpdwCatalogEntryId, result != -1);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<int, Wide1>::result WSCInstallProviderAndChains(GUID *lpProviderId, WCHAR *lpszProviderDllPath, WCHAR *lpszLspName, DWORD dwServiceFlags, WSAPROTOCOL_INFOW *lpProtocolInfoList, DWORD dwNumberOfEntries, Wide1 lpdwCatalogEntryId, int *lpErrno)
{
    return ws2_wide_WSCInstallProviderAndChains(lpProviderId, lpszProviderDllPath, lpszLspName, dwServiceFlags, lpProtocolInfoList, dwNumberOfEntries, ws2_dwords_of(lpdwCatalogEntryId), lpErrno);
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_WSCInstallProviderAndChains(lpProviderId, lpszProviderDllPath, lpszLspName, dwServiceFlags, lpProtocolInfoList, dwNumberOfEntries, lpdwCatalogEntryId, lpErrno) \
    WSCInstallProviderAndChains(lpProviderId, lpszProviderDllPath, lpszLspName, dwServiceFlags, lpProtocolInfoList, dwNumberOfEntries, WS2_LOWER_HALF(lpdwCatalogEntryId), lpErrno)
# define WSCInstallProviderAndChains(...) \
    WS2_TAKES_8(WSCInstallProviderAndChains, ws2_wide_arguments_WSCInstallProviderAndChains, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ int ws2_wide_WSCInstallProviderAndChains64_32(GUID *lpProviderId, WCHAR *lpszProviderDllPath, WCHAR *lpszProviderDllPath32, WCHAR *lpszLspName, DWORD dwServiceFlags, WSAPROTOCOL_INFOW *lpProtocolInfoList, DWORD dwNumberOfEntries, struct ws2_dwords lpdwCatalogEntryId, int *lpErrno)
{
    DWORD ws2_lpdwCatalogEntryId = 0;
    int result = WSCInstallProviderAndChains64_32(lpProviderId, lpszProviderDllPath, lpszProviderDllPath32, lpszLspName, dwServiceFlags, lpProtocolInfoList, dwNumberOfEntries, ws2_dwords_lend(lpdwCatalogEntryId, &ws2_lpdwCatalogEntryId), lpErrno);

    ws2_dwords_back(lpdwCatalogEntryId, ws2_lpdwCatalogEntryId, result != -1);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<int, Wide1>::result WSCInstallProviderAndChains64_32(GUID *lpProviderId, WCHAR *lpszProviderDllPath, WCHAR *lpszProviderDllPath32, WCHAR *lpszLspName, DWORD dwServiceFlags, WSAPROTOCOL_INFOW *lpProtocolInfoList, DWORD dwNumberOfEntries, Wide1 lpdwCatalogEntryId, int *lpErrno)
{
    return ws2_wide_WSCInstallProviderAndChains64_32(lpProviderId, lpszProviderDllPath, lpszProviderDllPath32, lpszLspName, dwServiceFlags, lpProtocolInfoList, dwNumberOfEntries, ws2_dwords_of(lpdwCatalogEntryId), lpErrno);
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_WSCInstallProviderAndChains64_32(lpProviderId, lpszProviderDllPath, lpszProviderDllPath32, lpszLspName, dwServiceFlags, lpProtocolInfoList, dwNumberOfEntries, lpdwCatalogEntryId, lpErrno) \
    WSCInstallProviderAndChains64_32(lpProviderId, lpszProviderDllPath, lpszProviderDllPath32, lpszLspName, dwServiceFlags, lpProtocolInfoList, dwNumberOfEntries, WS2_LOWER_HALF(lpdwCatalogEntryId), lpErrno)
# define WSCInstallProviderAndChains64_32(...) \
    WS2_TAKES_9(WSCInstallProviderAndChains64_32, ws2_wide_arguments_WSCInstallProviderAndChains64_32, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ int ws2_wide_WSCSetApplicationCategory(const WCHAR *Path, DWORD PathLength, const WCHAR *Extra, DWORD ExtraLength, DWORD PermittedLspCategories, struct ws2_dwords pPrevPermLspCat, int *lpErrno)
{
    DWORD ws2_pPrevPermLspCat = 0;
    int result = WSCSetApplicationCategory(Path, PathLength, Extra, ExtraLength, PermittedLspCategories, ws2_dwords_lend(pPrevPermLspCat, &ws2_pPrevPermLspCat), lpErrno);

    ws2_dwords_back(pPrevPermLspCat, ws2_pPrevPermLspCat, result != -1);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<int, Wide1>::result WSCSetApplicationCategory(const WCHAR *Path, DWORD PathLength, const WCHAR *Extra, DWORD ExtraLength, DWORD PermittedLspCategories, Wide1 pPrevPermLspCat, int *lpErrno)
{
    return ws2_wide_WSCSetApplicationCategory(Path, PathLength, Extra, ExtraLength, PermittedLspCategories, ws2_dwords_of(pPrevPermLspCat), lpErrno);
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_WSCSetApplicationCategory(Path, PathLength, Extra, ExtraLength, PermittedLspCategories, pPrevPermLspCat, lpErrno) \
    WSCSetApplicationCategory(Path, PathLength, Extra, ExtraLength, PermittedLspCategories, WS2_LOWER_HALF(pPrevPermLspCat), lpErrno)
# define WSCSetApplicationCategory(...) \
    WS2_TAKES_7(WSCSetApplicationCategory, ws2_wide_arguments_WSCSetApplicationCategory, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ int ws2_wide_WSCWriteProviderOrder(struct ws2_dwords lpwdCatalogEntryId, DWORD dwNumberOfEntries)
{
    DWORD ws2_lpwdCatalogEntryId = 0;
    int result = WSCWriteProviderOrder(ws2_dwords_lend(lpwdCatalogEntryId, &ws2_lpwdCatalogEntryId), dwNumberOfEntries);

    ws2_dwords_back(lpwdCatalogEntryId, ws2_lpwdCatalogEntryId, result != -1);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<int, Wide1>::result WSCWriteProviderOrder(Wide1 lpwdCatalogEntryId, DWORD dwNumberOfEntries)
{
    return ws2_wide_WSCWriteProviderOrder(ws2_dwords_of(lpwdCatalogEntryId), dwNumberOfEntries);
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_WSCWriteProviderOrder(lpwdCatalogEntryId, dwNumberOfEntries) \
    WSCWriteProviderOrder(WS2_LOWER_HALF(lpwdCatalogEntryId), dwNumberOfEntries)
# define WSCWriteProviderOrder(...) \
    WS2_TAKES_2(WSCWriteProviderOrder, ws2_wide_arguments_WSCWriteProviderOrder, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ int ws2_wide_WSCWriteProviderOrder32(struct ws2_dwords lpwdCatalogEntryId, DWORD dwNumberOfEntries)
{
    DWORD ws2_lpwdCatalogEntryId = 0;
    int result = WSCWriteProviderOrder32(ws2_dwords_lend(lpwdCatalogEntryId, &ws2_lpwdCatalogEntryId), dwNumberOfEntries);

    ws2_dwords_back(lpwdCatalogEntryId, ws2_lpwdCatalogEntryId, result != -1);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<int, Wide1>::result WSCWriteProviderOrder32(Wide1 lpwdCatalogEntryId, DWORD dwNumberOfEntries)
{
    return ws2_wide_WSCWriteProviderOrder32(ws2_dwords_of(lpwdCatalogEntryId), dwNumberOfEntries);
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_WSCWriteProviderOrder32(lpwdCatalogEntryId, dwNumberOfEntries) \
    WSCWriteProviderOrder32(WS2_LOWER_HALF(lpwdCatalogEntryId), dwNumberOfEntries)
# define WSCWriteProviderOrder32(...) \
    WS2_TAKES_2(WSCWriteProviderOrder32, ws2_wide_arguments_WSCWriteProviderOrder32, __VA_ARGS__)
#endif

static __inline__ int ws2_wide_ioctlsocket(SOCKET s, LONG cmd, struct ws2_dwords argp)
{
    DWORD ws2_argp = 0;
    int result = ioctlsocket(s, cmd, ws2_dwords_lend(argp, &ws2_argp));

    if (result != -1 && (unsigned int)cmd != 0x8004667Eu)
        ws2_dwords_back(argp, ws2_argp, result != -1);
    return result;
}

#ifdef WS2_OVERLOADS
extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<int, Wide1>::result ioctlsocket(SOCKET s, LONG cmd, Wide1 argp)
{
    return ws2_wide_ioctlsocket(s, cmd, ws2_dwords_of(argp));
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_ioctlsocket(s, cmd, argp) \
    ws2_wide_ioctlsocket(s, cmd, WS2_DWORDS(argp))
# define ioctlsocket(...) \
    WS2_TAKES_3(ioctlsocket, ws2_wide_arguments_ioctlsocket, __VA_ARGS__)
#endif

#endif
