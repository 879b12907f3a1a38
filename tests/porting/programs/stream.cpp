// A socket as an object that closes itself, exceptions that carry the code, methods with the names of functions, and std::thread.
#include <winsock2.h>
#include <ws2tcpip.h>

#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "check.h"

class Failure : public std::runtime_error {
public:
    explicit Failure(const char *what) : std::runtime_error(what), code(WSAGetLastError()) {}
    int code;
};

class Socket {
public:
    Socket() : s(::socket(AF_INET, SOCK_STREAM, IPPROTO_TCP))
    {
        if (s == INVALID_SOCKET)
            throw Failure("socket");
    }
    explicit Socket(SOCKET s_) : s(s_) {}
    Socket(Socket &&other) noexcept : s(other.s) { other.s = INVALID_SOCKET; }
    Socket(const Socket &) = delete;
    Socket &operator=(const Socket &) = delete;
    ~Socket() { close(); }

    void close()
    {
        if (s != INVALID_SOCKET)
            ::closesocket(s);
        s = INVALID_SOCKET;
    }
    sockaddr_in bind()
    {
        sockaddr_in address = {};
        int length = sizeof(address);
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::bind(s, reinterpret_cast<sockaddr *>(&address), sizeof(address)) != 0 || ::listen(s, 5) != 0)
            throw Failure("bind");
        ::getsockname(s, reinterpret_cast<sockaddr *>(&address), &length);
        return address;
    }
    Socket accept()
    {
        SOCKET other = ::accept(s, nullptr, nullptr);
        if (other == INVALID_SOCKET)
            throw Failure("accept");
        return Socket(other);
    }
    void connect(const sockaddr_in &address)
    {
        if (::connect(s, reinterpret_cast<const sockaddr *>(&address), sizeof(address)) != 0)
            throw Failure("connect");
    }
    void send(const std::string &text)
    {
        if (::send(s, text.data(), static_cast<int>(text.size()), 0) != static_cast<int>(text.size()))
            throw Failure("send");
    }
    std::string recv()
    {
        std::string all;
        std::vector<char> part(16);
        for (int got; (got = ::recv(s, part.data(), static_cast<int>(part.size()), 0)) > 0;)
            all.append(part.data(), static_cast<size_t>(got));
        return all;
    }
    void shutdown() { ::shutdown(s, SD_SEND); }
    bool select()
    {
        fd_set set;
        timeval limit = {5, 0};
        FD_ZERO(&set);
        FD_SET(s, &set);
        return ::select(0, &set, nullptr, nullptr, &limit) == 1;
    }

private:
    SOCKET s;
};

int main()
{
    WSADATA data;
    CHECK(WSAStartup(MAKEWORD(2, 2), &data) == 0);
    try {
        Socket listener;
        sockaddr_in address = listener.bind();
        std::thread server([&listener] {
            Socket s = listener.accept();
            std::string text = s.recv();
            s.send("got " + text);
        });
        Socket client;
        client.connect(address);
        client.send(std::string(1000, 'y'));
        client.shutdown();
        CHECK(client.select());
        CHECK(client.recv() == "got " + std::string(1000, 'y'));
        server.join();
        listener.close();
        try {
            Socket late;
            late.connect(address);
            CHECK(false);
        } catch (const Failure &failure) {
            CHECK(failure.code == WSAECONNREFUSED && std::string("connect") == failure.what());
        }
    } catch (const Failure &failure) {
        std::printf("%s: %d\n", failure.what(), failure.code);
        CHECK(false);
    }
    WSACleanup();
    return result();
}
