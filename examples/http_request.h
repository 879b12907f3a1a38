// What a request of HTTP/1.1 says: nothing of sockets. Part of http_server.
#ifndef HTTP_REQUEST_H
#define HTTP_REQUEST_H

#include <cstddef>
#include <map>
#include <string>

struct Request {
    std::string method, target, version;
    std::map<std::string, std::string> fields; // by names in small letters

    // Empty if there is none.
    std::string field(const std::string &name) const
    {
        const auto found = fields.find(name);
        return found == fields.end() ? std::string() : found->second;
    }

    bool stays_open() const;

    bool has_body() const
    {
        const std::string length = field("content-length");
        return fields.count("transfer-encoding") != 0 || !(length.empty() || length == "0");
    }
};

// ASCII only, whatever the locale says.
inline std::string small_letters(std::string text)
{
    for (char &c : text) {
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    }
    return text;
}

inline std::string trimmed(const std::string &text)
{
    const std::size_t first = text.find_first_not_of(" \t");
    return first == std::string::npos ? std::string() : text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

inline bool Request::stays_open() const
{
    const std::string wish = small_letters(field("connection"));
    return version == "HTTP/1.0" ? wish.find("keep-alive") != std::string::npos
                                 : wish.find("close") == std::string::npos;
}

// The characters of methods and of names of fields.
inline bool is_token(const std::string &text)
{
    return !text.empty() && text.find_first_not_of("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                                   "abcdefghijklmnopqrstuvwxyz") == std::string::npos;
}

// The lines of a request without the empty one at the end; false if they are none.
inline bool parse_request(const std::string &head, Request &request)
{
    if (head.find('\0') != std::string::npos)
        return false;
    std::size_t end = head.find("\r\n");
    const std::string line = head.substr(0, end);
    const std::size_t one = line.find(' ');
    const std::size_t two = one == std::string::npos ? one : line.find(' ', one + 1);
    if (two == std::string::npos || line.find(' ', two + 1) != std::string::npos)
        return false;
    request.method = line.substr(0, one);
    request.target = line.substr(one + 1, two - one - 1);
    request.version = line.substr(two + 1);
    if (!is_token(request.method) || request.target.empty() || request.version.compare(0, 5, "HTTP/") != 0)
        return false;

    for (std::size_t start = end + 2; start < head.size(); start = end + 2) {
        end = head.find("\r\n", start);
        const std::string field = head.substr(start, end - start);
        const std::size_t colon = field.find(':');
        if (colon == std::string::npos || !is_token(field.substr(0, colon)))
            return false;
        const std::string name = small_letters(field.substr(0, colon));
        const bool again = request.fields.count(name) != 0;
        // Two hosts or two lengths are an attack, or a mistake.
        if (again && (name == "host" || name == "content-length"))
            return false;
        request.fields[name] += (again ? ", " : "") + trimmed(field.substr(colon + 1));
    }
    return true;
}

inline int hex_digit(char c)
{
    const std::size_t place = std::string("0123456789abcdef").find(small_letters(std::string(1, c)));
    return place == std::string::npos ? -1 : static_cast<int>(place);
}

// The path of a target, without its query and with %20 and the like decoded; it begins with a slash.
inline bool decode_path(const std::string &target, std::string &path)
{
    std::string encoded = target.substr(0, target.find_first_of("?#"));
    if (small_letters(encoded.substr(0, 7)) == "http://") {
        const std::size_t slash = encoded.find('/', 7);
        encoded = slash == std::string::npos ? "/" : encoded.substr(slash);
    }
    for (std::size_t i = 0; i < encoded.size(); i++) {
        int c = static_cast<unsigned char>(encoded[i]);
        if (c == '%') {
            if (i + 2 >= encoded.size())
                return false;
            const int high = hex_digit(encoded[i + 1]), low = hex_digit(encoded[i + 2]);
            if (high < 0 || low < 0)
                return false;
            c = high * 16 + low;
            i += 2;
        }
        if (c < ' ' || c == 127)
            return false;
        path += static_cast<char>(c);
    }
    return !path.empty() && path[0] == '/';
}

// Whether the path stays in the directory. Windows also takes backslashes, names of drives behind a colon, and names
// that end with dots and spaces, which it drops.
inline bool stays_below(const std::string &path)
{
    if (path.find_first_of("\\:") != std::string::npos)
        return false;
    for (std::size_t slash = 0; slash != std::string::npos;) {
        const std::size_t next = path.find('/', slash + 1);
        const std::string name = path.substr(slash + 1, next == std::string::npos ? next : next - slash - 1);
        if (!name.empty() && (name.back() == '.' || name.back() == ' '))
            return false;
        slash = next;
    }
    return true;
}

enum class Range { none, good, outside };

// A number of at most 18 digits; -1 if it is none.
inline long long parse_number(const std::string &text)
{
    if (text.empty() || text.size() > 18 || text.find_first_not_of("0123456789") != std::string::npos)
        return -1;
    return std::stoll(text);
}

// "bytes=first-last", "bytes=first-" or "bytes=-count". Several ranges, and what is no range, are ignored.
inline Range parse_range(const std::string &text, long long length, long long &first, long long &last)
{
    const std::size_t dash = text.find('-');
    if (small_letters(text.substr(0, 6)) != "bytes=" || dash == std::string::npos)
        return Range::none;
    const std::string from = text.substr(6, dash - 6), to = text.substr(dash + 1);
    const long long low = parse_number(from), high = parse_number(to);
    if ((low < 0 && !from.empty()) || (high < 0 && !to.empty()) || (low < 0 && high < 0) ||
        (low >= 0 && high >= 0 && high < low))
        return Range::none;
    if (low >= length || length == 0 || (low < 0 && high == 0))
        return Range::outside;
    first = low >= 0 ? low : high < length ? length - high : 0;
    last = low >= 0 && high >= 0 && high < length ? high : length - 1;
    return Range::good;
}

#endif
