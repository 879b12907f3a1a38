// Winsock from Node by koffi (npm install koffi): a listener and a client in one process; prints what arrived, and the error of a
// send without a connection. The library is found by its Windows name; LIBRARY names another place of it.
const koffi = require('koffi');
const ws2_32 = koffi.load(process.env.LIBRARY || 'ws2_32.dll');

koffi.struct('sockaddr_in', {
  sin_family: 'uint16_t', sin_port: 'uint16_t', sin_addr: 'uint32_t', sin_zero: koffi.array('uint8_t', 8),
});
const WSAStartup = ws2_32.func('int WSAStartup(uint16_t version, _Out_ uint8_t *data)');
const WSACleanup = ws2_32.func('int WSACleanup()');
const WSAGetLastError = ws2_32.func('int WSAGetLastError()');
const socket = ws2_32.func('uintptr_t socket(int af, int type, int protocol)');
const bind = ws2_32.func('int bind(uintptr_t s, sockaddr_in *name, int namelen)');
const listen = ws2_32.func('int listen(uintptr_t s, int backlog)');
const getsockname = ws2_32.func('int getsockname(uintptr_t s, _Out_ sockaddr_in *name, _Inout_ int *namelen)');
const connect = ws2_32.func('int connect(uintptr_t s, sockaddr_in *name, int namelen)');
const accept = ws2_32.func('uintptr_t accept(uintptr_t s, void *addr, void *addrlen)');
const send = ws2_32.func('int send(uintptr_t s, const void *buf, int len, int flags)');
const recv = ws2_32.func('int recv(uintptr_t s, void *buf, int len, int flags)');
const inet_addr = ws2_32.func('uint32_t inet_addr(const char *cp)');
const closesocket = ws2_32.func('int closesocket(uintptr_t s)');
const AF_INET = 2, SOCK_STREAM = 1, SOCKET_ERROR = -1;

function checked(result) {
  if (result === SOCKET_ERROR || result === 0xffffffffffffffffn) throw new Error(`Winsock error ${WSAGetLastError()}`);
  return result;
}

checked(-WSAStartup(0x0202, Buffer.alloc(512)));
const address = { sin_family: AF_INET, sin_port: 0, sin_addr: inet_addr('127.0.0.1'), sin_zero: new Array(8).fill(0) };
const length = [16];
const listener = checked(socket(AF_INET, SOCK_STREAM, 0));
checked(bind(listener, address, length[0]));
checked(listen(listener, 1));
checked(getsockname(listener, address, length));

const client = checked(socket(AF_INET, SOCK_STREAM, 0));
checked(connect(client, address, length[0]));
const server = checked(accept(listener, null, null));
checked(send(client, Buffer.from('hello'), 5, 0));
const buffer = Buffer.alloc(100);
const count = checked(recv(server, buffer, buffer.length, 0));
console.log('received', buffer.toString('latin1', 0, count));

const lonely = checked(socket(AF_INET, SOCK_STREAM, 0));
if (send(lonely, buffer, 5, 0) !== SOCKET_ERROR) throw new Error('sent without a connection');
console.log('error', WSAGetLastError()); // 10057, WSAENOTCONN
for (const s of [listener, client, server, lonely]) checked(closesocket(s));
checked(WSACleanup());
