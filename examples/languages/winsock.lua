-- Winsock from LuaJIT: a listener and a client in one process; prints what arrived, and the error of a send without a connection.
-- The library is found by its Windows name; LIBRARY names another place of it.
local ffi = require("ffi")
ffi.cdef[[
typedef uintptr_t SOCKET;
struct sockaddr_in { uint16_t sin_family, sin_port; uint32_t sin_addr; char sin_zero[8]; };
int WSAStartup(uint16_t wVersionRequested, void *lpWSAData);
int WSACleanup(void);
int WSAGetLastError(void);
SOCKET socket(int af, int type, int protocol);
int closesocket(SOCKET s);
int bind(SOCKET s, const struct sockaddr_in *name, int namelen);
int listen(SOCKET s, int backlog);
SOCKET accept(SOCKET s, void *addr, int *addrlen);
int connect(SOCKET s, const struct sockaddr_in *name, int namelen);
int getsockname(SOCKET s, struct sockaddr_in *name, int *namelen);
int send(SOCKET s, const char *buf, int len, int flags);
int recv(SOCKET s, char *buf, int len, int flags);
uint32_t inet_addr(const char *cp);
]]
local ws2_32 = ffi.load(os.getenv("LIBRARY") or "ws2_32.dll")
local AF_INET, SOCK_STREAM, SOCKET_ERROR = 2, 1, -1

local function checked(result)
  if result == -1 or result == 0xffffffffffffffffULL then error("Winsock error " .. ws2_32.WSAGetLastError()) end
  return result
end

assert(ws2_32.WSAStartup(0x0202, ffi.new("char[512]")) == 0)
local address = ffi.new("struct sockaddr_in", { AF_INET, 0, ws2_32.inet_addr("127.0.0.1") })
local length = ffi.new("int[1]", ffi.sizeof(address))
local listener = checked(ws2_32.socket(AF_INET, SOCK_STREAM, 0))
checked(ws2_32.bind(listener, address, length[0]))
checked(ws2_32.listen(listener, 1))
checked(ws2_32.getsockname(listener, address, length))

local client = checked(ws2_32.socket(AF_INET, SOCK_STREAM, 0))
checked(ws2_32.connect(client, address, length[0]))
local server = checked(ws2_32.accept(listener, nil, nil))
checked(ws2_32.send(client, "hello", 5, 0))
local buffer = ffi.new("char[100]")
local count = checked(ws2_32.recv(server, buffer, 100, 0))
print("received " .. ffi.string(buffer, count))

local lonely = checked(ws2_32.socket(AF_INET, SOCK_STREAM, 0))
assert(ws2_32.send(lonely, "hello", 5, 0) == SOCKET_ERROR)
print("error " .. ws2_32.WSAGetLastError()) -- 10057, WSAENOTCONN
for _, s in ipairs({ listener, client, server, lonely }) do checked(ws2_32.closesocket(s)) end
assert(ws2_32.WSACleanup() == 0)
