//! Commands of `WSAIoctl`.

use std::net::Ipv4Addr;
use std::ptr::null_mut;

use ws2_32::ffi::*;
use ws2_32::socket::options::numbers::*;

use crate::support::network::{HERE, Net, pair_or_return, possible};
use crate::support::options::{self as support, *};
use crate::words::{WSAEAFNOSUPPORT, WSAENOTCONN, at, windows};

/// The code, the count of bytes (which is 77 before), and the output.
pub(crate) fn command(s: usize, command: i32, input: &[u8], room: usize) -> (i32, u32, Vec<u8>) {
    let (mut output, mut count) = (vec![0xef_u8; room], 77);
    let (from, to) = (input.as_ptr().cast_mut().cast(), output.as_mut_ptr().cast());
    let from = if input.is_empty() { null_mut() } else { from };
    let (input_len, room) = (input.len().try_into().unwrap(), room.try_into().unwrap());
    let command = command.cast_unsigned();
    // SAFETY: memory of this function, and its sizes.
    let result = unsafe { WSAIoctl(s, command, from, input_len, to, room, &raw mut count, null_mut(), None) };
    let code = outcome(result);
    if code == 0 {
        // An answer that points into itself is only good where it is.
        return (0, count, output);
    }
    (code, count, output)
}

/// X5: a command that fails says that it wrote nothing.
#[test]
fn x5_the_count_of_a_command_that_fails() {
    let (tcp, udp) = (socket(AF_INET, STREAM), socket(AF_INET, DATAGRAM));
    let rows = [
        (tcp, SIO_KEEPALIVE_VALS, &[][..], 0, WSAEFAULT),
        (tcp, SIO_KEEPALIVE_VALS, &[1; 11][..], 0, WSAEFAULT),
        (tcp, 0xdead_beef_u32.cast_signed(), &[][..], 0, WSAEOPNOTSUPP),
        (tcp, SIO_GET_INTERFACE_LIST, &[][..], 10, WSAEFAULT),
        (tcp, FIONREAD, &[][..], 3, WSAEFAULT),
        (tcp, FIONBIO, &[1][..], 0, WSAEFAULT),
        (udp, SIO_KEEPALIVE_VALS, &[0; 12][..], 0, WSAEOPNOTSUPP),
        (udp, SIO_UDP_CONNRESET, &[][..], 0, WSAEFAULT),
    ];
    for (s, number, input, room, expected) in rows {
        let (code, count, output) = command(s, number, input, room);
        assert_eq!((code, count), (expected, 0), "{number:#x}");
        assert!(output.iter().all(|byte| *byte == 0xef), "{number:#x}");
    }
    assert_eq!(command(tcp, FIONBIO, &[0; 4], 0).1, 0);
    assert_eq!(command(usize::MAX, FIONREAD, &[], 4).1, 77, "there is no socket");
    close(tcp);
    close(udp);
}

/// X9: commands that change nothing here, and how far to send ahead.
#[test]
fn x9_small_commands() {
    let s = socket(AF_INET, DATAGRAM);
    assert_eq!(command(s, SIO_ENABLE_CIRCULAR_QUEUEING, &[], 0).0, 0);
    assert_eq!(command(s, SIO_IDEAL_SEND_BACKLOG_QUERY, &[], 4).0, WSAEOPNOTSUPP);
    for (number, option, value) in
        [(SIO_MULTIPOINT_LOOPBACK, IP_MULTICAST_LOOP, 0), (SIO_MULTICAST_SCOPE, IP_MULTICAST_TTL, 9_u32)]
    {
        assert_eq!(command(s, number, &value.to_ne_bytes(), 0).0, 0);
        assert_eq!(get(s, IPPROTO_IP, option), Ok(value));
    }
    close(s);
    let fresh = socket(AF_INET, STREAM);
    assert_eq!(command(fresh, SIO_IDEAL_SEND_BACKLOG_QUERY, &[], 4).0, WSAENOTCONN);
    assert_eq!(command(fresh, SIO_MULTICAST_SCOPE, &[1; 4], 0).0, WSAEOPNOTSUPP);
    close(fresh);
    let (near, far) = pair();
    for s in [near, far] {
        let (code, count, output) = command(s, SIO_IDEAL_SEND_BACKLOG_QUERY, &[], 4);
        assert_eq!((code, count, output), (0, 4, 0x1_0000_u32.to_ne_bytes().to_vec()));
        close(s);
    }
}

/// The addresses of a list that `SIO_ADDRESS_LIST_QUERY` wrote, followed through its pointers.
fn addresses(s: usize) -> (i32, u32, Vec<Vec<u8>>) {
    let (mut output, mut count) = ([0_u64; 256], 77);
    let (to, number) = (output.as_mut_ptr().cast(), SIO_ADDRESS_LIST_QUERY.cast_unsigned());
    // SAFETY: memory of this function, and its sizes.
    let result = unsafe { WSAIoctl(s, number, null_mut(), 0, to, 2048, &raw mut count, null_mut(), None) };
    let code = outcome(result);
    let base = output.as_ptr() as u64;
    let bytes: Vec<u8> = output.iter().flat_map(|word| word.to_ne_bytes()).collect();
    let listed = usize::try_from(output[0] & 0xffff_ffff).unwrap();
    let found = (0..listed).map(|at| {
        let pointer = usize::try_from(output[1 + 2 * at] - base).unwrap();
        let len = usize::try_from(output[2 + 2 * at] & 0xffff_ffff).unwrap();
        assert!(pointer + len <= usize::try_from(count).unwrap(), "inside of what was written");
        bytes[pointer..pointer + len].to_vec()
    });
    (code, count, found.collect())
}

/// X9: the list of addresses, of the socket's family; and how much room it needs.
#[test]
fn x9_address_list() {
    let pair = pair_or_return!();
    pair.here.ip("addr add 10.77.9.1/24 dev here");
    pair.here.ip("addr add fd77::9/64 dev here nodad");
    pair.here.run(|| {
        let s = socket(AF_INET, DATAGRAM);
        let expected: Vec<Vec<u8>> =
            [HERE.to_string(), "10.77.9.1".into()].map(|host| windows(at(&host, 0))).to_vec();
        let whole = 8 + 2 * 32;
        assert_eq!(addresses(s), (0, whole, expected));
        assert_eq!(command(s, SIO_ADDRESS_LIST_QUERY, &[], whole as usize - 1).0, WSAEFAULT);
        assert_eq!(command(s, SIO_ADDRESS_LIST_QUERY, &[], whole as usize - 1).1, whole);
        assert_eq!(command(s, SIO_ADDRESS_LIST_QUERY, &[], 8).1, whole);
        assert_eq!(command(s, SIO_ADDRESS_LIST_QUERY, &[], 0).0, WSAEFAULT);
        for room in [1, 7] {
            let (code, count, _) = command(s, SIO_ADDRESS_LIST_QUERY, &[], room);
            assert_eq!((code, count), (WSAEINVAL, 0));
        }
        close(s);
        let s = socket(AF_INET6, STREAM);
        let (code, _, found) = addresses(s);
        assert_eq!(code, 0);
        assert!(found.contains(&windows(at("fd77::9", 0))), "{found:?}");
        assert!(found.iter().all(|address| address.len() == 28 && address[0] == 23));
        close(s);
    });
}

/// X9: where the loopback is all there is, it is in the list.
#[test]
fn x9_address_list_of_a_lonely_machine() {
    if !possible() {
        return;
    }
    Net::new().run(|| {
        let s = socket(AF_INET, STREAM);
        assert_eq!(addresses(s), (0, 40, vec![windows(at("127.0.0.1", 0))]));
        close(s);
    });
}

/// X9: waiting for a change of addresses, or of the way to a host.
#[test]
fn x9_changes() {
    let pair = pair_or_return!();
    for number in [SIO_ADDRESS_LIST_CHANGE, SIO_ROUTING_INTERFACE_CHANGE] {
        let to = windows(at("10.77.0.2", 0));
        let s = pair.here.run(|| socket(AF_INET, DATAGRAM));
        assert_eq!(ioctl(s, FIONBIO, 1).0, 0);
        let input = if number == SIO_ADDRESS_LIST_CHANGE { vec![] } else { to };
        assert_eq!(command(s, number, &input, 0).0, WSAEWOULDBLOCK);
        assert_eq!(ioctl(s, FIONBIO, 0).0, 0);
        let given = input.clone();
        let (say, heard) = std::sync::mpsc::channel();
        std::thread::scope(|scope| {
            let net = &pair.here;
            scope.spawn(move || {
                // The thread of the namespace is busy waiting, so the change is made from outside, again and again
                // until it is seen: it may come before the waiting begins.
                let link = format!("/proc/{}/ns/net", net.thread_id());
                let mut number = 0;
                while heard.recv_timeout(std::time::Duration::from_millis(50)).is_err() {
                    number += 1;
                    let word = if number % 2 == 1 { "add" } else { "del" };
                    let done = std::process::Command::new("nsenter")
                        .args([&format!("--net={link}"), "ip", "addr", word, "10.77.0.77/32", "dev", "here"])
                        .status()
                        .unwrap();
                    assert!(done.success());
                    if number % 2 == 1 {
                        route(&link, "replace", "10.77.0.2/32 dev here src 10.77.0.77");
                    }
                }
                if number % 2 == 1 {
                    let args =
                        [&format!("--net={link}"), "ip", "addr", "del", "10.77.0.77/32", "dev", "here"];
                    assert!(std::process::Command::new("nsenter").args(args).status().unwrap().success());
                }
            });
            let result = pair.here.run(move || command(s, number, &given, 0));
            say.send(()).unwrap();
            assert_eq!((result.0, result.1), (0, 0));
        });
        // Closing ends the wait.
        let waiting = pair.here.run(move || {
            let waiter = std::thread::spawn(move || command(s, number, &input, 0).0);
            closed_while_waiting(s, &waiter);
            waiter.join().unwrap()
        });
        assert!([10004, WSAENOTSOCK].contains(&waiting), "{waiting}");
    }
}

fn route(link: &str, word: &str, what: &str) {
    let words = what.split_whitespace();
    let mut command = std::process::Command::new("nsenter");
    command.args([&format!("--net={link}"), "ip", "route", word]).args(words);
    assert!(command.status().unwrap().success());
}

/// Closes a socket when another thread sleeps in the kernel, or is done.
fn closed_while_waiting<T>(s: usize, _waiter: &std::thread::JoinHandle<T>) {
    std::thread::sleep(std::time::Duration::from_millis(30));
    close(s);
}

/// X9: of IPv4 only, and without a broadcast address there is none.
#[test]
fn x9_interface_list() {
    let s = socket(AF_INET6, DATAGRAM);
    assert_eq!(command(s, SIO_GET_INTERFACE_LIST, &[], 7600).0, WSAEINVAL);
    close(s);
    let s = socket(AF_INET, DATAGRAM);
    let (code, count, list) = command(s, SIO_GET_INTERFACE_LIST, &[], 7600);
    assert_eq!(code, 0);
    let loopback = list[..count as usize].chunks(76).find(|info| info[8..12] == [127, 0, 0, 1]).unwrap();
    assert_eq!(loopback[28..52], [0; 24], "no broadcast address, no family");
    close(s);
}

/// X10: what is asked about, and the room for the answer.
#[test]
fn x10_routing_query() {
    let s = socket(AF_INET, DATAGRAM);
    let ask = |input: &[u8], room| {
        let (code, count, output) = command(s, SIO_ROUTING_INTERFACE_QUERY, input, room);
        (code, count, output)
    };
    let host = |host: Ipv4Addr| windows(at(&host.to_string(), 0));
    let loopback = host(Ipv4Addr::LOCALHOST);
    assert_eq!(ask(&loopback, 16), (0, 16, loopback.clone()));
    for input in [&loopback[..15], &[], &host(Ipv4Addr::UNSPECIFIED), &[&loopback[..], &[0]].concat()] {
        let (code, count, _) = ask(input, 16);
        assert_eq!((code, count), (WSAEINVAL, 77), "{input:?}");
    }
    for room in [0, 1, 15] {
        let (code, count, _) = ask(&loopback, room);
        assert_eq!((code, count), (WSAEFAULT, 16), "{room}");
    }
    let six = windows(at("::1", 0));
    assert_eq!(ask(&six, 28), (0, 28, six.clone()));
    assert_eq!((ask(&six, 16).0, ask(&six, 16).1), (WSAEFAULT, 28));
    assert_eq!(ask(&windows(at("::", 0)), 28).0, WSAEINVAL);
    assert_eq!(ask(&[&99_u16.to_ne_bytes()[..], &[0; 14]].concat(), 16).0, WSAEAFNOSUPPORT);
    let _ = support::LOOPBACK;
    close(s);
}
