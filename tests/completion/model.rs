//! Random sequences of overlapped calls, cancels and closes on a pair of connected sockets, against a small model. After each
//! call everything that it must lead to is awaited, so that the model knows each outcome exactly. A sequence that breaks
//! it is shrunk and printed.
//!
//! `WS2_CASES` is the number of sequences; without it 400 are tried, and after 20 seconds no more.

use std::collections::VecDeque;
use std::fmt::Write as _;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestError, TestRunner};

use crate::words::*;
use ws2_32::ffi::types::SOCKET;
use ws2_32::ffi::*;

#[derive(Clone, Copy, Debug)]
enum Action {
    /// `WSARecv` with that much room.
    Receive(usize),
    /// `WSASend` of so many bytes.
    Send(usize),
    /// `CancelIoEx` of one of those that wait.
    Cancel(usize),
    /// `CancelIoEx` without an OVERLAPPED.
    CancelAll,
    /// `CancelIo`: all are this thread's.
    CancelOwn,
    /// `shutdown(SD_SEND)`.
    Shutdown,
    /// `closesocket`. Afterwards only the other side can still be closed.
    Close,
}

#[derive(Clone, Copy, Debug)]
struct Step {
    side: usize,
    action: Action,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let action = prop_oneof![
        6 => (1_usize..60).prop_map(Action::Receive),
        6 => (1_usize..90).prop_map(Action::Send),
        2 => (0_usize..4).prop_map(Action::Cancel),
        1 => Just(Action::CancelAll),
        1 => Just(Action::CancelOwn),
        1 => Just(Action::Shutdown),
        1 => Just(Action::Close),
    ];
    let step = (0_usize..2, action).prop_map(|(side, action)| Step { side, action });
    proptest::collection::vec(step, 1..40)
}

/// A receive that was begun. It is kept to the end: what is written to it later is seen.
struct Receive {
    over: Over,
    room: Vec<u8>,
    /// How it has ended: status and bytes.
    ended: Option<(usize, usize)>,
}

/// One side: what waits there, what has come for it, and what it has done.
#[derive(Default)]
struct Side {
    waiting: VecDeque<usize>,
    /// Bytes in the kernel: the numbers of the first and of the one behind the last.
    arrived: (usize, usize),
    shut: bool,
    closed: bool,
}

struct World {
    sockets: [SOCKET; 2],
    port: Port,
    sides: [Side; 2],
    receives: Vec<Receive>,
    sends: Vec<(Over, Vec<u8>)>,
    /// The peer was reset, not ended: which of two ends its receives have is the kernel's.
    reset: bool,
    said: String,
}

const fn byte(number: usize) -> u8 {
    (number % 251) as u8
}

const SUCCESS: usize = 0;
const CLOSED: usize = 0xC000_0241;

type Checked = Result<(), String>;

impl World {
    fn new() -> Self {
        let (near, far) = both();
        Self {
            sockets: [near, far],
            port: Port::of(&[near, far]),
            sides: Default::default(),
            receives: Vec::new(),
            sends: Vec::new(),
            reset: false,
            said: String::new(),
        }
    }

    fn check(&self, holds: bool, what: &str) -> Checked {
        if holds { Ok(()) } else { Err(format!("{}wrong: {what}", self.said)) }
    }

    /// A packet must come, for this OVERLAPPED.
    fn packet(&self, side: usize, over: usize) -> Result<Got, String> {
        let got = self.port.next();
        let good = got.over == over && got.key == self.sockets[side];
        self.check(good, &format!("the packet {got:?} where one of {over:#x} was to come")).map(|()| got)
    }

    /// The first receive that waits must end so.
    fn ends(&mut self, side: usize, status: usize, error: u32, bytes: usize) -> Checked {
        let number = self.sides[side].waiting.pop_front().unwrap();
        self.told(side, number, status, error, bytes)
    }

    fn told(&mut self, side: usize, number: usize, status: usize, error: u32, bytes: usize) -> Checked {
        let over = self.receives[number].over.ptr().addr();
        let got = self.packet(side, over)?;
        let right = (got.good, got.error, got.bytes as usize)
            == (status == SUCCESS, if status == SUCCESS { UNTOUCHED } else { error }, bytes);
        self.check(
            right,
            &format!("receive {number} ended with {got:?}, not with {status:#x}, {bytes} bytes"),
        )?;
        self.check(
            self.receives[number].over.state() == (status, bytes),
            "the OVERLAPPED says something else",
        )?;
        self.receives[number].ended = Some((status, bytes));
        if status == SUCCESS {
            let first = self.sides[side].arrived.0;
            let room = &self.receives[number].room;
            let right = room[..bytes].iter().enumerate().all(|(at, got)| *got == byte(first + at));
            self.check(right, &format!("receive {number} got other bytes"))?;
            self.check(room[bytes..].iter().all(|got| *got == 0xEE), "a receive wrote behind its bytes")?;
            self.sides[side].arrived.0 += bytes;
        }
        Ok(())
    }

    /// What waits on a side ends as far as there is something for it.
    fn settle(&mut self, side: usize) -> Checked {
        while let Some(&number) = self.sides[side].waiting.front() {
            let there = self.sides[side].arrived.1 - self.sides[side].arrived.0;
            let room = self.receives[number].room.len();
            if there > 0 {
                self.ends(side, SUCCESS, 0, room.min(there))?;
            } else if self.reset {
                self.ends_by_reset(side)?;
            } else if self.sides[1 - side].shut || self.sides[1 - side].closed {
                self.ends(side, SUCCESS, 0, 0)?;
            } else {
                break;
            }
        }
        Ok(())
    }

    fn ends_by_reset(&mut self, side: usize) -> Checked {
        let number = self.sides[side].waiting.pop_front().unwrap();
        let got = self.packet(side, self.receives[number].over.ptr().addr())?;
        let right = got.bytes == 0 && (got.good || [64, 1236].contains(&got.error));
        self.check(right, &format!("receive {number} of a reset connection ended with {got:?}"))?;
        self.receives[number].ended = Some(self.receives[number].over.state());
        Ok(())
    }

    fn act(&mut self, Step { side, action }: Step) -> Checked {
        let s = self.sockets[side];
        if self.sides[side].closed || (self.sides[1 - side].closed && !matches!(action, Action::Close)) {
            return Ok(());
        }
        let _ = writeln!(self.said, "    {side}: {action:?}");
        match action {
            Action::Receive(size) => {
                let mut receive = Receive { over: Over::new(), room: vec![0xEE; size], ended: None };
                let (result, _) = recv_over(s, &mut receive.room, &receive.over);
                self.sides[side].waiting.push_back(self.receives.len());
                self.receives.push(receive);
                self.check(
                    matches!(result, Ok(0) | Err(E::WSA_IO_PENDING)),
                    &format!("WSARecv: {result:?}"),
                )?;
                self.settle(side)
            }
            Action::Send(size) => {
                let first = self.sides[1 - side].arrived.1;
                let load: Vec<u8> = (first..first + size).map(byte).collect();
                let over = Over::new();
                let (result, _) = send_over(s, &load, &over);
                if self.sides[side].shut {
                    return self.check(result == Err(E::WSAESHUTDOWN), &format!("WSASend: {result:?}"));
                }
                self.check(
                    matches!(result, Ok(0) | Err(E::WSA_IO_PENDING)),
                    &format!("WSASend: {result:?}"),
                )?;
                // Its end, and those of the receives that it feeds, come in any order of the two sides.
                let mut fed = 0;
                let mut left = size;
                for number in &self.sides[1 - side].waiting {
                    if left == 0 {
                        break;
                    }
                    left = left.saturating_sub(self.receives[*number].room.len());
                    fed += 1;
                }
                self.sides[1 - side].arrived.1 += size;
                let packets: Vec<Got> = (0..=fed).map(|_| self.port.next()).collect();
                let own = packets.iter().position(|got| got.over == over.ptr().addr());
                self.check(own.is_some(), &format!("no end of a send among {packets:?}"))?;
                for got in packets {
                    if got.over == over.ptr().addr() {
                        let right = got == success(size as u32, s, got.over);
                        self.check(right, &format!("the send ended with {got:?}"))?;
                    } else {
                        self.fed(1 - side, got)?;
                    }
                }
                self.sends.push((over, load));
                // Loopback, too, may take its time.
                let there = self.sides[1 - side].arrived.1 - self.sides[1 - side].arrived.0;
                let peer = self.sockets[1 - side];
                wait_until("the bytes arrive", || unread(peer) == there);
                Ok(())
            }
            Action::Cancel(at) => {
                let number = self.sides[side].waiting.get(at).copied();
                let over = number.map_or(8, |number| self.receives[number].over.ptr().addr());
                let (done, error) =
                    with_error(|| ws2_CancelIoEx(handle(s), std::ptr::without_provenance_mut(over)));
                let Some(number) = number else {
                    return self.check((done, error) == (0, 1168), "CancelIoEx of nothing");
                };
                self.check(done == 1, "CancelIoEx")?;
                self.sides[side].waiting.remove(at);
                self.told(side, number, CANCELLED, 995, 0)
            }
            Action::CancelAll | Action::CancelOwn => {
                let all = matches!(action, Action::CancelAll);
                let (done, error) = with_error(|| {
                    if all {
                        ws2_CancelIoEx(handle(s), std::ptr::null_mut())
                    } else {
                        ws2_CancelIo(handle(s))
                    }
                });
                let nothing = all && self.sides[side].waiting.is_empty();
                let right = if nothing { (done, error) == (0, 1168) } else { done == 1 };
                self.check(right, &format!("cancelling: {done}, {error}"))?;
                while !self.sides[side].waiting.is_empty() {
                    self.ends(side, CANCELLED, 995, 0)?;
                }
                Ok(())
            }
            Action::Shutdown => {
                let done = shutdown(s, 1);
                self.check(done == Ok(0), &format!("shutdown: {done:?}"))?;
                self.sides[side].shut = true;
                self.settle(1 - side)
            }
            Action::Close => {
                let done = close(s);
                self.check(done.is_ok(), &format!("closesocket: {done:?}"))?;
                self.sides[side].closed = true;
                // A connection is reset where bytes are left unread.
                let unread = self.sides[side].arrived.1 > self.sides[side].arrived.0;
                self.reset |= unread;
                let packets = self.sides[0].waiting.len()
                    * usize::from(side == 0 || !self.sides[1 - side].closed)
                    + self.sides[1].waiting.len() * usize::from(side == 1 || !self.sides[1 - side].closed);
                let got: Vec<Got> = (0..packets).map(|_| self.port.next()).collect();
                for got in got.iter().filter(|got| got.key == s) {
                    let number = self.sides[side].waiting.pop_front();
                    let right = number.is_some_and(|number| {
                        let receive = &mut self.receives[number];
                        receive.ended = Some(receive.over.state());
                        *got == failure(1236, 0, s, receive.over.ptr().addr())
                            && receive.ended == Some((CLOSED, 0))
                    });
                    self.check(right, &format!("closing ended a receive with {got:?}"))?;
                }
                for got in got.iter().filter(|got| got.key != s) {
                    let number = self.sides[1 - side].waiting.pop_front();
                    let reset = self.reset;
                    let right = number.is_some_and(|number| {
                        let receive = &mut self.receives[number];
                        receive.ended = Some(receive.over.state());
                        let ended = got.good || (reset && [64, 1236].contains(&got.error));
                        ended && got.bytes == 0 && got.over == receive.over.ptr().addr()
                    });
                    self.check(right, &format!("the peer's closing ended a receive with {got:?}"))?;
                }
                Ok(())
            }
        }
    }

    /// The end of the first receive that waits, by bytes that are there.
    fn fed(&mut self, side: usize, got: Got) -> Checked {
        let number = self.sides[side].waiting.pop_front();
        let there = self.sides[side].arrived.1 - self.sides[side].arrived.0;
        let Some(number) = number else { return self.check(false, &format!("the packet {got:?}")) };
        let bytes = self.receives[number].room.len().min(there);
        let over = self.receives[number].over.ptr().addr();
        let right = got == success(bytes as u32, self.sockets[side], over);
        self.check(right, &format!("receive {number} ended with {got:?}, not with {bytes} bytes"))?;
        let first = self.sides[side].arrived.0;
        let room = &self.receives[number].room;
        let right = room[..bytes].iter().enumerate().all(|(at, got)| *got == byte(first + at));
        self.check(right, &format!("receive {number} got other bytes"))?;
        self.receives[number].ended = Some((SUCCESS, bytes));
        self.sides[side].arrived.0 += bytes;
        Ok(())
    }

    /// Closes what is open. Nothing may be left, and nothing may be written to what has ended.
    fn finish(mut self) -> Checked {
        for side in 0..2 {
            self.act(Step { side, action: Action::Close })?;
        }
        self.check(self.port.is_empty(), "a packet is left")?;
        for (number, receive) in self.receives.iter().enumerate() {
            let right = receive.ended == Some(receive.over.state());
            self.check(right, &format!("receive {number}: {:?}", receive.over.state()))?;
        }
        Ok(())
    }
}

fn unread(s: SOCKET) -> usize {
    let mut count = 0_i32;
    let result = unsafe { libc::ioctl(s as i32, libc::FIONREAD, &raw mut count) };
    assert_eq!(result, 0);
    count as usize
}

fn run(steps: &[Step]) -> Checked {
    let mut world = World::new();
    for step in steps {
        if let Err(why) = world.act(*step) {
            let _ = world.sockets.map(close);
            return Err(why);
        }
    }
    world.finish()
}

/// OD1, OD3, OE9, OE13: whatever is called in whatever order, each operation ends once, in its order, with the bytes that
/// were its own.
#[test]
fn sequences_of_overlapped_calls() {
    let wanted = std::env::var("WS2_CASES").ok().and_then(|cases| cases.parse().ok());
    let deadline = Instant::now() + Duration::from_secs(20);
    let config = Config {
        cases: wanted.unwrap_or(400),
        failure_persistence: None,
        max_shrink_time: 60_000,
        ..Config::default()
    };
    let outcome = TestRunner::new(config).run(&steps(), |steps| {
        if wanted.is_none() && Instant::now() > deadline {
            return Ok(());
        }
        run(&steps).map_err(TestCaseError::fail)
    });
    match outcome {
        Ok(()) => {}
        Err(TestError::Fail(why, _)) => panic!("a sequence of overlapped calls goes wrong:\n{why}"),
        Err(other) => panic!("{other}"),
    }
}
