//! A terminal at which one thread reads keys while another one looks, or sets the modes.

use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use crate::support::process::{alone, here};
use crate::support::supervised::{Verdict, supervised};
use crate::support::waiting::{becomes, thread_number, wait_until};
use ws2_32::ffi::platform::types::{HANDLE, INPUT_RECORD};
use ws2_32::ffi::{
    ws2_GetConsoleMode, ws2_GetNumberOfConsoleInputEvents, ws2_ReadConsoleInputW, ws2_SetConsoleMode,
};

const PROCESSED: u32 = 1;
const LINES: u32 = 2;
const ECHO: u32 = 4;

/// What types, and the terminal.
fn terminal() -> (OwnedFd, OwnedFd) {
    let (mut keyboard, mut terminal) = (-1, -1);
    let none = std::ptr::null_mut();
    // SAFETY: locals; the descriptors are new.
    unsafe {
        let made = libc::openpty(&raw mut keyboard, &raw mut terminal, none, none.cast(), none.cast());
        assert_eq!(made, 0, "{}", std::io::Error::last_os_error());
        (OwnedFd::from_raw_fd(keyboard), OwnedFd::from_raw_fd(terminal))
    }
}

fn handle(terminal: i32) -> HANDLE {
    std::ptr::without_provenance_mut(usize::try_from(terminal).unwrap())
}

/// Whether the terminal itself gives lines and shows what is typed.
fn is_cooked(terminal: i32) -> [bool; 2] {
    // SAFETY: a local, for which all zeros are a value.
    let flags = unsafe {
        let mut now: libc::termios = std::mem::zeroed();
        assert_eq!(libc::tcgetattr(terminal, &raw mut now), 0);
        now.c_lflag
    };
    [flags & libc::ICANON != 0, flags & libc::ECHO != 0]
}

fn modes(terminal: i32) -> u32 {
    let mut modes = 99;
    // SAFETY: a local.
    assert_eq!(unsafe { ws2_GetConsoleMode(handle(terminal), &raw mut modes) }, 1);
    modes
}

fn events(terminal: i32) -> u32 {
    let mut count = 99;
    // SAFETY: a local.
    assert_eq!(unsafe { ws2_GetNumberOfConsoleInputEvents(handle(terminal), &raw mut count) }, 1);
    count
}

/// A thread that waits for a key: its character comes then.
fn reader(terminal: i32) -> Receiver<u16> {
    let (tell, told) = channel();
    let (tell_thread, thread) = channel();
    std::thread::spawn(move || {
        tell_thread.send(thread_number()).unwrap();
        // SAFETY: numbers, for which zero is a value.
        let mut records: [INPUT_RECORD; 2] = unsafe { std::mem::zeroed() };
        let mut count = 99;
        // SAFETY: locals.
        let done =
            unsafe { ws2_ReadConsoleInputW(handle(terminal), records.as_mut_ptr(), 2, &raw mut count) };
        assert_eq!(done, 1);
        let _ = tell.send(records[0].UnicodeChar);
    });
    let thread = thread.recv().unwrap();
    let read = format!("{} {:#x} ", libc::SYS_read, terminal);
    wait_until("it reads", || {
        let of = |what| std::fs::read_to_string(format!("/proc/self/task/{thread}/{what}"));
        of("syscall").is_ok_and(|line| line.starts_with(&read))
            && of("stat").is_ok_and(|line| line.contains(") S "))
    });
    told
}

fn type_one(keyboard: &OwnedFd) {
    // SAFETY: a text.
    assert_eq!(unsafe { libc::write(keyboard.as_raw_fd(), c"x".as_ptr().cast(), 1) }, 1);
}

fn gets_it(told: &Receiver<u16>) {
    assert_eq!(told.recv_timeout(Duration::from_secs(30)), Ok(u16::from(b'x')));
}

/// A thread looks whether there are keys; before it has given the terminal back another one begins to wait.
#[test]
fn who_looks_takes_nothing_from_who_waits() {
    alone(here!("who_looks_takes_nothing_from_who_waits"), || {
        let (keyboard, terminal) = terminal();
        let number = terminal.as_raw_fd();
        assert_eq!((modes(number), is_cooked(number)), (PROCESSED | LINES | ECHO, [true; 2]));
        let mut waits = None;
        let looked = supervised(
            move || events(number),
            |asked| {
                let asks = (asked.number, asked.arguments[1]) == (libc::SYS_ioctl, libc::FIONREAD);
                if asks && waits.is_none() {
                    waits = Some(reader(number));
                }
                Verdict::Goes
            },
        );
        let Some(looked) = looked else { return };
        assert_eq!(looked, 0);
        assert_eq!(is_cooked(number), [false; 2], "somebody waits for a key");
        assert_eq!(modes(number), PROCESSED | LINES | ECHO, "the program has set nothing");
        type_one(&keyboard);
        gets_it(&waits.unwrap());
        becomes([true; 2], || is_cooked(number));
    });
}

/// What the program sets while a thread waits for a key stays when that has got it.
#[test]
fn modes_that_are_set_meanwhile_stay() {
    alone(here!("modes_that_are_set_meanwhile_stay"), || {
        for wanted in [PROCESSED, LINES | ECHO, LINES, 0] {
            let (keyboard, terminal) = terminal();
            let number = terminal.as_raw_fd();
            let waits = reader(number);
            assert_eq!(ws2_SetConsoleMode(handle(number), wanted), 1);
            assert_eq!((modes(number), is_cooked(number)), (wanted, [false; 2]));
            type_one(&keyboard);
            gets_it(&waits);
            let cooked = [wanted & LINES != 0, wanted & ECHO != 0];
            becomes(cooked, || is_cooked(number));
            assert_eq!(modes(number), wanted);
        }
    });
}
