//! The model: Winsock's rules about a pair of connected sockets, OC1 to OC10, T1 to T28, R1 to R14, SH1 to SH5, under the
//! decisions Q1 to Q21. It knows nothing of the library.

use std::collections::VecDeque;

use ws2_32::error::WsaError as E;

use crate::step::{Action, Kind, ROOM, Sending, Step, TOO_LONG};

/// What a call gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// This value, and last error 0.
    Value(i32),
    /// These bytes, and last error 0.
    Bytes(Vec<u8>),
    /// SOCKET_ERROR with this last error.
    Fails(E),
}

/// What the network has still to do before the next step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Event {
    /// So many bytes lie in the stream's queue.
    Queued(usize),
    /// One more datagram has arrived.
    Datagram,
    /// The peer's end of the stream has arrived.
    PeerClosed,
    /// The connection is over.
    Over,
    /// "Port unreachable" has arrived.
    Refused,
}

/// One socket as Winsock knows it.
#[derive(Debug, Default)]
struct End {
    closed: bool,
    nonblocking: bool,
    shut_send: bool,
    shut_receive: bool,
    /// The stream's bytes, or the datagrams, that wait to be received.
    stream: VecDeque<u8>,
    datagrams: VecDeque<Vec<u8>>,
    /// Bytes that arrived after SD_RECEIVE.
    ignored: usize,
    peer_closed: bool,
    /// The connection is dead: the code that every call repeats.
    dead: Option<E>,
    /// A call has reported it.
    reported: bool,
    /// UDP: "port unreachable" waits to be reported.
    refused: bool,
    /// Bytes sent so far: the pattern goes on from there.
    sent: usize,
}

impl End {
    /// Both directions of the stream have ended in order.
    fn is_over(&self) -> bool {
        self.shut_send && self.peer_closed
    }

    /// The RST's code: reset while the peer was open, aborted after it had closed (Q8, Q9).
    fn die(&mut self) {
        let code = if self.peer_closed { E::WSAECONNABORTED } else { E::WSAECONNRESET };
        self.dead.get_or_insert(code);
    }
}

/// The pair.
#[derive(Debug)]
pub(crate) struct Model {
    kind: Kind,
    ends: [End; 2],
}

/// The byte that a side sends at a place of its stream.
pub(crate) fn pattern(side: usize, at: usize) -> u8 {
    u8::try_from((at * 7 + at / 251 + side * 101) % 256).unwrap()
}

const fn fails(code: E) -> Answer {
    Answer::Fails(code)
}

impl Model {
    pub(crate) fn new(kind: Kind) -> Self {
        Self { kind, ends: Default::default() }
    }

    /// Where the side's next byte stands in its pattern.
    pub(crate) fn sent(&self, side: usize) -> usize {
        self.ends[side].sent
    }

    /// Whether a flood from this side is possible: it sends without waiting, and the other side receives.
    pub(crate) fn can_flood(&self, side: usize) -> bool {
        let (from, to) = (&self.ends[side], &self.ends[1 - side]);
        let sends = !from.closed && from.nonblocking && !from.shut_send && from.dead.is_none();
        let receives = !to.closed && !to.shut_receive && to.dead.is_none();
        self.kind == Kind::Tcp && sends && receives
    }

    /// What the step may give.
    pub(crate) fn allowed(&self, step: Step) -> Vec<Answer> {
        let end = &self.ends[step.side];
        if end.closed && !matches!(step.action, Action::Flood) {
            return vec![fails(E::WSAENOTSOCK)];
        }
        match (step.action, self.kind) {
            (Action::Send(sending), Kind::Tcp) => send_on_stream(end, sending),
            (Action::Send(sending), Kind::Udp) => send_on_datagrams(end, sending),
            (Action::Recv(len, flags), _) => self.receive(end, len, flags),
            (Action::Shutdown(how), _) if !(0..=2).contains(&how) => vec![fails(E::WSAEINVAL)],
            // T15: a reset came first; Windows' answer is not known.
            (Action::Shutdown(_), _) => also(Answer::Value(0), end.dead),
            (
                Action::Close | Action::Reset | Action::NonBlocking(_) | Action::Flood | Action::PeerName,
                _,
            ) => {
                vec![Answer::Value(0)]
            }
            (Action::Connect, Kind::Tcp) => vec![fails(E::WSAEISCONN)],
            // K8: the same peer once more.
            (Action::Connect, Kind::Udp) => vec![Answer::Value(0)],
            (Action::Bind, _) => vec![fails(E::WSAEINVAL)],
            (Action::Listen, Kind::Tcp) => vec![fails(E::WSAEISCONN)],
            (Action::Accept, Kind::Tcp) => vec![fails(E::WSAEINVAL)],
            (Action::Listen | Action::Accept, Kind::Udp) => vec![fails(E::WSAEOPNOTSUPP)],
        }
    }

    fn receive(&self, end: &End, len: i32, flags: i32) -> Vec<Answer> {
        const PEEK: i32 = 2;
        const WAITALL: i32 = 8;
        if end.shut_receive {
            return vec![fails(E::WSAESHUTDOWN)];
        }
        let waits = flags & WAITALL != 0;
        let bad = match flags {
            f if f & !(PEEK | WAITALL | 4) != 0 => Some(E::WSAEINVAL),
            f if f & 4 != 0 || f == PEEK | WAITALL => Some(E::WSAEOPNOTSUPP),
            _ if len < 0 => Some(E::WSAEFAULT),
            _ if waits && (end.nonblocking || self.kind == Kind::Udp) => Some(E::WSAEOPNOTSUPP),
            _ => None,
        };
        if let Some(code) = bad {
            return bad_argument(end, code);
        }
        let room = usize::try_from(len).unwrap();
        let nothing = if end.nonblocking { E::WSAEWOULDBLOCK } else { E::WSAETIMEDOUT };
        match self.kind {
            Kind::Tcp if room == 0 => also(Answer::Value(0), end.dead),
            // R14.
            Kind::Tcp if waits && end.stream.len() < room && !end.peer_closed && end.dead.is_none() => {
                vec![fails(nothing)]
            }
            Kind::Tcp if !end.stream.is_empty() => {
                vec![Answer::Bytes(end.stream.iter().copied().take(room).collect())]
            }
            Kind::Tcp => match end.dead {
                Some(code) => vec![fails(code)],
                None if end.peer_closed => vec![Answer::Value(0)],
                None => vec![fails(nothing)],
            },
            Kind::Udp if end.refused => vec![fails(E::WSAECONNRESET)],
            Kind::Udp => match end.datagrams.front() {
                None => vec![fails(nothing)],
                Some(datagram) if datagram.is_empty() => vec![Answer::Value(0)],
                Some(datagram) if datagram.len() > room => vec![fails(E::WSAEMSGSIZE)],
                Some(datagram) => vec![Answer::Bytes(datagram.clone())],
            },
        }
    }

    /// The datagram's beginning that a `recv` with WSAEMSGSIZE leaves in the buffer (R2).
    pub(crate) fn cut(&self, side: usize, len: i32) -> Vec<u8> {
        let room = usize::try_from(len).unwrap();
        self.ends[side]
            .datagrams
            .front()
            .map_or_else(Vec::new, |all| all.iter().copied().take(room).collect())
    }

    /// Takes note of what the step gave, which is one of the allowed answers; what to wait for, and on which side.
    pub(crate) fn advance(&mut self, step: Step, answer: &Answer) -> Vec<(usize, Event)> {
        let [me, other] = [step.side, 1 - step.side];
        if let Answer::Fails(code) = answer {
            self.ends[me].reported |= self.ends[me].dead == Some(*code);
        }
        match (step.action, answer) {
            (Action::Send(_), Answer::Value(sent)) => {
                self.sent_bytes(me, other, usize::try_from(*sent).unwrap())
            }
            (Action::Send(_), Answer::Fails(E::WSAECONNRESET)) => {
                self.ends[me].refused = false;
                Vec::new()
            }
            (Action::Recv(len, flags), _) => self.received(me, len, flags, answer),
            (Action::Shutdown(how), Answer::Value(_)) => self.shut(me, other, how),
            (Action::Close, Answer::Value(_)) => self.close(me, other, false),
            (Action::Reset, Answer::Value(_)) => self.close(me, other, true),
            (Action::NonBlocking(on), Answer::Value(_)) => {
                self.ends[me].nonblocking = on;
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    /// The bytes of a flood have arrived, and so has all that waited before them.
    pub(crate) fn flooded(&mut self, from: usize, bytes: usize) {
        self.ends[from].sent += bytes;
        self.ends[1 - from].stream.clear();
    }

    /// What waits in a stream.
    pub(crate) fn waiting(&self, side: usize) -> Vec<u8> {
        self.ends[side].stream.iter().copied().collect()
    }

    fn sent_bytes(&mut self, me: usize, other: usize, count: usize) -> Vec<(usize, Event)> {
        let start = self.ends[me].sent;
        self.ends[me].sent += count;
        let bytes = (start..start + count).map(|at| pattern(me, at));
        let [a, b] = &mut self.ends;
        let (from, to) = if me == 0 { (a, b) } else { (b, a) };
        if self.kind == Kind::Udp {
            if to.closed {
                from.refused = true;
                return vec![(me, Event::Refused)];
            }
            to.datagrams.push_back(bytes.collect());
            return vec![(other, Event::Datagram)];
        }
        if count == 0 {
            return Vec::new();
        }
        if to.closed {
            from.die();
            return vec![(me, Event::Over)];
        }
        if to.shut_receive && to.shut_send {
            // Nobody can ever receive it: the connection is reset, and both sides know.
            from.die();
            to.die();
            return vec![(me, Event::Over), (other, Event::Over)];
        }
        if to.shut_receive {
            to.ignored += count;
            return vec![(other, Event::Queued(to.ignored))];
        }
        to.stream.extend(bytes);
        vec![(other, Event::Queued(to.stream.len()))]
    }

    fn received(&mut self, me: usize, len: i32, flags: i32, answer: &Answer) -> Vec<(usize, Event)> {
        let end = &mut self.ends[me];
        let peeks = flags & 2 != 0;
        match (self.kind, answer) {
            (Kind::Tcp, Answer::Bytes(bytes)) if !peeks => drop(end.stream.drain(..bytes.len())),
            (Kind::Udp, Answer::Fails(E::WSAECONNRESET)) => end.refused = false,
            (Kind::Udp, Answer::Bytes(_) | Answer::Fails(E::WSAEMSGSIZE)) if !peeks => {
                end.datagrams.pop_front();
            }
            (Kind::Udp, Answer::Value(0)) if !peeks && len >= 0 => {
                end.datagrams.pop_front();
            }
            _ => {}
        }
        Vec::new()
    }

    fn shut(&mut self, me: usize, other: usize, how: i32) -> Vec<(usize, Event)> {
        let stream = self.kind == Kind::Tcp;
        let [a, b] = &mut self.ends;
        let (me_end, other_end) = if me == 0 { (a, b) } else { (b, a) };
        if how != 1 {
            me_end.shut_receive = true;
            me_end.stream.clear();
            me_end.ignored = 0;
        }
        if how == 0 || me_end.shut_send {
            return Vec::new();
        }
        me_end.shut_send = true;
        if stream && me_end.dead.is_none() { finish(me, me_end, other, other_end) } else { Vec::new() }
    }

    fn close(&mut self, me: usize, other: usize, abruptly: bool) -> Vec<(usize, Event)> {
        let [a, b] = &mut self.ends;
        let (me_end, other_end) = if me == 0 { (a, b) } else { (b, a) };
        me_end.closed = true;
        if self.kind == Kind::Udp || me_end.dead.is_some() || me_end.is_over() || other_end.closed {
            return Vec::new();
        }
        // T11: closing with unread data resets.
        if abruptly || !me_end.stream.is_empty() || me_end.ignored > 0 {
            other_end.die();
            return vec![(other, Event::Over)];
        }
        if me_end.shut_send {
            return Vec::new();
        }
        me_end.shut_send = true;
        finish(me, me_end, other, other_end)
    }
}

/// This side's end of the stream goes out.
fn finish(me: usize, me_end: &End, other: usize, other_end: &mut End) -> Vec<(usize, Event)> {
    let mut events = Vec::new();
    if !other_end.closed {
        other_end.peer_closed = true;
        events.push((other, if other_end.is_over() { Event::Over } else { Event::PeerClosed }));
    }
    if !me_end.closed && me_end.is_over() {
        events.push((me, Event::Over));
    }
    events
}

fn also(answer: Answer, code: Option<E>) -> Vec<Answer> {
    [answer].into_iter().chain(code.map(Answer::Fails)).collect()
}

/// A dead connection is reported before bad arguments, as far as a call has found out that it is dead.
fn bad_argument(end: &End, code: E) -> Vec<Answer> {
    match end.dead {
        Some(dead) if end.reported => vec![fails(dead)],
        dead => also(fails(code), dead),
    }
}

fn send_on_stream(end: &End, sending: Sending) -> Vec<Answer> {
    if end.shut_send {
        return vec![fails(E::WSAESHUTDOWN)];
    }
    if let Some(code) = argument(sending) {
        return match sending {
            // The kernel looks at the connection before it looks at the buffer.
            Sending::Null(_) if end.dead.is_some() => vec![fails(end.dead.unwrap())],
            _ => bad_argument(end, code),
        };
    }
    match (end.dead, sending) {
        (Some(code), _) => vec![fails(code)],
        (None, Sending::Bytes(len)) => vec![Answer::Value(len)],
        (None, Sending::Flags(_)) => vec![Answer::Value(4)],
        (None, _) => vec![Answer::Value(0)],
    }
}

fn send_on_datagrams(end: &End, sending: Sending) -> Vec<Answer> {
    // Q4: reported by whichever call comes first. Whether that of a closed direction counts is not settled.
    let refused = end.refused.then_some(E::WSAECONNRESET);
    if end.shut_send {
        return also(fails(E::WSAESHUTDOWN), refused);
    }
    let code = match sending {
        Sending::Bytes(TOO_LONG) => Some(E::WSAEMSGSIZE),
        other => argument(other),
    };
    match (code, sending) {
        (Some(code), Sending::Negative | Sending::Flags(_)) => vec![fails(code)],
        (Some(code), _) => also(fails(code), refused),
        (None, _) if end.refused => vec![fails(E::WSAECONNRESET)],
        (None, Sending::Bytes(len)) => vec![Answer::Value(len)],
        (None, Sending::Flags(_)) => vec![Answer::Value(4)],
        (None, _) => vec![Answer::Value(0)],
    }
}

/// What is wrong with the arguments whatever the socket (Q1, Q15).
fn argument(sending: Sending) -> Option<E> {
    const KNOWN: i32 = 1 | 2 | 4 | 8 | 0x10 | 0x20 | 0x8000;
    match sending {
        Sending::Flags(flags) if flags & !KNOWN != 0 => Some(E::WSAEINVAL),
        Sending::Flags(flags) if flags & !5 != 0 => Some(E::WSAEOPNOTSUPP),
        Sending::Negative => Some(E::WSAEFAULT),
        Sending::Null(len) if len > 0 => Some(E::WSAEFAULT),
        _ => None,
    }
}

const _: () = assert!(ROOM > TOO_LONG);
