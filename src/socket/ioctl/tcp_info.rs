//! `SIO_TCP_INFO`: what the kernel knows about a connection, in Windows' structure.

use super::NOT_TCP;
use crate::descriptor::{self, Record};
use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::socket::bytes::{self, Bytes};
use crate::socket::connect::{State, settle};
use crate::sys::Fd;
use crate::sys::event::clock;
use crate::sys::net::option;

/// The sizes of `TCP_INFO_v0` and `TCP_INFO_v1`.
const SIZES: [usize; 2] = [88, 136];

/// What Linux tells of a connection in more than one place.
#[derive(Clone, Copy, Debug)]
struct Told {
    /// The kernel's `struct tcp_info`; what an older kernel does not tell is 0.
    info: [[u8; 4]; 64],
    /// Bytes that wait to be sent or to be acknowledged.
    queued: u32,
    /// The size of the buffer for receiving.
    room: u32,
    /// How long the connection has lasted.
    milliseconds: u64,
}

impl Told {
    fn of(fd: Fd) -> Result<Self, Failure> {
        let mut info = [[0; 4]; 64];
        option::get_bytes(fd, libc::IPPROTO_TCP, libc::TCP_INFO, info.as_flattened_mut())
            .map_err(|_| NOT_TCP)?;
        let milliseconds = if settle(fd)? == State::Connected {
            let since = descriptor::update(fd, Record::note_connected)?;
            clock::monotonic().saturating_sub(since) / 1_000_000
        } else {
            0
        };
        let room = option::get_int(fd, libc::SOL_SOCKET, libc::SO_RCVBUF)?.cast_unsigned();
        // A listener has no such queue.
        let queued = option::ioctl_int(fd, libc::TIOCOUTQ).map_or(0, i32::cast_unsigned);
        Ok(Self { info, queued, room, milliseconds })
    }

    /// One of the first eight bytes.
    fn byte(&self, at: usize) -> u8 {
        self.info.as_flattened().get(at).copied().unwrap_or(0)
    }

    fn word(&self, at: usize) -> u32 {
        self.info.get(at / 4).map_or(0, |bytes| u32::from_ne_bytes(*bytes))
    }

    fn long(&self, at: usize) -> u64 {
        let bytes = self.info.as_flattened().get(at..).and_then(|rest| rest.first_chunk());
        bytes.map_or(0, |bytes| u64::from_ne_bytes(*bytes))
    }

    /// The structure of the greater version, which begins with the smaller one.
    fn structure(&self) -> [u8; 136] {
        let mss = self.word(16);
        let segments = |at| self.word(at).saturating_mul(mss);
        let milliseconds = |at| clamped(self.long(at) / 1000);
        let limited = self.long(176).saturating_add(self.long(184));
        let by_window = self.long(168).saturating_sub(limited) / 1000;
        let mut to = [0; 136];
        let mut put = |at: usize, bytes: &[u8]| {
            for (to, from) in to.iter_mut().skip(at).zip(bytes) {
                *to = *from;
            }
        };
        let words = [
            (0, state(self.byte(0))),
            (4, mss),
            (16, u32::from(self.byte(5) & 1)),
            (20, self.word(68)),
            (24, self.word(148)),
            (28, self.queued.saturating_sub(self.word(144))),
            (32, segments(80)),
            (36, self.word(228)),
            // Before Linux 6.2 the window is not told; what the program is expected to take in a round trip is its size.
            (40, if self.word(232) == 0 { self.word(96) } else { self.word(232) }),
            (44, self.room),
            (64, self.word(224).saturating_mul(self.word(20))),
            (68, clamped(self.long(208))),
            (72, self.word(100).saturating_sub(self.word(240) & 0xffff)),
            (80, self.word(240) >> 16),
            (84, u32::from(if self.byte(0) == SYN_SENT { self.byte(2) } else { 0 })),
            (92, milliseconds(176)),
            (108, clamped(by_window)),
            (124, milliseconds(184)),
        ];
        for (at, word) in words {
            put(at, &word.to_ne_bytes());
        }
        // Kernels before 4.19 count what was acknowledged only.
        let sent = self.long(200).max(self.long(120));
        for (at, long) in [(8, self.milliseconds), (48, sent), (56, self.long(128))] {
            put(at, &long.to_ne_bytes());
        }
        to
    }
}

fn clamped(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

const SYN_SENT: u8 = 2;

/// Linux's state of a connection as Windows' `TCPSTATE`.
fn state(linux: u8) -> u32 {
    match linux {
        1 => 4,
        2 => 2,
        3 | 12 => 3,
        4 => 5,
        5 => 6,
        6 => 10,
        8 => 7,
        9 => 9,
        10 => 1,
        11 => 8,
        _ => 0,
    }
}

/// The answer, for so much room.
///
/// # Errors
/// * `WSAEOPNOTSUPP`: the socket is none of TCP.
/// * `WSAEINVAL`: a version that there is not.
/// * `WSAEFAULT`: too little room.
pub(super) fn get(fd: Fd, version: u32, room: usize) -> Result<Bytes, Failure> {
    let told = Told::of(fd)?;
    let size = usize::try_from(version).ok().and_then(|version| SIZES.get(version));
    let size = *size.ok_or(WsaError::WSAEINVAL.because("the structure has the versions 0 and 1"))?;
    if room < size {
        return Err(WsaError::WSAEFAULT.because("the answer does not fit the room given"));
    }
    bytes::of(told.structure().get(..size).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::mem::{offset_of, size_of};
    use windows_sys::Win32::Networking::WinSock::{self as windows, TCP_INFO_v0, TCP_INFO_v1};

    /// The kernel's numbers, each at its place there and in Windows' structure.
    #[test]
    fn every_number_at_its_place() {
        assert_eq!(SIZES, [size_of::<TCP_INFO_v0>(), size_of::<TCP_INFO_v1>()]);
        let mut told = Told { info: [[0; 4]; 64], queued: 5000, room: 131_072, milliseconds: 77 };
        let put = |told: &mut Told, at: usize, value: u32| told.info[at / 4] = value.to_ne_bytes();
        told.info[0] = [1, 0, 9, 0];
        told.info[1] = [0, 1, 0, 0];
        for (at, value) in [
            (16, 1448),
            (20, 1000),
            (68, 250),
            (80, 10),
            (96, 14_600),
            (100, 7),
            (120, 900),
            (128, 800),
            (144, 2000),
            (148, 200),
            (168, 9_000_000),
            (176, 2_000_000),
            (184, 3_000_000),
            (200, 1000),
            (208, 300),
            (224, 2),
            (228, 65_000),
            (240, 2 | 1 << 16),
        ] {
            put(&mut told, at, value);
        }
        let bytes = told.structure();
        let word = |at: usize| u32::from_ne_bytes(*bytes[at..].first_chunk().unwrap());
        macro_rules! words {
            ($($field:ident $value:expr;)+) => {
                $( assert_eq!(word(offset_of!(TCP_INFO_v1, $field)), $value, stringify!($field)); )+
            };
        }
        words!(State 4; Mss 1448; ConnectionTimeMs 77; RttUs 250; MinRttUs 200; BytesInFlight 3000; Cwnd 14480;
            SndWnd 65_000; RcvWnd 14_600; RcvBuf 131_072; BytesOut 1000; BytesIn 800; BytesReordered 2000;
            BytesRetrans 300; FastRetrans 5; DupAcksIn 0; TimeoutEpisodes 1; SndLimTimeRwin 2000;
            SndLimTimeCwnd 4000; SndLimTimeSnd 3000; SndLimTransRwin 0;);
        assert_eq!(bytes[offset_of!(TCP_INFO_v1, TimestampsEnabled)], 1);
        assert_eq!(bytes[offset_of!(TCP_INFO_v1, SynRetrans)], 0, "only while the connection is made");
        told.info[0] = [2, 0, 9, 0];
        assert_eq!(told.structure()[offset_of!(TCP_INFO_v0, SynRetrans)], 9);
        put(&mut told, 232, 3000);
        assert_eq!(told.structure()[offset_of!(TCP_INFO_v0, RcvWnd)..][..4], 3000_u32.to_ne_bytes());
    }

    #[test]
    fn states() {
        let rows = [
            (0, windows::TCPSTATE_CLOSED),
            (1, windows::TCPSTATE_ESTABLISHED),
            (2, windows::TCPSTATE_SYN_SENT),
            (3, windows::TCPSTATE_SYN_RCVD),
            (4, windows::TCPSTATE_FIN_WAIT_1),
            (5, windows::TCPSTATE_FIN_WAIT_2),
            (6, windows::TCPSTATE_TIME_WAIT),
            (7, windows::TCPSTATE_CLOSED),
            (8, windows::TCPSTATE_CLOSE_WAIT),
            (9, windows::TCPSTATE_LAST_ACK),
            (10, windows::TCPSTATE_LISTEN),
            (11, windows::TCPSTATE_CLOSING),
            (12, windows::TCPSTATE_SYN_RCVD),
        ];
        for (linux, expected) in rows {
            assert_eq!(state(linux), expected.cast_unsigned(), "{linux}");
        }
    }
}
