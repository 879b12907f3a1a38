//! The steps of a program: what one side of a pair of connected sockets may do next.

use proptest::prelude::*;

/// What the pair is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Tcp,
    Udp,
}

/// One step of a program. `side` is 0 or 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Step {
    pub(crate) side: usize,
    pub(crate) action: Action,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    Send(Sending),
    /// `recv` with this length and these flags of Windows.
    Recv(i32, i32),
    Shutdown(i32),
    Close,
    /// SO_LINGER of zero seconds, then closesocket.
    Reset,
    NonBlocking(bool),
    /// Sends until nothing fits, and lets the other side receive all of it. Where this cannot be, nothing happens.
    Flood,
    PeerName,
    Connect,
    Bind,
    Listen,
    Accept,
}

/// The arguments of a `send`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sending {
    /// So many bytes.
    Bytes(i32),
    /// NULL and so many bytes.
    Null(i32),
    /// A negative length.
    Negative,
    /// Four bytes with these flags.
    Flags(i32),
}

/// One byte more than a datagram can hold.
pub(crate) const TOO_LONG: i32 = 65508;
/// Room for the longest datagram.
pub(crate) const ROOM: i32 = 65536;

fn sending() -> impl Strategy<Value = Sending> {
    prop_oneof![
        8 => (1..600).prop_map(Sending::Bytes),
        1 => Just(Sending::Bytes(0)),
        1 => Just(Sending::Bytes(TOO_LONG)),
        1 => prop_oneof![Just(0), Just(4)].prop_map(Sending::Null),
        1 => Just(Sending::Negative),
        2 => prop_oneof![Just(0x40), Just(2), Just(0x42), Just(4), Just(-1), Just(0x8000)].prop_map(Sending::Flags),
    ]
}

fn action() -> impl Strategy<Value = Action> {
    let flags =
        prop_oneof![10 => Just(0), 2 => Just(2), 2 => Just(8), 1 => Just(0x40), 1 => Just(4), 1 => Just(10)];
    let len = prop_oneof![6 => 1..700, 3 => Just(ROOM), 1 => Just(0), 1 => Just(-1)];
    prop_oneof![
        10 => sending().prop_map(Action::Send),
        10 => (len, flags).prop_map(|(len, flags)| Action::Recv(len, flags)),
        4 => prop_oneof![4 => 0..3, 1 => Just(7)].prop_map(Action::Shutdown),
        2 => Just(Action::Close),
        2 => Just(Action::Reset),
        3 => any::<bool>().prop_map(Action::NonBlocking),
        1 => Just(Action::Flood),
        2 => prop_oneof![
            Just(Action::PeerName),
            Just(Action::Connect),
            Just(Action::Bind),
            Just(Action::Listen),
            Just(Action::Accept)
        ],
    ]
}

pub(crate) fn programs() -> impl Strategy<Value = (Kind, Vec<Step>)> {
    let kind = prop_oneof![3 => Just(Kind::Tcp), 1 => Just(Kind::Udp)];
    let step = (0..2_usize, action()).prop_map(|(side, action)| Step { side, action });
    (kind, proptest::collection::vec(step, 1..30)).prop_map(|(kind, mut steps)| {
        for step in &mut steps {
            // All that a stream carries must fit its queues; a flood is the step that fills them.
            if kind == Kind::Tcp && step.action == Action::Send(Sending::Bytes(TOO_LONG)) {
                step.action = Action::Send(Sending::Bytes(1));
            }
        }
        (kind, steps)
    })
}
