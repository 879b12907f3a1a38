// A small HTTP/1.1 server for the files below a directory: one thread, non-blocking sockets, select. GET and HEAD,
// connections that stay open, one range of bytes per request. Prints the port that it got, and runs until it is ended.
// usage: http_server DIRECTORY [PORT [ADDRESS]]
#define FD_SETSIZE 1024 // the listener and the clients
#include "http_request.h"
#include "print_error.h"

#include <cstdlib>
#include <ctime>
#include <fstream>
#include <memory>
#include <vector>

namespace {

const std::size_t largest_head = 16384;
const std::size_t chunk_bytes = 65536;
const ULONGLONG patience = 60000; // milliseconds that a client may do nothing

std::string root;

std::string date()
{
    char text[64];
    const std::time_t now = std::time(nullptr);
    std::strftime(text, sizeof(text), "%a, %d %b %Y %H:%M:%S GMT", std::gmtime(&now));
    return text;
}

const char *type_of(const std::string &path)
{
    static const char *const types[][2] = {
        {".html", "text/html; charset=utf-8"}, {".txt", "text/plain; charset=utf-8"}, {".css", "text/css"},
        {".js", "text/javascript"},            {".json", "application/json"},         {".png", "image/png"},
        {".jpg", "image/jpeg"},                {".svg", "image/svg+xml"}};
    for (const auto &type : types) {
        const std::string ending = type[0];
        if (path.size() >= ending.size() && path.compare(path.size() - ending.size(), ending.size(), ending) == 0)
            return type[1];
    }
    return "application/octet-stream";
}

// Opens a file and tells its length; -1 if there is none. A directory can be opened in some places, but not read.
long long open_file(std::ifstream &file, const std::string &path)
{
    file.open(path, std::ios::binary);
    if (!file.is_open())
        return -1;
    file.peek();
    if (file.bad())
        return -1;
    file.clear();
    file.seekg(0, std::ios::end);
    const long long length = static_cast<long long>(file.tellg());
    file.seekg(0);
    return file ? length : -1;
}

class Client {
public:
    explicit Client(SOCKET s) : s_(s), last_(GetTickCount64()) {}
    ~Client() { closesocket(s_); }
    Client(const Client &) = delete;
    Client &operator=(const Client &) = delete;

    SOCKET socket() const { return s_; }
    bool has_output() const { return sent_ < out_.size() || left_ > 0; }
    bool is_idle() const { return GetTickCount64() - last_ > patience; }

    // Each says whether the connection goes on.
    bool receive()
    {
        char chunk[8192];
        const int got = recv(s_, chunk, sizeof(chunk), 0);
        if (got == SOCKET_ERROR)
            return WSAGetLastError() == WSAEWOULDBLOCK;
        last_ = GetTickCount64();
        if (got == 0)
            return false;
        if (closing_)
            return true; // whatever still comes after the last answer
        in_.append(chunk, static_cast<std::size_t>(got));
        return answer_next();
    }

    bool transmit()
    {
        if (sent_ == out_.size()) {
            out_.clear();
            sent_ = 0;
            add_part();
        }
        if (short_)
            return false;
        const int sent = send(s_, out_.data() + sent_, static_cast<int>(out_.size() - sent_), 0);
        if (sent == SOCKET_ERROR)
            return WSAGetLastError() == WSAEWOULDBLOCK;
        last_ = GetTickCount64();
        sent_ += static_cast<std::size_t>(sent);
        if (has_output())
            return true;
        file_.reset();
        // What a client still sends would reset the connection if it were closed now, and the answer could be lost.
        if (closing_)
            return shutdown(s_, SD_SEND) == 0;
        return answer_next();
    }

private:
    SOCKET s_;
    ULONGLONG last_;
    std::string in_, out_;
    std::size_t sent_ = 0;
    std::unique_ptr<std::ifstream> file_;
    long long left_ = 0; // bytes of the file that are still to be read
    bool closing_ = false;
    bool short_ = false; // the file has become shorter and cannot be delivered as promised

    // Adds the next part of the file to what waits to be sent.
    void add_part()
    {
        const std::size_t before = out_.size();
        const std::size_t bytes =
            left_ < static_cast<long long>(chunk_bytes) ? static_cast<std::size_t>(left_) : chunk_bytes;
        out_.resize(before + bytes);
        file_->read(&out_[before], static_cast<std::streamsize>(bytes));
        short_ = file_->gcount() != static_cast<std::streamsize>(bytes);
        left_ -= static_cast<long long>(bytes);
    }

    // The next request, if all of it is there. Requests may come before the answer to the one before.
    bool answer_next()
    {
        while (in_.compare(0, 2, "\r\n") == 0)
            in_.erase(0, 2);
        const std::size_t end = in_.find("\r\n\r\n");
        if ((end == std::string::npos ? in_.size() : end) > largest_head) {
            refuse("431 Request Header Fields Too Large");
        } else if (end != std::string::npos) {
            Request request;
            const bool understood = parse_request(in_.substr(0, end + 2), request);
            in_.erase(0, end + 4);
            if (!understood)
                refuse("400 Bad Request");
            else
                answer(request);
        }
        return true;
    }

    void answer(const Request &request)
    {
        if (request.version != "HTTP/1.1" && request.version != "HTTP/1.0")
            return refuse("505 HTTP Version Not Supported");
        if (request.version == "HTTP/1.1" && request.field("host").empty())
            return refuse("400 Bad Request");
        closing_ = !request.stays_open();
        const bool head = request.method == "HEAD";
        if (request.method != "GET" && !head)
            return refuse("405 Method Not Allowed", "Allow: GET, HEAD\r\n");
        if (request.has_body())
            return refuse("400 Bad Request");

        std::string path;
        if (!decode_path(request.target, path))
            return refuse("400 Bad Request");
        if (path.back() == '/')
            path += "index.html";
        file_.reset(new std::ifstream);
        const long long length = stays_below(path) ? open_file(*file_, root + path) : -1;
        if (length < 0) {
            file_.reset();
            return say("404 Not Found", "", head);
        }
        deliver(request, type_of(path), length, head);
    }

    void deliver(const Request &request, const char *type, long long length, bool head)
    {
        std::string status = "200 OK", fields = std::string("Content-Type: ") + type + "\r\nAccept-Ranges: bytes\r\n";
        long long first = 0, last = length - 1;
        switch (head ? Range::none : parse_range(request.field("range"), length, first, last)) {
        case Range::none:
            break;
        case Range::good:
            status = "206 Partial Content";
            fields += "Content-Range: bytes " + std::to_string(first) + "-" + std::to_string(last) + "/" +
                      std::to_string(length) + "\r\n";
            break;
        case Range::outside:
            file_.reset();
            return say("416 Range Not Satisfiable", "Content-Range: bytes */" + std::to_string(length) + "\r\n", head);
        }
        begin(status, fields, last - first + 1);
        if (head || last < first) {
            file_.reset();
            return;
        }
        // The first part goes with the header: two small segments, one after the other, would make TCP wait.
        left_ = last - first + 1;
        file_->seekg(static_cast<std::streamoff>(first));
        add_part();
    }

    // A request after which nothing can be understood, or nothing should be.
    void refuse(const std::string &status, const std::string &fields = "")
    {
        closing_ = true;
        say(status, fields, false);
    }

    void say(const std::string &status, const std::string &fields, bool head)
    {
        const std::string text = status + "\n";
        begin(status, "Content-Type: text/plain\r\n" + fields, static_cast<long long>(text.size()));
        if (!head)
            out_ += text;
    }

    void begin(const std::string &status, const std::string &fields, long long length)
    {
        out_ = "HTTP/1.1 " + status + "\r\nDate: " + date() + "\r\n" + fields +
               "Content-Length: " + std::to_string(length) + "\r\n" +
               (closing_ ? "Connection: close\r\n\r\n" : "Connection: keep-alive\r\n\r\n");
        sent_ = 0;
    }
};

SOCKET listen_on(const char *host, u_short port)
{
    sockaddr_in address = {};
    int length = sizeof(address);
    u_long nonblocking = 1;
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = inet_addr(host);
    address.sin_port = htons(port);
    const SOCKET s = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
    if (s == INVALID_SOCKET || bind(s, reinterpret_cast<sockaddr *>(&address), length) != 0 ||
        listen(s, SOMAXCONN) != 0 || ioctlsocket(s, FIONBIO, &nonblocking) != 0 ||
        getsockname(s, reinterpret_cast<sockaddr *>(&address), &length) != 0) {
        print_error("no listener");
        return INVALID_SOCKET;
    }
    std::printf("port %d\n", ntohs(address.sin_port));
    std::fflush(stdout);
    return s;
}

typedef std::vector<std::unique_ptr<Client>> Clients;

void accept_all(SOCKET listener, Clients &clients)
{
    u_long nonblocking = 1;
    while (clients.size() < FD_SETSIZE - 1) {
        const SOCKET s = accept(listener, nullptr, nullptr);
        if (s == INVALID_SOCKET)
            return;
        clients.push_back(std::unique_ptr<Client>(new Client(s)));
        if (ioctlsocket(s, FIONBIO, &nonblocking) != 0)
            clients.pop_back();
    }
}

void serve(SOCKET listener)
{
    static fd_set readable, writable;
    Clients clients;
    for (;;) {
        timeval second = {1, 0};
        FD_ZERO(&readable);
        FD_ZERO(&writable);
        if (clients.size() < FD_SETSIZE - 1)
            FD_SET(listener, &readable);
        // Clients are all different, so that FD_SET, which looks for doubles, need not be asked.
        for (const auto &client : clients) {
            fd_set &set = client->has_output() ? writable : readable;
            set.fd_array[set.fd_count++] = client->socket();
        }
        if (select(0, &readable, &writable, nullptr, &second) == SOCKET_ERROR) {
            print_error("select");
            return;
        }
        const bool arrived = FD_ISSET(listener, &readable) != 0;
        for (std::size_t i = clients.size(); i > 0; i--) {
            Client &client = *clients[i - 1];
            bool stays = !client.is_idle();
            if (client.has_output())
                stays = stays && (!FD_ISSET(client.socket(), &writable) || client.transmit());
            else if (FD_ISSET(client.socket(), &readable))
                stays = stays && client.receive();
            if (!stays) { // the last one takes its place, and has had its turn
                clients[i - 1].swap(clients.back());
                clients.pop_back();
            }
        }
        if (arrived)
            accept_all(listener, clients);
    }
}

} // namespace

int main(int argc, char **argv)
{
    if (argc < 2 || argc > 4) {
        std::printf("usage: http_server DIRECTORY [PORT [ADDRESS]]\n");
        return 2;
    }
    WSADATA data;
    if (const int code = WSAStartup(MAKEWORD(2, 2), &data)) {
        print_code("WSAStartup", code);
        return 1;
    }
    root = argv[1];
    const u_short port = static_cast<u_short>(argc > 2 ? std::atoi(argv[2]) : 0);
    const SOCKET listener = listen_on(argc > 3 ? argv[3] : "127.0.0.1", port);
    if (listener != INVALID_SOCKET)
        serve(listener);
    WSACleanup();
    return 1;
}
