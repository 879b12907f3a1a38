#!/bin/bash
# What the example HTTP server takes of the processor's time for a request, beside the same server for POSIX
# (benches/posix): wrk over loopback, for a small file and for one of 1 MiB; the two take turns, and the last column is the
# median of the ratios of the turns. Prints a Markdown table. Needs g++, wrk and what `make` makes.
# usage: benches/http.sh [SECONDS [CONNECTIONS [TURNS]]]
set -euo pipefail
cd "$(dirname "$0")/.."

seconds=${1:-5} connections=${2:-64} turns=${3:-1}
libraries=${WS2_MADE:-${CARGO_TARGET_DIR:-target}/made}
work=$(mktemp -d)
servers=()
end() {
    if ((${#servers[@]})); then
        kill "${servers[@]}"
    fi
    rm -rf "$work"
}
trap end EXIT
ln -s "$(realpath "$libraries/libws2_32.so")" "$work/libws2_32.so"
ln -s libws2_32.so "$work/libws2_32.so.2"
strict=(-std=c++11 -O2 -Wall -Wextra -Werror)
g++ "${strict[@]}" -Iinclude -o "$work/ws2_32" examples/http_server.cpp -L"$work" -Wl,-rpath,"$work" -lws2_32
g++ "${strict[@]}" -Ibenches/posix -o "$work/posix" examples/http_server.cpp

mkdir "$work/files"
echo 'a small file' >"$work/files/small"
head -c 1048576 /dev/zero >"$work/files/large"
exec 3< <(exec "$work/posix" "$work/files")
servers+=($!)
exec 4< <(exec "$work/ws2_32" "$work/files")
servers+=($!)
read -r line <&3
ports=("${line##* }")
read -r line <&4
ports+=("${line##* }")

# The processor's time that a process has used, in the kernel and outside, in ticks.
used() {
    local fields
    read -r -a fields <<<"$(sed 's/.*) //' "/proc/$1/stat")"
    echo $((fields[11] + fields[12]))
}

# Which server, which file: microseconds for a request, and requests per second.
measure() {
    local before after
    before=$(used "${servers[$1]}")
    wrk --threads 1 --connections "$connections" --duration "${seconds}s" --timeout 30s "http://127.0.0.1:${ports[$1]}/$2" >"$work/measured"
    after=$(used "${servers[$1]}")
    # A line about errors is there only if there were any.
    if grep -E 'Socket errors|Non-2xx' "$work/measured" >&2; then
        exit 1
    fi
    awk -v ticks=$((after - before)) -v rate="$(getconf CLK_TCK)" '
        / requests in / { requests = $1 }
        /^Requests\/sec/ { per_second = $2 }
        END { printf "%.3f %.0f\n", ticks * 1e6 / rate / requests, per_second }' "$work/measured"
}

median() {
    sort -n | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }'
}

echo '| file | POSIX, µs of CPU per request | ws2_32, µs of CPU per request | ws2_32, requests per second | ws2_32 : POSIX |'
echo '|---|--:|--:|--:|--:|'
for file in small large; do
    for ((turn = 0; turn < turns; turn++)); do
        posix=$(measure 0 "$file")
        ws2=$(measure 1 "$file")
        echo "${posix% *} $ws2"
    done | awk '{ print $0, $2 / $1 }' >"$work/turns"
    numbers=()
    for column in 1 2 3 4; do
        numbers+=("$(awk -v column=$column '{ print $column }' "$work/turns" | median)")
    done
    printf '| %s | %.1f | %.1f | %d | %.2f |\n' "$file" "${numbers[@]}"
done
