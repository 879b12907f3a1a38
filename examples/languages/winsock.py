"""Winsock from Python by ctypes: what is written here for Windows runs on Linux unchanged.

A listener and a client in one process; prints what arrived, and the error of a send without a connection.
The library is found by its Windows name; LIBRARY names another place of it.
"""
import ctypes
import os
import sys
from ctypes import POINTER, Structure, c_char, c_int, c_uint32, c_ushort, c_void_p, create_string_buffer, sizeof

name = os.environ.get("LIBRARY", "ws2_32.dll")
ws2_32 = ctypes.WinDLL(name) if sys.platform == "win32" else ctypes.CDLL(name)

SOCKET = c_void_p  # as wide as a pointer
INVALID_SOCKET = c_void_p(-1).value
AF_INET, SOCK_STREAM, SOCKET_ERROR = 2, 1, -1


class sockaddr_in(Structure):
    _fields_ = [("sin_family", c_ushort), ("sin_port", c_ushort), ("sin_addr", c_uint32), ("sin_zero", c_char * 8)]


ws2_32.socket.restype = SOCKET
ws2_32.accept.restype = SOCKET
ws2_32.accept.argtypes = [SOCKET, c_void_p, c_void_p]
ws2_32.bind.argtypes = ws2_32.connect.argtypes = [SOCKET, POINTER(sockaddr_in), c_int]
ws2_32.getsockname.argtypes = [SOCKET, POINTER(sockaddr_in), POINTER(c_int)]
ws2_32.listen.argtypes = [SOCKET, c_int]
ws2_32.send.argtypes = ws2_32.recv.argtypes = [SOCKET, c_void_p, c_int, c_int]
ws2_32.closesocket.argtypes = [SOCKET]


def checked(result):
    if result == SOCKET_ERROR or result == INVALID_SOCKET:
        raise OSError(f"Winsock error {ws2_32.WSAGetLastError()}")
    return result


data = create_string_buffer(512)  # WSADATA has 408 bytes
assert ws2_32.WSAStartup(0x0202, data) == 0

listener = checked(ws2_32.socket(AF_INET, SOCK_STREAM, 0))
address = sockaddr_in(AF_INET, 0, int.from_bytes(bytes([127, 0, 0, 1]), sys.byteorder))
checked(ws2_32.bind(listener, address, sizeof(address)))
checked(ws2_32.listen(listener, 1))
length = c_int(sizeof(address))
checked(ws2_32.getsockname(listener, address, length))

client = checked(ws2_32.socket(AF_INET, SOCK_STREAM, 0))
checked(ws2_32.connect(client, address, sizeof(address)))
server = checked(ws2_32.accept(listener, None, None))
checked(ws2_32.send(client, b"hello", 5, 0))
buffer = create_string_buffer(100)
count = checked(ws2_32.recv(server, buffer, sizeof(buffer), 0))
print("received", buffer.raw[:count].decode())

lonely = checked(ws2_32.socket(AF_INET, SOCK_STREAM, 0))
assert ws2_32.send(lonely, b"hello", 5, 0) == SOCKET_ERROR
print("error", ws2_32.WSAGetLastError())  # 10057, WSAENOTCONN

for socket in (listener, client, server, lonely):
    checked(ws2_32.closesocket(socket))
assert ws2_32.WSACleanup() == 0
