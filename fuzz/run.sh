#!/bin/sh
# Runs every fuzz target for a bounded time: fuzz/run.sh [SECONDS for each target, 20 if left out] [TARGET ...]
# Needs a nightly toolchain and a C++ compiler (for libFuzzer); not the program cargo-fuzz, which does the same.
# Exit code 0: nothing found; 77: left out, and one line says why; else a target has found something.
set -eu
cd "$(dirname "$0")"

seconds=${1:-20}
[ $# -gt 0 ] && shift
# shellcheck disable=SC2046 # names of targets have no spaces
[ $# -gt 0 ] || set -- $(cd fuzz_targets && ls | sed -n 's/\.rs$//p')

left_out() {
    echo "LEFT OUT: fuzzing: $1" >&2
    exit 77
}
host=$(rustc +nightly -vV 2>/dev/null | sed -n 's/^host: //p')
[ -n "$host" ] || left_out "no nightly toolchain"
command -v c++ >/dev/null || left_out "no C++ compiler"

# What cargo-fuzz passes: coverage counters for libFuzzer, and AddressSanitizer.
RUSTFLAGS="--cfg fuzzing -Zsanitizer=address -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
-Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
-Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1"
export RUSTFLAGS
cargo +nightly build --release --quiet --locked --target "$host" || left_out "the targets do not build"

built=${CARGO_TARGET_DIR:-target}/$host/release
for target in "$@"; do
    mkdir -p "corpus/$target" "artifacts/$target"
    [ ! -d "seeds/$target" ] || cp "seeds/$target"/* "corpus/$target"
    echo "fuzzing $target for $seconds seconds"
    "$built/$target" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 -verbosity=0 -print_final_stats=1 \
        -artifact_prefix="artifacts/$target/" "corpus/$target" 2>"artifacts/$target/log" || {
        cat "artifacts/$target/log"
        echo "$target has found something; run it again: $built/$target artifacts/$target/FILE" >&2
        exit 1
    }
    sed -n 's/^stat::number_of_executed_units: */executed: /p' "artifacts/$target/log"
done
