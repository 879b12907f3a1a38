// Receives files over loopback TCP and checks that they arrived whole. Prints the port that it got.
// usage: file_server FILES
#include "file_transfer.h"

#include <cstdlib>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

// A failed call of Winsock, with the code that it left.
void require(bool succeeded, const char *what)
{
    if (!succeeded) {
        print_error(what);
        throw std::runtime_error(what);
    }
}

class Socket {
public:
    explicit Socket(SOCKET s) : s_(s) { require(s_ != INVALID_SOCKET, "no socket"); }
    ~Socket() { closesocket(s_); }
    Socket(const Socket &) = delete;
    Socket &operator=(const Socket &) = delete;

    // The port of a new listener on loopback.
    u_short listen_anywhere()
    {
        sockaddr_in address = {};
        int length = sizeof(address);

        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        require(::bind(s_, reinterpret_cast<sockaddr *>(&address), length) == 0, "bind");
        require(::listen(s_, SOMAXCONN) == 0, "listen");
        require(::getsockname(s_, reinterpret_cast<sockaddr *>(&address), &length) == 0, "getsockname");
        return ntohs(address.sin_port);
    }

    // A small buffer, so that a sender has to wait now and then.
    void receive_little_at_once()
    {
        int bytes = 65536;

        require(::setsockopt(s_, SOL_SOCKET, SO_RCVBUF, reinterpret_cast<const char *>(&bytes), sizeof(bytes)) == 0,
                "setsockopt");
    }

    SOCKET accept() { return ::accept(s_, nullptr, nullptr); }

    // The bytes that came, at most as many as fit; 0 at the end.
    int receive(char *to, int room)
    {
        int got = ::recv(s_, to, room, 0);

        require(got != SOCKET_ERROR, "recv");
        return got;
    }

    void send(const void *data, int length)
    {
        require(::send(s_, static_cast<const char *>(data), length, 0) == length, "send");
    }

private:
    SOCKET s_;
};

// One file; whether it arrived whole.
bool serve(Socket &client)
{
    file_header header = {};
    for (int have = 0, got; have < static_cast<int>(sizeof(header)); have += got) {
        got = client.receive(reinterpret_cast<char *>(&header) + have, static_cast<int>(sizeof(header)) - have);
        if (got == 0)
            return false;
    }
    const u_long wanted = ntohl(header.length);

    std::vector<char> chunk(CHUNK_BYTES);
    u_long length = 0, checksum = CHECKSUM_START;
    while (int got = client.receive(chunk.data(), static_cast<int>(chunk.size()))) {
        length += static_cast<u_long>(got);
        checksum = checksum_add(checksum, chunk.data(), got);
    }
    const u_long answer = htonl(checksum);
    client.send(&answer, sizeof(answer));

    const bool whole = length == wanted && checksum == ntohl(header.checksum);
    std::printf("server: %lu of %lu bytes, checksum %08lx: %s\n", static_cast<unsigned long>(length),
                static_cast<unsigned long>(wanted), static_cast<unsigned long>(checksum), whole ? "whole" : "damaged");
    std::fflush(stdout);
    return whole;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 2) {
        std::printf("usage: file_server FILES\n");
        return 2;
    }
    WSADATA data;
    if (const int code = WSAStartup(MAKEWORD(2, 2), &data)) {
        std::printf("WSAStartup: %d\n", code);
        return 1;
    }
    bool whole = true;
    try {
        Socket listener(::socket(AF_INET, SOCK_STREAM, IPPROTO_TCP));
        listener.receive_little_at_once();
        std::printf("server: port %d\n", listener.listen_anywhere());
        std::fflush(stdout);
        for (int rest = std::atoi(argv[1]); rest > 0; rest--) {
            Socket client(listener.accept());
            whole = serve(client) && whole;
        }
    } catch (const std::exception &) {
        whole = false;
    }
    WSACleanup();
    return whole ? 0 : 1;
}
