#!/bin/bash
# packages.sh MADE: what a new user does, in a clean Debian bookworm made from packages: install the .debs, build README's program with
# gcc, with pkg-config, with CMake, with ws2cc and statically, run it; remove them; then the same from `make install`, as root
# without cargo. Wants root, mmdebstrap and dpkg-dev.
set -euo pipefail
cd "$(dirname "$0")/.."
made=$(realpath "$1")
# The Debian packages are made by `make install`, which looks below the same directory.
export CARGO_TARGET_DIR=${made%/made}
work=$(mktemp -d)
root=$work/root
trap 'rm -rf --one-file-system "$work"' EXIT

packaging/debian/build "$work/packages" >"$work/names"
# Nothing of this machine is in it, and of Debian only the compiler and the tools that find libraries.
mmdebstrap --quiet --variant=minbase --include=gcc,libc6-dev,cmake,pkgconf,make bookworm "$root"
[[ ! -e $root/usr/include/ws2_32 && ! -e $root/root/.cargo ]]
cp "$work"/packages/*.deb "$root/root/"
mkdir -p "$root/root/try" "$root/tree" "$root/target"
sed -n '/^```c example$/,/^```$/{/^```/!p}' README.md >"$root/root/try/example.c"
cat >"$root/root/try/CMakeLists.txt" <<'END'
cmake_minimum_required(VERSION 3.10)
project(example C)
find_package(ws2_32 CONFIG REQUIRED)
add_executable(shared example.c)
target_link_libraries(shared PRIVATE ws2_32::ws2_32)
add_executable(whole example.c)
target_link_libraries(whole PRIVATE ws2_32::static)
END
cat >"$root/root/builds" <<'END'
#!/bin/sh
# The program of README.md, each way that README.md shows. The first argument tells where pkg-config and CMake find it.
set -eu
cd /root/try
rm -rf build program
ran=0
run() {
    said=$("$@")
    [ "$said" = 'error 10057' ] || { echo "$*: $said" >&2; exit 1; }
    ran=$((ran + 1))
}
gcc $(pkg-config --cflags ws2_32) -o program example.c $(pkg-config --libs ws2_32); run ./program
gcc -static $(pkg-config --cflags ws2_32) -o program example.c $(pkg-config --static --libs ws2_32) 2>/dev/null; run ./program
gcc -I"$1/include/ws2_32" -o program example.c -lws2_32; run ./program
gcc -I"$1/include/ws2_32" -o program example.c -l:libws2_32.a -Wl,--gc-sections; run ./program
ws2cc -o program example.c; run ./program
ws2cc -static-ws2_32 -o program example.c; run ./program
cmake -S . -B build >/dev/null
cmake --build build >/dev/null
run build/shared
run build/whole
echo "built and run in $ran ways"
END
inside() { chroot "$root" /usr/bin/env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root "$@"; }

inside sh -c 'dpkg -i /root/*.deb >/dev/null'
echo '== the packages'
inside sh /root/builds /usr
inside dpkg --remove libws2-32-dev libws2-32-2 >/dev/null
left=$(find "$root/usr" -name '*ws2*')
[[ -z $left ]] || { echo "the packages have left $left" >&2; exit 1; }

echo '== make install, without cargo'
# What a user has after make and make pages, without the sources that only cargo reads.
cp -R Makefile Cargo.toml ./*.md LICENSE-* bin docs include packaging share tools "$root/tree/"
cp -R "$made" "$root/target/"
inside make --quiet -C /tree install CARGO_TARGET_DIR=/target
inside ldconfig
inside sh /root/builds /usr/local
inside make --quiet -C /tree uninstall CARGO_TARGET_DIR=/target
left=$(find "$root/usr/local" ! -type d ! -path "$root/usr/local/man")
[[ -z $left ]] || { echo "make uninstall has left $left" >&2; exit 1; }
