# A page of the manual per function, from the lines of functions.awk: MAN/NAME.3.

BEGIN {
    FS = "\t"
    while ((getline line < exports) > 0) {
        split(line, field, "\t")
        symbol = field[2] == "winsock" ? field[1] : "ws2_" field[1]
        plain[symbol] = field[1]; library[symbol] = field[2]; status[symbol] = field[3]; notes[symbol] = field[4]
    }
}

function header(symbol) {
    if (plain[symbol] ~ /^(gai_|getaddrinfo|getnameinfo|freeaddrinfo|GetAddrInfo|GetNameInfo|FreeAddrInfo|SetAddrInfo|inet_ntop|inet_pton|InetNtop|InetPton)/)
        return "ws2tcpip.h"
    if (library[symbol] == "posix" || library[symbol] == "winsock") return "winsock2.h"
    if (library[symbol] == "mswsock" || library[symbol] == "iphlpapi") return library[symbol] ".h"
    return "windows.h"
}

# Backslashes, and code in bold.
function escape(text, parts, n, i, made) {
    gsub(/\\/, "\\e", text)
    gsub(/\*\*/, "", text)
    n = split(text, parts, "`")
    made = parts[1]
    for (i = 2; i <= n; i++) made = made (i % 2 == 0 ? "\\fB" : "\\fR") parts[i]
    if (made ~ /^[.']/) made = "\\&" made
    return made
}

function begin(symbol, first) {
    page = man "/" symbol ".3"
    printf ".\\\" Made by tools/ws2-pages from src/ffi.\n.TH %s 3 \"\" \"ws2_32 %s\" \"Winsock's interface\"\n", symbol, version > page
    printf ".SH NAME\n%s \\- %s\n", symbol, first > page
    printf ".SH SYNOPSIS\n.nf\n.B #include <%s>\n\n.B %s;\n.fi\n", header(symbol), prototype > page
    printf "\nLink with \\-lws2_32." > page
    if (plain[symbol] != symbol) printf " The headers bind\n.B %s\nto the symbol\n.BR %s .", plain[symbol], symbol > page
    printf "\n.SH DESCRIPTION\n" > page
    begun = 1
}

function finish() {
    if (!begun) return
    if (notes[symbol] != "") printf ".SH COMPATIBILITY\n%s: %s.\n", status[symbol], escape(notes[symbol]) > page
    printf ".SH SEE ALSO\n.BR ws2_32 (7),\n.BR ws2cc (1)\n" > page
    close(page)
    begun = 0
}

/^F / { finish(); symbol = substr($0, 3); prototype = ""; known = symbol in plain; next }
!known { next }
/^P / { prototype = escape(substr($0, 3)); next }
!begun {
    first = substr($0, 3)
    sub(/[.:;] .*/, "", first)
    sub(/[.:]$/, "", first)
    gsub(/`/, "", first)
    begin(symbol, /^T /? escape(first) : plain[symbol])
}
/^H / { title = toupper(substr($0, 3)); printf ".SH %s\n", title == "RETURNS" ? "RETURN VALUE" : title > page; next }
/^B / { printf ".IP \\(bu 2\n%s\n", escape(substr($0, 3)) > page; next }
/^T Source: / { printf ".SH SOURCE\n%s\n", escape(substr($0, 11)) > page; next }
/^T / { printf ".PP\n%s\n", escape(substr($0, 3)) > page }
END { finish() }
