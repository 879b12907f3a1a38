"""Winsock by plain names, with the numbers and structures of 64-bit Windows written out, as a program that binds
ws2_32.dll has them. usage: winsock.py LIBRARY"""

import ctypes
import errno
import socket as posix
import struct
import sys
import threading
from ctypes import POINTER, byref, c_char_p, c_int, c_size_t, c_uint, c_ushort, c_void_p, sizeof

lib = ctypes.CDLL(sys.argv[1])

AF_INET, AF_INET6 = 2, 23
SOCK_STREAM, SOCK_DGRAM = 1, 2
IPPROTO_TCP, IPPROTO_IPV6 = 6, 41
SOL_SOCKET = 0xFFFF
SO_KEEPALIVE, SO_RCVBUF, SO_RCVTIMEO, SO_ERROR, SO_TYPE = 8, 0x1002, 0x1006, 0x1007, 0x1008
IPV6_V6ONLY, IPV6_UNICAST_HOPS, TCP_NODELAY = 27, 4, 1
FIONBIO, FIONREAD = 0x8004667E - (1 << 32), 0x4004667F
AI_PASSIVE, AI_NUMERICHOST = 1, 4
POLLRDNORM, POLLWRNORM = 0x100, 0x10
SD_SEND = 1
SOCKET_ERROR, INVALID_SOCKET = -1, (1 << 64) - 1
WSAEINTR, WSAEFAULT, WSAEINVAL, WSAEWOULDBLOCK, WSAENOTSOCK = 10004, 10014, 10022, 10035, 10038
WSAENOPROTOOPT, WSAEAFNOSUPPORT, WSAENOTCONN, WSAESHUTDOWN = 10042, 10047, 10057, 10058
WSAETIMEDOUT, WSAECONNREFUSED, WSANOTINITIALISED, WSAHOST_NOT_FOUND = 10060, 10061, 10093, 11001


class WSADATA(ctypes.Structure):
    _fields_ = [("version", c_ushort), ("high", c_ushort), ("max_sockets", c_ushort), ("max_datagram", c_ushort),
                ("vendor", c_char_p), ("description", ctypes.c_char * 257), ("status", ctypes.c_char * 129)]


class fd_set(ctypes.Structure):
    _fields_ = [("count", c_uint), ("array", c_size_t * 64)]

    def __init__(self, *sockets):
        super().__init__(len(sockets), (c_size_t * 64)(*sockets))

    def sockets(self):
        return self.array[:self.count]


class timeval(ctypes.Structure):
    _fields_ = [("seconds", ctypes.c_int32), ("microseconds", ctypes.c_int32)]


class pollfd(ctypes.Structure):
    _fields_ = [("fd", c_size_t), ("events", ctypes.c_short), ("revents", ctypes.c_short)]


class addrinfo(ctypes.Structure):
    pass


# Windows has the name before the address, and a length of 64 bits.
addrinfo._fields_ = [("flags", c_int), ("family", c_int), ("socktype", c_int), ("protocol", c_int),
                     ("length", c_size_t), ("name", c_char_p), ("address", c_void_p), ("next", POINTER(addrinfo))]

assert (sizeof(WSADATA), sizeof(fd_set), sizeof(timeval), sizeof(pollfd), sizeof(addrinfo)) == (408, 520, 8, 16, 48)

lib.socket.restype = lib.accept.restype = c_size_t
lib.accept.argtypes = [c_size_t, c_void_p, POINTER(c_int)]
lib.inet_ntoa.restype = c_char_p
for name in "closesocket", "bind", "connect", "listen", "send", "recv", "shutdown", "getsockname", "getsockopt", \
        "setsockopt", "ioctlsocket":
    getattr(lib, name).argtypes = {
        "closesocket": [c_size_t],
        "bind": [c_size_t, c_char_p, c_int],
        "connect": [c_size_t, c_char_p, c_int],
        "listen": [c_size_t, c_int],
        "send": [c_size_t, c_char_p, c_int, c_int],
        "recv": [c_size_t, c_void_p, c_int, c_int],
        "shutdown": [c_size_t, c_int],
        "getsockname": [c_size_t, c_void_p, POINTER(c_int)],
        "getsockopt": [c_size_t, c_int, c_int, c_void_p, POINTER(c_int)],
        "setsockopt": [c_size_t, c_int, c_int, c_void_p, c_int],
        "ioctlsocket": [c_size_t, c_int, POINTER(c_uint)],
    }[name]
lib.select.argtypes = [c_int, POINTER(fd_set), POINTER(fd_set), POINTER(fd_set), POINTER(timeval)]
lib.getaddrinfo.argtypes = [c_char_p, c_char_p, POINTER(addrinfo), POINTER(POINTER(addrinfo))]
lib.freeaddrinfo.argtypes = [POINTER(addrinfo)]
lib.WSAPoll.argtypes = [POINTER(pollfd), c_uint, c_int]


def done(result):
    assert result != SOCKET_ERROR, lib.WSAGetLastError()
    return result


def fails(result, code):
    assert result in (SOCKET_ERROR, INVALID_SOCKET), result
    assert lib.WSAGetLastError() == code, (lib.WSAGetLastError(), code)


def new_socket(family, kind):
    s = lib.socket(family, kind, 0)
    assert s != INVALID_SOCKET, lib.WSAGetLastError()
    return s


def loopback(family, port):
    if family == AF_INET:
        return struct.pack("<H", AF_INET) + struct.pack(">H", port) + bytes([127, 0, 0, 1]) + bytes(8)
    return struct.pack("<H", AF_INET6) + struct.pack(">H", port) + bytes(4) + bytes(15) + b"\1" + bytes(4)


def name_of(s):
    room, length = ctypes.create_string_buffer(128), c_int(128)
    done(lib.getsockname(s, room, byref(length)))
    return room.raw[:length.value]


def port_of(name):
    return struct.unpack(">H", name[2:4])[0]


def option(s, level, number):
    # Where an option is a truth, Windows may write its first byte only.
    value, length = c_uint(0), c_int(4)
    done(lib.getsockopt(s, level, number, byref(value), byref(length)))
    return value.value


def set_option(s, level, number, value):
    return lib.setsockopt(s, level, number, byref(c_uint(value)), 4)


def receive(s, count=64):
    room = ctypes.create_string_buffer(count)
    length = done(lib.recv(s, room, count, 0))
    return room.raw[:length]


def select(readable=(), writable=(), failed=(), seconds=20.0):
    sets = [fd_set(*sockets) for sockets in (readable, writable, failed)]
    limit = timeval(int(seconds), int(seconds % 1 * 1000000))
    count = done(lib.select(0, *map(byref, sets), byref(limit)))
    assert count == sum(len(one.sockets()) for one in sets)
    return [one.sockets() for one in sets]


def startup():
    fails(lib.socket(AF_INET, SOCK_STREAM, 0), WSANOTINITIALISED)
    # One byte beyond the structure, which must stay.
    room = ctypes.create_string_buffer(b"\xa5" * 416, 416)
    assert lib.WSAStartup(0x0202, room) == 0
    assert room.raw[408:] == b"\xa5" * 8
    data = WSADATA.from_buffer(room)
    assert (data.version, data.high, data.description, data.status) == (0x0202, 0x0202, b"WinSock 2.0", b"Running")


def stream(family):
    listener = new_socket(family, SOCK_STREAM)
    done(lib.bind(listener, loopback(family, 0), len(loopback(family, 0))))
    done(lib.listen(listener, 5))
    name = name_of(listener)
    assert struct.unpack("<H", name[:2])[0] == family and len(name) == (16 if family == AF_INET else 28)

    client = new_socket(family, SOCK_STREAM)
    done(lib.ioctlsocket(client, FIONBIO, byref(c_uint(1))))
    if lib.connect(client, name, len(name)) == SOCKET_ERROR:
        assert lib.WSAGetLastError() == WSAEWOULDBLOCK
    assert select([listener], [client]) == [[listener], [client], []]
    assert option(client, SOL_SOCKET, SO_ERROR) == 0

    room, length = ctypes.create_string_buffer(128), c_int(128)
    server = lib.accept(listener, room, byref(length))
    assert server != INVALID_SOCKET and room.raw[:length.value] == name_of(client)

    fails(lib.recv(client, room, 64, 0), WSAEWOULDBLOCK)
    assert done(lib.send(server, b"from python", 11, 0)) == 11
    assert select([client, listener]) == [[client], [], []]
    waiting = c_uint()
    done(lib.ioctlsocket(client, FIONREAD, byref(waiting)))
    assert waiting.value == 11 and receive(client) == b"from python"
    assert select([client], seconds=0) == [[], [], []]

    # With two entries, the second half of each is where Windows has it.
    done(lib.send(client, b"x", 1, 0))
    polled = (pollfd * 2)(pollfd(client, POLLRDNORM), pollfd(server, POLLRDNORM | POLLWRNORM))
    while done(lib.WSAPoll(polled, 2, 20000)) and not polled[1].revents & POLLRDNORM:
        pass
    assert polled[0].revents == 0 and polled[1].revents == POLLRDNORM | POLLWRNORM

    done(lib.shutdown(client, SD_SEND))
    fails(lib.send(client, b"x", 1, 0), WSAESHUTDOWN)
    assert receive(server) == b"x" and receive(server) == b""
    for s in client, server, listener:
        done(lib.closesocket(s))
    fails(lib.send(client, b"x", 1, 0), WSAENOTSOCK)


def refused():
    deaf = new_socket(AF_INET, SOCK_STREAM)
    done(lib.bind(deaf, loopback(AF_INET, 0), 16))
    client = new_socket(AF_INET, SOCK_STREAM)
    fails(lib.connect(client, name_of(deaf), 16), WSAECONNREFUSED)
    fails(lib.send(client, b"x", 1, 0), WSAENOTCONN)
    done(lib.closesocket(client))
    client = new_socket(AF_INET, SOCK_STREAM)
    done(lib.ioctlsocket(client, FIONBIO, byref(c_uint(1))))
    fails(lib.connect(client, name_of(deaf), 16), WSAEWOULDBLOCK)
    assert select(writable=[client], failed=[client]) == [[], [], [client]]
    assert option(client, SOL_SOCKET, SO_ERROR) == WSAECONNREFUSED
    for s in client, deaf:
        done(lib.closesocket(s))


def options():
    s = new_socket(AF_INET6, SOCK_DGRAM)
    assert option(s, SOL_SOCKET, SO_TYPE) == SOCK_DGRAM
    assert option(s, IPPROTO_IPV6, IPV6_V6ONLY) == 1  # Windows' default
    done(set_option(s, IPPROTO_IPV6, IPV6_V6ONLY, 0))
    assert option(s, IPPROTO_IPV6, IPV6_V6ONLY) == 0
    done(set_option(s, IPPROTO_IPV6, IPV6_UNICAST_HOPS, 7))
    assert option(s, IPPROTO_IPV6, IPV6_UNICAST_HOPS) == 7
    done(set_option(s, SOL_SOCKET, SO_RCVBUF, 50000))
    assert option(s, SOL_SOCKET, SO_RCVBUF) == 50000
    # Milliseconds in a DWORD.
    done(set_option(s, SOL_SOCKET, SO_RCVTIMEO, 30))
    assert option(s, SOL_SOCKET, SO_RCVTIMEO) == 30
    done(lib.bind(s, loopback(AF_INET6, 0), 28))
    fails(lib.recv(s, ctypes.create_string_buffer(8), 8, 0), WSAETIMEDOUT)
    fails(set_option(s, SOL_SOCKET, 0x7FFF, 1), WSAENOPROTOOPT)
    fails(lib.setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, None, 4), WSAEFAULT)
    done(lib.closesocket(s))
    s = new_socket(AF_INET, SOCK_STREAM)
    for level, number in (IPPROTO_TCP, TCP_NODELAY), (SOL_SOCKET, SO_KEEPALIVE):
        done(set_option(s, level, number, 1))
        assert option(s, level, number) == 1
    done(lib.closesocket(s))
    fails(lib.socket(10, SOCK_STREAM, 0), WSAEAFNOSUPPORT)  # Linux' number for IPv6


def names():
    hints = addrinfo(flags=AI_NUMERICHOST, family=AF_INET6, socktype=SOCK_STREAM)
    found = POINTER(addrinfo)()
    assert lib.getaddrinfo(b"::1", b"80", byref(hints), byref(found)) == 0
    one = found.contents
    assert (one.family, one.socktype, one.length) == (AF_INET6, SOCK_STREAM, 28)
    assert ctypes.string_at(one.address, 28) == loopback(AF_INET6, 80) and not one.next
    lib.freeaddrinfo(found)
    assert lib.getaddrinfo(b"no number", b"80", byref(hints), byref(found)) == WSAHOST_NOT_FOUND
    hints = addrinfo(flags=AI_PASSIVE, family=99)
    assert lib.getaddrinfo(None, b"80", byref(hints), byref(found)) == WSAEAFNOSUPPORT
    text = ctypes.create_string_buffer(65)
    lib.inet_ntop.restype, lib.inet_ntop.argtypes = c_char_p, [c_int, c_char_p, c_char_p, c_size_t]
    assert lib.inet_ntop(AF_INET6, bytes(15) + b"\1", text, 65) == b"::1"
    assert lib.inet_ntoa(c_uint(0x0100007F)) == b"127.0.0.1"
    assert lib.htons(0x1234) == 0x3412


def wrong():
    fails(lib.send(INVALID_SOCKET, b"x", 1, 0), WSAENOTSOCK)
    fails(lib.closesocket(123456), WSAENOTSOCK)
    fails(lib.select(0, None, None, None, None), WSAEINVAL)
    lib.WSASetLastError(WSAEINTR)
    assert lib.WSAGetLastError() == WSAEINTR


def python_itself():
    """The module in Python keeps libc's functions: same names, other numbers."""
    assert posix.AF_INET6 == 10 and posix.SOL_SOCKET == 1
    with posix.create_server(("127.0.0.1", 0)) as server:
        answer = []

        def serve():
            with server.accept()[0] as one:
                answer.append(one.recv(64))
                one.sendall(b"y" * 100000)

        thread = threading.Thread(target=serve)
        thread.start()
        with posix.create_connection(server.getsockname(), timeout=20) as client:
            client.setsockopt(posix.IPPROTO_TCP, posix.TCP_NODELAY, 1)
            client.sendall(b"to python")
            got = b""
            while part := client.recv(65536):
                got += part
        thread.join()
        assert answer == [b"to python"] and got == b"y" * 100000
    with posix.socket() as alone:
        try:
            alone.send(b"x")
            raise AssertionError("sent without a connection")
        except OSError as why:
            assert why.errno in (errno.ENOTCONN, errno.EPIPE), why
    assert posix.getaddrinfo("127.0.0.1", 80, type=posix.SOCK_STREAM)[0][0] == posix.AF_INET


def both():
    """A socket of Python's is one of Winsock's, too."""
    one, other = posix.socketpair()
    with one, other:
        assert done(lib.send(one.fileno(), b"both", 4, 0)) == 4
        assert other.recv(64) == b"both"


python_itself()
startup()
stream(AF_INET)
stream(AF_INET6)
refused()
options()
names()
wrong()
both()
python_itself()
assert lib.WSACleanup() == 0
fails(lib.WSACleanup(), WSANOTINITIALISED)
python_itself()
print("all of it")
