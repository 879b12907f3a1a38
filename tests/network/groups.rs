//! Multicast and broadcast: whose groups a socket hears, and by which interface what is for many goes out.

use std::time::Duration;

use ws2_32::socket::options::numbers::*;

use crate::support::network::{HERE, Pair, THERE, pair_or_return};
use crate::support::options::{self as support, *};
use crate::words::{
    WSAEADDRNOTAVAIL, at, bind, connect, group_request, membership, membership6, name, send_to, windows,
};

/// Receives what comes within a time that is long enough for what has been sent to be here; nothing may be missing.
fn received(s: usize, count: usize) -> Vec<Vec<u8>> {
    assert_eq!(support::set(s, SOL_SOCKET, SO_RCVTIMEO, 20_000), 0);
    (0..count).map(|_| recv(s, 64, 0).unwrap()).collect()
}

fn nothing_waits(s: usize) {
    assert_eq!(ioctl(s, FIONBIO, 1).0, 0);
    assert_eq!(recv(s, 64, 0), Err(WSAEWOULDBLOCK));
}

fn send_text(s: usize, text: &[u8], to: std::net::SocketAddr) {
    let to = windows(to);
    let (len, size) = (text.len().try_into().unwrap(), to.len().try_into().unwrap());
    // SAFETY: as many bytes as are told.
    let sent = unsafe { ws2_32::ffi::ws2_sendto(s, text.as_ptr().cast(), len, 0, to.as_ptr().cast(), size) };
    assert_eq!(sent, len, "{}", ws2_32::ffi::WSAGetLastError());
}

/// X20: what is sent to a group that another socket of the machine joined is not for a socket that did not, though
/// both have the port; IPv4 and IPv6, over a wire and on this machine.
#[test]
fn x20_groups_of_others() {
    let pair = pair_or_return!();
    pair.here.ip("addr add fd77::1/64 dev here nodad");
    pair.there.ip("addr add fd77::2/64 dev there nodad");
    let families = [
        (AF_INET, "0.0.0.0", ["239.77.1.1", "239.77.1.2"], HERE.to_string(), THERE.to_string()),
        (AF_INET6, "::", ["ff05::77:1", "ff05::77:2"], "fd77::1".into(), "fd77::2".into()),
    ];
    for (family, any, groups, here, there) in families {
        let sockets = pair.here.run(move || {
            let joined = |group: Option<&str>, port| {
                let s = socket(family, DATAGRAM);
                assert_eq!(support::set(s, SOL_SOCKET, SO_REUSEADDR, 1), 0);
                assert_eq!(bind(s, at(any, port)), 0);
                if let Some(group) = group {
                    assert_eq!(join(s, family, group, HERE, "here"), 0);
                }
                s
            };
            let one = joined(Some(groups[0]), 0);
            let port = name(one).unwrap().port();
            (port, [one, joined(Some(groups[0]), port), joined(Some(groups[1]), port), joined(None, port)])
        });
        let (port, [one, both, other, none]) = sockets;
        let from_there = move |to: String, text: &'static [u8]| {
            let s = socket(family, DATAGRAM);
            assert_eq!(send_by(s, family, THERE, "there"), 0);
            send_text(s, text, at(&to, port));
            close(s);
        };
        for (group, text) in [(groups[0], &b"first"[..]), (groups[1], b"second")] {
            pair.there.run(move || from_there(group.to_owned(), text));
        }
        assert_eq!(received(one, 1), [b"first"]);
        assert_eq!(received(both, 1), [b"first"]);
        assert_eq!(received(other, 1), [b"second"]);
        // A unicast datagram that was sent later is there, so what was sent before is not on its way any more.
        pair.there.run(move || from_there(here, b"last"));
        let last = until_some(|| [one, both, other, none].into_iter().find(|s| ioctl(*s, FIONREAD, 0).1 > 0));
        assert_eq!(received(last, 1), [b"last"]);
        [one, both, other, none].into_iter().for_each(nothing_waits);
        let _ = there;
        // The same from this machine.
        pair.here.run(move || {
            let s = socket(family, DATAGRAM);
            assert_eq!(send_by(s, family, HERE, "here"), 0);
            send_text(s, b"own", at(groups[1], port));
            close(s);
        });
        until("it arrives", || ioctl(other, FIONREAD, 0).1 > 0);
        [one, both, none].into_iter().for_each(nothing_waits);
        assert_eq!(received_now(other), b"own");
        for s in [one, both, other, none] {
            close(s);
        }
    }
}

/// X20 of a socket of both families: a group of IPv4 that another socket joined is not for it.
#[test]
fn x20_of_both_families() {
    let pair = pair_or_return!();
    pair.here.run(|| {
        let s = socket(AF_INET6, DATAGRAM);
        assert_eq!(support::set(s, IPPROTO_IPV6, IPV6_V6ONLY, 0), 0);
        assert_eq!(support::set(s, SOL_SOCKET, SO_REUSEADDR, 1), 0);
        assert_eq!(bind(s, at("::", 0)), 0);
        let port = name(s).unwrap().port();
        let other = socket(AF_INET, DATAGRAM);
        assert_eq!(support::set(other, SOL_SOCKET, SO_REUSEADDR, 1), 0);
        assert_eq!(bind(other, at("0.0.0.0", port)), 0);
        assert_eq!(join(other, AF_INET, "239.77.4.1", HERE, "here"), 0);
        let sender = socket(AF_INET, DATAGRAM);
        assert_eq!(send_by(sender, AF_INET, HERE, "here"), 0);
        // When the second one has arrived, all of the first one has.
        for text in [b"first ", b"second"] {
            send_text(sender, text, at("239.77.4.1", port));
            assert_eq!(received(other, 1), [text]);
        }
        nothing_waits(s);
        for s in [s, other, sender] {
            close(s);
        }
    });
}

fn received_now(s: usize) -> Vec<u8> {
    recv(s, 64, 0).unwrap()
}

fn until_some<T>(ask: impl FnMut() -> Option<T>) -> T {
    crate::support::waiting::until("it happens", ask)
}

fn index(device: &str) -> u32 {
    let name = std::ffi::CString::new(device).unwrap();
    // SAFETY: a name with its end.
    let index = unsafe { libc::if_nametoindex(name.as_ptr()) };
    assert_ne!(index, 0, "{device}");
    index
}

fn join(s: usize, family: i32, group: &str, own: std::net::Ipv4Addr, device: &str) -> i32 {
    if family == AF_INET {
        set_bytes(s, IPPROTO_IP, IP_ADD_MEMBERSHIP, &membership(group, &own.to_string()))
    } else {
        set_bytes(s, IPPROTO_IPV6, IPV6_ADD_MEMBERSHIP, &membership6(group, index(device)))
    }
}

fn send_by(s: usize, family: i32, own: std::net::Ipv4Addr, device: &str) -> i32 {
    if family == AF_INET {
        set_bytes(s, IPPROTO_IP, IP_MULTICAST_IF, &own.octets())
    } else {
        support::set(s, IPPROTO_IPV6, IPV6_MULTICAST_IF, index(device))
    }
}

/// X20: who leaves a group does not hear it any more, and who joined before binding does.
#[test]
fn x20_joined_before_bind_and_left() {
    let pair = pair_or_return!();
    pair.here.run(|| {
        let s = socket(AF_INET, DATAGRAM);
        assert_eq!(join(s, AF_INET, "239.77.2.1", HERE, "here"), 0);
        assert_eq!(bind(s, at("0.0.0.0", 0)), 0);
        let to = at("239.77.2.1", name(s).unwrap().port());
        let sender = socket(AF_INET, DATAGRAM);
        assert_eq!(send_by(sender, AF_INET, HERE, "here"), 0);
        send_text(sender, b"heard", to);
        assert_eq!(received(s, 1), [b"heard"]);
        let request = membership("239.77.2.1", &HERE.to_string());
        assert_eq!(set_bytes(s, IPPROTO_IP, IP_DROP_MEMBERSHIP, &request), 0);
        send_text(sender, b"not heard", to);
        send_text(sender, b"own", at("127.0.0.1", to.port()));
        assert_eq!(received(s, 1), [b"own"]);
        nothing_waits(s);
        close(s);
        close(sender);
    });
}

/// X23: without a route, what is for everybody goes by the first interface that is up; a socket that is bound uses its
/// own. Nothing of it changes what the socket remembers.
#[test]
fn x23_without_a_route() {
    let pair = pair_or_return!();
    for kind in ["unbound", "bound", "connected"] {
        let (receiver, port) = pair.there.run(|| {
            let s = socket(AF_INET, DATAGRAM);
            assert_eq!(bind(s, at("0.0.0.0", 0)), 0);
            let request = membership("239.77.3.1", &THERE.to_string());
            assert_eq!(set_bytes(s, IPPROTO_IP, IP_ADD_MEMBERSHIP, &request), 0);
            (s, name(s).unwrap().port())
        });
        pair.here.run(move || {
            let s = socket(AF_INET, DATAGRAM);
            assert_eq!(support::set(s, SOL_SOCKET, SO_BROADCAST, 1), 0);
            if kind == "bound" {
                assert_eq!(bind(s, at(&HERE.to_string(), 0)), 0);
            }
            for to in [at("255.255.255.255", port), at("239.77.3.1", port)] {
                if kind == "connected" {
                    assert_eq!(connect(s, to), 0, "{to}");
                    support::send(s, b"x", 0);
                } else {
                    assert_eq!(send_to(s, to), 0, "{to}");
                }
            }
            let mapped = socket(AF_INET6, DATAGRAM);
            assert_eq!(support::set(mapped, IPPROTO_IPV6, IPV6_V6ONLY, 0), 0);
            assert_eq!(send_to(mapped, at("::ffff:239.77.3.1", port)), 0);
            // A particular host stays out of reach.
            assert_eq!(send_to(s, at("192.0.2.1", 9)), crate::words::WSAENETUNREACH);
            close(s);
            close(mapped);
        });
        assert_eq!(received(receiver, 3), [b"x"; 3], "{kind}");
        close(receiver);
    }
}

/// X23: a group is joined, and left, where no route leads to it and no interface is named; by each way to say it.
#[test]
fn x23_joining_without_a_route() {
    let pair = pair_or_return!();
    pair.here.run(|| {
        let group = at("239.77.4.1", 0);
        let (any, source) = (membership("239.77.4.1", "0.0.0.0"), at("10.77.0.2", 0));
        let with_source = [&any[..4], &[10, 77, 0, 2], &[0; 4]].concat();
        let rows = [
            (IP_ADD_MEMBERSHIP, IP_DROP_MEMBERSHIP, any),
            (MCAST_JOIN_GROUP, MCAST_LEAVE_GROUP, group_request(0, group, None)),
            (MCAST_JOIN_SOURCE_GROUP, MCAST_LEAVE_SOURCE_GROUP, group_request(0, group, Some(source))),
            (IP_ADD_SOURCE_MEMBERSHIP, IP_DROP_SOURCE_MEMBERSHIP, with_source),
        ];
        for (enter, leave, value) in rows {
            let s = socket(AF_INET, DATAGRAM);
            assert_eq!(set_bytes(s, IPPROTO_IP, enter, &value), 0, "option {enter}");
            // Joined already: the group, or the source.
            let is_source = [MCAST_JOIN_SOURCE_GROUP, IP_ADD_SOURCE_MEMBERSHIP].contains(&enter);
            let expected = if is_source { WSAEADDRNOTAVAIL } else { WSAEINVAL };
            assert_eq!(set_bytes(s, IPPROTO_IP, enter, &value), expected, "option {enter}, joined already");
            assert_eq!(set_bytes(s, IPPROTO_IP, leave, &value), 0, "option {leave}");
            assert_eq!(
                set_bytes(s, IPPROTO_IP, leave, &value),
                WSAEADDRNOTAVAIL,
                "option {leave}, left already"
            );
            close(s);
        }
        let s = socket(AF_INET, DATAGRAM);
        let far = membership("239.77.4.1", "192.0.2.1");
        assert_eq!(set_bytes(s, IPPROTO_IP, IP_ADD_MEMBERSHIP, &far), WSAEADDRNOTAVAIL, "no such interface");
        close(s);
    });
}

/// An address of another family than the level's is no value of the options of groups.
#[test]
fn groups_of_another_family() {
    let (four, six) = (at("239.1.2.3", 0), at("ff05::1", 0));
    let (host4, host6) = (at("10.1.2.3", 0), at("fd00::1", 0));
    for (family, level, right, wrong, host, wrong_host) in
        [(AF_INET, IPPROTO_IP, four, six, host4, host6), (AF_INET6, IPPROTO_IPV6, six, four, host6, host4)]
    {
        let s = socket(family, DATAGRAM);
        for option in [MCAST_JOIN_GROUP, MCAST_LEAVE_GROUP] {
            assert_eq!(set_bytes(s, level, option, &group_request(1, wrong, None)), WSAEINVAL, "{option}");
        }
        let with_source =
            [MCAST_JOIN_SOURCE_GROUP, MCAST_LEAVE_SOURCE_GROUP, MCAST_BLOCK_SOURCE, MCAST_UNBLOCK_SOURCE];
        for option in with_source {
            for (group, source) in [(wrong, host), (right, wrong_host), (wrong, wrong_host)] {
                let value = group_request(1, group, Some(source));
                assert_eq!(set_bytes(s, level, option, &value), WSAEINVAL, "{option}");
            }
        }
        let mut unknown = group_request(1, right, None);
        unknown[8] = 99;
        assert_eq!(set_bytes(s, level, MCAST_JOIN_GROUP, &unknown), WSAEINVAL);
        close(s);
    }
}

/// IP_RECEIVE_BROADCAST and IP_IFLIST: what a socket does not want to hear, it does not.
#[test]
fn what_is_not_to_be_heard() {
    let pair = pair_or_return!();
    let (s, port) = pair.here.run(|| {
        let s = socket(AF_INET, DATAGRAM);
        assert_eq!(bind(s, at("0.0.0.0", 0)), 0);
        (s, name(s).unwrap().port())
    });
    let index = pair.here.run(|| index("here"));
    // From the other machine and from this one: a broadcast, a datagram for the host.
    let heard = |pair: &Pair| {
        let send = move |own: &'static [u8]| {
            let sender = socket(AF_INET, DATAGRAM);
            assert_eq!(support::set(sender, SOL_SOCKET, SO_BROADCAST, 1), 0);
            send_text(sender, &[own, b" all"].concat(), at("10.77.0.255", port));
            send_text(sender, &[own, b" one"].concat(), at("10.77.0.1", port));
            close(sender);
        };
        pair.there.run(move || send(b"there"));
        pair.here.run(move || {
            send(b"here");
            let sender = socket(AF_INET, DATAGRAM);
            assert_eq!(support::set(sender, SOL_SOCKET, SO_BROADCAST, 1), 0);
            close(sender);
        });
        // The end of it, which is heard whatever the options say: it comes by none that they could forbid.
        let mut heard = Vec::new();
        assert_eq!(support::set(s, SOL_SOCKET, SO_RCVTIMEO, 300), 0);
        while let Ok(text) = recv(s, 64, 0) {
            heard.push(String::from_utf8(text).unwrap());
        }
        heard.sort();
        heard
    };
    let all = ["here all", "here one", "there all", "there one"];
    assert_eq!(heard(&pair), all);
    assert_eq!(get(s, IPPROTO_IP, IP_RECEIVE_BROADCAST), Ok(1));
    assert_eq!(support::set(s, IPPROTO_IP, IP_RECEIVE_BROADCAST, 0), 0);
    assert_eq!(heard(&pair), ["here one", "there one"]);
    assert_eq!(get(s, IPPROTO_IP, IP_RECEIVE_BROADCAST), Ok(0));
    assert_eq!(support::set(s, IPPROTO_IP, IP_IFLIST, 1), 0);
    assert_eq!(heard(&pair), [""; 0], "the list is empty");
    assert_eq!(support::set(s, IPPROTO_IP, IP_ADD_IFLIST, index), 0);
    assert_eq!(support::set(s, IPPROTO_IP, IP_ADD_IFLIST, index + 7), 0);
    assert_eq!(heard(&pair), ["there one"], "own ones come by the loopback");
    let listed = [index.to_ne_bytes(), (index + 7).to_ne_bytes()].concat();
    assert_eq!(get_bytes(s, IPPROTO_IP, IP_GET_IFLIST, 8), (0, listed, 8));
    assert_eq!(support::set(s, IPPROTO_IP, IP_RECEIVE_BROADCAST, 1), 0);
    assert_eq!(
        heard(&pair),
        ["here all", "there all", "there one"],
        "a looped broadcast comes by the wire's"
    );
    assert_eq!(support::set(s, IPPROTO_IP, IP_DEL_IFLIST, index), 0);
    assert_eq!(heard(&pair), [""; 0]);
    assert_eq!(support::set(s, IPPROTO_IP, IP_DEL_IFLIST, index), WSAEADDRNOTAVAIL);
    assert_eq!(support::set(s, IPPROTO_IP, IP_IFLIST, 0), 0);
    assert_eq!(heard(&pair), all);
    let _ = Duration::ZERO;
    close(s);
}

/// XT13: a leaf hears its group, which sockets that did not join do not; who is only to send joins nothing.
#[test]
fn xt13_a_leaf_hears_its_group() {
    crate::support::calls::stay_started();
    const SENDER_ONLY: u32 = 1;
    const RECEIVER_ONLY: u32 = 2;
    const BOTH: u32 = 4;
    let pair = pair_or_return!();
    pair.here.ip("addr add fd77::1/64 dev here nodad");
    pair.there.ip("addr add fd77::2/64 dev there nodad");
    // Without a route for groups a joining by no interface has none to choose.
    pair.here.ip("route add 224.0.0.0/4 dev here");
    for (family, any, group) in [(AF_INET, "0.0.0.0", "239.77.9.1"), (AF_INET6, "::", "ff05::77:9")] {
        let leaf = move |flags, port| {
            let none = std::ptr::null_mut::<std::ffi::c_void>;
            // SAFETY: NULL is allowed; of IPv6 or IPv4, datagrams, UDP; overlapped, a leaf for control and data.
            let s = unsafe { ws2_32::ffi::WSASocketA(family, DATAGRAM, 17, none().cast(), 0, 0x15) };
            assert_eq!(support::set(s, SOL_SOCKET, SO_REUSEADDR, 1), 0);
            assert_eq!(bind(s, at(any, port)), 0);
            // The interface goes with the address of IPv6, as its scope.
            let mut to = windows(at(group, port));
            if family == AF_INET6 {
                to[24..28].copy_from_slice(&index("here").to_ne_bytes());
            }
            let len = to.len().try_into().unwrap();
            let name = to.as_ptr().cast();
            // SAFETY: as many bytes as are told, and NULL.
            let joined = unsafe {
                ws2_32::ffi::WSAJoinLeaf(
                    s,
                    name,
                    len,
                    none().cast(),
                    none().cast(),
                    none().cast(),
                    none().cast(),
                    flags,
                )
            };
            assert_eq!(joined, s, "{family}, {flags}: {}", ws2_32::ffi::WSAGetLastError());
            s
        };
        let sockets = pair.here.run(move || {
            let first = leaf(BOTH, 0);
            let port = name(first).unwrap().port();
            (port, [first, leaf(RECEIVER_ONLY, port), leaf(SENDER_ONLY, port)])
        });
        let (port, [both, receiver, sender]) = sockets;
        pair.there.run(move || {
            let s = socket(family, DATAGRAM);
            assert_eq!(send_by(s, family, THERE, "there"), 0);
            send_text(s, b"to the group", at(group, port));
            close(s);
        });
        assert_eq!(received(both, 1), [b"to the group"]);
        assert_eq!(received(receiver, 1), [b"to the group"]);
        nothing_waits(sender);
        for s in [both, receiver, sender] {
            close(s);
        }
    }
}
