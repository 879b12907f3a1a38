#!/bin/sh
# Keeps what fuzzing has found to be worth trying: fuzz/keep.sh [TARGET ...]
# After fuzz/run.sh: of all inputs in corpus/ and seeds/, the smallest set that reaches the same code becomes seeds/, from which every run
# begins. Inputs are named by what they hold.
set -eu
cd "$(dirname "$0")"
# shellcheck disable=SC2046 # names of targets have no spaces
[ $# -gt 0 ] || set -- $(cd fuzz_targets && ls | sed -n 's/\.rs$//p')
host=$(rustc +nightly -vV | sed -n 's/^host: //p')
built=${CARGO_TARGET_DIR:-target}/$host/release
for target in "$@"; do
    mkdir -p "corpus/$target" "seeds/$target" "kept/$target"
    "$built/$target" -set_cover_merge=1 "kept/$target" "seeds/$target" "corpus/$target" 2>"kept/$target.log" || { cat "kept/$target.log" >&2; exit 1; }
    rm -rf "seeds/$target"
    mv "kept/$target" "seeds/$target"
    echo "$target: $(find "seeds/$target" -type f | wc -l) inputs, $(cat "seeds/$target"/* | wc -c) bytes"
done
rm -rf kept
