/* The functions of mswsock that ws2_32 has, made from the Rust sources. Include <mswsock.h>, not this file. */

#ifndef WS2_MSWSOCK_FUNCTIONS_H
#define WS2_MSWSOCK_FUNCTIONS_H

#include "mswsock.h" /* the types */

#ifdef __cplusplus
extern "C" {
#endif

/* Takes the next connection of a listener for a socket that the program has made: neither bound nor
   connected, of the listener's family. With dwReceiveDataLength the operation ends with the first data,
   or the peer's end; with 0 as soon as there is a connection. The buffer gets the data, the local and
   the remote address, which GetAcceptExSockaddrs finds; each address needs 16 bytes beside its own.
   Several calls are served in their order, before accept. */
BOOL AcceptEx(SOCKET sListenSocket, SOCKET sAcceptSocket, void *lpOutputBuffer, DWORD dwReceiveDataLength, DWORD dwLocalAddressLength, DWORD dwRemoteAddressLength, DWORD *lpdwBytesReceived, OVERLAPPED *lpOverlapped) WS2_SYMBOL(ws2_AcceptEx);

/* Finds the addresses in the buffer of an AcceptEx that has ended well; the lengths are those of that
   call. The pointers lead into the buffer. Without room for a local address its pointer and length are
   left alone. */
void GetAcceptExSockaddrs(void *lpOutputBuffer, DWORD dwReceiveDataLength, DWORD dwLocalAddressLength, DWORD dwRemoteAddressLength, struct sockaddr **LocalSockaddr, INT *LocalSockaddrLength, struct sockaddr **RemoteSockaddr, INT *RemoteSockaddrLength) WS2_SYMBOL(ws2_GetAcceptExSockaddrs);

/* Sends memory, a part of a file, and memory on a connected stream socket. nNumberOfBytesToWrite is how
   much of the file, 0 to its end; it begins at Offset of the OVERLAPPED, or at the file's position
   without one. hFile and lpTransmitBuffers may be NULL. nNumberOfBytesPerSend is not looked at.
   dwReserved has flags: TF_DISCONNECT (1) ends the connection afterwards, with TF_REUSE_SOCKET (2) as
   DisconnectEx does; 4, 0x10 and 0x20 change nothing here. */
BOOL TransmitFile(SOCKET hSocket, HANDLE hFile, DWORD nNumberOfBytesToWrite, DWORD nNumberOfBytesPerSend, OVERLAPPED *lpOverlapped, TRANSMIT_FILE_BUFFERS *lpTransmitBuffers, DWORD dwReserved) WS2_SYMBOL(ws2_TransmitFile);

/* recv, with the flags in *flags. Afterwards *flags is 0, or MSG_PARTIAL where a datagram was longer
   than buf: that is no failure here. The rest of it is lost, as always. */
int WSARecvEx(SOCKET s, char *buf, int len, int *flags) WS2_SYMBOL(ws2_WSARecvEx);

/* The network of this name or alias in the machine's database (/etc/networks; with musl there is none). */
struct netent *getnetbyname(const char *name) WS2_SYMBOL(ws2_getnetbyname);

/* The number of a network, one to four bytes with dots between them, in this machine's order: 127.1 is
   0x7F01. Works without WSAStartup and leaves the last error alone when it succeeds. */
u_long inet_network(const char *cp) WS2_SYMBOL(ws2_inet_network);

#ifdef __cplusplus
}
#endif

/* The same functions with an unsigned long * for a number of 32 bits. See ws2_dwords.h. */
#include "ws2_dwords.h"

#ifdef WS2_OVERLOADS
static __inline__ BOOL ws2_wide_AcceptEx(SOCKET sListenSocket, SOCKET sAcceptSocket, void *lpOutputBuffer, DWORD dwReceiveDataLength, DWORD dwLocalAddressLength, DWORD dwRemoteAddressLength, struct ws2_dwords lpdwBytesReceived, OVERLAPPED *lpOverlapped)
{
    DWORD ws2_lpdwBytesReceived = 0;
    BOOL result = AcceptEx(sListenSocket, sAcceptSocket, lpOutputBuffer, dwReceiveDataLength, dwLocalAddressLength, dwRemoteAddressLength, ws2_dwords_lend(lpdwBytesReceived, &ws2_lpdwBytesReceived), lpOverlapped);

    ws2_dwords_back(lpdwBytesReceived, ws2_lpdwBytesReceived, result != 0);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<BOOL, Wide1>::result AcceptEx(SOCKET sListenSocket, SOCKET sAcceptSocket, void *lpOutputBuffer, DWORD dwReceiveDataLength, DWORD dwLocalAddressLength, DWORD dwRemoteAddressLength, Wide1 lpdwBytesReceived, OVERLAPPED *lpOverlapped)
{
    return ws2_wide_AcceptEx(sListenSocket, sAcceptSocket, lpOutputBuffer, dwReceiveDataLength, dwLocalAddressLength, dwRemoteAddressLength, ws2_dwords_of(lpdwBytesReceived), lpOverlapped);
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_AcceptEx(sListenSocket, sAcceptSocket, lpOutputBuffer, dwReceiveDataLength, dwLocalAddressLength, dwRemoteAddressLength, lpdwBytesReceived, lpOverlapped) \
    AcceptEx(sListenSocket, sAcceptSocket, lpOutputBuffer, dwReceiveDataLength, dwLocalAddressLength, dwRemoteAddressLength, WS2_LOWER_HALF(lpdwBytesReceived), lpOverlapped)
# define AcceptEx(...) \
    WS2_TAKES_8(AcceptEx, ws2_wide_arguments_AcceptEx, __VA_ARGS__)
#endif

#endif
