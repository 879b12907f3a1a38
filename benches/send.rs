//! This library's `send`, through the shared library, against libc's `send` and the bare system call.
//!
//! `cargo bench` measures each by itself with criterion, then all three in turn for the ratios: a machine that
//! gets slower or faster meanwhile does so for all. Only sending is timed: as much as the socket's buffers hold, and
//! then the same thread reads it, untimed, so that no scheduler has a say. libc's `send` is a cancellation point,
//! which costs from the second thread on.

#![allow(clippy::unwrap_used, reason = "a benchmark may fail by panicking")]

mod common;

use std::os::fd::AsRawFd;
use std::time::Duration;

use common::{Ours, Pair, at_once, in_turn, print_heading, repeat, with_one_and_two_threads};
use criterion::{BenchmarkId, Criterion, Throughput};

type Send = unsafe extern "C" fn(usize, *const u8, i32, i32) -> i32;

/// The ways to send; the last is this library's.
const WAYS: [&str; 3] = ["bare", "libc", "ws2_32"];

/// Sends `count` times.
fn send(pair: &Pair, way: &str, ours: Send, data: &[u8], count: u64) -> Duration {
    let fd = pair.socket.as_raw_fd();
    let (pointer, len) = (data.as_ptr(), i32::try_from(data.len()).unwrap());
    let socket = usize::try_from(fd).unwrap();
    let part = at_once(data.len());
    let nothing = |_| ();
    let drain = |_| pair.drain();
    match way {
        "bare" => {
            let send = || {
                let flags = libc::MSG_NOSIGNAL.unsigned_abs() as usize;
                let sendto = syscalls::Sysno::sendto as usize;
                // SAFETY: the kernel reads from `data`, which lives until the call returns.
                unsafe { syscalls::raw::syscall6(sendto, socket, pointer as usize, data.len(), flags, 0, 0) }
            };
            repeat(count, part, data.len(), nothing, send, drain)
        }
        "libc" => {
            // SAFETY: as above.
            let send = || unsafe { libc::send(fd, pointer.cast(), data.len(), libc::MSG_NOSIGNAL) };
            repeat(count, part, data.len().cast_signed(), nothing, send, drain)
        }
        _ => {
            // SAFETY: as above.
            let send = || unsafe { ours(socket, pointer, len, 0) };
            repeat(count, part, len, nothing, send, drain)
        }
    }
}

fn sizes(kind: &str) -> [usize; 4] {
    [1, 64, 1400, if kind == "udp" { 65507 } else { 65536 }]
}

fn measure(criterion: &mut Criterion, ours: &Ours, threads: &str) {
    // SAFETY: its type.
    let function = unsafe { ours.function::<Send>("ws2_send") };
    let mut table = Vec::new();
    for kind in ["udp", "tcp", "unix"] {
        for size in sizes(kind) {
            let data = vec![0; size];
            let pair = Pair::new(ours, kind);
            let run = |way, count| send(&pair, way, function, &data, count);
            let mut group = criterion.benchmark_group(format!("{kind}, {threads}"));
            group.throughput(Throughput::Bytes(size as u64));
            for way in WAYS {
                group.bench_function(BenchmarkId::new(way, size), |bencher| {
                    bencher.iter_custom(|count| run(way, count));
                });
            }
            group.finish();
            let batch = if size > 10_000 { 64 } else { 512 };
            let [bare, libc, ws2] = in_turn(
                [&mut |count| run("bare", count), &mut |count| run("libc", count), &mut |count| {
                    run("ws2_32", count)
                }],
                batch,
            );
            table.push(format!(
                "| {kind} | {size} | {threads} | {bare:.0} | {libc:.0} | {ws2:.0} | {:.2} | {:.2} |",
                ws2 / libc,
                ws2 / bare
            ));
        }
    }
    println!("{}", table.join("\n"));
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let ours = Ours::load();
    print_heading(
        "| socket | bytes | threads | bare, ns | libc, ns | ws2_32, ns | ws2_32 : libc | ws2_32 : bare |",
    );
    with_one_and_two_threads(|threads| measure(&mut criterion, &ours, threads));
    criterion.final_summary();
}
