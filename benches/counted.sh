#!/bin/bash
# Counts the instructions of one successful send: this library's through the shared library, libc's, and the bare
# system call. Needs gcc, valgrind, and the release build. Fails where ours has more than 45 beyond the bare call.
set -euo pipefail
cd "$(dirname "$0")/.."

limit=45
libraries=${CARGO_TARGET_DIR:-target}/release
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
ln -s "$(realpath "$libraries/libws2_32.so")" "$work/libws2_32.so"
ln -s libws2_32.so "$work/libws2_32.so.2"
# -lc first: this program holds POSIX calls of its own (COMPATIBILITY.md).
gcc -O2 -Wall -Wextra -Werror -o "$work/counted" benches/counted.c -L"$work" -Wl,-rpath,"$work" -lc -lws2_32 -pthread

instructions() { # way, count, threads
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$work/counted" "$@" 2>&1 |
        sed -n 's/.*Collected : \([0-9]*\).*/\1/p'
}

# What a thousand calls more take, divided by a thousand; the rest of the program cancels out.
per_call() { # way, threads
    local few many
    few=$(instructions "$1" 1000 "$2")
    many=$(instructions "$1" 2000 "$2")
    echo $(((many - few + 500) / 1000))
}

loop=$(per_call loop one)
printf '%-28s %10s %16s\n' 'instructions per call' 'one thread' 'a second thread'
bare=0 worst=0
while read -r way title; do
    one=$(($(per_call "$way" one) - loop)) two=$(($(per_call "$way" threads) - loop))
    printf '%-28s %10d %16d\n' "$title" "$one" "$two"
    case $way in
        bare) bare=$one ;;
        ws2_32) worst=$(((one > two ? one : two) - bare)) ;;
    esac
done <<'END'
bare the system call, inline
syscall libc's syscall()
libc libc's send
ws2_32 this library's send
END
echo "this library's send: $worst beyond the bare system call, at most $limit"
((worst <= limit))
