#!/bin/bash
# Requests per second that the example HTTP server answers: wrk over loopback, for a small file and for one of 1 MiB.
# Needs g++, wrk and what `make` makes. usage: benches/http.sh [SECONDS [CONNECTIONS]]
set -euo pipefail
cd "$(dirname "$0")/.."

seconds=${1:-5} connections=${2:-64}
libraries=${CARGO_TARGET_DIR:-target}/made
work=$(mktemp -d)
server=
trap 'if [[ -n $server ]]; then kill "$server"; fi; rm -rf "$work"' EXIT
ln -s "$(realpath "$libraries/libws2_32.so")" "$work/libws2_32.so"
ln -s libws2_32.so "$work/libws2_32.so.2"
g++ -std=c++11 -O2 -Wall -Wextra -Werror -Iinclude -o "$work/http_server" examples/http_server.cpp \
    -L"$work" -Wl,-rpath,"$work" -lws2_32

mkdir "$work/files"
echo 'a small file' >"$work/files/small"
head -c 1048576 /dev/zero >"$work/files/large"
exec 3< <(exec "$work/http_server" "$work/files")
server=$!
read -r line <&3

for file in small large; do
    wrk --threads 1 --connections "$connections" --duration "${seconds}s" \
        "http://127.0.0.1:${line##* }/$file" >"$work/measured"
    # A line about errors is there only if there were any.
    if grep -E 'Socket errors|Non-2xx' "$work/measured"; then
        exit 1
    fi
    sed -n "s|^\(Requests/sec\): *\(.*\)|$file: \2 requests/s|p; s|^\(Transfer/sec\): *\(.*\)|$file: \2/s|p" "$work/measured"
done
