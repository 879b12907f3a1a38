// A TCP server with WSAPoll that sends back what it gets in capital letters, over IPv6 and IPv4 on one socket. Prints
// the port that it got, and runs until it is ended. usage: poll_server [PORT]
#include "print_error.h"

#include <cctype>
#include <cstddef>
#include <string>
#include <vector>

namespace {

const std::size_t most = 65536; // bytes that wait for a client before nothing more is read from it

struct Client {
    std::string rest; // what has not gone back yet
    bool ended;       // the client sends no more
};

// Both in the same order; the first is the listener.
std::vector<WSAPOLLFD> sockets;
std::vector<Client> clients;

void add(SOCKET s)
{
    WSAPOLLFD entry = {};
    entry.fd = s;
    entry.events = POLLRDNORM;
    sockets.push_back(entry);
    clients.push_back(Client{std::string(), false});
}

void remove(std::size_t i)
{
    closesocket(sockets[i].fd);
    sockets.erase(sockets.begin() + static_cast<std::ptrdiff_t>(i));
    clients.erase(clients.begin() + static_cast<std::ptrdiff_t>(i));
}

// A socket that listens on every address of both families.
SOCKET listen_on(const char *port)
{
    addrinfo hints = {};
    addrinfo *found = nullptr;
    hints.ai_family = AF_INET6;
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
    if (const int code = getaddrinfo(nullptr, port, &hints, &found)) {
        WSASetLastError(code);
        return INVALID_SOCKET;
    }
    const SOCKET s = socket(found->ai_family, found->ai_socktype, found->ai_protocol);
    DWORD only = 0;
    u_long nonblocking = 1;
    sockaddr_in6 address = {};
    int length = sizeof(address);
    bool done = s != INVALID_SOCKET &&
                setsockopt(s, IPPROTO_IPV6, IPV6_V6ONLY, reinterpret_cast<const char *>(&only), sizeof(only)) == 0 &&
                bind(s, found->ai_addr, static_cast<int>(found->ai_addrlen)) == 0 && listen(s, SOMAXCONN) == 0 &&
                ioctlsocket(s, FIONBIO, &nonblocking) == 0 &&
                getsockname(s, reinterpret_cast<sockaddr *>(&address), &length) == 0;
    const int code = WSAGetLastError();
    freeaddrinfo(found);
    if (!done) {
        if (s != INVALID_SOCKET)
            closesocket(s);
        WSASetLastError(code);
        return INVALID_SOCKET;
    }
    std::printf("port %d\n", ntohs(address.sin6_port));
    std::fflush(stdout);
    return s;
}

void accept_all(SOCKET listener)
{
    u_long nonblocking = 1;
    for (SOCKET s; (s = accept(listener, nullptr, nullptr)) != INVALID_SOCKET;) {
        if (ioctlsocket(s, FIONBIO, &nonblocking) == 0)
            add(s);
        else
            closesocket(s);
    }
}

// Each says whether the client is still there.
bool receive(SOCKET s, Client &client)
{
    char chunk[4096];
    const int got = recv(s, chunk, sizeof(chunk), 0);
    if (got == SOCKET_ERROR)
        return WSAGetLastError() == WSAEWOULDBLOCK;
    for (int i = 0; i < got; i++)
        client.rest += static_cast<char>(std::toupper(static_cast<unsigned char>(chunk[i])));
    client.ended = got == 0;
    return true;
}

bool send_back(SOCKET s, Client &client)
{
    const int sent = send(s, client.rest.data(), static_cast<int>(client.rest.size()), 0);
    if (sent == SOCKET_ERROR)
        return WSAGetLastError() == WSAEWOULDBLOCK;
    client.rest.erase(0, static_cast<std::size_t>(sent));
    return true;
}

bool serve(std::size_t i)
{
    const SHORT now = sockets[i].revents;
    Client &client = clients[i];
    if (now & (POLLERR | POLLNVAL))
        return false;
    // After POLLHUP there may still be something to read, and then the end.
    if (now & (POLLRDNORM | POLLHUP) && !client.ended && !receive(sockets[i].fd, client))
        return false;
    if (!client.rest.empty() && !send_back(sockets[i].fd, client))
        return false;
    if (client.ended && client.rest.empty())
        return false;
    sockets[i].events = 0;
    if (!client.ended && client.rest.size() < most)
        sockets[i].events |= POLLRDNORM;
    if (!client.rest.empty())
        sockets[i].events |= POLLWRNORM;
    return true;
}

} // namespace

int main(int argc, char **argv)
{
    WSADATA data;
    if (const int code = WSAStartup(MAKEWORD(2, 2), &data)) {
        print_code("WSAStartup", code);
        return 1;
    }
    const SOCKET listener = listen_on(argc > 1 ? argv[1] : "0");
    if (listener == INVALID_SOCKET) {
        print_error("no listener");
        WSACleanup();
        return 1;
    }
    add(listener);
    while (WSAPoll(sockets.data(), static_cast<ULONG>(sockets.size()), -1) != SOCKET_ERROR) {
        // Backwards, so that those that leave do not move those still to come.
        for (std::size_t i = sockets.size() - 1; i > 0; i--) {
            if (sockets[i].revents != 0 && !serve(i))
                remove(i);
        }
        if (sockets[0].revents != 0)
            accept_all(listener);
    }
    print_error("WSAPoll");
    WSACleanup();
    return 1;
}
