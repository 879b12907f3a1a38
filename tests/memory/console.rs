//! The console: keys that were typed, and what is written. What was typed is not lost where a call is refused memory.

use std::cell::Cell;
use std::io::{Read, Write};
use std::os::fd::FromRawFd;
use std::ptr::null_mut;

use ws2_32::ffi::kernel::types::HANDLE;
use ws2_32::ffi::platform::types::{CHAR_INFO, COORD, INPUT_RECORD, SMALL_RECT};
use ws2_32::ffi::*;

use crate::support::calls::start;
use crate::support::process::{alone, here, left_out};
use crate::walk::{NO_MEMORY, walk, walk_prepared};

const CODES: &[i32] = &[NO_MEMORY];

fn truth(value: i32) -> Result<(), i32> {
    if value == 0 { Err(ws2_GetLastError().cast_signed()) } else { Ok(()) }
}

/// A terminal that takes every byte as it is: the end where somebody types and reads, and the program's.
struct Terminal {
    line: std::fs::File,
    program: HANDLE,
}

impl Terminal {
    fn open() -> Option<Self> {
        let (mut master, mut slave) = (0, 0);
        let size = libc::winsize { ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0 };
        unsafe {
            let (at, other, none) = (&raw mut master, &raw mut slave, null_mut());
            if libc::openpty(at, other, none, std::ptr::null(), &raw const size) != 0 {
                return None;
            }
            let mut modes = std::mem::zeroed();
            assert_eq!(libc::tcgetattr(slave, &raw mut modes), 0);
            libc::cfmakeraw(&raw mut modes);
            assert_eq!(libc::tcsetattr(slave, libc::TCSANOW, &raw const modes), 0);
            assert_eq!(libc::fcntl(master, libc::F_SETFL, libc::O_NONBLOCK), 0);
            let program = std::ptr::without_provenance_mut(slave.unsigned_abs() as usize);
            Some(Self { line: std::fs::File::from_raw_fd(master), program })
        }
    }

    fn type_in(&self, text: &str) {
        (&self.line).write_all(text.as_bytes()).unwrap();
    }

    /// All that has been written; a terminal has room for some thousand bytes only.
    fn shown(&self) -> Vec<u8> {
        let (mut all, mut part) = (Vec::new(), [0; 4096]);
        while let Ok(count @ 1..) = (&self.line).read(&mut part) {
            all.extend(&part[..count]);
        }
        all
    }
}

const NO_TERMINALS: &str = "no pseudo terminals";

#[test]
fn keys() {
    alone(here!("keys"), || {
        start();
        let Some(terminal) = Terminal::open() else { return left_out(NO_TERMINALS) };
        let program = terminal.program;
        let mut records = [INPUT_RECORD::default(); 8];
        let mut got = 0;
        let (to, at) = (records.as_mut_ptr(), &raw mut got);
        for (key, units) in [("a", &[0x61][..]), ("\u{e9}", &[0xE9]), ("\u{1f600}", &[0xD83D, 0xDE00])] {
            let typed = Cell::new(false);
            let press = || {
                if !typed.replace(true) {
                    terminal.type_in(key);
                }
            };
            let is_there = || {
                let seen = unsafe { std::slice::from_raw_parts(to, at.read() as usize) };
                let downs = seen.iter().filter(|record| record.bKeyDown != 0);
                assert_eq!(downs.map(|record| record.UnicodeChar).collect::<Vec<_>>(), units);
            };
            let peek = || truth(unsafe { ws2_PeekConsoleInputW(program, to, 8, at) });
            // What was not read yet may be on its way from one end to the other.
            let wait = || {
                press();
                crate::support::waiting::wait_until("a key is there", || {
                    peek().unwrap();
                    unsafe { at.read() > 0 }
                });
            };
            let fresh = || {
                press();
                let mut there = 0;
                crate::support::waiting::wait_until("a byte is there", || unsafe {
                    let fd = i32::try_from(program.addr()).unwrap();
                    let mut count = 0;
                    assert_eq!(libc::ioctl(fd, libc::FIONREAD, &raw mut count), 0);
                    ws2_GetNumberOfConsoleInputEvents(program, &raw mut there);
                    count > 0 || there > 0
                });
            };
            let read = || truth(unsafe { ws2_ReadConsoleInputW(program, to, 8, at) });
            for prepare in [&fresh as &dyn Fn(), &press] {
                walk_prepared("ReadConsoleInputW", CODES, prepare, read, |()| {
                    is_there();
                    typed.set(false);
                });
            }
            walk_prepared("PeekConsoleInputW", CODES, wait, peek, |()| is_there());
            wait();
            let text = Cell::new([0_u8; 16]);
            let read = || {
                let to = text.as_ptr().cast();
                truth(unsafe { ws2_ReadConsoleA(program, to, 16, at, null_mut()) })
            };
            walk_prepared("ReadConsoleA", CODES, wait, read, |()| {
                assert_eq!(&text.get()[..unsafe { at.read() } as usize], key.as_bytes());
                typed.set(false);
            });
            assert_eq!(ws2_FlushConsoleInputBuffer(program), 1);
        }
        let mut there = 0;
        let to = &raw mut there;
        terminal.type_in("z");
        let count = || truth(unsafe { ws2_GetNumberOfConsoleInputEvents(program, to) });
        walk("GetNumberOfConsoleInputEvents", CODES, count, drop);
    });
}

#[test]
fn the_screen() {
    alone(here!("the_screen"), || {
        start();
        let Some(terminal) = Terminal::open() else { return left_out(NO_TERMINALS) };
        let program = terminal.program;
        let clear = || drop(terminal.shown());
        let mut written = 0;
        let at = &raw mut written;
        let place = COORD { X: 2, Y: 1 };
        let text: Vec<u16> = "\u{e9}x".encode_utf16().collect();
        let units = text.as_ptr();
        let write = || truth(unsafe { ws2_WriteConsoleW(program, units.cast(), 2, at, null_mut()) });
        walk_prepared("WriteConsoleW", CODES, clear, write, |()| {
            assert_eq!(terminal.shown(), "\u{e9}x".as_bytes());
        });
        let fill = || truth(unsafe { ws2_FillConsoleOutputCharacterW(program, 0xE9, 3, place, at) });
        walk_prepared("FillConsoleOutputCharacterW", CODES, clear, fill, |()| {
            assert_eq!(terminal.shown(), "\x1b7\x1b[2;3H\u{e9}\u{e9}\u{e9}\x1b8".as_bytes());
        });
        let put = || truth(unsafe { ws2_WriteConsoleOutputCharacterW(program, units, 2, place, at) });
        walk_prepared("WriteConsoleOutputCharacterW", CODES, clear, put, |()| {
            assert_eq!(terminal.shown(), "\x1b7\x1b[2;3H\u{e9}x\x1b8".as_bytes());
        });
        let cells = [4, 7, 7].map(|attributes| CHAR_INFO { UnicodeChar: 0xE9, Attributes: attributes });
        let mut region = SMALL_RECT { Left: 0, Top: 0, Right: 2, Bottom: 0 };
        let to = &raw mut region;
        let (size, corner) = (COORD { X: 3, Y: 1 }, COORD { X: 0, Y: 0 });
        let put = || truth(unsafe { ws2_WriteConsoleOutputW(program, cells.as_ptr(), size, corner, to) });
        walk_prepared("WriteConsoleOutputW", CODES, clear, put, |()| {
            let expected = "\x1b7\x1b[1;1H\x1b[0;31;40m\u{e9}\x1b[0m\u{e9}\u{e9}\x1b[0m\x1b8";
            assert_eq!(String::from_utf8_lossy(&terminal.shown()), expected);
        });
        // What is short takes no memory.
        let colour = || truth(ws2_SetConsoleTextAttribute(program, 0x1C));
        walk_prepared("SetConsoleTextAttribute", &[], clear, colour, |()| {
            assert_eq!(terminal.shown(), b"\x1b[0;91;44m");
        });
        let go = || truth(ws2_SetConsoleCursorPosition(program, place));
        walk_prepared("SetConsoleCursorPosition", &[], clear, go, |()| {
            assert_eq!(terminal.shown(), b"\x1b[2;3H");
        });
        let window = SMALL_RECT { Left: 0, Top: 0, Right: 99, Bottom: 29 };
        let grow = || truth(unsafe { ws2_SetConsoleWindowInfo(program, 1, &raw const window) });
        walk_prepared("SetConsoleWindowInfo", &[], clear, grow, |()| {
            assert_eq!(terminal.shown(), b"\x1b[8;30;100t");
        });
        let title: Vec<u16> = "a title\0".encode_utf16().collect();
        let name = || truth(unsafe { ws2_SetConsoleTitleW(title.as_ptr()) });
        walk("SetConsoleTitleW", CODES, name, drop);
        let mut room = [0_u16; 64];
        let to = room.as_mut_ptr();
        let ask = || match unsafe { ws2_GetConsoleTitleW(to, 64) } {
            0 => Err(ws2_GetLastError().cast_signed()),
            length => Ok(length),
        };
        walk("GetConsoleTitleW", CODES, ask, |length| assert_eq!(length, 7));
    });
}
