//! X19, Q25: groups and broadcasts for a datagram socket that is bound to one address of this machine.

use std::net::SocketAddr;
use std::ptr::null_mut;

use ws2_32::ffi::types::select::*;
use ws2_32::ffi::*;
use ws2_32::socket::options::numbers::*;

use crate::support::network::{HERE, Net, Pair, ROUTER, THERE, pair_or_return};
use crate::support::options::{self as support, *};
use crate::support::process::{Blocked, alone, descriptors, here};
use crate::support::stops::{Place, disturbed, put_under};
use crate::words::{at, bind, group_request, membership, membership6, name, scoped, windows};

const GROUP: &str = "239.77.19.1";

/// A socket of `net`, bound to an address.
fn bound(net: &Net, to: SocketAddr) -> usize {
    net.run(move || {
        let s = socket(if to.is_ipv4() { AF_INET } else { AF_INET6 }, DATAGRAM);
        assert_eq!(bind(s, to), 0, "{to}");
        assert_eq!(support::set(s, SOL_SOCKET, SO_RCVTIMEO, 20_000), 0);
        s
    })
}

/// Sends from a machine, groups and broadcasts by its address on the wire.
fn send_from(net: &Net, own: std::net::Ipv4Addr, text: &'static [u8], to: SocketAddr) {
    net.run(move || {
        let s = socket(AF_INET, DATAGRAM);
        assert_eq!(bind(s, at(&own.to_string(), 0)), 0);
        assert_eq!(support::set(s, SOL_SOCKET, SO_BROADCAST, 1), 0);
        assert_eq!(set_bytes(s, IPPROTO_IP, IP_MULTICAST_IF, &own.octets()), 0);
        send_text(s, text, to);
        close(s);
    });
}

fn send_text(s: usize, text: &[u8], to: SocketAddr) {
    let to = windows(to);
    let (len, size) = (text.len().try_into().unwrap(), to.len().try_into().unwrap());
    // SAFETY: as many bytes as are told.
    let sent = unsafe { ws2_sendto(s, text.as_ptr().cast(), len, 0, to.as_ptr().cast(), size) };
    assert_eq!(sent, len, "{}", WSAGetLastError());
}

/// The next datagram and its sender.
fn next(s: usize) -> (Vec<u8>, SocketAddr) {
    let (mut bytes, mut from, mut len) = ([0_u8; 64], [0_u8; 28], 28);
    // SAFETY: locals, and their sizes.
    let got =
        unsafe { ws2_recvfrom(s, bytes.as_mut_ptr().cast(), 64, 0, from.as_mut_ptr().cast(), &raw mut len) };
    let got = usize::try_from(got).unwrap_or_else(|_| panic!("{}", WSAGetLastError()));
    let port = u16::from_be_bytes([from[2], from[3]]);
    let ip = if len == 16 {
        std::net::IpAddr::from(<[u8; 4]>::try_from(&from[4..8]).unwrap())
    } else {
        std::net::IpAddr::from(<[u8; 16]>::try_from(&from[8..24]).unwrap())
    };
    (bytes[..got].to_vec(), SocketAddr::new(ip, port))
}

/// What was sent before by this route is there when a datagram for the socket alone is: nothing else waits.
fn only_its_own(pair: &Pair, s: usize) {
    let to = name(s).unwrap();
    send_from(&pair.there, THERE, b"own", to);
    assert_eq!(next(s).0, b"own");
    assert_eq!(ioctl(s, FIONREAD, 0), (0, 0));
}

/// Both ways to join, before and after binding; from another machine and from this one.
#[test]
fn x19_groups_of_ipv4() {
    let pair = pair_or_return!();
    let by_address = (IP_ADD_MEMBERSHIP, IP_DROP_MEMBERSHIP, membership(GROUP, &HERE.to_string()));
    let by_number = (MCAST_JOIN_GROUP, MCAST_LEAVE_GROUP, group_request(0, at(GROUP, 0), None));
    for (enter, leave, request) in [by_address, by_number] {
        for joined_first in [false, true] {
            let s = pair.here.run(|| socket(AF_INET, DATAGRAM));
            assert_eq!(support::set(s, SOL_SOCKET, SO_RCVTIMEO, 20_000), 0);
            let given = request.clone();
            pair.here.run(move || {
                let local = at(&HERE.to_string(), 0);
                let join = || set_bytes(s, IPPROTO_IP, enter, &given);
                if joined_first {
                    assert_eq!((join(), bind(s, local)), (0, 0));
                } else {
                    assert_eq!((bind(s, local), join()), (0, 0));
                }
            });
            let own = name(s).unwrap();
            assert_eq!(own.ip().to_string(), HERE.to_string());
            let group = at(GROUP, own.port());
            send_from(&pair.there, THERE, b"group", group);
            let (text, from) = next(s);
            assert_eq!((text, from.ip()), (b"group".to_vec(), THERE.into()));
            send_from(&pair.here, HERE, b"looped", group);
            assert_eq!(next(s).0, b"looped");
            only_its_own(&pair, s);
            // Another group, and after leaving, nothing.
            send_from(&pair.there, THERE, b"other", at("239.77.19.2", own.port()));
            let given = request.clone();
            assert_eq!(pair.here.run(move || set_bytes(s, IPPROTO_IP, leave, &given)), 0);
            send_from(&pair.there, THERE, b"too late", group);
            only_its_own(&pair, s);
            close(s);
        }
    }
}

/// A link-local address, a group of the link and one of the site.
#[test]
fn x19_groups_of_ipv6() {
    let pair = pair_or_return!();
    pair.here.ip("addr add fe80::1 dev here scope link nodad");
    pair.there.ip("addr add fe80::2 dev there scope link nodad");
    let index = |net: &Net, device: &'static str| {
        net.run(move || {
            let name = std::ffi::CString::new(device).unwrap();
            // SAFETY: a name with its end.
            unsafe { libc::if_nametoindex(name.as_ptr()) }
        })
    };
    let (here, there) = (index(&pair.here, "here"), index(&pair.there, "there"));
    for group in ["ff02::77:19", "ff05::77:19"] {
        for by_number in [false, true] {
            let s = bound(&pair.here, scoped("fe80::1", 0, here));
            let code = pair.here.run(move || {
                if by_number {
                    let request = group_request(here, at(group, 0), None);
                    set_bytes(s, IPPROTO_IPV6, MCAST_JOIN_GROUP, &request)
                } else {
                    set_bytes(s, IPPROTO_IPV6, IPV6_ADD_MEMBERSHIP, &membership6(group, here))
                }
            });
            assert_eq!(code, 0, "{group}");
            let port = name(s).unwrap().port();
            let from = bound(&pair.there, scoped("fe80::2", 0, there));
            pair.there.run(move || {
                assert_eq!(support::set(from, IPPROTO_IPV6, IPV6_MULTICAST_IF, there), 0);
                send_text(from, b"six", scoped(group, port, there));
            });
            let (text, sender) = next(s);
            assert_eq!((text, sender.ip().to_string().as_str()), (b"six".to_vec(), "fe80::2"));
            close(from);
            close(s);
        }
    }
}

/// The network's broadcast and the limited one, once SO_BROADCAST is set; nothing before and nothing after it is taken
/// back.
#[test]
fn x19_broadcasts() {
    let pair = pair_or_return!();
    let s = bound(&pair.here, at(&HERE.to_string(), 0));
    let port = name(s).unwrap().port();
    let all = [at("10.77.0.255", port), at("255.255.255.255", port)];
    let send = |text| all.iter().for_each(|to| send_from(&pair.there, THERE, text, *to));
    send(b"deaf");
    only_its_own(&pair, s);
    assert_eq!(pair.here.run(move || support::set(s, SOL_SOCKET, SO_BROADCAST, 1)), 0);
    send(b"all");
    for _ in all {
        let (text, from) = next(s);
        assert_eq!((text, from.ip()), (b"all".to_vec(), THERE.into()));
    }
    send_from(&pair.here, HERE, b"looped", all[0]);
    assert_eq!(next(s).0, b"looped");
    only_its_own(&pair, s);
    assert_eq!(pair.here.run(move || support::set(s, SOL_SOCKET, SO_BROADCAST, 0)), 0);
    send(b"deaf");
    only_its_own(&pair, s);
    assert_eq!(pair.here.run(move || support::set(s, IPPROTO_IP, IP_RECEIVE_BROADCAST, 1)), 0);
    send_from(&pair.there, THERE, b"again", all[0]);
    assert_eq!(next(s).0, b"again");
    close(s);
}

/// Two sockets with different addresses on one port, and a third with SO_REUSEADDR: each hears the group, and its own
/// datagrams are its own.
#[test]
fn x19_neighbours_on_one_port() {
    let pair = pair_or_return!();
    pair.here.ip("addr add 10.77.0.9/24 dev here");
    let one = bound(&pair.here, at(&HERE.to_string(), 0));
    let port = name(one).unwrap().port();
    let other = bound(&pair.here, at("10.77.0.9", port));
    pair.here.run(move || {
        for s in [one, other] {
            assert_eq!(set_bytes(s, IPPROTO_IP, IP_ADD_MEMBERSHIP, &membership(GROUP, &HERE.to_string())), 0);
        }
    });
    send_from(&pair.there, THERE, b"both", at(GROUP, port));
    assert_eq!((next(one).0, next(other).0), (b"both".to_vec(), b"both".to_vec()));
    send_from(&pair.there, THERE, b"one", at(&HERE.to_string(), port));
    send_from(&pair.there, THERE, b"other", at("10.77.0.9", port));
    assert_eq!((next(one).0, next(other).0), (b"one".to_vec(), b"other".to_vec()));
    for s in [one, other] {
        assert_eq!(ioctl(s, FIONREAD, 0), (0, 0));
    }
    // The port is not taken from others of this program, as without groups.
    let wildcard = bound(&pair.here, at("0.0.0.0", port));
    close(wildcard);
    close(one);
    send_from(&pair.there, THERE, b"left", at(GROUP, port));
    assert_eq!(next(other).0, b"left");
    close(other);
    // Nothing stays behind: the group's address on this port is free for who shares with nobody.
    let again = pair.here.run(move || std::net::UdpSocket::bind((GROUP, port)).map(drop));
    assert!(again.is_ok(), "{again:?}");
}

fn select(s: usize, milliseconds: i32) -> i32 {
    let mut set = ws2_fd_set { fd_count: 1, fd_array: [s; 64] };
    let time = ws2_timeval { tv_sec: milliseconds / 1000, tv_usec: milliseconds % 1000 * 1000 };
    // SAFETY: locals.
    unsafe { ws2_select(0, &raw mut set, null_mut(), null_mut(), &raw const time) }
}

fn poll(s: usize, milliseconds: i32) -> (i32, i16) {
    let mut entry = WSAPOLLFD { fd: s, events: 0x100, revents: 0 };
    // SAFETY: a local.
    let count = unsafe { WSAPoll(&raw mut entry, 1, milliseconds) };
    (count, entry.revents)
}

/// What asks about data and what waits for it: select, WSAPoll, FIONREAD, MSG_PEEK, blocking and non-blocking recv, and
/// time-outs.
#[test]
fn x19_whatever_asks_or_waits() {
    let pair = pair_or_return!();
    let s = bound(&pair.here, at(&HERE.to_string(), 0));
    let port = name(s).unwrap().port();
    let group = at(GROUP, port);
    let join = move || set_bytes(s, IPPROTO_IP, IP_ADD_MEMBERSHIP, &membership(GROUP, &HERE.to_string()));
    assert_eq!(pair.here.run(join), 0);
    assert_eq!((select(s, 0), poll(s, 0)), (0, (0, 0)));
    assert_eq!((select(s, 20), poll(s, 20)), (0, (0, 0)));
    send_from(&pair.there, THERE, b"12345", group);
    until("it arrives", || ioctl(s, FIONREAD, 0) == (0, 5));
    assert_eq!((select(s, 0), poll(s, 0)), (1, (1, 0x100)));
    assert_eq!((select(s, 20_000), poll(s, 20_000)), (1, (1, 0x100)));
    assert_eq!(recv(s, 64, 2), Ok(b"12345".to_vec()), "MSG_PEEK");
    assert_eq!(recv(s, 64, 0), Ok(b"12345".to_vec()));
    send_from(&pair.there, THERE, b"12345", group);
    until("it arrives", || ioctl(s, FIONREAD, 0) == (0, 5));
    assert_eq!(recv(s, 2, 0), Err(10040), "WSAEMSGSIZE");
    // Nothing is there: a time-out, and at once.
    assert_eq!(support::set(s, SOL_SOCKET, SO_RCVTIMEO, 30), 0);
    assert_eq!(recv(s, 64, 0), Err(10060));
    assert_eq!(ioctl(s, FIONBIO, 1).0, 0);
    assert_eq!(recv(s, 64, 0), Err(WSAEWOULDBLOCK));
    assert_eq!(ioctl(s, FIONBIO, 0).0, 0);
    assert_eq!(support::set(s, SOL_SOCKET, SO_RCVTIMEO, 20_000), 0);
    // Calls that wait are woken.
    let waits: [fn(usize) -> bool; 3] =
        [|s| recv(s, 64, 0).is_ok(), |s| select(s, 20_000) == 1, |s| poll(s, 20_000).0 == 1];
    for (number, wait) in waits.into_iter().enumerate() {
        let waiting = Blocked::on(move || wait(s));
        send_from(&pair.there, THERE, b"wake", group);
        assert!(waiting.outcome(), "{number}");
        if number > 0 {
            assert_eq!(recv(s, 64, 0), Ok(b"wake".to_vec()));
        }
    }
    // A call that waits while another thread joins the first group hears it, too.
    let late = bound(&pair.here, at(&HERE.to_string(), 0));
    let late_group = at(GROUP, name(late).unwrap().port());
    let waiting = Blocked::on(move || recv(late, 64, 0));
    let join = move || set_bytes(late, IPPROTO_IP, IP_ADD_MEMBERSHIP, &membership(GROUP, &HERE.to_string()));
    assert_eq!(pair.here.run(join), 0);
    send_from(&pair.there, THERE, b"late", late_group);
    assert_eq!(waiting.outcome(), Ok(b"late".to_vec()));
    // Closing ends the waits.
    let waiting = Blocked::on(move || recv(late, 64, 0));
    close(late);
    assert_eq!(waiting.outcome(), Err(10004));
    close(s);
}

/// No descriptor stays behind, whichever way the socket goes.
#[test]
fn x19_no_descriptor_stays() {
    alone(here!("x19_no_descriptor_stays"), || {
        let pair = pair_or_return!();
        let make = || {
            let s = bound(&pair.here, at(&HERE.to_string(), 0));
            pair.here.run(move || {
                assert_eq!(support::set(s, SOL_SOCKET, SO_BROADCAST, 1), 0);
                for group in ["239.77.19.1", "239.77.19.2"] {
                    let request = membership(group, &HERE.to_string());
                    assert_eq!(set_bytes(s, IPPROTO_IP, IP_ADD_MEMBERSHIP, &request), 0);
                }
            });
            s
        };
        let sockets = || descriptors().iter().filter(|name| name.contains("socket")).count();
        let before = sockets();
        for _ in 0..3 {
            let s = make();
            assert_eq!(sockets(), before + 5, "two groups, two broadcasts");
            close(s);
            assert_eq!(sockets(), before);
        }
        // The last WSACleanup closes them, too.
        make();
        while WSACleanup() == 0 {}
        assert_eq!(sockets(), before);
    });
}

/// A connected socket hears its peer only, in the group as well.
#[test]
fn x19_a_peer_is_the_only_one_heard() {
    let pair = pair_or_return!();
    let s = bound(&pair.here, at(&HERE.to_string(), 0));
    let port = name(s).unwrap().port();
    let join = move || set_bytes(s, IPPROTO_IP, IP_ADD_MEMBERSHIP, &membership(GROUP, &HERE.to_string()));
    assert_eq!(pair.here.run(join), 0);
    let peer = bound(&pair.there, at(&THERE.to_string(), 0));
    let to = name(peer).unwrap();
    assert_eq!(pair.here.run(move || crate::words::connect(s, to)), 0);
    send_from(&pair.there, THERE, b"stranger", at(GROUP, port));
    pair.there.run(move || {
        assert_eq!(set_bytes(peer, IPPROTO_IP, IP_MULTICAST_IF, &THERE.octets()), 0);
        send_text(peer, b"peer", at(GROUP, port));
    });
    assert_eq!(next(s).0, b"peer");
    assert_eq!(ioctl(s, FIONREAD, 0), (0, 0));
    close(s);
    close(peer);
}

/// Of a group that was joined for one source, only that source is heard; and one that is blocked is not.
#[test]
fn x19_sources() {
    let pair = pair_or_return!();
    let s = bound(&pair.here, at(&HERE.to_string(), 0));
    let group = at(GROUP, name(s).unwrap().port());
    let source = group_request(0, at(GROUP, 0), Some(at(&THERE.to_string(), 0)));
    let given = source.clone();
    assert_eq!(pair.here.run(move || set_bytes(s, IPPROTO_IP, MCAST_JOIN_SOURCE_GROUP, &given)), 0);
    send_from(&pair.there, ROUTER, b"another", group);
    send_from(&pair.there, THERE, b"source", group);
    assert_eq!(next(s).0, b"source");
    only_its_own(&pair, s);
    let given = source.clone();
    assert_eq!(pair.here.run(move || set_bytes(s, IPPROTO_IP, MCAST_LEAVE_SOURCE_GROUP, &given)), 0);
    let whole = group_request(0, at(GROUP, 0), None);
    assert_eq!(pair.here.run(move || set_bytes(s, IPPROTO_IP, MCAST_JOIN_GROUP, &whole)), 0);
    send_from(&pair.there, ROUTER, b"another", group);
    assert_eq!(next(s).0, b"another");
    let given = source.clone();
    assert_eq!(pair.here.run(move || set_bytes(s, IPPROTO_IP, MCAST_BLOCK_SOURCE, &given)), 0);
    send_from(&pair.there, THERE, b"blocked", group);
    only_its_own(&pair, s);
    assert_eq!(pair.here.run(move || set_bytes(s, IPPROTO_IP, MCAST_UNBLOCK_SOURCE, &source)), 0);
    send_from(&pair.there, THERE, b"source", group);
    assert_eq!(next(s).0, b"source");
    close(s);
}

/// Options that are set before binding count as those set afterwards; of two groups, one is left.
#[test]
fn x19_options_before_bind() {
    let pair = pair_or_return!();
    let s = pair.here.run(|| {
        let s = socket(AF_INET, DATAGRAM);
        assert_eq!(support::set(s, SOL_SOCKET, SO_BROADCAST, 1), 0);
        for group in [GROUP, "239.77.19.2"] {
            let request = membership(group, &HERE.to_string());
            assert_eq!(set_bytes(s, IPPROTO_IP, IP_ADD_MEMBERSHIP, &request), 0);
        }
        assert_eq!(bind(s, at(&HERE.to_string(), 0)), 0);
        let request = membership("239.77.19.2", &HERE.to_string());
        assert_eq!(set_bytes(s, IPPROTO_IP, IP_DROP_MEMBERSHIP, &request), 0);
        s
    });
    assert_eq!(support::set(s, SOL_SOCKET, SO_RCVTIMEO, 20_000), 0);
    let port = name(s).unwrap().port();
    for (host, heard) in
        [("10.77.0.255", true), (GROUP, true), ("239.77.19.2", false), ("255.255.255.255", true)]
    {
        send_from(&pair.there, THERE, b"for many", at(host, port));
        if heard {
            assert_eq!(next(s).0, b"for many", "{host}");
        }
        only_its_own(&pair, s);
    }
    close(s);
}

/// A receive that is stopped anywhere while another thread leaves the group, and what heard the group is closed: a datagram of
/// the socket that gets the number is not taken.
#[test]
fn x19_leaving_while_another_thread_receives() {
    alone(here!("x19_leaving_while_another_thread_receives"), || {
        let _pair = pair_or_return!();
        let net = Net::new();
        let mut stops = 0;
        for place in Place::first(12) {
            let s = bound(&net, at("127.0.0.1", 0));
            assert_eq!(ioctl(s, FIONBIO, 1).0, 0);
            let before = descriptors();
            let group = membership(GROUP, "127.0.0.1");
            assert_eq!(set_bytes(s, IPPROTO_IP, IP_ADD_MEMBERSHIP, &group), 0);
            let is_new = |open: &String| open.contains("socket:") && !before.contains(open);
            let new: Vec<_> = descriptors().into_iter().filter(is_new).collect();
            let [companion] = new.as_slice() else { panic!("{new:?}") };
            let number: i32 = companion.split(' ').next().unwrap().parse().unwrap();
            // One that is no socket of the library's, with a datagram.
            let (near, far) = std::os::unix::net::UnixDatagram::pair().unwrap();
            far.send(b"a stranger's").unwrap();
            let next = std::os::fd::AsRawFd::as_raw_fd(&near);
            let worst = move || {
                assert_eq!(set_bytes(s, IPPROTO_IP, IP_DROP_MEMBERSHIP, &group), 0);
                put_under(next, number);
            };
            let job = move || {
                let mut bytes = [0_u8; 64];
                // SAFETY: a local, and its size.
                let got = unsafe { ws2_recv(s, bytes.as_mut_ptr().cast(), 64, 0) };
                (got, WSAGetLastError())
            };
            let Some(round) = disturbed(libc::SYS_recvfrom, place, worst, job) else { return };
            assert_eq!(round.answer, (-1, 10035), "{place:?}");
            near.set_nonblocking(true).unwrap();
            assert_eq!(near.recv(&mut [0; 64]).unwrap(), 12, "{place:?}: a stranger's datagram was taken");
            close(s);
            // SAFETY: the test's own.
            unsafe { libc::close(number) };
            stops += usize::from(round.stopped);
            if !round.stopped {
                break;
            }
        }
        assert!(stops > 1, "{stops}");
    });
}
