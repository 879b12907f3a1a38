//! Who may have an address beside whom, and who gets the connections.

use ws2_32::socket::options::numbers::*;

use crate::support::network::{Net, apart, possible};
use crate::support::options::{self as support, *};
use crate::words::{at, bind, connect, name};

#[derive(Clone, Copy, Debug)]
struct Wanted {
    host: &'static str,
    exclusive: bool,
}

const fn plain(host: &'static str) -> Wanted {
    Wanted { host, exclusive: false }
}

const fn exclusive(host: &'static str) -> Wanted {
    Wanted { host, exclusive: true }
}

fn make(kind: i32, wanted: Wanted) -> usize {
    let family = if wanted.host.contains(':') { AF_INET6 } else { AF_INET };
    let s = socket(family, kind);
    if family == AF_INET6 {
        assert_eq!(support::set(s, IPPROTO_IPV6, IPV6_V6ONLY, 0), 0);
    }
    if wanted.exclusive {
        assert_eq!(support::set(s, SOL_SOCKET, SO_EXCLUSIVEADDRUSE, 1), 0);
    }
    s
}

/// X7: `::` of a socket that takes both families covers 0.0.0.0 as 0.0.0.0 covers a particular address.
#[test]
fn x7_both_families_beside_one() {
    apart(|| {
        const BOTH: &str = "::";
        const ANY: &str = "0.0.0.0";
        const ONE: &str = "127.0.0.1";
        let rows = [
            (plain(BOTH), plain(ANY), 0),
            (plain(BOTH), exclusive(ANY), 0),
            (exclusive(BOTH), plain(ANY), WSAEACCES),
            (exclusive(BOTH), plain(ONE), WSAEACCES),
            (plain(BOTH), plain(ONE), 0),
            (plain(BOTH), exclusive(ONE), 0),
            (plain(ANY), plain(BOTH), 0),
            (plain(ANY), exclusive(BOTH), WSAEADDRINUSE),
            (plain(ONE), plain(BOTH), 0),
            (plain(BOTH), plain(BOTH), WSAEADDRINUSE),
            (plain(ONE), plain("::ffff:127.0.0.1"), WSAEADDRINUSE),
            (plain(ANY), plain("::ffff:127.0.0.1"), 0),
        ];
        for kind in [STREAM, DATAGRAM] {
            for (first, second, expected) in rows {
                let one = make(kind, first);
                assert_eq!(bind(one, at(first.host, 0)), 0);
                let port = name(one).unwrap().port();
                let other = make(kind, second);
                assert_eq!(
                    bind(other, at(second.host, port)),
                    expected,
                    "{first:?}, {second:?}, kind {kind}"
                );
                if kind == STREAM && expected == 0 {
                    assert_eq!((listen(one), listen(other)), (0, 0), "{first:?}, {second:?}");
                }
                close(one);
                close(other);
            }
        }
    });
}

/// X7: each connection goes to the listener whose address is the narrower.
#[test]
fn x7_connections_go_to_the_narrower() {
    apart(|| {
        let both = make(STREAM, plain("::"));
        assert_eq!(bind(both, at("::", 0)), 0);
        let port = name(both).unwrap().port();
        let any = make(STREAM, plain("0.0.0.0"));
        assert_eq!(bind(any, at("0.0.0.0", port)), 0);
        assert_eq!((listen(both), listen(any)), (0, 0));
        for (host, expected) in [("127.0.0.1", any), ("::1", both), ("127.0.0.1", any)] {
            let near = socket(if host.contains(':') { AF_INET6 } else { AF_INET }, STREAM);
            assert_eq!(connect(near, at(host, port)), 0);
            close(accept(expected));
            close(near);
        }
        close(both);
        close(any);
    });
}

/// X8: of the listeners that share an address the first gets every connection, until it is closed.
#[test]
fn x8_the_first_listener_gets_all() {
    apart(|| {
        for (family, host) in [(AF_INET, "127.0.0.1"), (AF_INET, "0.0.0.0"), (AF_INET6, "::1")] {
            let mut listeners = Vec::new();
            let mut port = 0;
            for _ in 0..3 {
                let s = socket(family, STREAM);
                assert_eq!(support::set(s, SOL_SOCKET, SO_REUSEADDR, 1), 0);
                assert_eq!((bind(s, at(host, port)), listen(s)), (0, 0));
                port = name(s).unwrap().port();
                listeners.push(s);
            }
            let to = at(if host == "0.0.0.0" { "127.0.0.1" } else { host }, port);
            for (closed, s) in listeners.iter().copied().enumerate() {
                // With two left, which of them is the first is the kernel's to say.
                for s in listeners.iter().skip(closed) {
                    assert_eq!(ioctl(*s, FIONBIO, 1).0, 0);
                }
                if closed == 1 {
                    close(s);
                    continue;
                }
                for _ in 0..20 {
                    let near = socket(family, STREAM);
                    assert_eq!(connect(near, to), 0);
                    close(accept(s));
                    close(near);
                }
                close(s);
            }
        }
    });
}

/// X26: whether the socket with the particular address is connected does not matter to who binds the wildcard.
#[test]
fn x26_a_wildcard_beside_a_connection() {
    apart(|| {
        let server = listener();
        let to = at("127.0.0.1", port(server));
        for connected in [false, true] {
            let near = socket(AF_INET, STREAM);
            assert_eq!(bind(near, at("127.0.0.1", 0)), 0);
            if connected {
                assert_eq!(connect(near, to), 0);
            }
            let port = name(near).unwrap().port();
            let same = socket(AF_INET, STREAM);
            assert_eq!(bind(same, at("127.0.0.1", port)), WSAEADDRINUSE, "connected: {connected}");
            let wildcard = socket(AF_INET, STREAM);
            assert_eq!(bind(wildcard, at("0.0.0.0", port)), 0, "connected: {connected}");
            let exclusive = socket(AF_INET, STREAM);
            assert_eq!(support::set(exclusive, SOL_SOCKET, SO_EXCLUSIVEADDRUSE, 1), 0);
            close(wildcard);
            assert_eq!(bind(exclusive, at("0.0.0.0", port)), WSAEADDRINUSE, "connected: {connected}");
            for s in [near, same, exclusive] {
                close(s);
            }
        }
        close(server);
    });
}

/// What this program has bound in another network is in nobody's way here.
#[test]
fn sockets_of_another_network_are_no_rivals() {
    if !possible() {
        return;
    }
    let (here, there) = (Net::new(), Net::new());
    let (near, port) = here.run(|| {
        let near = make(STREAM, plain("127.0.0.1"));
        assert_eq!(bind(near, at("127.0.0.1", 0)), 0);
        (near, name(near).unwrap().port())
    });
    let far = there.run(move || {
        let far = make(STREAM, exclusive("0.0.0.0"));
        assert_eq!(bind(far, at("0.0.0.0", port)), 0);
        far
    });
    here.run(move || {
        // The kernel refuses it beside `near`, so those that are in the way are looked for.
        let wildcard = make(STREAM, plain("0.0.0.0"));
        assert_eq!(bind(wildcard, at("0.0.0.0", port)), 0);
        for s in [near, far, wildcard] {
            close(s);
        }
    });
}
