#!/bin/bash
# Counts the instructions of one successful call: the bare system call, libc's function and this library's, through
# the shared library. Needs gcc, valgrind, and what `make` makes. Fails where a call has more instructions beyond the bare
# call than stand before its title below: what was measured, and 4 more.
# usage: benches/counted.sh [CALL...]
set -euo pipefail
cd "$(dirname "$0")/.."

libraries=${WS2_MADE:-${CARGO_TARGET_DIR:-target}/made}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
ln -s "$(realpath "$libraries/libws2_32.so")" "$work/libws2_32.so"
ln -s libws2_32.so "$work/libws2_32.so.2"
# -lc first: this program holds POSIX calls of its own (COMPATIBILITY.md).
gcc -O2 -Wall -Wextra -Werror -o "$work/counted" benches/counted.c -L"$work" -Wl,-rpath,"$work" -lc -lws2_32 -pthread

instructions() { # call, way, count, threads
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$work/counted" "$@" 2>&1 |
        sed -n 's/.*Collected : \([0-9]*\).*/\1/p'
}

# What two hundred calls more take, divided by two hundred; the rest of the program cancels out.
per_call() { # call, way, threads
    local few many
    few=$(instructions "$1" "$2" 200 "$3")
    many=$(instructions "$1" "$2" 400 "$3")
    echo $(((many - few + 100) / 200))
}

row='| %-28s | %11s | %4s | %18s | %6s | %20s |\n'
# shellcheck disable=SC2059 # the format is this script's own
row() { printf "$row" "$@"; }
row 'instructions per call' 'system call' libc "libc, two threads" ours 'ours, two threads'
echo '|---|--:|--:|--:|--:|--:|'
failed=
while read -r call limit title; do
    [[ $# == 0 || " $* " == *" $call "* ]] || continue
    nothing=$(per_call "$call" nothing one)
    numbers=()
    for way in 'bare one' 'libc one' 'libc threads' 'ws2_32 one' 'ws2_32 threads'; do
        # shellcheck disable=SC2086 # two words
        numbers+=($(($(per_call "$call" $way) - nothing)))
    done
    row "$title" "${numbers[@]}"
    beyond=$(((numbers[3] > numbers[4] ? numbers[3] : numbers[4]) - numbers[0]))
    if [[ $limit != - ]] && ((beyond > limit)); then
        failed+="$call: $beyond beyond the bare system call, at most $limit"$'\n'
    fi
done <<'END'
send 48 `send`
recv-stream 67 `recv`, stream
recv 70 `recv`, datagram
recv-empty-stream 89 `recv`, stream, nothing there
recv-empty - `recv`, datagram, nothing there
sendto4 - `sendto`, IPv4
sendto6 - `sendto`, IPv6
recvfrom4 167 `recvfrom`, IPv4
recvfrom6 - `recvfrom`, IPv6
WSASend-1 - `WSASend`, 1 buffer
WSASend-4 - `WSASend`, 4 buffers
WSASend-16 - `WSASend`, 16 buffers
select-1 1039 `select`, 1 socket
select-64 1114 `select`, 64 sockets
select-1000 - `select`, 1,000 sockets
select-1-heap - `select`, 1 socket, set on the heap
select-64-heap - `select`, 64 sockets, set on the heap
WSAPoll-1 636 `WSAPoll`, 1 socket
WSAPoll-64 1392 `WSAPoll`, 64 sockets
WSAPoll-1000 - `WSAPoll`, 1,000 sockets
END
printf '%s' "$failed" >&2
[[ -z $failed ]]
