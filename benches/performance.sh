#!/bin/bash
# Prints the tables of docs/PERFORMANCE.md: the times of a server's calls against libc's, in one run; whole programs, which
# are an echo server and the HTTP server of the examples; the counted instructions; `send` by socket and length. Needs gcc,
# g++, wrk, valgrind, cargo, and what `make` makes. usage: benches/performance.sh [ROUNDS [PART-OF-A-ROW]]
set -euo pipefail
cd "$(dirname "$0")/.."

libraries=${WS2_MADE:-${CARGO_TARGET_DIR:-target}/made}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
ln -s "$(realpath "$libraries/libws2_32.so")" "$work/libws2_32.so"
ln -s libws2_32.so "$work/libws2_32.so.2"
# -lc first: these programs hold POSIX calls of their own (COMPATIBILITY.md).
link=(-L"$work" -Wl,-rpath,"$work" -lc -lws2_32 -pthread)
gcc -O2 -Wall -Wextra -Werror -o "$work/ratios" benches/ratios.c "${link[@]}"
echo 'int main(void) { return 0; }' >"$work/empty.c"
cat >"$work/starting.c" <<'END'
extern int WSAStartup(unsigned short version, void *data);
extern int WSACleanup(void);
static char data[512]; /* WSADATA */
int main(void) { return WSAStartup(0x0202, data) | WSACleanup(); }
END
gcc -O2 -o "$work/empty" "$work/empty.c"
gcc -O2 -o "$work/starting" "$work/starting.c" "${link[@]}"

"$work/ratios" "${1:-300}" "${2:-}" "$work/empty" "$work/starting"
if [[ -z ${2:-} ]]; then
    echo
    gcc -O2 -Wall -Wextra -Werror -o "$work/echo" benches/echo.c "${link[@]}"
    "$work/echo" "${1:-100}"
    echo
    gcc -O2 -Wall -Wextra -Werror -o "$work/winpr" benches/winpr.c "${link[@]}"
    "$work/winpr" 3000
    echo
    benches/http.sh 3 64 5
    echo
    benches/counted.sh
    echo
    cargo bench --quiet --bench send
fi
